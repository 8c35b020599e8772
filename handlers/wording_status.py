"""The state of an office in a few lines: documents, calendar, silences, requests, events, what may have been said twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from handlers.notices_wording import day_words
from handlers.wording import subject
from handlers.wording_calendar import coverage
from handlers.wording_errands import line
from knowledge.errands import errands
from knowledge.extensions import pending
from knowledge.ledger import Ledger
from knowledge.redating import redated
from knowledge.register import Register
from knowledge.silences import silent_now
from scheduler.awaited import waiting
from scheduler.calendar import WorkCalendar
from scheduler.notices import unsettled
from scheduler.policy import SHANGHAI

SHOWN = 8
"""Lines of one kind before it is only told how many more there are."""


def status(register: Register, ledger: Ledger, now: datetime, calendar: WorkCalendar) -> str:
    """What whoever looks after the bot should know at `now`."""
    current = redated(register, ledger).in_force
    parts = [
        f"文件{len(current.documents)}份，任务{len(current.assignments)}项，台账{len(ledger)}条。",
        coverage(calendar, now.astimezone(SHANGHAI).date()),
        *_section("正在静默：", list(_silences(current, ledger, now))),
        *_section("等待答复的延期申请：", list(_requests(current, ledger))),
        *_section(
            "期限取决于事件、还没有报告的：",
            [f"{subject(one, 24)}：等待“{'、'.join(e)}”" for one, e in waiting(current)],
        ),
        *_section(
            "交人转发、还没有确认的：",
            [f"{line(one).removeprefix('· ')}（{one.person}）" for one in errands(ledger) if one.done is None],
        ),
    ]
    doubtful = len(unsettled(ledger))
    if doubtful:
        parts.append(f"可能发送过、没有等到平台答复的{doubtful}条。")
    return "\n".join(parts)


def _section(head: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield head
        yield from (f"· {line}" for line in lines[:SHOWN])
        if len(lines) > SHOWN:
            yield f"  ……另有{len(lines) - SHOWN}项"


def _silences(register: Register, ledger: Ledger, now: datetime) -> Iterator[str]:
    for one in silent_now(ledger, now):
        assignment = register.assignment(one.assignment)
        what = subject(assignment, 24) if assignment else f"会话“{one.conversation}”"
        whose = f"{one.unit} " if one.unit else ""
        yield f"{whose}{what}，到{day_words(one.until)}，{one.who or '未留名'}设"


def _requests(register: Register, ledger: Ledger) -> Iterator[str]:
    for one in pending(ledger):
        assignment = register.assignment(one.assignment)
        if assignment:
            moved = f"{day_words(one.was)} → {day_words(one.to)}"
            yield f"{one.unit} {subject(assignment, 24)}：{moved}，{one.reason or '没有写原因'}".strip()
