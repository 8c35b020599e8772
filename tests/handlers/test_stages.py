"""Of an assignment with several dates the one that is asked for is told."""

from __future__ import annotations

from datetime import datetime

import pytest

from handlers import handle
from handlers.message import Outcome
from knowledge.ledger import Ledger
from knowledge.model import Message
from knowledge.parsing import parse
from knowledge.reading.reading import Reading
from knowledge.register import Register
from scheduler.calendar import WorkCalendar
from scheduler.policy import SHANGHAI
from tests.knowledge.parsing.test_tables import table, title

NOW = datetime(2025, 3, 3, 9, tzinfo=SHANGHAI)


@pytest.fixture(scope="module")
def register() -> Register:
    plan = table(
        "序号|项目名称|第一季度|第二季度|第三季度|第四季度|完成时限|责任单位",
        "1|竹溪车站改造|完成桩基|站房施工|月台贯通|竣工验收|2025年12月15日前投入运营|县交通运输局",
        "2|磨盘山风电前期|完成立项|进山道路开工|测风塔安装|提交可研报告||县发展改革局",
        "3|荷塘公园|苗木采购|栈桥施工|栈桥贯通|观景台投用|9月20日前栈桥开放，12月10日前观景台投用|县林业局",
    )
    mending = table(
        "序号|整改措施|整改时限|责任单位",
        "4|对9条沟渠开展清淤、补水和管护移交|4月底前完成清淤；7月底前完成补水；10月底前完成管护移交|县水利局",
        "5|新建柳巷、桑园两座消防站。柳巷消防站5月底前开工，桑园消防站10月底前建成投勤。|11月底前|县消防救援大队",
        "6|普查地下管线。3月底前完成资料收集，8月底前完成探测。|2025年底前|县住建局",
        number=2,
    )
    blocks = (title("竹溪县2025年重点项目推进计划"), *plan, *mending)
    return Register().filed(parse(Reading("xlsx", blocks), "x", "0" * 64))[0]


def ask(register: Register, text: str) -> Outcome:
    return handle(Message(text), register, Ledger(), NOW, WorkCalendar())


@pytest.mark.parametrize(
    ("question", "dates"),
    [
        ("竹溪车站什么时候投入运营", ["2025-12-15"]),
        ("竹溪车站月台什么时候贯通", ["2025-09-30"]),
        ("荷塘公园栈桥什么时候开放", ["2025-09-20"]),
        ("荷塘公园栈桥和观景台分别什么时候投用", ["2025-09-20", "2025-12-10"]),
        ("磨盘山风电进山道路几时开工", ["2025-06-30"]),
        ("沟渠清淤和管护移交分别什么时候完成", ["2025-04-30", "2025-10-31"]),
        ("沟渠什么时候清淤", ["2025-04-30"]),
        ("柳巷消防站什么时候开工", ["2025-05-31"]),
        ("桑园消防站什么时候投入执勤", ["2025-10-31"]),
        ("地下管线普查的资料收集什么时候完成", ["2025-03-31"]),
    ],
)
def test_the_date_of_what_is_to_be_reached_is_told_alone(register: Register, question: str, dates: list[str]) -> None:
    answer = ask(register, question).answer
    assert answer is not None
    assert list(answer.dates) == dates
    assert len(answer.assignments) == 1


def test_the_whole_is_due_on_its_own_date_to_which_the_others_lead(register: Register) -> None:
    told = ask(register, "地下管线普查什么时候完成")
    assert told.answer is not None
    assert told.answer.dates == ("2025-12-31",)
    assert "8月底前完成探测" in told.text


def test_an_end_that_is_dated_nowhere_is_said_to_be_so_and_no_date_told(register: Register) -> None:
    told = ask(register, "磨盘山风电什么时候竣工")
    assert told.answer is not None
    assert told.answer.dates == ()
    assert told.text.startswith("文件没有写竣工的时间，写了的节点是：“第一季度：完成立项”、")


def test_all_dates_are_told_where_none_is_singled_out(register: Register) -> None:
    answer = ask(register, "9条沟渠的整改时限").answer
    assert answer is not None
    assert answer.dates == ("2025-04-30", "2025-07-31", "2025-10-31")
