"""公众号: followers ask by writing to the account; the answer goes back in the callback while the platform waits, else as a
customer-service message. Reminders need a message of the follower in the last 48 hours, or a 订阅通知."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import partial

from bot.channels.access import Access, Grant, Token, address_in, grant_of
from bot.channels.calling import Caller, Got
from bot.channels.envelope import Envelope, Nonces, cdata
from bot.channels.gate import Gate
from bot.channels.hearing import IMAGE, Attachment, Callback, Ear, File, Heard, Response, native_of
from bot.channels.measures import utf8_bytes
from bot.channels.protocol import Button, Capabilities, Channel, Status, Trouble, Verdict, too_long
from bot.channels.reactions import Code
from bot.channels.settings import Endpoint, Section
from bot.channels.wechat.callbacks import OPENID, Letter, read
from bot.channels.wechat.notification import Notification, notification_of
from bot.channels.wechat.quota import CLICK, MESSAGE, Quota
from bot.channels.wechat.waiting import Waiting
from bot.channels.wecom.app import envelope_of
from bot.channels.wecom.payloads import harmless, is_picture
from bot.clock import Clock
from bot.toml_values import ConfigError
from knowledge.directory import Liaison

BASE = "https://api.weixin.qq.com"
LIMIT = 2048
"""Bytes of a text."""
PATIENCE = 4.5
"""Seconds that a callback is held open; the platform gives up after five."""
REPEATS = timedelta(seconds=20)
"""How long the platform goes on repeating a callback of its own."""
WINDOW = 48 * 3600.0
MOST_PICTURE = 10 * 1024 * 1024
PASSIVE = "已随来函的回调答复；平台对这种答复没有回执，不能断言送达"
NO_WAY = "这位关注者48小时内没有来函，或客服消息条数已用完，平台不收；没有可用的订阅通知"
WELCOME = "您好！在这里可以查询任务分工、完成时限和办理情况，直接把问题发过来就行。"
STABLE, PLAIN = "stable", "plain"


class AccountChannel(Channel):
    """One account; conversations are followers' openids. `notification` None: no template was approved for it."""

    def __init__(
        self,
        name: str,
        access: Access,
        gate: Gate,
        clock: Clock,
        envelope: Envelope | None = None,
        notification: Notification | None = None,
        welcome: str = WELCOME,
        patience: float = PATIENCE,
    ) -> None:
        self.name = self.credential = name
        self.capabilities = Capabilities(
            hears_group=False, limit=LIMIT, push_window=None if notification else WINDOW,
            files_in=frozenset({IMAGE}), files_out=frozenset({IMAGE}),
        )  # fmt: skip
        self._access, self._gate, self._clock, self._envelope = access, gate, clock, envelope
        self._notification, self._welcome, self.patience = notification, welcome, patience
        self._waiting, self._quota = Waiting(), Quota()

    def measure(self, text: str) -> int:
        """Bytes of UTF-8."""
        return utf8_bytes(harmless(text))

    def mention(self, liaison: Liaison) -> str:
        """The name: everybody is spoken to alone."""
        return liaison.name

    # ------------------------------------------------------------ speaking
    async def answer(self, heard: Heard, text: str, key: str) -> Verdict:
        """In the callback that waits, else as `post`. What goes back in a callback gets no verdict from the platform: it is
        UNKNOWN, whatever follows."""
        if refusal := too_long(self, text):
            return refusal
        if self._waiting.offer(heard.id, harmless(text)):
            return Verdict(Status.UNKNOWN, PASSIVE)
        return await self.post(heard.conversation, text, key)

    async def post(self, conversation: str, text: str, key: str, buttons: tuple[Button, ...] = ()) -> Verdict:
        """A customer-service message while one is allowed, else what fits of the text in a 订阅通知."""
        if refusal := too_long(self, text):
            return refusal
        who = native_of(conversation)
        if not OPENID.fullmatch(who):
            return Verdict(Status.FAILED, "不是关注者的 openid", permanent=True, trouble=Trouble.PERSON)
        verdict = await self._served(who, {"msgtype": "text", "text": {"content": harmless(text)}})
        if self._notification is None or verdict.trouble not in (Trouble.PERSON, Trouble.TARGET):
            return verdict
        payload = self._notification.payload(who, harmless(text), self._clock.now())
        got = await self._access.ask("/cgi-bin/message/subscribe/bizsend", json=payload)
        if isinstance(got, Verdict):
            return got
        return Verdict(Status.SENT, f"订阅通知已被平台接收，其中只有摘要：{got.raw}", _id_of(got))

    async def _served(self, who: str, message: dict[str, object]) -> Verdict:
        """A customer-service message, counted; refused here where it is known that the platform takes none."""
        now = self._clock.now()
        if self._quota.left(who, now) == 0:
            return Verdict(Status.FAILED, NO_WAY, permanent=True, trouble=Trouble.PERSON)
        got = await self._access.ask("/cgi-bin/message/custom/send", json={"touser": who, **message})
        if isinstance(got, Got):
            self._quota.used(who, now)
            return Verdict(Status.SENT, got.raw, _id_of(got))
        if got.status is Status.UNKNOWN:
            self._quota.used(who, now)
        elif got.trouble is Trouble.PERSON:
            self._quota.closed(who)
        return got

    async def hand(self, conversation: str, file: File, key: str) -> Verdict:
        """A picture, as a customer-service message."""
        if not is_picture(file.content) or len(file.content) > MOST_PICTURE:
            raw = f"“{file.name}”不是10MB以内的JPG或PNG图片，公众号发不出去"
            return Verdict(
                Status.FAILED, raw, permanent=True, trouble=Trouble.CONTENT, alarm=f"{raw}；请改由人工转交。"
            )
        media = await self._access.upload("/cgi-bin/media/upload", file.name, file.content, {"type": "image"})
        if isinstance(media, Verdict):
            return media
        return await self._served(native_of(conversation), {"msgtype": "image", "image": {"media_id": media}})

    # ------------------------------------------------------------ hearing
    async def fetch(self, attachment: Attachment, most: int) -> bytes:
        """A picture that a follower sent; the platform keeps it for three days."""
        return await self._access.download("/cgi-bin/media/get", str(attachment.ticket.get("media_id", "")), most)

    async def listen(self, ear: Ear) -> None:
        """Nothing to hear by a connection; whether the platform accepts the account is asked once."""
        self._gate.warm()
        await self._access.knock(self.name, ear)

    async def called(self, request: Callback, ear: Ear) -> Response:
        """The address check, or something written: kept first, answered in the same call where the answer is ready in time."""
        started = asyncio.get_running_loop().time()

        async def work() -> Response:
            if request.method == "GET":
                return Response(200, self._gate.plain_echo(request).encode())
            letter = read(self.name, self._gate.fields(request))
            text = await self._attended(letter, ear, started)
            return self._sealed(text, letter, request) if text else Response(200, b"success")

        return await self._gate.pass_through(request, work)

    async def _attended(self, letter: Letter, ear: Ear, started: float) -> str | None:
        """The words that go back; None for nothing. A repeat of the platform's waits for the same answer."""
        if letter.fresh:
            self._quota.spoke(letter.writer, self._clock.now(), CLICK)
            return self._welcome
        heard = letter.heard
        if heard is None:
            return None
        known = self._waiting.known(heard.id)
        self._waiting.begin(heard.id)
        try:
            fresh = await ear.hear(heard)
        except Exception:
            if not known:
                self._waiting.drop(heard.id)
            raise
        if not fresh and not known:
            self._waiting.drop(heard.id)  # answered before this process began
            return None
        if fresh:
            self._quota.spoke(letter.writer, self._clock.now(), CLICK if heard.pressed else MESSAGE)
        passed = asyncio.get_running_loop().time() - started
        return await self._waiting.answer(heard.id, self.patience - passed)

    def _sealed(self, text: str, letter: Letter, request: Callback) -> Response:
        """The passive answer, sealed where the account is in safe mode."""
        at = str(int(self._clock.now().timestamp()))
        xml = (
            f"<xml><ToUserName>{cdata(letter.writer)}</ToUserName><FromUserName>{cdata(letter.account)}</FromUserName>"
            f"<CreateTime>{at}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content>{cdata(text)}</Content></xml>"
        )
        if self._envelope is not None:
            xml = self._envelope.seal(xml, at, request.query.get("nonce", "")).xml
        return Response(200, xml.encode(), "text/xml; charset=utf-8")

    async def close(self) -> None:
        """Let go of connections."""
        await self._access.close()


def _id_of(got: Got) -> str:
    return str(got.body.get("msgid") or "")


def remedy(channel: str, code: Code, verdict: Verdict) -> str:
    """What somebody has to mend, in the words of the platform's console; empty where nobody has to do anything."""
    found = _CODES.get(code) or (_TROUBLES.get(verdict.trouble, "") if verdict.trouble else "")
    ip = address_in(verdict.raw)
    return f"公众号“{channel}”（{verdict.raw[:60]}）：{found.format(ip=f' {ip} ' if ip else '')}" if found else ""


_CODES: dict[Code, str] = {
    40164: "平台不认本机的出口地址{ip}，已停止发送；请在公众平台“设置与开发→基本配置”的“IP白名单”里加上它，再重新启动。",
    40125: "AppSecret 不对，已停止发送；请在公众平台“设置与开发→基本配置”里重置后写进设置，再重新启动。",
    40001: "AppSecret 不对，或者有别的程序在用同一个公众号取令牌，已停止发送；请核对，或把 token_kind 改成 stable，再重新启动。",
    40013: "AppID 不对，已停止发送；请在公众平台“设置与开发→基本配置”里重新复制，再重新启动。",
    48001: "这个公众号没有主动发消息的权限（未认证，或不是服务号），只能在对方来函后5秒内答复；请改用别的通道提醒。",
    43107: "订阅通知的能力被平台封禁，请登录公众平台查看站内信。",
    40037: "订阅通知的模板编号不对，请在公众平台“订阅通知”里重新复制。",
    47003: "订阅通知的字段与模板不符，请照公众平台上模板详情改设置里的字段。",
}
_TROUBLES = {
    Trouble.AUTH: "账号被平台拒绝，已停止发送；请核对 AppID、AppSecret 和IP白名单，改好后重新启动，没有发出的会接着发。",
    Trouble.TARGET: "平台不让给这个人发消息；请登录公众平台查看账号状态。",
    Trouble.CONTENT: "一条消息的内容没有被接受，没有发出；请查看台账里的原文，改由人工转达。",
}


def account_access(name: str, appid: str, secret: str, endpoint: Endpoint, clock: Clock, kind: str = STABLE) -> Access:
    """Calls as the account. A plain token ends every other one of the account, so that one program alone may fetch it; a stable
    token may be fetched by several."""
    caller, told = Caller(endpoint, (secret,)), partial(remedy, name)

    async def stable(spoilt: str) -> Grant | Verdict:
        wanted = {"grant_type": "client_credential", "appid": appid, "secret": secret}
        got = await caller.call("POST", "/cgi-bin/stable_token", json=wanted)
        if spoilt and got.body.get("access_token") == spoilt:
            got = await caller.call("POST", "/cgi-bin/stable_token", json={**wanted, "force_refresh": True})
        return grant_of(got, "wechat", clock.now(), told)

    async def plain(spoilt: str) -> Grant | Verdict:
        wanted = {"grant_type": "client_credential", "appid": appid, "secret": secret}
        return grant_of(await caller.call("GET", "/cgi-bin/token", params=wanted), "wechat", clock.now(), told)

    token = Token(stable if kind == STABLE else plain, clock)
    return Access("wechat", caller, token, told)


def open_channel(section: Section, clock: Clock) -> AccountChannel:
    """The account that a section describes. Raises ConfigError."""
    appid, token, key = section.text("appid"), section.secret("token"), section.secret("aes_key", "")
    kind = section.text("token_kind", STABLE)
    if kind not in (STABLE, PLAIN):
        raise ConfigError(
            f"{section.spot.file} 的 {section.spot.at('token_kind').name} 可以写的是：{STABLE}、{PLAIN}。"
        )
    envelope = envelope_of(section, token, key, appid) if key else None
    access = account_access(section.name, appid, section.secret("secret"), section.endpoint(BASE), clock, kind)
    return AccountChannel(
        section.name,
        access,
        Gate(token, envelope, Nonces(clock, REPEATS)),
        clock,
        envelope,
        notification_of(section),
        section.text("welcome", WELCOME),
    )
