"""What is asked of an assignment with several dates is told with what is to be reached by each."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from handlers import handle
from handlers.message import Outcome
from knowledge.ledger import Ledger
from knowledge.model import Assignment, Message, Turn
from knowledge.parsing import parse
from knowledge.reading.reading import Reading
from knowledge.register import Register
from scheduler.calendar import WorkCalendar
from scheduler.policy import SHANGHAI
from tests.knowledge.parsing.test_tables import table, title


@pytest.fixture(scope="module")
def register() -> Register:
    rows = table(
        "序号|项目名称|一季度|二季度|四季度|牵头单位",
        "1|改造灌溉渠系|完成招标|开挖渠道30公里|全线通水|县水利局",
        "2|建设粮食烘干房|—|主体封顶|—|县农业农村局",
    )
    other = table(
        "序号|工作任务|完成时限|牵头单位", "3|更新路灯|5月底前完成城东片；6月底前完成城西片|县城管局", number=2
    )
    blocks = (title("石溪县2026年重点项目推进计划"), *rows, *other)
    return Register().filed(parse(Reading("xlsx", blocks), "x", "0" * 64))[0]


NOW = datetime(2026, 5, 20, 9, tzinfo=SHANGHAI)


def say(register: Register, text: str, ledger: Ledger | None = None) -> str:
    return handle(Message(text), register, ledger or Ledger(), NOW, WorkCalendar()).text


def test_a_list_of_what_falls_due_says_what_is_to_be_reached_by_the_day(register: Register) -> None:
    told = say(register, "二季度有哪些任务到期")
    assert "6月30日（二季度：开挖渠道30公里），县水利局" in told
    assert "5月31日（5月底前完成城东片）、6月30日（6月底前完成城西片），县城管局" in told


def test_a_row_with_one_date_only_names_the_day(register: Register) -> None:
    assert "6月30日，县农业农村局" in say(register, "二季度有哪些任务到期")


def test_how_far_a_matter_is_to_be_in_a_quarter_is_told_beside_what_was_reported(register: Register) -> None:
    told = say(register, "灌溉渠系改造二季度要做到哪一步").splitlines()
    assert told[1] == "这段时间要做到：“二季度：开挖渠道30公里”（6月30日）。"


def test_when_a_matter_is_due_names_every_date_with_its_words(register: Register) -> None:
    told = say(register, "灌溉渠系什么时候完成")
    assert "“一季度：完成招标”，即2026年3月31日" in told
    assert "“四季度：全线通水”，即2026年12月31日" in told


def test_a_report_of_one_stage_is_confirmed_and_told_as_such(register: Register) -> None:
    report = Message("第1项二季度已完成", unit="县水利局", role="liaison")
    confirmed = handle(report, register, Ledger(), NOW, WorkCalendar())
    assert "（二季度：开挖渠道30公里）已办结" in confirmed.text
    told = say(register, "第1项办到哪一步了", Ledger().plus(*confirmed.entries))
    assert "县水利局报告“二季度：开挖渠道30公里”已办结" in told


@pytest.mark.parametrize(
    ("text", "goal"),
    [
        ("灌溉渠系改造二季度的目标是什么", "要做到：“二季度：开挖渠道30公里”（6月30日）。"),
        ("灌溉渠系二季度开挖几公里", "要做到：“二季度：开挖渠道30公里”（6月30日）。"),
        ("第2项上半年目标", "要做到：“二季度：主体封顶”（6月30日）。"),
        ("灌溉渠系年底要达到什么目标", "要做到：“四季度：全线通水”（12月31日）。"),
        ("水利局灌溉渠系四季度要达到什么目标", "要做到：“四季度：全线通水”（12月31日）。"),
    ],
)
def test_the_goal_of_a_stretch_is_told_alone(register: Register, text: str, goal: str) -> None:
    assert say(register, text).splitlines()[0].endswith(goal)


def test_a_stretch_for_which_no_goal_is_written_is_told_so_with_those_that_are(register: Register) -> None:
    told = say(register, "灌溉渠系三季度的目标是什么").splitlines()
    assert told[0] == (
        "文件没有写这一项三季度要做到什么，写了的是：“一季度：完成招标”（3月31日）；“二季度：开挖渠道30公里”（6月30日）；"
        "“四季度：全线通水”（12月31日）。"
    )


def test_a_row_without_stages_is_not_given_out_for_the_goal_of_a_quarter(register: Register) -> None:
    asked = Message("第2项三季度的目标是什么")
    register = replace(register, assignments=tuple(_dateless(one) for one in register.assignments))
    told = handle(asked, register, Ledger(), NOW, WorkCalendar()).text
    assert told.startswith("文件没有单写这一项三季度要做到什么，只写了总的要求，也没有写时限。")


def _dateless(one: Assignment) -> Assignment:
    return replace(one, text="建设粮食烘干房。", deadlines=()) if one.number == "2" else one


def test_another_quarter_and_another_matter_are_asked_about_in_a_word(register: Register) -> None:
    first = say(register, "灌溉渠系二季度的目标")
    turns = (Turn("灌溉渠系二季度的目标"), Turn(first, by_bot=True))
    quarter = handle(Message("四季度呢", turns=turns), register, Ledger(), NOW, WorkCalendar()).text
    assert "“四季度：全线通水”" in quarter.splitlines()[0]
    other = handle(Message("粮食烘干房呢", turns=turns), register, Ledger(), NOW, WorkCalendar()).text
    assert "“二季度：主体封顶”" in other.splitlines()[0]


@pytest.mark.parametrize("text", ["各项目二季度目标是什么", "二季度目标有哪些", "二季度各单位的目标"])
def test_the_goals_of_all_are_a_list(register: Register, text: str) -> None:
    told = say(register, text)
    assert "到期的任务有3项" in told
    assert "（二季度：开挖渠道30公里）" in told


def test_a_stage_that_speaks_of_half_answers_when_half_is_done() -> None:
    rows = table(
        "序号|工作任务|完成时限|牵头单位",
        "1|清偿拖欠账款|7月底前完成一半；12月10日前全部清偿|县财政局",
        "2|培训企业负责人|上半年完成60%；年底前全部完成|县应急局",
    )
    filed = Register().filed(parse(Reading("xlsx", (title("石溪县2026年账款清偿计划"), *rows)), "x", "1" * 64))[0]
    assert say(filed, "账款清偿什么时候过半").startswith("过半的时限：“7月底前完成一半”，即2026年7月31日")
    assert say(filed, "企业负责人培训过半是几月").startswith("过半的时限：“上半年完成60%”")


def _supervisor(register: Register, text: str) -> Outcome:
    return handle(Message(text, role="supervisor", sender="督查员"), register, Ledger(), NOW, WorkCalendar())


def test_which_of_several_stages_is_to_be_later_is_asked(register: Register) -> None:
    asked = _supervisor(register, "第1项延期到2027年1月20日")
    assert not asked.entries
    assert "有几个时限：“一季度：完成招标”；“二季度：开挖渠道30公里”；“四季度：全线通水”。" in asked.text
    assert "例如“第1项一季度延期到9月15日”" in asked.text


def test_the_stage_that_is_named_is_moved(register: Register) -> None:
    told = _supervisor(register, "第1项二季度延期到7月20日")
    assert "期限由2026年6月30日（星期二）改为2026年7月20日" in told.text
    assert told.entries


def test_the_only_stage_before_the_day_asked_for_is_moved(register: Register) -> None:
    assert "由2026年3月31日（星期二）改为2026年5月30日" in _supervisor(register, "第1项延期到5月30日").text


def test_a_supervisor_is_told_how_dates_are_changed(register: Register) -> None:
    told = _supervisor(register, "第1项时限改为8月底前")
    assert not told.entries
    assert "“第3项延期到9月15日”" in told.text
    assert "“第3项延期到9月15日”" not in say(register, "第1项时限改为8月底前")
