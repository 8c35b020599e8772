"""线路: the Bot API as python-telegram-bot speaks it, over our own settings; updates raw, so that one bad one spoils no other."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

os.environ.setdefault("PTB_TIMEDELTA", "true")  # else the library warns whenever the platform asks us to wait

import telegram
from telegram.error import TimedOut
from telegram.request import HTTPXRequest

from bot.channels.calling import TIMEOUT, trusted
from bot.channels.settings import Endpoint

POLL = 25
"""Seconds that the platform keeps a question for updates open."""
KINDS = ("message", "callback_query", "my_chat_member")
"""The updates that are asked for."""
_GATEWAY = frozenset({408, 502, 504})


class Requests(HTTPXRequest):
    """As the library's, but what a gateway gave up waiting for is a time-out and no refusal: it may have arrived."""

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Status and body. Raises TelegramError."""
        status, body = await super().do_request(*args, **kwargs)
        if status in _GATEWAY:
            raise TimedOut(f"HTTP {status}")
        return status, body


class Wire(telegram.Bot):
    """One account. `close_wire` lets go of its connections."""

    def __init__(self, endpoint: Endpoint, token: str) -> None:
        self._polls, self._calls = _requests(endpoint, 2), _requests(endpoint, 16)
        super().__init__(
            token,
            base_url=f"{endpoint.base}/bot",
            base_file_url=f"{endpoint.base}/file/bot",
            request=self._calls,
            get_updates_request=self._polls,
        )

    async def updates_since(self, offset: int) -> Sequence[Mapping[str, Any]]:
        """The updates from `offset` on, waited for; asking for them tells the platform that all before have arrived. Raises
        TelegramError."""
        asked = {"timeout": POLL, "offset": offset, "allowed_updates": list(KINDS)}
        found = await self._post("getUpdates", asked, read_timeout=POLL + TIMEOUT)
        return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []

    async def close_wire(self) -> None:
        """May be called twice."""
        await self._polls.shutdown()
        await self._calls.shutdown()


def _requests(endpoint: Endpoint, connections: int) -> Requests:
    return Requests(
        connection_pool_size=connections,
        read_timeout=TIMEOUT,
        write_timeout=TIMEOUT,
        connect_timeout=TIMEOUT / 2,
        pool_timeout=TIMEOUT / 2,
        media_write_timeout=TIMEOUT,
        proxy=endpoint.proxy or None,
        httpx_kwargs={"verify": trusted(endpoint.ca), "trust_env": False},
    )
