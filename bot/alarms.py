"""警报: what somebody must do something about, said once in one Chinese sentence until it is over."""

from __future__ import annotations

import logging
from collections.abc import Callable

log = logging.getLogger(__name__)


def to_log(sentence: str) -> None:
    """The sentence alone, on standard error unless logging is set up otherwise."""
    log.error("警报：%s", sentence)


class Alarms:
    """The alarms that are on. `tell` is called once for each, and once more only after it was over."""

    def __init__(self, tell: Callable[[str], None] = to_log) -> None:
        self._tell = tell
        self._on: dict[str, str] = {}
        self._untold: list[str] = []

    @property
    def on(self) -> tuple[str, ...]:
        """The sentences of all alarms that are on, oldest first."""
        return tuple(self._on.values())

    def sound(self, about: str, sentence: str) -> None:
        """There is trouble `about` something (a channel, a conversation, the disk); the same sentence again is not said again."""
        if self._on.get(about) != sentence:
            self._on[about] = sentence
            self._untold.append(about)
            self._tell(sentence)

    def over(self, about: str) -> None:
        """The trouble is over; nothing when there was none."""
        self._on.pop(about, None)

    def untold(self, where: str) -> tuple[str, ...]:
        """The sentences that the supervisors in the conversation `where` have not been told, each once; none about that
        conversation itself, where they would not be heard."""
        fresh, self._untold = self._untold, []
        return tuple(self._on[about] for about in dict.fromkeys(fresh) if about in self._on and about != where)
