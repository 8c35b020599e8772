"""Paragraphs that a page layout broke into lines of one width, as text taken from a PDF is: put together again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from knowledge.parsing.duties import labels_in
from knowledge.parsing.lines import Line, unblanked
from knowledge.parsing.names import is_clause, is_collective, is_unit, read_names
from knowledge.parsing.outline import numbered
from knowledge.parsing.phrases import deadline_like
from knowledge.parsing.prose import is_label_line

_ENDED = re.compile(r"[。！？；：:;!?]\s*$")
_LONGEST_REST, _LONGEST_PART = 60, 8
_STATED = re.compile(r"[。）)]$|牵头|负责|配合|落实|部门|单位")
_DATE_REST = re.compile(
    r"(?:\d{0,2}年?\d{0,2}月?\d{0,2}日?)?(?:[上中下]旬|底|末|年底|月底|年内)?(?:前|之前|以前)?(?:完成)?[。；;]?"
)
_COUNT = re.compile(r"(?:^|(?<=[。；]))\s*\d{1,2}[)）]")  # 1) is a number, no bracket that closes
_WIDEST = 110
_SHARE = 0.2
_AT_LEAST = 4
_NEARLY = 6  # half-width columns by which a full line may stay behind the widest one


def unwrapped(lines: Sequence[Line]) -> list[Line]:
    """`lines` with broken paragraphs joined, where the document is set in lines of one width; else as they are."""
    prose = [line for line in lines if not line.boxes]
    width = _width_of_page(prose)
    if not width:
        return _counted(_closed(lines))
    out: list[Line] = []
    full = False
    for line in lines:
        if full and out and not line.boxes and not _begins(line):
            out[-1] = _together(out[-1], line)
        else:
            out.append(line)
        full = _is_full(line, width)
    return _counted(_closed(out))


def _counted(lines: Sequence[Line]) -> list[Line]:
    return [replace(line, index=at) for at, line in enumerate(lines)]


def _together(line: Line, more: Line) -> Line:
    raw = f"{line.raw} {more.raw}"
    doubts = line.block.doubts + more.block.doubts
    block = replace(line.block, text=f"{line.block.text}{more.block.text.strip()}", doubts=doubts)
    return replace(line, raw=raw, text=unblanked(raw), block=block)


def _closed(lines: Sequence[Line]) -> list[Line]:
    """`lines` that end inside a bracket or behind a comma put together with the next one."""
    out: list[Line] = []
    for line in lines:
        last = out[-1] if out and not out[-1].boxes and not line.boxes else None
        broken = last and ((_open(last.text) > 0 > _open(line.text)) or last.text.endswith(("，", "、")))
        if last and (broken or _torn(last.text, line.text)) and not _begins(line):
            out[-1] = _together(last, line)
        else:
            out.append(line)
    return out


def _torn(label: str, rest: str) -> bool:
    """Whether a label line breaks off inside a unit's name or a date, or before its value, and goes on in `rest`."""
    marks = labels_in(label)
    if not marks or marks[0][0].start() or len(rest) > _LONGEST_REST:
        return False
    m, value = marks[-1]
    if m["when"]:
        return bool(_DATE_REST.fullmatch(rest)) if value else deadline_like(rest)
    if not (m["role"] or m["bare"]):
        return False
    before, after = re.split(r"[、，,；;]", value)[-1], re.split(r"[、，,；;。]", rest)[0]
    if not value:
        names = read_names(rest).units
        return bool(names) and all(is_unit(name, strict=not is_collective(name)) for name in names)
    return not is_unit(before) and not _STATED.search(before) and _completes(before, after)


def _completes(before: str, after: str) -> bool:
    """Whether two halves make one unit's name, with or without the words on what it does behind it."""
    core = re.split(r"牵头|负责|配合|落实|按职责|按照", after)[0]
    if is_unit(before + core, strict=True):
        return bool(core)
    return core == after and 0 < len(core) <= _LONGEST_PART and not is_unit(core) and not is_clause(core)


def _open(text: str) -> int:
    """How many brackets `text` leaves open; negative where it closes more than it opens."""
    return sum((char in "（(〔") - (char in "）)〕") for char in _COUNT.sub("", text))


def _width_of_page(prose: Sequence[Line]) -> int:
    """The width at which lines break, in half-width columns; 0 where paragraphs stand on lines of their own."""
    widths = sorted(_width(line.raw) for line in prose)
    if len(widths) < _AT_LEAST or widths[-1] > _WIDEST:
        return 0
    broken = sum(_is_full(line, widths[-1]) for line in prose)
    return widths[-1] if broken >= max(_AT_LEAST, _SHARE * len(prose)) else 0


def _is_full(line: Line, width: int) -> bool:
    return not line.boxes and _width(line.raw) >= width - _NEARLY and not _ENDED.search(line.raw)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _begins(line: Line) -> bool:
    """Whether a line opens a paragraph of its own: a number or a label stands at its head."""
    return numbered(line.text).level > 0 or is_label_line(line.text)
