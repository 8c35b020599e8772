"""A review at the terminal: questions out, answers in, each answer in the ledger before the next question is asked.

Nothing is remembered here: stopped, interrupted or killed, the next sitting finds in the ledger where this one was.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from bot.clock import Clock
from handlers import wording_review as said
from handlers.review import TERMINAL
from handlers.reviewing import Ending, Setting, question, step
from handlers.wording_restrictions import marked
from knowledge.model import Draft
from knowledge.register import Difference, Register
from knowledge.restrictions import Restrictions
from knowledge.review import Act, Review, Reviewer, review_of, sitting_on
from knowledge.review.record import act_entry
from knowledge.review.wanted import resolver
from knowledge.store import Store
from knowledge.units import UnitBook
from scheduler.calendar import WorkCalendar

AGAIN = frozenset({"重来", "从头来", "重新核对"})
STOP = "停"


class Outcome(StrEnum):
    """How a person left the terminal: FILE it, STOPPED by a word, or INTERRUPTED by Ctrl-C or a closed terminal."""

    FILE = "file"
    STOPPED = "stopped"
    INTERRUPTED = "interrupted"


@dataclass(slots=True)
class Desk:
    """Where a person sits. `ask` gives a typed line (None: interrupted), `say` shows words; `again` how to go on later.

    `difference` is what filing a draft changes, where a person has decided about what it replaces; `restrictions` mark what
    may not be spoken of everywhere.
    """

    store: Store
    clock: Clock
    calendar: WorkCalendar
    who: str
    ask: Callable[[], str | None]
    say: Callable[[str], None]
    again: str = ""
    outcome: Outcome = Outcome.FILE
    difference: Callable[[Draft], Difference] | None = None
    restrictions: Restrictions = field(default_factory=Restrictions)

    def confirm(self, draft: Draft) -> tuple[Review, datetime] | None:
        """The review of `draft` and when it ended; None when the person stopped, now or before. `outcome` tells how."""
        if self.outcome is not Outcome.FILE:
            return None
        self.outcome, review = self.review(draft)
        return (review, self.clock.now()) if self.outcome is Outcome.FILE else None

    def review(self, draft: Draft) -> tuple[Outcome, Review]:
        """Ask until all is decided or the person stops. What is filed is for the caller to file."""
        ledger = self.store.ledger()
        review, before = review_of(draft, ledger), sitting_on(draft.document.digest, ledger)
        self.say(said.opened(review, draft))
        touched = self.restrictions.touched(draft)
        if touched:
            self.say(marked([(row, touched[row.id]) for row in draft.assignments if row.id in touched]))
        if before is not None and before.decided and before.who != self.who:
            self.say(said.left_by(before))
        if review.decided:
            outcome, review = self._resumed(review)
            if outcome is not None:
                return outcome, review
        else:
            self.store.append(act_entry(Act.STARTED, draft.document, self._reviewer(), ""))
        return self._asked(review)

    def _reviewer(self) -> Reviewer:
        return Reviewer(self.who, TERMINAL, self.clock.now())

    def _resumed(self, review: Review) -> tuple[Outcome | None, Review]:
        """Go on where it was left, or begin anew; an outcome when the person does neither."""
        self.say(f"{said.resumed(review)}，接着来？（直接回车＝接着，输入“重来”＝从头核对，“停”＝先不核对）")
        line = self.ask()
        if line is None or line.strip() in (STOP, "停下", "否"):
            self.say(said.stopped(review, again=self.again))
            return Outcome.INTERRUPTED if line is None else Outcome.STOPPED, review
        anew = line.strip() in AGAIN
        act = Act.RESTARTED if anew else Act.STARTED
        self.store.append(act_entry(act, review.draft.document, self._reviewer(), line.strip()))
        return None, Review(review.draft) if anew else review

    def _asked(self, review: Review) -> tuple[Outcome, Review]:
        setting = self._setting(review)
        self.say(question(setting))
        while True:
            line = self.ask()
            setting = replace(setting, reviewer=self._reviewer())
            done = step(STOP if line is None else line, setting)
            assert done is not None, "at a terminal every line is an answer"
            if done.ending is Ending.FILED:
                return Outcome.FILE, done.review
            self.store.append(*done.entries)
            self.say(done.text)
            if done.ending is Ending.STOPPED:
                return Outcome.INTERRUPTED if line is None else Outcome.STOPPED, done.review
            setting = replace(setting, review=done.review)

    def _setting(self, review: Review) -> Setting:
        register = self.store.load()
        book = UnitBook.of(_with(register, review.draft))
        return Setting(
            review,
            self._reviewer(),
            self.calendar,
            self.clock.now().date(),
            resolver(book),
            self.difference or register.difference,
            bare=True,
            again=self.again,
        )


def _with(register: Register, draft: Draft) -> Register:
    """A register to look units up in: the filed documents and the one under review."""
    others = tuple(row for row in register.assignments if row.document != draft.document.id)
    documents = tuple(one for one in register.documents if one.id != draft.document.id)
    return replace(
        register, documents=(*documents, draft.document), assignments=(*others, *draft.assignments), partial=True
    )
