"""What is said to the bot and is no question about what the documents say: answers to its reminders, files that are wanted, what is in
a state. Each is told from a few words, so that a question passes quickly; modules are imported when they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from knowledge.patterns import regex

if TYPE_CHECKING:
    from handlers.message import Outcome
    from knowledge.ledger import Ledger
    from knowledge.model import Message
    from knowledge.register import Register
    from scheduler.calendar import WorkCalendar
    from scheduler.policy import Policy

# Words without one of which nothing is compared.
_COMPARES = regex(r"比|[跟和与较同](?:去|上|前|20)|修订|调整|新旧|两版|新版")
# Words without one of which nothing is asked about what is in a state.
_SURVEYS = regex(
    r"佐证|链接|材料|网址|核|审|通过|采纳|认可|申请|退回|打回|驳回|延|办结|完成|[办做]完|搞定|结案|销号|困难|问题|阻力|协调|卡住|推不动|进展|动|启动|起步|灯|到期|最久|最长|推进|[没未剩]|[报交馈][了过的来上]|新|拖"
)


def aside_of(
    message: Message,
    scoped: Register,
    ledger: Ledger,
    now: datetime,
    calendar: WorkCalendar,
    policy: Policy | None,
    asked: Callable[[Message], Outcome],
) -> Outcome | None:
    """What is said to the bot and is no question about what the documents say; None for everything else, and that quickly.

    `asked` answers the question whose list is wanted as a table.
    """
    current = scoped.in_force
    return (
        _forwarded(message, ledger, now)
        or _receipts(message, scoped, ledger, now)
        or _summed_up(message, current, ledger, now, calendar)
        or _answering(message, current, ledger, now, calendar)
        or _rolled(message, current, ledger, now, calendar, policy)
        or _exported(message, current, asked)
        or _compared(message, scoped, now)
        or _surveyed(message, current, ledger, now, calendar)
    )


def _answering(
    message: Message, register: Register, ledger: Ledger, now: datetime, calendar: WorkCalendar
) -> Outcome | None:
    """What a message does as an answer to what the bot said by itself; None for everything else, and that quickly."""
    from handlers.answering import answer

    return answer(message, register, ledger, now, calendar)


def _summed_up(
    message: Message, register: Register, ledger: Ledger, now: datetime, calendar: WorkCalendar
) -> Outcome | None:
    """更多 behind a reminder that summed up what it had no room for; None for everything else, and that quickly."""
    from knowledge.question.conversation import wants_more

    if not wants_more(message.text):
        return None
    from handlers.digest import answer

    return answer(message, register, ledger, now, calendar)


def _compared(message: Message, register: Register, now: datetime) -> Outcome | None:
    """What became different between two years or editions, when that is asked; None for everything else, and that quickly."""
    if _COMPARES.search(message.text) is None:
        return None
    from handlers.compared import answer, asks

    return answer(message, register, now.date()) if asks(message.text) else None


def _forwarded(message: Message, ledger: Ledger, now: datetime) -> Outcome | None:
    """That something is in a group now which a person was to carry there; None for everything else, and that quickly."""
    if "转" not in message.text[:8]:
        return None
    from handlers.forwarding import answer

    return answer(message, ledger, now)


def _surveyed(
    message: Message, register: Register, ledger: Ledger, now: datetime, calendar: WorkCalendar
) -> Outcome | None:
    """All that is in one state (哪些等审核, 今年办结了几项); None for everything else, and that quickly."""
    from knowledge.question.conversation import wants_more

    if not wants_more(message.text):
        if not _SURVEYS.search(message.text):
            return None
        from knowledge.question.edges import edge_of
        from knowledge.reports.survey_words import survey_in

        if survey_in(message.text) is None or edge_of(message.text)[0] is not None:
            return None
    from handlers.survey import answer

    return answer(message, register, ledger, now, calendar)


def _receipts(message: Message, register: Register, ledger: Ledger, now: datetime) -> Outcome | None:
    """What became of the reminders under a short code (回执 K7M); None for everything else, and that quickly."""
    if "回执" not in message.text[:12]:
        return None
    from handlers.receipts import answer

    return answer(message, register, ledger, now)


def _rolled(
    message: Message,
    register: Register,
    ledger: Ledger,
    now: datetime,
    calendar: WorkCalendar,
    policy: Policy | None,
) -> Outcome | None:
    """The roll (台账) as a file, when that is asked for; None for everything else, and that quickly."""
    if not any(word in message.text for word in ("台账", "日程", "日历", "导出全部", "导出所有")):
        return None
    from handlers.rolls import answer

    return answer(message, register, ledger, now, calendar, policy)


def _exported(message: Message, register: Register, ask: Callable[[Message], Outcome]) -> Outcome | None:
    """A list as a table, when that is asked for; None for everything else, and that quickly. `ask` answers a question anew."""
    if "导" not in message.text and "表" not in message.text:
        return None
    from handlers.exporting import answer

    return answer(message, register, ask)
