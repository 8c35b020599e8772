"""Who holds most, fewest, how many units there are: counted, never guessed."""

from __future__ import annotations

import pytest

from handlers.message import Answer
from tests.handlers.test_clerks import ask, numbers


def told(paper: str, text: str) -> Answer:
    answer = ask(paper, text).answer
    assert answer is not None
    assert answer.answered
    return answer


@pytest.mark.parametrize("text", ["牵头最多的是哪个局", "哪个单位承办的最多", "谁主办的最多"])
def test_who_leads_most_is_counted_over_the_register(text: str) -> None:
    found = told("ledger", text)
    assert found.units == ("区城市管理局",)
    assert found.count == 2
    assert found.assignments == ("ledger-2.2", "ledger-2.3")


def test_units_that_hold_equally_few_are_all_named() -> None:
    found = told("rectify", "任务最少的是哪家")
    assert set(found.units) == {"区交通运输局", "老港码头公司", "区生态环境分局", "老港街道办事处"}


def test_within_a_heading_only_its_rows_count() -> None:
    found = told("plan", "交通水利部分谁牵头最多")
    assert found.units == ("市交通运输局", "市水利局")
    assert found.count == 1


def test_all_units_are_counted_without_the_collectives() -> None:
    found = told("rectify", "责任单位一共有几个")
    assert found.count == 5


def test_a_subject_is_no_question_about_the_spread() -> None:
    assert numbers(ask("plan", "农村危房涉及哪些部门")) == ["7"]


def test_the_paper_with_most_items_and_with_fewest() -> None:
    most = ask("", "哪个文件条数最多")
    assert most.answer is not None
    assert (most.answer.documents, most.answer.count) == (("plan",), 9)
    assert most.text.startswith("《松坪市2025年政府重点工作任务分解方案》任务最多，共9项。")
    fewest = ask("", "任务最少的是哪份文件").answer
    assert fewest is not None
    assert (set(fewest.documents), fewest.count) == ({"deeds", "rectify", "slips"}, 4)
