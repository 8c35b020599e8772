"""Lists with conditions in words: what falls due first, what has no end, what others hold, all there is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from handlers import wording, wording_units
from handlers.diary import Falling
from handlers.wording_lists import counted, due_row, fitted, footer, of_document
from knowledge.model import Assignment, Role
from knowledge.question.edges import Edge
from knowledge.question.query import Query
from knowledge.register import Register


def edge(rows: Sequence[Falling], asked: Edge, query: Query, register: Register, today: date | None) -> str:
    """今天以后最先到期的是3项：…; `today` None: all of it is past."""
    whose = wording.names(query.names[:3])
    since = f"从今天（{today.month}月{today.day}日）算起，" if today else "全部到期日都已过去，其中"
    which = "最晚" if asked.last else "最先"
    several = len({row.assignment.document for row in rows}) > 1
    return fitted(
        [f"{since}{whose}{which}到期的是{f'这{len(rows)}项' if len(rows) > 1 else '这一项'}："],
        counted(rows),
        lambda row: f"{row[0]}) {due_row(row[1], register if several else None)}",
        [
            *(wording_units.taken_for(asked, register) for asked in query.units if asked.units),
            footer(register, [row.assignment for row in rows]),
        ],
        query.page,
    )


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
    several = len({one.document for one in rows}) > 1

    def row(counted: tuple[int, Assignment]) -> str:
        place, one = counted
        leads = wording.names((one.units(Role.LEAD) or one.units(Role.RESPONSIBLE))[:2])
        return f"{place}) {wording.subject(one, 24)}{f' {leads}' if leads else ''}{of_document(one, register) if several else ''}"

    return fitted([head], counted(rows), row, [footer(register, rows)], page)


def all_of_it(rows: Sequence[Assignment], register: Register, page: int) -> str:
    """《…》共17项任务：…, each with who leads."""
    document = register.document(rows[0].document) if rows else None
    head = f"{wording.title(document) if document else '文件'}共{len(rows)}项任务："

    def row(counted: tuple[int, Assignment]) -> str:
        leads = wording.names((counted[1].units(Role.LEAD) or counted[1].units(Role.RESPONSIBLE))[:2])
        return f"{wording.subject(counted[1], 24)}{f' {leads}' if leads else ''}"

    return fitted([head], counted(rows), row, [], page)
