"""What a pure function makes of each different thing, made once: most of what a table says it says in many of its rows."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Once(dict[K, V], Generic[K, V]):
    """Looked up as a dictionary. It is made for the table or document at hand, and goes with it: `make` is no method of whoever
    keeps it, or both would wait for the collector of garbage."""

    __slots__ = ("_make",)

    def __init__(self, make: Callable[[K], V]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: K) -> V:
        """What is made of a thing that is asked of for the first time."""
        made = self[key] = self._make(key)
        return made
