"""`qiantou calendar`, `event` and `status` as a person sees them."""

from datetime import date
from pathlib import Path

import pytest

from bot.commands.calendar import show_calendar, take_calendar
from bot.commands.events import show_events, tell_event
from bot.commands.speech import Refusal
from bot.commands.status import show_status
from bot.settled import office_calendar
from knowledge import deadlines
from knowledge.silences import Silence
from knowledge.store_tinydb import TinyDBStore
from tests.scheduler.offices import ISSUED, at, duty, register_of

READ = deadlines.read("省级指导意见印发后60日内", ISSUED, 2026)
NOTICE = Path(__file__).parents[1] / "stories" / "放假通知.txt"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    store = TinyDBStore(tmp_path)
    store.file(register_of(duty(1, READ)))
    until = at("2099-07-30 09:00").date()
    store.append(Silence("工作群", at("2026-07-01 09:00"), until, who="周督查").entry("本群静默"))
    store.close()
    return tmp_path


def test_an_event_is_told_listed_and_taken_back(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tell_event(home, "省级指导意见印发", at("2026-03-20 09:00").date(), undo=False)
    assert "期限2026年5月19日（星期二）" in capsys.readouterr().out
    show_events(home)
    assert "已经报告的1件：" in capsys.readouterr().out
    tell_event(home, "省级指导意见印发", None, undo=True)
    show_events(home)
    assert "等待报告的事件1件：" in capsys.readouterr().out
    with pytest.raises(Refusal, match="没有任务在等“汛期结束”"):
        tell_event(home, "汛期结束", at("2026-03-20 09:00").date(), undo=False)


def test_a_calendar_is_taken_once_and_a_broken_one_changes_nothing(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    take_calendar(home, NOTICE)
    assert "没有改动" in capsys.readouterr().out
    broken = tmp_path / "2027.txt"
    broken.write_text(NOTICE.read_text("utf-8").replace("2026年", "2027年"), "utf-8")
    with pytest.raises(Refusal, match="2027年这一天是星期五"):
        take_calendar(home, broken)
    assert not (home / "calendar").exists()
    show_calendar(home)
    assert "2004年至2026年" in capsys.readouterr().out


def test_a_holiday_that_was_made_longer_is_laid_over_the_year_as_it_is_known(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    longer = tmp_path / "延长假期.txt"
    longer.write_text("经研究，决定2026年国庆节假期延长至10月11日（星期日），10月12日起正常上班。", "utf-8")
    take_calendar(home, longer)
    assert "占用工作日放假" in capsys.readouterr().out
    calendar = office_calendar(home)
    assert not any(calendar.is_workday(date(2026, 10, day)) for day in range(1, 12))
    assert calendar.is_workday(date(2026, 10, 12))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("国务院决定春节假期延长至2月2日。", "没有写是哪一年"),
        ("决定延长2031年春节假期至2月2日。", "请先导入2031年部分节假日安排"),
        ("决定延长2026年国庆节假期至10月9日（星期六）。", "2026年这一天是星期五"),
        ("决定延长2026年国庆节假期至10月5日。", "原来放假到10月7日"),
    ],
)
def test_a_longer_holiday_that_does_not_fit_is_refused_with_the_next_step(
    home: Path, tmp_path: Path, text: str, why: str
) -> None:
    (tmp_path / "延长.txt").write_text(text, "utf-8")
    with pytest.raises(Refusal, match=why):
        take_calendar(home, tmp_path / "延长.txt")


def test_the_status_names_what_is_silent_and_what_is_waited_for(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    show_status(home)
    told = capsys.readouterr().out
    assert "会话“工作群”，到2099年7月30日（星期四），周督查设" in told
    assert "等待“省级指导意见印发”" in told
