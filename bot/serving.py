"""常驻: the whole office in one process: channels are heard, questions answered, what is owed is said; and an orderly end."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.app import App
from bot.channels.hearing import Ear
from bot.channels.protocol import Channel
from bot.desk import Desk
from bot.evidence import keeper
from bot.health import Health, State, Ward
from bot.home import Home
from bot.inbox import Inbox
from bot.listening import Listening
from bot.submissions import Submissions
from bot.toml_values import ConfigError
from bot.web.server import CallbackServer
from bot.web.settings import ServerConfig
from knowledge.store import StoreError
from scheduler.clockwork import Clockwork

log = logging.getLogger(__name__)

ANSWERING = 20.0
"""Seconds in which what is being answered is finished at the end."""
SPEAKING = 15.0
"""Seconds in which what is being sent is finished at the end; after that its fate is unknown, and written down as such."""
SHOWN_EACH = 10.0
"""Seconds after which the state of the channels is written again."""
TIDIED_EACH = timedelta(hours=1)


def hears_by_callback(channel: Channel) -> bool:
    """Whether platforms call this channel's own address."""
    return type(channel).called is not Channel.called


@dataclass
class Serving:
    """常驻 of one office. `pause` waits for seconds."""

    home: Home
    app: App
    channels: Sequence[Channel]
    server: ServerConfig
    pause: Callable[[float], Awaitable[object]] = asyncio.sleep
    ward: Ward = field(init=False)
    inbox: Inbox = field(init=False)
    desk: Desk = field(init=False)

    def __post_init__(self) -> None:
        named = {channel.name: channel for channel in self.channels}
        self.ward = Ward(self.app.clock, turned=self._show)
        self.ward.healths = {name: Health(name) for name in named}
        self.inbox = Inbox(self.home.inbox, self.app.clock)
        self._submissions = Submissions(self.app, self.home, keeper(self.app, self.home))
        self.desk = Desk(self.app, self.inbox, named, self.ward, self._submissions)
        voice = self.app.outbox.voice
        voice.watch, voice.spoke = self.ward.judged, self.inbox.spoke
        self._listening = {
            name: Listening(channel, self.desk, self.ward, self.app.alarms, self.app.clock, self.pause)
            for name, channel in named.items()
        }
        self.web = CallbackServer(self.server, named, self._ear, self.ward) if self._is_called else None
        self._minute: asyncio.Task[object] | None = None
        self._tidied: datetime = self.app.clock.now()

    @property
    def _is_called(self) -> bool:
        return self.server.given or any(map(hears_by_callback, self.channels))

    def _ear(self, name: str) -> Ear:
        return self._listening[name]

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set, then end in order. Raises ConfigError where the server's address cannot be had."""
        at = self.web.bound() if self.web else None
        self.app.settle()
        await self.desk.resume()
        beside = [self._beside(one.run()) for one in self._listening.values()]
        beside += [self._beside(self._showing()), self._beside(self.desk.practise())]
        serving = self._beside(self.web.serve(at)) if self.web and at else None
        clockwork = Clockwork(self.minute)
        clockwork.start()
        first = self._beside(self.minute())
        try:
            await stop.wait()
        finally:
            clockwork.stop()
            await self._end([*beside, *([serving] if serving else [])], first)

    def _beside(self, work: Coroutine[object, object, object]) -> asyncio.Task[object]:
        return asyncio.get_running_loop().create_task(work)

    async def minute(self) -> None:
        """What each minute does: say what is owed, take up what was left lying, tidy."""
        if self._minute is not None and not self._minute.done():
            return
        self._minute = self._beside(self._worked())
        await asyncio.shield(self._minute)

    async def _worked(self) -> None:
        try:
            await self.app.tick()
            self.app.alarms.over("minute")
        except ConfigError as error:
            self.app.alarms.sound("minute", f"提醒停在这里，没有发出：{error}")
        except Exception:
            log.exception("this minute's reminders failed; the next minute computes everything anew")
            self.app.alarms.sound("minute", "提醒出错，这一分钟的没有发出，已写进日志；下一分钟会重新计算。")
        try:
            await self.desk.resume()
            await self._tidy()
        except StoreError as error:
            self.app.alarms.sound("inbox", f"收件簿读不出或写不进：{error}")

    async def _tidy(self) -> None:
        if self.app.clock.now() - self._tidied >= TIDIED_EACH:
            self._tidied = self.app.clock.now()
            await asyncio.to_thread(self.inbox.tidy)

    async def _showing(self) -> None:
        """Write the state of the channels where `qiantou status` sees it."""
        while True:
            self._show()
            await self.pause(SHOWN_EACH)

    def _show(self) -> None:
        try:
            self.ward.write(self.home.channels)
        except StoreError as error:
            log.warning("通道状态没有写下：%s", error)

    # ------------------------------------------------------------ the end
    async def _end(self, beside: list[asyncio.Task[object]], first: asyncio.Task[object]) -> None:
        """Hear nothing more, finish what is being answered and sent, and close; each for so long and no longer."""
        log.info("正在停止：不再接收新消息，把手头的做完。")
        for listening in self._listening.values():
            listening.part()  # connections stay: what is being answered leaves through them
        await self.desk.stop(ANSWERING)
        saying = [one for one in (self._minute, first) if one is not None and not one.done()]
        if saying:
            _, late = await asyncio.wait(saying, timeout=SPEAKING)
            for one in late:
                one.cancel()
            await asyncio.gather(*saying, return_exceptions=True)
        for one in beside:
            one.cancel()
        await asyncio.gather(*beside, return_exceptions=True)
        for channel in self.channels:
            try:
                await channel.close()
            except Exception:
                log.exception("通道“%s”没有关好", channel.name)
            self.ward.turn(channel.name, State.CLOSED)
        self._show()
        self._submissions.close()
        self.inbox.close()
        await self.app.close()
        log.info("已停止。")


def stopped_by_signals() -> asyncio.Event:
    """An event that SIGTERM and Ctrl-C set; a second one ends the process at once."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()

    def end(number: int) -> None:
        stop.set()
        loop.remove_signal_handler(number)
        signal.signal(number, signal.SIG_DFL)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, end, number)
    return stop
