"""应用群聊: groups that a self-built app made itself (WeCom's pages 90244 to 90248 and 98914). It speaks there and knows who is in
them; what is said there it does not hear."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.channels.access import Access
from bot.channels.hearing import FILE, IMAGE, Ear, File, Participant, key_of, native_of
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
from bot.channels.settings import Section
from bot.channels.wecom import payloads
from bot.channels.wecom.app import BASE, wecom_access
from bot.channels.wecom.callbacks import is_user
from bot.channels.wecom.payloads import Payload
from bot.clock import Clock
from bot.toml_values import ConfigError
from knowledge.directory import Liaison

CHAT = re.compile(r"[0-9A-Za-z]{1,32}")
"""A chatid, which we choose."""
LONGEST_NAME = 50
# Beyond this members get nothing, without an error (WeCom's page 90454).
RATES = (Rate(Scope.CONVERSATION, 200, 60), Rate(Scope.CONVERSATION, 10_000, 86_400))


@dataclass(frozen=True, slots=True)
class Founding:
    """A group to be made: its name (at most 50 characters), its owner and its members (userids, 2 to 2000 with the owner)."""

    name: str
    owner: str
    members: tuple[str, ...]
    chat: str = ""

    @property
    def fault(self) -> str:
        """What is wrong with it, in one sentence; empty where nothing is."""
        everybody = dict.fromkeys((self.owner, *self.members))
        wrong = [one for one in everybody if not is_user(one)]
        if wrong:
            return f"“{wrong[0]}”不是成员账号（userid），请在管理后台的通讯录里查看账号。"
        if not 2 <= len(everybody) <= 2000:
            return f"应用群要有2到2000人，现在是{len(everybody)}人，请改一改成员。"
        if not 0 < len(self.name) <= LONGEST_NAME:
            return f"群名要有1到{LONGEST_NAME}个字，请改一改。"
        return "" if not self.chat or CHAT.fullmatch(self.chat) else "群编号只能是1到32个字母和数字，请改一改。"


class ChatChannel(Channel):
    """Posts into the groups that the settings name: name → chatid. No guard against doubles exists there."""

    def __init__(self, name: str, access: Access, chats: Mapping[str, str], form: str = payloads.TEXT) -> None:
        self.name = self.credential = name
        self._access, self._chats, self._form = access, chats, form
        dialect = Dialect.MARKDOWN if form == payloads.MARKDOWN else Dialect.PLAIN
        self.capabilities = Capabilities(
            hears=False, hears_group=False, limit=payloads.LIMIT, rates=RATES, files_out=frozenset({FILE, IMAGE}), dialect=dialect,
            roster=True,
        )  # fmt: skip

    def measure(self, text: str) -> int:
        """Bytes of UTF-8."""
        return utf8_bytes(payloads.harmless(text))

    def mention(self, liaison: Liaison) -> str:
        """The name; nobody is really called there."""
        return liaison.name

    async def post(self, conversation: str, text: str, key: str, buttons: tuple[Button, ...] = ()) -> Verdict:
        """Say it in the group of that name; the platform gives no id."""
        if refusal := too_long(self, text):
            return refusal
        words = payloads.harmless(text)
        verdict = await self._send(conversation, payloads.message(words, self._form))
        if verdict.trouble is Trouble.CONTENT and self._form != payloads.TEXT:
            verdict = await self._send(conversation, payloads.message(words))
        return verdict

    async def _send(self, conversation: str, payload: Payload) -> Verdict:
        chat = self._chats.get(native_of(conversation))
        if chat is None:
            alarm = f"通道“{self.name}”没有“{native_of(conversation)}”这个应用群，消息没有发出；请在设置里补上群编号。"
            return Verdict(Status.FAILED, "设置里没有这个群", permanent=True, trouble=Trouble.TARGET, alarm=alarm)
        got = await self._access.ask("/cgi-bin/appchat/send", json={"chatid": chat, "safe": 0, **payload})
        return got if isinstance(got, Verdict) else Verdict(Status.SENT, got.raw)

    async def hand(self, conversation: str, file: File, key: str) -> Verdict:
        """Upload a file, then send it."""
        if fault := payloads.unfit(file):
            return fault
        kind = payloads.kind_of(file)
        media = await self._access.upload("/cgi-bin/media/upload", file.name, file.content, {"type": kind})
        if isinstance(media, Verdict):
            return media
        return await self._send(conversation, {"msgtype": kind, kind: {"media_id": media}})

    async def listen(self, ear: Ear) -> None:
        """Nothing to hear by a connection; whether the platform accepts the account is asked once."""
        await self._access.knock(self.name, ear)

    async def members(self, conversation: str) -> tuple[Participant, ...]:
        """The members, by their userids; empty where the platform does not tell now."""
        chat = self._chats.get(native_of(conversation), "")
        got = await self._access.ask("/cgi-bin/appchat/get", params={"chatid": chat})
        found = got.body.get("chat_info") if not isinstance(got, Verdict) else None
        users = found.get("userlist") if isinstance(found, Mapping) else None
        listed: Sequence[object] = users if isinstance(users, list) else []
        return tuple(
            Participant(key_of(self.name, one), one) for one in listed if isinstance(one, str) and is_user(one)
        )

    async def found(self, founding: Founding) -> str | Verdict:
        """Make a group; returns its chatid. It is to be seen only after the first message in it."""
        wanted = {
            "name": founding.name,
            "owner": founding.owner,
            "userlist": list(dict.fromkeys((founding.owner, *founding.members))),
        }
        wanted |= {"chatid": founding.chat} if founding.chat else {}
        got = await self._access.ask("/cgi-bin/appchat/create", json=wanted)
        if isinstance(got, Verdict):
            return got
        chat = got.body.get("chatid")
        return chat if isinstance(chat, str) and CHAT.fullmatch(chat) else founding.chat

    async def close(self) -> None:
        """Let go of connections."""
        await self._access.close()


def open_channel(section: Section, clock: Clock) -> ChatChannel:
    """The groups that a section describes. Raises ConfigError."""
    access = wecom_access(section.name, section.text("corpid"), section.secret("secret"), section.endpoint(BASE), clock)
    form = section.text("format", payloads.TEXT)
    if form not in (payloads.TEXT, payloads.MARKDOWN):
        raise ConfigError(
            f"{section.spot.file} 的 {section.spot.at('format').name} 可以写的是：{payloads.TEXT}、{payloads.MARKDOWN}。"
        )
    return ChatChannel(section.name, access, _chats(section), form)


def _chats(section: Section) -> dict[str, str]:
    """[channels.NAME.groups.GROUP]: id = "chatid"."""
    found = {}
    for one in section.sections("groups"):
        found[one.name] = one.text("id")
        one.done()
        if not CHAT.fullmatch(found[one.name]):
            raise ConfigError(f"{one.spot.file} 的 {one.spot.at('id').name} 是应用群的编号，只能是1到32个字母和数字。")
    return found
