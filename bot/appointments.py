"""日程: moments and days as an .ics file (RFC 5545), for the calendars of phones and computers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

LINE_OCTETS = 75
"""Octets of a line without its end, above which it is folded (RFC 5545 §3.1)."""
LASTING = timedelta(minutes=15)
"""How long a moment lasts in a calendar, so that it can be seen in a day's column."""
PRODUCT = "-//Qiantou//Qiantou//ZH"
ZONE = (
    "BEGIN:VTIMEZONE",
    "TZID:Asia/Shanghai",
    "BEGIN:STANDARD",
    "DTSTART:19910915T020000",  # the end of the last summer time in China; one offset since
    "TZOFFSETFROM:+0900",
    "TZOFFSETTO:+0800",
    "TZNAME:CST",
    "END:STANDARD",
    "END:VTIMEZONE",
)
_UNSAID = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\u2028\u2029\ud800-\udfff]")
"""What a TEXT must not hold (RFC 5545 §3.3.11), and what is no character at all."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """日程: something at a moment (aware), or on a whole day. `name` is what stays the same when the file is made again."""

    name: str
    at: datetime | date
    title: str
    text: str = ""
    category: str = ""

    @property
    def uid(self) -> str:
        """Its identity for every calendar that it is imported into."""
        return f"{sha256(self.name.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}@qiantou"


def ics(name: str, appointments: Iterable[Appointment], made: datetime) -> bytes:
    """The file: a calendar called `name` with these appointments, made at a moment (aware)."""
    lines = [
        *("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"),
        f"X-WR-CALNAME:{escaped(name)}",
        *ZONE,
        *(line for one in appointments for line in _event(one, made)),
        "END:VCALENDAR",
    ]
    return b"".join(folded(line) for line in lines)


def _event(one: Appointment, made: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{one.uid}"
    yield f"DTSTAMP:{made.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    if isinstance(one.at, datetime):
        yield f"DTSTART;TZID=Asia/Shanghai:{one.at:%Y%m%dT%H%M%S}"
        yield f"DTEND;TZID=Asia/Shanghai:{one.at + LASTING:%Y%m%dT%H%M%S}"
    else:
        yield f"DTSTART;VALUE=DATE:{one.at:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{one.at + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(one.title)}"
    if one.text:
        yield f"DESCRIPTION:{escaped(one.text)}"
    if one.category:
        yield f"CATEGORIES:{escaped(one.category)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def escaped(text: str) -> str:
    """`text` as a TEXT value (RFC 5545 §3.3.11); control characters are left out, a tab becomes a space."""
    text = _UNSAID.sub(lambda found: " " if found[0] == "\t" else "", text.replace("\r\n", "\n").replace("\r", "\n"))
    return re.sub(r"[\\;,]", r"\\\g<0>", text).replace("\n", "\\n")


def folded(line: str) -> bytes:
    """A content line with its end, folded at LINE_OCTETS; no character is torn."""
    rows = [b""]
    for character in line:
        octets = character.encode()
        if len(rows[-1]) + len(octets) > LINE_OCTETS:
            rows.append(b" ")
        rows[-1] += octets
    return b"".join(row + b"\r\n" for row in rows)
