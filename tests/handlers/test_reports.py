"""Reports, acknowledgements and corrections, as transcripts over the invented office of conftest.py."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.ledger import EntryKind
from knowledge.model import Turn
from knowledge.register import Register
from knowledge.reported import counting
from tests.handlers.talking import Talk
from tests.properties import examples

REMINDER = "【任务提醒】第{}项 请于2025年8月底前完成，收到请回复。"


@pytest.fixture
def talk(office: Register) -> Callable[..., Talk]:
    return lambda unit=None, **more: Talk(office, unit, **more)


Talking = Callable[..., Talk]


# --- what is stored ----------------------------------------------------------------------------------------------
def test_a_number_with_a_link_is_registered_and_said_back(talk: Talking) -> None:
    liaison = talk("市文物局")
    reply = liaison.says("第1项已完成，链接http://example.gov.cn/gq/1.html")
    assert reply.startswith(f"已登记〔{liaison.entry.details['code']}〕：市文物局 第1项“公开古桥修缮工程")
    assert "已办结，链接http://example.gov.cn/gq/1.html" in reply
    assert liaison.stored == [("yunling-1", "市文物局", "done")]
    entry = liaison.entry
    assert entry.kind is EntryKind.REPORTED
    assert (entry.who, entry.conversation, entry.document) == ("李明", "私聊", "yunling")
    assert entry.words == "第1项已完成，链接http://example.gov.cn/gq/1.html"
    assert entry.details["url"] == "http://example.gov.cn/gq/1.html"


def test_a_topic_is_enough(talk: Talking) -> None:
    liaison = talk("市教育局")
    liaison.says("校车安全管理办法那项已经办完了")
    assert liaison.stored == [("yunling-4", "市教育局", "done")]


def test_a_share_of_the_work_is_in_progress(talk: Talking) -> None:
    liaison = talk("市住房城乡建设局")
    assert "办理中（60%）" in liaison.says("电梯加装做了六成")
    assert liaison.told == {"status": "in_progress", "percent": 60}


def test_one_sentence_may_report_several_items(talk: Talking) -> None:
    liaison = talk("市民政局")
    liaison.says("9项完成 8项还差一点")
    assert liaison.stored == [("yunling-9", "市民政局", "done"), ("yunling-8", "市民政局", "in_progress")]


def test_difficulties_and_delays_are_kept_apart(talk: Talking) -> None:
    liaison = talk("市文物局")
    liaison.says("古桥修缮卡在审批环节，推不动")
    assert liaison.stored == [("yunling-1", "市文物局", "problem")]
    liaison.says("第1项月底完不成，要延期到8月")
    assert liaison.stored[0] == ("yunling-1", "市文物局", "delayed")
    assert [str(one.kind) for one in liaison.last.entries] == ["reported", "extended"]
    assert "period" not in liaison.last.entries[0].details


def test_a_promise_is_no_completion(talk: Talking) -> None:
    liaison = talk("市教育局")
    liaison.says("校车办法还没弄好 下周能出")
    assert liaison.stored == [("yunling-4", "市教育局", "in_progress")]


def test_a_short_name_of_the_unit_reports_for_the_printed_one(talk: Talking) -> None:
    liaison = talk("财政局")
    liaison.says("惠农补贴专栏已开设")
    assert liaison.stored == [("yunling-2", "市财政局", "done")]


# --- periods -----------------------------------------------------------------------------------------------------
def test_a_named_month_closes_only_that_month(talk: Talking) -> None:
    liaison = talk("市生态环境局")
    assert "（2025年6月）已办结" in liaison.says("6月份水质检测数据已公布")
    assert liaison.told == {"status": "done", "period": "2025-06"}
    assert liaison.entry.details["about"] == "2025-07-10", "the code stands for the date on which June falls due"


def test_two_months_are_two_entries(talk: Talking) -> None:
    liaison = talk("市生态环境局")
    liaison.says("5月、6月的水质数据都公布了")
    assert [one.details["period"] for one in liaison.last.entries] == ["2025-05", "2025-06"]


def test_a_month_that_has_not_begun_is_asked_back(talk: Talking) -> None:
    liaison = talk("市生态环境局")
    assert "2025年11月还没有开始" in liaison.says("11月份水质数据已公布")
    assert liaison.stored == []


def test_a_quarter_of_a_monthly_duty_is_asked_back(talk: Talking) -> None:
    liaison = talk("市生态环境局")
    assert "按月办理" in liaison.says("二季度水质数据已公布")
    assert liaison.stored == []


def test_without_a_period_the_reply_says_which_dates_are_closed(talk: Talking) -> None:
    liaison = talk("市生态环境局", today=date(2025, 5, 12))
    reply = liaison.says("水质数据已公布")
    assert "计作2025年" in reply
    assert "如只报其中一期请写明期别" in reply


def test_the_month_in_the_name_of_a_one_off_is_no_period(talk: Talking) -> None:
    liaison = talk("市文物局")
    liaison.says("6月那个古桥修缮的已公开")
    assert liaison.told == {"status": "done"}


# --- whose it is -------------------------------------------------------------------------------------------------
def test_another_units_item_is_not_stored_and_its_holder_named(talk: Talking) -> None:
    liaison = talk("市民政局")
    reply = liaison.says("第1项我们做完了")
    assert "由市文物局牵头，不在市民政局的任务里，没有登记" in reply
    assert liaison.stored == []


def test_another_units_topic_is_not_stored_either(talk: Talking) -> None:
    liaison = talk("市民政局")
    assert "由市文物局牵头" in liaison.says("古桥修缮已经公开了")
    assert liaison.stored == []


def test_one_unit_closes_only_its_share_of_a_collective(talk: Talking) -> None:
    liaison = talk("市教育局")
    assert "只记本单位这一份" in liaison.says("第10项已报送")
    assert liaison.stored == [("yunling-10", "市教育局", "done")]


def test_a_cooperating_unit_is_told_that_only_its_share_is_closed(talk: Talking) -> None:
    liaison = talk("市公安局")
    assert "只记本单位这一份" in liaison.says("第4项已完成")
    liaison = talk("市教育局")
    assert "只记本单位这一份" not in liaison.says("第4项已完成")


def test_a_sentence_said_to_somebody_else_is_left_alone(talk: Talking) -> None:
    liaison = talk("市文物局")
    assert liaison.says("古桥修缮已经公开了，回头发你链接@张工") == ""
    assert liaison.stored == []


@pytest.mark.parametrize(
    "text", ["古桥修缮要几月底前完成", "古桥修缮是6月底前完成吧", "6月底前要完成的任务", "还没完成的任务有哪些"]
)
def test_a_liaisons_question_is_no_report(talk: Talking, text: str) -> None:
    liaison = talk("市文物局")
    liaison.says(text)
    assert liaison.stored == []


def test_a_liaison_does_not_speak_for_another_unit(talk: Talking) -> None:
    liaison = talk("市教育局")
    assert "只能登记本单位" in liaison.says("市财政局的第10项已报送")
    assert liaison.stored == []


def test_an_unknown_person_is_asked_for_the_unit(talk: Talking) -> None:
    stranger = talk(None)
    assert "还不知道您代表哪个单位" in stranger.says("第1项已完成")
    assert stranger.stored == []


def test_saying_that_one_is_from_a_unit_is_not_enough(talk: Talking) -> None:
    stranger = talk(None, role="staff")
    stranger.says("我是市文物局的，第1项已完成")
    assert stranger.stored == []


def test_a_supervisor_may_close_the_whole_on_a_named_item(talk: Talking) -> None:
    supervisor = talk(None, role="supervisor")
    supervisor.says("第2项已完成")
    assert supervisor.stored == [("yunling-2", "", "done")]


def test_a_supervisor_may_report_for_the_unit_he_names(talk: Talking) -> None:
    supervisor = talk(None, role="supervisor")
    supervisor.says("农业农村局的第2项已完成")
    assert supervisor.stored == [("yunling-2", "市农业农村局", "done")]


PIECES = [
    "第1项",
    "第2项",
    "第10项",
    "第31项",
    "3项",
    "古桥修缮",
    "惠农补贴",
    "水质数据",
    "6月份",
    "已完成",
    "做了一半",
    "还没弄好",
    "要延期",
]
PIECES += ["卡住了", "，", " ", "我们", "市财政局", "刚才发错了", "收到", "都", "http://a.cn/1"]
UNITS = ["市文物局", "市财政局", "市教育局", "市气象局", None]


@settings(deadline=None, max_examples=examples(60))
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6), st.sampled_from(UNITS))
def test_whatever_is_said_only_a_units_own_share_is_stored(
    office: Register, words: list[str], unit: str | None
) -> None:
    liaison = Talk(office, unit)
    liaison.hears(REMINDER.format(1))
    liaison.says("".join(words))
    for entry in liaison.last.entries:
        if entry.kind is EntryKind.ACKNOWLEDGED and unit is None:
            continue  # who has read a reminder may be noted without a unit; a report may not
        assert unit is not None
        assert entry.unit == unit
        one = office.assignment(entry.assignment)
        assert one is not None
        assert unit in {duty.unit for duty in one.duties} or any(duty.collective for duty in one.duties)


# --- what is asked back ------------------------------------------------------------------------------------------
def test_a_number_that_does_not_exist_stores_nothing(talk: Talking) -> None:
    liaison = talk("市文物局")
    assert "有效范围是第1项到第10项" in liaison.says("第31项已办结")
    assert liaison.stored == []


def test_a_bare_word_without_a_reminder_stores_nothing(talk: Talking) -> None:
    liaison = talk("市文物局")
    assert "没有听出是哪一项" in liaison.says("搞定了")
    assert liaison.stored == []


def test_a_topic_that_no_assignment_has_stores_nothing(talk: Talking) -> None:
    liaison = talk("市文物局")
    assert "没有登记" in liaison.says("食堂采购已经完成了")
    assert liaison.stored == []


def test_a_number_and_words_of_another_item_are_asked_back(talk: Talking) -> None:
    liaison = talk("市民政局")
    assert "没有登记" in liaison.says("第8项公布养老院床位和收费标准已完成")
    assert liaison.stored == []


def test_done_and_not_done_of_the_same_item_is_asked_back(talk: Talking) -> None:
    liaison = talk("市文物局")
    assert "没有登记" in liaison.says("第1项已完成，招标结果还没公开")
    assert liaison.stored == []


def test_what_exists_is_stored_when_another_number_does_not(talk: Talking) -> None:
    liaison = talk("市文物局")
    assert "没有这一项（第31项）" in liaison.says("第1、31项已完成")
    assert liaison.stored == [("yunling-1", "市文物局", "done")]


# --- with what was said before -----------------------------------------------------------------------------------
def test_a_bare_word_behind_a_reminder_means_its_item(talk: Talking) -> None:
    liaison = talk("市民政局")
    liaison.hears(REMINDER.format(10))
    liaison.says("我们局已经办了")
    assert liaison.stored == [("yunling-10", "市民政局", "done")]


def test_of_a_reminder_for_many_units_only_the_own_item_is_meant(talk: Talking) -> None:
    liaison = talk("市文物局")
    liaison.hears("【任务提醒】\n■ 市文物局\n· 第1项 公开古桥修缮\n■ 市教育局\n· 第4项 修订校车办法")
    liaison.says("已经办好了")
    assert liaison.stored == [("yunling-1", "市文物局", "done")]


def test_of_two_own_items_it_is_asked_which(talk: Talking) -> None:
    liaison = talk("市民政局")
    liaison.hears("【任务提醒】\n· 第8项\n· 第9项 公布养老院床位")
    assert "请说明是第几项" in liaison.says("已经办好了")
    assert liaison.stored == []
    liaison.hears("【任务提醒】\n· 第8项\n· 第9项 公布养老院床位")
    liaison.says("都办好了")
    assert [one for one, _, _ in liaison.stored] == ["yunling-8", "yunling-9"]


def test_a_question_behind_a_report_is_no_report(talk: Talking) -> None:
    liaison = talk("市文物局")
    liaison.says("第1项申请延期到9月15日，原因是招标流标")
    assert [kind for kind, *_ in liaison.stored]
    assert "已登记" not in liaison.says("撤回延期申请")
    assert "已登记" not in liaison.says("还有多少没完成")
    assert liaison.last.entries == ()


def test_a_later_date_is_asked_for_in_one_sentence(talk: Talking) -> None:
    reply = talk("市文物局").says("第1项申请延期到9月15日，原因是招标流标")
    assert reply.startswith("已记下延期申请")
    assert reply.endswith("说错了可以发“撤回延期申请”。")


def test_a_report_is_taken_back_with_one_word(talk: Talking) -> None:
    for words in ("撤回", "刚才发错了", "撤销刚才的报告", "不好意思，上一条发错了，请撤回"):
        liaison = talk("市文物局")
        liaison.says("第1项已完成")
        assert liaison.says(words).startswith("已撤销市文物局 第1项"), words
        assert liaison.entry.kind is EntryKind.CANCELLED
        assert counting(liaison.ledger, "yunling-1") == ()
        assert len(liaison.ledger.reports("yunling-1")) == 1, "nothing is erased"


def test_a_code_says_which_report_is_taken_back(talk: Talking) -> None:
    liaison = talk("市民政局")
    liaison.says("9项完成 8项还差一点")
    code = liaison.last.entries[0].details["code"]
    assert "第9项" in liaison.says(f"撤销 {code}")
    assert [one.assignment for one in liaison.last.entries] == ["yunling-9"]
    assert liaison.says(f"撤销 {code}") == "没有可以撤销的报告或起算日期。"


def test_who_may_take_back_what(talk: Talking) -> None:
    liaison = talk("市文物局")
    liaison.says("第1项已完成")
    code = liaison.entry.details["code"]
    stranger = talk("市财政局", ledger=liaison.ledger, name="赵六")
    assert "只有报告人24小时内" in stranger.says(f"撤销 {code}")
    assert stranger.stored == []
    later = talk("市文物局", ledger=liaison.ledger, today=date(2025, 7, 12))
    assert "已过24小时" in later.says(f"撤销 {code}")
    assert later.stored == []
    supervisor = talk(role="supervisor", ledger=liaison.ledger, today=date(2025, 8, 12), name="督查员")
    assert "已撤销" in supervisor.says(f"撤销 {code}")


def test_a_reminder_of_others_is_not_taken_for_ones_own(talk: Talking) -> None:
    liaison = talk("市教育局")
    liaison.hears(REMINDER.format(1))
    assert "由市文物局牵头" in liaison.says("已经办好了")
    assert liaison.stored == []


def test_a_correction_takes_the_report_back(talk: Talking) -> None:
    liaison = talk("市文物局")
    liaison.says("第1项已完成")
    assert "以这一条为准" in liaison.says("刚才发错了 第1项还没完")
    assert liaison.stored == [("yunling-1", "市文物局", "in_progress")]
    assert liaison.entry.details["correction"] is True


def test_a_correction_without_a_ledger_means_what_was_just_registered(talk: Talking) -> None:
    liaison = talk("市文物局")
    liaison.turns = (Turn("第1项已完成"), Turn("已登记：第1项 完成。", by_bot=True))
    liaison.says("刚才发错了")
    assert liaison.stored == [("yunling-1", "市文物局", "in_progress")]


@pytest.mark.parametrize(
    "words", ["刚才说错了，是第9项完成了", "发错了，不是8项是9项", "不是第8项，是第9项", "刚才报错了，应该是第9项"]
)
def test_a_correction_to_another_item_takes_the_first_back(talk: Talking, words: str) -> None:
    liaison = talk("市民政局")
    liaison.says("第8项已完成，http://example.gov.cn/8")
    assert "已撤销此前登记的第8项" in liaison.says(words)
    assert [(str(one.kind), one.assignment) for one in liaison.last.entries] == [
        ("cancelled", "yunling-8"),
        ("reported", "yunling-9"),
    ]
    assert liaison.last.entries[-1].details["status"] == "done"


def test_what_is_corrected_to_another_units_item_changes_nothing(talk: Talking) -> None:
    liaison = talk("市民政局")
    liaison.says("第8项已完成")
    liaison.says("刚才发错了，不是8项是1项")
    assert liaison.stored == []
    assert counting(liaison.ledger, "yunling-8")


def test_a_completion_told_twice_is_written_once_but_for_its_link(talk: Talking) -> None:
    liaison = talk("市文物局")
    liaison.says("第1项已完成")
    assert "没有重复登记" in liaison.says("第1项已完成")
    assert liaison.stored == []
    assert "已补记链接" in liaison.says("第1项已办结，链接http://example.gov.cn/1")
    assert liaison.entry.kind is EntryKind.EVIDENCED
    (one,) = counting(liaison.ledger, "yunling-1")
    assert one.urls == ("http://example.gov.cn/1",)


def test_a_link_alone_belongs_to_what_was_just_reported(talk: Talking) -> None:
    liaison = talk("市民政局")
    liaison.says("第9项已完成")
    assert "第9项" in liaison.says("链接 http://example.gov.cn/9")
    assert liaison.entry.kind is EntryKind.EVIDENCED
    assert "已经记过" in liaison.says("http://example.gov.cn/9")
    assert talk("市文物局", ledger=liaison.ledger, name="赵六").says("http://example.gov.cn/1").count("登记") <= 2


# --- acknowledgements --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("word", ["收到", "好的收到", "1", "收到收到", "👌", "已收到，马上落实", "收到！我们会抓紧办"])
def test_received_behind_a_reminder_is_written_down_for_the_unit(talk: Talking, word: str) -> None:
    liaison = talk("市文物局")
    liaison.hears(REMINDER.format(1))
    assert "签收第1项" in liaison.says(word)
    entry = liaison.entry
    assert (entry.kind, entry.assignment, entry.unit) == (EntryKind.ACKNOWLEDGED, "yunling-1", "市文物局")
    assert liaison.ledger.reports("yunling-1") == ()


def test_received_counts_for_ones_own_items_only(talk: Talking) -> None:
    liaison = talk("市教育局")
    liaison.hears("【任务提醒】\n■ 市文物局\n· 第1项\n■ 市教育局\n· 第4项\n收到请回复")
    liaison.says("收到")
    assert [one.assignment for one in liaison.last.entries] == ["yunling-4"]


def test_received_without_a_reminder_is_only_answered(talk: Talking) -> None:
    liaison = talk("市文物局")
    assert liaison.says("好的收到谢谢")
    assert liaison.last.entries == ()


def test_who_stands_in_a_collective_reports_no_others(talk: Talking) -> None:
    assert "没有登记" in talk("市财政局").says("各部门的年度报告都交齐了")


def test_several_matters_before_one_word_are_each_done(talk: Talking) -> None:
    liaison = talk("市财政局")
    liaison.says("惠农补贴专栏、政务公开年度报告都完成了")
    assert [one for one, _, _ in liaison.stored] == ["yunling-2", "yunling-10"]
