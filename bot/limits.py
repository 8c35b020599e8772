"""限速: how many messages an account, a conversation and a person may get, shared by reminders and replies.

Several platforms drop what is too much without a word, so these windows are the only evidence. Nothing here reads a
clock; a clock that jumps back frees nobody and blocks nobody for longer than one window.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.channels.protocol import Channel, Rate, Scope

MOST_WINDOWS = 10_000
"""Above so many windows those that count nothing any more are forgotten."""


@dataclass(frozen=True, slots=True)
class Window:
    """The moments (aware) at which a rate was used, oldest first; never more than it allows."""

    rate: Rate
    used: tuple[datetime, ...] = ()

    def wait(self, now: datetime, wanted: int = 1) -> timedelta:
        """How long until `wanted` more messages fit; more than the rate ever allows count as a whole window."""
        recent = self._recent(now)
        over = len(recent) + min(wanted, self.rate.count) - self.rate.count
        return recent[over - 1] + self._span - now if over > 0 else timedelta()

    def taken(self, now: datetime, wanted: int = 1) -> Window:
        """The window after `wanted` more messages."""
        used = (*self._recent(now), *[now] * min(wanted, self.rate.count))
        return Window(self.rate, used[-self.rate.count :])

    @property
    def _span(self) -> timedelta:
        return timedelta(seconds=self.rate.seconds)

    def _recent(self, now: datetime) -> tuple[datetime, ...]:
        """What still counts; a moment ahead of a clock that was set back counts as now."""
        return tuple(min(at, now) for at in self.used if at > now - self._span)


class Limits:
    """The windows and holds of one process. `person` is empty where a message is for nobody in particular."""

    def __init__(self) -> None:
        self._windows: dict[tuple[str, str, Rate], Window] = {}
        self._holds: dict[tuple[Scope, str], timedelta | None] = {}
        self._held_at: dict[tuple[Scope, str], datetime] = {}

    def wait(
        self, channel: Channel, conversation: str, now: datetime, wanted: int = 1, person: str = ""
    ) -> timedelta | None:
        """How long until `wanted` messages may be sent; zero: now. None: not before somebody has mended the account."""
        waits = [timedelta()]
        for scope, name in _names(channel, conversation, person):
            held = self._held(scope, name, now)
            if held is None:
                return None
            waits.append(held)
        waits += [self._window(key).wait(now, wanted) for key in _keys(channel, conversation, person)]
        return max(waits)

    def take(self, channel: Channel, conversation: str, now: datetime, wanted: int = 1, person: str = "") -> None:
        """Count `wanted` messages as sent."""
        for key in _keys(channel, conversation, person):
            self._windows[key] = self._window(key).taken(now, wanted)
        if len(self._windows) > MOST_WINDOWS:
            self._forget(now)

    def hold(self, scope: Scope, name: str, now: datetime, span: timedelta | None) -> None:
        """Send nothing to (or as) `name` for `span`; None: not in this process any more."""
        self._holds[scope, name], self._held_at[scope, name] = span, now

    def _held(self, scope: Scope, name: str, now: datetime) -> timedelta | None:
        span = self._holds.get((scope, name), timedelta())
        if span is None or not span:
            return span
        passed = now - self._held_at[scope, name]
        return max(timedelta(), min(span, span - passed))

    def _window(self, key: tuple[str, str, Rate]) -> Window:
        return self._windows.get(key) or Window(key[2])

    def _forget(self, now: datetime) -> None:
        """Keep only the windows that still count something: memory stays flat over years and conversations."""
        self._windows = {key: window for key, window in self._windows.items() if window.wait(now, window.rate.count)}


def _names(channel: Channel, conversation: str, person: str) -> Iterable[tuple[Scope, str]]:
    named = {Scope.CREDENTIAL: channel.account(conversation), Scope.CONVERSATION: conversation, Scope.PERSON: person}
    return ((scope, name) for scope, name in named.items() if name)


def _keys(channel: Channel, conversation: str, person: str) -> list[tuple[str, str, Rate]]:
    """The windows that a message counts in: one for each rate of the channel that has somebody to be counted for."""
    names = dict(_names(channel, conversation, person))
    rates = channel.capabilities.rates
    return [(channel.account(conversation), names[rate.scope], rate) for rate in rates if rate.scope in names]
