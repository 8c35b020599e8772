"""信封: the encrypted and signed callbacks that 企业微信 and 公众号 share; the only module that imports wechatpy.

AES-256-CBC as WeCom's page 91144 has it. wechatpy does the cipher; what it leaves unchecked is checked here, since a body
may come from anybody: the padding, the length, the receiver (an empty one is really empty), and XML that declares entities.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import json
import re
import secrets
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha1, sha256
from typing import Any

from bot.clock import Clock

BLOCK = 32
"""Bytes that the plaintext is padded to a multiple of."""
HEAD = 20
"""Sixteen random bytes and four of length before the message."""
MOST_BODY = 200_000
"""Bytes of a callback that are read; a text message is a few thousand at most."""
STALE = timedelta(minutes=10)
"""How far a callback's timestamp may be from our clock; the platforms repeat within seconds."""
REMEMBERED = 100_000
"""Nonces that are kept; each one was signed, so only the platform makes them."""
_KEY = re.compile(r"[A-Za-z0-9+/]{43}")
_START = re.compile(r"\s*(?:<\?xml[^<>]{0,100}\?>\s*)?<xml[\s>]")
"""Nothing stands before the element: a document type could only stand there (what a person writes may well look like one)."""
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Refused(Exception):
    """A callback that is not proved to come from the platform (403) or cannot be read (400). `str(error)` is for the log."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


@dataclass(frozen=True, slots=True)
class Sealed:
    """An encrypted message with what proves it."""

    encrypted: str
    signature: str
    timestamp: str
    nonce: str

    @property
    def xml(self) -> str:
        """The answer to a self-built app or a 公众号."""
        return (
            f"<xml><Encrypt>{cdata(self.encrypted)}</Encrypt><MsgSignature>{cdata(self.signature)}</MsgSignature>"
            f"<TimeStamp>{self.timestamp}</TimeStamp><Nonce>{cdata(self.nonce)}</Nonce></xml>"
        )

    @property
    def json(self) -> str:
        """The answer to a smart robot."""
        told = {"encrypt": self.encrypted, "msgsignature": self.signature}
        return json.dumps(told | {"timestamp": int(self.timestamp), "nonce": self.nonce})


def cdata(text: str) -> str:
    """Text as a CDATA section that nothing in it can close; what XML cannot hold is left out."""
    inside = _NO_XML.sub("", text).replace("]]>", "]]]]><![CDATA[>")
    return f"<![CDATA[{inside}]]>"


def signature(*parts: str) -> str:
    """The sha1 of the sorted parts: token, timestamp, nonce and, where there is one, the ciphertext."""
    return sha1("".join(sorted(parts)).encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()


def same(one: str, other: str) -> bool:
    """Equality in constant time."""
    return hmac.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode("utf-8", "surrogatepass"))


def fields_of(xml: str) -> Mapping[str, Any]:
    """The elements of `<xml>…</xml>` by name; nested ones as mappings. Raises Refused(400)."""
    import xmltodict

    if not _START.match(xml):
        raise Refused(400, "the XML does not begin with <xml>; it may declare a document type")
    try:
        found = xmltodict.parse(xml)
    except Exception as error:  # noqa: BLE001 - whatever a hostile body makes a parser do, it is not to be read
        raise Refused(400, f"no XML: {type(error).__name__}") from None
    inside = found.get("xml")
    if not isinstance(inside, Mapping):
        raise Refused(400, "no <xml> with elements")
    return inside


def line(fields: Mapping[str, Any], name: str) -> str:
    """The text of an element; empty where there is none or something nested."""
    value = fields.get(name)
    return value if isinstance(value, str) else ""


class Envelope:
    """Seals and opens. `key` is the EncodingAESKey (43 characters), `receiver` the CorpID, the AppID, or empty for a smart
    robot of one's own. Raises ValueError where the key is none."""

    def __init__(self, token: str, key: str, receiver: str) -> None:
        if not _KEY.fullmatch(key):
            raise ValueError("an EncodingAESKey has 43 letters and digits")
        self._token, self._key, self._receiver = token, base64.b64decode(key + "="), receiver

    def proof(self, timestamp: str, nonce: str, encrypted: str) -> str:
        """The msg_signature."""
        return signature(self._token, timestamp, nonce, encrypted)

    def seal(self, text: str, timestamp: str, nonce: str) -> Sealed:
        """`text` for the receiver."""
        from wechatpy.crypto import PrpCrypto

        crypto = PrpCrypto(self._key)
        crypto.get_random_string = lambda: secrets.token_hex(8)  # the library's own is no random source for secrets
        encrypted = crypto.encrypt(text, self._receiver).decode("ascii")
        return Sealed(encrypted, self.proof(timestamp, nonce, encrypted), timestamp, nonce)

    def open(self, sealed: Sealed) -> str:
        """The message. Raises Refused: 403 where the signature or the receiver is wrong, 400 where it is damaged."""
        if not same(sealed.signature, self.proof(sealed.timestamp, sealed.nonce, sealed.encrypted)):
            raise Refused(403, "wrong signature")
        return self._inside(self._decrypted(sealed.encrypted))

    def _decrypted(self, encrypted: str) -> bytes:
        from wechatpy.crypto import PrpCrypto

        try:
            ciphertext = base64.b64decode(encrypted, validate=True)
        except (ValueError, binascii.Error):
            raise Refused(400, "no base64") from None
        if not ciphertext or len(ciphertext) % BLOCK:
            raise Refused(400, "no whole blocks")
        return bytes(PrpCrypto(self._key).cipher.decrypt(ciphertext))

    def _inside(self, plain: bytes) -> str:
        padding = plain[-1]
        if not 1 <= padding <= BLOCK or plain[-padding:] != bytes([padding]) * padding:
            raise Refused(400, "wrong padding")
        content = plain[:-padding]
        length = int.from_bytes(content[HEAD - 4 : HEAD], "big")
        if len(content) < HEAD + length:
            raise Refused(400, "shorter than it says")
        receiver = content[HEAD + length :]
        if not hmac.compare_digest(receiver, self._receiver.encode()):
            raise Refused(403, "for another receiver")
        try:
            return content[HEAD : HEAD + length].decode("utf-8")
        except UnicodeDecodeError:
            raise Refused(400, "no UTF-8") from None


class Nonces:
    """Which callbacks were taken: a stale one, or one with a nonce used before, is refused.

    `repeats`: within so much time the very same callback is let through as the platform's own repeat; it does no work,
    since the inbox knows its message.
    """

    def __init__(self, clock: Clock, repeats: timedelta = timedelta()) -> None:
        self._clock, self._repeats = clock, repeats
        self._taken: OrderedDict[str, tuple[float, bytes]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._taken)

    def take(self, timestamp: str, nonce: str, body: str) -> None:
        """Note a callback whose signature was right. Raises Refused(403)."""
        now = self._clock.now().timestamp()
        if not timestamp.isascii() or not timestamp.isdigit() or len(timestamp) > 12:
            raise Refused(403, "no timestamp")
        if abs(now - int(timestamp)) > STALE.total_seconds():
            raise Refused(403, "stale; is the clock of this machine right?")
        self._forget(now)
        before, digest = self._taken.get(nonce), sha256(body.encode("utf-8", "surrogatepass")).digest()
        if before is None:
            self._taken[nonce] = now, digest
        elif before[1] != digest or now - before[0] >= self._repeats.total_seconds():
            raise Refused(403, "a nonce that was used before")

    def release(self, nonce: str) -> None:
        """Forget a callback that could not be kept: the platform is going to repeat it."""
        self._taken.pop(nonce, None)

    def _forget(self, now: float) -> None:
        oldest = now - 2 * STALE.total_seconds()
        while self._taken and (len(self._taken) >= REMEMBERED or next(iter(self._taken.values()))[0] < oldest):
            self._taken.popitem(last=False)
