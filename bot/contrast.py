"""对照: a comparison as the rows of a table, for the terminal and for a paper: number, old, new, what changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from handlers.wording import shortened
from knowledge.comparison import Change, ChangeKind, Comparison, Fate, Fragment, Pair, fragments, numbered
from knowledge.model import Assignment, Role

_ROLES = {Role.LEAD: "牵头", Role.RESPONSIBLE: "责任", Role.COOPERATING: "配合"}
_TIMES = frozenset({ChangeKind.TIGHTENED, ChangeKind.RELAXED, ChangeKind.DATED, ChangeKind.UNDATED, ChangeKind.TIMED})
# Texts with less in common than this are shown without marks, which would only tear them.
_MARKED = 0.35
_SHORT = 40
_ORDER = ("改动", "可能是同一项，请核对", "新增", "删去", "延续")


@dataclass(frozen=True, slots=True)
class Line:
    """One row: the numbers of both sides (empty where there is none), the sides in fragments (KEPT is plain), and what
    changed, a phrase a line."""

    numbers: tuple[str, str]
    old: tuple[Fragment, ...]
    new: tuple[Fragment, ...]
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one sort, under its title; `equal`: both sides say the same."""

    title: str
    lines: tuple[Line, ...]
    equal: bool = False


def parts_of(comparison: Comparison, *, whole: bool = False) -> tuple[Part, ...]:
    """The comparison by sort; what was carried over is shortened unless `whole`."""
    sorts: dict[str, list[Line]] = {title: [] for title in _ORDER}
    for pair in comparison.pairs:
        title = _sort(pair)
        sorts[title].append(_line(pair, short=title == "延续" and not whole))
    return tuple(
        Part(f"{title}（{len(lines)}项）", tuple(lines), title == "延续") for title, lines in sorts.items() if lines
    )


def _sort(pair: Pair) -> str:
    if pair.added or pair.dropped:
        return "新增" if pair.added else "删去"
    if not pair.sure:
        return "可能是同一项，请核对"
    return "延续" if pair.carried else "改动"


def _line(pair: Pair, short: bool) -> Line:
    numbers = _numbers(pair.old), _numbers(pair.new)
    if short:
        old, new = (_plain(shortened(side[0].text, _SHORT)) for side in (pair.old, pair.new))
    elif len(pair.old) == len(pair.new) == 1:
        old, new = _both(pair.old[0], pair.new[0], pair.changes)
    else:
        old, new = _plain(_several(pair.old)), _plain(_several(pair.new))
    return Line(numbers, old, new, _said(pair))


def _numbers(side: Sequence[Assignment]) -> str:
    return "、".join(one.number or "正文" for one in side)


def _said(pair: Pair) -> tuple[str, ...]:
    """What changed, in phrases; that it only moved is told by the numbers."""
    if pair.added or pair.dropped:
        return ("新增",) if pair.added else ("删去",)
    told = tuple(
        change.words for change in pair.changes if change.kind is not ChangeKind.MOVED or not change.before.isdigit()
    )
    return told or ("不变",)


def _several(side: Sequence[Assignment]) -> str:
    if len(side) == 1:
        return _whole(side[0])
    return "\n".join(f"{numbered(one)}：{_whole(one)}" for one in side)


def _whole(one: Assignment) -> str:
    return "\n".join(filter(None, (one.text or "（只有序号，没有内容）", _duties(one), _time(one))))


def _duties(one: Assignment) -> str:
    groups = ((word, one.units(role)) for role, word in _ROLES.items())
    return "；".join(f"{word}：{'、'.join(units)}" for word, units in groups if units)


def _time(one: Assignment) -> str:
    slots = [deadline.text for deadline in one.deadlines if not deadline.inner and deadline.text]
    return f"时限：{'；'.join(slots)}" if slots else ""


def _plain(text: str) -> tuple[Fragment, ...]:
    return (Fragment(Fate.KEPT, text),) if text else ()


def _both(
    old: Assignment, new: Assignment, changes: Iterable[Change]
) -> tuple[tuple[Fragment, ...], tuple[Fragment, ...]]:
    """Both sides of one assignment, with marks where they differ."""
    kinds = {change.kind for change in changes}
    before, after = _texts(old.text, new.text) if ChangeKind.TEXT in kinds else (_plain(old.text), _plain(new.text))
    timed = bool(kinds & _TIMES)
    return (
        tuple(_joined((before, _held(old, new, Fate.STRUCK), _timed(old, timed, Fate.STRUCK)))),
        tuple(_joined((after, _held(new, old, Fate.ADDED), _timed(new, timed, Fate.ADDED)))),
    )


def _texts(old: str, new: str) -> tuple[tuple[Fragment, ...], tuple[Fragment, ...]]:
    """The words of both sides, marked unless hardly any stayed."""
    found = fragments(old, new)
    kept = sum(len(one.text) for one in found if one.fate is Fate.KEPT)
    if kept < _MARKED * max(len(old), len(new)):
        return _plain(old), _plain(new)
    struck, added = ([one for one in found if one.fate is not fate] for fate in (Fate.ADDED, Fate.STRUCK))
    return tuple(struck), tuple(added)


def _held(one: Assignment, other: Assignment, fate: Fate) -> tuple[Fragment, ...]:
    """牵头：…；配合：… of one side; whole names are marked that the other side has not in this role."""
    pieces: list[Fragment] = []
    for role, word in _ROLES.items():
        units, there = one.units(role), other.units(role)
        if units:
            pieces.append(Fragment(Fate.KEPT, f"{'；' if pieces else ''}{word}："))
        for at, unit in enumerate(units):
            pieces += [Fragment(Fate.KEPT, "、")] if at else []
            pieces.append(Fragment(Fate.KEPT if unit in there else fate, unit))
    return tuple(pieces)


def _timed(one: Assignment, changed: bool, fate: Fate) -> tuple[Fragment, ...]:
    """时限：…, the phrase marked where it means another time."""
    label, _, phrase = _time(one).partition("：")
    return (Fragment(Fate.KEPT, f"{label}："), Fragment(fate if changed else Fate.KEPT, phrase)) if phrase else ()


def _joined(lines: Iterable[tuple[Fragment, ...]]) -> Iterator[Fragment]:
    """The fragments of several lines, one line below the other."""
    first = True
    for line in lines:
        if line and not first:
            yield Fragment(Fate.KEPT, "\n")
        yield from line
        first = first and not line
