"""What is said around a question and is none: why it is asked, for whom, in what role; of the invented papers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from knowledge.lexicon import shipped
from knowledge.question.cues import shows
from knowledge.question.namedunits import named_units
from knowledge.question.respelling import respelled
from knowledge.question.subject import subject_of
from knowledge.question.whichdocument import named_documents
from knowledge.register import Register
from knowledge.search import Index, Row
from knowledge.search.topic import topic_of
from tests.handlers.clerks import office
from tests.handlers.test_clerks import ask, numbers, table


@pytest.mark.parametrize(
    ("paper", "text", "right"),
    table("""
    plan | 农村危房改造什么时候完成，我这边要倒排工期 | 7
    plan | 社区食堂谁牵头，领导等着要 | 6
    plan | 明天局长要问，民政局总共领了哪些任务 | 6 7
    plan | 社区食堂那条，牵头单位和配合单位都报一下 | 6
    plan | 残疾人运动会，牵头以外谁来落实 | 8
    plan | 农村危房改造按方案要求最迟什么时候完成 | 7
    deeds | 老街照明和38所学校午餐分别谁牵头 | 2 3
    """),
)
def test_what_is_said_around_a_question_changes_nothing(paper: str, text: str, right: list[str]) -> None:
    assert [one for one in numbers(ask(paper, text)) if one != "正文"] == right


def test_help_that_belongs_to_the_matter_asks_for_no_second_unit() -> None:
    assert not shows("cooperating", "派专家到厂里帮忙的事谁牵头")
    assert shows("cooperating", "社区食堂帮忙的有谁")


@pytest.mark.parametrize(
    "text",
    [
        "完成了的不用说，就说过期没完成的",
        "督查通报用：逾期任务",
        "时限已过、尚未完成的事项请列明",
        "早就到期的那些，还有哪个没办结",
    ],
)
def test_what_is_late_is_listed_and_not_taken_for_a_report(text: str) -> None:
    told = ask("plan", text, today=date(2025, 9, 30))
    assert told.answer.intent == "overdue"
    assert numbers(told)


@pytest.mark.parametrize(
    "text", ["7月咱们得交哪些卷", "按完成时间筛选：7月", "完成时间定在7月的有哪几项", "卡在7月这个节点上的任务有哪些"]
)
def test_what_falls_due_in_a_month_is_asked_in_many_words(text: str) -> None:
    assert numbers(ask("deeds", text)) == ["2", "4"]


def test_words_typed_by_sound_end_where_they_were_ended() -> None:
    assert "为什么" not in respelled("xinzeng xuewei shenme shihou wancheng")
    assert "什么时候" in respelled("xinzeng xuewei shenme shihou wancheng")
    assert respelled("sheiqiantou") == "谁牵头"


def test_who_goes_first_in_a_matter_leads_nothing() -> None:
    assert not shows("lead", "机关带头分类投放垃圾 责任单位有哪些")
    assert all(shows("lead", text) for text in ("谁带头", "哪个单位带头做这个", "水利局带头的有哪些"))


def changed(text: str) -> Register:
    """The five papers, with other words in the first assignment of the county's."""
    register = office()
    rows = (replace(one, text=text) if one.id == "deeds-1" else one for one in register.assignments)
    return replace(register, assignments=tuple(rows))


def test_a_place_in_the_name_of_a_thing_names_no_document() -> None:
    register = changed("升级“柏川通”手机应用。")
    assert "柏川通" in named_documents("柏川通升级到哪一步了", register).rest
    assert "柏川" not in named_documents("柏川的路灯到哪一步了", register).rest


def test_a_kind_of_units_in_the_name_of_a_thing_is_no_unit() -> None:
    asked = "县区综合服务站那条,责任单位有哪些任务"
    assert named_units(asked, office())[0]
    assert named_units(asked, changed("新建县区综合服务站4个。"))[0] == ()


def test_subjects_of_letters_are_told_apart_too() -> None:
    assert len(subject_of("AED和口袋绿地分别谁牵头", office(), date(2025, 3, 3)).topics) == 2


def test_a_row_that_says_it_is_meant_before_one_that_says_another_word_for_it() -> None:
    texts = ("规范户外广告和门店招牌，拆除危险的广告设施", "清除“牛皮癣”小广告")
    index = Index([Row(text, {"text": text}) for text in texts], shipped())
    assert index.rank("小广告")[0].key == texts[1]


@pytest.mark.parametrize(
    "text",
    [
        "竹制品检测中心评分最高的是哪家",
        "小型水库验收得分第一的是谁",
        "残疾人运动会考哪些科目",
        "竹制品检测中心今年检测了多少批",
    ],
)
def test_what_sounds_like_a_question_of_a_plan_but_is_none_is_not_answered(text: str) -> None:
    assert not numbers(ask("plan", text))


def test_what_is_told_in_several_clauses_and_asked_of_all_of_them_is_one_question() -> None:
    told = ask("plan", "水库够不够用、渠道几年没清,这些谁牵头往外说")
    assert (numbers(told), told.text.startswith("1)")) == (["5"], False)
    assert len(numbers(ask("plan", "社区食堂谁牵头，农村危房什么时候完成"))) == 2


def test_two_months_in_one_breath_are_one_stretch() -> None:
    for text in ("7月8月两个月到期的", "七月八月到期的", "7、8月到期的"):
        told = ask("deeds", text)
        assert told.answer.span is not None
        assert (told.answer.span.start, told.answer.span.end) == (date(2025, 7, 1), date(2025, 8, 31)), text


def test_the_day_at_the_foot_of_a_paper_is_asked_of_the_paper() -> None:
    assert ask("plan", "这个方案落款是几号").answer.intent == "document_list"


def test_a_particle_behind_letters_is_no_part_of_the_subject() -> None:
    assert "".join(token.text for token in topic_of("PPP的信息", shipped()).tokens) == "ppp信息"


def test_the_second_of_a_list_may_be_asked_for_in_more_words() -> None:
    listed = "它：民政局共2项：\n1) 第6项“新建社区食堂”\n2) 第7项“改造农村危房”"
    assert numbers(ask("plan", "第二个讲下具体内容", "我：民政局有哪些任务", listed)) == ["7"]


def test_what_cannot_be_sent_out_is_late_and_not_under_way() -> None:
    told = ask("plan", "第1项统计数这季度发不出来，系统坏了在等厂家修", role="liaison", unit="市商务局")
    assert [one.details["status"] for one in told.entries] == ["delayed"]


@pytest.mark.parametrize("text", ["社区食堂这条别让别人看到，隐藏掉", "农村危房改造跟第6项合并成一项，改好重新发"])
def test_an_order_in_words_of_ones_own_is_refused_and_no_row_told(text: str) -> None:
    told = ask("plan", text)
    assert not numbers(told)
    assert "不能通过聊天修改" in told.text


def test_a_meeting_that_is_just_over_is_no_report_of_another_matter() -> None:
    told = ask("plan", "刚开完年度会，社区食堂15个建成了", role="liaison", unit="市财政局")
    assert [(one.assignment, one.details["status"]) for one in told.entries] == [("plan-6", "done")]


@pytest.mark.parametrize(
    "text",
    [
        "农村危房改造补助一户好多钱",
        "社区食堂今年吃了好多人",
        "哪几个社区食堂关门了",
        "残疾人运动会最后让谁拿走了",
        "农村危房改造申请遭拒了到哪里复议",
        "今年农村危房改造接了多少件",
    ],
)
def test_what_befell_somebody_or_how_many_came_no_plan_tells(text: str) -> None:
    assert not numbers(ask("plan", text))


def test_how_long_and_how_many_are_asked_in_the_words_of_the_south_west() -> None:
    assert numbers(ask("plan", "农村危房改造要在好久之前完成")) == ["7"]
    assert ask("plan", "财政局牵头好多项").answer.count == 1


@pytest.mark.parametrize(
    "text",
    ["农村危房改造钱从哪里来、修成啥样，具体啥要求", "社区食堂一顿饭多少钱、开在哪里，上头咋要求的"],
)
def test_what_stands_before_the_last_words_is_the_matter_and_asks_nothing(text: str) -> None:
    told = ask("plan", text)
    assert told.answer is not None
    assert told.answer.intent == "task_detail"
    assert numbers(told) == ["7" if "危房" in text else "6"]


def test_an_order_in_words_of_ones_own_is_refused_in_a_conversation_too() -> None:
    told = ask("plan", "社区食堂这条别让别人看到，隐藏掉", "我：农村危房改造谁牵头", "它：市住房和城乡建设局牵头。")
    assert not numbers(told)
    assert "不能通过聊天修改" in told.text


@pytest.mark.parametrize("text", ["老人饭堂，哪个管", "老人饭堂哪个来抓"])
def test_whoever_asks_for_which_one_sees_to_it_asks_for_the_leader(text: str) -> None:
    told = ask("plan", text)
    assert numbers(told) == ["6"]
    assert told.answer is not None
    assert told.answer.units == ("市民政局",)


def test_how_far_a_plan_wants_something_is_answered_with_its_requirement() -> None:
    assert numbers(ask("plan", "社区食堂今年要办成啥样")) == ["6"]


@pytest.mark.parametrize(
    "text", ["社区食堂的名单上到底有哪几家", "农村危房改造合不合格", "农村危房改造我们那栋楼排到哪年"]
)
def test_what_stands_in_a_list_and_how_something_turned_out_no_plan_tells(text: str) -> None:
    assert not numbers(ask("plan", text))


def test_all_that_is_led_by_somebody_is_counted_however_it_is_summed() -> None:
    told = ask("plan", "由民政牵头的加起来几项")
    assert told.answer is not None
    assert told.answer.count == 1


@pytest.mark.parametrize(
    "text",
    [
        "社区食堂的名单里有没有我们隔壁那家",
        "农村危房改造点了哪些乡镇的名",
        "残疾人运动会是哪家保险公司承保",
        "社区食堂打哪个电话",
    ],
)
def test_who_stands_in_a_list_and_which_firm_it_is_no_plan_tells(text: str) -> None:
    assert not numbers(ask("plan", text))


def test_a_thing_that_a_matter_needs_is_not_the_matter() -> None:
    assert not numbers(ask("deeds", "饮水管网应急预案全文发我一份"))
    assert numbers(ask("plan", "我要写方案，社区食堂的具体任务描述给我一份")) == ["6"]
