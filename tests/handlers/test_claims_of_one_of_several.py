"""A figure or a day that is claimed, where the row prints several: it is held against the one that is meant, and no yes is said for another.

The row of the paper is invented.
"""

from __future__ import annotations

from datetime import date, datetime

import pytest

from handlers import handle
from knowledge import deadlines
from knowledge.ledger import Ledger
from knowledge.model import Assignment, Document, Duty, Message, Place, Role
from knowledge.register import Register
from scheduler.calendar import WorkCalendar
from scheduler.policy import SHANGHAI

ISSUED = date(2026, 3, 2)
ROWS = (
    ("1", "新建公共停车场2处，其中北湖停车场180个车位、汽车站停车楼260个车位。", "北湖停车场8月底前投用；汽车站停车楼12月20日前投用"),
    ("2", "改造提升旅游景区厕所35座，新建第三卫生间12个。", "9月20日前"),
    ("3", "改造困难老年人家庭适老化设施200户，每户补助不超过4000元。", "9月底前"),
    ("4", "改造提升沙白线、石门线两条农村公路共38公里。", "11月15日前"),
    ("5", "发放80周岁以上高龄津贴。", "每月15日前"),
    ("6", "建立秸秆禁烧巡查机制，秸秆综合利用率达到95%。", "长期坚持"),
)  # fmt: skip


def office() -> Register:
    rows = tuple(
        Assignment(
            f"p-{number}", "p", number, number, (), text, text, Place(line=int(number)),
            (Duty("县农业农村局", Role.LEAD),), (deadlines.read(slot, ISSUED, 2026),),
        )
        for number, text, slot in ROWS
    )  # fmt: skip
    document = Document("p", "沙白县2026年重点任务分工方案", "p.docx", "p", issued=ISSUED, year=2026, locality="沙白县")
    return Register(1, (document,), rows)


def said(text: str) -> str:
    now = datetime(2026, 7, 8, 9, tzinfo=SHANGHAI)
    return handle(Message(text, scope=("p",)), office(), Ledger(), now, WorkCalendar()).text


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("停车场一共440个车位对吧", "是的。"),
        ("停车场一共500个车位对吧", "不是。文件写的是180个、260个。"),
        ("景区厕所改造35座对吧", "是的。"),
        ("景区厕所新建35座对吧", "不是。文件写的是“改造提升旅游景区厕所35座”。"),
        ("适老化改造补助4000对吧", "是的。"),
        ("适老化改造补助5000对吧", "不是。文件写的是200户、4000元。"),
        ("农村公路38公里对吧", "是的。"),
        ("石门线38公里？", "不是。文件写的是“改造提升沙白线、石门线两条农村公路共38公里”。"),
        ("适老化设施改了200户对吗", "文件要求的是这个数，办到哪一步请看进展报告。"),
        ("北湖停车场12月投用对吧", "不是。"),
        ("北湖停车场8月投用对吧", "是的。"),
        ("高龄津贴每月20号前发对吧", "不是。"),
        ("高龄津贴每月15号前发对吧", "是的。"),
        ("农村公路是10月修完吧", "不是。"),
    ],
)
def test_what_is_claimed_is_held_against_what_is_meant(text: str, begins: str) -> None:
    assert said(text).startswith(begins)


def test_of_several_claims_a_day_that_is_not_printed_is_not_confirmed() -> None:
    told = said("秸秆利用率95%，农业农村局负责，年底完成，对吧")
    assert told.startswith("不全对：县农业农村局负责没错；秸秆利用率95%没错；年底完成文件里没有写。")
