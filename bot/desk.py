"""接待台: what channels hear is kept, attended to in its turn, and answered once; one conversation waits for no other.

Heard → inbox (then the platform may be told) → its conversation's queue → the app decides, in a thread → marked as being
said → said → marked with what became of it. After a crash what waited and is fresh is answered; of what is not, or may have
been answered already, its sender is told once.
"""

from __future__ import annotations

import asyncio
import contextvars
import logging
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256
from typing import TypeVar

from bot.app import App
from bot.channels.hearing import Ear, Heard, Tiding, TidingKind
from bot.channels.protocol import Channel, Status, Verdict
from bot.health import Ward
from bot.inbox import Inbox, Mark
from bot.missed import Missed, judged
from handlers import wording_serving as words
from handlers.message import Outcome, Reply
from knowledge.model import Message, Turn
from knowledge.store import StoreError

log = logging.getLogger(__name__)
T = TypeVar("T")

TURNS = 8
"""Earlier lines that are remembered of what one person says in one conversation."""
TALKS = 2000
"""Persons in conversations whose lines are remembered."""
PENDING = 200
"""Messages of one conversation that wait in memory; more wait on the disk."""
MOST = 5000
"""Messages of all conversations that do."""
LONGEST = 5000
"""Characters of a message that are looked at."""
INBOX = "inbox"


class Desk(Ear):
    """接待台 of a serving office: the ear of all its channels. `files` makes something of what is given in private."""

    def __init__(
        self,
        app: App,
        inbox: Inbox,
        channels: Mapping[str, Channel],
        ward: Ward,
        files: Callable[[Channel, Heard], Awaitable[Outcome]] | None = None,
    ) -> None:
        self._app, self._inbox, self._channels, self._ward = app, inbox, channels, ward
        self._files = files
        self._voice = app.outbox.voice
        self._queues: dict[str, deque[Heard]] = {}
        self._workers: dict[str, asyncio.Task[None]] = {}
        self._sayings: set[asyncio.Task[None]] = set()
        self._under_way: set[tuple[str, str]] = set()
        self._talks: OrderedDict[tuple[str, str], deque[Turn]] = OrderedDict()
        # One thread for the office's decisions, so that two of them never race; one for the inbox, which must not wait for them.
        self._office, self._keeping = ThreadPoolExecutor(1, "office"), ThreadPoolExecutor(1, "inbox")

    async def practise(self) -> None:
        """Answer a few questions for nobody, so that the first who ask need not wait; each in its turn, behind what people say."""
        from bot.practice import QUESTIONS, practise

        for text in QUESTIONS:
            await self._decide(practise, self._app.answered, text)

    # ------------------------------------------------------------ the ear
    async def hear(self, heard: Heard) -> bool:
        """Keep it and attend to it in its turn. Raises StoreError where it cannot be kept: then it was not heard."""
        try:
            fresh = await self._keep(self._inbox.take, heard)
        except StoreError as error:
            self._app.alarms.sound(INBOX, f"收到的消息存不下来，暂时不能回答：{error}")
            raise
        except (TypeError, ValueError):
            # What cannot be written will not be writable the next time either: it must not keep the others away.
            log.exception("通道“%s”的一条消息存不下来，已跳过", heard.channel)
            return False
        self._app.alarms.over(INBOX)
        self._ward.heard(heard.channel, fresh)
        if fresh:
            self._queue(heard)
        return fresh

    async def tell(self, tiding: Tiding) -> None:
        """A message was taken back, or something changed around a conversation or an account."""
        alarms, where = self._app.alarms, tiding.conversation
        match tiding.kind:
            case TidingKind.RECALLED:
                await self._recalled(tiding)
            case TidingKind.OFFLINE:
                alarms.sound(f"offline {tiding.channel}", words.OFFLINE.format(channel=tiding.channel))
            case TidingKind.ONLINE:
                alarms.over(f"offline {tiding.channel}")
            case TidingKind.MUTED:
                self._voice.muted.add(where)
                alarms.sound(f"muted {where}", words.MUTED.format(group=self._app.groups.name(where)))
            case TidingKind.UNMUTED:
                self._voice.muted.discard(where)
                alarms.over(f"muted {where}")
            case _:
                await self._followed(tiding)

    async def _recalled(self, tiding: Tiding) -> None:
        heard = await self._keep(self._inbox.find, tiding.channel, tiding.id)
        if heard is not None and self._inbox.mark_of(tiding.channel, tiding.id) is None:
            await self._marked(heard, Mark.RECALLED)

    async def _followed(self, tiding: Tiding) -> None:
        """A group moved, or the bot left it or came into it."""
        outcome = await self._decide(self._app.told, tiding)
        for number, reply in enumerate(outcome.replies):
            where = reply.conversation or tiding.conversation
            key = sha256(f"{tiding}{self._app.clock.now()}{number}".encode("utf-8", "surrogatepass")).hexdigest()[:24]
            self._beside(self._pass_on(replace(reply, conversation=where), key))

    def _beside(self, work: Coroutine[object, object, None]) -> None:
        """What is said without anybody having asked must not keep the channel from hearing on."""
        worker = asyncio.get_running_loop().create_task(work)
        self._sayings.add(worker)
        worker.add_done_callback(self._sayings.discard)

    # ------------------------------------------------------------ turns
    def _queue(self, heard: Heard) -> None:
        waiting, key = self._queues.get(heard.conversation, deque()), (heard.channel, heard.id)
        if key in self._under_way or len(waiting) >= PENDING or len(self._under_way) >= MOST:
            return  # what has no room is on the disk, and taken up when there is
        self._under_way.add(key)
        self._queues.setdefault(heard.conversation, waiting).append(heard)
        if heard.conversation not in self._workers:
            worker = asyncio.get_running_loop().create_task(self._work(heard.conversation))
            self._workers[heard.conversation] = worker

    async def _work(self, conversation: str) -> None:
        """Attend to what is said in one conversation, in order; ends when nothing waits."""
        waiting = self._queues[conversation]
        try:
            while waiting:
                heard = waiting.popleft()
                try:
                    await self._attend(heard)
                except Exception:
                    log.exception("a message could not be attended to")
                finally:
                    self._under_way.discard((heard.channel, heard.id))
        finally:
            del self._workers[conversation], self._queues[conversation]

    async def resume(self) -> None:
        """Take up what lies in the inbox and nobody attends to: at the start, and each minute. Raises StoreError."""
        late: list[Missed] = []
        for kept in await self._keep(self._inbox.unsettled):
            heard = kept.heard
            if heard is None or (heard.channel, heard.id) in self._under_way:
                continue
            missed = judged(kept, self._app.store.ledger(), self._app.clock.now())
            if missed is None:
                self._queue(heard)
            else:
                late.append(missed)
        for whose in Missed.together(late):
            for heard in whose.all:  # marked before it is said, so that it is never said twice
                await self._keep(self._inbox.mark, heard, Mark.MISSED)
            self._beside(self._own_up(whose))

    async def settled(self) -> None:
        """Wait until nothing is waiting or being answered."""
        while self._workers or self._sayings:
            await asyncio.wait([*self._workers.values(), *self._sayings])

    async def stop(self, seconds: float) -> None:
        """Finish what is being answered, for so many seconds at most; what is left is taken up at the next start."""
        for waiting in self._queues.values():
            waiting.clear()
        workers = [*self._workers.values(), *self._sayings]
        if workers:
            _, late = await asyncio.wait(workers, timeout=seconds)
            for worker in late:
                worker.cancel()
            await asyncio.gather(*workers, return_exceptions=True)
        self._office.shutdown(wait=False, cancel_futures=True)
        self._keeping.shutdown(wait=True)

    # ------------------------------------------------------------ one message
    async def _attend(self, heard: Heard) -> None:
        channel = self._channels.get(heard.channel)
        if channel is None or self._taken_back(heard):
            return
        outcome = await self._outcome(channel, heard)
        if self._taken_back(heard):
            return
        here = "\n".join(reply.text for reply in outcome.replies if not reply.conversation)
        if not (here or outcome.files or any(reply.conversation for reply in outcome.replies)):
            await self._marked(heard, Mark.QUIET)
            await channel.pass_over(heard)
            return
        await self._keep(self._inbox.mark, heard, Mark.SPEAKING)
        verdicts = await self._say(channel, heard, here, outcome)
        ids = [verdict.message_id for verdict in verdicts if verdict.message_id]
        await self._marked(heard, _mark_of(verdicts), ids)

    def _taken_back(self, heard: Heard) -> bool:
        return self._inbox.mark_of(heard.channel, heard.id) is Mark.RECALLED

    async def _outcome(self, channel: Channel, heard: Heard) -> Outcome:
        """What the office makes of it; the words first: the files may be evidence for what they report."""
        said = Outcome()
        text = heard.text.strip() or (heard.quoted_text.strip() if heard.mentioned else "")
        if text:
            message = self._message(heard, text[:LONGEST])
            said = await self._decide(self._app.receive, message)
            self._remember(heard, message.text, said.text)
        if heard.attachments and self._files is not None and not heard.group:
            outcome = await self._files(channel, heard)
            said = replace(said, replies=(*said.replies, *outcome.replies))
        return said

    def _message(self, heard: Heard, text: str) -> Message:
        addressed = heard.mentioned or heard.pressed or not heard.group
        quotes_us = bool(heard.quoted) and self._inbox.said(heard.channel, heard.quoted)
        return Message(
            text,
            heard.conversation,
            heard.name,
            group=heard.group,
            mentioned=addressed or quotes_us,
            turns=tuple(self._talks.get((heard.conversation, heard.person), ())),
            quoted=heard.quoted,
            person=heard.person,
        )

    def _remember(self, heard: Heard, asked: str, said: str) -> None:
        if not said:
            return
        whose = heard.conversation, heard.person
        turns = self._talks.setdefault(whose, deque(maxlen=TURNS))
        turns.extend((Turn(asked), Turn(said, by_bot=True)))
        self._talks.move_to_end(whose)
        if len(self._talks) > TALKS:
            self._talks.popitem(last=False)

    async def _say(self, channel: Channel, heard: Heard, here: str, outcome: Outcome) -> list[Verdict]:
        key = sha256(f"{heard.channel}\n{heard.id}".encode("utf-8", "surrogatepass")).hexdigest()[:24]
        verdicts: list[Verdict] = []
        if here:
            verdicts += await self._voice.answer(channel, heard, here, key)
        for number, file in enumerate(outcome.files):
            handed = await self._voice.hand(channel, heard.conversation, file, f"{key}-f{number}", heard.person)
            verdicts.append(handed)
            if handed.status is Status.FAILED:
                told = await self._decide(self._app.kept, file)
                verdicts += await self._voice.answer(channel, heard, told, f"{key}-k{number}")
        for number, reply in enumerate(one for one in outcome.replies if one.conversation):
            await self._pass_on(reply, f"{key}-o{number}")
        return verdicts

    async def _pass_on(self, reply: Reply, key: str) -> None:
        """Say something in another conversation than it came from."""
        channel = self._app.route(reply.conversation)
        if not channel.capabilities.can_push or self._voice.waits(channel, reply.conversation):
            log.warning("会话“%s”现在不能主动发言，没有转告。", reply.conversation)
            return
        await self._voice.reply(channel, self._app.native(reply.conversation), reply.text, key)

    async def _own_up(self, missed: Missed) -> None:
        """Tell somebody once what was not answered."""
        channel = self._channels.get(missed.last.channel)
        if channel is None or not missed.addressed:
            return
        key = sha256(f"missed\n{missed.last.id}".encode("utf-8", "surrogatepass")).hexdigest()[:24]
        await self._voice.answer(channel, missed.last, words.missed(missed.words), key)

    async def _marked(self, heard: Heard, mark: Mark, ids: list[str] | None = None) -> None:
        try:
            await self._keep(self._inbox.mark, heard, mark, ids or [])
        except StoreError as error:
            self._app.alarms.sound(INBOX, f"收件簿写不进去：{error}")

    # ------------------------------------------------------------ threads
    async def _decide(self, call: Callable[..., T], *given: object) -> T:
        """In the office's own thread, one at a time: what it reads and writes belongs together."""
        return await _in(self._office, call, *given)

    async def _keep(self, call: Callable[..., T], *given: object) -> T:
        return await _in(self._keeping, call, *given)


async def _in(pool: ThreadPoolExecutor, call: Callable[..., T], *given: object) -> T:
    context = contextvars.copy_context()
    return await asyncio.get_running_loop().run_in_executor(pool, lambda: context.run(call, *given))


def _mark_of(verdicts: list[Verdict]) -> Mark:
    statuses = {verdict.status for verdict in verdicts}
    if Status.FAILED in statuses:
        return Mark.FAILED
    return Mark.UNKNOWN if Status.UNKNOWN in statuses else Mark.ANSWERED
