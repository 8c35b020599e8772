"""A roster as the text of a file of `home/lexicon/`: what `knowledge.roster_table` reads, one name a line with its source."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from knowledge.patterns import regex
from knowledge.roster import Sort, written
from knowledge.roster_table import PLACE, TABLE, Name

_BREAKS = regex(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


def roster_text(names: Iterable[Name], place: str = "", head: str = "") -> str:
    """The lines as TOML, each unit a table in the order of its first line; `head` is a remark before them."""
    tables: dict[str, dict[str, list[Name]]] = {}
    titles: dict[str, str] = {}
    for name in names:
        key = written(name.unit)
        titles.setdefault(key, name.unit)
        tables.setdefault(key, {}).setdefault(_clean(name.words), []).append(name)
    out = [f"# {line}" for line in _BREAKS.sub(" ", head).split("\n") if head]
    if place:
        out += [f"[{TABLE}]", f"{PLACE} = {_quoted(place)}"]
    for key, lines in tables.items():
        out += ["", f"[{TABLE}.{_quoted(titles[key])}]", *(_line(words, name) for words, name in lines.items())]
    return "\n".join(out).lstrip("\n") + "\n"


def _line(words: str, names: list[Name]) -> str:
    values = ", ".join(map(_value, names))
    return f"{_quoted(words)} = {values}" if len(names) == 1 else f"{_quoted(words)} = [{values}]"


def _value(name: Name) -> str:
    days = [f"{key} = {_day(day, key == '止')}" for key, day in (("起", name.since), ("止", name.until)) if day]
    parts = [f"类 = {_quoted(Sort(name.sort).value if name.sort in list(Sort) else name.sort)}", *days]
    return f"{{ {', '.join([*parts, f'据 = {_quoted(name.source)}'])} }}"


def _day(day: date, last: bool) -> str:
    """A whole year as a number, else the day."""
    edge = (12, 31) if last else (1, 1)
    return str(day.year) if (day.month, day.day) == edge and day.year >= 1000 else day.isoformat()


def _quoted(words: str) -> str:
    """A TOML string: JSON's escapes are TOML's, and nothing else is left that TOML forbids."""
    return json.dumps(_clean(words), ensure_ascii=False)


def _clean(words: str) -> str:
    return _BREAKS.sub(" ", words)
