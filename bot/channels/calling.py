"""Calls to a platform over HTTP: bounded in time and size, and honest about whether a request may have left."""

from __future__ import annotations

import json
import logging
import ssl
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import httpx

from bot.channels.protocol import Status, Trouble, Verdict
from bot.channels.redaction import redacted
from bot.channels.settings import Endpoint

logging.getLogger("httpx").setLevel(logging.WARNING)  # what it tells of every request holds the keys in addresses
TIMEOUT = 20.0
"""Seconds for a call; less than `bot.voice.POST_TIMEOUT`, so that we say what happened before we are cut off."""
MOST = 1_000_000
"""Bytes of a platform's answer that are read."""
# Nothing was sent: the message cannot have arrived.
_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)


class TooMuch(Exception):
    """There is more to read than is wanted."""


@dataclass(frozen=True, slots=True)
class Got:
    """What came back: the HTTP `status` (None: no answer), the JSON object in it (empty where there is none), the text as it
    came (secrets blotted out), whether the request may have `left`, and the `headers` (names in lower case)."""

    status: int | None
    body: Mapping[str, Any] = field(default_factory=dict)
    raw: str = ""
    left: bool = True
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def silent(self) -> Verdict | None:
        """The verdict where no answer came: unknown, or failed for now where nothing left; None where there is an answer."""
        if self.status is not None:
            return None
        if self.left:
            return Verdict(Status.UNKNOWN, self.raw, trouble=Trouble.SILENCE)
        return Verdict(Status.FAILED, self.raw, trouble=Trouble.SERVER)


class Caller:
    """Calls below one endpoint; `secrets` never stand in what it hands back."""

    def __init__(self, endpoint: Endpoint, secrets: Collection[str] = (), timeout: float = TIMEOUT) -> None:
        self.endpoint, self._secrets, self._timeout = endpoint, tuple(secrets), timeout
        self._client: httpx.AsyncClient | None = None

    async def call(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        json: object = None,
        data: Mapping[str, str] | None = None,
        files: Mapping[str, tuple[str, bytes, str]] | None = None,
        headers: Mapping[str, str] | None = None,
        blot: Collection[str] = (),
    ) -> Got:
        """One request to `path` below the endpoint (or to a whole address). Never raises for what the network or the
        platform does. `blot` are further secrets of this call (a token)."""
        secrets = (*self._secrets, *blot)
        try:
            async with self._http.stream(
                method, self._url(path), params=params, json=json, data=data, files=files, headers=headers
            ) as answer:
                content = await _read(answer, MOST)
        except (*_NEVER_LEFT, httpx.InvalidURL) as error:
            return Got(None, raw=redacted(f"{type(error).__name__}: {error}", secrets), left=False)
        except (httpx.HTTPError, TooMuch, ssl.SSLError) as error:
            return Got(None, raw=redacted(f"{type(error).__name__}: {error}", secrets))
        text = content.decode("utf-8", "replace")
        raw = redacted(text or f"HTTP {answer.status_code}", secrets)
        return Got(answer.status_code, _object(text), raw, headers=dict(answer.headers))

    async def download(self, url: str, most: int, headers: Mapping[str, str] | None = None) -> bytes:
        """The bytes at an address that the platform named. Raises httpx.HTTPError, TooMuch."""
        async with self._http.stream("GET", self._url(url), headers=headers) as answer:
            answer.raise_for_status()
            return await _read(answer, most)

    async def peek(self, url: str) -> Mapping[str, str]:
        """What an address that the platform named says of itself, without its content: header names in lower case. Raises
        httpx.HTTPError."""
        async with self._http.stream("GET", self._url(url)) as answer:
            answer.raise_for_status()
            return dict(answer.headers)

    async def close(self) -> None:
        """Let go of connections; may be called twice."""
        if self._client is not None:
            client, self._client = self._client, None
            await client.aclose()

    def _url(self, path: str) -> str:
        return path if path.startswith(("http://", "https://")) else f"{self.endpoint.base}{path}"

    @property
    def _http(self) -> httpx.AsyncClient:
        if self._client is None:
            self._client = httpx.AsyncClient(
                verify=trusted(self.endpoint.ca),
                proxy=self.endpoint.proxy or None,
                timeout=self._timeout,
                trust_env=False,  # what the settings do not say is not done
                follow_redirects=False,  # a redirect would carry our secrets to wherever it points
            )
        return self._client


@cache
def trusted(ca: Path | None) -> ssl.SSLContext:
    """Whose certificates are believed: those of the office's own file, else the usual ones. Read once: it takes its time."""
    return ssl.create_default_context(cafile=ca) if ca else httpx.create_ssl_context(trust_env=False)


async def _read(answer: httpx.Response, most: int) -> bytes:
    content = bytearray()
    async for piece in answer.aiter_bytes():
        content += piece
        if len(content) > most:
            raise TooMuch(f"more than {most} bytes")
    return bytes(content)


def _object(text: str) -> Mapping[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
