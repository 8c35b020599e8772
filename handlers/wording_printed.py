"""What is told of the rows that print something or do not: 没写牵头单位的有19项, 写到的单位最多的是第4项."""

from __future__ import annotations

from collections.abc import Sequence

from handlers import wording
from handlers.wording_lists import IN_A_LINE, by_number, counted, fitted, footer, led, sources, telling
from knowledge.model import Assignment, Role
from knowledge.question.query import Query
from knowledge.register import Register

_PRINTED = {
    "lead": "牵头单位",
    "responsible": "责任单位",
    "cooperating": "配合单位",
    "deadline": "完成时限",
    "day": "具体日期",
}
_HAVING = {
    "dated": "写有具体日期",
    "one lead": "只有一家牵头",
    "one responsible": "只有一家责任单位",
    "one cooperating": "只有一家配合",
} | {f"with {role}": f"写有{words}" for role, words in _PRINTED.items() if words.endswith("单位")}
_ROLE = {(): "写到的单位", (Role.LEAD,): "牵头单位", (Role.RESPONSIBLE,): "责任单位", (Role.COOPERATING,): "配合单位"}


def lacking(query: Query, rows: Sequence[Assignment], register: Register) -> str:
    """没写牵头单位的有19项：第1、2项……"""
    what, whose = _PRINTED.get(query.lacking or "lead", ""), wording.names(query.names[:3])
    row = led(rows, register) if query.fact in ("lead", "who") else telling(rows, register)
    if query.lacking in _HAVING:
        head = f"{whose}{_HAVING[query.lacking]}的有{len(rows)}项{'：' if rows else '。'}"
        return fitted([head], counted(rows), row, [footer(register, rows)], query.page)
    alone = "只写了一个单位" if query.lacking == "others" else "有单位牵头、没有写配合单位"
    if not rows:
        return (
            f"{whose}每一项都写了{what}。" if what else f"{whose or '文件里'}没有{alone.replace('写了', '写')}的任务。"
        )
    head = f"{whose}{f'没有写{what}' if what else alone}的有{len(rows)}项："
    if len(rows) <= IN_A_LINE:
        return fitted([head], counted(rows), row, [footer(register, rows)], query.page)
    return wording.lines(f"{head}{by_number(rows, register)}。", sources(register, rows))


def widest(rows: Sequence[Assignment], many: int, roles: tuple[Role, ...], few: bool, register: Register) -> str:
    """配合单位最多的是第4项，2家：…, with the units of each."""
    what = _ROLE.get(roles, "写到的单位")
    head = f"{what}最{'少' if few else '多'}的有{len(rows)}项，{'各' if len(rows) > 1 else ''}{many}家："

    def row(placed: tuple[int, Assignment]) -> str:
        place, one = placed
        units = [duty.unit for duty in one.duties if not roles or duty.role in roles]
        return f"{place}) {wording.subject(one, 20)} {wording.names(list(dict.fromkeys(units))[:4])}"

    return fitted([head], counted(rows), row, [footer(register, rows)], 0)
