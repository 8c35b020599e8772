"""What a column holds in the light of those beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.model import Role
from knowledge.parsing.columns import TIME, Column, Holds, without_note

_GONE = re.compile(
    rf"(?:任务|事项|状态|进展|进度)?(?:最近|最新|最后|上次|末次|首次)?(?:一次)?"
    rf"(?:会议|召开|批示|交办|下达|下发|派发|分派|分办|签收|接收|领办|受理|立项|发现|提出|转办|收到|收文|来文|批复|印发|签发|登记|填报|填表|填写|制表|录入|"
    rf"创建|新建|更新|修改|导出|提交(?=时间)|反馈问题|检查|排查|巡查|巡察|督察|督查|审计|抽查|暗访|举报|投诉|来访|接访|信访|勘验|立案|通报|曝光|发生|实际\S{{0,4}}|原定?\S{{0,4}}|调整前\S{{0,4}}){TIME}"
)  # what was done before the assignment was given, or no longer holds
# When a thing was done with, where a column beside it tells how far it is.
_DONE = re.compile(r"(?:任务|问题|整改)?(?:验收)?(?:销号|销账|办结|完结)(?:时间|日期)")
_PROGRESS = re.compile(r"进展|是否|状态|完成情况|整改情况|办理情况")
_ACTING = (Holds.UNITS, Holds.PERSON)


def seen_together(columns: Sequence[Column]) -> tuple[Column, ...]:
    """`columns`, each read by its own head, with what the heads beside it make of it."""
    return tuple(_one_time(_second_leads(_hosts_lead(_members_answer(_served(_reported(columns)))))))


_REPORTED = re.compile(r"问题|困难|不足|下一?步|协调|建议")


def _reported(columns: Sequence[Column]) -> Sequence[Column]:
    """`columns` where 存在问题, 下步措施 behind the units only report on the work that stands in front of them."""
    owned = next((at for at, column in enumerate(columns) if column.holds is Holds.UNITS), None)
    if owned is None or all(column.holds is not Holds.TEXT for column in columns[:owned]):
        return columns
    return [
        replace(column, holds=Holds.NOTE)
        if at > owned and column.holds is Holds.TEXT and _REPORTED.search(column.head)
        else column
        for at, column in enumerate(columns)
    ]


def _one_time(columns: Sequence[Column]) -> Sequence[Column]:
    """`columns` where days that are over (交办时间) are only remarks beside the day on which a thing is due."""
    told = any(_PROGRESS.search(column.head) for column in columns)
    times = [column for column in columns if column.holds is Holds.DEADLINE]
    gone = [column for column in times if _is_gone(column, told)]
    return [replace(c, holds=Holds.NOTE) if c in gone and len(gone) < len(times) else c for c in columns]


def _is_gone(column: Column, told: bool) -> bool:
    """Whether a day is over; `told`: another column tells how far things are."""
    head = without_note(column.head)
    return bool(_GONE.fullmatch(head) or (told and _DONE.fullmatch(head)))


_FIRST_OF_TWO = re.compile(r"牵头|统筹")
_SECOND = re.compile(r"主责|主办|主要责任|主要负责|主抓")


def _second_leads(columns: Sequence[Column]) -> Sequence[Column]:
    """`columns` where 主责单位 stands beside 牵头单位: one of them leads, the other answers for the work, unsure."""
    leads = [column.head for column in columns if column.role is Role.LEAD]
    if not any(map(_FIRST_OF_TWO.search, leads)) or all(map(_FIRST_OF_TWO.search, leads)):
        return columns
    return [
        replace(column, role=Role.RESPONSIBLE, unsure=True)
        if column.role is Role.LEAD and _SECOND.search(column.head) and not _FIRST_OF_TWO.search(column.head)
        else column
        for column in columns
    ]


_SERVED = re.compile(
    r"(?P<by>包保|包联|包片|包干|包抓|挂包|挂钩|帮扶|帮联|联系|服务|走访|对口|结对)(?P<whom>企业|村社区?|村居|村|社区|乡镇|镇街|街镇|项目|户)$"
)


def _served(columns: Sequence[Column]) -> Sequence[Column]:
    """`columns` where 包保企业 is who is looked after: always a firm, a place where 包保单位 stands beside it."""
    out: list[Column] = []
    for column in columns:
        m = _SERVED.search(column.head) if column.holds is Holds.UNITS else None
        by = m is not None and any(c is not column and c.holds in _ACTING and m["by"] in c.head for c in columns)
        out.append(Column(Holds.CATEGORY, column.head) if m is not None and (by or m["whom"] == "企业") else column)
    return out


def _members_answer(columns: Sequence[Column]) -> Sequence[Column]:
    """`columns` where 成员单位 is the only one with units: there they have the work, and help nobody."""
    owners = [column for column in columns if column.holds is Holds.UNITS]
    if len(owners) != 1 or "成员" not in owners[0].head:
        return columns
    return [replace(c, role=Role.RESPONSIBLE) if c is owners[0] else c for c in columns]


_HOST = re.compile(r"承办|承接|办理")


def _hosts_lead(columns: Sequence[Column]) -> Sequence[Column]:
    """`columns` where 承办单位 stands alone beside 协办单位: there it means who leads."""
    roles = [column.role for column in columns if column.holds is Holds.UNITS]
    if Role.LEAD in roles or Role.COOPERATING not in roles or roles.count(Role.RESPONSIBLE) != 1:
        return columns
    return [
        replace(column, role=Role.LEAD) if column.role is Role.RESPONSIBLE and _HOST.search(column.head) else column
        for column in columns
    ]
