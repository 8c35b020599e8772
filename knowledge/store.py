"""存储: where an office's register and ledger stay. The protocol, and the store that keeps them in memory."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from knowledge.ledger import Entry, EntryKind, Ledger
from knowledge.register import Register


class StoreError(Exception):
    """The store cannot do it; everything is as it was before. `str(error)` is one Chinese sentence with the next step."""


class StoreBusy(StoreError):
    """Another process holds the right to write; the sentence says who and what to do."""


class Store(Protocol):
    """What every store can do. Whoever implements it runs tests/contracts/.

    `warnings` holds Chinese sentences about damage found and mended; nothing in them stops the work.
    """

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was found damaged and how it was mended, oldest first."""
        ...

    def load(self) -> Register:
        """The register as last filed; needs no right to write. Raises StoreError."""
        ...

    def revision(self) -> int:
        """The revision of the register as last filed; cheap."""
        ...

    def file(self, register: Register, *entries: Entry) -> None:
        """Make `register` the office's register and write `entries`, both or neither.

        Raises StoreError when somebody else filed since this store last loaded, or when it cannot be written.
        """
        ...

    def append(self, *entries: Entry) -> None:
        """Write entries into the ledger; when this returns they survive a power cut. Raises StoreError."""
        ...

    def claim(self, key: str, at: datetime) -> bool:
        """Take the notice with this key on oneself, durably. True exactly once for every key, for ever."""
        ...

    def ledger(self) -> Ledger:
        """Everything written so far; needs no right to write. Raises StoreError."""
        ...

    def close(self) -> None:
        """Give back the right to write and whatever is open; may be called twice."""
        ...


def claim_entry(key: str, at: datetime) -> Entry:
    """The entry that stands for a claim."""
    if not key:
        raise ValueError("a claim needs a key")
    return Entry(EntryKind.CLAIMED, at, key=key)


def refuse_stale(current: Register, offered: Register) -> None:
    """Raise StoreError unless `offered` continues `current` (the same register again is fine: nothing changes)."""
    if offered.partial:
        raise ValueError("a scoped register is a view: file the whole register")
    if offered.revision <= current.revision and offered != current:
        raise StoreError(
            f"总册在此期间已有更新（现为第{current.revision}版，提交的是第{offered.revision}版），没有写入；"
            "请重新操作一次。"
        )


class MemoryStore:
    """A store that forgets: for tests, simulations and trying out. Keeps the whole contract but durability."""

    def __init__(self, register: Register | None = None, *entries: Entry) -> None:
        self._register = register or Register()
        self._ledger = Ledger(entries)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Nothing can get damaged in memory."""
        return ()

    def load(self) -> Register:
        """The register as last filed."""
        return self._register

    def revision(self) -> int:
        """The revision of the register as last filed."""
        return self._register.revision

    def file(self, register: Register, *entries: Entry) -> None:
        """Make `register` the office's register and write `entries`."""
        refuse_stale(self._register, register)
        self._register, self._ledger = register, self._ledger.plus(*entries)

    def append(self, *entries: Entry) -> None:
        """Write entries into the ledger."""
        self._ledger = self._ledger.plus(*entries)

    def claim(self, key: str, at: datetime) -> bool:
        """True exactly once for every key."""
        entry = claim_entry(key, at)
        if self._ledger.claimed(key):
            return False
        self.append(entry)
        return True

    def ledger(self) -> Ledger:
        """Everything written so far."""
        return self._ledger

    def close(self) -> None:
        """Nothing to give back."""
