"""Ed25519 as the official QQ bot uses it: the platform signs what it sends to our webhook, and asks us to sign once at set-up."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bot.channels.hearing import Callback
from bot.channels.qq.memories import Recent

SIGNATURE, TIMESTAMP, APP = "x-signature-ed25519", "x-signature-timestamp", "x-bot-appid"
STALE = 300.0
"""Seconds by which the time of a call may differ from ours."""
MOST = 1_000_000
"""Bytes of a call."""
VALIDATION = 13
# We sign what we are asked to sign before anybody has proved who they are. So that nobody gets a signature of an event in this
# way, only what can be no event is signed: a time in digits and a token of letters and digits.
_TOKEN, _TIME = re.compile(r"[\w-]{1,128}", re.ASCII), re.compile(r"[0-9]{1,16}")


class Forged(Exception):
    """A call that is not proved to be the platform's; `status` is what it is answered."""

    def __init__(self, status: int) -> None:
        super().__init__(str(status))
        self.status = status


class Signer:
    """The key that stands in the bot's secret: the secret repeated until there are 32 bytes, and cut there."""

    def __init__(self, secret: str) -> None:
        seed = secret.encode()
        self._key = Ed25519PrivateKey.from_private_bytes((seed * (32 // len(seed) + 1))[:32])
        self._public = self._key.public_key()

    def signature(self, words: bytes) -> str:
        """The signature of some bytes, as hexadecimal digits."""
        return self._key.sign(words).hex()

    def proved(self, timestamp: str, body: bytes, signature: str) -> bool:
        """Whether a call was signed with this secret."""
        try:
            self._public.verify(bytes.fromhex(signature), timestamp.encode() + body)
        except (InvalidSignature, ValueError):
            return False
        return True

    def validation(self, told: object) -> Mapping[str, str]:
        """The answer to op 13. Raises Forged."""
        asked = told if isinstance(told, Mapping) else {}
        token, at = str(asked.get("plain_token") or ""), str(asked.get("event_ts") or "")
        if not _TOKEN.fullmatch(token) or not _TIME.fullmatch(at):
            raise Forged(400)
        return {"plain_token": token, "signature": self.signature(f"{at}{token}".encode())}


class Gate:
    """Lets in what the platform called, once: `app` is our own AppID."""

    def __init__(self, signer: Signer, app: str) -> None:
        self._signer, self._app = signer, app
        self._done: Recent[str, bool] = Recent()

    def opened(self, request: Callback, now: datetime) -> Mapping[str, Any]:
        """The payload of a call. Raises Forged for what is unsigned, wrongly signed, stale, seen before or for another bot.

        The signature is checked before anything is read; the one call that may come without is the platform's first.
        """
        headers = request.headers
        signature, timestamp = headers.get(SIGNATURE, ""), headers.get(TIMESTAMP, "")
        if request.method != "POST" or len(request.body) > MOST:
            raise Forged(400)
        if headers.get(APP, self._app) != self._app:
            raise Forged(403)
        if signature or timestamp:
            self._check(signature, timestamp, request.body, now)
        payload = _object(request.body)
        if not signature and payload.get("op") != VALIDATION:
            raise Forged(403)
        return payload

    def done(self, request: Callback) -> None:
        """The call was worked on: the very same one is not let in again."""
        if signature := request.headers.get(SIGNATURE, "").lower():
            self._done.keep(signature, True)

    def _check(self, signature: str, timestamp: str, body: bytes, now: datetime) -> None:
        if not _TIME.fullmatch(timestamp) or abs(now.timestamp() - int(timestamp)) > STALE:
            raise Forged(403)
        if not self._signer.proved(timestamp, body, signature) or signature.lower() in self._done:
            raise Forged(403)


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise Forged(400) from None
    if not isinstance(found, dict):
        raise Forged(400)
    return found
