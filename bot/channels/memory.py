"""A channel that keeps what is posted, and misbehaves on request: for simulations, rehearsals and tests."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from bot.channels.hearing import Attachment, AttachmentError, Ear, File, Heard, Tiding
from bot.channels.measures import characters, utf8_bytes
from bot.channels.protocol import Button, Capabilities, Channel, Disconnected, Status, Trouble, Verdict, too_long
from bot.channels.reactions import Code, Step, react
from knowledge.directory import Liaison


@dataclass(frozen=True, slots=True)
class Posted:
    """A message as the conversation saw it; `answers` is the id of the message that it quotes."""

    conversation: str
    text: str
    key: str
    message_id: str
    answers: str = ""
    buttons: tuple[Button, ...] = ()
    file: File | None = None


class MemoryChannel(Channel):
    """Shows messages in `posted`.

    `script` holds what the platform answers to the next requests, in order: a verdict, or a code of 企业微信 to which it
    reacts as any channel does (`refreshed` and `plainer` count what it did); it takes the message when the script is used
    up. `loses_answer` are the numbers (from 1) of requests whose message is shown although the script says UNKNOWN, as
    when an answer is lost on the way. What is `brought` is heard by whoever listens; `given` are the bytes of attachments
    by name.
    """

    def __init__(
        self,
        capabilities: Capabilities | None = None,
        script: Iterable[Verdict | Code] = (),
        loses_answer: Iterable[int] = (),
        in_bytes: bool = False,
        credential: str = "memory",
        name: str = "memory",
    ) -> None:
        self.capabilities = capabilities or Capabilities()
        self.name, self.credential = name, credential
        self.posted: list[Posted] = []
        self.given: dict[str, bytes] = {}
        self._line: asyncio.Queue[Heard | Tiding | Disconnected] = asyncio.Queue()
        self.tries = self.refreshed = self.plainer = 0
        self._script = list(script)
        self._loses_answer = frozenset(loses_answer)
        self._measure: Callable[[str], int] = utf8_bytes if in_bytes else characters

    def measure(self, text: str) -> int:
        """Characters, or UTF-8 bytes when built so."""
        return self._measure(text)

    async def post(self, conversation: str, text: str, key: str, buttons: tuple[Button, ...] = ()) -> Verdict:
        """Show the message and say so, unless the script wants otherwise."""
        return await self._say(Posted(conversation, text, key, "", buttons=buttons))

    async def answer(self, heard: Heard, text: str, key: str) -> Verdict:
        """The same, quoting what was heard."""
        return await self._say(Posted(heard.conversation, text, key, "", answers=heard.id))

    async def hand(self, conversation: str, file: File, key: str) -> Verdict:
        """The same with a file."""
        return await self._say(Posted(conversation, "", key, "", file=file))

    async def fetch(self, attachment: Attachment, most: int) -> bytes:
        """What was given under the attachment's name."""
        content = self.given.get(attachment.name)
        if content is None or len(content) > most:
            raise AttachmentError(f"“{attachment.name}”取不到，或者太大，请换个方式再发一次。")
        return content

    def bring(self, event: Heard | Tiding | Disconnected) -> None:
        """Somebody said something, something changed, or the connection ends."""
        self._line.put_nowait(event)

    async def listen(self, ear: Ear) -> None:
        """Hand on what is brought, in order."""
        while True:
            event = await self._line.get()
            if isinstance(event, Disconnected):
                raise event
            await (ear.tell(event) if isinstance(event, Tiding) else ear.hear(event))

    def script(self, answer: Verdict | Code, times: int = 1, shown: bool = False) -> None:
        """Put so many answers behind those that the platform will give; `shown`: the message is shown nevertheless."""
        if shown:
            self._loses_answer |= {self.tries + len(self._script) + 1}
        self._script += [answer] * times

    async def _say(self, message: Posted) -> Verdict:
        if refusal := too_long(self, message.text):
            return refusal
        met: list[Trouble] = []
        while True:
            answer = self._answer()
            if isinstance(answer, Verdict):
                return self._concluded(answer, message)
            reaction = react("wecom", answer, f'{{"errcode":{answer}}}', met=met)
            if reaction.step not in (Step.REFRESH, Step.PLAINER) or reaction.verdict.trouble is None:
                return self._concluded(reaction.verdict, message)
            met.append(reaction.verdict.trouble)
            self.refreshed += reaction.step is Step.REFRESH
            self.plainer += reaction.step is Step.PLAINER

    def _answer(self) -> Verdict | Code:
        self.tries += 1
        return self._script.pop(0) if self._script else Verdict(Status.SENT, "ok")

    def _concluded(self, verdict: Verdict, message: Posted) -> Verdict:
        if verdict.status is Status.SENT:
            return Verdict(Status.SENT, verdict.raw, self._show(message))
        if self.tries in self._loses_answer:
            self._show(message)
        return verdict

    def mention(self, liaison: Liaison) -> str:
        """The name with a sign before it, and the id it stands for."""
        return f"@{liaison.name}<{liaison.id}>" if liaison.id else liaison.name

    def _show(self, message: Posted) -> str:
        """The id of the message; an idempotent channel shows a key once."""
        if self.capabilities.idempotent:
            for before in self.posted:
                if before.key == message.key:
                    return before.message_id
        id = f"m{len(self.posted) + 1}"
        self.posted.append(replace(message, message_id=id))
        self.shown(self.posted[-1])
        return id

    def shown(self, message: Posted) -> None:
        """Called for each message that is shown; for whoever watches."""

    async def close(self) -> None:
        """Nothing to let go of."""
