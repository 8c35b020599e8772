"""Text broken at a page's width: paragraphs come back whole, and texts that are not broken stay as they are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.model import Draft, Role
from knowledge.parsing import parse
from knowledge.reading import read
from knowledge.reading.lines import columns
from tests.properties import examples

ROOT = Path(__file__).resolve().parents[3]
GOLDEN = ROOT / "tests" / "golden" / "parsing"
BROKEN = {
    GOLDEN / f"{name}.txt" for name in ("hard-wrapped", "table-broken-cell", "broken-at-a-width", "running-heads")
}
ORDINARY = sorted(set(GOLDEN.glob("*.txt")) - BROKEN)
SEEDS = sorted((ROOT.parent / "shared" / "seeds").glob("*.txt"))

CITY = """
                 砚山市政务数据共享工作分工方案

    一、夯实数据基础
    1.开展政务数据资源普查，2026年 6 月底前完成市直部门存
量数据目录登记。（市数 据局牵头，市直各部门落实）
    2.建设公共数据开放平台，推动气象、交通、医疗等领域数据
有序开放，2026 年 9 月底前上线运行。（市数据局、市气象局、
市交通运输局按职责分工负责）
    3.推动农资供应链数据归集。（市农业农村局牵头，市供销社配
合）

                          — 2 —

    二、强化安全保障
    4.健全数据分类分级保护制度，定期开展风险评估和应急演练，
每年 11 月底前向市政府报告评估情况。（市委网信办牵头，市公
安局配合）
"""

COUNTY = """岚谷县人居环境整治任务分解
一、扎实推进农村厕所问题摸排整改，对历年改厕
逐户建立档案，2025年10月底前整改到位。
牵头单位：县农业农村局
责任单位：县卫生健康局、县乡村振兴局，各乡镇
人民政府
二、推进生活垃圾分类收集，配齐村庄保洁员，做
到日产日清，2025年12月底前实现行政村全覆盖。
牵头单位：县住房和城乡建设局
责任单位：各乡镇人民政府
三、清理河道漂浮物和沿岸堆放的杂物，落实河长
巡查制度，每月通报一次巡查情况。
牵头单位：县水利局
责任单位：县生态环境分局、县农业农村局
"""

PROVINCE = """澜宁省加快内河航运发展重点任务分工

（一）提升航道等级。加快澜江中游航道整治，到2027年底前建成三级航道320公里，配套
完善助航设施和锚地。（省交通运输厅牵头，省发展改革委、省自然资源厅、沿江各市人民
政府按职责分工负责）
（二）推动港口集约发展。优化港口功能布局，推进散小码头整合，2026年底前取缔非法码
头。（省交通运输厅牵头，省水利厅、省生态环境厅配合）
（三）发展多式联运。完善港口集疏运体系，支持企业开行定制化班列，对达到一定运量的
线路给予补助。（省发展改革委牵头，省财政厅、澜宁铁路公司配合）
- 7 -
（四）加强绿色航运建设。推广液化天然气动力船舶，实现船舶污染物接收设施全覆盖，推
动港口岸电常态化使用。（省交通运输厅、省能源局负责）
"""

HANGING = """琅溪区2024年老旧小区改造工作清单

1、完成和平里、建设路等12个小区的雨污分流改造和外墙
   修缮，2024年8月底前竣工验收。（区住建局牵头，各街
   道办事处配合）
2、为具备条件的六层以上住宅加装电梯不少于30部，简化
   规划、施工许可手续，2024年11月底前完成。（区住建局
   牵头，区市场监管局、区自然资源分局配合）
3、增设非机动车充电设施，统一纳入消防安全巡查范围，
   每季度组织一次联合检查。（区消防救援大队牵头，国网
   琅溪供电公司配合）
4、补齐社区养老托育用房。（区民政局）
"""

BY_COUNT = """东麓市2023年“放管服”改革重点任务分工
一、1.全面实行行政许可事项清单管理，2023年6月底前编制
公布市县两级清单，逐项明确办理条件、申请材料、审批时限。
（市审改办牵头，市司法局配合）
2.推进涉企经营许可证照联办，压减办理时间1/3以上，2023年
10月底前在全市推开。（市市场监管局牵头，市审批局、市商务局
配合）
3.清理规范中介服务，公布收费目录，未列入目录的一律不得收
费。（市发改委牵头，市财政局、市市场监管局配合）
4.组织第三方评估，形成年度评估报告，12月15日前报市政府。
（市政府办公室牵头）
"""


def draft_of(text: str) -> Draft:
    return parse(read(text.encode(), "甲.txt"), "甲.txt", "0" * 64)


def told(text: str) -> list[tuple[str | None, str, str]]:
    """Number, leads and deadlines of each assignment."""
    return [
        (
            one.number,
            "、".join(one.units(Role.LEAD)),
            "、".join(deadline.due.isoformat() if deadline.due else deadline.kind for deadline in one.deadlines),
        )
        for one in draft_of(text).assignments
    ]


def texts(text: str) -> list[str]:
    return [block.text for block in read(text.encode(), "甲.txt").blocks]


def test_a_city_plan_with_indented_items_blanks_and_page_numbers() -> None:
    assert told(CITY) == [
        ("1", "市数据局", "2026-06-30"),
        ("2", "", "2026-09-30"),
        ("3", "市农业农村局", ""),
        ("4", "市委网信办", "recurring"),
    ]
    units = [duty.unit for one in draft_of(CITY).assignments for duty in one.duties]
    assert "市供销社" in units
    assert "市公安局" in units


def test_a_county_list_without_indentation_keeps_its_label_lines_apart() -> None:
    assert told(COUNTY) == [
        ("1", "县农业农村局", "2025-10-31"),
        ("2", "县住房和城乡建设局", "2025-12-31"),
        ("3", "县水利局", "recurring"),
    ]
    assert "责任单位：县卫生健康局、县乡村振兴局，各乡镇人民政府" in texts(COUNTY)


def test_a_provincial_plan_of_wide_lines_with_a_page_number_between_items() -> None:
    assert [lead for _, lead, _ in told(PROVINCE)][:3] == ["省交通运输厅", "省交通运输厅", "省发展改革委"]
    assert [when for _, _, when in told(PROVINCE)] == ["2027-12-31", "2026-12-31", "", ""]
    assert "- 7 -" in texts(PROVINCE)


def test_items_whose_continuation_is_indented_under_their_text() -> None:
    assert [(number, lead) for number, lead, _ in told(HANGING)][:3] == [
        ("1", "区住建局"), ("2", "区住建局"), ("3", "区消防救援大队"),
    ]  # fmt: skip
    assert [when for _, _, when in told(HANGING)] == ["2024-08-31", "2024-11-30", "recurring", ""]


def test_a_plan_broken_by_number_of_characters() -> None:
    assert [lead for _, lead, _ in told(BY_COUNT)] == ["市审改办", "市市场监管局", "市发改委", "市政府办公室"]
    assert [when for _, _, when in told(BY_COUNT)] == ["2023-06-30", "2023-10-31", "", "2023-12-15"]


def test_a_page_number_between_two_halves_of_a_paragraph_follows_it() -> None:
    cut = CITY.replace("农业农村局牵头，市供销社配\n合）\n", "农业农村局牵头，市供销社配\n\n       — 1 —\n\n合）\n")
    found = texts(cut)
    at = found.index("3.推动农资供应链数据归集。（市农业农村局牵头，市供销社配合）")
    assert found[at + 1] == "— 1 —"


def test_a_joined_paragraph_stands_at_its_first_line() -> None:
    lines = [block.place.line for block in read(COUNTY.encode(), "甲.txt").blocks]
    assert lines == [1, 2, 4, 5, 7, 9, 10, 11, 13, 14]


@pytest.mark.parametrize(
    "next_line",
    [
        "", "三、加强监督", "（二）加强监督", "牵头单位：县水利局", "2025年3月1日", "事项\t单位\t时限",
        "岚政办发〔2025〕3号", "各乡镇人民政府：", "附件：任务分解表",
    ],
)  # fmt: skip
def test_nothing_is_joined_across_what_begins_something_new(next_line: str) -> None:
    full = "四、持续推动城乡客运一体化和农村公路建设养护"
    found = texts(f"{COUNTY}{full}\n{next_line}\n其他\n")
    assert full in found


@pytest.mark.parametrize("path", [*ORDINARY, *SEEDS], ids=lambda path: path.stem)
def test_a_text_with_a_paragraph_a_line_stays_as_it_is(path: Path) -> None:
    line_by_line = read(path.read_bytes(), "甲.md")  # Markdown is never joined
    assert read(path.read_bytes(), "甲.txt").blocks == line_by_line.blocks


def broken(text: str, width: int) -> list[str]:
    """A paragraph as a page of `width` characters prints it: no stop at a line's head, no number cut."""
    out, line = [], ""
    for piece in re.findall(r"[A-Za-z0-9.%]+[，。、；：）”》]*|[“《（]*.[，。、；：！？）”》]*", text):
        if columns(line + piece) > 2 * width and line:
            out.append(line)
            line = ""
        line += piece
    return [*out, line]


DUTIES = "（市水务局牵头，市财政局、市自然资源和规划局、各县（市、区）人民政府配合）"
SENTENCE = st.lists(
    st.sampled_from(
        ["完善乡村供水设施", "对老旧管网实施更新改造", "推进“一户一表”", "2026年9月底前完成改造320公里", "加强水质监测"]
    ),
    min_size=5,
    max_size=8,
).map("，".join)


@settings(deadline=None, max_examples=examples(60))
@given(st.lists(SENTENCE, min_size=4, max_size=8), st.integers(20, 45), st.sampled_from(["", "\u3000\u3000", "    "]))
def test_paragraphs_broken_at_any_width_come_back(items: list[str], width: int, indent: str) -> None:
    paragraphs = [f"{number}.{words}{DUTIES}" for number, words in enumerate(items, 1)]
    page = "\n".join(line for one in paragraphs for line in broken(indent + one, width))
    found = texts(f"{page}\n")
    assert found == paragraphs


@settings(deadline=None, max_examples=examples(60))
@given(st.sampled_from(ORDINARY), st.integers(20, 45))
def test_no_character_is_lost_at_the_joints(path: Path, width: int) -> None:
    lines = path.read_text("utf-8").split("\n")
    page = "\n".join(part for line in lines for part in ([line] if "\t" in line else broken(line, width)))
    blocks = read(page.encode(), "甲.txt").blocks
    kept = "".join(block.text or "".join(cell.text for cell in block.cells) for block in blocks)
    assert re.sub(r"[\s\u200b\ufeff|-]", "", kept) == re.sub(r"[\s\u200b\ufeff|-]", "", page)
