"""表记: what an exported roll carries in a hidden cell, so that it is known again and a stale one is told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from handlers.wording_roll import KEY
from scheduler.policy import SHANGHAI
from scheduler.roll import Roll

_MARK = re.compile(rf"{KEY}·1·r(?P<revision>\d{{1,9}})·e(?P<length>\d{{1,9}})·(?P<made>\d{{12}})·(?P<whose>.{{0,80}})")


@dataclass(frozen=True, slots=True)
class RollMark:
    """The register's `revision` and how many entries the ledger had when the roll was `made`, and the unit it was narrowed to."""

    revision: int
    length: int
    made: datetime
    whose: str = ""


def mark_of(roll: Roll) -> str:
    """The mark of a roll, as it stands in the head of the hidden column."""
    made = roll.made.astimezone(SHANGHAI)
    return f"{KEY}·1·r{roll.revision}·e{roll.length}·{made:%Y%m%d%H%M}·{roll.whose}"


def marked(text: str) -> RollMark | None:
    """The mark in a cell; None where it is none."""
    found = _MARK.fullmatch(text.strip())
    if found is None:
        return None
    try:
        made = datetime.strptime(found["made"], "%Y%m%d%H%M").replace(tzinfo=SHANGHAI)
    except ValueError:
        return None
    return RollMark(int(found["revision"]), int(found["length"]), made, found["whose"])
