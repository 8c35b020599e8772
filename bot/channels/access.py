"""令牌与调用: what 企业微信 and 公众号 have in common beyond the envelope: a token of two hours in every call, errcode in
every answer."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import httpx

from bot.channels.calling import Caller, Got, TooMuch
from bot.channels.hearing import AttachmentError, Ear, Tiding, TidingKind
from bot.channels.protocol import Disconnected, Status, Trouble, Verdict
from bot.channels.reactions import Code, Step, react, trouble_of
from bot.channels.redaction import redacted
from bot.clock import Clock

log = logging.getLogger(__name__)

EARLY = timedelta(minutes=5)
"""How long before its end a token is renewed; the old one goes on being used where that fails."""
LIFE = 7200
"""Seconds that a token is good for where the platform does not say."""
_IP = re.compile(r"(?:from ip:|invalid ip)\s*(?P<ip>[0-9A-Fa-f.:]{3,45}?)(?=[,\s]|$)")


@dataclass(frozen=True, slots=True)
class Grant:
    """A token and the moment (aware) until which it is good."""

    value: str = field(repr=False)
    until: datetime


Fetch = Callable[[str], Awaitable[Grant | Verdict]]
"""Asks the platform for a token; is given the one that it refused last, or nothing."""


Remedy = Callable[[Code, Verdict], str]
"""(code, verdict) → the sentence for whoever looks after the bot; empty: nobody has to do anything."""


class Token:
    """令牌 of one account: fetched when it is first wanted, by one caller while all others wait, and kept in memory only."""

    def __init__(self, fetch: Fetch, clock: Clock) -> None:
        self._fetch, self._clock = fetch, clock
        self._grant: Grant | None = None
        self._spoilt = ""
        self._lock = asyncio.Lock()

    async def current(self) -> str | Verdict:
        """A token that should be good, or why there is none."""
        async with self._lock:
            if self._left() > EARLY and self._grant:
                return self._grant.value
            found = await self._fetch(self._spoilt)
            if isinstance(found, Grant):
                self._grant = found
            elif self._left() > timedelta() and self._grant:
                return self._grant.value
            else:
                return found
            return found.value

    def spoil(self, value: str) -> None:
        """The platform does not take this one any more; a newer one stays."""
        if self._grant and self._grant.value == value:
            self._grant, self._spoilt = None, value

    def _left(self) -> timedelta:
        return self._grant.until - self._clock.now() if self._grant else timedelta()


def grant_of(got: Got, platform: str, now: datetime, remedy: Remedy) -> Grant | Verdict:
    """The token in an answer; without one nothing can be said, which is known: the verdict is never UNKNOWN."""
    value, life = got.body.get("access_token"), got.body.get("expires_in", LIFE)
    if isinstance(value, str) and 0 < len(value) <= 4096 and value.isascii() and code_of(got) in (0, None):
        seconds = life if type(life) is int and 60 <= life <= 30 * LIFE else LIFE
        return Grant(value, now + timedelta(seconds=seconds))
    code = code_of(got)
    if code in (None, 0):
        return Verdict(Status.FAILED, got.raw, trouble=Trouble.SERVER)
    verdict = react(platform, code, got.raw, met=(Trouble.TOKEN,)).verdict
    if verdict.trouble in (Trouble.RATE, Trouble.SERVER, Trouble.SILENCE):
        return replace(verdict, status=Status.FAILED)
    refused = replace(verdict, trouble=Trouble.AUTH, permanent=False)
    return replace(refused, alarm=remedy(code, refused))


def code_of(got: Got) -> Code:
    """`errcode`, 0 for taken; else the HTTP status of a refusal; None where nobody says what became of it. A gateway that got
    no answer from behind it (502, 504) does not know either."""
    code = got.body.get("errcode")
    if type(code) is int:
        return code
    return got.status if got.status is not None and got.status >= 400 and got.status not in (502, 504) else None


def address_in(raw: str) -> str:
    """The address that a platform says it does not know; empty where it names none."""
    found = _IP.search(raw)
    return found["ip"] if found else ""


class Access:
    """Calls that carry the token; a token that is refused is renewed once, and the call repeated once."""

    def __init__(self, platform: str, caller: Caller, token: Token, remedy: Remedy) -> None:
        self._platform, self._caller, self._token, self._remedy = platform, caller, token, remedy

    async def ask(
        self,
        path: str,
        *,
        json: Mapping[str, Any] | None = None,
        params: Mapping[str, str] | None = None,
        files: Mapping[str, tuple[str, bytes, str]] | None = None,
        wants: str = "errcode",
    ) -> Got | Verdict:
        """The answer where the call was taken (its body says errcode 0, or holds what it `wants`), else the verdict.

        GET where there is nothing to send.
        """
        met: list[Trouble] = []
        while True:
            token = await self._token.current()
            if isinstance(token, Verdict):
                return token
            got = await self._caller.call(
                "GET" if json is None and files is None else "POST",
                path,
                params={"access_token": token, **(params or {})},
                json=json,
                files=files,
                blot=[token],
            )
            code = code_of(got)
            if got.silent:
                return got.silent
            if code == 0 or (code is None and got.status == 200 and wants in got.body):
                return got
            reaction = react(self._platform, code, got.raw, met=met)
            if reaction.step is not Step.REFRESH:
                return self._told(code, reaction.verdict)
            met.append(Trouble.TOKEN)
            self._token.spoil(token)

    def _told(self, code: Code, verdict: Verdict) -> Verdict:
        """The verdict with the sentence that the channel has for it, where it is an alarm at all."""
        if not verdict.alarm:
            return verdict
        return replace(verdict, alarm=self._remedy(code, verdict) or verdict.alarm)

    async def knock(self, name: str, ear: Ear, path: str = "", params: Mapping[str, str] | None = None) -> None:
        """Ask the platform for a token once, so that a wrong secret or address shows at the start and not with the first
        reminder; then for `path`, which it answers to nobody but this account. Raises Disconnected where it refuses."""
        token = await self._token.current()
        if isinstance(token, Verdict):
            raise Disconnected(token.raw, token.trouble or Trouble.SERVER, token.alarm)
        got = await self.ask(path, params=params) if path else None
        if isinstance(got, Verdict) and got.trouble is Trouble.AUTH:  # what a private host does not know is no refusal
            raise Disconnected(got.raw, Trouble.AUTH, got.alarm)
        await ear.tell(Tiding(TidingKind.ONLINE, name))

    async def upload(self, path: str, name: str, content: bytes, params: Mapping[str, str]) -> str | Verdict:
        """The media id of a file; nothing is shown by that, so that no answer is no doubt either."""
        got = await self.ask(
            path, params=params, files={"media": (name, content, "application/octet-stream")}, wants="media_id"
        )
        if isinstance(got, Verdict):
            return replace(got, status=Status.FAILED, trouble=Trouble.SERVER) if got.status is Status.UNKNOWN else got
        media = got.body.get("media_id")
        return media if isinstance(media, str) and media else Verdict(Status.FAILED, got.raw, trouble=Trouble.SERVER)

    async def download(self, path: str, media: str, most: int) -> bytes:
        """The bytes of something that somebody sent. Raises AttachmentError."""
        for last in (False, True):
            token = await self._token.current()
            if isinstance(token, Verdict):
                raise AttachmentError("平台暂时不让取文件，请稍后再发一次，或者联系管理员。")
            try:
                content = await self._caller.download(
                    f"{path}?{urlencode({'access_token': token, 'media_id': media})}", most
                )
            except TooMuch:
                raise AttachmentError(f"文件超过{most // 1_000_000}MB，请压缩或拆分后再发。") from None
            except httpx.HTTPError as error:
                log.warning(
                    "an attachment could not be had: %s", redacted(f"{type(error).__name__}: {error}", [token, media])
                )
                raise AttachmentError("文件没有取到，请稍后再发一次。") from None
            code = _refused(content)
            if code is None:
                return content
            if last or trouble_of(self._platform, code) is not Trouble.TOKEN:
                break
            self._token.spoil(token)
        raise AttachmentError("平台上已经没有这个文件（只保存三天），请重新发一次。")

    async def close(self) -> None:
        """Let go of connections."""
        await self._caller.close()


def _refused(content: bytes) -> Code:
    """The code in what came instead of a file; None where it is a file."""
    if len(content) > 4000 or not content.lstrip().startswith(b"{"):
        return None
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return None
    code = found.get("errcode") if isinstance(found, dict) else None
    return code if type(code) is int else None
