"""飞书 and 钉钉 as a group robot meets them: signature, keyword, length, pace, and everything they refuse."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import ClassVar

from bot.channels.protocol import Channel, Trouble
from bot.channels.settings import channels_of
from bot.clock import Clock, SystemClock
from bot.toml_values import Spot
from tests.contracts.counterpart import Counterpart, Shown
from tests.platforms.loopback import LOST, Asked, Loopback, Told, told

TOKEN, SECRET, KEYWORD = "f0c1a9e2-hook-token", "demo-secret-words", "提醒"
HOUR, BLOCKED = timedelta(hours=1), timedelta(minutes=10)


class Robot(Counterpart):
    """One group with one robot in it. `clock` is the platform's own, `ours` the channel's."""

    kind: str
    hears = connects = False
    secrets = (TOKEN, SECRET)
    codes: ClassVar[Mapping[Trouble, dict[str, object]]]

    def __init__(self, ours: Clock | None = None, given: Mapping[str, object] | None = None) -> None:
        super().__init__()
        self.clock: Clock = SystemClock()
        self.server = Loopback(self._answer)
        self.asked: list[Asked] = []
        self.troubles = frozenset(self.codes)
        self._script: list[Told] = []
        self._lost = False
        group = given or {"hook": TOKEN, "secret": SECRET, "keyword": KEYWORD}
        self.signed = "secret" in group
        self.channel = self._built(ours or SystemClock(), {"督查群": group})
        self.group = f"{self.channel.name}/督查群"

    def _built(self, ours: Clock, groups: Mapping[str, object]) -> Channel:
        section = {"kind": self.kind, "base": self.server.base, "groups": groups}
        return channels_of(Spot("qiantou.toml", "channels"), {"机器人": section}, Path(), ours)[0]

    async def open(self, ear: object = None) -> None:
        await self.server.open()

    async def close(self) -> None:
        await self.server.close()

    async def say(
        self, text: str, *, group: bool = True, mentioned: bool = True, id: str = "", quoted: str = ""
    ) -> str:
        raise AssertionError("a group robot hears nobody")

    def refuse(self, trouble: Trouble, times: int = 1) -> None:
        self._script += [told(self.codes[trouble])] * times

    def answer_with(self, answer: Told) -> None:
        """What the next call gets."""
        self._script.append(answer)

    def lose_answer(self) -> None:
        self._lost = True

    async def _answer(self, asked: Asked) -> Told:
        self.asked.append(asked)
        if self._script:
            return self._dated(self._script.pop(0))
        answer = self.judged(asked, self.clock.now())
        if self._lost:
            self._lost = False
            return LOST
        return self._dated(answer)

    def _dated(self, answer: Told) -> Told:
        return Told(
            answer.status,
            answer.body,
            lost=answer.lost,
            headers={**answer.headers, "date": format_datetime(self.clock.now())},
        )

    def judged(self, asked: Asked, now: datetime) -> Told:
        raise NotImplementedError

    def shown(self, text: str) -> None:
        self.show(Shown(self.group, text, ""))


class FeishuRobot(Robot):
    kind = "feishu"
    codes: ClassVar[Mapping[Trouble, dict[str, object]]] = {
        Trouble.RATE: {"code": 11232, "msg": "frequency limited psm[lark]"},
        Trouble.AUTH: {"code": 19021, "msg": "sign match fail or timestamp is not within one hour from current time"},
        Trouble.TARGET: {"code": 19001, "msg": "param invalid: incoming webhook access token invalid"},
        Trouble.CONTENT: {"code": 19024, "msg": "Key Words Not Found"},
        Trouble.SERVER: {"code": 1500, "msg": "internal error"},
    }

    def judged(self, asked: Asked, now: datetime) -> Told:
        if not asked.path.rstrip("/").endswith(f"/open-apis/bot/v2/hook/{TOKEN}"):
            return told(self.codes[Trouble.TARGET])
        if len(asked.body) > 20_000:
            return told({"code": 9499, "msg": "Bad Request"})
        body = asked.json
        at = int(str(body.get("timestamp", "0")))
        expected = base64.b64encode(hmac.new(f"{at}\n{SECRET}".encode(), b"", hashlib.sha256).digest()).decode()
        fresh = abs(now.timestamp() - at) <= HOUR.total_seconds()
        if self.signed and not (fresh and body.get("sign") == expected):
            return told(self.codes[Trouble.AUTH])
        text = str(body["content"]["text"])  # type: ignore[index]
        if KEYWORD not in text:
            return told(self.codes[Trouble.CONTENT])
        self.shown(text)
        return told({"StatusCode": 0, "StatusMessage": "success", "code": 0, "data": {}, "msg": "success"})


class DingTalkRobot(Robot):
    kind = "dingtalk"
    codes: ClassVar[Mapping[Trouble, dict[str, object]]] = {
        Trouble.RATE: {"errcode": 130101, "errmsg": "send too fast, exceed 20 times per minute"},
        Trouble.AUTH: {
            "errcode": 310000,
            "errmsg": "description:机器人发送签名不匹配;solution:请确认签名和生成签名的时间戳",
        },
        Trouble.TARGET: {"errcode": 300001, "errmsg": "token is not exist"},
        Trouble.CONTENT: {"errcode": 310000, "errmsg": "description:关键词不匹配;solution:请联系群管理员"},
        Trouble.SERVER: {"errcode": -1, "errmsg": "系统繁忙"},
    }

    def __init__(self, ours: Clock | None = None, given: Mapping[str, object] | None = None) -> None:
        super().__init__(ours, given)
        self.called: list[dict[str, object]] = []
        self._times: list[datetime] = []
        self._blocked: datetime | None = None

    def judged(self, asked: Asked, now: datetime) -> Told:
        if asked.path != "/robot/send" or asked.query.get("access_token") != TOKEN:
            return told(self.codes[Trouble.TARGET])
        at = asked.query.get("timestamp", "0")
        wanted = hmac.new(SECRET.encode(), f"{at}\n{SECRET}".encode(), hashlib.sha256).digest()
        stale = abs(now.timestamp() * 1000 - int(at)) > HOUR.total_seconds() * 1000
        if self.signed and (stale or asked.query.get("sign") != base64.b64encode(wanted).decode()):
            return told(self.codes[Trouble.AUTH])
        if self._too_fast(now):
            return told(self.codes[Trouble.RATE])
        text = str(asked.json["text"]["content"])  # type: ignore[index]
        if KEYWORD not in text:
            return told(self.codes[Trouble.CONTENT])
        self.called.append(asked.json["at"])  # type: ignore[arg-type]
        self.shown(text)
        return told({"errcode": 0, "errmsg": "ok"})

    def _too_fast(self, now: datetime) -> bool:
        """The twenty-first message of a minute blocks the robot for ten."""
        if self._blocked is not None and now - self._blocked < BLOCKED:
            return True
        self._times = [at for at in self._times if now - at < timedelta(minutes=1)]
        self._times.append(now)
        self._blocked = now if len(self._times) > 20 else None
        return self._blocked is not None


COUNTERPARTS: dict[str, Callable[[Path], Counterpart]] = {
    "feishu": lambda _: FeishuRobot(),
    "dingtalk": lambda _: DingTalkRobot(),
}
