"""Columns settled by what stands in them: where the requirements are, and heads that nobody knows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.model import Doubt, Role
from knowledge.parsing.columns import HOST_AND_ASSIST, Column, Holds, Layout, column_of, with_text
from knowledge.parsing.duties import read_cell
from knowledge.parsing.lines import Line
from knowledge.parsing.phrases import Content
from knowledge.parsing.rows import content_of
from knowledge.parsing.shifted import in_place
from knowledge.parsing.slot import Slot

_SHARE = 0.6
_AT_LEAST = 2
_OPEN = (Holds.CATEGORY, Holds.NOTE)
_UNIT_HEAD = re.compile(r"牵头|主责|主办|责任|负责|承办|落实|配合|协办|参与|办所|站所|主体|部门|单位|科室|处室")
_ROLE_WORD = re.compile(r"牵头|主责|主办|责任|负责|承办|落实|配合|协办|参与")
_WATCHES = re.compile(r"督导|督办|督查|指导|监督|监管|验收|审核|考核|检查|汇总|受理|提出|来源|提案|领办|代表")
_NO_NAMES = re.compile(r"[。%％：:]|\d{2}|.{60}|^\d+$")
_FILLS = re.compile(r"填报|填表|填写|报送|上报|申报|提交|登记")  # who filled the row in, where others say who acts
_WHERE = re.compile(r"地点|位置|区域|范围|地址|来源|所在|涉及|出处|对象|选址")
_ROLES = ((re.compile(r"牵头|主责|主办|统筹"), Role.LEAD), (re.compile(r"配合|协办|协助|参与|会办"), Role.COOPERATING))


def settled(layout: Layout, rows: Sequence[Line]) -> tuple[Layout, tuple[Doubt, ...]]:
    """`layout` settled by the rows that have all their cells, then again with the shifted ones put in place.

    A head that says nothing known takes its meaning from the cells below it, which is a doubt about the document.
    """
    whole = [row for row in rows if len(row.boxes) >= len(layout.columns)]
    layout, doubts = _by_content(layout, whole or rows)
    first = with_text(layout, whole or rows)
    return (with_text(layout, [in_place(row, first) or row for row in rows]) if whole else first), doubts


def _by_content(layout: Layout, rows: Sequence[Line]) -> tuple[Layout, tuple[Doubt, ...]]:
    columns = list(layout.columns)
    doubts: list[Doubt] = []
    for at, column in enumerate(columns):
        if column.holds is Holds.TEXT and at > (layout.first(Holds.TEXT) or 0) and _content(rows, at) is Content.UNITS:
            columns[at] = Column(Holds.UNITS, column.head, Role.RESPONSIBLE, unsure=True)
            continue
        if column.holds not in _OPEN and not column.unsure:
            continue
        content = _content(rows, at)
        if column.unsure and column.holds is Holds.UNITS:
            columns[at] = column if content is Content.UNITS else Column(Holds.NOTE, column.head)
            continue
        taken: Column | None = None
        lone = layout.first(Holds.UNITS) is None
        aside = _FILLS.search(column.head) if not lone else None
        watches = aside or (_WATCHES.search(column.head) and not (lone and column.head.endswith("对象")))
        if content is Content.UNITS and watches:
            columns[at] = Column(Holds.NOTE, column.head)
            words = f"表头“{column.head}”的角色不明，这一列没有登记为牵头、责任或配合单位，请核对。"
            doubts.append(Doubt("column-unread", words, rows[0].place, column.head, "未登记", ("牵头", "责任", "配合")))
        elif content is Content.UNITS and (_UNIT_HEAD.search(column.head) or layout.first(Holds.UNITS) is None):
            unsure = "统筹" in column.head or (not lone and not _ROLE_WORD.search(column.head))
            taken = Column(Holds.UNITS, column.head, _role(column.head), unsure)
        elif _ROLE_WORD.match(column.head) and _is_strange(layout, at) and _are_names(rows, at):
            taken = Column(Holds.UNITS, column.head, _role(column.head))
        elif content is Content.UNITS and _is_strange(layout, at):
            columns[at] = Column(Holds.UNITS, column.head, _role(column.head), unsure=True)
        elif content is Content.DEADLINE and all(other.holds is not Holds.DEADLINE for other in columns):
            taken = Column(Holds.DEADLINE, column.head)
        if taken is not None:
            columns[at] = taken
            said = "完成时限" if taken.holds is Holds.DEADLINE else "单位"
            if taken.unsure:  # every row says so
                continue
            words = f"表头“{column.head}”没有认出，按下面各格的内容当作{said}，请核对。"
            doubts.append(Doubt("column-inferred", words, rows[0].place, column.head, said))
    return replace(layout, columns=tuple(columns)), tuple(doubts)


def _content(rows: Sequence[Line], at: int) -> Content | None:
    """What most cells of a column are, None where they are mixed or too few."""
    found = [content_of(row.boxes[at]) for row in rows if at < len(row.boxes) and row.boxes[at].text]
    for content in (Content.UNITS, Content.DEADLINE):
        if found.count(content) >= max(_AT_LEAST, _SHARE * len(found)):
            return content
    return None


def _are_names(rows: Sequence[Line], at: int) -> bool:
    """Whether what stands in a column is short enough for names, with neither sentence nor number among it."""
    texts = [row.boxes[at].text for row in rows if at < len(row.boxes) and row.boxes[at].text]
    return bool(texts) and not any(_NO_NAMES.search(text) for text in texts)


def _is_strange(layout: Layout, at: int) -> bool:
    """Whether a column has a head that says nothing known and stands behind the requirements, where units stand."""
    head = layout.at(at).head
    strange = bool(head) and column_of(head) is None and not _WHERE.search(head)
    texts = [i for i, column in enumerate(layout.columns) if column.holds is Holds.TEXT]
    return strange and (not texts or at > min(texts))


def _role(head: str) -> Role:
    return next((role for words, role in _ROLES if words.search(head)), Role.RESPONSIBLE)


_SAYS_WHICH = re.compile(r"首|第一|第1|最前")


def read_under(column: Column, words: str, locality: str) -> Slot:
    """The duties of a cell under its column. Under 牵头及责任单位 the first of several units leads; that is a doubt where
    the head does not say so."""
    if HOST_AND_ASSIST.fullmatch(column.head) and len(sides := re.split(r"\s*[/／]\s*", words, maxsplit=1)) == 2:
        host = read_cell(sides[0], Role.LEAD, locality, column.head)
        return host.plus(read_cell(sides[1], Role.COOPERATING, locality, column.head))
    read = read_cell(words, column.role or Role.RESPONSIBLE, locality, column.head)
    doubts = read.doubts + unsure_role(column, read)
    others = column.others
    if others is None or len(read.duties) < 2 or any(duty.role is not Role.LEAD for duty in read.duties):
        return replace(read, doubts=doubts)
    first, *rest = read.duties
    said = f"表头“{column.head}”下列了几个单位，按第一个单位牵头登记，请核对。"
    doubt = () if _SAYS_WHICH.search(column.head) else (Doubt("column-role", said, None, column.head, first.unit),)
    return replace(read, duties=(first, *(replace(duty, role=others) for duty in rest)), doubts=(*doubts, *doubt))


def unsure_role(column: Column, slot: Slot) -> tuple[Doubt, ...]:
    """A doubt where units stand in a column whose head does not say which part they have."""
    if not column.unsure or not slot.duties:
        return ()
    role = {Role.LEAD: "牵头", Role.RESPONSIBLE: "责任", Role.COOPERATING: "配合"}[column.role or Role.RESPONSIBLE]
    said = f"表头“{column.head}”没有说明是牵头、责任还是配合，这一列的单位按{role}单位登记，请核对。"
    return (Doubt("column-role", said, None, column.head, f"{role}单位"),)
