"""The Telegram channel: what it hears is kept before the platform is told so; what it says is judged by the platform's word."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import httpx
from telegram import InputFile, Message, ReplyParameters, Update
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.channels.calling import Caller, TooMuch
from bot.channels.hearing import (
    FILE,
    IMAGE,
    Attachment,
    AttachmentError,
    Callback,
    Ear,
    File,
    Heard,
    Response,
    Tiding,
    TidingKind,
    native_of,
)
from bot.channels.measures import utf16_units
from bot.channels.protocol import (
    Button,
    Capabilities,
    Channel,
    Disconnected,
    Rate,
    Scope,
    Status,
    Trouble,
    Verdict,
    too_long,
)
from bot.channels.reactions import Step, react
from bot.channels.redaction import redacted
from bot.channels.settings import Endpoint, Section
from bot.channels.telegram.errors import PLATFORM, disconnected, reaction_to
from bot.channels.telegram.marks import keyboard, marked, mention, plain
from bot.channels.telegram.updates import (
    Account,
    account_of,
    anonymous,
    heard_of,
    membership_of,
    message_id,
    moved,
    tiding_of,
)
from bot.channels.telegram.wire import KINDS, Wire
from bot.clock import Clock
from bot.toml_values import ConfigError
from knowledge.directory import Liaison
from knowledge.store import StoreError

log = logging.getLogger(__name__)

BASE = "https://api.telegram.org"
DOWNLOAD, UPLOAD, PHOTO = 20_000_000, 50_000_000, 10_000_000
"""Bytes that a bot may fetch and give, and of a photo (Bot API: getFile, sendDocument, sendPhoto)."""
HEADER = "x-telegram-bot-api-secret-token"
ANONYMOUS = "您现在是匿名管理员，我认不出是哪一位，所以不能办理。请关闭“匿名”后再说一遍，或者私聊我。"
_GUARD = re.compile(r"[A-Za-z0-9_-]{1,256}")
AGAIN = timedelta(minutes=10)
"""Who hides his name is told so once in this time and group."""
PRIVACY = "通道“{name}”的隐私模式是开着的：群里只听得到@机器人、命令和对它的回复；要听到全部发言，请在 BotFather 处关闭隐私模式，再把机器人移出群重新加入。"
Call = Callable[[int | str], Awaitable[Message]]


class TelegramChannel(Channel):
    """One bot. `hook` is the public address of the webhook and `guard` its secret; without them the bot polls."""

    def __init__(
        self, name: str, endpoint: Endpoint, token: str, clock: Clock, hook: str = "", guard: str = ""
    ) -> None:
        self.name, self.credential = name, f"{name}/{token.partition(':')[0]}"
        self.capabilities = Capabilities(
            needs_mention=True,
            can_mention=True,
            limit=4096,
            # About one a second in a conversation, bursts allowed (Bots FAQ, "My bot is hitting limits").
            rates=(Rate(Scope.CREDENTIAL, 30, 1), Rate(Scope.CONVERSATION, 5, 5), Rate(Scope.CONVERSATION, 20, 60)),
            files_in=frozenset({FILE, IMAGE}),
            files_out=frozenset({FILE, IMAGE}),
            buttons=8,
        )
        self._token, self._clock = token, clock
        self._wire, self._files = Wire(endpoint, token), Caller(endpoint, [token])
        self._me: Account | None = None
        self._offset = 0
        self._ear: Ear | None = None
        self._untold: list[Tiding] = []
        self._moved: dict[str, str] = {}
        self._refused: dict[int, datetime] = {}

    # ------------------------------------------------------------ hearing
    async def listen(self, ear: Ear) -> None:
        """Hear until cancelled. Raises Disconnected."""
        try:
            await self._ready(ear)
            await ear.tell(Tiding(TidingKind.ONLINE, self.name))
            await self._hear(ear)
        except TelegramError as error:
            raise disconnected(error, self.name, self._token) from None
        except StoreError as error:
            raise Disconnected(f"来讯记不下来，等一等再收：{error}") from error

    async def _hear(self, ear: Ear) -> None:
        """Poll: only what is kept is left behind by the offset."""
        await self._wire.delete_webhook()
        while True:
            for raw in await self._wire.updates_since(self._offset):
                await self._take(raw, ear)
                self._offset = max(self._offset, int(raw.get("update_id", 0)) + 1)

    async def _ready(self, ear: Ear) -> Account:
        """Who the bot is, asked once, and what changed while nobody listened. Raises TelegramError."""
        self._ear = ear
        if self._me is None:
            user = await self._wire.get_me()
            self._me = account_of(self.name, user)
            private = not user.can_read_all_group_messages
            self.capabilities = replace(self.capabilities, needs_mention=private)
            self.remark = PRIVACY.format(name=self.name) if private else ""
        while self._untold:
            await ear.tell(self._untold[0])
            del self._untold[0]
        return self._me

    async def _take(self, raw: Mapping[str, Any], ear: Ear) -> None:
        """One update, kept before this returns. Raises StoreError; what nobody can read is left out."""
        me = await self._ready(ear)
        try:
            if "my_chat_member" in raw:
                update, heard, hidden, tiding = None, None, None, membership_of(raw["my_chat_member"], me)
            else:
                update = Update.de_json(dict(raw), self._wire)
                heard, hidden = heard_of(update, me, self._clock.now()), anonymous(update, me)
                tiding = tiding_of(update, me)
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError, AssertionError, OSError):
            log.exception("an update of %s cannot be read", self.name)
            return
        if tiding is not None:
            await self._change(tiding)
        if heard is not None:
            await ear.hear(heard)
        if update is not None and update.callback_query is not None:
            await self._quietly(update.callback_query.answer())
        if hidden is not None:
            await self._refuse(hidden)

    async def _change(self, tiding: Tiding) -> None:
        """Remember a move, and tell; later where nobody listens yet."""
        if tiding.kind is TidingKind.MOVED:
            if self._moved.get(native_of(tiding.conversation)) == native_of(tiding.to):
                return
            self._moved[native_of(tiding.conversation)] = native_of(tiding.to)
        if self._ear is None:
            self._untold += [tiding] if tiding not in self._untold else []
        else:
            await self._ear.tell(tiding)

    async def _refuse(self, message: Message) -> None:
        """Tell an anonymous administrator, now and then, why nothing follows."""
        now, chat = self._clock.now(), message.chat.id
        if chat in self._refused and now - self._refused[chat] < AGAIN:
            return
        self._refused[chat] = now
        await self._quietly(message.reply_text(ANONYMOUS))

    async def _quietly(self, call: Awaitable[object]) -> None:
        """A courtesy that may fail: a press is answered though the clock ran out, a refusal though the group is gone."""
        try:
            await call
        except TelegramError as error:
            log.warning("%s: %s", self.name, redacted(str(error), [self._token]))

    async def fetch(self, attachment: Attachment, most: int) -> bytes:
        """The bytes of a file or photo; a bot gets at most 20 MB. Raises AttachmentError."""
        most, size = min(most, DOWNLOAD), attachment.ticket.get("size")
        if isinstance(size, int) and size > most:
            raise AttachmentError(
                f"“{attachment.name}”有{size // 1_000_000}MB，超过能取的{most // 1_000_000}MB；请分开或压缩后再发。"
            )
        try:
            file = await self._wire.get_file(str(attachment.ticket.get("file", "")))
            return await self._files.download(file.file_path or "", most)
        except TooMuch:
            raise AttachmentError(f"“{attachment.name}”超过能取的{most // 1_000_000}MB；请分开或压缩后再发。") from None
        except (TelegramError, httpx.HTTPError, httpx.InvalidURL) as error:
            log.warning("%s: %s", self.name, redacted(str(error), [self._token]))
            raise AttachmentError(f"“{attachment.name}”没有取到，请再发一次。") from None

    # ------------------------------------------------------------ speaking
    def measure(self, text: str) -> int:
        """Units of UTF-16, as the platform counts."""
        return utf16_units(text)

    def mention(self, liaison: Liaison) -> str:
        """Words that call a person known by number or user name."""
        return mention(liaison)

    async def post(self, conversation: str, text: str, key: str, buttons: tuple[Button, ...] = ()) -> Verdict:
        """Post one message; a move of the group is followed once, a text that cannot be parsed is said plainly once."""
        return too_long(self, text) or await self._say(conversation, text, buttons, None)

    async def answer(self, heard: Heard, text: str, key: str) -> Verdict:
        """The same, as a reply to what was heard, where that is still there."""
        under = heard.ticket.get("message")
        reply = ReplyParameters(under, allow_sending_without_reply=True) if isinstance(under, int) else None
        return too_long(self, text) or await self._say(heard.conversation, text, (), reply)

    async def _say(
        self, conversation: str, text: str, buttons: tuple[Button, ...], reply: ReplyParameters | None
    ) -> Verdict:
        clean = text.encode("utf-8", "replace").decode()

        def call(as_marks: bool) -> Call:
            words, mode = (marked(clean), ParseMode.HTML) if as_marks else (plain(clean), None)
            return lambda chat: self._wire.send_message(
                chat, words, parse_mode=mode, reply_markup=keyboard(buttons), reply_parameters=reply
            )

        return await self._judged(conversation, call(True), call(False))

    async def hand(self, conversation: str, file: File, key: str) -> Verdict:
        """Give a file, or a picture as a photo where it is small enough for one."""
        if len(file.content) > UPLOAD:
            raw = f"文件有{len(file.content)}字节，超过通道上限{UPLOAD}，没有发送"
            return Verdict(Status.FAILED, raw, permanent=True, trouble=Trouble.CONTENT)
        given = InputFile(file.content, filename=file.name)
        document: Call = lambda chat: self._wire.send_document(chat, given)  # noqa: E731 - one of two
        photo: Call = lambda chat: self._wire.send_photo(chat, given)  # noqa: E731
        small = file.kind == IMAGE and len(file.content) <= PHOTO
        return await self._judged(conversation, photo if small else document, document)

    async def _judged(self, conversation: str, first: Call, plainer: Call) -> Verdict:
        """The verdict on `first`, or on `plainer` where the platform cannot read that."""
        chat = self._chat(conversation)
        met: list[Trouble] = []
        call, followed = first, False
        while True:
            try:
                message = await call(chat)
                return Verdict(Status.SENT, _raw(message), message_id(message.chat.id, message.message_id))
            except ChatMigrated as error:
                if followed:
                    return reaction_to(error, met, self._token).verdict
                await self._change(moved(self.name, str(chat), str(error.new_chat_id)))
                chat, followed = error.new_chat_id, True
            except TelegramError as error:
                reaction = reaction_to(error, met, self._token)
                if isinstance(error, Forbidden):
                    await self._change(Tiding(TidingKind.GONE, self.name, conversation))
                if reaction.step is not Step.PLAINER or not isinstance(error, BadRequest):
                    return reaction.verdict
                met.append(Trouble.CONTENT)
                call = plainer
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                # An answer of a shape that nobody knows: it may have arrived.
                return react(PLATFORM, None, redacted(f"{type(error).__name__}: {error}", [self._token])).verdict

    def _chat(self, conversation: str) -> int | str:
        native = native_of(conversation)
        native = self._moved.get(native, native)
        return int(native) if native.lstrip("-").isdigit() else native

    async def close(self) -> None:
        """Let go of connections."""
        await asyncio.gather(self._wire.close_wire(), self._files.close())


class TelegramHookChannel(TelegramChannel):
    """One bot that the platform calls at `hook`, its public address, with the secret `guard`."""

    def __init__(self, name: str, endpoint: Endpoint, token: str, clock: Clock, hook: str, guard: str) -> None:
        super().__init__(name, endpoint, token, clock)
        self._hook, self._guard = hook, guard

    async def _hear(self, ear: Ear) -> None:
        """Ask to be called, and return."""
        await self._wire.set_webhook(self._hook, secret_token=self._guard, allowed_updates=list(KINDS))

    async def called(self, request: Callback, ear: Ear) -> Response:
        """An update by webhook; who does not know the secret is told nothing."""
        if request.method != "POST":
            return Response(404)
        if not hmac.compare_digest(request.headers.get(HEADER, "").encode(), self._guard.encode()):
            return Response(403)
        try:
            raw = json.loads(request.body)
        except (ValueError, RecursionError):
            return Response(400)
        if not isinstance(raw, dict):
            return Response(400)
        try:
            await self._take(raw, ear)
        except (TelegramError, StoreError) as error:
            log.warning("%s: %s", self.name, redacted(str(error), [self._token]))
            return Response(503)
        return Response()


def _raw(message: Message) -> str:
    """The platform's word in short: what it took, where and when."""
    told = {"message_id": message.message_id, "chat": message.chat.id, "date": int(message.date.timestamp())}
    return json.dumps({"ok": True, "result": told})


def open_channel(section: Section, clock: Clock) -> TelegramChannel:
    """The channel that a section describes. Raises ConfigError."""
    token, hook, guard = section.secret("token"), section.text("webhook", ""), section.secret("webhook_secret", "")
    if bool(hook) != bool(guard):
        raise ConfigError(
            f"{section.spot.file} 的 {section.spot.name} 的 webhook 和 webhook_secret 要一起写，或者都不写（轮询）。"
        )
    if hook and not hook.startswith("https://"):
        raise ConfigError(f"{section.spot.file} 的 {section.spot.at('webhook').name} 应是 https:// 开头的公网地址。")
    if guard and not _GUARD.fullmatch(guard):
        raise ConfigError(
            f"{section.spot.file} 的 {section.spot.at('webhook_secret').name} 只能用字母、数字、下划线和连字符，不超过256个。"
        )
    endpoint = section.endpoint(BASE)
    if hook:
        return TelegramHookChannel(section.name, endpoint, token, clock, hook, guard)
    return TelegramChannel(section.name, endpoint, token, clock)
