"""Tab tables whose cells were broken over lines: rows come back whole, and tables that only miss cells stay as they are."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.model import Draft, Role
from knowledge.parsing import parse
from knowledge.reading import read
from tests.properties import examples

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "parsing"

CITY = """禾川市2016年大气污染防治工作任务分解表
序号\t工作任务\t牵头单位\t责任单位\t完成时限
1\t淘汰建成区燃煤锅炉58台，
对保留的锅炉实施除尘改造。\t市环保局\t市质监局、经信委、
各区政府\t2016年10月底前
2\t整治砂石料场扬尘\t市国土资源局\t市公安局、
市交通局\t2016年11月中
旬前
3\t淘汰黄标车1200辆\t市公安局\t市环保局、商务局\t2016年12月底前
4\t推广新能源公交车，
更新车辆80台，
配套建设充电桩\t市交通局\t市财政局、
市公交
公司\t2016年
9月底前
"""

COUNTY = """溪口县2024年消防安全整治台账
序号\t整治内容\t责任单位\t完成时限
1\t排查“九小场所”电气线路\t县消防救援大队
县市场监管局\t2024年5月底前
2\t拆除群租房违规隔断，
疏通逃生通道\t县住建局、各乡
镇人民政府\t2024年8月
31日前
3\t更换老化灭火器\t县商务局\t全年工
作
"""

PROVINCE = """溯海省促进外贸稳定增长任务分工表
序号\t任务\t具体措施\t牵头单位\t配合单位\t完成时限\t备注
1\t稳主体\t支持出口企业参加境外展会，
对展位费给予补助\t省商务厅\t省财政厅、贸促
会\t2023年12月底前\t
2\t优服务\t扩大出口信用保险覆盖面\t溯海金融监管局\t中国信保溯海分
公司\t2023年9月底前\t每季度
调度
二、通关便利
3\t提效率\t压缩整体通关时间，
推行“提前申报”，
公布作业时限\t溯海海关\t省商务厅\t长期\t
"""

WITHOUT_NUMBERS = """古渡区重点项目推进表
项目名称\t牵头单位\t责任单位\t完成时限
城北水厂扩建\t区住建局\t区发改局、
区财政局\t2022年6月底前
滨河绿道二期\t区城管局\t区水利局\t2022年10月底前
"""


def draft_of(text: str) -> Draft:
    return parse(read(text.encode(), "甲.txt"), "甲.txt", "0" * 64)


def told(text: str) -> list[tuple[str, str, str, str]]:
    """Requirement, leads, the other units and deadlines of each assignment."""
    return [
        (
            one.text,
            "、".join(one.units(Role.LEAD)),
            "、".join(duty.unit for duty in one.duties if duty.role is not Role.LEAD),
            "、".join(deadline.due.isoformat() if deadline.due else deadline.kind for deadline in one.deadlines),
        )
        for one in draft_of(text).assignments
    ]


def rows(text: str) -> list[str | list[str]]:
    return [block.text or [cell.text for cell in block.cells] for block in read(text.encode(), "甲.txt").blocks]


def test_a_city_table_with_every_kind_of_cell_broken() -> None:
    assert told(CITY) == [
        ("淘汰建成区燃煤锅炉58台，对保留的锅炉实施除尘改造。", "市环保局", "市质监局、市经信委、各区政府", "2016-10-31"),
        ("整治砂石料场扬尘", "市国土资源局", "市公安局、市交通局", "2016-11-20"),
        ("淘汰黄标车1200辆", "市公安局", "市环保局、市商务局", "2016-12-31"),
        ("推广新能源公交车，更新车辆80台，配套建设充电桩", "市交通局", "市财政局、市公交公司", "2016-09-30"),
    ]  # fmt: skip


def test_a_county_table_with_units_on_lines_of_their_own_and_names_broken_in_the_middle() -> None:
    assert told(COUNTY) == [
        ("排查“九小场所”电气线路", "", "县消防救援大队、县市场监管局", "2024-05-31"),
        ("拆除群租房违规隔断，疏通逃生通道", "", "县住建局、各乡镇人民政府", "2024-08-31"),
        ("更换老化灭火器", "", "县商务局", "ongoing"),
    ]


def test_a_provincial_table_with_a_section_line_and_empty_cells_at_the_end() -> None:
    found = told(PROVINCE)
    assert [lead for _, lead, _, _ in found] == ["省商务厅", "溯海金融监管局", "溯海海关"]
    assert [others for _, _, others, _ in found] == ["省财政厅、省贸促会", "中国信保溯海分公司", "省商务厅"]
    assert [when for *_, when in found] == ["2023-12-31", "2023-09-30", "ongoing"]
    assert "二、通关便利" in rows(PROVINCE)


def test_rows_without_numbers_are_joined_where_a_list_is_plainly_unfinished() -> None:
    assert told(WITHOUT_NUMBERS) == [
        ("城北水厂扩建", "区住建局", "区发改局、区财政局", "2022-06-30"),
        ("滨河绿道二期", "区城管局", "区水利局", "2022-10-31"),
    ]


def test_heads_broken_in_narrow_columns_are_one_header() -> None:
    text = CITY.replace("牵头单位\t责任单位\t完成时限", "牵头\n单位\t责任\n单位\t完成时限")
    assert told(text) == told(CITY)
    assert rows(text)[1] == ["序号", "工作任务", "牵头\n单位", "责任\n单位", "完成时限"]


def test_an_unnumbered_section_line_below_a_broken_row_stays_apart() -> None:
    text = CITY.replace("2016年10月底前\n", "2016年10月底前\n扬尘治理\n")
    assert told(text) == told(CITY)
    assert rows(text)[3] == "扬尘治理"


def test_the_parts_of_a_cell_keep_their_break_and_the_row_its_first_line() -> None:
    blocks = read(CITY.encode(), "甲.txt").blocks
    assert [block.place.line for block in blocks] == [1, 2, 3, 6, 9, 10]
    assert blocks[2].cells[3].text == "市质监局、经信委、\n各区政府"
    assert blocks[3].cells[4].text == "2016年11月中\n旬前"


@pytest.mark.parametrize("name", ["flattened-pages.txt", "table-shifted.txt", "table-sections.txt"])
def test_tables_that_only_miss_cells_stay_as_they_are(name: str) -> None:
    data = (GOLDEN / name).read_bytes()
    assert read(data, "甲.txt").blocks == read(data, "甲.md").blocks  # Markdown is never joined


HEAD = "序号\t事项\t单位\t时限\n"


@pytest.mark.parametrize(
    "body",
    [
        "1\t修路\t甲局\t6月底前\n城市建设\n2\t植树\t乙局\t7月底前\n",
        "1\t修路\t甲局\t6月底前\n二、城市建设\n2\t植树\t乙局\t7月底前\n",
        "1\t修路\t甲局\t6月底前\n注：各单位要抓好落实。\n",
        "1\t修路\n2\t植树\t乙局\n",
        "1\t修路\t甲局\n架桥\t乙局\t6月底前\n2\t植树\t乙局\t7月底前\n",
        "1\t修路\n\n架桥\t乙局\t6月底前\n",
    ],
    ids=["section", "numbered section", "note", "number", "too many cells", "blank line"],
)
def test_lines_that_do_not_go_on_in_a_row_stay_apart(body: str) -> None:
    lines = [line.split("\t") if "\t" in line else line for line in (HEAD + body).split("\n") if line]
    assert rows(HEAD + body) == lines


def test_markdown_and_comma_separated_tables_are_left_alone() -> None:
    broken = "序号\t事项\t单位\n1\t修路，\n架桥\t甲局\n"
    assert [block.place.line for block in read(broken.encode(), "甲.md").blocks] == [1, 2, 3]
    commas = "序号,事项,单位\n1,修路\n架桥,甲局\n"
    assert [len(block.cells) for block in read(commas.encode(), "甲.csv").blocks] == [3, 2, 2]


TASK = ["淘汰燃煤锅炉", "对保留的锅炉实施改造", "建立台账"]


@settings(deadline=None, max_examples=examples(60))
@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3), st.booleans()), min_size=2, max_size=8))
def test_any_numbered_row_broken_in_its_cells_comes_back(shapes: list[tuple[int, int, bool]]) -> None:
    whole = [
        [str(number), "，\n".join(TASK[:parts]), "市环保局", "、\n".join(["市公安局", "市财政局", "各区政府"][:units]),
         "2016年11月\n20日前" if torn else "2016年11月20日前"]
        for number, (parts, units, torn) in enumerate(shapes, 1)
    ]  # fmt: skip
    head = ["序号", "工作任务", "牵头单位", "责任单位", "完成时限"]
    assert rows("\n".join("\t".join(row) for row in [head, *whole])) == [head, *whole]
