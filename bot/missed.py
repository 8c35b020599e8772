"""漏答: what was heard before the bot ended, and what its sender is told where it cannot be answered any more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.channels.hearing import Heard
from bot.inbox import Kept, Mark
from knowledge.groups import groups_of
from knowledge.ledger import Ledger

FRESH = timedelta(minutes=10)
"""How long after it was heard a message is still answered."""


class Lack(StrEnum):
    """What is missing. LATE: it was not answered and is too old; DOUBTFUL: its answer may not have been seen; WRITTEN: it is
    in the ledger, and nobody was told so."""

    LATE = "late"
    DOUBTFUL = "doubtful"
    WRITTEN = "written"


@dataclass(frozen=True, slots=True)
class Missed:
    """漏答 of one person in one conversation, oldest first: (what was heard, what is missing)."""

    told: tuple[tuple[Heard, Lack], ...]

    @property
    def all(self) -> tuple[Heard, ...]:
        """What was heard."""
        return tuple(heard for heard, _ in self.told)

    @property
    def last(self) -> Heard:
        """The newest: it is the one that is answered."""
        return self.told[-1][0]

    @property
    def words(self) -> tuple[tuple[datetime, str, str], ...]:
        """When each was said, its words, and what is missing."""
        return tuple((heard.at, heard.text or "（文件）", str(lack)) for heard, lack in self.told)

    @property
    def addressed(self) -> bool:
        """Whether anything of it was said to the bot, so that it may speak of it."""
        return any(not heard.group or heard.mentioned or heard.pressed for heard, _ in self.told)

    @staticmethod
    def together(missed: Iterable[Missed]) -> tuple[Missed, ...]:
        """One for each person in each conversation."""
        found: dict[tuple[str, str], Missed] = {}
        for one in missed:
            whose = one.last.conversation, one.last.person
            found[whose] = Missed((*found[whose].told, *one.told)) if whose in found else one
        return tuple(found.values())


def judged(kept: Kept, ledger: Ledger, now: datetime) -> Missed | None:
    """What is missing of a message that nobody attends to; None where it is to be answered now."""
    assert kept.heard is not None, "asked only of what is not settled"
    if kept.mark is Mark.SPEAKING:
        return Missed(((kept.heard, Lack.DOUBTFUL),))
    if _written(kept, ledger):
        return Missed(((kept.heard, Lack.WRITTEN),))
    return None if now - kept.at <= FRESH else Missed(((kept.heard, Lack.LATE),))


def _written(kept: Kept, ledger: Ledger) -> bool:
    """Whether the ledger was told what the message says before the bot ended: it must not be told twice."""
    heard = kept.heard
    assert heard is not None
    here = {heard.conversation, groups_of(ledger).name(heard.conversation)}
    text = heard.text.strip()
    for entry in reversed(ledger):
        if entry.at < kept.at:
            return False
        if entry.words and entry.words == text and entry.conversation in here:
            return True
    return False
