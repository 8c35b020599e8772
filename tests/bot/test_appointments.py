"""An .ics file, read by a reader that is not ours."""

from datetime import date, datetime

import icalendar
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.appointments import LINE_OCTETS, Appointment, ics
from tests.properties import examples
from tests.scheduler.offices import at

MADE = at("2026-07-01 08:00")
TEXT = st.text(st.characters(exclude_characters="\r\x85\x1c\x1d\x1e\x0b\x0c\u2028\u2029"), max_size=120)


def read_back(*appointments: Appointment) -> list[icalendar.Event]:
    content = ics("牵头", appointments, MADE)
    assert all(len(line) <= LINE_OCTETS for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    calendar = icalendar.Calendar.from_ical(content)
    assert calendar["VERSION"] == "2.0"
    return calendar.events


def test_a_moment_and_a_day_are_read_as_they_were_meant() -> None:
    moment = Appointment("a", at("2026-07-10 09:05"), "〔工作群〕提醒3项", "第一行；\n第二行，完\\", "提醒")
    (one, two) = read_back(moment, Appointment("b", date(2026, 7, 31), "到期：第3项"))
    assert one.start == datetime.fromisoformat("2026-07-10T09:05:00+08:00")
    assert (str(one["SUMMARY"]), str(one["DESCRIPTION"])) == (moment.title, moment.text)
    assert (two.start, two.end) == (date(2026, 7, 31), date(2026, 8, 1))
    assert not one.errors


def test_the_same_thing_keeps_its_identity_when_it_is_said_in_other_words() -> None:
    before, after = (Appointment("a", at("2026-07-10 09:00"), words) for words in ("提醒3项", "提醒4项"))
    assert before.uid == after.uid != Appointment("b", before.at, before.title).uid


@settings(deadline=None, max_examples=examples(60))
@given(TEXT, TEXT)
def test_whatever_a_document_says_comes_back(title: str, text: str) -> None:
    (event,) = read_back(Appointment("a", date(2026, 7, 1), f"到期{title}", f"依据{text}"))
    assert str(event["SUMMARY"]) == "到期" + seen(title)
    assert str(event["DESCRIPTION"]) == "依据" + seen(text)


def seen(text: str) -> str:
    """What of a text may stand in such a file: no control characters."""
    return "".join(" " if char == "\t" else char for char in text if char in "\n\t" or (char >= " " and char != "\x7f"))


def test_nothing_that_a_text_holds_can_begin_a_line_of_its_own() -> None:
    (event,) = read_back(Appointment("a", date(2026, 7, 1), "甲\r\nATTACH:http://example.invalid\rX", "乙"))
    assert str(event["SUMMARY"]) == "甲\nATTACH:http://example.invalid\nX"
    assert "ATTACH" not in event
