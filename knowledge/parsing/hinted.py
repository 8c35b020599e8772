"""What a document says elsewhere about its assignments: a heading with a time, 同上 in a cell, leads told by print."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from knowledge import deadlines
from knowledge.model import DeadlineKind, Doubt, Role
from knowledge.parsing.found import Found
from knowledge.parsing.lines import Box, Line
from knowledge.parsing.outline import numbered
from knowledge.parsing.phrases import deadline_like
from knowledge.parsing.slot import Slot
from knowledge.reading.printed import printed

_TIMED = re.compile(
    r"(?P<when>[^，,。；;：:]{2,16}?)(?:需|须|应|要|前|内)?(?:基本|全面|全部)?(?:完成|办结|落实|推进|实施|见效|销号|到位)(?:的)?(?:重点|主要)?(?:事项|任务|工作|项目|实事|问题|清单|类)?$"
)
_STAGE = re.compile(
    r"第[一二三四五六]阶段[^（(]{0,12}[（(](?P<when>[^（）()]{3,30})[）)]|(?:[\u3400-\u9fff]{2,6}阶段)[（(](?P<in>[^（）()]{3,30})[）)]"
)
_PERIOD = re.compile(
    r"(?P<when>(?:20\d\d年)?(?:第?[一二三四]季度|[上下]半年|\d{1,2}月份?))(?:目标|计划|任务|工作)?[：:]?"
)
_SECTION = 2  # different texts in a row that only heads those below it: its letter and its name
_COUNT = re.compile(r"[（(][^（）()]*[）)]$")
_DITTO = re.compile(r"[（(—–－-]*(?:同上(?:[一条项行]|一[项行])?|同前|〃|″|＂|\"|''|”)[）)—–－-]*")
_DITTO_FIRST = frozenset("（(—–－-同〃″＂\"'”")
_PRINT = re.compile(
    r"(?:加粗|粗体|黑体|加黑|标红|红色|红字|下划线|划线|斜体|标黄|底纹|彩色)[^，,。；;]{0,8}(?:为|是|系)(?:该项|本项)?(?:工作|任务)?的?(?:牵头|主责|主办)"
)


_TOGETHER = re.compile(
    r"(?P<which>以上|上述|表中|表内|本表|本清单|清单中|(?:未|没有)(?:专门|单独|另行)?(?:注明|标明|标注|明确|写明|列明|规定|填写)(?:完成|整改|办结)?(?:时限|期限|时间))(?:所有|各项|全部|所列|的)*(?:任务|事项|工作|项目|问题|措施|内容)?的?(?:完成|整改|办结)?(?:时限|期限|时间)?"
    r"[，,]?(?:均|全部|都|一律|统一)(?:须|应|要|需|在|于|为|是|原则上)*(?P<when>[^，,。；;：:]{2,16}?)(?:全面|全部|基本)?(?:完成|办结|整改到位|落实到位|销号|(?=[。；;，,]|$))"
)


_ALL = re.compile(r"均|全部|都|一律|统一")  # without one of them no sentence speaks for a list


@lru_cache(maxsize=256)
def _phrase(heading: str) -> str:
    """The time that a heading sets for everything below it, empty without one (二、9月底前完成的事项)."""
    if m := _PERIOD.fullmatch(heading):
        return m["when"]
    if (stage := _STAGE.search(heading)) and deadline_like(when := stage["when"] or stage["in"]):
        return when
    words = _COUNT.sub("", numbered(heading).rest).strip("：: 。")
    m = _TIMED.fullmatch(words)
    if m is None:
        return ""
    phrase = words[: m.end("when")] + ("前" if words[m.end("when") : m.end("when") + 1] == "前" else "")
    return phrase if deadlines.read(phrase, None, 2020).kind is not DeadlineKind.NONE else ""


def is_stage(text: str) -> bool:
    """Whether a line begins a stage with its time (（一）排查阶段（3月15日至4月30日）)."""
    m = _STAGE.search(text)
    return m is not None and deadline_like(m["when"] or m["in"])


@lru_cache(maxsize=256)
def year_of(section: tuple[str, ...]) -> int | None:
    """The year of the time that the nearest heading sets for everything below it (（二）登记阶段（2027年1月—3月）)."""
    years = (re.findall(r"(20\d\d)年", _phrase(head)) for head in reversed(section))
    said = next((found for found in years if found), [])
    return int(said[0]) if len(set(said)) == 1 else None


def timed(found: Found) -> Found:
    """`found` with the time that its heading sets, where it has none of its own; that is a doubt."""
    if found.slot.deadline or not found.text:
        return found
    said = next(((head, phrase) for head in reversed(found.section) if (phrase := _phrase(head))), None)
    if said is None:
        return found
    head, phrase = said
    words = f"本项没有写时限，按标题“{head[:30]}”登记为“{phrase}”，请核对。"
    doubt = Doubt("deadline-inherited", words, found.place, head[:30], phrase)
    slot = replace(found.slot, deadline=phrase)
    return found._replace(slot=slot, deadline_inherited=True, doubts=(*found.doubts, doubt))


def without_dittos(rows: Sequence[Line]) -> list[Line]:
    """The rows of a table with what stands above in the place of 同上; a section row in between is passed over."""
    if _DITTO_FIRST.isdisjoint({box.text[:1] for row in rows for box in row.boxes}):
        return list(rows)
    out: list[Line] = []
    above: tuple[Box, ...] = ()
    for row in rows:
        boxes = row.boxes
        if any([box.text[:1] in _DITTO_FIRST for box in boxes]):
            boxes = tuple(_of_above(box, above[at] if at < len(above) else None) for at, box in enumerate(boxes))
            changed = any(new is not old for new, old in zip(boxes, row.boxes, strict=True))
            row = replace(row, boxes=boxes) if changed else row
        out.append(row)
        above = boxes if len({box.text for box in boxes if box.text}) > _SECTION else above
    return out


def _of_above(box: Box, above: Box | None) -> Box:
    if above is None or not above.text or not _DITTO.fullmatch(box.text):
        return box
    return replace(box, text=above.text, raw=above.raw)


def due_together(found: Sequence[Found], lines: Iterable[Line]) -> list[Found]:
    """`found` with the time that a sentence sets for all of a list (以上任务均于11月底前完成), where they have none of their
    own; that is a doubt."""
    spoken = [line for line in lines if _ALL.search(line.text)]
    said = [
        (line, m)
        for line in spoken
        if (m := _TOGETHER.search(line.text) or _LAST_WORDS.fullmatch(line.text)) and deadline_like(m["when"])
    ]
    return [_due(one, said) for one in found] if said else list(found)


# 4月2日中午前全部完成: a line by itself, for all that have no time of their own.
_LAST_WORDS = re.compile(
    r"(?P<which>)(?:请|各位|大家|务必)*(?:于|在)?(?P<when>[^，,。；;]{2,16}?前)[，,]?(?:请|务必|要|须|应)*(?:全部|一律|均|都|统一)(?:要|须|应)?"
    r"(?:完成|办结|落实|到位|整改|报|交|发|提交|反馈)[^。；;]{0,20}[。！!]?"
)


def is_due_of_all(text: str) -> bool:
    """Whether a line only says until when everything in it and above is due."""
    m = _LAST_WORDS.fullmatch(text)
    return m is not None and deadline_like(m["when"])


def _due(found: Found, said: Sequence[tuple[Line, re.Match[str]]]) -> Found:
    at = max(found.lines, default=0)
    fits = [
        (line, m)
        for line, m in said
        if line.index not in found.lines and (m["which"] not in _BEFORE or at < line.index)
    ]
    if not fits or found.slot.deadline or not found.text:
        return found
    line, m = fits[0]
    if not m["which"] and _DAYS.search(found.text):
        return found
    words = f"本项没有写时限，按“{line.text[:40]}”登记为“{m['when']}”，请核对。"
    doubt = Doubt("deadline-inherited", words, found.place, line.text[:40], m["when"])
    return found._replace(slot=replace(found.slot, deadline=m["when"]), doubts=(*found.doubts, doubt))


_BEFORE = ("以上", "上述")
_TIMED_NAME = re.compile(r"[^，,。；;：:（()）、]{2,14}[（(](?P<when>[^，,。；;：:（()）]{2,30})[）)][。：:，,]")
_DAYS = re.compile(r"\d{1,2}\s*[月日]|季度|半年|旬")


def time_of_name(text: str) -> str:
    """The time in a bracket behind the short name with which an item begins (摸底阶段（3月16日—4月10日）。…), else empty."""
    m = _TIMED_NAME.match(text)
    return m["when"] if m and _DAYS.search(m["when"]) and deadline_like(m["when"]) else ""


_ALIKE = re.compile(
    r"[，,](?P<when>[^，,。；;：:]{2,16}?)(?:均|全部|一律|统一|全面|基本|落实|整改|排查)*(?:完成|办结|到位|完毕)?[。；;]?$"
)


def due_alike(parts: Sequence[tuple[str, Slot]]) -> list[tuple[str, Slot]]:
    """The clauses of one sentence (甲局负责排查，乙局负责整治，6月底前全部完成) with the time that its end sets for all of them;
    a doubt on each that has none of its own."""
    named = time_of_name(parts[0][0]) if len(parts) > 1 else ""
    if named:
        said = f"本项没有写时限，按这一段开头的“{named}”登记，请核对。"
        doubt = Doubt("deadline-shared", said, None, named, named, ("没有时限",))
        return [parts[0], *(_due_by(part, named, doubt) for part in parts[1:])]
    m = _ALIKE.search(parts[-1][0]) if len(parts) > 1 else None
    if m is None or not deadline_like(m["when"]):
        return list(parts)
    said = f"本项没有写时限，按这一句末尾的“{m['when']}”登记，请核对。"
    doubt = Doubt("deadline-shared", said, None, m.group(), m["when"], ("没有时限",))
    commas = [at for at, (text, _) in enumerate(parts[:-1]) if text.endswith(("，", ","))]
    return [_due_by(part, m["when"], doubt) if at in commas else part for at, part in enumerate(parts)]


def _due_by(part: tuple[str, Slot], when: str, doubt: Doubt) -> tuple[str, Slot]:
    """A clause with a time that stands elsewhere, where it has none of its own."""
    text, slot = part
    if slot.deadline or deadlines.inner(text, None, None):
        return part
    return text, replace(slot, deadline=when, doubts=(*slot.doubts, doubt))


_CUT = re.compile(r"20\d\d\.1|(?:[1-9]|1[0-2])\.[1-3]")
_UNCUT = re.compile(r"20\d\d\.(?:0\d|10)|(?:\d|1[0-2])\.(?:0\d|[1-3]0)")


def cut_short(found: Sequence[Found]) -> list[Found]:
    """`found` with a doubt for each time of a sheet that may have been 2025.10 or 6.30 before the sheet took it for a number and
    lost its last nought. Where one such time still has its nought, the cells are text."""
    times = [one.slot.deadline or "" for one in found]
    if any(map(_UNCUT.fullmatch, times)):
        return list(found)
    return [_cut(one) if _CUT.fullmatch(when) else one for one, when in zip(found, times, strict=True)]


_DAY_NUMBER = re.compile(r"4\d{4}|5[0-4]\d{3}")  # 2009 to 2050


def counted_days(found: Sequence[Found]) -> list[Found]:
    """`found` with the day for each time of a sheet that is the bare number under which sheets keep it; that is a doubt."""
    return [_as_day(one) if _DAY_NUMBER.fullmatch(one.slot.deadline or "") else one for one in found]


def _as_day(found: Found) -> Found:
    number = found.slot.deadline or ""
    when = printed(float(number), "yyyy-m-d")
    said = f"时限“{number}”是电子表格里日期的序号，读作“{when}”，请核对。"
    doubt = Doubt("deadline", said, found.place, number, when)
    return found._replace(slot=replace(found.slot, deadline=when), doubts=(*found.doubts, doubt))


def _cut(found: Found) -> Found:
    when = found.slot.deadline or ""
    said = f"时限“{when}”可能是“{when}0”：表格把它当作数字，末尾的0会丢，按“{when}”登记，请核对。"
    return found._replace(doubts=(*found.doubts, Doubt("deadline", said, found.place, when, when, (f"{when}0",))))


def leads_by_print(lines: Iterable[Line]) -> str:
    """The words that say that the lead is known by bold type or colour, which nobody reads here; empty without them."""
    return next((m.group() for line in lines if (m := _PRINT.search(line.text))), "")


def unseen(found: Found, words: str) -> Found:
    """`found` with a doubt where several units stand in it and only their print would say who leads."""
    units = [duty for duty in found.slot.duties if duty.role is not Role.COOPERATING]
    if len(units) < 2 or any(duty.role is Role.LEAD for duty in units):
        return found
    said = f"文中说“{words}”，字体和颜色没有读，本项由谁牵头请对照原件核对。"
    doubt = Doubt("lead-unseen", said, found.place, "、".join(duty.unit for duty in units), "没有牵头单位")
    return found._replace(doubts=(*found.doubts, doubt))
