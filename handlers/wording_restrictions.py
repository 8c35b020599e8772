"""What the bot says where it may not speak of a matter; never what the matter is."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.wording import number, subject
from knowledge.model import Assignment
from knowledge.restrictions import Restriction

SHOWN = 8
"""Assignments that a mark names; the others are counted."""
LEFT_OUT = "另有{n}项按规定不在这里答复。"


def not_here(group: bool, whom: str, above: bool = False) -> str:
    """A question is not answered in this conversation; `above` is asked by somebody who decides for others."""
    where = "本群" if group else "这里"
    if above:
        return f"这个问题按规定不在{where}答复，请到负面清单里写明可以谈的会话去说（qiantou restrictions 可查）。"
    return f"这个问题按规定不在{where}答复。如工作需要，请联系{whom or '督查员'}。"


def left_out(count: int) -> str:
    """What an answer leaves out."""
    return LEFT_OUT.format(n=count)


def marked(rows: Sequence[tuple[Assignment, Restriction]]) -> str:
    """What of a document is on the list, for who reviews it; empty where nothing is."""
    if not rows:
        return ""
    told = "；".join(f"{subject(row, 16)}（{one.reason}）" for row, one in rows[:SHOWN])
    more = f"等{len(rows)}项" if len(rows) > SHOWN else ""
    return f"【负面清单】涉及{len(rows)}项，只在可谈的会话里答复和提醒：{told}{more}。"


def imported(rows: Sequence[tuple[Assignment, Restriction]]) -> str:
    """The same in a short sentence behind what became of a file."""
    told = "、".join(dict.fromkeys(number(row) for row, _ in rows[:SHOWN]))
    more = f"等{len(rows)}项" if len(rows) > SHOWN else ""
    return f"涉及负面清单{len(rows)}项（{told}{more}），只在可谈的会话里答复和提醒，可用 qiantou restrictions 查看。"
