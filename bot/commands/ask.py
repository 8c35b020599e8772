"""`qiantou ask`: one question, or many as JSON Lines. Each line is a conversation of its own; nothing is stored."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from itertools import pairwise
from pathlib import Path

import click

from bot.commands.speech import FIRST_YEAR, LAST_YEAR, Refusal
from bot.view import View, view_of
from handlers import handle
from handlers.message import Answer, Outcome
from knowledge.ledger import Entry, Ledger
from knowledge.model import Message, Turn
from knowledge.patterns import regex
from knowledge.register import Register
from knowledge.units import UnitBook
from scheduler.policy import SHANGHAI

_ROLES = ("staff", "liaison", "supervisor")
# What the bot says where a report was written.
_WRITTEN = regex(r"^[^。]{0,6}已(?:经)?(?:登记|记录|记下)")
_REPORTED = ("status", "percent", "url", "period")


class LineError(Exception):
    """A line that is no question. `str(error)` is one Chinese sentence."""


def respond(line: Mapping[str, object], view: View) -> dict[str, object]:
    """One question of `qiantou ask --jsonl` to its answer, in the form of the contract. Raises LineError."""
    message = message_of(line, view.register)
    moment = _moment(line.get("today"), view.now)
    ledger = _with_told(message, view, moment)
    outcome = handle(message, view.register, ledger, moment, view.calendar, view.contact, view.policy)
    return record(outcome, view.register)


def _with_told(message: Message, view: View, moment: datetime) -> Ledger:
    """The ledger with what the line's earlier turns report, as far as the answers to them say that it was written."""
    ledger = view.ledger
    for at, (told, answered) in enumerate(pairwise(message.turns)):
        if answered.by_bot and not told.by_bot and _WRITTEN.search(answered.text):
            unit = message.unit or _signed(told.text, view.register) or _signed(answered.text, view.register)
            earlier = replace(message, text=told.text, role="liaison", unit=unit, turns=message.turns[:at])
            outcome = handle(earlier, view.register, ledger, moment, view.calendar, view.contact, view.policy)
            ledger = ledger.plus(*outcome.entries)
    return ledger


def _signed(text: str, register: Register) -> str | None:
    """The only unit that a report names, whose it then is."""
    named = {
        one.units[0] for one in UnitBook.of(register).mentions(text) if one.units
    }  # the likeliest meaning stands first
    return named.pop() if len(named) == 1 else None


def message_of(line: Mapping[str, object], register: Register) -> Message:
    """The message in a line. Raises LineError when a field has another form than the contract says."""
    text = line.get("q")
    if not isinstance(text, str):
        raise LineError("缺少问题：请在 q 中写上问题的文字。")
    return Message(
        text,
        role=_one_of(line, "role", _ROLES),
        unit=_words(line, "unit"),
        group=_one_of(line, "conversation", ("private", "group")) == "group",
        mentioned=line.get("mentioned") is not False,
        scope=_scope(line.get("scope"), register),
        turns=_turns(line.get("context")),
    )


def _one_of(line: Mapping[str, object], name: str, known: tuple[str, ...]) -> str:
    value = line.get(name) or known[0]
    if value not in known:
        raise LineError(f"{name} 只能是 {'、'.join(known)} 之一。")
    return str(value)


def _words(line: Mapping[str, object], name: str) -> str | None:
    value = line.get(name)
    if value is not None and not isinstance(value, str):
        raise LineError(f"{name} 应当是文字或 null。")
    return value or None


def _scope(value: object, register: Register) -> tuple[str, ...] | None:
    """The ids of the documents imported from these files; None is no binding."""
    if value is None:
        return None
    if not isinstance(value, list):
        raise LineError("scope 应当是文件名的列表或 null。")
    return tuple(document.id for name in value for document in register.of_source(str(name)))


def _turns(value: object) -> tuple[Turn, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(turn, dict) for turn in value):
        raise LineError("context 应当是对话的列表。")
    return tuple(Turn(str(turn.get("text", "")), turn.get("from") == "bot") for turn in value)


def _moment(today: object, now: datetime) -> datetime:
    """The day a question was asked on, at nine in the morning; the real moment where it says nothing."""
    if today is None:
        return now
    try:
        day = date.fromisoformat(str(today))
    except ValueError:
        raise LineError(f"today 的“{today}”不是日期，请写成 2017-07-31 这样。") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise LineError(f"today 的年份应当在{FIRST_YEAR}年到{LAST_YEAR}年之间。")
    return datetime.combine(day, time(9), SHANGHAI)


def record(outcome: Outcome, register: Register) -> dict[str, object]:
    """An outcome in the machine-readable form."""
    from handlers.wording_export import UNKEPT

    answer = outcome.answer or Answer("smalltalk")  # type: ignore[arg-type]
    told: dict[str, object] = {
        "intent": str(answer.intent),
        "answered": answer.answered,
        "assignments": list(answer.assignments),
        "documents": _sources(answer.documents, register),
        "units": list(answer.units),
        "dates": list(answer.dates),
        "count": answer.count,
        "entries": [_entry(entry) for entry in outcome.entries if entry.kind == "reported"],
        "text": f"{outcome.text}\n{UNKEPT}" if outcome.export or outcome.papers else outcome.text,
    }
    return told if outcome.replies else {**told, "silent": True}


def _sources(ids: Iterable[str], register: Register) -> list[str]:
    found = (register.document(one) for one in ids)
    return list(dict.fromkeys(document.source for document in found if document))


def _entry(entry: Entry) -> dict[str, object]:
    details = {name: entry.details.get(name) for name in _REPORTED}
    return {"assignment": entry.assignment, **details, "unit": entry.unit}


def answers(lines: Iterable[str], view: View, today: date | None = None) -> Iterator[dict[str, object]]:
    """One answer for each line, in order; a line that cannot be read gets its error and the run goes on. `today` is the day of the lines
    that name none."""
    for line in lines:
        try:
            read = json.loads(line)
            if not isinstance(read, dict):
                raise LineError("这一行不是 JSON 对象。")
            yield respond({"today": today.isoformat(), **read} if today else read, view)
        except json.JSONDecodeError:
            yield {"error": "这一行不是 JSON，请检查引号和括号。"}
        except LineError as error:
            yield {"error": str(error)}
        except Exception:
            import logging

            logging.getLogger(__name__).exception("a question could not be answered: %s", line.strip())
            yield {"error": "程序在回答这一行时出错，已记入日志；请把这一行和日志交给维护人员。"}


def ask_once(home: Path, question: str, today: date | None = None) -> None:
    """Answer one question in words. Raises Refusal where no document is filed."""
    line = {"q": question, "today": today.isoformat() if today else None}
    gc.disable()  # what one question makes is kept until it is answered
    try:
        view = view_of(home)
        if not view.register.documents:
            raise Refusal("册中还没有文件，请先用 qiantou import 导入。")
        click.echo(respond(line, view)["text"])
    finally:
        gc.enable()


def ask_lines(home: Path, today: date | None = None) -> None:
    """Answer the JSON Lines on standard input on standard output; `today` is the day of those that name none."""
    view = view_of(home)
    lines = (line for line in sys.stdin if line.strip())
    for told in answers(lines, view, today):
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
        sys.stdout.flush()
