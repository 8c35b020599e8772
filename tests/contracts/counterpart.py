"""The platform's side of a channel in a test: people talk there, see what the bot says, and things go wrong on request.

Contract harness for channels. Each channel brings a module into tests/contracts/counterparts/ that holds

    COUNTERPARTS: dict[str, Callable[[Path], Counterpart]] = {"onebot forward": ForwardCounterpart, ...}

(the path is a folder of the test's own), and then runs the whole suite of tests/contracts/test_channels.py. Its shapes
are those that an independent party has accepted before.
"""

from __future__ import annotations

import asyncio
import contextlib
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TypeVar

import pytest

from bot.channels.hearing import Ear, Heard, Tiding
from bot.channels.protocol import Button, Channel, Disconnected, Status, Trouble

PATIENCE = 10.0
"""Seconds after which something that should have been seen or heard has not come."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as people see it on the platform: in the conversation `where` (its key), with the id the platform gave it.

    `answers` is the id of the message that it quotes or answers, where the platform shows that; `file` the name of a file
    and `content` its bytes.
    """

    where: str
    text: str
    id: str
    answers: str = ""
    file: str = ""
    content: bytes = b""
    buttons: tuple[Button, ...] = ()


class Counterpart(ABC):
    """A fake platform with one office's bot on it. `group` and `private` are keys of conversations that are there (empty:
    the platform has none such), `person` who speaks; `hears`: what is said in them reaches the bot.

    `troubles` are the classes of refusal that it can be made to say, `secrets` what must never be told to anybody. Who
    derives from this calls `show` for each message that it takes.
    """

    channel: Channel
    group: str = ""
    private: str = ""
    person: str = ""
    hears: bool = True
    connects: bool = True
    """Whether there is a connection that can end."""
    loses: bool = True
    """Whether an answer can be lost."""
    vouches: bool = True
    """Whether the platform says what became of an answer; a passive answer of 公众号 has no verdict."""
    passive: bool = False
    """Whether an answer goes back in the callback itself, and to each repetition of it."""
    secrets: tuple[str, ...] = ()
    troubles: frozenset[Trouble] = frozenset()
    refreshes_token: bool = False
    """Whether a token that was refused once (Trouble.TOKEN) is renewed and the message said."""

    def __init__(self) -> None:
        self.messages: list[Shown] = []
        self._news = asyncio.Event()

    @property
    def where(self) -> str:
        """A conversation to post to."""
        return self.group or self.private

    @property
    def in_group(self) -> bool:
        """Whether questions are heard in a group."""
        return bool(self.group) and self.channel.capabilities.hears_group

    @property
    def taken(self) -> Status:
        """What is said of a message that went well: never that it was sent, where a person carries it on."""
        return Status.ENTRUSTED if self.channel.capabilities.by_hand else Status.SENT

    # ------------------------------------------------------------ to be given
    async def open(self, ear: Ear) -> None:  # noqa: B027 - not every platform has to be made
        """The platform is there; callbacks are brought by `channel.called(…, ear)`. The suite calls `channel.listen` itself."""

    async def close(self) -> None:  # noqa: B027
        """The platform goes; the suite has closed the channel before."""

    @abstractmethod
    async def say(
        self, text: str, *, group: bool = True, mentioned: bool = True, id: str = "", quoted: str = ""
    ) -> str:
        """The person says something, in the group or in private; returns the platform's id of the message, as `Heard.id`
        has it. The same `id` again is the same message delivered once more. `text` is without the mention: it is added
        as the platform writes it where `mentioned`. Waits until the bot is connected, where there is a connection."""

    @abstractmethod
    def refuse(self, trouble: Trouble, times: int = 1) -> None:
        """Refuse the next `times` messages in this way; a great number stands for ever."""

    @abstractmethod
    def lose_answer(self) -> None:
        """Take and show the next message, and never answer that (or answer too late)."""

    async def disconnect(self) -> None:  # noqa: B027
        """End the connection, where there is one; the next one is accepted."""

    async def give(self, name: str, content: bytes, *, group: bool = False) -> str:
        """The person gives a file, where the channel gets files (`files_in`)."""
        raise NotImplementedError

    async def press(self, says: str, *, group: bool = True) -> str:
        """The person presses a button that says this, where the channel has buttons."""
        raise NotImplementedError

    # ------------------------------------------------------------ what is given
    def show(self, message: Shown) -> None:
        """Something is shown to people."""
        self.messages.append(message)
        self._news.set()

    async def see(self, wanted: int) -> list[Shown]:
        """All that is shown, once there are at least so many messages."""
        async with asyncio.timeout(PATIENCE):
            while len(self.messages) < wanted:
                self._news.clear()
                await self._news.wait()
        return list(self.messages)


class Listener(Ear):
    """An ear that keeps what it hears; `known` are what it has heard before, `broken` makes it refuse to keep."""

    def __init__(self) -> None:
        self.heard: list[Heard] = []
        self.told: list[Tiding] = []
        self.known: set[str] = set()
        self._news = asyncio.Event()

    async def hear(self, heard: Heard) -> bool:
        fresh = heard.id not in self.known
        self.known.add(heard.id)
        self.heard.append(heard)
        self._news.set()
        return fresh

    async def tell(self, tiding: Tiding) -> None:
        self.told.append(tiding)
        self._news.set()

    async def until(self, heard: int = 0, told: int = 0) -> None:
        """Wait until so much was heard and told."""
        async with asyncio.timeout(PATIENCE):
            while len(self.heard) < heard or len(self.told) < told:
                self._news.clear()
                await self._news.wait()


@contextlib.asynccontextmanager
async def listening(counterpart: Counterpart, ear: Ear) -> AsyncIterator[None]:
    """The platform is there and the channel listens, connecting again whenever the connection ends."""
    await counterpart.open(ear)
    beside = asyncio.create_task(_listen(counterpart.channel, ear))
    try:
        yield
    finally:
        beside.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await beside
        await counterpart.channel.close()
        await counterpart.close()


async def _listen(channel: Channel, ear: Ear) -> None:
    while True:
        await asyncio.sleep(0)
        try:
            await channel.listen(ear)
            return
        except Disconnected as gone:
            if gone.trouble is Trouble.AUTH:
                return


Make = Callable[[Path], Counterpart]
Test = TypeVar("Test", bound=Callable[..., object])


def needing(wanted: Callable[[Counterpart], object], why: str) -> Callable[[Test], Test]:
    """A test for the counterparts of which `wanted` holds; it is skipped for the others before anything is opened."""

    def mark(test: Test) -> Test:
        test.__dict__.setdefault("needs", []).append((wanted, why))
        return test

    return mark


def skip_unless_needed(test: Callable[..., object], counterpart: Counterpart, given: Mapping[str, object]) -> None:
    """Skip a test that is not for this counterpart. `given` are the parameters of the test, for `wanted` to ask."""
    for wanted, why in getattr(test, "needs", ()):
        if not wanted(counterpart):
            pytest.skip(why)
    trouble = given.get("trouble")
    if trouble is not None and trouble not in counterpart.troubles:
        pytest.skip("cannot be refused so")
    kind = given.get("kind")
    if kind is not None and kind not in counterpart.channel.capabilities.files_out:
        pytest.skip(f"hands out no {kind}")


@cache
def counterparts() -> dict[str, Make]:
    """All that there are, by name."""
    found: dict[str, Make] = {}
    for path in sorted((Path(__file__).parent / "counterparts").glob("*.py")):
        found |= import_module(f"tests.contracts.counterparts.{path.stem}").COUNTERPARTS
    return found
