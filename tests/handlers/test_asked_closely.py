"""Questions that lean, doubt and compare, as demanding clerks ask them."""

from __future__ import annotations

import pytest

from knowledge.reports.report_words import Status
from tests.handlers.test_clerks import ask, numbers, table
from tests.handlers.test_followups import Chat


def test_a_paper_is_named_by_a_word_of_its_title() -> None:
    told = ask("", "督办件那份哪天印发的")
    assert told.answer is not None
    assert told.answer.documents == ("slips",)
    assert numbers(ask("", "民办实事那份里教育局主责几件")) == ["3"]


def test_whether_it_is_one_units_alone_is_answered() -> None:
    assert ask("plan", "社区食堂是不是民政局一家搞的").text.startswith("不只是市民政局。")
    assert ask("plan", "城市管理义务监督员是不是城管局一家搞的").text.startswith("是的")
    assert ask("plan", "社区食堂是不是民政局牵头的").text.startswith("是的")


def test_whether_there_are_other_units_is_answered_of_what_was_told() -> None:
    chat = Chat("plan")
    chat.says("社区食堂谁配合")
    told = chat.says("还有别的单位吗")
    assert told.text.startswith("没有别的单位了，文件写到的都在下面。\n第6项")
    assert "配合单位：市财政局、市卫生健康委员会" in told.text


def test_which_role_a_unit_has_is_told_in_a_word() -> None:
    chat = Chat("plan")
    chat.says("南津大桥谁牵头")
    assert chat.says("住建局是什么角色").text.startswith("市住房和城乡建设局是配合单位。市交通运输局牵头。")
    assert ask("plan", "统计局在服务业企业里是什么角色").text.startswith("市统计局是配合单位。\n第1项")


@pytest.mark.parametrize(
    ("text", "right", "note"),
    [("第9项和第10项", ["9"], "（没有第10项。）"), ("第8、9、10、11项谁牵头", ["8", "9"], "（没有第10、11项。）")],
)
def test_items_that_are_not_there_are_told_beside_those_that_are(text: str, right: list[str], note: str) -> None:
    told = ask("plan", text)
    assert numbers(told) == right
    assert told.text.splitlines()[-1] == note
    assert numbers(ask("plan", "第10项和第11项")) == []


def test_what_is_not_yet_due_is_counted_and_is_no_missing_deadline() -> None:
    told = ask("plan", "还剩几项没到期")
    assert told.text.startswith("还没到期的（2025年3月3日起），到期的任务有7项")


def test_units_that_hold_nothing_together_are_said_to() -> None:
    assert ask("deeds", "教育局和水利局一起干的有没有").text == "文件里没有教育局、水利局共同承担的任务。"
    told = ask("plan", "商务局和水利局一起干的有没有").text
    assert told.startswith("文件里没有市商务局、市水利局（您说的商务局、水利局）共同承担的任务。\n另有1项")


def test_who_leads_and_that_nobody_cooperates_is_told_apart() -> None:
    told = ask("deeds", "乡村放映谁牵头谁配合")
    assert told.text.startswith("县文化和旅游局牵头，县融媒体中心配合。")
    told = ask("plan", "义务监督员聘请谁牵头谁配合")
    assert told.text.startswith("市城市管理局牵头。文件没有写配合单位。\n")


@pytest.mark.parametrize(
    ("paper", "text", "right"),
    table("""
    slips | 教育局协办的是哪个建议 |
    slips | 市场局协办哪个建议 | 4
    plan | 社区食堂在哪条街 |
    plan | 危房改造在哪个广场 |
    """),
)
def test_what_is_asked_of_proposals_and_of_places(paper: str, text: str, right: list[str]) -> None:
    assert [one for one in numbers(ask(paper, text)) if one != "3"] == right


def test_a_window_behind_a_single_item_asks_for_a_list() -> None:
    chat = Chat("slips")
    chat.says("锦绣苑燃气管道谁办")
    assert chat.gets("还有几个是8月26日前到期的") == ["1", "3"]


def test_a_first_round_is_not_the_whole() -> None:
    told = ask("deeds", "第4项第一轮放映已经放完了", role="liaison", unit="县文化和旅游局")
    assert [one.details["status"] for one in told.entries] == [Status.IN_PROGRESS]


def test_whole_pinyin_is_not_told_to_be_other_words() -> None:
    told = ask("plan", "shequ shitang 谁牵头")
    assert numbers(told) == ["6"]
    assert "原话" not in told.text


def test_who_drags_most_is_told_by_numbers() -> None:
    told = ask("plan", "谁最拖", role="supervisor")
    assert told.answer is not None
    assert told.answer.intent == "weekly_summary"


def test_two_units_are_held_against_each_other() -> None:
    chat = Chat("ledger")
    assert chat.says("城管局和投促中心谁的任务多").text.startswith("区城市管理局、区投资促进中心任务一样多，各2项。")
    assert chat.says("城管局牵头的比投促中心多吗").text.startswith("区城市管理局牵头的多，2项；区投资促进中心1项。")
    assert chat.says("哪家牵头少，城管局还是投促中心").text.startswith("区投资促进中心牵头的少，1项；区城市管理局2项。")


def test_units_that_lead_nothing_are_listed() -> None:
    told = ask("ledger", "只配合不牵头的单位有哪些")
    assert told.answer is not None
    assert told.answer.units == ("区商务局", "区交警大队", "区人力资源和社会保障局")
    assert ask("ledger", "哪几个局不牵头").answer == told.answer
    assert numbers(ask("plan", "没写牵头单位的有哪些")) == []


def test_what_leans_on_the_question_before_it_in_one_message_is_answered_too() -> None:
    told = ask("plan", "危房改造谁牵头，什么时候完成；社区食堂呢").text.splitlines()
    assert told[0].startswith("1) 市住房和城乡建设局牵头。时限：“11月20日前”")
    assert told[1].startswith("2) 市民政局牵头。时限：“10月底前”")


def test_asking_words_in_pinyin_are_asking_words() -> None:
    told = ask("plan", "shequ shitang zenme baoming")
    assert told.answer is not None
    assert not told.answer.answered


def test_the_rhythms_of_a_list_are_asked_one_after_the_other() -> None:
    chat = Chat("deeds")
    assert chat.gets("每季度都要做的有哪些") == ["3"]
    assert chat.gets("每月都要做的呢") == ["4"]


def test_a_heading_by_its_place_or_its_words_is_asked_about_row_by_row() -> None:
    told = ask("plan", "第二部分都谁牵头")
    assert numbers(told) == ["4", "5"]
    assert told.text.startswith("1) 市交通运输局牵头：第4项")
    assert numbers(ask("plan", "交通水利部分什么时候完成")) == ["4", "5"]


@pytest.mark.parametrize(
    ("paper", "text", "said"),
    [
        ("rectify", "固废贮存整改几个月内完成", "时限："),
        ("ledger", "卫生机构培训印发后几天启动", "时限："),
        ("deeds", "公益放映一个月要放多少场，谁牵头", "县文化和旅游局牵头。"),
    ],
)
def test_how_long_is_told_where_the_deadline_says_so(paper: str, text: str, said: str) -> None:
    assert ask(paper, text).text.startswith(said)


def test_where_something_is_to_be_published_is_no_question_of_progress() -> None:
    told = ask("ledger", "招商图谱哪个部门编，要发到哪")
    assert told.answer is not None
    assert told.answer.intent == "lead"


def test_a_list_is_put_in_the_order_of_its_days() -> None:
    told = ask("plan", "住建局的任务按完成时间排个序")
    assert numbers(told) == ["4", "7"]
    told = ask("ledger", "城管局的任务按时间排一下")
    assert numbers(told) == ["2.3", "2.2"]
    assert "5月1日" in told.text.splitlines()[1]


def test_deeds_are_counted_by_what_the_title_calls_them() -> None:
    told = ask("deeds", "今年实事一共几件")
    assert told.answer is not None
    assert told.answer.count == 4


def test_two_units_are_named_by_what_they_are_of() -> None:
    assert numbers(ask("plan", "民政和财政局一起的是哪件")) == ["6"]


def test_what_has_no_day_is_told_apart_from_what_has_no_deadline() -> None:
    assert numbers(ask("plan", "没有具体时限的有哪些")) == ["5", "9"]
    assert numbers(ask("plan", "没写完成时间的有哪些")) == ["9"]
    chat = Chat("plan")
    chat.says("下半年要办完哪几件")
    assert chat.gets("没有具体时限的呢") == ["5", "9"]


def test_without_a_unit_nobody_is_left_out() -> None:
    chat = Chat("plan")
    chat.says("10月底前要办好的有哪几件")
    assert "另外还有" not in chat.says("除了全年的都几月").text


def test_what_is_left_to_the_end_is_no_question_of_delay() -> None:
    assert numbers(ask("plan", "哪件拖到最后")) == ["1"]


def test_a_span_of_items_in_chinese_numerals() -> None:
    assert numbers(ask("plan", "五到七项")) == ["5", "6", "7"]


def test_a_unit_is_not_added_by_saying_so() -> None:
    told = ask("plan", "给第9项加上民政局配合", role="supervisor")
    assert told.answer is not None
    assert not told.answer.answered
    assert not told.entries


def test_a_figure_of_a_unit_s_own_matter_is_told() -> None:
    assert numbers(ask("plan", "民政局建几个日间食堂")) in ([], ["6"])
    assert numbers(ask("plan", "水利局加固几座水库")) == ["5"]
    assert numbers(ask("plan", "水利局有多少台水泵")) == []


def test_half_of_a_list_is_half_of_all_that_it_was_made_of() -> None:
    chat = Chat("plan")
    chat.says("最早和最晚到期的是哪件")
    assert "9项任务里写了到期日的有7项" in chat.says("过半是几月").text
    chat = Chat("plan")
    chat.says("住建局有哪些任务")
    assert "市住房和城乡建设局2项任务" in chat.says("过半是几月").text


def test_a_window_in_which_nothing_of_a_unit_falls_due_does_not_deny_that_it_has_something_to_do() -> None:
    told = ask("plan", "财政局三季度目标完成没", role="supervisor")
    assert told.text == "三季度（2025年7月1日至9月30日），市财政局没有到期的任务（牵头或负责的一共1项）。"
    assert ask("plan", "林业局三季度任务完成没").text == "文件里没有市林业局牵头或负责的任务。"


def test_how_much_is_done_asks_how_far_it_is() -> None:
    told = ask("deeds", "公益放映全年完成多少了")
    assert told.answer is not None
    assert told.answer.intent == "progress_query"


def test_the_rest_beside_a_matter_that_is_known() -> None:
    told = ask("plan", "住建局除了危房改造还有什么任务")
    assert numbers(told) == ["4"]
    assert told.text.startswith("除第7项外，市住房和城乡建设局")
    assert numbers(ask("plan", "除了社区食堂，民政局还参与哪几项")) == ["7"]
    assert ask("plan", "危房改造除了住建局还有谁").text.startswith("另外还有：市民政局。")


@pytest.mark.parametrize(
    ("paper", "text", "right"),
    table("""
    ledger | 除了城管局，其他单位牵头的有几项 | 1.1 1.2 2.1 3.1 3.2
    ledger | 哪些任务不涉及投促中心 | 2.1 2.2 2.3 3.1 3.2
    ledger | 没有城管局参与的有哪些 | 1.1 1.2 2.1 3.1 3.2
    plan | 最近要到期的三项 | 3 8 4
    plan | 交通水利那两项谁牵头 | 4 5
    plan | 交通水利那两项什么时候完 | 4 5
    """),
)
def test_what_is_left_out_and_what_is_meant_by_its_heading(paper: str, text: str, right: list[str]) -> None:
    assert numbers(ask(paper, text)) == right


@pytest.mark.parametrize(
    ("text", "right", "said"),
    [
        ("民政局牵头但财政局配合的", ["6"], "市民政局牵头、市财政局配合的共1项："),
        ("民政局配合但不是财政局牵头的", ["7"], "市民政局配合、不是市财政局牵头的共1项："),
        ("住建局牵头、民政局配合的任务有哪些", ["7"], "市住房和城乡建设局牵头、市民政局配合的共1项："),
        ("住建局牵头而且水利局配合的有几项", [], "没有市住房和城乡建设局牵头、市水利局配合的任务。"),
        ("住建局牵头但气象局配合的", [], "没有市住房和城乡建设局牵头、气象局配合的任务。"),
    ],
)
def test_two_units_with_their_roles_are_both_meant(text: str, right: list[str], said: str) -> None:
    told = ask("plan", text)
    assert numbers(told) == right
    assert told.text.startswith(said)


def test_two_units_in_one_matter_are_asked_for_with_既_and_又() -> None:
    assert numbers(ask("plan", "既要财政局又要民政局的是哪项")) == ["6"]
