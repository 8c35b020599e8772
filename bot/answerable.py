"""Which of the bot's own messages can be answered by pressing, and what each button says."""

from __future__ import annotations

from bot.channels.protocol import Button
from bot.parcels import Parcel
from scheduler.notices import NoticeKind

LABELS = ("收到", "已办结", "延期")


def buttons_for(parcel: Parcel, part: int, most: int) -> tuple[Button, ...]:
    """The buttons under the last message of a reminder that is about one assignment only; none where the channel has room for
    fewer than there are (`most`)."""
    if len(parcel.notices) != 1 or part != len(parcel.texts) - 1 or most < len(LABELS):
        return ()
    notice = parcel.notices[0]
    if notice.kind is not NoticeKind.REMINDER or not notice.code:
        return ()
    return tuple(Button(label, f"{label} {notice.code}") for label in LABELS)
