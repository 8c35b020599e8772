"""`qiantou receipts`: 回执账 as text, as a record for programs, as .xlsx and as .docx."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from bot.commands.columns import visible
from bot.commands.naming import filed_named
from bot.commands.speech import Refusal
from bot.view import View, view_of
from handlers.wording_deadlines import calendar_day
from knowledge.codes import codes_in
from knowledge.ledger import Entry
from knowledge.question.conversation import numbered
from scheduler.receipts import Named, Receipt, chosen, receipts

_NUMBER = re.compile(r"第?(?P<n>[\w-]{1,12}?)[项条号]?")


def show_receipts(
    home: Path,
    what: str,
    window: tuple[date | None, date | None],
    *,
    silent: bool,
    as_json: bool,
    sheet: Path | None,
    paper: Path | None,
) -> None:
    """Print the receipts of `what` (a short code, an item or a document; all when empty) first tried in a window of days.

    `silent` keeps those that somebody has not answered. `sheet` and `paper` are files to write. Raises Refusal.
    """
    if window[0] and window[1] and window[1] < window[0]:
        first, last = map(calendar_day, (window[0], window[1]))
        raise Refusal(f"起始日期{first}晚于截止日期{last}，请把 --from 和 --to 对调后再试。")
    view = view_of(home)
    found = [one for one in _wanted(view, what, window) if one.silent or not silent]
    if as_json:
        for one in found:
            click.echo(json.dumps(_record(one, view), ensure_ascii=False))
    elif sheet is None and paper is None:
        click.echo(_text(found, view, silent=silent))
    for path, wanted in ((sheet, ".xlsx"), (paper, ".docx")):
        if path is not None:
            click.echo(_written(home, path, wanted, found, view), err=as_json)


def _wanted(view: View, what: str, window: tuple[date | None, date | None]) -> tuple[Receipt, ...]:
    everything = receipts(view.register, view.ledger)
    first, last = window
    codes = codes_in(what)
    if not what:
        return chosen(everything, first=first, last=last)
    if codes and (coded := chosen(everything, code=codes[0], first=first, last=last)):
        return coded
    number = _NUMBER.fullmatch(what)
    rows = {one.id for one in numbered(view.register, number["n"])} if number else set()
    rows |= {what} if view.register.assignment(what) else set()
    if rows:
        return chosen([one for one in everything if one.assignment in rows], first=first, last=last)
    if codes:
        raise Refusal(f"没有短码是{codes[0]}的提醒，请核对提醒里的短码；不写短码可列出全部。")
    return chosen(everything, document=filed_named(what, view.register).id, first=first, last=last)


def _text(found: Sequence[Receipt], view: View, *, silent: bool) -> str:
    from handlers.wording_receipts import NOBODY_SILENT, NOTHING, headline, receipt

    if not found:
        return NOBODY_SILENT if silent else NOTHING
    told = [receipt(one, view.register, view.now.date()) for one in found]
    return "\n\n".join(_plain(part) for part in (*told, headline(found, silent=silent)))


def _plain(text: str) -> str:
    """Without characters that would steer a terminal; the lines stay."""
    return "\n".join(
        f"{line[: len(line) - len(line.lstrip(' '))]}{visible(line.lstrip(' '))}" for line in text.split("\n")
    )


def _record(one: Receipt, view: View) -> dict[str, object]:
    document = view.register.document(one.document)
    return {
        "key": one.key,
        "code": one.code or None,
        "kind": one.kind or None,
        "assignment": one.assignment or None,
        "document": document.title if document else None,
        "due": one.due.isoformat() if one.due else None,
        "slot": one.slot,
        "stage": one.stage,
        "conversation": one.conversation,
        "at": one.at.isoformat(),
        "fate": str(one.fate),
        "attempts": [_attempt(entry) for entry in one.verdicts],
        "people": list(one.people),
        "units": [_unit(unit) for unit in one.named],
        "others": [_answer(entry) for entry in one.others],
        "silent": list(one.silent),
    }


def _attempt(entry: Entry) -> dict[str, object]:
    wanted = (
        "channel", "raw", "message_ids", "parts", "permanent", "retry_after", "trouble", "late", "maybe_twice", "reason",
        "carrier", "said_in",
    )  # fmt: skip
    details = {name: entry.details[name] for name in wanted if name in entry.details}
    who = {"who": entry.who} if entry.who else {}
    return {"fate": str(entry.kind), "at": entry.at.isoformat(), **who, **details, "text": entry.words}


def _unit(unit: Named) -> dict[str, object]:
    told = unit.answer or unit.before
    return {"unit": unit.unit, "silent": unit.silent, "answer": _answer(told) if told else None}


def _answer(entry: Entry) -> dict[str, object]:
    return {
        "kind": str(entry.kind),
        "at": entry.at.isoformat(),
        "who": entry.who,
        "unit": entry.unit or None,
        "conversation": entry.conversation,
        "words": entry.words,
    }


def _written(home: Path, path: Path, ending: str, found: Sequence[Receipt], view: View) -> str:
    from bot.commands.papers import letterhead
    from bot.papers.paper import place_new
    from bot.papers.receipts_paper import receipts_paper, receipts_sheet

    if path.suffix.lower() != ending:
        raise Refusal(f"“{path.name}”不是 {ending} 文件名，请把文件名改成以 {ending} 结尾。")
    if not found:
        raise Refusal("没有符合条件的提醒，没有写文件；请放宽条件再试。")
    day = view.now.date()
    if ending == ".xlsx":
        place_new(path, receipts_sheet(found, view.register, day))
    else:
        place_new(path, receipts_paper(found, view.register, letterhead(home, view.now)))
    return f"已写好“{path}”：{len(found)}条提醒。"
