"""Lists of units as offices print them: no name goes without a word, and a head of two roles gives both."""

from __future__ import annotations

from knowledge.model import Block, Cell, Draft, Place, Role
from knowledge.parsing import parse
from knowledge.parsing.names import read_names
from knowledge.reading.reading import Reading
from tests.knowledge.parsing.drafts import codes, duties, paragraphs

LEAD, RESPONSIBLE, COOPERATING = Role.LEAD, Role.RESPONSIBLE, Role.COOPERATING


def table(*rows: tuple[str, ...]) -> Draft:
    blocks = tuple(
        Block("", Place(table=1, row=r), tuple(Cell(text, Place(table=1, row=r, column=c)) for c, text in enumerate(row, 1)), 1)
        for r, row in enumerate(rows, 1)
    )  # fmt: skip
    return parse(Reading("docx", blocks), "x", "0" * 64)


def test_an_office_whose_name_ends_like_a_role_word_is_an_office() -> None:
    found = table(("序号", "任务", "牵头单位", "配合单位"), ("1", "办好议事厅", "县委统战部", "县人大办、政协办、侨联"))
    assert duties(found)[1:] == [("县人大办", COOPERATING), ("县政协办", COOPERATING), ("县侨联", COOPERATING)]


def test_a_party_called_by_its_part_is_no_verb() -> None:
    found = table(("序号", "任务", "牵头单位", "责任单位"), ("1", "改造夜市", "县商务局", "县城管局、各夜市\n主办方"))
    assert duties(found) == [("县商务局", LEAD), ("县城管局", RESPONSIBLE), ("各夜市主办方", RESPONSIBLE)]


def test_a_word_of_a_list_that_is_no_name_is_told() -> None:
    found = table(("序号", "任务", "责任单位"), ("1", "修好码头道路", "县交通局、水、县水利局"))
    assert duties(found) == [("县交通局", RESPONSIBLE), ("县水利局", RESPONSIBLE)]
    assert "unit-unread" in codes(found)


def test_how_many_items_a_unit_has_is_no_part_of_its_name() -> None:
    head = ("序号", "任务", "配合单位"), ("牵头单位：县水利局（共2项）",) * 3
    found = table(*head, ("1", "修好码头道路", "县交通局（3项）"), ("2", "清理旧船", "/"))
    assert duties(found) == [("县水利局", LEAD), ("县交通局", COOPERATING)]
    assert duties(found, 1) == [("县水利局", LEAD)]


def test_under_a_head_of_two_roles_the_first_unit_leads_and_that_is_a_doubt() -> None:
    rows = ("1", "修好码头道路", "县交通局、县水利局"), ("2", "清理旧船", "县水利局")
    found = table(("序号", "任务", "牵头及责任单位"), *rows)
    assert duties(found) == [("县交通局", LEAD), ("县水利局", RESPONSIBLE)]
    assert duties(found, 1) == [("县水利局", LEAD)]
    assert ("column-role" in codes(found), "column-role" in codes(found, 1)) == (True, False)


def test_a_head_that_says_which_unit_leads_leaves_no_doubt() -> None:
    found = table(("序号", "任务", "牵头及配合单位（列首位者牵头）"), ("1", "修好码头道路", "县交通局、县水利局"))
    assert duties(found) == [("县交通局", LEAD), ("县水利局", COOPERATING)]
    assert "column-role" not in codes(found)


def test_units_in_a_bracket_before_the_labels_of_an_item_are_its_units() -> None:
    said = "{}.账目不清。（牵头单位：县财政局；责任单位：县审计局）整改措施：逐笔核对，公开结果。整改时限：2024年{}月底前。"
    found = paragraphs(
        "云水县审计整改方案", "2024年3月1日", "一、资金方面", *(said.format(n, n + 5) for n in (1, 2, 3))
    )
    assert [duties(found, at) for at in range(3)] == [[("县财政局", LEAD), ("县审计局", RESPONSIBLE)]] * 3
    assert "逐笔核对" in found.assignments[0].text
    assert [str(one.deadlines[0].due) for one in found.assignments] == ["2024-06-30", "2024-07-31", "2024-08-31"]


def test_letters_that_sound_a_character_are_taken_out_with_or_without_tones() -> None:
    found = paragraphs(
        "云水縣服務(wu)保障方案", "1.建設(she)服務站。(縣(xian)民政局牽頭,縣財政局負責(ze))", "2.辦理證件(IC)。(縣公安局牽頭)"
    )  # fmt: skip
    assert duties(found) == [("县民政局", LEAD), ("县财政局", RESPONSIBLE)]
    assert "(IC)" in found.assignments[1].text


def test_bars_that_stand_apart_keep_a_table_below_a_repeated_head() -> None:
    head, title = "序号 | 类别 | 任务 | 牵头单位 | 时限", "云水县创建任务分解表"
    rows = "1 | 宣传 | 开展宣讲活动 | 县教育局 | 9月底前", "2 | 编印宣传读本 | 县文旅局 | 10月底前"
    more = "3|建设文化长廊|县住建局|评估前10日", "4|收尾|办好总结大会|县民宗局|每学期一次"
    found = paragraphs(title, head, *rows, "第 1 页 共 2 页", title, head, *more)
    assert [one.duties[0].unit for one in found.assignments] == ["县教育局", "县文旅局", "县住建局", "县民宗局"]


def test_a_plan_over_the_turn_of_the_year_dates_its_months_from_its_issue() -> None:
    found = table_of_winter("2024—2025年", "2024年10月18日")
    assert [str(one.deadlines[0].due) for one in found.assignments] == ["2024-11-15", "2025-03-31"]


def table_of_winter(years: str, issued: str) -> Draft:
    lines = (f"云水市{years}冬季供暖任务清单", issued)
    rows = (
        ("序号", "任务", "牵头单位", "时限"),
        ("1", "检修锅炉", "市住建局", "11月15日前"),
        ("2", "总结", "市住建局", "次年3月底前"),
    )
    blocks = tuple(Block(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)) + tuple(
        Block("", Place(table=1, row=r), tuple(Cell(text, Place(table=1, row=r, column=c)) for c, text in enumerate(row, 1)), 1)
        for r, row in enumerate(rows, 1)
    )  # fmt: skip
    return parse(Reading("docx", blocks), "x", "0" * 64)


def test_a_paper_or_an_event_that_a_letter_speaks_of_is_no_office() -> None:
    letter = (
        "云水市筹备任务分工方案",
        "各县区人民政府：",
        "第九届市运动会将于2024年9月20日在我市开幕。",
        "《云水市筹备任务分工方案》业经市政府审定，请抓好落实。",
    )
    found = paragraphs(
        *letter, "云水市人民政府", "2024年3月1日", "1.修缮场馆。（市体育局牵头）", "2.招募队伍。（市教育局牵头）"
    )
    assert [duty.unit for one in found.assignments for duty in one.duties] == ["市体育局", "市教育局"]


def test_an_armed_police_company_on_a_line_of_its_own_is_no_part_of_the_bureau_above() -> None:
    found = table(
        ("序号", "任务", "责任单位", "配合单位"),
        ("1", "组建抢险队", "县公安局\n交警大队", "县消防救援大队\n武警青岭中队"),
    )
    assert duties(found) == [
        ("县公安局交警大队", RESPONSIBLE),
        ("县消防救援大队", COOPERATING),
        ("武警青岭中队", COOPERATING),
    ]


def test_a_province_lends_its_sign_to_no_name_that_begins_with_the_province() -> None:
    names = read_names("省自然资源厅、气象局、青岭金融监管局", "", "青岭省").units
    assert names == ("省自然资源厅", "省气象局", "青岭金融监管局")


ZONE = (
    "松堤经开区2024年重点工作任务分工方案",
    "1.盘活闲置用地600亩。（牵头单位：经济发展局；责任单位：规划建设局、行政审批局）",
    "2.清理签约未开工项目。（牵头单位：经济发展局；责任单位：规划建设局、市自然资源和规划局开发区分局）",
    "3.布设监测点位24个。（牵头单位：市生态环境局开发区分局；责任单位：规划建设局；配合单位：综合执法局）",
    "4.办好对接会3场。（牵头单位：市商务局；责任单位：规划建设局、市统计局、审计局）",
)


def test_a_zones_own_offices_are_named_as_they_are_printed_beside_those_of_the_city() -> None:
    """What a city sends into a zone lends its 市 to nobody there."""
    found = paragraphs(*ZONE)
    assert duties(found, 1) == [
        ("经济发展局", LEAD),
        ("规划建设局", RESPONSIBLE),
        ("市自然资源和规划局开发区分局", RESPONSIBLE),
    ]
    assert duties(found, 2) == [
        ("市生态环境局开发区分局", LEAD),
        ("规划建设局", RESPONSIBLE),
        ("综合执法局", COOPERATING),
    ]
    assert "prefix-restored" not in codes(found, 1) | codes(found, 2)


def test_a_name_that_stands_nowhere_by_itself_takes_the_prefix_of_its_list() -> None:
    found = paragraphs(*ZONE)
    assert ("市审计局", RESPONSIBLE) in duties(found, 3)
    assert ("规划建设局", RESPONSIBLE) in duties(found, 3)


def test_a_name_that_is_printed_with_its_prefix_elsewhere_takes_it_where_it_is_elided() -> None:
    found = paragraphs(
        "1.建厂房。（牵头单位：市工信局；责任单位：统计局）",
        "2.修路。（牵头单位：市交通局；责任单位：市统计局）",
        "3.办展。（牵头单位：统计局）",
    )
    assert duties(found) == [("市工信局", LEAD), ("市统计局", RESPONSIBLE)]
