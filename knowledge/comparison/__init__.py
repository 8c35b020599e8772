"""来文比对: two documents side by side, what of the one became what of the other.

Last year's plan against this year's, or a document against its revised edition. What belongs together is found by what
it says (`pairing`), and what is not sure is said to be only possible.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from knowledge.comparison.change import MILD, Change, ChangeKind
from knowledge.comparison.changes import changes_of, numbered
from knowledge.comparison.fragments import Fate, Fragment, fragments
from knowledge.comparison.pairing import SURE, Bond, bonds
from knowledge.comparison.relatives import Relatives, relatives_of
from knowledge.comparison.times import Passing
from knowledge.lexicon import Lexicon, shipped
from knowledge.model import Assignment, Document, Draft

__all__ = [
    "Change", "ChangeKind", "Comparison", "Fate", "Fragment", "Pair", "Renamed", "compared", "fragments",
    "numbered",
]  # fmt: skip

# Documents further apart than this are not two years of one plan.
_FAR = 20


@dataclass(frozen=True, slots=True)
class Pair:
    """对应: what is one thing in both documents. No `old`: it is new; no `new`: it was dropped; several: split or joined.

    All in the order of their document; `foremost` is the place of the one among several that holds most of it.
    `confidence` lies between 0 and 1.
    """

    old: tuple[Assignment, ...] = ()
    new: tuple[Assignment, ...] = ()
    confidence: float = 1.0
    changes: tuple[Change, ...] = ()
    foremost: int = 0

    @property
    def sure(self) -> bool:
        """Whether both sides are said to be one thing; else they are only possibly so."""
        return self.confidence >= SURE

    @property
    def added(self) -> bool:
        """Whether only the newer document has it."""
        return not self.old

    @property
    def dropped(self) -> bool:
        """Whether only the older document has it."""
        return not self.new

    @property
    def both(self) -> bool:
        """Whether both documents have it."""
        return bool(self.old and self.new)

    @property
    def carried(self) -> bool:
        """延续: surely the same, and at most its place and the names of its units changed."""
        return self.both and self.sure and all(change.kind in MILD for change in self.changes)

    def shows(self, *kinds: ChangeKind) -> bool:
        """Whether one of these changes is among its own."""
        return any(change.kind in kinds for change in self.changes)


@dataclass(frozen=True, slots=True)
class Renamed:
    """A unit that both documents mean under different names; `words` says so in Chinese."""

    old: str
    new: str
    words: str


@dataclass(frozen=True)
class Comparison:
    """比对: two documents with all their pairs, in the newer one's order, what was dropped at the place where it stood."""

    old: Document
    new: Document
    pairs: tuple[Pair, ...]
    renamed: tuple[Renamed, ...] = ()

    @cached_property
    def counts(self) -> dict[str, int]:
        """Chinese word → how many pairs (units for 单位更名); words without any are left out.

        新增, 删去, 延续, 改动 and 可能是同一项 together are all pairs; what stands behind 改动 says what became different.
        """
        sure = [pair for pair in self.pairs if pair.both and pair.sure]
        found = {
            "新增": sum(pair.added for pair in self.pairs),
            "删去": sum(pair.dropped for pair in self.pairs),
            "延续": sum(pair.carried for pair in sure),
            "改动": sum(not pair.carried for pair in sure),
            **{word: sum(pair.shows(*kinds) for pair in sure) for word, kinds in _COUNTED.items()},
            "可能是同一项": sum(pair.both and not pair.sure for pair in self.pairs),
            "单位更名": len(self.renamed),
        }
        return {word: count for word, count in found.items() if count}

    def of_units(self, names: Collection[str]) -> Comparison:
        """What concerns one of these units (printed names), under any of its names in both documents."""
        known = {*names}
        for one in self.renamed:
            if {one.old, one.new} & known:
                known |= {one.old, one.new}
        kept = tuple(
            pair for pair in self.pairs if any(d.unit in known for a in (*pair.old, *pair.new) for d in a.duties)
        )
        renamed = tuple(one for one in self.renamed if {one.old, one.new} & known)
        return Comparison(self.old, self.new, kept, renamed)


_COUNTED = {
    "牵头变更": (ChangeKind.LEAD,),
    "单位增减": (ChangeKind.UNITS,),
    "收紧": (ChangeKind.TIGHTENED,),
    "推后": (ChangeKind.RELAXED,),
    "新增时限": (ChangeKind.DATED,),
    "取消时限": (ChangeKind.UNDATED,),
    "时限改写": (ChangeKind.TIMED,),
    "文字改动": (ChangeKind.TEXT,),
    "拆分": (ChangeKind.SPLIT,),
    "合并": (ChangeKind.JOINED,),
    "移动": (ChangeKind.MOVED,),
}


def compared(old: Draft, new: Draft, lexicon: Lexicon | None = None) -> Comparison:
    """The comparison of an older and a newer document; `lexicon` knows the units' other names (None: the shipped one).

    400 assignments with 400 take about half a second; benchmarks/comparison.py measures how many pairs are right.
    """
    relatives = relatives_of(_units(old.assignments), _units(new.assignments), lexicon or shipped())
    passing = Passing(_years_between(old.document, new.document))
    found = bonds(old.assignments, new.assignments, relatives)
    both = {bond: _pair(bond, old, new, relatives, passing) for bond in found}
    pairs = tuple(_ordered(both, old.assignments, new.assignments))
    return Comparison(old.document, new.document, pairs, _renamed(pairs))


def _units(assignments: Iterable[Assignment]) -> Iterable[str]:
    return (duty.unit for one in assignments for duty in one.duties)


def _years_between(old: Document, new: Document) -> int:
    years = [one.year or (one.issued.year if one.issued else None) for one in (old, new)]
    if years[0] is None or years[1] is None:
        return 0
    between = years[1] - years[0]
    return between if abs(between) <= _FAR else 0


def _pair(bond: Bond, old: Draft, new: Draft, relatives: Relatives, passing: Passing) -> Pair:
    before = tuple(old.assignments[at] for at in bond.old)
    after = tuple(new.assignments[at] for at in bond.new)
    return Pair(before, after, bond.confidence, changes_of(before, after, relatives, passing), bond.foremost)


def _ordered(both: dict[Bond, Pair], old: tuple[Assignment, ...], new: tuple[Assignment, ...]) -> Iterable[Pair]:
    """In the order of the newer document; what was dropped behind the pair of what stood before it."""
    at_new = {min(bond.new): pair for bond, pair in both.items()}
    held_new = {at for bond in both for at in bond.new}
    of_old = {at: min(bond.new) for bond in both for at in bond.old}
    dropped: dict[int, list[Pair]] = {}
    place = -1
    for at, one in enumerate(old):
        if at in of_old:
            place = of_old[at]
        else:
            dropped.setdefault(place, []).append(Pair(old=(one,)))
    yield from dropped.get(-1, ())
    for at, one in enumerate(new):
        if at in at_new:
            yield at_new[at]
        elif at not in held_new:
            yield Pair(new=(one,))
        yield from dropped.get(at, ())


def _renamed(pairs: Iterable[Pair]) -> tuple[Renamed, ...]:
    """The units whose names changed in a pair that is sure, each once."""
    found = {
        (change.before, change.after): change.words
        for pair in pairs
        if pair.sure
        for change in pair.changes
        if change.kind is ChangeKind.RENAMED
    }
    return tuple(Renamed(old, new, words) for (old, new), words in found.items())
