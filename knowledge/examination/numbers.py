"""Numbers missing, doubled, wrong or out of order, each run of numbers by itself: a count that starts again is none.

A number counts as missing only where nothing between its neighbours prints it, in whatever style.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from knowledge.examination.finding import Finding, Severity, Spot
from knowledge.examination.specimen import Specimen, finding, short, whose
from knowledge.model import Assignment
from knowledge.parsing.furniture import attachments, is_furniture
from knowledge.parsing.lines import Line
from knowledge.parsing.outline import numbered, value_of
from knowledge.parsing.phrases import is_number

_CN = "零一二三四五六七八九"
_STOP_ONLY = re.compile(r"^[.．、]\s*(?=[\u3400-\u9fff“《])")
_WIDEST_GAP = 10
_LATEST_START = 3


@dataclass(frozen=True, slots=True)
class Numeral:
    """One printed number: its style, its worth, and where it stands."""

    style: str
    value: int
    printed: str
    at: Spot
    index: int


@dataclass(slots=True)
class _Outline:
    """The runs of numbers open at one place of a text: the styles from the outside in, and the latest run of each."""

    open: list[str] = field(default_factory=list)
    runs: dict[str, list[Numeral]] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)


def runs(specimen: Specimen) -> list[list[Numeral]]:
    """The runs of numbers of the text, then those of the tables."""
    return [*_runs_of_text(specimen), *_runs_of_tables(specimen)]


def numbers(specimen: Specimen) -> Iterator[Finding]:
    """What is wrong with the numbers of headings, paragraphs and rows."""
    for run in runs(specimen):
        yield from _faults(run, specimen)


# ---------------------------------------------------------------- runs
def _runs_of_text(specimen: Specimen) -> list[list[Numeral]]:
    numerals = list(_numerals(specimen))
    outline, runs = _Outline(), []
    for at, numeral in enumerate(numerals):
        later = next((n.value for n in numerals[at + 1 :] if n.style == numeral.style), None)
        if _begins(outline, numeral, later):
            outline.runs[numeral.style] = [numeral]
            runs.append(outline.runs[numeral.style])
        else:
            outline.runs[numeral.style].append(numeral)
        outline.closed.discard(numeral.style)
    return runs


def _begins(outline: _Outline, numeral: Numeral, later: int | None) -> bool:
    """Whether `numeral` starts a run; the outline is brought to its place on the way."""
    style = numeral.style
    if style in outline.open:
        keep = outline.open.index(style) + 1
        outline.closed.update(outline.open[keep:])
        del outline.open[keep:]
    else:
        outline.open.append(style)
    run = outline.runs.get(style)
    if run is None:
        return True
    last = run[-1].value
    if numeral.value == 1:
        return later != last + 2  # 9, 1, 11: a digit was lost, nothing starts again
    return style in outline.closed and numeral.value <= last


def _numerals(specimen: Specimen) -> Iterator[Numeral]:
    lines = specimen.lines
    listed = {lines[at].index for at in attachments([line.text for line in lines])}
    for line in lines:
        if line.boxes or line.index in listed or is_furniture(line.text):
            continue
        cut = numbered(line.text)
        style, value = _style(cut.level, cut.printed)
        if style and value is not None:
            spot = specimen.spot(line, short(line.text, 40))
            yield Numeral(style, value, cut.printed, spot, line.index)


def _style(level: int, printed: str) -> tuple[str, int | None]:
    """The style of a number and its value in it; no style for what is not counted (一是) or only looks like a number."""
    if not level or printed.endswith("是"):
        return "", None
    if printed.isascii() and printed.isdecimal():
        return f"{level} 1", int(printed)
    if m := re.fullmatch(r"((?:\d+[.．])+)(\d+)", printed):
        return f"{level} {m[1]}", int(m[2])
    shape = re.sub(r"[一二三四五六七八九十百〇零壹贰叁肆伍陆柒捌玖拾]+", "一", re.sub(r"\d+", "1", printed))
    return f"{level} {'①' if level == 5 else shape}", value_of(printed)


def _runs_of_tables(specimen: Specimen) -> list[list[Numeral]]:
    runs: list[list[Numeral]] = []
    sheet: str | None = None
    for numeral, where in _cells(specimen):
        last = runs[-1][-1] if runs else None
        if last is None or numeral.value == 1 or where != sheet or numeral.style != last.style:
            runs.append([])
            sheet = where
        runs[-1].append(numeral)
    return runs


def _cells(specimen: Specimen) -> Iterator[tuple[Numeral, str | None]]:
    for assignment in specimen.numbered:
        line = specimen.line_of(assignment)
        printed = assignment.printed_number or ""
        style, value = _style(3, printed)
        if line is None or not line.boxes or value is None or not style or "-" in (assignment.number or ""):
            continue
        box = next((box for box in line.boxes if value_of(box.text.rstrip("、.．")) == value), None)
        if box is not None and box.merged:
            continue
        spot = Spot(assignment.place, whose(assignment), short(line.text.replace("\t", " "), 40))
        yield Numeral(style, value, printed, spot, line.index), line.place.sheet


# ---------------------------------------------------------------- faults
def _faults(run: Sequence[Numeral], specimen: Specimen) -> Iterator[Finding]:
    if not _counts(run):
        return
    if 1 < run[0].value <= _LATEST_START and len(run) > 1:
        yield from _gap(None, run[0], range(1, run[0].value), specimen)
    last, seen = run[0].value, {run[0].value: run[0]}
    for at, numeral in enumerate(run[1:], 1):
        value, expected = numeral.value, last + 1
        after = run[at + 1].value if at + 1 < len(run) else None
        if value == expected:
            last = value
        elif after == expected + 1:
            yield _misnumbered(numeral, expected, seen.get(value))
            last = expected
        elif value in seen:
            yield _doubled(numeral, seen[value])
        elif value < last:
            yield _disordered(numeral, run[at - 1])
        else:
            if value - expected < _WIDEST_GAP:
                yield from _gap(run[at - 1], numeral, range(expected, value), specimen)
            last = value
        seen.setdefault(value, numeral)


def _counts(run: Sequence[Numeral]) -> bool:
    """Whether a run is a count at all: proposals bear numbers too (第12号, 第35号), and they do not follow on each other."""
    steps = [b.value - a.value for a, b in pairwise(run)]
    ones = steps.count(1)
    return run[0].value <= _LATEST_START and (
        ones * 2 >= len(steps) or (ones > 0 and all(-1 <= step <= 2 for step in steps))
    )


def _misnumbered(numeral: Numeral, expected: int, first: Numeral | None) -> Finding:
    wanted = _printed_as(expected, numeral.printed)
    wrong = f"编号“{numeral.printed}”与前后不连续" + ("，与前面重复。" if first else "。")
    return finding(
        "number-wrong", Severity.MUST, numeral.at, wrong, f"按前后顺序应为“{wanted}”，请改正。",
        [first.at] if first else [],
    )  # fmt: skip


def _doubled(numeral: Numeral, first: Numeral) -> Finding:
    return finding(
        "number-doubled", Severity.MUST, numeral.at, f"编号“{numeral.printed}”出现了两次。",
        "请重新编号，并核对文中和附件里引用的项次。", [first.at],
    )  # fmt: skip


def _disordered(numeral: Numeral, before: Numeral) -> Finding:
    return finding(
        "number-order", Severity.MUST, numeral.at, f"编号“{numeral.printed}”排在“{before.printed}”之后，顺序颠倒。",
        "请核对是编号印错还是次序排错。", [before.at],
    )  # fmt: skip


def _gap(before: Numeral | None, after: Numeral, missing: range, specimen: Specimen) -> Iterator[Finding]:
    """Missing numbers, unless something between the neighbours prints them or has lost its number."""
    start = before.index if before else max(after.index - 3, -1)
    between = [line for line in specimen.lines if start <= line.index < after.index]
    absent = [n for n in missing if not any(_prints(line, n, after.printed) for line in between)]
    if not absent:
        return
    lost = [line for line in between if _STOP_ONLY.match(line.text)]
    unnumbered = [a for a in specimen.numbered if _lost_number(a) and start < specimen.index(a.place) < after.index]
    if len(lost) == len(absent):
        for line, value in zip(lost, absent, strict=True):
            spot = Spot(line.place, f"第{value}项", short(line.text, 40))
            yield _lost(spot, _printed_as(value, after.printed), "编号的数字缺失，只剩下后面的点。")
    elif len(unnumbered) == len(absent):
        for a, value in zip(unnumbered, absent, strict=True):
            spot = Spot(a.place, whose(a), short(a.original or a.text, 40))
            yield _lost(spot, _printed_as(value, after.printed), "此项没有编号，前后各项都有。")
    else:
        yield _missing(before, after, absent)


def _lost_number(assignment: Assignment) -> bool:
    return any(doubt.code == "number-missing" for doubt in assignment.doubts)


def _lost(spot: Spot, wanted: str, wrong: str) -> Finding:
    return finding("number-lost", Severity.MUST, spot, wrong, f"按前后顺序应为“{wanted}”，请补上。")


def _missing(before: Numeral | None, after: Numeral, absent: Sequence[int]) -> Finding:
    words = "、".join(f"“{_printed_as(n, after.printed)}”" for n in absent)
    wrong = f"编号从“{before.printed}”跳到“{after.printed}”" if before else f"编号从“{after.printed}”开始"
    return finding(
        "number-missing", Severity.ASK, after.at, f"{wrong}，没有{words}。",
        "请核对是漏印了内容还是编错了号；如系有意删去，请重新编号。", [before.at] if before else [],
    )  # fmt: skip


def _prints(line: Line, value: int, printed: str) -> bool:
    """Whether a line prints the number, at its head in whatever style or inside in the style of `printed`."""
    if line.boxes:
        return any(is_number(box.text) and value_of(box.text.rstrip("、.．")) == value for box in line.boxes)
    wanted = _printed_as(value, printed)
    text = line.text
    if re.match(rf"[（(第]?\s*(?:{value}|{_chinese(value)})(?!\d)", text):
        return True
    tail = r"\s*[.．、]" if wanted[-1:].isdigit() or wanted[-1:] in "一二三四五六七八九十" else ""
    inside = re.escape(wanted).replace("（", "[（(]").replace("）", "[）)]")
    return re.search(rf"(?<![\d一二三四五六七八九十第]){inside}{tail}", text) is not None


def _printed_as(value: int, like: str) -> str:
    """`value` printed in the style of another number: 4 like （三） is （四）."""
    if "①" <= like[:1] <= "⑳":
        return chr(ord("①") + value - 1) if value <= 20 else str(value)
    if m := re.fullmatch(r"((?:\d+[.．])+)\d+", like):
        return f"{m[1]}{value}"
    if re.search(r"\d", like):
        return re.sub(r"\d+", str(value), like, count=1)
    return re.sub(r"[一二三四五六七八九十百〇零壹贰叁肆伍陆柒捌玖拾]+", _chinese(value), like, count=1)


def _chinese(value: int) -> str:
    """1–99 in Chinese numerals."""
    if value > 99:
        return str(value)
    tens, ones = divmod(value, 10)
    head = "" if not tens else "十" if tens == 1 else _CN[tens] + "十"
    return head + (_CN[ones] if ones or not tens else "")
