"""Deadlines: what a phrase of a document obliges to, and until when. The rules are those of docs/期限.md.

`read` takes the words of a deadline slot (a column, a label, a bracket), `inner` a whole requirement sentence, of
which only real deadlines are returned. No date is ever given for an event, a receipt or an unnamed day.

The grammar is loaded with the first phrase: whoever only adds months or asks 谁牵头 does not wait for it.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from types import ModuleType

from knowledge.model import Deadline


@cache
def _grammar() -> ModuleType:
    from knowledge.deadlines import phrase

    return phrase


def read(text: str, issued: date | None, year: int | None) -> Deadline:
    """The deadline a phrase of a deadline slot states; kind NONE where it states none. Never raises.

    `issued` is the date under the document's signature, `year` the year it is about (default: that of `issued`).
    """
    found: Deadline = _grammar().slot(text, issued, year)
    return found


def milestone(phrase: str, issued: date | None, year: int | None) -> Deadline:
    """When a stage is to be reached, by the time before its colon alone (二季度：4月底前完成招标，6月开工 is due when the
    quarter ends); kind NONE where that is no time. Never raises.
    """
    found: Deadline = _grammar().milestone(phrase, issued, year)
    return found


def inner(text: str, issued: date | None, year: int | None) -> tuple[Deadline, ...]:
    """The dates, cadences and counted periods inside a requirement sentence, in text order, each `inner`.

    Years in titles, document numbers, goals, topics and past facts are passed over. `text` of each is the clause as
    printed. Never raises.
    """
    found: tuple[Deadline, ...] = _grammar().sentence(text, issued, year)
    return found
