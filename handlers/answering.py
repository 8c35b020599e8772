"""What people answer to what the bot said by itself: 收到, 延期, 同意, 静默, an event that happened. Asked before the routes;
None for everything else, and that quickly."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from handlers.message import Outcome
from knowledge.codes import codes_in
from knowledge.ledger import EntryKind, Ledger
from knowledge.model import Message
from knowledge.patterns import regex
from knowledge.register import Register
from scheduler.calendar import WorkCalendar

if TYPE_CHECKING:
    from handlers.occasion import Occasion

_WORDS = regex(
    r"延|缓到|推迟|宽限|静默|免打扰|静音|恢复提醒|同意|批准|驳回|准予|撤|取消|作废|收回|删|[发报写说填登传附贴给]错|"
    r"不算|不作数|手误|[看点搞弄选]错|不用延|不延|错群|采纳|通过|核定|认可|合格|退回|打回|重报|落实|抓紧|马上|立即|立刻|尽快|按要求|https?:|www\.|"
    r"(?:\d|[日号天]|今天|昨天|前天|刚).{0,30}(?:已|了|印发|出台|发布|公布|下发|批复|通过|竣工|验收|开工|反馈|收到)|收到.{0,20}\d|"
    r"已经?(?:正式)?(?:印发|出台|发布|公布|下发|批复)|(?:印发|出台|发布|公布|下发|批复)了"
)
_MENU = "发序号就行"
# Behind a report that was asked back, or one that was stored, what comes next may only complete it.
_ASKS_BACK = regex(r"没有登记|已登记〔|请回复“")


def answer(
    message: Message, register: Register, ledger: Ledger, now: datetime, calendar: WorkCalendar
) -> Outcome | None:
    """What the message leads to as an answer; None when it is none."""
    may_complete = _asked_back(message)
    if not (may_complete or _worth_a_look(message)):
        return None
    from handlers.occasion import Occasion

    occasion = Occasion(message, register, ledger, now, calendar)
    if may_complete:
        from handlers import completing

        if (completed := completing.answer(occasion)) is not None:
            return completed
    return _heard(occasion) if _worth_a_look(message) else None


def _heard(occasion: Occasion) -> Outcome | None:
    from handlers import accepting, acknowledge, events, evidencing, extension, progress, report, silence, undoing

    for part in (
        acknowledge.chosen,
        events.chosen,
        silence.answer,
        extension.withdrawal,
        accepting.answer,
        extension.decision,
        extension.answer,
        acknowledge.named,
        evidencing.taken_back,
        undoing.answer,
        events.answer,
        evidencing.answer,
        report.pointed_at,
        progress.pointed_at,
    ):
        outcome = part(occasion)
        if outcome is not None:
            return outcome
    return None


def addresses(message: Message, ledger: Ledger) -> bool:
    """Whether a message in a group answers the bot without naming it: it quotes one of its messages or says a code it gave."""
    if message.quoted and any(
        message.quoted in _ids(one.details.get("message_ids")) for one in ledger.kinds(EntryKind.SENT)
    ):
        return True
    return any(ledger.coded(code) for code in codes_in(message.text))


def _ids(told: object) -> list[str]:
    return [str(id) for id in told] if isinstance(told, list | tuple) else []


def _worth_a_look(message: Message) -> bool:
    if message.quoted or _WORDS.search(message.text) or codes_in(message.text):
        return True
    return bool(message.turns) and message.turns[-1].by_bot and _MENU in message.turns[-1].text


def _asked_back(message: Message) -> bool:
    last = message.turns[-1] if message.turns else None
    return last is not None and last.by_bot and _ASKS_BACK.search(last.text) is not None
