"""核定 and 退回: a supervisor's word on what was reported done, as transcripts over the invented office of conftest.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from knowledge.demands import Demand, Demands, Proving
from knowledge.ledger import EntryKind, Ledger
from knowledge.register import Register
from knowledge.reported import counting, waiting
from scheduler.calendar import WorkCalendar
from scheduler.condition import Condition, condition_of
from scheduler.standing import standing
from tests.handlers.talking import Talk

TODAY = date(2025, 7, 10)


@pytest.fixture
def talk(office: Register) -> Callable[..., Talk]:
    """A talk in an office that accepts; `evidence` is what it wants of a completion, `ledger` what happened before."""

    def begin(unit: str | None = None, ledger: Ledger | None = None, evidence: str = "none", **more: object) -> Talk:
        demands = Demands(Demand(True, Proving(evidence)))
        role = "liaison" if unit else "supervisor"
        told = {"name": unit or "督查员", "role": role, **more}
        return Talk(replace(office, demands=demands), unit, ledger=ledger or Ledger(), **told)  # type: ignore[arg-type]

    return begin


Talking = Callable[..., Talk]


def condition(talk: Talk, number: int, today: date = TODAY) -> Condition:
    row = talk.office.assignment(f"yunling-{number}")
    assert row is not None
    return condition_of(standing(row, talk.ledger, WorkCalendar(), today), today)


def reported(talk: Talking, unit: str, text: str, ledger: Ledger | None = None, **more: object) -> tuple[Talk, str]:
    """A report, and the code it got."""
    liaison = talk(unit, ledger, **more)
    liaison.says(text)
    return liaison, str(liaison.last.entries[0].details["code"])


def test_a_completion_waits_until_it_is_accepted(talk: Talking) -> None:
    liaison, code = reported(talk, "市文物局", "第1项已完成，http://example.gov.cn/1")
    assert "已转督查员核定" in liaison.last.text
    assert condition(liaison, 1) is Condition.REPORTED
    supervisor = talk(ledger=liaison.ledger)
    assert f"已核定办结1项：\n· {code} 市文物局 第1项" in supervisor.says(f"通过 {code}")
    entry = supervisor.entry
    assert (entry.kind, entry.who, entry.words) == (EntryKind.ACCEPTED, "督查员", f"通过 {code}")
    assert condition(supervisor, 1) is Condition.DONE_LATE
    assert "没有等待核定的报告" in supervisor.says(f"采纳 {code}")


def test_returned_it_is_open_again_with_the_reason_in_the_ledger(talk: Talking) -> None:
    liaison, code = reported(talk, "市文物局", "第1项已完成")
    supervisor = talk(ledger=liaison.ledger)
    assert "请写明退回的理由，没有改动" in supervisor.says(f"退回 {code}")
    assert supervisor.stored == []
    reply = supervisor.says(f"退回 {code}，理由：没有附公开链接")
    assert "理由：没有附公开链接" in reply
    assert supervisor.entry.details["reason"] == "没有附公开链接"
    assert condition(supervisor, 1) is Condition.OVERDUE
    again = talk("市文物局", supervisor.ledger)
    assert "已登记" in again.says("第1项已完成，http://example.gov.cn/1"), "what was returned may be told again"


@pytest.mark.parametrize(
    "words",
    [
        "{} 通过",
        "{}采纳",
        "第1项通过",
        "审核通过 {}",
        "同意 {}",
        "同意办结 {}",
        "核定 {}",
        "{} 予以认可",
        "{}没问题",
        "通过",
    ],
)
def test_acceptance_in_many_words(talk: Talking, words: str) -> None:
    liaison, code = reported(talk, "市文物局", "第1项已完成")
    supervisor = talk(ledger=liaison.ledger)
    supervisor.says(words.format(code))
    assert supervisor.entry.kind is EntryKind.ACCEPTED, supervisor.last.text


@pytest.mark.parametrize(
    "words",
    [
        "退回 {}，链接打不开",
        "{} 退回，链接打不开",
        "打回{} 链接打不开",
        "第1项退回，链接打不开",
        "{}不通过，理由是链接打不开",
        "不予通过 {} 因为链接打不开",
        "驳回 {} 链接打不开",
    ],
)
def test_returning_in_many_words(talk: Talking, words: str) -> None:
    liaison, code = reported(talk, "市文物局", "第1项已完成")
    supervisor = talk(ledger=liaison.ledger)
    supervisor.says(words.format(code))
    assert supervisor.entry.kind is EntryKind.RETURNED, supervisor.last.text
    assert supervisor.entry.details["reason"] == "链接打不开"


@pytest.mark.parametrize(
    "words", ["通过 {one}，退回 {other}，缺文号", "{one}通过，{other}退回，缺文号", "第1项通过，第9项退回，缺文号"]
)
def test_one_is_accepted_and_the_other_returned_in_one_breath(talk: Talking, words: str) -> None:
    liaison, one = reported(talk, "市文物局", "第1项已完成")
    second, other = reported(talk, "市民政局", "第9项已完成", liaison.ledger)
    supervisor = talk(ledger=second.ledger)
    supervisor.says(words.format(one=one, other=other))
    found = [(entry.kind, entry.assignment, entry.details.get("reason")) for entry in supervisor.last.entries]
    assert found == [(EntryKind.ACCEPTED, "yunling-1", None), (EntryKind.RETURNED, "yunling-9", "缺文号")]


@pytest.mark.parametrize("words", ["{} 没通过", "暂不通过 {}", "{} 待定", "{}再议"])
def test_a_verdict_that_is_not_plain_is_never_stored_as_the_supervisors_own_report(talk: Talking, words: str) -> None:
    liaison, code = reported(talk, "市文物局", "第1项已完成")
    supervisor = talk(ledger=liaison.ledger)
    assert "没有改动" in supervisor.says(words.format(code))
    assert supervisor.last.entries == ()


def test_several_codes_at_once(talk: Talking) -> None:
    liaison, code = reported(talk, "市文物局", "第1项已完成")
    second, other = reported(talk, "市民政局", "第9项已完成", liaison.ledger)
    supervisor = talk(ledger=second.ledger)
    supervisor.says(f"通过 {code}、{other}")
    assert [one.assignment for one in supervisor.last.entries] == ["yunling-1", "yunling-9"]


def test_all_together_is_read_back_first(talk: Talking) -> None:
    liaison, _ = reported(talk, "市文物局", "第1项已完成")
    second, _ = reported(talk, "市民政局", "第9项已完成", liaison.ledger)
    supervisor = talk(ledger=second.ledger)
    reply = supervisor.says("全部通过")
    assert "等待核定的有2项" in reply
    assert supervisor.stored == []
    late, _ = reported(talk, "市教育局", "第4项已完成", supervisor.ledger)
    supervisor.ledger = late.ledger
    supervisor.says("确认通过")
    assert [one.assignment for one in supervisor.last.entries] == ["yunling-1", "yunling-9"], "only what was read back"
    assert [one.entry.assignment for one in waiting(supervisor.ledger)] == ["yunling-4"]


def test_only_supervisors_decide(talk: Talking) -> None:
    liaison, code = reported(talk, "市文物局", "第1项已完成")
    for words in (f"通过 {code}", f"退回 {code}，不对", "全部通过", "确认通过"):
        liaison.says(words)
        assert liaison.stored == [], words


def test_one_of_several_units_is_returned_by_its_name(talk: Talking) -> None:
    first, code = reported(talk, "市农业农村局", "第2项已完成")
    both, _ = reported(talk, "市财政局", "第2项已完成", first.ledger)
    supervisor = talk(ledger=both.ledger)
    assert "请问退回哪一项" in supervisor.says(f"退回 {code}，没有链接")
    supervisor.says(f"退回 {code} 市财政局，没有链接")
    assert supervisor.entry.unit == "市财政局"
    assert {one.unit for one in counting(supervisor.ledger, "yunling-2") if one.done} == {"市农业农村局"}


def test_what_was_accepted_its_author_takes_back_no_more(talk: Talking) -> None:
    liaison, code = reported(talk, "市文物局", "第1项已完成")
    supervisor = talk(ledger=liaison.ledger)
    supervisor.says(f"通过 {code}")
    again = talk("市文物局", supervisor.ledger)
    assert "已经核定" in again.says(f"撤销 {code}")
    assert again.stored == []
    assert "重新列为未办结" in supervisor.says(f"退回 {code}，公开的是旧数据"), "a supervisor may still return it"


def test_a_request_for_a_later_date_is_no_report(talk: Talking) -> None:
    liaison = talk("市住房城乡建设局")
    liaison.says("第7项延期到12月20日，原因：招标流标")
    code = liaison.last.entries[0].details["code"]
    supervisor = talk(ledger=liaison.ledger)
    assert "是延期申请" in supervisor.says(f"通过 {code}")
    supervisor.says(f"同意 {code}")
    assert supervisor.entry.kind is EntryKind.EXTENDED


def test_what_was_accepted_stays_done_whatever_the_unit_tells_later(talk: Talking) -> None:
    liaison, code = reported(talk, "市文物局", "第1项已完成")
    supervisor = talk(ledger=liaison.ledger)
    supervisor.says(f"通过 {code}")
    again = talk("市文物局", supervisor.ledger)
    assert "督查员已核定办结，状态没有改变" in again.says("第1项完成80%")
    assert condition(again, 1) is Condition.DONE_LATE


def test_a_code_may_be_asked_about_and_corrected(talk: Talking) -> None:
    liaison, code = reported(talk, "市住房城乡建设局", "第7项完成60%")
    for question in (f"{code} 完成了吗", f"{code} 办结没有", f"{code} 是不是完成了"):
        assert "办理中（60%）" in liaison.says(question)
        assert liaison.stored == [], question
    assert f"“{code} 完成80%”" in liaison.says(f"更正 {code}")
    assert liaison.stored == []
    liaison.says(f"更正 {code} 完成70%")
    assert liaison.entry.details["percent"] == 70


# --- evidence ----------------------------------------------------------------------------------------------------
def test_without_the_evidence_that_is_required_it_is_not_done(talk: Talking) -> None:
    liaison, code = reported(talk, "市文物局", "第1项已完成", evidence="required")
    assert "收到以后才算办结" in liaison.last.text
    assert condition(liaison, 1) is Condition.OVERDUE
    assert waiting(liaison.ledger) == ()
    assert "已转督查员核定" in liaison.says(f"{code} 链接 http://example.gov.cn/1")
    assert condition(liaison, 1) is Condition.REPORTED


def test_what_is_only_wanted_is_asked_for_once(talk: Talking) -> None:
    liaison, _ = reported(talk, "市文物局", "第1项已完成", evidence="wanted")
    assert "没有附链接或材料，可以接着发来补上" in liaison.last.text
    assert condition(liaison, 1) is Condition.REPORTED


def test_a_supervisors_own_word_needs_nobodys_acceptance(talk: Talking) -> None:
    supervisor = talk()
    supervisor.says("第1项已办结")
    assert condition(supervisor, 1) is Condition.DONE_LATE
