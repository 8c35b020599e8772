"""Lists with conditions: what others lead, what falls due first, what goes on without an end, what names nobody beside."""

from __future__ import annotations

from datetime import date

import pytest

from tests.handlers.test_clerks import ask, numbers, table


@pytest.mark.parametrize(
    ("paper", "text", "right"),
    table("""
    plan | 不是住建局牵头的有哪些 | 1 2 3 4 5 6 8 9
    plan | 除了民政局、水利局以外，还有几项任务 | 1 2 3 4 8 9
    plan | 最先到期的是哪一项 | 3
    plan | 最晚完成的任务 | 1
    plan | 住建局最近要到期的是哪个 | 4
    plan | 最早到期的两项 | 3 8
    plan | 哪些任务只有一个单位 | 9
    plan | 没写完成时间的有哪几项 | 9
    plan | 城管局牵头又没写时限的 | 9
    deeds | 每季度都要做的有哪些 | 3
    plan | 每月都要报的有几项 | 正文
    plan | 财政局牵头的一季度任务 | 3
    plan | 4号和8号谁牵头 | 4 8
    plan | 头两项是啥 | 1 2
    plan | 财政局配合的是哪一项 | 6
    """),
)
def test_conditions_of_a_list(paper: str, text: str, right: list[str]) -> None:
    assert numbers(ask(paper, text)) == right


def test_a_window_in_which_nothing_falls_due_names_what_comes_next() -> None:
    told = ask("plan", "本周有什么到期的", today=date(2025, 8, 4))
    assert numbers(told) == []
    assert "没有到期的任务" in told.text
    assert "之后最近的是第8项" in told.text


def test_a_list_asked_for_with_its_days_tells_them() -> None:
    told = ask("plan", "住建局牵头哪几项，什么时候完成")
    assert told.answer is not None
    assert told.answer.dates == ("2025-11-20",)
    assert "11月20日" in told.text


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("牵头第二多的是哪个局", {"区发展和改革局", "区投资促进中心", "区城建公司", "区政务服务局", "区卫生健康局"}),
        ("只牵头两项的是哪几家", {"区城市管理局"}),
    ],
)
def test_units_by_their_place_and_by_how_much_they_hold(text: str, units: set[str]) -> None:
    told = ask("ledger", text)
    assert told.answer is not None
    assert set(told.answer.units) == units
    assert told.answer.count == (1 if "第二" in text else len(units))


def test_asking_words_of_the_regions_are_understood() -> None:
    assert numbers(ask("plan", "边个负责危房改造")) == ["7"]
    assert ask("plan", "残疾人运动会啥子时候办").answer.dates == ("2025-08-31",)  # type: ignore[union-attr]
    assert ask("plan", "危房改造好久完成").answer.dates == ("2025-11-20",)  # type: ignore[union-attr]
    assert ask("plan", "危房改造多会儿弄完").answer.dates == ("2025-11-20",)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("paper", "text", "right"),
    table("""
    plan | 进展情况报给谁 | 正文
    plan | 列一下所有任务 | 1 2 3 4 5 6 7 8 9
    plan | 都有哪些任务 | 1 2 3 4 5 6 7 8 9
    deeds | 今年为民办实事都有啥 | 1 2 3 4
    deeds | 城管局今年有哪些民生实事 | 2
    plan | 民政局有哪些民生实事 | 6 7
    plan | 财政局和民政局一起的任务 | 6
    plan | 民生保障这块最晚什么时候完成 | 7
    plan | 3号任务和7号任务谁牵头 | 3 7
    deeds | 各乡镇和街道要做什么 | 4
    """),
)
def test_more_that_is_asked_of_a_list(paper: str, text: str, right: list[str]) -> None:
    assert numbers(ask(paper, text)) == right


def test_all_there_is_over_several_papers_is_counted_by_paper_and_listed() -> None:
    every = ask("", "都有哪些任务")
    assert len(numbers(every)) == 28
    head, *rows, more = every.text.splitlines()
    assert head.startswith("5份文件一共28项任务：《松坪市2025年政府重点工作任务分解方案》9项，")
    assert rows[0].startswith("1) 第1项“新增规上服务业企业24家")
    assert rows[0].endswith("市商务局〔《松坪市2025年政府重点工作任务分解方案》〕")
    assert more.startswith("……还有24项，发“更多”")
    after = ask("", "更多", "我：都有哪些任务", f"它：{every.text}").text.splitlines()
    assert after[0] == "5份文件一共28项任务："
    assert after[1].startswith("5) 第5项")


def test_a_claim_about_a_unit_that_no_document_names_is_put_right() -> None:
    told = ask("plan", "危房改造是气象局牵头搞的吧")
    assert told.text.startswith("不是气象局。市住房和城乡建设局牵头。")


def test_what_is_told_with_another_aspect_names_the_matter_it_belongs_to() -> None:
    told = ask("plan", "残疾人运动会电话多少")
    assert told.answer is not None
    assert not told.answer.answered
    assert "第8项" in told.text


def test_an_item_is_not_changed_by_saying_so() -> None:
    told = ask("plan", "第7项改成民政局牵头")
    assert told.answer is not None
    assert not told.answer.answered


def test_what_one_gets_is_not_the_sum_that_a_plan_names() -> None:
    assert numbers(ask("plan", "技改奖补一家补多少钱")) == []
