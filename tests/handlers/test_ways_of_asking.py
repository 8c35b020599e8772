"""Ways of asking that a phone brings: of two units, in words of the street, for the item that says so; asked of the invented papers."""

from __future__ import annotations

from datetime import date

import pytest

from tests.handlers.test_clerks import ask, numbers, table
from tests.handlers.test_followups import Chat


@pytest.mark.parametrize(
    ("paper", "text", "right"),
    table("""
    plan | 社区食堂是民政牵头还是财政牵头 | 市民政局
    plan | 社区食堂归民政局还是住建局 | 市民政局
    plan | 技改奖补到底算财政的还是工信的 | 市财政局
    plan | 竹制品检测中心，市场监管局管还是科技局管 | 市市场监督管理局
    deeds | 路灯由供电公司还是城管局负责 | 县城市管理局
    """),
)
def test_of_two_units_that_are_named_the_one_whose_it_is_is_told(paper: str, text: str, right: list[str]) -> None:
    assert list(ask(paper, text).answer.units) == right


def test_two_things_that_are_no_units_are_no_question_for_units() -> None:
    assert not ask("plan", "社区食堂要带身份证还是户口本").answer.assignments
    assert ask("plan", "南津大桥是9月还是11月恢复通行").answer.dates == ("2025-09-10",)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("社区食堂民政局牵头，另外哪俩部门配合", ["市财政局", "市卫生健康委员会"]),
        ("危房改造住建局牵头，还要拉上哪些局", ["市民政局"]),
        ("社区食堂民政局带着谁一块干", ["市财政局", "市卫生健康委员会"]),
        ("社区食堂，帮民政局打下手的是哪些", ["市财政局", "市卫生健康委员会"]),
    ],
)
def test_behind_a_unit_that_leads_the_others_are_asked_for(text: str, right: list[str]) -> None:
    assert list(ask("plan", text).answer.units) == right


@pytest.mark.parametrize(
    ("paper", "text", "right"),
    table("""
    plan | 11月里要收尾的项目，帮捋一下 | 7
    plan | 9月里卡着日子要完成的给我拉个单 | 4 2
    plan | 财政局不管牵头还是配合，沾边的全列出来 | 3 6
    plan | 财政局都要干点啥，给我列个单子 | 3 6
    plan | 民政局在里头有没有事 | 6 7
    """),
)
def test_lists_are_asked_for_in_words_of_the_street(paper: str, text: str, right: list[str]) -> None:
    assert [one for one in numbers(ask(paper, text)) if one != "正文"] == right


def test_numbers_are_asked_for_in_words_of_the_street() -> None:
    assert ask("plan", "这个方案拢共多少条").answer.count == 9
    assert ask("plan", "财政局占几项，连牵头带配合").answer.count == 2
    assert ask("plan", "民政局挂帅的有几项").answer.count == 1


def test_what_is_overdue_without_a_sign_is_a_list_of_what_is_overdue() -> None:
    late = date(2025, 9, 12)
    plainly = numbers(ask("plan", "逾期的有哪些", today=late))
    assert numbers(ask("plan", "哪些过了期还没动静", today=late)) == plainly != []
    assert numbers(ask("plan", "拖期的拎出来我看看", today=late)) == plainly


def test_the_day_of_the_week_that_is_said_is_no_window() -> None:
    told = ask("plan", "周五了，出个本周小结", today=date(2025, 9, 12), role="supervisor")
    assert told.text.startswith("【一周情况】2025年9月8日（星期一）至9月14日（星期日）")


@pytest.mark.parametrize("text", ["群里现在能查哪几份材料", "你肚子里装了哪几个城市的文件", "本群绑的是哪份文件"])
def test_which_papers_can_be_asked_is_told(text: str) -> None:
    told = ask("plan", text)
    assert told.answer.intent == "document_list"
    assert "松坪市2025年政府重点工作任务分解方案" in told.text


def test_a_named_company_behind_a_list_of_another_unit_is_asked_about() -> None:
    chat = Chat("deeds")
    chat.says("教育局有几项任务")
    assert chat.says("那供电公司呢").answer.units == ("县供电公司",)


def test_how_far_something_is_changed_is_no_order_to_change_it() -> None:
    told = ask("plan", "农村危房改到哪一步了")
    assert (told.answer.intent, numbers(told)) == ("progress_query", ["7"])


def test_a_telephone_that_is_answered_is_no_question_for_its_number() -> None:
    assert ask("plan", "食堂的事接老人的电话，哪一条提到了").answer.intent == "task_detail"
    assert not ask("plan", "民政局电话多少").answer.answered


def test_a_mistake_on_a_site_that_somebody_is_to_see_to_is_no_report() -> None:
    assert ask("plan", "食堂的菜单写错字，谁来管").answer.intent == "lead"


def test_what_the_bot_is_asked_to_write_down_is_no_event() -> None:
    told = ask(
        "ledger",
        "柳荫路昨天打通了，三条断头路全部完成，请登记",
        role="liaison",
        unit="区城建公司",
        today=date(2025, 9, 2),
    )
    assert [(entry.assignment, entry.kind) for entry in told.entries] == [("ledger-2.1", "reported")]


def test_a_reason_told_first_is_no_subject_of_a_report() -> None:
    told = ask(
        "plan", "受连阴雨影响，南津大桥加固要晚半个月", role="liaison", unit="市交通运输局", today=date(2025, 9, 2)
    )
    assert [(entry.assignment, entry.details["status"]) for entry in told.entries] == [("plan-4", "delayed")]


def test_which_item_says_something_is_told_when_it_is_said_in_other_words() -> None:
    assert numbers(ask("plan", "让老人吃饭便宜点，说的是哪条")) == ["6"]


def test_whether_a_time_limit_is_printed_is_asked_in_words_of_the_street() -> None:
    told = ask("plan", "义务监督员那条，文件里限了日子没")
    assert (told.answer.intent, numbers(told)) == ("deadline", ["9"])
    assert "没有写明完成时限" in told.text


def test_what_is_counted_on_behind_the_first_item_is_the_second() -> None:
    chat = Chat("plan")
    assert chat.says("第一个任务是什么").text.startswith("第1项：")
    assert chat.says("第二个呢").text.startswith("第2项：")


def test_our_county_is_who_speaks_for_its_government() -> None:
    told = ask("deeds", "我镇要做的有哪些", unit="白石镇人民政府")
    assert not told.answer.units or told.answer.units == ("白石镇人民政府",)
    assert "市财政局" not in ask("plan", "我市要做的有哪些", unit="市财政局").answer.units


@pytest.mark.parametrize("text", ["六十七项具体内容", "67条现在什么进度", "67项几号到期"])
def test_an_item_is_named_by_its_number_alone(text: str) -> None:
    assert "67" in ask("plan", text).text


def test_how_many_parts_a_paper_has_is_told_with_their_headings() -> None:
    told = ask("plan", "这个方案分几大块")
    assert told.answer.count == 3
    assert told.text.startswith(
        "《松坪市2025年政府重点工作任务分解方案》分3个部分：一、产业发展（3项）；二、交通水利（2项）；"
    )
    assert ask("plan", "社区食堂分几大类").answer.count is None


def test_a_part_that_a_paper_does_not_have_is_no_item() -> None:
    assert not ask("plan", "第八部分讲啥").answer.answered


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("社区食堂涉及哪些单位", {"市民政局", "市财政局", "市卫生健康委员会"}),
        ("社区食堂民政局牵头，底下配合的是？", {"市财政局", "市卫生健康委员会"}),
        ("社区食堂这块民政还是住建牵头", {"市民政局"}),
    ],
)
def test_who_is_concerned_below_and_of_two(text: str, right: set[str]) -> None:
    assert set(ask("plan", text).answer.units) == right


def test_a_lost_password_is_a_trouble_and_no_intrusion() -> None:
    told = ask("plan", "技改奖补遇到麻烦，系统密码没人知道，进不去", role="liaison", unit="市财政局")
    assert [(entry.assignment, entry.details["status"]) for entry in told.entries] == [("plan-3", "problem")]
    assert ask("plan", "把后台密码发我").answer.intent == "unanswerable"


def test_what_is_added_on_a_name_and_on_a_number_is_no_subject() -> None:
    assert numbers(ask("plan", "民政局那边（现在叫民政和社工局了）要做的列一下")) == ["6", "7"]
    assert ask("plan", "财政局当牵头的数一数有几个").answer.count == 1


@pytest.mark.parametrize(
    "said",
    [
        "有没有滞后",
        "是不是还没开始",
        "过半没有",
        "有没有眉目",
        "整利索没有",
        "是绿灯还是黄灯",
        "现在亮什么灯",
        "卡壳没有",
        "搞到么样了",
        "现在什么光景",
        "最近报的是啥",
        "这周有啥新进展",
        "的情况更新一下",
        "弄完了不",
        "赶得上吗",
        "目前处于什么阶段",
        "实施情况如何",
        "是否已完成",
        "是否如期推进",
    ],
)
def test_how_far_one_matter_is_is_asked_in_many_words(said: str) -> None:
    told = ask("plan", f"农村危房改造{said}")
    assert (told.answer.intent, told.answer.answered, numbers(told)) == ("progress_query", True, ["7"])
    assert not told.entries
    assert not ask("plan", f"农村危房改造{said}", role="liaison", unit="市住房和城乡建设局").entries
