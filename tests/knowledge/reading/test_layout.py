"""Words and ruled lines at their places become paragraphs and tables, in the order in which people read them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.reading.leaf import Rule, Word
from tests.knowledge.reading.printing import (
    LEFT,
    RIGHT,
    cell,
    doubted,
    grid,
    laid,
    leaf,
    level,
    paragraph,
    row,
    shown,
    upright,
    word,
)
from tests.properties import examples

LONG = (
    "各县区要把惠企政策清单印成小册子，放到每个办事窗口，企业来了就能拿走，有疑问当场解答，解答不了的记下来三天内回复，"
)
OTHER = "每月十日前把上月发放的册数和收到的疑问汇总报送市政务公开科，由政务公开科统一印发通报，排在末位的单位说明原因。"

# ---------------------------------------------------------------- paragraphs


def test_lines_broken_at_the_margin_are_one_paragraph_and_an_indented_line_begins_another() -> None:
    words = [*paragraph(LONG + OTHER, 100), *paragraph(OTHER, 164)]
    assert shown(leaf(1, words)) == [LONG + OTHER, OTHER]


def test_a_label_that_closes_two_pages_at_one_height_is_no_running_foot() -> None:
    first = [word("1.整修沟渠。", LEFT, 100), word("完成时限：2026年7月底前", LEFT, 770), word("- 1 -", 290, 800)]
    second = [word("2.改造泵站。", LEFT, 100), word("完成时限：2026年9月底前", LEFT, 770), word("- 2 -", 290, 800)]
    assert shown(leaf(1, first), leaf(2, second)) == [
        "1.整修沟渠。", "完成时限：2026年7月底前", "2.改造泵站。", "完成时限：2026年9月底前",
    ]  # fmt: skip


def test_the_title_that_runs_along_the_feet_of_pages_is_none_of_their_text() -> None:
    pages = [[word(f"第{n}件事。", LEFT, 100), word("云溪市水务工作要点", LEFT, 785)] for n in "一二三"]
    texts = shown(*(leaf(at, words) for at, words in enumerate(pages, 1)))
    assert texts == ["第一件事。", "第二件事。", "第三件事。"]


def test_a_short_line_ends_its_paragraph() -> None:
    words = [word("主送：各县区", LEFT, 100), word("请认真落实。", LEFT, 116), *paragraph(LONG, 132)]
    assert shown(leaf(1, words)) == ["主送：各县区", "请认真落实。", LONG]


def test_a_blank_line_parts_two_paragraphs_that_are_not_set_in() -> None:
    full = "甲" * 43 + "，"
    words = [word(full, LEFT, 100), word("乙" * 44, LEFT, 116), word("丙" * 44, LEFT, 150), word("丁。", LEFT, 166)]
    assert shown(leaf(1, words)) == [full + "乙" * 44, "丙" * 44 + "丁。"]


def test_a_signature_at_the_right_ends_the_full_line_above_it() -> None:
    full = "牵头单位：镇水利站；配合单位：各村；完成时限：" + "甲" * 15 + "月底前"
    words = [word(full, LEFT, 100), word("云溪镇人民政府", LEFT + 370, 116), word("2026年3月2日", LEFT + 370, 132)]
    assert shown(leaf(1, words)) == [full, "云溪镇人民政府", "2026年3月2日"]


def test_larger_type_is_a_title_of_its_own() -> None:
    words = [word("云溪市重点任务分工方案" + "文" * 16, LEFT, 60, 16), *paragraph(LONG, 100)]
    assert shown(leaf(1, words)) == ["云溪市重点任务分工方案" + "文" * 16, LONG]


def test_a_paragraph_goes_on_over_the_page_and_the_page_number_does_not_stand_in_it() -> None:
    first = [word(LONG[:42], LEFT + 20, 740), word("- 1 -", 280, 800)]
    second = [word(LONG[42:], LEFT, 60), word("- 2 -", 280, 800)]
    assert shown(leaf(1, first), leaf(2, second)) == [LONG]
    furniture = laid(leaf(1, first), leaf(2, second))[2]
    assert [(passage.place.words(), passage.text) for passage in furniture] == [("第1页", "- 1 -"), ("第2页", "- 2 -")]


def test_a_latin_word_keeps_its_blank_over_the_break_and_loses_its_hyphen() -> None:
    words = [word("甲" * 40 + "open", LEFT, 100), word("govern-", LEFT + 1, 116), word("乙" * 44, LEFT, 148)]
    assert shown(leaf(1, words))[0] == "甲" * 40 + "open govern-"
    broken = [word("甲" * 39 + "govern-", LEFT, 100), word("ment" + "乙" * 40, LEFT, 116), word("丙" * 44, LEFT, 132)]
    assert shown(leaf(1, broken))[0].startswith("甲" * 39 + "govern-ment")  # only a wholly Latin line is hyphenated


def test_gaps_between_characters_become_blanks_where_somebody_meant_them() -> None:
    words = [
        word("张", LEFT, 100),
        word("三", LEFT + 20, 100),
        word("2026", LEFT + 60, 100),
        word("年", LEFT + 82.5, 100),
    ]
    assert shown(leaf(1, words)) == ["张 三 2026年"]


def test_text_in_two_columns_is_read_one_after_the_other() -> None:
    left = [word(LONG[at : at + 18].ljust(18, "甲"), LEFT, 100 + at * 16) for at in range(10)]
    right = [word("乙" * 18, LEFT + 240, 100 + at) for at in range(0, 160, 16)]
    left[-1] = word("完毕。", LEFT, 244)
    assert shown(leaf(1, [one for pair in zip(left, right, strict=True) for one in pair])) == [
        "".join(one.text for one in left), "乙" * 180,
    ]  # fmt: skip


def test_a_figure_that_points_to_a_note_is_no_text() -> None:
    words = [word("新建食堂6个", LEFT, 100), word("3", LEFT + 55.5, 98, 5), word("，九月开门。", LEFT + 58, 100)]
    blocks, _, furniture = laid(leaf(1, words))
    assert blocks[0].text.replace(" ", "") == "新建食堂6个，九月开门。"
    assert [passage.text for passage in furniture] == ["3"]


def test_notes_at_the_foot_of_a_page_stand_behind_its_text_and_not_in_it() -> None:
    first = [word("新建食堂6个", LEFT, 100), word("1", LEFT + 55.5, 98, 5), word("，补贴到位", LEFT + 58, 100)]
    raised = [word("2", LEFT + 108, 98, 5), word("。", LEFT + 111, 100)]
    foot = [word("1指社区食堂。", LEFT, 740), word("2", LEFT, 754, 5), word("指运营补贴。", LEFT + 3, 756)]
    words = [*first, *raised, *foot, word("— 1 —", 280, 800)]
    text, *rest = shown(leaf(1, words), leaf(2, [word("接着办。", LEFT, 100)]))
    assert text.replace(" ", "") == "新建食堂6个，补贴到位。"
    assert rest == ["接着办。", "注：指社区食堂。", "注：指运营补贴。"]


def test_a_figure_at_the_foot_of_a_page_to_which_nothing_refers_is_text() -> None:
    assert shown(leaf(1, [word("新建食堂6个。", LEFT, 100), word("1指社区食堂。", LEFT, 740)]))[-1] == "1指社区食堂。"


def test_a_title_as_wide_as_the_page_goes_on_in_the_middle_of_the_next_line() -> None:
    words = [word("文" * 44, LEFT, 60), word("的通知", 285, 76), *paragraph(LONG, 108)]
    assert shown(leaf(1, words)) == ["文" * 44 + "的通知", LONG]


def test_a_title_set_in_on_both_sides_is_not_the_beginning_of_the_full_line_below_it() -> None:
    title, item = word("题" * 40, 100, 60), "案件一，" + "某小区业主反映配套幼儿园迟迟未交付" * 2
    assert shown(leaf(1, [title, word(item, LEFT, 76), word("请核实。", LEFT, 92)])) == ["题" * 40, item, "请核实。"]


def test_words_that_open_a_paragraph_below_a_short_line_open_one_below_a_full_line_too() -> None:
    full = "流转土地一千二百亩，" + "建成大棚八十座" * 5
    words = [
        word(line, LEFT, 100 + 16 * at) for at, line in enumerate((full[:44], "牵头人：马某", "请办。", "牵头人：贺某"))
    ]
    assert shown(leaf(1, words)) == [full[:44], "牵头人：马某", "请办。", "牵头人：贺某"]


def test_an_item_that_counts_on_is_a_paragraph_of_its_own_below_a_full_line() -> None:
    first = "1.补植绿化带六公里，" + "修剪行道树九百株" * 4 + "；"
    words = [word(first, LEFT, 100), word("2.清扫绿化带；", LEFT, 116), word("3.落实管护人员。", LEFT, 132)]
    assert shown(leaf(1, words)) == [first, "2.清扫绿化带；", "3.落实管护人员。"]


def test_first_lines_set_in_alike_are_paragraphs_of_their_own_though_the_upper_one_is_full() -> None:
    words = [*paragraph("甲" * 84, 100), *paragraph("乙" * 42, 132), *paragraph("丙" * 30, 148)]
    assert shown(leaf(1, words)) == ["甲" * 84, "乙" * 42, "丙" * 30]


def test_words_struck_through_stay_and_are_doubted() -> None:
    words = [word("市财政局牵头，市审计局配合。", LEFT, 100)]
    _, doubts, _ = laid(leaf(1, words, [level(LEFT + 70, LEFT + 130, 105)]))
    assert [(doubt.code, doubt.words) for doubt in doubts] == [("struck-out", "市审计局配合")]


def test_a_watermark_is_furniture() -> None:
    blocks, _, furniture = laid(leaf(1, [word("一、加强领导。", LEFT, 100)], slanted=[word("内部资料", 200, 400, 60)]))
    assert [block.text for block in blocks] == ["一、加强领导。"]
    assert [passage.text for passage in furniture] == ["内部资料"]


def test_a_recognised_word_of_low_certainty_is_a_doubt_with_its_place() -> None:
    words = [word("由市财", LEFT, 100), word("玫局", LEFT + 30, 100, sure=0.4), word("牵头。", LEFT + 50, 100)]
    block = laid(leaf(3, words))[0][0]
    assert block.text == "由市财玫局牵头。"
    (doubt,) = block.doubts
    assert (doubt.code, doubt.words, doubt.place and doubt.place.words()) == ("unsure-words", "玫局", "第3页第1段")


# ---------------------------------------------------------------- ruled tables

XS = (80.0, 120.0, 320.0, 420.0, 520.0)
HEAD = ("序号", "工作任务", "牵头单位", "完成时限")


def test_a_ruled_table_gives_its_rows_and_cells_with_their_places() -> None:
    ys = (100, 120, 160, 200)
    words = [*row(HEAD, XS, 100), *row(("1", "公布清单", "市财政局", "6月底前"), XS, 120)]
    words += row(("2", "更新目录", "市司法局", "年底前"), XS, 160)
    page = leaf(2, [word("云溪市任务表", 200, 60, 14), *words, word("注：略", LEFT, 220)], grid(XS, ys))
    assert shown(page) == [
        "云溪市任务表", [*HEAD], ["1", "公布清单", "市财政局", "6月底前"], ["2", "更新目录", "市司法局", "年底前"], "注：略",
    ]  # fmt: skip
    assert [block.place.words() for block in laid(page)[0]][1:3] == ["第2页表1第1行", "第2页表1第2行"]


def test_lines_that_fill_a_cell_are_joined_and_others_are_kept_apart() -> None:
    words = [*cell("公布惠企政策清单和办事指南，逐条列明条\n件", 124, 124), *cell("市财政局\n市审计局", 324, 124)]
    words += cell("6月底前", 424, 124)
    assert shown(leaf(1, words, grid(XS, (120, 160)))) == [
        ["", "公布惠企政策清单和办事指南，逐条列明条件", "市财政局\n市审计局", "6月底前"]
    ]


def test_names_below_each_other_in_a_narrow_cell_do_not_run_together() -> None:
    narrow = (80.0, 120.0, 168.0)
    words = [
        word("1", 84, 104),
        *cell("市财政局\n市科技局", 124, 104),
        word("2", 84, 144),
        *cell("市农业农\n村局", 124, 144),
    ]
    assert shown(leaf(1, words, grid(narrow, (100, 140, 180)))) == [["1", "市财政局\n市科技局"], ["2", "市农业农村局"]]


def test_entries_counted_below_each_other_in_a_narrow_cell_do_not_run_together() -> None:
    words = [word("1", 84, 104), *cell("1.6月底前\n2.7月底前\n再延长的\n3.9月底前", 124, 104)]
    assert shown(leaf(1, words, grid((80.0, 120.0, 176.0), (100, 180)))) == [
        ["1", "1.6月底前\n2.7月底前再延长的\n3.9月底前"]
    ]


def test_merged_cells_are_repeated_and_say_where_they_come_from() -> None:
    rules = [level(80, 520, 100), level(80, 120, 140), level(320, 520, 140), level(80, 520, 180)]
    rules += [upright(x, 100, 180) for x in XS]
    words = [
        *row(("1", "", "甲局", "3月"), XS, 100),
        *row(("2", "", "乙局", "4月"), XS, 140),
        word("公布清单", 130, 135),
    ]
    blocks = laid(leaf(1, words, rules))[0]
    assert shown(leaf(1, words, rules)) == [["1", "公布清单", "甲局", "3月"], ["2", "公布清单", "乙局", "4月"]]
    source = blocks[1].cells[1].merged_from
    assert source is not None
    assert source.words() == "第1页表1第1行第2列"


def test_a_word_printed_across_a_ruled_line_is_cut_at_it() -> None:
    words = [word("1公布清单", 110, 104), word("市财政局6月底前", 380, 104)]
    assert shown(leaf(1, words, grid(XS, (100, 120)))) == [["1", "公布清单", "市财政局", "6月底前"]]


def test_a_table_open_at_its_sides_and_its_foot_is_a_table() -> None:
    rules = [level(80, 520, 100), level(80, 520, 120), *(upright(x, 100, 160) for x in XS[1:-1])]
    words = [*row(HEAD, XS, 100), *row(("1", "公布清单", "市财政局", "6月"), XS, 120)]
    assert shown(leaf(1, words, rules)) == [[*HEAD], ["1", "公布清单", "市财政局", "6月"]]


def test_double_and_broken_lines_are_one_line() -> None:
    rules = [one for rule in grid(XS, (100, 120, 140)) for one in (rule, Rule(*(v + 1.5 for v in rule)))]
    rules += [level(x, x + 9, 100) for x in range(80, 520, 10)]
    words = [*row(HEAD, XS, 100), *row(("1", "公布清单", "市财政局", "6月"), XS, 120)]
    assert shown(leaf(1, words, rules)) == [[*HEAD], ["1", "公布清单", "市财政局", "6月"]]


def test_two_tables_that_touch_are_two_tables() -> None:
    other = (80.0, 200.0, 300.0, 390.0, 520.0)
    words = [*row(HEAD, XS, 100), *row(("甲", "乙", "丙", "丁"), other, 120)]
    blocks = laid(leaf(1, words, [*grid(XS, (100, 120)), *grid(other, (120, 140))]))[0]
    assert [(block.table, len(block.cells)) for block in blocks] == [(1, 4), (2, 4)]


def test_a_frame_around_text_and_an_underline_make_no_table() -> None:
    rules = [level(70, 530, 90), level(70, 530, 140), upright(70, 90, 140), upright(530, 90, 140), level(80, 200, 113)]
    assert shown(leaf(1, [word("云溪市人民政府办公室", LEFT, 102)], rules)) == ["云溪市人民政府办公室"]


# ---------------------------------------------------------------- tables over pages


def pages(*parts: list[tuple[str, ...]], rules: list[list[Rule]] | None = None) -> list[object]:
    """Each part a page with rows of 40 points from the height 100 on."""
    out = []
    for number, rows in enumerate(parts, 1):
        ys = [100 + 40 * at for at in range(len(rows) + 1)]
        words = [one for at, texts in enumerate(rows) for one in row(texts, XS, ys[at])]
        own = rules[number - 1] if rules else grid(XS, ys)
        out.append(leaf(number, [*words, word(f"第{number}页", 280, 800)], own))
    return out


ONE = ("1", "公布清单", "市财政局", "6月底前")
TWO = ("2", "更新目录", "市司法局", "7月底前")
THREE = ("3", "修订指南", "市民政局", "8月底前")
FOUR = ("4", "开展培训", "市教育局", "9月底前")


def test_a_table_over_two_pages_is_one_and_its_repeated_head_is_dropped() -> None:
    two = pages([HEAD, ONE, TWO], [HEAD, THREE, FOUR])
    assert shown(*two) == [[*HEAD], [*ONE], [*TWO], [*THREE], [*FOUR]]
    blocks, _, furniture = laid(*two)
    assert [block.place.words() for block in blocks][-1] == "第2页表1第5行"
    assert [passage.text for passage in furniture if passage.text in HEAD] == [*HEAD]
    assert not any(block.doubts for block in blocks)


def test_a_row_broken_by_the_page_is_one_row() -> None:
    first = ("2", "把政策解读成群众听得懂的话，配上办事图", "市司法局", "7月底前")
    rest = ("", "解和短视频", "", "")
    two = pages([HEAD, ONE, first], [HEAD, rest, THREE])
    assert shown(*two)[2:] == [["2", first[1] + rest[1], "市司法局", "7月底前"], [*THREE]]
    assert doubted(*two) == [[], [], [], []]


def test_a_row_broken_by_the_page_is_one_row_below_a_head_of_two_rows_too() -> None:
    first = ("2", "把政策解读成群众听得懂的话，配上办事图", "市司法局", "7月底前")
    two = pages([HEAD, HEAD, ONE, first], [("", "解和短视频", "市民政局", ""), THREE])
    ys = [100 + 40 * at for at in range(5)]
    tall = [one for one in grid(XS, ys) if not (one.level and one.top == ys[1])]
    two[0] = replace(two[0], rules=[*tall, level(XS[1], XS[-1], ys[1])])
    assert shown(*two)[3:] == [["2", first[1] + "解和短视频", "市司法局\n市民政局", "7月底前"], [*THREE]]


def test_a_row_that_only_seems_broken_is_doubted() -> None:
    two = pages([HEAD, ONE, TWO], [HEAD, ("", "并公开通报", "", ""), THREE])
    assert shown(*two)[2] == ["2", "更新目录\n并公开通报", "市司法局", "7月底前"]
    assert doubted(*two)[2] == ["row-joined"]


def test_an_unnumbered_row_that_is_complete_in_itself_stays_a_row() -> None:
    own = ("", "另行开展抽查", "市审计局", "全年")
    assert shown(*pages([HEAD, ONE, TWO], [HEAD, own, THREE]))[3] == [*own]


def merged(number: int, first: int, last: int, rows: int) -> list[Rule]:
    """The lines of a page on which the third column is one cell from row `first` to `last` (from 0)."""
    ys = [100 + 40 * at for at in range(rows + 1)]
    rules = [upright(x, ys[0], ys[-1]) for x in XS]
    for at, y in enumerate(ys):
        inside = first < at <= last
        rules += [level(80, 320, y), level(420, 520, y)] if inside else [level(80, 520, y)]
    return rules


def test_a_merged_cell_goes_on_over_the_page() -> None:
    first = [HEAD, ("1", "公布清单", "市财政局", "6月"), ("2", "更新目录", "", "7月")]
    second = [("3", "修订指南", "", "8月"), ("4", "开展培训", "", "9月"), ("5", "组织抽查", "市审计局", "10月")]
    two = pages(first, second, rules=[merged(1, 1, 2, 3), merged(2, 0, 1, 3)])
    assert [texts[2] for texts in shown(*two)] == ["牵头单位", *["市财政局"] * 4, "市审计局"]
    assert doubted(*two) == [[]] * 6


def test_a_merged_cell_whose_words_stand_on_the_next_page_begins_on_this_one() -> None:
    first = [HEAD, ("1", "公布清单", "市民政局", "6月"), ("2", "更新目录", "", "7月"), ("3", "修订指南", "", "8月")]
    second = [("4", "开展培训", "市财政局", "9月"), ("5", "组织抽查", "", "9月"), ("6", "总结评估", "市审计局", "10月")]
    two = pages(first, second, rules=[merged(1, 2, 3, 4), merged(2, 0, 1, 3)])
    assert [texts[2] for texts in shown(*two)] == ["牵头单位", "市民政局", *["市财政局"] * 4, "市审计局"]


def test_an_empty_cell_at_the_top_of_a_page_that_may_be_merged_is_doubted() -> None:
    first = [
        HEAD,
        ("1", "公布清单", "市财政局", "6月"),
        ("2", "更新目录", "", "7月"),
        ("3", "修订指南", "市民政局", "8月"),
    ]
    second = [("4", "开展培训", "", "9月"), ("5", "组织抽查", "市审计局", "10月")]
    two = pages(first, second, rules=[merged(1, 1, 2, 4), grid(XS, (100, 140, 180))])
    assert shown(*two)[4][2] == "市民政局"
    assert doubted(*two)[4] == ["cell-continued"]


def test_an_empty_cell_in_a_column_that_never_merges_stays_empty_and_is_doubted() -> None:
    second = [HEAD, ("4", "开展培训", "", "9月底前"), ("5", "组织抽查", "市审计局", "10月底前")]
    two = pages([HEAD, ONE, TWO, THREE], second)
    assert shown(*two)[4][2] == ""
    assert doubted(*two)[4] == ["cell-open"]


def test_another_table_on_the_next_page_is_another_table() -> None:
    other = leaf(2, row(("项目", "金额", "备注"), (80, 250, 400, 520), 100), grid((80, 250, 400, 520), (100, 140)))
    blocks = laid(*pages([HEAD, ONE]), other)[0]
    assert [block.table for block in blocks] == [1, 1, 2]


def test_text_between_them_parts_two_tables() -> None:
    first, second = pages([HEAD, ONE], [HEAD, TWO])
    between = leaf(1, [*first.words, word("二、其他任务", LEFT, 300)], first.rules)
    assert [block.table for block in laid(between, second)[0]] == [1, 1, 0, 2, 2]


def test_words_that_run_over_the_edge_of_their_cell_may_be_cut_off_and_are_doubted() -> None:
    xs, ys = (80.0, 120.0, 230.0, 330.0, 420.0), (100.0, 120.0, 140.0, 160.0)
    rows = (HEAD, ("1", "修订指南", "市民政局、市财政局和", "6月底前"), ("2", "更新目录", "市司法局", "7月底前"))
    words = [one for at, texts in enumerate(rows) for one in row(texts, xs, ys[at])]
    assert doubted(leaf(1, words, grid(xs, ys))) == [[], ["cell-cut"], []]


# ---------------------------------------------------------------- tables without lines


def test_columns_without_lines_are_a_table_with_a_doubt_about_it() -> None:
    page = leaf(1, [one for at, texts in enumerate((HEAD, ONE, TWO, THREE)) for one in row(texts, XS, 100 + 20 * at)])
    assert shown(page) == [[*HEAD], [*ONE], [*TWO], [*THREE]]
    assert [doubt.code for doubt in laid(page)[1]] == ["table-without-lines"]
    assert doubted(page) == [[]] * 4


def test_cells_of_several_lines_without_lines_between_rows() -> None:
    xs = (80.0, 120.0, 230.0, 310.0)
    words = [*row(HEAD, xs, 100)]
    words += [*row(("1", "公布惠企政策清单和\n办事指南", "市财政局、市\n审计局", "6月底前"), xs, 112)]
    words += [*row(("2", "更新目录", "市司法局", "7月底前"), xs, 136)]
    assert shown(leaf(1, words)) == [
        [*HEAD], ["1", "公布惠企政策清单和办事指南", "市财政局、市审计局", "6月底前"], ["2", "更新目录", "市司法局", "7月底前"],
    ]  # fmt: skip


def test_a_cell_taller_than_its_row_keeps_its_lines_at_the_top_and_at_the_foot_of_a_page() -> None:
    xs = (80.0, 120.0, 260.0, 340.0)
    words: list[Word] = []
    for at in range(3):  # the other cells stand in the middle of two lines
        top = 60 + 48 * at
        words += row((f"{at + 1}", "", "市水利局", "6月底前"), xs, top + 8)
        words += [word("清理河道沿岸的垃圾，把台账", 120, top), word("报送备案。", 120, top + 16)]
    assert shown(leaf(1, words)) == [
        [f"{at}", "清理河道沿岸的垃圾，把台账报送备案。", "市水利局", "6月底前"] for at in (1, 2, 3)
    ]


def test_a_stage_beside_the_middle_of_its_rows_parts_none_of_them_and_stands_before_each() -> None:
    xs = (80.0, 160.0, 200.0, 330.0, 420.0)
    words = row(("阶段", "序号", "工作任务", "责任单位", "完成时限"), xs, 60)
    for at in range(4):
        task = f"排查第{at}片区的老旧管网的\n台账并逐一建立"
        words += row(("", f"{at + 1}", task, "市水利局、市\n财政局", "6月底前"), xs, 90 + 36 * at)
    words += row(("排查阶段\n（3月）",), xs, 90 + 18)
    words += row(("整改阶段\n（6月）",), xs, 90 + 72 + 18)
    rows = shown(leaf(1, words))
    assert [one[:2] for one in rows[1:]] == [
        [stage, f"{n}"] for n, stage in enumerate(["排查阶段（3月）"] * 2 + ["整改阶段（6月）"] * 2, 1)
    ]
    assert [one[2] for one in rows[1:]] == [f"排查第{at}片区的老旧管网的台账并逐一建立" for at in range(4)]
    assert ["cell-merged"] in doubted(leaf(1, words))


def test_a_list_with_its_numbers_set_apart_is_no_table() -> None:
    words = [one for at in range(4) for one in row((f"{at + 1}.", f"加强第{at}项工作"), (80, 110), 100 + 20 * at)]
    assert shown(leaf(1, words)) == [f"{at + 1}. 加强第{at}项工作" for at in range(4)]


def test_a_signature_beside_a_date_is_no_table() -> None:
    words = [word("云溪市人民政府", LEFT, 100), word("2026年3月6日", 400, 100), *paragraph(LONG, 130)]
    assert shown(leaf(1, words)) == ["云溪市人民政府 2026年3月6日", LONG]


def test_columns_set_close_are_doubted_row_by_row() -> None:
    xs = (80.0, 109.0, 164.0)
    rows = [("第一项", "公布清单市", "财政局"), ("第二项", "更新目录要", "司法局"), ("第三项", "修订指南的", "民政局")]
    words = [
        word(text, x, 100 + 20 * at)
        for at, texts in enumerate(rows)
        for text, x in zip(texts, (80, 115, 170), strict=True)
    ]
    assert xs[0] == LEFT
    assert all("columns-tight" in codes for codes in doubted(leaf(1, words)))


# ---------------------------------------------------------------- whatever stands on a page

places = st.floats(-50, 900, allow_nan=False)
words_anywhere = st.builds(
    word, st.text("甲乙1、。 -", min_size=1, max_size=9), places, places, st.sampled_from([5.0, 10.0, 40.0])
)
rules_anywhere = st.builds(
    lambda x, y, length, flat: Rule(x, y, x + length * flat, y + length * (not flat)),
    places,
    places,
    st.floats(0, 500),
    st.booleans(),
)


@settings(deadline=None, max_examples=examples(80))
@given(st.lists(st.tuples(st.lists(words_anywhere, max_size=12), st.lists(rules_anywhere, max_size=12)), max_size=3))
def test_no_character_of_any_page_is_lost_or_doubled(parts: list[tuple[list[Word], list[Rule]]]) -> None:
    leaves = [leaf(number, words, rules) for number, (words, rules) in enumerate(parts, 1)]
    blocks, _, furniture = laid(*leaves)
    own = [
        block.text.removeprefix("注：") or "".join(one.text for one in block.cells if not one.merged_from)
        for block in blocks
    ]
    out = "".join([*own, *(passage.text for passage in furniture)])
    printed = "".join(one.text for page in leaves for one in page.words)
    assert sorted("".join(out.split())) == sorted("".join(printed.split()))


@pytest.mark.parametrize("count", [30_000])
def test_a_page_of_countless_lines_is_a_drawing_and_no_table(count: int) -> None:
    rules = [upright(80 + at / 100, 100, 300) for at in range(count)]
    assert shown(leaf(1, [word("示意图", LEFT, 400)], [*rules, level(80, RIGHT, 100)])) == ["示意图"]
