"""群机器人: conversations that are webhook addresses. Each address is a secret, an account and a limit of its own; its name is
what the office calls the group."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import ClassVar

from bot.channels.calling import Caller, Got
from bot.channels.hearing import key_of, native_of
from bot.channels.protocol import Button, Capabilities, Channel, Status, Trouble, Verdict, too_long
from bot.channels.reactions import Code, react
from bot.channels.settings import Endpoint, Section
from bot.clock import Clock
from bot.toml_values import ConfigError

SKEW = timedelta(minutes=5)
"""A clock that differs by more is named as the likely reason of a refused signature."""


@dataclass(frozen=True, slots=True)
class Hook:
    """One group's robot: the `address` it is called at, the `token` in it, the `secret` of its signature and the `keyword` that it
    wants in every message; both may be empty."""

    name: str
    address: str = field(repr=False)
    token: str = field(repr=False)
    secret: str = field(repr=False)
    keyword: str = ""

    def worded(self, text: str) -> str:
        """The text with the keyword in it."""
        return text if self.keyword in text else f"〔{self.keyword}〕\n{text}"


Split = Callable[[str], tuple[str, str]]
"""A whole address as the console shows it → the address below the host (where the settings give the host) and the token."""


def hooks_of(section: Section, endpoint: Endpoint, split: Split) -> Mapping[str, Hook]:
    """The robots in [channels.NAME.groups.GROUP]: `hook` is the address as the platform's console shows it, or the token alone;
    `secret` and `keyword` where the robot wants them. Raises ConfigError."""
    moved = "base" in section.given
    found = {one.name: _hook(one, endpoint, split, moved) for one in section.sections("groups")}
    if not found:
        raise ConfigError(
            f"{section.spot.file} 的 {section.spot.name} 没有写群，请为每个群写一节 "
            f'[channels."{section.name}".groups."群名"]，里面写 hook。'
        )
    return found


def _hook(section: Section, endpoint: Endpoint, split: Split, moved: bool) -> Hook:
    given, secret = section.secret("hook"), section.secret("secret", "")
    path, token = split(given)
    whole = given.startswith(("http://", "https://"))
    address = given.partition("?")[0] if whole and not moved else f"{endpoint.base}{path}"
    hook = Hook(section.name, address, token, secret, section.text("keyword", ""))
    section.done()
    if not token:
        raise ConfigError(
            f"{section.spot.file} 的 {section.spot.at('hook').name} 不像群机器人的地址，请从平台上重新复制。"
        )
    return hook


class HookChannel(Channel):
    """Posts to robots of one platform (its name in `bot.channels.reactions`). Hears nothing."""

    platform: str

    def __init__(self, name: str, hooks: Mapping[str, Hook], endpoint: Endpoint, clock: Clock) -> None:
        self.name = self.credential = name
        self.capabilities = self.able(max((len(one.keyword.encode()) for one in hooks.values()), default=0))
        self._hooks, self._clock = hooks, clock
        secrets = [part for one in hooks.values() for part in (one.token, one.secret) if part]
        self._caller = Caller(endpoint, secrets)

    @abstractmethod
    def able(self, keyword: int) -> Capabilities:
        """What the robots can do, with room for a keyword of so many bytes in every message."""

    @abstractmethod
    async def say(self, caller: Caller, hook: Hook, text: str, at: datetime) -> Got:
        """Post the text."""

    @abstractmethod
    def code_of(self, got: Got) -> Code:
        """The platform's code, 0 for taken; None where the answer tells nothing."""

    def account(self, conversation: str) -> str:
        """Each robot stands for itself: one that is refused stops no other."""
        return key_of(self.name, native_of(conversation))

    async def post(self, conversation: str, text: str, key: str, buttons: tuple[Button, ...] = ()) -> Verdict:
        """Say it in the group of that name; the platform gives no id."""
        if refusal := too_long(self, text):
            return refusal
        hook = self._hooks.get(native_of(conversation))
        if hook is None:
            return self._unknown(conversation)
        clean = hook.worded(text.encode("utf-8", "replace").decode())
        got = await self.say(self._caller, hook, clean, self._clock.now())
        return got.silent or self._judged(hook, got)

    def _unknown(self, conversation: str) -> Verdict:
        """The verdict on a group that the settings do not name."""
        group = native_of(conversation)
        alarm = f"通道“{self.name}”没有“{group}”这个群的机器人地址，消息没有发出；请在设置里补上。"
        return Verdict(Status.FAILED, "设置里没有这个群", permanent=True, trouble=Trouble.TARGET, alarm=alarm)

    def _judged(self, hook: Hook, got: Got) -> Verdict:
        code = self.code_of(got)
        if code == 0 and got.status == 200:
            return Verdict(Status.SENT, got.raw)
        if code is None and got.status == 200:
            return Verdict(Status.UNKNOWN, got.raw, trouble=Trouble.SILENCE)
        # A text is as plain as it can be already: what is refused once is refused for good.
        verdict = react(self.platform, code or got.status, got.raw, met=(Trouble.CONTENT,)).verdict
        if not verdict.alarm:
            return verdict
        return replace(verdict, alarm=self._alarm(hook, code, verdict, got))

    def _alarm(self, hook: Hook, code: Code, verdict: Verdict, got: Got) -> str:
        what = self.remedies.get(code, _REMEDIES.get(verdict.trouble or Trouble.SERVER, ""))
        skew = _skew(got, self._clock.now()) if code in self.signed else ""
        return f"通道“{self.name}”的“{hook.name}”群机器人拒收（{verdict.raw[:60]}）：{skew or what}"

    remedies: ClassVar[Mapping[Code, str]] = {}
    signed: frozenset[Code] = frozenset()
    """Codes that a wrong clock may be the reason of."""

    async def close(self) -> None:
        """Let go of connections."""
        await self._caller.close()


_REMEDIES = {
    Trouble.AUTH: "已停止向这个群发送；请核对机器人的安全设置，改好后重新启动，没有发出的会接着发。",
    Trouble.TARGET: "机器人可能已停用或移出群；请在群里重新添加，把新地址写进设置。",
    Trouble.CONTENT: "这条消息没有发出；请查看台账里的原文，改由人工转达。",
}
SIGN = "签名不对，已停止向这个群发送；请核对加签密钥和本机时间，改好后重新启动，没有发出的会接着发。"
KEYWORD = "机器人要求消息里有关键词；请把平台上的关键词写进设置的 keyword，这条改由人工转达。"
ADDRESS = "本机的出口地址不在机器人的IP白名单里，已停止向这个群发送；请把地址加进白名单后重新启动。"


def _skew(got: Got, now: datetime) -> str:
    """The sentence where the platform's clock proves ours wrong."""
    try:
        told = parsedate_to_datetime(got.headers["date"])
    except (KeyError, ValueError):
        return ""
    apart = now - (told if told.tzinfo else told.replace(tzinfo=UTC))
    if abs(apart) < SKEW:
        return ""
    side = "快" if apart > timedelta() else "慢"
    minutes = round(abs(apart).total_seconds() / 60)
    return f"本机时钟比平台{side}{minutes}分钟，签名因此失效，已停止向这个群发送；请校准本机时间后重新启动。"
