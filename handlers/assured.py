"""A completion is stored where nothing else is said than that it is done: what else is said makes it a part, or is asked back.

希望第26项早日完成 and 第26项施工图审查完成 hold the words of a completion. The first is none and is asked back; the second tells of a part
and is stored as work under way, with a line that says how the whole is reported. An accepted or earlier completion is never taken
back by what is only doubted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from handlers import wording_reports
from handlers.occasion import Occasion
from handlers.reporting import Case, Meant
from knowledge.model import Assignment
from knowledge.normal import plain
from knowledge.patterns import regex
from knowledge.register import Register
from knowledge.reports import Told
from knowledge.reports.accounted import Left, left_over, parts_left
from knowledge.reports.periods import without_periods
from knowledge.reports.report_words import Status, says_done
from knowledge.search import index_of
from knowledge.search.clues import Way
from knowledge.units import UnitBook

# 张三：第20项已完成: somebody's words handed on; 李科长：第20项已完成 is said to him.
_QUOTES = regex(r"^\W*(?P<who>[^\W\d第][^\W\d第]{1,11})[:：](?=\s*\S)")
_SAID_TO = regex(
    r"(?:更新|最新|本[周月]|今[天日]|目前)?的?(?:工作)?(?:进度|进展|情况)(?:如下|更新|汇报|反馈|报告)?|[\u4e00-\u9fff]{2,3}(?:上?报|汇报|报告)|(?:补|上|再)?报|报告|反馈|回复|说明"
    r"|[^\W\d]{0,3}(?:局长?|主任|[科处股室]长|老师|[市县区镇乡]长|书记|秘书|部长|组长|领导|[哥姐总])|各位[^\W\d]*"
)
_SURE_OF = (Way.MEANT, Way.HEARD)
_COVERED = 0.4


def assured(case: Case, meant: Meant, occasion: Occasion) -> Meant:
    """`meant` where its completion is plainly told; else as a part of the work, or with what is to be asked."""
    told = meant.told
    if told.status is Status.IN_PROGRESS and _says_both(meant):
        return replace(meant, note=wording_reports.both_heard(meant.assignments[0]))
    if told.status is not Status.DONE or not meant.assignments:
        return meant
    left = _left(case, meant, occasion.message.text)
    if not left:
        return _whole(meant)
    one = meant.assignments[0]
    if len(meant.assignments) > 1 or any(one.doubtful for one in left) or _is_done(case, occasion, one):
        return Meant(told, problem=wording_reports.unsure(meant.assignments, [one.clause for one in left]))
    part = replace(told, status=Status.IN_PROGRESS)
    return replace(meant, told=part, note=wording_reports.only_part(one, [each.clause for each in left]))


def _says_both(meant: Meant) -> bool:
    """Whether what is stored as under way says of anything that it is finished, without a share: who meant the whole is told how."""
    told = meant.told
    return len(meant.assignments) == 1 and told.percent is None and not meant.note and says_done(plain(told.words))


def _whole(meant: Meant) -> Meant:
    """The same; where the words name one of several things that a requirement wants, as a part."""
    told, one = meant.told, meant.assignments[0]
    if told.numbers and len(meant.assignments) > 1:
        return meant
    open_ = parts_left(told.words, one.text)
    if not open_:
        return meant
    return replace(meant, told=replace(told, status=Status.IN_PROGRESS), note=wording_reports.rest_open(one, open_))


def _left(case: Case, meant: Meant, message: str) -> tuple[Left, ...]:
    words = plain(meant.told.words)
    rows = meant.assignments
    if meant.periods:
        words = without_periods(words)
    wanted = " ".join(part for one in rows for part in (one.text, *one.section, *(each.text for each in one.deadlines)))
    names = set(_named(case, words, rows))
    left = left_over(words, wanted, names, case.today)
    if left and meant.told.topic:
        known = set(_meant_words(case.register, meant.told, rows[0]))
        left = left_over(words, wanted, names | known, case.today) if known else left
    quoted = _QUOTES.match(message)
    if quoted and not _SAID_TO.fullmatch(quoted["who"]) and left_over(quoted["who"], wanted, names, case.today):
        left = (Left(f"{quoted['who']}说", f"{quoted['who']}：…"), *left)
    return left


def _named(case: Case, words: str, rows: tuple[Assignment, ...]) -> Iterator[str]:
    """How the teller's unit and those of the rows are called in what is told."""
    units = {duty.unit for one in rows for duty in one.duties}
    units |= {*case.holder.names, case.holder.name} if case.holder else set()
    for mention in UnitBook.of(case.register).mentions(words):
        if not units.isdisjoint(match.unit for match in mention.matches):
            yield mention.words
    yield from units


def _meant_words(register: Register, told: Told, one: Assignment) -> Iterator[str]:
    """The words of the subject that mean what the requirement says, by another word or by their sound."""
    for _, proofs in index_of(register).assignments.explained(told.topic, keep={one.id}, limit=1):
        yield from (proof.said for proof in proofs if proof.way in _SURE_OF and proof.covered >= _COVERED)


def _is_done(case: Case, occasion: Occasion, one: Assignment) -> bool:
    """Whether the teller's share is done already."""
    return occasion.standing(one, case.share(one) or "").finished
