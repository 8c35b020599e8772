"""What nobody answers goes up, once for each stage; extensions are told to who decides and back; silences end by themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.channels.memory import MemoryChannel
from bot.config import Config
from bot.reminder_settings import RemindersConfig
from knowledge import deadlines
from knowledge.model import Duty, Message, Role
from tests.scheduler.offices import ISSUED, Office, by, duty, register_of, report


def office_of(*assignments: object, leaders: str = "领导群") -> Office:
    office = Office(register_of(*assignments))  # type: ignore[arg-type]
    reminders = RemindersConfig(jitter=0, conversation="工作群", supervisors="督查群", leaders=leaders)
    office.app.config = Config(reminders=reminders)
    return office


def told(office: Office, conversation: str, first: str, last: str) -> list[tuple[str, str]]:
    """(day, the first line) of what a conversation is told at nine, summaries left out."""
    start, end = date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal()
    days = [date.fromordinal(day).isoformat() for day in range(start, end + 1)]
    found = []
    for day in days:
        for posted in office.reminders(f"{day} 09:00", f"{day} 09:01"):
            if posted.conversation == conversation:
                found.append((day, posted.text.splitlines()[0]))
    return found


def says(office: Office, text: str, when: str, conversation: str = "工作群", **speaker: str) -> str:
    from tests.scheduler.offices import at

    office.clock.set(at(when))
    return office.app.receive(Message(text, conversation, "张晓", **speaker)).text  # type: ignore[arg-type]


def liaison(office: Office, text: str, when: str) -> str:
    return says(office, text, when, role="liaison", unit="市财政局")


def test_unanswered_on_the_eve_goes_to_the_supervisors_and_overdue_to_the_leaders_once_each() -> None:
    office = office_of(duty(1, by("2026-07-31")))
    assert [day for day, _ in told(office, "督查群", "2026-07-20", "2026-08-14")] == ["2026-07-30", "2026-08-03"]
    office = office_of(duty(1, by("2026-07-31")))
    (heard,) = told(office, "领导群", "2026-07-20", "2026-08-14")
    assert heard == ("2026-08-05", "【逾期报告】以下1项逾期满三个工作日仍没有报告办结，报请知悉：")


def test_who_has_answered_is_not_raised_on_the_eve_and_is_named_when_overdue() -> None:
    office = office_of(duty(1, by("2026-07-31")))
    told(office, "督查群", "2026-07-20", "2026-07-29")
    assert "签收第1项" in liaison(office, "收到", "2026-07-29 10:00")
    assert told(office, "督查群", "2026-07-30", "2026-07-31") == []
    (posted,) = [p for p in office.reminders("2026-08-03 09:00") if p.conversation == "督查群"]
    assert "已逾期3天（1个工作日）" in posted.text
    assert "已回复收到：市财政局" in posted.text


def test_done_stops_everything_at_once() -> None:
    office = office_of(duty(1, by("2026-07-31")))
    told(office, "督查群", "2026-07-20", "2026-07-29")
    office.store.append(report("plan#1", "2026-07-29 15:00"))
    assert told(office, "督查群", "2026-07-30", "2026-08-14") == []


def test_nobody_is_raised_for_what_he_was_never_reminded_of() -> None:
    office = office_of(duty(1, by("2026-07-31")))
    assert told(office, "督查群", "2026-08-10", "2026-08-10") == []
    assert told(office, "督查群", "2026-08-11", "2026-08-11") == [
        ("2026-08-11", "【催办】以下1项已经逾期，还没有报告办结，请督查员了解：")
    ]


def test_supervisors_who_get_the_reminders_themselves_are_not_told_twice() -> None:
    office = office_of(duty(1, by("2026-07-31")))
    reminders = RemindersConfig(jitter=0, conversation="", supervisors="督查群")
    office.app.config = Config(reminders=reminders)
    told(office, "督查群", "2026-07-20", "2026-08-07")
    assert isinstance(office.channel, MemoryChannel)
    assert "已逾期" in office.channel.posted[-1].text
    assert not [posted for posted in office.channel.posted if "催办" in posted.text]


def test_a_request_goes_to_the_supervisors_and_the_decision_back_to_the_group() -> None:
    office = office_of(duty(1, by("2026-07-31")))
    office.tick("2026-07-22 09:00")
    liaison(office, "申请延期到8月20日，原因是系统还在测试", "2026-07-22 10:00")
    (asked,) = [p for p in office.tick("2026-07-22 10:01", "2026-07-22 10:02") if p.conversation == "督查群"]
    assert "申请延到8月20日（星期四）。原因：系统还在测试" in asked.text
    assert "改为2026年8月20日（星期四）" in says(office, "同意", "2026-07-22 11:00", "督查群", role="supervisor")
    (back,) = [p for p in office.tick("2026-07-22 11:01") if p.conversation == "工作群"]
    assert "同意延期，期限由7月31日（星期五）改为8月20日（星期四）" in back.text
    assert told(office, "工作群", "2026-07-23", "2026-08-10") == []
    assert told(office, "工作群", "2026-08-11", "2026-08-11") != []


def test_a_silent_group_hears_one_digest_afterwards_of_what_is_still_owed() -> None:
    office = office_of(duty(1, by("2026-07-17")), duty(2, by("2026-07-20")), duty(3, by("2026-07-22")), leaders="")
    office.tick("2026-07-13 09:00")
    says(office, "本群静默到7月19日", "2026-07-13 15:00", role="supervisor")
    assert told(office, "工作群", "2026-07-14", "2026-07-19") == []
    (posted,) = [p for p in office.tick("2026-07-20 09:00", "2026-07-20 09:01") if p.conversation == "工作群"]
    assert posted.text.startswith("【静默结束】本会话7月13日（星期一）起的静默已于7月19日（星期日）结束。")
    assert [number for number in (1, 2, 3) if f"第{number}项" in posted.text] == [1, 2, 3]
    assert "静默结束" not in "".join(p.text for p in office.tick("2026-07-21 09:00"))


def test_a_units_silence_of_an_item_does_not_hide_it_from_the_supervisors() -> None:
    office = office_of(duty(1, by("2026-07-31")), leaders="")
    (posted,) = [p for p in office.tick("2026-07-28 09:00") if p.conversation == "工作群"]
    code = posted.text.split("· ")[1].split()[0]
    liaison(office, f"静默 {code} 到8月3日", "2026-07-28 10:00")
    assert told(office, "工作群", "2026-07-29", "2026-08-03") == []
    assert isinstance(office.channel, MemoryChannel)
    raised = [p.text.splitlines()[0] for p in office.channel.posted if p.conversation == "督查群"]
    assert ["还没有回复收到" in raised[0], "已经逾期" in raised[1], len(raised)] == [True, True, 2]


def test_what_waits_for_an_event_is_asked_after_once_a_quarter_until_it_is_reported() -> None:
    read = deadlines.read("省级指导意见印发后60日内", ISSUED, 2026)
    office = office_of(duty(1, read), leaders="")
    heard = told(office, "工作群", "2026-03-02", "2026-03-31")
    assert [day for day, _ in heard] == ["2026-03-02"]
    assert "候报事件" in heard[0][1]
    reply = liaison(office, "省级指导意见3月20日已印发", "2026-04-01 10:00")
    assert "期限2026年5月19日（星期二）" in reply
    days = [day for day, line in told(office, "工作群", "2026-05-06", "2026-05-20") if "任务提醒" in line]
    assert days == ["2026-05-09", "2026-05-14", "2026-05-18", "2026-05-19", "2026-05-20"]


def test_each_unit_counts_from_the_day_on_which_it_received() -> None:
    read = deadlines.read("收到本通知之日起10日内", ISSUED, 2026)
    both = replace(
        duty(1, read), duties=(Duty("市财政局", Role.LEAD, "牵头单位"), Duty("市教育局", Role.LEAD, "牵头单位"))
    )
    office = office_of(both, leaders="")
    assert told(office, "工作群", "2026-03-02", "2026-03-31") == []
    reply = liaison(office, "第1项3月31日收到", "2026-04-01 10:00")
    assert "市财政局 第1项" in reply
    assert "期限2026年4月10日（星期五）" in reply
    posted = [p.text for p in office.reminders("2026-04-07 09:00") if p.conversation == "工作群"]
    assert "市财政局" in posted[0]
    assert "4月10日（星期五）" in posted[0]
    assert "原定" not in posted[0]


def test_after_a_power_cut_over_the_holiday_each_conversation_hears_one_message() -> None:
    office = office_of(duty(1, by("2026-09-25")), duty(2, by("2026-09-30")), duty(3, by("2026-10-09")))
    for day in ("2026-09-22", "2026-09-24", "2026-09-28"):
        office.tick(f"{day} 09:00")
    # Dark from 28 September; the light comes back in the night to 8 October, the first working day after the holiday.
    posted = office.tick("2026-10-08 02:00", "2026-10-08 09:00", "2026-10-08 09:01", "2026-10-08 09:02")
    heard = {
        conversation: [p.text for p in posted if p.conversation == conversation]
        for conversation in ("工作群", "督查群", "领导群")
    }
    assert {conversation: len(texts) for conversation, texts in heard.items()} == {
        "工作群": 1,
        "督查群": 1,
        "领导群": 1,
    }
    assert "其中逾期2项" in heard["工作群"][0]
    raised = heard["督查群"][0].split("【一周情况】")[0]
    assert [f"第{n}项" in raised for n in (1, 2, 3)] == [False, True, True]
    assert [f"第{n}项" in heard["领导群"][0].split("【一周情况】")[0] for n in (1, 2, 3)] == [True, False, False]
