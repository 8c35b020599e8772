"""Asked in other words than the documents': what is found by its meaning is offered as such, and can be chosen by number."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from handlers import handle
from handlers.message import Outcome
from knowledge.ledger import Ledger
from knowledge.lexicon import shipped
from knowledge.model import Duty, Message, Role, Turn
from knowledge.register import Register
from scheduler.calendar import WorkCalendar
from scheduler.policy import SHANGHAI

SPOKEN = {"嘎嘎": ("校车",), "嘎嘎呜": ("养老院", "投诉")}


@pytest.fixture(scope="module")
def spoken(office: Register) -> Register:
    """The office, in which people have words of their own."""
    return replace(office, lexicon=replace(shipped(), phrases={**shipped().phrases, **SPOKEN}))


def say(register: Register, text: str, *earlier: Turn) -> Outcome:
    now = datetime(2025, 7, 10, 9, tzinfo=SHANGHAI)
    return handle(Message(text, scope=("yunling",), turns=earlier), register, Ledger(), now, WorkCalendar())


def test_an_answer_found_by_its_meaning_says_so(spoken: Register) -> None:
    told = say(spoken, "嘎嘎谁管").text.splitlines()
    assert told[0] == "市教育局牵头。"
    assert told[-1] == "（文件里没有“嘎嘎”的原话，是按意思找到的；不对请换个说法。）"
    assert len(told) <= 6
    assert "原话" not in say(spoken, "校车谁管").text


def test_several_that_may_be_meant_are_a_menu_with_what_was_asked(spoken: Register) -> None:
    outcome = say(spoken, "嘎嘎呜魑魅谁管")
    assert outcome.text.splitlines() == [
        "文件里没有“嘎嘎呜魑魅”的原话，按意思相近的有（发序号就行）：",
        "1) 市城管局、市政府各部门负责：第5项“建立公共自行车投诉处理台账。”",
        "2) 市民政局牵头：第9项“公布养老院床位和收费标准。”",
        "3) 市教育局牵头：第4项“修订校车安全管理办法并组织解读。”",
        "依据：《云岭市2025年政务公开任务分工方案》",
    ]
    assert outcome.answer is not None
    assert (outcome.answer.answered, outcome.answer.assignments, len(outcome.answer.near)) == (False, (), 3)
    chosen = say(spoken, "2", Turn("嘎嘎呜魑魅谁管"), Turn(outcome.text, by_bot=True))
    assert chosen.text.startswith("市民政局牵头。\n第9项")


def test_what_is_asked_beside_duties_is_not_answered_by_meaning(spoken: Register) -> None:
    outcome = say(spoken, "嘎嘎呜魑魅要交多少钱")
    assert outcome.answer is not None
    assert not outcome.answer.answered


def test_what_is_likely_meant_is_answered_first_and_the_next_likeliest_beside_it(spoken: Register) -> None:
    outcome = say(spoken, "老人家看书，谁管")
    head, *rows = outcome.text.splitlines()
    assert head == "文件里没有“老人家看书”的原话，按意思最像的是头一项，相近的有（发序号就行）："
    assert rows[0] == "1) 市文化旅游局牵头：第6项“做好图书馆夜间开放宣传工作。”"
    assert outcome.answer is not None
    assert outcome.answer.answered
    assert outcome.answer.assignments[0] == "yunling-6"
    assert "市文化旅游局" in outcome.answer.units
    chosen = say(spoken, "1", Turn("老人家看书，谁管"), Turn(outcome.text, by_bot=True))
    assert chosen.text.startswith("市文化旅游局牵头。\n第6项")
    told = say(spoken, "河道水质谁牵头，老人家看书归谁管").text.splitlines()
    assert told[0].startswith("1) 市生态环境局牵头。")
    assert "可能是：市文化旅游局牵头：第6项" in told[1]


def test_the_rest_is_not_told_where_the_likeliest_cannot_say_what_is_asked(spoken: Register) -> None:
    rows = tuple(replace(one, duties=()) if one.id == "yunling-6" else one for one in spoken.assignments)
    outcome = say(replace(spoken, assignments=rows), "老人家看书，谁管")
    assert outcome.answer is not None
    assert outcome.answer.assignments == ()
    assert "多半" not in outcome.text


@pytest.mark.parametrize("asked", ["孩子打疫苗谁来管", "小孩打预防针哪个单位负责"])
def test_what_the_thesaurus_knows_and_no_row_speaks_of_is_not_answered_with_a_row_that_shares_a_word(
    spoken: Register, asked: str
) -> None:
    schools = "发布义务教育招生政策，把学校片区图和报名流程讲清。"
    rows = tuple(replace(one, text=schools) if one.id == "yunling-4" else one for one in spoken.assignments)
    register = replace(spoken, lexicon=shipped(), assignments=rows)
    met, missed = say(register, "孩子上学谁来管").answer, say(register, asked).answer
    assert met is not None
    assert missed is not None
    assert met.assignments[:1] == ("yunling-4",)
    assert (missed.answered, missed.assignments) == (False, ())


@pytest.mark.parametrize("asked", ["改厕是市教育局牵头吧", "村里改厕是不是市教育局牵头", "改厕的事归市教育局管吧"])
@pytest.mark.parametrize("written", ["新改建农村厕所一百八十座，公布进度。", "农村户厕改造。"])
def test_a_false_premise_is_put_right_by_whatever_name_the_document_has_for_the_thing(
    spoken: Register, asked: str, written: str
) -> None:
    duties = (Duty("市农业农村局", Role.LEAD),)
    rows = tuple(
        replace(one, text=written, duties=duties) if one.id == "yunling-7" else one for one in spoken.assignments
    )
    outcome = say(replace(spoken, lexicon=shipped(), assignments=rows), asked)
    assert outcome.answer is not None
    assert outcome.answer.assignments == ("yunling-7",), outcome.text
    assert outcome.text.startswith("不是市教育局。市农业农村局牵头。")
