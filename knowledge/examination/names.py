"""Names of units: one unit under two names, a doubled 市, a slip of the pen, a name no longer borne, a unit nobody knows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations

from knowledge.examination.finding import Finding, Severity, Spot
from knowledge.examination.specimen import Specimen, finding, short, spot_of
from knowledge.model import Assignment, Role
from knowledge.units.collectives import is_collective
from knowledge.units.senses import Resolved, resolve
from knowledge.units.unit_names import LEVELS, UnitName, taken_apart

_ENDINGS = {
    "管理委员会": "管委会", "管委会": "管委会", "委员会": "委", "办公室": "办", "办公厅": "办", "分局": "分局", "局": "局", "委": "委",
    "厅": "厅", "办": "办", "部": "部", "中心": "中心", "会": "会", "社": "社",
}  # fmt: skip
_JOINTS = str.maketrans("", "", "和与及、·")
# Organs that work together under two names are no slip: 市纪委 and 市纪委监委.
_TOGETHER = frozenset({"纪委监委"})
# Fields whose old offices live on in some places, as bureaux of their own, as signs or as short names.
_LIVING_ON = frozenset(
    [
        "畜牧",
        "农机",
        "农经",
        "水产",
        "规划",
        "测绘",
        "乡村振兴",
        "人防",
        "金融",
        "侨务",
        "农办",
        "旅游",
        "南水北调",
        "三峡办",
        "综治",
        "维稳",
        "防邪",
    ]
)
_BUREAUX = ("局", "委", "办", "部", "厅")
# A roster that knows this share of the bureaux in a document is taken to be whole.
_COVERS = 0.7
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

    @property
    def day(self) -> date | None:
        """The day for which names must be right: that of issue, else the last of the document's year."""
        year = self.specimen.year
        return self.specimen.document.issued or (date(year, 12, 31) if year else None)

    def meant(self, name: str) -> Resolved:
        """What a name means on that day, to the document's place."""
        return resolve(name, self.specimen.lexicon, self.day, self.specimen.document.locality or "")

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
    yield from _former(printed)
    yield from _unknown(printed)


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
    named = {duty.unit for a in printed.specimen.numbered for duty in a.duties}
    roles = {name for name in named if _CIRCULAR.match(name)}
    for a in printed.specimen.numbered if roles else ():
        circular = [duty.unit for duty in a.duties if duty.unit in roles]
        others = [duty for duty in a.duties if duty.unit not in roles]
        leads = any(duty.role is Role.LEAD and duty.unit in circular for duty in a.duties)
        if circular and (leads or not others):
            yield finding(
                "role-as-unit", Severity.ASK, Spot(a.place, spot_of(a).whose, short(circular[0])),
                f"单位写的是“{circular[0]}”，没有说是哪个单位。", "请写明具体单位。",
            )  # fmt: skip


# ---------------------------------------------------------------- names of another time, and unknown ones
def _former(printed: _Printed) -> Iterator[Finding]:
    """Names that units bore no more on the document's day, by the office's roster or else by the general table."""
    on = printed.day
    for name in printed.apart if on else ():
        meant = printed.meant(name)
        if on is None or meant.until is None or on <= meant.until or not meant.known or meant.current:
            continue
        if name in printed.text and (meant.own or _surely_gone(printed.apart[name])):
            spots = printed.spots(name)
            yield finding(
                "name-former", Severity.ASK, spots[0], f"“{name}”这个名称用到{meant.until.year}年为止，文件是{on.year}年的。",
                f"请按现名填写（{'名册上' if meant.own else '一般'}为“{meant.name}”），并核对这项工作现由谁承担。", spots[1:],
            )  # fmt: skip


def _surely_gone(unit: UnitName) -> bool:
    """Whether the general table can be believed for any place: a whole bureau of one field at its level, and none that lives on.

    Townships and departments name their own offices as they like (综治办), without a level.
    """
    core, kind = _cored(unit.stem)
    return (
        len(unit.fields) == 1
        and bool(unit.level or unit.place)
        and not unit.section
        and not unit.fields & _LIVING_ON
        and kind in ("局", "委", "办", "分局")
        and len(core) > 1
    )


def _unknown(printed: _Printed) -> Iterator[Finding]:
    """Units of the office's own level that its roster does not know, where it knows nearly all others."""
    if not printed.specimen.lexicon.roster:
        return
    home = (printed.specimen.document.locality or "")[-1:]
    own = [n for n, unit in printed.apart.items() if unit.level == home and _cored(unit.stem)[1] in _BUREAUX]
    strange = [name for name in own if not printed.meant(name).own and name in printed.text]
    if home and len(strange) <= (1 - _COVERS) * len(own):
        for name in strange:
            spots = printed.spots(name)
            yield finding(
                "unit-unknown", Severity.ASK, spots[0], f"单位名册里没有“{name}”。", "请核对名称；确有其单位的，请在名册里补上。",
                spots[1:],
            )  # fmt: skip
