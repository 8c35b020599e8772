"""Rows of a table that the end of a page cut in two, and left without a number on the next one."""

from __future__ import annotations

import re

from knowledge.model import Doubt
from knowledge.parsing.columns import Holds, Layout
from knowledge.parsing.found import Found
from knowledge.parsing.lines import Line
from knowledge.parsing.rows import Shape

_ONWARDS = re.compile(r"[并及和且、，；以]")


def is_cut_off(last: Found, line: Line, shape: Shape, layout: Layout) -> bool:
    """Whether a row without a number is the rest of the numbered one above, `last`."""
    if (
        not last.printed
        or shape.number is not None
        or layout.first(Holds.NUMBER) is None
        or shape.times
        or shape.stages
    ):
        return False
    if len(shape.texts) != 1 or shape.texts != shape.words or last.text.endswith(("。", "；")):
        return False
    own = line.boxes[shape.texts[0]]
    return not own.merged and (not shape.units or _ONWARDS.match(own.text) is not None)


def longer(last: Found, made: Found) -> Found:
    """`last` with the words of `made`, its rest, behind its own; that is a doubt."""
    said = f"“{made.text[:30]}”这一行没有编号，接在上一行“{last.text[-12:]}”后面登记，请核对。"
    doubt = Doubt("cells-joined", said, made.place, made.text, f"{last.text}{made.text}")
    return last._replace(text=last.text + made.text, doubts=(*last.doubts, doubt))
