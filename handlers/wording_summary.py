"""汇总 in words: short for a work group, full for supervisors; every figure leads to the numbers of its assignments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.notices_wording import answerable, day_words, item_words, matter, period_words
from knowledge.model import Span
from scheduler.condition import Light
from scheduler.movement import Movement
from scheduler.notices import Notice
from scheduler.policy import (
    CHANGE,
    DOCUMENTS,
    DONE,
    NEXT,
    OVERDUE,
    PARTS,
    REST,
    RETURNED,
    SHANGHAI,
    UNANSWERED,
    UNITS,
    UNPROVEN,
    WAITING,
    Policy,
)  # fmt: skip
from scheduler.ranking import Rank
from scheduler.stretches import Stretch, ends
from scheduler.summary import Line, Summary, Tally, ids

LINE_LENGTH = 36
"""Characters of a requirement that a line of a summary shows."""
SHORT_LIST = 8
"""Lines of a list that a group's summary shows before it says how many more there are."""
LONG_LIST = 20
"""Lines of a list that a supervisor's summary shows in a chat."""
FEW = 2
"""Lines of a list where a summary must be short."""
MOST_NUMBERS = 40
"""Numbers behind a figure before the rest is only counted."""
MOST_UNITS = 12
"""Units without a liaison that are named before the rest is only counted."""
GROUP = Policy().summary_parts
LIGHTS = (("红灯", Light.RED), ("黄灯", Light.YELLOW), ("绿灯", Light.GREEN))

_NAMES = {
    Stretch.WEEK: ("本周", "下周"),
    Stretch.MONTH: ("本月", "下月"),
    Stretch.QUARTER: ("本季度", "下季度"),
    Stretch.YEAR: ("今年", "明年"),
    Stretch.OTHER: ("本期", "下期"),
}
_LAST = {
    Stretch.WEEK: "上周",
    Stretch.MONTH: "上月",
    Stretch.QUARTER: "上季度",
    Stretch.YEAR: "去年",
}
_QUARTERS = "一二三四"
WITHHELD = "另有{n}项按规定不在本群列出。"
_MARKS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def posted(notice: Notice) -> str:
    """The summary of a notice as its conversation gets it."""
    assert notice.summary is not None, "a notice of a summary has one"
    limit = FEW if notice.brief and not notice.full else SHORT_LIST
    if notice.full and not notice.brief:
        text = full_summary(notice.summary, LONG_LIST)
    else:
        text = group_summary(notice.summary, limit, notice.parts or GROUP)
    return f"{text}\n{WITHHELD.format(n=notice.withheld)}" if notice.withheld else text


def group_summary(value: Summary, limit: int = SHORT_LIST, parts: Sequence[str] = GROUP) -> str:
    """The summary as a work group reads it: figures, and `limit` lines of each of its lists."""
    return _whole(value, [*_parts(value, limit, parts), *_ranking(value, limit)])


def full_summary(value: Summary, limit: int | None = None) -> str:
    """The summary as a supervisor reads it: every list (`limit` lines of each, all when None), each unit and document by itself,
    and behind each figure the numbers it counts."""
    others = [("全年或长期任务", value.ongoing), ("没有日期的任务（时限未写明或取决于事件）", value.undated)]
    told = [f"{words}：{numbers(value, found)}" for words, found in others if found]
    return _whole(value, [*_parts(value, limit, PARTS), *told, *_ranking(value, limit), *unattended(value)])


def unattended(value: Summary) -> Iterator[str]:
    """The units that no reminder reaches by name."""
    if value.unattended:
        few = value.unattended[:MOST_UNITS]
        more = f"等{len(value.unattended)}家" if len(value.unattended) > MOST_UNITS else f"（{len(few)}家）"
        yield f"没有登记联络员的单位：{'、'.join(few)}{more}。"


def _whole(value: Summary, lines: Sequence[str]) -> str:
    text = "\n".join([_headline(value), figures(value), *lines])
    return "\n".join(filter(None, [text, legend(value, text)]))


_FORMS = {"docx": "公文", "xlsx": "表格", "png": "图片"}


def made(value: Summary, form: str) -> str:
    """What is said beside a file of a summary."""
    return f"已做成{headline(value)}{_FORMS[form]}：{dates_words(value)}，{figures(value)}"


def drafted(value: Summary) -> str:
    """What is said beside the draft of a circular."""
    return f"通报稿已拟好：{headline(value)}，{figures(value)}印发前请核对。"


# --- head and figures ---------------------------------------------------------------------------------------------
def headline(value: Summary) -> str:
    """一周情况, 2026年7月情况: what a summary is called."""
    first, last = ends(value.span)
    match value.stretch:
        case Stretch.WEEK:
            return "一周情况"
        case Stretch.MONTH:
            return f"{first.year}年{first.month}月情况"
        case Stretch.QUARTER:
            return f"{first.year}年第{_QUARTERS[first.month // 3]}季度情况"
        case Stretch.HALF:
            return f"{first.year}年{'上' if first.month == 1 else '下'}半年情况"
        case Stretch.YEAR:
            return f"{first.year}年情况"
    return f"{first.year}年{first.month}月{first.day}日情况" if first == last else "这段时间的情况"


def dates_words(value: Summary) -> str:
    """The days that a summary is about."""
    first, last = ends(value.span)
    return f"{day_words(first)}至{day_words(last, first)}"


def plain_day(day: date, beside: date | None = None) -> str:
    """A day without its weekday, with the year where it is not that of `beside`."""
    return day_words(day, beside).partition("（")[0]


def plain_dates(value: Summary) -> str:
    """The days that a summary is about and the day it looks from, as papers write them."""
    first, last = ends(value.span)
    return f"{plain_day(first)}至{plain_day(last, first)}（截至{plain_day(value.today, first)}）"


def now_words(value: Summary) -> str:
    """本周, 本月, 本季度, 今年, 本期."""
    return _half(value.span) if value.stretch is Stretch.HALF else _NAMES[value.stretch][0]


def next_words(value: Summary) -> str:
    """下周, 下月, 下季度, 明年, 下期."""
    return _half(value.behind) if value.stretch is Stretch.HALF else _NAMES[value.stretch][1]


def _half(span: Span) -> str:
    return "上半年" if ends(span)[0].month == 1 else "下半年"


def table_words(value: Summary) -> str:
    """What to say for the same summary as a workbook; on the last day of a week its days, which are right then and afterwards."""
    if value.stretch is Stretch.OTHER:
        return "汇总表格"
    first, last = ends(value.span)
    over = value.today >= last
    if over and value.stretch is Stretch.WEEK:
        return f"{first.month}月{first.day}日至{last.month}月{last.day}日汇总表格"
    return f"{_LAST.get(value.stretch, now_words(value)) if over else now_words(value)}汇总表格"


def _headline(value: Summary) -> str:
    asof = f"，截至{day_words(value.today, ends(value.span)[0])}" if value.stretch is not Stretch.WEEK else ""
    return f"【{headline(value)}】{dates_words(value)}{asof}"


def figures(value: Summary) -> str:
    """All figures of a summary in two sentences."""
    lights = "，".join(f"{word}{len(value.lit(light))}项" for word, light in LIGHTS)
    late = f"（其中逾期办结{len(ids(value.late))}项）" if value.late else ""
    now, then = now_words(value), next_words(value)
    counted = [
        f"{now}办结{len(ids(value.done))}项{late}",
        f"已全部办结{len(value.finished)}项",
        f"逾期{len(ids(value.overdue))}项",
        f"{now}内还将到期{len(ids(value.due_rest))}项",
        f"{then}到期{len(ids(value.due_next))}项",
        f"全年或长期任务{len(value.ongoing)}项",
    ]
    others = [f"{word}{len(ids(found))}项" for word, found in watched(value) if found]
    return f"共{len(value.total)}项任务：{'，'.join(counted)}。{lights}。{'，'.join(others)}{'。' if others else ''}"


def watched(value: Summary) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    """What a supervisor has an eye on, with the words for each."""
    return (
        ("提醒后没有签收", value.unanswered),
        ("报办结没有佐证", value.unproven),
        ("已报待核", value.waiting),
        ("退回后没有重报", value.returned),
    )


def change_words(change: Movement) -> str:
    """What is different since the last summary, in one sentence."""
    counts = (
        ("新办结", ids(change.done)),
        ("办结后又撤回或退回", ids(change.reopened)),
        ("新增逾期", ids(change.overdue)),
        ("不再逾期", ids(change.cleared)),
        ("新增任务", change.new),
    )
    told = "，".join(f"{word}{len(found)}项" for word, found in counts if found)
    return f"与上次汇总（{day_words(change.since.astimezone(SHANGHAI).date())}）相比：{told or '没有变化'}。"


# --- lists --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class _List:
    """One list: its heading, its lines, what a line tells of its dates, and the question that shows all of it."""

    heading: str
    found: tuple[Line, ...]
    told: Callable[[Summary, Line], str]
    question: str = ""


def _due_words(value: Summary, line: Line) -> str:
    late = f"，已逾期{line.days}天" if line.days else ""
    return f"{day_words(line.due, value.today)}到期{late}" if line.due else ""


def _done_words(value: Summary, line: Line) -> str:
    when = f"{day_words(line.on, value.today)}报办结" if line.on else "已办结"
    due = f"，{day_words(line.due, value.today)}到期" if line.due else "，没有日期"
    return when + due + (f"，逾期{line.days}天办结" if line.days else "")


def _said_words(value: Summary, line: Line) -> str:
    return f"{day_words(line.on, value.today)}报" if line.on else ""


def _reminded_words(value: Summary, line: Line) -> str:
    told = f"{day_words(line.on, value.today)}提醒后没有回音" if line.on else "没有回音"
    return f"{_due_words(value, line)}，{told}"


def lists(value: Summary) -> Mapping[str, _List]:
    """The lists of a summary by the part they are."""
    now, then = now_words(value), next_words(value)
    return {
        OVERDUE: _List("逾期", value.overdue, _due_words, "有哪些逾期"),
        REST: _List(f"{now}内还将到期", value.due_rest, _due_words, f"{now}到期的任务"),
        NEXT: _List(f"{then}到期", value.due_next, _due_words, f"{then}到期的任务"),
        DONE: _List(f"{now}办结", value.done, _done_words),
        UNANSWERED: _List("提醒后没有签收", value.unanswered, _reminded_words),
        UNPROVEN: _List("报办结没有佐证", value.unproven, _said_words),
        WAITING: _List("已报待核", value.waiting, _said_words),
        RETURNED: _List("退回后没有重报", value.returned, _said_words),
    }


def _parts(value: Summary, limit: int | None, parts: Sequence[str]) -> Iterator[str]:
    known = lists(value)
    for part in PARTS:
        if part not in parts:
            continue
        if part == CHANGE and value.change is not None:
            yield change_words(value.change)
        elif part in known:
            yield from _listed(value, known[part], limit)
        elif part in (UNITS, DOCUMENTS):
            yield from _tallied(value, part, value.units if part == UNITS else value.documents, limit)


def _listed(value: Summary, one: _List, limit: int | None) -> Iterator[str]:
    if not one.found:
        return
    yield f"{one.heading}："
    groups = list(_by_assignment(one.found).values())
    yield from (f"· {_line_words(value, group, one)}" for group in groups[:limit])
    if limit is not None and len(groups) > limit:
        how = f"，问“{one.question}”可看全部" if one.question else f"，发“{table_words(value)}”可看全部"
        yield f"  ……另有{len(groups) - limit}项{how}"


def _by_assignment(lines: Iterable[Line]) -> dict[tuple[str, str], list[Line]]:
    """The dates of each assignment (and unit) together, in the order of its first."""
    found: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        found.setdefault((line.assignment, line.unit), []).append(line)
    return found


def _line_words(value: Summary, lines: list[Line], one: _List) -> str:
    """One assignment with its first date in the list, and how many there are."""
    first = lines[0]
    assignment = value.assignments[first.assignment]
    period = period_words(first.period) if first.period else ""
    periods = f"（{period}等{len(lines)}期）" if len(lines) > 1 and period else f"（{period}）" if period else ""
    who = first.unit or answerable(assignment)
    named = _mark(value, assignment.document) + item_words(assignment)
    return f"{named} {matter(assignment, LINE_LENGTH).rstrip('。；;')}{periods}：{who}，{one.told(value, first)}"


def numbers(value: Summary, found: Iterable[str]) -> str:
    """第1、8项 of some assignments (ids); ①第1项；②第3项 where there are several documents, whose marks `legend` explains."""
    by_document: dict[str, list[str]] = {}
    for id in dict.fromkeys(found):
        by_document.setdefault(value.assignments[id].document, []).append(id)
    return "；".join(_mark(value, document) + _numbers_of(value, rows) for document, rows in by_document.items())


def _mark(value: Summary, document: str) -> str:
    """What stands for a document in a summary of several."""
    papers = list(value.titles)
    if len(papers) < 2:
        return ""
    at = papers.index(document)
    return _MARKS[at] if at < len(_MARKS) else f"（{at + 1}）"


def legend(value: Summary, text: str) -> str:
    """What the marks in a text stand for; empty where there are none."""
    marked = [(mark, title) for paper, title in value.titles.items() if (mark := _mark(value, paper)) and mark in text]
    told = "，".join(f"{mark}{title}" for mark, title in marked)
    return f"文件：{told}" if told else ""


def _numbers_of(value: Summary, rows: Sequence[str]) -> str:
    counted = [one.number for id in rows if (one := value.assignments[id]).number]
    more = f"等{len(counted)}项" if len(counted) > MOST_NUMBERS else "项"
    told = [f"第{'、'.join(counted[:MOST_NUMBERS])}{more}"] if counted else []
    places = [item_words(value.assignments[id]) for id in rows if not value.assignments[id].number]
    return "、".join([*told, *places[:MOST_NUMBERS]])


# --- tallies and ranking ------------------------------------------------------------------------------------------
def _tallied(value: Summary, heading: str, tallies: Sequence[Tally], limit: int | None) -> Iterator[str]:
    yield f"{heading}："
    yield from (_tally_words(value, tally) for tally in tallies[:limit])
    if limit is not None and len(tallies) > limit:
        yield f"  ……另有{len(tallies) - limit}家，发“{table_words(value)}”可看全部"


def _tally_words(value: Summary, tally: Tally) -> str:
    counts = (("办结", tally.done), ("红灯", tally.red), ("黄灯", tally.yellow))
    told = "，".join(f"{word}{_figure(value, found)}" for word, found in counts)
    return f"· {tally.name}：{len(tally.total)}项，{told}，绿灯{len(tally.green)}项"


def _figure(value: Summary, found: Sequence[str]) -> str:
    return f"{len(found)}项（{numbers(value, found)}）" if found else "0项"


def _ranking(value: Summary, limit: int | None) -> Iterator[str]:
    if value.yardstick is None:
        return
    yield from ranking(value, limit)


def ranking(value: Summary, limit: int | None = SHORT_LIST) -> Iterator[str]:
    """The ranking with its rule; the first and the last ones where it is long."""
    assert value.yardstick is not None, "asked only where the office wants a ranking"
    yield f"排名。{value.yardstick.rule}"
    if not value.ranking:
        yield "本期没有单位有应办结的节点，不排名。"
    rows = [_rank_words(one) for one in value.ranking]
    if limit is not None and len(rows) > limit:
        head = limit - limit // 2
        yield from (*rows[:head], f"  ……中间{len(rows) - limit}家", *rows[len(rows) - limit // 2 :])
    else:
        yield from rows


def _rank_words(one: Rank) -> str:
    return f"· 第{one.place}名 {one.tally.name}：{rate_words(one)}，逾期{len(one.tally.overdue)}个节点"


def rate_words(one: Rank) -> str:
    """应办结8个节点，已办结6个，办结率75%."""
    share = one.rate.numerator * 1000 // one.rate.denominator / 10
    return f"应办结{len(one.tally.owed)}个节点，已办结{len(one.tally.met)}个，办结率{share:g}%"
