"""Several matters, rows or rhythms in one question, and what is not so: asked of the five invented papers."""

from __future__ import annotations

import pytest

from tests.handlers.test_clerks import ask, numbers, table
from tests.handlers.test_followups import Chat


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("社区食堂和农村危房是不是都归民政局牵头", "不全是。"),
        ("社区食堂和农村危房都是市财政局牵头吧", "都不是。"),
    ],
)
def test_a_claim_about_two_matters_is_put_right_for_both(claim: str, verdict: str) -> None:
    told = ask("plan", claim)
    assert told.text.splitlines()[0] == verdict
    assert numbers(told) == ["6", "7"]


def test_of_two_matters_the_one_that_no_paper_has_is_told_to_be_missing() -> None:
    told = ask("plan", "社区食堂和飞机场分别谁牵头")
    assert numbers(told) == ["6"]
    assert told.text.splitlines()[-1] == "（没有找到“飞机场”对应的任务，我不能猜。）"
    assert not ask("plan", "社区食堂和飞机场是不是都归民政局牵头").text.startswith("是的")


@pytest.mark.parametrize(
    ("paper", "text", "right"),
    table("""
    plan | 民政局的任务里，不是10月底截止的是哪项 | 7
    plan | 不在下半年到期的有哪些 | 3 5 9
    plan | 除了年底到期的，还有哪些 | 2 3 4 5 6 7 8 9
    """),
)
def test_what_does_not_fall_due_then_is_asked_for(paper: str, text: str, right: list[str]) -> None:
    told = ask(paper, text)
    assert numbers(told) == right
    assert f"共{len(right)}项" in told.text


def test_a_claim_that_denies_a_day_is_no_list() -> None:
    assert ask("plan", "危房改造不是11月底截止的吗").text.startswith("不是。时限：“11月20日前”")


@pytest.mark.parametrize(
    ("paper", "text", "right"),
    table("""
    deeds | 文旅局牵头、按月做的是哪件 | 4
    deeds | 要求按月或者按季公布的有哪些 | 3 4
    deeds | 哪些实事写了每月、每季度这种周期 | 3 4
    deeds | 时限栏写按月度、季度的有几件 | 4
    plan | 交警支队和住建局同时当配合单位的有哪些 | 4
    plan | 民政局配合住建局的有哪些 | 7
    plan | 住建局独家牵头而且11月20日前要弄完的 | 7
    plan | 财政局跟老人有关的任务 | 6
    plan | 科技局有哪条要出力 | 2
    rectify | 5月份到期的整改问题 | 1-1
    """),
)
def test_rows_are_listed_by_several_conditions(paper: str, text: str, right: list[str]) -> None:
    assert [one for one in numbers(ask(paper, text)) if one != "正文"] == right


def test_the_nodes_of_a_month_are_what_falls_due_in_it() -> None:
    told = ask("plan", "9月份有哪些时间节点要交账")
    assert told.text.startswith("9月份（2025年9月1日至9月30日），到期的任务有2项")


def test_a_total_that_a_unit_is_thought_to_publish_is_no_request_for_a_summary() -> None:
    told = ask("deeds", "午餐配送总体情况是卫健局公布的吧")
    assert told.answer is not None
    assert told.answer.intent == "lead"
    assert numbers(told) == ["3"]


@pytest.mark.parametrize(
    ("text", "right", "head"),
    [
        ("有配合单位的任务有几项", "1 2 3 4 5 6 7 8", "写有配合单位的有8项："),
        ("民政局有配合单位的任务是哪些", "6 7", "市民政局写有配合单位的有2项："),
        ("没有配合单位的任务有哪些", "9", "没有写配合单位的有1项："),
    ],
)
def test_rows_are_asked_for_by_a_role_that_they_print_or_do_not(text: str, right: str, head: str) -> None:
    told = ask("plan", text)
    assert numbers(told) == right.split()
    assert told.text.startswith(head)


def test_how_many_units_have_a_role_in_one_row_is_counted() -> None:
    chat = Chat("plan")
    chat.says("社区食堂谁牵头")
    told = chat.says("配合的一共几家")
    assert told.text.startswith("共2家。市财政局、市卫生健康委员会配合。")
    assert told.answer is not None
    assert told.answer.count == 2
    assert ask("plan", "牵头单位一共有几个").text.startswith("牵头单位共9个")


@pytest.mark.parametrize(
    ("paper", "text", "right"),
    table("""
    ledger | 绿地那两项分别谁负责 | 2.2 2.3
    plan | 民政局那两条分别什么时候完成 | 6 7
    plan | 残联牵头的那一项由谁配合 | 8
    plan | 民政局配合的任务谁牵头 | 7
    plan | 财政局配合的那项是谁牵头的 | 6
    """),
)
def test_the_rows_of_a_subject_or_of_a_unit_are_asked_for_their_units(paper: str, text: str, right: list[str]) -> None:
    assert numbers(ask(paper, text)) == right


def test_who_helps_with_what_a_unit_leads_is_told_and_not_the_list() -> None:
    assert ask("plan", "残联牵头的任务配合单位是谁").text.startswith("市体育局、市教育局配合。")
    assert ask("plan", "民政局配合的任务谁牵头").text.startswith("市住房和城乡建设局牵头。")


def test_the_month_in_which_most_falls_due_is_told_with_the_others() -> None:
    told = ask("plan", "哪个月到期的任务最多")
    assert numbers(told) == ["4", "2"]
    assert told.text.startswith("9月到期的任务最多，2项：")
    assert "其他月份：3月1项、8月1项、10月1项、11月1项、12月1项。" in told.text
    assert ask("rectify", "任务最集中的是几月").text.startswith("5月、6月、10月到期的任务最多，各1项：")
    assert ask("plan", "哪个局任务最多").text.startswith("市财政局、市住房和城乡建设局、市民政局任务最多")


@pytest.mark.parametrize(
    ("text", "right", "head"),
    [
        ("配合单位最多的是哪项", "2 4 6 8", "配合单位最多的有4项，各2家："),
        ("哪一项牵扯的单位最多", "2 4 6 8", "写到的单位最多的有4项，各3家："),
        ("只有一个配合单位的有哪些", "1 3 5 7", "只有一家配合的有4项："),
        ("没写时限的那一项谁牵头", "9", "没有写完成时限的有1项："),
    ],
)
def test_rows_are_told_by_how_many_units_they_name(text: str, right: str, head: str) -> None:
    told = ask("plan", text)
    assert numbers(told) == right.split()
    assert told.text.startswith(head)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("食堂补贴是多大年纪以上才有", "6"),
        ("残疾人运动会是第几届", "8"),
        ("水库要加固几座 渠道清多少公里", "5"),
        ("工信局除了配合还有没有牵头的", ""),
        ("财政局除了牵头的还配合哪些", "6"),
    ],
)
def test_figures_and_roles_beside_one_another(text: str, right: str) -> None:
    assert [one for one in numbers(ask("plan", text)) if one != "正文"] == right.split()


def test_a_day_claimed_of_an_item_is_confirmed_or_put_right() -> None:
    assert ask("plan", "第4项是不是9月10号").text.startswith("是的。时限：“9月10日前”")
    assert ask("plan", "第4项是不是9月底").text.startswith("不是。时限：“9月10日前”")


@pytest.mark.parametrize(
    ("paper", "text", "right"),
    table("""
    deeds | 水利局主责的那件协办有谁 | 1
    deeds | 哪件实事完成得最早 | 2
    ledger | 口袋绿地和断头路谁先完 | 2.2 2.1
    slips | 航空产业专班市委编办参加不 | 1
    """),
)
def test_rows_are_held_against_each_other_and_units_against_rows(paper: str, text: str, right: list[str]) -> None:
    assert numbers(ask(paper, text)) == right


def test_the_rows_of_a_part_are_told_with_who_leads_where_that_is_asked() -> None:
    told = ask("ledger", "绿地这块一共几项 分别谁主办").text
    assert "1) 第2.2项（原文印作2）“新增口袋绿地12处。” 区城市管理局" in told


@pytest.mark.parametrize(
    ("text", "right"), [("7.2%说的是啥", "1"), ("文件里提到70岁的是哪条", "6"), ("420户是干啥的", "7")]
)
def test_the_row_that_states_a_figure_is_found_by_it(text: str, right: str) -> None:
    assert numbers(ask("plan", text)) == [right]


def test_the_leaders_are_told_below_the_total_where_both_are_asked() -> None:
    told = ask("plan", "重点任务一共几项，哪些部门牵头").text.splitlines()
    assert told[0] == "《松坪市2025年政府重点工作任务分解方案》共9项任务，正文另有1项要求。"
    assert told[1].startswith("牵头单位共9个")


@pytest.mark.parametrize(
    ("paper", "text", "head"),
    [
        ("plan", "社区食堂和农村危房哪个先到期", "先到期的是第6项。"),
        ("ledger", "口袋绿地和断头路哪个后完成", "后到期的是第2.2项（原文印作2）。"),
    ],
)
def test_which_of_two_falls_due_first_is_said_before_both(paper: str, text: str, head: str) -> None:
    assert ask(paper, text).text.splitlines()[0] == head


def test_two_deeds_are_named_by_their_places() -> None:
    assert numbers(ask("deeds", "第1件和第3件牵头单位分别是谁")) == ["1", "3"]


def test_a_window_behind_what_a_unit_leads_is_kept() -> None:
    assert numbers(ask("plan", "民政局牵头的里面10月底前要完的")) == ["6"]


def test_what_somebody_remembers_is_confirmed_or_put_right() -> None:
    assert ask("plan", "社区食堂那条我记得是财政局负责").text.startswith("不是财政局。市民政局牵头。")
    assert ask("plan", "社区食堂那条我记得是民政局牵头").text.startswith("是的。")


def test_who_works_with_a_unit_on_a_matter_is_told_without_it() -> None:
    told = ask("plan", "社区食堂哪几家跟民政局一块干")
    assert told.answer is not None
    assert told.answer.units == ("市财政局", "市卫生健康委员会")


@pytest.mark.parametrize(
    ("paper", "text", "right"),
    table("""
    rectify | 交通局作责任单位的问题列给我 | 2-1
    plan | 民政局有哪些食堂任务 | 6
    plan | shequ shitang na tian daoqi | 6
    """),
)
def test_more_ways_to_ask_for_what_a_unit_has_to_do(paper: str, text: str, right: list[str]) -> None:
    assert [one for one in numbers(ask(paper, text)) if one != "正文"] == right


def test_a_weekly_report_is_asked_for_as_one_asks_a_colleague() -> None:
    told = ask("plan", "周报给我一份")
    assert told.answer is not None
    assert told.answer.intent == "weekly_summary"


def test_a_subject_that_narrows_nothing_is_told_to_have_narrowed_nothing() -> None:
    told = ask("plan", "民政局有哪些养老任务").text
    assert told.splitlines()[-1] == "（没听出哪几项与“养老”有关，以上是全部。）"
    assert "没听出" not in ask("plan", "民政局有哪些食堂任务").text


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("民政局10月底前要交哪几项", "6"),
        ("民政局在几个文件里都领了啥任务", "6 7"),
    ],
)
def test_what_a_unit_has_to_hand_in_or_took_on_is_a_list(text: str, right: str) -> None:
    assert [one for one in numbers(ask("plan", text)) if one != "正文"] == right.split()


def test_the_rows_of_a_paper_are_counted_by_what_it_calls_itself() -> None:
    assert ask("rectify", "整改清单一共多少个项目").text.startswith("《望港区环境保护督察反馈问题整改清单》共4项任务")
    assert ask("plan", "社区食堂我印象里是财政局牵头的，没记错吧").text.startswith("不是财政局。市民政局牵头。")


def test_where_no_paper_prints_a_leader_what_a_unit_leads_is_what_it_answers_for() -> None:
    told = ask("rectify", "区住建局牵头整改哪些问题")
    assert numbers(told) == ["1-1", "1-2"]
    assert told.text.startswith("区住房建设局（您说的区住建局）作为责任单位共2项：")
