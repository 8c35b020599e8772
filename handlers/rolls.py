"""导出台账, 财政局的台账发我一份, 导出到期日程: the roll as a file, for supervisors all of it, for a liaison the own unit's."""

from __future__ import annotations

from datetime import datetime

from handlers import wording_roll
from handlers.message import Answer, Commission, Outcome, Reply
from handlers.occasion import SUPERVISORS
from knowledge.directory import Directory
from knowledge.ledger import Ledger
from knowledge.model import Message
from knowledge.patterns import regex
from knowledge.question.query import Intent
from knowledge.register import Register
from knowledge.shares import holder_of, known_as
from scheduler.calendar import WorkCalendar
from scheduler.policy import Policy
from scheduler.roll import roll_of

_POLITE = r"(?:请|麻烦|帮忙|帮我|给我|你|把|将)*"
_GIVE = r"(?:导出|下载|生成|做|打印|发|要|出)(?:一下|一份|个|成|为|给|我|们|到|过来|出来)*"
_WHAT = r"(?:(?:全部|完整|最新|任务|工作|督查|的)*(?:台账|到期日程|日程|日历)(?:表格?|文件)?|(?:全部|所有)(?:任务|事项|工作)(?:清单|列表)?)"
_FORM = (
    r"(?:导出|做|转|存|发)?(?:成|为|的)?(?P<form>excel|xlsx?|表格?|csv|word|docx?|公文|ics|日程|日历)?(?:格式|文件|版)?"
)
_END = r"(?:给我|发我|发过来|一下|一份|吧|呗|谢谢|看看)*\W*"
_ASKS = regex(
    rf"\s*{_POLITE}(?:{_GIVE}(?P<whose>[^\s,，]{{0,16}}?)的?(?P<what>{_WHAT})|(?P<whose2>[^\s,，]{{0,16}}?)的?(?P<what2>{_WHAT})(?:{_GIVE}))[,，\s]*{_FORM}{_END}"
)
_OWN = ("单位", "我们", "我们单位", "本单位", "我单位", "我局", "我们局", "咱们", "咱们单位")
_FORMS = {
    "csv": "csv",
    "word": "docx",
    "doc": "docx",
    "docx": "docx",
    "公文": "docx",
    "ics": "ics",
    "日程": "ics",
    "日历": "ics",
}


def answer(
    message: Message, register: Register, ledger: Ledger, now: datetime, calendar: WorkCalendar, policy: Policy | None
) -> Outcome | None:
    """The roll that is asked for; None where none is."""
    found = _ASKS.fullmatch(message.text)
    if found is None:
        return None
    named = (found["whose"] or found["whose2"] or "").strip()
    unit = _unit(named, message, register)
    if unit is None:
        return None
    if message.role not in SUPERVISORS:
        own = known_as(message.unit, register) if message.unit else frozenset[str]()
        if not own or (unit and unit not in own):
            return Outcome((Reply(wording_roll.ONLY_OWN),), answer=Answer(Intent.HELP))
        unit = unit or str(message.unit)
    names = known_as(unit, register) if unit else frozenset[str]()
    whose = holder_of(unit, register).printed if unit else ""
    roll = roll_of(register, ledger, now, calendar, policy.directory if policy else Directory(), names, whose)
    if not roll.rows:
        return Outcome((Reply(wording_roll.NOTHING),), answer=Answer(Intent.HELP))
    form = _form((found["form"] or "").lower(), found["what"] or found["what2"] or "")
    called = "到期日程" if form == "ics" else "台账"
    paper = Commission("ledger", form, f"{whose}{called}", roll)
    told = Answer(Intent.HELP, answered=True, documents=tuple(one.id for one in roll.documents))
    return Outcome(
        (Reply(wording_roll.exported(len(roll.rows), len(roll.documents), whose, called)),),
        answer=told,
        papers=(paper,),
    )


def _unit(named: str, message: Message, register: Register) -> str | None:
    """The unit that is meant, empty for all; None where the words mean no unit that has anything to do."""
    if named in _OWN:
        return message.unit or None
    if not named or named in ("全部", "所有", "各单位", "全市", "全县"):
        return ""
    return named if register.of_units(known_as(named, register)) else None


def _form(word: str, what: str) -> str:
    if any(sign in what for sign in ("日程", "日历")):
        return "ics"
    return _FORMS.get(word, "xlsx")
