"""Lists with conditions in words: what falls due first, what has no end, what others hold, all there is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from handlers import wording, wording_units
from handlers.diary import Falling
from handlers.wording_lists import FEWEST, MOST, counted, due_row, fitted, footer, led, of_document, span_words
from knowledge.model import Assignment, Role, Span
from knowledge.question.query import Asked, Query
from knowledge.register import Register

_SAYS = {Role.LEAD: "牵头", Role.RESPONSIBLE: "负责", Role.COOPERATING: "配合"}
_END = {False: "最先", True: "最晚"}


def edge(ends: Sequence[tuple[bool, Sequence[Falling]]], query: Query, register: Register, today: date | None) -> str:
    """从今天（5月20日）算起，最先到期的是这3项：…; each end (`True`: the last to fall due) with its rows. `today` None: all of it is
    past. Of a stretch that is named: 三季度（…），最晚到期的是这一项：…"""
    whose = wording.names(query.names[:3])
    since = f"从今天（{today.month}月{today.day}日）算起，" if today else "全部到期日都已过去，其中"
    since = f"{span_words(query.span)}，" if query.span else since
    rows = _of_both(ends) if len(ends) > 1 else [(last, row) for last, held in ends for row in held]
    if not rows:
        return f"{since}{whose}没有到期的任务。"
    several = len({row.assignment.document for _, row in rows}) > 1
    marks = {last: f"{_END[last]}：" if len(ends) > 1 else "" for last in _END}
    many = f"{_END[ends[0][0]]}到期的是{f'这{len(rows)}项' if len(rows) > 1 else '这一项'}"
    many = "、".join(f"{_END[last]}到期的{len(held)}项" for last, held in ends) if len(ends) > 1 else many
    return fitted(
        [f"{since}{whose}{many}："],
        counted(rows),
        lambda row: f"{row[0]}) {marks[row[1][0]]}{due_row(row[1][1], register if several else None)}",
        [
            *(wording_units.taken_for(asked, register) for asked in query.units if asked.units),
            footer(register, [row.assignment for _, row in rows]),
        ],
        query.page,
    )


def _of_both(ends: Sequence[tuple[bool, Sequence[Falling]]]) -> list[tuple[bool, Falling]]:
    """The rows of both ends: the first stretch of the list shows some of each, however many fall due on one day."""
    begun = [(last, row) for last, held in ends for row in held[:FEWEST]]
    return begun + [(last, row) for last, held in ends for row in held[FEWEST:]]


def tempo(
    told: Sequence[tuple[Assignment, str]], beside: Sequence[Assignment], query: Query, register: Register
) -> str:
    """“长期坚持”的任务共2项：…, each with its phrase; `beside` are the others that have no end."""
    whose = wording.names(query.names[:3])
    words = query.tempo.words if query.tempo else ""
    if not told:
        kind = "按期反复办理" if query.tempo and query.tempo.again else "长期、持续进行"
        return f"{whose or '文件里'}没有写明{kind}的任务。"
    several = len({one.document for one, _ in told}) > 1

    def row(counted: tuple[int, tuple[Assignment, str]]) -> str:
        place, (one, phrase) = counted
        of = of_document(one, register) if several else ""
        return f"{place}) {wording.subject(one, 24)}（{wording.shortened(phrase, 14)}）{of}"

    numbers = [one.number for one in beside if one.number]
    also = f"另有{len(beside)}项也没有截止日：{wording.nth(*numbers)}。" if numbers and not several else ""
    return fitted(
        [f"{whose}“{words}”的任务共{len(told)}项："],
        counted(told),
        row,
        [also, footer(register, [one for one, _ in told])],
        query.page,
    )


def others(units: str, what: str, rows: Sequence[Assignment], register: Register, page: int) -> str:
    """不是市财政局牵头的共12项：…, each with who leads."""
    head = f"不是{units}{what or '承担'}的共{len(rows)}项："
    return fitted([head], counted(rows), led(rows, register), [footer(register, rows)], page)


def outside(span: Span, rows: Sequence[Assignment], query: Query, register: Register) -> str:
    """市财政局不在11月底截止（2025年11月21日至11月30日）的共3项：…, each with its slot as printed."""
    whose = wording.names(query.names[:3])
    if not rows:
        return f"{whose}的任务都在{span.words}。" if whose else f"任务都在{span.words}。"
    several = len({one.document for one in rows}) > 1

    def row(placed: tuple[int, Assignment]) -> str:
        slot = next((part.text for part in placed[1].deadlines if part.text and not part.inner), "没有写时限")
        of = of_document(placed[1], register) if several else ""
        return f"{placed[0]}) {wording.subject(placed[1], 24)}（{wording.shortened(slot, 14)}）{of}"

    return fitted(
        [f"{whose}不在{span.words}的共{len(rows)}项："], counted(rows), row, [footer(register, rows)], query.page
    )


def busiest(
    most: Sequence[tuple[int, int]],
    months: Mapping[tuple[int, int], Sequence[Assignment]],
    register: Register,
    page: int,
) -> str:
    """9月到期的任务最多，2项：… and below how many fall due in the other months."""
    years = len({year for year, _ in months}) > 1
    named = {month: f"{f'{month[0]}年' if years else ''}{month[1]}月" for month in months}
    held = [(month, one) for month in most for one in months[month]]
    several = len({one.document for _, one in held}) > 1

    def row(placed: tuple[int, tuple[tuple[int, int], Assignment]]) -> str:
        place, (month, one) = placed
        of = of_document(one, register) if several else ""
        return f"{place}) {wording.subject(one, 24)}{f'（{named[month]}）' if len(most) > 1 else ''}{of}"

    each = "各" if len(most) > 1 else ""
    head = f"{'、'.join(named[month] for month in most)}到期的任务最多，{each}{len(months[most[0]])}项："
    others = "、".join(f"{named[month]}{len(rows)}项" for month, rows in months.items() if month not in most)
    tail = [f"其他月份：{others}。" if others else "", footer(register, [one for _, one in held])]
    return fitted([head], counted(held), row, [line for line in tail if line], page)


def all_of_it(rows: Sequence[Assignment], register: Register, page: int) -> str:
    """《…》共17项任务：…, each with who leads."""
    document = register.document(rows[0].document) if rows else None
    head = f"{wording.title(document) if document else '文件'}共{len(rows)}项任务："

    def row(counted: tuple[int, Assignment]) -> str:
        leads = wording.names((counted[1].units(Role.LEAD) or counted[1].units(Role.RESPONSIBLE))[:2])
        return f"{wording.subject(counted[1], 24)}{f' {leads}' if leads else ''}"

    return fitted([head], counted(rows), row, [], page)


def all_of_them(rows: Sequence[Assignment], register: Register, page: int) -> str:
    """4份文件一共30项任务：《…》6项，《…》9项。 and then document by document, each with who leads."""
    held = Counter(one.document for one in rows)
    found = [(document, held[document.id]) for document in register.documents if held[document.id]]
    each = "，".join(f"{wording.title(document)}{many}项" for document, many in found[:MOST])
    each = "：" if page else f"：{each}{'等' if len(found) > MOST else ''}。"

    def row(placed: tuple[int, Assignment]) -> str:
        leads = wording.names((placed[1].units(Role.LEAD) or placed[1].units(Role.RESPONSIBLE))[:2])
        told = f"{placed[0]}) {wording.subject(placed[1], 24)}{f' {leads}' if leads else ''}"
        return f"{told}{of_document(placed[1], register)}"

    return fitted([f"{len(found)}份文件一共{len(rows)}项任务{each}"], counted(rows), row, [], page)


def jointly(query: Query, rows: Sequence[Assignment], register: Register) -> str:
    """市场局牵头、住建局配合的共1项：…"""
    told = "、".join(
        f"{'不是' if one.denied else ''}{wording.names(one.asked.units[:2]) or one.asked.words}{_SAYS[one.role]}"
        for one in query.joint
    )
    if not rows:
        return f"没有{told}的任务。"
    several = len({one.document for one in rows}) > 1

    def row(placed: tuple[int, Assignment]) -> str:
        of = of_document(placed[1], register) if several else ""
        return f"{placed[0]}) {wording.subject(placed[1], 30)}{of}"

    return fitted([f"{told}的共{len(rows)}项："], counted(rows), row, [footer(register, rows)], query.page)


def versus(found: Sequence[tuple[Asked, Sequence[Assignment]]], what: str, fewer: bool) -> str:
    """市城市管理局的任务多，3项；市公安局2项。 `fewer`: asked who has less."""
    ordered = sorted(found, key=lambda each: len(each[1]), reverse=not fewer)
    numbers = [(wording.names(asked.units[:2]), len(held)) for asked, held in ordered]
    if len({number for _, number in numbers}) == 1:
        return f"{wording.names(name for name, _ in numbers)}{what or '任务'}一样多，各{numbers[0][1]}项。"
    (name, number), *others = numbers
    rest = "，".join(f"{other}{many}项" for other, many in others)
    return f"{name}{f'{what}的' if what else '的任务'}{'少' if fewer else '多'}，{number}项；{rest}。"


def supporting(told: Sequence[tuple[str, int]], register: Register) -> str:
    """没有牵头任务的单位共3个：市财政局2项、…"""
    if not told:
        return "每个单位都有牵头的任务。"
    each = "、".join(f"{unit}{number}项" for unit, number in told[:MOST]) + ("等" if len(told) > MOST else "")
    head = f"只配合或负责、没有牵头任务的单位共{len(told)}个（“各部门”一类的统称不算）：{each}。"
    return wording.lines(
        head, footer(register, [row for one in register.documents for row in register.of_document(one.id)[:1]])
    )
