"""Why this answer: how a question was understood, what each of the best assignments has to say for itself, what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from handlers import handle, out_of_letter
from handlers.bars import NEAR, PERHAPS, bar, may_answer_among
from handlers.message import Answer, Outcome
from handlers.progress import subjects
from knowledge.ledger import Ledger
from knowledge.model import Assignment, Message
from knowledge.question import understand
from knowledge.question.query import Intent, Query
from knowledge.question.restating import Restated, restated
from knowledge.register import Register
from knowledge.search import Hit, index_of
from knowledge.search.proofs import Proof
from scheduler.calendar import WorkCalendar

BEST = 3


@dataclass(frozen=True, slots=True)
class Contender:
    """An assignment that was looked at: how it did, and what of the question speaks for it."""

    assignment: Assignment
    hit: Hit
    proofs: tuple[Proof, ...]

    @property
    def lacks(self) -> tuple[Proof, ...]:
        """What of the question nothing in it speaks for."""
        return tuple(proof for proof in self.proofs if proof.way is None and proof.share > 0)


@dataclass(frozen=True, slots=True)
class Looked:
    """One topic of the question and the best contenders for it, best first."""

    topic: str
    contenders: tuple[Contender, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that led to an answer. `bar` is the confidence from which the best answers, `among` from which it answers beside
    the next likeliest (None where it does not), `near` from which one is named. `likeness`: which way of asking the message is most
    like. `read`: the question without the words around it, empty where it has none."""

    query: Query
    looked: tuple[Looked, ...]
    bar: float
    near: float
    outcome: Outcome
    among: float | None = None
    likeness: Restated | None = None
    read: str = ""

    @property
    def answer(self) -> Answer | None:
        """What was answered."""
        return self.outcome.answer


def explain(
    message: Message, register: Register, ledger: Ledger, now: datetime, calendar: WorkCalendar, contact: str = ""
) -> Explanation:
    """What the office would answer to `message`, and why. Changes nothing."""
    seen = register.scoped(message.scope).in_force
    asked = out_of_letter(message, seen, now)
    query = understand(asked, seen, now.date())
    topics = subjects(query.topics, seen) if query.intent is Intent.PROGRESS else query.topics
    sought = () if query.assignments or query.numbers else topics
    looked = tuple(_looked(topic, query, seen) for topic in sought)
    best = next((one.contenders[0].hit for one in looked if one.contenders), None)
    return Explanation(
        query,
        looked,
        bar(query, best),
        NEAR,
        handle(message, register, ledger, now, calendar, contact),
        PERHAPS if best is not None and may_answer_among(best, query) else None,
        restated(asked.text, query.topic, seen) if not asked.turns else None,
        asked.text if asked.text != message.text else "",
    )


def _looked(topic: str, query: Query, register: Register) -> Looked:
    """The contenders in the documents that the question names, as the answer looks for them."""
    scoped = register.scoped(query.documents)
    found = index_of(scoped).assignments.explained(topic, limit=BEST)
    contenders = (
        Contender(one, hit, proofs) for hit, proofs in found if (one := register.assignment(hit.key)) is not None
    )
    return Looked(topic, tuple(contenders))
