"""What a channel remembers of late: bounded, so that memory is flat over years."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

MOST = 5000


class Recent(Generic[Key, Value]):
    """The latest `most` values by key; an older one is forgotten for each that is too many."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[Key, Value] = OrderedDict()

    def __contains__(self, key: Key) -> bool:
        return key in self._kept

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Key) -> Value | None:
        """The value kept under a key."""
        return self._kept.get(key)

    def keep(self, key: Key, value: Value) -> None:
        """Keep a value, as the latest."""
        self._kept[key] = value
        self._kept.move_to_end(key)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def forget(self, key: Key) -> None:
        """Forget a key; nothing when it is not kept."""
        self._kept.pop(key, None)
