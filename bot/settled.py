"""What the settings of an office mean for its rules, its bindings and its calendar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from bot.config import Config, ConfigError
from bot.reminder_settings import RuleConfig, base_policy, checked
from knowledge.demands import Demand, Demands
from knowledge.directory import Directory, directory_of, enrolled, reached
from knowledge.groups import Groups, groups_of
from knowledge.ledger import Ledger
from knowledge.people import people_of
from knowledge.register import Register
from scheduler.calendar import WorkCalendar, calendar_of
from scheduler.policy import Policy, Rule

CALENDAR = "calendar"
"""The folder in a home that holds one file for each year the office loaded."""


def policy_of(config: Config, register: Register | None = None, ledger: Ledger | None = None) -> Policy:
    """The rules for reminders as the office's settings want them, with who listens where.

    Documents and units are named in the settings as people call them; with `register` they lead to its ids and printed
    names; `ledger` tells what was bound by command. Raises ConfigError when a time falls into the quiet hours.
    """
    known = register or Register()
    base = replace(base_policy(config.reminders), **config.summary.told)  # type: ignore[arg-type]
    rules = tuple(_rule(number, rule, known) for number, rule in enumerate(config.reminders.rules, 1))
    closed = replace(config.restrictions, cleared=config.restrictions.cleared | {base.supervisors} - {""})
    return checked(replace(base, rules=rules, directory=_directory(config, known, ledger), restrictions=closed))


def _rule(number: int, wanted: RuleConfig, register: Register) -> Rule:
    return Rule(
        f"第{number}条",
        wanted.settings,
        documents=frozenset(_documents(wanted.document, register)) if wanted.document is not None else None,
        conversations=frozenset(wanted.group) if wanted.group is not None else None,
        units=_units(wanted.unit, register) if wanted.unit is not None else None,
    )


def _documents(names: Iterable[str], register: Register) -> tuple[str, ...]:
    """The ids of the documents that go by one of these titles or file names, and of what took their place."""
    wanted = set(names)
    ids = tuple(d.id for d in register.documents if wanted & {d.title, d.source, Path(d.source).stem})
    return ids + tuple(heir.id for id in ids if (heir := register.successor(id)) is not None)


def _units(names: Iterable[str], register: Register) -> frozenset[str]:
    """Every name of these units."""
    from knowledge.shares import known_as  # a question needs none of it

    return frozenset(known for name in names for known in known_as(name, register))


def _directory(config: Config, register: Register, ledger: Ledger | None) -> Directory:
    """What the settings and the ledger bind, under every name of each unit."""
    told = Directory(config.units, config.liaisons)
    if ledger:
        people = config.people.people.with_(people_of(ledger))
        groups = groups_of(ledger)
        told = told.with_(directory_of(ledger)).with_(enrolled(people)).with_(reached(groups))
        told = replace(told, units=groups.together(told.units))
    units = {conversation: tuple(sorted(_units(names, register))) for conversation, names in told.units.items()}
    liaisons = (one._replace(unit=name) for one in told.liaisons for name in sorted(_units([one.unit], register)))
    return replace(told, units=units, liaisons=tuple(liaisons), platforms=_platforms(config.channels))


def _platforms(channels: Mapping[str, object]) -> dict[str, str]:
    """Channel → platform, where several channels of an office know people by the same accounts: an enterprise's userid is one,
    whether the robot, the app or the group's webhook calls it."""
    kinds = {name: str(told.get("kind", "")) for name, told in channels.items() if isinstance(told, Mapping)}
    return {name: "wecom" for name, kind in kinds.items() if kind.startswith("wecom-")}


def bound(register: Register, conversations: Mapping[str, Iterable[str]], groups: Groups | None = None) -> Register:
    """`register` with the bindings of the settings added: conversation → titles or file names of documents; those of several
    groups that are one (`groups`) put together.

    A view to look at, not to be filed: the settings stay in qiantou.toml. Names of no document bind nothing yet; what took
    the place of a document that is named is bound with it.
    """
    if not conversations and not (groups and groups.names):
        return register
    bindings = dict(register.bindings)
    for conversation, names in conversations.items():
        ids = _documents(names, register)
        bindings[conversation] = tuple(dict.fromkeys((*bindings.get(conversation, ()), *ids)))
    return replace(register, bindings=groups.together(bindings) if groups else bindings)


def demanding(register: Register, config: Config) -> Register:
    """`register` with what the office's settings want of reports; a view to look at, like `bound`.

    Where nothing is written, completions wait for acceptance if there is a supervisors' conversation to give it.
    """
    wanted = config.reports
    accepts = bool(config.reminders.supervisors) if wanted.acceptance is None else wanted.acceptance
    office = Demand(accepts, wanted.evidence)
    own: dict[str, Demand] = {}
    for rule in wanted.rules:
        for id in _documents(rule.document, register):
            known = own.get(id, office)
            own[id] = Demand(
                known.acceptance if rule.acceptance is None else rule.acceptance,
                known.evidence if rule.evidence is None else rule.evidence,
            )
    return replace(register, demands=Demands(office, own))


def worded(register: Register, folder: Path) -> Register:
    """`register` with the office's own words (home/lexicon/*.toml), where it has any. Raises LexiconError."""
    if not any(folder.glob("*.toml")):
        return register
    from knowledge.lexicon import lexicon_of

    return replace(register, lexicon=lexicon_of(folder))


def shelved(register: Register, folder: Path) -> Register:
    """`register` with the folder where its search indexes are kept."""
    from knowledge.store_index import IndexFolder

    return replace(register, shelf=IndexFolder(folder))


def office_calendar(home: Path) -> WorkCalendar:
    """The published calendar with the office's own years (home/calendar/*.toml) over it. Raises ConfigError."""
    try:
        return calendar_of(home / CALENDAR)
    except ValueError as error:
        raise ConfigError(str(error)) from error
