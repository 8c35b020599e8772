"""How the bot tells where assignments stand: the assignment first, then what was reported, then its dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from handlers.notices_wording import day_words, period_words
from handlers.states import State
from handlers.wording import lines, names, shortened, source, subject, title
from handlers.wording_lists import LINES, counted, fitted, span_words
from handlers.wording_reports import status_words
from knowledge.ledger import Entry
from knowledge.milestones import milestones
from knowledge.model import Deadline, DeadlineKind, Span
from knowledge.register import Register
from knowledge.reported import Reported
from knowledge.shares import owing
from scheduler.condition import Condition
from scheduler.policy import SHANGHAI
from scheduler.standing import Dated, is_ongoing, leaves
from scheduler.summary import Summary

# Units of a line before it is cut.
UNITS = 12
NO_REPORT = "还没有收到进展报告"
_EVENTS = (DeadlineKind.EVENT, DeadlineKind.RELATIVE)


def state(one: State, register: Register, span: Span | None = None) -> str:
    """One assignment: what was reported, by whom, what is missing, its date, what it is to reach in the window asked about, and what
    that stands on."""
    told = [f"“{part.text}”（{part.due.month}月{part.due.day}日）" for part in _reached(one, span) if part.due]
    return lines(
        f"{subject(one.assignment)}：{_reported(one)}。",
        _by_units(one),
        _printed_state(one) if one.last is None else _by_another(one),
        f"这段时间要做到：{'；'.join(told)}。" if told else "",
        f"期限：{dates_words(one)}。",
        source(one.assignment, register.document(one.assignment.document)),
    )


_STATE_HEADS = ("状态", "进展", "完成情况", "落实情况", "整改情况", "办理情况")


def _printed_state(one: State) -> str:
    """What the document itself prints of how far it is: 文件“进展状态”栏印的是“已完成”。"""
    told = [part for part in one.assignment.particulars if any(head in part.head for head in _STATE_HEADS)]
    printed = "，".join(f"“{part.head}”栏印的是“{shortened(part.words, 40)}”" for part in told[:2])
    return f"文件{printed}，是成文时的情况。" if printed else ""


def _by_another(one: State) -> str:
    """Who has still to report, where what was reported done is the word of a unit whose share does not close it: one that helps, or that
    led before a revision."""
    units = owing(one.assignment)
    if one.unit or one.last is None or one.standing.finished or len(one.owed) > 1:
        return ""
    if not one.last.done or not one.last.unit or one.last.unit in units or not units:
        return ""
    return f"这项由{names(units[:UNITS])}报告办结才算办结，还没有报告办结。"


def _reached(one: State, span: Span | None) -> tuple[Deadline, ...]:
    return milestones(one.assignment, span) if span else ()


def _reported(one: State) -> str:
    whose = f"{one.unit}" if one.unit else ""
    if one.standing.finished and one.condition is Condition.REPORTED:
        return f"{whose}已报办结，等待督查员核定{_when(one.latest)}"
    if one.standing.finished and (by := one.finisher) is not None:
        return f"{whose}已办结{_when(by.entry)}{verdict_words(by)}"
    if one.last is None:
        return f"{whose}{NO_REPORT}"
    told = report_words(one.last.entry, _goal(one, one.last.entry))
    return f"{told}{_when(one.last.entry)}{verdict_words(one.last)}"


def _goal(one: State, report: Entry) -> str:
    """Which milestone was reported, in quotation marks; empty where the assignment has one date only."""
    goals = milestones(one.assignment, Span(None, None))
    return next((f"“{part.text}”" for part in goals if str(part.due) == report.details.get("about")), "")


def verdict_words(one: Reported) -> str:
    """What became of a report, where that is not plain: returned with its reason, without its evidence, to be accepted."""
    if one.returned and one.verdict is not None:
        day = one.verdict.at.astimezone(SHANGHAI).date()
        reason = shortened(str(one.verdict.details.get("reason", "")), 30)
        return f"，{day.month}月{day.day}日被退回{f'（{reason}）' if reason else ''}，没有重报"
    if one.verdict is not None:
        day = one.verdict.at.astimezone(SHANGHAI).date()
        return f"，{day.month}月{day.day}日核定"
    if one.completion and one.lacking:
        return "，缺要求的佐证，还不算办结"
    return "，等待核定" if one.waiting else ""


def _told_briefly(one: Reported) -> str:
    if one.returned:
        return "已退回"
    return "已报待核" if one.waiting else status_words(str(one.entry.details.get("status")))


def report_words(entry: Entry, goal: str = "") -> str:
    """市财政局报告2026年6月已办结, 市财政局报告“二季度：完成招标”已办结"""
    percent = entry.details.get("percent")
    period = entry.details.get("period")
    told = status_words(str(entry.details.get("status")), percent if isinstance(percent, int) else None)
    return f"{entry.unit or '督查员'}报告{period_words(str(period)) if period else goal}{told}"


def _when(entry: Entry | None) -> str:
    if entry is None:
        return ""
    day = entry.at.astimezone(SHANGHAI).date()
    url = entry.details.get("url")
    return f"（{day.month}月{day.day}日报告{f'，{url}' if url else ''}）"


def _by_units(one: State) -> str:
    """Who has reported and who has not, where several have to."""
    if one.unit is not None or len(one.owed) < 2:
        return ""
    told = [f"{unit}（{_told_briefly(last)}）" for unit, last in one.by_unit.items()]
    return lines(
        f"已报告{len(told)}家：{_cut(told)}" if told else "",
        f"还没有报告的{len(one.missing)}家：{_cut(one.missing)}" if one.missing else "各单位都已报告。",
        "（写给统称的任务，按文件中出现过的单位列出。）" if one.shared else "",
    )


def _cut(units: Sequence[str]) -> str:
    more = f"等{len(units)}家" if len(units) > UNITS else ""
    return names(units[:UNITS]) + more


def dates_words(one: State) -> str:
    """7月31日到期，还有3天; 已逾期10天; or why there is no date."""
    if one.standing.finished and one.standing.dates:
        ended = "已报办结" if one.condition is Condition.REPORTED else "已办结"
        return f"{day_words(one.standing.dates[-1].due, one.today)}到期，{ended}"
    told = [late_words(one.late, one.today)] if one.late else []
    if one.coming is not None:
        told.append(_coming_words(one.coming, one.today, again=one.coming.period is not None))
    return "；".join(told) or undated_words(one)


def remaining(one: State) -> str:
    """第2项：11月30日（星期一）到期，还有138天。"""
    return f"{subject(one.assignment, 16)}：{dates_words(one)}。"


def _coming_words(row: Dated, today: date, again: bool) -> str:
    days = (row.due - today).days
    left = f"还有{days}天" if days else "就是今天"
    period = f"报{period_words(row.period)}情况，" if row.period else ""
    return f"{'最近一次' if again else ''}{period}{day_words(row.due, today)}到期，{left}"


def late_words(rows: Sequence[Dated], today: date) -> str:
    """应于7月31日完成，已逾期10天; of several dates the first, and how many they are."""
    first = rows[0]
    days = (today - first.due).days
    if first.period:
        many = f"等{len(rows)}期" if len(rows) > 1 else ""
        return f"{period_words(first.period)}{many}没有报告，应于{day_words(first.due, today)}完成，已逾期{days}天"
    told = "、".join(day_words(row.due, today) for row in rows[:3])
    return f"应于{told}完成，{'最长' if len(rows) > 1 else ''}已逾期{days}天"


def undated_words(one: State) -> str:
    """Why an assignment has no date."""
    parts = leaves(one.assignment.deadlines)
    if is_ongoing(one.assignment):
        return "持续进行的工作，没有截止日期"
    event = next((part for part in parts if part.kind in _EVENTS), None)
    if event is not None:
        return f"“{shortened(event.text, 30)}”，要等所说的事项发生，现在没有日期"
    if any(part.kind is not DeadlineKind.NONE for part in parts):
        return f"“{shortened(parts[0].text, 30)}”，近期没有到期的日子"
    return "文件没有写明完成时限"


def of_unit(units: Sequence[str], states: Sequence[State], register: Register, span: Span | None, page: int = 0) -> str:
    """市财政局牵头或负责5项：已报告2项，其中办结1项；没有报告3项。"""
    reported = [one for one in states if one.latest]
    done = [one for one in reported if one.last and one.last.done and not one.last.waiting]
    waiting = [one for one in reported if one.last and one.last.waiting]
    when = f"{_span_words(span)}到期的" if span else "牵头或负责的"
    head = (
        f"{names(units)}{when}任务有{len(states)}项：已报告{len(reported)}项，其中已办结{len(done)}项{f'、已报待核{len(waiting)}项' if waiting else ''}；"
        f"还没有报告{len(states) - len(reported)}项。"
    )
    return fitted([head], counted(states), _row, [_footer(states, register)], page)


def _span_words(span: Span) -> str:
    if span.words:
        return span.words
    ends = (day_words(end) if end else "" for end in (span.start, span.end))
    return "至".join(ends)


def _row(row: tuple[int, State]) -> str:
    place, one = row
    return f"{place}) {subject(one.assignment, 24)}：{_brief(one)}"


def _brief(one: State) -> str:
    return f"{_reported(one)}，{dates_words(one)}"


def _footer(states: Sequence[State], register: Register) -> str:
    documents = dict.fromkeys(one.assignment.document for one in states)
    found = [document for key in documents if (document := register.document(key))]
    return f"依据：{'、'.join(title(document) for document in found[:3])}" if found else ""


def unreported(states: Sequence[State], register: Register, page: int = 0) -> str:
    """Who has not reported anything: the units with how many of their assignments, then these, unit by unit, a line each."""
    silent = [one for one in states if one.missing]
    waiting: dict[str, int] = {}
    for one in silent:
        for unit in one.missing if not one.shared else ():
            waiting[unit] = waiting.get(unit, 0) + 1
    if not silent:
        return f"共{len(states)}项任务，各单位都已报告过进展。"
    ranked = sorted(waiting.items(), key=lambda row: -row[1])
    more = f"等{len(ranked)}家" if len(ranked) > UNITS else ""
    who = f"还没有报告的单位：{'、'.join(f'{unit}{count}项' for unit, count in ranked[:UNITS])}{more}" if ranked else ""
    head = f"共{len(states)}项任务，还没有收到（全部）单位报告的有{len(silent)}项："
    return fitted([head, who], counted(_grouped(silent)), _silent, [_footer(silent, register)], page)


def of_many(states: Sequence[State], register: Register, page: int = 0) -> str:
    """Where several assignments stand that were named one by one, a line each."""
    return fitted([f"这{len(states)}项任务的进展："], counted(states), _row, [_footer(states, register)], page)


def _grouped(silent: Sequence[State]) -> list[State]:
    """Unit by unit, the one with the longest overdue first, in each by date; what is written for a collective last."""
    groups: dict[str, list[State]] = {}
    for one in sorted(silent, key=lambda one: (one.shared, _due_first(one))):
        groups.setdefault(_first_missing(one), []).append(one)
    return [one for group in groups.values() for one in group]


def _due_first(one: State) -> date:
    if one.late:
        return one.late[0].due
    return one.coming.due if one.coming else date.max


def _first_missing(one: State) -> str:
    """The unit whose report is missing, the first of several; the collective's name where it is written for one."""
    return owing(one.assignment)[0] if one.shared else one.missing[0]


def _silent(row: tuple[int, State]) -> str:
    """1) 市财政局 第2项“开设惠农补贴发放专栏……”：7月31日到期，已逾期1天"""
    place, one = row
    more = f"等{len(one.missing)}家" if len(one.missing) > 1 and not one.shared else ""
    told = f"（已有{len(one.by_unit)}家报告）" if one.by_unit else ""
    return f"{place}) {_first_missing(one)}{more} {subject(one.assignment, 14)}：{_due_briefly(one)}{told}"


def _due_briefly(one: State) -> str:
    """7月31日到期，已逾期1天: the date that is overdue longest, else the next one, else why there is none."""
    row = one.late[0] if one.late else one.coming
    if row is None:
        return undated_words(one)
    period = f"{period_words(row.period)}{f'等{len(one.late)}期' if len(one.late) > 1 else ''}，" if row.period else ""
    year = "" if row.due.year == one.today.year else f"{row.due.year}年"
    days = (one.today - row.due).days
    left = f"已逾期{days}天" if days > 0 else f"还有{-days}天" if days else "就是今天"
    return f"{period}{year}{row.due.month}月{row.due.day}日到期，{left}"


def of_all(states: Sequence[State], register: Register, page: int = 0, span: Span | None = None) -> str:
    """The whole register, or what falls due in a window; and the units whose reports are missing."""
    reported = [one for one in states if one.latest]
    done = sum(one.condition.finished for one in states)
    reported_only = sum(one.condition is Condition.REPORTED for one in states)
    late = sum(bool(one.late) for one in states)
    which = f"{_span_words(span)}到期的" if span else "共"
    head = f"{which}{len(states)}项任务：已报告{len(reported)}项，全部办结{done}项，{f'已报待核{reported_only}项，' if reported_only else ''}逾期{late}项。"
    waiting: dict[str, int] = {}
    for one in states:
        for unit in one.missing if one.late and not one.shared else ():
            waiting[unit] = waiting.get(unit, 0) + 1
    ranked = sorted(waiting.items(), key=lambda row: -row[1])
    missing = (
        "逾期还没有报告的单位：" + "、".join(f"{unit}{count}项" for unit, count in ranked[:UNITS]) if ranked else ""
    )
    return fitted([head, missing], counted(reported), _row, [_footer(states, register)], page)


def red_lights(value: Summary) -> str:
    """Asked who is last: the red lights of each unit, and that there is no rule for a ranking."""
    red = [tally for tally in value.units if tally.red]
    head = "没有设定排名规则，不作末位排名，只列各单位红灯（逾期未办结）数："
    if not red:
        return lines(head, "目前各单位都没有红灯。")
    told = [f"· {tally.name}：红灯{len(tally.red)}项（共{len(tally.total)}项）" for tally in red]
    more = f"……另有{len(red) - LINES + 2}家" if len(red) > LINES - 2 else ""
    return lines(head, *told[: LINES - 2], more)


def none_of_unit(units: Sequence[str], many: int, span: Span | None) -> str:
    """That nothing of what units hold falls due in a window, or is left open."""
    if span is not None:
        return f"{span_words(span)}，{names(units)}没有到期的任务（牵头或负责的一共{many}项）。"
    return f"{names(units)}牵头或负责的{many}项都已办结。"
