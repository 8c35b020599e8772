"""Items whose fields dashes part: 完成管网检修 —— 市供热公司 —— 9月30日前."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from knowledge.model import Cell, Doubt
from knowledge.parsing.contents import content_of
from knowledge.parsing.duties import members_of
from knowledge.parsing.lines import Box, Line, has_paragraphs, unblanked
from knowledge.parsing.names import is_unit, read_names
from knowledge.parsing.outline import numbered
from knowledge.parsing.phrases import Content
from knowledge.parsing.words import BARE_LABELS, DEADLINE_LABELS, ROLE_LABELS

_DASH = re.compile(r"\s*(?:—{2,}|─{2,}|-{2,}|→|(?<![:：])//|／／|\s[—–|｜]\s)\s*")
_FEW = 2
_SHORT_LIST = 24
_OPENING = "（(〔[【［"
_ROLE_SAID = re.compile(r"牵头|负责|配合|主办|承办|协办|会同|(?:单位|部门)均?[为是]")


def undashed(lines: Sequence[Line]) -> list[Line]:
    """`lines` with the units and days behind dashes under labels of their own, where several lines are written so.

    Which part the units have is not printed; that they answer is a doubt on each such line.
    """
    if not has_paragraphs(lines):
        return list(lines)
    for labelled in (_slashed, _labelled, _gapped, _timed, _owned, _stopped, _worded):
        found = {at: made for at, line in enumerate(lines) if not line.boxes and (made := labelled(line)) is not None}
        lines = [found.get(at, line) for at, line in enumerate(lines)] if len(found) >= _FEW else list(lines)
    return list(lines)


_WIDE = re.compile(r"(?<=\S{4})[ \xa0\t\u3000]*[\u3000\t]{2,}[ \t\u3000]*(?=\S{3,40}$)")


def _owned(line: Line) -> Line | None:
    """A line with its units at the end behind a wide gap (◆集中清扫周（4月8日—14日）　　各乡镇、县城管局)."""
    parts = [] if line.boxes else _WIDE.split(line.raw.rstrip())
    if len(parts) != 2 or re.search(r"[：:。]", line.raw) or _content(parts[1], line) is not Content.UNITS:
        return None
    return _labelled(replace(line, raw=f"{parts[0]}——{parts[1]}"))


_SLASHED = re.compile(
    r"^(?P<head>.{4,}?)\s*[【\[［（(](?P<fields>[^【】\[\]［］（）()：:]{2,80}[/／][^【】\[\]［］（）()：:]{2,40})[】\]］）)][。；;]?$"
)


def _slashed(line: Line) -> Line | None:
    """A line closed by a bracket in which slashes part its units and its day (压降库存30%。【财务部/各子公司/12月】)."""
    m = None if line.boxes else _SLASHED.match(line.raw.strip())
    return None if m is None else _labelled(replace(line, raw="——".join((m["head"], *re.split(r"[/／]", m["fields"])))))


def _stopped(line: Line) -> Line | None:
    """A line closed by a sentence that only names units, and perhaps one more with the day (检修水渠。县水利局，各乡镇。7月底。)."""
    if line.boxes or re.search(r"[：:]", line.raw):
        return None
    head, *fields = [part.strip() for part in line.raw.rstrip("。 ").split("。")]
    head, fields = "。".join((head, *fields[:-2])), fields[-2:]
    if len(fields) > 1 and _content(fields[-1], line) is not Content.DEADLINE:
        head, fields = f"{head}。{fields[0]}", fields[1:]
    said = bool(fields) and (
        fields[0][0] in _OPENING or _ROLE_SAID.search(fields[0]) is not None
    )  # brackets are read elsewhere
    owned = bool(fields) and not said and _content(fields[0], line) is Content.UNITS
    return _labelled(replace(line, raw="——".join((head, *fields)))) if owned else None


_NAMED = {*ROLE_LABELS, *BARE_LABELS, *DEADLINE_LABELS}
_COUNTS = re.compile(r"(?:目标|任务|项目|事项|问题|措施|工程|行动)[一二三四五六七八九十\d]{1,3}")


def _worded(line: Line) -> Line | None:
    """A line with labels that only blanks part from their values (目标1 新增企业25家 主责 区工信局 配合 区统计局)."""
    words = line.raw.split()
    at = [i for i, word in enumerate(words) if word in _NAMED]
    if line.boxes or not at or at[0] == 0 or any(b - a < 2 for a, b in pairwise((*at, len(words)))):
        return None
    values = {words[a]: "、".join(words[a + 1 : b]) for a, b in pairwise((*at, len(words)))}
    if any(_content(value, line) not in (Content.UNITS, Content.DEADLINE) for value in values.values()):
        return None
    head = [f"{word}：" if i == 0 and _COUNTS.fullmatch(word) else word for i, word in enumerate(words[: at[0]])]
    raw = " ".join((*head, *(f"{name}：{value}" for name, value in values.items())))
    return replace(line, text=unblanked(raw), raw=raw)


_BLANKS = re.compile(r"(?:[ \xa0\u3000]{2,}|\t|\u3000|\xa0)[ \xa0\t\u3000]*")


def _gapped(line: Line) -> Line | None:
    """A line with its units and its day at the end, both behind wide gaps (检修农机400台。　　区农机中心　　5月20日前)."""
    parts = [] if line.boxes or re.search(r"[：:]", line.raw) else _BLANKS.split(line.raw.strip())
    if len(parts) < 3 or [_content(part, line) for part in parts[-2:]] != [Content.UNITS, Content.DEADLINE]:
        return None
    return _labelled(replace(line, raw="——".join((" ".join(parts[:-2]), *parts[-2:]))))


_WHOLE_DAY = re.compile(r"20\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日")
_GAP = re.compile(r"(?<=\S{4})(?:[ \xa0]{2,}|[\t\u3000]{1,}[ \t\u3000]*)(?=\S{2,16}$)")


def _timed(line: Line) -> Line | None:
    """A line with a label before the day that stands at its end behind a wide gap (完成游客中心装修　　7月15日)."""
    parts = [] if line.boxes else _GAP.split(line.raw.rstrip())
    if len(parts) != 2 or "：" in line.raw or ":" in line.raw or _content(parts[1], line) is not Content.DEADLINE:
        return None
    if _WHOLE_DAY.fullmatch(parts[1]) and _content(parts[0], line) is Content.UNITS:
        return None  # who issued it and when, below the title
    raw = f"{parts[0].rstrip('，。；; ')} 完成时限：{parts[1]}"
    return replace(line, text=unblanked(raw), raw=raw)


def _labelled(line: Line) -> Line | None:
    """A line with labels in the place of its dashes; None where what stands between them is something else."""
    head, *fields = [""] if line.boxes else _DASH.split(line.raw.rstrip("。 "))
    fields = [part for field in fields for part in _apart(field, line)]
    contents = [_content(field, line) for field in fields]
    if contents and (contents[-1] is Content.DEADLINE or numbered(line.text).level):  # what stands last names who
        pairs = zip(fields, contents, strict=True)
        contents = [
            Content.UNITS if content is Content.TEXT and _offices(field) else content for field, content in pairs
        ]
    if (
        not fields
        or len(head) < 4
        or Content.UNITS not in contents
        or not set(contents) <= {Content.UNITS, Content.DEADLINE}
    ):
        return None
    units = "、".join(field for field, content in zip(fields, contents, strict=True) if content is Content.UNITS)
    when = "、".join(field for field, content in zip(fields, contents, strict=True) if content is Content.DEADLINE)
    raw = f"{head.rstrip('。；; ')} 责任单位：{units}{f' 完成时限：{when}' if when else ''}"
    block = line.block
    if not _ROLE_SAID.search(units):
        said = f"“{units}”写在内容后面，没有写明角色，按责任单位登记，请核对。"
        block = replace(block, doubts=(*block.doubts, Doubt("dash-units", said, line.place, units, "责任单位")))
    return replace(line, text=unblanked(raw), raw=raw, block=block)


_BRACKETED_TIME = re.compile(r"(?P<units>.{2,60}?)\s*[（(](?P<when>[^（）()]{2,16})[）)]")


def _apart(field: str, line: Line) -> Sequence[str]:
    """A field cut where a time follows its units (村委会，8月底前; 村委会（8月底前）)."""
    if (m := _BRACKETED_TIME.fullmatch(field.strip())) and _content(m["when"], line) is Content.DEADLINE:
        field = f"{m['units']}，{m['when']}"
    units, dates, _ = members_of(field)
    mixed = dates and units and (_offices(units) or _content(units, line) is Content.UNITS)
    return (units, "、".join(dates)) if mixed else (field,)


def _offices(field: str) -> bool:
    """Whether a field is a short list of names that end like offices (财务部、资产部)."""
    names = read_names(field).units
    return len(field) <= _SHORT_LIST and bool(names) and all(map(is_unit, names))


def _content(field: str, line: Line) -> Content:
    text = unblanked(field)
    return Content.DEADLINE if _DATE.fullmatch(text) else content_of(Box(text, field, Cell(field, line.place)))


_DATE = re.compile(
    r"20\d\d[.．/-]\d{1,2}(?:[.．/-]\d{1,2})?(?:[、，,～~-]20\d\d[.．/-]\d{1,2}(?:[.．/-]\d{1,2})?)*|即日起至.{2,12}"
)
