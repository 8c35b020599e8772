"""Lists in words: grouped, short lines, the longest cut with how many more there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from handlers import wording, wording_units
from handlers import wording_deadlines as when
from knowledge.milestones import what_by
from knowledge.model import Assignment, Document, Role, Span
from knowledge.normal import plain
from knowledge.question.census import Census
from knowledge.question.conversation import MORE
from knowledge.question.query import Asked, Query
from knowledge.register import Register

if TYPE_CHECKING:
    from handlers.census import Load
    from handlers.diary import Falling
    from scheduler.calendar import WorkCalendar

# Names of one line before it is cut.
MOST = 10
# Lines of one answer on a phone, the fewest rows of a list in it, and the rows of a unit that is told in one line.
LINES, FEWEST, IN_A_LINE = 6, 2, 4
# Numbers of a list that is told by numbers alone.
MOST_NUMBERS = 80
# Characters of what is to be reached by a day, beside it in a list.
_WHAT = 18
EXPORT = "发“导出”得表格"
T = TypeVar("T")
_HOLDS = {Role.LEAD: "牵头", Role.RESPONSIBLE: "责任", Role.COOPERATING: "配合"}


def stretch(rows: Sequence[T], page: int, size: int = MOST) -> tuple[Sequence[T], str]:
    """The rows of one stretch, and the line that says how many stand behind it (empty: none)."""
    left = len(rows) - (page + 1) * size
    return rows[page * size : (page + 1) * size], f"……还有{left}项，{MORE}。" if left > 0 else ""


def span_words(span: Span) -> str:
    """2017年7月10日至2017年7月31日, as taken."""
    if span.words:
        return span.words
    words = ""
    if span.start is None:
        return f"{_plain_day(span.end)}以前{words}"
    if span.end is None:
        return f"{_plain_day(span.start)}以后{words}"
    if span.start == span.end:
        return f"{_plain_day(span.start)}{words}"
    return f"{_plain_day(span.start)}至{_plain_day(span.end)}{words}"


def _plain_day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def fitted(
    heads: Iterable[str], rows: Sequence[T], tell: Callable[[T], str], tails: Iterable[str], page: int = 0
) -> str:
    """One stretch of a list between the lines above and below it, at most `LINES` in all; what is left is told last.

    `tell` puts a row into words; only the rows shown are told.
    """
    above, below = [line for line in heads if line], [line for line in tails if line]
    size = LINES - len(above) - len(below)
    size = max(FEWEST, size - (not below and len(rows) > size))
    shown, more = stretch(rows, page, size)
    if more:
        more = f"{more[:-1]}，{EXPORT}。"
        below = [*below[:-1], f"{below[-1]}{more}"] if below else [more]
    return wording.lines(*above, *map(tell, shown), *below)


def counted(rows: Iterable[T]) -> list[tuple[int, T]]:
    """The rows with their places in the whole list, from 1."""
    return list(enumerate(rows, 1))


def of_units(
    found: Sequence[tuple[Asked, list[Assignment]]],
    shared: Sequence[Assignment],
    register: Register,
    what: str,
    page: int = 0,
    dated: tuple[WorkCalendar, date] | None = None,
) -> str:
    """One unit with its assignments, several with a line each; then those that reach them through a collective, by number.
    `dated` (calendar, today): each row with its deadline."""
    tails = [
        _apart(shared, register),
        *(wording_units.taken_for(asked, register) for asked, held in found if held),
        footer(register, [one for _, held in found for one in held]),
    ]
    if len(found) == 1:
        asked, held = found[0]
        tell = telling(held, register, asked.units, bool(what), dated)
        return fitted([_unit_head(asked, held, what)], counted(held), tell, tails, page)
    room = max(FEWEST, LINES - len([tail for tail in tails if tail]) - len(found))
    told = []
    for asked, held in found:
        if len(held) > room // len(found):
            told.append(_in_a_line(asked, held, what))
            continue
        shown = map(telling(held, register, asked.units, bool(what)), counted(held))
        told.append(wording.lines(_unit_head(asked, held, what), *shown))
    return fitted([], told, str, tails, page)


def _in_a_line(asked: Asked, held: Sequence[Assignment], what: str) -> str:
    """市教育局牵头共5项：第2项“…”；第3项“…”……"""
    if not held:
        return _unit_head(asked, held, what)
    rows = "；".join(wording.subject(one, 14) for one in held[:IN_A_LINE])
    return _unit_head(asked, held, what) + rows + ("……" if len(held) > IN_A_LINE else "。")


def _unit_head(asked: Asked, held: Sequence[Assignment], what: str) -> str:
    name = _named(asked)
    if not held:
        return wording.unit_without(name, what)
    return f"{name}{what}共{len(held)}项{'' if what else _tally(held, asked.units)}："


def _tally(held: Sequence[Assignment], units: Iterable[str]) -> str:
    """（牵头5项，配合3项）, where the units hold several roles."""
    names = set(units)
    roles = [next((duty.role for duty in one.duties if duty.unit in names), None) for one in held]
    counts = [(word, roles.count(role)) for role, word in _HOLDS.items() if role in roles]
    return f"（{'，'.join(f'{word}{count}项' for word, count in counts)}）" if len(counts) > 1 else ""


def _named(asked: Asked) -> str:
    """The printed names; the words asked beside them where they differ."""
    printed = wording.names(asked.units[:3])
    told = asked.words in plain(printed) or len(asked.units) > 3
    return printed if told else f"{printed}（您说的{asked.words}）"


def telling(
    held: Sequence[Assignment],
    register: Register,
    units: Iterable[str] = (),
    role_told: bool = False,
    dated: tuple[WorkCalendar, date] | None = None,
) -> Callable[[tuple[int, Assignment]], str]:
    """How a row of this list is told: numbered through, with the document's name where there are several documents."""
    several = len({one.document for one in held}) > 1
    names = set() if role_told else set(units)

    def tell(row: tuple[int, Assignment]) -> str:
        place, one = row
        day = f"：{_slot(one, *dated)}" if dated else ""
        return f"{place}) {_row(one, names)}{day}{of_document(one, register) if several else ''}"

    return tell


def _slot(one: Assignment, calendar: WorkCalendar, today: date) -> str:
    """7月31日, or the phrase where no day is known: 长期坚持; 没有写时限."""
    own = [part for part in one.deadlines if not part.inner] or list(one.deadlines)
    days = [day for part in own for day in when.dues(part, calendar, today)]
    if days:
        return "、".join(f"{_year_of(day, today)}{day.month}月{day.day}日" for day in days[:3])
    return wording.shortened(next((part.text for part in own if part.text), "没有写时限"), 12)


def _year_of(day: date, today: date) -> str:
    return f"{day.year}年" if day.year != today.year else ""


def of_document(one: Assignment, register: Register) -> str:
    document = register.document(one.document)
    return f"〔{wording.title(document)}〕" if document else ""


def _row(one: Assignment, units: set[str]) -> str:
    held = next((duty.role for duty in one.duties if duty.unit in units), None)
    return f"{wording.subject(one, 30)}{f'（{_HOLDS[held]}）' if held else ''}"


def _apart(shared: Sequence[Assignment], register: Register) -> str:
    """The assignments of a collective, numbers only."""
    if not shared:
        return ""
    numbered = [one for one in shared[:40] if one.number]
    told = [
        by_number(numbered, register) if numbered else "",
        "" if all(one.number for one in shared) else "正文部分的要求",
    ]
    more = "等" if len(shared) > 40 else ""
    return f"另有{len(shared)}项写给“各部门”一类的统称，也包括在内：{'和'.join(part for part in told if part)}{more}。"


def footer(register: Register, rows: Sequence[Assignment]) -> str:
    """What a list stands on; where it is several documents, each row names its own."""
    documents = dict.fromkeys(one.document for one in rows)
    found = [document for key in documents if (document := register.document(key))]
    return f"依据：{wording.title(found[0])}" if len(found) == 1 else ""


def due(
    rows: Sequence[Falling],
    span: Span,
    query: Query,
    register: Register,
    coming: Sequence[Falling] = (),
    steps: int = 0,
) -> str:
    """What falls due in the window: one-off dates, then those of collectives, then recurring ones. Where nothing does,
    `coming` is what falls due first behind it. `steps`: how many others only reach a step in it."""
    whose = wording.names(query.names[:3])
    whose = f"不是{whose}的" if query.others else whose
    once = [row for row in rows if row.once and not row.shared]
    shared = [row for row in rows if row.once and row.shared]
    again = [row for row in rows if not row.once and not row.shared]
    more = (
        f"另有写给“各部门”一类统称、也包括在内的{len(shared)}项" if shared else "",
        f"另有按期反复办理、这段时间有节点的{len(again)}项" if again else "",
        f"另有{steps}项这段时间只到阶段节点、不在内" if steps else "",
    )
    number = f"{whose}到期的任务有{len(once)}项" if once else f"{whose}没有到期的任务"
    told = "，".join((f"{span_words(span)}，{number}", *(part for part in more if part)))
    several = len({row.assignment.document for row in rows}) > 1
    marked = [
        *((row, "") for row in once),
        *((row, "（统称）") for row in shared),
        *((row, "（按期）") for row in again),
    ]
    return fitted(
        [f"{told}{'：' if rows else '。'}"],
        counted(marked),
        lambda row: f"{row[0]}) {due_row(row[1][0], register if several else None)}{row[1][1]}",
        [
            *(wording_units.taken_for(asked, register) for asked in query.units if asked.units and rows),
            f"之后最近的是{due_row(coming[0], None)}。" if coming else "",
            footer(register, [row.assignment for row in (*rows, *coming[:1])]),
        ],
        query.page,
    )


def no_step(span: Span, step: str) -> str:
    """一季度（…），没有写要开工的项目。"""
    return f"{span_words(span)}，没有写要{step}的项目。"


def due_row(row: Falling, register: Register | None) -> str:
    """The assignment, its days, who leads; its document where a register is given."""
    days = "、".join(map(partial(_day_with_what, row.assignment), row.days[:3]))
    days += f"等{len(row.days)}次" if len(row.days) > 3 else ""
    leads = wording.names((row.assignment.units(Role.LEAD) or row.assignment.units(Role.RESPONSIBLE))[:2])
    of = of_document(row.assignment, register) if register else ""
    return f"{_row(row.assignment, set())} {days}{'，' if leads else ''}{leads}{of}"


def _day_with_what(one: Assignment, day: date) -> str:
    """6月30日（二季度：完成渠道30公里）"""
    what = what_by(one, day)
    return f"{day.month}月{day.day}日{f'（{wording.shortened(what, _WHAT)}）' if what else ''}"


def about(topic: str, rows: Sequence[Assignment], register: Register, page: int) -> str:
    """有关“养殖”的共2项：…"""
    head = f"有关“{topic}”的共{len(rows)}项：" if topic else f"有关的共{len(rows)}项："
    return fitted([head], counted(rows), telling(rows, register), [footer(register, rows)], page)


def under(query: Query, rows: Sequence[Assignment], register: Register) -> str:
    """“五、生态环境”部分共5项：…, with who leads each where that is asked too."""
    head = f"“{query.part}”部分共{len(rows)}项："
    row = led(rows, register) if query.fact in ("lead", "who") else telling(rows, register)
    return fitted([head], counted(rows), row, [footer(register, rows)], query.page)


def led(rows: Sequence[Assignment], register: Register) -> Callable[[tuple[int, Assignment]], str]:
    """How a row is told with who leads it."""
    several = len({one.document for one in rows}) > 1

    def tell(placed: tuple[int, Assignment]) -> str:
        place, one = placed
        leads = wording.names((one.units(Role.LEAD) or one.units(Role.RESPONSIBLE))[:2])
        of = of_document(one, register) if several else ""
        return f"{place}) {wording.subject(one, 24)}{f' {leads}' if leads else ''}{of}"

    return tell


def spread(
    told: Sequence[tuple[str, int]],
    loads: Sequence[Load],
    roles: Sequence[Role],
    query: Query,
    register: Register,
) -> str:
    """市商务局牵头的最多，2项；其次是…, or all units with how many each holds."""
    what = "、".join(_HOLDS[role] for role in roles) or "任务"
    within = f"“{query.part}”部分" if query.part else ""
    names = "、".join(unit for unit, _ in told[:MOST]) + (f"等{len(told)}个单位" if len(told) > MOST else "")
    if query.census is Census.ALL:
        each = "、".join(f"{unit}{number}项" for unit, number in told[:MOST]) + ("等" if len(told) > MOST else "")
        head = f"{within}{what}单位共{len(told)}个（“各部门”一类的统称不算）：{each}。"
        return wording.lines(head, _papers(register))
    if query.census is Census.EXACTLY:
        return _so_many(told, what, within, query.census_number, register)
    most = query.census is Census.MOST
    if query.census_number > 1:
        return _at_place(told, loads, f"{within}{what}", most, query.census_number, register)
    head = f"{names}{within}{what}最{'多' if most else '少'}，{'各' if len(told) > 1 else ''}{told[0][1]}项。"
    others = [one for one in (loads if most else loads[::-1]) if len(one.held) != told[0][1]][:3]
    after = "、".join(f"{one.unit}{len(one.held)}项" for one in others)
    return wording.lines(head, f"其次是{after}。" if after else "", _papers(register))


def _so_many(told: Sequence[tuple[str, int]], what: str, within: str, number: int, register: Register) -> str:
    """只有1项任务的单位共4个：…"""
    kind = "任务" if what == "任务" else f"{what}任务"
    if not told:
        return wording.lines(f"{within}没有只有{number}项{kind}的单位。", _papers(register))
    names = "、".join(unit for unit, _ in told[:MOST]) + ("等" if len(told) > MOST else "")
    return wording.lines(f"{within}只有{number}项{kind}的单位共{len(told)}个：{names}。", _papers(register))


def _at_place(
    told: Sequence[tuple[str, int]], loads: Sequence[Load], what: str, most: bool, place: int, register: Register
) -> str:
    """市财政局牵头第二多，3项。最多的是市人社局，6项。"""
    kind = "多" if most else "少"
    if not told:
        return wording.lines(f"没有排到第{place}{kind}的单位。", _papers(register))
    names = "、".join(unit for unit, _ in told[:MOST]) + (f"等{len(told)}个单位" if len(told) > MOST else "")
    top = loads[0] if most else loads[-1]
    head = f"{names}{what}第{'一二三四五'[place - 1]}{kind}，{'各' if len(told) > 1 else ''}{told[0][1]}项。"
    return wording.lines(head, f"最{kind}的是{top.unit}，{len(top.held)}项。", _papers(register))


def _papers(register: Register) -> str:
    return sources(register, [row for one in register.documents for row in register.of_document(one.id)[:1]])


def by_number(rows: Sequence[Assignment], register: Register) -> str:
    """第1、3项; of several documents each with its title."""
    papers: dict[str, list[str]] = {}
    for one in rows[:MOST_NUMBERS]:
        papers.setdefault(one.document, []).append(one.number or "")
    if len(papers) == 1:
        return wording.nth(*next(iter(papers.values())))
    named = ((register.document(key), numbers) for key, numbers in papers.items())
    return "；".join(
        f"{wording.title(document) if document else ''}{wording.nth(*numbers)}" for document, numbers in named
    )


def sources(register: Register, rows: Sequence[Assignment]) -> str:
    """The documents of an answer that names no rows, three at most."""
    documents = dict.fromkeys(one.document for one in rows)
    found = [document for key in documents if (document := register.document(key))]
    more = f"等{len(found)}份文件" if len(found) > 3 else ""
    return f"依据：{'、'.join(wording.title(document) for document in found[:3])}{more}" if found else ""


class Total(NamedTuple):
    """How many items a document counts, how many of them are empty, and how many duties its running text gives beside them."""

    document: Document
    items: int
    empty: int
    beside: int


def longest(told: Sequence[Total], others: Sequence[Total], most: bool, page: int = 0) -> str:
    """《…》任务最多，共20项。 and the others with theirs."""
    names = "、".join(wording.title(one.document) for one in told)
    each = "各" if len(told) > 1 else "共"
    head = f"{names}任务最{'多' if most else '少'}，{each}{told[0].items}项。"
    return fitted([head], others, lambda one: f"{wording.title(one.document)}共{one.items}项。", (), page)


def totals(found: Sequence[Total], page: int = 0) -> str:
    """《…》共54项任务，正文另有4项要求。"""
    told = [
        f"{wording.title(one.document)}共{one.items}项任务"
        + (f"，其中{one.empty}项原文只有序号没有内容" if one.empty else "")
        + (f"，正文另有{one.beside}项要求" if one.beside else "")
        + "。"
        for one in found
    ]
    total = sum(one.items for one in found)
    return fitted([f"一共{total}项任务。" if len(found) > 1 else ""], told, str, (), page)
