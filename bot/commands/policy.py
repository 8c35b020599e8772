"""`qiantou policy`: which rules for reminders hold, for whom and why, in words or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import time
from pathlib import Path

import click

from bot.commands.naming import filed_named
from bot.config import Config, load_config
from bot.reminder_settings import FIELD, READ, RemindersConfig
from bot.summary_settings import SummaryConfig
from bot.view import View, view_of
from handlers import wording_policy as words
from knowledge.model import Document
from knowledge.shares import known_as
from scheduler.addressees import Addressee, routes
from scheduler.policy import SETTINGS, Policy, Rule


@dataclass(frozen=True, slots=True)
class Place:
    """What is asked about: a document, a group and a unit, each where one was named. `names` is every name of the unit."""

    document: Document | None = None
    group: str = ""
    unit: str = ""
    names: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.document or self.group or self.unit)


def show_policy(home: Path, document: str, group: str, unit: str, *, as_json: bool) -> None:
    """Print the rules for reminders: all of them, or what holds at one place."""
    config, view = load_config(home), view_of(home)
    place = _place(view, document, group, unit)
    if as_json:
        click.echo(json.dumps(_record(config, view, place), ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(_at(config, view, place) if place else _everything(config, view)))


def _place(view: View, document: str, group: str, unit: str) -> Place:
    names = known_as(unit, view.register) if unit else frozenset[str]()
    printed = next((one for one in _units(view) if one in names), unit)
    return Place(filed_named(document, view.register) if document else None, group, printed, names)


def _units(view: View) -> list[str]:
    return list(dict.fromkeys(duty.unit for one in view.register.assignments for duty in one.duties))


def written(config: Config) -> list[str]:
    """The settings that the office's [reminders] gives another value than the default, by the policy's names."""
    plain = RemindersConfig()
    names = (one.name for one in fields(plain) if one.name in READ)
    own = [FIELD.get(name, name) for name in names if getattr(config.reminders, name) != getattr(plain, name)]
    told, usual = config.summary.told, SummaryConfig().told
    return own + [name for name, value in told.items() if name not in usual or usual[name] != value]


def _everything(config: Config, view: View) -> Iterator[str]:
    policy = view.policy
    yield f"提醒规则{f'（{config.office.name}）' if config.office.name else ''}"
    for heading, names in words.ASPECTS:
        yield f"{heading}：{words.aspect(heading, policy)}（{words.source(names, {}, written(config), view.register)}）"
    yield from _listeners(view)
    if policy.rules:
        yield "另有规定："
    for rule in policy.rules:
        yield f"· {rule.name} 对{words.condition(rule, view.register)}：{words.changes(rule, policy)}"
    if len(policy.rules) > 1:
        yield "同一件事有几条规定的，条件多的优先；一样多的，单位先于文件，文件先于会话；再一样的，后写的优先。"


def _listeners(view: View) -> Iterator[str]:
    """Who hears of what."""
    policy = view.policy
    yield "说给谁听："
    documents, units = view.register.bindings, policy.directory.units
    for conversation in dict.fromkeys((*documents, *units)):
        yield f"· “{conversation}”（{words.hour(policy.opens_at(conversation))}起）：{_bound(view, conversation)}"
    yield f"· {words.fallback(policy)}"
    if policy.supervisors:
        yield f"· 督查会话“{policy.supervisors}”：全部任务的周报，以及要督查员处理的事。"
    named: dict[tuple[str, str], str] = {}
    for one in policy.directory.liaisons:
        named.setdefault((one.name, one.id), one.unit)
    printed = _units(view)
    for (name, _), unit in named.items():
        known = known_as(unit, view.register)
        yield f"· {next((other for other in printed if other in known), unit)}的联络员：{name}"


def _bound(view: View, conversation: str) -> str:
    ids = view.register.bindings.get(conversation)
    names = view.policy.directory.units.get(conversation)
    titles = [one.title for one in view.register.documents if ids and one.id in ids and one.superseded is None]
    papers = "、".join(f"《{title}》" for title in titles) or "（绑定的文件册中没有，暂时听不到）"
    units = "、".join(one for one in _units(view) if names and one in names) or "、".join((names or ())[:1])
    if names is None:
        return f"{papers}的全部任务"
    return f"{papers}中{units}的任务" if ids is not None else f"{units}的任务"


def _at(config: Config, view: View, place: Place) -> Iterator[str]:
    """What holds at one place, sentence by sentence with the reason."""
    told = [f"文件《{place.document.title}》"] if place.document else []
    told += [f"会话“{place.group}”"] if place.group else []
    told += [f"单位“{place.unit}”"] if place.unit else []
    yield "，".join(told) + "："
    own, reasons = _policy_at(view.policy, place)
    for heading, names in words.ASPECTS:
        why = words.source(names, reasons, written(config), view.register)
        yield f"{heading}：{words.aspect(heading, own, place.group)}（{why}）"
    yield from _where(view, place)


def _policy_at(policy: Policy, place: Place) -> tuple[Policy, dict[str, tuple[object, Rule]]]:
    """The merged policy of a place, and which rule each changed setting comes from."""
    asked = place.document.id if place.document else None, place.group or None, place.unit or None
    return policy.of(*asked), policy.reasons(*asked)


def _where(view: View, place: Place) -> Iterator[str]:
    """Which conversations hear of it, and how many assignments."""
    counts: dict[tuple[str, str], int] = {}
    for addressee, unit in _heard(view, place):
        why = addressee.reasons.get(unit)
        key = addressee.conversation, f"，因为{words.WHY[why]}" if why else ""
        counts[key] = counts.get(key, 0) + 1
    if not counts:
        yield f"说给谁听：{_why_nobody(view, place)}"
    for (conversation, because), count in counts.items():
        yield f"说给谁听：{count}项任务的提醒发到“{conversation}”{because}。"


def _why_nobody(view: View, place: Place) -> str:
    """Why nothing is said about a place."""
    if place.unit and place.unit not in _units(view):
        return f"册中没有写到“{place.unit}”的任务，请核对名称。"
    bound = {*view.register.bindings, *view.policy.directory.units, view.policy.default_conversation}
    if place.group and place.group not in bound:
        return f"“{place.group}”没有绑定文件或单位，听不到提醒；可以用 qiantou bind 绑定。"
    return "这里没有要提醒的任务。"


def _heard(view: View, place: Place) -> Iterator[tuple[Addressee, str]]:
    """Each assignment of the place with everybody who hears of it, once for each conversation."""
    current = view.register.in_force
    for id, heard in routes(current, view.policy).items():
        assignment = current.assignment(id)
        if assignment is None or (place.document and assignment.document != place.document.id):
            continue
        for one in heard:
            units = [unit for unit in one.units or ("",) if not place.unit or unit in place.names]
            if units and place.group in ("", one.conversation):
                yield one, units[0]


def _record(config: Config, view: View, place: Place) -> dict[str, object]:
    """The same for programs."""
    own, reasons = _policy_at(view.policy, place)
    settings = {
        name: {
            "value": _plain(getattr(own, name)),
            "from": words.source([name], reasons, written(config), view.register),
        }
        for name in sorted(SETTINGS)
    }
    heard = sorted({(one.conversation, str(one.reasons.get(unit, ""))) for one, unit in _heard(view, place)})
    return {
        "document": place.document.title if place.document else None,
        "group": place.group or None,
        "unit": place.unit or None,
        "settings": settings,
        "posts_at": _plain(view.policy.opens_at(place.group)),
        "conversations": [{"conversation": name, "reason": why or None} for name, why in heard],
        "rules": [
            {
                "rule": rule.name,
                "for": words.condition(rule, view.register),
                "settings": {name: _plain(value) for name, value in rule.settings},
            }
            for rule in view.policy.rules
        ],
    }


def _plain(value: object) -> object:
    """A setting as JSON has it."""
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(one) for one in value]
    return value
