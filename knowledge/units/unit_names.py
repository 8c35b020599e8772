"""How a unit's name is made: place, level, field and kind of office. 攀枝花市教育体育局 is 攀枝花 · 市 · {教育, 体育} · 局.

Two names mean the same unit when their fields do, however they are spelled: 发展和改革委员会, 发改委 and 发改局.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from knowledge.lexicon import Lexicon
from knowledge.normal import plain
from knowledge.patterns import regex

LEVELS = "省市州县区旗盟镇乡"
# The kinds of office, longest first; names of one class are the same office under another title.
_KINDS = {
    "管理委员会": "管委",
    "管委会": "管委",
    "委员会": "局",
    "办公室": "办",
    "办公厅": "办",
    "分局": "局",
    "总局": "局",
    "局": "局",
    "委": "局",
    "厅": "局",
    "办": "办",
    "部": "部",
    "中心": "中心",
    "支队": "队",
    "大队": "队",
    "科": "科",
    "室": "科",
    "处": "科",
    "股": "科",
    "组": "科",
}
# The same by their last characters.
_ENDINGS = {sign: [pair for pair in _KINDS.items() if pair[0][-1] == sign] for sign in {kind[-1] for kind in _KINDS}}
_JOINTS = "和与及暨、·"
# 政府, 市委 and the like before the name proper; a leading group's office is the office of its subject.
_LEADING = regex(r"^(?:中共|国家税务总局(?=.{2})|中国(?=人民银行))")
_SEAT = regex(r"^(?:委|人民政府|政府)(?=.{2})")
_GROUP = regex(r"(?:工作)?(?:领导小组|委员会|指挥部|协调小组|联席会议)$")
_SECTION = regex(r"^(.{2,}(?:办公室|办公厅|局|委员会|委|中心))(.{2,}(?:科|室|处|股|组|办|中心|局))$")
_BRACKETS = regex(r"\(([^()]*)\)")
# 人民银行某某中心支行, 国网某某供电公司, 国家统计局某某调查队: the field stands in front, the place in the middle.
_BRANCHES = (
    *("中心支行", "支行", "分行", "公司", "支队", "大队", "监管分局", "监察分局", "分局", "监管局", "中心支局", "支局"),
    *("调查总队", "调查队", "市委", "县委", "区委", "州委"),
)
# 国家发改委, 中央网信办, 国务院扶贫办, 全国妇联: the level above all others.
NATION = "国"
_NATIONAL = regex(r"^(?:国务院|国家|中央|中华全国|全国)(?=.{2})")


@dataclass(frozen=True, slots=True)
class UnitName:
    """A name taken apart. `fields` is empty when it could not be; `section` names a part of a bigger office.

    `words` is the name as `plain` writes it, `unit` as it is printed (濛溪海关, taken apart as 蒙溪海关).
    """

    words: str
    place: str = ""
    level: str = ""
    stem: str = ""
    fields: frozenset[str] = frozenset()
    kind: str = ""
    section: str = ""
    printed: str = ""

    @property
    def unit(self) -> str:
        """The name as it is printed."""
        return self.printed or self.words

    @property
    def known(self) -> bool:
        """Whether the fields are understood."""
        return bool(self.fields)


def taken_apart(words: str, lexicon: Lexicon, places: frozenset[str] = frozenset()) -> UnitName:
    """`words` as place, level, fields and kind. `places` are the office's own places, with and without 市."""
    name = _taken_apart(plain(words).replace(" ", ""), lexicon, places)
    return name if name.words == words else replace(name, printed=words)


# Lexicons are few and live long; keyed by identity they are cheap.
class _ByIdentity:
    __slots__ = ("lexicon",)

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def __hash__(self) -> int:
        return id(self.lexicon)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByIdentity) and other.lexicon is self.lexicon


def _taken_apart(words: str, lexicon: Lexicon, places: frozenset[str]) -> UnitName:
    return _cached(words, _ByIdentity(lexicon), places)


@lru_cache(maxsize=8192)
def _cached(words: str, by: _ByIdentity, places: frozenset[str]) -> UnitName:
    lexicon = by.lexicon
    if key := lexicon.national.get(words):
        return UnitName(words, "", NATION, words, frozenset(key.split("+")), _kind(words)[1])
    name = _BRACKETS.sub("", words) if words.count("(") else words
    every = _every_place(by, places)
    for place, level, stem in stems(name, every):
        found = _fields(stem, lexicon)
        if found is not None:
            fields, kind, section = found
            return UnitName(words, place, level or _told(stem, fields, kind, lexicon), stem, fields, kind, section)
    place, level, stem = stems(name, every)[-1]
    return UnitName(words, place, level, stem, kind=_kind(stem)[1])


@lru_cache(maxsize=64)
def _every_place(by: _ByIdentity, places: frozenset[str]) -> frozenset[str]:
    return places | by.lexicon.places


def _told(stem: str, fields: frozenset[str], kind: str, lexicon: Lexicon) -> str:
    """The level that the kind of office tells: only the nation has an 教育部, only a province a 教育厅; a 总局 is the nation's."""
    if stem.endswith("委") and (stem.startswith(("团", "共青团")) or stem[1:] == "监委"):
        return next((sign for sign in (stem[-2:-1], stem[:1]) if sign in LEVELS), "")  # 团县委, 共青团云溪市委, 市监委
    if stem.endswith("总局") and kind:
        return NATION
    if kind == "部":
        return "" if fields <= lexicon.departments else NATION
    return "省" if stem.endswith("厅") and kind else ""


def stems(name: str, places: frozenset[str]) -> list[tuple[str, str, str]]:
    """(place, level, rest) from the whole name to the barest rest."""
    rest = _LEADING.sub("", name)
    place, level = "", ""
    found = [("", "", rest)]
    longest = max((n for n in range(2, min(8, len(rest))) if rest[:n] in places), default=0)
    if longest:
        place, rest = rest[:longest], rest[longest:]
        if place[-1] in LEVELS and len(place) > 2:
            level = place[-1]
        found.append((place, level, rest))
    for _ in range(2):
        if len(rest) > 2 and rest[0] in LEVELS:
            level, rest = level or rest[0], rest[1:]
            found.append((place, level, rest))
    national = _NATIONAL.sub("", rest)
    if national != rest and not place:
        found.append(("", NATION, national))
    seat = _SEAT.sub("", rest)
    if seat != rest:
        found.append((place, level, seat))
    return found


def _kinds(stem: str) -> Iterator[tuple[str, str]]:
    """The ways to see a stem as field and kind of office: 国资监督·管理委员会 or 国资监督管理·委员会."""
    for ending, kind in _ENDINGS.get(stem[-1:], ()):
        if stem.endswith(ending) and len(stem) > len(ending):
            yield stem[: -len(ending)], kind


def _kind(stem: str) -> tuple[str, str]:
    """The stem without the kind of office, and its class; the stem itself where there is none."""
    return next(_kinds(stem), (stem, ""))


def _fields(stem: str, lexicon: Lexicon) -> tuple[frozenset[str], str, str] | None:
    whole = lexicon.wholes.get(stem)
    if whole:
        return frozenset(whole.split("+")), "", ""
    for core, kind in _kinds(stem):
        if fields := segmented(core, lexicon):
            return fields, kind, ""
    section = None if stem.endswith(_BRANCHES) else _SECTION.match(stem)
    if section:
        parent, part = _fields(section[1], lexicon), _fields(section[2], lexicon)
        if parent is not None:
            return parent[0], parent[1], section[2] if part is not None or len(section[2]) > 2 else ""
    for core, kind in _kinds(stem):
        if fields := segmented(_GROUP.sub("", core), lexicon):
            return fields, kind, ""
    if stem in lexicon.alone:
        return segmented(stem, lexicon) or frozenset(), "", ""
    return _branch(stem, lexicon)


def _branch(stem: str, lexicon: Lexicon) -> tuple[frozenset[str], str, str] | None:
    """人民银行攀枝花中心支行 is 人民银行: a whole name, a place and the word for a branch."""
    if not stem.endswith(_BRANCHES):
        return None
    tail = next(ending for ending in _BRANCHES if stem.endswith(ending))
    for length in range(len(stem) - 2, 1, -1):
        front = stem[:length]
        key = lexicon.wholes.get(front + tail) or lexicon.wholes.get(front) or lexicon.national.get(front)
        key = key or (lexicon.atoms.get(front) if len(front) > 2 or tail == "分局" else None)
        if key:
            return frozenset(key.split("+")), "", ""
        core, kind = _kind(front)
        if kind == "局" and segmented(core, lexicon):
            return segmented(core, lexicon), kind, ""
    return None


def segmented(core: str, lexicon: Lexicon) -> frozenset[str]:
    """The fields that `core` is made of, the longest spellings first; empty when something is left over."""
    if not core or core[0] in _JOINTS:
        return frozenset()
    found = _segments(core, lexicon)
    return frozenset(part for key in found for part in key.split("+")) if found else frozenset()


def strange_fields(words: str, lexicon: Lexicon, places: frozenset[str]) -> frozenset[str]:
    """The parts of a printed name's field that no table knows: 港航 in 市交通运输和港航局, the office's own words."""
    name = taken_apart(words, lexicon, places)
    core, kind = _kind(name.stem)
    if name.known or not kind or len(core) < 2:
        return frozenset()
    rest, at, parts = "", 0, []
    while at < len(core):
        length = next((n for n in range(len(core) - at, 1, -1) if core[at : at + n] in lexicon.atoms), 0)
        if length or core[at] in _JOINTS:
            parts.append(rest)
            rest = ""
        else:
            rest += core[at]
        at += length or 1
    return frozenset(part for part in (*parts, rest) if len(part) > 1) or frozenset({core})


def _segments(core: str, lexicon: Lexicon) -> list[str]:
    for length in range(len(core), 0, -1):
        key = lexicon.atoms.get(core[:length])
        if key is None:
            continue
        rest = core[length:].lstrip(_JOINTS)
        if not rest:
            return [key]
        more = _segments(rest, lexicon)
        if more:
            return [key, *more]
    return []
