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
        first, second = (self._characters.get(sound, ()) for sound in opening)
        begun = (one for pair in product(first, second) for one in self._begun.get("".join(pair), ()))
        for _, spoken in sorted(begun):
            for sounds in product(*map(readings, spoken[FEWEST:])):
                whole = (*opening, *sounds)
                table[whole] = (*table.get(whole, ()), *self._phrases[spoken])
        return table

    @cached_property
    def _begun(self) -> dict[str, list[tuple[int, str]]]:
        """The first two characters of spoken phrases → these, each with its place among all."""
        begun: dict[str, list[tuple[int, str]]] = {}
        for number, spoken in enumerate(self._phrases):
            if FEWEST <= len(spoken) <= MOST:
                begun.setdefault(spoken[:FEWEST], []).append((number, spoken))
        return begun

    @cached_property
    def _characters(self) -> dict[str, list[str]]:
        """A syllable → the characters that sound so and begin a phrase or stand second in one."""
        found: dict[str, list[str]] = {}
        for character in sorted({character for opening in self._begun for character in opening}):
            for sound in readings(character):
                found.setdefault(sound, []).append(character)
        return found
