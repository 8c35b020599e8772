"""延期: a unit asks for a later date, a supervisor decides. Until he has approved it, the date stays as it is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from handlers import wording_answers as words
from handlers.message import Answer, Outcome, Reply, said
from handlers.occasion import Occasion, Point
from handlers.target import Target, target_in, without_target
from knowledge.codes import codes_in, without_codes
from knowledge.extensions import Request, Step, pending, request_key
from knowledge.happenings import parts
from knowledge.ledger import Entry, EntryKind
from knowledge.milestones import milestones
from knowledge.model import Assignment, Deadline, Span
from knowledge.normal import plain
from knowledge.patterns import regex
from knowledge.question.itemnumbers import asked_numbers, without_numbers
from knowledge.question.query import Intent
from knowledge.reported import counting
from knowledge.reports.report_words import Status
from scheduler.days import office_days
from scheduler.standing import dates_of, horizon, leaves

FARTHEST = timedelta(days=366)
SHOWN = 8
"""Lines of a list of what may be meant."""
_ASKS = regex(r"延期|延长|延后|顺延|宽限|推迟|延(?=到|至)|缓(?=到|至)|延\s*(?=[\d一二两三四五六七八九十半])")
_FILLER = regex(
    r"申请|请求|请示|恳请|我们?|本?单位|我?[局委办]|希望|需要?|想|能|再|的|要|报告|领导|完成|报送|时间|[\s,，。!！:：]"
)
# 撤回延期申请, 不延期了, 不用延了，能按期完成: what was asked for is not wanted any more.
_WITHDRAWS = regex(
    r"^\W*(?:请|麻烦|我们?|本?单位|我?[局委办]|现在|就)*(?:撤销|撤回|取消|不用|不必|不需要?|无需|不再|不(?=延))[^,，。?？]{0,12}延期?(?:的?申请)?[了吧。.!！]*"
    r"(?:[,，](?:我们?|已经?|现在|可以?|能够?)*(?:按[期时]|如期|正常)[^,，?？]*)?$"
)
# 可能要延期, 市长已同意延期: what may be, and what others are said to have granted, asks for nothing.
_NO_REQUEST = regex(
    r"(?:可能|也许|或许|万一|如果|假如|要是)[^,，。]{0,16}延|(?:获批|已?同意|已?批准|已?批复)[^,，。]{0,4}延|延期[^,，。]{0,4}(?:获批|批了|已批|批准了)"
)
_QUESTION = regex(r"[?？]\s*$|吗|能不能|可不可以|怎么|如何|谁|什么")
_REASON = regex(r"(?:原因|理由|因为|由于|原由|事由)(?:是|为)?[:：,，\s]*(?P<why>.+)$", re.DOTALL)
_SAID_APART = regex(r"[,，。;；!！\n]")
# What says no more than that it will not be done in time, or is said to people.
_NO_REASON = regex(
    r"(?:[我咱]们?|本?单位|[我本][局委办县区]|现|目前)*(?:(?:还没|尚未|无法|不能|难以|没法)?(?:按[期时]|如期|准时)?(?:完成|办结)(?:不了)?|特此(?:申请|报告|请示)|请(?:批准|批示|同意|予以(?:批准|同意))|妥否|(?:各位)?领导(?:好)?|您好|你好|谢谢|报告)[^,]{0,4}|.{0,6}[?？]"
)
_DECIDES = regex(r"^[\s,，]*(?P<no>不同意|不批准|不准|驳回|不行)|^[\s,，]*(?P<yes>同意|批准|准予|可以|准)")
_REMARK = regex(r"[,，。;；:：]\s*(?P<remark>.+)$", re.DOTALL)


def wants(text: str) -> bool:
    """Whether somebody tells that he needs a later date."""
    told = _told(text)
    return _ASKS.search(text) is not None and not (_QUESTION.search(told) or _NO_REQUEST.search(told))


def target_of(text: str, today: date) -> Target | None:
    """Until when a request asks, its reason left aside."""
    return target_in(_told(text), today)


def _told(text: str) -> str:
    return _REASON.sub("", text)


def reason_of(text: str) -> str:
    """Why, in the writer's own words: what stands behind 原因, else what he says beside the request; empty where he gives none."""
    found = _REASON.search(text)
    if found:
        return found["why"].strip()
    clauses = [_unnamed(part).strip(" 　,，。") for part in _SAID_APART.split(text)]
    return "，".join(
        part for part in clauses if len(part) > 2 and not (_ASKS.search(part) or _NO_REASON.fullmatch(part))
    )


# ---------------------------------------------------------------- to ask
def answer(occasion: Occasion) -> Outcome | None:
    """A request that names its due dates by code or quotation, or means the only one that is open; else None.

    One that names an item or a matter is a report too, which adds the request; see `handlers.report`.
    """
    text = occasion.message.text
    if not wants(text):
        return None
    target = target_of(text, occasion.today)
    if target is None:
        return _asked_until_when(occasion)
    if occasion.holder is None and not occasion.supervising:
        return said(words.EXTENSION_UNIT, Answer(Intent.REPORT)) if codes_in(text) else None
    if codes_in(text) and not occasion.pointed:
        return said(words.UNKNOWN_CODE, Answer(Intent.REPORT))
    matters = occasion.pointed or _only_open(occasion, text)
    if not matters:
        return _reported(occasion)
    if not occasion.pointed and len(matters) > 1:
        lines = [_line(one) for one in matters[:SHOWN]]
        return said(words.which_extended(lines), Answer(Intent.REPORT, answered=True))
    return _requested(occasion, matters, target)


def _asked_until_when(occasion: Occasion) -> Outcome | None:
    """延期 without a day: what may be meant, and how it is said; None where an item or a matter is named, which is a report."""
    speaks = occasion.holder is not None or occasion.supervising
    if speaks and codes_in(occasion.message.text) and not occasion.pointed:
        return said(words.UNKNOWN_CODE, Answer(Intent.REPORT))
    points = occasion.pointed or (_only_open(occasion, occasion.message.text) if speaks else ())
    bare = not _FILLER.sub("", _ASKS.sub("", _told(without_codes(occasion.message.text))))
    if not (bare and speaks) or (asked_numbers(plain(occasion.message.text)) and not occasion.pointed):
        return None
    lines = [_line(one) for one in points[:SHOWN]]
    return said(words.until_when(lines), Answer(Intent.REPORT))


def _reported(occasion: Occasion) -> Outcome | None:
    """The report that a request is, understood without its reason, whose words may mean anything; None where it is none."""
    from handlers import report
    from knowledge.question import understand

    message = occasion.message
    query = understand(replace(message, text=_told(message.text)), occasion.register, occasion.today)
    if query.intent is not Intent.REPORT:
        return None
    outcome = report.answer(query, message, occasion.register, occasion.ledger, occasion.now, occasion.calendar)
    return outcome if outcome.entries else None


def _line(one: Point) -> str:
    return words.line(one.assignment, one.due, one.code)


def _only_open(occasion: Occasion, text: str) -> tuple[Point, ...]:
    """What a sentence means that says nothing but that and until when; one that names an item or a matter is a report."""
    if asked_numbers(plain(text)):
        return ()
    left = _ASKS.sub("", without_target(_told(text)))
    return () if _FILLER.sub("", left) else occasion.open


def _requested(occasion: Occasion, matters: Sequence[Point], target: Target) -> Outcome:
    entries: list[Entry] = []
    lines: list[str] = []
    for one in matters:
        found = requested(occasion, one.assignment, one.due, target)
        if found[0] and not occasion.supervising:
            entries.append(_delayed(occasion, one))
        entries += found[0]
        lines.append(found[1])
    value = Answer(Intent.REPORT, answered=bool(entries), assignments=tuple(one.assignment.id for one in matters))
    return Outcome((Reply("\n".join(dict.fromkeys(lines))),), tuple(entries), value)


def _delayed(occasion: Occasion, point: Point) -> Entry:
    """The report that lies in every request: it will not be done in time."""
    one = point.assignment
    about = point.due.isoformat() if point.due else ""
    code = point.code or occasion.code(one, point.due)
    details = {"status": str(Status.DELAYED), "about": about} | ({"code": code} if code else {})
    return occasion.reported(one, occasion.share(one) or "", details)


def requested(occasion: Occasion, one: Assignment, due: date | None, target: Target) -> tuple[tuple[Entry, ...], str]:
    """The entries of a request for one due date (None: the next open one) and what is said to it.

    A supervisor's own word is approved as it is said.
    """
    unit = occasion.share(one)
    if unit is None:
        return (), words.extension_not_held([one], occasion.holder.printed if occasion.holder else "")
    open_ = {row.due: row for row in occasion.dates(one, unit)}
    if due is None and (goals := _stages_meant(occasion, one, open_, target)):
        if len(goals) > 1:
            return (), words.which_stage(one, goals)
        due = goals[0].due
    was = due if due in open_ else occasion.next_due(one)
    if was is None:
        return (), words.extension_done(one, occasion.standing(one, unit).finished)
    to = target.after(was, occasion.calendar)
    if to is None or to <= was:
        return (), words.extension_not_later(one, was, to or was)
    if to - was > FARTHEST:
        return (), words.extension_too_far(one, was, to)
    request = _request(occasion, one, unit, was, to, open_[was].period)
    message = occasion.message
    asked = request.entry(Step.ASKED, occasion.now, message.sender, message.conversation, message.text)
    if not occasion.supervising:
        return (asked,), words.asked(request, one)
    approved = request.entry(Step.APPROVED, occasion.now, message.sender, message.conversation, message.text)
    return (asked, approved), words.decided(request, one, True, "")


def _stages_meant(occasion: Occasion, one: Assignment, open_: Collection[date], target: Target) -> tuple[Deadline, ...]:
    """The open stages of an assignment that may be meant: the one that is named (三季度延期到…), else those before the day asked for;
    none where it has no stages."""
    goals = tuple(part for part in milestones(one, Span(None, None)) if part.due in open_)
    said = plain(_told(occasion.message.text))
    named = tuple(part for part in goals if plain(part.text).partition(":")[0].removeprefix("第") in said)
    if named or len(goals) < 2:
        return named
    return tuple(part for part in goals if target.day is None or (part.due is not None and part.due < target.day))


def _request(occasion: Occasion, one: Assignment, unit: str, was: date, to: date, period: str | None) -> Request:
    message = occasion.message
    return Request(
        request_key(one.id, unit, was, occasion.now),
        one.id,
        one.document,
        unit,
        was,
        to,
        phrases_at(occasion, one, was),
        period,
        reason_of(message.text),
        message.sender,
        occasion.now,
        message.conversation,
    )


def phrases_at(occasion: Occasion, one: Assignment, due: date) -> tuple[str, ...]:
    """The deadlines' own words that fall due on a day; a date that was moved there before stands for the words it had."""
    days, until = office_days(occasion.calendar), horizon(occasion.today)
    found = [leaf for leaf in leaves(one.deadlines) if any(row.due == due for row in dates_of(leaf, days, until))]
    return tuple(dict.fromkeys(leaf.text for leaf in found or parts(one.deadlines)))


# ---------------------------------------------------------------- to decide
def decision(occasion: Occasion) -> Outcome | None:
    """同意 K7M, 不同意 K7M，理由: a supervisor's word on a request; None when it is something else."""
    text = occasion.message.text.strip()
    told = _unnamed(text)
    found = _DECIDES.match(told)
    waiting = _waiting(occasion)
    if found is None or (not waiting and not codes_in(text) and not _plain_refusal(occasion, told)):
        return None
    meant = [] if not waiting else _meant(occasion, waiting, told[found.end() :])
    if meant is None:
        return None
    if not occasion.supervising:
        return said(words.ONLY_SUPERVISORS, Answer(Intent.REPORT))
    if not meant:
        return said(words.NOTHING_PENDING, Answer(Intent.REPORT))
    if len(meant) > 1:
        return said(words.which_decided(meant), Answer(Intent.REPORT, answered=True))
    request, one, _ = meant[0]
    remark = _REMARK.search(told)
    if found["yes"] and (granted := _granted(occasion, told)) and granted != request.to:
        if not request.was < granted <= request.was + FARTHEST:
            return said(words.not_granted(request, granted), Answer(Intent.REPORT))
        request = replace(request, to=granted)
    return _decided(occasion, request, one, bool(found["yes"]), remark["remark"].strip() if remark else "")


def _unnamed(text: str) -> str:
    left = without_codes(text)
    return without_numbers(left) if asked_numbers(plain(left)) else left


def withdrawal(occasion: Occasion) -> Outcome | None:
    """撤回延期申请: the unit that asked (or a supervisor) takes back what is not decided yet."""
    if _WITHDRAWS.match(_unnamed(occasion.message.text)) is None:
        return None
    mine = [row for row in _waiting(occasion) if occasion.supervising or occasion.share(row[1]) == row[0].unit]
    codes, wanted = codes_in(occasion.message.text), {one.assignment.id for one in occasion.named}
    meant = [row for row in mine if row[2] in codes or row[1].id in wanted] if codes or wanted else mine
    if not meant:
        return said(words.NOTHING_PENDING, Answer(Intent.REPORT))
    if len(meant) > 1:
        return said(words.which_decided(meant), Answer(Intent.REPORT, answered=True))
    request, one, _ = meant[0]
    message = occasion.message
    entry = request.entry(Step.WITHDRAWN, occasion.now, message.sender, message.conversation, message.text)
    value = Answer(Intent.REPORT, answered=True, assignments=(one.id,), documents=(one.document,))
    return Outcome((Reply(words.withdrawn(request, one)),), (entry, *_unsaid(occasion, request)), value)


def _unsaid(occasion: Occasion, request: Request) -> Iterator[Entry]:
    """The report of delay that lay in a request is taken back with it."""
    message = occasion.message
    for one in counting(occasion.ledger, request.assignment):
        late = one.entry.details.get("status") == Status.DELAYED
        if late and (one.entry.at, one.unit) == (request.at, request.unit):
            yield one.answered(EntryKind.CANCELLED, occasion.now, message.sender, message.conversation, message.text)


def _plain_refusal(occasion: Occasion, told: str) -> bool:
    """不同意, 同意延期 of a supervisor: meant for a request even where none waits."""
    return (
        occasion.supervising
        and re.fullmatch(r"(?:不同意|驳回|不?同意延期|不?同意\s*\d{1,2})[。.!！]?", told) is not None
    )


# 同意K7M，到12月10日: the supervisor grants another day than the one asked for.
_OTHER_DAY = regex(r"(?:^|[,，;；\s])(?:但是?|只能|最多|就|延期?|时间|期限|改)*(?:到|至)(?P<day>\S{2,12})$")


def _granted(occasion: Occasion, told: str) -> date | None:
    found = _OTHER_DAY.search(told.strip(" 。.!！"))
    target = target_in(f"到{found['day']}", occasion.today) if found else None
    return target.day if target else None


Waiting = tuple[Request, Assignment, str]


def _waiting(occasion: Occasion) -> list[Waiting]:
    """The requests without a decision whose assignments the conversation may know, with their codes."""
    rows = ((one, occasion.register.assignment(one.assignment)) for one in pending(occasion.ledger))
    return [(request, one, occasion.code(one, request.was)) for request, one in rows if one is not None]


def _meant(occasion: Occasion, waiting: list[Waiting], rest: str) -> list[Waiting] | None:
    """The requests that a decision means; None where the sentence is about something else."""
    codes = codes_in(occasion.message.text)
    if codes or occasion.quoted or occasion.named:
        wanted = {(one.assignment.id, one.due) for one in occasion.named}
        found = [row for row in waiting if row[2] in codes or (row[0].assignment, row[0].was) in wanted]
        named = [row for row in found if row[0].unit and row[0].unit in occasion.message.text]
        return named or found
    if not re.fullmatch(r"[\s了的延期申请吧。.!！]*(?:[,，:：;；].*)?", rest, re.DOTALL):
        return None
    return waiting


def _decided(occasion: Occasion, request: Request, one: Assignment, approved: bool, remark: str) -> Outcome:
    message = occasion.message
    step = Step.APPROVED if approved else Step.REFUSED
    entry = request.entry(step, occasion.now, message.sender, message.conversation, message.text, remark)
    value = Answer(Intent.REPORT, answered=True, assignments=(one.id,), documents=(one.document,))
    return Outcome((Reply(words.decided(request, one, approved, remark)),), (entry,), value)
