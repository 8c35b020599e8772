"""自建应用: speaks to members of the enterprise one by one, and hears what they say to it through encrypted callbacks."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial

from bot.channels.access import Access, Grant, Token, grant_of
from bot.channels.calling import Caller, Got
from bot.channels.envelope import Envelope, Nonces
from bot.channels.gate import Gate
from bot.channels.hearing import FILE, IMAGE, Attachment, Callback, Ear, File, Heard, Response, native_of
from bot.channels.measures import utf8_bytes
from bot.channels.protocol import (
    Button,
    Capabilities,
    Channel,
    Dialect,
    Rate,
    Scope,
    Status,
    Trouble,
    Verdict,
    too_long,
)
from bot.channels.settings import Endpoint, Section
from bot.channels.wecom import callbacks, payloads
from bot.channels.wecom.duplicates import ROOM, Duplicates
from bot.channels.wecom.payloads import Payload
from bot.channels.wecom.remedies import remedy
from bot.clock import Clock
from bot.toml_values import ConfigError
from knowledge.directory import Liaison

log = logging.getLogger(__name__)

BASE = "https://qyapi.weixin.qq.com"
INTERVAL = 1800
"""Seconds in which the platform takes the same request for a repeat: far longer than any message is tried again."""
# WeCom's page 90236: what one member gets beyond this is dropped without an error, so that only we can keep to it.
RATES = (Rate(Scope.CONVERSATION, 30, 60), Rate(Scope.CONVERSATION, 1000, 3600))
FORMS = (payloads.TEXT, payloads.MARKDOWN, payloads.CARD)


def wecom_access(name: str, corpid: str, secret: str, endpoint: Endpoint, clock: Clock) -> Access:
    """Calls as one app of one enterprise."""
    caller = Caller(endpoint, (secret,))

    async def fetch(spoilt: str) -> Grant | Verdict:
        got = await caller.call("GET", "/cgi-bin/gettoken", params={"corpid": corpid, "corpsecret": secret})
        return grant_of(got, "wecom", clock.now(), partial(remedy, name))

    return Access("wecom", caller, Token(fetch, clock), partial(remedy, name))


class AppChannel(Channel):
    """One app. `lists` are names for several members at once; every other conversation is a userid. `gate` None: the office
    gave no callback address, so that nobody is heard."""

    def __init__(
        self,
        name: str,
        access: Access,
        agent: int,
        clock: Clock,
        gate: Gate | None = None,
        lists: Mapping[str, tuple[str, ...]] | None = None,
        form: str = payloads.TEXT,
        link: str = "",
    ) -> None:
        self.name, self.credential = name, f"{name}/{agent}"
        self.capabilities = Capabilities(
            hears_group=False, idempotent=True, repeats=True, limit=payloads.LIMIT - ROOM, rates=RATES,
            files_in=frozenset({IMAGE}), files_out=frozenset({FILE, IMAGE}),
            buttons=payloads.MOST_BUTTONS if gate else 0,
            dialect=Dialect.MARKDOWN if form == payloads.MARKDOWN else Dialect.PLAIN,
        )  # fmt: skip
        self._access, self._agent, self._clock, self._gate = access, agent, clock, gate
        self._lists, self._form, self._link = lists or {}, form, link
        self._duplicates = Duplicates(timedelta(seconds=INTERVAL))

    def measure(self, text: str) -> int:
        """Bytes of UTF-8."""
        return utf8_bytes(payloads.harmless(text))

    def mention(self, liaison: Liaison) -> str:
        """The name: everybody is spoken to alone."""
        return liaison.name

    # ------------------------------------------------------------ speaking
    async def post(self, conversation: str, text: str, key: str, buttons: tuple[Button, ...] = ()) -> Verdict:
        """Say it to the member, or to the members of a list; those not reached are told in the verdict.

        The platform shows a request once in half an hour; see `Duplicates`.
        """
        if refusal := too_long(self, text):
            return refusal
        plain = payloads.harmless(text)
        worded = self._duplicates.worded(conversation, plain, key, self._clock.now())
        verdict = await self._shown(conversation, worded, key, buttons)
        if verdict.status is Status.FAILED:
            self._duplicates.withdraw(conversation, plain, key)
        return verdict

    async def _shown(self, conversation: str, text: str, key: str, buttons: tuple[Button, ...]) -> Verdict:
        """In a card where there are buttons and it has room, else as a text, whose buttons follow."""
        shown = payloads.card(text, key, buttons) if buttons else None
        if shown is not None:
            verdict = await self._send(conversation, shown)
            return await self._say(conversation, text) if verdict.trouble is Trouble.CONTENT else verdict
        verdict = await self._say(conversation, text)
        return await self._with_buttons(conversation, key, buttons, verdict) if buttons else verdict

    async def _say(self, conversation: str, text: str) -> Verdict:
        """The text in the office's form, or plainly where that is not accepted."""
        verdict = await self._send(conversation, payloads.message(text, self._form, self._link))
        if verdict.trouble is Trouble.CONTENT and self._form != payloads.TEXT:
            verdict = await self._send(conversation, payloads.message(text))
        return verdict

    async def _with_buttons(
        self, conversation: str, key: str, buttons: tuple[Button, ...], verdict: Verdict
    ) -> Verdict:
        """The text stands by itself; its buttons follow in a card, and are told of where they do not."""
        about = buttons[0].says.partition(" ")[2]  # the short code, by which the card is known to belong to its text
        shown = payloads.card(f"{f'〔{about}〕' if about else ''}请点选答复，也可以直接回复文字", key, buttons)
        if verdict.status is not Status.SENT or shown is None:
            return verdict
        beside = await self._send(conversation, shown)
        if beside.status is Status.SENT:
            return verdict
        return replace(verdict, raw=f"{verdict.raw}；按钮没有发出：{beside.raw}")

    async def _send(self, conversation: str, payload: Payload) -> Verdict:
        members = self._members(native_of(conversation))
        if not members:
            return Verdict(Status.FAILED, "不是可用的成员账号", permanent=True, trouble=Trouble.PERSON)
        whole = {
            "touser": "|".join(members), "agentid": self._agent, "safe": 0,
            "enable_duplicate_check": 1, "duplicate_check_interval": INTERVAL, **payload,
        }  # fmt: skip
        got = await self._access.ask("/cgi-bin/message/send", json=whole)
        return got if isinstance(got, Verdict) else self._reached(native_of(conversation), members, got)

    def _members(self, native: str) -> tuple[str, ...]:
        return tuple(one for one in self._lists.get(native, (native,)) if callbacks.is_user(one))

    def _reached(self, name: str, members: tuple[str, ...], got: Got) -> Verdict:
        """What was taken may still not have reached somebody."""
        missed = [one for one in members if one.lower() in payloads.unreached(got.body)]
        if len(missed) == len(members):
            return Verdict(Status.FAILED, got.raw, permanent=True, trouble=Trouble.PERSON)
        id = str(got.body.get("msgid") or "")
        if not missed:
            return Verdict(Status.SENT, got.raw, id)
        alarm = f"通道“{self.name}”的“{name}”里有人没有收到：{'、'.join(missed)}；请核对账号、应用的可见范围和许可。"
        return Verdict(Status.SENT, got.raw, id, trouble=Trouble.PERSON, alarm=alarm)

    async def answer(self, heard: Heard, text: str, key: str) -> Verdict:
        """Say it to who spoke; a card whose button was pressed shows that it was."""
        if code := heard.ticket.get("response_code"):
            await self._close_card(heard, str(code))
        return await self.post(heard.conversation, text, key)

    async def _close_card(self, heard: Heard, code: str) -> None:
        payload = {
            "userids": [native_of(heard.person)], "agentid": self._agent, "response_code": code,
            "button": {"replace_name": f"已选：{heard.text}"[: payloads.LABEL]},
        }  # fmt: skip
        got = await self._access.ask("/cgi-bin/message/update_template_card", json=payload)
        if isinstance(got, Verdict):
            log.warning("a card could not be closed: %s", got.raw)

    async def hand(self, conversation: str, file: File, key: str) -> Verdict:
        """Upload a file, then send it; a picture that the platform would not show is sent as a file."""
        if fault := payloads.unfit(file):
            return fault
        kind = payloads.kind_of(file)
        media = await self._access.upload("/cgi-bin/media/upload", file.name, file.content, {"type": kind})
        if isinstance(media, Verdict):
            return media
        return await self._send(conversation, {"msgtype": kind, kind: {"media_id": media}})

    # ------------------------------------------------------------ hearing
    async def fetch(self, attachment: Attachment, most: int) -> bytes:
        """A picture that a member sent; the platform keeps it for three days."""
        return await self._access.download("/cgi-bin/media/get", str(attachment.ticket.get("media_id", "")), most)

    async def listen(self, ear: Ear) -> None:
        """Nothing to hear by a connection; whether the platform accepts the account is asked once."""
        if self._gate is not None:
            self._gate.warm()
        await self._access.knock(self.name, ear, "/cgi-bin/agent/get", {"agentid": str(self._agent)})

    async def called(self, request: Callback, ear: Ear) -> Response:
        """The address check, or something said: kept first, answered with nothing at once, worked on later."""
        gate = self._gate
        if gate is None:
            return Response(404)

        async def work() -> Response:
            if request.method == "GET":
                return Response(200, gate.sealed_echo(request).encode())
            heard = callbacks.read(self.name, gate.fields(request))
            if heard is not None:
                await ear.hear(heard)
            return Response()

        return await gate.pass_through(request, work)

    async def close(self) -> None:
        """Let go of connections."""
        await self._access.close()


def open_channel(section: Section, clock: Clock) -> AppChannel:
    """The app that a section describes. Raises ConfigError."""
    endpoint = section.endpoint(BASE)
    corpid = section.text("corpid")
    access = wecom_access(section.name, corpid, section.secret("secret"), endpoint, clock)
    form, link = section.text("format", payloads.TEXT), section.text("link", "")
    if form not in FORMS:
        raise ConfigError(f"{section.spot.file} 的 {section.spot.at('format').name} 可以写的是：{'、'.join(FORMS)}。")
    if form == payloads.CARD and not link.startswith(("http://", "https://")):
        raise ConfigError(
            f"{section.spot.file} 的 {section.spot.at('link').name} 要写卡片点开的网址，以 https:// 开头。"
        )
    agent = section.number("agentid", 0, 1, 10**10, "应用详情页上的 AgentId")
    if not agent:
        raise ConfigError(
            f"{section.spot.file} 的 {section.spot.at('agentid').name} 没有写，请写应用详情页上的 AgentId。"
        )
    return AppChannel(section.name, access, agent, clock, gate_of(section, corpid, clock), _lists(section), form, link)


def gate_of(section: Section, receiver: str, clock: Clock) -> Gate | None:
    """The gate of the callbacks; None where neither `token` nor `aes_key` is given. Raises ConfigError."""
    token, key = section.secret("token", ""), section.secret("aes_key", "")
    if not token and not key:
        return None
    if not token or not key:
        raise ConfigError(
            f"{section.spot.file} 的 {section.spot.name} 接收消息要把 token 和 aes_key 都写上，现在只写了一个。"
        )
    return Gate(token, envelope_of(section, token, key, receiver), Nonces(clock))


def envelope_of(section: Section, token: str, key: str, receiver: str) -> Envelope:
    """The envelope with the section's EncodingAESKey. Raises ConfigError."""
    try:
        return Envelope(token, key, receiver)
    except ValueError:
        raise ConfigError(
            f"{section.spot.file} 的 {section.spot.at('aes_key').name} 应是43个字母和数字，请从“接收消息”设置页重新复制 EncodingAESKey。"
        ) from None


def _lists(section: Section) -> dict[str, tuple[str, ...]]:
    """[channels.NAME.lists.LIST]: members = ["userid", …]."""
    found = {}
    for one in section.sections("lists"):
        found[one.name] = one.names("members")
        one.done()
        wrong = [member for member in found[one.name] if not callbacks.is_user(member)]
        if wrong or not 1 <= len(found[one.name]) <= 1000:
            raise ConfigError(
                f"{one.spot.file} 的 {one.spot.at('members').name} 应是1到1000个成员账号（userid），请核对{'、'.join(wrong[:3])}。"
            )
    return found
