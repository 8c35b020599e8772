"""`qiantou due` and `simulate`: what time asks of the office."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.speech import Refusal
from bot.view import View, view_of
from handlers.wording_deadlines import calendar_day
from scheduler.days import office_days

if TYPE_CHECKING:
    from bot.appointments import Appointment
    from bot.simulation import Said


def show_due(home: Path, start: date, end: date, *, jsonl: bool) -> None:
    """Print what falls due from `start` to `end`, both included, grouped by day."""
    from handlers.notices_wording import due_list
    from scheduler.due import due_between

    _in_order(start, end)
    view = view_of(home)
    rows = due_between(view.register, view.ledger, start, end, view.calendar)
    if not jsonl:
        click.echo(due_list(rows, start, end, view.now.date()))
        return
    for row in rows:
        _emit(
            {
                "due": row.due.isoformat(),
                "assignment": row.assignment.id,
                "document": row.document.title,
                "no": row.assignment.number,
                "period": row.period,
                "units": list(row.units),
                "done": row.done,
                "text": row.assignment.text,
            }
        )


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a simulation is shown, and how: as text, a page a month, an .ics file, one JSON value, or a line a notice."""

    groups: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    calendar: bool = False
    ics: Path | None = None
    json: bool = False
    jsonl: bool = False


def show_simulation(home: Path, start: date, end: date, wanted: Wanted = Wanted()) -> None:
    """Print every message that would be posted from `start` to `end`, both included; nothing is really sent."""
    from bot.progress import progress
    from bot.simulation import chosen, days_played, simulate

    _in_order(start, end)
    if sum(map(bool, (wanted.calendar, wanted.ics, wanted.json, wanted.jsonl))) > 1:
        raise Refusal("--calendar、--ics、--json、--jsonl 一次只能用一个，请去掉其余的再试。")
    view = view_of(home)
    span = start, end
    with progress("演练", days_played(span, view.now.date())) as step:
        said = simulate(view.register, view.ledger, span, view.now, view.calendar, view.policy, step)
    if wanted.groups or wanted.units:
        said = chosen(said, wanted.groups, _names(view, wanted))
    _show_said(said, span, view, wanted)


def _names(view: View, wanted: Wanted) -> tuple[frozenset[str], ...]:
    """All names of each wanted unit. Raises Refusal for a unit or a conversation that nothing is said to."""
    from knowledge.shares import known_as
    from scheduler.addressees import conversations

    heard = conversations(view.register.in_force, view.policy)
    for group in wanted.groups:
        if group not in heard:
            raise Refusal(f"没有“{group}”这个会话，现有：{'、'.join(heard) or '（还没有任务）'}。请改正后再试。")
    names = tuple(known_as(unit, view.register) for unit in wanted.units)
    for unit, known in zip(wanted.units, names, strict=True):
        if not view.register.of_units(known):
            raise Refusal(f"册中没有“{unit}”承担的任务，请核对单位名称后再试。")
    return names


def _show_said(said: list[Said], span: tuple[date, date], view: View, wanted: Wanted) -> None:
    from bot.commands import simulated, simulated_calendar

    if wanted.jsonl:
        for record in simulated.records(said):
            _emit(record)
    elif wanted.json:
        click.echo(json.dumps(simulated.document(said, span), ensure_ascii=False, indent=2))
    elif wanted.ics:
        _write_ics(wanted.ics, list(simulated_calendar.appointments(said)), view)
    elif wanted.calendar and said:
        for page in simulated_calendar.pages(said, span, office_days(view.calendar)):
            click.echo(page)
    else:
        for part in simulated.transcript(said, view.register):
            click.echo(part)


def _write_ics(path: Path, marked: list[Appointment], view: View) -> None:
    from bot.appointments import ics
    from bot.papers.paper import place_new

    place_new(path, ics("牵头提醒（演练）", marked, view.now))
    click.echo(f"日程{len(marked)}项已写到“{path}”，可以导入手机或电脑的日历。")


def _in_order(start: date, end: date) -> None:
    if end < start:
        raise Refusal(f"起始日期{calendar_day(start)}晚于截止日期{calendar_day(end)}，请把 --from 和 --to 对调后再试。")


def _emit(record: dict[str, object]) -> None:
    click.echo(json.dumps(record, ensure_ascii=False))
