"""What comes in over OneBot connections, brought to the ear in order, one after another, whatever connection it came by."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import replace

from bot.channels.hearing import Ear, Heard, Tiding, TidingKind
from bot.channels.qq.memories import Recent
from bot.channels.qq.onebot_actions import Action, Answer, message
from bot.channels.qq.onebot_events import Beat, Event, RosterChanged, Understood, account_of, understood
from bot.channels.qq.segments import identifier, segments_of
from knowledge.store import StoreError

log = logging.getLogger(__name__)

MOST_WAITING = 1000
"""Events that wait to be brought; more are left in the connection until there is room."""
ASK_TIMEOUT = 5.0
"""Seconds to learn what a message quotes."""
DISK_PAUSE = 5.0
"""Seconds until the ear is tried again after the disk refused: the platform says nothing twice, so we hold on to it."""
LEAVING = 2.0
"""Seconds for what came in already, when we go."""
LONGEST_QUOTE = 500
LONGEST_MUTE = 30 * 86400
"""Seconds; QQ mutes nobody for longer."""
Value = Heard | Tiding | RosterChanged


class Hearing:
    """Events on their way to the ear. `own` are the ids of our messages, `ask` calls the implementation, `changed` is told
    of a conversation whose members changed; `account` is who we are, empty until it is known."""

    def __init__(
        self,
        name: str,
        own: Recent[str, bool],
        ask: Callable[[Action, float], Awaitable[Answer]],
        changed: Callable[[str], None],
        account: str = "",
        pause: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self.name, self.account = name, account
        self.online: bool | None = None
        self.recalled: Recent[str, bool] = Recent()
        self._own, self._ask, self._changed, self._pause = own, ask, changed, pause
        self._waiting: asyncio.Queue[Value] = asyncio.Queue(MOST_WAITING)
        self._taken: Recent[str, bool] = Recent()
        self._ends: dict[str, asyncio.TimerHandle] = {}

    @asynccontextmanager
    async def bringing(self, ear: Ear) -> AsyncIterator[None]:
        """Within, what is taken is brought to `ear`; what came in already is brought before it ends, as far as there is time."""
        beside = asyncio.create_task(self._bring(ear))
        try:
            yield
        finally:
            with suppress(TimeoutError):
                async with asyncio.timeout(LEAVING):
                    await self._waiting.join()
            beside.cancel()
            await asyncio.gather(beside, return_exceptions=True)

    async def take(self, event: Event) -> None:
        """An event as it came; those of another account on the same connection are not ours."""
        found = self._understood(event)
        if isinstance(found, Heard):
            self._taken.keep(found.id, True)
        if isinstance(found, Tiding) and found.kind is TidingKind.OFFLINE:
            await self.is_online(False)
        elif found is not None and not isinstance(found, Beat):
            if isinstance(found, Tiding) and found.kind in (TidingKind.MUTED, TidingKind.UNMUTED):
                self._expect_end(found, event.get("duration"))
            await self._waiting.put(found)

    async def catch_up(self, event: Event) -> None:
        """A message that was said while nobody was connected, unless it came already."""
        found = self._understood(event)
        if isinstance(found, Heard) and found.id not in self._taken:
            self._taken.keep(found.id, True)
            await self._waiting.put(found)

    def _understood(self, event: Event) -> Understood:
        account = account_of(event)
        self.account = self.account or account
        if account and account != self.account:
            return None
        try:
            return understood(event, self.name)
        except Exception:
            log.exception("channel %s: an event that nobody understands", self.name)
            return None

    def _expect_end(self, muted: Tiding, duration: object) -> None:
        """Being muted ends by itself, and nobody tells of that."""
        before = self._ends.pop(muted.conversation, None)
        if before is not None:
            before.cancel()
        if muted.kind is TidingKind.MUTED and isinstance(duration, int | float) and 0 < duration <= LONGEST_MUTE:
            end = replace(muted, kind=TidingKind.UNMUTED)
            self._ends[muted.conversation] = asyncio.get_running_loop().call_later(duration, self._ended, end)

    def _ended(self, end: Tiding) -> None:
        self._ends.pop(end.conversation, None)
        try:
            self._waiting.put_nowait(end)
        except asyncio.QueueFull:
            self._expect_end(replace(end, kind=TidingKind.MUTED), 60)

    def close(self) -> None:
        """Wait for nothing any more."""
        while self._ends:
            self._ends.popitem()[1].cancel()

    async def beaten(self, beat: Beat) -> None:
        """A heartbeat."""
        if beat.online is not None:
            await self.is_online(beat.online)

    async def is_online(self, online: bool) -> None:
        """QQ is logged in or not; told when it is known first on a connection, and when it changes."""
        if self.online is not online:
            self.online = online
            await self._waiting.put(Tiding(TidingKind.ONLINE if online else TidingKind.OFFLINE, self.name))

    def absent(self) -> None:
        """There is no connection: whether QQ is logged in is not known any more."""
        self.online = None

    async def _bring(self, ear: Ear) -> None:
        while True:
            value = await self._waiting.get()
            try:
                await self._brought(value, ear)
            except Exception:
                log.exception("channel %s: something heard was lost", self.name)
            finally:
                self._waiting.task_done()

    async def _brought(self, value: Value, ear: Ear) -> None:
        if isinstance(value, RosterChanged):
            self._changed(value.conversation)
        elif isinstance(value, Tiding):
            if value.kind is TidingKind.RECALLED:
                self.recalled.keep(value.id, True)
            await self._kept(lambda: ear.tell(value))
        else:
            heard = await self._quoting(value)
            await self._kept(lambda: ear.hear(heard))

    async def _kept(self, bring: Callable[[], Awaitable[object]]) -> None:
        """Try until the disk takes it."""
        while True:
            try:
                await bring()
            except StoreError as error:
                log.warning("channel %s: what was heard waits for the disk: %s", self.name, error)
                await self._pause(DISK_PAUSE)
            else:
                return

    async def _quoting(self, heard: Heard) -> Heard:
        """With what it quotes. A reply is for us only if it quotes a message of ours; after a restart the implementation
        knows which ones these are."""
        if not heard.quoted:
            return heard
        answer = await self._ask(message(heard.quoted), ASK_TIMEOUT)
        given = answer.frame.get("data") if answer.frame is not None and answer.good else None
        quoted: Mapping[str, object] = given if isinstance(given, Mapping) else {}
        sender = quoted.get("sender")
        account = identifier(sender.get("user_id")) if isinstance(sender, Mapping) else ""
        ours = heard.quoted in self._own or (bool(account) and account == self.account)
        words = "".join(one.values.get("text", "") for one in segments_of(quoted.get("message") or []))
        return replace(heard, mentioned=heard.mentioned or ours, quoted_text=words[:LONGEST_QUOTE].strip())
