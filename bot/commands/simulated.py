"""Simulated messages and summaries as text to read and as records for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from bot.commands.simulated_calendar import KINDS
from handlers.notices_wording import day_words, paragraph
from knowledge.register import Register
from scheduler.notices import Notice, NoticeKind

if TYPE_CHECKING:
    from bot.simulation import Said


def transcript(said: Sequence[Said], register: Register) -> Iterator[str]:
    """The messages as the conversations would see them, conversation by conversation, each under its moment; a count at the end."""
    by_conversation: dict[str, list[Said]] = {}
    for message in said:
        by_conversation.setdefault(message.conversation, []).append(message)
    for conversation, mine in by_conversation.items():
        if len(by_conversation) > 1:
            yield f"════ {conversation}：{len(mine)}条消息 ════\n"
        for message in mine:
            yield f"──── {day_words(message.at.date())} {message.at:%H:%M}　{conversation} ────\n{message.text}\n"
    if not said:
        yield "这段时间没有要发的消息。" if register.assignments else "册中还没有任务，请先用 qiantou import 导入文件。"
        return
    kinds = [notice.kind for message in said for notice in message.notices]
    others = [kind for kind in KINDS if kind in kinds and kind not in _ALWAYS_COUNTED]
    told = "".join(f"，{KINDS[kind][0]}{kinds.count(kind)}{KINDS[kind][1]}" for kind in others)
    yield (
        f"合计：{len(by_conversation)}个会话，{len(said)}条消息，其中提醒{kinds.count(NoticeKind.REMINDER)}项次，"
        f"季度了解{kinds.count(NoticeKind.PROMPT)}项次，周报{kinds.count(NoticeKind.SUMMARY)}份{told}。"
    )


_ALWAYS_COUNTED = (NoticeKind.REMINDER, NoticeKind.PROMPT, NoticeKind.SUMMARY)


def document(said: Sequence[Said], span: tuple[date, date]) -> dict[str, object]:
    """All of it as one JSON value: the conversations, in each its messages, in each its notices."""
    found: dict[str, list[object]] = {}
    for message in said:
        notices = [{**_notice_record(notice), "text": paragraph(notice)} for notice in message.notices]
        told = {"at": message.at.isoformat(), "text": message.text, "notices": notices}
        found.setdefault(message.conversation, []).append(told)
    return {
        "from": span[0].isoformat(),
        "to": span[1].isoformat(),
        "messages": len(said),
        "conversations": [{"conversation": name, "messages": messages} for name, messages in found.items()],
    }


def records(said: Sequence[Said]) -> Iterator[dict[str, object]]:
    """One record a notice; `message` numbers the message it stands in, `text` is its own part of it."""
    for number, message in enumerate(said, 1):
        for notice in message.notices:
            yield {"at": message.at.isoformat(), "message": number, **_notice_record(notice), "text": paragraph(notice)}


def _notice_record(notice: Notice) -> dict[str, object]:
    return {
        "conversation": notice.conversation,
        "kind": str(notice.kind),
        "stage": notice.stage,
        "key": notice.key,
        "assignment": notice.assignment.id if notice.assignment else None,
        "document": notice.document.title if notice.document else None,
        "no": notice.assignment.number if notice.assignment else None,
        "due": notice.due.isoformat() if notice.due else None,
        "period": notice.period,
        "workdays": notice.workdays,
    }
