"""What is told, held against what is to be done. Requirements and reports are invented."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.weighing import weighed
from knowledge import deadlines
from knowledge.model import Assignment, Place
from knowledge.reports import report_of
from knowledge.reports.amounts import Amount, amounts_in, falls_short, reaches

TODAY = date(2025, 7, 10)


def status(requirement: str, told: str, slot: str = "11月底前") -> str:
    one = Assignment(
        "a", "d", "6", "6", (), requirement, requirement, Place(line=1), (), (deadlines.read(slot, TODAY, 2025),)
    )
    return str(weighed(report_of(told, TODAY).told[0], one).status)


@pytest.mark.parametrize(
    ("requirement", "told"),
    [
        ("组织地震应急演练", "演练方案印发了"),
        ("建成智慧停车系统", "智慧停车系统招标已完成"),
        ("整治校门口乱停车", "校门口整治第一阶段已完成"),
        ("整治校门口乱停车", "校门口整治动员会开了"),
        ("举办政策宣讲会不少于6场", "政策宣讲会昨天举办了"),
        ("新建村级服务站24个", "24个服务站已建成9个"),
        ("培育专精特新企业15户", "申报了21户，等10月公示"),
        ("分两批公布清单，全年不少于300项", "首批120项清单公布了"),
        ("开通定制公交，每天8班", "每天5班的定制公交已开通"),
        ("疫苗接种率达到95%", "接种率已经到88%"),
    ],
)
def test_a_step_or_a_share_of_the_whole_is_under_way(requirement: str, told: str) -> None:
    assert status(requirement, told) == "in_progress"


@pytest.mark.parametrize(
    ("requirement", "told"),
    [
        ("印发档案管理办法", "档案管理办法的文件已印发"),
        ("组建基金，首期规模3亿元", "首期3亿元已到位"),
        ("举办丰收节", "丰收节9月23日办完了"),
        ("召开春耕动员会", "春耕动员会开了"),
        ("举办政策宣讲会不少于6场", "6场政策宣讲会全部举办完了"),
        ("举办政策宣讲会不少于6场", "第6项已完成"),
        ("新建村级服务站24个", "村级服务站建了24个"),
        ("培训护林员60名、配发装备2套", "护林员已培训62人，全部完成"),
        ("办理时限压缩到3天，全年不超过50件", "积案清到了30件以内，已完成"),
    ],
)
def test_all_that_is_wanted_is_done(requirement: str, told: str) -> None:
    assert status(requirement, told) == "done"


def test_what_is_done_day_by_day_is_not_over_with_today() -> None:
    assert status("发布空气质量日报", "空气质量日报今天的已发布", "全年") == "in_progress"
    assert status("发布空气质量日报", "第6项已完成", "全年") == "done"


def test_amounts_are_things_and_no_numbers_of_items_dates_or_hours() -> None:
    assert amounts_in("第6项7月3日在G318线铺了1.5万米、3座桥，24小时内公开") == (
        Amount(15000.0, "米"),
        Amount(3.0, "座"),
    )
    assert falls_short("改造厕所400户", "改了390户")
    assert not falls_short("改造厕所400户", "改了400户")
    assert reaches("改造厕所400户", "改了400户")
    assert not reaches("改造厕所400户", "400户改了390户")
