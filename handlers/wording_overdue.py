"""How the bot tells what is overdue, that nothing is, and that something cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.notices_wording import day_words, period_words
from handlers.states import State
from handlers.wording import lines, names, source, subject, title
from handlers.wording_lists import counted, fitted
from handlers.wording_progress import UNITS, dates_words, late_words, undated_words
from knowledge.model import Role, Span
from knowledge.register import Register

# Periods of a row before they are cut.
PERIODS = 3


@dataclass(frozen=True, slots=True)
class Listing:
    """What is overdue: `once` by a date of its own, `again` in a rhythm, `apart` only through a collective's name."""

    units: Sequence[str]
    today: date
    span: Span
    once: tuple[State, ...]
    again: tuple[State, ...]
    apart: tuple[State, ...]
    page: int = 0

    @property
    def when(self) -> str:
        """截至昨天, or the window asked about."""
        if self.span.words:
            return self.span.words
        return f"截至{day_words(self.span.end)}" if self.span.end else ""


def listed(found: Listing, coming: State | None, register: Register) -> str:
    """The list: dates of their own first, rhythms and collectives apart."""
    whose = names(found.units)
    count = len(found.once)
    head = f"{found.when}，{whose}逾期没有办结报告的任务有{count}项："
    if not count:
        head = (
            f"{found.when}，{whose}没有逾期的任务。"
            if not found.again
            else f"{found.when}，{whose}没有一次性任务逾期。"
        )
    if found.again:
        head = f"{head[:-1]}；按期反复办理、有缺报的另有{len(found.again)}项{head[-1]}"
    next_one = f"最近到期的是{subject(coming.assignment, 20)}，{dates_words(coming)}。" if coming else ""
    return fitted(
        [head],
        counted((*((one, True) for one in found.once), *((one, False) for one in found.again))),
        lambda row: f"{row[0]}) {_row(row[1][0], found) if row[1][1] else _again(row[1][0])}",
        (
            f"写给“各部门”一类统称、也包括在内的另有{len(found.apart)}项：{_numbers(found.apart)}。"
            if found.apart
            else "",
            "" if found.once or found.again else next_one,
            _footer(found, register),
        ),
        found.page,
    )


def _row(one: State, found: Listing) -> str:
    rows = [row for row in one.late_once if found.span.holds(row.due)]
    reported = f"，已有{len(one.by_unit)}家报告" if one.shared and one.by_unit else ""
    return f"{subject(one.assignment, 26)}{late_words(rows, found.today)}{_answerable(one)}{reported}"


def _answerable(one: State) -> str:
    units = one.assignment.units(Role.LEAD) or one.assignment.units(Role.RESPONSIBLE)
    return f"，{names(units[:UNITS])}" if units else ""


def _again(one: State) -> str:
    return f"{subject(one.assignment, 20)}缺{_periods(one)}{_answerable(one)}"


def _periods(one: State) -> str:
    late = one.late[-PERIODS:]
    told = "、".join(period_words(row.period) if row.period else day_words(row.due, one.today) for row in late)
    return f"{told}{f'等{len(one.late)}期' if len(one.late) > PERIODS else ''}"


def _numbers(states: Sequence[State]) -> str:
    return "、".join(subject(one.assignment, 14) for one in states[:5]) + ("等" if len(states) > 5 else "")


def _footer(found: Listing, register: Register) -> str:
    keys = dict.fromkeys(one.assignment.document for one in (*found.once, *found.again))
    documents = [document for key in keys if (document := register.document(key))]
    return f"依据：{'、'.join(title(document) for document in documents[:3])}" if documents else ""


def of_one(one: State, register: Register) -> str:
    """Whether one assignment is overdue, or why it cannot be."""
    of = source(one.assignment, register.document(one.assignment.document))
    told = subject(one.assignment, 30)
    if one.late:
        return lines(f"{told}逾期了：{late_words(one.late, one.today)}。", of)
    if not one.standing.dates:
        return lines(f"{told}没有到期日，不会逾期：{undated_words(one)}。", of)
    return lines(f"{told}没有逾期：{dates_words(one)}。", of)
