"""What the bot tells by itself to supervisors and leaders, what it says of extensions, of events it waits for, and after a silence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from handlers.notices_wording import (
    answerable,
    day_words,
    item_words,
    matter,
    period_words,
    source_words,
    standing_words,
)
from handlers.wording import names, shortened
from knowledge.extensions import Step
from knowledge.question.conversation import DIGEST_MORE
from scheduler.escalation import LEADERS, UNANSWERED
from scheduler.notices import Notice, NoticeKind

LENGTH = 40
"""Characters of a requirement shown beside an item."""
MANY = 20
"""Items of one kind above which the others are only counted; each of them is in the ledger."""
EVENT_LENGTH = 30
SILENCE_OVER = "【静默结束】本会话{since}起的静默已于{last}结束。期间该说而现在仍有必要的，都在下面。"
HEADS = {
    "unanswered": "【催办】以下{n}项即将到期，有单位还没有回复收到，也没有报告进展，请督查员了解：",
    "overdue": "【催办】以下{n}项已经逾期，还没有报告办结，请督查员了解：",
    "leaders": "【逾期报告】以下{n}项逾期满三个工作日仍没有报告办结，报请知悉：",
    "asked": "【延期申请】以下{n}项申请延期，请督查员答复“同意 短码”或“不同意 短码，理由……”；答复之前仍按原期限提醒：",
    "decided": "【延期答复】",
    "event": "【候报事件】以下{n}项的期限要从某件事发生之日算起，还没有收到报告。已经发生的，请回复短码和日期，例如“{code} 7月20日已印发”；没有发生的不用回复：",
}


def sections(notices: Sequence[Notice]) -> Iterator[str]:
    """The parts of a message that are about these, in the order in which they matter."""
    escalated = [notice for notice in notices if notice.kind is NoticeKind.ESCALATION]
    requests = [notice for notice in notices if notice.kind is NoticeKind.EXTENSION]
    groups: tuple[tuple[str, list[Notice], Callable[[Notice], list[str]]], ...] = (
        ("leaders", [one for one in escalated if one.stage == LEADERS], _escalated),
        ("overdue", [one for one in escalated if one.stage not in (LEADERS, UNANSWERED)], _escalated),
        ("unanswered", [one for one in escalated if one.stage == UNANSWERED], _escalated),
        ("asked", [one for one in requests if one.stage == Step.ASKED], _asked),
        ("decided", [one for one in requests if one.stage != Step.ASKED], _decided),
        ("event", [one for one in notices if one.kind is NoticeKind.EVENT], _awaited),
    )
    for name, group, lines in groups:
        if group:
            yield "\n".join(_listed(HEADS[name], group, lines))


def opening(notices: Sequence[Notice]) -> Iterator[str]:
    """What stands before everything else: the word after a silence."""
    for notice in notices:
        if notice.kind is NoticeKind.SILENCE and notice.due and notice.was:
            yield SILENCE_OVER.format(
                since=day_words(notice.was, notice.today), last=day_words(notice.due, notice.today)
            )


def alone(notice: Notice) -> Iterator[str]:
    """One notice in its own words; nothing for those that are worded elsewhere."""
    yield from opening([notice])
    yield from sections([notice])


def _listed(head: str, notices: Sequence[Notice], lines: Callable[[Notice], list[str]]) -> Iterator[str]:
    yield head.format(n=len(notices), code=notices[0].code)
    spelt_out = [notice for notice in notices if not notice.brief][:MANY]
    for notice in spelt_out:
        yield from lines(notice)
    if rest := [notice for notice in notices if notice not in spelt_out]:
        codes = "、".join(one.code or item_words(one.assignment) for one in rest)
        more = f"，{DIGEST_MORE}" if any(one.brief for one in rest) else ""
        yield f"另有{len(rest)}项：{codes}{more}"


def _what(notice: Notice) -> str:
    code = f"{notice.code} " if notice.code else ""
    return f"· {code}{item_words(notice.assignment)} {matter(notice.assignment, LENGTH)}"


def _whose(notice: Notice) -> str:
    return names(notice.units) if notice.units else answerable(notice.assignment)


def _escalated(notice: Notice) -> list[str]:
    assert notice.due is not None, "what is escalated has a due date"
    period = f"，报{period_words(notice.period)}情况" if notice.period else ""
    was = f"（原期限{day_words(notice.was, notice.today)}，已延期）" if notice.was else ""
    lines = [
        f"{_what(notice)}——{standing_words(notice)}",
        f"  {_whose(notice)}　期限：{day_words(notice.due, notice.today)}{period}{was}　依据：{source_words(notice)}",
    ]
    if notice.acknowledged:
        lines.append(f"  已回复收到：{names(notice.acknowledged)}")
    if notice.request is not None:
        lines.append(f"  {notice.request.unit}已申请延期到{day_words(notice.request.to, notice.today)}，等待答复")
    return lines


def _asked(notice: Notice) -> list[str]:
    request = notice.request
    assert request is not None, "a notice of a request holds it"
    reason = f"原因：{shortened(request.reason, 80)}" if request.reason else "没有写原因"
    moved = f"原期限{day_words(request.was, notice.today)}，申请延到{day_words(request.to, notice.today)}"
    who = f"（{request.who}）" if request.who else ""
    return [_what(notice), f"  {_whose(notice)}{who}：{moved}。{reason}　依据：{source_words(notice)}"]


def _decided(notice: Notice) -> list[str]:
    request = notice.request
    assert request is not None, "a notice of a request holds it"
    remark = f"意见：{shortened(request.remark, 80)}。" if request.remark else ""
    if request.step is Step.APPROVED:
        told = f"同意延期，期限由{day_words(request.was, notice.today)}改为{day_words(request.to, notice.today)}。"
    elif request.step is Step.WITHDRAWN:
        told = f"申请单位已撤回延期申请，期限仍是{day_words(request.was, notice.today)}，不用答复。"
    else:
        told = f"不同意延期，期限仍是{day_words(request.was, notice.today)}。"
    return [_what(notice), f"  {_whose(notice)}：{told}{remark}"]


def _awaited(notice: Notice) -> list[str]:
    events = "、".join(f"“{shortened(event, EVENT_LENGTH)}”" for event in notice.events)
    return [_what(notice), f"  {_whose(notice)}　等待：{events}　依据：{source_words(notice)}"]
