"""Rows of a table that the end of a page cut in two, and left without a number on the next one."""

from __future__ import annotations

import re
from dataclasses import replace

from knowledge.model import Doubt
from knowledge.parsing.columns import Holds, Layout
from knowledge.parsing.found import Found
from knowledge.parsing.rows import Row

_ONWARDS = re.compile(r"[并及和且、，；以]")


def is_cut_off(last: Found, row: Row, layout: Layout) -> bool:
    """Whether a row without a number is the rest of the numbered one above, `last`."""
    if not last.printed or row.number or layout.first(Holds.NUMBER) is None or row.deadlines or row.stages:
        return False
    own = [box for at, box in row.words if layout.at(at).holds is Holds.TEXT]
    if len(own) != 1 or len(own) != len(row.words) or own[0].merged or last.text.endswith(("。", "；")):
        return False
    return not row.units or _ONWARDS.match(own[0].text) is not None


def longer(last: Found, made: Found) -> Found:
    """`last` with the words of `made`, its rest, behind its own; that is a doubt."""
    said = f"“{made.text[:30]}”这一行没有编号，接在上一行“{last.text[-12:]}”后面登记，请核对。"
    doubt = Doubt("cells-joined", said, made.place, made.text, f"{last.text}{made.text}")
    return replace(last, text=last.text + made.text, doubts=(*last.doubts, doubt))
