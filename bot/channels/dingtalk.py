"""钉钉自定义机器人: reminders into 钉钉 groups through webhook addresses, signed, calling people by mobile or user id."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar
from urllib.parse import parse_qs, urlencode, urlsplit

from bot.channels.calling import Caller, Got
from bot.channels.hooks import ADDRESS, KEYWORD, SIGN, Hook, HookChannel, hooks_of
from bot.channels.measures import json_bytes
from bot.channels.protocol import Capabilities, Rate, Scope
from bot.channels.reactions import Code
from bot.channels.settings import Section
from bot.clock import Clock
from knowledge.directory import Liaison

BASE = "https://oapi.dingtalk.com"
PATH = "/robot/send"
BODY = 20_000
AROUND = 600
"""Bytes of a body beside its text: its type, and who is called."""
_CALLED = re.compile(r"(?<![\w.@-])@(?P<id>[A-Za-z0-9_-]{3,64})(?![\w.@-])", re.ASCII)
_MOBILE = re.compile(r"1\d{10}")
_ID = re.compile(r"[A-Za-z0-9_-]{3,64}")
MOST_CALLED = 20
REFUSED = 310000
"""One code for three settings; the words tell which."""


def signature(secret: str, timestamp: int) -> str:
    """The signature of a moment in milliseconds: the secret is the key, the words are the message (飞书 has it the other way)."""
    message = f"{timestamp}\n{secret}".encode()
    return base64.b64encode(hmac.new(secret.encode(), message, hashlib.sha256).digest()).decode()


def split(address: str) -> tuple[str, str]:
    """Path and token of an address as the console shows it, or of a token alone."""
    if "?" not in address:
        return PATH, "" if "/" in address else address
    return PATH, next(iter(parse_qs(urlsplit(address).query).get("access_token", [])), "")


class DingTalkChannel(HookChannel):
    """Posts texts. The settings name each group; a liaison's id is a mobile number or a user id."""

    platform = "dingtalk"
    remedies: ClassVar[Mapping[Code, str]] = {"sign": SIGN, "keyword": KEYWORD, "ip": ADDRESS}
    signed = frozenset({"sign"})

    def able(self, keyword: int) -> Capabilities:
        """20 messages a minute for each robot; who says more is blocked for ten minutes."""
        rates = (Rate(Scope.CONVERSATION, 20, 60),)
        return Capabilities(
            hears=False, hears_group=False, can_mention=True, limit=BODY - AROUND - keyword, rates=rates
        )

    def measure(self, text: str) -> int:
        """Bytes in the JSON body."""
        return json_bytes(text)

    async def say(self, caller: Caller, hook: Hook, text: str, at: datetime) -> Got:
        """Post the text; whom it names by @ and number is called."""
        called = list(dict.fromkeys(found["id"] for found in _CALLED.finditer(text)))[:MOST_CALLED]
        mobiles = [one for one in called if _MOBILE.fullmatch(one)]
        others = [one for one in called if one not in mobiles and one.lower() != "all"]
        query = {"access_token": hook.token}
        if hook.secret:
            moment = int(at.timestamp() * 1000)
            query |= {"timestamp": str(moment), "sign": signature(hook.secret, moment)}
        body = {
            "msgtype": "text",
            "text": {"content": text},
            "at": {"atMobiles": mobiles, "atUserIds": others, "isAtAll": False},
        }
        return await caller.call("POST", f"{hook.address}?{urlencode(query)}", json=body, blot=[query.get("sign", "")])

    def code_of(self, got: Got) -> Code:
        """`errcode`; what it leaves open stands in `errmsg`."""
        code = got.body.get("errcode")
        if code != REFUSED:
            return code if isinstance(code, int) else None
        words = str(got.body.get("errmsg", "")).lower()
        for kind, signs in _SETTINGS.items():
            if any(sign in words for sign in signs):
                return kind
        return REFUSED

    def mention(self, liaison: Liaison) -> str:
        """@ and the mobile number or user id, which the platform shows as the name; else the name."""
        return f"@{liaison.id} " if _ID.fullmatch(liaison.id) else liaison.name


_SETTINGS = {"keyword": ("keyword", "关键词"), "sign": ("sign", "签名", "timestamp"), "ip": ("ip", "白名单")}


def open_channel(section: Section, clock: Clock) -> DingTalkChannel:
    """The channel that a section describes."""
    endpoint = section.endpoint(BASE)
    return DingTalkChannel(section.name, hooks_of(section, endpoint, split), endpoint, clock)
