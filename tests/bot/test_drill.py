"""A rehearsal finds what is lost, doubled or untrue, and finds nothing where every promise is kept."""

import json
import random
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import qiantou
from bot.drill import Drill, Scene, first_day
from bot.judgement import Expected, judged
from bot.rehearsal import Shown
from bot.view import View
from knowledge.ledger import Entry, EntryKind, Ledger
from knowledge.model import Every
from knowledge.register import Register
from knowledge.store_tinydb import TinyDBStore
from scheduler.notices import Notice, NoticeKind
from scheduler.policy import Policy
from tests.scheduler.offices import CALENDAR, at, by, duty, every, register_of

KEY = "plan#1|2026-07-15|T|工作群"
NOON = at("2026-07-15 12:00")
REMINDER = Notice(NoticeKind.REMINDER, KEY, "工作群", "T", date(2026, 7, 15), assignment=duty(1, by("2026-07-15")))
EXPECTED: Expected = {KEY: (REMINDER, NOON)}


def seen(*claims: str, when: str = "2026-07-15 12:00") -> Shown:
    return Shown(at(when).isoformat(), "工作群", claims)


def told(kind: EntryKind, key: str = KEY, when: str = "2026-07-15 12:00", **details: object) -> Ledger:
    return Ledger((Entry(EntryKind.CLAIMED, NOON, key=key), Entry(kind, at(when), key=key, details=details)))


def test_what_nobody_saw_and_nothing_explains_is_lost() -> None:
    assert judged(EXPECTED, [], Ledger()).lost == (KEY,)
    assert judged({}, [seen(KEY)], Ledger((Entry(EntryKind.CLAIMED, NOON, key=KEY),))).lost == (KEY,)
    assert judged(EXPECTED, [], told(EntryKind.FAILED, permanent=False), still=[KEY]).good
    earlier = seen(KEY.replace("|T|", "|T-1|"), when="2026-07-14 09:00")
    assert judged(EXPECTED, [earlier], Ledger()).lost == (KEY,)
    assert judged(EXPECTED, [seen(KEY.replace("|T|", "|+1|"), when="2026-07-16 09:00")], Ledger()).good


def test_what_was_seen_twice_without_a_word_about_it_is_doubled() -> None:
    assert judged(EXPECTED, [seen(KEY)], told(EntryKind.SENT)).good
    assert judged(EXPECTED, [seen(KEY), seen(f"again-2|{KEY}")], told(EntryKind.SENT)).doubled == (KEY,)
    assert judged(EXPECTED, [seen(KEY), seen(f"again-2|{KEY}")], told(EntryKind.SENT, maybe_twice=True)).good


def test_sent_without_having_been_seen_is_untrue() -> None:
    assert judged(EXPECTED, [], told(EntryKind.SENT)).untrue == (KEY,)
    assert judged(EXPECTED, [], told(EntryKind.UNKNOWN)).excused == {KEY: "不明，已如实记为可能发送过"}


def office() -> View:
    register = register_of(
        *(duty(n, by(f"2026-07-{n + 9:02}"), unit=f"市{n}局") for n in range(1, 9)), duty(9, every(Every.MONTH))
    )
    return View(register, Ledger(), CALENDAR, Policy(supervisors="督查群"), at("2026-07-01 08:00"))


def prepared(view: View) -> Drill:
    start = first_day(view)
    assert start is not None
    drill = Drill(view, start, random.Random(7))
    drill.prepare(0)
    return drill


SCENES: list[Callable[[Drill], Scene]] = [
    *(Drill.refused, Drill.outage, Drill.unanswered, Drill.late, Drill.power, Drill.clock)
]


def test_an_office_keeps_its_promises_whatever_the_platform_and_the_clock_do() -> None:
    drill = prepared(office())
    assert len(drill.expected) > 20
    for play in SCENES:
        scene = play(drill)
        assert scene.count
        assert scene.good, scene


def test_what_was_never_said_in_a_scene_is_found() -> None:
    drill = prepared(office())
    key = "plan#1|2026-07-10|T-1|工作群"
    forgotten = "plan#99|2026-07-10|T-1|工作群"
    drill.expected = {**drill.expected, forgotten: drill.expected[key]}
    assert drill.clock().judgement.lost == (forgotten,)


def test_a_register_of_the_past_is_rehearsed_around_its_own_dates() -> None:
    view = office()
    later = View(view.register, Ledger(), CALENDAR, view.policy, at("2027-11-01 08:00"))
    assert first_day(later) == date(2026, 6, 30)
    assert first_day(View(Register(), Ledger(), CALENDAR, Policy(), later.now)) is None


def test_an_empty_home_is_told_what_to_do(tmp_path: Path) -> None:
    result = CliRunner().invoke(qiantou, ["--home", str(tmp_path), "drill"])
    assert "请先用 qiantou import 导入文件" in str(result.exception)


@pytest.mark.chaos
def test_the_whole_drill_leaves_the_home_as_it_is(tmp_path: Path) -> None:
    with TinyDBStore(tmp_path) as store:
        store.file(office().register)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    result = CliRunner().invoke(
        qiantou, ["--home", str(tmp_path), "drill", "--seconds", "20", "--json"], standalone_mode=False
    )
    value = json.loads(result.output)
    assert value["good"], value
    assert [scene["count"] > 0 for scene in value["scenes"]] == [True] * 8
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
