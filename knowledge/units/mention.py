"""A unit named in a text, and the printed names it can mean."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from knowledge.roster import Rename


class How(StrEnum):
    """How a mention leads to a printed name, the surest first. ELSEWHERE and UNKNOWN lead to none.

    SIGN is a sign that the unit carries beside its name (政府新闻办 on 宣传部). ELSEWHERE is another place's or another level's unit (上海市财政局, 省财政厅); UNKNOWN one that no document names.
    """

    EXACT = "exact"
    ALIAS = "alias"
    ELIDED = "elided"
    FORMER = "former"
    SIGN = "sign"
    PART = "part"
    PINYIN = "pinyin"
    TYPO = "typo"
    ELSEWHERE = "elsewhere"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Match:
    """One printed name a mention can mean, with 0..1 confidence; `rename` is the change of name it stands on."""

    unit: str
    how: How
    confidence: float
    rename: Rename | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """`start` and `end` count in `plain(text)`; `words` is what stands there, `meant` what was understood by it.

    `place` is the place it names, where it names one.
    """

    start: int
    end: int
    words: str
    meant: str = ""
    matches: tuple[Match, ...] = ()
    how: How = How.UNKNOWN
    place: str = ""

    @property
    def units(self) -> tuple[str, ...]:
        """The printed names it can mean, the surest first; empty for a unit that no document names."""
        return tuple(match.unit for match in self.matches)

    @property
    def renames(self) -> tuple[Rename, ...]:
        """The changes of name that lead to them, each once."""
        return tuple(dict.fromkeys(match.rename for match in self.matches if match.rename))

    @property
    def confidence(self) -> float:
        """Of the surest match; 0 when there is none."""
        return self.matches[0].confidence if self.matches else 0.0
