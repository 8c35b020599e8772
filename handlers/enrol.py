"""绑定: a code typed in a private chat makes the account somebody's; who one is, for whom one speaks, and how it ends.

Asked before everything else; None for whatever is about something else, and that quickly.
"""

from __future__ import annotations

import re
from dataclasses import replace

from handlers import wording_people as words
from handlers.admission import Admission, reply
from handlers.message import Outcome
from handlers.rights import Right
from knowledge.cards import read_card
from knowledge.invitations import (
    USED,
    VOID,
    Fresh,
    Invitation,
    closed_entry,
    code_in,
    fresh,
    issued_entry,
    tries_left,
    voided,
    wrong_entry,
)
from knowledge.ledger import Entry
from knowledge.normal import visible_form
from knowledge.patterns import regex
from knowledge.people import (
    ABOVE,
    ADMINISTRATOR,
    LIAISON,
    LONGEST,
    ROLES,
    Person,
    chosen_entry,
    enrolled_entry,
    left_entry,
    name_of,
    released_entry,
)
from knowledge.shares import holder_of

LONGEST_SENTENCE = 200
"""Characters of what is looked at: a command is short, and what is long may be made to take time."""
_SIGNS = r"[^\s\u4e00-\u9fff-]{2,}"
_BINDS = regex(rf"\s*绑定码?[\s:：,，是]*(?P<code>{_SIGNS}(?:[\s-]+{_SIGNS})*)(?P<name>[\s,，]+\D+)?")
_WHO = regex(r"\s*(?:我是谁|我的身份|你知道我是谁吗|我绑定了吗|我绑了吗)[?？。!！]?\s*")
_RELEASES = regex(r"\s*(?:解绑|解除绑定|取消绑定)(?P<whom>[\s:：]*[^。.!！]*)[。.!！]?\s*")
_CHOOSES = regex(r"\s*(?:我?(?:现在)?代表|切换到)[\s:：]*(?P<unit>[^\s，,。?？]{2,40})[。.!！]?\s*")
_INVITES = regex(r"\s*邀请[\s:：]*(?P<rest>\S.*)", re.DOTALL)
_PEOPLE = regex(r"\s*人员名单[。?？]?\s*")
_PARTS = regex(r"[\s,，、;；]+")
_ASKS = regex(r"谁|什么|哪|吗|怎么|多少|牵头|负责|时限|[?？]")
_ROLE = {word: role for role, word in ROLES.items()}


def answer(at: Admission) -> Outcome | None:
    """What a message does about who somebody is; None when it is something else."""
    text = at.message.text
    if len(text) > LONGEST_SENTENCE:
        return None
    binds = _BINDS.fullmatch(text)
    if binds and code_in(binds["code"]):
        return _typed(at, code_in(binds["code"]), binds["name"] or "")
    if at.message.group and not at.message.mentioned:
        return None
    if binds and not at.message.group:
        return _tried(at, None)
    if _WHO.fullmatch(text):
        return _who(at)
    if _ASKS.search(text):
        return None
    for pattern, part in ((_PEOPLE, _listed), (_RELEASES, _released), (_CHOOSES, _chosen), (_INVITES, _invited)):
        if found := pattern.fullmatch(text):
            return part(at, next(iter(found.groupdict().values()), "").strip())
    return None


# ---------------------------------------------------------------- a code is typed
def _typed(at: Admission, code: str, name: str) -> Outcome:
    """A code was typed, rightly or not."""
    if not tries_left(at.message.person, at.ledger, at.now):
        locked = words.LOCKED.format(whom=at.whom or words.AN_ADMINISTRATOR)
        return reply(words.NOT_IN_GROUP if at.message.group else locked)
    meant = at.invitations.meant(code)
    if at.message.group:
        return _in_group(at, meant)
    if meant is None:
        return _tried(at, None)
    if meant.closed == USED:
        mine = at.person if meant.key == at.message.person else None
        return reply(words.USED_BY_YOU.format(who=mine.words)) if mine else _tried(at, meant)
    if not meant.open(at.now):
        return reply(words.OLD.format(whom=at.whom or words.AN_ADMINISTRATOR))
    return _enrolled(at, meant, code, name)


def _in_group(at: Admission, meant: Invitation | None) -> Outcome:
    """Everybody in the group has seen it: it is void."""
    if meant is None:
        wrong = wrong_entry(at.message.person, at.now, at.who, at.message.conversation)
        return reply(words.NOT_IN_GROUP, wrong)
    if not meant.open(at.now):
        return reply(words.NOT_IN_GROUP)
    entry = closed_entry(meant, VOID, at.message.person, at.now, at.who, at.message.conversation)
    return reply(words.VOID_IN_GROUP.format(whom=at.whom or words.AN_ADMINISTRATOR), entry)


def _tried(at: Admission, used: Invitation | None) -> Outcome:
    """A code that is none, or somebody else's: counted."""
    left = tries_left(at.message.person, at.ledger, at.now)
    whom = at.whom or words.AN_ADMINISTRATOR
    if not left:
        return reply(words.LOCKED.format(whom=whom))
    entry = wrong_entry(at.message.person, at.now, at.who, at.message.conversation)
    if used is not None:
        return reply(words.USED.format(whom=whom), entry)
    return reply(words.WRONG.format(left=left - 1) if left > 1 else words.WRONG_LAST.format(whom=whom), entry)


def _enrolled(at: Admission, meant: Invitation, code: str, told: str) -> Outcome:
    """The account is this person's from now on."""
    key, where = at.message.person, at.message.conversation
    name = meant.person.name
    if name and told.strip() and name_of(told) != name:
        return _tried(at, None)  # somebody else's code: whose it is is not told
    if not name:
        name = name_of(told)
        if not name:
            wrong = told.strip()
            return reply(
                words.NOT_A_NAME.format(name=wrong[:LONGEST], most=LONGEST)
                if wrong
                else words.YOUR_NAME.format(code=code)
            )
    person = replace(meant.person, name=name)
    before = at.people.all_of(key)
    other = next((one.name for one in before if one.name != name), "")
    entries = (
        closed_entry(meant, USED, key, at.now, name, where),
        enrolled_entry(person, key, at.now, meant.by or name, where),
    )
    return reply(words.bound(person, [one for one in before if one.name == name], other), *entries)


# ---------------------------------------------------------------- who somebody is
def _who(at: Admission) -> Outcome:
    key = at.message.person
    if at.person is None:
        return reply(words.stranger(at.whom) + _proposed(at))
    told = words.who_is(at.person, at.people.all_of(key), key)
    return reply(told.partition("\n")[0] if at.message.group else told)  # accounts are nobody else's matter


def _proposed(at: Admission) -> str:
    """What the card of a stranger in a group proposes, where it names a unit of the register; whoever invites decides."""
    card = read_card(at.message.sender.removesuffix(words.UNENROLLED)) if at.message.group else None
    unit = printed(at, card.unit) if card else ""
    if card is None or not at.register.of_units([unit]):
        return ""
    return words.proposed(unit, card.name, at.whom)


def _listed(at: Admission, _: str) -> Outcome:
    return at.refused(Right.INVITE) or reply(words.listed(at.people, at.now))


def _chosen(at: Admission, unit: str) -> Outcome | None:
    """For which of his units somebody speaks; None where nobody is meant: then it is no such sentence."""
    mine = at.people.all_of(at.message.person)
    meant = [one for one in mine if one.unit == unit or printed(at, unit) == one.unit]
    if not meant and not (mine and at.register.of_units([printed(at, unit)])):
        return None
    if not meant:
        return reply(words.NOT_YOURS.format(unit=unit, who="、".join(one.words for one in mine)))
    if len(mine) == 1:
        return reply(words.HOW_TO_CHOOSE.format(who=mine[0].words))
    entry = chosen_entry(at.message.person, meant[0], at.now, at.message.conversation)
    return reply(words.chosen(meant[0]), entry)


# ---------------------------------------------------------------- it ends
def _released(at: Admission, whom: str) -> Outcome | None:
    if "本群" in whom or "码" in whom[:1]:
        return None
    mine = at.people.all_of(at.message.person)
    whom = whom.removeprefix("我").strip()
    own = [one for one in mine if whom in ("", one.unit) or (whom and printed(at, whom) == one.unit)]
    if own or not whom:
        return _released_oneself(at, own)
    refused = at.refused(Right.INVITE)
    return refused or _released_other(at, whom)


def _released_oneself(at: Admission, own: list[Person]) -> Outcome:
    if not own:
        return reply(words.NOT_BOUND)
    key, where = at.message.person, at.message.conversation
    stays = _stays(at, own, key)
    if stays:
        return reply(stays)
    entries = [released_entry(key, at.now, at.who, where, one) for one in own]
    return reply(words.released(own, True), *entries)


def _stays(at: Admission, leaving: list[Person], key: str = "") -> str:
    """Why somebody cannot be unbound; empty where nothing stands against it."""
    written = next((one for one in leaving if any(one.who == two.who for two in at.written)), None)
    if written is not None:
        return words.IN_SETTINGS.format(who=written.words)
    last = at.people.in_role(ADMINISTRATOR)
    if len(last) == 1 and last[0] in leaving and (not key or last[0].keys == (key,)):
        return words.LAST_ADMINISTRATOR.format(who=last[0].words)
    return ""


def _released_other(at: Admission, whom: str) -> Outcome:
    found = leaving(at, whom)
    if isinstance(found, str):
        return reply(found)
    person, entries = found
    if person.role in ABOVE and at.role != ADMINISTRATOR:
        return at.refused(Right.INVITE_ABOVE) or reply(words.PRIVATE_ONLY)
    return reply(words.released([person], False), *entries)


def leaving(at: Admission, whom: str) -> tuple[Person, tuple[Entry, ...]] | str:
    """The person that words mean and what the ledger is told when he is enrolled no more; else why he stays."""
    found = named(at, whom)
    if isinstance(found, str):
        return _withdrawn(at, whom) or found
    stays = _stays(at, [found])
    return stays or (found, (left_entry(found, at.now, at.who, at.message.conversation),))


def _withdrawn(at: Admission, whom: str) -> tuple[Person, tuple[Entry, ...]] | None:
    """Who is invited only, with the codes made void; None where nobody of this name is."""
    unit, name = _unit_and_name(at, whom)
    open_ = [one for one in at.invitations.open(at.now) if name and one.person.name == name]
    meant = [one for one in open_ if unit in ("", one.person.unit)]
    return (meant[0].person, voided(meant, at.now, at.who)) if len({one.person.who for one in meant}) == 1 else None


def _unit_and_name(at: Admission, whom: str) -> tuple[str, str]:
    parts = [part for part in _PARTS.split(whom.strip()) if part]
    return printed(at, "".join(parts[:-1])) if len(parts) > 1 else "", name_of(parts[-1]) if parts else ""


def named(at: Admission, whom: str) -> Person | str:
    """The person that words like 市财政局 王芳 mean; else what is said to it."""
    unit, name = _unit_and_name(at, whom)
    found = at.people.named(name, unit)
    if not found:
        return words.UNKNOWN_PERSON.format(who=f"“{whom.strip()[:LONGEST]}”")
    if len(found) > 1:
        return words.WHICH_PERSON.format(name=name, who="、".join(one.words for one in found))
    return found[0]


def printed(at: Admission, unit: str) -> str:
    """The name that the documents print for a unit, else the one it was called by."""
    told = visible_form(unit)
    return holder_of(told, at.register).printed if told else ""


# ---------------------------------------------------------------- a code is given
def _invited(at: Admission, rest: str) -> Outcome | None:
    wanted = _wanted(at, rest)
    if wanted is None:
        return None if at.person is None else (at.refused(Right.INVITE) or reply(words.HOW_TO_INVITE))
    refused = at.refused(Right.INVITE_ABOVE if wanted.role in ABOVE else Right.INVITE)
    if refused is not None:
        return refused
    if at.message.group:
        return reply(words.PRIVATE_ONLY)
    if not wanted.unit and wanted.role not in ABOVE:
        return reply(words.NEEDS_UNIT.format(name=wanted.name))
    new, entries = invite(at, wanted)
    known = next((one for one in at.people if one.who == wanted.who), None)
    note = f"\n{words.invited_known(known)}" if known else ""
    return reply(words.invited(new, wanted) + note, *entries)


def invite(at: Admission, person: Person) -> tuple[Fresh, tuple[Entry, ...]]:
    """A new code for a person; the open ones of the same person are void from now on."""
    new = fresh(person, at.ledger, at.now, at.who, at.draw)
    old = [closed_entry(one, VOID, "", at.now, at.who) for one in at.invitations.waiting(person, at.now)]
    return new, (*old, issued_entry(new.invitation, at.message.conversation))


def _wanted(at: Admission, rest: str) -> Person | None:
    """Whom 市财政局 王芳 联络员 means; None where it is no such thing."""
    parts = [part for part in _PARTS.split(rest.strip(" 。.!！")) if part]
    roles = [_ROLE[part] for part in parts if part in _ROLE]
    others = [part for part in parts if part not in _ROLE]
    if len(others) > 2 and all(len(part) == 1 for part in others[1:]):
        others = [others[0], "".join(others[1:])]
    name = name_of(others[-1]) if 1 <= len(others) <= 2 else ""
    if not name or len(roles) > 1 or (not roles and len(others) < 2):
        return None
    return Person(name, printed(at, others[0]) if len(others) == 2 else "", roles[0] if roles else LIAISON)
