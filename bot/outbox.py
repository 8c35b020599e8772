"""投递: claim durably, post, record the platform's own verdict. What is not known is written down as not known.

A key is claimed before anything is said, so that neither a restart nor a second process says it again. Between the
platform's acceptance and our record lies the one window that cannot be closed: a claim found without a verdict
after a restart is recorded as unknown (possibly sent), never repeated, never hidden.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from bot.channels.protocol import Channel, Status, Verdict
from bot.clock import Clock
from bot.parcels import Compose, Parcel, Words, pack
from handlers.notices_wording import compose, paragraph
from knowledge.ledger import Entry, EntryKind
from knowledge.store import Store, StoreError
from scheduler.notices import Notice, attempt_key, by_conversation

log = logging.getLogger(__name__)

POST_TIMEOUT = 30.0
"""Seconds after which a post without an answer is unknown."""
SAME_KEY_TRIES = 3
"""How often a message without an answer is posted under its key where the platform shows a key once."""
KINDS = {Status.SENT: EntryKind.SENT, Status.FAILED: EntryKind.FAILED, Status.UNKNOWN: EntryKind.UNKNOWN}
INTERRUPTED = Verdict(Status.UNKNOWN, "进程结束，没有等到平台答复")
NO_PUSH = Verdict(Status.FAILED, "通道不能主动发言", permanent=True)


class Outbox:
    """Delivers notices through channels and writes their fate into the store.

    `route` gives the channel of a conversation. Conversations are served side by side, each in order.
    """

    def __init__(
        self,
        store: Store,
        route: Callable[[str], Channel],
        clock: Clock,
        words: Words = compose,
        timeout: float = POST_TIMEOUT,
    ) -> None:
        self._store, self._route, self._clock = store, route, clock
        self._words, self._timeout = words, timeout
        self._turns: dict[str, asyncio.Lock] = {}

    async def deliver(self, notices: Sequence[Notice]) -> tuple[Entry, ...]:
        """Deliver what is not claimed yet; returns the verdicts written. Raises StoreError when nothing can be written."""
        groups = by_conversation(notices)
        written = await asyncio.gather(
            *(self._serve(conversation, group) for conversation, group in groups.items()), return_exceptions=True
        )
        for outcome in written:
            if isinstance(outcome, BaseException):
                raise outcome
        return tuple(entry for entries in written if not isinstance(entries, BaseException) for entry in entries)

    async def _serve(self, conversation: str, notices: tuple[Notice, ...]) -> list[Entry]:
        channel = self._route(conversation)
        entries: list[Entry] = []
        async with self._turns.setdefault(conversation, asyncio.Lock()):
            for parcel in pack(notices, self._spoken(channel), channel.measure, channel.capabilities.limit):
                entries.extend(await self._hand_over(channel, conversation, parcel))
        return entries

    def _spoken(self, channel: Channel) -> Compose:
        """The words for a channel: with mentions that really call a member, where it can."""
        return partial(self._words, mention=channel.mention) if channel.capabilities.can_mention else self._words

    async def _hand_over(self, channel: Channel, conversation: str, parcel: Parcel) -> list[Entry]:
        """Claim, post and record one parcel; nothing when somebody else has claimed all of it."""
        won = self._claimed(parcel)
        if not won:
            return []
        if len(won) < len(parcel.notices):
            parcel = pack(won, self._spoken(channel), channel.measure, None)[0]
        shown = self._shown(parcel)
        verdicts = [INTERRUPTED]
        try:
            verdicts = await self._post_all(channel, conversation, parcel, shown)
        finally:
            # Also when we are cancelled in mid-send: what may have left must not look untouched.
            entries = _entries(parcel, conversation, channel.name, verdicts, shown, self._clock.now())
            self._store.append(*entries)
        return entries

    def _shown(self, parcel: Parcel) -> int:
        """How many messages of a long notice an earlier attempt has got through; they are not said again."""
        first = parcel.notices[0]
        if len(parcel.texts) == 1 or first.attempt == 1:
            return 0
        shown = self._store.ledger().keyed(attempt_key(first.key, first.attempt - 1))[-1].details.get("shown", 0)
        return min(int(str(shown)), len(parcel.texts) - 1)

    def _claimed(self, parcel: Parcel) -> tuple[Notice, ...]:
        won: list[Notice] = []
        try:
            for notice in parcel.notices:
                if self._store.claim(notice.claim, self._clock.now()):
                    won.append(notice)
        except StoreError:
            log.exception("claims cannot be written, %d notices stay unsaid", len(won))
            raise
        return tuple(won)

    async def _post_all(self, channel: Channel, conversation: str, parcel: Parcel, shown: int) -> list[Verdict]:
        """The verdicts of the parcel's messages behind the `shown` ones; the first that is not sent ends it."""
        verdicts = []
        for part, text in list(enumerate(parcel.texts))[shown:]:
            verdict = await self._post(channel, conversation, text, parcel.post_key(part))
            verdicts.append(verdict)
            if verdict.status is not Status.SENT:
                log.warning("%s %s: %s", conversation, verdict.status, verdict.raw)
                break
        return verdicts

    async def _post(self, channel: Channel, conversation: str, text: str, key: str) -> Verdict:
        if not channel.capabilities.can_push:
            return NO_PUSH
        verdict = await self._ask(channel, conversation, text, key)
        tries = 1
        while verdict.status is Status.UNKNOWN and channel.capabilities.idempotent and tries < SAME_KEY_TRIES:
            verdict = await self._ask(channel, conversation, text, key)
            tries += 1
        return verdict

    async def _ask(self, channel: Channel, conversation: str, text: str, key: str) -> Verdict:
        try:
            async with asyncio.timeout(self._timeout):
                return await channel.post(conversation, text, key)
        except TimeoutError:
            return Verdict(Status.UNKNOWN, f"{self._timeout:g}秒内没有答复")
        except Exception as error:
            log.exception("channel %s broke", channel.name)
            return Verdict(Status.UNKNOWN, f"{type(error).__name__}: {error}")

    def settle(self, before: datetime | None = None) -> tuple[Entry, ...]:
        """Record the claims that a crash left without a verdict as unknown; returns the entries.

        For the start of the only process. Where several share a store, `before` spares the claims that may be under way.
        """
        now = self._clock.now()
        crashed = [claim for claim in self._store.ledger().open_claims() if before is None or claim.at < before]
        entries = tuple(
            Entry(
                EntryKind.UNKNOWN,
                now,
                key=claim.key,
                words="可能发送过：上次运行在发送中断",
                details={"claimed": claim.at.isoformat()},
            )
            for claim in crashed
        )
        if entries:
            self._store.append(*entries)
        return entries


def _entries(
    parcel: Parcel, conversation: str, channel: str, verdicts: list[Verdict], shown: int, at: datetime
) -> list[Entry]:
    """One entry a notice with the fate of its parcel: the verdict on the last message that was tried."""
    verdict = verdicts[-1]
    fate: dict[str, object] = {"channel": channel, "raw": verdict.raw}
    if ids := [v.message_id for v in verdicts if v.message_id]:
        fate["message_ids"] = ids
    if verdict.status is Status.FAILED:
        fate["permanent"] = verdict.permanent
        if verdict.retry_after is not None:
            fate["retry_after"] = verdict.retry_after
        if len(parcel.texts) > 1:
            fate["shown"] = shown + len(verdicts) - 1
    return [
        Entry(
            KINDS[verdict.status],
            at,
            conversation=conversation,
            words=paragraph(notice),
            document=notice.document.id if notice.document else "",
            assignment=notice.assignment.id if notice.assignment else "",
            key=notice.claim,
            details={**_identity(notice), **fate},
        )
        for notice in parcel.notices
    ]


def _identity(notice: Notice) -> dict[str, object]:
    """What a notice was, whom it named, and how much of it was said."""
    told: dict[str, object] = {
        "kind": str(notice.kind),
        "stage": notice.stage,
        "due": notice.due.isoformat() if notice.due else None,
        "attempt": notice.attempt if notice.attempt > 1 else None,
        "code": notice.code,
        "units": list(notice.units),
        "named": [liaison.name for liaison in notice.liaisons],
        "reason": notice.reason,
        "brief": notice.brief,
    }
    return {name: value for name, value in told.items() if value}
