"""Names of units: one unit under two names, a doubled 市, a slip of the pen, a name no longer borne, a unit nobody knows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations

from knowledge.examination.finding import Finding, Severity, Spot
from knowledge.examination.specimen import Specimen, finding, short, spot_of
from knowledge.lexicon import Rename
from knowledge.model import Assignment, Role
from knowledge.units.collectives import is_collective
from knowledge.units.unit_names import LEVELS, UnitName, taken_apart

_ENDINGS = {
    "管理委员会": "管委会", "管委会": "管委会", "委员会": "委", "办公室": "办", "办公厅": "办", "分局": "分局", "局": "局", "委": "委",
    "厅": "厅", "办": "办", "部": "部", "中心": "中心", "会": "会", "社": "社",
}  # fmt: skip
_JOINTS = str.maketrans("", "", "和与及、·")
# Organs that work together under two names are no slip: 市纪委 and 市纪委监委.
_TOGETHER = frozenset({"纪委监委"})
# Fields whose old offices often live on as centres, signs or bureaux of their own.
_LIVING_ON = frozenset(
    {"畜牧", "农办", "农机", "农经", "水产", "规划", "测绘", "监察", "乡村振兴", "人防", "劳动", "人事", "卫生", "计生"}
)
# Reforms reach cities and counties in the year after; a document of that year may still print the old name.
_GRACE = 2
_CIRCULAR = re.compile(r"^各?(?:项目|任务)?(?:相关|有关)?(?:牵头|责任|配合|落实)(?:责任)?(?:单位|部门)$")
_TWICE = re.compile(r"^([市县区州])\1")


@dataclass(frozen=True)
class _Printed:
    """The names that the assignments print, each with the assignments it stands in."""

    specimen: Specimen

    @cached_property
    def places(self) -> Mapping[str, tuple[Assignment, ...]]:
        found: dict[str, list[Assignment]] = {}
        for a in self.specimen.draft.assignments:
            for duty in a.duties:
                owners = found.setdefault(duty.unit, [])
                if not owners or owners[-1] is not a:
                    owners.append(a)
        return {name: tuple(owners) for name, owners in found.items()}

    @cached_property
    def apart(self) -> Mapping[str, UnitName]:
        place = self.specimen.document.locality or ""
        stem = place[:-1] if len(place) > 2 and place[-1] in LEVELS else place
        places = frozenset(filter(None, (place, stem)))
        return {n: taken_apart(n, self.specimen.lexicon, places) for n in self.places if not is_collective(n)}

    def level(self, name: str) -> str:
        """The level of a name, that of the document's own place where the name has none."""
        return self.apart[name].level or (self.specimen.document.locality or "")[-1:]

    @cached_property
    def text(self) -> str:
        """All words of the document, for a name to be found as it was printed."""
        return "\n".join(line.text for line in self.specimen.lines)

    def spots(self, name: str) -> list[Spot]:
        """Where a name stands, with the name as the words."""
        return [Spot(spot_of(a).place, spot_of(a).whose, name) for a in self.places[name]]


def names(specimen: Specimen) -> Iterator[Finding]:
    """What is wrong with the names of units."""
    printed = _Printed(specimen)
    yield from _doubled(printed)
    yield from _twins(printed)
    yield from _misprinted(printed)
    yield from _circular(printed)
    if specimen.roster is None:
        yield from _renamed(printed)
    else:
        yield from _by_roster(printed)


# ---------------------------------------------------------------- one letter too many
def _doubled(printed: _Printed) -> Iterator[Finding]:
    """市市财政局: the level doubled. 市市场监管局 is none: the second 市 belongs to the field."""
    for name in printed.places:
        if _TWICE.match(name) and name in printed.text and not _twice_right(name, printed):
            spots = printed.spots(name)
            yield finding(
                "name-doubled",
                Severity.MUST,
                spots[0],
                f"“{name}”多了一个“{name[0]}”字。",
                f"应为“{name[1:]}”。",
                spots[1:],
            )


def _twice_right(name: str, printed: _Printed) -> bool:
    """Whether the second 市 belongs to the field, or nobody can tell."""
    rest = taken_apart(name[1:], printed.specimen.lexicon)
    return not rest.known or rest.level != name[0]


# ---------------------------------------------------------------- two names
def _twins(printed: _Printed) -> Iterator[Finding]:
    """Names that mean one unit, told once for each unit."""
    groups: list[list[str]] = []
    for one, other in combinations(
        [name for name in printed.apart if not _TWICE.match(name) or _twice_right(name, printed)], 2
    ):
        if not _same_unit(printed, one, other):
            continue
        group = next((g for g in groups if one in g or other in g), None)
        if group is None:
            groups.append([one, other])
        else:
            group += [name for name in (one, other) if name not in group]
    for group in groups:
        ordered = sorted(group, key=lambda name: (-len(printed.places[name]), -len(name)))
        spots = [
            spot for name in reversed(ordered) for spot in printed.spots(name)[:3]
        ]  # the rare ones are to be changed
        said = "、".join(f"“{name}”（{len(printed.places[name])}处）" for name in ordered)
        yield finding(
            "unit-two-names", Severity.ASK, Spot(None, "", "、".join(ordered)), f"看来是同一个单位，用了{len(group)}个名称：{said}。",
            f"如是同一单位请统一名称，例如统一为“{max(group, key=len)}”；如不是请写明区别。", spots,
        )  # fmt: skip


def _same_unit(printed: _Printed, one: str, other: str) -> bool:
    a, b = printed.apart[one], printed.apart[other]
    if printed.level(one) != printed.level(other) or a.section or b.section or a.stem == b.stem:
        return False
    if (a.place and b.place and a.place != b.place) or {_seat(one), _seat(other)} == {"委", "政府"}:
        return False
    if not a.known or not b.known or (a.fields | b.fields) & _TOGETHER:
        return False
    (core_a, kind_a), (core_b, kind_b) = _cored(a.stem), _cored(b.stem)
    if kind_a != kind_b and {kind_a, kind_b} != {"委", "局"}:
        return False
    if a.fields == b.fields:
        return _shortened(core_a, core_b) or _shortened(core_b, core_a)
    common = a.fields & b.fields
    nested = len(common) > 1 and common in (a.fields, b.fields)
    return nested and kind_a == kind_b and (_shortened(core_a, core_b) or _shortened(core_b, core_a))


def _seat(name: str) -> str:
    """Whose office it is: 县委督查室 is the Party's, 县政府督查室 the government's."""
    m = re.search(r"[市县区州省旗盟]((?:人民)?政府|委)(?=.{2})", name)
    return "" if m is None else "委" if m[1] == "委" else "政府"


def _cored(stem: str) -> tuple[str, str]:
    ending = next((e for e in _ENDINGS if stem.endswith(e) and len(stem) > len(e)), "")
    return stem[: len(stem) - len(ending)].translate(_JOINTS), _ENDINGS.get(ending, stem[-2:])


def _shortened(short_form: str, full: str) -> bool:
    """Whether the characters of the one come one after the other in the other: 人社 in 人力资源社会保障."""
    rest = iter(full)
    return len(short_form) <= len(full) and all(char in rest for char in short_form)


# ---------------------------------------------------------------- slips of the pen
def _misprinted(printed: _Printed) -> Iterator[Finding]:
    """A name nobody understands that differs in one character from one that the document prints elsewhere."""
    known = [name for name, unit in printed.apart.items() if unit.known]
    for name, unit in printed.apart.items():
        if unit.known or len(name) < 4 or name not in printed.text:
            continue
        meant = [other for other in known if _one_apart(name, other) and len(printed.places[other]) > 1]
        if len(meant) == 1:
            spots = printed.spots(name)
            yield finding(
                "name-misprint", Severity.ASK, spots[0], f"“{name}”与文中的“{meant[0]}”只差一个字，疑为笔误。",
                f"如是同一单位，应为“{meant[0]}”。", [*spots[1:], *printed.spots(meant[0])[:2]],
            )  # fmt: skip


def _one_apart(one: str, other: str) -> bool:
    """Whether two names of the same length differ in one character that is no level."""
    if len(one) != len(other):
        return False
    apart = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(apart) == 1 and apart[0][0] not in LEVELS and apart[0][1] not in LEVELS


def _circular(printed: _Printed) -> Iterator[Finding]:
    """The word for a role where a unit should stand: 牵头单位：各责任单位."""
    for a in printed.specimen.numbered:
        circular = [duty.unit for duty in a.duties if _CIRCULAR.match(duty.unit)]
        others = [duty for duty in a.duties if not _CIRCULAR.match(duty.unit)]
        leads = any(duty.role is Role.LEAD and duty.unit in circular for duty in a.duties)
        if circular and (leads or not others):
            yield finding(
                "role-as-unit", Severity.ASK, Spot(a.place, spot_of(a).whose, short(circular[0])),
                f"单位写的是“{circular[0]}”，没有说是哪个单位。", "请写明具体单位。",
            )  # fmt: skip


# ---------------------------------------------------------------- names of another time
def _renamed(printed: _Printed) -> Iterator[Finding]:
    """Names that the reforms of government ended well before the document's day, by the general table."""
    document = printed.specimen.document
    year = document.issued.year if document.issued else printed.specimen.year
    if year is None:
        return
    for name, unit in printed.apart.items():
        gone = _gone(unit, year, printed.specimen.lexicon.renames)
        if gone and name in printed.text:
            spots = printed.spots(name)
            later = "、".join(_field_words(printed.specimen, rename.new) for rename in gone)
            yield finding(
                "name-former", Severity.ASK, spots[0],
                f"“{name}”是{gone[0].year}年机构改革以前的名称，文件是{year}年的。",
                f"请按现名填写（原职能一般划入{later}部门），并核对由谁承担。", spots[1:],
            )  # fmt: skip


def _gone(unit: UnitName, year: int, renames: Sequence[Rename]) -> list[Rename]:
    core, kind = _cored(unit.stem)
    if (
        len(unit.fields) != 1
        or unit.section
        or unit.fields & _LIVING_ON
        or kind not in ("局", "委", "办")
        or len(core) < 2
    ):
        return []
    return [r for r in renames if r.old in unit.fields and r.year and year >= r.year + _GRACE]


def _field_words(specimen: Specimen, key: str) -> str:
    """A field's first spelling in the table: 生态环境, 人力资源和社会保障."""
    return next((spelling for spelling, value in specimen.lexicon.atoms.items() if value == key), key)


def _by_roster(printed: _Printed) -> Iterator[Finding]:
    """Names that the office's own roster does not know, or knows as former ones on the document's day."""
    roster = printed.specimen.roster
    assert roster is not None, "asked only with a roster"
    document = printed.specimen.document
    on = document.issued or date(printed.specimen.year or 9999, 1, 1)
    for name in printed.apart:
        if name not in printed.text:
            continue
        spots = printed.spots(name)
        if not roster.knows(name):
            yield finding(
                "unit-unknown", Severity.ASK, spots[0], f"机构名册里没有“{name}”。",
                "请核对名称；确有其单位的，请在名册里补上。", spots[1:],
            )  # fmt: skip
        elif later := roster.later_names(name, on):
            yield finding(
                "name-former", Severity.ASK, spots[0], f"“{name}”在{on:%Y-%m-%d}已不是现名。",
                f"按名册应为{'、'.join(f'“{one}”' for one in later)}。", spots[1:],
            )  # fmt: skip
