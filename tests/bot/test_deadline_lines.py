"""`qiantou deadlines --jsonl`, line by line."""

import json
from datetime import date

from bot.commands.deadlines import respond, run
from bot.commands.phrases import explained
from scheduler.calendar import WorkCalendar


def test_a_phrase_is_answered_in_the_form_of_its_kind() -> None:
    assert respond({"text": "7月底前", "issued": "2021-04-12", "year": 2021}) == {"kind": "by", "date": "2021-07-31"}
    assert respond({"text": "下半年", "issued": "2021-04-12", "year": 2021}) == {
        "kind": "range",
        "start": "2021-07-01",
        "end": "2021-12-31",
    }
    assert respond({"text": "长期坚持", "issued": "2021-04-12", "year": 2021}) == {"kind": "ongoing"}
    assert respond({"text": "每日", "issued": "2021-04-12", "year": 2021}) == {"kind": "recurring", "every": "day"}


def test_due_holds_the_year_and_next_the_first_after_it() -> None:
    assert respond({"text": "季后10日内", "issued": "2021-08-02", "year": 2021})["due"] == ["2021-10-10"]
    assert respond({"text": "每年1月底前", "issued": "2021-08-02", "year": 2021}) == {
        "kind": "recurring",
        "every": "year",
        "due": [],
        "next": "2022-01-31",
    }


def test_an_event_has_no_date_and_issue_has_one() -> None:
    assert respond({"text": "收到通知后3日内", "issued": "2021-04-12", "year": 2021}) == {
        "kind": "relative",
        "anchor": "receipt",
        "days": 3,
    }
    assert respond({"text": "印发后3日内", "issued": "2021-04-12", "year": 2021})["date"] == "2021-04-15"


def test_beyond_the_published_calendar_the_date_is_null_and_the_reason_given() -> None:
    answer = respond({"text": "印发后15个工作日内", "issued": "2026-12-20", "year": 2026})
    assert (answer["date"], "2027年放假安排" in str(answer["flag"])) == (None, True)


def test_a_question_gets_its_window() -> None:
    answer = respond({"text": "月底前该报的", "today": "2021-05-12"})
    assert (answer["start"], answer["end"]) == ("2021-05-12", "2021-05-31")
    assert respond({"text": "谁牵头", "today": "2021-05-12"}) == {"start": None, "end": None}


def test_an_unreadable_line_is_answered_with_an_error_and_the_run_goes_on() -> None:
    lines = [
        "不是 JSON",
        "[1]",
        '{"issued": "2021-04-12"}',
        '{"text": "7月底前", "issued": "昨天"}',
        '{"text": "7月底前", "year": "x"}',
        '{"text": "年底前", "issued": "2021-04-12"}',
    ]
    answers = [json.loads(line) for line in run(lines)]
    assert [sorted(answer) for answer in answers[:5]] == [["error"]] * 5
    assert answers[5] == {"kind": "by", "date": "2021-12-31"}


def test_a_person_gets_sentences_for_a_document_and_for_a_question() -> None:
    today, calendar = date(2026, 3, 11), WorkCalendar()
    assert list(explained("印发后10个工作日内", date(2026, 3, 2), today, calendar)) == [
        "写在文件里：“印发后10个工作日内”，从印发之日2026年3月2日（星期一）算起10个工作日，即2026年3月16日（星期一）。"
    ]
    assert list(explained("7月底前", None, today, calendar)) == [
        "写在文件里：“7月底前”，即2026年7月31日（星期五）。",
        "（没有写印发日期，按今天2026年3月11日（星期三）印发来算；请用 --issued 写明。）",
        "今天这样问：问的是7月底前（2026年3月11日至7月31日）。",
    ]
    assert list(explained("谁牵头", None, today, calendar)) == ["写在文件里：看不出完成时限。"]
