"""A completion is stored where nothing else is said; a wish, hearsay, a joke or a step is none. Papers are invented (clerks.py)."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.message import Outcome
from knowledge.reports import report_of
from knowledge.reports.accounted import left_over, parts_left
from tests.handlers.test_clerks import ask

TODAY = date(2025, 8, 20)
CANTEENS = "新建社区食堂15个，为70岁以上老人提供就餐补贴。"


def told(text: str, *earlier: str, paper: str = "plan", unit: str = "市民政局") -> Outcome:
    return ask(paper, text, *earlier, role="liaison", unit=unit, today=TODAY)


def stored(outcome: Outcome) -> list[str]:
    return [str(one.details["status"]) for one in outcome.entries]


@pytest.mark.parametrize(
    "text",
    [
        *("希望第6项早日完成", "盼着第6项完成", "祝第6项圆满完成", "第6项早日完成，大家都轻松", "第6项完成了就好了"),
        *(
            "第6项坚决完成",
            "第6项限期完成",
            "第6项今晚完成",
            "第6项下班前完成",
            "第6项已经要完成了",
            "第6项本应7月完成",
        ),
        *("物业说第6项已完成", "监理反馈第6项已完工", "张三：第6项已完成", "第6项貌似完成了", "第6项号称完成"),
        *(
            "第6项已完成，开个玩笑",
            "第6项已完成——假的",
            "测试：第6项已完成",
            "第6项已完成，先别登记",
            "别把第6项记成完成",
        ),
        *(
            "第6项若已完成请告知",
            "等第6项完成了再报",
            "第6项完成后又坏了",
            "第6项完工，可是漏水",
            "第6项完工，但验收不合格",
        ),
        *(
            "第6项完成情况已报送",
            "第6项完成情况表已交",
            "第6项材料已报",
            "完成前请先别销号第6项",
            "去年社区食堂15个全部建成",
        ),
    ],
)
def test_what_is_said_beside_a_completion_is_asked_back(text: str) -> None:
    outcome = told(text)
    assert stored(outcome) == []
    assert "没有登记" in outcome.text or "不登记" in outcome.text


@pytest.mark.parametrize(
    "text", ["第6项何时完成", "第6项多久完成", "第6项完成了不", "第6项完成了嘛", "第6项完成了?!", "第6项完成没完成"]
)
def test_a_question_without_its_mark_is_no_report(text: str) -> None:
    assert stored(told(text)) == []


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("社区食堂15个点位已确定", "点位"),
        ("社区食堂灶台已到货", "灶台"),
        ("第6项施工图审查完成", "审查"),
        ("第6项已完成城东片区", "城东"),
    ],
)
def test_a_step_on_the_way_is_under_way_and_says_how_the_whole_is_reported(text: str, step: str) -> None:
    outcome = told(text)
    assert stored(outcome) == ["in_progress"]
    assert step in outcome.text
    assert "如已全部办结，请回复“第6项已完成”" in outcome.text


@pytest.mark.parametrize(
    "text",
    [
        *(
            "第6项已完成",
            "报告督查室：我局牵头的第6项任务已全部完成，请核定。",
            "第6项总算完成了！",
            "第6项上周五完成的",
            "第6项ok了",
        ),
        *(
            "社区食堂15个全部建成",
            "老人食堂15个都弄好了",
            "社区食堂已完成，拖了十天，抱歉",
            "经核实第6项已完成",
            "请把第6项登记为已完成",
        ),
        *(
            "社区食堂15个建成了，老人们反响很好",
            "李科长：第6项已完成",
            "第6项己完成",
            "多亏财政局帮忙，第6项完成了",
            "第6项已完成，照片稍后补",
        ),
    ],
)
def test_who_says_nothing_else_is_believed(text: str) -> None:
    assert stored(told(text)) == ["done"]


def test_a_step_is_no_doubt_and_a_wish_is() -> None:
    part = left_over("第6项施工图审查完成", CANTEENS, (), TODAY)
    assert [one.doubtful for one in part] == [False]
    assert left_over("希望第6项早日完成", CANTEENS, (), TODAY)[0].doubtful


@pytest.mark.parametrize(
    ("requirement", "words", "left"),
    [
        ("建设人才公寓300套，完成配租。", "人才公寓300套已建成", ("完成配租",)),
        ("建设人才公寓300套，完成配租。", "人才公寓300套已建成，配租也完了", ()),
        ("建设人才公寓300套，完成配租。", "人才公寓完成了", ()),
        ("完成东湖公园改造并对外开放。", "东湖公园改造已竣工", ("对外开放",)),
        ("完成东湖公园改造并对外开放。", "东湖公园开放了", ()),
        ("供水管网更新，更换管道60公里，改造泵站4座。", "供水管网60公里换完了", ("改造泵站4座",)),
        ("供水管网更新，更换管道60公里，改造泵站4座。", "已办结", ()),
        ("完成老旧小区改造28个，惠及居民5200户。", "老旧小区28个全改好了", ()),
        (CANTEENS, "社区食堂15个全部建成", ()),
    ],
)
def test_a_thing_that_is_wanted_beside_what_is_told_is_left_open(
    requirement: str, words: str, left: tuple[str, ...]
) -> None:
    assert parts_left(words, requirement) == left


@pytest.mark.parametrize(
    ("text", "each"),
    [
        (
            "10、17、21项分别完成100%、60%、30%",
            [("10", "done", None), ("17", "in_progress", 60), ("21", "in_progress", 30)],
        ),
        ("第10项、第17项分别完成90%、75%", [("10", "in_progress", 90), ("17", "in_progress", 75)]),
        ("第2、27项，前者完成了，后者还在推进", [("2", "done", None), ("27", "in_progress", None)]),
        ("第1项进度从60%提高到75%", [("1", "in_progress", 75)]),
        ("第1项还有20%没完成", [("1", "in_progress", 80)]),
        ("第1项进度没到50%", [("1", "in_progress", None)]),
    ],
)
def test_each_number_has_what_is_told_of_it(text: str, each: list[tuple[str, str, int | None]]) -> None:
    found = report_of(text, TODAY).told
    assert [(one.numbers[0], str(one.status), one.percent) for one in found] == each


@pytest.mark.parametrize("text", ["第6项请尽快完成", "请财政局尽快完成第6项审核", "第6项到底完成没完成"])
def test_what_a_supervisor_urges_or_asks_is_no_report_of_his(text: str) -> None:
    assert ask("plan", text, role="supervisor", today=TODAY).entries == ()


def test_a_part_without_shares_for_each_is_asked_back() -> None:
    assert [one.status for one in report_of("10、17项分别完成100%、60%、30%", TODAY).told] == [None]


WHICH = "它：没有听出是哪一项，没有登记。请说出第几项或工作名称，比如“第3项已完成”“第3项延期到8月15日”。"
STORED = "它：已登记〔X9M〕：市民政局 第6项“新建社区食堂15个，为70岁以上老人提供就餐补贴。”已办结。\n如有误，请回复“撤销 X9M”。"
ASKED = "它：第6项“新建社区食堂15个”：听到“今晚完成”，拿不准是不是全部办结，没有登记。已经办结请回复“第6项已完成”；还在办请说到哪一步。"


@pytest.mark.parametrize(
    ("earlier", "text", "number", "status"),
    [
        (("我：完成了", WHICH), "第6项", "6", "done"),
        (("我：完成了", WHICH), "6", "6", "done"),
        (("我：完成了", WHICH), "就是社区食堂那个", "6", "done"),
        (("我：第6项今晚完成", ASKED), "是的", "6", "done"),
        (("我：第6项已完成", STORED), "第7项也是", "7", "done"),
        (("我：第6项已完成", STORED), "第7项没有", "7", "in_progress"),
    ],
)
def test_what_was_asked_back_is_completed_in_a_few_words(
    earlier: tuple[str, str], text: str, number: str, status: str
) -> None:
    (entry,) = told(text, *earlier).entries
    assert (entry.assignment, entry.details["status"]) == (f"plan-{number}", status)
    assert entry.words == f"{earlier[0][2:]}；{text}"


@pytest.mark.parametrize("text", ["。", "!", "👍", "好的", "收到", "不是"])
def test_no_sign_and_no_thumb_is_a_yes(text: str) -> None:
    assert "done" not in stored_any(told(text, "我：第6项今晚完成", ASKED))


@pytest.mark.parametrize("text", ["第6项", "第6项啥时候到期", "好的", "谢谢"])
def test_what_completes_nothing_stores_nothing(text: str) -> None:
    assert "done" not in stored_any(told(text, "我：第6项已完成", STORED))


def stored_any(outcome: Outcome) -> list[str]:
    return [str(one.details.get("status", one.kind)) for one in outcome.entries]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "第6项已完成，材料已发邮箱",
            "第6项已完成，总结报告见附件",
            "第6项已完成，详见书面材料",
            "第6项已完成，欢迎大家来看",
        ),
        *(
            "第6项已完成，没有遗留问题",
            "第6项已完成，老百姓再也不用跑远路了",
            "第6项已完成，运行平稳",
            "第6项已完成，满意率98.6%",
        ),
        *(
            "第6项已完成，下一步做好管护",
            "第6项已完成，正在整理档案",
            "第6项已完成，正在做决算审计",
        ),
        *(
            "虽然人手紧张，第6项还是按时完成了",
            "第6项已完成，如有问题请联系我",
            "第6项完成，一个不少",
            "第6项早就弄完了",
        ),
        *(
            "更新进度：第6项已完成",
            "本周进展如下：第6项已完成",
            "周伟报：第6项已办结",
            "第6项按时保质完成",
            "第6项已完城",
        ),
    ],
)
def test_what_only_tells_more_of_a_completion_leaves_it_one(text: str) -> None:
    assert stored(told(text)) == ["done"]


@pytest.mark.parametrize(
    "text",
    ["第6项已完成，有三处需整改", "第6项已完成，但有一处漏水", "第6项已完成，等竣工验收", "第6项已完成，择日开业"],
)
def test_what_takes_a_completion_back_in_a_later_clause_is_no_completion(text: str) -> None:
    assert "done" not in stored(told(text))


@pytest.mark.parametrize(
    ("requirement", "words", "left"),
    [
        ("编制惠企政策汇编并发放3000册。", "第7项汇编编制完成", ("发放3000册",)),
        ("编制惠企政策汇编并发放3000册。", "第7项已完成", ()),
        ("制定裁量权基准并报市政府备案。", "基准制定完了", ("报市政府备案",)),
        ("建立培训制度，全年举办培训2期。", "培训制度建立了", ("全年举办培训2期",)),
        ("建成县城农贸市场并投入使用。", "农贸市场9月10日正式投用", ()),
    ],
)
def test_what_a_requirement_joins_is_left_open_where_only_the_first_is_told(
    requirement: str, words: str, left: tuple[str, ...]
) -> None:
    assert parts_left(words, requirement) == left


def test_what_is_to_be_made_public_is_not_done_before_it_is() -> None:
    assert left_over("抽检完了", "公开食品药品抽检结果。", (), TODAY)
    assert not left_over("7月抽检结果公示了", "公开食品药品抽检结果。", (), TODAY)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("1. 第6项已完成\n2. 第7项还没完成", {"plan-6": "done", "plan-7": "in_progress"}),
        ("（6）已完成\n（7）已完成", {"plan-6": "done", "plan-7": "done"}),
        ("1、社区食堂全部建成\n2、农村危房改造已开工", {"plan-6": "done", "plan-7": "in_progress"}),
    ],
)
def test_every_line_of_a_numbered_list_that_is_said_to_be_stored_is(text: str, rows: dict[str, str]) -> None:
    outcome = told(text)
    assert {one.assignment: str(one.details["status"]) for one in outcome.entries} == rows
    assert outcome.text.count("已登记〔") == len(rows)


def test_a_report_beside_a_question_is_written_too() -> None:
    outcome = told("1. 第6项已完成\n2. 第7项谁牵头")
    assert [one.assignment for one in outcome.entries] == ["plan-6"]
    assert "市住房和城乡建设局" in outcome.text


def test_a_question_behind_what_was_asked_back_stores_nothing() -> None:
    assert told("第7项进展", "我：完成了", WHICH).entries == ()


@pytest.mark.parametrize(
    ("text", "each"),
    [
        ("第1项完成于7月31日", [("1", "done", None)]),
        ("第1项√", [("1", "done", None)]),
        ("第20项完成4/5", [("20", "in_progress", 80)]),
        ("第20项：85 %", [("20", "in_progress", 85)]),
    ],
)
def test_short_hand_is_read(text: str, each: list[tuple[str, str, int | None]]) -> None:
    found = [one for one in report_of(text, TODAY).told if one.status]
    assert [(one.numbers[0], str(one.status), one.percent) for one in found] == each


def test_so_many_items_put_online_are_no_item_number() -> None:
    assert [one.numbers for one in report_of("一窗通办已上线事项96项", TODAY).told] == [()]
