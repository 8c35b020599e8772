"""The memory channel is its own platform; one variant for each way in which capabilities differ."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bot.channels.hearing import FILE, IMAGE, Attachment, Heard
from bot.channels.memory import MemoryChannel, Posted
from bot.channels.protocol import Capabilities, Disconnected, Status, Trouble, Verdict
from bot.channels.reactions import Code
from bot.clock import SystemClock
from tests.contracts.counterpart import Counterpart, Shown

CODES: dict[Trouble, Code] = {
    Trouble.RATE: 45009,
    Trouble.TOKEN: 42001,
    Trouble.AUTH: 60020,
    Trouble.TARGET: 93000,
    Trouble.PERSON: 43101,
    Trouble.SERVER: -1,
}


class Scripted(MemoryChannel):
    """Tells the counterpart what it shows."""

    def __init__(self, counterpart: MemoryCounterpart, capabilities: Capabilities, in_bytes: bool) -> None:
        super().__init__(capabilities, in_bytes=in_bytes)
        self._counterpart = counterpart

    def shown(self, message: Posted) -> None:
        file = message.file
        self._counterpart.show(
            Shown(
                message.conversation, message.text, message.message_id, message.answers,
                file.name if file else "", file.content if file else b"", message.buttons,
            )
        )  # fmt: skip


class MemoryCounterpart(Counterpart):
    group, private, person = "memory/群Ab", "memory/王", "memory/王"
    troubles = frozenset(CODES)
    refreshes_token = True

    def __init__(self, capabilities: Capabilities, in_bytes: bool = False) -> None:
        super().__init__()
        self.channel = self._memory = Scripted(self, capabilities, in_bytes)
        self._said = 0

    async def say(
        self, text: str, *, group: bool = True, mentioned: bool = True, id: str = "", quoted: str = ""
    ) -> str:
        heard = self._heard(text, group, id)
        self._memory.bring(replace(heard, mentioned=mentioned or not group, quoted=quoted))
        return heard.id

    async def press(self, says: str, *, group: bool = True) -> str:
        heard = self._heard(says, group)
        self._memory.bring(replace(heard, pressed=True))
        return heard.id

    async def give(self, name: str, content: bytes, *, group: bool = False) -> str:
        self._memory.given[name] = content
        heard = self._heard("", group)
        self._memory.bring(replace(heard, attachments=(Attachment(name, FILE, {"n": 1}),)))
        return heard.id

    def _heard(self, text: str, group: bool, id: str = "") -> Heard:
        self._said += 1
        where = self.group if group else self.private
        return Heard("memory", id or f"in{self._said}", where, self.person, text, SystemClock().now(), "王芳", group)

    def refuse(self, trouble: Trouble, times: int = 1) -> None:
        self._memory.script(CODES[trouble], times)

    def lose_answer(self) -> None:
        self._memory.script(Verdict(Status.UNKNOWN, "没有答复", trouble=Trouble.SILENCE), shown=True)

    async def disconnect(self) -> None:
        self._memory.bring(Disconnected("对方断开"))


ALL = Capabilities(files_in=frozenset({FILE, IMAGE}), files_out=frozenset({FILE, IMAGE}), buttons=3, can_mention=True)

COUNTERPARTS: dict[str, Callable[[Path], Counterpart]] = {
    "memory": lambda _: MemoryCounterpart(ALL),
    "memory in bytes": lambda _: MemoryCounterpart(replace(ALL, limit=2048, buttons=0), in_bytes=True),
    "memory with keys": lambda _: MemoryCounterpart(Capabilities(idempotent=True, limit=4096)),
}
