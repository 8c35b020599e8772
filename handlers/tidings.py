"""动静: what follows when a platform moves a group, takes the bot out of one or lets it in."""

from __future__ import annotations

from datetime import datetime

from handlers import wording_groups as words
from handlers.message import Outcome, Reply
from knowledge.groups import Groups, gone_entry, joined_entry, moved_entry

MOVED, GONE, JOINED = "moved", "gone", "joined"
"""The kinds that change a binding; those of `bot.channels.hearing.TidingKind`."""


def told(kind: str, native: str, to: str, groups: Groups, now: datetime) -> Outcome:
    """The entries, and the greeting of a group that is new. What was told before changes nothing, and is not said again."""
    again = native in groups.gone and groups.name(to) == groups.name(native)
    if kind == MOVED and to not in ("", native) and not again:
        return Outcome(entries=(moved_entry(native, to, now),))
    if kind == GONE and native not in groups.gone:
        return Outcome(entries=(gone_entry(native, now),))
    if kind == JOINED and (native not in groups.met or native in groups.gone):
        known = native in groups.gone
        greeting = words.GREETING_KNOWN if known else words.GREETING
        return Outcome((Reply(greeting, native),), (joined_entry(native, now),))
    return Outcome()


def alarm(kind: str, native: str, groups: Groups) -> str:
    """What the administrators are told of it; empty where nothing has to be done. `groups` is as it was before."""
    name = groups.name(native)
    called = f"“{name}”（{native}）" if name != native else f"“{native}”"
    if kind == GONE and native not in groups.gone:
        return words.GONE.format(group=called)
    return ""
