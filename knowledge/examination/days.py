"""Dates: that no calendar has, that lie before the document, that contradict one another, that fall on a rest day."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from knowledge.deadlines.moments import PAST
from knowledge.examination.finding import Finding, Severity, Spot
from knowledge.examination.specimen import Specimen, around, finding, listed, short, spot_of, whose
from knowledge.model import Assignment, Deadline, DeadlineKind
from knowledge.parsing.lines import Line
from knowledge.parsing.outline import value_of

_DAY = re.compile(
    r"(?<![\d.〔\[])(?:(?P<y>(?:19|20)\d\d)\s*年\s*)?(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*[日号](?!令|文|楼|线|院|店|门)"
)
_CN_DAY = re.compile(
    r"(?<![一二三四五六七八九十〇零])(?P<m>十?[一二三四五六七八九]|十)月(?P<d>[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])日"
)
_TO_DAY = re.compile(r"\s*(?:至|到|—|－|-|~|～)+\s*(?P<d>\d{1,2})\s*[日号]")
_WEEKDAY = re.compile(r"[（(](?:星期|周|礼拜)(?P<w>[一二三四五六日天])[）)]")
_EVERY = (
    r"(?:(?P<next>次月|下月)|(?P<every>每月|每季度末月|每季度首月|每季度|每年\d{1,2}月|\d{1,2}月))(?P<d>\d{1,2})日前"
)
_TO_LEAD = re.compile(
    rf"(?:责任|配合|各|有关|相关)(?:责任|配合|有关|相关)?单位[^。；;]{{0,12}}?{_EVERY}[^。；;]{{0,16}}?(?:报|送|交)(?:送|至|给)?(?:各)?牵头(?:单位|部门)"
)
_BY_LEAD = re.compile(rf"牵头(?:单位|部门)[^。；;]{{0,12}}?{_EVERY}[^。；;]{{0,16}}?(?:报|送|汇总)")
_GOAL = re.compile(r"(?:到|至|截至)$")


def days(specimen: Specimen) -> Iterator[Finding]:
    """What is wrong with the dates of a document."""
    for line in specimen.lines:
        for text, spot in _texts(line, specimen):
            yield from _impossible(text, spot, specimen)
    for a in specimen.draft.assignments:
        yield from _past(a, specimen)
        yield from _later_than_end(a)
        yield from _reversed(a)
    yield from _late_reports(specimen)
    yield from _resting(specimen)


def _texts(line: Line, specimen: Specimen) -> Iterator[tuple[str, Spot]]:
    if not line.boxes and "月" in line.text:  # no day is written without it
        yield line.text, specimen.spot(line)
    for box in line.boxes:
        if "月" in box.text and not box.merged:
            yield box.text, specimen.spot(line, "", box.cell.place)


# ---------------------------------------------------------------- days that no calendar has
def _impossible(text: str, spot: Spot, specimen: Specimen) -> Iterator[Finding]:
    for m in _DAY.finditer(text):
        year = int(m["y"]) if m["y"] else None
        yield from _wrong_day(year, int(m["m"]), int(m["d"]), text, m.span(), spot, specimen)
        if to := _TO_DAY.match(text, m.end()):
            yield from _wrong_day(year, int(m["m"]), int(to["d"]), text, (m.start(), to.end()), spot, specimen)
        yield from _wrong_weekday(m, text, spot, specimen)
    for m in _CN_DAY.finditer(text):
        month, day = value_of(m["m"]), value_of(m["d"])
        if month and day:
            yield from _wrong_day(None, month, day, text, m.span(), spot, specimen)


def _wrong_day(
    year: int | None, month: int, day: int, text: str, span: tuple[int, int], spot: Spot, specimen: Specimen
) -> Iterator[Finding]:
    words = Spot(spot.place, spot.whose, around(text, *span))
    if not 1 <= month <= 12:
        yield finding("date-impossible", Severity.MUST, words, f"没有{month}月这个月份。", "请改成真实的日期。")
        return
    last = monthrange(year or specimen.year or 2024, month)[1]
    if 1 <= day <= last:
        return
    leap = f"{year or specimen.year}年" if month == 2 and day == 29 else ""
    advice = f"请核对：如指月底，应为{month}月{last}日。" if day else "请改成真实的日期。"
    yield finding("date-impossible", Severity.MUST, words, f"{leap}{month}月没有{day}日。", advice)


def _wrong_weekday(m: re.Match[str], text: str, spot: Spot, specimen: Specimen) -> Iterator[Finding]:
    """9月15日（星期三), which that year was a Tuesday. Only where the year is printed or follows from the document."""
    found = _WEEKDAY.match(text, m.end())
    year = int(m["y"]) if m["y"] else specimen.year
    day = _day(year, int(m["m"]), int(m["d"]))
    if not found or day is None:
        return
    named = "一二三四五六日".index(found["w"].replace("天", "日"))
    if named != day.weekday():
        words = Spot(spot.place, spot.whose, around(text, m.start(), found.end()))
        real = "一二三四五六日"[day.weekday()]
        yield finding(
            "date-weekday", Severity.MUST, words, f"{day.year}年{day.month}月{day.day}日是星期{real}，不是星期{found['w']}。",
            "请核对日期和星期哪个写错了。",
        )  # fmt: skip


def _day(year: int | None, month: int, day: int) -> date | None:
    if year is None or not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return date(year, month, day)


# ---------------------------------------------------------------- days in the wrong order
def _leaves(deadlines: tuple[Deadline, ...]) -> Iterator[Deadline]:
    for deadline in deadlines:
        yield from (_leaves(deadline.parts) if deadline.parts else (deadline,))


def _past(a: Assignment, specimen: Specimen) -> Iterator[Finding]:
    """A deadline before the day of issue, or before the year the document is about."""
    issued, year = specimen.document.issued, specimen.document.year
    told: set[date] = set()
    for d in _leaves(a.deadlines):
        if d.kind not in (DeadlineKind.BY, DeadlineKind.RANGE) or d.due is None or d.start_only or d.due in told:
            continue
        if issued and d.due < issued and (not d.inner or d.flag == PAST):
            told.add(d.due)
            wrong = f"完成时限{_chinese(d.due)}早于印发日期{_chinese(issued)}。"
        elif not issued and year and d.due.year < year and not d.inner:
            told.add(d.due)
            wrong = f"文件是{year}年的，完成时限却在{d.due.year}年。"
        else:
            continue
        yield finding(
            "date-past", Severity.ASK, spot_of(a, d.text), wrong, "请核对年份和月份，是否沿用了旧文件的时限。"
        )


def _later_than_end(a: Assignment) -> Iterator[Finding]:
    """A date in the text after the end that the deadline column names, in the same year."""
    own = tuple(d for d in a.deadlines if not d.inner)
    if len(own) == len(a.deadlines):
        return
    slots = [d for d in _leaves(own) if d.kind is DeadlineKind.BY and d.due and not d.inherited]
    if not slots or len(slots) != len(list(_leaves(own))):
        return
    end = max(d.due for d in slots if d.due)
    for d in a.deadlines:
        late = d.inner and d.kind is DeadlineKind.BY and d.due and not d.start_only and d.due > end
        if late and d.due and d.due.year == end.year and not _GOAL.search(d.text[:1]):
            spot = spot_of(a, d.text)
            yield finding(
                "date-conflict", Severity.ASK, spot,
                f"正文要求{_chinese(d.due)}，晚于完成时限{_chinese(end)}。", "两处请改成一致。",
                [spot_of(a, slots[-1].text)],
            )  # fmt: skip
            return


def _reversed(a: Assignment) -> Iterator[Finding]:
    for d in _leaves(a.deadlines):
        if d.kind is DeadlineKind.RANGE and d.start and d.due and d.flag and "颠倒" in d.flag:
            yield finding("date-reversed", Severity.MUST, spot_of(a, d.text), "起止日期前后颠倒。", "请核对起止日期。")


def _late_reports(specimen: Specimen) -> Iterator[Finding]:
    """Lead units that shall report before they have the reports of the others: 责任单位每月25日前报牵头单位，牵头单位每月20日前汇总上报."""
    for line in specimen.lines:
        first = _TO_LEAD.search(line.text) if not line.boxes and "牵头" in line.text else None
        second = _BY_LEAD.search(line.text, first.end()) if first else None
        if not first or not second or first["every"] != second["every"]:
            continue
        if not second["next"] and int(second["d"]) < int(first["d"]):
            spot = specimen.spot(line, around(line.text, first.start(), second.end(), 4))
            said = f"各单位{first['d']}日前才报到牵头单位，牵头单位却要在{second['d']}日前汇总上报。"
            yield finding("report-order", Severity.ASK, spot, said, "牵头单位的报送日期应晚于其他单位，请核对。")


def _ends_month(day: date) -> bool:
    return day.day == monthrange(day.year, day.month)[1]


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


# ---------------------------------------------------------------- rest days
def _resting(specimen: Specimen) -> Iterator[Finding]:
    """Single days on which offices rest; a month's end is nobody's choice and is not told."""
    if specimen.workday is None:
        return
    found: dict[date, list[Assignment]] = {}
    for a in specimen.draft.assignments:
        for d in _leaves(a.deadlines):
            named = d.kind is DeadlineKind.BY and d.due and not d.start_only and re.search(r"\d\s*[日号]", d.text)
            if (
                named
                and d.due
                and not _ends_month(d.due)
                and specimen.workday(d.due) is False
                and f"{d.due.day}" in d.text
            ):
                found.setdefault(d.due, []).append(a)
    if found:
        told = "；".join(
            f"{_chinese(day)}（{listed([whose(a) for a in owners])}）" for day, owners in sorted(found.items())
        )
        owners = [a for day in sorted(found) for a in found[day]]
        yield finding(
            "date-rest-day", Severity.NOTE, Spot(None, "", short(told, 80)), "完成时限落在休息日。",
            "如需当天报送，建议改为工作日。", [spot_of(a) for a in owners[:12]],
        )  # fmt: skip
