"""谁牵头, 责任单位, 什么时候完成, 内容: questions about one assignment or a few."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache

from handlers import wording, wording_units
from handlers.alike import held_together
from handlers.asking import Asking, asks_units, dates_of
from handlers.claims import Confirmation, day_verdict, figure_verdict, joint_verdict, rhythm_verdict, unit_verdict
from handlers.duty_heads import asks_of_unit, duty_head, units_asked
from handlers.echo import understood, unspoken
from handlers.facts import contradiction, quoted
from handlers.figures import figure_clause, figure_held
from handlers.finding import Found, containing, find, held_by, plainly_said
from handlers.holding import decides, holds
from handlers.message import Answer, Outcome, said
from handlers.numbers import beside_missing, by_number, missing_numbers
from handlers.refusing import aspect_words, refuse, unsaid
from handlers.wording_lists import LINES, about, counted, fitted, footer
from knowledge.model import Assignment, DeadlineKind, Evidence, Message, Role
from knowledge.normal import bare, has_han
from knowledge.patterns import regex
from knowledge.question.claimed import asks_which_role, claimed_figure, claims_day, wants_confirmed
from knowledge.question.cues import shows
from knowledge.question.query import Intent, Query
from knowledge.question.refusals import hands_in
from knowledge.question.stages import sentence_from
from knowledge.question.unitcounts import counts_units
from knowledge.register import Register
from knowledge.units import UnitBook
from scheduler.calendar import WorkCalendar
from scheduler.standing import leaves

# More assignments than this in one answer are told in a line each.
FULL = 1
# 燃气集团协办的那件: the one in which the unit has this role.
_THAT_ONE = regex(r"(牵头|主责|主办|承办|会办|负责|配合|协办|参与|参加)的?(?:那|这)一?(?:件|条|项|个)")
_THEIRS = {
    Role.LEAD: ("牵头", "主责", "主办", "承办", "负责"),
    Role.RESPONSIBLE: ("负责", "承办"),
    Role.COOPERATING: ("配合", "协办", "会办", "参与", "参加"),
}
# To whom something is handed in stands only where something is.
_HANDS_IN = regex(r"(?<![通年月周日公简学])报(?![告表刊纸名道])|送|交(?![通流易])|备案|反馈|上传")
# 一年查几遍
_HOW_OFTEN = regex(r"(?:几|多少)(?:回|次|遍|趟|轮|期|场)")
# 联席会议多长时间开一次, 督查安排在哪个月: when it takes place, which is no time limit.
_HOW_REGULAR = regex(r"(?:隔?多久|隔?多长时间|(?:几|多少)个?(?:月|周|天|年))[^,，]{0,6}一(?:次|回|遍|趟)")
_WHEN_HELD = regex(r"(?:安排|定|排|放)在(?:哪|几|什么时候)")
_SO_OFTEN = regex(r"[\d一二两三四五六七八九十]+(?:回|次|遍|趟|轮|期|场)")
_CLAUSES = regex(r"[，。；;]")
# 第一部分, 表二; 二、交通水利
_NTH_PART = regex(
    r"第[一二三四五六七八九十\d]+(?:个|大|张)?(?:部分|章|节|块|板块|大项|大类|表)|表[一二三四五六七八九十\d]"
)
_ORDINAL = regex(r"^[第(（一二三四五六七八九十\d)）章部分节、.．]+")
_DURATION = regex(r"(?:几|多少)个?(工作日|小时|天|分钟|年|月)")
# A share of the topic that says that something else is asked.
ELSE = 0.15


def answer(query: Query, message: Message, register: Register, calendar: WorkCalendar, today: date) -> Outcome:
    """The answer to a question about assignments; `register` is what the conversation may know."""
    if query.place:
        return refuse(query, wording.place_unknown(query.place))
    if query.strangers and not query.names and not (query.premise or query.excluded):
        return refuse(query, wording_units.unknown(query.strangers, register))
    if query.numbers and not query.assignments:
        wrong = by_number(query, register)
        if wrong is not None:
            return wrong
        if missing := missing_numbers(query, register):
            there = replace(query, numbers=tuple(one for one in query.numbers if one not in missing))
            return beside_missing(answer(there, message, register, calendar, today), missing)
    found = _of_unit(query, register) or find(query, register)
    if query.several and len(found.assignments) > FULL:
        if not _states_figure(query, found):
            return _several(query, found, register)
        found = replace(found, assignments=found.assignments[:FULL])
    asking = Asking(query, register, calendar, today, found.passage[1].text if found.passage else "")
    if found.passage and not found.assignments:
        return quoted(query, *found.passage, within=containing(*found.passage, register))
    if not found.assignments:
        return unsaid(query, found, register)
    if found.lost:
        return _beside_lost(asking, found)
    return _answered(asking, found)


def _beside_lost(asking: Asking, found: Found) -> Outcome:
    """The answer about those of several matters that are known, with what was not found; nothing is confirmed of them all."""
    told = _answered(replace(asking, query=replace(asking.query, premise=False)), found)
    if not told.replies or told.answer is None or not told.answer.answered:
        return told
    first, *others = told.replies
    lost = wording.lost(found.lost, (wording.subject(one, 24) for one in found.near[:2]))
    return replace(told, replies=(replace(first, text=wording.lines(first.text, lost)), *others))


def _states_figure(query: Query, found: Found) -> bool:
    """断头路打通几条: the likeliest states how many, so that no assignments are to be counted."""
    best = found.assignments[0] if found.assignments else None
    return query.fact == "count" and best is not None and figure_held(query.text, best.text, found.missing)


def _several(query: Query, found: Found, register: Register) -> Outcome:
    """Which ones there are about a subject (哪几条), as a list."""
    wanted = {one.id for one in found.assignments}
    rows = tuple(one for one in register.assignments if one.id in wanted)
    value = Answer(
        query.intent,
        answered=True,
        assignments=tuple(one.id for one in rows),
        documents=tuple(dict.fromkeys(one.document for one in rows)),
        count=len(rows),
        evidence=tuple(Evidence(one.document, one.id, one.place, one.original) for one in rows),
    )
    return said(about(understood(query), rows, register, query.page), value)


def _of_unit(query: Query, register: Register) -> Found | None:
    """城管局的事啥时候完: all that the units lead or answer for, where nothing says which; 那件 is the only one. 第一部分都谁牵头:
    all that stands under the heading that is named."""
    if _of_part(query):
        return Found(tuple(one for one in register.assignments if one.number is not None and one.text), confidence=1.0)
    if not query.names or query.topics or query.numbers or query.assignments or query.premise or query.excluded:
        return None
    scoped = register.scoped(query.documents).of_units(query.names)
    if (said := _THAT_ONE.search(query.text)) is not None:
        roles = tuple(role for role, words in _THEIRS.items() if said[1] in words)
        held = held_by(query.names, scoped, roles)
        return Found(tuple(held), confidence=1.0) if len(held) == 1 else None
    if query.intent is not Intent.DEADLINE:
        return None
    held = held_by(query.names, scoped, query.roles) if query.roles else []
    held = held or held_by(query.names, scoped, (Role.LEAD, Role.RESPONSIBLE))
    held = held if held and len(held) >= query.so_many else held_by(query.names, scoped, ())
    return Found(tuple(held), confidence=1.0) if held else None


def _of_part(query: Query) -> bool:
    """Whether a heading is named, by its place or in its own words, and nothing else: what only means the like is asked back."""
    if query.within is None or query.topics or query.numbers or query.assignments or query.names:
        return False
    heading = bare(_ORDINAL.sub("", query.part))
    return _NTH_PART.search(query.text) is not None or (len(heading) > 1 and heading in bare(query.text))


def _answered(asking: Asking, found: Found) -> Outcome:
    shown = [one for one in found.assignments if _says(asking, one, found.missing)]
    unlikely = (found.among and shown[:1] != [*found.assignments[:1]]) or (found.offered and len(shown) <= FULL)
    if not shown or unlikely or _of_something_else(asking, shown[0], found):
        related = replace(found, assignments=(), near=found.assignments)
        return unsaid(asking.query, related, asking.register, aspect_words(asking.query))
    if found.spoken and len(shown) > FULL:
        offered, topic = tuple(one.id for one in shown), " ".join(asking.query.topics)
        value = _value(asking, shown) if found.among else Answer(asking.query.intent, near=offered, topic=topic)
        return said(_by_meaning(asking, shown, found.among), value)
    if len(shown) > FULL:
        return said(_each(asking, shown), _value(asking, shown))
    one, text = shown[0], f"{_claim_head(asking, shown[0])}{_block(asking, shown[0])}"
    text = wording.lines(text, contradiction(one.text) if Intent.DETAIL in asking.query.aspects else "")
    spelt = found.spoken and has_han(asking.query.topic)  # whole pinyin is no other word for it
    others = [wording.subject(other, 24) for other in found.also]
    also = wording.by_meaning(unspoken(asking.query, shown), others) if spelt else wording.also(others)
    return said(wording.lines(text, also if text.count("\n") < LINES - 1 else ""), _value(asking, shown))


def _each(asking: Asking, shown: list[Assignment]) -> str:
    """Several assignments, a row each with what was asked of it, and what they stand on."""
    several = len({one.document for one in shown}) > 1

    def row(placed: tuple[int, Assignment]) -> str:
        place, one = placed
        heads = (say(asking, one) for aspect, say in _HEADS.items() if aspect in asking.query.aspects)
        told = "".join(part.replace("\n", "").removeprefix("时限：") for part in heads)
        document = asking.register.document(one.document)
        of = f"〔{wording.title(document)}〕" if document and several else ""
        which = "" if Intent.DETAIL in asking.query.aspects else f"：{wording.subject(one, 20)}"
        return f"{place}) {told.rstrip('。') if which else told}{which}{of}"

    return fitted(
        [held_together(asking, shown)], counted(shown), row, [footer(asking.register, shown)], asking.query.page
    )


def _by_meaning(asking: Asking, shown: list[Assignment], likeliest: bool) -> str:
    """Several found by other words than those asked with, a row each; `likeliest`: the first is likely the one meant."""
    several = len({one.document for one in shown}) > 1
    rows = []
    for place, one in enumerate(shown, 1):
        document = asking.register.document(one.document)
        head = next(say(asking, one) for aspect, say in _HEADS.items() if aspect in asking.query.aspects)
        told = wording.shortened(head.split("\n")[0].rstrip("。"), wording.SHORT)
        of = f"〔{wording.title(document)}〕" if document and several else ""
        rows.append(f"{place}) {told}：{wording.subject(one, 24)}{of}")
    document = asking.register.document(shown[0].document)
    source = f"依据：{wording.title(document)}" if document and not several else ""
    return wording.lines(wording.by_meaning_several(unspoken(asking.query, shown), likeliest), *rows, source)


def _of_something_else(asking: Asking, one: Assignment, found: Found) -> bool:
    """Asked when something happens that the assignment does not speak of, and it prints no deadline either."""
    if asking.query.intent is not Intent.DEADLINE or shows("limit", asking.query.text):
        return False
    dated = [part for part in leaves(one.deadlines) if part.kind is not DeadlineKind.NONE]
    if _HOW_REGULAR.search(asking.query.text):
        regular = any(part.cadence for part in dated) or _SO_OFTEN.search(asking.sentence or one.text)
        return not regular
    if _WHEN_HELD.search(asking.query.text) and not dated:
        return True
    if found.missing <= ELSE:
        return False
    if (asked := _DURATION.search(asking.query.text)) and re.search(
        rf"[\d一二两三四五六七八九十]个?{asked[1]}", one.text
    ):
        return False
    if claims_day(asking.query.text):
        return False
    if _HOW_OFTEN.search(asking.query.text) and _SO_OFTEN.search(one.text):
        return False
    printed = any(part.text and not part.inner and part.kind is DeadlineKind.NONE for part in one.deadlines)
    return not printed and all(part.kind in (DeadlineKind.NONE, DeadlineKind.ONGOING) for part in one.deadlines)


def _says(asking: Asking, one: Assignment, missing: float) -> bool:
    """Whether the assignment says what is asked: a question for units needs a unit, one for a number a number."""
    query = asking.query
    if not one.duties and query.intent in (Intent.LEAD, Intent.RESPONSIBLE):
        return False
    if hands_in(query.text) and not _HANDS_IN.search(one.text):
        return False
    if query.intent in (Intent.LEAD, Intent.RESPONSIBLE) and not decides(query.text, one.text):
        return False
    if claimed_figure(query.text) is not None:
        return figure_verdict(query, one) is not None
    if query.assignments or query.numbers or ((steps := asking.stages(one)) is not None and steps.named):
        return True
    if asking.sentence and not one.duties and plainly_said(query, asking.sentence):
        return True
    slots = "" if query.fact == "count" or query.beside == "amount" else _slots(one)  # 10月 is no length
    return holds(query, asking.sentence or f"{one.text} {slots}", running=False, missing=missing)


def _slots(one: Assignment) -> str:
    return " ".join(part.text for part in one.deadlines if not part.inner)


def _value(asking: Asking, shown: list[Assignment]) -> Answer:
    query = asking.query
    claimed = query.names and wants_confirmed(query.text)  # 某事是某局负责、9月底前吧
    units = [unit for one in shown for unit in units_asked(query, one)] if asks_units(query) or claimed else []
    dates = [due for one in shown for due in dates_of(asking, one)] if Intent.DEADLINE in query.aspects else []
    return Answer(
        query.intent,
        answered=True,
        assignments=tuple(one.id for one in shown),
        documents=tuple(dict.fromkeys(one.document for one in shown)),
        units=tuple(dict.fromkeys(units)),
        dates=tuple(sorted({due.isoformat() for due in dates})),
        count=len(dict.fromkeys(units)) if units and len(shown) == 1 and counts_units(query.text) else None,
        evidence=tuple(Evidence(one.document, one.id, one.place, one.original) for one in shown),
    )


def _number_of_units(asking: Asking, one: Assignment) -> str:
    """共2家。 where it is asked how many units have a role; empty for anything else."""
    if not asks_units(asking.query) or not counts_units(asking.query.text):
        return ""
    if asking.query.roles == (Role.COOPERATING,) and not one.units(Role.COOPERATING):
        return ""  # that nobody is printed so is said instead
    units = units_asked(asking.query, one)
    return f"共{len(units)}家。" if units else ""


def _block(asking: Asking, one: Assignment) -> str:
    head = wording.lines(*(say(asking, one) for aspect, say in _HEADS.items() if aspect in asking.query.aspects))
    document = asking.register.document(one.document)
    head = wording.lines(f"{_number_of_units(asking, one)}{head}", _figure_line(asking, one))
    return wording.lines(head, _body(asking, one), wording.source(one, document))


def _deadline_head(asking: Asking, one: Assignment) -> str:
    stages = asking.stages(one)
    if stages is not None and stages.unsaid:
        return wording.undated(stages.unsaid, one.deadlines)
    told = wording.deadline_line(asking.deadlines(one), asking.calendar, asking.today)
    conflict = wording.conflict_line(one) if stages is None else ""
    return wording.lines(_times(asking, one), told, conflict)


def _times(asking: Asking, one: Assignment) -> str:
    """文件写的是“全年不少于两轮”。 where it is asked how often or how long; empty for anything else."""
    often, long = _HOW_OFTEN.search(asking.query.text), _DURATION.search(asking.query.text)
    if not often and (long is None or any(_so_long(long[1]).search(part.text) for part in one.deadlines)):
        return ""
    said = _SO_OFTEN if often or long is None else _so_long(long[1])
    told = [part for part in _CLAUSES.split(asking.sentence or one.text) if said.search(part)]
    return f"文件写的是“{'，'.join(told[:2])}”。" if told else ""


@cache
def _so_long(unit: str) -> re.Pattern[str]:
    """A length of time in `unit` (天 is 日, too)."""
    units = "天|工作日|日(?!前|内)" if unit in ("天", "日") else unit
    return re.compile(rf"(?<![月\d])[\d一二两三四五六七八九十]+个?(?:{units})")


def _figure_line(asking: Asking, one: Assignment) -> str:
    """文件写的是“分值权重不低于4%”。 where a figure is asked for and the requirement is too long to be shown in whole."""
    asked = asking.query.fact == "count" or asking.query.beside == "amount"
    if not asked or len(one.text) <= wording.QUOTE:
        return ""
    clause = figure_clause(asking.query.text, asking.sentence or one.text, bare(" ".join(asking.query.topics)))
    return f"文件写的是“{wording.shortened(clause.strip(), wording.QUOTE)}”。" if clause else ""


def _detail_head(asking: Asking, one: Assignment) -> str:
    if not one.text:
        return wording.no_text(one)
    if asking.sentence:
        return f"{wording.number(one)}：“{wording.shortened(asking.sentence, wording.WHOLE)}”"
    return f"{wording.number(one)}：{wording.shortened(one.text, wording.WHOLE)}"


_HEADS: dict[Intent, Callable[[Asking, Assignment], str]] = {
    Intent.LEAD: lambda asking, one: duty_head(asking.query, one),
    Intent.RESPONSIBLE: lambda asking, one: "" if Intent.LEAD in asking.query.aspects else duty_head(asking.query, one),
    Intent.DEADLINE: _deadline_head,
    Intent.DETAIL: _detail_head,
}


def _quoted(asking: Asking, one: Assignment) -> str:
    """The words of an assignment, those asked about where not all can be shown."""
    return wording.excerpt(one.text, bare(" ".join(asking.query.topics)), wording.QUOTE)


def _body(asking: Asking, one: Assignment) -> str:
    """What stands below the answer: the assignment's words, its roles, its deadline, where not already told."""
    aspects = asking.query.aspects
    collectives = [duty.unit for duty in one.duties if duty.collective or UnitBook.is_collective(duty.unit)]
    quote = "" if Intent.DETAIL in aspects else f"{wording.number(one)}：“{_quoted(asking, one)}”"
    if Intent.DEADLINE in aspects:
        stages = asking.stages(one)
        meant = stages.deadlines[0] if stages is not None and stages.named and len(stages.deadlines) == 1 else None
        sentence = sentence_from(meant, one.text) if meant is not None and meant.inner else ""
        timed = wording.timed_quote(sentence or asking.sentence or one.text)
        quote = f"{wording.number(one)}{timed}" if timed else quote
    note = wording.collective_note(collectives) if asks_units(asking.query) else ""
    return wording.lines(
        quote,
        f"{wording.duties(one)}{f'。{note}' if note else ''}",
        "" if Intent.DEADLINE in aspects else wording.deadline_line(one.deadlines, asking.calendar, asking.today),
    )


def _claim_head(asking: Asking, one: Assignment) -> str:
    """A claim confirmed or put right, empty where nothing is claimed."""
    query = asking.query
    if wants_confirmed(query.text):
        several = joint_verdict(query, one, asking.deadlines(one), asking.calendar, asking.today)
        several = several or _told(rhythm_verdict(query, asking.deadlines(one)))
        if several:
            return several
    if claimed_figure(query.text) is not None:
        return _told(figure_verdict(query, one))
    if query.intent is Intent.DEADLINE and claims_day(query.text):
        return _told(day_verdict(query, asking.deadlines(one), asking.calendar, asking.today))
    if asks_of_unit(query) and asks_which_role(query.text):
        return ""
    if asks_which_role(query.text) or (query.premise and asks_units(query)):
        return unit_verdict(query, one, units_asked(query, one))
    return ""


def _told(verdict: Confirmation | None) -> str:
    """A verdict in words, nothing where there is none."""
    return verdict.words if verdict is not None else ""
