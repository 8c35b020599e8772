"""What people answer to reminders: 收到, 延期, 同意, 静默, and events that happened. Transcripts over conftest's office."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers import handle
from handlers.message import Outcome
from knowledge.codes import code_of
from knowledge.ledger import Entry, EntryKind, Ledger
from knowledge.model import Message, Turn
from knowledge.redating import redated
from knowledge.register import Register
from scheduler.calendar import WorkCalendar
from scheduler.policy import SHANGHAI
from scheduler.standing import share_standing
from tests.properties import examples

CALENDAR = WorkCalendar()
GROUP = "工作群"


@dataclass
class Chat:
    """A work group with its ledger and clock; several people speak in it."""

    office: Register
    now: datetime = datetime(2025, 6, 23, 10, tzinfo=SHANGHAI)
    ledger: Ledger = field(default_factory=Ledger)
    turns: tuple[Turn, ...] = ()
    last: Outcome = field(default_factory=Outcome)
    sent: int = 0

    def reminds(self, *matters: tuple[str, str]) -> list[str]:
        """One message of the bot about these assignments and due dates; their codes."""
        self.sent += 1
        codes = [code_of(matter, self.ledger, self.now) for matter in matters]
        for (assignment, due), code in zip(matters, codes, strict=True):
            details = {"kind": "reminder", "due": due, "code": code, "message_ids": [f"m{self.sent}"]}
            key = f"{assignment}|{due}|T-7|{GROUP}"
            entry = Entry(EntryKind.SENT, self.now, conversation=GROUP, assignment=assignment, key=key, details=details)
            self.ledger = self.ledger.plus(entry)
        return codes

    def says(self, text: str, unit: str | None = None, role: str = "", who: str = "李明", **more: object) -> str:
        role = role or ("liaison" if unit else "staff")
        conversation = str(more.pop("conversation", GROUP))
        message = Message(
            text,
            conversation,
            who,
            role,
            unit,
            scope=("yunling",),
            turns=self.turns,
            **more,  # type: ignore[arg-type]
        )
        self.last = handle(message, self.office, self.ledger, self.now, CALENDAR)
        self.ledger = self.ledger.plus(*self.last.entries)
        self.turns += (Turn(text), Turn(self.last.text, by_bot=True))
        return self.last.text

    def supervisor(self, text: str) -> str:
        return self.says(text, role="supervisor", who="周督查")

    def wrote(self) -> list[tuple[str, str]]:
        """The kinds and assignments of what the last sentence wrote."""
        return [(str(one.kind), one.assignment) for one in self.last.entries]

    def dates(self, assignment: str, unit: str) -> list[str]:
        one = redated(self.office, self.ledger).assignment(assignment)
        assert one is not None
        state = share_standing(one, unit, self.ledger, CALENDAR, self.now.date())
        return [row.due.isoformat() for row in state.open]


@pytest.fixture
def chat(office: Register) -> Chat:
    return Chat(office)


# --- 收到 --------------------------------------------------------------------------------------------------------
def test_received_by_code_is_written_once_and_thanked_again(chat: Chat) -> None:
    code, _ = chat.reminds(("yunling-1", "2025-06-30"), ("yunling-4", "2025-06-30"))
    assert "签收第1项" in chat.says(f"收到 {code}", "市文物局")
    (entry,) = chat.last.entries
    assert (entry.assignment, entry.unit, entry.details["due"]) == ("yunling-1", "市文物局", "2025-06-30")
    assert "此前已经记下" in chat.says(f"{code.lower()}收到", "市文物局")
    assert chat.last.entries == ()


def test_received_by_quoting_counts_for_all_of_ones_own_in_that_message_without_a_mention(chat: Chat) -> None:
    chat.reminds(("yunling-1", "2025-06-30"))
    chat.reminds(("yunling-2", "2025-07-31"), ("yunling-8", "2025-07-31"))
    assert chat.says("收到", "市财政局", group=True, mentioned=False) == ""
    assert "签收第2项" in chat.says("收到", "市财政局", quoted="m2", group=True, mentioned=False)
    assert chat.wrote() == [("acknowledged", "yunling-2")]


def test_a_bare_received_is_enough_when_only_one_message_is_unanswered(chat: Chat) -> None:
    chat.reminds(("yunling-2", "2025-07-31"))
    assert "签收第2项" in chat.says("收到", "市财政局")
    assert chat.says("收到", "市文物局") == "好的，有进展请随时报我。"


def test_in_a_talk_between_two_a_bare_received_means_what_the_group_was_told(chat: Chat) -> None:
    chat.reminds(("yunling-2", "2025-07-31"))
    assert "签收第2项" in chat.says("收到", "市财政局", conversation="私聊")


def test_where_several_messages_are_unanswered_it_is_asked_which_and_numbers_answer(chat: Chat) -> None:
    chat.reminds(("yunling-2", "2025-07-31"))
    chat.reminds(("yunling-1", "2025-06-30"))
    menu = chat.says("收到", "市财政局")
    assert "1. " in menu
    assert "第2项" in menu
    assert "第1项" in menu
    assert "签收第1项" in chat.says("2", "市财政局")
    assert chat.says("收到", "市财政局").startswith("好的，已记下贵单位签收第2项")


def test_all_of_a_menu_can_be_acknowledged_at_once(chat: Chat) -> None:
    chat.reminds(("yunling-2", "2025-07-31"))
    chat.reminds(("yunling-1", "2025-06-30"))
    chat.says("收到", "市财政局")
    chat.says("全部", "市财政局")
    assert [one for _, one in chat.wrote()] == ["yunling-2", "yunling-1"]


def test_a_code_that_was_never_said_is_told_so(chat: Chat) -> None:
    assert "没有这个短码" in chat.says("收到 K7M", "市财政局")


def test_done_by_code_or_quotation_is_a_report_on_that_due_date(chat: Chat) -> None:
    (code,) = chat.reminds(("yunling-3", "2025-07-10"))
    assert "2025年6月" in chat.says(f"完成 {code}，链接http://example.gov.cn/a.html", "市生态环境局")
    (entry,) = chat.last.entries
    assert (entry.assignment, entry.details["status"], entry.details["period"]) == ("yunling-3", "done", "2025-06")
    assert "2025-07-10" not in chat.dates("yunling-3", "市生态环境局")
    chat.reminds(("yunling-1", "2025-06-30"))
    assert "已办结" in chat.says("已经完成了", "市文物局", quoted="m2")
    assert "不在市教育局的任务里" in chat.says(f"{code} 已完成", "市教育局")


# --- 延期 --------------------------------------------------------------------------------------------------------
def test_a_later_date_asked_for_under_a_code_that_stands_for_nothing_is_not_guessed(chat: Chat) -> None:
    chat.reminds(("yunling-1", "2025-06-30"))
    assert "短码" in chat.says("延期 R7G", "市文物局")
    assert not chat.last.entries


def test_the_date_moves_only_when_a_supervisor_approves_and_answers_name_both(chat: Chat) -> None:
    (code,) = chat.reminds(("yunling-1", "2025-06-30"))
    reply = chat.says(f"{code} 延期一周，原因是招标流标", "市文物局")
    assert "原期限2025年6月30日（星期一），申请延到2025年7月7日（星期一）" in reply
    assert "招标流标" in reply
    assert chat.dates("yunling-1", "市文物局") == ["2025-06-30"]
    assert "督查员决定" in chat.says(f"同意 {code}", "市财政局")
    assert "期限由2025年6月30日（星期一）改为2025年7月7日（星期一）" in chat.supervisor(f"同意 {code}")
    assert chat.dates("yunling-1", "市文物局") == ["2025-07-07"]
    asked = chat.says("第1项什么时候完成")
    assert "2025年6月30日" in asked
    assert "2025年7月7日" in asked
    assert chat.last.answer is not None
    assert chat.last.answer.dates == ("2025-07-07",)


def test_a_refusal_keeps_the_date_and_the_remark(chat: Chat) -> None:
    (code,) = chat.reminds(("yunling-1", "2025-06-30"))
    chat.says(f"{code}申请延期到7月15日", "市文物局")
    assert "期限仍是2025年6月30日（星期一）。意见：请按期完成" in chat.supervisor(f"不同意 {code}，请按期完成")
    assert chat.dates("yunling-1", "市文物局") == ["2025-06-30"]
    assert chat.supervisor("同意") != ""
    assert chat.last.entries == ()


def test_a_later_date_for_one_month_leaves_the_rhythm_as_it_is(chat: Chat) -> None:
    (code,) = chat.reminds(("yunling-3", "2025-07-10"))
    chat.supervisor(f"{code} 延期到7月20日")
    told = chat.says("第3项什么时候完成")
    assert "原为2025年7月10日（星期四），已获准延期到2025年7月20日（星期日）" in told
    assert chat.last.answer is not None
    assert chat.last.answer.dates == ("2025-07-20",)
    assert chat.dates("yunling-3", "市生态环境局")[-7:-4] == ["2025-07-20", "2025-08-10", "2025-09-10"]


def test_a_request_can_be_taken_back_by_the_unit_that_made_it(chat: Chat) -> None:
    (code,) = chat.reminds(("yunling-2", "2025-07-31"))
    chat.says(f"{code} 延期到8月15日", "市财政局")
    assert "没有等待答复" in chat.says("撤回延期申请", "市农业农村局")
    assert "已撤回延期申请" in chat.says(f"撤回 {code} 延期申请", "市财政局")
    assert "没有等待答复" in chat.supervisor(f"同意 {code}")
    assert chat.dates("yunling-2", "市财政局") == ["2025-07-31"]


@pytest.mark.parametrize("words", ["不延期了", "第2项撤回延期申请", "不用延了，能按期完成", "{} 不延期了"])
def test_a_request_is_taken_back_in_plain_words(chat: Chat, words: str) -> None:
    (code,) = chat.reminds(("yunling-2", "2025-07-31"))
    chat.says(f"{code} 延期到8月15日", "市财政局")
    assert "已撤回延期申请" in chat.says(words.format(code), "市财政局")
    assert chat.wrote() == [("extended", "yunling-2"), ("cancelled", "yunling-2")]


def test_one_of_two_requests_is_decided_by_its_number(chat: Chat) -> None:
    first, second = chat.reminds(("yunling-2", "2025-07-31"), ("yunling-1", "2025-06-30"))
    chat.says(f"{first} 延期到8月15日", "市财政局")
    chat.says(f"{second} 延期到7月15日", "市文物局")
    assert "已登记不同意延期" in chat.supervisor("第1项不同意，克服困难")
    assert "已同意延期" in chat.supervisor("第2项同意")
    assert chat.wrote() == [("extended", "yunling-2")]


def test_a_supervisor_may_grant_another_day(chat: Chat) -> None:
    (code,) = chat.reminds(("yunling-2", "2025-07-31"))
    chat.says(f"{code} 延期到8月15日", "市财政局")
    assert "没有改动" in chat.supervisor(f"同意{code}，到7月20日")
    assert "改为2025年8月10日" in chat.supervisor(f"同意{code}，到8月10日")
    assert chat.dates("yunling-2", "市财政局") == ["2025-08-10"]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("第2项因资金没到位，无法按期完成，申请延期到8月20日", "因资金没到位"),
        ("因资金没到位，第2项申请延期至8月20日", "因资金没到位"),
        ("第2项申请延期到8月20日，征地没谈妥", "征地没谈妥"),
        ("第2项想延期到8月20日，原因是资金没到位", "资金没到位"),
    ],
)
def test_a_reason_may_stand_before_the_request_or_behind_it(chat: Chat, words: str, reason: str) -> None:
    assert f"原因：{reason}。" in chat.says(words, "市财政局")
    (asked,) = [one for one in chat.last.entries if one.kind is EntryKind.EXTENDED]
    assert (asked.assignment, asked.details["to"], asked.details["reason"]) == ("yunling-2", "2025-08-20", reason)


@pytest.mark.parametrize("words", ["第2项如果资金不到位，可能要延期到8月20日", "第2项已获批延期到8月20日"])
def test_what_may_be_and_what_others_granted_asks_for_nothing(chat: Chat, words: str) -> None:
    chat.says(words, "市财政局")
    assert EntryKind.EXTENDED not in {one.kind for one in chat.last.entries}


def test_what_the_group_was_reminded_of_is_meant_without_quoting(chat: Chat) -> None:
    chat.reminds(("yunling-2", "2025-07-31"))
    chat.says("收到，已完成", "市财政局")
    assert chat.wrote() == [("reported", "yunling-2")]


def test_a_thumb_for_a_reminder_is_no_completion(chat: Chat) -> None:
    chat.reminds(("yunling-2", "2025-07-31"))
    chat.says("OK", "市财政局", quoted="m1")
    assert chat.wrote() == [("acknowledged", "yunling-2")]


def test_where_a_unit_that_only_helps_is_done_it_is_told_whose_word_closes_it(chat: Chat) -> None:
    chat.says("第4项已完成", "市公安局")
    told = chat.says("第4项进展如何")
    assert "市公安局报告已办结" in told
    assert "这项由市教育局报告办结才算办结，还没有报告办结。" in told


UNDOING = (
    "刚才那条不算",
    "那条不作数",
    "撤消",
    "{}撤销",
    "请撤销，我看错了",
    "发错群了",
    "撤销一下刚才的，我点错了",
    "搞错了，不是第2项",
    "都撤销",
)


@pytest.mark.parametrize("words", UNDOING)
def test_a_report_is_taken_back_as_people_say_it(chat: Chat, words: str) -> None:
    chat.says("第2项已完成", "市财政局")
    code = str(chat.last.entries[0].details["code"])
    assert "已撤销" in chat.says(words.format(code), "市财政局")
    assert chat.wrote() == [("cancelled", "yunling-2")]


def test_what_is_only_doubted_never_takes_a_completion_back(chat: Chat) -> None:
    chat.says("第2项已完成", "市财政局")
    assert "没有登记" in chat.says("第2项施工图审查完成", "市财政局")
    assert chat.wrote() == []


@pytest.mark.parametrize("words", ["发错群了", "手误", "那条不算", "不是第2项"])
def test_what_is_said_of_another_message_takes_no_report_back(chat: Chat, words: str) -> None:
    chat.says("第2项已完成", "市财政局")
    chat.says("谢谢", "市财政局")
    chat.says(words, "市财政局")
    assert chat.wrote() == []


def test_one_of_two_that_was_the_wrong_number_is_replaced(chat: Chat) -> None:
    chat.says("第2、10项已完成", "市财政局")
    assert [one for _, one in chat.wrote()] == ["yunling-2", "yunling-10"]
    chat.says("第2项报错了，应该是第5项", "市财政局")
    assert ("cancelled", "yunling-2") in chat.wrote()
    assert ("cancelled", "yunling-10") not in chat.wrote()


def test_one_of_two_leaders_gets_a_later_date_and_the_other_keeps_its_own(chat: Chat) -> None:
    (code,) = chat.reminds(("yunling-2", "2025-07-31"))
    chat.says(f"{code} 延期到8月15日", "市财政局")
    chat.supervisor("同意")
    assert chat.dates("yunling-2", "市财政局") == ["2025-08-15"]
    assert chat.dates("yunling-2", "市农业农村局") == ["2025-07-31"]
    assert "市财政局已获准延期到2025年8月15日" in chat.says("第2项什么时候完成")


def test_a_bare_request_means_the_only_open_one_else_it_is_asked(chat: Chat) -> None:
    chat.reminds(("yunling-2", "2025-07-31"))
    assert "已记下延期申请" in chat.says("申请延期到8月20日", "市财政局")
    chat.reminds(("yunling-1", "2025-06-30"))
    assert "哪一项" in chat.says("申请延期到8月20日", "市财政局")
    assert chat.last.entries == ()


def test_a_request_that_names_its_item_or_its_matter_is_registered_as_a_report_too(chat: Chat) -> None:
    chat.reminds(("yunling-2", "2025-07-31"))
    chat.reminds(("yunling-1", "2025-06-30"))
    assert "申请延到2025年7月10日" in chat.says("第1项申请延期到7月10日，原因：评审改期", "市文物局")
    assert chat.wrote() == [("reported", "yunling-1"), ("extended", "yunling-1")]
    assert "申请延到2025年8月20日" in chat.says("惠农补贴专栏要延期到8月20日", "市财政局")
    assert chat.wrote() == [("reported", "yunling-2"), ("extended", "yunling-2")]


def test_a_date_that_is_not_later_and_an_item_of_others_are_refused(chat: Chat) -> None:
    (code,) = chat.reminds(("yunling-1", "2025-06-30"))
    assert "不比它晚" in chat.says(f"{code} 延期到6月25日", "市文物局")
    assert "不在市教育局的任务里" in chat.says(f"{code} 延期到7月25日", "市教育局")
    assert [one for one in chat.ledger if one.kind is EntryKind.EXTENDED] == []


def test_a_supervisors_own_word_moves_the_date_for_all(chat: Chat) -> None:
    (code,) = chat.reminds(("yunling-2", "2025-07-31"))
    assert "已同意延期" in chat.supervisor(f"{code} 延期到8月10日")
    assert chat.dates("yunling-2", "市财政局") == chat.dates("yunling-2", "市农业农村局") == ["2025-08-10"]


# --- 静默 --------------------------------------------------------------------------------------------------------
def test_a_unit_may_silence_an_item_of_its_own_for_a_week_and_a_supervisor_a_group(chat: Chat) -> None:
    (code,) = chat.reminds(("yunling-1", "2025-06-30"))
    assert "静默到2025年6月27日（星期五）" in chat.says(f"静默 {code} 到周五", "市文物局")
    assert "最长7天" in chat.says(f"静默 {code} 到7月20日", "市文物局")
    assert "只有督查员可以静默" in chat.says("本群静默3天", "市文物局")
    assert "本群的提醒静默到2025年6月26日（星期四）" in chat.supervisor("本群静默3天")
    assert "最长30天" in chat.supervisor("本群静默60天")
    listed = chat.says("静默情况")
    assert "市文物局 第1项" in listed
    assert "本群的提醒：到2025年6月26日" in listed
    assert "已恢复提醒" in chat.supervisor("解除静默")
    assert "现在没有静默" in chat.says("静默情况")


def test_a_question_about_silence_as_a_subject_is_a_question(chat: Chat) -> None:
    chat.says("静默管理方案谁牵头")
    assert chat.last.entries == ()
    assert "静默到" not in chat.last.text


# --- 事件 --------------------------------------------------------------------------------------------------------
def test_a_reported_event_dates_its_assignment_and_can_be_taken_back(chat: Chat) -> None:
    reply = chat.says("省级指导意见6月20日已印发", "市民政局")
    assert "第9项" in reply
    assert "期限2025年8月19日（星期二）" in reply
    (entry,) = chat.last.entries
    assert (entry.kind, entry.who, entry.details["on"]) == (EntryKind.HAPPENED, "李明", "2025-06-20")
    assert chat.dates("yunling-9", "市民政局") == ["2025-08-19"]
    assert "2025年8月19日" in chat.says("第9项什么时候完成")
    assert "已撤销" in chat.says("撤销", "市民政局")
    assert chat.dates("yunling-9", "市民政局") == []


def test_who_has_no_part_in_it_cannot_report_an_event(chat: Chat) -> None:
    assert "没有登记" in chat.says("省级指导意见6月20日已印发", "市教育局")
    assert chat.last.entries == ()


def test_weak_words_are_asked_back_and_a_number_confirms(chat: Chat) -> None:
    menu = chat.says("指导意见6月20日印发了", "市民政局")
    if chat.last.entries:
        pytest.fail(menu)
    assert "1. 第9项" in menu
    assert "从这天起算" in chat.says("1", "市民政局")


@pytest.mark.parametrize("text", ["省级指导意见2月30日已印发", "省级指导意见已经印发了", "省级指导意见6月印发了"])
def test_an_event_without_a_day_is_asked_for_it_and_finishes_nobodys_work(chat: Chat, text: str) -> None:
    assert "是哪一天，没有看明白，没有登记" in chat.says(text, "市民政局")
    assert chat.last.entries == ()


def test_a_day_ahead_is_not_taken_for_one_that_has_been(chat: Chat) -> None:
    assert "还没有到" in chat.says("省级指导意见7月20日印发", "市民政局")
    assert chat.last.entries == ()


@pytest.mark.parametrize(
    "text",
    [
        "第9项6月20日已完成",
        "省级指导意见6月20日印发了吗",
        "我们6月20日已公布养老院床位",
        "养老院收费标准6月20日已经公布",
    ],
)
def test_reports_and_questions_are_no_events(chat: Chat, text: str) -> None:
    chat.says(text, "市民政局")
    assert not [one for one in chat.last.entries if one.kind is EntryKind.HAPPENED]


# --- whatever is said ----------------------------------------------------------------------------------------------
PIECES = [
    "收到",
    "K7M",
    "甲",
    "乙",
    "延期",
    "到9月15日",
    "一周",
    "，原因是人手不够",
    "同意",
    "不同意",
    "静默",
    "本群",
    "3天",
]
PIECES += [
    "解除静默",
    "撤销",
    "省级指导意见",
    "6月20日",
    "已印发",
    "第3项",
    "第9项",
    "完成",
    "1",
    "全部",
    "、",
    "吗",
    "到2月30日",
    "0天",
    "👌",
]


@settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.lists(st.sampled_from(PIECES), min_size=1, max_size=5), st.integers(0, 3)), max_size=5))
def test_whatever_is_said_answers_are_kept_once_and_dates_move_only_by_a_supervisor(
    office: Register, said: list[tuple[list[str], int]]
) -> None:
    chat = Chat(office)
    (one,) = chat.reminds(("yunling-1", "2025-06-30"))
    (other,) = chat.reminds(("yunling-2", "2025-07-31"))
    supervised = False
    for pieces, who in said:
        text = "".join(pieces).replace("甲", one).replace("乙", other)
        unit = ("市财政局", "市文物局", "市民政局", None)[who]
        chat.says(text, unit, role="" if unit else "supervisor")
        supervised = supervised or unit is None
    received = [e for e in chat.ledger if e.kind is EntryKind.ACKNOWLEDGED]
    assert len({(e.assignment, e.unit or e.who, e.details.get("due")) for e in received}) == len(received)
    moved = redated(office, Ledger(e for e in chat.ledger if e.kind is EntryKind.EXTENDED))
    assert supervised or moved is office or moved.assignments == office.assignments
