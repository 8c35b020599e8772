"""What was said in groups while nobody was connected: QQ says nothing twice, but implementations know what was said of late.

`get_group_msg_history` is no part of the standard; NapCat, LLBot and go-cqhttp have it. Without it nothing is caught up on.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from datetime import datetime, timedelta

from bot.channels.qq.onebot_actions import Action, Answer
from bot.channels.qq.onebot_events import Event
from bot.channels.qq.segments import identifier

REACH = timedelta(minutes=10)
"""How far back is looked: an answer to what was asked earlier answers nobody any more."""
COUNT = 30
"""Messages of a group that are asked for."""
MOST_GROUPS = 50
ASK_TIMEOUT = 10.0
Ask = Callable[[Action, float], Awaitable[Answer]]


async def missed(ask: Ask, now: datetime) -> AsyncIterator[Event]:
    """The events of what was said in groups within REACH, each group's oldest first; those that were heard are among them."""
    groups = _list(await ask(Action("get_group_list", {}), ASK_TIMEOUT))
    for group in groups[:MOST_GROUPS]:
        number = group.get("group_id")
        answer = await ask(Action("get_group_msg_history", {"group_id": number, "count": COUNT}), ASK_TIMEOUT)
        if not answer.good:
            return
        told = [one for one in _list(answer, "messages")[-COUNT:] if _is_recent(one, now)]
        for one in sorted(told, key=lambda one: float(identifier(one["time"]))):
            yield {"message_type": "group", "group_id": number, **one, "post_type": one.get("post_type", "message")}


def _list(answer: Answer, key: str = "") -> list[Mapping[str, object]]:
    given = answer.frame.get("data") if answer.frame is not None and answer.good else None
    found = given.get(key) if key and isinstance(given, Mapping) else given
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def _is_recent(message: Mapping[str, object], now: datetime) -> bool:
    at = message.get("time")
    known = identifier(message.get("message_id")) and isinstance(at, int | float)
    return bool(known) and abs(now.timestamp() - float(identifier(at))) <= REACH.total_seconds()
