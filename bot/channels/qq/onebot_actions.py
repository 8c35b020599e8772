"""What is asked of a OneBot v11 implementation, and what its answers are worth. Pure: values in, values out."""

from __future__ import annotations

import base64
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.channels.hearing import IMAGE, File
from bot.channels.protocol import Status, Trouble, Verdict
from bot.channels.qq import segments
from bot.channels.qq.onebot_events import GROUP
from bot.channels.qq.segments import Segment, identifier
from bot.channels.reactions import Code, Step, react
from bot.channels.redaction import redacted

LONGEST_RAW = 2000


@dataclass(frozen=True, slots=True)
class Action:
    """One call: `name` and `params` as the standard has them."""

    name: str
    params: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back to a call: the frame, or None with the reason; `left` tells whether the call may have arrived."""

    frame: Mapping[str, Any] | None
    raw: str = ""
    left: bool = True

    @property
    def good(self) -> bool:
        """The implementation did what was asked."""
        return self.frame is not None and self.frame.get("status") == "ok" and self.frame.get("retcode") == 0


def said(native: str, parts: Sequence[Segment], via: str = "") -> Action:
    """Saying something in a conversation, always as an array; `via` is the group out of which somebody spoke in private."""
    kind, _, number = native.partition(":")
    message = [part.written() for part in parts]
    if kind == GROUP:
        return Action("send_group_msg", {"group_id": _number(number), "message": message})
    whom = {"user_id": _number(number)} | ({"group_id": _number(via)} if via else {})
    return Action("send_private_msg", whom | {"message": message})


def handed(native: str, file: File) -> Action:
    """Handing a file to a conversation, in base64: the implementation may run on another machine."""
    encoded = base64.b64encode(file.content).decode("ascii")
    if file.kind == IMAGE:
        return said(native, (segments.image(encoded),))
    kind, _, number = native.partition(":")
    whom = {"group_id": _number(number)} if kind == GROUP else {"user_id": _number(number)}
    name = "upload_group_file" if kind == GROUP else "upload_private_file"
    return Action(name, whom | {"file": f"base64://{encoded}", "name": file.name})


def members(native: str) -> Action:
    """Asking who is in a group."""
    return Action("get_group_member_list", {"group_id": _number(native.partition(":")[2])})


def message(number: str) -> Action:
    """Asking for a message by its id."""
    return Action("get_msg", {"message_id": _number(number)})


def whereabouts(ticket: Mapping[str, object]) -> Iterator[Action]:
    """The questions that may lead to a file's bytes, the best first."""
    file = str(ticket.get("file_id") or ticket.get("file") or "")
    if ticket.get("group") and ticket.get("file_id"):
        params = {"group_id": _number(str(ticket["group"])), "file_id": file}
        if ticket.get("busid"):
            params["busid"] = _number(str(ticket["busid"]))
        yield Action("get_group_file_url", params)
    yield Action("get_file", {"file_id": file, "file": file})


def _number(digits: str) -> int | str:
    """The standard has numbers; an id that is none goes as it is."""
    return int(digits) if digits.removeprefix("-").isascii() and digits.removeprefix("-").isdigit() else digits


def code_of(frame: Mapping[str, Any]) -> Code:
    """The code that the reactions know. NapCat has one code for all that failed: its words tell the cause."""
    code = frame.get("retcode")
    if code in (1200, 100, 102, 103, 120, 110):
        words = f"{frame.get('message')} {frame.get('wording')}".lower()
        for cause, marks in _CAUSES.items():
            if any(mark in words for mark in marks):
                return cause
    return code if isinstance(code, int | str) and not isinstance(code, bool) else "?"


# The words of NapCat, LLBot and go-cqhttp; 120 and 110 are what QQ's own client says.
_CAUSES: Mapping[str, tuple[str, ...]] = {
    "timeout": ("timeout", "超时"),  # NapCat waited for QQ in vain: the message may well have arrived
    "frozen": ("冻结", "风控", "frozen", "封禁"),
    "kick_me": (
        "不在群",
        "不是群成员",
        "移出",
        "群不存在",
        "已解散",
        "not in group",
        "not in the group",
        'result":110',
        "result: 110",
    ),
    "muted": ("禁言", "muted", "banned", 'result":120', "result: 120"),
}


def concluded(
    answer: Answer, *, met: Collection[Trouble] = (), secrets: Collection[str] = (), needs_id: bool = True
) -> tuple[Step, Verdict]:
    """What a call came to, and the step that follows. Sent only where the implementation says so and names the message
    (`needs_id`; an uploaded file has no name): "accepted asynchronously" and an answer that names nothing are unknown."""
    frame = answer.frame
    if frame is None:
        return Step.END, _unanswered(answer)
    raw = json.dumps(frame, ensure_ascii=False, default=str)[:LONGEST_RAW]
    status, code = frame.get("status"), frame.get("retcode")
    if status == "async" or code == 1:
        return Step.END, Verdict(
            Status.UNKNOWN, redacted(f"已接受，结果不告知：{raw}", secrets), trouble=Trouble.SILENCE
        )
    if answer.good:
        given = frame.get("data")
        number = identifier(given.get("message_id")) if isinstance(given, Mapping) else ""
        if number in ("", "0") and needs_id:
            unclear = redacted(f"答复里没有消息编号，不能断定已经送达：{raw}", secrets)
            return Step.END, Verdict(Status.UNKNOWN, unclear, trouble=Trouble.SILENCE)
        return Step.END, Verdict(Status.SENT, redacted(raw, secrets), number)
    cause = code_of(frame)
    reaction = react("onebot", cause, raw, met=met, secrets=secrets)
    return reaction.step, replace(reaction.verdict, alarm=ALARMS.get(cause, reaction.verdict.alarm))


def _unanswered(answer: Answer) -> Verdict:
    if answer.left:
        return Verdict(Status.UNKNOWN, answer.raw, trouble=Trouble.SILENCE)
    return Verdict(Status.FAILED, answer.raw, trouble=Trouble.SERVER)


ALARMS: Mapping[Code, str] = {
    "muted": "QQ 群里机器人被禁言，消息没有发出；请群主或管理员解除禁言，没有发出的会再试。",
    "kick_me": "QQ 群里已经没有机器人（被移出、群已解散或群号不对），消息没有发出；请重新邀请机器人并重新绑定。",
    "frozen": "QQ 账号被冻结或受风控限制，已停止发送；请用手机登录该账号按提示解除，在此之前改用别的通道，改好后重新启动。",
}
"""What whoever looks after the bot is told where the cause is known better than its class."""
