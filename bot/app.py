"""The office at work: what comes in is answered, what is owed is said. Decides nothing itself; writes, then speaks."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from bot.alarms import Alarms
from bot.channels.protocol import Channel
from bot.channels.unserved import Unserved, serving
from bot.clock import Clock, SystemClock
from bot.config import Config, load_config
from bot.home import Home
from bot.settled import bound, demanding, office_calendar, policy_of, shelved, worded
from knowledge.ledger import Entry, EntryKind
from knowledge.model import Message
from knowledge.register import Register, RegisterError
from knowledge.store import Store, StoreError
from scheduler.calendar import WorkCalendar
from scheduler.policy import Policy

if TYPE_CHECKING:
    from bot.channels.hearing import Tiding
    from bot.outbox import Outbox
    from bot.patience import Patience
    from handlers.message import File, Outcome
    from knowledge.groups import Groups
    from knowledge.invitations import Draw
    from knowledge.people import People

log = logging.getLogger(__name__)

DISK = "store"
"""What the alarm about a store that refuses is called."""


@dataclass(slots=True)
class App:
    """One office in one process. `channels` lead from a conversation's key, or the name before the slash in it, to its channel;
    `channel` serves the others.

    `words` is the folder of the office's own words, `exports` the one of the papers that were asked for, `templates` the one
    of the office's own forms of them, `misses` the file of what was asked in vain, `index` the folder of
    the search indexes. `draw` gives random numbers that nobody can foresee.
    """

    store: Store
    channel: Channel
    calendar: WorkCalendar
    config: Config = field(default_factory=Config)
    clock: Clock = field(default_factory=SystemClock)
    channels: Mapping[str, Channel] = field(default_factory=dict)
    words: Path | None = None
    exports: Path | None = None
    templates: Path | None = None
    misses: Path | None = None
    index: Path | None = None
    alarms: Alarms = field(default_factory=Alarms)
    draw: Draw = field(default_factory=lambda: partial(secrets.randbits, 64))
    _view: tuple[Register, Mapping[str, str], Register] | None = None
    _policy: tuple[Register, int, Policy] | None = None
    _people: tuple[int, People] | None = None
    _groups: tuple[int, Groups] | None = None
    _outbox: Outbox | None = None
    _patience: Patience | None = None
    _ticking: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def register(self) -> Register:
        """What the office knows at this moment, with the bindings of its settings."""
        filed, names = self.store.load(), self.groups.names
        if self._view is None or self._view[0] is not filed or self._view[1] != names:
            view = demanding(bound(filed, self.config.conversations, self.groups), self.config)
            view = worded(view, self.words) if self.words else view
            self._view = filed, names, shelved(view, self.index) if self.index else view
        return self._view[2]

    @property
    def policy(self) -> Policy:
        """The rules for reminders over what is known now; the same object until something is filed or bound.

        Raises ConfigError.
        """
        known, ledger = self.register, self.store.ledger()
        bindings = sum(len(ledger.kinds(kind)) for kind in (EntryKind.BOUND, EntryKind.ENROLLED, EntryKind.GROUPED))
        if self._policy is None or self._policy[0] is not known or self._policy[1] != bindings:
            self._policy = known, bindings, policy_of(self.config, known, ledger)
        return self._policy[2]

    def route(self, conversation: str) -> Channel:
        """The channel that serves a conversation (its key)."""
        return self._way(conversation)[0]

    def native(self, conversation: str) -> str:
        """The key by which its channel knows a conversation: groups move, and one may be there on several platforms."""
        return self._way(conversation)[1]

    def _way(self, conversation: str) -> tuple[Channel, str]:
        natives = self.groups.natives(conversation)
        ways = [(serving(native, self.channels, self.channel), native) for native in natives]
        served = [way for way in ways if not isinstance(way[0], Unserved)]
        shut = self._outbox.voice.muted | self._outbox.voice.lost if self._outbox else frozenset()
        open_ = [way for way in served if way[1] not in shut]
        return (open_ or served or ways or [(Unserved(gone=True), conversation)])[0]

    @property
    def people(self) -> People:
        """Everybody the office has enrolled; the same object until somebody else is."""
        from bot.reception import people_in

        ledger = self.store.ledger()
        told = len(ledger.kinds(EntryKind.ENROLLED))
        if self._people is None or self._people[0] != told:
            self._people = told, people_in(self.config, ledger)
        return self._people[1]

    @property
    def groups(self) -> Groups:
        """Which groups of the platforms are which conversation of the office."""
        from knowledge.groups import groups_of

        ledger = self.store.ledger()
        told = len(ledger.kinds(EntryKind.GROUPED))
        if self._groups is None or self._groups[0] != told:
            self._groups = told, groups_of(ledger)
        return self._groups[1]

    @property
    def outbox(self) -> Outbox:
        """Where notices leave."""
        if self._outbox is None:
            from bot.outbox import Outbox

            self._outbox = Outbox(self.store, self.route, self.clock, alarms=self.alarms, native=self.native)
            for channel in (self.channel, *self.channels.values()):
                channel.late = self._outbox.hear
        return self._outbox

    def receive(self, message: Message) -> Outcome:
        """What a message leads to; what it changes is written before this returns, so that the reply tells the truth.

        Who writes too much is asked once to wait, except at the office's own machine.
        """
        from bot.patience import Patience

        if self.route(message.conversation).capabilities.own:
            return self._received(message)
        if self._patience is None:
            self._patience = Patience(self.config.limits.messages, self.config.limits.seconds)
        return self._patience.hear(message, self.clock.now(), self._received)

    def _received(self, message: Message) -> Outcome:
        from bot.unanswered import note
        from handlers.message import Outcome, Reply
        from handlers.wording_talk import STUMBLED, unwritten

        try:
            outcome = self.answered(message)
        except Exception:
            # One question that we stumble over must not silence the bot for everybody else; nothing was written.
            log.exception("a message could not be handled: %r", _without_code(message.text))
            return Outcome((Reply(STUMBLED),))
        try:
            if outcome.amended is not None:
                self._amend(outcome)
            elif outcome.bound is not None:
                self.store.file(self.store.load().bound(*outcome.bound), *outcome.entries)
            elif outcome.entries:
                self.store.append(*outcome.entries)
        except RegisterError as error:  # a document that was to be bound is not filed any more
            return Outcome((Reply(str(error)),))
        except StoreError as error:
            self.alarms.sound(DISK, f"有人说的话记不进台账：{error}")
            return Outcome((Reply(unwritten(error)),))
        if self.misses is not None:
            note(self.misses, message.text, outcome, self.clock.now())
        return self._handed(outcome, message) if outcome.export or outcome.papers else outcome

    def answered(self, message: Message) -> Outcome:
        """What a message leads to, nothing of it written. A message of an account is answered as the person it is enrolled for."""
        from handlers import handle

        register, ledger, native = self.register, self.store.ledger(), message.conversation
        if message.person:
            from bot.reception import identified

            message = identified(message, self.people, self.groups)
        if message.scope is None:
            message = replace(message, scope=register.binding(message.conversation))
        contact, policy, now = self.config.office.contact, self.policy, self.clock.now()

        def answer(asked: Message, seen: Register) -> Outcome:
            return handle(asked, seen, ledger, now, self.calendar, contact, policy)

        return self._admitted(message, native, answer) if message.person else answer(message, register)

    def _admitted(self, message: Message, native: str, answer: Callable[[Message, Register], Outcome]) -> Outcome:
        """What an identified message of an account leads to."""
        from bot.reception import written_people
        from handlers.admission import Admission
        from handlers.reception import received

        at = Admission(
            message,
            self.people,
            written_people(self.config),
            self.register,
            self.store.ledger(),
            self.clock.now(),
            self.calendar,
            self.policy,
            self.draw,
            native,
            self.policy.restrictions.cleared,
            self.store.load().bindings,
        )
        return received(at, self.config.people.strangers, answer)

    def _handed(self, outcome: Outcome, message: Message) -> Outcome:
        """The files that were asked for, made: in `files` where the channel hands them out, else kept in the office's folder."""
        from bot.handing import Letterhead, handed

        head = Letterhead(self.config.office.name, self.clock.now(), self.templates)
        capabilities = self.route(message.conversation).capabilities
        return handed(outcome, head, capabilities, self.exports)

    def kept(self, file: File) -> str:
        """Where a file lies that a channel did not take, in a sentence for who asked for it."""
        from bot.handing import kept

        return kept(file, self.exports, self.clock.now())

    def _amend(self, outcome: Outcome) -> None:
        """File a document as it was reviewed. What was learned is written first: writing it twice changes nothing."""
        assert outcome.amended is not None
        if self.words:
            from bot.learned import learn

            learn(self.words, outcome.lessons, outcome.amended.document, outcome.entries[-1])
        register, _ = self.store.load().amended(outcome.amended)
        self.store.file(register, *outcome.entries)

    def told(self, tiding: Tiding) -> Outcome:
        """What follows from what a channel tells of a group, written down; its replies say where they go. Raises StoreError."""
        from handlers.tidings import alarm, told

        groups = self.groups
        outcome = told(tiding.kind, tiding.conversation, tiding.to, groups, self.clock.now())
        if outcome.entries:
            self.store.append(*outcome.entries)
        if sentence := alarm(tiding.kind, tiding.conversation, groups):
            self.alarms.sound(f"group {tiding.conversation}", sentence)
        elif tiding.kind == "joined":
            self.alarms.over(f"group {tiding.conversation}")
        return outcome

    async def tick(self) -> tuple[Entry, ...]:
        """Say all that is owed now; returns the verdicts. One at a time, however often it is called.

        Where the store refuses, nothing is said and nothing is lost: an alarm is raised and the next tick tries again.
        """
        from bot.speaking import speak

        async with self._ticking:
            try:
                spoken = await speak(
                    self.store, self.outbox, self.register, self.clock.now(), self.calendar, self.policy
                )
            except StoreError as error:
                self.alarms.sound(DISK, f"提醒暂时发不出去，恢复后会接着发：{error}")
                spoken = None
            if spoken is not None:
                self.alarms.over(DISK)
            await self._warn_supervisors()
        if self.config.evidence.check:
            await self._look_at_links()
        return spoken.verdicts if spoken is not None else ()

    async def _look_at_links(self) -> None:
        """A few of the links that were given as evidence are opened, and what was found is written down."""
        from bot.links import AT_ONCE, entry_of, look, unlooked

        waiting = unlooked(self.store.ledger())[:AT_ONCE]
        looked = await asyncio.gather(*(look(url, self.config.evidence.allow) for _, url in waiting))
        found = [entry_of(one, each, self.clock.now()) for (one, _), each in zip(waiting, looked, strict=True)]
        if found:
            try:
                self.store.append(*found)
            except StoreError as error:
                self.alarms.sound(DISK, f"链接核查的结果记不进台账：{error}")

    async def _warn_supervisors(self) -> None:
        """Alarms go to the supervisors' conversation too, in its hours; nothing of it is written down, for the disk may be
        what is full."""
        where = self.policy.supervisors
        channel = self.route(where)
        if not (where and channel.capabilities.can_push and self.policy.may_post(self.clock.now(), where)):
            return
        for sentence in self.alarms.untold(where):
            native = self.native(where)
            if self.outbox.voice.granted(channel, native, 1):
                key = sha256(f"{self.clock.now()}{sentence}".encode()).hexdigest()[:32]
                await self.outbox.voice.post(channel, native, f"【警报】{sentence}", key)

    def settle(self) -> tuple[Entry, ...]:
        """Write down as unknown what an earlier process was sending when it ended, which calendar is in force now, and as
        accepted what waited for an acceptance that the office has switched off; called once at the start."""
        from bot.calendars import observe_calendar
        from handlers.accepting import released

        observe_calendar(self.store, self.calendar, self.clock.now())
        if entries := released(self.register, self.store.ledger(), self.clock.now()):
            self.store.append(*entries)
        return self.outbox.settle()

    async def close(self) -> None:
        """Let go of channels and store."""
        for channel in {id(c): c for c in (self.channel, *self.channels.values())}.values():
            await channel.close()
        self.store.close()


def build(home: Path, store: Store, channel: Channel | None = None, clock: Clock | None = None) -> App:
    """The office that lives in `home`, speaking in the terminal unless another channel is given.

    Raises ConfigError when its settings or calendars cannot be used.
    """
    from bot.channels.terminal import TerminalChannel

    return App(
        store,
        channel or TerminalChannel(),
        office_calendar(home),
        load_config(home),
        clock or SystemClock(),
        words=Home(home).lexicon,
        exports=Home(home).exports,
        templates=Home(home).templates,
        misses=Home(home).misses,
        index=Home(home).index,
    )


def _without_code(text: str) -> str:
    """What may be logged of a message: what follows 绑定 may be a code."""
    return f"{text[: text.index('绑定')]}绑定…" if "绑定" in text else text
