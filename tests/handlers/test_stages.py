"""Of an assignment with several dates the one that is asked for is told."""

from __future__ import annotations

from datetime import datetime

import pytest

from handlers import handle
from handlers.message import Outcome
from knowledge.ledger import Ledger
from knowledge.model import Message, Turn
from knowledge.parsing import parse
from knowledge.reading.reading import Reading
from knowledge.register import Register
from scheduler.calendar import WorkCalendar
from scheduler.policy import SHANGHAI
from tests.knowledge.parsing.test_tables import table, title

NOW = datetime(2025, 3, 3, 9, tzinfo=SHANGHAI)


@pytest.fixture(scope="module")
def register() -> Register:
    plan = table(
        "序号|项目名称|第一季度|第二季度|第三季度|第四季度|完成时限|责任单位",
        "1|竹溪车站改造|完成桩基|站房施工|月台贯通|竣工验收|2025年12月15日前投入运营|县交通运输局",
        "2|磨盘山风电前期|完成立项|进山道路开工|测风塔安装|提交可研报告||县发展改革局",
        "3|荷塘公园|苗木采购|栈桥施工|栈桥贯通|观景台投用|9月20日前栈桥开放，12月10日前观景台投用|县林业局",
    )
    mending = table(
        "序号|整改措施|整改时限|责任单位",
        "4|对9条沟渠开展清淤、补水和管护移交|4月底前完成清淤；7月底前完成补水；10月底前完成管护移交|县水利局",
        "5|新建柳巷、桑园两座消防站。柳巷消防站5月底前开工，桑园消防站10月底前建成投勤。|11月底前|县消防救援大队",
        "6|普查地下管线。3月底前完成资料收集，8月底前完成探测。|2025年底前|县住建局",
        "7|更换老旧水管。其中，城东片5月底前完成，城西片8月底前完成。|2025年8月底前|县供水公司",
        "8|制定水价管理办法，4月底前征求意见，6月底前印发实施。||县发展改革局",
        "9|搬迁临江仓库，拆除违规棚架|4月底前拆除棚架，8月底前完成搬迁|县应急局",
        number=2,
    )
    blocks = (title("竹溪县2025年重点项目推进计划"), *plan, *mending)
    return Register().filed(parse(Reading("xlsx", blocks), "x", "0" * 64))[0]


def ask(register: Register, text: str) -> Outcome:
    return handle(Message(text), register, Ledger(), NOW, WorkCalendar())


@pytest.mark.parametrize(
    ("question", "dates"),
    [
        ("竹溪车站什么时候投入运营", ["2025-12-15"]),
        ("竹溪车站月台什么时候贯通", ["2025-09-30"]),
        ("荷塘公园栈桥什么时候开放", ["2025-09-20"]),
        ("荷塘公园栈桥什么时候贯通", ["2025-09-30"]),
        ("荷塘公园栈桥和观景台分别什么时候投用", ["2025-09-20", "2025-12-10"]),
        ("磨盘山风电进山道路几时开工", ["2025-06-30"]),
        ("沟渠清淤和管护移交分别什么时候完成", ["2025-04-30", "2025-10-31"]),
        ("沟渠什么时候清淤", ["2025-04-30"]),
        ("柳巷消防站什么时候开工", ["2025-05-31"]),
        ("桑园消防站什么时候投入执勤", ["2025-10-31"]),
        ("地下管线普查的资料收集什么时候完成", ["2025-03-31"]),
        ("城西片老旧水管什么时候换完", ["2025-08-31"]),
        ("城东、城西片分别什么时候换完水管", ["2025-05-31", "2025-08-31"]),
        ("水价管理办法什么时候印发", ["2025-06-30"]),
        ("临江仓库什么时候搬完", ["2025-08-31"]),
        ("违规棚架什么时候拆", ["2025-04-30"]),
    ],
)
def test_the_date_of_what_is_to_be_reached_is_told_alone(register: Register, question: str, dates: list[str]) -> None:
    answer = ask(register, question).answer
    assert answer is not None
    assert list(answer.dates) == dates
    assert len(answer.assignments) == 1


def test_a_date_that_begins_a_sentence_is_that_of_what_the_sentence_alone_speaks_of() -> None:
    row = "1|健全档案移交制度，年内完成馆藏清点。2025年9月20日前，各镇要对照样本梳理账册，编印村级财务公开目录。|6月底前|县档案馆"
    blocks = (title("竹溪县2025年档案工作分工表"), *table("序号|任务|完成时限|责任单位", row))
    plan = Register().filed(parse(Reading("xlsx", blocks), "x", "0" * 64))[0]
    told = ask(plan, "村级财务公开目录几号前要编出来")
    assert told.answer is not None
    assert told.answer.dates == ("2025-09-20",)
    assert "“2025年9月20日前，各镇要对照样本梳理账册，编印村级财务公开目录" in told.text
    assert "馆藏清点" not in told.text


def test_the_whole_is_due_on_its_own_date_to_which_the_others_lead(register: Register) -> None:
    told = ask(register, "地下管线普查什么时候完成")
    assert told.answer is not None
    assert told.answer.dates == ("2025-12-31",)
    assert "8月底前完成探测" in told.text


def test_an_end_that_is_dated_nowhere_is_said_to_be_so_and_no_date_told(register: Register) -> None:
    told = ask(register, "磨盘山风电什么时候竣工")
    assert told.answer is not None
    assert told.answer.dates == ()
    assert told.text.startswith("文件没有写竣工的时间，写了的节点是：“第一季度：完成立项”、")


def test_all_dates_are_told_where_none_is_singled_out(register: Register) -> None:
    answer = ask(register, "9条沟渠的整改时限").answer
    assert answer is not None
    assert answer.dates == ("2025-04-30", "2025-07-31", "2025-10-31")


def test_what_a_quarter_asks_for_is_told_of_a_plan_that_also_says_when_the_whole_is_due(register: Register) -> None:
    told = ask(register, "竹溪车站二季度要干到什么程度").text
    assert "这段时间要做到：“第二季度：站房施工”（6月30日）。" in told
    assert ask(register, "荷塘公园一季度干什么").text.startswith(
        "一季度（2025年1月1日至3月31日）要做到：“第一季度：苗木采购”"
    )


def test_a_quarter_without_a_year_is_one_of_the_year_that_the_plan_is_about(register: Register) -> None:
    later = datetime(2026, 2, 2, 9, tzinfo=SHANGHAI)
    told = handle(Message("荷塘公园三季度要达到什么进度"), register, Ledger(), later, WorkCalendar()).text
    assert "“第三季度：栈桥贯通”（9月30日）" in told
    own = handle(Message("今年三季度荷塘公园干什么"), register, Ledger(), later, WorkCalendar()).text
    assert own.startswith("文件没有写这一项三季度要做到什么")


def test_the_days_of_all_steps_are_told_when_asked_how_many_there_are(register: Register) -> None:
    answer = ask(register, "9条沟渠整改几个节点时间是什么").answer
    assert answer is not None
    assert answer.dates == ("2025-04-30", "2025-07-31", "2025-10-31")


def test_a_step_and_the_end_of_one_matter_are_no_two_matters(register: Register) -> None:
    answer = ask(register, "地下管线普查，探测和最后完成分别是什么时候").answer
    assert answer is not None
    assert len(answer.assignments) == 1
    assert answer.dates == ("2025-08-31", "2025-12-31")


@pytest.fixture(scope="module")
def renewal() -> Register:
    rows = table(
        "序号|工作任务|牵头单位|责任单位|完成时限",
        "1|改造梧桐里街区|区住建局|区城管局、各街道|2025年11月底前",
        "2|整治背街小巷|区城管局|区供电公司、各街道|2025年10月底前",
        "3|增设充电端口|区消防救援大队|区供电公司、各街道|2025年7月底前",
        "4|普查地下管线|区住建局|区水务局|2025年10月15日前",
    )
    blocks = (title("云汀区2025年城市更新任务分工表"), *rows)
    return Register().filed(parse(Reading("xlsx", blocks), "x", "0" * 64))[0]


def after(register: Register, text: str, asked: str, told: str) -> Outcome:
    turns = (Turn(asked), Turn(told, by_bot=True))
    return handle(Message(text, turns=turns), register, Ledger(), NOW, WorkCalendar())


def items(register: Register, outcome: Outcome) -> list[str]:
    assert outcome.answer is not None
    return [str(one.number) for key in outcome.answer.assignments if (one := register.assignment(key))]


def test_what_a_unit_does_together_with_all_streets_is_listed(renewal: Register) -> None:
    assert items(renewal, ask(renewal, "区供电公司和各街道一起承担的有哪些")) == ["2", "3"]
    assert items(renewal, ask(renewal, "区城管局与各街道一起承担的任务是哪项")) == ["1", "2"]
    assert items(renewal, ask(renewal, "各街道和区供电公司一起负责的")) == ["2", "3"]


def test_only_the_month_that_is_named_last_is_looked_at(renewal: Register) -> None:
    assert items(renewal, ask(renewal, "十月底前到期的有哪些，只看10月的")) == ["4", "2"]


def test_the_next_number_is_asked_the_same_as_the_one_before(renewal: Register) -> None:
    told = after(renewal, "第二项呢？", "第一项谁牵头", "第1项由区住建局牵头。")
    assert items(renewal, told) == ["2"]
    assert told.text.startswith("区城管局牵头。")
    assert after(renewal, "那3项呢", "第一项什么时候完成", "第1项2025年11月30日到期。").text.startswith(
        "时限：“2025年7月底前”"
    )


def test_what_else_the_unit_leads_is_told_of_who_was_named_as_the_leader(renewal: Register) -> None:
    told = after(renewal, "他们还有别的牵头任务吗", "梧桐里谁牵头", "区住建局牵头，区城管局、各街道负责。")
    assert items(renewal, told) == ["1", "4"]


def test_when_a_step_is_due_is_asked_of_what_was_named_last(register: Register) -> None:
    told = after(register, "那什么时候投入运营", "竹溪车站谁负责", "第1项由县交通运输局负责。")
    assert told.answer is not None
    assert told.answer.dates == ("2025-12-15",)


def test_who_and_when_are_told_of_what_was_named_last(renewal: Register) -> None:
    told = after(renewal, "那责任单位是哪家，什么时间段？", "第四项讲什么", "第4项：普查地下管线。")
    assert told.answer is not None
    assert told.answer.units == ("区水务局",)
    assert told.answer.dates == ("2025-10-15",)


def test_projects_that_are_to_be_there_are_listed_without_those_that_only_reach_a_step(register: Register) -> None:
    told = ask(register, "9月底前完成的项目有哪些")
    assert items(register, told) == ["4", "8", "9", "7", "3"]
    assert "另有3项这段时间只到阶段节点、不在内" in told.text
    assert items(register, ask(register, "年底前竣工的项目有哪些")) == ["4", "8", "9", "7", "3", "5", "1", "6"]


def test_what_a_unit_answers_for_is_not_what_it_helps_others_with(renewal: Register) -> None:
    rows = table(
        "序号|项目名称|责任单位|配合单位|完成时限",
        "1|柳湾水厂|县水务局|县林业局|年底前",
        "2|东堤湿地|县林业局|县水务局|10月底前",
        "3|乌岭林场|县林业局||9月底前",
        "4|城北站|县交通局|县公安局|9月底前",
    )
    plan = Register().filed(parse(Reading("xlsx", (title("柳湾县2025年项目表"), *rows)), "x", "0" * 64))[0]
    told = ask(plan, "县林业局负责几个项目")
    assert told.answer is not None
    assert told.answer.count == 2
    assert told.text.startswith("县林业局负责共2项：")
    assert items(plan, ask(plan, "县公安局负责哪些项目")) == ["4"]
    assert items(plan, ask(plan, "县林业局涉及哪些项目")) == ["1", "2", "3"]


def test_projects_are_listed_by_the_step_that_they_take_in_a_quarter(register: Register) -> None:
    assert items(register, ask(register, "二季度开工的项目有哪些")) == ["2"]
    assert ask(register, "年底前通车的项目有哪些").text.endswith("没有写要通车的项目。")


def test_a_town_that_is_called_as_its_county_is_a_unit() -> None:
    rows = table(
        "序号|项目名称|责任单位|配合单位|完成时限",
        "1|柳湾水厂|县水务局|柳湾镇政府|年底前",
        "2|集市改造|县商务局|各乡镇政府|9月底前",
    )
    plan = Register().filed(parse(Reading("xlsx", (title("柳湾县2025年项目表"), *rows)), "x", "0" * 64))[0]
    assert items(plan, ask(plan, "柳湾镇政府配合什么项目")) == ["1"]
