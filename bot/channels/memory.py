"""A channel that keeps what is posted, and misbehaves on request: for simulations, rehearsals and tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.channels.measures import characters, utf8_bytes
from bot.channels.protocol import Button, Capabilities, Channel, Status, Trouble, Verdict, too_long
from bot.channels.reactions import Code, Step, react
from knowledge.directory import Liaison


@dataclass(frozen=True, slots=True)
class Posted:
    """A message as the conversation saw it."""

    conversation: str
    text: str
    key: str
    message_id: str


class MemoryChannel(Channel):
    """Shows messages in `posted`.

    `script` holds what the platform answers to the next requests, in order: a verdict, or a code of 企业微信 to which it
    reacts as any channel does (`refreshed` and `plainer` count what it did); it takes the message when the script is used
    up. `loses_answer` are the numbers (from 1) of requests whose message is shown although the script says UNKNOWN, as
    when an answer is lost on the way.
    """

    name = "memory"

    def __init__(
        self,
        capabilities: Capabilities | None = None,
        script: Iterable[Verdict | Code] = (),
        loses_answer: Iterable[int] = (),
        in_bytes: bool = False,
        credential: str = "memory",
    ) -> None:
        self.capabilities = capabilities or Capabilities()
        self.credential = credential
        self.posted: list[Posted] = []
        self.tries = self.refreshed = self.plainer = 0
        self._script = list(script)
        self._loses_answer = frozenset(loses_answer)
        self._measure: Callable[[str], int] = utf8_bytes if in_bytes else characters

    def measure(self, text: str) -> int:
        """Characters, or UTF-8 bytes when built so."""
        return self._measure(text)

    async def post(self, conversation: str, text: str, key: str, buttons: tuple[Button, ...] = ()) -> Verdict:
        """Show the message and say so, unless the script wants otherwise."""
        if refusal := too_long(self, text):
            return refusal
        met: list[Trouble] = []
        while True:
            answer = self._answer()
            if isinstance(answer, Verdict):
                return self._concluded(answer, conversation, text, key)
            reaction = react("wecom", answer, f'{{"errcode":{answer}}}', met=met)
            if reaction.step not in (Step.REFRESH, Step.PLAINER) or reaction.verdict.trouble is None:
                return self._concluded(reaction.verdict, conversation, text, key)
            met.append(reaction.verdict.trouble)
            self.refreshed += reaction.step is Step.REFRESH
            self.plainer += reaction.step is Step.PLAINER

    def _answer(self) -> Verdict | Code:
        self.tries += 1
        return self._script.pop(0) if self._script else Verdict(Status.SENT, "ok")

    def _concluded(self, verdict: Verdict, conversation: str, text: str, key: str) -> Verdict:
        if verdict.status is Status.SENT:
            return Verdict(Status.SENT, verdict.raw, self._show(conversation, text, key))
        if self.tries in self._loses_answer:
            self._show(conversation, text, key)
        return verdict

    def mention(self, liaison: Liaison) -> str:
        """The name with a sign before it, and the id it stands for."""
        return f"@{liaison.name}<{liaison.id}>" if liaison.id else liaison.name

    def _show(self, conversation: str, text: str, key: str) -> str:
        """The id of the message; an idempotent channel shows a key once."""
        if self.capabilities.idempotent:
            for message in self.posted:
                if message.key == key:
                    return message.message_id
        id = f"m{len(self.posted) + 1}"
        self.posted.append(Posted(conversation, text, key, id))
        return id

    async def close(self) -> None:
        """Nothing to let go of."""
