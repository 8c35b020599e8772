"""What a question claims is confirmed or put right, in its first words."""

from __future__ import annotations

from datetime import date

import pytest

from tests.handlers.test_clerks import ask, numbers
from tests.handlers.test_followups import Chat


@pytest.mark.parametrize(
    ("text", "number", "verdict"),
    [
        ("农村危房改造是11月20号完成吧", "7", "是的。"),
        ("农村危房改造是10月底完成对吧", "7", "不是。"),
        ("竹制品检测中心应该是9月底完成吗", "2", "是的。"),
        ("社区食堂是年底前完成没错吧", "6", "不是。"),
    ],
)
def test_a_day_that_is_claimed(text: str, number: str, verdict: str) -> None:
    outcome = ask("plan", text)
    assert numbers(outcome) == [number]
    assert outcome.text.startswith(verdict)
    assert "时限：" in outcome.text


def test_a_day_is_claimed_of_what_was_named_last() -> None:
    chat = Chat("plan")
    chat.says("危房改造谁牵头")
    outcome = chat.says("是8月底对吧")
    assert numbers(outcome) == ["7"]
    assert outcome.text.startswith("不是。")


def test_a_list_of_a_window_is_no_claim() -> None:
    outcome = ask("plan", "9月10日前要完成的是哪些")
    assert outcome.answer is not None
    assert outcome.answer.intent == "due"


def test_who_leads_with_another_does_not_lead_alone() -> None:
    assert ask("plan", "南津大桥是市交通运输局单独牵头的吧").text.startswith("是的")
    assert ask("rectify", "老港雨污管网排查是区住房建设局一家负责吗").text.startswith("不只是区住房建设局。")


@pytest.mark.parametrize(
    ("paper", "text", "number", "verdict"),
    [
        ("plan", "社区食堂建18个是吧", "6", "不是。文件写的是15个。"),
        ("plan", "社区食堂新建15个对吧", "6", "是的。"),
        ("plan", "服务业规上企业增加24家没错吧", "1", "是的。"),
        ("deeds", "路灯装六百盏是吧", "2", "不是。文件写的是640盏。"),
        ("deeds", "山区饮水换水表3千6百块对不对", "1", "是的。"),
        ("deeds", "饮水管道铺3600公里吧", "1", "不是。文件写的是58公里。"),
    ],
)
def test_a_figure_that_is_claimed(paper: str, text: str, number: str, verdict: str) -> None:
    outcome = ask(paper, text)
    assert numbers(outcome) == [number]
    assert outcome.text.startswith(verdict)


def test_a_figure_that_the_item_does_not_name_is_not_confirmed() -> None:
    outcome = ask("plan", "竹制品检测中心投三百万是吧")
    assert outcome.answer is not None
    assert not outcome.answer.answered
    assert outcome.answer.assignments == ()


def test_a_figure_and_a_day_are_claimed_of_what_was_named_last() -> None:
    chat = Chat("deeds")
    chat.says("老街照明谁牵头")
    assert chat.says("是640盏吧").text.startswith("是的。")
    assert chat.says("9月份完工？").text.startswith("不是。")
    assert chat.says("七月三十一号前？").text.startswith("是的。")
    assert chat.says("7月底装完是不").text.startswith("是的。")


def test_a_day_is_claimed_with_any_verb() -> None:
    assert ask("plan", "农村危房10月底改造对吧").text.startswith("不是。")
    assert ask("plan", "竹制品检测中心设备联网9月底对吗").text.startswith("是的。")


def test_a_unit_is_claimed_of_what_was_named_last() -> None:
    chat = Chat("plan")
    chat.says("农村危房改造什么时候完成")
    assert chat.says("是住建局吧").text.startswith("是的")
    assert chat.says("谁牵头啊，民政局吗").text.startswith("不是民政局。")
    assert chat.says("听说改成财政局牵头了是吗").text.startswith("不是财政局。")


def test_whether_a_unit_has_a_part_in_what_was_named_last() -> None:
    chat = Chat("plan")
    chat.says("南津大桥谁管")
    assert chat.says("交警支队管这事吗").text.startswith("有。市公安局交警支队是配合单位。")
    assert chat.says("民政局参与吗").text.startswith("没有点名民政局。")
    assert chat.says("住建局配合还是负责").text.startswith("市住房和城乡建设局是配合单位。")


def test_a_mark_alone_makes_a_claim() -> None:
    assert ask("plan", "残疾人运动会是体育局牵头？").text.startswith("不是体育局。")
    chat = Chat("plan")
    chat.says("残疾人运动会谁管")
    assert chat.says("残联一家牵头？").text.startswith("是的")


def test_a_figure_of_items_is_no_number_of_an_item() -> None:
    chat = Chat("plan")
    chat.says("水库除险加固几座")
    assert chat.says("6座是吧").text.startswith("是的。")
    assert ask("plan", "清淤渠道30公里对吧").text.startswith("不是。文件写的是31公里。")


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("危房改造十一月二十号就该弄好了吧", "是的。"),
        ("社区食堂十月底前？", "是的。"),
        ("残疾人运动会是教育局？", "不是教育局。"),
        ("残疾人运动会归残联管不", "是的"),
    ],
)
def test_what_is_taken_for_so_in_passing(text: str, verdict: str) -> None:
    assert ask("plan", text).text.startswith(verdict)


def test_a_unit_that_answers_for_a_matter_has_a_part_in_it() -> None:
    chat = Chat("rectify")
    chat.says("堆场防尘网什么时候装完")
    assert chat.says("老港码头公司配合吗").text.startswith("有。老港码头公司是责任单位。")


def test_units_are_claimed_and_asked_for_their_part_in_any_order() -> None:
    chat = Chat("plan")
    chat.says("南津大桥9月上旬通车对吧")
    assert chat.says("交通局牵头对吗").text.startswith("是的")
    assert chat.says("住建局呢").text.startswith("有。市住房和城乡建设局是配合单位。")
    assert chat.says("民政局教育局都配合？").text.startswith("没有点名民政局、教育局。")


def test_claims_of_the_row_told_last_by_role_by_day_and_by_measure() -> None:
    chat = Chat("plan")
    chat.says("南津大桥谁管")
    assert chat.says("交警支队住建局都配合吧").text.startswith("是的")
    assert chat.says("交警支队是配合吧").text.startswith("有。市公安局交警支队是配合单位。")
    assert chat.says("交通局办的？").text.startswith("是的")
    assert chat.says("交通局9月上旬完成对吧").text.startswith("是的。时限：")
    assert chat.says("民政局在里头吗").text.startswith("没有点名民政局。")
    assert ask("deeds", "饮水管道58公对不对").text.startswith("是的。")


def test_a_unit_taken_out_of_what_falls_due_by_asking_whether_it_has_any() -> None:
    chat = Chat("plan")
    chat.says("9月10日到10月底到期的有几项")
    found = chat.says("有没有民政局的").answer
    assert found is not None
    assert found.count == 1


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("竹制品检测中心是市场局牵头、林业局配合对吧", "是的，都对。"),
        ("竹制品检测中心牵头的是市场局，配合的是科技局和林业局，是吧", "是的，都对。"),
        ("竹制品检测中心是林业局牵头、科技局配合对吧", "不全对：市林业局是配合单位，不是牵头；市科学技术局配合没错。"),
        ("竹制品检测中心是科技局牵头，市场局配合吗", "都不对：市科学技术局是配合单位，不是牵头；市市场监督管理局是牵头单位，不是配合。"),
        ("竹制品检测中心是市场局和林业局牵头吧", "不全对：市市场监督管理局牵头没错；市林业局是配合单位，不是牵头。"),
        ("竹制品检测中心是气象局牵头、林业局配合对吧", "不全对：没有点名气象局；市林业局配合没错。"),
        ("竹制品检测中心市场局牵头，9月底完成，对吧", "是的，都对。"),
        ("竹制品检测中心是市场局牵头，10月底完成是吗", "不全对：市市场监督管理局牵头没错；10月底完成不对。"),
        ("第2项是市场局牵头9月底完成是不是", "是的，都对。"),
        ("农村危房改造420户、11月20号完成对吧", "是的，都对。"),
        ("农村危房改造400户、11月20号完成对吧", "不全对：农村危房改造400户不对，文件写的是420户；11月20号完成没错。"),
    ],
)  # fmt: skip
def test_what_is_claimed_in_one_sentence_is_confirmed_or_put_right_each(text: str, verdict: str) -> None:
    told = ask("plan", text)
    assert len(numbers(told)) == 1
    assert told.text.startswith(verdict)


def test_two_who_answer_for_it_and_a_day_are_a_claim_and_no_list() -> None:
    told = ask("rectify", "老港管网排查是区住建局和老港街道办事处负责，5月底完成，没错吧")
    assert numbers(told) == ["1-1"]
    assert told.text.startswith("是的，都对。")


def test_several_things_are_claimed_of_what_was_named_last() -> None:
    chat = Chat("plan")
    chat.says("南津大桥谁牵头")
    assert chat.says("是住建局配合，9月10号完成对吧").text.startswith("是的，都对。")
    assert chat.says("那是住建局牵头、交通局配合吧").text.startswith("都不对：市住房和城乡建设局是配合单位，不是牵头；")


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("中小学午餐配送每季度抽检一次对吧", "是的。"),
        ("中小学午餐配送是每月抽检吧", "不是。"),
        ("午餐配送抽检半年一次是吗", "不是。"),
        ("乡村公益放映按月放对不对", "是的。"),
    ],
)
def test_a_rhythm_that_is_claimed_is_confirmed_or_put_right(text: str, verdict: str) -> None:
    told = ask("deeds", text)
    assert numbers(told) == ["3" if "午餐" in text else "4"]
    assert told.text.startswith(verdict)


def test_a_rhythm_is_claimed_of_what_was_named_last() -> None:
    chat = Chat("deeds")
    chat.says("中小学午餐配送多久抽检一次")
    assert chat.says("不是说每月吗").text.startswith("不是。时限：")


def test_how_often_is_told_in_the_document_s_words_first() -> None:
    assert ask("deeds", "午餐配送一个季度抽检几次").text.startswith("文件写的是“每季度抽检一次”。")


def test_a_day_that_is_past_is_claimed_of_the_year_of_the_plan() -> None:
    told = ask("plan", "技改奖补资金兑现是3月底前完成吧", today=date(2025, 6, 2))
    assert told.text.startswith("是的。")
    assert ask("plan", "技改奖补资金兑现是4月底前完成吧", today=date(2025, 6, 2)).text.startswith("不是。")
    told = ask("ledger", "招商图谱3月底前完成是发改局牵头吧", today=date(2025, 6, 2))
    assert told.text.startswith("是的，都对。")


def test_who_has_another_role_than_claimed_is_put_right() -> None:
    told = ask("deeds", "饮水管网是水利局牵头，白石镇和清溪乡配合对吧")
    assert told.text.startswith("不全对：县水利局牵头没错；白石镇是责任单位，不是配合；清溪乡是责任单位，不是配合。")
    assert ask("rectify", "老港管网排查是区住建局牵头，老港街道办事处配合对吧").text.startswith("都在内。文件没有写")
