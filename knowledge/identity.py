"""Remember what was made of frozen values, by their identity: comparing a register of a thousand rows costs more than a look."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Remembered(Generic[T]):
    """The last few things made, each kept together with the values it was made of, so that identities stay theirs."""

    def __init__(self, kept: int) -> None:
        self._kept = kept
        self._made: dict[tuple[int, ...], tuple[tuple[object, ...], T]] = {}

    def of(self, parts: tuple[object, ...], make: Callable[[], T]) -> T:
        """What `make` gave for these very parts, or gives now."""
        identity = tuple(map(id, parts))
        known = self._made.get(identity)
        if known is None:
            known = (parts, make())
            self._made[identity] = known
            for old in list(self._made)[: -self._kept]:
                self._made.pop(old, None)
        return known[1]

    @property
    def latest(self) -> T | None:
        """The last thing made."""
        return next(reversed(self._made.values()))[1] if self._made else None
