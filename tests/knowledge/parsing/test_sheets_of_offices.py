"""Sheets as offices fill, print and export them: blanks beside units, columns on pages of their own, days kept as numbers."""

from __future__ import annotations

from knowledge.model import Block, Place
from knowledge.parsing import parse
from knowledge.reading import read
from knowledge.reading.reading import Reading
from tests.knowledge.parsing.test_tables import said, shown, table, title

TITLE = title("鹿湾市2026年重点任务清单")


def test_a_blank_for_the_lead_beside_other_units_is_asked_about_and_a_struck_out_one_is_not() -> None:
    rows = table(
        "序号|任务|牵头单位|责任单位|完成时限",
        "1|修编绿地规划|市甲木局|市财政局|6月底前",
        "2|补植行道树||市城管局|9月底前",
        "3|疏浚沟渠|/|市水务局|5月底前",
        "二、民生|<|<|<|<",
        "4|改造农贸市场||市商务局|年底前",
    )
    assert said(TITLE, rows) == [
        "修编绿地规划|市甲木局|市财政局|-|6月底前",
        "补植行道树|-|市城管局|-|9月底前|lead-blank",
        "疏浚沟渠|-|市水务局|-|5月底前",
        "改造农贸市场|-|市商务局|-|年底前|lead-blank",
    ]
    none = table("序号|任务|牵头单位|责任单位", "1|修编绿地规划||市财政局", "2|补植行道树|/|市城管局")
    assert said(TITLE, none) == ["修编绿地规划|-|市财政局|-|-", "补植行道树|-|市城管局|-|-"]


def test_a_bracket_that_says_who_leads_counts_beside_a_column_of_units_unless_they_disagree() -> None:
    rows = table(
        "序号|任务|责任单位|完成时限",
        "1|新建托位三百个（市卫健委牵头，市教育局配合）。|市卫健委|11月底前",
        "2|整修体育馆（二期）|市体育局|8月底前",
    )
    assert said(TITLE, rows) == [
        "新建托位三百个|市卫健委|-|市教育局|11月底前",
        "整修体育馆（二期）|-|市体育局|-|8月底前",
    ]
    other = table("序号|任务|牵头单位|完成时限", "1|新建托位三百个（市卫健委牵头）|市教育局|11月底前")
    assert said(TITLE, other) == ["新建托位三百个（市卫健委牵头）|市教育局|-|-|11月底前|duty-in-text"]


def test_leaders_with_their_posts_beside_a_unit_are_left_out_whoever_the_head_names_first() -> None:
    rows = table("序号|任务|牵头领导及牵头单位|时限", "1|引进项目三个|李 某（副市长）\n市商务局|6月底前")
    assert said(TITLE, rows) == ["引进项目三个|市商务局|-|-|6月底前"]


def test_tables_side_by_side_with_an_empty_column_between_are_read_one_after_the_other() -> None:
    halves = table(
        "2026年任务|<|<|<|<|<|<",
        "序号|任务|责任单位||序号|任务|责任单位",
        "1|修桥两座|市交通局||2|植树千亩|市林业局",
    )
    assert said(*halves) == ["修桥两座|-|市交通局|-|-", "植树千亩|-|市林业局|-|-"]
    contacts = table(
        "鹿湾市2026年督办任务|<|<|<||联络员名单|<|<",
        "序号|任务|牵头单位|责任单位||单位|姓名|手机",
        "1|修桥两座|市交通局|市财政局||市林业局|汪某|13900000000",
    )
    draft = parse(Reading("xlsx", tuple(contacts)), "x.xlsx", "0" * 64)
    assert [(one.text, len(one.duties)) for one in draft.assignments] == [("修桥两座", 2)]
    assert (draft.document.title, draft.document.year) == ("鹿湾市2026年督办任务", 2026)
    spaced = table("序号|任务|牵头单位||责任单位|时限", "1|修桥两座|市交通局||市财政局|6月底前")
    assert said(TITLE, spaced) == ["修桥两座|市交通局|市财政局|-|6月底前"]


def test_the_bracket_behind_a_head_says_the_part_and_quarters_may_be_written_short() -> None:
    rows = table("编号|任务名称|责任部门（主）|责任部门（协）|Q1|Q2", "R-1|修桥两座|市交通局|市财政局|招标|开工")
    assert said(TITLE, rows) == ["修桥两座：Q1招标；Q2开工。|市交通局|-|市财政局|Q1：招标"]


def test_heads_over_several_columns_find_them_again_in_a_table_pasted_as_text() -> None:
    pasted = """鹿湾市2026年任务表
序号\t重点任务\t责任分工\t完成时限
\t类别\t具体内容\t牵头单位\t责任单位\t
1\t交通\t修桥两座\t市交通局\t市财政局\t6月底前
"""
    draft = parse(read(pasted.encode(), "x.txt"), "x.txt", "0" * 64)
    assert shown(draft) == ["修桥两座|市交通局|市财政局|-|6月底前"]
    assert draft.assignments[0].section == ("交通",)


def test_quarters_below_a_head_that_lost_its_span_keep_what_is_reached_in_each() -> None:
    rows = table("序号|项目|推进计划||牵头单位", "||一季度|二季度|", "1|修桥两座|招标|开工|市交通局")
    assert said(TITLE, rows, kind="csv") == ["修桥两座：一季度招标；二季度开工。|市交通局|-|-|一季度：招标"]


def test_a_column_printed_alone_on_its_page_comes_back_to_its_rows() -> None:
    def alone(page: int, *lines: str) -> list[Block]:
        return [Block(line, Place(page=page, table=page, row=row)) for row, line in enumerate(lines, 1)]

    printed = (
        *alone(1, "2026年任务", "序号", "1", "2"),
        *table("工作任务|牵头单位", "修桥两座|市交通局", "植树千亩|市林业局", at=Place(page=2), number=2),
        *alone(3, "完成时限", "6月底前", "9月底前"),
    )
    assert said(*printed, kind="pdf") == [
        "修桥两座|市交通局|-|-|6月底前|columns-overleaf",
        "植树千亩|市林业局|-|-|9月底前|columns-overleaf",
    ]


def test_a_day_that_a_sheet_shows_as_its_number_is_that_day() -> None:
    rows = table("序号|任务|责任单位|完成时间", "1|修桥两座|市交通局|46142")
    draft = parse(Reading("xlsx", (TITLE, *rows)), "x.xlsx", "0" * 64)
    (only,) = draft.assignments
    assert [(str(one.due), one.text) for one in only.deadlines] == [("2026-04-30", "2026年4月30日")]
    assert [doubt.words for doubt in only.doubts] == ["46142"]


def test_the_year_stands_in_the_name_of_a_file_or_sheet_where_nothing_else_says_it() -> None:
    rows = table("序号|任务|责任单位|完成时间", "1|修桥两座|市交通局|6月底前", at=Place(sheet="2027年"))
    by_sheet = parse(Reading("xlsx", tuple(rows)), "台账.xlsx", "0" * 64).document
    by_file = parse(
        Reading("csv", tuple(table("序号|任务|责任单位", "1|修桥|市交通局"))), "任务2027.csv", "0" * 64
    ).document
    assert (by_sheet.year, by_file.year) == (2027, 2027)
    assert [doubt.code for doubt in by_sheet.doubts if doubt.code.startswith("year")] == ["year-inferred"]
    both = parse(Reading("xlsx", tuple(rows)), "2026年台账.xlsx", "0" * 64).document
    assert both.year is None


def test_a_day_too_wide_for_its_printed_column_is_told_as_unread() -> None:
    rows = table("序号|任务|责任单位|完成时间", "1|修桥两座|市交通局|####", "2|植树千亩|市林业局|/")
    assert said(TITLE, rows, kind="pdf") == [
        "修桥两座|-|市交通局|-|####|deadline-unread",
        "植树千亩|-|市林业局|-|-",
    ]


def test_a_lead_beside_the_numeral_of_a_group_is_that_of_its_members_and_they_say_so() -> None:
    rows = table(
        "序号|任务|牵头单位|责任单位|时限",
        "一|城乡建设|市住建局||12月底前",
        "1|修桥两座||市交通局|6月底前",
        "2|植树千亩||市林业局|3月底前",
        "二|民生保障|市民政局||12月底前",
        "1|扩建敬老院||市财政局|9月底前",
    )
    assert said(TITLE, rows)[1:3] == [
        "修桥两座|市住建局|市交通局|-|6月底前|cell-merged",
        "植树千亩|市住建局|市林业局|-|3月底前|cell-merged",
    ]
    own = table("序号|任务|牵头单位|责任单位", "一|城乡建设|市住建局|", "1|修桥|市交通局|市财政局", "2|植树||市林业局")
    assert said(TITLE, own)[2] == "植树|-|市林业局|-|-|lead-blank"


def test_what_came_of_the_work_and_what_is_wrong_with_it_are_no_part_of_what_is_to_be_done() -> None:
    rows = table(
        "序号|工作任务|牵头单位|完成时限|落实成效|存在问题|下一步措施",
        "1|修桥两座|市交通局|6月底前|完成招标，市林业局清表|征地滞后|加快征地",
    )
    assert said(TITLE, rows) == ["修桥两座|市交通局|-|-|6月底前"]
    wrong = table("序号|存在问题|整改措施|责任单位", "1|台账不规范|建立台账制度|市交通局")
    assert said(TITLE, wrong) == ["台账不规范：建立台账制度|-|市交通局|-|-"]


def test_a_mark_on_its_own_line_speaks_for_the_unit_above_it() -> None:
    rows = table("序号|任务|责任单位", "1|修桥两座|市交通局\n（牵头）\n市财政局")
    assert said(TITLE, rows) == ["修桥两座|市交通局|市财政局|-|-"]


def test_a_head_that_names_two_parts_or_persons_in_a_bracket_is_read_so() -> None:
    both = table("序号|任务|责任及配合单位", "1|修桥两座|市交通局、市财政局")
    assert said(TITLE, both) == ["修桥两座|-|市交通局 市财政局|-|-|column-role"]
    persons = table("序号|任务|牵头单位（责任人）|责任单位", "1|修桥两座|市交通局（王某）|市财政局")
    assert said(TITLE, persons) == ["修桥两座|市交通局|市财政局|-|-"]


def test_numbered_paragraphs_between_the_salutation_and_the_table_belong_to_the_letter() -> None:
    letter = (
        "各镇人民政府，区直各部门：",
        "区政府督查室梳理形成重点督查事项2项，现印发给你们，请认真抓好落实。",
        "一、靠实责任。承办单位负总责。各承办单位于收到本台账后5个工作日内明确一名联络员，名单报区政府督查室。",
        "二、按月报告。各承办单位每月25日前将进展情况报区政府督查室，逾期不报的予以通报。",
        "附：督查事项台账",
    )
    head = [Block(line, Place(line=at)) for at, line in enumerate(("鹿湾区2026年督查事项台账", *letter), 1)]
    rows = table(
        "序号|督查事项|承办单位|办理时限",
        "一、城建|<|<|<",
        "1|疏浚沟渠|区水务局|5月底前",
        "2|补植行道树|区城管局|9月底前",
    )
    draft = parse(Reading("docx", (*head, *rows)), "台账.docx", "0" * 64)
    assert [one.number for one in draft.assignments if one.number] == ["1", "2"]
    covering = [one for one in draft.assignments if one.number is None]
    assert [one.text[:10] for one in covering] == ["各承办单位于收到本台", "各承办单位每月25日"]
    assert [part.text[:14] for one in covering for part in one.deadlines] == [
        "各承办单位于收到本台账后5个",
        "各承办单位每月25日前将进展",
    ]


def test_halves_of_a_sentence_that_each_report_by_a_day_of_their_own_are_duties_of_their_own() -> None:
    letter = "请于4月12日前将联络员名单报区府办；每季度末月24日前报送进展情况；12月8日前报送全年总结。"
    head = [
        Block(line, Place(line=at))
        for at, line in enumerate(("鹿湾区2026年督查事项台账", "各镇人民政府，区直各部门：", letter), 1)
    ]
    rows = table("序号|督查事项|承办单位|办理时限", "1|疏浚沟渠|区水务局|5月底前", "2|补植行道树|区城管局|9月底前")
    draft = parse(Reading("docx", (*head, *rows)), "台账.docx", "0" * 64)
    covering = [one.text for one in draft.assignments if one.number is None]
    assert covering == ["请于4月12日前将联络员名单报区府办", "每季度末月24日前报送进展情况", "12月8日前报送全年总结。"]
