"""客服消息的条数: how many a follower may still be sent. Five for each of their messages within 48 hours, three within a minute of a
menu click or of following; the platform refuses the next one. Values in, values out, but for what is remembered."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

MESSAGE, CLICK = (5, timedelta(hours=48)), (3, timedelta(minutes=1))
REMEMBERED = 50_000
"""Followers that are kept; of the others the platform knows."""


@dataclass(slots=True)
class Allowed:
    """So many messages until a moment (aware)."""

    left: int
    until: datetime


class Quota:
    """What this process knows; of whom it knows nothing (after a restart) the platform is asked."""

    def __init__(self) -> None:
        self._allowed: OrderedDict[str, list[Allowed]] = OrderedDict()

    def spoke(self, who: str, now: datetime, grant: tuple[int, timedelta] = MESSAGE) -> None:
        """They wrote, or clicked."""
        count, span = grant
        kept = [one for one in self._allowed.get(who, []) if one.until > now and one.left > 0 and grant is CLICK]
        self._allowed[who] = sorted([*kept, Allowed(count, now + span)], key=lambda one: one.until)
        self._allowed.move_to_end(who)
        while len(self._allowed) > REMEMBERED:
            self._allowed.popitem(last=False)

    def left(self, who: str, now: datetime) -> int | None:
        """How many may be sent; None where it is not known."""
        found = self._allowed.get(who)
        return None if found is None else sum(one.left for one in found if one.until > now)

    def used(self, who: str, now: datetime) -> None:
        """One was sent, or may have been."""
        for one in self._allowed.get(who, []):
            if one.until > now and one.left > 0:
                one.left -= 1
                return

    def closed(self, who: str) -> None:
        """The platform says that there are none."""
        self._allowed[who] = []
