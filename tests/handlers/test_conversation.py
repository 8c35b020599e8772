"""Follow-up questions, and manners in a group."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from handlers.message import Answer, Outcome
from handlers.wording_lists import stretch

Ask = Callable[..., Outcome]
BEFORE = ("我：古桥修缮谁牵头", "它：市文物局牵头。第1项“公开古桥修缮工程的招标结果”。")
LIST = ("我：民政局有哪些任务", "它：市民政局共2项：\n1) 第8项（没有内容）\n2) 第9项“公布养老院床位和收费标准。”")


def told(outcome: Outcome) -> Answer:
    assert outcome.answer is not None
    return outcome.answer


def test_when_then(ask: Ask) -> None:
    assert told(ask("那啥时候要做完", *BEFORE)).dates == ("2025-06-30",)


def test_and_who_helps(ask: Ask) -> None:
    assert told(ask("配合单位呢", *BEFORE)).units == ("市财政局",)


def test_the_second_of_a_list(ask: Ask) -> None:
    assert told(ask("第二个呢，具体写的啥", *LIST)).assignments == ("yunling-9",)


def test_another_unit_instead(ask: Ask) -> None:
    assert told(ask("那教育局这边呢", "我：市财政局牵头的有哪些", "它：共1项：第2项。")).assignments == ("yunling-4",)


def test_another_subject_instead(ask: Ask) -> None:
    answer = told(ask("那电梯加装呢", *BEFORE))
    assert (answer.intent, answer.units) == ("lead", ("市住房城乡建设局",))


def test_without_a_number_the_earlier_question_is_asked_again(ask: Ask) -> None:
    assert told(ask("那啥时候要做完", "我：电梯加装谁牵头", "它：市住房城乡建设局。")).dates == ("2025-11-30",)


def test_a_new_question_forgets_the_old_one(ask: Ask) -> None:
    assert told(ask("校车安全谁牵头", *BEFORE)).assignments == ("yunling-4",)


def test_silent_in_a_group_unless_addressed(ask: Ask) -> None:
    assert ask("古桥修缮谁牵头", group=True, mentioned=False).replies == ()
    assert told(ask("古桥修缮谁牵头", group=True, mentioned=True)).answered


@pytest.mark.parametrize(
    "word", ["谢谢", "辛苦了", "早上好", "你真棒", "再见", "你是不是机器人", "[强]", "好的", "不用啦，多谢"]
)
def test_a_kind_word_is_brief_and_gives_no_assignment(ask: Ask, word: str) -> None:
    outcome = ask(word, group=True, mentioned=True)
    assert 0 < len(outcome.text) <= 80
    assert told(outcome).assignments == ()
    assert outcome.entries == ()


def test_talk_to_somebody_else_is_left_alone(ask: Ask) -> None:
    assert ask("@王科长 辛苦了").replies == ()


def test_help_says_what_can_be_asked_and_how_progress_is_reported(ask: Ask) -> None:
    assert "谁牵头" in ask("你能干啥").text
    assert "已完成" in ask("怎么登记进展").text


def test_one_follow_up_leans_on_another(ask: Ask) -> None:
    turns = (*BEFORE, "我：什么时候完成", "它：第1项，2025年6月30日。")
    assert told(ask("那电梯加装呢", *turns)).dates == ("2025-11-30",)


def test_of_an_answer_from_two_places_one_is_chosen(ask: Ask) -> None:
    first = ask("河道水质检测公开谁牵头", scope=None)
    turns = ("我：河道水质检测公开谁牵头", f"它：{first.text}")
    assert told(ask("海岬的什么时候完成", *turns, scope=None)).assignments == ("haijia-1",)
    assert told(ask("云岭呢", *turns, scope=None)).assignments == ("yunling-3",)


def test_a_list_is_counted_afterwards(ask: Ask) -> None:
    assert told(ask("一共几项", "我：民政局牵头哪些", "它：市民政局牵头共2项：第8、9项。")).count == 2


def test_an_answer_that_is_doubted_is_confirmed_or_put_right(ask: Ask) -> None:
    assert ask("不对吧，是财政局牵头吧", *BEFORE).text.startswith("不是财政局。")


def test_suggestions_are_not_pointed_at(ask: Ask) -> None:
    turns = ("我：航天谁牵头", "它：文件里没有写“航天”。\n相近的有：第3项“每月公布河道水质检测数据”。")
    assert told(ask("那啥时候要做完", *turns)).assignments == ()


def test_a_long_list_is_cut_and_says_how_to_go_on() -> None:
    assert stretch("abcdefg", 0, 3) == ("abc", "……还有4项，发“更多”看其余。")
    assert stretch("abcdefg", 2, 3) == ("g", "")


def test_more_asks_the_question_of_the_long_list_again(ask: Ask) -> None:
    cut = ("我：2025年到期的有哪些", "它：……还有13项，发“更多”看其余。", "我：更多", "它：……还有3项，发“更多”看其余。")
    assert told(ask("更多", *cut)).assignments == told(ask("2025年到期的有哪些")).assignments
    assert "\n1) " in ask("2025年到期的有哪些").text
    assert "\n1) " not in ask("更多", *cut).text


def test_more_after_the_end_says_so(ask: Ask) -> None:
    assert "没有更多" in ask("更多", *BEFORE).text


def test_an_independent_question_is_no_follow_up(ask: Ask) -> None:
    assert told(ask("航天旅游谁牵头", *BEFORE)).answered is False
    assert told(ask("第9项是什么", *BEFORE)).assignments == ("yunling-9",)
    assert told(ask("你有哪些文件", *BEFORE)).intent == "document_list"
    assert told(ask("谢谢", *BEFORE)).intent == "smalltalk"


def test_a_number_chooses_from_the_menu_of_a_refusal(ask: Ask) -> None:
    menu = (
        "我：修缮和校车归谁",
        "它：文件里没有写“修缮校车”，我不能猜。\n相近的有（发序号就行）：\n1) 第1项“公开古桥修缮工程”\n2) 第4项“修订校车安全管理办法”",
    )
    assert told(ask("2", *menu)).assignments == ("yunling-4",)
    assert told(ask("第一个", *menu)).units == ("市文物局",)
    assert told(ask("那啥时候要做完", *menu)).assignments == ()
