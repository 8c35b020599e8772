"""Letters and stories in the chat: a greeting, who somebody is and why he asks, then one question; over the invented papers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.question.letters import asked_first, letter_of, story_of
from tests.handlers.test_clerks import ask, numbers, table


@pytest.mark.parametrize(
    ("paper", "text", "right"),
    table("""
    plan | 各位领导下午好，冒昧打扰，我是新来的小孙，业务还不熟。主任问起社区食堂的事，我没答上来，麻烦看看文件里写的是哪家牵头？多谢多谢！ | 6
    plan | 各位老师辛苦了。我刚接手台账，前任没交代清楚，想请教一下：南津大桥加固那项最迟是哪天？不急，感谢！ | 4
    plan | 老师您好，打扰了。今天开会提到残疾人运动会，我记不清了，能不能麻烦把配合的单位告诉我，都有哪些配合单位？谢谢！ | 8
    plan | 大家好，我是督查室的，台账翻得眼睛都花了。麻烦把民政局牵头的任务一次性列全，我好去对账，辛苦大家！ | 6
    plan | 各位同事上午好，先道个歉。领导周五听汇报，我怕有遗漏，想麻烦看看：9月份到期的任务有哪些？方便的时候回我就行。 | 4 2 正文
    plan | 您好，打扰了。科长让我把农村危房改造那项的配合单位列个名单，我怕弄错，想跟您核对一下都有哪些配合单位？添麻烦了。 | 7
    """),
)
def test_a_letter_is_read_as_the_question_it_leads_up_to(paper: str, text: str, right: list[str]) -> None:
    assert numbers(ask(paper, text)) == right


@pytest.mark.parametrize(
    ("paper", "text", "right"),
    table("""
    plan | 群众天天来问，社区食堂那条到底归谁打头，我好照着回话 | 6
    plan | 下周要排会，危房改造那项最晚拖到哪天，怕误了事 | 7
    plan | 财政局老喊活多，我数了两遍没数清，他们牵头的到底几条 | 3
    plan | 民政局换了人，通讯录还没改，他们局如今牵头的都是哪些条 | 6
    plan | 住建局说档案堆成山，我重新造册，他们局如今有份的都是哪些条 | 4 7
    ledger | 城管局老说照明忙不过来，我也数不清，他们牵头的到底几条 | 2.2 2.3
    """),
)
def test_what_is_told_before_a_question_is_no_part_of_it(paper: str, text: str, right: list[str]) -> None:
    assert numbers(ask(paper, text)) == right


def test_a_story_about_another_place_or_a_person_stays_unanswered() -> None:
    for text in ("云州市2021年那份方案，亲戚托我问，社区食堂那条归哪家牵头", "局长昨天发火了，他家住哪，手机号是多少"):
        told = ask("plan", text)
        assert told.answer is not None
        assert not told.answer.answered, text


@pytest.mark.parametrize(
    ("paper", "text", "right"),
    table("""
    plan | 社区食堂是民政局牵头吧？刚有居民打电话来问 | 6
    plan | 危房改造那项谁主抓，上午村里来人催 | 7
    plan | 市民政局牵头的是哪几项？年中要对账 | 6
    plan | 南津大桥什么时候完成，写材料要引用 | 4
    """),
)
def test_what_is_told_behind_a_question_is_no_part_of_it_either(paper: str, text: str, right: list[str]) -> None:
    assert numbers(ask(paper, text)) == right


@pytest.mark.parametrize(
    "text",
    [
        "社区食堂谁牵头？还有危房改造呢",
        "社区食堂谁牵头？第3项已经完成了",
        "社区食堂谁牵头？只要名字",
        "社区食堂谁牵头？什么时候完成",
        "报告里的数字对不上，要开会",
    ],
)
def test_what_goes_on_asking_or_telling_is_kept(text: str) -> None:
    assert asked_first(text) == text


def test_a_letter_that_reports_is_no_question() -> None:
    assert (
        letter_of("各位领导好，打扰了，我是民政局小孙，社区食堂那项已经完成，材料随后补上，请问还要交什么？谢谢大家！")
        is None
    )


def test_a_short_question_and_one_without_courtesy_are_no_letters() -> None:
    assert letter_of("你好，社区食堂谁牵头，谢谢") is None
    assert story_of("社区食堂谁牵头") is None


def test_a_question_that_somebody_passes_on_is_the_one_that_is_asked() -> None:
    told = ask(
        "plan",
        "领导好，打扰了！我们科换了人，交接时没留下台账，心里没底。主任问我社区食堂要在哪天之前建成，我一时答不上来，多谢！",
    )
    assert numbers(told) == ["6"]
    assert told.answer is not None
    assert told.answer.dates == ("2025-10-31",)


def test_a_question_that_points_back_needs_what_is_told_before_it() -> None:
    story = story_of("社区食堂老人多，这条到底是哪家打头")
    assert story is not None
    assert story.leans
    assert any("社区食堂" in one for one in story.told)


PIECES = (
    "各位领导好",
    "打扰了",
    "我是新来的",
    "社区食堂那项",
    "谁牵头",
    "谢谢",
    "，",
    "。",
    "？",
    "哪天完成",
    "他们",
    "\n",
    " ",
    "已经完成",
)


@given(st.lists(st.sampled_from(PIECES), max_size=16).map("".join))
def test_whatever_is_written_is_taken_apart_without_loss_of_the_question(text: str) -> None:
    for found in (letter_of(text), story_of(text)):
        if found is not None:
            assert found.asked
            assert all(found.asked in told for told in found.told)


LED = table("""
plan | 民政局牵头的社区食堂，配合单位有哪些 | 6
plan | 社区食堂那条，民政局打头，谁搭把手 | 6
plan | 社区食堂打头的是民政局我晓得，可跟着干的是哪几家 | 6
plan | 社区食堂那条是民政局牵头，我要发函，配合单位都有谁 | 6
plan | 社区食堂那条，牵头的之外会同的是哪几个局 | 6
plan | 社区食堂，配合单位报全，牵头的不要 | 6
""")


@pytest.mark.parametrize(("paper", "text", "right"), LED)
def test_who_leads_is_said_and_the_others_are_asked_for(paper: str, text: str, right: list[str]) -> None:
    told = ask(paper, text)
    assert numbers(told) == right
    assert told.answer is not None
    assert told.answer.units == ("市财政局", "市卫生健康委员会")


def test_roles_that_are_asked_for_together_stay_together() -> None:
    assert numbers(ask("plan", "民政局牵头的任务有哪些")) == ["6"]
    assert numbers(ask("plan", "残联牵头的那一项由谁配合")) == ["8"]
    told = ask("plan", "社区食堂哪个局牵头，配合单位又是哪些")
    assert told.answer is not None
    assert "市民政局" in told.answer.units


LISTED = (
    "我：民生保障有哪些",
    "它：民生保障有3项：\n1. 新建社区食堂15个（10月底前）\n2. 改造农村危房420户（11月20日前）\n3. 办好市第三届残疾人运动会（8月）",
)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("第二个谁牵头", "7"),
        ("最后那条谁牵头", "8"),
        ("第三条说的啥", "8"),
        ("第一项什么时候完成", "6"),
        ("第4项谁牵头", "4"),
    ],
)
def test_a_row_of_a_list_is_meant_by_its_place_though_it_was_told_by_its_words(text: str, right: str) -> None:
    assert numbers(ask("plan", text, *LISTED)) == [right]


TOLD = ("我：社区食堂谁牵头", "它：第6项，牵头单位：市民政局。")


@pytest.mark.parametrize(
    "text", ["这个几号前要弄好", "还有谁要一块干", "那它是谁牵头的", "最迟啥时候弄完", "什么时候前交卷"]
)
def test_what_leans_on_one_row_is_asked_of_that(text: str) -> None:
    assert numbers(ask("plan", text, *TOLD)) == ["6"]


def test_a_bare_number_behind_an_answer_asks_the_same_of_that_row() -> None:
    told = ask("plan", "那9呢", *TOLD)
    assert numbers(told) == ["9"]
    assert told.answer is not None
    assert told.answer.intent == "lead"


def test_what_a_unit_leads_is_left_out_where_it_is_not_wanted() -> None:
    assert numbers(ask("plan", "财政局当配合单位的有哪几条，自己牵头的那个不用列")) == ["6"]


def test_a_list_of_units_is_no_list_of_people() -> None:
    assert numbers(ask("plan", "社区食堂那条，配合单位名单发我一份，要建群")) == ["6"]


def test_another_matter_behind_one_row_is_not_asked_of_that() -> None:
    assert numbers(ask("plan", "那危房改造什么时候完成", *TOLD)) == ["7"]
    assert numbers(ask("plan", "危房改造那块呢，也是他们？", *TOLD)) == ["7"]


def test_a_figure_is_told_with_the_clause_that_states_it() -> None:
    long = "各地要健全工作机制，" * 9
    from handlers.figures import figure_clause

    text = f"{long}公开工作分值权重不低于4%，每年通报2次，培训300人次。"
    assert figure_clause("公开工作占多大分量", text, "公开工作分值") == "公开工作分值权重不低于4%"
    assert figure_clause("要培训出来多少人次", text, "培训") == "培训300人次"
    assert figure_clause("通报几家", text, "通报") == ""


def test_letters_and_questions_for_two_matters_are_read_in_traditional_characters_too() -> None:
    letter = "各位領導下午好，冒昧打擾，我是新來的小孫，業務還不熟。主任問起社區食堂的事，我沒答上來，麻煩看看文件裏寫的是哪家牽頭？多謝多謝！"
    assert numbers(ask("plan", letter)) == ["6"]
    told = ask("plan", "社區食堂是誰牽頭，大橋加固的又是誰牽頭？")
    assert numbers(told) == ["6", "4"]
    assert told.text.startswith("1) 市民政局牵头")


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("不好意思啊，第二个谁牵头，急用", "7"),
        ("对了，第二个什么时候要完[玫瑰]", "7"),
        ("帮我查查第二个的具体内容，在线等", "7"),
    ],
)
def test_words_to_people_around_a_follow_up_do_not_hide_it(text: str, right: str) -> None:
    before = (
        "我：民政局有哪些任务",
        "它：市民政局共2项：\n1) 第6项“新建社区食堂15个……”\n2) 第7项“改造农村危房420户……”",
    )
    assert numbers(ask("plan", text, *before)) == [right]


def test_the_ledger_keeps_what_was_written_with_its_thanks() -> None:
    text = "不好意思啊，第6项还没完，做了一半，辛苦了"
    (entry,) = ask("plan", text, role="liaison", unit="市民政局").entries
    assert (entry.assignment, entry.words) == ("plan-6", text)
