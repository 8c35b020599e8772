"""Pointing at what was told, narrowing a list, and what comes between two questions, as transcripts."""

from __future__ import annotations

from tests.handlers.test_clerks import numbers
from tests.handlers.test_followups import Chat


def test_two_rows_told_one_after_the_other_are_pointed_at() -> None:
    chat = Chat("plan")
    chat.says("社区食堂谁牵头")
    chat.says("农村危房谁牵头")
    assert chat.gets("前一个什么时候完成") == ["6"]
    chat = Chat("plan")
    chat.says("社区食堂谁牵头")
    chat.says("农村危房谁牵头")
    alike = chat.says("是同一家吗")
    assert alike.text.startswith("不是同一家。\n")
    assert numbers(alike) == ["6", "7"]


def test_these_two_are_both() -> None:
    chat = Chat("plan")
    chat.says("社区食堂谁牵头")
    chat.says("农村危房谁牵头")
    assert sorted(chat.gets("这俩分别什么时候到期")) == ["6", "7"]


def test_what_was_just_asked_about_is_pointed_at_shortly() -> None:
    chat = Chat("plan")
    chat.says("社区食堂谁牵头")
    assert chat.gets("刚问的那条几号截止") == ["6"]


def test_the_list_of_a_unit_is_narrowed_to_a_role_and_asked_in_another() -> None:
    chat = Chat("plan")
    assert [one for one in chat.gets("财政局有哪些任务") if one != "正文"] == ["3", "6"]
    assert chat.gets("只看牵头的") == ["3"]
    assert chat.gets("配合的也列一下") == ["6"]


def test_another_thing_of_the_same_matter_was_meant() -> None:
    chat = Chat("plan")
    chat.says("社区食堂谁牵头")
    assert chat.says("不对，我问的是配合单位").text.startswith("市财政局、市卫生健康委员会配合。")


def test_thanks_between_two_questions_change_nothing() -> None:
    chat = Chat("plan")
    chat.says("社区食堂谁牵头")
    chat.says("谢谢")
    assert chat.says("那水库呢").text.startswith("市水利局牵头。")
