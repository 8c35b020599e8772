"""E-mail."""

from tests.platforms.mail import COUNTERPARTS

__all__ = ["COUNTERPARTS"]
