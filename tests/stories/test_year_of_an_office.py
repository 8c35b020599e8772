"""One year of one office, from the import to the annual report: every figure of every summary is counted again here, by loops over a
table that a person has written down and with nothing of the product's own counting."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.config import Config, RemindersConfig
from bot.home import Home
from bot.intake import import_files
from bot.summary_settings import SummaryConfig
from handlers import handle
from handlers.message import Outcome
from knowledge.directory import Liaison, liaison_entry
from knowledge.ledger import EntryKind
from knowledge.model import Message
from knowledge.register import Register
from scheduler.summary import Line, Summary
from tests.scheduler.offices import CALENDAR, Office, at

HEAD = "云溪市人民政府办公室\n关于印发2026年云溪市政务公开任务分工方案的通知\n\n各有关单位：\n\n现将任务分工印发给你们，请认真落实。\n\n"
FOOT = "云溪市人民政府办公室\n2026年1月12日\n"
FIRST = (
    ("公开部门预算", "市财政局", "2026年3月31日前"),
    ("公布低保资金发放情况", "市民政局", "每月25日前"),
    ("公布义务教育招生方案", "市教育局", "2026年6月30日前"),
    ("公开帮扶资金使用结果", "市财政局、市民政局", "2026年9月30日前"),
    ("更新旅游景区价格目录", "市文化和旅游局", "全年"),
    ("公开法律援助案件数量", "市司法局", "每季度最后一个月20日前"),
    ("发布农村公路养护计划", "市交通运输局", "2026年10月10日前"),
)
BUDGET, WELFARE, SCHOOLS, AID, SIGHTS, LAW, ROADS = (text for text, _, _ in FIRST)
BUSES = "公布公交线路调整方案"
REVISION = date(2026, 7, 6)
REVISED = (
    *FIRST[:2],
    (SCHOOLS, "市教育局", "2026年8月15日前"),
    *FIRST[3:6],
    (BUSES, "市交通运输局", "2026年11月30日前"),
)  # fmt: skip


def paper(rows: Iterable[tuple[str, str, str]]) -> str:
    told = (
        f"{n}.{text}。\n\n牵头单位：{units}\n\n完成时限：{limit}\n" for n, (text, units, limit) in enumerate(rows, 1)
    )
    return f"{HEAD}{chr(10).join(told)}\n{FOOT}"


# --- what happens ---------------------------------------------------------------------------------------------------
SAID = (
    ("01-23 10:00", "市民政局", "第2项1月份已完成"),
    ("02-26 10:00", "市民政局", "第2项2月份已完成"),
    ("03-18 10:00", "市司法局", "第6项一季度已完成"),
    ("03-20 10:00", "市财政局", "第1项已完成"),
    ("03-23 09:00", "市财政局", "刚才发错了，第1项还在办理"),
    ("03-24 09:00", "市教育局", "第1项已完成"),
    ("04-02 10:00", "市财政局", "第1项已完成，链接https://www.yunxi.gov.cn/budget"),
    ("04-24 10:00", "市民政局", "第2项3月份已完成"),
    ("04-24 10:05", "市民政局", "第2项4月份已完成"),
    ("05-25 10:00", "市民政局", "第2项5月份已完成"),
    ("06-24 10:00", "市民政局", "第2项6月份已完成"),
    ("06-25 10:00", "市司法局", "第6项二季度已完成"),
    ("07-24 10:00", "市民政局", "第2项7月份已完成"),
    ("08-14 10:00", "市教育局", "第3项已完成"),
    ("09-17 10:00", "市司法局", "第6项三季度已完成"),
    ("09-28 10:00", "市财政局", "第4项已完成"),
    ("10-12 10:00", "市民政局", "第4项已完成"),
    ("12-01 10:00", "市交通运输局", "第7项已完成"),
)
STORED = len(SAID) - 1  # what 市教育局 said of 第1项 is not its own

# --- the same, as a person would write it on paper: (what, unit, date) → from when to when it counted as done ---------
Days = list[tuple[date, date | None]]


def day(words: str) -> date:
    return date.fromisoformat(f"2026-{words}")


DONE: dict[tuple[str, str, date], Days] = {
    (BUDGET, "市财政局", day("03-31")): [(day("03-20"), day("03-23")), (day("04-02"), None)],
    (WELFARE, "市民政局", day("01-25")): [(day("01-23"), None)],
    (WELFARE, "市民政局", day("02-25")): [(day("02-26"), None)],
    (WELFARE, "市民政局", day("03-25")): [(day("04-24"), None)],
    (WELFARE, "市民政局", day("04-25")): [(day("04-24"), None)],
    (WELFARE, "市民政局", day("05-25")): [(day("05-25"), None)],
    (WELFARE, "市民政局", day("06-25")): [(day("06-24"), None)],
    (WELFARE, "市民政局", day("07-25")): [(day("07-24"), None)],
    (LAW, "市司法局", day("03-20")): [(day("03-18"), None)],
    (LAW, "市司法局", day("06-20")): [(day("06-25"), None)],
    (LAW, "市司法局", day("09-20")): [(day("09-17"), None)],
    (SCHOOLS, "市教育局", day("08-15")): [(day("08-14"), None)],
    (AID, "市财政局", day("09-30")): [(day("09-28"), None)],
    (AID, "市民政局", day("09-30")): [(day("10-12"), None)],
    (BUSES, "市交通运输局", day("11-30")): [(day("12-01"), None)],
}
MONTHLY = [date(2026, month, 25) for month in range(1, 13)]  # a plan for 2026 asks for nothing behind it
QUARTERLY = [date(2026, month, 20) for month in (3, 6, 9, 12)]


def table(today: date) -> dict[str, tuple[list[str], list[date]]]:
    """Every assignment in force on a day: its units and its dates."""
    rows = {
        BUDGET: (["市财政局"], [day("03-31")]),
        WELFARE: (["市民政局"], MONTHLY),
        SCHOOLS: (["市教育局"], [day("06-30") if today < REVISION else day("08-15")]),
        AID: (["市财政局", "市民政局"], [day("09-30")]),
        SIGHTS: (["市文化和旅游局"], []),
        LAW: (["市司法局"], QUARTERLY),
    }
    rows |= (
        {ROADS: (["市交通运输局"], [day("10-10")])} if today < REVISION else {BUSES: (["市交通运输局"], [day("11-30")])}
    )
    return rows


def done_on(what: str, units: Iterable[str], due: date, today: date) -> date | None:
    """The day on which the last of the units had it done, as it was known on `today`."""
    last = None
    for unit in units:
        mine = None
        for start, end in DONE.get((what, unit, due), []):
            if start <= today and (end is None or today < end):
                mine = start
        if mine is None:
            return None
        last = mine if last is None or mine > last else last
    return last


Pairs = set[tuple[str, date]]


class Count:
    """All figures of a stretch, counted the slow way."""

    def __init__(self, first: date, last: date, behind: date, today: date) -> None:
        self.total = set(table(today))
        self.done: Pairs = set()
        self.late: Pairs = set()
        self.overdue: Pairs = set()
        self.rest: Pairs = set()
        self.next: Pairs = set()
        self.red: dict[str, set[str]] = {}
        self.owed: dict[str, int] = {}
        self.met: dict[str, int] = {}
        for what, (units, dates) in table(today).items():
            for due in dates:
                self.one(what, units, due, first, last, behind, today)
                for unit in units:
                    self.share(what, unit, due, first, last, today)

    def one(self, what: str, units: list[str], due: date, first: date, last: date, behind: date, today: date) -> None:
        on = done_on(what, units, due, today)
        if on is not None:
            if first <= on <= last:
                self.done.add((what, due))
                if on > due:
                    self.late.add((what, due))
        elif due < today:
            self.overdue.add((what, due))
        if on is None and today <= due <= last:
            self.rest.add((what, due))
        if on is None and today <= due and last < due <= behind:
            self.next.add((what, due))

    def share(self, what: str, unit: str, due: date, first: date, last: date, today: date) -> None:
        on = done_on(what, [unit], due, today)
        if on is None and due < today:
            self.red.setdefault(unit, set()).add(what)
        due_now = first <= due <= min(last, today) and (on is not None or due < today)
        if due_now or (due < first and (on is None or on >= first)):
            self.owed[unit] = self.owed.get(unit, 0) + 1
            self.met[unit] = self.met.get(unit, 0) + (on is not None)


# --- the office -----------------------------------------------------------------------------------------------------
class Year(Office):
    def __init__(self, folder: Path) -> None:
        super().__init__(Register())
        summaries = SummaryConfig(monthly=1, ranking=True)
        self.app.config = Config(reminders=RemindersConfig(jitter=0, remind=False), summary=summaries)
        self.home = Home(folder / "home")
        self.home.create()
        self.folder = folder

    def files(self, rows: Iterable[tuple[str, str, str]], moment: str) -> None:
        path = self.folder / "任务分工方案.txt"
        path.write_text(paper(rows), "utf-8")
        (outcome,) = import_files(self.store, self.home, [path], now=at(moment))
        assert not outcome.failed, outcome.sentence

    def liaison(self, name: str, moment: str, removed: bool = False) -> None:
        self.store.append(liaison_entry(Liaison("市财政局", name), at(f"2026-{moment}"), "赵主任", removed=removed))

    def hears(self, text: str, unit: str | None = None, role: str = "liaison") -> Outcome:
        return self.app.receive(Message(text, sender="张晓", unit=unit, role=role))

    def value(self, text: str) -> Summary:
        """The very value behind a summary that is asked for as a file."""
        message = Message(text, sender="赵主任", role="supervisor")
        known = self.app.register, self.store.ledger(), self.clock.now(), CALENDAR
        (one,) = handle(message, *known, policy=self.app.policy).papers
        assert isinstance(one.value, Summary)
        return one.value


def told(lines: Iterable[Line], value: Summary) -> Pairs:
    return {(_text(value, line.assignment), line.due) for line in lines if line.due is not None}


def _text(value: Summary, id: str) -> str:
    return value.assignments[id].text.rstrip("。")


def same(value: Summary, count: Count) -> None:
    """Every figure of a summary is what was counted here."""
    assert {_text(value, id) for id in value.total} == count.total
    for lines, pairs in (
        (value.done, count.done),
        (value.late, count.late),
        (value.overdue, count.overdue),
        (value.due_rest, count.rest),
        (value.due_next, count.next),
    ):
        assert told(lines, value) == pairs, (value.span, value.today)
    assert {one.name: {_text(value, id) for id in one.red} for one in value.units if one.red} == count.red
    assert {one.name: len(one.owed) for one in value.units if one.owed} == count.owed
    assert {one.tally.name: len(one.tally.met) for one in value.ranking} == count.met


FIGURES = re.compile(
    r"共(\d+)项任务：本[周月]办结(\d+)项(?:（其中逾期办结(\d+)项）)?，已全部办结\d+项，逾期(\d+)项，本[周月]内还将到期(\d+)项，下[周月]到期(\d+)项"
)


def figures(count: Count) -> tuple[int, ...]:
    """What a posted summary must say."""
    sets = (count.done, count.late, count.overdue, count.rest, count.next)
    return len(count.total), *(len({what for what, _ in pairs}) for pairs in sets)


def week(today: date) -> Count:
    first = today - timedelta(days=today.weekday())
    return Count(first, first + timedelta(days=6), first + timedelta(days=13), today)


# The last working day up to Friday, where Friday is a holiday; None: nobody works in that week.
HOLIDAYS = {
    day("02-20"): None, day("05-01"): day("04-30"), day("06-19"): day("06-18"), day("09-25"): day("09-24"),
    day("10-02"): day("09-30"),
}  # fmt: skip
FRIDAYS = [day("01-16") + timedelta(days=7 * n) for n in range(50)]
POSTED = [HOLIDAYS.get(friday, friday) for friday in FRIDAYS]


@pytest.fixture(scope="module")
def year(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Year, dict[date, list[str]], dict[str, tuple[Summary, Count]]]:
    """The year lived through once: what was posted on each day, and what was asked, with what it should have been."""
    office = Year(tmp_path_factory.mktemp("year"))
    office.files(FIRST, "2026-01-12 09:00")
    office.liaison("王芳", "01-12 09:30")
    said = {at(f"2026-{moment}"): (unit, text) for moment, unit, text in SAID}
    posted: dict[date, list[str]] = {}
    asked: dict[str, tuple[Summary, Count]] = {}
    for n in range(354):
        today = day("01-12") + timedelta(days=n)
        for moment in sorted(one for one in said if one.date() == today):
            office.clock.set(moment)
            office.hears(said[moment][1], said[moment][0])
        if today == day("05-06"):
            office.liaison("王芳", "05-06 09:00", removed=True)
            office.liaison("李强", "05-06 09:01")
        if today == REVISION:
            office.files(REVISED, f"{today} 09:00")
        if today.weekday() in (3, 4) or today.day < 5 or today in POSTED:
            posted[today] = [one.text for one in office.tick(f"{today} 16:00")]
        ask(office, today, asked)
    return office, posted, asked


def ask(office: Year, today: date, asked: dict[str, tuple[Summary, Count]]) -> None:
    """What a supervisor asks on some days."""
    if today in POSTED[::7]:
        asked[f"{today}"] = office.value("本周汇总文件"), week(today)
    if today == day("06-30"):
        asked["二季度"] = office.value("二季度小结文件"), Count(day("04-01"), today, day("09-30"), today)
    if today == day("12-31"):
        asked["全年"] = office.value("年度汇总文件"), Count(day("01-01"), today, date(2027, 12, 31), today)
        asked["四季度"] = office.value("四季度小结文件"), Count(day("10-01"), today, date(2027, 3, 31), today)


Lived = tuple[Year, dict[date, list[str]], dict[str, tuple[Summary, Count]]]


def test_what_a_unit_does_not_hold_is_not_stored(year: Lived) -> None:
    assert len(year[0].store.ledger().kinds(EntryKind.REPORTED)) == STORED


def test_every_weekly_summary_is_posted_on_its_day_with_the_figures_of_a_count_by_hand(year: Lived) -> None:
    weekly = {today: text for today, texts in year[1].items() for text in texts if text.startswith("【一周情况】")}
    assert list(weekly) == [one for one in POSTED if one is not None]
    for today, text in weekly.items():
        found = FIGURES.search(text)
        assert found is not None, text
        assert tuple(int(n or 0) for n in found.groups()) == figures(week(today)), today


def test_every_monthly_summary_tells_of_the_month_that_is_over(year: Lived) -> None:
    monthly = [text for texts in year[1].values() for text in texts if "月情况】" in text]
    assert [int(re.findall(r"年(\d+)月情况", text)[0]) for text in monthly] == list(range(1, 12))
    for month, text in enumerate(monthly, 1):
        first, last = date(2026, month, 1), date(2026, month + 1, 1) - timedelta(days=1)
        behind = date(2026 + (month + 2) // 13, (month + 1) % 12 + 1, 1) - timedelta(days=1)
        found = FIGURES.search(text)
        assert found is not None, text
        assert tuple(int(n or 0) for n in found.groups()) == figures(Count(first, last, behind, last)), month


def test_every_summary_that_was_asked_for_leads_to_the_rows_of_the_count(year: Lived) -> None:
    assert {"二季度", "四季度", "全年"} < set(year[2])
    for value, count in year[2].values():
        same(value, count)


def test_a_holiday_moves_the_summary_and_a_revision_the_deadline(year: Lived) -> None:
    assert year[1][day("10-02")] == []
    before, after = year[1][day("07-03")], year[1][day("07-10")]
    assert any(SCHOOLS in text.partition("逾期：")[2].partition("下周到期")[0] for text in before)
    assert all(SCHOOLS not in text.partition("逾期：")[2].partition("下周到期")[0] for text in after)


def test_the_change_from_week_to_week_is_what_differs_between_two_counts(year: Lived) -> None:
    (text,) = year[1][day("03-27")]
    assert "与上次汇总（2026年3月20日（星期五））相比：办结后又撤回或退回1项，新增逾期1项。" in text


def test_the_roll_at_the_year_s_end_names_the_new_liaison(year: Lived) -> None:
    outcome = handle(
        Message("导出市财政局的台账", role="supervisor"),
        year[0].app.register,
        year[0].store.ledger(),
        at("2026-12-31 17:00"),
        CALENDAR,
        policy=year[0].app.policy,
    )
    (roll,) = outcome.papers
    assert {row.liaisons for row in roll.value.rows} == {("李强",)}  # type: ignore[attr-defined]
