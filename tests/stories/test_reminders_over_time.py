"""What a work group hears, and when: stories on a clock that is moved by hand."""

import time
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.channels.memory import MemoryChannel
from bot.clock import SystemClock
from knowledge.ledger import Entry, EntryKind
from knowledge.model import Deadline, DeadlineKind, Every
from tests.scheduler.offices import ALL_YEAR, PLAN, Office, at, by, duty, every, register_of, report


def days(said: list[tuple[date, str]]) -> list[str]:
    return [f"{day:%m-%d}" for day, _ in said]


def test_a_deadline_is_reminded_7_3_1_working_days_ahead_on_the_day_and_when_overdue() -> None:
    office = Office(register_of(duty(1, by("2026-07-15"))))
    said = office.each_morning("2026-07-01", "2026-07-31")
    #        T-7      T-3      T-1      the day  +1       +3       the week's first working day
    assert days(said) == ["07-06", "07-10", "07-14", "07-15", "07-16", "07-20", "07-27"]


def test_a_reminder_says_what_who_when_how_long_source_and_how_to_answer() -> None:
    office = Office(register_of(duty(3, by("2026-07-15"))))
    (posted,) = office.tick("2026-07-10 09:00")
    assert posted.conversation == "工作群"
    assert posted.text == (
        "【任务提醒】今天是2026年7月10日（星期五），请关注以下1项任务：\n"
        "依据：《云溪市2026年政务公开任务分工》\n"
        "■ 市财政局（牵头单位）\n"
        "· 第3项 公开第3类信息——还有5天（3个工作日）〔M6R〕\n"
        "  期限：7月15日（星期三）（原文“2026-07-15”）\n"
        "收到请回复“收到 M6R”；办结：“完成 M6R”并附链接或说明；延期：“延期 M6R 到几月几日”并说明原因。"
    )


def test_a_saturday_deadline_is_reminded_on_the_friday_before() -> None:
    office = Office(register_of(duty(1, by("2026-07-18"))))
    (friday,) = office.tick("2026-07-17 09:00")
    assert "还有1天，今天是到期前最后一个工作日" in friday.text
    assert "期限：7月18日（星期六）" in friday.text
    assert office.reminders("2026-07-18 09:00", "2026-07-19 09:00") == []


def test_what_friday_missed_is_still_said_on_the_saturday_that_is_the_deadline() -> None:
    office = Office(register_of(duty(1, by("2026-07-18")), duty(2, by("2026-07-19"))))
    (saturday,) = office.tick("2026-07-18 09:00")
    assert "第1项" in saturday.text
    assert "今天到期" in saturday.text
    assert "第2项" not in saturday.text


def test_a_week_without_power_over_national_day_gives_one_digest_at_the_present_stage() -> None:
    office = Office(
        register_of(
            duty(1, by("2026-09-30")), duty(2, by("2026-10-03")), duty(3, by("2026-10-08")), duty(4, by("2026-10-09"))
        )
    )
    office.tick("2026-09-28 09:00")
    # The power goes on 28 September at noon and returns in the night to 8 October, the first working day.
    assert office.tick("2026-10-07 23:59", "2026-10-08 00:00", "2026-10-08 08:59") == []
    (digest,) = office.tick("2026-10-08 09:00")
    assert "第1项 公开第1类信息——已逾期8天（1个工作日）" in digest.text
    assert "第2项 公开第2类信息——已逾期5天（1个工作日）" in digest.text
    assert "第3项 公开第3类信息——今天到期" in digest.text
    assert "第4项 公开第4类信息——还有1天（1个工作日）" in digest.text
    assert office.reminders("2026-10-08 09:01", "2026-10-08 12:00", "2026-10-08 19:59") == []


def test_make_up_saturdays_count_as_working_days_and_are_posted_on() -> None:
    # 10 October 2026 is a Saturday that offices work for the National Day holiday.
    office = Office(register_of(duty(1, by("2026-10-12"))))
    said = office.each_morning("2026-09-21", "2026-10-12")
    assert days(said) == ["09-24", "10-08", "10-10", "10-12"]
    assert "还有2天（1个工作日）" in said[-2][1]


def test_nothing_is_said_on_rest_days() -> None:
    office = Office(register_of(*(duty(n, by(f"2026-10-{n:02}")) for n in range(9, 31))))
    assert office.each_morning("2026-10-01", "2026-10-07") == []


def test_nothing_is_said_at_night() -> None:
    office = Office(register_of(duty(1, by("2026-07-15"))))
    assert office.tick("2026-07-15 00:00", "2026-07-15 08:59", "2026-07-15 20:00", "2026-07-15 23:59") == []
    assert len(office.tick("2026-07-15 19:59")) == 1


def test_the_report_for_december_is_due_in_january_and_not_lost() -> None:
    plan = replace(PLAN, issued=date(2025, 2, 1), year=2025)
    monthly = replace(every(Every.MONTH, year=2025, day=10, after_period=True), issued=plan.issued)
    reported = [report("plan#1", f"2025-{m:02}-05 10:00", period=f"2025-{m - 1:02}") for m in range(2, 13)]
    office = Office(register_of(duty(1, monthly), documents=[plan]), *reported)
    said = office.each_morning("2025-12-11", "2026-01-20")
    assert days(said) == ["12-30", "01-06", "01-08", "01-09", "01-12", "01-14", "01-19"]
    assert "期限：2026年1月10日（星期六），报2025年12月情况" in said[0][1]


def test_in_a_rhythm_the_next_date_takes_over_and_names_what_was_missed() -> None:
    office = Office(register_of(duty(1, every(Every.MONTH))))
    said = dict(office.each_morning("2026-03-01", "2026-04-30"))
    assert "此前应于" in said[date(2026, 4, 30)]
    assert "3月31日（星期二）完成的尚未报告" in said[date(2026, 4, 30)]
    assert said[date(2026, 4, 30)].count("第1项") == 1


def test_a_weekly_rhythm_is_reminded_the_day_before_on_the_day_and_once_after() -> None:
    office = Office(register_of(duty(1, every(Every.WEEK, weekday=4))))
    said = office.each_morning("2026-07-06", "2026-07-19")
    assert days(said) == ["07-06", "07-09", "07-10", "07-13", "07-16", "07-17"]


def test_milestones_are_reminded_each_at_its_own_time() -> None:
    milestones = Deadline("6月15日前…，8月14日前…", DeadlineKind.MULTI, parts=(by("2026-06-15"), by("2026-08-14")))
    office = Office(register_of(duty(1, milestones)), report("plan#1", "2026-06-15 15:00"))
    assert days(office.each_morning("2026-06-16", "2026-08-16")) == ["08-05", "08-11", "08-13", "08-14"]


def test_done_stops_at_once() -> None:
    office = Office(register_of(duty(1, by("2026-07-15"))))
    assert len(office.tick("2026-07-10 09:00")) == 1
    office.store.append(report("plan#1", "2026-07-10 15:00"))
    assert office.each_morning("2026-07-13", "2026-08-31") == []


def test_a_period_that_is_done_leaves_the_others_owed() -> None:
    office = Office(register_of(duty(1, every(Every.MONTH))), report("plan#1", "2026-06-20 10:00", period="2026-06"))
    said = dict(office.each_morning("2026-06-25", "2026-07-31"))
    assert "报2026年5月情况" in said[date(2026, 6, 29)]  # May stays overdue, June is not asked for
    assert "报2026年7月情况" in said[date(2026, 7, 31)]


def test_received_is_shown_and_suppresses_nothing() -> None:
    received = Entry(EntryKind.ACKNOWLEDGED, at("2026-07-10 10:00"), assignment="plan#1", unit="市财政局")
    office = Office(register_of(duty(1, by("2026-07-15"))), received)
    (posted,) = office.tick("2026-07-15 09:00")
    assert "已回复收到：市财政局" in posted.text


def test_work_of_the_whole_year_is_asked_after_once_a_quarter_and_never_overdue() -> None:
    office = Office(register_of(duty(1, ALL_YEAR)))
    said = office.each_morning("2026-01-05", "2026-12-31")
    assert days(said) == ["03-02", "06-01", "09-01", "12-01"]
    assert "逾期" not in "".join(text for _, text in said)
    assert "没有具体期限" in said[0][1]


def test_work_of_a_whole_year_ends_with_its_year_and_long_work_with_the_next() -> None:
    lasting = Deadline("长期坚持", DeadlineKind.ONGOING)
    daily = every(Every.DAY)
    office = Office(register_of(duty(1, ALL_YEAR), duty(2, lasting), duty(3, daily)))
    assert "第1项" in office.each_morning("2026-12-01", "2026-12-01")[0][1]
    ((_, next_year),) = office.each_morning("2027-03-01", "2027-03-01")
    assert [f"第{n}项" in next_year for n in (1, 2, 3)] == [False, True, True]
    assert office.each_morning("2028-03-01", "2028-03-31") == []


def test_many_of_them_are_listed_by_number_unit_by_unit() -> None:
    office = Office(register_of(*(duty(n, ALL_YEAR, unit=f"市{n % 2 + 1}局") for n in range(1, 26))))
    ((_, text),) = office.each_morning("2026-03-02", "2026-03-02")
    lines = text.split("\n")
    assert lines[1] == "依据：《云溪市2026年政务公开任务分工》"
    assert lines[2].startswith("· 市2局（牵头单位）：第1项、第3项、第5项")
    assert len(lines) == 4


def test_what_is_overdue_for_more_than_a_year_is_left_to_the_summary() -> None:
    old = replace(PLAN, issued=date(2024, 1, 1))
    office = Office(register_of(duty(1, by("2025-06-30")), documents=[old]))
    assert len(office.each_morning("2026-06-01", "2026-06-30")) == 5
    assert office.each_morning("2026-07-01", "2026-07-31") == []


def test_no_date_no_reminder() -> None:
    on_event = Deadline("办法出台后10日内", DeadlineKind.EVENT, event="办法出台", rel="after")
    on_receipt = Deadline("收到后5个工作日内", DeadlineKind.RELATIVE, anchor="receipt")
    begins = Deadline("7月15日开工", DeadlineKind.BY, due=date(2026, 7, 15), start_only=True)
    office = Office(register_of(duty(1, on_event), duty(2, on_receipt), duty(3), duty(4, begins)))
    assert office.each_morning("2026-06-01", "2026-08-31") == []


def test_a_document_filed_late_is_told_of_at_its_present_stage_only() -> None:
    filed = Entry(EntryKind.FILED, at("2026-07-13 15:00"), document=PLAN.id)
    office = Office(register_of(duty(1, by("2026-07-15")), duty(2, by("2026-07-10")), duty(3, ALL_YEAR)), filed)
    (posted,) = office.tick("2026-07-13 15:01")
    assert posted.text.count("· ") == 2
    assert "第2项 公开第2类信息——已逾期3天（1个工作日）" in posted.text
    assert "第1项 公开第1类信息——还有2天（2个工作日）" in posted.text


def test_each_conversation_hears_of_its_own_documents() -> None:
    other = replace(PLAN, id="other", title="云溪市营商环境方案")
    office = Office(
        register_of(
            duty(1, by("2026-07-15")),
            duty(2, by("2026-07-15"), document="other"),
            documents=(PLAN, other),
            营商群="other",
        )
    )
    said = {posted.conversation: posted.text for posted in office.tick("2026-07-15 09:00")}
    assert set(said) == {"工作群", "营商群"}
    assert "第1项" in said["工作群"]
    assert "第2项" not in said["工作群"]
    assert "第2项" in said["营商群"]


def test_most_urgent_first_and_a_units_lines_together() -> None:
    office = Office(
        register_of(
            duty(1, by("2026-07-24"), unit="市民政局"),
            duty(2, by("2026-07-24")),
            duty(3, by("2026-07-14")),
            duty(4, by("2026-07-16"), unit="市民政局"),
        )
    )
    (posted,) = office.tick("2026-07-15 09:00")
    places = [posted.text.index(word) for word in ("市财政局", "第3项", "第2项", "市民政局", "第4项", "第1项")]
    assert places == sorted(places)
    assert "请关注以下4项任务，其中逾期1项" in posted.text


def test_beyond_the_published_calendar_it_speaks_monday_to_friday_and_says_once_why() -> None:
    office = Office(register_of(duty(1, by("2028-03-15")), duty(2, by("2028-03-15"))))
    assert days(office.each_morning("2028-03-06", "2028-03-15")) == ["03-06", "03-10", "03-14", "03-15"]
    assert isinstance(office.channel, MemoryChannel)
    texts = [posted.text for posted in office.channel.posted]
    assert "还有9天〔" in texts[0]
    assert texts[0].endswith("注：2028年放假安排尚未导入，提醒日暂按周一至周五推算，工作日天数不计。")
    assert "".join(texts).count("放假安排尚未导入") == 1


def test_a_working_day_deadline_beyond_the_published_calendar_gives_no_date() -> None:
    from knowledge.model import Period

    relative = Deadline(
        "印发后10个工作日内", DeadlineKind.RELATIVE, anchor="issue", period=Period(workdays=10), issued=date(2028, 3, 1)
    )
    assert Office(register_of(duty(1, relative))).each_morning("2028-03-01", "2028-03-31") == []


def test_the_weekly_summary_comes_on_friday_at_four_once() -> None:
    office = Office(register_of(duty(1, by("2026-07-15"))))
    assert [p for p in office.tick("2026-07-24 15:59") if "一周情况" in p.text] == []
    (posted,) = office.tick("2026-07-24 16:00", "2026-07-24 16:01", "2026-07-25 16:00")
    assert posted.text.startswith("【一周情况】2026年7月20日（星期一）至7月26日（星期日）")
    assert "逾期1项" in posted.text


def test_in_a_week_that_ends_in_a_holiday_the_summary_comes_on_its_last_working_day() -> None:
    office = Office(register_of(duty(1, by("2026-12-15"))))
    (posted,) = office.tick("2026-09-30 16:00")
    assert "9月28日（星期一）至10月4日（星期日）" in posted.text


def test_a_summary_that_was_missed_is_made_up_for_on_monday_and_then_forgotten() -> None:
    office = Office(register_of(duty(1, by("2026-12-15"))))
    (posted,) = office.tick("2026-07-27 09:00")
    assert "7月20日" in posted.text
    assert Office(register_of(duty(1, by("2026-12-15")))).tick("2026-07-28 09:00") == []


def test_a_plan_whose_year_is_long_over_has_no_weekly_summary_any_more() -> None:
    old = replace(PLAN, issued=date(2020, 1, 1), year=2020)
    office = Office(register_of(duty(1, by("2020-06-30")), documents=[old]))
    assert office.tick("2026-07-24 16:00") == []
    still_chased = Office(register_of(duty(1, by("2026-06-30")), documents=[old]))
    assert len(still_chased.tick("2026-07-24 16:00")) == 1


def test_a_clock_that_is_set_back_does_not_begin_anew_and_loses_nothing() -> None:
    office = Office(register_of(duty(1, by("2026-07-15")), duty(2, by("2026-07-31"))))
    (ahead,) = office.reminders("2026-07-15 09:00")
    assert "第1项" in ahead.text
    # The clock was nine days ahead: it is put right, and goes through the same days once more.
    again = office.each_morning("2026-07-06", "2026-07-31")
    assert [day for day, text in again if "第1项" in text and day <= date(2026, 7, 15)] == []
    assert days([(day, text) for day, text in again if "第1项" in text])[:2] == ["07-16", "07-20"]
    assert days([(day, text) for day, text in again if "第2项" in text]) == ["07-22", "07-28", "07-30", "07-31"]


def test_a_clock_that_jumps_ahead_by_weeks_says_only_what_is_owed_at_its_present_stage() -> None:
    office = Office(register_of(duty(1, by("2026-07-15")), duty(2, by("2026-08-03"))))
    office.tick("2026-07-06 09:00")
    (posted,) = office.reminders("2026-07-30 09:00", "2026-07-30 09:01", "2026-07-30 17:00")
    assert "已逾期15天" in posted.text
    assert "还有4天（2个工作日）" in posted.text


def test_a_lid_that_is_closed_over_the_posting_hour_costs_nothing() -> None:
    office = Office(register_of(duty(1, by("2026-07-15"))))
    office.tick("2026-07-10 08:59")
    (posted,) = office.tick("2026-07-10 14:37", "2026-07-10 14:38")
    assert "第1项" in posted.text


@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Kiritimati"])
def test_days_and_hours_are_those_of_shanghai_whatever_the_machine_says(
    zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        office = Office(register_of(duty(1, by("2026-07-15"))))
        assert office.tick("2026-07-10 08:59") == []
        (posted,) = office.tick("2026-07-10 09:00")
        assert "今天是2026年7月10日（星期五）" in posted.text
        assert SystemClock().now().utcoffset() == timedelta(hours=8)
    finally:
        monkeypatch.undo()
        time.tzset()
