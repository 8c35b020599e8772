"""The terminal as a channel: what is due is written where somebody is reading."""

from __future__ import annotations

import sys
from typing import TextIO

from bot.channels.protocol import Button, Capabilities, Channel, Status, Verdict
from knowledge.directory import Liaison


class TerminalChannel(Channel):
    """Writes messages to a text stream, standard output unless another is given."""

    name = "terminal"
    credential = "terminal"
    capabilities = Capabilities(hears_group=False, own=True)

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream
        self._count = 0

    def measure(self, text: str) -> int:
        """Characters; there is no limit."""
        return len(text)

    async def post(self, conversation: str, text: str, key: str, buttons: tuple[Button, ...] = ()) -> Verdict:
        """Write the message under the name of its conversation; written and flushed is sent."""
        stream = self._stream or sys.stdout
        try:
            stream.write(f"\n〔{conversation}〕\n{text}\n\n")
            stream.flush()
        except (OSError, ValueError) as error:
            # A closed stream (ValueError) or pipe takes nothing more from this process.
            return Verdict(Status.FAILED, f"{type(error).__name__}: {error}", permanent=True)
        self._count += 1
        return Verdict(Status.SENT, "已显示在终端", str(self._count))

    def mention(self, liaison: Liaison) -> str:
        """The name: nobody is called from a terminal."""
        return liaison.name

    async def close(self) -> None:
        """The stream belongs to whoever gave it."""
