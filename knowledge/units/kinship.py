"""Which printed names a name can mean: the same fields, fields that changed their name, or a part of the fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from knowledge.lexicon import Lexicon
from knowledge.roster import Rename
from knowledge.units.mention import How, Match
from knowledge.units.unit_names import NATION, UnitName, taken_apart

SAME, OTHER_KIND, SECTION, WIDER, NARROWER, OVERLAP, RENAMED = 0.95, 0.75, 0.85, 0.85, 0.8, 0.65, 0.85
# A sign may hang elsewhere in this town: not sure enough for a report.
SIGNED = 0.7
# What one more change of name takes from the confidence.
HOP = 0.92
# Matches this much worse than the best are not meant.
NEAR = 0.12
# 局, 委, 办 and whole names are one kind of office; a 部 or a 中心 is another.
_OFFICES = frozenset({"局", "办", ""})

_KIN = frozenset({How.FORMER, How.PART})
_NOWHERE: frozenset[str] = frozenset()

Path = tuple[int, Rename | None]


def related_over(
    meant: UnitName, names: Mapping[str, UnitName], papers: Mapping[str, frozenset[str]], lexicon: Lexicon
) -> tuple[Match, ...]:
    """As `related`, document by document: where one prints the unit itself, only that; where another, of another year,
    does not, its former, later or merged name there too. `papers`: printed name → the ids of its documents."""
    found = related(meant, names, lexicon)
    if not found or any(match.how in _KIN for match in found):
        return found
    covered = frozenset[str]().union(*(papers.get(match.unit, _NOWHERE) for match in found))
    others = {words: name for words, name in names.items() if papers.get(words, _NOWHERE) - covered}
    if not others:
        return found
    kin = _related(meant, [name for name in others.values() if _level_fits(meant, name)], lexicon)
    return (*found, *(match for match in kin if match.how is How.FORMER or match.confidence >= NARROWER))


def related(meant: UnitName, names: Mapping[str, UnitName], lexicon: Lexicon) -> tuple[Match, ...]:
    """The printed names that `meant` can mean, the surest first."""
    same_level = [name for name in names.values() if _level_fits(meant, name)]
    found = [match for name in same_level if (match := _same(meant, name, lexicon))]
    return _best(found) or _related(meant, same_level, lexicon)


def _related(meant: UnitName, names: Iterable[UnitName], lexicon: Lexicon) -> tuple[Match, ...]:
    """The names that are not the same but kin."""
    earlier = _reached(meant.fields, lexicon.renames, back=True)
    later = _reached(meant.fields, lexicon.renames, back=False)
    reached = {**earlier, **later}
    return _best(
        match
        for name in names
        if not name.section
        and (match := _merged(meant, name, lexicon) or _kin(meant, name, reached) or _signed(meant, name, lexicon))
    )


def _best(matches: Iterable[Match]) -> tuple[Match, ...]:
    """Those not much worse than the best, the surest first."""
    found = list(matches)
    best = max((match.confidence for match in found), default=0.0)
    kept = [match for match in found if match.confidence >= best - NEAR]
    return tuple(sorted(kept, key=lambda match: -match.confidence))


def _level_fits(meant: UnitName, name: UnitName) -> bool:
    """Whether both may be of one level; a name without a level is not the nation's."""
    if NATION in (meant.level, name.level):
        return meant.level == name.level or meant.words == name.words
    return not (meant.level and name.level and meant.level != name.level)


def _same(meant: UnitName, name: UnitName, lexicon: Lexicon) -> Match | None:
    if name.words in (meant.words, meant.stem) or (meant.words == name.stem and not name.place):
        return Match(name.unit, How.EXACT, 1.0 if name.words == meant.words else 0.98)
    if name.section and not meant.section:
        part = taken_apart(name.section, lexicon)
        alike = part.fields & meant.fields if part.fields else meant.stem == name.section
        return Match(name.unit, How.ELIDED, SECTION) if alike and meant.kind in (part.kind, "科", "办") else None
    if not meant.fields or meant.fields != name.fields or meant.section != name.section:
        return None
    offices = {meant.kind, name.kind}
    if len(offices) == 1 or offices <= _OFFICES:
        return Match(name.unit, How.ALIAS, SAME)
    return Match(name.unit, How.ALIAS, OTHER_KIND)


def _merged(meant: UnitName, name: UnitName, lexicon: Lexicon) -> Match | None:
    """By a change of a body as a whole: 旅游局 became 文化和旅游局, whatever else that has taken up."""
    for rename in lexicon.mergers:
        old, new = _fields_of(rename)
        if (old == meant.fields and new <= name.fields) or (old == name.fields and new <= meant.fields):
            return Match(name.unit, How.FORMER, RENAMED, rename)
    return None


def _signed(meant: UnitName, name: UnitName, lexicon: Lexicon) -> Match | None:
    """By a sign on its door: 政府新闻办 is 宣传部. A centre (未成年人保护中心) is a house of its own."""
    if meant.kind == "中心":
        return None
    hosts = (host for field in meant.fields for host in lexicon.signs.get(field, ())) if len(meant.fields) == 1 else ()
    return next((Match(name.unit, How.SIGN, SIGNED) for host in hosts if {host} == name.fields), None)


@lru_cache(maxsize=512)
def _fields_of(rename: Rename) -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(rename.old.split("+")), frozenset(rename.new.split("+"))


def _kin(meant: UnitName, name: UnitName, reached: Mapping[str, Path]) -> Match | None:
    """By a change of name or by a part of the fields."""
    kinds = {meant.kind, name.kind}
    if len(kinds) > 1 and not kinds <= _OFFICES | {"部"}:
        return None
    common = meant.fields & name.fields
    if common and len(kinds) > 1 and not kinds <= _OFFICES:
        return None
    if common:
        worth = WIDER if meant.fields <= name.fields else NARROWER if name.fields <= meant.fields else OVERLAP
        return Match(name.unit, How.PART, worth)
    through = [reached[field] for field in name.fields if field in reached]
    if not through:
        return None
    hops, rename = min(through, key=lambda path: path[0])
    whole = RENAMED if len(through) == len(name.fields) else OVERLAP + 0.1
    return Match(name.unit, How.FORMER, whole * HOP ** (hops - 1), rename)


@lru_cache(maxsize=512)
def _reached(fields: frozenset[str], renames: tuple[Rename, ...], back: bool) -> dict[str, Path]:
    """Field → (changes of name on the way, the first of them), walking only into the past or only into the future."""
    found: dict[str, Path] = {}
    edge: Iterable[str] = fields
    hops = 0
    while edge := list(edge):
        hops += 1
        fresh: dict[str, Path] = {}
        for rename in renames:
            here, there = (rename.new, rename.old) if back else (rename.old, rename.new)
            if here in edge and there not in found and there not in fields:
                first = found[here][1] if here in found else rename
                fresh.setdefault(there, (hops, first))
        found.update(fresh)
        edge = fresh
    return found
