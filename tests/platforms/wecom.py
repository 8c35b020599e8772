"""企业微信 as an office meets it: tokens, members, apps, groups of apps and group robots, with all that they refuse, cut and drop.

Its shapes were accepted by wechatpy's own client and by @wecom/crypto (tests/peers).
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.channels.hearing import Callback
from bot.channels.protocol import Button
from bot.clock import Clock
from tests.platforms.loopback import LOST, Asked, Loopback, Told, told

CORP, SECRET, AGENT = "ww81e2f5c9d0b7a346", "s-3kQv8mYpL2xRb7TnWc5Zd9HfJ1gUe4Aa", 1000002
CALLBACK_TOKEN, AES_KEY = "hJq3cQtV9wRz", "kWx9PEV2QE6N1q9oGNVb5XQCMO1XIQV0M7dTfYhLz3s"
KEY = "693axxx6-7aoc-4bc4-97a0-0ec2sifa5aaa"
OK = {"errcode": 0, "errmsg": "ok"}
LIMIT, MARKDOWN_LIMIT = 2048, 4096
ERRORS: Mapping[int, str] = {
    -1: "system busy", 40001: "invalid credential", 40014: "invalid access_token", 42001: "access_token expired",
    45009: "api freq out of limit", 60020: "not allow to access from your ip, hint: [1767855], from ip: 203.0.113.9, more info at ...",
    93000: "invalid webhook url", 81013: "user & party & tag all invalid", 60011: "no privilege to access/modify contact",
    40058: "invalid Request Parameter", 45002: "content size out of limit", 40007: "invalid media_id", 40004: "invalid media type",
    86003: "chatid not exist", 42014: "taskid has existed or empty or exceed max len", 48002: "API forbidden",
}  # fmt: skip


def refusal(code: int) -> dict[str, object]:
    return {"errcode": code, "errmsg": ERRORS.get(code, "refused")}


@dataclass(frozen=True, slots=True)
class Seen:
    """What a member or a group was shown; `whom` were called."""

    where: str
    text: str
    id: str = ""
    whom: tuple[str, ...] = ()
    content: bytes = b""
    file: str = ""
    buttons: tuple[Button, ...] = ()


class WeCom:
    """The platform. `script` are answers to the next messages (a code, or a whole answer), `lose` loses the answer to so
    many; `trusted` False: our address is not among the app's, which all calls
    but that for the token tell; `strangers` are members that the app may not see, `expired` makes it refuse so many tokens."""

    def __init__(self, clock: Clock, prefix: str = "") -> None:
        self.clock, self.prefix = clock, prefix
        self.server = Loopback(self._answer)
        self.seen: list[Seen] = []
        self.asked: list[Asked] = []
        self.script: list[int | Told] = []
        self.lose = self.expired = self.token_refusal = 0
        self.uploads: int | Told = 0
        self.trusted = True
        self.strangers: set[str] = set()
        self.chats: dict[str, list[str]] = {}
        self.media: dict[str, tuple[str, bytes]] = {}
        self.tokens: list[str] = []
        self.cards: list[Mapping[str, object]] = []
        self._requests: dict[str, datetime] = {}
        self._minutes: dict[str, list[datetime]] = defaultdict(list)
        self._count: Counter[str] = Counter()

    def watch(self, seen: Seen) -> None:
        """Something is shown to people."""
        self.seen.append(seen)

    async def _answer(self, asked: Asked) -> Told:
        self.asked.append(asked)
        if not asked.path.startswith(self.prefix + "/cgi-bin/"):
            return Told(404, b"not found")
        path = asked.path.removeprefix(self.prefix + "/cgi-bin")
        if path == "/gettoken":
            return self._token(asked)
        if not self.trusted and path.endswith("/message/send"):
            return told(refusal(60020))
        if not path.startswith("/webhook/") and (refused := self._unproved(asked.query.get("access_token", ""))):
            return told(refused)
        return self._served(path, asked)

    def _served(self, path: str, asked: Asked) -> Told:
        if self.script and path.endswith("/send"):
            step = self.script.pop(0)
            return told(refusal(step)) if isinstance(step, int) else step
        answer = {
            "/agent/get": self._agent,
            "/message/send": self._message, "/message/update_template_card": self._card, "/appchat/create": self._create,
            "/appchat/send": self._chat, "/appchat/get": self._roster, "/media/upload": self._upload,
            "/media/get": self._media, "/webhook/send": self._hook, "/webhook/upload_media": self._upload,
        }[path](asked)  # fmt: skip
        if self.lose and path.endswith("/send"):
            self.lose -= 1
            return LOST
        return answer if isinstance(answer, Told) else told(answer)

    def _token(self, asked: Asked) -> Told:
        if self.token_refusal:
            return told(refusal(self.token_refusal))
        if asked.query != {"corpid": CORP, "corpsecret": SECRET}:
            return told(refusal(40001))
        self.tokens.append(f"token-{len(self.tokens) + 1}-" + "t" * 600)
        return told({**OK, "access_token": self.tokens[-1], "expires_in": 7200})

    def _unproved(self, token: str) -> dict[str, object] | None:
        if self.expired:
            self.expired -= 1
            return refusal(42001)
        return None if self.tokens and token == self.tokens[-1] else refusal(40014)

    # ------------------------------------------------------------ apps
    def _agent(self, asked: Asked) -> dict[str, object]:
        if not self.trusted:
            return refusal(60020)
        return {**OK, "agentid": AGENT, "name": "牵头"} if asked.query["agentid"] == str(AGENT) else refusal(301002)

    def _message(self, asked: Asked) -> dict[str, object]:
        body = asked.json
        users = str(body["touser"]).split("|")
        if body["agentid"] != AGENT:
            return refusal(48002)
        invalid = [one for one in users if one in self.strangers]
        if len(invalid) == len(users):
            return {**refusal(81013), "invaliduser": "|".join(invalid).lower()}
        id = f"mid{self._next('m')}"
        answer = {**OK, "invaliduser": "|".join(invalid).lower(), "msgid": id, "response_code": f"rc{id}"}
        if self._repeated(asked.body, body):
            return answer
        for user in users:
            if user not in invalid and self._within(user, 30):  # the rest is dropped without an error
                self.watch(self._seen(user, body, id))
        return answer

    def _repeated(self, raw: bytes, body: Mapping[str, object]) -> bool:
        """Whether the very same request was taken before within its interval."""
        now, digest = self.clock.now(), hashlib.sha256(raw).hexdigest()
        span = timedelta(seconds=int(str(body.get("duplicate_check_interval", 1800))))
        before, self._requests[digest] = self._requests.get(digest), now
        return body.get("enable_duplicate_check") == 1 and before is not None and now - before < span

    def _within(self, who: str, count: int) -> bool:
        now = self.clock.now()
        self._minutes[who] = [at for at in self._minutes[who] if now - at < timedelta(minutes=1)]
        self._minutes[who].append(now)
        return len(self._minutes[who]) <= count

    def _seen(self, where: str, body: Mapping[str, object], id: str) -> Seen:
        kind = str(body["msgtype"])
        inside: Mapping[str, object] = body[kind]  # type: ignore[assignment]
        if kind in ("text", "markdown"):
            return Seen(where, cut(str(inside["content"]), LIMIT), id)
        if kind == "textcard":
            return Seen(where, f"{inside['title']}\n{inside['description']}", id)
        if kind == "template_card":
            buttons = tuple(Button(str(one["text"]), str(one["key"])) for one in inside["button_list"])  # type: ignore[attr-defined]
            title = str(inside["main_title"]["title"])  # type: ignore[index]
            return Seen(
                where, "\n".join(filter(None, [title, str(inside.get("sub_title_text", ""))])), id, buttons=buttons
            )
        name, content = self.media[str(inside["media_id"])]
        return Seen(where, "", id, file=name, content=content)

    def _card(self, asked: Asked) -> dict[str, object]:
        self.cards.append(asked.json)
        return OK

    # ------------------------------------------------------------ groups of apps
    def _create(self, asked: Asked) -> dict[str, object]:
        chat = str(asked.json.get("chatid") or f"made{self._next('c')}")
        self.chats[chat] = list(asked.json["userlist"])  # type: ignore[call-overload]
        return {**OK, "chatid": chat}

    def _chat(self, asked: Asked) -> dict[str, object]:
        chat = str(asked.json["chatid"])
        if chat not in self.chats:
            return refusal(86003)
        self.watch(self._seen(chat, asked.json, ""))
        return OK

    def _roster(self, asked: Asked) -> dict[str, object]:
        chat = asked.query["chatid"]
        if chat not in self.chats:
            return refusal(86003)
        return {
            **OK,
            "chat_info": {"chatid": chat, "name": "群", "owner": self.chats[chat][0], "userlist": self.chats[chat]},
        }

    # ------------------------------------------------------------ files
    def _upload(self, asked: Asked) -> dict[str, object] | Told:
        if self.uploads:
            return refusal(self.uploads) if isinstance(self.uploads, int) else self.uploads
        _, files = asked.form()
        name, content = files["media"]
        if len(content) < 5:
            return refusal(40004)
        id = f"media{self._next('f')}"
        self.media[id] = name, content
        return {**OK, "type": asked.query["type"], "media_id": id, "created_at": "1795310866"}

    def _media(self, asked: Asked) -> Told:
        found = self.media.get(asked.query["media_id"])
        return Told(200, found[1], {"content-type": "image/jpeg"}) if found else told(refusal(40007))

    # ------------------------------------------------------------ group robots
    def _hook(self, asked: Asked) -> dict[str, object]:
        if asked.query.get("key") != KEY:
            return refusal(93000)
        if not self._within(KEY, 20):
            return refusal(45009)
        body, kind = asked.json, str(asked.json["msgtype"])
        inside: Mapping[str, object] = body[kind]  # type: ignore[assignment]
        if kind == "image":
            content = base64.b64decode(str(inside["base64"]))
            if hashlib.md5(content).hexdigest() != inside["md5"] or len(content) > 2 * 1024 * 1024:
                return refusal(40058)
            self.watch(Seen("hook", "", content=content, file="image"))
        elif kind == "file":
            name, content = self.media[str(inside["media_id"])]
            self.watch(Seen("hook", "", content=content, file=name))
        else:
            called = (*inside.get("mentioned_list", ()), *inside.get("mentioned_mobile_list", ()))  # type: ignore[misc]
            limit = MARKDOWN_LIMIT if kind == "markdown" else LIMIT
            self.watch(Seen("hook", cut(str(inside["content"]), limit), whom=called))
        return OK

    def _next(self, kind: str) -> int:
        self._count[kind] += 1
        return self._count[kind]


def cut(text: str, limit: int) -> str:
    """What is shown of too long a text: no error tells it."""
    return text.encode()[:limit].decode("utf-8", "ignore")


class Sender:
    """Brings callbacks to the address of an app; sealed by the library's own crypto, not by ours."""

    def __init__(self, clock: Clock, token: str = CALLBACK_TOKEN, key: str = AES_KEY, receiver: str = CORP) -> None:
        from wechatpy.work.crypto import WeChatCrypto

        self._crypto, self.clock, self._nonces = WeChatCrypto(token, key, receiver), clock, Counter[str]()

    def sealed(self, xml: str, **changed: str) -> Callback:
        """A message; `changed` are parts of the query that somebody tampered with, or a `body` of its own."""
        self._nonces["n"] += 1
        stamp, nonce = changed.pop("at", str(int(self.clock.now().timestamp()))), f"n{self._nonces['n']}"
        outer = self._crypto.encrypt_message(xml, nonce, stamp)
        encrypted = outer.split("<Encrypt><![CDATA[")[1].split("]]>")[0]
        signature = outer.split("<MsgSignature><![CDATA[")[1].split("]]>")[0]
        body = f"<xml><ToUserName><![CDATA[{CORP}]]></ToUserName><AgentID>{AGENT}</AgentID><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>"
        query = {"msg_signature": signature, "timestamp": stamp, "nonce": nonce}
        body = changed.pop("body", body)
        return Callback("POST", "", {**query, **changed}, {}, body.encode())

    def check(self, echo: str) -> Callback:
        """The check of the address when it is saved."""
        posted = self.sealed(echo)
        encrypted = posted.body.decode().split("<Encrypt><![CDATA[")[1].split("]]>")[0]
        return Callback("GET", "", {**posted.query, "echostr": encrypted}, {})


def spoken(user: str, text: str, id: str, at: datetime) -> str:
    """A member's text as the platform writes it."""
    return (
        f"<xml><ToUserName><![CDATA[{CORP}]]></ToUserName><FromUserName><![CDATA[{user}]]></FromUserName>"
        f"<CreateTime>{int(at.timestamp())}</CreateTime><MsgType><![CDATA[text]]></MsgType>"
        f"<Content><![CDATA[{text}]]></Content><MsgId>{id}</MsgId><AgentID>{AGENT}</AgentID></xml>"
    )


def pressed(user: str, key: str, at: datetime, event: str = "template_card_event") -> str:
    """A button of a card that a member pressed."""
    return (
        f"<xml><ToUserName><![CDATA[{CORP}]]></ToUserName><FromUserName><![CDATA[{user}]]></FromUserName>"
        f"<CreateTime>{int(at.timestamp())}</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[{event}]]></Event>"
        f"<EventKey><![CDATA[{key}]]></EventKey><TaskId><![CDATA[t1]]></TaskId><CardType><![CDATA[button_interaction]]></CardType>"
        f"<ResponseCode><![CDATA[rc-{key}]]></ResponseCode><AgentID>{AGENT}</AgentID></xml>"
    )


def picture(user: str, media: str, id: str, at: datetime) -> str:
    """A picture that a member sent."""
    return (
        f"<xml><ToUserName><![CDATA[{CORP}]]></ToUserName><FromUserName><![CDATA[{user}]]></FromUserName>"
        f"<CreateTime>{int(at.timestamp())}</CreateTime><MsgType><![CDATA[image]]></MsgType><PicUrl><![CDATA[]]></PicUrl>"
        f"<MediaId><![CDATA[{media}]]></MediaId><MsgId>{id}</MsgId><AgentID>{AGENT}</AgentID></xml>"
    )


def settings(base: str) -> dict[str, object]:
    """[channels.…] of an office at this platform."""
    app = {"base": base, "corpid": CORP, "secret": SECRET}
    callback = {"token": CALLBACK_TOKEN, "aes_key": AES_KEY}
    return {
        "企业应用": {"kind": "wecom-app", "agentid": AGENT, **app, **callback},
        "应用群": {"kind": "wecom-appchat", "groups": {"专班": {"id": "zhuanban1"}}, **app},
        "群机器人": {"kind": "wecom-webhook", "base": base, "groups": {"工作群": {"hook": KEY}}},
    }


def shape(value: object) -> str:
    """For comparing two requests."""
    return json.dumps(value, sort_keys=True)
