"""Telegram, both ways of hearing."""

from tests.platforms.telegram import COUNTERPARTS

__all__ = ["COUNTERPARTS"]
