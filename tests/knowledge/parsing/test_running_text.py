"""Running text as counties publish it: what its sentences say of several units, of one matter after the other, of time."""

from __future__ import annotations

from knowledge.model import DeadlineKind, Draft, Role
from tests.knowledge.parsing.drafts import codes, duties, paragraphs

LEAD, RESPONSIBLE, COOPERATING = Role.LEAD, Role.RESPONSIBLE, Role.COOPERATING


def due(draft: Draft, at: int = 0) -> list[str]:
    return [str(d.due) for d in draft.assignments[at].deadlines if d.kind is DeadlineKind.BY]


NOTICE = ("关于做好2031年河堤度汛工作的通知", "各镇人民政府：", "现将有关事项通知如下：")
SIGNED = ("青湾县防汛指挥部", "2031年4月2日")


def test_a_plan_signed_at_its_end_is_no_letter() -> None:
    title = "青湾县2031年河堤整修方案"
    items = ("一、整修东堤。", "责任单位：县水利局", "完成时限：2031年6月底前", "二、清理渡口。", "责任单位：县交通局")
    found = paragraphs(f"关于印发{title}的通知", "各镇人民政府：", "现印发给你们。", title, *items, *SIGNED)
    assert [one.text for one in found.assignments] == ["整修东堤。", "清理渡口。"]


def test_a_plan_whose_items_begin_with_an_office_and_a_stop_is_no_letter() -> None:
    items = ("（一）县水利局。巡查东堤，备足沙袋。", "（二）县气象局。提供雨情预报。", "（三）县交通局。检修渡船。")
    found = paragraphs(*NOTICE, "一、任务分工", *items, *SIGNED)
    assert [duties(found, at) for at in range(3)] == [[(u, RESPONSIBLE)] for u in ("县水利局", "县气象局", "县交通局")]


def test_what_units_do_together_is_no_part_of_their_names() -> None:
    found = paragraphs(
        *NOTICE,
        "一、完善预案。由县水利局牵头，会同县气象局、县交通局修编渡口预案，5月底前印发。",
        "二、加强值守。由县应急局负责。",
        *SIGNED,
    )
    assert duties(found) == [("县水利局", LEAD), ("县气象局", COOPERATING), ("县交通局", COOPERATING)]


def test_a_day_at_the_end_of_a_sentence_of_several_units_goes_to_each_with_a_doubt() -> None:
    found = paragraphs(
        *NOTICE,
        "一、县水利局负责排查东堤，县交通局负责排查渡口，5月20日前全部完成。",
        "二、加强值守。由县应急局负责。",
        *SIGNED,
    )
    assert [due(found, at) for at in range(2)] == [["2031-05-20"], ["2031-05-20"]]
    assert ("deadline-shared" in codes(found), "deadline-shared" in codes(found, 1)) == (True, False)


def test_matters_counted_in_one_paragraph_have_their_own_units() -> None:
    text = "一、落实保障。（一）用电。架设专线，由县供电公司负责。（二）用水。备足水源，由县水利局负责。"
    found = paragraphs(*NOTICE, text, "二、加强值守。由县应急局负责。", *SIGNED)
    assert [duties(found, at) for at in range(3)] == [
        [(u, RESPONSIBLE)] for u in ("县供电公司", "县水利局", "县应急局")
    ]


def test_since_when_a_paper_holds_and_who_explains_it_is_nobodys_work() -> None:
    items = ("1.整修东堤。（县水利局）", "2.清理渡口。（县交通局）", "3.检修渡船。（县交通局）")
    last = ("四、附则", "本办法自印发之日起施行，有效期2年。由县水利局会同县交通局负责解释。")
    found = paragraphs("青湾县河堤管理办法", *items, *last)
    assert len(found.assignments) == len(items)


def test_a_list_before_a_collective_in_brackets_ends_there() -> None:
    found = paragraphs("青湾县2031年河堤整修方案", "1.整修东堤。（县水利局牵头，县财政局及各镇（街）配合）")
    assert duties(found) == [("县水利局", LEAD), ("县财政局", COOPERATING), ("各镇（街）", COOPERATING)]


def test_a_rhythm_behind_a_day_in_a_bracket_is_no_unit() -> None:
    found = paragraphs(
        "青湾县2031年河堤整修方案", "1.编目录。（县水利局牵头，各单位配合；5月底前完成首轮，此后每季度更新一次）"
    )
    assert [unit for unit, _ in duties(found)] == ["县水利局", "各单位"]


def test_a_label_broken_over_two_lines_is_a_label() -> None:
    lines = (
        "1.公厕达标。责任单位：",
        "县城管局、县文旅局。完成",
        "时限：2031年8月底。",
        "2.步道建成。责任单位：县住建局。",
    )
    found = paragraphs("青湾县2031年创建任务分工", *lines)
    assert duties(found) == [("县城管局", RESPONSIBLE), ("县文旅局", RESPONSIBLE)]
    assert due(found) == ["2031-08-31"]


def test_a_counted_name_and_the_one_paragraph_below_it_are_one_item() -> None:
    items = (
        "1.整修东堤。",
        "加固险段三处。（县水利局）",
        "2.清理渡口。",
        "拆除旧船。（县交通局）",
        "3.检修渡船。（县交通局）",
    )
    found = paragraphs("青湾县2031年河堤整修方案", *items)
    assert [one.text for one in found.assignments][:2] == ["整修东堤：加固险段三处。", "清理渡口：拆除旧船。"]


def test_a_round_named_after_the_year_it_is_for_falls_due_in_the_year_it_is_told_in() -> None:
    head = ("关于做好2032年度参保缴费工作的通知", "各镇人民政府：", "现将有关事项通知如下：")
    items = (
        "一、缴费期为2031年9月20日至2031年12月31日。",
        "二、县税务局：9月15日前调试系统。",
        "三、县财政局：11月底前拨付补助。",
    )
    found = paragraphs(*head, *items, "青湾县人民政府", "2031年9月6日")
    assert {day for at in range(len(found.assignments)) for day in due(found, at)} >= {"2031-09-15", "2031-11-30"}
    assert "year-inferred" in {doubt.code for doubt in found.document.doubts}


def test_a_unit_that_acts_late_in_an_item_among_others_has_it_with_a_doubt() -> None:
    items = ("一、县水利局于5月前巡查东堤。", "二、县交通局于5月前检修渡船。", "三、县气象局于5月前提供预报。")
    found = paragraphs(*NOTICE, *items, "四、对新增险情，县应急局接报后现场核查。", *SIGNED)
    assert duties(found, 3) == [("县应急局", RESPONSIBLE)]
    assert "duty-in-text" in codes(found, 3)


def test_a_month_in_front_of_an_item_is_its_time() -> None:
    found = paragraphs(
        "青湾县2031年河堤整修安排", "4月：整修东堤。责任单位：县水利局", "6月：清理渡口。责任单位：县交通局"
    )
    assert [due.due.isoformat() for one in found.assignments for due in one.deadlines if due.due] == [
        "2031-04-30",
        "2031-06-30",
    ]


def test_a_body_named_by_its_area_lends_and_takes_no_place() -> None:
    found = paragraphs(
        "青湾县2031年库区分工", "1.打捞垃圾。（县水利局、库区管理中心）", "2.巡查。（临江区水利局、农业农村局牵头）"
    )
    assert [unit for unit, _ in duties(found)] == ["县水利局", "库区管理中心"]
    assert [unit for unit, _ in duties(found, 1)] == ["临江区水利局", "临江区农业农村局"]


def test_a_time_behind_the_name_of_an_item_is_its_time_also_for_what_splits_off() -> None:
    head = "（一）宣传阶段（2031年3月1日—3月15日）。由县水利局负责，印发告示；河口镇、各社区负责张贴告示。"
    found = paragraphs("青湾县河堤整治安排", head, "（二）整治阶段（2031年4月1日—5月31日）。由县交通局负责，拆除旧船。")
    assert [str(due.due) for one in found.assignments for due in one.deadlines] == [
        "2031-03-15",
        "2031-03-15",
        "2031-05-31",
    ]
    assert ("deadline-shared" in codes(found), "deadline-shared" in codes(found, 1)) == (False, True)


def test_an_office_named_after_what_it_is_for_in_quotation_marks_is_an_office() -> None:
    found = paragraphs(
        "青湾县2031年河堤整修方案", "1.清理河道。（县“清河”办、县水利局）", "2.整修东堤。（县水利局牵头）"
    )
    assert duties(found) == [("县“清河”办", RESPONSIBLE), ("县水利局", RESPONSIBLE)]


def test_what_is_to_be_rebuilt_does_no_work() -> None:
    items = (
        "一、县游客服务中心改造，9月底前完成，县文旅局、县财政局负责",
        "二、县疾控中心迁建，8月底前完成，县卫健局负责",
    )
    found = paragraphs("青湾县2031年实事项目分工", *items, "三、县水文站挂牌，6月底前完成，县水利局负责")
    assert [duties(found, at)[0][0] for at in range(3)] == ["县文旅局", "县卫健局", "县水利局"]
    assert len(found.assignments) == 3


def test_blanks_that_alone_part_units_in_a_bracket_part_them() -> None:
    first = "1.整修东堤  (县水利局牵头  县财政局 县交通局配合  2031年5月底前)"
    found = paragraphs("青湾县2031年河堤整修方案", first, "2.清理渡口  (县交通局 县水利局负责  2031年6月底前)")
    assert duties(found) == [("县水利局", LEAD), ("县财政局", COOPERATING), ("县交通局", COOPERATING)]
    assert duties(found, 1) == [("县交通局", RESPONSIBLE), ("县水利局", RESPONSIBLE)]
    assert [due(found, at) for at in range(2)] == [["2031-05-31"], ["2031-06-30"]]


def test_a_name_above_one_sentence_has_it_where_names_stand_above_their_counts() -> None:
    counted = ("县水利局", "1.整修东堤。", "2.备足沙袋。", "县交通局", "1.清理渡口。", "2.检修渡船。")
    found = paragraphs(
        "青湾县2031年河堤任务", *counted, "县气象局", "发布雨情预报。", "各乡镇", "组织巡堤，每日不少于2次。"
    )
    assert [duties(found, at)[0][0] for at in range(6)] == [*["县水利局"] * 2, *["县交通局"] * 2, "县气象局", "各乡镇"]


def test_the_lead_of_a_heading_and_the_label_below_its_last_part_are_of_one_item() -> None:
    parts = ("（1）加固险段。", "（2）清理淤泥。", "配合单位：县财政局")
    found = paragraphs(
        "青湾县2031年分工", "1.整修东堤（牵头单位：县水利局）", *parts, "2.清理渡口（牵头单位：县交通局）", *parts
    )
    assert [duties(found, at) for at in range(2)] == [
        [(unit, LEAD), ("县财政局", COOPERATING)] for unit in ("县水利局", "县交通局")
    ]


def test_labels_without_colons_between_commas_are_labels() -> None:
    first = "1、4月份，赴外地招商，牵头单位县商务局，配合单位各镇（街道）。"
    found = paragraphs("青湾县2031年招商分工", first, "2、编制名册，牵头单位县农业局，配合单位县商务局。")
    assert duties(found) == [("县商务局", LEAD), ("各镇（街道）", COOPERATING)]
    assert [str(one.due) for one in found.assignments[0].deadlines] == ["2031-04-30"]


def test_a_heading_that_names_work_and_units_names_no_unit() -> None:
    items = ("（一）整修东堤，5月底前完工，责任单位为县水利局。", "（二）清理渡口，6月底前完工，由县交通局负责。")
    found = paragraphs("青湾县2031年整修方案", "三、建设任务和责任单位", *items)
    assert [duties(found, at) for at in range(2)] == [[("县水利局", RESPONSIBLE)], [("县交通局", RESPONSIBLE)]]


def test_a_unit_with_a_colon_begins_a_paragraph_of_its_own() -> None:
    steps = ("Ⅰ级响应", "县工信局：督促企业限产。", "县住建局：停止土石方作业。", "县公安局：禁止渣土车上路。")
    found = paragraphs("青湾县2031年响应措施分工", *steps)
    assert [duties(found, at)[0][0] for at in range(3)] == ["县工信局", "县住建局", "县公安局"]


def test_a_label_of_an_unknown_role_behind_units_is_told_and_no_unit() -> None:
    items = ("1.给古树挂牌。", "责任单位：县林业局；资金保障：县财政局", "2.清理枯木。", "责任单位：县林业局")
    found = paragraphs("青湾县2031年护林要点", *items)
    assert duties(found) == [("县林业局", RESPONSIBLE)]
    assert "unknown-role" in codes(found)


def test_who_does_a_thing_together_with_others_leads_whatever_they_do() -> None:
    items = (
        "（一）建立路长制，县交通局会同县公安局、县城管局制定标准，6月底前印发。",
        "（二）整修路口，由县交通局负责。",
    )
    found = paragraphs("青湾县2031年道路整修方案", *items, "（三）清理路障，由县公安局负责。")
    assert duties(found) == [("县交通局", LEAD), ("县公安局", COOPERATING), ("县城管局", COOPERATING)]
