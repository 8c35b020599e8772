"""QQ 群 through OneBot v11: a QQ account of the office's own, driven by an implementation (NapCat, LLBot …) beside us."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from itertools import islice

from bot.channels.calling import Caller
from bot.channels.hearing import FILE, IMAGE, Attachment, Ear, File, Heard, Participant, key_of, native_of
from bot.channels.measures import characters
from bot.channels.protocol import (
    Button,
    Capabilities,
    Channel,
    Disconnected,
    Rate,
    Scope,
    Status,
    Trouble,
    Verdict,
    too_long,
)
from bot.channels.qq import onebot_actions as actions
from bot.channels.qq import segments
from bot.channels.qq.memories import Recent
from bot.channels.qq.onebot_doors import CALLS, EVENTS, UNIVERSAL, Door
from bot.channels.qq.onebot_events import GROUP
from bot.channels.qq.onebot_files import fetched
from bot.channels.qq.onebot_hearing import Hearing
from bot.channels.qq.onebot_history import missed
from bot.channels.qq.onebot_link import CALL_TIMEOUT, Link
from bot.channels.qq.pacing import Pace
from bot.channels.qq.segments import Segment, identifier
from bot.channels.reactions import Step
from bot.channels.settings import Endpoint
from bot.clock import Clock
from knowledge.directory import Liaison
from knowledge.store import StoreError

log = logging.getLogger(__name__)

LIMIT = 3000
"""Characters of a message; ours, QQ names no number."""
MOST_FILE = 20 * 1024 * 1024
"""Bytes of a file handed out: more in one frame is refused by many implementations."""
RETURN = 4.0
"""Seconds that a message waits for a connection that just ended; the turn and the call still fit into `bot.voice.POST_TIMEOUT`."""
CATCHING_UP = 5.0
"""Seconds between two looks at what was missed."""
ROSTER_AGE = timedelta(hours=1)
MOST_MEMBERS = 5000
# 20 a minute and 60 an hour in a group are our own caution: QQ publishes no numbers and freezes accounts that talk in bursts.
RATES = (Rate(Scope.CREDENTIAL, 30, 60), Rate(Scope.CONVERSATION, 20, 60), Rate(Scope.CONVERSATION, 60, 3600))
CAPABILITIES = Capabilities(
    hears_group=True,
    can_mention=True,
    limit=LIMIT,
    rates=RATES,
    files_in=frozenset({FILE, IMAGE}),
    files_out=frozenset({FILE, IMAGE}),
    roster=True,
)
WRONG_ACCOUNT = (
    "QQ 通道连上的账号是 {given}，设置里写的是 {wanted}，已停止；请核对 account 或 OneBot 实现登录的账号后重新启动。"
)
_MENTION = re.compile(r"@[^@()\n]{1,50}\(\d{5,12}\)")
NOT_CONNECTED = Verdict(
    Status.FAILED,
    "没有连上 OneBot 实现，没有发送",
    trouble=Trouble.SERVER,
    alarm="QQ 通道没有连上 OneBot 实现，消息没有发出；请检查 NapCat 等程序是否在运行、地址和 token 是否一致，连上后会再试。",
)
LOGGED_OUT = Verdict(
    Status.FAILED,
    "OneBot 实现报告 QQ 账号不在线，没有发送",
    trouble=Trouble.SERVER,
    alarm="QQ 账号掉线，消息没有发出；请在 OneBot 实现里重新登录这个账号，上线后会再试。",
)
WITHDRAWN = Verdict(Status.FAILED, "提问已经撤回，没有答复", permanent=True)


class OneBotChannel(Channel):
    """One QQ account. Conversations are group:群号 and private:QQ号, persons are QQ numbers, all of them strings."""

    capabilities = CAPABILITIES

    def __init__(
        self,
        name: str,
        door: Door,
        clock: Clock,
        *,
        account: str = "",
        secrets: Collection[str] = (),
        pace: Pace | None = None,
        timeout: float = CALL_TIMEOUT,
    ) -> None:
        self.name, self.credential = name, f"qq:{account}" if account else name
        self._door, self._clock, self._account, self._secrets = door, clock, account, tuple(secrets)
        self._pace = pace or Pace(clock)
        self._downloads = Caller(Endpoint(""))
        self._links: dict[str, Link] = {}
        self._leaving: set[asyncio.Task[None]] = set()
        self._linked = asyncio.Event()
        self._caught_up: datetime | None = None
        self._timeout = timeout
        self._refused = ""
        self._own: Recent[str, bool] = Recent()
        self._mentions: Recent[str, str] = Recent()
        self._rosters: Recent[str, tuple[datetime, tuple[Participant, ...]]] = Recent(200)
        self._hearing = Hearing(name, self._own, self.ask, self._rosters.forget, account)

    def measure(self, text: str) -> int:
        """Characters."""
        return characters(text)

    # ------------------------------------------------------------ speaking
    async def post(self, conversation: str, text: str, key: str, buttons: tuple[Button, ...] = ()) -> Verdict:
        """Say something. Nothing in OneBot keeps the same message from being shown twice: what got no answer is unknown."""
        return too_long(self, text) or await self._say(conversation, key, self._parts(text))

    async def answer(self, heard: Heard, text: str, key: str) -> Verdict:
        """Answer by quoting the question and naming who asked; plainly, where the implementation does not take that."""
        if refusal := too_long(self, text):
            return refusal
        if heard.id in self._hearing.recalled:
            return WITHDRAWN
        number, person = str(heard.ticket.get("message") or ""), str(heard.ticket.get("at") or "")
        plain = self._parts(text)
        named = (segments.at(person), segments.text(" ")) if person else ()
        quoting = (segments.reply(number),) if number else ()
        via = str(heard.ticket.get("via") or "")
        return await self._say(heard.conversation, key, (*quoting, *named, *plain), plain, via)

    async def hand(self, conversation: str, file: File, key: str) -> Verdict:
        """Hand out a file or a picture."""
        if len(file.content) > MOST_FILE:
            raw = f"文件“{file.name}”有{len(file.content)}字节，超过{MOST_FILE}字节，没有发送"
            return Verdict(Status.FAILED, raw, permanent=True, trouble=Trouble.CONTENT)
        if refusal := await self._unable():
            return refusal
        answer = await self.ask(actions.handed(native_of(conversation), file))
        return actions.concluded(answer, secrets=self._secrets, needs_id=file.kind == IMAGE)[1]

    async def _say(
        self, conversation: str, key: str, parts: Sequence[Segment], plainer: Sequence[Segment] = (), via: str = ""
    ) -> Verdict:
        met: list[Trouble] = []
        while True:
            if refusal := await self._unable():
                return refusal
            answer = await self.ask(
                actions.said(native_of(conversation), parts, via), late=partial(self._told_late, key)
            )
            step, verdict = actions.concluded(answer, met=met, secrets=self._secrets)
            if step is not Step.PLAINER or not plainer or tuple(plainer) == tuple(parts):
                break
            met.append(Trouble.CONTENT)
            parts = plainer
        if verdict.message_id:
            self._own.keep(verdict.message_id, True)
        return verdict

    async def _unable(self) -> Verdict | None:
        """Why nothing can be said now, with nothing sent; None once it is our turn."""
        if self._refused:
            return Verdict(Status.FAILED, "令牌被拒绝", trouble=Trouble.AUTH, alarm=self._refused)
        if not await self._reached():
            return NOT_CONNECTED
        if self._hearing.online is False:
            return LOGGED_OUT
        return await self._pace.turn()

    async def _reached(self) -> bool:
        """Whether there is a connection to call over, after a moment for one that just ended to come back."""
        with suppress(TimeoutError):
            async with asyncio.timeout(RETURN):
                while self._caller is None:
                    self._linked.clear()
                    await self._linked.wait()
        return self._caller is not None

    @property
    def _caller(self) -> Link | None:
        return next((link for role in (CALLS, UNIVERSAL) if (link := self._links.get(role)) and link.open), None)

    def _told_late(self, key: str, answer: actions.Answer) -> None:
        """An answer to a message of which it was said already that nothing is known of it."""
        verdict = actions.concluded(answer, secrets=self._secrets)[1]
        if verdict.message_id:
            self._own.keep(verdict.message_id, True)
        if self.late is not None and verdict.status is not Status.UNKNOWN:
            try:
                self.late(key, verdict)
            except StoreError:
                log.exception("channel %s: what became of a message could not be written down", self.name)

    async def ask(
        self,
        action: actions.Action,
        timeout: float | None = None,
        late: Callable[[actions.Answer], None] | None = None,
    ) -> actions.Answer:
        """One call over whatever connection there is."""
        link = self._caller
        if link is None:
            return actions.Answer(None, NOT_CONNECTED.raw, left=False)
        return await link.call(action, self._timeout if timeout is None else timeout, late)

    def mention(self, liaison: Liaison) -> str:
        """@name(QQ number); `post` turns what was said here, and nothing else, into a real mention."""
        account = native_of(liaison.id)
        if not (account.isascii() and account.isdigit()):
            return liaison.name
        words = f"@{liaison.name}({account})"
        self._mentions.keep(words, account)
        return words

    def _parts(self, text: str) -> tuple[Segment, ...]:
        """The segments of a text: only mentions that this channel made itself become real ones."""
        parts: list[Segment] = []
        at = 0
        for found in _MENTION.finditer(text):
            account = self._mentions.get(found[0])
            if account is not None:
                parts += [segments.text(text[at : found.start()]), segments.at(account), segments.text(" ")]
                at = found.end()
        parts.append(segments.text(text[at:]))
        return tuple(part for part in parts if part.values.get("text") != "")

    # ------------------------------------------------------------ hearing
    async def listen(self, ear: Ear) -> None:
        """Use connections until they end: forward raises Disconnected then, reverse waits for the next."""
        self._refused = ""
        async with self._hearing.bringing(ear):
            try:
                await self._door.keep(self._use)
            except Disconnected as gone:
                self._refused = gone.alarm if gone.trouble is Trouble.AUTH else ""
                raise

    async def _use(self, link: Link, role: str) -> None:
        """One connection until it ends. A new one takes the place of an old one in the same role: after a broken line the
        implementation is back before we have noticed."""
        before, self._links[role] = self._links.get(role), link
        self._linked.set()
        if before is not None:
            # Beside: the far end of a broken line does not answer, and the new one must not wait for that.
            leaving = asyncio.create_task(before.close("由新连接接替"))
            self._leaving.add(leaving)
            leaving.add_done_callback(self._leaving.discard)
        greeting = asyncio.create_task(self._greet(link)) if role != EVENTS else None
        try:
            await link.read(self.name, self._hearing.take, self._hearing.beaten)
        except Disconnected:
            if greeting is not None and greeting.done() and greeting.result():
                raise Disconnected(greeting.result(), Trouble.AUTH, greeting.result()) from None
            raise
        finally:
            if greeting is not None:
                greeting.cancel()
                await asyncio.gather(greeting, return_exceptions=True)
            if self._links.get(role) is link:
                del self._links[role]
            if not self._links:
                self._hearing.absent()

    async def _greet(self, link: Link) -> str:
        """Learn who we are and whether QQ is logged in, without waiting for the first heartbeat. Returns, and closes the
        connection, where it is the wrong account."""
        answer = await link.call(actions.Action("get_login_info", {}))
        account = identifier(answered(answer).get("user_id"))
        if account and self._account not in ("", account):
            await link.close("账号不符")
            return WRONG_ACCOUNT.format(given=account, wanted=self._account)
        self._hearing.account = self._hearing.account or account
        online = answered(await link.call(actions.Action("get_status", {}))).get("online")
        if isinstance(online, bool):
            await self._hearing.is_online(online)
        await self._catch_up(link)
        return ""

    async def _catch_up(self, link: Link) -> None:
        """Hear what was said while nobody was connected; through a storm of connections not at each of them."""
        now = self._clock.now()
        if self._caught_up is not None and (wait := CATCHING_UP - abs((now - self._caught_up).total_seconds())) > 0:
            await asyncio.sleep(wait)
        self._caught_up = self._clock.now()
        async for event in missed(link.call, self._caught_up):
            await self._hearing.catch_up(event)

    async def fetch(self, attachment: Attachment, most: int) -> bytes:
        """The bytes of a file or picture. Raises AttachmentError."""
        return await fetched(attachment, most, self.ask, self._downloads)

    async def members(self, conversation: str) -> tuple[Participant, ...]:
        """Who is in a group, with their cards; remembered for an hour, and until somebody's card changes."""
        now, known = self._clock.now(), self._rosters.get(conversation)
        if known is not None and abs(now - known[0]) < ROSTER_AGE:
            return known[1]
        if not native_of(conversation).startswith(f"{GROUP}:"):
            return ()
        answer = await self.ask(actions.members(native_of(conversation)))
        given = answer.frame.get("data") if answer.frame is not None and answer.good else None
        found = tuple(_participants(self.name, given)) if isinstance(given, list) else ()
        if found:
            self._rosters.keep(conversation, (now, found))
        return found

    async def close(self) -> None:
        """Let go of connections; may be called twice."""
        self._hearing.close()
        links, self._links = list(self._links.values()), {}
        for link in links:
            await link.close()
        await asyncio.gather(*self._leaving, return_exceptions=True)
        await self._downloads.close()


def _participants(channel: str, given: Iterable[object]) -> Iterator[Participant]:
    for one in islice(given, MOST_MEMBERS):
        if isinstance(one, Mapping) and identifier(one.get("user_id")):
            name = identifier(one.get("card") or one.get("nickname"))[:100]
            yield Participant(key_of(channel, identifier(one["user_id"])), name)


def answered(answer: actions.Answer) -> Mapping[str, object]:
    """The values in a good answer; none in any other."""
    given = answer.frame.get("data") if answer.frame is not None and answer.good else None
    return given if isinstance(given, Mapping) else {}
