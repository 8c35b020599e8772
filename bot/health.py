"""通道状况: how each channel is, for `qiantou status`, for metrics and for whoever has to mend it."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from bot.channels.protocol import Channel, Status, Trouble, Verdict
from bot.channels.redaction import redacted
from bot.clock import Clock
from knowledge.store import StoreError
from knowledge.store_files import json_bytes, write_whole

log = logging.getLogger(__name__)


class State(StrEnum):
    """How the way in of a channel is. OPEN: it hears by callbacks or not at all, so there is no connection to have."""

    CONNECTING = "connecting"
    CONNECTED = "connected"
    OPEN = "open"
    OFFLINE = "offline"
    WAITING = "waiting"
    STOPPED = "stopped"
    CLOSED = "closed"


WORDS: Mapping[State, str] = {
    State.CONNECTING: "正在连接",
    State.CONNECTED: "已连接",
    State.OPEN: "已就绪",
    State.OFFLINE: "连接在，账号不在线",
    State.WAITING: "断开，等待重连",
    State.STOPPED: "已停止，要人处理",
    State.CLOSED: "已关闭",
}
STALE = timedelta(minutes=2)
"""A state older than this was not written by a process that still serves."""


@dataclass(slots=True)
class Health:
    """通道状况 of one channel. Moments are aware, None where it has not happened in this run. `again` counts messages that
    came more than once, `connections` how often it was tried to connect; `remark` is what the channel says of how it is set up."""

    channel: str
    state: State = State.CONNECTING
    since: datetime | None = None
    heard_at: datetime | None = None
    sent_at: datetime | None = None
    refused: bool = False
    error: str = ""
    error_at: datetime | None = None
    heard: int = 0
    again: int = 0
    sent: int = 0
    failed: int = 0
    unknown: int = 0
    connections: int = 0
    remark: str = ""

    @property
    def well(self) -> bool:
        """Whether it hears, as far as it can hear, and is not refused."""
        return self.state in (State.CONNECTED, State.OPEN) and not self.refused

    @property
    def words(self) -> str:
        """One line in Chinese."""
        parts = [f"{self.channel}：{WORDS[self.state]}{'，账号被平台拒绝，发不出去' if self.refused else ''}"]
        parts += [f"自{_moment(self.since)}起"] if self.since else []
        parts += [f"收到{self.heard}条"] if self.heard else []
        parts += [f"最近一次{_moment(self.heard_at)}"] if self.heard_at else []
        parts += [f"发出{self.sent}条"] if self.sent else []
        parts += [f"失败{self.failed}条"] if self.failed else []
        parts += [f"结果不明{self.unknown}条"] if self.unknown else []
        line = "，".join(parts)
        if self.error and self.error_at and not self.well:
            line += f"；最近的错误（{_moment(self.error_at)}）：{self.error[:120]}"
        return f"{line}。{self.remark}" if self.remark else line


def _moment(at: datetime) -> str:
    return f"{at:%-m月%-d日%H:%M}"


COUNTED = ("heard", "again", "sent", "failed", "unknown", "connections")


@dataclass(slots=True)
class Ward:
    """All channels of a serving office, by name; `turned` is called when a state is another."""

    clock: Clock
    healths: dict[str, Health] = field(default_factory=dict)
    turned: Callable[[], None] = field(default=lambda: None)

    def of(self, channel: str) -> Health:
        """The health of a channel (its name)."""
        return self.healths.setdefault(channel, Health(channel))

    def turn(self, channel: str, state: State) -> None:
        """The state is this one from now on."""
        health = self.of(channel)
        if health.state is not state or health.since is None:
            health.state, health.since = state, self.clock.now()
            log.info("通道“%s”：%s", channel, WORDS[state])
            self.turned()

    def failed(self, channel: str, raw: str) -> None:
        """Something went wrong; `raw` in the platform's or the library's words."""
        health = self.of(channel)
        health.error, health.error_at = redacted(raw), self.clock.now()

    def heard(self, channel: str, fresh: bool) -> None:
        """Something was heard; not `fresh`: once more."""
        health = self.of(channel)
        health.heard_at = self.clock.now()
        health.heard += fresh
        health.again += not fresh

    def judged(self, channel: Channel, verdict: Verdict) -> None:
        """What the platform said to a message."""
        health = self.of(channel.name)
        if verdict.taken:
            health.sent, health.sent_at, health.refused = health.sent + 1, self.clock.now(), False
            return
        health.refused |= verdict.trouble is Trouble.AUTH
        health.failed += verdict.status is Status.FAILED
        health.unknown += verdict.status is Status.UNKNOWN
        if not verdict.unvouched:
            self.failed(channel.name, verdict.raw)

    def write(self, path: Path) -> None:
        """Put the state where other processes see it. Raises StoreError."""
        told = {"at": self.clock.now(), "channels": [asdict(one) for one in self.healths.values()]}
        write_whole(path, json_bytes(json.loads(json.dumps(told, default=lambda moment: moment.isoformat()))))


def read(path: Path) -> tuple[datetime | None, tuple[Health, ...]]:
    """When the state was last written, and the state; None and nothing where there is none that can be read."""
    try:
        told = json.loads(path.read_bytes())
        return datetime.fromisoformat(told["at"]), tuple(_health(one) for one in told["channels"])
    except FileNotFoundError:
        return None, ()
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        raise StoreError(f"通道状态文件“{path}”读不出来，可以删去；qiantou serve 会重新写。") from None


def _health(told: Mapping[str, object]) -> Health:
    known = {one.name for one in fields(Health)}
    moments = {"since", "heard_at", "sent_at", "error_at"}
    found = {
        name: datetime.fromisoformat(str(value)) if name in moments and value else value
        for name, value in told.items()
        if name in known
    }
    health = Health(**found)  # type: ignore[arg-type]
    health.state = State(health.state)
    return health


def metrics(healths: Iterable[Health]) -> str:
    """The counts in the text format of Prometheus; names of channels escaped as labels."""
    rows = list(healths)
    lines = []
    for name in COUNTED:
        lines.append(f"# TYPE qiantou_channel_{name}_total counter")
        lines += [f"qiantou_channel_{name}_total{{{_label(one)}}} {getattr(one, name)}" for one in rows]
    lines.append("# TYPE qiantou_channel_up gauge")
    lines += [f"qiantou_channel_up{{{_label(one)}}} {int(one.well)}" for one in rows]
    for name in ("heard_at", "sent_at"):
        lines.append(f"# TYPE qiantou_channel_{name}_seconds gauge")
        moments = ((one, getattr(one, name)) for one in rows)
        lines += [f"qiantou_channel_{name}_seconds{{{_label(one)}}} {at.timestamp():.0f}" for one, at in moments if at]
    return "\n".join(lines) + "\n"


def _label(one: Health) -> str:
    escaped = one.channel.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'channel="{escaped}"'
