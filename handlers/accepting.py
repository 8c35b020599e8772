"""采纳 K7M, 退回 K7M，理由……, 全部通过: a supervisor accepts what was reported done, or returns it with a reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from handlers import wording_acceptance as words
from handlers.message import Answer, Outcome, Reply, said
from handlers.occasion import Occasion, Point
from knowledge.codes import codes_in, without_codes
from knowledge.extensions import pending
from knowledge.ledger import Entry, EntryKind, Ledger
from knowledge.normal import plain
from knowledge.patterns import regex
from knowledge.question.itemnumbers import asked_numbers, without_numbers
from knowledge.question.query import Intent
from knowledge.register import Register
from knowledge.reported import Reported, counting, waiting
from knowledge.reports.periods import periods_in, without_periods

MOST = 20
"""Reports that are read back before they are accepted together."""
_ACCEPTS = regex(
    r"(?:同意|准予|予以)?(?:采纳|采用|核定|认可|审核通过|核验通过|验收通过|核定通过|通过|合格|办结)|同意|批准|没问题"
)
_ACCEPTS_WORDS = regex(rf"(?:{_ACCEPTS.pattern}|了|的|报告|审核|核定|予以|吧|,|。|!|\s|、|和|及|:)+")
_NOT_PASSED = r"(?:不(?:予)?|没有?|未(?:能|予)?|暂不|暂缓|先不|不能)(?:予以?)?(?:通过|采纳|认可|合格|核定)"
_RETURNS = regex(rf"^(?:请)?(?:{_NOT_PASSED}|退回(?:重报|重办|补充)?|打回|驳回|重报)")
_RETURNED_BEHIND = regex(
    rf"^[\s,:、]*(?:的)?(?:报告)?(?:请|要|先)?(?:{_NOT_PASSED}|退回(?:重报|重办|补充)?|打回|驳回|重报)"
)
_CLAUSES = regex(r"[,，;；。\n]")
_REASON = regex(r"^[\s,，:：。;；、]*(?:理由|原因|因为|由于|意见)?(?:是|为)?[\s:：,，]*")
_ALL = regex(
    r"(?:全部|都|所有(?:的)?|全)(?:报告|待核的)?(?:予以)?(?:审核|核定|核验)?(?:通过|采纳|认可|核定|合格)(?:了|吧)?[。.!！]?"
)
_CONFIRMS = regex(r"(?:确认|是|对|好)的?,?(?:全部)?(?:审核|核定)?(?:通过|采纳)?[。.!！]?")
_ASKS = regex(r"哪|谁|几[项个件]|多少|吗|[?？]|情况|清单|名单|任务|列|怎么|咋|为什么|为何")
_PLAINLY = regex(r"(?:予以)?(?:采纳|核定|认可|通过)(?:了|吧)?")
_WORTH = regex(r"采纳|采用|通过|核定|认可|合格|退回|打回|驳回|重报|同意|批准|没问题|确认")


def answer(occasion: Occasion) -> Outcome | None:
    """A supervisor's word on what was reported done; None when the message is something else."""
    text = plain(occasion.message.text).strip()
    if not _WORTH.search(text):
        return None
    if len(parts := _apart(occasion.message.text)) > 1 and occasion.supervising:
        return _each(occasion, parts)
    if _ALL.fullmatch(text):
        return _read_back(occasion)
    if _CONFIRMS.fullmatch(text) and words.CONFIRM in _last_line(occasion):
        return _confirmed(occasion)
    named, left = _named(occasion, text)
    if _ACCEPTS_WORDS.fullmatch(left) and _ACCEPTS.search(left):
        return _accepted(occasion, named, left)
    if not named and _ASKS.search(text):
        return None
    reason = _reason(occasion.message.text, left)
    return None if reason is None else _returned(occasion, named, reason, left)


def _apart(text: str) -> list[str]:
    """通过 W6J，退回 Q5R，缺文号: the parts of a message that each name something and judge it, with the reason that follows."""
    parts: list[str] = []
    for clause in _CLAUSES.split(text):
        named = bool(codes_in(clause) or asked_numbers(plain(clause)))
        if named and _WORTH.search(plain(clause)):
            parts.append(clause)
        elif not parts:
            return []
        else:
            parts[-1] += f"，{clause}" if clause.strip() else ""
    return parts


def _each(occasion: Occasion, parts: Sequence[str]) -> Outcome | None:
    """What each part leads to, all of them or none."""
    found = [answer(replace(occasion, message=replace(occasion.message, text=part))) for part in parts]
    outcomes = [one for one in found if one is not None and one.answer is not None]
    if len(outcomes) < len(parts):
        return said(words.NOT_HEARD, Answer(Intent.REPORT))
    ids = tuple(id for one in outcomes if one.answer for id in one.answer.assignments)
    text = "\n".join(one.text for one in outcomes)
    value = Answer(Intent.REPORT, answered=any(one.answer.answered for one in outcomes if one.answer), assignments=ids)
    return Outcome((Reply(text),), tuple(entry for one in outcomes for entry in one.entries), value)


def _last_line(occasion: Occasion) -> str:
    turns = occasion.message.turns
    return turns[-1].text if turns and turns[-1].by_bot else ""


def _named(occasion: Occasion, text: str) -> tuple[tuple[Point, ...], str]:
    """What the message names, and what is left of it without codes and numbers."""
    left = without_codes(text)
    head = re.split(r"[,:。;]", left, maxsplit=1)[0] if not codes_in(text) else ""
    if not codes_in(text) and asked_numbers(head):
        left = without_numbers(head) + left[len(head) :]
    return occasion.named, plain(without_periods(left)).strip(" ,:、。的")


# ---------------------------------------------------------------- to accept
def _accepted(occasion: Occasion, named: Sequence[Point], left: str) -> Outcome | None:
    if named and _asked_later(occasion, named) and re.match(r"同意|批准", left):
        return None
    found = _waiting_on(occasion, named) if named else _all_waiting(occasion)
    if not found:
        return _nothing(occasion, named, left)
    if not occasion.supervising:
        return said(words.ONLY_SUPERVISORS, Answer(Intent.REPORT)) if named else None
    if not named and (re.match(r"同意|批准|没问题", left) or _RETURNS.match(left)):
        return None
    if not named and len(found) > 1:
        return said(words.which([_line(occasion, one) for one in found[:MOST]]), Answer(Intent.REPORT, answered=True))
    return _written(occasion, found)


def _asked_later(occasion: Occasion, named: Sequence[Point]) -> bool:
    """Whether a request for a later date waits on what is named: 同意 means that."""
    ids = {one.assignment.id for one in named}
    return any(one.assignment in ids for one in pending(occasion.ledger))


def _nothing(occasion: Occasion, named: Sequence[Point], left: str) -> Outcome | None:
    """Nothing waits: told where a supervisor named it by its code, else it is none of this."""
    if not occasion.supervising or (not codes_in(occasion.message.text) and not (named and _PLAINLY.fullmatch(left))):
        return None
    if not named:
        return said(words.UNKNOWN_CODE, Answer(Intent.REPORT))
    if _asked_later(occasion, named):
        return said(words.asked_later(named[0].code), Answer(Intent.REPORT))
    return (
        None if re.match(r"同意|批准", left) else said(words.nothing_waits(named[0].assignment), Answer(Intent.REPORT))
    )


def _waiting_on(occasion: Occasion, named: Sequence[Point]) -> list[Reported]:
    """The completions that wait on what is named; of the unit that is named with it, where one is."""
    return [one for point in named for one in _of(occasion, point, [r for r in _counted(occasion, point) if r.waiting])]


def _counted(occasion: Occasion, point: Point) -> tuple[Reported, ...]:
    return counting(occasion.ledger, point.assignment.id)


def _of(occasion: Occasion, point: Point, reports: Sequence[Reported]) -> list[Reported]:
    """Of the reports on an assignment, those of the named date, where any is; and of the named unit, where one is."""
    about = point.due.isoformat() if point.due else ""
    periods = periods_in(plain(occasion.message.text), occasion.today)
    if within := [one for one in reports if one.entry.details.get("period") in periods]:
        reports = within
    dated = [one for one in reports if one.entry.details.get("about") == about]
    found = dated or list(reports)
    whose = [one for one in found if one.unit and one.unit in occasion.message.text]
    return whose or found


def _all_waiting(occasion: Occasion) -> list[Reported]:
    return [one for one in waiting(occasion.ledger) if occasion.register.assignment(one.entry.assignment)]


def _line(occasion: Occasion, one: Reported) -> str:
    row = occasion.register.assignment(one.entry.assignment)
    assert row is not None, "only what the conversation may know is listed"
    return words.line(one, row, occasion.register.demands.of(row.document))


def _written(occasion: Occasion, found: Sequence[Reported]) -> Outcome:
    message = occasion.message
    entries = tuple(
        one.answered(EntryKind.ACCEPTED, occasion.now, message.sender, message.conversation, message.text)
        for one in found
    )
    ids = tuple(dict.fromkeys(one.entry.assignment for one in found))
    text = words.accepted([_line(occasion, one) for one in found])
    return Outcome((Reply(text),), entries, Answer(Intent.REPORT, answered=True, assignments=ids))


def _read_back(occasion: Occasion) -> Outcome | None:
    """All that waits is said first, and accepted only when that is confirmed."""
    found = _all_waiting(occasion)
    if not occasion.supervising:
        return None
    if not found:
        return said(words.NOTHING, Answer(Intent.REPORT))
    lines = [_line(occasion, one) for one in found[:MOST]]
    return said(words.read_back(lines, len(found)), Answer(Intent.REPORT, answered=True))


def _confirmed(occasion: Occasion) -> Outcome | None:
    """What was read back, as far as it still waits: nothing that came in between."""
    if not occasion.supervising:
        return None
    shown = set(_last_line(occasion).splitlines())
    found = [one for one in _all_waiting(occasion) if f"· {_line(occasion, one)}" in shown]
    return _written(occasion, found) if found else said(words.NOTHING, Answer(Intent.REPORT))


# ---------------------------------------------------------------- to return
def _reason(text: str, left: str) -> str | None:
    """Why it is returned, in the supervisor's own words; empty where he gives none, None where nothing is returned."""
    for pattern in (_RETURNS, _RETURNED_BEHIND):
        if (found := pattern.match(left)) and (behind := left[found.end() :]) is not None:
            told = _REASON.sub("", behind).strip()
            own = text.find(told) if told else -1
            return text[own:].strip(" 。") if own >= 0 else told
    return None


def _returned(occasion: Occasion, named: Sequence[Point], reason: str, left: str) -> Outcome | None:
    if named and left.startswith("驳回") and _asked_later(occasion, named):
        return None
    found = _may_return(occasion, named)
    if not found:
        return _nothing(occasion, named, left)
    if not occasion.supervising:
        return said(words.ONLY_SUPERVISORS, Answer(Intent.REPORT)) if named else None
    if not named and left.startswith("驳回"):
        return None
    if len({one.unit for one in found}) > 1 or (not named and len(found) > 1):
        lines = [_line(occasion, one) for one in found[:MOST]]
        return said(words.which_returned(lines), Answer(Intent.REPORT, answered=True))
    if not reason:
        return said(words.why(_line(occasion, found[0])), Answer(Intent.REPORT, answered=True))
    return _sent_back(occasion, found, reason)


def _may_return(occasion: Occasion, named: Sequence[Point]) -> list[Reported]:
    """What waits of what is named; else the last completion of each unit, which was accepted or needed no acceptance."""
    if not named:
        return _all_waiting(occasion)
    if found := _waiting_on(occasion, named):
        return found
    last: dict[tuple[str, str], Reported] = {}
    for point in named:
        for one in _of(occasion, point, [r for r in _counted(occasion, point) if r.done]):
            last[one.entry.assignment, one.unit] = one
    return list(last.values())


def _sent_back(occasion: Occasion, found: Sequence[Reported], reason: str) -> Outcome:
    message = occasion.message
    entries = tuple(
        one.answered(
            EntryKind.RETURNED, occasion.now, message.sender, message.conversation, message.text, reason=reason
        )
        for one in found
    )
    ids = tuple(dict.fromkeys(one.entry.assignment for one in found))
    text = words.returned([_line(occasion, one) for one in found], reason)
    return Outcome((Reply(text),), entries, Answer(Intent.REPORT, answered=True, assignments=ids))


def released(register: Register, ledger: Ledger, now: datetime) -> tuple[Entry, ...]:
    """The entries that accept what waits although its document asks for no acceptance any more."""
    return tuple(
        one.answered(EntryKind.ACCEPTED, now, "", "", words.SWITCHED_OFF)
        for one in waiting(ledger)
        if not register.demands.of(one.entry.document).acceptance
    )
