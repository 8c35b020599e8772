"""Which of many patterns may be found in a text, told by its characters: most of a table speak of something else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from importlib import import_module
from typing import Any

_NONE = ("",)
# A set of more characters tells little; a range of more is not written out.
_MOST = 200


Ways = Sequence[Sequence[frozenset[str]]]


class Sieve:
    """A table of patterns (their sources), sifted by the characters of a text. What a pattern cannot be found without is read off
    the pattern itself, when a text is sifted first; one that can be found without any certain character is always kept."""

    def __init__(self, sources: Sequence[str]) -> None:
        self._sources = sources

    @cached_property
    def _owners(self) -> tuple[list[tuple[int, int]], dict[str, tuple[int, int]]]:
        """For each way of each pattern the place of the pattern, and the bits of all its ways; and each character with the ways, as bits,
        that need it, as the one and as the other of the two rarest things that a way needs. "" stands for no need."""
        owners: list[tuple[int, int]] = []
        needs: list[dict[str, int]] = [{"": 0}, {"": 0}]
        for place, source in enumerate(self._sources):
            ways = ways_of(source)
            own = ((1 << len(ways)) - 1) << len(owners)
            for way in ways:
                for by_character, characters in zip(needs, [*sorted(way, key=len), _NONE, _NONE], strict=False):
                    for character in characters:
                        by_character[character] = by_character.get(character, 0) | 1 << len(owners)
                owners.append((place, own))
        first, second = needs
        return owners, {one: (first.get(one, 0), second.get(one, 0)) for one in (*first, *second)}

    def sift(self, text: str) -> Iterator[int]:
        """The places in the table of all patterns that may be found in `text`, in order."""
        owners, needed_by = self._owners
        bits, others = needed_by[""]
        for character in needed_by.keys() & set(text):
            first, second = needed_by[character]
            bits |= first
            others |= second
        bits &= others
        while bits:
            place, own = owners[(bits & -bits).bit_length() - 1]
            yield place
            bits &= ~own


def ways_of(source: str) -> Ways:
    """The ways in which the pattern `source` can be found, and what each needs: of each of these sets one character at least."""
    try:
        parsed = import_module("re._parser").parse(source)
    except ImportError:  # another Python keeps its parser elsewhere: then nothing is certain, and all is searched
        return ((),)
    return ((),) if parsed.state.flags & ~re.UNICODE else _ways(parsed)


def _ways(parts: Iterable[tuple[object, Any]]) -> list[list[frozenset[str]]]:
    certain: list[frozenset[str]] = []
    branches: list[Any] = []
    for name, value in parts:
        if str(name) == "BRANCH" and not branches:
            branches = value[1]
        elif (found := _of_part(str(name), value)) is not None:
            certain.append(found)
    return [[*certain, *way] for one in branches for way in _ways(one)] if branches else [certain]


def _of_sequence(parts: Iterable[tuple[object, Any]]) -> frozenset[str] | None:
    """The fewest characters that one of the parts is certain to need."""
    certain = [found for name, value in parts if (found := _of_part(str(name), value)) is not None]
    return min(certain, key=len, default=None)


def _of_part(name: str, value: Any) -> frozenset[str] | None:
    if name == "LITERAL":
        return frozenset(chr(value))
    if name == "IN":
        return _of_class(value)
    if name == "BRANCH":
        return _of_either(_of_sequence(one) for one in value[1])
    if name == "SUBPATTERN":
        flags_on, flags_off, inner = value[1:]
        return None if flags_on or flags_off else _of_sequence(inner)
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _of_sequence(value[2]) if value[0] else None
    if name == "ASSERT":
        return _of_sequence(value[1])
    return _of_sequence(value) if name == "ATOMIC_GROUP" else None


def _of_class(members: Iterable[tuple[object, Any]]) -> frozenset[str] | None:
    """The characters of [...]; None where it is all but some, or holds a category."""
    found: set[str] = set()
    for name, value in members:
        if str(name) == "LITERAL":
            found.add(chr(value))
        elif str(name) == "RANGE" and value[1] - value[0] < _MOST:
            found.update(map(chr, range(value[0], value[1] + 1)))
        else:
            return None
    return frozenset(found)


def _of_either(ways: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    found: set[str] = set()
    for one in ways:
        if one is None:
            return None
        found |= one
    return frozenset(found) if len(found) < _MOST else None
