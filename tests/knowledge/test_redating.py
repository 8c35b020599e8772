"""What the ledger tells about dates: reported events and receipts, approved extensions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from knowledge import deadlines
from knowledge.extensions import Request, Step, pending, request_key
from knowledge.happenings import RECEIPT, Happening, events_of, happening_entry
from knowledge.ledger import Entry, Ledger
from knowledge.model import Assignment, Duty, Place, Role
from knowledge.redating import redated
from knowledge.register import Register
from scheduler.calendar import WorkCalendar
from scheduler.policy import SHANGHAI
from scheduler.standing import share_standing, standing
from tests.scheduler.offices import PLAN, report

ISSUED = date(2026, 1, 5)
TODAY = date(2026, 6, 1)
CALENDAR = WorkCalendar()
NOW = datetime(2026, 6, 1, 10, tzinfo=SHANGHAI)


def assignment(slot: str, *units: str) -> Assignment:
    duties = tuple(Duty(unit, Role.LEAD, "牵头单位") for unit in units or ("市财政局",))
    read = deadlines.read(slot, ISSUED, 2026)
    return Assignment("plan#1", "plan", "1", "1", (), "公开甲类信息", "公开甲类信息。", Place(line=1), duties, (read,))


def dates(one: Assignment, *entries: Entry, unit: str | None = None) -> list[str]:
    ledger = Ledger(entries)
    (seen,) = redated(Register(1, (PLAN,), (one,)), ledger).assignments
    state = (
        standing(seen, ledger, CALENDAR, TODAY) if unit is None else share_standing(seen, unit, ledger, CALENDAR, TODAY)
    )
    return [row.due.isoformat() for row in state.open]


def happened(event: str, on: str, unit: str = "", undone: bool = False) -> Entry:
    one = Happening("plan#1", event, date.fromisoformat(on), unit, "李清")
    return happening_entry(one, NOW, "已印发", "工作群", "plan", undone)


def approval(
    was: str, to: str, phrase: str, unit: str = "", step: Step = Step.APPROVED, period: str | None = None
) -> list[Entry]:
    days = date.fromisoformat(was), date.fromisoformat(to)
    key = request_key("plan#1", unit, days[0], NOW)
    asked = Request(key, "plan#1", "plan", unit, *days, (phrase,), period, "资料未齐", "张晓", NOW, "工作群")
    return [
        asked.entry(Step.ASKED, NOW, "张晓", "工作群", "申请延期"),
        asked.entry(step, NOW, "督查员", "督查群", "同意"),
    ]


def test_an_event_gives_its_assignment_a_date_from_the_day_it_is_reported() -> None:
    one = assignment("省级指导意见印发后60日内")
    assert events_of(one) == ("省级指导意见印发",)
    assert dates(one) == []
    assert dates(one, happened("省级指导意见印发", "2026-07-20")) == ["2026-09-18"]


def test_an_event_that_is_taken_back_leaves_no_date() -> None:
    one = assignment("省级指导意见印发后60日内")
    told = happened("省级指导意见印发", "2026-07-20")
    assert dates(one, told, happened("省级指导意见印发", "2026-07-20", undone=True)) == []


def test_what_is_due_before_an_event_is_due_on_the_day_ahead_of_it() -> None:
    assert dates(assignment("项目竣工前"), happened("项目竣工", "2026-08-10")) == ["2026-08-09"]


def test_a_receipt_dates_only_the_share_of_the_unit_that_reports_it() -> None:
    one = assignment("收到本通知之日起10日内", "市财政局", "市教育局")
    told = happened(RECEIPT, "2026-06-10", "市教育局")
    assert dates(one, told, unit="市教育局") == ["2026-06-20"]
    assert dates(one, told, unit="市财政局") == []


def test_hours_and_incidents_wait_for_nothing_that_can_be_reported() -> None:
    assert events_of(assignment("突发事件发生后5小时内")) == ()
    assert events_of(assignment("接到舆情后3日内")) == ()


def test_an_extension_moves_the_date_only_when_it_is_approved() -> None:
    one = assignment("2026年7月底前")
    moved = "2026-07-31", "2026-09-15", "2026年7月底前"
    assert dates(one, approval(*moved)[0]) == ["2026-07-31"]
    assert len(pending(Ledger(tuple(approval(*moved)[:1])))) == 1
    assert dates(one, *approval(*moved, step=Step.REFUSED)) == ["2026-07-31"]
    assert dates(one, *approval(*moved)) == ["2026-09-15"]
    assert pending(Ledger(tuple(approval(*moved)))) == ()


def test_an_extension_of_one_unit_leaves_the_date_of_the_other() -> None:
    one = assignment("2026年7月底前", "市财政局", "市教育局")
    moved = approval("2026-07-31", "2026-09-15", "2026年7月底前", "市教育局")
    assert dates(one, *moved) == ["2026-07-31", "2026-09-15"]
    assert dates(one, *moved, unit="市教育局") == ["2026-09-15"]
    assert dates(one, *moved, unit="市财政局") == ["2026-07-31"]
    done = replace(report("plan#1", "2026-07-20 10:00"), unit="市财政局")
    assert dates(one, *moved, done) == ["2026-09-15"]


def test_an_extension_moves_one_date_of_a_rhythm_and_keeps_its_period() -> None:
    one = assignment("每季度末")
    ledger = Ledger(tuple(approval("2026-06-30", "2026-07-10", "每季度末", period="2026-Q2")))
    (seen,) = redated(Register(1, (PLAN,), (one,)), ledger).assignments
    rows = standing(seen, ledger, CALENDAR, TODAY).dates
    moved = next(row for row in rows if row.was)
    assert (str(moved.due), moved.period, str(moved.was)) == ("2026-07-10", "2026-Q2", "2026-06-30")
    assert "2026-06-30" not in [str(row.due) for row in rows]


def test_laying_the_ledger_over_a_register_twice_changes_nothing() -> None:
    register = Register(1, (PLAN,), (assignment("收到本通知之日起10日内", "市财政局", "市教育局"),))
    told = Ledger((happened(RECEIPT, "2026-06-10", "市教育局"),))
    once = redated(register, told)
    assert once != register
    assert redated(once, told).assignments == once.assignments
    assert redated(register, Ledger()) is register
