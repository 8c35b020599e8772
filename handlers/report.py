"""第91项已完成: progress reported by a unit, stored for its own share only, and said back in a line.

A liaison reports for the unit that the office has enrolled (`message.unit`); who says in a sentence that he is from a
unit is not believed, because the ledger is what units are judged by. A supervisor without a unit keeps the ledger for
all: his word, on an item he names, stands for the whole assignment, or for the unit that he names with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from handlers import extension, undoing, wording, wording_acceptance, wording_reports
from handlers.assured import assured
from handlers.message import Answer, Outcome, Reply, said, silent
from handlers.occasion import Occasion, Point
from handlers.recording import recorded
from handlers.refusing import refuse
from handlers.reporting import Case, Meant, meant_by
from handlers.weighing import names_what_is_wanted, of_the_whole, weighed
from knowledge.codes import codes_in, without_codes
from knowledge.ledger import Entry, Ledger
from knowledge.lexicon import office_lexicon
from knowledge.model import Message
from knowledge.normal import has_han, plain
from knowledge.patterns import regex
from knowledge.people import ABOVE
from knowledge.question.conversation import Pointed, pointed
from knowledge.question.query import Intent, Query
from knowledge.question.signs import is_question
from knowledge.register import Register
from knowledge.reports import Told, report_of
from knowledge.reports.report_words import Status, is_pending
from knowledge.shares import Holder, holder_of
from scheduler.calendar import WorkCalendar
from scheduler.standing import standing

_TROUBLE = frozenset({Status.PROBLEM, Status.DELAYED})
# What names somebody else is said to him and not to the bot, whose own mention is taken off before.
# A thumb for a reminder says that it was seen.
_ONLY_OK = regex(r"\W*(?:ok|okay|okk+|好的?|行)\W*")
# What a supervisor says of a report, and no report of his own.
_JUDGES = regex(
    r"(?<!验收)(?:审核|核定)?(?:通过(?!了?[^,]{0,4}(?:验收|评审|审查))|退回|驳回|打回)|待定|暂缓|再议|合格(?!率)"
)
_TO_OTHERS = regex(r"@(?!\S{0,6}(?:牵头|助手|机器人))[^\W\x00-\xff]")


def answer(
    query: Query, message: Message, register: Register, ledger: Ledger, now: datetime, calendar: WorkCalendar
) -> Outcome:
    """What a report leads to: an entry for each assignment that it surely means, a question back for the rest."""
    if _TO_OTHERS.search(message.text):
        return silent(query.intent)
    if query.place and any(f"{query.place}{sign}" in message.text for sign in "市县区州省的"):
        return refuse(query, wording.place_unknown(query.place))
    holder = _holder(message, query, register)
    if holder is None and message.role not in ABOVE:
        return refuse(query, wording_reports.UNIT_UNKNOWN)
    occasion = Occasion(message, register, ledger, now, calendar)
    today = occasion.today
    said = message.text if has_han(message.text) else query.text  # di 6 xiang yi wancheng
    report = undoing.instead(occasion, report_of(said, today, office_lexicon(register)))
    if report.withheld:
        return refuse(query, wording_reports.WITHHELD)
    before = _before(occasion)
    case = Case(query, register, holder, today, before, report.correcting)
    told = report.told or ((Told(message.text, Status.IN_PROGRESS),) if report.correcting and before else ())
    meant = _settled(_read_together(case, [meant_by(case, one) for one in told]))
    if not meant:
        return refuse(query, wording_reports.WHICH)
    meant = [assured(case, one, occasion) for one in meant]
    wrong = undoing.replaced(occasion, report, meant) if report.correcting else ()
    return _with_extensions(recorded(case, meant, occasion, wrong), meant, occasion)


def _before(occasion: Occasion) -> Pointed:
    """What was said before; where that names nothing, what this conversation was reminded of and has not answered."""
    before = pointed(occasion.message, occasion.register)
    if before.assignments or not occasion.message.conversation:
        return before
    rows = list(dict.fromkeys(one.assignment for one in occasion.open))
    return replace(before, assignments=tuple(row.id for row in rows), documents=tuple(row.document for row in rows))


def _read_together(case: Case, meant: list[Meant]) -> list[Meant]:
    """What neighbouring clauses mean of which none alone tells its subject surely: 分馆挂牌5个，展演13场."""
    unsure = [one for one in meant if one.told.topic and not (one.assignments or one.elsewhere or one.told.numbers)]
    if len(unsure) < 2 or len(unsure) < len(meant) or not any(one.told.status for one in unsure):
        return meant
    told = [one.told for one in unsure]
    whole = replace(
        told[0],
        words="，".join(one.words for one in told),
        status=min((one.status for one in told if one.status), key=_GRAVITY.index),
        topic="".join(one.topic for one in told),
        urls=tuple(dict.fromkeys(url for one in told for url in one.urls)),
        counted=all(one.counted for one in told),
        percent=next((one.percent for one in told if one.percent is not None), None),
    )
    found = meant_by(case, whole)
    return [found] if found.assignments else meant


def _with_extensions(outcome: Outcome, meant: Sequence[Meant], occasion: Occasion) -> Outcome:
    """The same with the requests that lie in it: what is late and says until when (第3项要延期到9月15日). What has no date is late without
    a request: there is nothing to be extended."""
    told = [one for one in meant if one.told.status in _TROUBLE]
    asking = [one for one in told if extension.wants(one.told.words)] or [
        one for one in told if one.told.status is Status.DELAYED
    ]
    late = [one for each in asking for one in each.assignments]
    late = [one for one in late if not occasion.undated(one)]
    target = extension.target_of(occasion.message.text, occasion.today) if late else None
    if target is None or not extension.wants(occasion.message.text):
        return outcome
    found = [extension.requested(occasion, one, None, target) for one in late]
    # What only asks for a later date is said once: by the request.
    asks_only = all(one.told.status is Status.DELAYED for one in meant)
    text = wording.lines("" if asks_only else outcome.text, *dict.fromkeys(line for _, line in found))
    refused = {one.id for one, (ones, _) in zip(late, found, strict=True) if not ones}
    kept = tuple(one for one in outcome.entries if not (one.assignment in refused and _says_late(one)))
    return replace(outcome, replies=(Reply(text),), entries=(*kept, *(e for ones, _ in found for e in ones)))


def _says_late(entry: Entry) -> bool:
    return entry.details.get("status") == Status.DELAYED


def pointed_at(occasion: Occasion) -> Outcome | None:
    """完成 K7M and its kin: a report on the due dates that a code or a quotation means; None when it tells no progress."""
    points = occasion.pointed
    if not points or (occasion.holder is None and not occasion.supervising):
        return None
    text = plain(without_codes(occasion.message.text))
    if is_question(text) or _ONLY_OK.fullmatch(text):
        return None
    if occasion.holder is None and _JUDGES.search(text):
        return said(wording_acceptance.NOT_HEARD, Answer(Intent.REPORT))
    report = report_of(text, occasion.today, office_lexicon(occasion.register))
    told = next((one for one in report.told if one.status is not None and not one.numbers), None)
    if told is None:
        return said(wording_reports.correct_how(points[0].code), Answer(Intent.REPORT)) if report.correcting else None
    query = Query(Intent.REPORT, occasion.message.text)
    case = Case(query, occasion.register, occasion.holder, occasion.today, Pointed(), report.correcting)
    mine = [one for one in points if case.share(one.assignment) is not None]
    if not mine:
        rows = [one.assignment for one in points[:2]]
        return said(wording_reports.not_held(rows, case.holder.printed if case.holder else ""), Answer(query.intent))
    if len(mine) > 1 and not codes_in(occasion.message.text) and not told.each:
        return said(wording_reports.which_of([one.assignment for one in mine], occasion.register), Answer(query.intent))
    meant = [Meant(told, (one.assignment,), _period(occasion, one), due=one.due) for one in mine]
    return recorded(case, [assured(case, one, occasion) for one in meant], occasion)


def _period(occasion: Occasion, one: Point) -> tuple[str, ...]:
    """What a due date of a rhythm reports on."""
    state = standing(one.assignment, occasion.ledger, occasion.calendar, occasion.today)
    return tuple({row.period for row in state.dates if row.due == one.due and row.period})


def _holder(message: Message, query: Query, register: Register) -> Holder | None:
    """Who reports: the asker's enrolled unit; for a supervisor without one, the only unit that he names."""
    if message.unit:
        return holder_of(message.unit, register)
    if message.role in ABOVE and len(query.units) == 1 and query.names and not query.own:
        return holder_of(query.names[0], register)
    return None


SURE_OF_LATER = 0.5
"""How well a later clause must fit another assignment, so as not to explain the one before it."""
SURE_OF_TROUBLE = 0.75
"""The same where it tells of nothing but trouble."""
SURE_OF_OTHER = 0.9
"""The same where the clause before it tells of trouble already, of which it may be the reason."""
# 食堂那项: a matter of its own.
_NAMES_ONE = regex(r"[这那]一?(?:项|条|件|个任务|块)")
# What says more about one assignment than what stands after it.
_GRAVITY = (Status.PROBLEM, Status.DELAYED, Status.IN_PROGRESS, Status.DONE)


def _settled(meant: list[Meant]) -> list[Meant]:
    """What is to be answered. A later clause without an assignment only explains the one before it.

    Of what two clauses tell of one assignment the graver holds: what is done and has a part left over is under way. Where the
    item itself is said to be done and a part of it is not, nothing is believed and it is asked.
    """
    settled: list[Meant] = []
    for each in meant:
        one = (
            _only_why(each, settled[-1])
            if settled and (settled[-1].assignments or _names_other(settled[-1], each))
            else each
        )
        before = next((at for at, other in enumerate(settled) if _concerns(one, other)), None)
        if one.told.status is None and settled and not one.told.numbers:
            settled[-1] = _explained(settled[-1], one)
        elif before is None and settled and one.assignments and _only_leads_up(settled[-1]):
            settled[-1] = _together(one, settled[-1])  # 12个已投产9个，老桥已通车: the first names no item of its own
        elif before is None and settled and _tells_when(settled[-1]) and one.assignments and not _tells_when(one):
            settled[-1] = _explained(
                one, settled[-1]
            )  # 刚开完总结会，集中开工办结了: the first tells when, of no matter of its own
        elif before is None:
            settled.append(one)
        else:
            settled[before] = _together(settled[before], one)
    return settled


def _names_other(before: Meant, one: Meant) -> bool:
    """Whether the clause before names a subject that was not found, of which the trouble told in this one may be: 那几栋房子，施工方要价
    谈不拢 is stored for nothing that only speaks of 施工."""
    troubled = one.told.status in _TROUBLE and not one.told.numbers
    return troubled and bool(before.told.topic) and before.told.status is not None and one.sure < SURE_OF_OTHER


def _only_why(one: Meant, before: Meant) -> Meant:
    """A later clause, without its assignment where that fits its words badly: 省里第二批名单还没下 tells why, and of no other matter. What
    only tells of trouble (系统对不上，请协调) tells why oftener still, and most of all what is left undone behind trouble (专栏要延期，
    网页没做完)."""
    open_, named = one.told.status is not Status.DONE, bool(one.told.numbers) or _NAMES_ONE.search(one.told.words)
    trouble = one.told.status in _TROUBLE and not one.told.numbers
    why = open_ and not named and before.told.status in _TROUBLE
    least = SURE_OF_OTHER if why else SURE_OF_TROUBLE if trouble else SURE_OF_LATER
    only = one.sure < least or (why and one.of_all)
    return replace(one, assignments=(), periods=(), problem="", sure=1.0) if only else one


# 刚开完推进会: when it is told, and of no matter beside one that is named.
_AFTER_MEETING = regex(
    r"^\W*(?:我们?|这边|局里|刚刚?|刚才|才|今天|昨天|上午|下午|早上)+(?:开完|开了|参加完|散了?)[^,，]{0,10}会议?了?\W*$"
)


def _tells_when(one: Meant) -> bool:
    """Whether a clause only says when it is told, or its words fit the assignment that they may mean so badly that they mean none
    beside one that fits."""
    if not one.assignments or one.told.numbers:
        return False
    return one.sure < SURE_OF_LATER or _AFTER_MEETING.search(one.told.words) is not None


def _only_leads_up(one: Meant) -> bool:
    """Whether a clause without a known subject tells that something is left."""
    return not one.assignments and not one.told.numbers and one.told.status not in (None, Status.DONE)


def _together(before: Meant, one: Meant) -> Meant:
    """Two clauses about the same assignment as one."""
    first, second = before.told, one.told
    assert first.status is not None, "only what is told has an assignment"
    assert second.status is not None, "what tells nothing is an explanation"
    words = f"{first.words}，{second.words}"
    if len(before.assignments) == 1 and second.status is Status.DONE:
        second = weighed(second, before.assignments[0])
    if before.periods != one.periods and (first.counted or second.counted):
        dated = before if second.counted else replace(one, told=replace(second, urls=(*first.urls, *second.urls)))
        return _with_links(dated, one)  # 6月的已公示，全年已抽检2200批次: the month's is what can be closed
    if (
        Status.DONE in (first.status, second.status)
        and first.status != second.status
        and of_the_whole(first)
        and not second.counted
    ):
        return Meant(second, problem=wording_reports.contradictory(before.assignments))
    if first.status is Status.DONE and second.counted and not names_what_is_wanted(before.assignments, second.words):
        return _with_links(replace(before, told=replace(first, words=words)), one)  # 丰收节办完了，签约1.2亿
    if (
        len(before.assignments) == 1
        and Status.DONE in (first.status, second.status)
        and (first.counted or second.counted)
    ):
        merged = weighed(replace(first, words=words, status=Status.IN_PROGRESS, counted=True), before.assignments[0])
    else:
        graver = min(first.status, second.status, key=_GRAVITY.index)
        merged = replace(first, words=words, status=graver, counted=first.counted and second.counted)
    share = first.percent if first.percent is not None else second.percent
    merged = replace(merged, percent=None if merged.status is Status.DONE else share)
    return _with_links(replace(before, told=merged), one)


def _explained(before: Meant, one: Meant) -> Meant:
    """A report with a clause that only says more about it (班列已开通，每周2列)."""
    told = replace(before.told, words=f"{before.told.words}，{one.told.words}")
    other = one.told.periods and not set(one.told.periods) <= set(before.periods)
    if told.status is Status.DONE and not other and not one.assignments and is_pending(plain(one.told.words)):
        told = replace(told, status=Status.IN_PROGRESS)
    alone = before.assignments[0] if len(before.assignments) == 1 else None
    told = weighed(replace(told, periods=before.periods), alone) if alone else told
    return _with_links(replace(before, told=told), one)


def _with_links(before: Meant, one: Meant) -> Meant:
    links = tuple(dict.fromkeys((*before.told.urls, *one.told.urls)))
    return replace(before, told=replace(before.told, urls=links))


def _concerns(one: Meant, earlier: Meant) -> bool:
    """Whether a clause speaks of the assignment of an earlier one: it names the same, or none that is known."""
    if not earlier.assignments or one.told.status is None:
        return False
    if not one.assignments:
        return not one.told.numbers and not (one.elsewhere and one.told.status is Status.DONE)
    if one.periods and earlier.periods and one.periods != earlier.periods:
        return False
    return not set(one.assignments).isdisjoint(earlier.assignments)
