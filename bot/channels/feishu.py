"""飞书自定义机器人: reminders into 飞书 groups through webhook addresses, signed, with real mentions by open_id."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from bot.channels.calling import Caller, Got
from bot.channels.hooks import ADDRESS, KEYWORD, SIGN, Hook, HookChannel, hooks_of
from bot.channels.measures import json_bytes
from bot.channels.protocol import Capabilities, Rate, Scope
from bot.channels.reactions import Code
from bot.channels.settings import Section
from bot.clock import Clock
from knowledge.directory import Liaison

BASE = "https://open.feishu.cn"
BODY = 20_000
"""Bytes of a whole body."""
AROUND = 200
"""Bytes of a body beside its text: time, signature, type."""
_AT = re.compile(r'<(?=/?at\b)(?!at user_id="ou_\w{1,64}">[^<>]{1,40}</at>)(?!/at>)', re.IGNORECASE)
_OPEN_ID = re.compile(r"ou_\w{1,64}")
TOO_MANY = "too many"


def signature(secret: str, timestamp: int) -> str:
    """The signature of a moment in seconds: the words are the key, and the message is empty."""
    key = f"{timestamp}\n{secret}".encode()
    return base64.b64encode(hmac.new(key, b"", hashlib.sha256).digest()).decode()


def split(address: str) -> tuple[str, str]:
    """Path and token of an address as the console shows it, or of a token alone."""
    token = address.partition("?")[0].rstrip("/").rpartition("/")[2]
    return f"/open-apis/bot/v2/hook/{token}", token


class FeishuChannel(HookChannel):
    """Posts texts. The settings name each group; who is mentioned is known by an open_id."""

    platform = "feishu"
    remedies: ClassVar[Mapping[Code, str]] = {19021: SIGN, 19022: ADDRESS, 19024: KEYWORD}
    signed = frozenset({19021})

    def able(self, keyword: int) -> Capabilities:
        """100 messages a minute and 5 a second for each robot; 20 KB of body."""
        rates = (Rate(Scope.CONVERSATION, 100, 60), Rate(Scope.CONVERSATION, 5, 1))
        return Capabilities(
            hears=False, hears_group=False, can_mention=True, limit=BODY - AROUND - keyword, rates=rates
        )

    def measure(self, text: str) -> int:
        """Bytes in the JSON body; what could be taken for a mention is written two bytes longer."""
        return json_bytes(text) + 2 * text.lower().count("<at") + 2 * text.lower().count("</at")

    async def say(self, caller: Caller, hook: Hook, text: str, at: datetime) -> Got:
        """Post the text, signed where the robot has a secret. Only mentions of single people stay mentions."""
        body: dict[str, object] = {"msg_type": "text", "content": {"text": _AT.sub("＜", text)}}
        if hook.secret:
            moment = int(at.timestamp())
            body = {"timestamp": str(moment), "sign": signature(hook.secret, moment), **body}
        return await caller.call("POST", hook.address, json=body)

    def code_of(self, got: Got) -> Code:
        """`code`, in older answers `StatusCode`; 9499 stands for a bad body and for too many calls."""
        code = got.body.get("code", got.body.get("StatusCode"))
        if code == 9499 and TOO_MANY in str(got.body.get("msg", "")).lower():
            return 11232
        return code if isinstance(code, int) else None

    def mention(self, liaison: Liaison) -> str:
        """A mention where the open_id is known, else the name."""
        name = re.sub(r"[<>&]", "", liaison.name)[:40]
        return f'<at user_id="{liaison.id}">{name}</at>' if _OPEN_ID.fullmatch(liaison.id) and name else liaison.name


def open_channel(section: Section, clock: Clock) -> FeishuChannel:
    """The channel that a section describes."""
    endpoint = section.endpoint(BASE)
    return FeishuChannel(section.name, hooks_of(section, endpoint, split), endpoint, clock)
