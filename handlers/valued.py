"""整改中的有几项, 类别是民生的有哪些: the assignments in whose row a further column prints a value that stands in several rows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handlers import wording
from handlers.listed import listed
from handlers.message import Outcome, said
from handlers.wording_lists import counted, fitted, footer, telling
from knowledge.model import Assignment
from knowledge.normal import plain
from knowledge.patterns import regex
from knowledge.question.particulars import heads_of
from knowledge.question.query import Query
from knowledge.register import Register

# A column of few different short words sorts its rows; others only tell more of them.
_MOST, _LONGEST = 8, 8
_ASKED = regex(
    r"\W*(?:请问|帮我?|查一?下|看一?下|目前|现在|那些?)*(?:(?P<head>[^\W\d]{2,8}?)(?:一?栏|列)?(?:里|中)?(?:是|为|写|标|填|注明|显示)(?:的|着|了|成|明)*|处于|属于)?[“\"]?(?P<value>[^\W_]{2,8}?)[”\"]?(?:状态|类)?的?"
    r"(?:任务|事项|问题|项目|工作|整改)?(?:一共|总共|都|还)?(?:有|是)?(?:哪些|哪几[项个条]|几[项个条]|多少[项个条]?|什么)(?:任务|事项|问题|项目)?[了呢啊]?\W*"
)
# What the ledger tells too is only asked of the column where its head is named.
_OF_THE_LEDGER = regex(r"完成|办结|逾期|超期|销号|到期|报")


def answer(query: Query, register: Register) -> Outcome | None:
    """Those assignments with what is printed; None where no such value is asked for."""
    found = _ASKED.fullmatch(plain(query.text)) if heads_of(register) else None
    if found is None or query.names or query.numbers or query.span:
        return None
    head = found["head"] or ""
    if not head and _OF_THE_LEDGER.search(found["value"]):
        return None
    for printed, rows in _sorted_by(register, found["value"]):
        if not head or head in plain(printed):
            return _told(query, printed, found["value"], rows, register)
    return None


def _sorted_by(register: Register, value: str) -> list[tuple[str, list[Assignment]]]:
    """The heads under which `value` stands in some rows and which sort the rows, with these rows."""
    columns: dict[str, dict[str, list[Assignment]]] = {}
    for one in register.assignments:
        for part in one.particulars:
            columns.setdefault(part.head, {}).setdefault(plain(part.words), []).append(one)
    return [(head, values[value]) for head, values in columns.items() if value in values and _sorts(values)]


def _sorts(values: dict[str, list[Assignment]]) -> bool:
    short = all(len(value) <= _LONGEST and not re.search(r"\d", value) for value in values)
    return 1 < len(values) <= _MOST and short and any(len(rows) > 1 for rows in values.values())


def _told(query: Query, head: str, value: str, rows: Sequence[Assignment], register: Register) -> Outcome:
    ids = tuple(one.id for one in rows)
    line = f"文件“{head}”栏写“{value}”的有{len(rows)}项（印的是成文时的情况）："
    text = fitted([line], counted(rows), telling(rows, register), [footer(register, rows)], query.page)
    return said(wording.lines(text), listed(query, register, ids, count=len(ids)))
