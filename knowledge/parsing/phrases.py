"""What a short text is, told by its content: a number, a deadline phrase, a list of units, a requirement."""

from __future__ import annotations

import re
from enum import StrEnum

_WHEN = re.compile(
    r"\d{1,4}\s*[年月日]|\d{4}\s*[-—~至.]\s*\d|年底|年内|年末|年初|月底|季度|半年|上旬|中旬|下旬|[本下]周|下月|每[个两半]?[年月周日天季旬]|[逐按][年月季日周旬]|全年|常年|长期|持续|常态|经常|日常|"
    r"即时|实时|及时|立即|适时|随时|定期|不定期|工作日|小时|个月内|[一二三四五六七八九十\d]+[天日周]内|前完成|前落实|汛前|节前|期末|年度|同步|[一二三四五六七八九十]月|已完成|"
    r"待定|尽快|近期|中期|远期|阶段|五.{0,3}期间|T\+\d|[一二三四]季|启动|完成$"
)
_HEAD = re.compile(
    r"^(?:此后|以后|之后|今后|约|拟|于|自|从|至|到|在|力争|确保|争取|计划|原则上)?(?:\d|[一二三四五六七八九十]{1,3}月|每|全年|常年|长期|持续|常态|经常|即时|实时|及时|立即|即行|适时|随时|定期|不定期|按|逐|年[内底末初]|本[年月周季]|下[周月]|"
    r"当[年月日季]|次[年月日]|上半年|下半年|今年|明年|第[一二三四]季|春节|国庆|元旦|汛|“?十[二三四五六]五|尽快|已完成|待定|\S{2,14}后\d|\S{0,12}之?日起|[一二三四]季度|近期|中期|同步|T\+)"
)
_NUMBER = re.compile(
    r"^[（(〔]?(?!20\d\d[.．-](?:1[0-2]|0?[1-9])(?:[.．-]|$))(?:\d{1,4}(?:[.．-]\d{1,3}){0,3}|[一二三四五六七八九十百]{1,4}|[①-⑳])[）)〕]?[.．、]?$|^[A-Z]{1,5}(?:[-—–]?20\d\d)?[-—–]\d{1,5}$"
)
_STROKES = "/／\\—-–·.．无"
_NOTHING = re.compile(rf"^[{re.escape(_STROKES)}\s]*$")


class Content(StrEnum):
    """The kinds of cell content."""

    EMPTY = "empty"
    NUMBER = "number"
    DEADLINE = "deadline"
    UNITS = "units"
    TEXT = "text"


def is_number(text: str) -> bool:
    """Whether `text` is an item's number and nothing else."""
    return bool(_NUMBER.match(text.strip()))


def is_nothing(text: str) -> bool:
    """Whether a cell says nothing: blank, a stroke, 无."""
    first = text[:1]
    return (first in _STROKES or first.isspace()) and _NOTHING.match(text) is not None


_UPON = re.compile(r"[^，,。；;、]{2,14}(?:之|以)?[前后](?![端台沿进线期勤院])[\u3400-\u9fff\d]{0,8}")


def is_time(text: str) -> bool:
    """Whether a member of a list of units is none of them but a time: a deadline phrase, or one that names an event."""
    return deadline_like(text) or _UPON.fullmatch(re.sub(r"\s", "", text)) is not None


_ADVERBS = "即时|实时|及时|立即|适时|随时|定期|不定期|经常性?|日常|常态化?|持续|长期|尽快|同步|启动"
_ONLY_ADVERBS = re.compile(rf"(?:{_ADVERBS})(?P<rest>.*)")
_NO_OBJECT = re.compile(
    rf"(?:{_ADVERBS}|推进|坚持|完成|落实|开展|实施|进行|保持|更新|公开|公布|发布|报送|上报|办理|整改|查处|处置|拨付|反馈|答复|到位|工作|任务|项目|全年|并|[、，,。；;])*"
)


def _is_asked(text: str) -> bool:
    """Whether words that open with an adverb of time ask for something (尽快解决积水问题), so that they are no time."""
    m = _ONLY_ADVERBS.match(text)
    return m is not None and not _NO_OBJECT.fullmatch(m["rest"]) and not re.search(r"\d|[年月日周季]", text)


def deadline_like(text: str) -> bool:
    """Whether a short text is a deadline phrase by its words: it opens with a time, or is little else than one."""
    squeezed = re.sub(r"\s", "", text)
    if not 1 < len(squeezed) <= 40 or not _WHEN.search(squeezed) or _is_asked(squeezed):
        return False
    return bool(_HEAD.match(squeezed)) or (len(squeezed) <= 14 and bool(re.search(r"(?:前|底|内|完成)$", squeezed)))
