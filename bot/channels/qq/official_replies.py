"""答复时限: which messages can still be answered, how often, and under which number each answer goes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.channels.hearing import Heard, native_of
from bot.channels.qq.memories import Recent

MOST = 5
"""Answers to one message."""
GROUP_WINDOW, PRIVATE_WINDOW = timedelta(minutes=5), timedelta(minutes=60)
MOST_WINDOWS = 500
"""Windows that are remembered; of an older one the platform's own time tells."""
_RANGE = 1_000_000


@dataclass(slots=True)
class Window:
    """Until when one message can be answered, and the numbers that its answers have by their keys."""

    message: str
    until: datetime
    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, key: str, now: datetime) -> int | None:
        """The msg_seq of the answer with this key: the same whenever it is asked, also after a restart, so that the platform
        shows it once; None where it is too late or there were too many."""
        if key in self.numbers:
            return self.numbers[key]
        if now >= self.until or len(self.numbers) >= MOST:
            return None
        number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8]) % _RANGE + 1
        while number in self.numbers.values():
            number = number % _RANGE + 1
        self.numbers[key] = number
        return number


class Windows:
    """The windows of late, by message and the latest by conversation."""

    def __init__(self) -> None:
        self._by_message: Recent[str, Window] = Recent(MOST_WINDOWS)
        self._latest: Recent[str, Window] = Recent(MOST_WINDOWS)

    def of(self, heard: Heard, since: datetime) -> Window:
        """The window of a message, opened at `since` unless it is open already: when it was heard; for one that was heard before
        a restart, when the platform says it was said."""
        message = str(heard.ticket.get("msg_id") or heard.id)
        known = self._by_message.get(message)
        if known is not None:
            return known
        opened = Window(message, since + (GROUP_WINDOW if heard.group else PRIVATE_WINDOW))
        self._by_message.keep(message, opened)
        self._latest.keep(native_of(heard.conversation), opened)
        return opened

    def latest(self, conversation: str) -> Window | None:
        """The window that was opened last in a conversation (its native id)."""
        return self._latest.get(conversation)

    def shut(self, window: Window, now: datetime) -> None:
        """The platform says that it is too late."""
        window.until = min(window.until, now)
