"""The ledger: what happened, appended and never changed. Status is derived from it, never stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class EntryKind(StrEnum):
    """What an entry records."""

    FILED = "filed"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    ACKNOWLEDGED = "acknowledged"
    REPORTED = "reported"


@dataclass(frozen=True, slots=True)
class Entry:
    """记录: one thing that happened. `at` is aware; `who`, `conversation` and `words` say on whose word it stands.

    `key` is the notice's unique key for deliveries; `details` holds JSON values only.
    """

    kind: EntryKind
    at: datetime
    who: str = ""
    conversation: str = ""
    words: str = ""
    document: str = ""
    assignment: str = ""
    unit: str = ""
    key: str = ""
    details: Mapping[str, object] = field(default_factory=dict)
