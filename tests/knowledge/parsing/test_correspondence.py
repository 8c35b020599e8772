"""Mails and chats saved as text: the day, the title, and what is no content."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.model import Draft
from tests.knowledge.parsing.drafts import paragraphs

ITEMS = (
    "一、清理河道120公里，4月底前完成。（牵头单位：县水利局）",
    "二、植树3万株，即日起至4月10日。（牵头单位：县林业局）",
)


def left(draft: Draft) -> list[str]:
    return [passage.text for passage in (*draft.document.unread, *draft.document.passages)]


@pytest.mark.parametrize(
    "sent",
    [
        "日期: 2028年3月6日 16:42",
        "发送时间：2028-03-06 09:15:00",
        "时间: 2028/3/6 (周一) 9:15",
        "Date: Mon, 6 Mar 2028 16:42:07 +0800",
        "Sent: Monday, March 6, 2028 4:42 PM",
    ],
)
def test_the_day_a_mail_was_sent_dates_what_it_hands_on(sent: str) -> None:
    draft = paragraphs("发件人: 县河长办", sent, "主题: 转发: 2028年河湖管护任务分工", *ITEMS)
    assert (draft.document.issued, draft.document.title) == (date(2028, 3, 6), "2028年河湖管护任务分工")
    assert draft.assignments[1].deadlines[0].start == date(2028, 3, 6)
    assert left(draft) == []


def test_a_day_under_the_signature_counts_before_the_day_of_the_mail() -> None:
    draft = paragraphs("From: office", "Date: Mon, 6 Mar 2028 16:42:07 +0800", *ITEMS, "县河长办公室", "2028年3月1日")
    assert (draft.document.issued, draft.document.issuer) == (date(2028, 3, 1), "县河长办公室")


def test_a_title_of_its_own_counts_before_the_subject() -> None:
    draft = paragraphs("发件人: 县河长办", "主题: 请查收", "青潭县2028年河湖管护任务分工", *ITEMS)
    assert draft.document.title == "青潭县2028年河湖管护任务分工"


def test_courtesies_and_whoever_signs_a_mail_are_no_content() -> None:
    head = ("发件人: 县河长办", "主题: 河湖管护任务分工", "日期: 2028年3月6日")
    draft = paragraphs(*head, "大家好！", *ITEMS, "顺颂", "商祺", "县河长办", "联系电话：0799-1234567", "发自我的手机")
    assert [one for one in left(draft) if "联系" not in one] == []


def test_a_slip_that_says_to_whom_about_what_and_when_is_dated_by_its_head() -> None:
    draft = paragraphs("主送：各镇人民政府", "主题：河湖管护任务分工", "日期：2028年3月6日", *ITEMS)
    assert (draft.document.issued, draft.document.title) == (date(2028, 3, 6), "河湖管护任务分工")


def test_the_same_labels_without_a_writer_are_words_of_a_form() -> None:
    draft = paragraphs("主题: 河湖管护", "地点: 二楼会议室", *ITEMS)
    assert "主题:河湖管护" in "".join(left(draft)).replace(" ", "")


def test_who_is_greeted_is_no_unit_and_the_collective_spoken_to_before_goes_on_being_meant() -> None:
    head = ("发件人: 县河长办", "主题: 河湖管护任务分工", "日期: 2028年3月6日", "各位联络员好：")
    asked = ("请各单位于3月15日前报送联络员名单。", "每周五16:00前报送本周整改进展。")
    draft = paragraphs(*head, *asked, "青潭县2028年河湖管护任务分工", *ITEMS)
    cover = [one for one in draft.assignments if one.number is None]
    assert [[duty.unit for duty in one.duties] for one in cover] == [["各单位"], ["各单位"]]


def test_lines_that_say_who_spoke_in_a_chat_are_no_content() -> None:
    spoken = ("2028-03-06 16:42:07 王敏(县河长办)", *ITEMS, "2028-03-06 16:50:31 李强(县水利局)", "收到，谢谢")
    draft = paragraphs(*spoken)
    assert (draft.document.issued, left(draft)) == (date(2028, 3, 6), [])
