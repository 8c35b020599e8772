"""What another document took the place of: it answers when it is meant, or when nothing in force does, and says so.

Everything else sees only what is in force.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from handlers import wording, wording_earlier
from handlers.message import Answer, Outcome, Reply, said
from knowledge.ledger import EntryKind, Ledger
from knowledge.model import OLD, Assignment, Document, Message, present
from knowledge.normal import plain
from knowledge.patterns import regex
from knowledge.question.conversation import pointed
from knowledge.question.itemnumbers import asked_numbers
from knowledge.question.query import Intent
from knowledge.question.whichdocument import named_documents, with_years
from knowledge.register import Register

Answering = Callable[[Message, Register], Outcome]
"""What a message leads to, seen over a register."""

_OLD_ONE = regex(
    r"(?:修订|调整|修改|更正|改版|改)(?:之)?前的?(?:那[份个])?(?:方案|文件|版本?|通知|要点|分工|台账|清单)?(?:里面?|中)?"
    r"|(?:原(?:来|先)?的?|旧的?|老的?)(?:那[份个])?(?:方案|文件|版本?|通知|要点|台账|清单)(?:里面?|中)?|[上前]一版(?:里面?|中)?"
)
_ASKS_PLAN = frozenset({Intent.LEAD, Intent.RESPONSIBLE, Intent.DEADLINE, Intent.DETAIL})
# So long after a revision a bare number may still be the old one.
_FRESH = timedelta(days=14)


def answered(message: Message, register: Register, today: date, answer: Answering) -> Outcome:
    """What `message` leads to over `register`, which holds documents that others took the place of."""
    meant = _meant(with_years(plain(message.text), register, today), register)
    if meant:
        asked = replace(message, text=_OLD_ONE.sub("", message.text) or message.text)
        return _noted(answer(asked, register.scoped([one.id for one in meant])), register)
    outcome = answer(message, register.in_force)
    value = outcome.answer
    if value is None or value.answered or value.intent not in _ASKS_PLAN or outcome.entries:
        return outcome
    before = answer(message, _gone(register))
    found = before.answer is not None and before.answer.answered and before.answer.intent in _ASKS_PLAN
    return _noted(before, register) if found else outcome


def _superseded(register: Register) -> list[Document]:
    return [one for one in register.documents if one.superseded is not None]


def _meant(text: str, register: Register) -> list[Document]:
    """The documents no longer in force that `text` (as `plain` writes it) asks for: by name, by year, or as the old one."""
    named = named_documents(text, register).documents
    documents = [one for id in named or () if (one := register.document(id)) is not None]
    if documents and all(one.superseded is not None for one in documents):
        return documents
    if _OLD_ONE.search(text) is None:
        return []
    among = [
        one for one in _superseded(register) if not documents or (one.superseded and one.superseded.by in (named or ()))
    ]
    return list({one.superseded.by: one for one in among if one.superseded}.values())


def _gone(register: Register) -> Register:
    """What is in force no more and goes on nowhere under the same id."""
    old = register.scoped([one.id for one in _superseded(register)])
    gone = tuple(one for one in old.assignments if OLD not in one.id)
    return replace(old, assignments=gone, partial=True)


# --- saying so ---------------------------------------------------------------------------------------------------
def _noted(outcome: Outcome, register: Register) -> Outcome:
    """The outcome with a line that says what took the place of the documents it stands on."""
    value = outcome.answer
    if value is None or not value.answered or not outcome.replies:
        return outcome
    documents = [one for id in value.documents if (one := register.document(id)) is not None and one.superseded]
    rows = [row for id in value.assignments if (row := register.assignment(id)) is not None]
    notes = [_note(one, [row for row in rows if row.document == one.id], register) for one in documents]
    last = outcome.replies[-1]
    text = wording.lines(last.text, *dict.fromkeys(notes))
    return replace(outcome, replies=(*outcome.replies[:-1], Reply(text, last.conversation)))


def _note(document: Document, rows: list[Assignment], register: Register) -> str:
    heir = register.successor(document.id)
    why = document.superseded
    if why is None:
        return ""
    issued = heir.issued if heir else None
    on = issued if issued and (document.issued is None or document.issued < issued) else why.on
    name = wording.title(heir) if heir else f"《{why.title}》"
    went_on = _went_on(document, rows[0], register) if len(rows) == 1 else ""
    return wording_earlier.superseded(name, on, went_on, again=bool(heir and heir.title == document.title))


def _went_on(document: Document, row: Assignment, register: Register) -> str:
    """Where the assignment stands now; empty where nothing says that it should stand anywhere."""
    now = register.in_force.assignment(present(row.id))
    if now is not None:
        return f"现行文件中是{wording.number(now)}"
    keeps = any(OLD in one.id for one in register.of_document(document.id))
    return "现行文件中没有这一项，已撤销" if keeps else ""


# --- old numbers -------------------------------------------------------------------------------------------------
def renumbered(message: Message, register: Register, ledger: Ledger, now: datetime) -> Outcome | None:
    """A question back when a report names a number that meant something else until the document was revised lately.

    None where the number is not in doubt: the words beside it or the bot's own line say what is meant.
    """
    numbers = asked_numbers(plain(message.text))
    shown = set(pointed(message, register.in_force).assignments) if numbers else set()
    for number in numbers:
        for why in (one.superseded for one in _superseded(register)):
            if why is not None and _lately(why.by, ledger, now):
                asked = _ask_back(number, why.by, shown, register)
                if asked:
                    return said(asked, Answer(Intent.REPORT))
    return None


def _ask_back(number: str, document: str, shown: Collection[str], register: Register) -> str:
    """What to ask where the number meant something else in the edition before; empty where it did not."""
    before = [_at(number, register.of_document(one.id)) for one in _superseded(register) if _by(one) == document]
    old = next((one for one in reversed(before) if one is not None), None)
    new = _at(number, register.in_force.of_document(document))
    if old is None or new is None or new.id in shown or present(old.id) == new.id:
        return ""
    return wording_earlier.renumbered(number, new, old, register.in_force.assignment(present(old.id)))


def _by(document: Document) -> str:
    return document.superseded.by if document.superseded else ""


def _lately(document: str, ledger: Ledger, now: datetime) -> bool:
    filings = [entry.at for entry in ledger.about(document) if entry.kind is EntryKind.FILED]
    return len(filings) > 1 and now - filings[-1] <= _FRESH


def _at(number: str, rows: Iterable[Assignment]) -> Assignment | None:
    return next((one for one in rows if one.number == number), None)
