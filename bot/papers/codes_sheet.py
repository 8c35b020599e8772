"""绑定码 as a sheet to hand out: each person's code with what to do with it, a row to be cut off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.papers.workbook import Field, workbook
from handlers.wording_deadlines import calendar_day
from knowledge.invitations import Fresh
from knowledge.people import ROLES, Person

_FIELDS = (
    Field("序号", 6, centred=True), Field("单位", 24), Field("姓名", 12), Field("角色", 10, centred=True),
    Field("绑定码", 14, centred=True), Field("有效期至", 14, centred=True), Field("怎样绑定", 46),
)  # fmt: skip
_NOTE = "一个码只能由本人用一次。请当面、电话或逐个私聊交给本人，不要把整张表发到群里；发完以后删除本文件。"


def codes_sheet(codes: Sequence[tuple[Person, Fresh]], now: datetime) -> bytes:
    """The bytes of an .xlsx with a row for each person and code."""
    rows = [
        (
            place,
            person.unit,
            person.name,
            ROLES[person.role],
            fresh.spaced,
            calendar_day(fresh.invitation.until),
            f"在与机器人的私聊里发：绑定 {fresh.code}",
        )
        for place, (person, fresh) in enumerate(codes, 1)
    ]
    return workbook("人员绑定码", _NOTE, _FIELDS, rows, now.date(), "绑定码")
