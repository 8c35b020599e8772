"""Questions about where things stand, as transcripts over the invented office of conftest.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

import pytest

from handlers import handle
from handlers.message import Outcome
from handlers.wording_lists import LINES
from handlers.wording_summary import LONG_LIST, full_summary
from knowledge.ledger import Entry, EntryKind, Ledger
from knowledge.model import Message, Turn
from knowledge.register import Register
from scheduler.calendar import WorkCalendar
from scheduler.policy import SHANGHAI, Policy
from scheduler.stretches import Stretch, around
from scheduler.summaries import since_of
from scheduler.summary import summary
from tests.handlers.talking import Talk


def reported(day: str, number: int, unit: str, status: str = "done", **details: object) -> Entry:
    at = datetime.fromisoformat(f"2025-{day} 10:00").replace(tzinfo=SHANGHAI)
    return Entry(
        EntryKind.REPORTED,
        at,
        who="李明",
        document="yunling",
        assignment=f"yunling-{number}",
        unit=unit,
        details={"status": status, **details},
    )


@dataclass(frozen=True)
class Desk:
    """A supervisor's private chat over a ledger."""

    office: Register
    ledger: Ledger

    def asks(self, text: str, today: str = "07-10", *earlier: str) -> Outcome:
        day = date.fromisoformat(f"2025-{today}")
        now = datetime(day.year, day.month, day.day, 9, tzinfo=SHANGHAI)
        turns = tuple(Turn(line, by_bot=True) for line in earlier)
        message = Message(text, role="supervisor", scope=("yunling",), turns=turns)
        outcome = handle(message, self.office, self.ledger, now, WorkCalendar())
        assert outcome.entries == (), "asking writes nothing"
        return outcome


Desks = Callable[..., Desk]


@pytest.fixture
def desk(office: Register) -> Desks:
    return lambda *entries: Desk(office, Ledger(entries))


def numbers(outcome: Outcome) -> list[str]:
    assert outcome.answer is not None
    return [one.removeprefix("yunling-") for one in outcome.answer.assignments]


# --- how far -----------------------------------------------------------------------------------------------------
def test_without_a_report_it_says_so_and_how_many_days_are_left(desk: Desks) -> None:
    outcome = desk().asks("惠农补贴专栏开了没")
    assert numbers(outcome) == ["2"]
    assert "还没有收到进展报告" in outcome.text
    assert "7月31日（星期四）到期，还有21天" in outcome.text
    assert "依据：" in outcome.text


def test_a_report_is_told_with_its_day(desk: Desks) -> None:
    entry = reported("07-08", 7, "市住房城乡建设局", "in_progress", percent=60)
    assert "市住房城乡建设局报告办理中（60%）（7月8日报告）" in desk(entry).asks("电梯加装进度怎么样了").text


def test_what_is_done_is_told_with_its_link(desk: Desks) -> None:
    entry = reported("06-20", 1, "市文物局", url="http://example.gov.cn/1")
    assert "已办结（6月20日报告，http://example.gov.cn/1）" in desk(entry).asks("第1项办完了吗").text


def test_late_and_unreported_is_told_as_late(desk: Desks) -> None:
    assert "应于6月30日（星期一）完成，已逾期10天" in desk().asks("古桥修缮做完没").text


def test_of_a_joint_item_it_says_who_has_not_reported(desk: Desks) -> None:
    outcome = desk(reported("07-01", 2, "市财政局")).asks("第2项还有哪些单位没报")
    assert numbers(outcome) == ["2"]
    assert outcome.answer is not None
    assert outcome.answer.units == ("市农业农村局",)
    assert "已报告1家：市财政局（已办结）" in outcome.text


def test_of_a_collective_the_printed_units_are_missing(desk: Desks) -> None:
    outcome = desk(reported("07-01", 10, "市教育局")).asks("第10项还有谁没报")
    assert outcome.answer is not None
    assert "市文物局" in outcome.answer.units
    assert "市教育局" not in outcome.answer.units


def test_of_a_unit_it_counts_what_is_reported(desk: Desks) -> None:
    outcome = desk(reported("07-01", 9, "市民政局")).asks("民政局报了几项了")
    assert numbers(outcome) == ["8", "9"]
    assert outcome.answer is not None
    assert outcome.answer.count == 1
    assert "已报告1项，其中已办结1项；还没有报告1项" in outcome.text


def test_of_a_unit_only_what_is_open_can_be_asked_for(desk: Desks) -> None:
    assert numbers(desk(reported("07-01", 9, "市民政局")).asks("民政局哪些没完成")) == ["8"]


def test_what_has_no_deadline_is_told_so(desk: Desks) -> None:
    assert "文件没有写明完成时限" in desk().asks("校车办法进展如何").text
    assert "没有截止日期" in desk().asks("第6项做到哪一步了").text
    assert "要等所说的事项发生" in desk().asks("第9项报了没").text


def test_it_can_be_asked_of_what_was_just_spoken_of(desk: Desks) -> None:
    assert numbers(desk().asks("做完了没有", "07-10", "第4项“修订校车安全管理办法”由市教育局牵头。")) == ["4"]


@pytest.mark.parametrize(
    "text", ["第4项目前啥情况", "校车办法修订好没有", "第4项到什么程度了", "校车办法进度", "校车办法弄得咋样了"]
)
def test_progress_is_asked_for_in_many_words(desk: Desks, text: str) -> None:
    outcome = desk().asks(text)
    assert numbers(outcome) == ["4"]
    assert "还没有收到进展报告" in outcome.text


def test_an_unknown_subject_is_not_guessed(desk: Desks) -> None:
    outcome = desk().asks("食堂采购做完没")
    assert outcome.answer is not None
    assert not outcome.answer.answered
    assert numbers(outcome) == []


def test_of_everything_it_counts(desk: Desks) -> None:
    outcome = desk(reported("07-01", 9, "市民政局")).asks("有几项已经办结了")
    assert outcome.answer is not None
    assert outcome.answer.count == 1
    assert outcome.text.startswith("2025年以来，办结1项（共10项），其中逾期办结0项。")


def test_who_has_not_answered_a_reminder(desk: Desks, office: Register) -> None:
    at = datetime(2025, 7, 9, 9, tzinfo=SHANGHAI)
    sent = Entry(EntryKind.SENT, at, document="yunling", assignment="yunling-2", key="k")
    received = Entry(EntryKind.ACKNOWLEDGED, at, document="yunling", assignment="yunling-2", unit="市财政局")
    outcome = desk(sent, received).asks("谁还没回收到")
    assert "没有回：市农业农村局；已回：市财政局" in outcome.text


# --- overdue -----------------------------------------------------------------------------------------------------
def test_what_was_due_until_yesterday_is_overdue(desk: Desks) -> None:
    outcome = desk().asks("哪些逾期了", "08-01")
    assert numbers(outcome) == ["1", "2"]
    assert outcome.answer is not None
    assert outcome.answer.dates == ("2025-06-30", "2025-07-31")
    assert "截至2025年7月31日" in outcome.text


def test_until_today_is_no_window(desk: Desks) -> None:
    assert numbers(desk().asks("截至今天逾期的有哪些")) == numbers(desk().asks("哪些逾期了"))


def test_what_is_due_today_is_not_overdue(desk: Desks) -> None:
    assert numbers(desk().asks("哪些逾期了", "07-31")) == ["1"]


def test_what_is_reported_done_is_not_overdue(desk: Desks) -> None:
    assert numbers(desk(reported("06-20", 1, "市文物局")).asks("哪些逾期了")) == []


def test_one_of_two_leaders_does_not_close_a_joint_item(desk: Desks) -> None:
    half = reported("07-20", 2, "市财政局")
    assert numbers(desk(half).asks("哪些逾期了", "08-01")) == ["1", "2"]
    assert numbers(desk(half).asks("财政局有过期没办的吗", "08-01")) == []
    assert numbers(desk(half).asks("农业农村局有过期没办的吗", "08-01")) == ["2"]
    both = desk(half, reported("07-21", 2, "市农业农村局"))
    assert numbers(both.asks("哪些逾期了", "08-01")) == ["1"]


def test_a_rhythm_without_reports_is_told_apart(desk: Desks) -> None:
    outcome = desk(reported("06-20", 1, "市文物局")).asks("哪些逾期了")
    assert "按期反复办理、有缺报的另有1项" in outcome.text
    assert "第3项" in outcome.text


def test_of_a_unit_collectives_are_told_apart(desk: Desks) -> None:
    outcome = desk().asks("文物局有过期没办的吗", "09-02")
    assert numbers(outcome) == ["1"]
    assert "统称" in outcome.text
    assert "第10项" in outcome.text


@pytest.mark.parametrize(
    "text",
    [
        "有那些预期没完成的",
        "愈期的有哪些",
        "有没有拖期的",
        "超期没完成的列一下",
        "过了时限还没弄完的",
        "红灯任务有哪些",
    ],
)
def test_overdue_is_asked_for_in_many_words(desk: Desks, text: str) -> None:
    assert numbers(desk().asks(text, "08-01")) == ["1", "2"]


def test_the_window_of_a_question_is_kept(desk: Desks) -> None:
    assert numbers(desk().asks("7月的任务超期的有哪些", "08-05")) == ["2"]


def test_nothing_overdue_is_an_answer_that_names_what_comes_next(desk: Desks) -> None:
    outcome = desk().asks("现在有逾期的没", "04-02")
    assert numbers(outcome) == []
    assert outcome.answer is not None
    assert outcome.answer.answered
    assert "没有逾期的任务" in outcome.text
    assert "最近到期的是" in outcome.text


@pytest.mark.parametrize("text", ["图书馆夜间开放逾期没有", "第9项逾期了吗", "校车办法逾期没有"])
def test_what_has_no_date_cannot_be_overdue(desk: Desks, text: str) -> None:
    outcome = desk().asks(text, "12-30")
    assert "不会逾期" in outcome.text
    assert numbers(outcome) == []
    assert outcome.answer is not None
    assert outcome.answer.answered


def test_of_one_item_it_says_whether_it_is_late(desk: Desks) -> None:
    assert numbers(desk().asks("第1项逾期了吗")) == ["1"]
    assert "没有逾期：11月30日" in desk().asks("电梯加装逾期了吗").text


# --- the weekly summary ------------------------------------------------------------------------------------------
def test_the_summary_asked_for_is_the_one_that_is_posted(desk: Desks, office: Register) -> None:
    at = datetime(2025, 7, 10, 9, tzinfo=SHANGHAI)
    week = around(at.date(), Stretch.WEEK)
    since = since_of(week, WorkCalendar(), Policy())
    value = summary(office.scoped(("yunling",)), Ledger(), at, WorkCalendar(), week, since)
    assert desk().asks("发一下本周汇总").text == full_summary(value, LONG_LIST)


def test_a_units_summary_counts_its_own_items(desk: Desks) -> None:
    assert "共2项任务" in desk().asks("民政局本周情况汇总").text


def test_last_weeks_summary_does_not_know_this_weeks_reports(desk: Desks) -> None:
    late = desk(reported("07-08", 1, "市文物局"))
    assert "逾期2项" in late.asks("上周汇总发一下").text
    assert "逾期1项" in late.asks("本周汇总发一下").text


def test_there_is_no_ranking_without_a_rule(desk: Desks) -> None:
    text = desk().asks("末位是哪几家").text
    assert "没有设定排名规则" in text
    assert "市文物局：红灯1项" in text


# --- of many at once ---------------------------------------------------------------------------------------------
LISTED = "尚未办结的任务：\n" + "\n".join(
    f"{place}) 第{number}项“{words}”"
    for place, (number, words) in enumerate(
        (
            (1, "公开古桥修缮工程的招标结果和施工进度"),
            (2, "开设惠农补贴发放专栏，公布补贴对象和标准"),
            (4, "修订校车安全管理办法并组织解读"),
            (7, "推进老旧小区电梯加装信息公开"),
            (9, "公布养老院床位和收费标准"),
        ),
        1,
    )
)


def test_who_is_missing_of_many_is_a_short_list_by_unit_that_goes_on(desk: Desks) -> None:
    office = desk(reported("07-01", 2, "市财政局"), reported("07-02", 4, "市教育局"))
    first = office.asks("谁还没报", "08-01", LISTED)
    assert numbers(first) == ["1", "2", "7", "9"]
    assert first.answer is not None
    assert set(first.answer.units) == {"市文物局", "市农业农村局", "市住房城乡建设局", "市民政局"}
    head, units, *rows = first.text.splitlines()
    assert head == "共5项任务，还没有收到（全部）单位报告的有4项："
    assert units.startswith("还没有报告的单位：")
    assert rows[0] == "1) 市文物局 第1项“公开古桥修缮工程的招标结果……”：6月30日到期，已逾期32天"
    assert rows[1].startswith("2) 市农业农村局 第2项")
    assert rows[1].endswith("：7月31日到期，已逾期1天（已有1家报告）")
    assert "发“更多”看其余" in rows[-1]
    assert len(first.text.splitlines()) <= LINES


def test_the_rest_of_who_is_missing_is_told_on_request(office: Register) -> None:
    talk = Talk(office, role="supervisor", today=date(2025, 8, 1))
    talk.hears(LISTED)
    pages = [talk.says("谁还没报"), talk.says("更多")]
    rows = [line for page in pages for line in page.splitlines() if line[:1].isdigit()]
    assert [row.partition(")")[0] for row in rows] == ["1", "2", "3", "4", "5"]
    assert "更多" not in pages[-1]


def test_who_is_missing_is_asked_again_of_all_and_not_of_the_rows_just_shown(office: Register) -> None:
    talk = Talk(office, role="supervisor", today=date(2025, 8, 1))
    first = talk.says("谁还没报")
    talk.says("更多")
    assert talk.says("谁还没报") == first
    talk.says("第3项谁牵头")
    of_one = talk.says("谁还没报")
    assert "第3项" in of_one
    assert talk.says("谁还没报") == of_one


def test_the_missing_are_told_unit_by_unit(desk: Desks) -> None:
    told = desk().asks("谁还没报", "08-01", LISTED.replace("第9项", "第8项") + "\n6) 第9项“公布养老院床位和收费标准”")
    assert told.answer is not None
    assert told.answer.units.count("市民政局") == 1
    assert "市民政局2项" in told.text


def test_how_many_stand_is_a_line_each(desk: Desks) -> None:
    told = desk().asks("做完了没有", "08-01", LISTED)
    assert numbers(told) == ["1", "2", "4", "7", "9"]
    assert told.text.startswith("这5项任务的进展：\n1) 第1项")
    assert len(told.text.splitlines()) <= LINES
