"""An ordinary 微信群 and the person who carries into it, at once, whatever is handed to him in a memory channel."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bot.channels.forward import CarriedGroup, ForwardChannel
from bot.channels.hearing import FILE, IMAGE
from bot.channels.memory import MemoryChannel, Posted
from bot.channels.protocol import Capabilities, Carrier, Status, Trouble, Verdict
from bot.toml_values import Spot
from tests.contracts.counterpart import Counterpart, Shown
from tests.contracts.counterparts.memory import CODES

ABLE = Capabilities(limit=4096, files_out=frozenset({FILE, IMAGE}), buttons=3)


class Hands(MemoryChannel):
    """What is handed to the person; the request itself stays with him."""

    def __init__(self, counterpart: ForwardCounterpart) -> None:
        super().__init__(ABLE, name="企微")
        self._counterpart = counterpart

    def shown(self, message: Posted) -> None:
        if message.text.startswith("请王芳把下面这条转发"):
            return
        file = message.file
        name, content = (file.name, file.content) if file else ("", b"")
        self._counterpart.show(
            Shown(self._counterpart.group, message.text, message.message_id, file=name, content=content)
        )


class ForwardCounterpart(Counterpart):
    group, hears, connects = "微信群/城关片区", False, False
    troubles = frozenset(CODES) - {Trouble.TOKEN}

    def __init__(self) -> None:
        super().__init__()
        self._hands = Hands(self)
        target = CarriedGroup("城关片区", Carrier("王芳", "企微/wangfang"), Spot("qiantou.toml"))
        self.channel = ForwardChannel("微信群", {"城关片区": target})
        self.channel.meet([self._hands])

    async def say(
        self, text: str, *, group: bool = True, mentioned: bool = True, id: str = "", quoted: str = ""
    ) -> str:
        raise AssertionError("nobody is heard in an ordinary 微信群")

    def refuse(self, trouble: Trouble, times: int = 1) -> None:
        self._hands.script(CODES[trouble], times)

    def lose_answer(self) -> None:
        self._hands.script(Verdict(Status.SENT, "ok"))
        self._hands.script(Verdict(Status.UNKNOWN, "没有答复", trouble=Trouble.SILENCE), shown=True)


COUNTERPARTS: dict[str, Callable[[Path], Counterpart]] = {"forward": lambda _: ForwardCounterpart()}
