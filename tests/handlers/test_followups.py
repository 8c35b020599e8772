"""What leans on the line before it, and several questions in one message, as transcripts."""

from __future__ import annotations

import pytest

from handlers.holding import holds
from handlers.message import Outcome
from knowledge.question.query import Intent, Query
from tests.handlers.test_clerks import ask, numbers


class Chat:
    """A conversation bound to one paper; what was said is remembered."""

    def __init__(self, paper: str) -> None:
        self.paper = paper
        self.lines: list[str] = []

    def says(self, text: str) -> Outcome:
        outcome = ask(self.paper, text, *self.lines)
        self.lines += [f"我：{text}", f"它：{outcome.text}"]
        return outcome

    def gets(self, text: str) -> list[str]:
        return numbers(self.says(text))


def test_the_same_question_of_another_unit_and_then_a_row_of_its_list() -> None:
    chat = Chat("plan")
    assert chat.gets("民政局牵头的有哪些") == ["6"]
    assert chat.gets("换成住建局") == ["7"]
    assert chat.gets("那要是财政局呢") == ["3"]
    assert chat.gets("还有吗") == ["3"]
    assert chat.says("还有别的吗").text.startswith("没有别的了")


def test_one_row_further_and_one_back() -> None:
    chat = Chat("plan")
    assert chat.gets("第4项谁牵头") == ["4"]
    further = chat.says("下一项呢")
    assert numbers(further) == ["5"]
    assert "市水利局牵头" in further.text
    assert chat.gets("再上一项") == ["4"]
    assert chat.gets("最后一项谁牵头") == ["9"]
    assert "没有这一项" in chat.says("下一条呢").text


def test_they_are_the_unit_that_was_just_named() -> None:
    chat = Chat("ledger")
    assert chat.gets("口袋绿地哪个单位管") == ["2.2"]
    assert chat.gets("他们还有别的任务吗") == ["2.2", "2.3"]


def test_not_this_but_that() -> None:
    chat = Chat("plan")
    assert chat.gets("除险加固水库谁牵头") == ["5"]
    other = chat.says("不是这个，我问的是危房改造")
    assert numbers(other) == ["7"]
    assert "市住房和城乡建设局牵头" in other.text


def test_what_was_suggested_alone_is_meant_by_yes_and_by_asking_on() -> None:
    suggested = (
        "我：食堂补助谁出",
        "它：文件里没有写“食堂补助”，我不能猜。\n相近的有：第6项“新建社区食堂15个”。您是不是想问这个？",
    )
    assert numbers(ask("plan", "是的", *suggested)) == ["6"]
    asked_on = ask("plan", "那什么时候完成", *suggested)
    assert numbers(asked_on) == ["6"]


def test_two_questions_in_one_message_are_answered_one_after_the_other() -> None:
    told = ask("plan", "危房改造谁牵头？残疾人运动会什么时候办？")
    assert numbers(told) == ["7", "8"]
    first, second, source = told.text.split("\n")
    assert first.startswith("1) 市住房和城乡建设局牵头。第7项")
    assert "8月" in second
    assert source.count("《") == 1
    assert numbers(ask("plan", "民政局牵头的有哪些，住建局呢")) == ["6", "7"]


def test_of_two_questions_one_may_be_answered_alone() -> None:
    told = ask("plan", "危房改造谁牵头，火星基地谁牵头")
    assert numbers(told) == ["7"]
    assert "没有写“火星基地”" in told.text


def test_several_things_asked_of_one_matter_stay_one_question() -> None:
    told = ask("plan", "社区食堂谁牵头，谁配合，什么时候完成")
    assert numbers(told) == ["6"]
    assert told.text.startswith("市民政局牵头，市财政局、市卫生健康委员会配合。")


def test_who_else_and_who_takes_part_are_asked_of_the_matter_just_named() -> None:
    chat = Chat("plan")
    assert chat.gets("社区食堂谁牵头") == ["6"]
    others = chat.says("另外还有哪些单位要上")
    assert others.answer is not None
    assert others.answer.units == ("市财政局", "市卫生健康委员会")
    chat.says("社区食堂谁牵头")
    assert chat.says("那参加的呢").answer.units == ("市财政局", "市卫生健康委员会")  # type: ignore[union-attr]


def test_beside_a_unit_of_one_matter_the_others_are_told() -> None:
    told = ask("plan", "社区食堂那条除了民政局还有哪些")
    assert told.answer is not None
    assert told.answer.units == ("市财政局", "市卫生健康委员会")


def test_several_items_are_told_in_a_line_each_and_one_of_them_is_chosen() -> None:
    chat = Chat("plan")
    told = chat.says("4到6项谁牵头")
    assert numbers(told) == ["4", "5", "6"]
    assert told.text.count("\n") == 3
    assert told.text.startswith("1) 市交通运输局牵头：第4项")
    assert chat.gets("第二个什么时候完成") == ["5"]


@pytest.mark.parametrize(
    "pasted",
    [
        "请问这几项谁牵头\n1.农村危房改造\n2.残疾人运动会\n3.南津大桥",
        "1、农村危房改造 2、残疾人运动会 3、南津大桥 分别谁牵头",
        "下面三项哪个单位牵头：①农村危房改造 ②残疾人运动会 ③南津大桥",
    ],
)
def test_each_item_of_a_list_that_was_pasted_is_answered(pasted: str) -> None:
    outcome = ask("plan", pasted)
    assert numbers(outcome) == ["7", "8", "4"]
    assert [line[:3] for line in outcome.text.split("\n")[:3]] == ["1) ", "2) ", "3) "]


def test_one_item_of_a_pasted_list_may_be_in_no_document() -> None:
    outcome = ask("plan", "谁牵头\n1.农村危房改造\n2.轨道交通二号线")
    assert numbers(outcome) == ["7"]
    assert "2) 文件里没有写“轨道交通二号线”" in outcome.text


def test_what_is_to_be_counted_stands_in_the_question_before() -> None:
    chat = Chat("deeds")
    assert chat.gets("路灯安装多少盏") == ["2"]
    assert chat.gets("那水表呢") == ["1"]


def test_a_new_subject_behind_a_list_of_a_unit_is_asked_for_by_itself() -> None:
    chat = Chat("plan")
    assert chat.gets("民政局有哪些任务") == ["6", "7"]
    assert chat.gets("残疾人运动会呢") == ["8"]


def test_the_first_and_the_last_of_two_that_were_told_together() -> None:
    chat = Chat("plan")
    assert chat.gets("残疾人运动会和南津大桥分别是哪个局") == ["8", "4"]
    assert chat.gets("前面那个几月办") == ["8"]
    assert chat.gets("后面那个谁配合") == ["4"]


def test_a_row_is_chosen_from_the_last_list_that_is_long_enough() -> None:
    chat = Chat("ledger")
    assert chat.gets("城管局牵头的列一下") == ["2.2", "2.3"]
    assert chat.gets("最晚的是哪个") == ["2.2"]
    assert chat.gets("第2个呢") == ["2.3"]


def test_a_list_is_asked_for_of_another_unit_too_and_of_everybody() -> None:
    chat = Chat("plan")
    assert chat.gets("民政局牵头的列一下") == ["6"]
    assert chat.gets("住建局的也列一下") == ["7"]
    counted = chat.says("全市一共几项").answer
    assert counted is not None
    assert counted.count == 9
    assert chat.gets("列出来") == [str(number) for number in range(1, 10)]


def test_what_a_unit_has_in_a_whole_year_is_counted_whatever_its_dates() -> None:
    counted = ask("plan", "城管局今年负责几项").answer
    assert counted is not None
    assert counted.count == 1


def test_what_else_a_unit_has_to_do_is_no_question_for_others() -> None:
    assert numbers(ask("plan", "住建局还有哪些")) == ["4", "7"]
    assert numbers(ask("plan", "住建局还有别的吗")) == ["4", "7"]
    assert numbers(ask("plan", "民政局除了牵头的还有配合的吗")) == ["7"]


def test_another_part_is_meant_where_one_was_counted() -> None:
    chat = Chat("plan")
    assert chat.gets("产业发展部分有几项") == ["1", "2", "3"]
    assert chat.gets("民生的呢") == ["6", "7", "8", "9"]


def test_to_whom_the_duty_of_the_covering_letter_is_reported() -> None:
    chat = Chat("plan")
    assert chat.gets("进展几号报") == ["正文"]
    assert "报送市政府督查室" in chat.says("报给谁").text


def test_which_towns_have_a_part_in_what_was_named() -> None:
    chat = Chat("deeds")
    chat.says("饮水管网什么时候完成")
    assert chat.says("涉及哪几个乡镇").text.startswith("白石镇、清溪乡。")


def test_whether_it_can_be_done_by_then_is_asked_of_what_was_named() -> None:
    chat = Chat("deeds")
    chat.says("老街路灯谁管")
    assert chat.gets("7月底能装完不") == ["2"]


def test_these_two_are_the_rows_that_were_told_one_after_the_other() -> None:
    chat = Chat("plan")
    chat.says("危房改造什么时候完成")
    chat.says("残疾人运动会呢")
    assert chat.gets("这两个都归谁管") == ["7", "8"]


def test_which_units_hold_how_many_is_asked_of_all_whatever_was_listed_before() -> None:
    chat = Chat("ledger")
    chat.says("城管局牵头的列一下")
    counted = chat.says("哪些单位只牵头一项").answer
    assert counted is not None
    assert counted.intent == "count"
    assert "区城市管理局" not in counted.units


def test_who_else_is_not_told_of_a_list_of_the_unit_itself() -> None:
    chat = Chat("plan")
    chat.says("民政局有哪些任务")
    assert "民政局配合" not in chat.says("除了民政局还有谁").text


def test_a_part_is_listed_whatever_was_told_before() -> None:
    chat = Chat("plan")
    chat.says("危房改造什么时候完成")
    assert chat.gets("第二部分有哪几条") == ["4", "5"]


def test_the_sooner_of_two_that_were_told_together() -> None:
    chat = Chat("plan")
    assert chat.gets("危房改造和社区食堂分别什么时候完成") == ["7", "6"]
    assert chat.gets("哪个先到期") == ["6"]
    chat.says("第6项和第7项什么时候完成")
    assert chat.gets("后完成的是哪个") == ["7"]


def test_a_role_that_is_named_anew_is_asked_for() -> None:
    chat = Chat("plan")
    assert chat.gets("住建局有哪些任务") == ["4", "7"]
    assert chat.gets("民政局牵头的呢") == ["6"]


def test_how_often_it_is_done_is_asked_of_what_was_named() -> None:
    chat = Chat("deeds")
    chat.says("公益放映谁管")
    assert chat.gets("多久搞一次") == ["4"]


def test_the_number_of_the_paper_is_that_of_the_row_told_last() -> None:
    chat = Chat("")
    chat.says("南津大桥谁牵头")
    asked = chat.says("这个文件多少号").answer
    assert asked is not None
    assert asked.documents == ("plan",)


def test_who_hands_out_what_was_named_is_no_question_for_the_issuer() -> None:
    chat = Chat("plan")
    chat.says("技改奖补几月兑现")
    assert chat.says("谁发").text.startswith("市财政局牵头。")


def test_a_figure_is_looked_for_in_the_row_told_last_first() -> None:
    chat = Chat("plan")
    assert chat.gets("服务业增加值目标多少") == ["1"]
    assert chat.gets("新增多少家") == ["1"]
    assert chat.gets("那渠道清淤多少公里") == ["5"]


def test_which_is_first_is_asked_of_all_where_no_row_was_told() -> None:
    chat = Chat("deeds")
    chat.says("轻轨哪天通车")
    assert chat.gets("哪件最早") == ["2"]


def test_a_claimed_number_of_a_list_gets_the_list() -> None:
    chat = Chat("plan")
    chat.says("南津大桥谁管")
    assert chat.gets("民政局牵头的就一项对吧") == ["6"]


def test_both_roles_are_asked_of_the_row_told_last() -> None:
    chat = Chat("ledger")
    chat.says("招商图谱几月编好")
    both = chat.says("牵头和配合各是谁").text
    assert both.startswith("区发展和改革局牵头，区投资促进中心配合。")


@pytest.mark.parametrize("asked", ["住建局参不参加", "住建局配合不配合", "住建局要参与吗"])
def test_whether_or_not_a_unit_takes_part(asked: str) -> None:
    chat = Chat("plan")
    chat.says("南津大桥谁牵的头")
    assert chat.says(asked).text.startswith("有。市住房和城乡建设局是配合单位。")


def test_of_a_list_of_a_window_what_is_a_units_own_is_taken() -> None:
    chat = Chat("plan")
    chat.says("10月底前到期的有哪些")
    assert chat.gets("其中民政局的") == ["6"]


def test_and_another_unit_is_asked_for_its_part_in_the_matter() -> None:
    chat = Chat("plan")
    chat.says("农村危房改造哪天完成")
    assert chat.says("民政局呢").text.startswith("有。市民政局是配合单位。")
    assert chat.says("水利局呢").text.startswith("没有点名水利局。")


def test_whether_its_day_is_over_is_asked_of_the_row_told_last() -> None:
    chat = Chat("plan")
    chat.says("技改奖补谁兑现")
    over = chat.says("截止日子过没过")
    assert numbers(over) == ["3"]
    assert over.answer is not None
    assert over.answer.intent == "progress_query"
    assert chat.gets("到几号结束") == ["3"]


def test_whether_it_can_be_done_is_no_question_of_how_to_apply() -> None:
    chat = Chat("deeds")
    chat.says("老街路灯谁管")
    assert chat.gets("7月能不能装完") == ["2"]


def test_a_collective_is_asked_about_as_a_unit_is() -> None:
    chat = Chat("plan")
    assert chat.gets("住建局有哪些任务") == ["4", "7"]
    assert chat.gets("各县区政府呢") == ["5"]


def test_a_line_that_leads_elsewhere_is_no_answer() -> None:
    query = Query(Intent.DETAIL, "开什么会")
    assert not holds(query, "区政府召开第8次常务会议2025-03-09", running=True)
    assert holds(query, "区政府每月召开一次会议。", running=True)
    assert holds(query, "召开全区工作会议 2025-03-09", running=False)


def test_where_another_matter_stands_is_asked_in_its_own_way() -> None:
    chat = Chat("plan")
    chat.says("危房改造是11月完成吧")
    state = chat.says("那社区食堂现在到哪步了")
    assert state.answer is not None
    assert (state.answer.intent, numbers(state)) == ("progress_query", ["6"])


def test_of_what_falls_due_the_others_and_one_unit_are_taken_in_turn() -> None:
    chat = Chat("plan")
    chat.says("9月10日到10月底到期的有哪些")
    assert chat.gets("除了民政局还有谁家的") == ["4", "2", "正文"]
    assert chat.gets("民政局有没有") == ["6"]


def test_both_things_asked_of_each_item_of_a_pasted_list_are_told() -> None:
    told = ask("plan", "1.农村危房改造 2.残疾人运动会 分别谁牵头什么时候完成").text.split("\n")
    assert told[0].startswith("1) 市住房和城乡建设局牵头。时限：“11月20日前”")
    assert told[1].startswith("2) 市残疾人联合会牵头。时限：“8月”")


def test_a_town_is_asked_for_its_part_by_its_government() -> None:
    chat = Chat("deeds")
    chat.says("饮水管网哪家主责")
    assert chat.says("白石镇政府参与没").text.startswith("有。白石镇是责任单位。")


@pytest.mark.parametrize("text", ["具体要做些什么", "那要干哪些事", "详细说说", "讲仔细点"])
def test_what_is_to_be_done_is_asked_of_the_matter_named_before(text: str) -> None:
    chat = Chat("plan")
    assert chat.gets("社区食堂谁牵头") == ["6"]
    assert chat.gets(text) == ["6"]
