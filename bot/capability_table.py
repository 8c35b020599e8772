"""通道能力表: what each channel can do, as a table that people read; docs/通道.md holds it, and a test keeps it true."""

from __future__ import annotations

from collections.abc import Iterable

from bot.channels.hearing import FILE, IMAGE
from bot.channels.protocol import Capabilities, Channel, Rate, Scope

HEAD = ("通道", "听群里的话", "主动发", "点到人", "收文件", "发文件", "按钮", "一条最长", "频次", "重发检查")
_WHOSE = {Scope.CREDENTIAL: "", Scope.CONVERSATION: "每会话", Scope.PERSON: "每人"}


def row(label: str, channel: Channel) -> tuple[str, ...]:
    """One channel's row."""
    able = channel.capabilities
    return (
        label,
        "不能" if not able.hears_group else "点名才听" if able.needs_mention else "能",
        _pushes(able),
        "能" if able.can_mention else "不能",
        _kinds(able.files_in),
        _kinds(able.files_out),
        f"{able.buttons}个" if able.buttons else "无",
        f"{able.limit}{_unit(channel)}" if able.limit else "不限",
        "，".join(map(_rate, able.rates)) or "不限",
        "有" if able.idempotent else "无",
    )


def table(rows: Iterable[tuple[str, ...]]) -> str:
    """The rows as Markdown."""
    lines = [HEAD, tuple("---" for _ in HEAD), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _pushes(able: Capabilities) -> str:
    if able.by_hand:
        return "由人转发"
    if not able.can_push:
        return "不能"
    return f"对方发言后{able.push_window / 3600:g}小时内" if able.push_window else "能"


def _kinds(kinds: frozenset[str]) -> str:
    return "、".join(word for kind, word in ((FILE, "文件"), (IMAGE, "图片")) if kind in kinds) or "无"


def _unit(channel: Channel) -> str:
    """字 where a Chinese character counts one, 字节 where it counts three."""
    return "字" if channel.measure("中" * 10) - channel.measure("") == 10 else "字节"


def _rate(rate: Rate) -> str:
    spans = {60.0: "每分钟", 3600.0: "每小时", 86400.0: "每天", 1.0: "每秒"}
    return f"{_WHOSE[rate.scope]}{spans.get(float(rate.seconds), f'每{rate.seconds:g}秒')}{rate.count}条"
