"""同义词表: how clerks and citizens say it, against how documents write it.

The shipped table is knowledge/data/synonyms_*.toml: one array a field of government work, one entry a line. An entry has
words on both sides, blanks between them:

    "看病报销 药费报销 > 医疗保障待遇 医保待遇"    who says one on the left may mean each on the right
    "低保 = 最低生活保障"                        both are one thing, in every direction
    "打针 > 预防接种 ~医疗服务"                  ~ is a loose meaning: it counts less
    "一老一小 > 养老+托育"                       a row must hold both, anywhere
    "拆…补钱 > 征收补偿"                         both are said in this order, a few characters apart

Fields whose name begins with 数字简称 hold abbreviations that count something (三公经费).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import permutations, product

from knowledge.normal import DATA
from knowledge.patterns import regex

LOOSE, APART, TOGETHER = "~", "…", "+"
# An entry of a shipped table, which stands alone in its line; reading them with tomllib costs a tenth of a question's time.
_ENTRY = regex(r'^    "([^"\\\n]+)",$', re.MULTILINE)


class EntryError(ValueError):
    """An entry that cannot be read. `str(error)` says in Chinese what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Synonym:
    """Who says `said` may mean `official`, perhaps if `loose`. `field` is the field of government work, if it is known."""

    said: str
    official: str
    loose: bool = False
    field: str = ""


@dataclass(frozen=True, slots=True)
class Phrases:
    """Synonyms as they are looked up.

    `whole`: spoken phrase → official ones. `apart`: first half → (second half, official phrase) of what is said with other
    words between. `loose`: the pairs (spoken, official) that are only perhaps meant.
    """

    whole: dict[str, tuple[str, ...]]
    apart: dict[str, tuple[tuple[str, str], ...]]
    loose: frozenset[tuple[str, str]]


def shipped_synonyms() -> tuple[Synonym, ...]:
    """All synonyms of the shipped tables, in their order, each with its field; a pair that stands twice is there twice."""
    import tomllib

    return tuple(
        one
        for text in _shipped()
        for field, entries in tomllib.loads(text).items()
        for entry in entries
        for one in synonyms_of(entry, field)
    )


def _shipped() -> Iterator[str]:
    return (path.read_text(encoding="utf-8") for path in sorted(DATA.glob("synonyms_*.toml")))


def synonyms_of(entry: str, field: str = "") -> Iterator[Synonym]:
    """The pairs of one entry. Raises EntryError."""
    found = False
    for said, meant in _sides(entry):
        for one, official in product(said, meant):
            found = True
            bare_official = official.removeprefix(LOOSE)
            if one != bare_official:
                yield Synonym(one, bare_official, official != bare_official, field)
    if not found:
        raise EntryError(f"“{entry}”不是同义词的写法，应当像“看病报销 > 医疗保障待遇”或“低保 = 最低生活保障”")


def _sides(entry: str) -> Iterator[tuple[list[str], list[str]]]:
    """What is said and what it may mean."""
    left, arrow, right = entry.partition(">")
    if arrow:
        yield left.split(), right.split()
    else:
        yield from (([one], [other]) for one, other in permutations(left.replace("=", " ").split(), 2))


@cache
def shipped_phrases() -> Phrases:
    """The shipped tables as they are looked up, read once."""
    return _looked_up(sides for text in _shipped() for entry in _ENTRY.findall(text) for sides in _sides(entry))


def looked_up(synonyms: Iterable[Synonym]) -> Phrases:
    """Synonyms as they are looked up."""
    return _looked_up(([one.said], [LOOSE * one.loose + one.official]) for one in synonyms)


def _looked_up(entries: Iterable[tuple[list[str], list[str]]]) -> Phrases:
    whole: dict[str, tuple[str, ...]] = {}
    apart: dict[str, tuple[tuple[str, str], ...]] = {}
    loose: set[tuple[str, str]] = set()
    for left, right in entries:
        meant = tuple(word.removeprefix(LOOSE) for word in right)
        for said in left:
            if APART in said:
                first, _, second = said.partition(APART)
                apart[first] = (*apart.get(first, ()), *((second, official) for official in meant))
                continue
            others = meant if said not in meant else tuple(word for word in meant if word != said)
            whole[said] = (*before, *others) if (before := whole.get(said)) else others
            loose.update((said, word[1:]) for word in right if word[0] == LOOSE)
    return Phrases(whole, apart, frozenset(loose))
