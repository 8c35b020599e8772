"""`qiantou ask --jsonl`: one line out for each line in, in the form that other programs rely on."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from bot.commands.ask import answers
from bot.view import View
from knowledge.ledger import Ledger
from knowledge.model import Assignment, Document, Duty, Place, Role
from knowledge.register import Register
from scheduler.calendar import WorkCalendar
from scheduler.policy import SHANGHAI, Policy

FIELDS = {"intent", "answered", "assignments", "documents", "units", "dates", "count", "entries", "text"}


@pytest.fixture
def view() -> View:
    plan = Document("p", "青石市2025年任务分工方案", "plan.txt", "1", locality="青石市", year=2025)
    told = "公开古桥修缮工程的施工进度。"
    row = Assignment("p-1", "p", "1", "1", (), told, told, Place(line=3), (Duty("市文物局", Role.LEAD, "牵头单位"),))
    now = datetime(2025, 7, 10, 9, tzinfo=SHANGHAI)
    return View(Register(1, (plan,), (row,)), Ledger(), WorkCalendar(), Policy(), now)


def say(view: View, *lines: object) -> list[dict[str, Any]]:
    return list(answers([line if isinstance(line, str) else json.dumps(line) for line in lines], view))


def test_an_answer_has_every_field(view: View) -> None:
    (told,) = say(view, {"q": "古桥修缮谁牵头", "scope": ["plan.txt"], "today": "2025-07-10"})
    assert set(told) == FIELDS
    assert told["intent"] == "lead"
    assert told["answered"] is True
    assert told["assignments"] == ["p-1"]
    assert told["documents"] == ["plan.txt"]
    assert told["units"] == ["市文物局"]
    assert told["entries"] == []


def test_silence_is_told_as_silence(view: View) -> None:
    (told,) = say(view, {"q": "古桥修缮谁牵头", "conversation": "group", "mentioned": False})
    assert told["silent"] is True
    assert told["text"] == ""


def test_earlier_turns_belong_to_the_line(view: View) -> None:
    context = [{"from": "user", "text": "古桥修缮谁牵头"}, {"from": "bot", "text": "第1项，市文物局牵头。"}]
    first, second = say(view, {"q": "什么时候完成", "context": context}, {"q": "什么时候完成"})
    assert first["assignments"] == ["p-1"]
    assert second["assignments"] == []


def test_a_scope_of_no_document_knows_nothing(view: View) -> None:
    (told,) = say(view, {"q": "古桥修缮谁牵头", "scope": ["别的.txt"]})
    assert told["answered"] is False


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        "{}",
        '{"q": 3}',
        '{"q": "谁", "role": "king"}',
        '{"q": "谁", "today": "明天"}',
        '{"q": "谁", "scope": "a"}',
    ],
)
def test_a_line_that_is_no_question_gets_its_error_and_the_run_goes_on(view: View, line: str) -> None:
    wrong, right = say(view, line, {"q": "古桥修缮谁牵头"})
    assert set(wrong) == {"error"}
    assert right["answered"] is True


def test_a_number_printed_with_letters_is_a_number_like_any_other(view: View) -> None:
    rows = tuple(
        replace(view.register.assignments[0], id=f"p-{n}", number=str(n), printed_number=printed)
        for n, printed in enumerate(("S-7", "xm12", "A一", "（十二）", "〇"), 1)
    )
    lettered = replace(view, register=replace(view.register, assignments=rows))
    for question in ("第7项是什么", "S-7谁牵头", "第十二项什么时候完成", "A一", "第一项"):
        (told,) = say(lettered, {"q": question})
        assert set(told) == FIELDS, question


def test_what_the_earlier_turns_report_is_known_and_not_stored(view: View) -> None:
    context = [
        {"from": "user", "text": "古桥修缮的施工进度公开完成60%了（市文物局）"},
        {"from": "bot", "text": "已登记：第1项，办理中，60%。"},
    ]
    first, second = say(view, {"q": "古桥修缮进展怎么样了", "context": context}, {"q": "古桥修缮进展怎么样了"})
    assert "60%" in first["text"]
    assert "60%" not in second["text"]


def test_a_report_that_was_not_written_down_is_not_taken_for_one(view: View) -> None:
    context = [{"from": "user", "text": "第1项完成60%了"}, {"from": "bot", "text": "请问您是哪个单位？"}]
    (told,) = say(view, {"q": "古桥修缮进展怎么样了", "context": context})
    assert "60%" not in told["text"]


def test_the_day_of_the_command_is_that_of_the_lines_that_name_none(view: View) -> None:
    lines = ['{"q": "这个月到期的有哪些"}', '{"q": "这个月到期的有哪些", "today": "2025-09-10"}']
    first, second = answers(lines, view, date(2025, 8, 10))
    assert "2025年8月" in str(first["text"])
    assert "2025年9月" in str(second["text"])
