"""说法：how people turn a question that the documents answer: 的头, 没错吧, 第三部分, …谁往外说."""

from __future__ import annotations

from datetime import datetime

import pytest

from handlers import handle, wording
from handlers.message import Outcome
from knowledge.ledger import Ledger
from knowledge.model import Message, Turn
from knowledge.parsing import parse
from knowledge.reading import read
from knowledge.register import Register
from scheduler.calendar import WorkCalendar
from scheduler.policy import SHANGHAI

NOW = datetime(2025, 4, 7, 9, tzinfo=SHANGHAI)
PLAN = """\
渔洲市2025年档案工作要点
一、推进馆库建设。新馆10月底前完成档案搬迁，搬迁期间查档窗口不停办，临时查档点设在原址一楼。各部门要在搬迁前把积压的文书整理移交，移交目录报市档案局业务指导科审核，逾期不再接收。
（牵头单位：市档案局；责任单位：市机关事务服务中心、市财政局）
二、做好婚姻登记档案数字化。扫描后的目录上传查询平台，群众可以在线申请查档，全年新增数字化档案12万卷。
（牵头单位：市民政局；责任单位：市档案局）
三、开展送档案进社区活动。
（牵头单位：市档案局）
"""
REPORT = """\
渔洲市档案工作情况通报
一季度全市档案工作进展顺利。新的查询平台已经进入试运行阶段，暂时只接受预约。
下一步将继续做好服务。
"""


def filed(*texts: str) -> Register:
    register = Register()
    for number, text in enumerate(texts):
        register, _ = register.filed(parse(read(text.encode(), f"{number}.txt"), f"{number}.txt", f"{number}" * 64))
    return register


@pytest.fixture(scope="module")
def plan() -> Register:
    return filed(PLAN)


def ask(register: Register, text: str, *turns: Turn) -> Outcome:
    return handle(Message(text, turns=turns), register, Ledger(), NOW, WorkCalendar())


def numbers(outcome: Outcome, register: Register) -> list[str | None]:
    assert outcome.answer is not None
    rows = (register.assignment(one) for one in outcome.answer.assignments)
    return [row.number for row in rows if row]


@pytest.mark.parametrize(
    ("question", "intent", "right"),
    [
        ("婚姻登记档案扫描是哪个局的头", "lead", ["2"]),
        ("结婚档案扫描到哪、传没传上平台，这些谁往外说", "lead", ["2"]),
        ("送档案进社区要哪些部门落实", "responsible", ["3"]),
        ("第二部分讲什么", "task_detail", ["2"]),
        ("目录报给档案局哪个科", "task_detail", ["1"]),
        ("婚姻登记档案扫描 谁排第一位", "lead", ["2"]),
        ("婚姻登记档案扫描是哪俩局的", "lead", ["2"]),
        ("市财政局都沾了哪些", "unit_tasks", ["1"]),
        ("市民政局掺和了哪几项", "unit_tasks", ["2"]),
    ],
)
def test_a_turn_of_speech_is_understood(plan: Register, question: str, intent: str, right: list[str]) -> None:
    told = ask(plan, question)
    assert told.answer is not None
    assert (str(told.answer.intent), numbers(told, plan)) == (intent, right)


@pytest.mark.parametrize("claimed", ["档案搬迁是9月底前搬完，没错吧", "档案搬迁不是说9月底就要搬完吗"])
def test_a_day_that_is_taken_for_so_is_put_right(plan: Register, claimed: str) -> None:
    told = ask(plan, claimed)
    assert told.answer is not None
    assert told.answer.dates == ("2025-10-31",)
    assert "不是" in told.text.split("\n")[0]


def test_whether_a_time_is_written_is_asked_of_what_was_talked_about(plan: Register) -> None:
    before = Turn("送档案进社区谁牵头"), Turn("市档案局牵头。\n第3项“开展送档案进社区活动”。", by_bot=True)
    told = ask(plan, "有写完成时间吗", *before)
    assert numbers(told, plan) == ["3"]
    assert "没有写明完成时限" in told.text


def test_of_a_long_row_the_words_are_quoted_that_are_asked_about(plan: Register) -> None:
    told = ask(plan, "档案搬迁前移交的目录谁牵头审核")
    assert numbers(told, plan) == ["1"]
    quote = told.text.split("\n")[1]
    assert quote.startswith("第1项：“推进馆库建设")
    assert "移交目录报市档案局业务指导科审核" in quote
    assert len(quote) < 2 * wording.QUOTE


def test_how_far_something_is_is_quoted_from_a_paper_that_only_tells_it() -> None:
    told = ask(filed(REPORT), "查询平台弄得怎么样了")
    assert told.answer is not None
    assert told.answer.answered
    assert "试运行阶段" in told.text


def test_the_year_of_a_paper_is_told(plan: Register) -> None:
    assert "2025年" in ask(plan, "这份文件是哪年的").text


def test_a_matter_that_is_called_a_cooperation_is_no_question_for_who_cooperates() -> None:
    plan = filed(
        "渔洲市2025年河道工作要点\n一、推行河长与警长协作机制，每季度会商一次。\n（牵头单位：市水利局；责任单位：市公安局）\n"
    )
    assert ask(plan, "河长警长协作那个哪家牵头").text.startswith("市水利局牵头。")


def test_who_leads_and_who_else_are_both_told(plan: Register) -> None:
    told = ask(plan, "档案搬迁谁牵头，还有哪些责任单位")
    assert told.answer is not None
    assert told.text.startswith("市档案局牵头。另外还有：市机关事务服务中心、市财政局。")
    assert told.answer.units == ("市档案局", "市机关事务服务中心", "市财政局")


@pytest.mark.parametrize("asked", ["档案搬迁9月还是10月完成", "档案搬迁是10月底还是年底完成"])
def test_one_time_or_another_is_a_question_and_no_report(plan: Register, asked: str) -> None:
    told = ask(plan, asked)
    assert told.answer is not None
    assert told.answer.dates == ("2025-10-31",)


def test_what_stands_in_a_row_is_not_taken_for_the_plan_that_is_about_its_field() -> None:
    plan = filed(
        "渔洲市2025年科技创新工作要点\n一、落实研发费用加计扣除政策，5月底前开设辅导窗口。\n（牵头单位：市税务局）\n二、办好科技节。\n（牵头单位：市科技局）\n"
    )
    assert numbers(ask(plan, "研发费加计扣除那块几号截止啊"), plan) == ["1"]


def test_a_step_of_what_was_told_is_asked_of_that() -> None:
    plan = filed(
        "渔洲市2025年实验室建设要点\n"
        "一、建设水质实验室，责任单位：市水务局；完成时限：6月底前完成装修，10月底前首批团队进驻。\n"
        "二、组织团队参加全省水质检测比武。责任单位：市总工会；完成时限：9月底前。\n"
        "三、开展进驻企业走访。责任单位：市工信局；完成时限：11月底前。\n"
    )
    before = Turn("水质实验室装修什么时候完"), Turn(ask(plan, "水质实验室装修什么时候完").text, by_bot=True)
    told = ask(plan, "那团队进驻呢", *before)
    assert told.answer is not None
    assert numbers(told, plan) == ["1"]
    assert told.answer.dates == ("2025-10-31",)


@pytest.mark.parametrize("asked", ["周启明分管哪几项", "王市长包联哪些", "包联领导是谁"])
def test_who_is_in_charge_as_a_person_is_said_not_to_be_kept_and_not_to_be_unwritten(
    plan: Register, asked: str
) -> None:
    text = ask(plan, asked).text
    assert "不登记" in text
    assert "文件里没有" not in text


def test_what_a_unit_is_in_charge_of_is_its_own(plan: Register) -> None:
    assert numbers(ask(plan, "市民政局分管哪几项"), plan) == ["2"]
    assert numbers(ask(plan, "档案搬迁联系哪个部门"), plan) == ["1"]


def test_a_matter_that_no_paper_has_is_not_cut_down_to_words_that_one_has() -> None:
    paper = filed(
        "枫江市2025年政务公开分工方案\n"
        "一、执收单位在收费场所做好收费公示，列明项目和依据。责任单位：市财政局；完成时限：长期坚持。\n"
        "二、配齐专职工作人员，落实工作经费。责任单位：市政府办公室；完成时限：每年3月31日前发布信息公开年度报告。\n"
        "三、公布流通领域商品质量抽检结果。责任单位：市市场监管局；完成时限：每季度末。\n"
    )
    assert numbers(ask(paper, "收费公示谁牵头"), paper) == ["1"]
    for strange in ("殡葬收费公示是哪个局牵头", "疫苗流通信息公开谁牵头"):
        assert numbers(ask(paper, strange), paper) == [], strange
