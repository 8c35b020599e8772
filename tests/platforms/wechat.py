"""公众号 as an office meets it: two kinds of token, callbacks in plain and safe mode that wait five seconds, customer-service messages
that run out, and notifications that need a consent.

Its shapes were accepted by wechatpy's own client and parser (tests/peers).
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha1

from bot.channels.hearing import Callback
from bot.clock import Clock
from tests.platforms.loopback import LOST, Asked, Loopback, Told, told

APPID, SECRET, TOKEN = "wx9d2f84c1b3a7e650", "a8f3c2e1d4b5960718293a4b5c6d7e8f", "QianTou2026cb"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
ACCOUNT, FOLLOWER = "gh_5a7b9c1d3e", "oVx3k5QmZ8_wangfang-1"
TEMPLATE = "Tp1_kQx93LmZ7vR0aYc2"
OK = {"errcode": 0, "errmsg": "ok"}
ERRORS: Mapping[int, str] = {
    -1: "system error", 40001: "invalid credential, access_token is invalid or not latest", 42001: "access_token expired",
    40164: "invalid ip 203.0.113.9 ipv6 ::ffff:203.0.113.9, not in whitelist rid: 1", 40125: "invalid appsecret",
    45015: "response out of time limit or subscription is canceled", 45047: "out of response count limit",
    43101: "user refuse to accept the msg", 48001: "api unauthorized", 45009: "reach max api daily quota limit",
    45002: "content size out of limit", 47003: "argument invalid! data.thing1.value invalid", 40003: "invalid openid",
}  # fmt: skip


def refusal(code: int) -> dict[str, object]:
    return {"errcode": code, "errmsg": ERRORS.get(code, "refused")}


@dataclass(frozen=True, slots=True)
class Seen:
    """What a follower was shown, and by which way: passive, custom, notice."""

    who: str
    way: str
    text: str
    content: bytes = b""
    file: str = ""


class WeChat:
    """The platform. `script` are answers to the next messages, `lose` loses so many answers, `consents` is how many
    notifications a follower has agreed to, `customer` False: the account has no customer-service messages."""

    def __init__(self, clock: Clock, prefix: str = "") -> None:
        self.clock, self.prefix = clock, prefix
        self.server = Loopback(self._answer)
        self.seen: list[Seen] = []
        self.asked: list[Asked] = []
        self.script: list[int | Told] = []
        self.lose = self.expired = self.token_refusal = 0
        self.customer = True
        self.consents: Counter[str] = Counter()
        self.allowed: dict[str, list[list[object]]] = defaultdict(list)
        self.media: dict[str, bytes] = {}
        self.tokens: list[str] = []

    def watch(self, seen: Seen) -> None:
        """Something is shown."""
        self.seen.append(seen)

    def allow(self, who: str, count: int = 5, span: timedelta = timedelta(hours=48)) -> None:
        """They wrote, or clicked."""
        self.allowed[who] = [[count, self.clock.now() + span]]

    def somebody_else_fetches_a_token(self) -> None:
        """Another program of the office, with the same account."""
        self.tokens.append("token-of-somebody-else")

    async def _answer(self, asked: Asked) -> Told:
        self.asked.append(asked)
        path = asked.path.removeprefix(self.prefix + "/cgi-bin")
        if path in ("/token", "/stable_token"):
            return told(self._token(path, asked))
        if self.expired:
            self.expired -= 1
            return told(refusal(42001))
        if not self.tokens or asked.query.get("access_token") != self.tokens[-1]:
            return told(refusal(40001))
        if self.script and "/message/" in path:
            step = self.script.pop(0)
            return told(refusal(step)) if isinstance(step, int) else step
        answer = {
            "/message/custom/send": self._custom, "/message/subscribe/bizsend": self._notice,
            "/media/upload": self._upload, "/media/get": self._get,
        }[path](asked)  # fmt: skip
        if self.lose and "/message/" in path:
            self.lose -= 1
            return LOST
        return answer if isinstance(answer, Told) else told(answer)

    def _token(self, path: str, asked: Asked) -> dict[str, object]:
        if self.token_refusal:
            return refusal(self.token_refusal)
        given = asked.json if path == "/stable_token" else asked.query
        if (given.get("appid"), given.get("secret"), given.get("grant_type")) != (APPID, SECRET, "client_credential"):
            return refusal(40125)
        if path == "/token" or not self.tokens or given.get("force_refresh"):
            self.tokens.append(f"token-{len(self.tokens) + 1}")
        return {"access_token": self.tokens[-1], "expires_in": 7200}

    def _custom(self, asked: Asked) -> dict[str, object]:
        if not self.customer:
            return refusal(48001)
        body, who = asked.json, str(asked.json["touser"])
        windows = [one for one in self.allowed[who] if one[1] > self.clock.now()]  # type: ignore[operator]
        if not windows:
            return refusal(45015)
        if all(one[0] == 0 for one in windows):
            return refusal(45047)
        windows[0][0] = int(str(windows[0][0])) - 1
        if body["msgtype"] == "image":
            media = str(body["image"]["media_id"])  # type: ignore[index]
            self.watch(Seen(who, "custom", "", self.media[media], media))
        else:
            self.watch(Seen(who, "custom", str(body["text"]["content"])))  # type: ignore[index]
        return OK

    def _notice(self, asked: Asked) -> dict[str, object]:
        body, who = asked.json, str(asked.json["touser"])
        if self.consents[who] < 1:
            return refusal(43101)
        fields = {name: one["value"] for name, one in body["data"].items()}  # type: ignore[attr-defined]
        if any(not value or (name.startswith("thing") and len(value) > 20) for name, value in fields.items()):
            return refusal(47003)
        self.consents[who] -= 1
        self.watch(Seen(who, "notice", json.dumps(fields, ensure_ascii=False)))
        return OK

    def _upload(self, asked: Asked) -> dict[str, object]:
        _, files = asked.form()
        id = f"media-{len(self.media) + 1}"
        self.media[id] = files["media"][1]
        return {"type": "image", "media_id": id, "created_at": 1795310866}

    def _get(self, asked: Asked) -> Told:
        found = self.media.get(asked.query["media_id"])
        return Told(200, found, {"content-type": "image/jpeg"}) if found else told(refusal(40007))


class Sender:
    """Brings callbacks to the address of an account, and reads what comes back as the platform does."""

    def __init__(self, clock: Clock, safe: bool = False) -> None:
        from wechatpy.crypto import WeChatCrypto

        self.clock = clock
        self._crypto = WeChatCrypto(TOKEN, AES_KEY, APPID) if safe else None
        self._count = 0

    def posted(self, xml: str) -> Callback:
        """One delivery; another one of the same message has another nonce."""
        query = self.query()
        if self._crypto is None:
            return Callback("POST", "", query, {}, xml.encode())
        outer = self._crypto.encrypt_message(xml, query["nonce"], query["timestamp"])
        encrypted = outer.split("<Encrypt><![CDATA[")[1].split("]]>")[0]
        proof = outer.split("<MsgSignature><![CDATA[")[1].split("]]>")[0]
        body = f"<xml><ToUserName><![CDATA[{ACCOUNT}]]></ToUserName><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>"
        return Callback("POST", "", {**query, "encrypt_type": "aes", "msg_signature": proof}, {}, body.encode())

    def query(self) -> dict[str, str]:
        self._count += 1
        stamp, nonce = str(int(self.clock.now().timestamp())), f"9{self._count}"
        proof = sha1("".join(sorted([TOKEN, stamp, nonce])).encode()).hexdigest()
        return {"signature": proof, "timestamp": stamp, "nonce": nonce}

    def check(self, echo: str) -> Callback:
        """The check of the address when it is saved."""
        return Callback("GET", "", {**self.query(), "echostr": echo}, {})

    def read(self, request: Callback, body: bytes) -> str:
        """The text that the follower sees; empty for none. The library opens and parses it."""
        from wechatpy import parse_message

        if body in (b"", b"success"):
            return ""
        xml = body.decode()
        if self._crypto is not None:
            parts = {
                name: xml.split(f"<{name}>")[1].split(f"</{name}>")[0]
                for name in ("MsgSignature", "TimeStamp", "Nonce")
            }
            proof, stamp, nonce = (value.removeprefix("<![CDATA[").removesuffix("]]>") for value in parts.values())
            xml = self._crypto.decrypt_message(xml, proof, stamp, nonce)
        message = parse_message(xml)
        assert (message.source, message.target) == (ACCOUNT, FOLLOWER)
        return str(message.content)


def written(text: str, id: str, at: datetime, who: str = FOLLOWER) -> str:
    """A follower's text as the platform writes it."""
    return _xml(who, at, f"<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{text}]]></Content><MsgId>{id}</MsgId>")


def voiced(words: str, id: str, at: datetime) -> str:
    """A spoken message with what the platform heard in it."""
    rest = f"<MediaId><![CDATA[v1]]></MediaId><Format><![CDATA[amr]]></Format><Recognition><![CDATA[{words}]]></Recognition>"
    return _xml(FOLLOWER, at, f"<MsgType><![CDATA[voice]]></MsgType>{rest}<MsgId>{id}</MsgId>")


def event(kind: str, at: datetime, key: str = "") -> str:
    """Something that a follower did."""
    rest = f"<Event><![CDATA[{kind}]]></Event><EventKey><![CDATA[{key}]]></EventKey>"
    return _xml(FOLLOWER, at, f"<MsgType><![CDATA[event]]></MsgType>{rest}")


def _xml(who: str, at: datetime, rest: str) -> str:
    return (
        f"<xml><ToUserName><![CDATA[{ACCOUNT}]]></ToUserName><FromUserName><![CDATA[{who}]]></FromUserName>"
        f"<CreateTime>{int(at.timestamp())}</CreateTime>{rest}</xml>"
    )


def settings(base: str, safe: bool = False, **more: object) -> dict[str, object]:
    """[channels.公众号] of an office at this platform."""
    section: dict[str, object] = {
        "kind": "wechat-account",
        "base": base,
        "appid": APPID,
        "secret": SECRET,
        "token": TOKEN,
    }
    return {**section, **({"aes_key": AES_KEY} if safe else {}), **more}
