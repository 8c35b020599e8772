"""飞书 and 钉钉."""

from tests.platforms.robots import COUNTERPARTS

__all__ = ["COUNTERPARTS"]
