"""今年比去年多了哪些任务: what became different, told in chat."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from handlers import handle
from handlers.message import Outcome
from knowledge.ledger import Ledger
from knowledge.model import Message
from knowledge.register import Register
from scheduler.calendar import WorkCalendar
from scheduler.policy import SHANGHAI
from tests.knowledge.papers import LINES, PLAN, paper

BUDGET, ACCOUNTS, WELFARE, SCHOOLS, HOUSES = LINES
LAST = paper(PLAN.replace("2026", "2025"), LINES, year=2025, number="澄政办发〔2025〕4号", issued=date(2025, 3, 1))
THIS = paper(
    PLAN,
    (
        BUDGET.replace("9月底前", "8月底前"),
        ACCOUNTS.replace("市大数据局", "市数据局"),
        WELFARE,
        SCHOOLS,
        "建设危险化学品停车场 | 市交通运输局 | 10月底前",
        "编制应急预案并组织演练 | 市应急管理局；市交通运输局 | 6月底前",
    ),
)
REVISED = paper(PLAN, (*LINES[:2], "建设危险化学品停车场 | 市交通运输局 | 10月底前"), source="修订.docx")


def register(*drafts: object) -> Register:
    filed = Register()
    for draft in drafts:
        filed, _ = filed.filed(draft)  # type: ignore[arg-type]
    return filed


def says(text: str, *drafts: object, unit: str | None = None) -> Outcome:
    now = datetime(2026, 6, 1, 9, tzinfo=SHANGHAI)
    return handle(Message(text, unit=unit), register(*(drafts or (LAST, THIS))), Ledger(), now, WorkCalendar())


def test_what_is_new_this_year_is_listed_behind_the_figures() -> None:
    outcome = says("今年比去年多了哪些任务")
    assert outcome.text == (
        "澄江湾市《2026年政务公开任务分工方案》与2025年相比，新增2项、删去1项、延续3项、改动1项（收紧1项）、单位更名1个。\n"
        "新增的有：\n"
        "· 第5项“建设危险化学品停车场”（市交通运输局）\n"
        "· 第6项“编制应急预案并组织演练”（市应急管理局）"
    )
    assert outcome.answer is not None
    assert outcome.answer.count == 2
    assert len(outcome.answer.assignments) == 2


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "2026年的方案比2025年少了哪些任务",
            "删去的有：\n· 第5项“开展自建房安全检查，对危险房屋停用”（市住房城乡建设局）",
        ),
        ("和去年相比哪些任务的时限提前了", "时限由“9月底前”改为“8月底前”，提前1个月"),
        ("今年的方案跟去年比有什么变化", "单位更名：市大数据局更名为市数据局。"),
        ("市应急管理局今年比去年多了哪几项", "市应急管理局：新增1项。"),
        ("市民政局今年比去年多了哪几项", "没有新增的任务。"),
    ],
)
def test_what_is_asked_for_is_told(question: str, said: str) -> None:
    assert said in says(question).text


def test_ones_own_unit_is_meant_by_us() -> None:
    told = says("我们局今年比去年多了哪些任务", unit="市交通运输局").text
    assert "市交通运输局：新增2项。" in told


def test_a_revision_is_compared_with_the_edition_before() -> None:
    told = says("修订后有哪些变化", THIS, REVISED).text
    assert told.startswith("澄江湾市《2026年政务公开任务分工方案》与修订前相比，")


def test_without_anything_to_compare_with_it_says_so() -> None:
    outcome = says("今年比去年多了哪些任务", THIS)
    assert outcome.text == "册中没有可以对照的前一份文件，请先导入去年的或修订前的文件。"
    assert outcome.answer is not None
    assert not outcome.answer.answered


@pytest.mark.parametrize(
    "question",
    [
        "今年财政收入比去年多了多少",
        "今年比去年多收了哪些税",
        "修订校车管理办法谁牵头",
        "部门预算和采购分别由谁牵头",
        "第2项和第3项有什么不同",
    ],
)
def test_other_questions_are_answered_as_before(question: str) -> None:
    assert "相比，" not in says(question).text
    assert "可以对照的" not in says(question).text
