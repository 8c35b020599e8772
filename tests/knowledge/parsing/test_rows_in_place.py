"""Rows that lost their merged cells, rows that quote themselves, letters that are the plan."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.model import Block, Cell, Draft, Place, Role
from knowledge.parsing import parse
from knowledge.reading.reading import Reading
from tests.properties import examples

HEAD = ("序号", "类别", "工作内容", "牵头单位", "责任单位", "完成时限")
UNITS = ("市财政局", "市教育局", "市公安局、水利局", "各区县政府", "市城管局")
WORDS = ("整治占道经营，规范早市夜市。", "修缮破损道路和盲道。", "开展校园周边环境检查。")


def rows(*lines: tuple[str, ...], kind: str = "text") -> Reading:
    blocks = tuple(
        Block("", Place(line=r), tuple(Cell(text, Place(line=r, column=c)) for c, text in enumerate(line, 1)), 1)
        for r, line in enumerate(lines, 1)
    )
    return Reading(kind, blocks)


def paragraphs(*lines: str) -> Reading:
    return Reading("text", tuple(Block(line, Place(line=n)) for n, line in enumerate(lines, 1)))


def draft(reading: Reading) -> Draft:
    return parse(reading, "x", "0" * 64)


def codes(found: Draft) -> list[str]:
    """The doubts about the second row, those about dates without a year left out."""
    return [doubt.code for doubt in found.assignments[1].doubts if doubt.code != "deadline"]


@settings(deadline=None, max_examples=examples(40))
@given(st.sampled_from(WORDS), st.sampled_from(UNITS), st.sampled_from(UNITS))
def test_a_row_without_its_merged_category_keeps_lead_and_responsible_apart(text: str, lead: str, other: str) -> None:
    whole = ("1", "市容环境", "清理卫生死角，建立台账。", "市城管局", "各街道办事处", "5月底前")
    found = draft(rows(HEAD, whole, ("2", text, lead, other, "6月底前")))
    straight = draft(rows(HEAD, whole, ("2", "市容环境", text, lead, other, "6月底前")))
    assert found.assignments[1].duties == straight.assignments[1].duties
    assert (found.assignments[1].text, codes(found)) == (text, codes(straight))


def test_a_row_without_its_merged_lead_takes_the_one_above_and_says_so() -> None:
    whole = ("1", "市容环境", "清理卫生死角，建立台账。", "市城管局", "各街道办事处", "5月底前")
    found = draft(rows(HEAD, whole, ("2", "修缮破损道路。", "市水利局", "6月底前")))
    second = found.assignments[1]
    assert (second.units(Role.LEAD), second.units(Role.RESPONSIBLE)) == (("市城管局",), ("市水利局",))
    assert codes(found) == ["lead-inherited"]


def test_a_row_is_quoted_by_its_requirement_as_printed() -> None:
    found = draft(rows(HEAD, ("1", "环境", "優化 營商環境", "市財政局", "市教育局", "5月底前"), kind="docx"))
    assert (found.assignments[0].text, found.assignments[0].original) == ("优化营商环境", "優化 營商環境")


def test_a_notice_whose_body_is_the_plan_is_no_letter() -> None:
    found = draft(
        paragraphs(
            "关于做好云溪市冬季供暖工作的通知",
            "各区县人民政府：",
            "现就供暖工作通知如下：",
            "一、保障热源。（市住建局牵头，市发改委配合）",
            "二、储备燃煤。（市能源局负责）",
            "请各区县于11月5日前报送准备情况。",
            "云溪市人民政府办公室",
            "2023年10月8日",
        )
    )
    assert [(a.number, a.units(Role.LEAD)) for a in found.assignments] == [("1", ("市住建局",)), ("2", ()), (None, ())]
    assert found.assignments[2].units(Role.RESPONSIBLE) == ("各区县",)


def test_a_letter_before_its_table_stays_a_letter() -> None:
    letter = (
        "关于印发任务表的通知",
        "各区县政府：",
        "一、各单位要在每月5日前报送进展。",
        "云溪市人民政府",
        "2023年1月4日",
    )
    table = rows(("序号", "任务", "牵头单位"), ("1", "公开预算信息", "市财政局"), kind="docx").blocks
    found = draft(Reading("docx", (*paragraphs(*letter).blocks, *table)))
    assert [a.number for a in found.assignments] == ["1", None]


def test_units_stated_for_a_range_of_numbers_reach_each_item() -> None:
    found = draft(paragraphs("云溪市2023年任务分工", "1.建设水库。", "2.疏浚河道。", "以上1-2项由市水利局牵头。"))
    assert [a.units(Role.LEAD) for a in found.assignments] == [("市水利局",), ("市水利局",)]


def test_a_range_with_a_number_that_does_not_exist_is_doubted() -> None:
    found = draft(paragraphs("云溪市2023年任务分工", "1.建设水库。", "2.疏浚河道。", "第1-3项由市水利局牵头。"))
    assert "range" in [doubt.code for doubt in found.document.doubts]


def test_who_acts_together_with_another_unit_leads() -> None:
    only = draft(paragraphs("云溪市2023年任务分工", "1.市教育局会同市公安局排查校车。")).assignments[0]
    assert (only.units(Role.LEAD), only.units(Role.RESPONSIBLE)) == (("市教育局",), ())
    assert only.units(Role.COOPERATING) == ("市公安局",)


def test_a_name_that_is_no_units_is_doubted() -> None:
    found = draft(paragraphs("云溪市2023年任务分工", "1.建设水库。", "责任单位：市水利局、张三丰"))
    assert "unit-form" in [doubt.code for doubt in found.assignments[0].doubts]


UNIT_CELLS = ("市财政局", "市教育局、市公安局", "", "1.市城管局 2.市水利局", "各区县政府", "市教育局\n市公安局", "/")
TIME_CELLS = ("6月底前", "9", "80%", "", "3月底前\n9月底前", "长期坚持", "2026-03-05 18:00")


@settings(deadline=None, max_examples=examples(40))
@given(
    st.lists(
        st.tuples(st.sampled_from(WORDS), st.sampled_from(UNIT_CELLS), st.sampled_from(UNIT_CELLS), st.sampled_from(TIME_CELLS)),
        min_size=2, max_size=12,
    )
)  # fmt: skip
def test_what_a_row_says_does_not_hang_on_rows_above_it_that_share_its_words(said: list[tuple[str, ...]]) -> None:
    head = ("序号", "工作内容", "牵头单位", "责任单位", "完成月份")
    lines = [(str(n), f"{words}（第{n}批）", *rest) for n, (words, *rest) in enumerate(said, 1)]

    def told(*order: tuple[str, ...]) -> list[tuple[object, ...]]:
        made = draft(rows(head, *order, kind="xlsx")).assignments
        return sorted((one.text, one.duties, one.deadlines) for one in made)

    assert told(*lines) == told(*reversed(lines))
