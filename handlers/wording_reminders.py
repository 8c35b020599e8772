"""The words of reminders and quarterly prompts: what, who leads, which day, how long, on what ground, and how to answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from handlers.notices_wording import (
    Mention,
    answerable,
    by_name,
    day_words,
    item_words,
    matter,
    period_words,
    source_words,
    standing_words,
)
from handlers.wording import shortened, title
from knowledge.model import Assignment, Duty, Role
from knowledge.patterns import regex
from knowledge.question.conversation import DIGEST_MORE
from knowledge.register import Register
from knowledge.shares import owing
from scheduler.addressees import Why
from scheduler.notices import Notice, NoticeKind

PHRASE_LENGTH = 24
"""Characters of a deadline's own words that a reminder shows."""
PROMPT_LENGTH = 36
"""Characters of a requirement that a quarterly prompt shows, which may list a hundred of them."""
MANY = 20
"""Prompts above which only their numbers are listed, unit by unit."""
UNITS_SHOWN = 6
"""Units that the line which sums up the rest names."""
NAMED = 5
"""Liaisons of a unit that are named."""
REASONS = {
    Why.NO_CONVERSATION: "{units}没有绑定会话，请代为转告。",
    Why.NO_UNIT: "文件没有写明由谁办的，请指定单位。",
    Why.NO_MEMBERS: "名册里没有{units}的成员，请代为转告有关单位。",
    Why.NOT_CLEARED: "按负面清单不能在其会话里提醒，请另行转告。",
    Why.SOME_MEMBERS: "{units}中有成员没有绑定会话，请代为转告。",
}
_REACHED = regex(r"【其余任务】第\d+至(\d+)项")
ROLE_WORDS = {Role.LEAD: "牵头单位", Role.RESPONSIBLE: "责任单位", Role.COOPERATING: "配合单位"}


def reminders(notices: Sequence[Notice], mention: Mention = by_name, heard: bool = True) -> str:
    """The reminders of one message: spelt out by unit, most urgent first, the rest in a line."""
    told = [notice for notice in notices if not notice.brief]
    rest = [notice for notice in notices if notice.brief]
    lines = [_head(notices), *_grouped(told, reminder_lines, mention)]
    lines += _summed_up(rest, bool(told))
    lines += [f"注：{reason}" for reason in _reasons(notices)]
    return "\n".join([*lines, *(_how_to_answer(told) if heard else ())])


def prompts(notices: Sequence[Notice], mention: Mention = by_name) -> str:
    """The quarterly prompts of one message; of very many only the numbers."""
    told = [notice for notice in notices if not notice.brief]
    rest = [notice for notice in notices if notice.brief]
    coded = len(told) <= MANY and next((notice.code for notice in told if notice.code), "")
    answer = f"，例如“{coded} 正在推进”" if coded else ""
    head = f"【季度了解】以下{len(notices)}项为全年或长期任务，没有具体期限，请各单位简要回复本季度进展{answer}："
    lines = _numbers_only(told) if len(told) > MANY else _grouped(told, prompt_lines, mention)
    reasons = (f"注：{reason}" for reason in _reasons(notices))
    return "\n".join([head, *lines, *_summed_up(rest, bool(told)), *reasons])


def alone(notice: Notice) -> str:
    """One notice in its own words."""
    lines = prompt_lines if notice.kind is NoticeKind.PROMPT else reminder_lines
    return "\n".join([f"{heading(notice)}：", *lines(notice, True)])


def _head(notices: Sequence[Notice]) -> str:
    today = notices[0].today
    late = sum(1 for notice in notices if notice.due is not None and notice.due < today)
    count = f"{len(notices)}项任务" + (f"，其中逾期{late}项" if late else "")
    return f"【任务提醒】今天是{day_words(today)}，请关注以下{count}："


def _how_to_answer(notices: Sequence[Notice]) -> Iterator[str]:
    """What to type, with a code that really stands above."""
    coded = [notice.code for notice in notices if notice.code]
    if not coded:
        return
    code, others = coded[0], "（各项用自己的短码）" if len(set(coded)) > 1 else ""
    yield f"收到请回复“收到 {code}”；办结：“完成 {code}”并附链接或说明；延期：“延期 {code} 到几月几日”并说明原因{others}。"


def _numbers_only(notices: Sequence[Notice]) -> Iterator[str]:
    """A line a unit with the numbers of its assignments, document by document."""
    documents: dict[str, dict[str, list[str]]] = {}
    for notice in notices:
        units = documents.setdefault(title(notice.document) if notice.document else "", {})
        units.setdefault(heading(notice), []).append(item_words(notice.assignment))
    for name, units in documents.items():
        yield f"依据：{name}"
        for unit, items in units.items():
            yield f"· {unit}：{'、'.join(items)}"


def _grouped(notices: Sequence[Notice], lines: Callable[[Notice, bool], list[str]], mention: Mention) -> Iterator[str]:
    """The notices under the units they are said to, in the order in which the units first occur."""
    documents = {notice.document for notice in notices}
    single = len(documents) == 1
    if single and notices[0].document:
        yield f"依据：{title(notices[0].document)}"
    groups: dict[str, list[Notice]] = {}
    for notice in notices:
        groups.setdefault(heading(notice), []).append(notice)
    named: set[tuple[str, str]] = set()
    for unit, group in groups.items():
        yield f"■ {unit}{_liaisons(group, mention, named)}"
        for notice in group:
            yield from lines(notice, not single)


def _liaisons(notices: Sequence[Notice], mention: Mention, named: set[tuple[str, str]]) -> str:
    """Those who are not `named` in this message yet: nobody is called twice by one message."""
    everybody = {(one.name, one.id): one for notice in notices for one in notice.liaisons}
    people = [one for key, one in everybody.items() if key not in named]
    named.update(everybody)
    return f"　联络员：{'、'.join(map(mention, people[:NAMED]))}" if people else ""


def heading(notice: Notice) -> str:
    """The units a notice is said to, with the word the document uses for them; a member with its collective."""
    assignment = notice.assignment
    if assignment is None or not notice.units or set(notice.units) >= set(owing(assignment)):
        return answerable(assignment)
    printed = {duty.unit: duty.word or ROLE_WORDS[duty.role] for duty in assignment.duties}
    words = dict.fromkeys(printed.get(unit, "") for unit in notice.units)
    word = next(iter(words)) or f"{'、'.join(owing(assignment))}的成员"
    return f"{'、'.join(notice.units)}（{word}）"


def reminder_lines(notice: Notice, sourced: bool) -> list[str]:
    """A reminder in two to six lines; `sourced` names the document too."""
    code = f"〔{notice.code}〕" if notice.code else ""
    lines = [f"· {item_words(notice.assignment)} {matter(notice.assignment)}——{standing_words(notice)}{code}"]
    lines.append(f"  期限：{_deadline(notice)}")
    if sourced:
        lines.append(f"  依据：{source_words(notice)}")
    if others := _leaders(notice):
        lines.append(f"  {others}")
    if notice.missed:
        days = "、".join(day_words(day, notice.today) for day in notice.missed[-3:])
        more = f"等{len(notice.missed)}期" if len(notice.missed) > 3 else ""
        lines.append(f"  此前应于{days}{more}完成的尚未报告")
    if notice.acknowledged:
        lines.append(f"  已回复收到：{'、'.join(notice.acknowledged)}")
    return lines


def prompt_lines(notice: Notice, sourced: bool) -> list[str]:
    """A prompt in a line."""
    source = f"（{source_words(notice)}）" if sourced else ""
    code = f"〔{notice.code}〕" if notice.code else ""
    return [f"· {item_words(notice.assignment)} {matter(notice.assignment, PROMPT_LENGTH)}{source}{code}"]


def _leaders(notice: Notice) -> str:
    """All who answer for it, where it is said to some of them only."""
    assignment = notice.assignment
    told = set(notice.units)
    if assignment is None or told.isdisjoint(owing(assignment)) or told >= set(owing(assignment)):
        return ""  # the heading says it
    word = next((duty.word or ROLE_WORDS[duty.role] for duty in _owing_duties(assignment)), "")
    return f"{word}：{'、'.join(owing(assignment))}"


def _owing_duties(assignment: Assignment) -> Iterator[Duty]:
    units = owing(assignment)
    return (duty for duty in assignment.duties if duty.unit in units)


def _deadline(notice: Notice) -> str:
    assert notice.due is not None, "a reminder has a due date"
    period = f"，报{period_words(notice.period)}情况" if notice.period else ""
    moved = f"，已批准延期，原定{day_words(notice.was, notice.today)}" if notice.was else ""
    phrase = f"（原文“{shortened(notice.phrase, PHRASE_LENGTH)}”）" if notice.phrase else ""
    return day_words(notice.due, notice.today) + period + moved + phrase


def _summed_up(notices: Sequence[Notice], more: bool) -> Iterator[str]:
    """The line that stands for what a message has no room for."""
    if not notices:
        return
    today = notices[0].today
    late = sum(1 for notice in notices if notice.due is not None and notice.due < today)
    now = sum(1 for notice in notices if notice.due == today)
    told = "、".join([*([f"逾期{late}项"] if late else []), *([f"今天到期{now}项"] if now else [])])
    units: dict[str, int] = {}
    for notice in notices:
        units[heading(notice)] = units.get(heading(notice), 0) + 1
    listed = "、".join(f"{unit}{count}项" for unit, count in list(units.items())[:UNITS_SHOWN])
    others = f"等{len(units)}家" if len(units) > UNITS_SHOWN else ""
    yield f"{'另有' if more else ''}{len(notices)}项{f'（其中{told}）' if told else ''}：{listed}{others}，{DIGEST_MORE}。"


def _reasons(notices: Sequence[Notice]) -> Iterator[str]:
    """Why some of it is said here, each reason once."""
    for why, words in REASONS.items():
        units = dict.fromkeys(unit for notice in notices if notice.reason == why for unit in notice.units)
        if units or any(notice.reason == why for notice in notices):
            listed = "、".join(f"“{unit}”" for unit in list(units)[:UNITS_SHOWN])
            yield words.format(units=listed + (f"等{len(units)}家" if len(units) > UNITS_SHOWN else ""))


def digest(
    rows: Sequence[tuple[Assignment, date | None, str]], register: Register, start: int, total: int, today: date
) -> str:
    """What a reminder summed up, one by one: `rows` are (assignment, due date, short code), from the `start`-th of `total` on."""
    if not rows:
        return "提醒里没有逐项写的那些，现在都已办结或不再有效。"
    last = start + len(rows)
    lines = [f"【其余任务】第{start + 1}至{last}项，共{total}项："]
    for assignment, due, code in rows:
        document = register.document(assignment.document)
        when = f"{day_words(due, today)}到期{_late(due, today)}" if due else "无具体期限"
        lines.append(f"· {answerable(assignment)}{f'〔{code}〕' if code else ''}")
        lines.append(f"  {item_words(assignment)} {matter(assignment, PROMPT_LENGTH)}——{when}")
        lines.append(f"  依据：{title(document) if document else ''}{item_words(assignment)}")
    if last < total:
        lines.append(f"还有{total - last}项，{DIGEST_MORE}。")
    return "\n".join(lines)


def digest_reached(text: str) -> int:
    """Up to which of them a reply of `digest` went; 0 for any other text."""
    found = _REACHED.match(text)
    return int(found[1]) if found else 0


def _late(due: date, today: date) -> str:
    return f"，已逾期{(today - due).days}天" if due < today else ""
