"""发声: one text through one channel, within its limits and its time, whether it is owed or a reply."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from bot.alarms import Alarms
from bot.channels.hearing import File, Heard
from bot.channels.protocol import Button, Channel, Scope, Status, Trouble, Verdict
from bot.channels.reactions import PAUSE
from bot.channels.redaction import redacted
from bot.channels.unserved import Unserved
from bot.clock import Clock
from bot.limits import Limits
from bot.parcels import divided

log = logging.getLogger(__name__)

POST_TIMEOUT = 30.0
"""Seconds after which a post without an answer is unknown."""
Say = Callable[[], Awaitable[Verdict]]
REPLY_TRIES = 3
"""How often a reply is tried that the platform was too busy for."""
SAME_KEY_TRIES = 3
"""How often a message without an answer is posted under its key where the platform shows a key once."""
PATIENCE = timedelta(minutes=5)
"""How long a reply waits for its turn; later it answers nobody any more."""
STOPPED = Verdict(Status.FAILED, "通道的账号被拒绝，等待处理", trouble=Trouble.AUTH)
_RESULTS = {Status.FAILED: "失败", Status.UNKNOWN: "结果不明"}
LIMITED = "已到频次上限，余下的稍后接着发"
LONGEST_ID = 128
"""Characters of a platform's name for a message that are kept."""
NO_PUSH = Verdict(Status.FAILED, "通道不能主动发言", permanent=True, trouble=Trouble.TARGET)


class Voice:
    """Says texts and heeds what the platforms answer; `pause` waits for seconds."""

    def __init__(
        self,
        clock: Clock,
        alarms: Alarms | None = None,
        timeout: float = POST_TIMEOUT,
        pause: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self.limits = Limits()
        self.alarms = alarms or Alarms()
        self._clock, self._timeout, self._pause = clock, timeout, pause
        self.spoke: Callable[[str], datetime | None] | None = None
        """When somebody last spoke in a conversation, where that is known."""
        self.muted: set[str] = set()
        """Conversations in which the platform takes nothing unasked."""
        self.lost: set[str] = set()
        """Conversations in which the platform took nothing at all the last time; another way to them is tried first."""
        self.watch: Callable[[Channel, Verdict], None] = lambda channel, verdict: None
        """Told of every verdict."""

    def granted(self, channel: Channel, conversation: str, wanted: int) -> int:
        """How many of `wanted` messages may be said now, counted as said: all that ever fit at once, or none yet."""
        now = self._clock.now()
        if self.limits.wait(channel, conversation, now, wanted) != timedelta():
            return 0
        self.limits.take(channel, conversation, now, wanted)
        return min([wanted, *(rate.count for rate in channel.capabilities.rates if rate.scope is not Scope.PERSON)])

    def limited(self, channel: Channel, conversation: str) -> Verdict | None:
        """The verdict on one more message that was not granted before; None when it may be said, and is counted."""
        wait = self.limits.wait(channel, conversation, self._clock.now())
        if wait is None or self.granted(channel, conversation, 1):
            return None if wait is not None else STOPPED
        return Verdict(Status.FAILED, LIMITED, retry_after=wait.total_seconds(), trouble=Trouble.RATE)

    async def reply(
        self, channel: Channel, conversation: str, text: str, key: str, person: str = ""
    ) -> tuple[Verdict, ...]:
        """Say something to somebody who spoke: in as many messages as the channel needs, each in its turn; the first refusal
        ends it."""
        return await self._pieces(
            channel, conversation, text, key, person, lambda piece, name: channel.post(conversation, piece, name)
        )

    async def answer(self, channel: Channel, heard: Heard, text: str, key: str) -> tuple[Verdict, ...]:
        """The same as an answer to what was heard, quoting it and within the platform's window for answers, as it has them."""
        return await self._pieces(
            channel, heard.conversation, text, key, heard.person, lambda piece, name: channel.answer(heard, piece, name)
        )

    async def hand(self, channel: Channel, conversation: str, file: File, key: str, person: str = "") -> Verdict:
        """Hand somebody a file who asked for it."""
        return await self._patiently(channel, conversation, person, lambda: channel.hand(conversation, file, key))

    async def _pieces(
        self,
        channel: Channel,
        conversation: str,
        text: str,
        key: str,
        person: str,
        say: Callable[[str, str], Awaitable[Verdict]],
    ) -> tuple[Verdict, ...]:
        verdicts: list[Verdict] = []
        for part, piece in enumerate(divided(text, channel.measure, channel.capabilities.limit)):
            said = partial(say, piece, f"{key}-{part}")
            verdicts.append(await self._patiently(channel, conversation, person, said))
            if verdicts[-1].status is Status.FAILED:
                break
        return tuple(verdicts)

    async def _patiently(self, channel: Channel, conversation: str, person: str, say: Say) -> Verdict:
        """Say it in its turn, and once more where the platform was busy or ailing: it was certainly not shown then."""
        for attempt in range(1, REPLY_TRIES + 1):
            refused = await self._turn(channel, conversation, person)
            verdict = refused or await self._heeded(channel, conversation, say)
            if refused or verdict.permanent or verdict.trouble not in (Trouble.RATE, Trouble.SERVER):
                break
            if verdict.trouble is Trouble.SERVER and attempt < REPLY_TRIES:
                await self._pause(float(2**attempt))
        return verdict

    async def _turn(self, channel: Channel, conversation: str, person: str) -> Verdict | None:
        """Wait until one more message is allowed and count it; a refusal when that takes too long."""
        waited = timedelta()
        while wait := self.limits.wait(channel, conversation, self._clock.now(), person=person):
            waited += wait
            if waited > PATIENCE:
                return Verdict(Status.FAILED, f"限速，{waited.total_seconds():g}秒内发不出去", trouble=Trouble.RATE)
            await self._pause(wait.total_seconds())
        if wait is None:
            return STOPPED
        self.limits.take(channel, conversation, self._clock.now(), person=person)
        return None

    async def post(
        self,
        channel: Channel,
        conversation: str,
        text: str,
        key: str,
        asked: bool = False,
        buttons: tuple[Button, ...] = (),
    ) -> Verdict:
        """The verdict on one message whose turn has come; `asked`: somebody spoke first."""
        if not (asked or channel.capabilities.can_push):
            return NO_PUSH
        return await self._heeded(channel, conversation, lambda: channel.post(conversation, text, key, buttons))

    async def _heeded(self, channel: Channel, conversation: str, say: Say) -> Verdict:
        verdict = await self._ask(channel, say)
        tries = 1
        while verdict.status is Status.UNKNOWN and channel.capabilities.idempotent and tries < SAME_KEY_TRIES:
            self.limits.take(channel, conversation, self._clock.now())
            verdict = await self._ask(channel, say)
            tries += 1
        self._heed(channel, conversation, verdict)
        self.watch(channel, verdict)
        return verdict

    async def _ask(self, channel: Channel, say: Say) -> Verdict:
        try:
            async with asyncio.timeout(self._timeout):
                verdict = await say()
        except TimeoutError:
            return Verdict(Status.UNKNOWN, f"{self._timeout:g}秒内没有答复", trouble=Trouble.SILENCE)
        except Exception as error:
            log.exception("channel %s broke", channel.name)
            return Verdict(Status.UNKNOWN, redacted(f"{type(error).__name__}: {error}"), trouble=Trouble.SILENCE)
        return replace(verdict, raw=redacted(verdict.raw), message_id=redacted(verdict.message_id)[:LONGEST_ID])

    def waits(self, channel: Channel, conversation: str) -> str:
        """Why what is owed to a conversation is not even tried now, in one English word as the ledger has it: another process
        serves it, or the platform takes nothing unasked, for good or since nobody has spoken there lately. Empty where it is tried."""
        if isinstance(channel, Unserved) and channel.elsewhere:
            return "elsewhere"
        if conversation in self.muted:
            return "muted"
        window = channel.capabilities.push_window
        if window is None or self.spoke is None:
            return ""
        at = self.spoke(conversation)
        return "" if at is not None and self._clock.now() - at <= timedelta(seconds=window) else "window"

    def _heed(self, channel: Channel, conversation: str, verdict: Verdict) -> None:
        """Wait where the platform is busy, stop an account that is refused, and say what somebody has to mend."""
        now, account = self._clock.now(), channel.account(conversation)
        if verdict.taken:
            self.alarms.over(account)
            self.lost.discard(conversation)
            if verdict.alarm:  # sent, and not to everybody whom it was for
                self.alarms.sound(conversation, verdict.alarm)
            else:
                self.alarms.over(conversation)
            return
        level = logging.INFO if verdict.unvouched else logging.WARNING
        log.log(level, "会话“%s”发送%s：%s", conversation, _RESULTS[verdict.status], verdict.raw)
        if verdict.retry_after or verdict.trouble is Trouble.RATE:
            span = PAUSE if verdict.retry_after is None else verdict.retry_after
            self.limits.hold(Scope.CONVERSATION, conversation, now, timedelta(seconds=span))
        if verdict.trouble is Trouble.TARGET:
            self.lost.add(conversation)
        if verdict.trouble is Trouble.AUTH:
            self.limits.hold(Scope.CREDENTIAL, account, now, None)
        if verdict.alarm:
            about = account if verdict.trouble is Trouble.AUTH else conversation
            self.alarms.sound(about, verdict.alarm)
