"""Which unit of one document is which of the other: the same name, another spelling, or the office under its new name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from knowledge.lexicon import Lexicon
from knowledge.normal import plain
from knowledge.units import How, Match, resolve
from knowledge.units.collectives import is_collective
from knowledge.units.kinship import related
from knowledge.units.unit_names import UnitName, taken_apart

# A name that leads to another less surely than this is another unit.
SURELY = 0.75
_SURE_WAYS = frozenset({How.EXACT, How.ALIAS, How.FORMER, How.PART})


class Kinship(StrEnum):
    """What two names have to do with each other.

    SPELLING is another way to write a name (市发改委), RENAMED a new name (市大数据局, 市数据局), REFORMED an office made of
    another one (市环保局, 市生态环境局), MERGED one taken up by an office that the older document knows already, APART one
    made of an office that the newer document still knows, which is another unit.
    """

    SPELLING = "spelling"
    RENAMED = "renamed"
    REFORMED = "reformed"
    MERGED = "merged"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Relatives:
    """The units of two documents that are the same in spite of their names: (old name, new name) → how."""

    pairs: Mapping[tuple[str, str], Kinship] = field(default_factory=dict)

    def related(self, old: str, new: str) -> bool:
        """Whether both names mean one unit, or one was made of the other."""
        return old == new or (old, new) in self.pairs

    def same(self, old: str, new: str) -> bool:
        """Whether the newer document means the same unit; an office that it only lost a part to is another one."""
        return old == new or self.pairs.get((old, new), Kinship.APART) is not Kinship.APART

    def changed(self, old: str, new: str) -> Kinship | None:
        """How the name changed; None where it did not, or was only written otherwise."""
        how = self.pairs.get((old, new))
        return None if how is Kinship.SPELLING else how

    def aligned(self, old: Iterable[str], new: Iterable[str]) -> tuple[dict[str, str], list[str], list[str]]:
        """Old name → new name for the units on both sides; the old ones that are gone; the new ones that came."""
        before, after = list(dict.fromkeys(old)), list(dict.fromkeys(new))
        kept = {name: name for name in before if name in after}
        for name in before:
            heirs = [one for one in after if name not in kept and self.same(name, one)]
            heir = next((one for one in heirs if one not in kept.values()), None) or self._absorbing(name, heirs)
            if heir:
                kept[name] = heir
        gone = [name for name in before if name not in kept]
        return kept, gone, [name for name in after if name not in kept.values()]

    def _absorbing(self, name: str, heirs: Iterable[str]) -> str:
        """The unit among `heirs` that took `name` up and has a share of its own already; else empty."""
        return next((one for one in heirs if self.pairs.get((name, one)) is Kinship.MERGED), "")


def relatives_of(old: Iterable[str], new: Iterable[str], lexicon: Lexicon) -> Relatives:
    """The relatives among the names that two documents print.

    Two spellings of a name are one unit always, for a document may print both. A change of name is seen where the old
    name is gone from the newer document or the new one was not in the older.
    """
    before, after = frozenset(old), frozenset(new)
    olds, news = _apart(before, lexicon), _apart(after, lexicon)
    found: dict[tuple[str, str], Kinship] = {}
    for name in sorted(olds):
        for match in _sure(related(olds[name], news, lexicon)):
            _put(found, olds[name], news[match.unit], match, before & after)
    for name in sorted(news):
        for match in _sure(related(news[name], olds, lexicon)):
            _put(found, olds[match.unit], news[name], match, before & after)
    return Relatives({**found, **dict(_by_roster(olds, news, lexicon))})


def _by_roster(olds: Iterable[str], news: Iterable[str], lexicon: Lexicon) -> Iterator[tuple[tuple[str, str], Kinship]]:
    """What the office's own roster says of names that differ: it knows its units better than any table."""
    if not lexicon.roster:
        return
    after = {name: dict(_own_units(name, lexicon)) for name in sorted(news)}
    for name in sorted(olds):
        for key, how in _own_units(name, lexicon):
            for other, units in after.items():
                if other != name and key in units:
                    former = How.FORMER in (how, units[key])
                    yield (name, other), Kinship.RENAMED if former else Kinship.SPELLING


def _own_units(name: str, lexicon: Lexicon) -> Iterator[tuple[str, How]]:
    """The office's units (by key) that a name means, and how."""
    return ((sense.unit.key, sense.how) for sense in resolve(name, lexicon).senses if sense.own and not sense.weak)


def _apart(names: Iterable[str], lexicon: Lexicon) -> dict[str, UnitName]:
    return {name: taken_apart(name, lexicon) for name in names if not is_collective(name)}


def _sure(matches: Iterable[Match]) -> Iterable[Match]:
    return (match for match in matches if match.confidence >= SURELY and match.how in _SURE_WAYS)


def _put(
    found: dict[tuple[str, str], Kinship], old: UnitName, new: UnitName, match: Match, common: frozenset[str]
) -> None:
    """Writes down how the names belong together, unless both documents print both."""
    both = {old.words, new.words} & common
    spelling = match.how in (How.ALIAS, How.EXACT)
    if old.words == new.words or (len(both) > 1 and not spelling):
        return
    if spelling:
        how = Kinship.SPELLING if both or _abbreviates(old, new) else Kinship.RENAMED
    elif both:
        how = Kinship.MERGED if new.words in common else Kinship.APART
    else:
        how = Kinship.REFORMED
    found.setdefault((old.words, new.words), how)


def _abbreviates(one: UnitName, other: UnitName) -> bool:
    """Whether one name only shortens the other: 发改 is made of characters of 发展和改革 in their order and begins as it
    does. 数据 for 大数据 does not, and is another name."""
    short, long = sorted((plain(one.stem), plain(other.stem)), key=len)
    rest = iter(long)
    return short[:1] == long[:1] and all(sign in rest for sign in short)
