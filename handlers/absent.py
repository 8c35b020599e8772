"""财政局没参与的有几项: the assignments in which the units named have no part, and never those in which they have one."""

from __future__ import annotations

from handlers import wording
from handlers.listed import listed
from handlers.message import Outcome, said
from handlers.wording_lists import IN_A_LINE, by_number, counted, fitted, footer, led, sources
from knowledge.normal import plain
from knowledge.patterns import regex
from knowledge.question.query import Query
from knowledge.register import Register

_PART = r"(?:参与|参加|插手|涉及|沾边|出力|帮忙|份儿?|事|任务)"
_BEHIND = regex(rf"^[^,，。]{{0,2}}?(?:没有?|没|不|未)(?:有|用|需要?|让|要|在)?{_PART}?(?:到|过)?的(?!时)")
_BEFORE = regex(r"(?:(?<!有)没有?|不(?:涉及|用|需要?|关|包括|含)|未(?:涉及|列))$")
_BEHIND_IT = regex(rf"^(?:的)?{_PART}?的")


def answer(query: Query, register: Register) -> Outcome | None:
    """Those rows, of all that are numbered; None where no unit is named or where they are not asked for so."""
    if not query.names or query.excluded or query.span or not _asked(query):
        return None
    numbered = [one for one in register.assignments if one.number is not None and one.text]
    rows = [one for one in numbered if not any(duty.unit in query.names for duty in one.duties)]
    head = f"{wording.names(query.names[:3])}没有任务的有{len(rows)}项（共{len(numbered)}项）{'：' if rows else '。'}"
    ids = tuple(one.id for one in rows)
    value = listed(query, register, ids, count=len(ids))
    if len(rows) <= IN_A_LINE:
        return said(fitted([head], counted(rows), led(rows, register), [footer(register, rows)], query.page), value)
    return said(wording.lines(f"{head}{by_number(rows, register)}。", sources(register, rows)), value)


def _asked(query: Query) -> bool:
    text = plain(query.text)
    for asked in query.units:
        before, found, behind = text.partition(plain(asked.words))
        if found and (_BEHIND.match(behind) or (_BEFORE.search(before) and _BEHIND_IT.match(behind))):
            return True
    return False
