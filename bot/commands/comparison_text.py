"""A comparison for the terminal: two documents side by side, as wide as the window."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.commands.ruled import Words, paragraph, ruled
from bot.contrast import Line, Part, parts_of
from handlers import wording_comparison as said
from knowledge.comparison import Comparison, Fate, Fragment

NARROWEST, WIDEST = 60, 160
_LEGEND = "【】里是两边不同的地方。"
_COLOURS = {Fate.KEPT: "", Fate.STRUCK: "red", Fate.ADDED: "green"}


def comparison_text(
    comparison: Comparison, width: int, *, colours: bool = False, whole: bool = False, carried: bool = True
) -> str:
    """The whole comparison in lines of at most `width` columns, a Chinese character being two.

    `whole` shows all words of what was carried over, `carried` whether it is shown at all.
    """
    width = max(NARROWEST, min(WIDEST, width))
    parts = [part for part in parts_of(comparison, whole=whole) if carried or not part.equal]
    lines = [line for text in head(comparison, parts) for line in paragraph(text, width)]
    for part in parts:
        lines += ["", part.title, *_table(part, comparison, width, colours)]
    return "\n".join(lines)


def head(comparison: Comparison, parts: Sequence[Part]) -> Iterator[str]:
    """What stands above the tables."""
    for label, document in zip(
        said.labels(comparison.old, comparison.new), (comparison.old, comparison.new), strict=True
    ):
        yield f"{label}：《{document.title}》（{document.source}）"
    yield said.summary(comparison)
    if renamed := said.renamed(comparison):
        yield renamed
    if any(one.fate is not Fate.KEPT for part in parts for line in part.lines for one in (*line.old, *line.new)):
        yield _LEGEND


def _table(part: Part, comparison: Comparison, width: int, colours: bool) -> Iterator[str]:
    old, new = said.labels(comparison.old, comparison.new)
    sides = [any(line.old for line in part.lines) and not part.equal, any(line.new for line in part.lines)]
    changes = all(sides) or part.equal
    titles = [label for label, shown in zip((old, new), sides, strict=True) if shown] + ["变化"] * changes
    rows = [[[Words(title)] for title in titles]]
    rows += [_row(line, sides, changes, part.equal) for line in part.lines]
    yield from ruled(rows, _widths(sum(sides), changes, width), colours=colours)


def _widths(sides: int, changes: bool, width: int) -> list[int]:
    """The width of each column's text: the changes get a quarter, the sides the same each."""
    room = width - 3 * (sides + changes) - 1
    change = room // 4 if changes else 0
    side, left = divmod(room - change, sides)
    return [side] * sides + [change + left] * changes


def _row(line: Line, sides: Sequence[bool], changes: bool, equal: bool) -> list[list[Words]]:
    numbers = list(line.numbers)
    if equal and numbers[0] != numbers[1]:
        numbers[1] += f"（原{numbers[0]}）"
    cells = zip(numbers, (line.old, line.new), sides, strict=True)
    shown = [_cell(number, side) for number, side, wanted in cells if wanted]
    return [*shown, *([[Words("\n".join(line.changes))]] if changes else [])]


def _cell(number: str, side: Sequence[Fragment]) -> list[Words]:
    """One cell with its number before it; what differs stands in 【】, and in colour where there is any."""
    words = [Words(one.text if one.fate is Fate.KEPT else f"【{one.text}】", _COLOURS[one.fate]) for one in side]
    return [Words(f"{number}. "), *words] if number and "、" not in number else words
