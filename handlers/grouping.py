"""绑定本群: anyone who is enrolled asks in the group what it is to be bound to, a supervisor confirms it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from handlers import wording_groups as words
from handlers.admission import Admission, reply
from handlers.message import Outcome
from handlers.rights import Right, may
from knowledge.codes import DIGITS, LETTERS
from knowledge.directory import bound_entry
from knowledge.filed_names import documents_named
from knowledge.groups import ASKED, CONFIRMED, REFUSED, Wish, apart_entry, coded, same_entry
from knowledge.ledger import Entry
from knowledge.patterns import regex
from knowledge.shares import known_as
from knowledge.units import UnitBook

_BINDS = regex(r"\s*(?:请)?(?:把)?绑定(?:本群|这个群|此群)(?:到|为|:|：)?\s*(?P<what>.*?)[。.!！]?\s*")
_SAME = regex(
    r"\s*(?:本群|这个群)(?:与|和|跟|就)是?[\s“\"「]*(?P<name>[^”\"」]+?)[”\"」\s]*是?(?:同)?一个群[。.!！]?\s*"
)
_FREES = regex(r"\s*(?:解除|取消)(?:本群|这个群)的?绑定|\s*解绑(?:本群|这个群)[。.!！]?\s*")
_LISTS = regex(r"\s*(?:待确认(?:的)?绑定|绑定申请)[。?？]?\s*")
_SHOWS = regex(r"\s*(?:本群绑定(?:了什么|情况)?|本群绑了什么|群绑定)[。?？]?\s*")
_DECIDES = regex(
    rf"\s*(?P<no>不同意|驳回|拒绝|不)?(?:确认|同意)?绑定[\s:：]*(?P<code>(?:[{LETTERS}][{DIGITS}]){{2}})[。.!！]?\s*"
)
LONGEST_SENTENCE = 600
"""Characters of what is looked at; a group may be bound to many units."""
_TITLE = regex(r"《([^》]+)》")
_PARTS = regex(r"[\s,，、;；]+")
_JOINED = regex(r"[和及与]")
_ALL = frozenset({"全部文件", "所有文件", "全部", "全部的文件"})


def answer(at: Admission) -> Outcome | None:
    """What a message does about what a group is bound to; None when it is something else."""
    text = at.message.text
    if ("绑" not in text and "群" not in text) or len(text) > LONGEST_SENTENCE:
        return None
    if at.message.group and not at.message.mentioned:
        return None
    if (found := _DECIDES.fullmatch(text.upper())) is not None and (found["no"] or "确认" in text or "同意" in text):
        return decided(at, found["code"], not found["no"])
    if _LISTS.fullmatch(text):
        return at.refused(Right.CONFIRM_BINDING) or reply(words.waiting(at.groups.waiting(at.now), at.register))
    if found := _BINDS.fullmatch(text):
        return _in_group(at) or _asked(at, found["what"].strip())
    if found := _SAME.fullmatch(text):
        return _in_group(at) or _same(at, found["name"].strip())
    if _FREES.fullmatch(text):
        return _in_group(at) or at.refused(Right.CONFIRM_BINDING) or _freed(at)
    return (_in_group(at) or reply(words.bound_to(*_now(at)))) if _SHOWS.fullmatch(text) else None


def _in_group(at: Admission) -> Outcome | None:
    """A refusal where it is no group, or who speaks is not enrolled."""
    return at.refused(Right.ASK_BINDING) or (None if at.message.group else reply(words.ONLY_IN_GROUP))


# ---------------------------------------------------------------- to ask
def _asked(at: Admission, what: str) -> Outcome:
    if not what:
        return reply(words.HOW_TO)
    if what in _ALL:
        return _wished(at, Wish(at.message.conversation, documents=(), by=at.who))
    documents: dict[str, None] = {}
    units: dict[str, None] = {}
    for name, is_title in _named(at, what):
        found = documents_named(name, at.register)
        unit = "" if is_title else _unit(at, name)
        if unit:
            units[unit] = None
        elif len(found) == 1:
            documents[found[0].id] = None
        elif found:
            return reply(words.several(name, [one.title for one in found]))
        else:
            return reply(words.UNKNOWN.format(name=name[:40]))
    wish = Wish(at.message.conversation, tuple(units), tuple(documents) if documents else None, by=at.who)
    return _wished(at, wish)


def _named(at: Admission, what: str) -> Iterator[tuple[str, bool]]:
    """The names that stand in what is to be bound, and whether each is a title. 科学和技术局 may be one name or two."""
    for title in _TITLE.findall(what):
        yield title, True
    for part in _PARTS.split(_TITLE.sub(" ", what)):
        whole = not part or _unit(at, part) or documents_named(part, at.register)
        yield from ((one, False) for one in ([part] if whole else _JOINED.split(part)) if one)


def _unit(at: Admission, name: str) -> str:
    """The name that the documents print for a unit; empty where they know none that surely goes by this name."""
    book = UnitBook.of(at.register)
    known = known_as(name, at.register)
    if name in book.names:
        return name
    return next((one for one in sorted(known) if one in book.names), name if len(known) > 1 else "")


def _same(at: Admission, name: str) -> Outcome:
    if name not in at.conversations:
        return reply(words.unknown_conversation(name, at.conversations))
    if at.groups.name(at.native) == name:
        return reply(words.SAME_ALREADY.format(name=name))
    return _wished(at, Wish(at.native, same=name, by=at.who))


def _wished(at: Admission, wish: Wish) -> Outcome:
    """Asked for; a supervisor's own word counts as it is said."""
    wish = coded(wish, at.groups, at.now)
    asked = wish.entry(ASKED, at.now, at.who, at.message.conversation, at.message.text)
    if may(at.role, Right.CONFIRM_BINDING):
        return replace(_confirmed(at, wish, asked))
    open_to_all = wish.same in at.cleared
    return reply(words.asked(wish, at.register, open_to_all), asked)


# ---------------------------------------------------------------- to decide
def decided(at: Admission, code: str, yes: bool) -> Outcome:
    """A supervisor's word on what was asked for under `code`."""
    refused = at.refused(Right.CONFIRM_BINDING)
    if refused is not None:
        return refused
    wish = next((one for one in at.groups.waiting(at.now) if one.code == code), None)
    if wish is None:
        return reply(words.NOT_WAITING.format(code=code))
    if yes:
        return _confirmed(at, wish)
    return reply(words.refused(wish, at.register), wish.entry(REFUSED, at.now, at.who, at.message.conversation))


def _confirmed(at: Admission, wish: Wish, *before: Entry) -> Outcome:
    """Bound from now on: the entries, and the documents that the register is told."""
    here, conversation = at.message.conversation, wish.conversation
    entries = [*before, wish.entry(CONFIRMED, at.now, at.who, here, at.message.text)]
    bound = at.policy.directory.units.get(conversation, ())
    entries += [bound_entry(conversation, unit, at.now, at.who) for unit in wish.units if unit not in bound]
    if wish.same:
        entries.append(same_entry(wish.conversation, wish.same, at.now, at.who))
    outcome = reply(words.confirmed(wish, at.register), *entries)
    return outcome if wish.documents is None else replace(outcome, bound=(conversation, _documents(at, wish)))


def _documents(at: Admission, wish: Wish) -> tuple[str, ...] | None:
    """The documents that the conversation may ask about afterwards; None: all."""
    before = at.filed.get(wish.conversation, ())
    return tuple(dict.fromkeys((*before, *wish.documents))) if wish.documents else None


def _freed(at: Admission) -> Outcome:
    """Bound to nothing any more, as far as no setting binds it."""
    conversation = at.message.conversation
    units, documents = at.bound_here
    entries = [bound_entry(conversation, unit, at.now, at.who, removed=True) for unit in units]
    if at.native != conversation:
        entries.append(apart_entry(at.native, at.now, at.who))
        return reply(words.APART.format(name=conversation), entries[-1])
    if not units and not documents:
        return reply(words.NOTHING_BOUND)
    outcome = reply(words.FREED, *entries)
    return replace(outcome, bound=(conversation, None)) if documents else outcome


def _now(at: Admission) -> tuple[list[str], list[str], str]:
    """The units and the titles of the documents that the group is bound to, and what the office calls it."""
    here = at.message.conversation
    titles = [one.title for id in at.register.binding(here) or () if (one := at.register.document(id)) is not None]
    return list(at.policy.directory.units.get(here, ())), titles, here if here != at.native else ""
