"""The roll asked for in a chat: whose it is, as what kind of file, and who may have it."""

from __future__ import annotations

import pytest

from handlers import handle
from handlers.message import Message, Outcome
from knowledge.ledger import Ledger
from scheduler.roll import Roll
from tests.scheduler.offices import CALENDAR, at, by, duty, register_of

OFFICE = register_of(duty(1, by("2026-07-10")), duty(2, by("2026-08-20"), unit="市民政局"))


def ask(text: str, role: str = "supervisor", unit: str | None = None) -> Outcome:
    return handle(Message(text, role=role, unit=unit), OFFICE, Ledger(), at("2026-07-15 10:00"), CALENDAR)


def wanted(outcome: Outcome) -> list[tuple[str, str, int]]:
    return [(one.name, one.form, len(one.value.rows)) for one in outcome.papers if isinstance(one.value, Roll)]


@pytest.mark.parametrize(
    ("text", "paper"),
    [
        ("导出台账", ("台账", "xlsx", 2)),
        ("把台账导出成csv", ("台账", "csv", 2)),
        ("市民政局的台账发我一份", ("市民政局台账", "xlsx", 1)),
        ("导出民政局的台账", ("市民政局台账", "xlsx", 1)),
        ("台账导出成word", ("台账", "docx", 2)),
        ("导出民政局到期日程", ("市民政局到期日程", "ics", 1)),
    ],
)
def test_the_roll_is_a_file_of_the_kind_that_is_asked_for(text: str, paper: tuple[str, str, int]) -> None:
    assert wanted(ask(text)) == [paper]


def test_a_liaison_gets_the_own_unit_s_and_nobody_elses() -> None:
    assert wanted(ask("导出台账", "liaison", "市民政局")) == [("市民政局台账", "xlsx", 1)]
    assert wanted(ask("导出我们单位的台账", "liaison", "市民政局")) == [("市民政局台账", "xlsx", 1)]
    for outcome in (ask("导出市财政局的台账", "liaison", "市民政局"), ask("导出台账", "staff")):
        assert wanted(outcome) == []
        assert "台账由督查员导出" in outcome.text


@pytest.mark.parametrize("text", ["台账制度由谁负责", "建立问题台账归谁管", "导出气象局的台账谁负责"])
def test_a_subject_that_has_the_word_in_it_is_asked_about_as_ever(text: str) -> None:
    assert wanted(ask(text)) == []


def test_a_supervisor_gets_the_draft_of_a_circular() -> None:
    assert [(one.paper, one.name) for one in ask("出一份上月的通报").papers] == [("circular", "2026年6月情况通报")]
    assert ask("出一份通报", "staff").papers == ()
