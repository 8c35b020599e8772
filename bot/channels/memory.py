"""A channel that keeps what is posted, and misbehaves on request: for simulations, rehearsals and tests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.channels.protocol import Capabilities, Status, Verdict, too_long
from knowledge.directory import Liaison


@dataclass(frozen=True, slots=True)
class Posted:
    """A message as the conversation saw it."""

    conversation: str
    text: str
    key: str
    message_id: str


class MemoryChannel:
    """Shows messages in `posted`.

    `script` holds the verdicts of the next posts, in order; SENT when it is used up. `loses_answer` are the numbers
    (from 1) of posts that are shown although the script says UNKNOWN, as when a platform's answer is lost on the way.
    """

    name = "memory"

    def __init__(
        self,
        capabilities: Capabilities | None = None,
        script: Iterable[Verdict] = (),
        loses_answer: Iterable[int] = (),
        in_bytes: bool = False,
    ) -> None:
        self.capabilities = capabilities or Capabilities()
        self.posted: list[Posted] = []
        self.tries = 0
        self._script = list(script)
        self._loses_answer = frozenset(loses_answer)
        self._in_bytes = in_bytes

    def measure(self, text: str) -> int:
        """Characters, or UTF-8 bytes when built so."""
        return len(text.encode()) if self._in_bytes else len(text)

    async def post(self, conversation: str, text: str, key: str) -> Verdict:
        """Show the message and say so, unless the script wants otherwise."""
        if refusal := too_long(self, text):
            return refusal
        self.tries += 1
        verdict = self._script.pop(0) if self._script else Verdict(Status.SENT, "ok")
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
