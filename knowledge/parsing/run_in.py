"""Lines that went astray: counted paragraphs put behind each other (1.…。2.…。), and times broken over two lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from knowledge.parsing.furniture import is_page_mark
from knowledge.parsing.habits import is_bare_owner
from knowledge.parsing.lines import Line, renumbered, unblanked
from knowledge.parsing.outline import value_of
from knowledge.reading.lines import columns
from knowledge.reading.openings import begins, begins_label, ended

_CN = "一二三四五六七八九十"
_NUMBER = (
    rf"(?:(?P<digit>\d{{1,2}})[.．、](?!\d)|(?P<section>[{_CN}]{{1,3}})、|[（(]\s*(?P<part>[{_CN}]{{1,3}})\s*[）)]"
    r"|[（(]\s*(?P<point>\d{1,2})\s*[）)])\s*(?=[\u3400-\u9fff“《])"
)
_STYLES = ("digit", "section", "part", "point")
_HEAD = re.compile(rf"\s*{_NUMBER}")
_INSIDE = re.compile(rf"(?<=[。；;！])\s*{_NUMBER}")
_NAMED = re.compile(r"\s*【[^【】]{2,16}】\s*$")
_NAMED_BEHIND = re.compile(r"(?<=[。；;！])\s*【[^【】]{2,16}】\s*$")
# 市农业农村 ⏎ 局配合
_NAME_END = re.compile(
    r"(?:分局|支队|大队|中心|办公室|委员会|管委会|[局委办院所站处室队厅部])(?:(?:共同|积极)?(?:牵头|负责|配合|参与|落实)|按职责|[、，；。）)])"
)
_GAP = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")  # between the cells of a table, maybe
_BULLET = re.compile(r"[-—–*·+]\s*\S")
_IN_WORDS = re.compile(r"[\u3400-\u9fff\d，、]$")
_OPEN_END = re.compile(r"(?:(?<!自)由|[和与及、的])$")
# Characters of a line that may have been broken by its width; of one that several others end with.
_NARROW, _WIDE = 20, 26
_OWNER_BEHIND = re.compile(r"(?<=[。；;])\s*(?P<name>[\u3400-\u9fff]{3,16})\s*$")  # …系统。县水利局 ⏎ 1.…
_FIRST = re.compile(r"\s*(?:1[.．、](?!\d)|[（(]\s*[1一]\s*[）)]|一、)")
_FEW = 3  # numbers that count on, so that what counts on behind the last of them is one more
_CUT_OFF = re.compile(
    r"(?<=\d)\|(?:\d?[日月](?![常程报])|\d{1,2}[日月]|号)|(?<=[年月])\|(?:\d{1,2}[日月]|[底初末]|[上中下]旬)|(?<=[日底旬月])\|(?:之|以)?前(?:[完办到，,。；;）)]|$)"
)


class _Mark(NamedTuple):
    """A number: the line it stands in, where it begins there, its value, and whether it opens the line."""

    line: int
    start: int
    value: int
    head: bool


def parted(lines: Sequence[Line]) -> list[Line]:
    """`lines` with broken times whole again, cut before each number that counts on from those that open other lines."""
    if sum(not line.boxes for line in lines) < _FEW:
        return list(lines)  # a table with its title
    lines = _whole(lines)
    plain = [(at, line.raw) for at, line in enumerate(lines) if not line.boxes]
    cuts: dict[int, set[int]] = {}
    if sum(_NAMED.match(raw) is not None for _, raw in plain) >= _FEW - 1:
        cuts = {at: {m.start()} for at, raw in plain if (m := _NAMED_BEHIND.search(raw))}
    for (at, raw), (_, below) in pairwise(plain):
        m = _OWNER_BEHIND.search(raw)
        if m and _FIRST.match(below) and is_bare_owner(m["name"]):
            cuts.setdefault(at, set()).add(m.start("name"))
    for style in _STYLES:
        for mark in _astray(_marks(lines, style)):
            cuts.setdefault(mark.line, set()).add(mark.start)
    if not any(cuts.values()):
        return list(lines)
    out = [piece for at, line in enumerate(lines) for piece in _pieces(line, sorted(cuts.get(at, ())))]
    return renumbered(out)


def _whole(lines: Sequence[Line]) -> Sequence[Line]:
    """`lines` with those together between which a time was broken (…，2026年7月21日 ⏎ 前完成。), without the numbers of pages."""
    out: list[Line] = []
    full, edge = _full_lines(lines), -1
    for line in lines:
        if not line.boxes and is_page_mark(line.text):
            continue
        last = out[-1] if out else None
        if (
            last is not None
            and not (last.boxes or line.boxes)
            and _is_broken(last.raw.rstrip(), line.raw.lstrip(), edge in full)
        ):
            in_time = _CUT_OFF.search(f"{last.raw.rstrip()[-2:]}|{line.raw.lstrip()[:4]}") is not None
            raw = last.raw + " " * (not in_time) + line.raw.lstrip()  # a blank in a name is told to its author
            out[-1] = replace(last, raw=raw, text=unblanked(raw), block=replace(last.block, text=raw))
        else:
            out.append(line)
        edge = line.index
    return lines if len(out) == len(lines) else renumbered(out)


def _full_lines(lines: Sequence[Line]) -> frozenset[int]:
    """The lines that go to the very edge of the page, where several do so and none goes further."""
    plain = [line for line in lines if not line.boxes and not _GAP.search(line.raw.strip())]
    out: frozenset[int] = frozenset()
    for width in (len, columns):
        widths = {line.index: width(line.raw.strip()) for line in plain}
        most = max(widths.values(), default=0)
        at_edge = frozenset(index for index, own in widths.items() if own == most)
        out |= at_edge if len(at_edge) > 1 else frozenset()
    return out


def _is_broken(text: str, rest: str, full: bool) -> bool:
    """Whether a line breaks inside a time, behind a word with which no paragraph ends (…，第5、6项由 ⏎ 甲局牵头。), or at the edge
    of the page in the midst of a sentence (`full`)."""
    if _CUT_OFF.search(f"{text[-2:]}|{rest[:4]}") or (len(text) >= _NARROW and _NAME_END.match(rest)):
        return True
    if len(text) < _NARROW or begins(rest) or begins_label(rest) or _BULLET.match(rest) or is_bare_owner(rest):
        return False
    return _OPEN_END.search(text) is not None or (
        full and len(text) >= _WIDE and not ended(text) and _IN_WORDS.search(text) is not None
    )


def _pieces(line: Line, cuts: Sequence[int]) -> Iterator[Line]:
    for start, end in zip([0, *cuts], [*cuts, len(line.raw)], strict=True):
        raw = line.raw[start:end].strip()
        if raw or not cuts:
            yield line if not cuts else replace(line, raw=raw, text=unblanked(raw), block=replace(line.block, text=raw))


def _marks(lines: Sequence[Line], style: str) -> list[_Mark]:
    """All numbers of one style in order."""
    out: list[_Mark] = []
    for at, line in enumerate(lines):
        if line.boxes:
            continue
        if (m := _HEAD.match(line.raw)) and m[style]:
            out.append(_Mark(at, 0, value_of(m[style]) or 0, True))
        out += [_Mark(at, m.start(), value_of(m[style]) or 0, False) for m in _INSIDE.finditer(line.raw) if m[style]]
    return out


def _astray(marks: Sequence[_Mark]) -> Iterator[_Mark]:
    """The numbers inside lines that belong to the count of those which open lines."""
    if not any(mark.head for mark in marks) or all(mark.head for mark in marks):
        return
    written = any(mark.head and mark.value > 1 for mark in marks)  # such numbers do open lines, and not only the first
    starts = [at for at, mark in enumerate(marks) if mark.head]
    for start, end in zip(starts, [*starts[1:], len(marks)], strict=True):
        head, inside = marks[start], marks[start + 1 : end]
        after = marks[end] if end < len(marks) and marks[end].value > 1 else None
        if [mark.value for mark in inside] != list(range(head.value + 1, head.value + 1 + len(inside))):
            continue
        apart = len({mark.line for mark in inside} - {head.line}) > 1  # 二、 and 三、 in different lines
        goes_on = after is not None and after.value == head.value + len(inside) + 1
        if goes_on or (after is None and (apart or (written and head.value + len(inside) >= _FEW - 1))):
            yield from inside
