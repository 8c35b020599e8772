"""Questions with former names, signs and merged bureaux: found under the name of their time, and told why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from handlers import handle
from handlers.message import Outcome
from knowledge.ledger import Ledger
from knowledge.model import Assignment, Document, Duty, Message, Place, Role
from knowledge.register import Register
from knowledge.shares import holder_of
from scheduler.calendar import WorkCalendar
from scheduler.policy import SHANGHAI
from tests.knowledge.rosters import with_roster


def plan(year: int, town: str, *leads: str) -> tuple[Document, tuple[Assignment, ...]]:
    id = f"{town}{year}"
    document = Document(
        id, f"{town}{year}年重点工作分工方案", f"{id}.txt", id, issued=date(year, 3, 1), year=year, locality=town
    )
    rows = tuple(
        Assignment(
            f"{id}-{n}", id, str(n), str(n), (), f"做好第{n}方面工作。", "", Place(line=n), (Duty(unit, Role.LEAD),)
        )
        for n, unit in enumerate(leads, 1)
    )
    return document, rows


def register(*plans: tuple[Document, tuple[Assignment, ...]], roster: str = "") -> Register:
    documents, rows = zip(*plans, strict=True)
    lexicon = with_roster(roster) if roster else None
    return replace(Register(1, documents, tuple(one for part in rows for one in part)), lexicon=lexicon)


def say(text: str, over: Register) -> Outcome:
    return handle(Message(text), over, Ledger(), datetime(2026, 7, 30, 9, tzinfo=SHANGHAI), WorkCalendar())


def given(outcome: Outcome) -> set[str]:
    return set(outcome.answer.assignments) if outcome.answer else set()


YEARS = register(
    plan(2017, "云溪市", "市国土资源局", "市工商局", "市旅游局"),
    plan(2026, "云溪市", "市自然资源和规划局", "市市场监管局", "市文化和旅游局", "市农业农村局", "市委宣传部"),
)


def test_an_old_name_finds_the_new_units_rows_and_those_of_its_own_time() -> None:
    outcome = say("国土局牵头哪些任务", YEARS)
    assert given(outcome) == {"云溪市2017-1", "云溪市2026-1"}
    assert "国土资源局的职能2018年起归自然资源局（2018年深化党和国家机构改革方案）" in outcome.text
    assert "另有一部分归生态环境局、农业农村局、应急管理局，可以另问" in outcome.text


def test_a_new_name_finds_the_rows_of_its_predecessors() -> None:
    outcome = say("市场监管局牵头哪些任务", YEARS)
    assert given(outcome) == {"云溪市2017-2", "云溪市2026-2"}
    assert say("旅游局有哪些任务", YEARS).text.count("云溪市") >= 2


def test_a_unit_that_is_no_more_is_refused_with_what_became_of_it() -> None:
    outcome = say("扶贫办牵头什么任务", register(plan(2026, "云溪市", "市财政局")))
    assert given(outcome) == set()
    assert "扶贫开发办公室的职能2021年起归乡村振兴局，2023年起归农业农村局" in outcome.text


def test_only_a_part_of_its_work_is_no_silent_answer() -> None:
    outcome = say("国土局牵头什么任务", register(plan(2026, "云溪市", "市农业农村局")))
    assert given(outcome) == set()
    assert "其中文件里写到的有市农业农村局，可以问它的任务" in outcome.text


def test_a_sign_and_a_merged_bureau_are_answered_with_a_caution() -> None:
    assert "加挂的牌子" in say("政府新闻办牵头什么任务", YEARS).text
    merged = say("文体局牵头什么任务", register(plan(2026, "云溪县", "县文化和旅游局", "县财政局")))
    assert "没有单独写“文体局”" in merged.text


def test_two_towns_are_never_mixed() -> None:
    both = register(plan(2017, "云溪市", "市环保局"), plan(2026, "松陵市", "市生态环境局"))
    assert given(say("松陵市生态环境局有哪些任务", both)) == {"松陵市2026-1"}
    assert given(say("云溪市的环保局有哪些任务", both)) == {"云溪市2017-1"}


ROSTER = """
[名册.县教育和科学技术局]
小教局 = { 类 = "简称", 据 = "云办发〔2019〕3号" }
县教育局 = { 类 = "曾用名", 止 = "2019-03-20" }
"""


@pytest.mark.parametrize("said", ["小教局", "县教育和科学技术局", "教科局"])
def test_the_offices_roster_answers_for_its_own_units(said: str) -> None:
    over = register(
        plan(2018, "云溪县", "县教育局", "县财政局"), plan(2026, "云溪县", "县教育科技局", "县财政局"), roster=ROSTER
    )
    assert given(say(f"{said}牵头哪些任务", over)) == {"云溪县2018-1", "云溪县2026-1"}


def test_a_former_name_of_the_roster_is_told_with_its_last_day() -> None:
    over = register(plan(2026, "云溪县", "县教育科技局"), roster=ROSTER)
    outcome = say("县教育局牵头哪些任务", over)
    assert given(outcome) == {"云溪县2026-1"}
    assert "“县教育局”是县教育和科学技术局的曾用名，用到2019年3月20日（本机构名册）" in outcome.text


def test_a_merged_bureau_reports_for_nobody_else_until_the_roster_says_so() -> None:
    plans = (plan(2026, "云溪县", "县教育局", "县财政局"),)
    assert holder_of("县教科局", register(*plans)).names == ()
    roster = '[名册.县教育和科学技术局]\n教科局 = "简称"\n县教育局 = { 类 = "曾用名", 止 = 2019 }\n'
    assert holder_of("县教科局", register(*plans, roster=roster)).names == ("县教育局",)
