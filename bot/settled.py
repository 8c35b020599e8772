"""What the settings of an office mean for its rules, its bindings and its calendar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from bot.config import Config, ConfigError
from knowledge.register import Register
from scheduler.calendar import WorkCalendar, calendar_of
from scheduler.policy import Policy

CALENDAR = "calendar"
"""The folder in a home that holds one file for each year the office loaded."""


def policy_of(config: Config) -> Policy:
    """The rules for reminders as the office's settings want them. Raises ConfigError when a time falls into the quiet hours."""
    wanted = config.reminders
    quiet = Policy().quiet_from
    if not wanted.post_at <= wanted.summary_at < quiet:
        raise ConfigError(
            f"qiantou.toml 的 [reminders] 里，提醒时间 post_at（{wanted.post_at:%H:%M}）不能晚于周报时间 "
            f"summary_at（{wanted.summary_at:%H:%M}），周报时间要早于{quiet:%H:%M}，请改正后再试。"
        )
    return Policy(
        default_conversation=wanted.conversation,
        post_at=wanted.post_at,
        summary_at=wanted.summary_at,
        summary=wanted.summary,
    )


def bound(register: Register, conversations: Mapping[str, Iterable[str]]) -> Register:
    """`register` with the bindings of the settings added: conversation → titles or file names of documents.

    A view to look at, not to be filed: the settings stay in qiantou.toml. Names of no document bind nothing yet; what took
    the place of a document that is named is bound with it.
    """
    if not conversations:
        return register
    bindings = dict(register.bindings)
    for conversation, names in conversations.items():
        wanted = set(names)
        ids = tuple(d.id for d in register.documents if wanted & {d.title, d.source, Path(d.source).stem})
        heirs = tuple(heir.id for id in ids if (heir := register.successor(id)) is not None)
        bindings[conversation] = tuple(dict.fromkeys((*bindings.get(conversation, ()), *ids, *heirs)))
    return replace(register, bindings=bindings)


def worded(register: Register, folder: Path) -> Register:
    """`register` with the office's own words (home/lexicon/*.toml), where it has any. Raises LexiconError."""
    if not any(folder.glob("*.toml")):
        return register
    from knowledge.lexicon import lexicon_of

    return replace(register, lexicon=lexicon_of(folder))


def office_calendar(home: Path) -> WorkCalendar:
    """The published calendar with the office's own years (home/calendar/*.toml) over it. Raises ConfigError."""
    try:
        return calendar_of(home / CALENDAR)
    except ValueError as error:
        raise ConfigError(str(error)) from error
