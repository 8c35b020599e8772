"""A Bot API server: updates kept until the offset passes them, long polling, HTML read strictly, files, and scripted refusals.

`shapes` are held against python-telegram-bot (which reads them) and telegram-test-api (tests/peers).
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Mapping
from html import unescape
from itertools import count
from pathlib import Path

from bot.channels.hearing import Callback, Ear, Response
from bot.channels.protocol import Button, Channel, Trouble
from bot.channels.settings import channels_of
from bot.clock import Clock, SystemClock
from bot.toml_values import Spot
from tests.contracts.counterpart import Counterpart, Shown
from tests.platforms.loopback import LOST, Asked, Loopback, Told, told

TOKEN, GUARD = "7654321:AAE-fake_token_for_tests_0123456789", "a-secret-of-the-webhook"
ME = {"id": 7654321, "is_bot": True, "first_name": "牵头", "username": "QiantouBot"}
WANG = {"id": 42, "is_bot": False, "first_name": "王芳"}
HIDDEN = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
GROUP: dict[str, object] = {"id": -100123, "type": "supergroup", "title": "督查群"}
PRIVATE: dict[str, object] = {"id": 42, "type": "private", "first_name": "王芳"}
AT = 1784077500
REFUSALS: Mapping[Trouble, tuple[int, str, dict[str, object]]] = {
    Trouble.RATE: (429, "Too Many Requests: retry after 3", {"retry_after": 3}),
    Trouble.AUTH: (401, "Unauthorized", {}),
    Trouble.TARGET: (403, "Forbidden: bot was kicked from the supergroup chat", {}),
    Trouble.CONTENT: (400, "Bad Request: message text is empty", {}),
    Trouble.SERVER: (500, "Internal Server Error", {}),
}


def refusal(code: int, description: str, parameters: Mapping[str, object] | None = None) -> Told:
    more = {"parameters": parameters} if parameters else {}
    return told({"ok": False, "error_code": code, "description": description, **more}, code)


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def read_html(text: str) -> str | None:
    """The text behind an HTML message; None where the platform would not read it."""
    bare = _TAG.sub("", text)
    return None if "<" in bare or _BARE.search(bare) else unescape(bare)


_TAG = re.compile(r'</?(?:a(?: href="[^"<>]*")?|b|i|u|s|code|pre)>')
_BARE = re.compile(r"&(?!(?:lt|gt|amp|quot|#\d+);)")


class FakeTelegram(Counterpart):
    """One bot, one group and one person's private chat."""

    group, private, person = f"纸飞机/{GROUP['id']}", f"纸飞机/{PRIVATE['id']}", f"纸飞机/{WANG['id']}"
    secrets = (TOKEN, TOKEN.partition(":")[2], GUARD)
    troubles = frozenset(REFUSALS)

    def __init__(self, clock: Clock | None = None, **settings: object) -> None:
        super().__init__()
        self.server = Loopback(self._answer)
        self.given: dict[str, tuple[str, bytes]] = {}
        self.calls: list[tuple[str, dict[str, str]]] = []
        self.me: dict[str, object] = {**ME, "can_read_all_group_messages": False}
        self.migrated: dict[str, int] = {}
        self._script: list[Told | None] = []
        self._poll_script: list[Told] = []
        self._updates: list[dict[str, object]] = []
        self._numbers, self._messages = count(1000), count(1)
        self._arrived = asyncio.Event()
        self._polling = 0
        self._lose = False
        self.channel = self._built(clock or SystemClock(), settings)

    def _built(self, clock: Clock, settings: Mapping[str, object]) -> Channel:
        section = {"kind": "telegram", "token": TOKEN, "base": self.server.base, **settings}
        return channels_of(Spot("qiantou.toml", "channels"), {"纸飞机": section}, Path(), clock)[0]

    async def open(self, ear: Ear | None = None) -> None:
        await self.server.open()

    async def close(self) -> None:
        self._arrived.set()
        await self.server.close()

    # ------------------------------------------------------------ what people do
    async def say(
        self, text: str, *, group: bool = True, mentioned: bool = True, id: str = "", quoted: str = ""
    ) -> str:
        words = f"@{ME['username']} {text}" if group and mentioned else text
        entities = [{"type": "mention", "offset": 0, "length": 11}] if group and mentioned else []
        number = int(id.rpartition(":")[2]) if id else None
        message = self.message(words, group=group, entities=entities, number=number)
        if quoted:
            message["reply_to_message"] = {**self.message("…", group=group, sender=ME), "message_id": int(quoted)}
        await self.bring({"message": message})
        return f"{message['chat']['id']}:{message['message_id']}"  # type: ignore[index]

    async def give(self, name: str, content: bytes, *, group: bool = False) -> str:
        message = self.message("", group=group)
        message["document"] = self._document(name, content)
        await self.bring({"message": message})
        return str(message["message_id"])

    async def press(self, says: str, *, group: bool = True, sender: Mapping[str, object] = WANG) -> str:
        under = self.message("【任务提醒】", group=group, sender=ME)
        await self.bring(
            {"callback_query": {"id": "77", "from": sender, "message": under, "chat_instance": "1", "data": says}}
        )
        return "press:77"

    def message(
        self,
        text: str,
        *,
        group: bool = True,
        sender: Mapping[str, object] = WANG,
        entities: object = (),
        number: int | None = None,
    ) -> dict[str, object]:
        told: dict[str, object] = {
            "message_id": number or next(self._messages), "date": AT, "chat": GROUP if group else PRIVATE, "from": sender
        }  # fmt: skip
        told |= {"text": text} if text else {}
        return told | ({"entities": entities} if entities else {})

    async def bring(self, update: Mapping[str, object], number: int | None = None) -> None:
        """An update happens; what the bot may not read in a group never leaves the platform."""
        message = update.get("message")
        if isinstance(message, dict) and not self._reads(message):
            return
        self._updates.append({"update_id": number or next(self._numbers), **update})
        self._arrived.set()

    def _reads(self, message: Mapping[str, object]) -> bool:
        everything = message["chat"] is PRIVATE or self.me["can_read_all_group_messages"]
        return bool(everything or message.get("entities") or "reply_to_message" in message or "text" not in message)

    def refuse(self, trouble: Trouble, times: int = 1) -> None:
        self._script += [refusal(*REFUSALS[trouble])] * times

    def answer_with(self, answer: Told) -> None:
        """What the next call that says something gets."""
        self._script.append(answer)

    def after(self, taken: int, answer: Told) -> None:
        """What a call that says something gets, once so many were taken."""
        self._script += [*[None] * taken, answer]

    def poll_with(self, answer: Told) -> None:
        """What the next question for updates gets."""
        self._poll_script.append(answer)
        self._arrived.set()

    def lose_answer(self) -> None:
        self._lose = True

    async def disconnect(self) -> None:
        self.poll_with(LOST)

    # ------------------------------------------------------------ what the bot does
    async def _answer(self, asked: Asked) -> Told:
        if asked.path.startswith(f"/file/bot{TOKEN}/"):
            found = self.given.get(asked.path.rpartition("/")[2])
            return Told(body=found[1]) if found else refusal(404, "Not Found")
        prefix, _, method = asked.path.rpartition("/")
        if prefix != f"/bot{TOKEN}":
            return refusal(401, "Unauthorized")
        fields, files = asked.form()
        self.calls.append((method, fields))
        if method == "getUpdates":
            return await self._poll(fields)
        if method.startswith("send"):
            return self._said(method, fields, files)
        return self._other(method, fields)

    def _other(self, method: str, fields: Mapping[str, str]) -> Told:
        if method == "getMe":
            return told({"ok": True, "result": self.me})
        if method == "getFile":
            _, content = self.given.get(fields["file_id"], ("", None))
            if content is None:
                return refusal(400, "Bad Request: invalid file_id")
            found = {"file_id": fields["file_id"], "file_unique_id": "u", "file_size": len(content)}
            return told({"ok": True, "result": {**found, "file_path": fields["file_id"]}})
        if method in ("deleteWebhook", "setWebhook", "answerCallbackQuery"):
            return told({"ok": True, "result": True})
        return refusal(404, "Not Found")

    async def _poll(self, fields: Mapping[str, str]) -> Told:
        """What stands behind the offset; waits for it. Of two who ask, the first is told to stop."""
        self._polling += 1
        mine, offset = self._polling, int(fields.get("offset", "0"))
        self._updates = [one for one in self._updates if int(str(one["update_id"])) >= offset]
        while not self._updates and not self._poll_script and mine == self._polling:
            self._arrived.clear()
            await self._arrived.wait()
            if self.server.closing:
                return LOST
        if mine != self._polling:
            return refusal(
                409, "Conflict: terminated by other getUpdates request; make sure that only one bot is running"
            )
        if self._poll_script:
            return self._poll_script.pop(0)
        return told({"ok": True, "result": self._updates})

    def _said(self, method: str, fields: Mapping[str, str], files: Mapping[str, tuple[str, bytes]]) -> Told:
        if self._script and (scripted := self._script.pop(0)) is not None:
            return scripted
        chat = fields["chat_id"]
        if chat in self.migrated:
            to = {"migrate_to_chat_id": self.migrated[chat]}
            return refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", to)
        html, given = fields.get("parse_mode") == "HTML", fields.get("text", "")
        text = read_html(given) if html else given
        if text is None:
            return refusal(400, "Bad Request: can't parse entities: unsupported start tag")
        if utf16(text) > 4096:
            return refusal(400, "Bad Request: message is too long")
        shown = self._show(chat, text, fields, files)
        if self._lose:
            self._lose = False
            return LOST
        return told({"ok": True, "result": shown})

    def _show(
        self, chat: str, text: str, fields: Mapping[str, str], files: Mapping[str, tuple[str, bytes]]
    ) -> dict[str, object]:
        place = PRIVATE if chat == str(PRIVATE["id"]) else {**GROUP, "id": int(chat)}
        message = {**self.message(text, sender=ME), "chat": place}
        name, content = next(iter(files.values()), ("", b""))
        answered = json.loads(fields.get("reply_parameters", "{}")).get("message_id", "")
        self.show(
            Shown(f"纸飞机/{chat}", text, f"{chat}:{message['message_id']}", f"{chat}:{answered}" if answered else "",
                  name, content, _buttons(fields.get("reply_markup", "{}")))
        )  # fmt: skip
        if name:
            message["document"] = self._document(name, content)
        return message

    def _document(self, name: str, content: bytes) -> dict[str, object]:
        id = f"file{len(self.given)}"
        self.given[id] = name, content
        return {"file_id": id, "file_unique_id": f"u{id}", "file_name": name, "file_size": len(content)}


def _buttons(markup: str) -> tuple[Button, ...]:
    rows = json.loads(markup).get("inline_keyboard", [])
    return tuple(Button(key["text"], key["callback_data"]) for row in rows for key in row)


class HookedTelegram(FakeTelegram):
    """The same by webhook: updates are brought to the channel's address with the secret, again until it says 200."""

    connects = False

    def __init__(self) -> None:
        super().__init__(webhook="https://bot.example.gov.cn/telegram", webhook_secret=GUARD)
        self._ear: Ear | None = None

    async def open(self, ear: Ear | None = None) -> None:
        self._ear = ear
        await super().open(ear)

    async def bring(self, update: Mapping[str, object], number: int | None = None) -> None:
        message = update.get("message")
        if isinstance(message, dict) and not self._reads(message):
            return
        answer = await self.call({"update_id": number or next(self._numbers), **update})
        assert answer.status == 200, answer

    async def call(self, update: object, guard: str = GUARD, method: str = "POST") -> Response:
        assert self._ear is not None, "opened before"
        body = update if isinstance(update, bytes) else json.dumps(update).encode()
        headers = {"x-telegram-bot-api-secret-token": guard} if guard else {}
        return await self.channel.called(Callback(method, "", {}, headers, body), self._ear)


COUNTERPARTS: dict[str, Callable[[Path], Counterpart]] = {
    "telegram polling": lambda _: FakeTelegram(),
    "telegram webhook": lambda _: HookedTelegram(),
}
