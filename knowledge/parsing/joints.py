"""Where a blank or a line break inside a list of units parts two names, and where it only tears one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from knowledge.parsing.known import is_known
from knowledge.parsing.unit_form import is_collective, is_unit
from knowledge.parsing.words import STRONG_END

_SEPARATORS = re.compile(r"[、，,；;/／|。：:】\]]")
_ACTS = re.compile(r"牵头|负责|配合|落实|按职责|按照|分工|等(?=部门|相关|有关|单位|$)")
_NEXT = re.compile(
    r"(?:局|委|办|部|厅|中心|院|会|室|社(?!区)|公司|政府|科|处|队|所|站|集团)(?=[市县区州省盟旗][^场容域政区县、直级委属]|各|国家|国网|中国|人民银行)"
)
# What a bureau has below it; not what names its own bureau (生态环境局东山分局).
_BRANCH = re.compile(r"^(?!武警|消防救援|海警|民兵|[^局]*局.)[^市县区州省各].{0,8}(?:大队|支队|中队|总队|分局)$")
_CLOSING = re.compile(
    r"(?:股份|集团)?(?:有限|责任|有限责任)公司$|(?:分|总|集团)公司$|管委会$|委员会$|办公室$|人民政府$|办事处$|居委会$|村委会$"
)
_OWNER = re.compile(r"(?:局|委|委员会|政府|办公室|中心|队)$")
_OWN_OFFICE = ("办公室", "综合办公室", "党政办公室", "党委办公室")
_DEPARTMENT = re.compile(r"(?:局|部|处|科|室|中心|公司|站|所|队)$")
_TOWN = re.compile(r"(?:镇|乡|村|街道|社区|办事处)$")
_HIGHER = re.compile(
    r"[县区州省旗盟](?!域)|市(?![场容政])"
)  # no town's office is named after the county behind its own name
_PLACE_ALONE = re.compile(r"[市县区州省盟旗]")  # …、县 ⏎ 教育局
_NAME = re.compile(r"[\u3400-\u9fff（()）]{2,16}")
_BEGINS = re.compile(r"(?:[市县区州省盟旗国中各]|人民银行).{1,9}$")
_ONLY_END = re.compile(r"局(?!属|机关|[办党])")  # 县公安 ⏎ 局交通管理大队: no name begins so
_HEADS_OF_NAMES = frozenset(("国网", "南方电网"))  # no unit by itself: 国网 ⏎ 甲县供电公司
_LONGEST = 10
_LONGEST_NAME = 24
_KNOWN, _STRONG, _WEAK, _NONE, _GLUED = 0.0, 1.0, 2.0, 6.0, 4.0
_PER_JOINT, _CLOSE = 0.1, 0.75


def mended(text: str) -> str:
    """Blanks and line breaks taken out of names and words; where whole names stand on both sides they become 、."""
    words = text.split()
    if len(words) < 2:
        return words[0] if words else ""
    parts = _parts_at(words)
    return words[0] + "".join(("、" if part else "") + word for word, part in zip(words[1:], parts, strict=True))


def _parts_at(words: Sequence[str]) -> list[bool]:
    """For each gap between two words whether it parts names."""
    pieces = [_SEPARATORS.split(word) for word in words]
    out: list[bool] = []
    start = 0
    while start < len(words) - 1:
        end = start + 1
        while end < len(words) - 1 and len(pieces[end]) == 1 and end - start < _LONGEST:
            end += 1
        run = (pieces[start][-1], *(piece[0] for piece in pieces[start + 1 : end + 1]))
        full = [at for at, fragment in enumerate(run) if fragment]
        parted = dict(zip(full[1:], _best(tuple(run[at] for at in full)), strict=True)) if full else {}
        out += [parted.get(at, False) and bool(run[at - 1]) for at in range(1, len(run))]
        start = end
    return out


def unsure_gaps(text: str) -> list[tuple[str, str, bool]]:
    """The blanks and line breaks of a list of units that may as well be read the other way: left, right, whether it parts."""
    words = text.split()
    out: list[tuple[str, str, bool]] = []
    for left, right in pairwise(words):
        before, after = _SEPARATORS.split(left)[-1], _ACTS.split(_SEPARATORS.split(right)[0])[0]
        if not before or not after:
            continue
        if after in _OWN_OFFICE and _DEPARTMENT.search(before):  # 财务部 ⏎ 办公室: two offices, or the one of the other
            out.append((before, after, False))
            continue
        joined, parted = _whole((before, after)), _cost(before) + _cost(after) + _apart(before, after)
        if abs(joined - parted) < _CLOSE and max(joined, parted) < _NONE:
            out.append((before, after, parted < joined))
    return out


@lru_cache(maxsize=8192)
def is_glued(name: str) -> bool:
    """Whether a name holds the end of one unit and the beginning of another (市发改委市财政局)."""
    name = re.sub(r"纪委(?=[市县区州省旗盟]监委)", "", name)
    return not is_collective(name) and not name.startswith(("国家", "中国")) and bool(_NEXT.search(name[:-1]))


def unglued(name: str) -> list[str]:
    """The units that stand in `name` without anything between them, `name` alone where they are not all known."""
    if not is_glued(name):
        return [name]
    cuts = [0, *(m.end() for m in _NEXT.finditer(name)), len(name)]
    parts = [name[a:b] for a, b in pairwise(cuts) if a < b]
    return parts if all(is_known(part) or (is_collective(part) and is_unit(part)) for part in parts) else [name]


def goes_on(left: str, right: str) -> bool:
    """Whether a list of units that ends a line goes on in the next: behind a mark, or in the middle of a name."""
    if not left or not right:
        return False
    before, after = _SEPARATORS.split(left)[-1], _SEPARATORS.split(right)[0]
    if not before:
        return left[-1] in "、，," and _cost(after) < _NONE
    before, after = "".join(before.split()), "".join(after.split())
    if _PLACE_ALONE.fullmatch(before):
        return is_unit(before + after)
    if not _NAME.fullmatch(before) or (_cost(after) <= _STRONG and not _BEGINS.match(before)):
        return False
    return not _best((before, after))[0] and _cost(before + after) < _NONE and len(before + after) <= _LONGEST_NAME


@lru_cache(maxsize=4096)
def _best(run: tuple[str, ...]) -> tuple[bool, ...]:
    """The cheapest way to read fragments as names: for each gap whether it parts two of them."""
    best: list[tuple[float, tuple[bool, ...]]] = [(0.0, ())]
    for end in range(1, len(run) + 1):
        options = []
        for start in range(end):
            cost, gaps = best[start]
            whole = _whole(run[start:end])
            joined = gaps + ((True,) if start else ()) + (False,) * (end - start - 1)
            apart = _apart(run[start - 1], "".join(run[start:end])) if start else 0.0
            options.append((cost + whole + apart, joined))
        best.append(min(options))
    return best[-1][1]


def _whole(run: tuple[str, ...]) -> float:
    """What taking fragments for one name costs: most where whole names would be run together."""
    name = _ACTS.split("".join(run))[0]
    cost = _cost(name) + _PER_JOINT * (len(run) - 1)
    if len(run) == 1:
        return cost
    if any(
        _TOWN.search(left) and is_unit(left) and _HIGHER.match(right) and is_known(right)
        for left, right in pairwise(run)
    ):
        return cost + _STRONG + _GLUED
    if is_known(name):
        return cost - _STRONG
    glued = [
        right
        for left, right in pairwise(run)
        if is_unit(left) and is_unit(right) and len(left) > 2 and len(right) > 2
        and not (_BRANCH.match(right) and _OWNER.search(left)) and not STRONG_END.fullmatch(right) and not _ONLY_END.match(right)
        and not (is_collective(left) and right[0] not in "市县区州省盟旗各" and not _stands_alone(right))
    ]  # fmt: skip
    return cost + _GLUED * len(glued)


def _stands_alone(name: str) -> bool:
    """Whether a name is a unit by itself and not only the end of a collective one (各街镇 ⏎ 经济开发区)."""
    return (
        is_unit(name, strict=True)
        and not is_collective(name)
        and not _CLOSING.match(name)
        and len(name) > len("有关部门")
    )


def _apart(left: str, right: str) -> float:
    """What parting two fragments costs beside: a mark on either side, an act, a branch behind its bureau."""
    name = _ACTS.split(right)[0]
    if (
        not left
        or not name
        or name[0] in "）)"
        or _CLOSING.match(name)
        or (left[-1] in "社园发新范" and name[0] == "区")
        or _ONLY_END.match(name)
    ):
        return _NONE
    return _STRONG + _PER_JOINT if _BRANCH.match(name) and _OWNER.search(left) else 0.0


@lru_cache(maxsize=8192)
def _cost(words: str) -> float:
    """How unlike one unit's name `words` are; what a unit does may stand behind it."""
    name = _ACTS.split(words)[0]
    if not name:
        return _KNOWN
    if name in _HEADS_OF_NAMES:
        return _NONE
    if len(name) < 3 and not is_known(name):  # 各科, 划局
        return _WEAK if is_unit(name) else _NONE
    if "各" in name[1:] and not name.startswith("各"):
        at = name.find("各", 1)
        return _NONE if at > 5 or is_unit(name[:at]) else _STRONG
    if name.count("各") > 1:
        return _NONE
    glued = _GLUED if _NEXT.search(name[:-1]) and not name.startswith("国家税务") else 0.0
    if is_collective(name):
        return glued + (_STRONG if is_unit(name) else _NONE)
    if is_known(name):
        return _KNOWN
    if is_unit(name, True):
        return glued + (_STRONG if len(STRONG_END.sub("", name)) > 1 else _WEAK)
    return glued + (_WEAK if is_unit(name) else _NONE)
