"""Who hears what, when and how often: offices with groups of their own, played on a clock that is moved by hand."""

from dataclasses import replace
from pathlib import Path

from bot.app import App
from bot.channels.memory import MemoryChannel
from bot.channels.protocol import Capabilities
from bot.config import load_config
from knowledge.ledger import Entry
from knowledge.model import Assignment, Duty, Role
from knowledge.store import MemoryStore
from tests.scheduler.offices import ALL_YEAR, CALENDAR, Office, by, duty, register_of, report

GROUPS = """
[reminders]
supervisors = "督查群"
jitter = 0
summary = false
[conversations]
"财政群" = { units = ["市财政局"] }
"民政群" = { units = ["市民政局"] }
[[liaisons]]
unit = "市财政局"
name = "王小明"
id = "wangxm"
"""


def led_by(number: int, day: str, *units: str) -> Assignment:
    return replace(duty(number, by(day)), duties=tuple(Duty(unit, Role.LEAD, "牵头单位") for unit in units))


def office(
    tmp_path: Path, *rows: Assignment, settings: str = GROUPS, mentions: bool = False, done: tuple[Entry, ...] = ()
) -> Office:
    (tmp_path / "qiantou.toml").write_text(settings, "utf-8")
    told = Office(register_of(), channel=MemoryChannel(Capabilities(can_mention=mentions)))
    told.store = MemoryStore(register_of(*rows), *done)
    told.app = App(told.store, told.channel, CALENDAR, load_config(tmp_path), told.clock)
    return told


def heard(told: Office, *moments: str) -> list[tuple[str, str]]:
    """(conversation, time of day) of everything posted to work groups at these moments."""
    posted = ((one.conversation, f"{told.clock.now():%H:%M}") for moment in moments for one in told.tick(moment))
    return [one for one in posted if one[0] != "督查群"]


def test_a_liaison_is_really_called_where_the_channel_can_and_named_where_it_cannot(tmp_path: Path) -> None:
    for mentions, name in ((True, "@王小明<wangxm>"), (False, "王小明")):
        alone = replace(duty(2, by("2026-07-15")), duties=(Duty("市财政局", Role.RESPONSIBLE, "主责"),))
        (posted,) = office(tmp_path, duty(1, by("2026-07-15")), alone, mentions=mentions).tick("2026-07-15 09:00")
        assert f"■ 市财政局（牵头单位）　联络员：{name}\n" in posted.text
        assert "■ 市财政局（主责）\n" in posted.text  # nobody is called twice by one message


def test_when_one_of_two_leads_is_done_only_the_other_goes_on_hearing(tmp_path: Path) -> None:
    told = office(tmp_path, led_by(1, "2026-07-15", "市财政局", "市民政局"))
    assert heard(told, "2026-07-10 09:00") == [("民政群", "09:00"), ("财政群", "09:00")]
    told.store.append(replace(report("plan#1", "2026-07-10 15:00"), unit="市财政局"))
    assert heard(told, "2026-07-14 09:00", "2026-07-15 09:00") == [("民政群", "09:00")] * 2
    told.store.append(replace(report("plan#1", "2026-07-15 15:00"), unit="市民政局"))
    assert heard(told, "2026-07-16 09:00", "2026-07-20 09:00") == []


def test_a_unit_has_stages_of_its_own_where_a_rule_says_so(tmp_path: Path) -> None:
    rule = '[[reminders.rule]]\nunit = "财政局"\nbefore = [2, 0]\nafter = []\nweekly = false\n'
    told = office(tmp_path, led_by(1, "2026-07-15", "市财政局", "市民政局"), settings=GROUPS + rule)
    days = [f"2026-07-{n:02} 09:00" for n in range(6, 21)]
    said = {day: [one for one, _ in heard(told, day)] for day in days}
    assert [day[8:10] for day in days if "财政群" in said[day]] == ["13", "15"]
    assert [day[8:10] for day in days if "民政群" in said[day]] == ["06", "10", "14", "15", "16", "20"]


def test_each_conversation_speaks_in_its_own_minute_and_not_in_a_pause(tmp_path: Path) -> None:
    rule = '[[reminders.rule]]\ngroup = "财政群"\npauses = ["09:00-10:30"]\n'
    settings = GROUPS.replace("jitter = 0", "jitter = 10") + rule
    told = office(tmp_path, duty(1, by("2026-07-15")), duty(2, by("2026-07-15"), unit="市民政局"), settings=settings)
    minutes = [f"2026-07-15 {hour:02}:{minute:02}" for hour in (8, 9, 10) for minute in range(60)]
    first, second = heard(told, *minutes)
    assert (first[0], second) == ("民政群", ("财政群", "10:30"))
    assert "09:01" <= first[1] <= "09:10"


def test_a_week_of_silence_over_the_holiday_ends_in_one_message_a_conversation_at_the_present_stage(
    tmp_path: Path,
) -> None:
    rows = [
        duty(n, by(f"2026-{day}"), unit=unit)
        for n, (day, unit) in enumerate(
            [("09-28", "市财政局"), ("10-01", "市财政局"), ("10-08", "市民政局"), ("10-13", "市档案局")], 1
        )
    ]
    told = office(tmp_path, *rows)
    told.tick("2026-09-25 09:00")
    posted = {
        one.conversation: one.text for one in told.tick("2026-10-08 09:00", "2026-10-08 09:01", "2026-10-08 17:00")
    }
    assert list(posted) == ["民政群", "督查群", "财政群"]
    assert "已逾期10天（3个工作日）" in posted["财政群"]
    assert "已逾期7天（1个工作日）" in posted["财政群"]
    assert "今天到期" in posted["民政群"]
    assert "还有5天（4个工作日）" in posted["督查群"]


def test_work_of_the_whole_year_is_asked_after_four_times_in_the_units_own_conversation(tmp_path: Path) -> None:
    told = office(tmp_path, duty(1, ALL_YEAR))
    said = [(day, text) for day, text in told.each_morning("2026-02-20", "2027-01-10") if "季度了解" in text]
    assert [f"{day:%m-%d}" for day, _ in said] == ["03-02", "06-01", "09-01", "12-01"]
    assert all("〔" in text for _, text in said)
