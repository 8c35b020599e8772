"""职成科, 招考中心, 供电局: short names that no table has, read as characters of a printed name in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from knowledge.patterns import regex

_ENDINGS = "管理中心|服务中心|指挥部|中心|公司|集团|大队|支队|工委|党委|纪委|银行|医院|学校|分局|局|科|处|站|所|院|社|会|馆|队|办|街道|镇|乡|新区|园区|开发区|高新区"
_ENDED = regex(rf"(?P<ending>{_ENDINGS})(?![长员里])")
_APART = regex(r"[\W\x00-\xff]")
# 新港街道 is 新港街道办事处.
_SEATS = frozenset({"办事处", "人民政府", "政府", "管委会", "管理委员会", "党工委", "党委"})
# A short name has so many characters before its ending.
_FEWEST, _MOST = 2, 5


def shortened(words: str, printed: Iterable[str]) -> tuple[str, ...]:
    """The printed names that `words` is short for; none where several are equally near.

    Those that end in the very words come before those in which the characters only stand in order.
    """
    ending = next((one["ending"] for one in _ENDED.finditer(words) if one.end() == len(words)), "")
    stem = words[: len(words) - len(ending)]
    if not ending or not stem:
        return ()
    names, ending_so = _ending(tuple(printed), ending)
    alike = [name for name in ending_so if name != words]
    whole = [name for name in alike if name.endswith(words)] or [
        words + seat for seat in _SEATS if words + seat in names
    ]
    if whole:
        return tuple(whole) if len(whole) == 1 else ()
    if len(stem) < _FEWEST:
        return ()
    loose = [name for name in alike if stem[0] in name and _in_order(stem, name[: len(name) - len(ending)])]
    return tuple(loose) if len(loose) == 1 else ()


# The printed names are the same from question to question, and each of a few endings is asked for.
@lru_cache(maxsize=128)
def _ending(printed: tuple[str, ...], ending: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """The printed names, and those that end so."""
    return frozenset(printed), tuple(name for name in printed if name.endswith(ending))


def _in_order(few: str, many: str) -> bool:
    """Whether the characters of `few` stand in `many` in this order, none of them lost."""
    rest = iter(many)
    return all(sign in rest for sign in few)


def short_names(text: str, printed: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """Where a short name stands in `text` and the printed name that it means, the longest at each place."""
    names = tuple(printed)
    for found in _ENDED.finditer(text):
        for length in range(_MOST, _FEWEST - 1, -1):
            start = found.start() - length
            if start < 0 or _APART.search(text[start : found.end()]):
                continue
            meant = shortened(text[start : found.end()], names)
            if meant:
                yield start, found.end(), meant[0]
                break
