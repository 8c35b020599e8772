"""How characters sound, as coarsely as people type: without tones, with the pairs that keyboards and dialects confuse.

The table is a text of our own (written by benchmarks/character_tables.py), read when the first sound is asked for:
importing pypinyin would cost more than all the rest of a question.
"""

from __future__ import annotations

from functools import cache, lru_cache

from knowledge.normal import DATA
from knowledge.patterns import regex

# A longest syllable is six letters (zhuang, chuang, shuang).
_LONGEST = 6
# More ways than this of cutting one word into syllables say nothing.
_CUTS = 8
_FLAT = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))
_NASAL = regex(r"(?<=[aei])ng$")
_ROUND = regex(r"(?<=^[ln])v")
# How ü is typed where the keyboard has none.
_UMLAUT = {"nü": "nv", "lü": "lv", "lyu": "lv", "nyu": "nv", "nue": "nve", "lue": "lve", "nüe": "nve", "lüe": "lve"}


@cache
def _lines() -> tuple[tuple[str, str], ...]:
    text = (DATA / "pinyin.txt").read_text(encoding="utf-8")
    return tuple((sound, characters) for sound, _, characters in (line.partition(" ") for line in text.splitlines()))


@cache
def _table() -> dict[str, tuple[str, ...]]:
    """Character → its syllables, flattened."""
    table: dict[str, tuple[str, ...]] = {}
    for sound, characters in _lines():
        flat = flatten(sound)
        for character in characters:
            known = table.get(character, ())
            if flat not in known:
                table[character] = (*known, flat)
    return table


@cache
def syllables() -> frozenset[str]:
    """Every syllable people may type, with the spellings of ü. Single letters other than a, e, o are none."""
    return frozenset(sound for sound, _ in _lines() if len(sound) > 1 or sound in "aeo") | frozenset(_UMLAUT)


@lru_cache(maxsize=1024)
def flatten(sound: str) -> str:
    """A syllable with zh/z, ch/c, sh/s, n/l, ang/an, eng/en, ing/in and ü/u after l and n taken for the same."""
    flat = _UMLAUT.get(sound, sound)
    flat = _ROUND.sub("u", flat)
    for spelled, merged in _FLAT:
        if flat.startswith(spelled) and len(flat) > len(spelled):
            flat = merged + flat[len(spelled) :]
            break
    return _NASAL.sub("n", flat)


def readings(character: str) -> tuple[str, ...]:
    """The flattened syllables of one character; a character we do not know has none."""
    return _table().get(character, ())


@cache
def _spelled() -> dict[str, tuple[str, ...]]:
    """Character → its syllables as they are spelled."""
    table: dict[str, tuple[str, ...]] = {}
    for sound, characters in _lines():
        for character in characters:
            table[character] = (*table.get(character, ()), sound)
    return table


def spellings(character: str) -> tuple[str, ...]:
    """The syllables of one character as whoever makes no slip types them; a character we do not know has none."""
    return _spelled().get(character, ())


@lru_cache(maxsize=512)
def cuts(word: str) -> tuple[tuple[str, ...], ...]:
    """The ways to cut a run of letters into typed syllables, fewest syllables first; none when it is no pinyin.

    `fangan` gives (fang, an) and (fan, gan): which one is meant only the documents can tell.
    """
    known = syllables()
    ways: list[list[tuple[str, ...]]] = [[()], *([] for _ in word)]
    for end in range(1, len(word) + 1):
        found = [
            (*head, word[start:end])
            for start in range(max(0, end - _LONGEST), end)
            if ways[start] and word[start:end] in known
            for head in ways[start]
        ]
        ways[end] = sorted(found, key=len)[:_CUTS]
    return tuple(ways[-1])
