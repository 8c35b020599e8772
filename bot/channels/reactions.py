"""反应: what a platform's refusal is and what follows from it, for every channel alike. Values in, values out.

A channel turns an answer into a code, asks `react` with what it has met with this message already, and does the step:
REFRESH and PLAINER by itself, once each; all others end the attempt with the verdict given. The outbox heeds the
verdict's `trouble`: it waits, stops an account, or writes down that a conversation is out of reach.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.channels.protocol import Status, Trouble, Verdict
from bot.channels.redaction import redacted

Code = int | str | None
"""A platform's code for what went wrong; None when no answer came."""

PAUSE = 60.0
"""Seconds to wait after RATE where the platform does not say how long."""
PAUSES: Mapping[str, float] = {"dingtalk": 600.0}
"""Platforms that block for longer: 钉钉 for ten minutes."""

# The codes as the platforms document them; kick_me, migrated and invaliduser are our words for what has no number.
CODES: Mapping[str, Mapping[Code, Trouble]] = {
    "wecom": {
        45009: Trouble.RATE, 45047: Trouble.RATE, 40014: Trouble.TOKEN, 42001: Trouble.TOKEN, 40001: Trouble.TOKEN,
        41001: Trouble.TOKEN, 60020: Trouble.AUTH, 93000: Trouble.TARGET, 93006: Trouble.TARGET, 60011: Trouble.TARGET,
        "invaliduser": Trouble.PERSON, 43101: Trouble.PERSON, 45015: Trouble.PERSON, 846605: Trouble.CONTENT,
        846608: Trouble.CONTENT, -1: Trouble.SERVER, 40013: Trouble.AUTH, 40056: Trouble.AUTH, 41002: Trouble.AUTH,
        41004: Trouble.AUTH, 48002: Trouble.AUTH, 301002: Trouble.AUTH, 81013: Trouble.PERSON, 60111: Trouble.PERSON,
        40003: Trouble.PERSON, 40031: Trouble.PERSON, 45033: Trouble.RATE, 44004: Trouble.CONTENT, 45002: Trouble.CONTENT,
        40004: Trouble.CONTENT, 40006: Trouble.CONTENT, 40007: Trouble.CONTENT, 40008: Trouble.CONTENT,
        40009: Trouble.CONTENT, 40058: Trouble.CONTENT, 42014: Trouble.CONTENT, 86001: Trouble.TARGET,
        86003: Trouble.TARGET, 86008: Trouble.TARGET,
    },
    # 公众号; what an account has no right to is a matter of that call alone: its passive answers need none.
    "wechat": {
        -1: Trouble.SERVER, 40001: Trouble.TOKEN, 40014: Trouble.TOKEN, 41001: Trouble.TOKEN, 42001: Trouble.TOKEN,
        40002: Trouble.AUTH, 40013: Trouble.AUTH, 40125: Trouble.AUTH, 40164: Trouble.AUTH, 41002: Trouble.AUTH,
        41004: Trouble.AUTH, 45009: Trouble.RATE, 45011: Trouble.RATE, 43108: Trouble.RATE, 45015: Trouble.PERSON,
        45047: Trouble.PERSON, 43101: Trouble.PERSON, 43004: Trouble.PERSON, 40003: Trouble.PERSON, 46004: Trouble.PERSON,
        48001: Trouble.TARGET, 43107: Trouble.TARGET, 40037: Trouble.CONTENT, 47001: Trouble.CONTENT,
        47003: Trouble.CONTENT, 44004: Trouble.CONTENT, 45002: Trouble.CONTENT, 87014: Trouble.CONTENT,
        45168: Trouble.CONTENT, 40004: Trouble.CONTENT, 40006: Trouble.CONTENT, 40007: Trouble.CONTENT,
        40009: Trouble.CONTENT,
    },
    "telegram": {401: Trouble.AUTH, 409: Trouble.AUTH, 403: Trouble.TARGET, "migrated": Trouble.TARGET, "gone": Trouble.TARGET},
    "onebot": {
        1401: Trouble.AUTH, 1403: Trouble.AUTH, 1400: Trouble.CONTENT, 1404: Trouble.CONTENT, 1200: Trouble.SERVER,
        "kick_me": Trouble.TARGET, "muted": Trouble.SERVER, "frozen": Trouble.AUTH, "timeout": Trouble.SILENCE,
    },
    "qq": {
        11243: Trouble.TOKEN, 11298: Trouble.AUTH, 22009: Trouble.RATE, 40034100: Trouble.RATE, 40034102: Trouble.TARGET,
        40034105: Trouble.TARGET, 40034101: Trouble.TARGET, 40054003: Trouble.TARGET, 40034128: Trouble.TARGET,
        40034005: Trouble.TARGET, 40034031: Trouble.TARGET, 40034024: Trouble.TARGET, 304027: Trouble.TARGET,
        304103: Trouble.TARGET, 40054002: Trouble.SERVER, 40054004: Trouble.PERSON, 40054013: Trouble.PERSON,
        40034006: Trouble.CONTENT, 40054007: Trouble.CONTENT, 40054018: Trouble.CONTENT, 40054010: Trouble.CONTENT,
        304003: Trouble.CONTENT,
    },
    "feishu": {
        11232: Trouble.RATE, 19001: Trouble.TARGET, 19021: Trouble.AUTH, 19022: Trouble.AUTH, 19024: Trouble.CONTENT,
        9499: Trouble.CONTENT,
    },
    "dingtalk": {
        -1: Trouble.SERVER, 130101: Trouble.RATE, 410100: Trouble.RATE, "sign": Trouble.AUTH, "ip": Trouble.AUTH,
        310000: Trouble.AUTH, "keyword": Trouble.CONTENT, 300001: Trouble.TARGET, 300005: Trouble.TARGET,
        400101: Trouble.TARGET, 400102: Trouble.TARGET, 400106: Trouble.TARGET, 400105: Trouble.CONTENT,
        430101: Trouble.CONTENT, 430102: Trouble.CONTENT, 430103: Trouble.CONTENT, 430104: Trouble.CONTENT,
    },
    "smtp": {530: Trouble.AUTH, 535: Trouble.AUTH, "sender": Trouble.AUTH, "data": Trouble.CONTENT},
    "ilink": {-2: Trouble.RATE},
}  # fmt: skip
_HTTP: Mapping[int, Trouble] = {
    400: Trouble.CONTENT, 401: Trouble.AUTH, 403: Trouble.TARGET, 404: Trouble.TARGET, 408: Trouble.SILENCE,
    413: Trouble.CONTENT, 429: Trouble.RATE, 502: Trouble.SILENCE,
    504: Trouble.SILENCE,  # a gateway that got no answer: what stands behind it may have taken the message
}  # fmt: skip


class Step(StrEnum):
    """What a channel does next: wait, renew its token, say it more plainly, or end with the verdict."""

    WAIT = "wait"
    REFRESH = "refresh"
    PLAINER = "plainer"
    END = "end"


@dataclass(frozen=True, slots=True)
class Reaction:
    """The step after a refusal, and the verdict that stands when it is the end of this attempt."""

    step: Step
    verdict: Verdict


def trouble_of(platform: str, code: Code) -> Trouble:
    """The class of a refusal: the platform's own table, else the HTTP status. What nobody knows is tried again, bounded."""
    if code is None:
        return Trouble.SILENCE
    known = CODES.get(platform, {}).get(code)
    if known is not None:
        return known
    if platform == "smtp" and isinstance(code, int):
        return Trouble.SERVER if code < 500 else Trouble.TARGET  # RFC 5321 §4.2.1: 4yz may be repeated, 5yz must not
    return _HTTP.get(code, Trouble.SERVER) if isinstance(code, int) else Trouble.SERVER


def react(
    platform: str,
    code: Code,
    raw: str,
    *,
    met: Collection[Trouble] = (),
    retry_after: float | None = None,
    secrets: Collection[str] = (),
) -> Reaction:
    """What follows from a refusal with `code` whose text is `raw`.

    `met` are the troubles this message has met before: a token is renewed once and a text made plainer once. A token
    that is refused again is a matter of the account (AUTH). `retry_after` is in seconds, as the platform asks.
    """
    trouble = trouble_of(platform, code)
    if trouble is Trouble.TOKEN and trouble in met:
        trouble = Trouble.AUTH
    return Reaction(_step(trouble, met), _verdict(platform, trouble, redacted(raw, secrets), retry_after))


def _step(trouble: Trouble, met: Collection[Trouble]) -> Step:
    if trouble is Trouble.TOKEN:
        return Step.REFRESH
    if trouble is Trouble.CONTENT and trouble not in met:
        return Step.PLAINER
    return Step.WAIT if trouble in (Trouble.RATE, Trouble.SERVER) else Step.END


def _verdict(platform: str, trouble: Trouble, raw: str, retry_after: float | None) -> Verdict:
    if trouble is Trouble.SILENCE:
        return Verdict(Status.UNKNOWN, raw, trouble=trouble)
    if trouble is Trouble.RATE and retry_after is None:
        retry_after = PAUSES.get(platform, PAUSE)
    alarm = ALARMS[trouble].format(platform=platform, raw=raw[:60]) if trouble in ALARMS else ""
    permanent = trouble in (Trouble.TARGET, Trouble.PERSON, Trouble.CONTENT)
    return Verdict(Status.FAILED, raw, permanent=permanent, retry_after=retry_after, trouble=trouble, alarm=alarm)


ALARMS: Mapping[Trouble, str] = {
    Trouble.AUTH: "通道 {platform} 的账号被平台拒绝（{raw}），已停止发送；请核对密钥、可信IP和登录状态，改好后重新启动，没有发出的会接着发。",
    Trouble.TARGET: "通道 {platform} 的一个会话发不进去（{raw}），可能已解散、改号或移出了机器人；请重新邀请或重新绑定会话。",
    Trouble.CONTENT: "通道 {platform} 不接受一条消息的内容（{raw}），没有发出；请查看台账里的原文，改由人工转达。",
}
"""What whoever looks after the bot is told: what happened and what to do."""
