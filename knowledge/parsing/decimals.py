"""Outlines counted in decimals throughout (2 → 2.1 → 2.1.1): how deep each number stands, which its style alone cannot tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from knowledge.parsing.brackets import last_bracket
from knowledge.parsing.duties import states_duties
from knowledge.parsing.label_lines import inline_labels, is_label_line
from knowledge.parsing.lines import Line
from knowledge.parsing.outline import Numbered, is_heading, numbered

_DECIMAL = re.compile(r"\d{1,3}(?:[.．]\d{1,2})*")
_WHOLE = re.compile(r"(?P<n>\d{1,2})[.．、]?\s*(?=[\u3400-\u9fff])")
_ITEMS, _DEEPEST = 3, 5


def decimal_outline(lines: Sequence[Line]) -> Mapping[int, Numbered]:
    """Line index → its number with the level at which it stands: items on the third, what is above and below them around it.

    Empty where no number heads another one (2.1 right below 2). A whole number needs no stop there (2自评阶段).
    """
    counted = list(_counted(lines))
    heads = [
        len(above)
        for (line, cut, above), (_, _, below) in pairwise(counted)
        if below == (*above, 1) and _heads(line, cut)
    ]
    if not heads:
        return {}
    items = min(max(heads) + 1, _ITEMS)
    return {
        line.index: replace(cut, level=min(max(_ITEMS + len(parts) - items, 1), _DEEPEST))
        for line, cut, parts in counted
    }


def _counted(lines: Sequence[Line]) -> Iterator[tuple[Line, Numbered, tuple[int, ...]]]:
    """The lines that begin with a decimal, and its parts; a whole number without its stop has to follow upon the last."""
    last = 0
    for line in lines:
        cut = numbered(line.text)
        if not (cut.level == _ITEMS and _DECIMAL.fullmatch(cut.printed)):
            m = _WHOLE.match(line.text)
            if m is None or int(m["n"]) != last + 1 or not is_heading(rest := line.text[m.end() :]):
                continue
            cut = Numbered(_ITEMS, m["n"], int(m["n"]), rest)
        if is_label_line(cut.rest):
            continue
        parts = tuple(map(int, re.split(r"[.．]", cut.printed)))
        last = parts[0]
        yield line, cut, parts


def _heads(line: Line, cut: Numbered) -> bool:
    """Whether a line only names what is counted below it."""
    stated = inline_labels(line.text) or states_duties(last_bracket(line.text))
    return is_heading(cut.rest) and not cut.rest.endswith(("。", "：", ":")) and not stated
