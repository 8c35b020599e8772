"""The office at work: what comes in is answered, what is owed is said. Decides nothing itself; writes, then speaks."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.channels.protocol import Channel
from bot.clock import Clock, SystemClock
from bot.config import Config, ConfigError, load_config
from knowledge.ledger import Entry
from knowledge.model import Message
from knowledge.register import Register
from knowledge.store import Store
from scheduler.calendar import WorkCalendar, calendar_of
from scheduler.policy import Policy

if TYPE_CHECKING:
    from bot.outbox import Outbox
    from handlers.message import Outcome

CALENDAR = "calendar"
"""The folder in a home that holds one file for each year the office loaded."""


def policy_of(config: Config) -> Policy:
    """The rules for reminders as the office's settings want them. Raises ConfigError when a time falls into the quiet hours."""
    wanted = config.reminders
    quiet = Policy().quiet_from
    if not wanted.post_at <= wanted.summary_at < quiet:
        raise ConfigError(
            f"qiantou.toml 的 [reminders] 里，提醒时间 post_at（{wanted.post_at:%H:%M}）不能晚于周报时间 "
            f"summary_at（{wanted.summary_at:%H:%M}），周报时间要早于{quiet:%H:%M}，请改正后再试。"
        )
    return Policy(
        default_conversation=wanted.conversation,
        post_at=wanted.post_at,
        summary_at=wanted.summary_at,
        summary=wanted.summary,
    )


def bound(register: Register, conversations: Mapping[str, Iterable[str]]) -> Register:
    """`register` with the bindings of the settings added: conversation → titles or file names of documents.

    A view to look at, not to be filed: the settings stay in qiantou.toml. Names of no document bind nothing yet.
    """
    if not conversations:
        return register
    bindings = dict(register.bindings)
    for conversation, names in conversations.items():
        wanted = set(names)
        ids = tuple(d.id for d in register.documents if wanted & {d.title, d.source, Path(d.source).stem})
        bindings[conversation] = tuple(dict.fromkeys((*bindings.get(conversation, ()), *ids)))
    return replace(register, bindings=bindings)


@dataclass(slots=True)
class App:
    """One office in one process. `channels` lead from a conversation's key to its channel, `channel` serves the others."""

    store: Store
    channel: Channel
    calendar: WorkCalendar
    config: Config = field(default_factory=Config)
    clock: Clock = field(default_factory=SystemClock)
    channels: Mapping[str, Channel] = field(default_factory=dict)
    _view: tuple[Register, Register] | None = None
    _outbox: Outbox | None = None
    _ticking: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def register(self) -> Register:
        """What the office knows at this moment, with the bindings of its settings."""
        filed = self.store.load()
        if self._view is None or self._view[0] is not filed:
            self._view = filed, bound(filed, self.config.conversations)
        return self._view[1]

    @property
    def outbox(self) -> Outbox:
        """Where notices leave."""
        if self._outbox is None:
            from bot.outbox import Outbox

            self._outbox = Outbox(self.store, lambda key: self.channels.get(key, self.channel), self.clock)
        return self._outbox

    def receive(self, message: Message) -> Outcome:
        """What a message leads to; what it changes is written before this returns, so that the reply tells the truth."""
        from handlers import handle

        register = self.register
        if message.scope is None:
            message = replace(message, scope=register.binding(message.conversation))
        outcome = handle(message, register, self.store.ledger(), self.clock.now(), self.calendar)
        if outcome.entries:
            self.store.append(*outcome.entries)
        return outcome

    async def tick(self) -> tuple[Entry, ...]:
        """Say all that is owed now; returns the verdicts. One at a time, however often it is called."""
        from scheduler.owed import notices_due

        async with self._ticking:
            now = self.clock.now()
            notices = notices_due(self.register, self.store.ledger(), now, self.calendar, policy_of(self.config))
            return await self.outbox.deliver(notices)

    def settle(self) -> tuple[Entry, ...]:
        """Write down as unknown what an earlier process was sending when it ended; called once at the start."""
        return self.outbox.settle()

    async def close(self) -> None:
        """Let go of channels and store."""
        for channel in {id(c): c for c in (self.channel, *self.channels.values())}.values():
            await channel.close()
        self.store.close()


def office_calendar(home: Path) -> WorkCalendar:
    """The published calendar with the office's own years (home/calendar/*.toml) over it. Raises ConfigError."""
    try:
        return calendar_of(home / CALENDAR)
    except ValueError as error:
        raise ConfigError(str(error)) from error


def build(home: Path, store: Store, channel: Channel | None = None, clock: Clock | None = None) -> App:
    """The office that lives in `home`, speaking in the terminal unless another channel is given.

    Raises ConfigError when its settings or calendars cannot be used.
    """
    from bot.channels.terminal import TerminalChannel

    return App(store, channel or TerminalChannel(), office_calendar(home), load_config(home), clock or SystemClock())
