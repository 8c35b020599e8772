"""A year's rest days come late, and once they changed after they were known (the spring of 2020)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.app import App
from bot.calendars import import_calendar
from bot.home import Home
from bot.settled import office_calendar
from knowledge.model import Deadline, DeadlineKind, Period
from scheduler.arrangement import ArrangementError, read_notice
from scheduler.calendar import WorkCalendar, YearDays, days_of, year_text
from scheduler.calendar_notices import calendar_notices
from scheduler.policy import Policy
from scheduler.reminders import moment_of
from tests.scheduler.offices import PLAN, Office, at, duty, register_of

NOTICE = Path(__file__).with_name("放假通知.txt")
PUBLISHED = WorkCalendar()
FIVE_DAYS = Deadline(
    "印发后5个工作日内",
    DeadlineKind.RELATIVE,
    anchor="issue",
    period=Period(workdays=5),
    issued=date(2020, 1, 20),
    year=2020,
)


def year_file(folder: Path, year: int, days: YearDays) -> Path:
    file = folder / f"{year}.toml"
    file.write_text(year_text(year, days), "utf-8")
    return file


def first_of_2020() -> YearDays:
    """The notice that was in force in January: work began on 31 January, and 1 February was a make-up day."""
    extended = days_of(PUBLISHED, 2020)
    assert extended is not None
    return YearDays(extended.off - {date(2020, 1, 31)}, extended.work | {date(2020, 2, 1)})


def test_when_the_spring_festival_was_prolonged_the_group_is_told_which_dates_moved(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.create()
    plan = replace(PLAN, issued=date(2020, 1, 20), year=2020)
    office = Office(register_of(duty(1, FIVE_DAYS), documents=[plan]))
    import_calendar(office.store, home, year_file(tmp_path, 2020, first_of_2020()), "李清", at("2020-01-06 09:00"))
    office.app = App(office.store, office.channel, office_calendar(home.path), office.app.config, office.clock)
    before = office.tick("2020-01-23 09:00")
    assert any("2020年2月1日" in posted.text or "2月1日（星期六）" in posted.text for posted in before)

    extended = days_of(PUBLISHED, 2020)
    assert extended is not None
    (change,) = import_calendar(office.store, home, year_file(tmp_path, 2020, extended), "李清", at("2020-01-27 10:00"))
    assert [str(move[1].due) for _, moves in change.moved for move in moves] == ["2020-02-04"]
    office.app = App(office.store, office.channel, office_calendar(home.path), office.app.config, office.clock)
    texts = [
        p.text for p in office.tick("2020-02-03 09:00", "2020-02-03 09:01", "2020-02-04 09:00") if "期限变更" in p.text
    ]
    assert len(texts) == 1
    assert "原为2020年2月1日（星期六），现为2020年2月4日（星期二）" in texts[0]


def test_a_calendar_that_a_new_version_brings_is_noticed_at_the_start_and_told_like_an_import() -> None:
    plan = replace(PLAN, issued=date(2020, 1, 20), year=2020)
    office = Office(register_of(duty(1, FIVE_DAYS), documents=[plan]))
    office.app.calendar = WorkCalendar({2020: first_of_2020()})
    office.clock.set(at("2020-01-21 08:00"))
    office.app.settle()
    office.app.settle()
    assert [posted.text for posted in office.tick("2020-01-21 09:00") if "期限变更" in posted.text] == []
    office.app.calendar = PUBLISHED
    office.clock.set(at("2020-02-03 08:00"))
    office.app.settle()
    (posted,) = [posted for posted in office.tick("2020-02-03 09:00", "2020-02-03 09:01") if "期限变更" in posted.text]
    assert "原为2020年2月1日（星期六），现为2020年2月4日（星期二）" in posted.text


def test_importing_the_same_year_again_changes_nothing(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.create()
    office = Office(register_of(duty(1, FIVE_DAYS)))
    file = year_file(tmp_path, 2020, first_of_2020())
    assert len(import_calendar(office.store, home, file, "李清", at("2020-01-06 09:00"))) == 1
    assert import_calendar(office.store, home, file, "李清", at("2020-01-06 09:05")) == ()


def test_from_november_the_supervisors_are_asked_once_for_next_years_calendar() -> None:
    register = register_of(duty(1, FIVE_DAYS))
    policy = Policy(supervisors="督查群")

    def owed(when: str, asked: Policy = policy, calendar: WorkCalendar = PUBLISHED) -> list[tuple[str, str | None]]:
        moment = moment_of(Office(register).store.ledger(), at(when), calendar, asked)
        return [(notice.conversation, notice.period) for notice in calendar_notices(moment, register)]

    assert owed("2026-10-30 09:00") == []
    assert owed("2026-11-02 09:00") == [("督查群", "2027")]
    assert owed("2026-11-02 09:00", Policy()) == []
    known = WorkCalendar({2027: YearDays()})
    assert owed("2026-11-02 09:00", calendar=known) == []


def test_the_text_of_a_notice_is_read_as_the_published_year() -> None:
    read = read_notice(NOTICE.read_text("utf-8"))
    assert read.year == 2026
    assert days_of(WorkCalendar({2026: read.days}), 2026) == days_of(PUBLISHED, 2026)


@pytest.mark.parametrize(
    ("right", "wrong", "why"),
    [
        ("1月1日（周四）", "1月1日（周五）", "2026年这一天是星期四"),
        ("共9天", "共8天", "写的是共8天，数下来是9天"),
        ("2月28日（周六）", "2月30日（周六）", "2月30日不存在"),
        ("9月25日（周五）至27日（周日）放假，共3天", "待定", "没有写中秋"),
        ("10月10日（周六）上班", "10月9日（周五）上班", "本来就上班"),
        ("2026年部分节假日安排", "部分节假日安排", "不知道是哪一年"),
    ],
)
def test_a_notice_that_does_not_add_up_is_refused_with_the_place(right: str, wrong: str, why: str) -> None:
    with pytest.raises(ArrangementError, match=why):
        read_notice(NOTICE.read_text("utf-8").replace(right, wrong))


def test_the_days_of_december_that_a_notice_arranges_go_to_their_own_year() -> None:
    text = (
        NOTICE.read_text("utf-8")
        .replace("1月1日（周四）至3日", "2025年12月31日（周三）至2026年1月3日")
        .replace("共3天。1月4日", "共4天。1月4日")
    )
    read = read_notice(text)
    assert read.beside == ((2025, YearDays(frozenset({date(2025, 12, 31)}))),)
