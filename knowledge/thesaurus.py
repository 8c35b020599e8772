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
from collections.abc import Container, Iterable, Iterator, KeysView, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from heapq import nsmallest
from itertools import permutations, product
from math import sqrt

from knowledge.concordance import Concordance
from knowledge.normal import DATA
from knowledge.patterns import regex

LOOSE, APART, TOGETHER = "~", "…", "+"
# So many phrases are akin to what somebody says, each at least so near to it.
MOST_KIN, LEAST_NEAR = 12, 0.03
# A pair of characters speaks for the phrases of so many characters that hold it, if there are no more than so many, and
# for so many of their meanings; one that two in four of them share it speaks for fully.
HOLDING, MOST_HOLDING, MOST_LIKE, FULLY = range(3, 6), 30, 15, 4
# So many pairs that people typed are kept with what they speak for.
KEPT = 8192
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
    words between. `loose`: the pairs (spoken, official) that are only perhaps meant. `kin`: which official phrases stand
    together in entries.
    """

    whole: Mapping[str, tuple[str, ...]]
    apart: dict[str, tuple[tuple[str, str], ...]]
    loose: Container[tuple[str, str]]
    kin: Kin


def shipped_synonyms(word: str = "") -> tuple[Synonym, ...]:
    """All synonyms of the shipped tables, in their order, each with its field; a pair that stands twice is there twice. With a `word`,
    of those entries that hold all its characters."""
    import tomllib

    signs = set(word)
    return tuple(
        one
        for text in _shipped()
        for field, entries in tomllib.loads(_holding(text, signs)).items()
        for entry in entries
        for one in synonyms_of(entry, field)
    )


def _holding(text: str, signs: set[str]) -> str:
    """A shipped table with those of its entries, each in a line of its own, that hold all of the `signs`: to read all takes seconds."""
    if not signs:
        return text
    lines = text.splitlines()
    return "\n".join(line for line in lines if not line.startswith((" ", "\t")) or signs.issubset(line))


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
    """The shipped tables as they are looked up; an entry is taken apart when one of its phrases is first asked for."""
    entries = [entry for text in _shipped() for entry in _ENTRY.findall(text)]
    whole, apart = Entries(entries), dict[str, tuple[tuple[str, str], ...]]()
    for entry in entries:
        if APART in entry:
            for left, right in _sides(entry):
                _lay_apart(apart, left, right)
    return Phrases(whole, apart, whole.loose, Kin(entries))


def looked_up(synonyms: Iterable[Synonym]) -> Phrases:
    """Synonyms as they are looked up."""
    whole: dict[str, tuple[str, ...]] = {}
    apart: dict[str, tuple[tuple[str, str], ...]] = {}
    loose: set[tuple[str, str]] = set()
    for one in synonyms:
        if APART in one.said:
            _lay_apart(apart, [one.said], [one.official])
            continue
        whole[one.said] = (*whole.get(one.said, ()), one.official)
        if one.loose:
            loose.add((one.said, one.official))
    return Phrases(whole, apart, frozenset(loose), Kin())


def _lay_apart(apart: dict[str, tuple[tuple[str, str], ...]], left: list[str], right: list[str]) -> None:
    for said in left:
        if APART in said:
            first, _, second = said.partition(APART)
            meant = ((second, official.removeprefix(LOOSE)) for official in right)
            apart[first] = (*apart.get(first, ()), *meant)


class Entries(Mapping[str, tuple[str, ...]]):
    """Spoken phrase → official ones, kept as the entries were written and taken apart one by one: a question needs a few of
    many thousand."""

    def __init__(self, entries: Iterable[str]) -> None:
        self._entries: dict[str, tuple[str, ...]] = {}
        self._read: dict[str, tuple[tuple[str, ...], frozenset[str]]] = {}
        where = self._entries
        for entry in entries:
            for said in said_in(entry):
                if APART not in said:
                    where[said] = (*where[said], entry) if said in where else (entry,)
        self.loose = Loose(self)

    def __getitem__(self, said: str) -> tuple[str, ...]:
        return self._meant(said)[0]

    def __contains__(self, said: object) -> bool:
        return said in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def keys(self) -> KeysView[str]:
        """The spoken phrases; asked for some hundred times a question, so the table's own."""
        return self._entries.keys()

    def __len__(self) -> int:
        return len(self._entries)

    def perhaps(self, said: str) -> frozenset[str]:
        """What `said` means only perhaps."""
        return self._meant(said)[1] if said in self._entries else frozenset()

    def _meant(self, said: str) -> tuple[tuple[str, ...], frozenset[str]]:
        known = self._read.get(said)
        if known is None:
            written = [word for entry in self._entries[said] for word in meant_in(entry) if word != said]
            known = tuple(map(_sure, written)), frozenset(word[1:] for word in written if word[0] == LOOSE)
            self._read[said] = known
        return known


class Loose(Container[tuple[str, str]]):
    """The pairs (spoken, official) of some entries that are only perhaps meant."""

    def __init__(self, entries: Entries) -> None:
        self._entries = entries

    def __contains__(self, pair: object) -> bool:
        return isinstance(pair, tuple) and pair[1] in self._entries.perhaps(pair[0])


class Kin:
    """Official phrases that stand together in entries: what one of them is said for, the others may be meant by too."""

    def __init__(self, entries: Iterable[str] = ()) -> None:
        self._written = tuple(entries)
        self._near: dict[str, dict[str, float]] = {}
        self._kin: dict[tuple[str, ...], list[tuple[str, float]]] = {}
        self._like = lru_cache(KEPT)(self._alike)
        self._many: dict[str, int] = {}
        self._read: dict[int, tuple[int, tuple[str, ...]]] = {}

    @property
    def officials(self) -> frozenset[str]:
        """Every official phrase."""
        return self._officials

    @property
    def written(self) -> tuple[str, ...]:
        """The entries, as they were written."""
        return self._written

    def _line(self, number: int) -> tuple[int, tuple[str, ...]]:
        """How many say a line, and what they mean."""
        known = self._read.get(number)
        if known is None:
            entry = self._written[number]
            known = self._read[number] = entry.count(" ", 0, entry.find(">")), tuple(map(_sure, meant_in(entry)))
        return known

    @cached_property
    def _officials(self) -> frozenset[str]:
        """Every official phrase. Asked for by most questions, many of which ask nothing else, so made without the lines."""
        sides = (entry.partition(">")[2] or entry.replace("=", " ") for entry in self._written)
        return frozenset(" ".join(sides).replace(LOOSE, "").split())

    @cached_property
    def _where(self) -> dict[str, list[int]]:
        """In which lines an official phrase stands."""
        found: dict[str, list[int]] = {}
        for number, entry in enumerate(self._written):
            side = entry.partition(">")[2] or entry.replace("=", " ")
            for official in side.replace(LOOSE, "").split():
                found.setdefault(official, []).append(number)
        return found

    def __contains__(self, phrase: object) -> bool:
        """Whether entries name `phrase` as an official one."""
        return phrase in self._officials

    def of(self, officials: tuple[str, ...]) -> list[tuple[str, float]]:
        """At most MOST_KIN phrases that stand beside `officials`, nearest first, each with how near 0..1 on average: the
        cosine of what is said for both."""
        known = self._kin.get(officials)
        if known is None:
            known = self._kin[officials] = self._of(officials)
        return known

    def _of(self, officials: tuple[str, ...]) -> list[tuple[str, float]]:
        total: dict[str, float] = {}
        for official in officials:
            for other, near in self._beside(official).items():
                total[other] = total.get(other, 0.0) + near
        least = LEAST_NEAR * len(officials)
        ranked = ((-near, other) for other, near in total.items() if near >= least and other not in officials)
        return [(other, -near / len(officials)) for near, other in nsmallest(MOST_KIN, ranked)]

    def like(self, pair: str) -> list[tuple[str, float]]:
        """What the spoken phrases that hold a pair of characters mean, each with its share 0..1 of them (摔断 in 摔断腿)."""
        return self._like(pair)

    def _alike(self, pair: str) -> list[tuple[str, float]]:
        spoken, numbers = self._spoken
        holding = spoken.lines_with(pair)
        if len(holding) > MOST_HOLDING:
            return []
        total: dict[str, float] = {}
        for place in holding:
            share = len(pair) / len(spoken[place])
            for official in self._line(numbers[place])[1]:
                total[official] = total.get(official, 0.0) + share
        ranked = nsmallest(MOST_LIKE, ((-share, official) for official, share in total.items()))
        return [(official, min(1.0, FULLY * -share / len(holding))) for share, official in ranked]

    @cached_property
    def _spoken(self) -> tuple[Concordance, list[int]]:
        """The spoken phrases that may be told by a pair they hold, and the line of the table where each stands."""
        said = [
            (word, number)
            for number, entry in enumerate(self._written)
            for word in said_in(entry)
            if len(word) in HOLDING and APART not in word
        ]
        return Concordance([word for word, _ in said]), [number for _, number in said]

    def _beside(self, official: str) -> dict[str, float]:
        known = self._near.get(official)
        if known is None:
            shared: dict[str, int] = {}
            for number in self._where.get(official, ()):
                many, meant = self._line(number)
                for other in meant:
                    shared[other] = shared.get(other, 0) + many
            own = self._saying(official)
            known = {other: many / sqrt(own * self._saying(other)) for other, many in shared.items()}
            self._near[official] = known
        return known

    def _saying(self, official: str) -> int:
        """How many say an official phrase."""
        known = self._many.get(official)
        if known is None:
            known = self._many[official] = sum(self._line(number)[0] for number in self._where.get(official, ()))
        return known


def said_in(entry: str) -> list[str]:
    """What those say who mean the entry's right side; all of what is one thing."""
    left, arrow, _ = entry.partition(">")
    return (left if arrow else entry.replace("=", " ")).split()


def meant_in(entry: str) -> list[str]:
    """What those who say the entry's left side mean, a loose meaning with its mark; all of what is one thing."""
    _, arrow, right = entry.partition(">")
    return (right if arrow else entry.replace("=", " ")).split()


def _sure(word: str) -> str:
    return word.removeprefix(LOOSE)
