"""候答: a 公众号's callbacks that wait for the answer that they can carry back, for as long as the platform waits."""

from __future__ import annotations

import asyncio
from collections import OrderedDict

REMEMBERED = 1000
"""Messages whose answer is kept for the platform's own repeats."""


class Waiting:
    """By message id. Whoever asks for the same id again, as the platform does, gets the same answer."""

    def __init__(self) -> None:
        self._answers: OrderedDict[str, asyncio.Future[str | None]] = OrderedDict()

    def begin(self, id: str) -> None:
        """A callback is there; before anybody could answer it."""
        if id not in self._answers:
            self._answers[id] = asyncio.get_running_loop().create_future()
        while len(self._answers) > REMEMBERED:
            self._answers.popitem(last=False)[1].cancel()

    def known(self, id: str) -> bool:
        """Whether a callback with it waits or was answered lately."""
        return id in self._answers

    def drop(self, id: str) -> None:
        """The message could not be kept: the platform's repeat begins anew."""
        self._answers.pop(id, None)

    async def answer(self, id: str, seconds: float) -> str | None:
        """The answer, once it is there; None where it does not come in time, after which nobody can give it here any more."""
        coming = self._answers[id]
        await asyncio.wait([coming], timeout=max(seconds, 0))
        if not coming.done():
            coming.set_result(None)
        return None if coming.cancelled() else coming.result()

    def offer(self, id: str, text: str) -> bool:
        """Give the answer to whoever waits; False where nobody does."""
        coming = self._answers.get(id)
        if coming is None or coming.done():
            return False
        coming.set_result(text)
        return True
