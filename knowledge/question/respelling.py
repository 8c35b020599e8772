"""Asking words typed by their sound (谁千头, shei qiantou) written as they are meant.

Only words that ask are mended here; what a question is about stays as typed, the search engine hears it by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import product

from knowledge.normal import DATA, has_han
from knowledge.patterns import regex
from knowledge.phonetic import cuts, flatten, readings

_CHINESE = regex(r"[^\W\x00-\xff]+")
_LETTERS = regex(r"[a-z']+(?: +[a-z']+)*")
# Characters that nobody types for the sound of another: mended words never begin or end in them.
_PARTICLES = frozenset("的地得了是不有在和与")
# Web and mail addresses are never pinyin.
_ADDRESS = regex(r"((?:https?://|www\.)[\x21-\x7e]+|[\w.]+@[\w.]+)")
# Words that sound like one of ours and are right as they stand.
_RIGHT = regex(
    r"预期(?=目标|效果|收益|管理|引导|性)|引导预期|市场预期|社会预期|合理预期|[月年](?:低(?=保|收入|碳|温|空|压|龄|效|洼|价)|抵(?=押|扣|达|御))"
)


@cache
def _words() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words known by their sound even where characters were typed, and those known only in typed pinyin."""
    text = (DATA / "asking_words.txt").read_text(encoding="utf-8")
    written, _, typed = text.partition("[拼音]")
    parts = (written.partition("[汉字]")[2], typed)
    lines = ([line for line in part.splitlines() if not line.startswith("#")] for part in parts)
    distinct, more = (tuple(" ".join(part).split()) for part in lines)
    return distinct, more + distinct


@cache
def _beginnings() -> frozenset[str]:
    """The first syllables of the words that are known by their sound."""
    return frozenset(sounds[0] for sounds in _sounds(_words()[0]))


@cache
def _sounds(words: tuple[str, ...]) -> dict[tuple[str, ...], str]:
    """Flattened syllables → word, the longer words first where two sound the same."""
    table: dict[tuple[str, ...], str] = {}
    for word in words:
        for sound in product(*map(readings, word)):
            table.setdefault(sound, word)
    return table


def respelled(text: str) -> str:
    """`text` (written as `plain` writes it) with its asking words in the usual characters."""
    mended = _CHINESE.sub(lambda found: _mended(found[0]), text)
    if not any("a" <= letter <= "z" for letter in mended):
        return mended
    typed = "".join(part if _ADDRESS.match(part) else _LETTERS.sub(_typed_run, part) for part in _ADDRESS.split(mended))
    return re.sub(" {2,}", " ", typed).strip()


_CODED = regex(r"-?\d")


def _typed_run(found: re.Match[str]) -> str:
    """A run of letters; one that a number follows is part of a code (A-01)."""
    coded = len(found[0]) == 1 and _CODED.match(found.string, found.end()) is not None
    return found[0] if coded else _typed(found[0])


def _mended(part: str) -> str:
    distinct, _ = _words()
    table = _sounds(distinct)
    longest = max(map(len, distinct))
    kept = {at for found in _RIGHT.finditer(part) for at in range(found.start(), found.end())}
    out, at = "", 0
    while at < len(part):
        word = None if at in kept else _heard(part, at, longest, table)
        out += word or part[at]
        at += len(word) if word else 1
    return out


def _heard(part: str, at: int, longest: int, table: dict[tuple[str, ...], str]) -> str | None:
    """The longest word of ours that is heard at `at`; at least half of its characters must be right as typed."""
    if part[at] in _PARTICLES or _beginnings().isdisjoint(readings(part[at])[:2]):
        return None
    for length in range(min(longest, len(part) - at), 1, -1):
        written = part[at : at + length]
        if not _PARTICLES.isdisjoint((written[0], written[-1])):
            continue
        for sound in product(*(readings(character)[:2] for character in written)):
            word = table.get(sound)
            if word and sum(one == other for one, other in zip(word, written, strict=True)) * 2 >= length:
                return word
    return None


def _typed(part: str) -> str:
    """A run of typed pinyin with its asking words in characters; anything else stays as it was."""
    words = part.split()
    if not all(_pinyin(word) for word in words):
        pieces = [_typed(word) if _pinyin(word) and len(words) > 1 else word for word in words]
        return " ".join(pieces)
    return "".join(_written(words))


def _pinyin(word: str) -> bool:
    return not has_han(word) and bool(cuts(word.replace("'", "")))


def _written(words: Iterable[str]) -> Iterator[str]:
    sounds, edges = [], {0}
    for word in words:
        sounds += [*cuts(word.replace("'", ""))[0]]
        edges.add(len(sounds))
    table = _sounds(_words()[1])
    longest = max(map(len, table))
    flat = [flatten(sound) for sound in sounds]
    at = 0
    while at < len(flat):
        length = next(
            (
                length
                for length in range(min(longest, len(flat) - at), 0, -1)
                if tuple(flat[at : at + length]) in table and (length > 1 or {at, at + 1} <= edges)
            ),
            0,
        )
        if length:
            yield table[tuple(flat[at : at + length])]
        else:
            yield (" " if at in edges else "") + sounds[at] + (" " if at + 1 in edges else "")
        at += max(1, length)
