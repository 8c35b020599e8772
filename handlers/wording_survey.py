"""How the bot tells all that is in one state, and that there is nothing of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from handlers.notices_wording import day_words
from handlers.states import State
from handlers.wording import lines, shortened, subject, title
from handlers.wording_acceptance import line
from handlers.wording_lists import counted, fitted, span_words
from handlers.wording_progress import dates_words, report_words, verdict_words
from knowledge.demands import Demands
from knowledge.extensions import Request, Step
from knowledge.model import Assignment, Span
from knowledge.question.query import Query
from knowledge.register import Register
from knowledge.reported import Reported
from knowledge.reports.survey_words import Survey
from scheduler.condition import Condition
from scheduler.policy import SHANGHAI

_HEADS = {
    Survey.UNPROVED: ("报了办结、还没有链接或材料的", "。办结报告都有佐证，或者还没有办结报告"),
    Survey.WAITING: ("已报办结、等待核定的", ""),
    Survey.RETURNED: ("被退回、还没有重报的", ""),
    Survey.STUCK: ("最近一次报告有困难的", ""),
    Survey.SILENT: ("尚未收到任何进展报告的", ""),
    Survey.SOON: ("将到期（黄灯，下周日以前到期还没办结）的", ""),
    Survey.LONGEST: ("逾期没有办结报告的", ""),
    Survey.OPEN: ("尚未办结的", ""),
    Survey.AHEAD: ("尚未到期的", ""),
    Survey.ONGOING: ("全年推进、没有截止日期的", ""),
}


def reports(
    kind: Survey, whose: str, found: Sequence[tuple[Assignment, Reported]], demands: Demands, page: int = 0
) -> str:
    """The reports that are in a state, with their codes."""
    what, why = _HEADS[kind]
    if not found:
        return f"{_of(whose)}现在没有{what}任务{why}。"
    how = {Survey.WAITING: "核定请回复“通过 短码”或“退回 短码，理由……”。", Survey.UNPROVED: "补链接请回复短码加链接。"}
    head = f"{_of(whose)}{what}有{len(found)}项："
    return fitted([head], counted(found), partial(_report, demands), [how.get(kind, "")], page)


def news(whose: str, found: Sequence[tuple[Assignment, Reported]], span: Span | None, page: int = 0) -> str:
    """What was reported in these days, the newest first."""
    when = f"{span_words(span)}，" if span else ""
    if not found:
        return f"{when}{whose or '各单位'}没有报告进展。"
    units = dict.fromkeys(one.unit for _, one in found if one.unit)
    who = f"，来自{len(units)}家单位" if len(units) > 1 else ""
    return fitted([f"{when}{_of(whose)}报告进展{len(found)}条{who}："], counted(found), _new, [], page)


def _new(row: tuple[int, tuple[Assignment, Reported]]) -> str:
    place, (assignment, one) = row
    day = one.entry.at.astimezone(SHANGHAI).date()
    code = one.entry.details.get("code")
    return f"{place}) {day.month}月{day.day}日 {subject(assignment, 20)}：{report_words(one.entry)}{verdict_words(one)}{f'〔{code}〕' if code else ''}"


def _of(whose: str) -> str:
    return whose or ""


def _report(demands: Demands, row: tuple[int, tuple[Assignment, Reported]]) -> str:
    place, (assignment, one) = row
    return f"{place}) {line(one, assignment, demands.of(assignment.document))}{verdict_words(one) if one.returned else ''}{_stuck(one)}"


def _stuck(one: Reported) -> str:
    return f"，原话“{shortened(one.entry.words, 40)}”" if one.entry.details.get("status") == "problem" else ""


def states(kind: Survey, whose: str, found: Sequence[State], register: Register, page: int = 0) -> str:
    """The assignments that are in a state, with their dates."""
    what, why = _HEADS[kind]
    if not found:
        return f"{_of(whose)}现在没有{what}任务{why}。"
    count = f"，最久的{len(found)}项" if kind is Survey.LONGEST else f"有{len(found)}项"
    documents = dict.fromkeys(one.assignment.document for one in found)
    titles = "、".join(title(each) for key in list(documents)[:3] if (each := register.document(key)))
    return fitted([f"{_of(whose)}{what}{count}："], counted(found), _state, [f"依据：{titles}"], page)


def _state(row: tuple[int, State]) -> str:
    place, one = row
    owed = "、".join(one.owed[:3]) + ("等" if len(one.owed) > 3 else "")
    return f"{place}) {subject(one.assignment, 24)}：{owed or '文件没有写明单位'}，{dates_words(one)}"


def done(whose: str, found: Sequence[State], total: int, waiting: int, query: Query, today: date) -> str:
    """What was done in the days that are named, or this year; 按期 and 逾期 apart."""
    when = query.span.words if query.span is not None and query.span.words else f"{today.year}年以来"
    late = sum(one.condition is Condition.DONE_LATE for one in found)
    whole = sum(one.condition.finished for one in found)
    rest = f"已报待核{waiting}项。" if waiting else ""
    if not found:
        return f"{when}，{_of(whose)}还没有任务办结（共{total}项）。{rest}"
    some = f"，另有{len(found) - whole}项办结了其中的几期" if whole < len(found) else ""
    head = f"{when}，{_of(whose)}办结{whole}项（共{total}项），其中逾期办结{late}项{some}。{rest}"
    return fitted([head], counted(found), _done, [], query.page)


def _done(row: tuple[int, State]) -> str:
    place, one = row
    ends = sorted(one.standing.finishes.values(), key=lambda end: end.on)
    periods = "" if one.condition.finished else f"（已办结{len(ends)}期）"
    return f"{place}) {subject(one.assignment, 24)}：{one.condition}{periods}，{day_words(ends[-1].on)}报告"


def rate(whose: str, found: Sequence[State]) -> str:
    """How much is done, counted in assignments; what has no end is told apart."""
    endless = [one for one in found if one.condition is Condition.ONGOING]
    counted_ = len(found) - len(endless)
    by = {condition: sum(one.condition is condition for one in found) for condition in Condition}
    finished = sum(one.condition.finished for one in found)
    share = f"{100 * finished / counted_:.1f}%".replace(".0%", "%") if counted_ else "无从计算"
    told = "，".join(f"{condition}{count}项" for condition, count in by.items() if count)
    aside = f"全年推进的{len(endless)}项不计入。" if endless else ""
    return lines(f"{_of(whose)}办结率{share}：应办结{counted_}项，已办结{finished}项。{aside}", f"各状态：{told}。")


def rates(units: Mapping[str, Sequence[State]], highest: bool, page: int = 0) -> str:
    """Each unit's share that is done, the least first; what has no end is left out."""
    rows = []
    for name, found in units.items():
        due = [one for one in found if one.condition is not Condition.ONGOING]
        finished = sum(one.condition.finished for one in due)
        if due:
            rows.append((finished / len(due), name, finished, len(due)))
    rows.sort(key=lambda row: (-row[0] if highest else row[0], -row[3]))
    if not rows:
        return "没有可以计算办结率的单位。"
    head = f"各单位办结率（已办结÷应办结，全年推进的不计入；{'从高到低' if highest else '从低到高'}）："
    return fitted([head], counted(rows), _unit_rate, ["只是按项数计算，不作排名。"], page)


def _unit_rate(row: tuple[int, tuple[float, str, int, int]]) -> str:
    place, (share, name, finished, total) = row
    return f"{place}) {name}：{100 * share:.0f}%（{finished}/{total}）"


HOW_TO_EXTEND = (
    "申请延期：由任务所属单位的联络员发“短码 延期到几月几日，原因……”，或者“第几项申请延期到几月几日，原因……”。"
    "申请会转给督查员，同意之前仍按原期限提醒。"
)


def extensions(
    whose: str, waits: Sequence[tuple[Request, Assignment]], decided: Sequence[tuple[Request, Assignment]], own: bool
) -> str:
    """The requests that wait, and how the others were answered."""
    who = "本单位" if own else _of(whose)
    told = [f"{who}等待答复的延期申请有{len(waits)}件：" if waits else f"{who}现在没有等待答复的延期申请。"]
    told += [f"· {_request(one, row)}" for one, row in waits]
    if decided:
        told += [f"已答复的{len(decided)}件："]
        told += [f"· {_request(one, row)}，{_decided(one)}" for one, row in decided[-8:]]
    return lines(*told)


def _request(one: Request, row: Assignment) -> str:
    reason = f"，原因：{shortened(one.reason, 30)}" if one.reason else ""
    return f"{one.unit} {subject(row, 20)}，{day_words(one.was)}延到{day_words(one.to)}{reason}".strip()


def _decided(one: Request) -> str:
    day = one.on.astimezone(SHANGHAI).date() if one.on else None
    word = "同意" if one.step is Step.APPROVED else "不同意"
    return f"{day.month}月{day.day}日{word}" if day else word
