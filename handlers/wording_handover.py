"""What the bot says about a hand-over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handlers.notices_wording import day_words
from handlers.wording import subject
from knowledge.invitations import GOOD_FOR, Fresh
from scheduler.handover import Handed, Handover

SHOWN = 12
"""Assignments that a message lists; the paper has them all."""
NOT_A_NAME = "“{name}”不像是姓名。请这样写：交接 市财政局 王芳 → 李强。"
SAME_NAME = "移交人和接收人是同一个名字，请核对。请这样写：交接 市财政局 王芳 → 李强。"
NONE_YET = "台账里没有{unit}的交接记录。办理交接请发：交接 {unit} 王芳 → 李强。"


def no_such_liaison(unit: str, name: str, known: Sequence[str]) -> str:
    """Nobody of this name answers for the unit."""
    told = f"现在的联络员：{'、'.join(known)}" if known else "这个单位还没有登记联络员，可以直接发“邀请”"
    return f"{unit}的联络员里没有{name}。{told}。"


def done(handover: Handover, fresh: Fresh | None, group: bool, in_settings: bool) -> str:
    """A hand-over took place."""
    lines = [f"已登记交接：{handover.unit}联络员由{handover.giver}改为{handover.taker}。", *_open(handover)]
    if fresh is not None:
        lines.append(
            f"{handover.taker}还没有绑定，绑定码：{fresh.spaced}（{GOOD_FOR.days}天内有效，只能用一次）。"
            f"请其在与我的私聊里发：绑定 {fresh.code}"
        )
    elif group:
        lines.append(
            f"{handover.taker}如果还没有绑定，请在与我的私聊里发“邀请 {handover.unit} {handover.taker} 联络员”。"
        )
    if in_settings:
        lines.append(f"提示：{handover.giver}还写在 qiantou.toml 里，请管理员一并改掉。")
    return "\n".join(lines)


def again(handover: Handover) -> str:
    """The newest hand-over of a unit with what is open now."""
    day = day_words(handover.today)
    head = f"{handover.unit}最近一次交接：{day}，{handover.giver}移交{handover.taker}（{handover.by}经办）。"
    return "\n".join([head, *_open(handover)])


def _open(handover: Handover) -> Iterator[str]:
    rows, late = handover.rows, sum(row.overdue(handover.today) for row in handover.rows)
    if not rows:
        yield "没有未办结的任务。"
        return
    yield f"未办结任务{len(rows)}项{f'，其中逾期{late}项' if late else ''}："
    for place, row in enumerate(rows[:SHOWN], 1):
        yield f"{place}. {subject(row.assignment, 24)}：{_when(row)}"
    if len(rows) > SHOWN:
        yield f"……其余{len(rows) - SHOWN}项见交接单。"


def _when(row: Handed) -> str:
    return f"{day_words(row.dates[0].due)}到期" if row.dates else "没有具体日期"
