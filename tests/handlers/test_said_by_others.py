"""What nine people typed who had not seen the product, told of the invented papers: half words, stories, places, sums, reports."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.question.sayings import in_common_words
from knowledge.reports import report_of
from knowledge.reports.report_words import Status
from tests.handlers.test_clerks import ask, numbers, table


@pytest.mark.parametrize(
    ("paper", "text", "right"),
    table("""
    plan | 社区食堂哪个牵 | 6
    plan | 民政局牵哪几项 | 6
    plan | 民政局当头儿的有没有 | 6
    plan | 财政局有啥子活路 | 3 6
    plan | 危房那条时限没翻着，你看看有没有 | 7
    plan | 危房改造几时搞归一，我翻了两遍没看到日子 | 7
    plan | 竹制品检测中心好久建成，协会的想组团去看 | 2
    plan | 这个月20号到点的是哪件 | 7
    plan | 11月要交账的，排一排给我 | 7 正文
    plan | 义务监督员聘多少才算数 | 9
    deeds | 路灯装几多盏 | 2
    plan | 早上有个大姐到办公室来，说自家房子漏雨，我刚来也不懂，就想先弄清楚农村危房改造这事儿是哪家在总抓？麻烦啦 | 7
    plan | 村支书又打电话来催了，社区食堂谁牵头 | 6
    """),
)
def test_half_words_and_stories_lead_to_the_row_that_is_meant(paper: str, text: str, right: list[str]) -> None:
    assert numbers(ask(paper, text, today=date(2025, 11, 3))) == right


@pytest.mark.parametrize(
    ("said", "plainly"),
    [
        ("社区食堂，除开民政局，责任单位还有哪些", "社区食堂，除了民政局，责任单位还有哪些"),
        ("食堂谁牵头？两家吧", "食堂谁牵头"),
        ("牵头的就俩，哪俩", "牵头单位是哪几家"),
        ("安排在哪几个乡镇", "安排在哪个乡镇"),
        ("给没给期限", "有没有写期限"),
        ("一级、二级各多少项，分开报", "一级、二级各多少项"),
    ],
)
def test_what_asks_is_written_as_most_people_write_it(said: str, plainly: str) -> None:
    assert in_common_words(said) == plainly


def test_the_others_are_told_in_the_role_that_is_asked_for() -> None:
    """Who else helps is not who else has a duty."""
    helped = ask("deeds", "饮水管网延伸，水利局牵头我知道，配合单位还有哪些")
    assert helped.answer is not None
    assert helped.answer.units == ("县财政局", "县卫生健康局")


def test_a_question_for_so_many_units_claims_no_figure() -> None:
    told = ask("plan", "社区食堂还有哪两家？")
    assert told.answer is not None
    assert told.answer.units == ("市财政局", "市卫生健康委员会")


@pytest.mark.parametrize(
    "text",
    [
        "老张家媳妇在哪个局上班",
        "危房改造凭啥只改420户",
        "社区食堂就餐补贴咋申请，找谁递表",
        "社区食堂是安排在哪家公司做吗",
        "运动会唱的是哪几出戏",
        "柳荫路的电话打哪个",
    ],
)
def test_what_no_plan_tells_is_answered_with_no_row(text: str) -> None:
    told = ask("plan", text)
    assert told.answer is not None
    assert not told.answer.answered, text


def test_another_place_before_the_question_is_not_lost_with_the_story() -> None:
    told = ask("plan", "云州市2021年那份方案，亲戚托我问了好几回，我也说不清，社区食堂那条归哪家牵头")
    assert told.answer is not None
    assert not told.answer.answered


def test_whose_part_it_is_is_asked_of_a_unit_named() -> None:
    told = ask("plan", "社区食堂，我们财政算责任单位还是配合单位？", unit="市财政局")
    assert told.answer is not None
    assert told.answer.units == ("市财政局",)
    assert "配合" in told.text


LIST = "它：市民政局负责2项：1. 新建社区食堂15个，为70岁以上老人提供就餐补贴；2. 改造农村危房420户，逐户建立档案。"


def test_the_rows_of_a_list_in_one_line_are_chosen_from() -> None:
    told = ask("plan", "噢这样，那第二个呢？谁牵头", "我：民政局负责哪几项", LIST)
    assert numbers(told) == ["7"]


def test_a_row_that_was_told_in_its_words_alone_is_pointed_at() -> None:
    turns = ("我：食堂建几个", "它：新建社区食堂15个，为70岁以上老人提供就餐补贴。")
    assert numbers(ask("plan", "好嘞明白了，那牵头的是哪家呀？", *turns)) == ["6"]
    assert numbers(ask("plan", "那责任的呢", *turns)) == ["6"]


def test_a_firm_is_asked_for_after_another_answer_too() -> None:
    turns = ("我：南津大桥谁牵头", "它：市交通运输局牵头。\n第4项：“完成南津大桥加固，9月上旬恢复双向通行。”")
    told = ask("plan", "承建大桥的施工单位是哪家", *turns)
    assert told.answer is not None
    assert not told.answer.answered


def test_a_sound_of_assent_before_an_errand_asks_nothing() -> None:
    told = ask("plan", "好嘞收到，我这就跟大爷说去")
    assert told.answer is not None
    assert (told.answer.intent, told.answer.assignments) == ("ack", ())


# ---------------------------------------------------------------- reports
@pytest.mark.parametrize(
    "text",
    [
        "社区食堂那个，听底下人讲好像差不多了，准信我还没拿到，改天落实了再报",
        "第6项先别登记，我还没问下面",
        "社区食堂应该差不多了，我也是听村里顺口说的，还没去核",
    ],
)
def test_a_report_that_is_not_to_be_stored_yet_is_not_stored(text: str) -> None:
    told = ask("plan", text, role="liaison", unit="市民政局", today=date(2025, 9, 1))
    assert told.entries == ()


def test_when_it_will_end_names_no_second_matter() -> None:
    told = ask("plan", "社区食堂建了80%，10月中旬收尾。", role="liaison", unit="市民政局", today=date(2025, 9, 1))
    assert [(one.assignment, one.details["status"], one.details["percent"]) for one in told.entries] == [
        ("plan-6", "in_progress", 80)
    ]


@pytest.mark.parametrize(
    "text", ["社区食堂已全部建成，新增餐位640个，面积2100平方米", "社区食堂全部做完了，昨天刚验收"]
)
def test_what_something_amounts_to_leaves_it_done(text: str) -> None:
    told = ask("plan", text, role="liaison", unit="市民政局", today=date(2025, 9, 1))
    assert [(one.assignment, one.details["status"]) for one in told.entries] == [("plan-6", "done")]


def test_what_has_no_date_can_be_late_without_a_request() -> None:
    told = ask(
        "plan",
        "义务监督员还没聘齐，得往后拖，推迟到下个月",
        role="liaison",
        unit="市城市管理局",
        today=date(2025, 9, 1),
    )
    assert [(one.assignment, one.details["status"]) for one in told.entries] == [("plan-9", "delayed")]
    assert "没有具体的到期日" in told.text


def test_what_is_stuck_is_a_report_of_trouble() -> None:
    told = ask("plan", "社区食堂选址卡死在这儿了", role="liaison", unit="市民政局", today=date(2025, 9, 1))
    assert [one.details["status"] for one in told.entries] == ["problem"]


@pytest.mark.parametrize(
    "verb",
    [
        "完成",
        "办",
        "做",
        "交",
        "报送",
        "验收",
        "上线",
        "投用",
        "公布",
        "拨付",
        "兑现",
        "交付",
        "打通",
        "开通",
        "竣工",
        "销号",
        "配齐",
        "达标",
        "整改",
    ],
)
@pytest.mark.parametrize(
    "said",
    ["{}不了", "8月底{}不了", "还{}不了", "还没{}", "未{}", "没有{}", "没法{}", "无法{}", "难以{}", "没能{}", "不{}了"],
)
def test_what_is_not_done_is_never_stored_as_done(said: str, verb: str) -> None:
    told = report_of(f"社区食堂{said.format(verb)}", date(2025, 8, 20)).told
    assert Status.DONE not in {one.status for one in told}


VERBS = [
    "完成",
    "办完",
    "交",
    "报送",
    "建成",
    "修好",
    "验收",
    "上线",
    "公布",
    "拨付",
    "兑现",
    "交付",
    "打通",
    "竣工",
    "销号",
    "整改",
    "审批",
]
NOT_YET = (
    *("{}了吗", "{}没{}", "能{}吗", "什么时候{}", "谁{}", "要不要{}", "{}了没", "是不是{}了", "如果{}了呢", "假如{}了"),
    *("应该{}了吧", "听说{}了", "好像{}了", "等{}了再说", "要{}", "得{}", "必须{}", "请尽快{}", "希望尽快{}"),
    *("明天{}", "下周{}", "马上{}", "准备{}", "计划{}", "争取{}", "预计月底{}", "打算下个月{}", "9月底前{}"),
    *(
        "快{}了",
        "就要{}了",
        "即将{}",
        "正在{}",
        "开始{}了",
        "只{}了一半",
        "大部分{}了",
        "基本{}",
        "初步{}",
        "还差一点{}",
    ),
)


@pytest.mark.parametrize("said", NOT_YET)
def test_what_is_asked_guessed_wanted_or_to_come_is_never_stored_as_done(said: str) -> None:
    for verb in VERBS:
        text = f"社区食堂{said.format(verb, verb)}"
        told = ask("plan", text, role="liaison", unit="市民政局", today=date(2025, 8, 20))
        assert "done" not in {one.details["status"] for one in told.entries}, text


@pytest.mark.parametrize(
    "said",
    [
        *(
            "已签合同",
            "已经报批了",
            "已申请竣工验收",
            "阶段性完成",
            "通过初验",
            "大概八成了",
            "第一批完成了",
            "主体封顶了",
        ),
        *(
            "不是已完成",
            "不算完成",
            "再过几天就完成了",
            "任务分解完成",
            "目标是年内完成",
            "完成了才怪",
            "完成了？不可能",
            "完成了？没有。",
            "完成了，其实没有",
        ),
        *(
            "接近完成",
            "趋于完成",
            "有望完成",
            "力保完成",
            "确保按期完成",
            "想早点完成",
            "已近尾声",
            "完成了准备工作",
            "不全是完成",
        ),
        *("确保圆满完成任务", "等待验收合格", "争取验收合格"),
        *(
            "施工许可证办好了",
            "用地手续办完了",
            "中标单位已确定",
            "开标完成了",
            "消防验收通过",
            "人员培训完了",
            "已完成大头",
            "需完成",
            "请完成",
        ),
        *("除了城东的都完成了", "施工队说完工了", "形式上完成了", "算是完成了吧", "就剩扫尾了", "只差验收"),
    ],
)
def test_a_step_a_part_and_what_others_say_is_never_stored_as_done(said: str) -> None:
    told = ask("plan", f"社区食堂{said}", role="liaison", unit="市民政局", today=date(2025, 8, 20))
    assert "done" not in {one.details["status"] for one in told.entries}


@pytest.mark.parametrize(
    "said",
    [
        "任务完成",
        "圆满完成任务",
        "昨天验收合格",
        "已按要求完成",
        "完成了，链接稍后发",
        "已完成，并非不可能的事",
        "完成了，其实不难",
        "已完成，没有问题",
    ],
)
def test_a_completion_with_a_remark_stays_one(said: str) -> None:
    told = ask("plan", f"社区食堂{said}", role="liaison", unit="市民政局", today=date(2025, 8, 20))
    assert [one.details["status"] for one in told.entries] == ["done"]


def test_money_that_is_there_finishes_only_what_asks_for_money() -> None:
    said = {"role": "liaison", "today": date(2025, 8, 20)}
    built = ask("plan", "竹制品检测中心资金已下达", unit="市市场监管局", **said)
    paid = ask("plan", "社区食堂补助资金已拨付到位", unit="市民政局", **said)
    assert "done" not in {one.details["status"] for one in built.entries}
    assert [one.details["status"] for one in paid.entries] == ["done"]


def test_what_is_lacking_is_taken_from_the_whole() -> None:
    told = ask("plan", "社区食堂还差10%", role="liaison", unit="市民政局", today=date(2025, 8, 20))
    assert [(one.details["status"], one.details["percent"]) for one in told.entries] == [("in_progress", 90)]
