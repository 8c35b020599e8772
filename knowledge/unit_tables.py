"""单位总表: the shipped tables of bodies and their names, `data/units_*.toml`, one name a line with its source.

The files are TOML, written narrowly: a table a body, a line a name, the sort of name first. So a regular expression
reads them in a few milliseconds, where a parser of TOML takes a tenth of a second; a test sees that both read the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from knowledge.normal import DATA
from knowledge.patterns import regex

# In this order: of two bodies that share a spelling at different times the one that exists comes first.
FILES = ("government", "party", "central", "groups", "public", "former")
_LINE = regex(r'^(?:\["([^"\n]+)"\]|"([^"\n]+)" = \{ "类" = "([^"\n]+)"(.*) \})$', re.MULTILINE)
_VALUE = regex(r'"(\w)" = (?:"([^"]*)"|(\d+)|(true))')
_PARTS = regex(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$")
LAST_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Line(NamedTuple):
    """A line of a table: `words` in the table `body`; `sort` is 本名, 用字, 独称, 别称, 曾用名, 又指, 去向, 划转 or 挂牌; the rest unread."""

    body: str
    words: str
    sort: str
    rest: str

    @property
    def values(self) -> dict[str, str]:
        """What else the line says: 级, 系, 式, 整, 起, 止, 年, 主, 常, 事, 据."""
        return {key: text or digits or true for key, text, digits, true in _VALUE.findall(self.rest)}


@cache
def lines() -> tuple[Line, ...]:
    """All lines of the shipped tables, in the order of the files."""
    return tuple(line for name in FILES for line in read((DATA / f"units_{name}.toml").read_text(encoding="utf-8")))


def read(text: str) -> Iterator[Line]:
    """The lines of one table file."""
    body = ""
    for table, words, sort, rest in _LINE.findall(text):
        if table:
            body = table
        else:
            yield Line(body, words, sort, rest)


def first_day(written: str) -> date | None:
    """The first day of a year, month or day written 2018, 2018-07 or 2018-07-20; None where it is none."""
    return _day(written, last=False)


def last_day(written: str) -> date | None:
    """The last day of what is written, as in `first_day`."""
    return _day(written, last=True)


def _day(written: str, last: bool) -> date | None:
    found = _PARTS.match(written)
    if not found:
        return None
    year = int(found[1])
    month = int(found[2] or (12 if last else 1))
    if not 1 <= month <= 12:
        return None
    longest = 29 if month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else LAST_DAYS[month - 1]
    day = int(found[3] or (longest if last else 1))
    return date(year, month, day) if 1 <= day <= longest and year else None
