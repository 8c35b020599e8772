"""企业微信's smart robot over the long connection."""

from __future__ import annotations

from pathlib import Path

from bot.channels.hearing import Ear
from bot.channels.protocol import Button, Trouble
from bot.channels.settings import Endpoint
from bot.channels.wecom.robot import Account, RobotChannel
from bot.channels.wecom.robot_link import Times
from bot.clock import SystemClock
from tests.contracts.counterpart import Counterpart, Shown
from tests.platforms.wecom_robot import BUSY, NO_CHAT, TOO_OFTEN, Seen, SmartRobots

GROUP, PERSON, DISPLAY = "wrAbCdEf", "wangfang", "牵头 机器人"
CODES = {Trouble.RATE: TOO_OFTEN, Trouble.TARGET: NO_CHAT, Trouble.SERVER: BUSY, Trouble.AUTH: 60020}
PATIENT = Times(ack=10.0, slow=60.0)


class RobotCounterpart(Counterpart):
    group, private, person = f"机器人/{GROUP}", f"机器人/{PERSON}", f"机器人/{PERSON}"
    troubles = frozenset(CODES)

    def __init__(self, folder: Path | None = None, times: Times = PATIENT) -> None:
        super().__init__()
        self.platform = SmartRobots()
        self.secrets = tuple(self.platform.robots.values())
        account = Account(self.platform.robot, self.secrets[0], DISPLAY)
        endpoint = Endpoint(self.platform.address)
        self.channel = RobotChannel("机器人", account, endpoint, SystemClock(), times=times)
        self.platform.on_seen = self._seen

    async def open(self, ear: Ear) -> None:
        await self.platform.open()

    async def close(self) -> None:
        await self.platform.close()

    async def say(
        self, text: str, *, group: bool = True, mentioned: bool = True, id: str = "", quoted: str = ""
    ) -> str:
        if group and not mentioned:
            return id  # the platform does not bring it
        return await self.platform.say(f"@{DISPLAY}\u2005{text}" if group else text, GROUP if group else "", id)

    def refuse(self, trouble: Trouble, times: int = 1) -> None:
        self.platform.script += [CODES[trouble]] * times

    def lose_answer(self) -> None:
        self.platform.cut += 1  # the connection ends instead of an answer

    async def disconnect(self) -> None:
        await self.platform.drop()

    async def give(self, name: str, content: bytes, *, group: bool = False) -> str:
        return await self.platform.give(name, content)

    async def press(self, says: str, *, group: bool = True) -> str:
        card = next(one.body["template_card"] for one in reversed(self.platform.seen) if one.kind == "template_card")
        return await self.platform.press(card["task_id"], says, GROUP if group else "")

    def _seen(self, seen: Seen) -> None:
        where = f"机器人/{seen.chat}"
        id = str(len(self.messages) + 1)
        if seen.kind == "template_card":
            card = seen.body["template_card"]
            text = f"{card['main_title']['title']}\n{card.get('sub_title_text', '')}"
            buttons = tuple(Button(one["text"], one["key"]) for one in card["button_list"])
            self.show(Shown(where, text, id, buttons=buttons))
        elif seen.kind in ("file", "image"):
            _, name, content = self.platform.files[seen.body[seen.kind]["media_id"]]
            self.show(Shown(where, "", id, file=name, content=content))
        else:
            self.show(Shown(where, seen.body[seen.kind]["content"], id, answers=seen.answers))


COUNTERPARTS = {"wecom robot": RobotCounterpart}
