"""Postings: which rows hold which pairs of characters, and how strongly."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import pairwise, product
from math import log
from operator import add

from knowledge.normal import HAN, plain
from knowledge.phonetic import readings

# A row's one mention in its text counts 1 / (1 + SATURATION); a second adds little.
SATURATION = 0.35
# How much a long row must repeat itself to count as much as a short one.
LENGTH_NORM = 0.3
_PART = re.compile(rf"{HAN}+|[a-z0-9]+")

Weights = Mapping[str, float]


@lru_cache(maxsize=2048)
def parts(text: str) -> tuple[str, ...]:
    """The runs of Chinese and the words of letters and digits in `text`."""
    return tuple(_PART.findall(plain(text)))


def grams(text: str) -> list[str]:
    """Pairs of neighbouring characters, and the words of letters and digits whole."""
    found: list[str] = []
    for part in parts(text):
        if part.isascii() or len(part) == 1:
            found.append(part)
        else:
            found.extend(map(add, part, part[1:]))
    return found


class Postings:
    """gram → {row number: weight}. Weight is the saturated count over the fields, 0..1."""

    def __init__(self, rows: Iterable[Mapping[str, str]], weights: Weights) -> None:
        self.table: dict[str, dict[int, float]] = defaultdict(dict)
        self.texts: list[str] = []
        self._weights = weights
        counted = [self._count(fields) for fields in rows]
        self.size = len(counted)
        lengths = [len(text) for text in self.texts]
        mean = sum(lengths) / max(1, len(lengths)) or 1.0
        for number, (counts, length) in enumerate(zip(counted, lengths, strict=True)):
            room = SATURATION * (1 - LENGTH_NORM + LENGTH_NORM * length / mean)
            for gram, count in counts.items():
                self.table[gram][number] = count / (count + room)
        self._rarest = log(1 + self.size)

    def _count(self, fields: Mapping[str, str]) -> dict[str, float]:
        text = fields.get("text", "")
        self.texts.append(" ".join(parts(text)))
        counts: dict[str, float] = dict(Counter(grams(text)))
        for name, value in fields.items():
            weight = self._weights.get(name, 0.0)
            if name == "text" or not value or not weight:
                continue
            for gram in set(grams(value)):
                counts[gram] = counts.get(gram, 0.0) + weight
        return counts

    def find(self, gram: str) -> Mapping[int, float]:
        """The rows that hold `gram`, with their weights; empty when none does."""
        return self.table.get(gram, {})

    def idf(self, holders: int) -> float:
        """The information in a gram that `holders` rows hold, in nats, at least a tenth."""
        return max(0.1, log((self.size + 1) / (holders + 0.5)))

    @property
    def unknown(self) -> float:
        """The information of a character that no row holds in its surroundings."""
        return 0.7 * self._rarest


class Sounds:
    """Pairs of flattened syllables → rows. Only the characters that occur are turned into sounds, when first needed."""

    def __init__(self, postings: Postings) -> None:
        self._postings = postings
        self._characters: dict[str, list[str]] = {}
        for character in {one for gram in postings.table if not gram.isascii() for one in gram}:
            for sound in readings(character):
                self._characters.setdefault(sound, []).append(character)
        self._found: dict[tuple[str, str], dict[int, float]] = {}

    def find(self, one: Iterable[str], other: Iterable[str]) -> Mapping[int, float]:
        """The rows in which two neighbours sound like this, in any of their readings."""
        pairs = [found for pair in product(one, other) if (found := self._pair(pair))]
        return pairs[0] if len(pairs) == 1 else _strongest(pairs)

    def _pair(self, pair: tuple[str, str]) -> dict[int, float]:
        known = self._found.get(pair)
        if known is None:
            grams_ = (a + b for a in self._characters.get(pair[0], ()) for b in self._characters.get(pair[1], ()))
            known = _strongest([rows for gram in grams_ if (rows := self._postings.find(gram))])
            self._found[pair] = known
        return known

    def weigh(self, syllables: tuple[str, ...]) -> float:
        """How much a cutting of pinyin means to the rows: the information of the pairs that they know."""
        return sum(self._postings.idf(len(rows)) for pair in pairwise(syllables) if (rows := self._pair(pair)))


def _strongest(many: Iterable[Mapping[int, float]]) -> dict[int, float]:
    found: dict[int, float] = {}
    for rows in many:
        for row, weight in rows.items():
            if weight > found.get(row, 0.0):
                found[row] = weight
    return found
