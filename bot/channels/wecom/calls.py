"""点名: the words in a text that really call a member of a 企业微信 group. They are sealed, so that a document that happens to hold
such words calls nobody. Pure."""

from __future__ import annotations

import hmac
import re
from hashlib import sha256

_CALL = re.compile(r"<@(?P<id>[A-Za-z0-9_.@-]{1,64})\|(?P<name>[^|<>\n]{0,40})\|(?P<seal>[0-9a-f]{8})>")
_ID = re.compile(r"[A-Za-z0-9_.@-]{1,64}")
_MOBILE = re.compile(r"1\d{10}")
_OPENING = re.compile(r"<(?=@)")


class Calls:
    """Writes and reads calls; `secret` is the channel's own and outlives a restart."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    def call(self, id: str, name: str) -> str:
        """The words for a member with this userid or mobile number; the bare name where the id is none, or is everybody."""
        plain = re.sub(r"[|<>\n]", " ", name)[:40]
        if not _ID.fullmatch(id) or id.lower() == "@all":
            return name
        return f"<@{id}|{plain}|{self._seal(id, plain)}>"

    def plain(self, text: str) -> tuple[str, list[str], list[str]]:
        """The text with names in place of calls; the userids and the mobile numbers that are called."""
        found = [one for one in _CALL.finditer(text) if self._genuine(one)]
        ids = list(dict.fromkeys(one["id"] for one in found))
        mobiles = [id for id in ids if _MOBILE.fullmatch(id)]
        return _CALL.sub(self._name, text), [id for id in ids if id not in mobiles], mobiles

    def marked(self, text: str) -> str:
        """The text with calls as markdown has them; a mobile number calls nobody there. What is no call of ours is defused."""
        pieces, end = [], 0
        for one in _CALL.finditer(text):
            pieces += [_OPENING.sub("＜", text[end : one.start()]), self._mark(one)]
            end = one.end()
        return "".join([*pieces, _OPENING.sub("＜", text[end:])])

    def _mark(self, one: re.Match[str]) -> str:
        if not self._genuine(one):
            return _OPENING.sub("＜", one[0])
        return one["name"] if _MOBILE.fullmatch(one["id"]) else f"<@{one['id']}>"

    def _name(self, one: re.Match[str]) -> str:
        return f"@{one['name']}" if self._genuine(one) else one[0]

    def _genuine(self, one: re.Match[str]) -> bool:
        return hmac.compare_digest(one["seal"], self._seal(one["id"], one["name"]))

    def _seal(self, id: str, name: str) -> str:
        return hmac.new(self._secret, f"{id}|{name}".encode("utf-8", "surrogatepass"), sha256).hexdigest()[:8]
