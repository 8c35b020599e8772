"""Windows: the days a question asks about."""

from __future__ import annotations

from datetime import date

from knowledge.model import Span


def window(text: str, today: date) -> Span | None:
    return None


def without_window(text: str) -> str:
    return text
