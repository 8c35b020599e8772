"""收件簿: nothing heard is lost, nothing is heard twice, whatever ends the process and wherever."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from bot.channels.hearing import FILE, Attachment, Heard
from bot.clock import VirtualClock
from bot.inbox import Inbox, Mark
from knowledge.store import StoreError
from knowledge.store_disk import Disk, using
from tests.scheduler.offices import at

NOON = at("2026-07-15 12:00")


def said(id: str, text: str = "扶贫信息谁牵头", channel: str = "企微") -> Heard:
    return Heard(
        channel, id, f"{channel}/群Ab", f"{channel}/wang", text, NOON, "王芳", True,
        attachments=(Attachment("方案.docx", FILE, {"media": "m1", "n": 3}),), ticket={"req": "R1", "parts": [1, None]},
    )  # fmt: skip


def inbox(home: Path, clock: VirtualClock | None = None) -> Inbox:
    return Inbox(home / "inbox.jsonl", clock or VirtualClock(NOON))


def open_ids(box: Inbox) -> list[tuple[str, Mark | None]]:
    return [(kept.heard.id, kept.mark) for kept in box.unsettled() if kept.heard]


def test_what_was_heard_is_there_after_a_restart_with_its_attachments_and_its_ticket(tmp_path: Path) -> None:
    assert inbox(tmp_path).take(said("1", "😀半个\ud83d")) is True
    assert [kept.heard for kept in inbox(tmp_path).unsettled()] == [said("1", "😀半个\ud83d")]


def test_a_message_is_taken_once_whatever_became_of_it_and_across_restarts(tmp_path: Path) -> None:
    box = inbox(tmp_path)
    assert [box.take(said("1")), box.take(said("1")), box.take(said("1", channel="QQ"))] == [True, False, True]
    box.mark(said("1"), Mark.ANSWERED)
    again = inbox(tmp_path)
    assert again.take(said("1")) is False
    again.tidy()
    assert inbox(tmp_path).take(said("1")) is False


def test_what_was_being_said_is_known_as_such_and_what_is_settled_waits_no_more(tmp_path: Path) -> None:
    box = inbox(tmp_path)
    for id, marks in {"1": [], "2": [Mark.SPEAKING], "3": [Mark.SPEAKING, Mark.ANSWERED], "4": [Mark.QUIET]}.items():
        box.take(said(id))
        for mark in marks:
            box.mark(said(id), mark)
    assert open_ids(inbox(tmp_path)) == [("1", None), ("2", Mark.SPEAKING)] == open_ids(box)


def test_a_torn_last_line_is_of_a_message_that_will_be_said_again(tmp_path: Path) -> None:
    """Cut at every byte: what was acknowledged is there; the line under way is not, and may come again."""
    box = inbox(tmp_path)
    box.take(said("1"))
    whole = (tmp_path / "inbox.jsonl").read_bytes()
    box.take(said("2"))
    both = (tmp_path / "inbox.jsonl").read_bytes()
    for end in range(len(whole), len(both)):
        (tmp_path / "inbox.jsonl").write_bytes(both[:end])
        cut = inbox(tmp_path)
        assert open_ids(cut) == [("1", None)], end
        assert cut.take(said("2")) is True
        assert open_ids(inbox(tmp_path)) == [("1", None), ("2", None)], end


def test_a_damaged_line_is_set_aside_and_the_others_are_kept(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    box = inbox(tmp_path)
    for id in "12":
        box.take(said(id))
    path = tmp_path / "inbox.jsonl"
    path.write_bytes(b'{"heard": {"channel": 1}}\n[]\n' + path.read_bytes())
    assert open_ids(inbox(tmp_path)) == [("1", None), ("2", None)]
    assert (tmp_path / "inbox.jsonl.damaged").exists()
    assert "有2行损坏" in caplog.text


def test_words_that_are_settled_do_not_stay_on_the_disk_and_ids_are_forgotten_after_two_days(tmp_path: Path) -> None:
    clock = VirtualClock(NOON)
    box = inbox(tmp_path, clock)
    box.take(said("1", "不宜久留的话"))
    box.mark(said("1"), Mark.ANSWERED)
    box.take(said("2"))
    clock.advance(timedelta(hours=24))
    box.tidy()
    assert "不宜久留" not in (tmp_path / "inbox.jsonl").read_text("utf-8")
    assert box.take(said("1")) is False
    clock.advance(timedelta(hours=25))
    box.tidy()
    assert [box.take(said("1")), open_ids(box)] == [True, [("2", None), ("1", None)]]


def test_a_long_life_does_not_make_a_long_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.inbox.TIDY_LINES", 100)
    clock = VirtualClock(NOON)
    box = inbox(tmp_path, clock)
    for number in range(1000):
        clock.advance(timedelta(hours=1))
        box.take(said(str(number)))
        box.mark(said(str(number)), Mark.QUIET)
    assert (tmp_path / "inbox.jsonl").read_bytes().count(b"\n") < 300


class Full(Disk):
    """A disk on which a write gets only so far, or whose sync fails."""

    def __init__(self, taken: int) -> None:
        self.taken = taken

    def write(self, descriptor: int, content: memoryview) -> int:
        if self.taken <= 0:
            raise OSError(28, os.strerror(28))
        written = os.write(descriptor, content[: self.taken])
        self.taken -= written
        return written

    def sync(self, descriptor: int) -> None:
        raise OSError(5, os.strerror(5))


@pytest.mark.parametrize("taken", [0, 10, 10_000])
def test_where_the_disk_refuses_the_platform_is_not_told_and_may_say_it_again(tmp_path: Path, taken: int) -> None:
    box = inbox(tmp_path)
    box.take(said("1"))
    with using(Full(taken)), pytest.raises(StoreError):
        box.take(said("2"))
    assert open_ids(box) == [("1", None)] == open_ids(inbox(tmp_path))
    assert box.take(said("2")) is True
    assert open_ids(inbox(tmp_path)) == [("1", None), ("2", None)]
