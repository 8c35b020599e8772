"""Unit names that the shipped lexicon knows by their field (应急管理, 人社) or as a whole (妇联)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from knowledge.lexicon import shipped

_PLACE = re.compile(
    r"^(?:[^市县区州省盟旗局委办室科处股所站社院校部厅会\W]{2,6}?(?:市|县|区|州|省|盟|旗)|[市县区州省盟旗])?(?:委(?=\S{2})|政府)?"
)
_KINDS = ("委员会", "办公室", "管理局", "管理中心", "分局", "中心", "部门", "局", "委", "办", "厅", "部", "站", "所")
_KIND = re.compile(rf"(?:{'|'.join(_KINDS)})$")
_LEAST = 4


@cache
def _fields() -> dict[int, frozenset[str]]:
    """The wordings of all fields by their length."""
    words: dict[int, set[str]] = {}
    for word in shipped().atoms:
        words.setdefault(len(word), set()).add(word)
    return {length: frozenset(found) for length, found in words.items()}


@lru_cache(maxsize=8192)
def is_known(name: str, composed: bool = True) -> bool:
    """Whether the lexicon knows what an office called `name` does, whatever place it belongs to.

    `composed` allows two fields behind each other (教育体育局).
    """
    for stem in _stems(name):
        if stem in shipped().wholes or any(
            _is_field(stem[: -len(kind)], composed) for kind in _KINDS if stem.endswith(kind)
        ):
            return True
    return False


def _is_field(core: str, composed: bool) -> bool:
    """Whether `core` is one wording of a field, or two of them behind each other (教育体育)."""
    fields = shipped().atoms
    return core in fields or (
        composed and any(core[:at] in fields and core[at:] in fields for at in range(2, len(core) - 1))
    )


def _stems(name: str) -> Iterator[str]:
    """`name`, then without its place."""
    yield name
    place = _PLACE.match(name)
    if place and place.end():
        yield name[place.end() :]
    if name[:1] in "市县区州省盟旗":
        yield name[1:]


@lru_cache(maxsize=4096)
def slip_of(name: str) -> str | None:
    """The known name from which `name` differs in one character of its field (应急管埋局 → 应急管理局), None without one."""
    if is_known(name):
        return None
    for stem in _stems(name):
        core = _KIND.sub("", stem)
        if core == stem or len(core) < _LEAST or not stem.endswith(("局", "委", "厅", "委员会")):
            continue
        near = [word for word in _fields().get(len(core), ()) if is_slip(core, word)]
        if len(near) == 1:
            return name.replace(core, near[0])
    return None


_APART = re.compile(r"[市县区州省盟旗镇乡村东西南北中上下前后左右内外新老旧大小一二三四五六七八九十甲乙丙丁\d]")


def is_slip(name: str, other: str) -> bool:
    """Whether two names of one length differ in a single character that tells nothing (no numeral, no direction)."""
    differing = [(a, b) for a, b in zip(name, other, strict=False) if a != b]
    return len(name) == len(other) and len(differing) == 1 and not any(map(_APART.match, differing[0]))
