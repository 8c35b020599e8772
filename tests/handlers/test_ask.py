"""Questions about one assignment, told as transcripts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from handlers.facts import contradiction
from handlers.message import Outcome
from knowledge.register import Register

Ask = Callable[..., Outcome]


def answered(outcome: Outcome) -> bool:
    return outcome.answer is not None and outcome.answer.answered


def test_who_leads_names_unit_assignment_deadline_and_source(ask: Ask) -> None:
    outcome = ask("古桥修缮谁牵头")
    assert outcome.answer is not None
    assert outcome.answer.assignments == ("yunling-1",)
    assert outcome.answer.units == ("市文物局",)
    first, *rest = outcome.text.splitlines()
    assert first == "市文物局牵头。"
    assert "第1项" in rest[0]
    assert "2025年6月30日（星期一）" in outcome.text
    assert outcome.text.splitlines()[-1] == "依据：《云岭市2025年政务公开任务分工方案》第1项（第10行）"


def test_an_answer_fits_a_phone(ask: Ask) -> None:
    for question in ("古桥修缮谁牵头", "惠农补贴专栏什么时候完成", "公共自行车投诉谁负责"):
        assert len(ask(question).text.splitlines()) <= 6


def test_a_question_typed_by_sound_gets_the_same_answer(ask: Ask) -> None:
    assert ask("古桥修缮谁千头").text == ask("古桥修缮谁牵头").text
    assert ask("guqiao xiushan shei qiantou").answer == ask("古桥修缮谁牵头").answer


def test_where_no_lead_is_printed_the_responsible_units_are_given_and_it_is_said(ask: Ask) -> None:
    outcome = ask("公共自行车投诉谁牵头")
    assert outcome.answer is not None
    assert outcome.answer.units == ("市城管局", "市政府各部门")
    assert "文件没有写牵头单位" in outcome.text


def test_cooperating_units_are_given_when_asked_for(ask: Ask) -> None:
    outcome = ask("校车安全管理办法哪些单位配合")
    assert outcome.answer is not None
    assert outcome.answer.units == ("市公安局",)


def test_all_but_the_unit_named(ask: Ask) -> None:
    outcome = ask("校车安全管理办法除了教育局还有谁")
    assert outcome.answer is not None
    assert outcome.answer.units == ("市公安局",)


def test_whether_a_unit_has_a_part_in_it(ask: Ask) -> None:
    assert ask("古桥修缮有财政局的事吗").text.startswith("有。市财政局是配合单位")
    assert ask("古桥修缮有教育局的事吗").text.startswith("没有点名教育局")


def test_deadline_gives_the_printed_phrase_and_the_day(ask: Ask) -> None:
    outcome = ask("惠农补贴专栏什么时候完成")
    assert outcome.answer is not None
    assert outcome.answer.dates == ("2025-07-31",)
    assert "“2025年7月31日前”" in outcome.text
    assert "星期四" in outcome.text


def test_no_deadline_printed_is_said_and_none_invented(ask: Ask) -> None:
    outcome = ask("校车安全管理办法完成时限是哪天")
    assert outcome.answer is not None
    assert outcome.answer.assignments == ("yunling-4",)
    assert outcome.answer.dates == ()
    assert "没有写明完成时限" in outcome.text


def test_a_period_counted_from_an_event_gets_no_day(ask: Ask) -> None:
    outcome = ask("养老院床位什么时候公布")
    assert outcome.answer is not None
    assert outcome.answer.dates == ()
    assert "60日" in outcome.text
    assert "没有给出日期" in outcome.text


def test_a_rhythm_is_told_with_its_next_day(ask: Ask) -> None:
    outcome = ask("河道水质多久公布一次", today=date(2025, 7, 15))
    assert "每月" in outcome.text
    assert "2025年7月31日" in outcome.text


def test_two_dates_in_conflict_are_both_shown(ask: Ask) -> None:
    outcome = ask("政务公开年度报告什么时候报市政府办公室")
    assert outcome.answer is not None
    assert outcome.answer.dates == ("2025-08-15", "2025-08-31")
    assert "不一致" in outcome.text


def test_who_and_when_in_one_question_are_both_answered(ask: Ask) -> None:
    outcome = ask("电梯加装谁牵头 什么时候完成")
    assert outcome.answer is not None
    assert outcome.answer.units == ("市住房城乡建设局",)
    assert outcome.answer.dates == ("2025-11-30",)


def test_two_subjects_in_one_question_are_answered_one_by_one(ask: Ask) -> None:
    outcome = ask("校车安全和电梯加装分别谁牵头")
    assert outcome.answer is not None
    assert outcome.answer.assignments == ("yunling-4", "yunling-7")
    assert outcome.answer.units == ("市教育局", "市住房城乡建设局")


def test_a_false_premise_is_put_right(ask: Ask) -> None:
    outcome = ask("校车安全是公安局牵头吧")
    assert outcome.text.startswith("不是公安局。")
    assert outcome.answer is not None
    assert outcome.answer.units == ("市教育局",)


def test_a_right_premise_is_confirmed_with_the_printed_name(ask: Ask) -> None:
    assert ask("电梯加装是住建局牵头吧").text.startswith("是的，文件里的名称是市住房城乡建设局。")


def test_the_same_subject_in_two_places_is_shown_with_each_document(ask: Ask) -> None:
    outcome = ask("河道水质检测公开谁牵头", scope=None)
    assert outcome.answer is not None
    assert set(outcome.answer.assignments) == {"yunling-3", "haijia-1"}
    assert "云岭市" in outcome.text
    assert "海岬县" in outcome.text


def test_a_place_in_the_question_chooses_the_document(ask: Ask) -> None:
    outcome = ask("海岬县河道水质检测谁牵头", scope=None)
    assert outcome.answer is not None
    assert outcome.answer.assignments == ("haijia-1",)


def test_a_bound_conversation_hears_nothing_of_other_documents(ask: Ask) -> None:
    assert not answered(ask("养殖排污谁牵头", scope=("yunling",)))
    assert answered(ask("养殖排污谁牵头", scope=("haijia",)))


# --- by number -----------------------------------------------------------------------------------------------------
def test_an_item_is_found_by_arabic_and_chinese_number(ask: Ask) -> None:
    for question in ("第4项是什么", "第四项讲的啥", "任务4具体内容"):
        outcome = ask(question)
        assert outcome.answer is not None
        assert outcome.answer.assignments == ("yunling-4",)
        assert "修订校车安全管理办法" in outcome.text


def test_a_number_printed_twice_shows_both(ask: Ask) -> None:
    outcome = ask("6号任务是哪个")
    assert outcome.answer is not None
    assert outcome.answer.assignments == ("yunling-6", "yunling-7")
    assert "原文印作6" in outcome.text


def test_a_number_without_text_is_said_to_have_none(ask: Ask) -> None:
    outcome = ask("第8项内容是什么")
    assert outcome.answer is not None
    assert outcome.answer.assignments == ("yunling-8",)
    assert "没有内容" in outcome.text


def test_a_number_that_does_not_exist_is_refused_with_the_range(ask: Ask) -> None:
    outcome = ask("第20项谁牵头")
    assert not answered(outcome)
    assert "第1项到第10项" in outcome.text


def test_the_last_item(ask: Ask) -> None:
    outcome = ask("最后一项是什么")
    assert outcome.answer is not None
    assert outcome.answer.assignments == ("yunling-10",)


# --- reference texts -----------------------------------------------------------------------------------------------
def test_a_sentence_is_quoted_with_its_place_and_its_contradiction(ask: Ask) -> None:
    outcome = ask("一共梳理了多少项公开事项", scope=("report",))
    assert outcome.answer is not None
    assert outcome.answer.answered
    assert outcome.answer.assignments == ()
    assert outcome.answer.count == 120
    assert "第1段" in outcome.text
    assert "50+40+20=110" in outcome.text


def test_a_sentence_answers_who(ask: Ask) -> None:
    outcome = ask("培训班由谁牵头组织", scope=("report",))
    assert answered(outcome)
    assert "县政务公开办公室" in outcome.text


def test_a_sentence_that_does_not_say_who_is_no_answer(ask: Ask) -> None:
    assert not answered(ask("公开事项谁牵头梳理", scope=("report",)))


def test_the_same_question_gives_the_same_words(ask: Ask, office: Register) -> None:
    assert ask("古桥修缮谁牵头") == ask("古桥修缮谁牵头")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("全市梳理公开事项3120项，其中县级310项、乡级1200项、村级1500项", "310+1200+1500=3010"),
        ("整治排污口47个，分别为东片20个、西片30个", "20+30=50"),
        ("新建公园20个，其中城东5个、城西3个", ""),
        ("建成站点9个，其中东片4个、西片3个、北片2个", ""),
        ("梳理事项30项，形成清单4份", ""),
    ],
)
def test_a_total_that_its_parts_do_not_make_is_shown(text: str, wrong: str) -> None:
    assert wrong in contradiction(text)
    assert bool(contradiction(text)) == bool(wrong)
