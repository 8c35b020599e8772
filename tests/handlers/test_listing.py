"""Lists and counts, exact from the register."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from handlers.message import Answer, Outcome

Ask = Callable[..., Outcome]


def told(outcome: Outcome) -> Answer:
    assert outcome.answer is not None
    return outcome.answer


def test_what_a_unit_leads_leaves_out_what_it_only_supports(ask: Ask) -> None:
    assert told(ask("财政局牵头的有哪些")).assignments == ("yunling-2",)
    assert told(ask("财政局有哪些任务")).assignments == ("yunling-1", "yunling-2")


def test_what_a_unit_only_supports(ask: Ask) -> None:
    assert told(ask("财政局只是配合的有哪几项")).assignments == ("yunling-1",)


def test_duties_of_a_collective_stand_apart(ask: Ask) -> None:
    outcome = ask("公安局有哪些任务")
    assert told(outcome).assignments == ("yunling-4",)
    assert "统称" in outcome.text
    assert "第5、10项" in outcome.text


def test_two_units_are_listed_one_after_the_other(ask: Ask) -> None:
    outcome = ask("教育局和文物局分别牵头什么")
    assert set(told(outcome).assignments) == {"yunling-4", "yunling-1"}
    assert "市教育局牵头共1项" in outcome.text
    assert "市文物局牵头共1项" in outcome.text


def test_our_own_unit_is_the_askers(ask: Ask) -> None:
    assert told(ask("我们局有哪些任务", role="liaison", unit="市教育局")).assignments == ("yunling-4",)


def test_a_unit_that_no_document_names_is_said_to_be_unknown(ask: Ask) -> None:
    outcome = ask("气象局牵头的有哪些")
    assert not told(outcome).answered
    assert "没有出现“气象局”" in outcome.text


def test_what_falls_due_names_its_window_and_puts_recurring_ones_last(ask: Ask) -> None:
    outcome = ask("到7月底要完成哪几项")
    assert told(outcome).assignments == ("yunling-2", "yunling-3")
    assert told(outcome).count == 1
    assert "7月31日" in outcome.text.splitlines()[0]
    assert "按期反复" in outcome.text


def test_what_falls_due_for_one_unit(ask: Ask) -> None:
    assert told(ask("住建局11月底前要完成啥")).assignments == ("yunling-7",)


def test_a_window_with_nothing_in_it_says_so(ask: Ask) -> None:
    outcome = ask("财政局12月有什么到期的", today=date(2025, 7, 10))
    assert told(outcome).count == 0
    assert "没有到期的任务" in outcome.text


def test_how_many_a_unit_leads(ask: Ask) -> None:
    assert told(ask("民政局牵头几项")).count == 2
    assert told(ask("财政局单独牵头的有几项")).count == 0


def test_how_many_there_are_in_all(ask: Ask) -> None:
    outcome = ask("方案里总共有多少项")
    assert told(outcome).count == 10
    assert told(outcome).assignments == ()
    assert "1项原文只有序号" in outcome.text


def test_how_many_have_no_leader(ask: Ask) -> None:
    outcome = ask("没注明牵头单位的共几项")
    assert told(outcome).count == 2
    assert told(outcome).assignments == ("yunling-5", "yunling-10")


def test_how_many_fall_due(ask: Ask) -> None:
    assert told(ask("11月底前到期的一共几项")).count == 3


def test_the_documents_and_what_they_say_of_themselves(ask: Ask) -> None:
    everything = ask("有哪些文件", scope=None)
    assert set(told(everything).documents) == {"yunling", "haijia", "report"}
    assert "参考文件" in everything.text
    assert "云政办发〔2025〕7号" in ask("文号多少").text
    assert told(ask("这个方案是哪天印发的")).dates == ("2025-03-10",)
    assert "省政办发〔2025〕3号" in ask("方案的依据是什么文件").text
    assert told(ask("云岭那个方案哪天印发的", scope=None)).documents == ("yunling",)


def test_what_has_no_deadline_is_listed(ask: Ask) -> None:
    assert set(told(ask("哪些没写完成时限")).assignments) >= {"yunling-4", "yunling-5"}


def test_a_collective_can_be_asked_about(ask: Ask) -> None:
    assert told(ask("市政府各部门有哪些任务")).assignments == ("yunling-5", "yunling-10")


def test_what_a_unit_is_like_is_no_list_of_its_assignments(ask: Ask) -> None:
    assert not told(ask("教育局有多少人")).answered
    assert not told(ask("教育局在几楼")).answered


def test_words_of_a_title_beside_a_unit_say_of_which_document(ask: Ask) -> None:
    answer = ask("教育局牵头的政务公开任务", scope=None).answer
    assert answer is not None
    assert (answer.intent, answer.assignments) == ("unit_tasks", ("yunling-4",))


def test_a_blank_behind_a_place_does_not_cut_a_unit_short(ask: Ask) -> None:
    answer = ask("云岭 教育局都要做啥", scope=None).answer
    assert answer is not None
    assert answer.assignments == ("yunling-4",)
