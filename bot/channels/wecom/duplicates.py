"""重发检查: what 企业微信 takes for the same message. It compares the whole request, not a key of ours: a repeat under the same
key has to be the same to a byte, and the same words under another key have to differ, or the platform would swallow them
and say that it took them."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

MARK = "\n（同样的内容第{}次）"
ROOM = len(MARK.encode()) + 4
"""Bytes that the mark may need."""
REMEMBERED = 20_000
"""Texts that are kept at most."""


@dataclass(slots=True)
class _Said:
    at: datetime
    keys: list[str] = field(default_factory=list)


class Duplicates:
    """Which texts were posted within `interval`, by conversation; in memory, as the platform keeps them for so long only."""

    def __init__(self, interval: timedelta) -> None:
        self._interval = interval
        self._said: OrderedDict[tuple[str, str], _Said] = OrderedDict()

    def worded(self, conversation: str, text: str, key: str, now: datetime) -> str:
        """The text for this key: the same whenever it is asked for, and another for each key."""
        while self._said and (self._stale(now) or len(self._said) > REMEMBERED):
            self._said.popitem(last=False)
        said = self._said.setdefault((conversation, text), _Said(now))
        said.at = now
        self._said.move_to_end((conversation, text))
        if key not in said.keys:
            said.keys.append(key)
        times = said.keys.index(key) + 1
        return text if times == 1 else text + MARK.format(times)

    def withdraw(self, conversation: str, text: str, key: str) -> None:
        """The platform did not take it: the next attempt, under another key, is the first one that people see."""
        said = self._said.get((conversation, text))
        if said and key in said.keys:
            said.keys.remove(key)

    def _stale(self, now: datetime) -> bool:
        return now - next(iter(self._said.values())).at > self._interval
