"""回执 K7M, 谁还没回收到: what became of reminders and who has not answered them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from handlers import wording_receipts
from handlers.message import Answer, Commission, Outcome, Reply, said
from handlers.occasion import SUPERVISORS
from knowledge.codes import codes_in, matter_of, meant_by
from knowledge.ledger import EntryKind, Ledger
from knowledge.model import Message
from knowledge.question.query import Intent
from knowledge.register import Register
from scheduler.policy import SHANGHAI
from scheduler.receipts import Receipt, receipts

_ACCOUNT = re.compile(
    r"\s*(?:请|帮我|给我|把)*(?:导出|下载|生成|出|做|打印|发|要)(?:一下|一份|个|给|我)*(?:全部)?(?:的)?回执账?(?:成|为)?(?:一份)?(?:excel|xlsx|表格|word|docx|文件|公文)?(?:给我|发我)?\W*"
    r"|\s*把?回执账?(?:导出|发我|做)(?:成|为)?(?:一份)?(?:excel|xlsx|表格|word|docx|文件|公文)?(?:给我|发我|一份)?\W*",
    re.IGNORECASE,
)
_SHEET = re.compile(r"excel|xlsx|表格", re.IGNORECASE)
_RECEIPT_OF = re.compile(r"\s*(?:查(?:一下|看)?)?回执\s*[:：]?\s*(?P<code>[A-Za-z0-9Ａ-Ｚａ-ｚ０-９]{3,5})\W*$")


@dataclass(frozen=True, slots=True)
class ReceiptBook:
    """回执账: notices, oldest first, with the register that tells what they were about."""

    found: tuple[Receipt, ...]
    register: Register


def answer(message: Message, register: Register, ledger: Ledger, now: datetime) -> Outcome | None:
    """The receipts of the due date that a short code stands for, or all of them as a file; None where neither is asked for."""
    if _ACCOUNT.fullmatch(message.text) and message.role in SUPERVISORS:
        return _account(message.text, register, ledger)
    asked = _RECEIPT_OF.match(message.text)
    codes = codes_in(asked["code"]) if asked else ()
    if not codes:
        return None
    last = meant_by(codes[0], ledger)
    assignment, slot = matter_of(last) if last else ("", "")
    if register.assignment(assignment) is None:
        return said(wording_receipts.unknown_code(codes[0]), Answer(Intent.PROGRESS))
    found = [one for one in receipts(register, ledger, [assignment]) if one.slot == slot]
    text = wording_receipts.listed(found, register, _today(now))
    return said(text, _value(found, register, tuple(dict.fromkeys(unit for one in found[-1:] for unit in one.silent))))


def _account(text: str, register: Register, ledger: Ledger) -> Outcome:
    """回执账: every reminder that was tried, as a paper or, where a table is asked for, as a sheet."""
    found = receipts(register, ledger, [one.id for one in register.assignments])
    if not found:
        return said(wording_receipts.NOTHING, Answer(Intent.PROGRESS))
    paper = Commission("receipts", "xlsx" if _SHEET.search(text) else "docx", "回执账", ReceiptBook(found, register))
    told = wording_receipts.made(found)
    return Outcome((Reply(told),), answer=_value(found, register, ()), papers=(paper,))


def unanswered(rows: Sequence[str], register: Register, ledger: Ledger) -> Outcome:
    """谁还没回收到: of each of the assignments (ids) the latest reminder that was seen, and who has not answered it."""
    seen = [one for one in receipts(register, ledger, rows) if one.reached]
    latest = {(one.assignment, one.slot, one.conversation): one for one in seen if one.fate is not EntryKind.CLAIMED}
    found = sorted(latest.values(), key=lambda one: one.at, reverse=True)
    waiting = tuple(dict.fromkeys(unit for one in found for unit in one.silent))
    return said(wording_receipts.silent(found, register), _value(found, register, waiting))


def _today(now: datetime) -> date:
    return now.astimezone(SHANGHAI).date()


def _value(found: Sequence[Receipt], register: Register, units: tuple[str, ...]) -> Answer:
    rows = [one for id in dict.fromkeys(one.assignment for one in found) if (one := register.assignment(id))]
    return Answer(
        Intent.PROGRESS,
        answered=True,
        assignments=tuple(one.id for one in rows),
        documents=tuple(dict.fromkeys(one.document for one in rows)),
        units=units,
    )
