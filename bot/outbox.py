"""投递: claim durably, post, record the platform's own verdict. What is not known is written down as not known.

A key is claimed before anything is said, so that neither a restart nor a second process says it again. Between the
platform's acceptance and our record lies the one window that cannot be closed: a claim found without a verdict
after a restart is recorded as unknown (possibly sent), never repeated to a group, never hidden. What is limited or held
is not claimed: it waits.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from bot.alarms import Alarms
from bot.answerable import buttons_for
from bot.channels.protocol import Channel, Status, Verdict
from bot.clock import Clock
from bot.fates import Fate, late, resumed
from bot.parcels import Compose, Parcel, Words, pack
from bot.voice import POST_TIMEOUT, Voice
from handlers.notices_wording import compose
from knowledge.ledger import Entry, EntryKind
from knowledge.store import Store, StoreError
from scheduler.allowance import hold
from scheduler.notices import Notice, attempt_key, by_conversation, parse_key

log = logging.getLogger(__name__)

DISK = "disk"
INTERRUPTED = Verdict(Status.UNKNOWN, "进程结束，没有等到平台答复")
NEVER_LEFT = Verdict(Status.FAILED, "台账写不进去，没有发送")
AGAIN = "（前一条没有等到平台答复，可能已经送达；重复请见谅。）\n"


class Outbox:
    """Delivers notices through channels and writes their fate into the store.

    `route` gives the channel of a conversation, `native` the key by which that channel knows it. Conversations are served side by side, each in order.
    """

    def __init__(
        self,
        store: Store,
        route: Callable[[str], Channel],
        clock: Clock,
        words: Words = compose,
        timeout: float = POST_TIMEOUT,
        alarms: Alarms | None = None,
        native: Callable[[str], str] = lambda conversation: conversation,
    ) -> None:
        self._native = native
        self._store, self._route, self._clock = store, route, clock
        self._words = words
        self.alarms = alarms or Alarms()
        self.voice = Voice(clock, self.alarms, timeout)
        self._turns: dict[str, asyncio.Lock] = {}
        self._unwritten: list[Entry] = []

    async def deliver(self, notices: Sequence[Notice]) -> tuple[Entry, ...]:
        """Deliver what is not claimed yet; returns the verdicts reached. Raises StoreError when nothing can be claimed."""
        self.write()
        groups = by_conversation(notices)
        served = await asyncio.gather(
            *(self._serve(conversation, group) for conversation, group in groups.items()), return_exceptions=True
        )
        for outcome in served:
            if isinstance(outcome, BaseException):
                raise outcome
        return tuple(entry for entries in served if not isinstance(entries, BaseException) for entry in entries)

    async def _serve(self, conversation: str, notices: tuple[Notice, ...]) -> list[Entry]:
        """All parcels of one conversation, in order, until one of them has to wait."""
        channel = self._route(conversation)
        entries: list[Entry] = []
        native = self._native(conversation)
        if reason := self.voice.waits(channel, native):
            self._tell_of_waiting(notices, reason)
            return entries
        async with self._turns.setdefault(conversation, asyncio.Lock()):
            for parcel in self._parcels(channel, notices):
                granted = self.voice.granted(channel, native, len(parcel.texts))
                if not granted:
                    stopped = self.voice.limits.wait(channel, native, self._clock.now()) is None
                    self._tell_of_waiting(notices, "account" if stopped else "rate")
                    break
                fate = await self._hand_over(channel, conversation, parcel, granted)
                if fate is not None:
                    entries.extend(fate.entries(conversation, self._clock.now()))
                    if not fate.goes_on:
                        self._tell_of_waiting(notices, "order")
                        break
        return entries

    def _tell_of_waiting(self, notices: Sequence[Notice], reason: str) -> None:
        """Write down, once for each, what is owed and was not tried, and why."""
        ledger = self._store.ledger()
        unsaid = [notice for notice in notices if not ledger.keyed(notice.claim)]
        self._record(hold(unsaid, ledger, self._clock.now(), reason))

    def _parcels(self, channel: Channel, notices: tuple[Notice, ...]) -> Iterator[Parcel]:
        """The rests of earlier attempts as they were, then what was possibly said before by itself, then all others."""
        fresh: list[Notice] = []
        doubtful: list[Notice] = []
        for notice in notices:
            before = self._before(notice)
            rest = resumed(notice, before.details) if before and before.kind is EntryKind.FAILED else None
            if rest:
                yield rest
            else:
                (doubtful if before and before.kind is EntryKind.UNKNOWN else fresh).append(notice)
        spoken = self._spoken(channel)
        for group, words in ((doubtful, partial(_again, spoken)), (fresh, spoken)):
            if group:
                packed = pack(group, words, channel.measure, channel.capabilities.limit)
                said = {notice.key for parcel in packed for notice in parcel.notices}
                left_out = [notice for notice in group if notice.key not in said]
                self._record(hold(left_out, self._store.ledger(), self._clock.now()))
                yield from packed

    def _spoken(self, channel: Channel) -> Compose:
        """The words for a channel: with mentions that really call a member, where it can, and without a call to answer where
        nobody would be heard."""
        able = channel.capabilities
        words = partial(self._words, mention=channel.mention) if able.can_mention else self._words
        return words if able.hears else partial(words, heard=False)

    def _before(self, notice: Notice) -> Entry | None:
        """How the attempt before this one ended."""
        return self._store.ledger().verdict(attempt_key(notice.key, notice.attempt - 1)) if notice.attempt > 1 else None

    async def _hand_over(self, channel: Channel, conversation: str, parcel: Parcel, granted: int) -> Fate | None:
        """Claim, post and record one parcel of which `granted` messages have their turn; None when somebody else has
        claimed all of it."""
        won = self._claimed(parcel, conversation, channel)
        if not won:
            return None
        if len(won) < len(parcel.notices):
            parcel = pack(won, self._spoken(channel), channel.measure, None)[0]
        before = self._before(parcel.notices[0])
        again = before is not None and before.kind is EntryKind.UNKNOWN
        verdicts: list[Verdict] = []
        done = False
        try:
            await self._post_all(channel, conversation, parcel, granted, verdicts)
            done = True
        finally:
            # Also when we are cancelled in mid-send: what may have left must not look untouched.
            reached = tuple(verdicts if done else [*verdicts, INTERRUPTED])
            fate = Fate(channel.name, parcel, reached, channel.capabilities.repeats, again)
            self._record(fate.entries(conversation, self._clock.now()))
        return fate

    def _claimed(self, parcel: Parcel, conversation: str, channel: Channel) -> tuple[Notice, ...]:
        won: list[Notice] = []
        try:
            for notice in parcel.notices:
                if self._store.claim(notice.claim, self._clock.now()):
                    won.append(notice)
        except StoreError:
            # What was claimed already is not going to be said now; it must not be taken for something that may have been.
            if won:
                fate = Fate(channel.name, Parcel(tuple(won), ("",)), (NEVER_LEFT,))
                self._unwritten.extend(fate.entries(conversation, self._clock.now()))
            raise
        return tuple(won)

    async def _post_all(
        self, channel: Channel, conversation: str, parcel: Parcel, granted: int, verdicts: list[Verdict]
    ) -> None:
        """Post the parcel's messages and add the verdict on each to `verdicts`; the first that is not sent ends it."""
        native = self._native(conversation)
        for part, text in enumerate(parcel.texts):
            limited = self.voice.limited(channel, native) if part >= granted else None
            key = parcel.post_key(len(parcel.before) + part)
            buttons = buttons_for(parcel, part, channel.capabilities.buttons)
            verdicts.append(limited or await self.voice.post(channel, native, text, key, buttons=buttons))
            if not verdicts[-1].taken:
                if self._native(conversation) != native:  # there is another way to it: it is tried the next time
                    verdicts[-1] = replace(verdicts[-1], permanent=False)
                break

    def _record(self, entries: Sequence[Entry]) -> None:
        """Write verdicts down. Where the disk refuses they are kept and written before anything else is said."""
        self._unwritten.extend(entries)
        try:
            self.write()
        except StoreError as error:
            log.warning("%d verdicts wait for the disk: %s", len(self._unwritten), error)

    def write(self) -> None:
        """Write what the disk refused before. Raises StoreError, with an alarm, while it still refuses."""
        if not self._unwritten:
            return
        try:
            self._store.append(*self._unwritten)
        except StoreError as error:
            self.alarms.sound(DISK, f"提醒的发送结果暂时记不进台账，已停止发送新的提醒：{error}")
            raise
        self._unwritten.clear()
        self.alarms.over(DISK)

    def hear(self, key: str, verdict: Verdict) -> tuple[Entry, ...]:
        """An answer that comes late, to the message posted under `key`: what was unknown becomes known. The same answer
        a second time changes nothing. Raises StoreError."""
        ledger = self._store.ledger()
        open_ = [one for one in ledger.kinds(EntryKind.UNKNOWN) if one.details.get("post") == key]
        waiting = [one for one in open_ if ledger.keyed(one.key)[-1] is one]
        if verdict.status is Status.UNKNOWN or not waiting:
            return ()
        entries = tuple(late(one, verdict, self._clock.now()) for one in waiting)
        self._store.append(*entries)
        return entries

    def settle(self, before: datetime | None = None) -> tuple[Entry, ...]:
        """Record the claims that a crash left without a verdict as unknown; returns the entries.

        For the start of the only process. Where several share a store, `before` spares the claims that may be under way.
        """
        now = self._clock.now()
        crashed = [claim for claim in self._store.ledger().open_claims() if before is None or claim.at < before]
        entries = tuple(_crashed(claim, now) for claim in crashed)
        if entries:
            self._store.append(*entries)
        return entries


def _again(words: Compose, notices: Sequence[Notice]) -> str:
    return AGAIN + words(notices)


def _crashed(claim: Entry, now: datetime) -> Entry:
    named = parse_key(claim.key)
    return Entry(
        EntryKind.UNKNOWN,
        now,
        conversation=named.conversation,
        assignment=named.assignment,
        key=claim.key,
        words="可能发送过：上次运行在发送中断",
        details={"stage": named.stage, "claimed": claim.at.isoformat()},
    )
