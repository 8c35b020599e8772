"""Grams: the pairs of neighbouring characters of a text, and how strongly a row holds each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from operator import add

from knowledge.normal import HAN, plain
from knowledge.patterns import regex

# A row's one mention in its text counts 1 / (1 + SATURATION); a second adds little.
SATURATION = 0.35
# How much a long row must repeat itself to count as much as a short one, against a requirement of typical length in
# characters. The length is fixed so that a row's weights do not change when other rows come and go.
LENGTH_NORM, TYPICAL = 0.3, 60
# Weights are kept as whole numbers of so many steps: a byte each.
FULL = 255
# What a field's words are worth against those of the text.
FIELDS: Mapping[str, float] = {"text": 1.0, "section": 0.45, "units": 0.3, "title": 0.25}
# How texts are cut into grams; raised with each change, for indexes that were kept are cut as they were made.
CUT = 3
_PART = regex(rf"{HAN}+|[a-z0-9]+(?:\.\d+)*")
# 水、电、气、暖联合报装: single characters in a list, which people write without the marks.
_LISTED = regex(rf"(?<={HAN})、(?={HAN}、)|(?<=、{HAN})、(?={HAN})")


def run_together(text: str) -> str:
    """`text`, written as `plain` writes it, with the single characters of a list as one run: 水电气暖联合报装."""
    return _LISTED.sub("", text) if "、" in text else text


@lru_cache(maxsize=2048)
def parts(text: str) -> tuple[str, ...]:
    """The runs of Chinese and the words of letters and digits in `text`."""
    return tuple(_PART.findall(run_together(plain(text))))


def grams(text: str) -> list[str]:
    """Pairs of neighbouring characters, and the words of letters and digits whole."""
    return _grams(parts(text))


def _grams(pieces: tuple[str, ...]) -> list[str]:
    found: list[str] = []
    for part in pieces:
        if part.isascii() or len(part) == 1:
            found.append(part)
        else:
            found.extend(map(add, part, part[1:]))
    return found


def weighed(fields: Mapping[str, str]) -> tuple[str, dict[str, int]]:
    """The text of a row as it is compared, and its grams with their weights 1..FULL over all fields."""
    pieces = parts(fields.get("text", ""))
    text = " ".join(pieces)
    counts: dict[str, float] = dict(Counter(_grams(pieces)))
    for name, worth in FIELDS.items():
        if name != "text" and (value := fields.get(name)):
            for gram in set(grams(value)):
                counts[gram] = counts.get(gram, 0.0) + worth
    room = SATURATION * (1 - LENGTH_NORM + LENGTH_NORM * len(text) / TYPICAL)
    return text, {gram: max(1, round(FULL * count / (count + room))) for gram, count in counts.items()}
