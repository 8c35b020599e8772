"""Calls to the official QQ bot's API v2, with its token, and what its answers are worth."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.channels.calling import Caller, Got
from bot.channels.protocol import Status, Trouble, Verdict
from bot.channels.reactions import CODES, Code, Step, react
from bot.clock import Clock

TIMEOUT = 8.0
"""Seconds for a call: a new token and the same call twice fit into `bot.voice.POST_TIMEOUT`."""
EARLY = timedelta(minutes=1)
"""A token is renewed so long before it ends."""
LIFE = 7200
DUPLICATE = 40054005
"""The same msg_id and msg_seq again: what was said under them stands already."""
EXPIRED = frozenset({40034128, 40034005, 40034031, 40034024, 304027, 304103})
"""Too late, or too often, to answer that message."""
NO_PUSH = frozenset({40034102, 40034105})
"""The bot may not speak unasked here."""
LINKS = frozenset({40054010, 304003})
"""Links that are not registered in the console."""
_AUDIT = frozenset({304023, 304024})


@dataclass(frozen=True, slots=True)
class Returned:
    """What a call came to: the code of a refusal (None: there is an answer, or none came), the step after it, the verdict,
    and the values of a good answer."""

    code: Code
    step: Step
    verdict: Verdict
    values: Mapping[str, Any]


class Token:
    """The access token of one AppID, fetched by one call at a time and used until shortly before it ends."""

    def __init__(self, app: str, secret: str, caller: Caller, clock: Clock) -> None:
        self._app, self._secret, self._caller, self._clock = app, secret, caller, clock
        self._value = ""
        self._until: datetime | None = None
        self._turn = asyncio.Lock()

    async def have(self, refused: str = "") -> str | Verdict:
        """The token, another one than `refused`; the verdict where there is none: nothing was sent then."""
        async with self._turn:
            now = self._clock.now()
            if self._value != refused and self._until is not None and now < self._until:
                return self._value
            body = {"appId": self._app, "clientSecret": self._secret}
            got = await self._caller.call("POST", "/app/getAppAccessToken", json=body)
            token = got.body.get("access_token")
            if got.status != 200 or not isinstance(token, str) or not token:
                return _no_token(got)
            self._value, self._until = token, now + timedelta(seconds=_life(got)) - EARLY
            return token

    async def close(self) -> None:
        """Let go of connections; may be called twice."""
        await self._caller.close()


def _life(got: Got) -> int:
    given = str(got.body.get("expires_in", LIFE))
    return min(int(given), LIFE) if given.isascii() and given.isdigit() else LIFE


def _no_token(got: Got) -> Verdict:
    """Why there is no token: HTTP 200 may carry a refusal, which is one of the account."""
    if got.status is None:
        return Verdict(Status.FAILED, got.raw, trouble=Trouble.SERVER)
    refused = got.status == 200 or got.status in (400, 401, 403)
    verdict = react("qq", 401 if refused else got.status, got.raw).verdict
    if refused:
        return replace(verdict, alarm=ALARMS["secret"])
    return replace(
        verdict, status=Status.FAILED, trouble=Trouble.SERVER if verdict.trouble is Trouble.SILENCE else verdict.trouble
    )


class Api:
    """The bot's calls; a token that is refused is renewed once and the call repeated once."""

    def __init__(self, caller: Caller, token: Token) -> None:
        self._caller, self.token = caller, token

    async def call(self, method: str, path: str, body: Mapping[str, object] | None = None) -> Returned:
        """One call. Never raises for what the network or the platform does."""
        met: list[Trouble] = []
        refused = ""
        while True:
            token = await self.token.have(refused)
            if isinstance(token, Verdict):
                return Returned(None, Step.END, token, {})
            headers = {"Authorization": f"QQBot {token}"}
            got = await self._caller.call(method, path, json=body, headers=headers, blot=[token])
            returned = concluded(got, met)
            if returned.step is not Step.REFRESH:
                return returned
            refused = token
            met.append(Trouble.TOKEN)

    async def close(self) -> None:
        """Let go of connections; may be called twice."""
        await self._caller.close()
        await self.token.close()


def concluded(got: Got, met: Collection[Trouble] = ()) -> Returned:
    """What an answer is worth. Only an answer with an id is a message sent; one that waits for the platform's censors is
    unknown."""
    if got.silent is not None or got.status is None:
        return Returned(None, Step.END, got.silent or Verdict(Status.UNKNOWN, got.raw), {})
    code = code_of(got)
    if code in _AUDIT or (code is None and got.status == 202):
        unknown = Verdict(Status.UNKNOWN, f"平台审核中，结果不告知：{got.raw}", trouble=Trouble.SILENCE)
        return Returned(code, Step.END, unknown, got.body)
    if code is None:
        number = got.body.get("id")
        if isinstance(number, str) and number:
            return Returned(None, Step.END, Verdict(Status.SENT, got.raw, number), got.body)
        unclear = f"答复里没有消息编号，不能断定已经送达：{got.raw}"
        return Returned(None, Step.END, Verdict(Status.UNKNOWN, unclear, trouble=Trouble.SILENCE), got.body)
    reaction = react("qq", code, got.raw, met=met)
    return Returned(code, reaction.step, replace(reaction.verdict, alarm=ALARMS.get(code, reaction.verdict.alarm)), {})


def code_of(got: Got) -> Code:
    """The code of a refusal: the platform's own where there is one, a refused token for a bare 401, else the HTTP status; None
    for no refusal."""
    given = got.body.get("code", got.body.get("err_code"))
    code = given if isinstance(given, int) and not isinstance(given, bool) and given != 0 else None
    assert got.status is not None
    if 200 <= got.status < 300:
        return code
    if code in CODES["qq"] or code in _AUDIT or code == DUPLICATE:
        return code
    return 11243 if got.status == 401 else got.status


def written(values: Mapping[str, object]) -> str:
    """A payload of the gateway or of a callback's answer."""
    return json.dumps(values, ensure_ascii=False)


_NO_PUSH = (
    "QQ 官方机器人不能在这个群里主动发言，消息没有发出，只能在有人@它之后五分钟内答复；"
    "请群主在群设置里允许机器人主动消息，或给这个群另设通道、改由人工转达。"
)
_TOO_LATE = (
    "QQ 官方机器人没能在时限内答复一条提问（群里五分钟，单聊一小时，各五条），答复没有发出；请转告提问的人再问一次。"
)
ALARMS: Mapping[Code, str] = {
    **dict[Code, str].fromkeys(EXPIRED, _TOO_LATE),
    "secret": "QQ 官方机器人的 AppID 或密钥被拒绝，已停止；请在 QQ 开放平台核对，改好后重新启动。",
    11298: "QQ 官方机器人的接口不认本机的出口地址，已停止发送；请把它加进 QQ 开放平台“开发设置”里的 IP 白名单，再重新启动。",
    40034102: _NO_PUSH,
    40034105: _NO_PUSH,
    40054002: "QQ 群里机器人被禁言，消息没有发出；请群主或管理员解除禁言，没有发出的会再试。",
    40054003: "QQ 群里已经没有这个机器人，消息没有发出；请群主重新添加机器人，再重新绑定。",
    40054010: "消息里有没登记的链接，QQ 平台不收，消息没有发出；请在 QQ 开放平台登记链接的域名，或改由人工转达。",
    304003: "消息里有没登记的链接，QQ 平台不收，消息没有发出；请在 QQ 开放平台登记链接的域名，或改由人工转达。",
}
