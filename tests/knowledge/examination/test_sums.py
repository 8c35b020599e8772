"""Sums that do not add up; sums that do, and numbers that are no sum."""

from __future__ import annotations

import pytest

from tests.knowledge.examination.specimens import Severity, found, one, table, text

BY = "（市财政局牵头）"


@pytest.mark.parametrize(
    "words",
    [
        "全年安排项目244+1733+1168个，共3146个。",
        "共有事项50项，分别为审批20项、服务25项。",
    ],
)
def test_parts_that_do_not_make_the_total_must_be_corrected(words: str) -> None:
    assert one(text(words), "sum-wrong").severity is Severity.MUST


@pytest.mark.parametrize(
    "words",
    [
        "共梳理事项500项，其中甲类200项、乙类250项、丙类60项。",
        "整治背街小巷28条（含城关镇12条、河西镇9条、北坝镇8条，共28条）。",
        "梳理3545项内容,其中包括一级目录1244项,二级目录1733项,三级目录1168项。",
        "梳理3545项内容,其中包括一级目录244项,二级目录1733项,三级目录1168项。",
    ],
)
def test_parts_that_come_to_more_than_their_total_are_asked_about(words: str) -> None:
    assert one(text(words), "sum-wrong").severity is Severity.ASK


@pytest.mark.parametrize(
    "words",
    [
        "全年安排项目244+1733+1168个，共3145个。",
        "构建1+3+5工作体系，共召开会议20次。",
        "推行“1+2+3”模式，累计服务6000人次。",
        "共梳理事项500项，其中甲类200项、乙类250项、丙类50项。",
        "共安排项目50个，其中新建12个、续建8个。",
        "共检查企业50家，其中发现问题120个。",
        "共有事项50项，分别为审批25项、服务25项。",
        "整治背街小巷28条（含城关镇11条、河西镇9条、北坝镇8条，共28条）。",
        "梳理3545项内容,其中包括一级目录244项,二级目录733项,三级目录168项。",
        "建设项目20个，其中续建20个，省级重点5个。",
        "实施项目50个，其中新建30个、续建20个；省级10个、市级40个。",
        "占地10+20亩，总投资30.5亿元。",
    ],
)
def test_parts_that_make_it_or_are_none_are_right(words: str) -> None:
    assert found(text(words), "sum-wrong") == []


@pytest.mark.parametrize("words", ["按时办结率达到110%", "群众满意度达到100%以上", "电子证照覆盖率120%"])
def test_a_rate_over_the_whole_is_asked_about(words: str) -> None:
    assert len(found(text(f"1.改进服务，{words}。{BY}"), "percent-over")) == 1


@pytest.mark.parametrize(
    "words",
    [
        "办结率达到100%",
        "投资同比增长120%",
        "完成年度计划的105%",
        "满意度提高120%",
        "贷款增速高于110%",
        "覆盖率达到98%以上",
    ],
)
def test_growth_and_whole_rates_are_right(words: str) -> None:
    assert found(text(f"1.改进服务，{words}。{BY}"), "percent-over") == []


AMOUNTS = (
    ("序号", "项目名称", "责任单位", "投资（万元）"),
    ("1", "修建东山公路", "市交通运输局", "1,200"),
    ("2", "修建西河大桥", "市交通运输局", "800.5"),
)


def test_a_total_row_is_added_up() -> None:
    finding = one(table(*AMOUNTS, ("合计", "", "", "2100.5")), "sum-wrong")
    assert "2000.5" in finding.wrong
    assert finding.at.where == "表1第4行第4列"


@pytest.mark.parametrize("total", ["2000.5", "2,000.5", "", "另行安排"])
def test_a_right_or_missing_total_is_not_told(total: str) -> None:
    assert found(table(*AMOUNTS, ("合计", "", "", total)), "sum-wrong") == []


def test_rounded_figures_may_miss_their_total_by_a_little() -> None:
    rows = (
        ("序号", "项目名称", "责任单位", "投资"),
        ("1", "修路", "市交通局", "33.33"),
        ("2", "修桥", "市交通局", "33.33"),
        ("3", "修渠", "市水利局", "33.33"),
    )
    assert found(table(*rows, ("合计", "", "", "100.00")), "sum-wrong") == []


def letter(words: str, items: int = 4) -> tuple[str, ...]:
    works = ("修建桥梁三座并开放交通", "改造老旧管网", "举办技能培训和招聘活动", "开展安全检查", "清理河道")
    return ("岚浦市2026年重点工作分工方案", words, *(f"{n}.{works[n - 1]}。{BY}" for n in range(1, items + 1)))


def test_an_announced_count_that_differs_is_asked_about() -> None:
    finding = one(text(*letter("本方案共确定5项重点任务，请认真落实。")), "count-wrong")
    assert finding.severity is Severity.ASK
    assert "5项任务" in finding.wrong
    assert "4项" in finding.wrong


@pytest.mark.parametrize(
    "words",
    [
        "本方案共确定4项重点任务，请认真落实。",
        "本方案共确定四项任务。",
        "去年共完成改革任务50项。",
        "各单位至少提出5项措施，另行报送。",
        "安排资金5亿元。",
    ],
)
def test_a_right_count_and_other_numbers_are_not_told(words: str) -> None:
    assert found(text(*letter(words)), "count-wrong") == []


def test_a_count_of_sections_or_paragraphs_is_a_count_too() -> None:
    lines = (
        "本方案明确3项工作。",
        "一、水利",
        f"1.修渠。{BY}",
        f"2.修筑河堤并绿化。{BY}",
        "二、交通",
        f"1.修路。{BY}",
        "三、教育",
        f"1.修建学校。{BY}",
    )
    assert found(text(*lines), "count-wrong") == []


def test_a_lead_that_is_said_to_lead_more_than_it_does_is_asked_about() -> None:
    said = "市财政局牵头5项，请抓紧办理。"
    assert "实际列了4项" in one(text(*letter(said)), "count-wrong").wrong
    assert found(text(*letter("市财政局牵头4项，请抓紧办理。")), "count-wrong") == []
    assert found(text(*letter("市审计局牵头5项检查。")), "count-wrong") == []
