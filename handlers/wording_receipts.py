"""How the bot tells what became of its reminders: said, answered, not answered."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date, datetime

from handlers.notices_wording import day_words, item_words, period_words
from handlers.wording import lines, shortened, title
from knowledge.ledger import Entry, EntryKind
from knowledge.register import Register
from scheduler.policy import SHANGHAI
from scheduler.receipts import Named, Receipt

ROWS, UNITS = 8, 12
"""Reminders of an answer in chat, and units of a line, before it is cut."""
MATTER, RAW = 30, 60
NOTHING = "还没有发出过这样的提醒。"
NOBODY_SILENT = "这样的提醒里，没有哪个单位该回而没有回。"
_FATES = {
    EntryKind.SENT: "已发送",
    EntryKind.UNKNOWN: "不明，可能发送过",
    EntryKind.ENTRUSTED: "已交人转发，还没有确认",
    EntryKind.FORWARDED: "转发人确认已转发",
    EntryKind.LAPSED: "没有发出，不再补发",
    EntryKind.CLAIMED: "正在发送，还没有结果",
    EntryKind.HELD: "没有发",
}
_HELD = {
    "cap": "当天的条数已满",
    "account": "通道账号被平台拒绝，等待处理",
    "rate": "平台要求等待，排队中",
    "order": "前一条没有发成，按次序等候",
    "window": "对方很久没有发言，平台暂不接受主动消息",
    "muted": "那里关闭了主动消息",
    "elsewhere": "由常驻的 qiantou serve 负责发送，等候中",
}
_CODES = ("errcode", "error_code", "retcode", "code", "StatusCode")
_MESSAGES = ("errmsg", "description", "message", "msg", "wording")
_DONE = {"done": "报告已办结", "extension": "申请延期"}
_COUNTED = re.compile(r"(?P<sign>T-|\+|W)(?P<n>\d+)")
_STAGES = {"T-": "到期前{n}个工作日", "+": "逾期第{n}个工作日", "W": "逾期第{n}周"}

_BEGINNINGS = {"forward-": "转发未确认", "extension-": "延期", "acceptance-": "核定"}
_NAMES = {
    "T": "到期当天", "quarter": "季度了解", "week": "周报", "month": "月报", "event": "候报事件",
    "E-1": "临期未签收，报督查员", "E+1": "逾期，报督查员", "L+3": "逾期，报领导",
    "unpublished": "放假安排提示", "missing": "放假安排提示", "moved": "期限变动", "ended": "静默结束",
    "binding": "绑定待确认", "no-liaison": "没有联络员的单位",
}  # fmt: skip


def stage_words(stage: str) -> str:
    """`T-3` → 到期前3个工作日."""
    counted = _COUNTED.fullmatch(stage)
    if counted:
        return _STAGES[counted["sign"]].format(n=counted["n"])
    begun = next((words for begins, words in _BEGINNINGS.items() if stage.startswith(begins)), "")
    return begun or _NAMES.get(stage, stage)


def moment_words(at: datetime, today: date) -> str:
    """`7月10日 09:32`, with the year where it is not this one's."""
    local = at.astimezone(SHANGHAI)
    year = "" if local.year == today.year else f"{local.year}年"
    return f"{year}{local.month}月{local.day}日 {local:%H:%M}"


def fate_words(one: Receipt) -> str:
    """What became of a notice, in a few words."""
    if one.fate is EntryKind.FAILED and one.last is not None:
        return "失败，平台拒绝" if one.last.details.get("permanent") else "暂时没有发出"
    if one.last is not None and one.fate in (EntryKind.ENTRUSTED, EntryKind.FORWARDED):
        return carried_words(one.last)
    told = _FATES.get(one.fate, str(one.fate))
    return f"{told}（可能收到两次）" if one.last is not None and one.last.details.get("maybe_twice") else told


def carried_words(entry: Entry) -> str:
    """What a person did with a message that was to be carried on: never that the bot sent it."""
    carrier = entry.details.get("carrier")
    name = str(carrier.get("name", "")) if isinstance(carrier, dict) else ""
    if entry.kind is EntryKind.ENTRUSTED:
        return f"已交{name}转发，还没有确认"
    return f"{entry.who or name}确认已转发"


def platform_words(one: Receipt, length: int = RAW) -> str:
    """The platform's own words, at most `length` of them, and its ids for the messages; how often it was tried."""
    if one.last is None:
        return ""
    if one.fate is EntryKind.HELD:
        return _HELD.get(str(one.last.details.get("reason")), "")
    if one.fate is EntryKind.FORWARDED:
        return f"{one.last.at.astimezone(SHANGHAI):%-m月%-d日 %H:%M}"
    raw = one.last.details.get("raw") or one.last.words
    told = (
        f"答复“{shortened(_brief(str(raw)), length)}”"
        if one.fate is not EntryKind.LAPSED
        else shortened(str(raw), length)
    )
    ids = one.last.details.get("message_ids")
    told += f"，编号{'、'.join(map(str, ids))}" if isinstance(ids, list) and ids else ""
    tries = sum(entry.kind is not EntryKind.LAPSED for entry in one.verdicts)
    return told + (f"，共试{tries}次" if tries > 1 else "")


def _brief(raw: str) -> str:
    """An answer in JSON by its message and code, as people read it; the ledger keeps it whole."""
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        return raw
    if not isinstance(found, dict):
        return raw
    code = next((found[name] for name in _CODES if name in found), None)
    message = next((found[name] for name in _MESSAGES if found.get(name)), "")
    return raw if code is None else f"{message} {code}".strip()


def answer_words(entry: Entry, today: date) -> str:
    """Who answered what, and when: 张晓7月10日 09:32回复收到."""
    status = str(entry.details.get("status", ""))
    told = _DONE.get(status, "报告进展") if entry.kind is not EntryKind.ACKNOWLEDGED else "回复收到"
    return f"{entry.who}{moment_words(entry.at, today)}{'申请延期' if entry.kind is EntryKind.EXTENDED else told}"


def named_words(one: Named, today: date) -> str:
    """One unit with its answer."""
    if one.answer is not None:
        return f"{one.unit}（{answer_words(one.answer, today)}）"
    return f"{one.unit}（此前{answer_words(one.before, today)}）" if one.before is not None else one.unit


def matter_words(one: Receipt, register: Register, length: int = MATTER) -> str:
    """What a notice was about: 第3项 公开预算; a summary by its week."""
    assignment = register.assignment(one.assignment)
    if assignment is None:
        return {"summary": "周报", "errand": "催请转发"}.get(one.kind) or one.assignment or "通知"
    return f"{item_words(assignment)} {shortened(assignment.text or assignment.original, length)}"


def slot_words(one: Receipt) -> str:
    """The due date with its weekday, or the quarter or week it belonged to."""
    if one.due is not None:
        return f"{day_words(one.due)}{'起的一周' if one.kind == 'summary' else '到期'}"
    return period_words(one.slot) if re.fullmatch(r"\d{4}-[QHW]?\d+", one.slot) else one.slot


def made(found: Sequence[Receipt]) -> str:
    """What is said beside 回执账 as a file."""
    return f"回执账已做好。{headline(found)}"


def headline(found: Sequence[Receipt], *, silent: bool = False) -> str:
    """The figures of a list of notices; `silent` says that it holds those only that somebody has not answered."""
    kinds = [one.fate for one in found]
    counts = [(kinds.count(kind), word) for kind, word in _COUNTED_FATES]
    told = "，".join(f"{word}{count}条" for count, word in counts if count)
    named = [unit for one in found if one.reached for unit in one.named]
    quiet = sum(unit.silent for unit in named)
    calls = f"；点名{len(named)}家次，已回{len(named) - quiet}，没有回{quiet}" if named else ""
    head = f"还有单位没有回的提醒共{len(found)}条" if silent else f"共{len(found)}条提醒"
    return f"{head}：{told}{calls}。"


_COUNTED_FATES = (
    (EntryKind.SENT, "已发送"),
    (EntryKind.FORWARDED, "确认已转发"),
    (EntryKind.ENTRUSTED, "待确认转发"),
    (EntryKind.UNKNOWN, "不明"),
    (EntryKind.FAILED, "失败"),
    (EntryKind.LAPSED, "没有再发"),
    (EntryKind.HELD, "没有发"),
    (EntryKind.CLAIMED, "正在发送"),
)


def receipt(one: Receipt, register: Register, today: date) -> str:
    """One notice in four lines: what, when and what the platform said, who answered, who did not."""
    document = register.document(one.document)
    head = "　".join(
        filter(None, [one.code, matter_words(one, register), title(document) if document else "", slot_words(one)])
    )
    said = f"  {stage_words(one.stage)}｜{moment_words(one.at, today)} {one.conversation}：{fate_words(one)}"
    return lines(head, said + (f"，{words}" if (words := platform_words(one)) else ""), *_answers(one, today))


def _answers(one: Receipt, today: date) -> list[str]:
    answered = [named_words(unit, today) for unit in one.named if not unit.silent]
    answered += [f"{answer_words(entry, today)}（未说明单位）" for entry in one.others if not entry.unit]
    calls = [f"  点名：{_cut(one.people)}"] if one.people else []
    told = [f"  已回：{_cut(answered)}"] if answered else []
    return [*calls, *told, *([f"  没有回：{_cut(one.silent)}"] if one.silent else [])]


def _cut(units: Sequence[str]) -> str:
    return "、".join(units[:UNITS]) + (f"等{len(units)}家" if len(units) > UNITS else "")


def silent(found: Sequence[Receipt], register: Register) -> str:
    """谁还没回收到: the latest reminder of each due date that somebody has not answered."""
    if not found:
        return "还没有发出过提醒，没有需要签收的任务。"
    waiting = [one for one in found if one.silent]
    if not waiting:
        return f"{_of_all(found)}都回收到了。"
    told = [f"· {_waiting(one, register)}" for one in waiting[:ROWS]]
    more = f"……另有{len(waiting) - ROWS}项，发“回执”加短码可逐项查" if len(waiting) > ROWS else ""
    return lines(f"{_of_all(found)}，其中{len(waiting)}项还有单位没有回收到：", *told, more)


def _waiting(one: Receipt, register: Register) -> str:
    answered = [unit.unit for unit in one.named if not unit.silent]
    head = f"{one.code + '　' if one.code else ''}{matter_words(one, register)}"
    return f"{head}：没有回：{_cut(one.silent)}" + (f"；已回：{_cut(answered)}" if answered else "")


def _of_all(found: Sequence[Receipt]) -> str:
    return f"最近提醒过的{len(found)}项任务"


def listed(found: Sequence[Receipt], register: Register, today: date) -> str:
    """回执 of some notices in chat, the newest first."""
    if not found:
        return NOTHING
    told = [receipt(one, register, today) for one in reversed(found[-ROWS:])]
    more = f"（只列最近{ROWS}条，全部的请用 qiantou receipts 导出。）" if len(found) > ROWS else ""
    return lines(headline(found), *told, more)


def unknown_code(code: str) -> str:
    """Nobody was reminded under this code."""
    return f"没有短码是{code}的提醒，请核对提醒里的短码；也可以发“谁还没回收到”看全部。"
