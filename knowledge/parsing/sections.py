"""Rows of a table that say one thing across its columns: a section, a legend, a remark."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from knowledge.parsing.columns import Holds, Layout
from knowledge.parsing.lines import Box, Line
from knowledge.parsing.outline import is_heading, numbered
from knowledge.parsing.phrases import is_number

_REMARK = re.compile(r"(?:备注|说明|附注|注)[：:]")
_REMARKS = "备说附注"  # how one begins
_LETTER = re.compile(r"[（(]?(?:[A-Z]|[Ⅰ-Ⅻ]|第[一二三四五六七八九十]{1,2}[类章节]?)[）)]?[.．、]?")
_FIGURES = re.compile(r"[\d.,，%％/—-]+")
_COUNT = re.compile(r"[（(]\s*(?:共|计)?\s*\d+\s*[项个条件][）)]$")
CHINESE = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)]?、?")


def _differ(one: str, two: str, three: str) -> bool:
    return bool(one and two and three) and one != two != three != one


def _without_sums(boxes: Sequence[Box]) -> Sequence[Box]:
    """The cells of a row that counts what stands below it (一, 产业项目（2个）, 146000, 52000) without its figures."""
    front, rest = boxes[:2], [box.text for box in boxes[2:] if box.text]
    if not rest or len(front) < 2 or not all(map(_FIGURES.fullmatch, rest)):
        return boxes
    counts = CHINESE.fullmatch(front[0].text) or _LETTER.fullmatch(front[0].text)
    return front if front[1].text and (counts or (not front[0].text and _COUNT.search(front[1].text))) else boxes


def words_across(row: Line) -> str | None:
    """What a row says across its columns (a section, a legend, a remark), None for an ordinary row.

    A Chinese numeral in front of a single text is a section too: the items of such a table are counted 1, 2, 3.
    """
    boxes: Sequence[Box] = row.boxes
    if boxes and boxes[0].text[:1] in _REMARKS and _REMARK.match(boxes[0].text):
        return "".join(dict.fromkeys([box.text for box in boxes]))  # cut at the columns where it was recognised
    apart = len(boxes) > 2 and _differ(boxes[0].text, boxes[1].text, boxes[2].text)
    if apart and not _FIGURES.fullmatch(boxes[2].text):
        return None
    boxes = _without_sums(boxes)
    if apart and len(boxes) > 2:
        return None
    filled = [box for box in boxes if box.text]
    texts = list(dict.fromkeys([box.text for box in filled]))
    if len(texts) > 2:
        return None
    if len(texts) == 1 and (len(filled) > 1 or len(boxes) < 3 or filled[0] is boxes[0]):
        return texts[0]
    if len(texts) == 2 and is_number(texts[0]) and _is_one_cell(boxes[1:]) and is_heading(texts[1]):
        return f"{texts[0].rstrip('、.．')}、{texts[1]}"
    coded = len(texts) == 2 and _LETTER.fullmatch(texts[0]) and len(filled) > 2 and filled[-1].merged
    if len(texts) == 2 and (coded or CHINESE.fullmatch(texts[0])) and len(texts[1]) <= 40 and "。" not in texts[1]:
        return f"{texts[0].rstrip('、')}、{texts[1]}" if not texts[0].endswith(("）", ")")) else "".join(texts)
    return None


def _is_one_cell(boxes: Sequence[Box]) -> bool:
    """Whether several boxes are one cell that goes across their columns."""
    froms = {box.cell.merged_from for box in boxes[1:]}
    return len(boxes) > 2 and froms == {boxes[0].cell.place}


def heading_rows(rows: Sequence[Line], layout: Layout) -> frozenset[int]:
    """The indices of rows that only head those below: 2 above 2.1, or above （1） without a number, nothing beside its name."""
    at = layout.first(Holds.NUMBER)
    if at is None:
        return frozenset()
    return frozenset(row.index for row, below in pairwise(rows) if _heads(row, below, at))


def _heads(row: Line, below: Line, at: int) -> bool:
    if at >= min(len(row.boxes), len(below.boxes)) or not row.boxes[at].text:
        return False
    number, under = row.boxes[at].text.rstrip("、.．"), below.boxes[at].text
    if under and not under.startswith(number):
        return False
    filled = [box.text for box in row.boxes if box.text]
    if len(filled) != 2:
        return False
    if under:
        return row.boxes[at].text == filled[0] and re.match(rf"{re.escape(number)}[.．-]\d", under) is not None
    texts = [box.text for box in below.boxes if box.text]
    return len(texts) > 2 and numbered(texts[0]).level in (4, 5) and numbered(texts[0]).value == 1


_SIGNED = re.compile(r"[\u3400-\u9fff]{2,6}[：:].{0,20}")
_FILLED_IN = re.compile(
    r"(?:审[核批定签]|填[报表写]|制[表单]|签[发字收]|报送|上报|统计|更新|编制|负责人|联系|电话|日期|时间)\S{0,4}[：:]"
)


def is_signed(row: Line) -> bool:
    """Whether a row only says who filled a table in, who looked it over, and when (审核：…, 填表：…, 日期：…)."""
    if row.boxes and row.boxes[-1].text and not _SIGNED.fullmatch(row.boxes[-1].text):
        return False  # at once: so is nearly every row
    texts = [box.text for box in row.boxes if box.text]
    return all(map(_SIGNED.fullmatch, texts)) and len(set(texts)) > 1 and all(map(_FILLED_IN.match, texts))


def is_section(text: str) -> bool:
    """Whether words across a table name a section of it: short, no remark and no sentence."""
    return len(text) <= 60 and not _REMARK.match(text) and "。" not in text.rstrip("。")


def sections_under(above: tuple[str, ...], text: str) -> tuple[str, ...]:
    """The sections in force below a section row `text`, those `above` it kept where their numbers stand higher."""
    level = numbered(text).level
    if level <= 1 or not above:
        return (text,)
    kept = tuple(s for s in above if 0 < numbered(s).level < level)
    return (*kept, text)
