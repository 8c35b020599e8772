"""Spoken phrases by how they sound, for topics that were typed as pinyin."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from itertools import product

from knowledge.phonetic import readings

# How many syllables a phrase has that is looked for by its sound, at least and at most.
FEWEST, MOST = 2, 5


class PhraseSounds:
    """The official phrases for spoken ones by their flattened syllables. How phrases sound is worked out for those with the same
    first two when one of them is asked for: for all of them it takes a hundred times as long as a question."""

    def __init__(self, phrases: Mapping[str, tuple[str, ...]]) -> None:
        self._phrases = phrases
        self._known: dict[tuple[str, ...], dict[tuple[str, ...], tuple[str, ...]]] = {}

    def meant(self, sounds: tuple[str, ...]) -> tuple[str, ...]:
        """What those say who say a spoken phrase of at least FEWEST syllables that sounds so."""
        opening = sounds[:FEWEST]
        table = self._known.get(opening)
        if table is None:
            table = self._known[opening] = self._sounding(opening)
        return table.get(sounds, ())

    def _sounding(self, opening: tuple[str, ...]) -> dict[tuple[str, ...], tuple[str, ...]]:
        """The phrases that begin with the syllables `opening`."""
        table: dict[tuple[str, ...], tuple[str, ...]] = {}
        first, second = opening
        for spoken in self._begun.get(first, ()):
            if second in readings(spoken[1]):
                for sounds in product(*map(readings, spoken[FEWEST:])):
                    whole = (*opening, *sounds)
                    table[whole] = (*table.get(whole, ()), *self._phrases[spoken])
        return table

    @cached_property
    def _begun(self) -> dict[str, list[str]]:
        """A syllable → the spoken phrases whose first character sounds so, in their order."""
        begun: dict[str, list[str]] = {}
        for spoken in self._phrases:
            if FEWEST <= len(spoken) <= MOST:
                for sound in readings(spoken[0]):
                    begun.setdefault(sound, []).append(spoken)
        return begun
