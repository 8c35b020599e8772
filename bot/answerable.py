"""Which of the bot's own messages can be answered by pressing, and what each button says."""

from __future__ import annotations

from bot.channels.protocol import Button
from bot.parcels import Parcel
from scheduler.notices import NoticeKind

LABELS = ("收到", "已办结", "延期")
CONFIRMING = {"确认": "确认绑定", "不同意": "不同意绑定"}
"""Under a binding that waits for a supervisor."""


def buttons_for(parcel: Parcel, part: int, most: int) -> tuple[Button, ...]:
    """The buttons under the last message of a reminder that is about one assignment only, or of one binding that waits; none
    where the channel has room for fewer than there are (`most`)."""
    if len(parcel.notices) != 1 or part != len(parcel.texts) - 1:
        return ()
    notice = parcel.notices[0]
    found: tuple[Button, ...] = ()
    if notice.kind is NoticeKind.REMINDER and notice.code:
        found = tuple(Button(label, f"{label} {notice.code}") for label in LABELS)
    elif notice.wish is not None:
        found = tuple(Button(label, f"{says} {notice.wish.code}") for label, says in CONFIRMING.items())
    return found if len(found) <= most else ()
