"""What the bot says to 收到, 延期, 静默 and reported events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from handlers.notices_wording import day_words
from handlers.wording import names, number, shortened, subject
from knowledge.extensions import Request
from knowledge.happenings import RECEIPT, events_of, happenings
from knowledge.ledger import Ledger
from knowledge.model import Assignment, Deadline
from knowledge.redating import redated
from knowledge.register import Register

NOTED = "好的，有进展请随时报我。"
WHICH_RECEIVED = "请问签收的是哪一项？发序号就行，几项可以一起发，都签收就发“全部”："
_NAMED = 3
"""Items that a line names before it only counts them."""


def line(one: Assignment, due: date | None, code: str) -> str:
    """K7M 第3项“公开……”（7月31日（星期五）到期）"""
    until = f"，{day_words(due)}到期" if due else ""
    return f"{code} {subject(one, 24)}{until}".strip()


def _items(rows: Sequence[Assignment]) -> str:
    told = "、".join(number(one) for one in rows[:_NAMED])
    return f"{told}等{len(rows)}项" if len(rows) > _NAMED else told


# ---------------------------------------------------------------- 收到
def acknowledged(fresh: Sequence[Assignment], again: Sequence[Assignment], for_unit: bool = True) -> str:
    """The answer to 收到: `fresh` are written down now, `again` were before; `for_unit` whether a unit has answered."""
    if not fresh and not again:
        return NOTED
    if not fresh:
        return f"谢谢，{_items(again)}此前已经记下，不用再回。"
    before = f"{_items(again)}此前已经记下。" if again else ""
    return f"好的，已记下{'贵单位' if for_unit else '您'}签收{_items(fresh)}。{before}"


def which_received(lines: Sequence[str], count: int) -> str:
    """Several messages wait for an answer: which one is meant."""
    listed = [f"{place}. {one}" for place, one in enumerate(lines, 1)]
    more = [f"另有{count - len(lines)}项，请发“收到”加提醒里的短码。"] if count > len(lines) else []
    return "\n".join([WHICH_RECEIVED, *listed, *more])


# ---------------------------------------------------------------- 延期
EXTENSION_UNIT = "延期要由任务所属单位的联络员申请，我还不知道您代表哪个单位，没有登记。请督查员先登记您的单位。"
ONLY_SUPERVISORS = "延期由督查员决定，您的意见没有登记。"
NOTHING_PENDING = "现在没有等待答复的延期申请。"


def extension_done(one: Assignment, done: bool) -> str:
    """Nothing is left to be moved: it is reported done, or has no day."""
    if done:
        return f"{subject(one, 20)}已报办结，没有要延的期限，没有登记。如果是报错了，请先发“撤销”加短码。"
    return f"{subject(one, 20)}没有具体的到期日，不用延期，没有登记。"


def until_when(lines: Sequence[str]) -> str:
    """Somebody needs a later date and does not say until when."""
    how = "请写明是哪一项、延到哪一天和原因，例如“K7M 延期到9月15日，原因……”或“第3项延期到9月15日，原因……”。没有登记。"
    return "\n".join([how, *(f"· {one}" for one in lines)])


def which_extended(lines: Sequence[str]) -> str:
    """Several due dates may be meant."""
    return "\n".join(
        ["请问要延期的是哪一项？请连同短码再发一次，例如“K7M 延期到9月15日，原因……”：", *(f"· {one}" for one in lines)]
    )


def which_stage(one: Assignment, goals: Sequence[Deadline]) -> str:
    """An item has several time limits, and which is to be moved is not said."""
    told = "；".join(f"“{part.text}”" for part in goals)
    how = goals[0].text.partition("：")[0] if "：" in goals[0].text else goals[0].text
    return f"{subject(one, 20)}有几个时限：{told}。请写明延哪一个，例如“{number(one)}{how}延期到9月15日”。没有登记。"


def extension_not_held(rows: Iterable[Assignment], unit: str) -> str:
    """The speaker's unit has no share in it."""
    return f"{names(subject(one, 20) for one in rows)}不在{unit or '贵单位'}的任务里，没有登记。请核对短码或项号。"


def extension_not_later(one: Assignment, was: date, to: date) -> str:
    """The date asked for is not later than the present one."""
    return f"{subject(one, 20)}现在的期限是{day_words(was)}，{day_words(to)}不比它晚，没有登记。请核对日期。"


def extension_too_far(one: Assignment, was: date, to: date) -> str:
    """More than a year later."""
    return f"{subject(one, 20)}现在的期限是{day_words(was)}，延到{day_words(to)}超过一年，没有登记。请核对日期。"


def _whose(request: Request, one: Assignment) -> str:
    return f"{request.unit} {subject(one, 24)}" if request.unit else subject(one, 24)


def asked(request: Request, one: Assignment) -> str:
    """A request is written down; the date stays."""
    reason = f"原因：{shortened(request.reason, 60)}。" if request.reason else "没有写原因，可以再发一次补上。"
    return (
        f"已记下延期申请：{_whose(request, one)}，原期限{day_words(request.was)}，申请延到{day_words(request.to)}。{reason}"
        "已转督查员；同意之前仍按原期限提醒。说错了可以发“撤回延期申请”。"
    )


def decided(request: Request, one: Assignment, approved: bool, remark: str) -> str:
    """What a supervisor's word did."""
    why = f"意见：{shortened(remark, 60)}。" if remark else ""
    if approved:
        return f"已同意延期：{_whose(request, one)}，期限由{day_words(request.was)}改为{day_words(request.to)}。{why}"
    return f"已登记不同意延期：{_whose(request, one)}，期限仍是{day_words(request.was)}。{why}"


def not_granted(request: Request, day: date) -> str:
    """The day that a supervisor names instead is no later one, or too far away."""
    return f"原期限{day_words(request.was)}，申请延到{day_words(request.to)}；您说的{day_words(day)}不在原期限以后一年之内，没有改动。请核对日期再发一次。"


def withdrawn(request: Request, one: Assignment) -> str:
    """A request was taken back."""
    return f"已撤回延期申请：{_whose(request, one)}，期限仍是{day_words(request.was)}。"


def which_decided(pairs: Iterable[tuple[Request, Assignment, str]]) -> str:
    """Several requests wait: which one is meant."""
    listed = [f"· {code} {_whose(request, one)}，申请延到{day_words(request.to)}" for request, one, code in pairs]
    return "\n".join(
        ["有几件延期申请，请连同短码再发一次，例如“同意 K7M”“不同意 K7M，理由……”“撤回 K7M 延期”：", *listed]
    )


# ---------------------------------------------------------------- 静默
UNKNOWN_CODE = "没有这个短码，没有改动。请照提醒里的短码再发一次。"
SILENCE_RIGHTS = "本群的提醒只有督查员可以静默，没有改动。联络员可以静默本单位的某一项，例如“静默 K7M 到周五”。"
SILENCE_UNIT = "我还不知道您代表哪个单位，没有改动。请督查员先登记您的单位。"
SILENCE_UNTIL = "请说到哪一天为止，例如“静默 K7M 到周五”“本群静默3天”；到期自动恢复。"
SILENCE_PAST = "{day}已经过了，没有改动。请说今天以后的日子。"
SILENCE_NONE = "现在没有静默，提醒照常。"
SILENCE_ENDED = "已恢复提醒：{what}。"


def silence_too_long(days: int) -> str:
    """Beyond what is allowed."""
    return f"静默最长{days}天，没有改动。到期前可以再发一次。"


def silenced(what: str, until: date, escalates: bool) -> str:
    """A silence has begun."""
    still = "临近到期没有签收或者逾期，仍会报督查员。" if escalates else ""
    return f"好的，{what}静默到{day_words(until)}（含当天），到期自动恢复，期间该提醒的届时汇总一次。{still}要提前恢复请发“解除静默”。"


def silences(lines: Sequence[str]) -> str:
    """What is silent now."""
    return "\n".join(["正在静默：", *(f"· {one}" for one in lines)]) if lines else SILENCE_NONE


# ---------------------------------------------------------------- 事件
EVENT_RIGHTS = "事件日期要由任务所属单位的联络员或督查员报告，没有登记。"
EVENT_DAY = "{what}是哪一天，没有看明白，没有登记。请写明月日再发一次，期限从那天算起。"
EVENT_FUTURE = "{day}还没有到，没有登记。发生以后再报，期限从那天算起。"
EVENT_UNDONE = "已撤销：{what}的起算日期。期限恢复为尚未确定。"
EVENT_NOTHING_TO_UNDO = "没有可以撤销的报告或起算日期。"


def event_words(event: str) -> str:
    """“国家指导意见印发”, or 收文."""
    return "收文" if event == RECEIPT else f"“{event}”"


def happened(event: str, on: date, dues: Sequence[tuple[Assignment, str, date | None]], code: str) -> str:
    """An event is written down: what is due from then on, and how to take it back."""
    told = "；".join(f"{unit} {subject(one, 20)}".strip() + _until(due) for one, unit, due in dues[:_NAMED])
    more = f"；等{len(dues)}项" if len(dues) > _NAMED else ""
    how = f"撤销 {code}" if code else "撤销"
    return f"已记下{event_words(event)}是{day_words(on)}，从这天起算：{told}{more}。如有误，请回复“{how}”。"


def _until(due: date | None) -> str:
    return f"，期限{day_words(due)}" if due else "，文件没有写期限长短，不给日期"


def which_event(rows: Sequence[tuple[str, str]]) -> str:
    """Several events, or none surely, fit what was said: `rows` are the item and what it waits for."""
    listed = [f"{place}. {item}：{event}" for place, (item, event) in enumerate(rows, 1)]
    return "\n".join([WHICH_EVENT, *listed])


WHICH_EVENT = "请问说的是哪一件？发序号就行，都不是就不用回："


def event_lines(register: Register, ledger: Ledger) -> Iterator[str]:
    """What deadlines wait for, then what was reported, with who and when."""
    waits = [(one, event) for one in redated(register, ledger).in_force.assignments for event in events_of(one)]
    yield f"等待报告的事件{len(waits)}件：" if waits else "没有等待报告的事件。"
    yield from (f"· {event_words(event)}——{subject(one, 24)}" for one, event in waits)
    told = [(register.assignment(one.assignment), one) for ones in happenings(ledger).values() for one in ones]
    known = [(one, event) for one, event in told if one is not None]
    if known:
        yield f"已经报告的{len(known)}件："
    for assignment, event in known:
        whose = f"（{event.unit}）" if event.unit else ""
        yield f"· {event_words(event.event)}{whose}：{day_words(event.on)}——{subject(assignment, 24)}，{event.who or '未留名'}报"


EVENT_UNKNOWN = "没有任务在等“{words}”，没有登记。用 qiantou event 可以看到在等哪些事件。"
EVENT_UNSURE = "不能确定是哪一件，没有登记，请照文件写得完整一些：{rows}。"
