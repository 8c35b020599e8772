"""What a cell is by its content alone, whatever column it stands in."""

from __future__ import annotations

import re
from functools import lru_cache

from knowledge.deadlines import read
from knowledge.model import DeadlineKind
from knowledge.parsing.duties import opens_with_label
from knowledge.parsing.groups import groups_of
from knowledge.parsing.lines import Box, Line
from knowledge.parsing.marked import is_marked, unmarked
from knowledge.parsing.names import is_unit, read_names
from knowledge.parsing.phrases import Content, deadline_like, is_nothing, is_number
from knowledge.parsing.words import STRONG_ENDINGS, WEAK_ENDINGS

_LONGEST_TIME, _DIGITS = 32, 5
_QUANTITY = re.compile(
    r"\d\s*(?:[万亿%％项家人户亩吨次条座所公千米平]|个(?!部门|单位|成员|县|区|乡|镇|街|市|科|处)|以上)"
)
_DATE_FIRST = re.compile(r"^(?:于|在)?(?:20\d\d年|\d{1,2}月|每)[^，。]{0,12}(?:前|底|内|完成)")


def content_of(box: Box) -> Content:
    """What a cell is by its content alone."""
    return _content(box.text, box.raw)


def contents_of(line: Line) -> tuple[Content, ...]:
    """What each cell of a row is by its content alone."""
    return tuple([_content(box.text, box.raw) for box in line.boxes])


@lru_cache(maxsize=8192)
def _content(text: str, raw: str) -> Content:
    if is_nothing(text):
        return Content.EMPTY
    if is_count(text):
        return Content.NUMBER
    if is_deadline(text):
        return Content.DEADLINE
    return Content.UNITS if is_unit_cell(raw) else Content.TEXT


def is_count(text: str) -> bool:
    """Whether a cell counts its row, and does nothing else."""
    return (text.isascii() and text.isdecimal() and len(text) < _DIGITS) or is_number(text)


def is_deadline(text: str) -> bool:
    """Whether a cell that counts nothing is built like a deadline."""
    if len(text) > _LONGEST_TIME or not deadline_like(text):
        return False
    return (
        len(text) <= 13
        or (len(text) <= 20 and bool(re.search(r"(?:前|底|内|完成)$", text)))
        or bool(_DATE_FIRST.match(text))
    )


def is_unit_cell(raw: str) -> bool:
    """Whether a cell is a list of units, with or without role words: every name is built like a unit's."""
    if opens_with_label(raw):
        return True
    if len(raw) > 400 or not _ends_like_units(raw) or _SENTENCES.search(raw) or _QUANTITY.search(raw):
        return False
    groups = groups_of(unmarked(raw))
    names = [name for group in groups for name in read_names(group.words).units]
    if not names or not all(is_unit(name) for name in names):
        return False
    if raw.rstrip().endswith("。") and not any(group.role for group in groups):
        return False
    return any(is_unit(name, strict=True) for name in names) or any(group.role for group in groups) or is_marked(raw)


_SENTENCES = re.compile(r"[。！？]\S")
_ENDS = (*STRONG_ENDINGS, *WEAK_ENDINGS, *"县市区州盟旗镇乡街村所构体")
_OTHER_ENDS = re.compile(
    r"[）)\]〕]$|等|牵头|主[责办抓]|负总?责|落实|实施|推进|办理|执行|承|完成|组织|推动|配合|协[办助同]|参[与加]|支持|会|商|联合"
)


def _ends_like_units(raw: str) -> bool:
    """False where the last name cannot be one: neither an ending of units nor anything that may stand behind one."""
    last = raw.rstrip(" \t\n\u3000\xa0。．.：:；;，,、-—·•|/／和及与或")
    return last.endswith(_ENDS) or _OTHER_ENDS.search(raw) is not None


def weakly_timed(box: Box) -> bool:
    """Whether a short cell may be a time although it is not built like one (州级评估前15日, 每学期一次)."""
    if len(box.text) > _LONGEST_TIME:
        return False
    return box.text.startswith("每") or read(box.text, None, None).kind is not DeadlineKind.NONE


def weakly_units(box: Box) -> bool:
    """Whether every name in a cell ends like some unit, if only like 科 or 室."""
    names = names_in(box)
    return bool(names) and all(is_unit(name) for name in names)


def names_in(box: Box) -> list[str]:
    """The names in a cell, of whatever role and whether units have such names or not."""
    return [name for group in groups_of(unmarked(box.raw)) for name in read_names(group.words).units]
