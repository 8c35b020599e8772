"""What is asked of an assignment with several dates is told with what is to be reached by each."""

from __future__ import annotations

from datetime import datetime

import pytest

from handlers import handle
from knowledge.ledger import Ledger
from knowledge.model import Message
from knowledge.parsing import parse
from knowledge.reading.reading import Reading
from knowledge.register import Register
from scheduler.calendar import WorkCalendar
from scheduler.policy import SHANGHAI
from tests.knowledge.parsing.test_tables import table, title


@pytest.fixture(scope="module")
def register() -> Register:
    rows = table(
        "序号|项目名称|一季度|二季度|四季度|牵头单位",
        "1|改造灌溉渠系|完成招标|开挖渠道30公里|全线通水|县水利局",
        "2|建设粮食烘干房|—|主体封顶|—|县农业农村局",
    )
    other = table(
        "序号|工作任务|完成时限|牵头单位", "3|更新路灯|5月底前完成城东片；6月底前完成城西片|县城管局", number=2
    )
    blocks = (title("石溪县2026年重点项目推进计划"), *rows, *other)
    return Register().filed(parse(Reading("xlsx", blocks), "x", "0" * 64))[0]


NOW = datetime(2026, 5, 20, 9, tzinfo=SHANGHAI)


def say(register: Register, text: str, ledger: Ledger | None = None) -> str:
    return handle(Message(text), register, ledger or Ledger(), NOW, WorkCalendar()).text


def test_a_list_of_what_falls_due_says_what_is_to_be_reached_by_the_day(register: Register) -> None:
    told = say(register, "二季度有哪些任务到期")
    assert "6月30日（二季度：开挖渠道30公里），县水利局" in told
    assert "5月31日（5月底前完成城东片）、6月30日（6月底前完成城西片），县城管局" in told


def test_a_row_with_one_date_only_names_the_day(register: Register) -> None:
    assert "6月30日，县农业农村局" in say(register, "二季度有哪些任务到期")


def test_how_far_a_matter_is_to_be_in_a_quarter_is_told_beside_what_was_reported(register: Register) -> None:
    told = say(register, "灌溉渠系改造二季度要做到哪一步").splitlines()
    assert told[1] == "这段时间要做到：“二季度：开挖渠道30公里”（6月30日）。"


def test_when_a_matter_is_due_names_every_date_with_its_words(register: Register) -> None:
    told = say(register, "灌溉渠系什么时候完成")
    assert "“一季度：完成招标”，即2026年3月31日" in told
    assert "“四季度：全线通水”，即2026年12月31日" in told


def test_a_report_of_one_stage_is_confirmed_and_told_as_such(register: Register) -> None:
    report = Message("第1项二季度已完成", unit="县水利局", role="liaison")
    confirmed = handle(report, register, Ledger(), NOW, WorkCalendar())
    assert "（二季度：开挖渠道30公里）已办结" in confirmed.text
    told = say(register, "第1项办到哪一步了", Ledger().plus(*confirmed.entries))
    assert "县水利局报告“二季度：开挖渠道30公里”已办结" in told
