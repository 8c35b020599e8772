"""核对: a supervisor answers the doubts of a filed document by numbers, and what he corrects is filed anew.

The review's state is in the ledger: who is at it, what was answered. A number is an answer only behind a question of
the review; everything else that is said meanwhile goes its ordinary way.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers import REVIEWERS
from handlers import wording_review as said
from handlers.message import Answer, Outcome, Reply
from handlers.message import said as one_reply
from handlers.reviewing import Ending, Setting, Step, question, step
from handlers.wording import title
from handlers.wording_decisions import MARK
from knowledge.ledger import Ledger
from knowledge.model import Document, Draft, Message
from knowledge.patterns import regex
from knowledge.question.query import Intent
from knowledge.register import Register
from knowledge.review import Act, Review, Reviewer, Sitting, review_of, sitting_on, sittings
from knowledge.review.record import act_entry
from knowledge.review.wanted import resolver
from knowledge.units import UnitBook
from scheduler.calendar import WorkCalendar
from scheduler.policy import SHANGHAI

TERMINAL = "终端"
"""The conversation of a review at the terminal. Who sits there holds the home's lock, so nobody else meets him."""
PATIENCE = timedelta(minutes=30)
"""After so long without an answer somebody else may go on."""
_BEGIN = regex(r"(?:开始|继续|接着)?核对(?:存疑|文件)?(?:\s*《(?P<title>[^》]+)》?|[\s:：]+(?P<name>\S.*))?[。.!！]?")


@dataclass(frozen=True, slots=True)
class _Room:
    """What a message is answered in."""

    message: Message
    register: Register
    ledger: Ledger
    now: datetime
    calendar: WorkCalendar

    @property
    def reviewer(self) -> Reviewer:
        return Reviewer(self.message.sender, self.message.conversation, self.now)

    def setting(self, review: Review) -> Setting:
        today = self.now.astimezone(SHANGHAI).date()
        resolve = resolver(UnitBook.of(self.register))
        return Setting(review, self.reviewer, self.calendar, today, resolve, self.register.difference)

    def review(self, document: Document) -> Review:
        return review_of(Draft(document, self.register.of_document(document.id)), self.ledger)


def answer(
    message: Message, register: Register, ledger: Ledger, now: datetime, calendar: WorkCalendar
) -> Outcome | None:
    """What a message does in a review; None when it has nothing to do with one. `register` is already in scope."""
    room = _Room(message, register, ledger, now, calendar)
    begin = _BEGIN.fullmatch(message.text.strip())
    if begin:
        if message.role not in REVIEWERS:
            return one_reply(said.ONLY_SUPERVISORS, Answer(Intent.REVIEW))
        return _begun(room, (begin["title"] or begin["name"] or "").strip())
    if message.role not in REVIEWERS or not _was_asked(message):
        return None
    mine = next((one for one in sittings(ledger) if one.seated and _is_mine(one, message)), None)
    document = register.of_digest(mine.digest) if mine else None
    if document is None:
        return None
    done = step(message.text, room.setting(room.review(document)))
    return _outcome(done, document) if done else None


def _was_asked(message: Message) -> bool:
    """Whether the bot's last words were a question of a review. A channel that hands no turns leaves it open."""
    last = next((turn.text for turn in reversed(message.turns) if turn.by_bot), None)
    return last is None or MARK in last


def _is_mine(sitting: Sitting, message: Message) -> bool:
    return (sitting.who, sitting.conversation) == (message.sender, message.conversation)


def _value(*documents: Document) -> Answer:
    return Answer(Intent.REVIEW, answered=True, documents=tuple(document.id for document in documents))


def _outcome(done: Step, document: Document) -> Outcome:
    filed = done.ending is Ending.FILED
    return Outcome(
        (Reply(done.text),),
        done.entries,
        _value(document),
        done.review.reviewed if filed else None,
        done.review.lessons if filed else (),
    )


# ---------------------------------------------------------------- to begin
def _begun(room: _Room, name: str) -> Outcome:
    open_ = [(document, room.review(document)) for document in room.register.in_force.documents]
    open_ = [(document, review) for document, review in open_ if review.pending or review.decided]
    if not open_:
        return Outcome((Reply(said.NOTHING_OPEN),), answer=_value())
    meant = _meant(name, open_) if name else _mine_or_only(room, open_)
    if len(meant) == 1:
        return _opened(room, *meant[0])
    listed = meant or open_
    rows = ((title(document), len(review.pending), review.decided) for document, review in listed)
    head = f"没有要核对的文件叫“{name[:40]}”。" if name and not meant else ""
    text = f"{head}{said.listed(rows)}\n请发“核对 序号”或“核对 文件名”。"
    return Outcome((Reply(text),), answer=_value(*(document for document, _ in listed)))


def _meant(name: str, open_: list[tuple[Document, Review]]) -> list[tuple[Document, Review]]:
    """Those that a number of the list, a title or a file's name means."""
    if name.isdecimal() and 1 <= int(name) <= len(open_):
        return [open_[int(name) - 1]]
    exact = [one for one in open_ if name in (one[0].title, one[0].source)]
    return exact or [one for one in open_ if name in one[0].title or name in one[0].source]


def _mine_or_only(room: _Room, open_: list[tuple[Document, Review]]) -> list[tuple[Document, Review]]:
    """The one that the speaker left off, else the only one there is."""
    left = [one.digest for one in sittings(room.ledger) if _is_mine(one, room.message)]
    mine = [one for one in open_ if left and one[0].digest == left[0]]
    return mine or open_


def _opened(room: _Room, document: Document, review: Review) -> Outcome:
    sitting = sitting_on(document.digest, room.ledger)
    if sitting and _occupied(sitting, room):
        return Outcome((Reply(said.busy(sitting)),), answer=_value(document))
    entry = act_entry(Act.STARTED, document, room.reviewer, room.message.text)
    text = f"{said.begun(review.draft, review)}\n\n{question(room.setting(review))}"
    return Outcome((Reply(text),), (entry,), _value(document))


def _occupied(sitting: Sitting, room: _Room) -> bool:
    """Whether somebody else is at it, and has answered not long ago."""
    elsewhere = sitting.seated and sitting.conversation != TERMINAL and not _is_mine(sitting, room.message)
    return elsewhere and room.now - sitting.at < PATIENCE
