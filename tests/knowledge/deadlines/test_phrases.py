"""Hundreds of phrases of every class, each with the meaning worked out by hand; and a few that need words of their own."""

from datetime import date

from benchmarks.deadline_phrases import phrases, right
from bot.commands.deadlines import respond
from knowledge.deadlines import read
from knowledge.model import DeadlineKind
from scheduler.calendar import WorkCalendar


def test_every_phrase_of_the_table_means_what_the_rules_say() -> None:
    calendar, table = WorkCalendar(), list(phrases())
    got = {phrase: respond(phrase.line(), calendar) for phrase in table}
    assert [(p.text, p.meaning, answer) for p, answer in got.items() if not right(p, answer)] == []


def test_the_table_holds_every_kind() -> None:
    kinds = {phrase.kind for phrase in phrases()}
    assert kinds == {
        "by", "range", "every", "issue", "receipt", "event", "before", "after", "on", "ongoing", "none", "multi", "window",
    }  # fmt: skip


def test_a_wrong_answer_is_told_from_a_right_one() -> None:
    one = next(phrase for phrase in phrases() if phrase.meaning == "by 2024-04-30")
    assert right(one, {"kind": "by", "date": "2024-04-30"})
    assert not right(one, {"kind": "by", "date": "2024-04-29"})
    assert not right(one, {"kind": "range", "start": "2024-04-01", "end": "2024-04-30"})


def test_a_month_no_year_has_is_reported_with_its_words() -> None:
    found = read("13月底前完成", date(2024, 3, 5), 2024)
    assert (found.kind, found.due, found.flag) == (DeadlineKind.BY, None, "没有13月")
