"""门: who may bring a callback in. Proof first, then freshness, then what is in it; a refusal is a status and a line in the log."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.channels.envelope import MOST_BODY, Envelope, Nonces, Refused, Sealed, fields_of, line, same, signature
from bot.channels.hearing import Callback, Response
from knowledge.store import StoreError

log = logging.getLogger(__name__)

_ECHO = re.compile(r"[\x21-\x7e]{1,256}")
"""What the platform wants back when an address is saved; a message is never echoed, whoever has recorded one."""
Fields = Mapping[str, Any]


class Gate:
    """Opens callbacks. `envelope` None: an account in plain mode, whose bodies are proved by nothing but `token` in the address."""

    def __init__(self, token: str, envelope: Envelope | None, nonces: Nonces) -> None:
        self._token, self._envelope, self._nonces = token, envelope, nonces

    def warm(self) -> None:
        """Load what opens envelopes, since the first check of the address has to be answered within a second."""
        if self._envelope is not None:
            self._envelope.seal("", "0", "0")

    def sealed_echo(self, request: Callback) -> str:
        """The plaintext of an encrypted `echostr`. Raises Refused."""
        assert self._envelope is not None
        sealed = _sealed(request.query, request.query.get("echostr", ""))
        opened = self._envelope.open(sealed)
        self._take(request, sealed.encrypted)
        return _echo(opened)

    def plain_echo(self, request: Callback) -> str:
        """The `echostr` as it is, where the address is signed. Raises Refused."""
        self._signed(request)
        echo = request.query.get("echostr", "")
        self._take(request, echo)
        return _echo(echo)

    def fields(self, request: Callback) -> Fields:
        """What a posted callback says. Raises Refused."""
        if len(request.body) > MOST_BODY:
            raise Refused(400, "too large")
        try:
            body = request.body.decode("utf-8")
        except UnicodeDecodeError:
            raise Refused(400, "no UTF-8") from None
        if self._envelope is None:
            self._signed(request)
            self._take(request, body)
            return fields_of(body)
        sealed = _sealed(request.query, line(fields_of(body), "Encrypt"))
        opened = self._envelope.open(sealed)
        self._take(request, body)
        return fields_of(opened)

    def _signed(self, request: Callback) -> None:
        wanted = signature(self._token, request.query.get("timestamp", ""), request.query.get("nonce", ""))
        if not same(request.query.get("signature", ""), wanted):
            raise Refused(403, "wrong signature")

    def _take(self, request: Callback, body: str) -> None:
        self._nonces.take(request.query.get("timestamp", ""), request.query.get("nonce", ""), body)

    async def pass_through(self, request: Callback, work: Callable[[], Awaitable[Response]]) -> Response:
        """The answer of `work`, which may raise Refused, and StoreError where nothing could be kept: then the platform is
        not told that its message has arrived."""
        try:
            return await work()
        except Refused as refused:
            log.warning("a callback was refused: %s", refused)
            return Response(refused.status)
        except StoreError as error:
            log.warning("a callback could not be kept: %s", error)
            self._nonces.release(request.query.get("nonce", ""))
            return Response(503)
        except Exception:
            log.exception("a callback could not be read")
            return Response(400)


def _sealed(query: Mapping[str, str], encrypted: str) -> Sealed:
    return Sealed(encrypted, query.get("msg_signature", ""), query.get("timestamp", ""), query.get("nonce", ""))


def _echo(text: str) -> str:
    if not _ECHO.fullmatch(text) or "<" in text:
        raise Refused(400, "that is no echostr")
    return text
