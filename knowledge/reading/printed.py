"""How a spreadsheet number looks on the page: dates, percentages and plain numbers, by the cell's number format.

Excel turns 2026年6月 or 6月30日 typed into a cell into a day number and keeps what was typed only as the format; the
printed form is what the clerk wrote, so that is what is read: a format without a day prints no day.
Dates print as 2026年6月30日, 2026年6月 or 6月30日, times as 18:00, whatever separators the format uses.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

BUILTIN = {
    9: "0%", 10: "0.00%", 14: "yyyy-m-d", 15: "d-m-yy", 16: "d-m", 17: "m-yy", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm",
    21: "h:mm:ss", 22: "yyyy-m-d h:mm", 27: "yyyy-m", 28: "m-d", 29: "m-d", 30: "m-d-yy", 31: "yyyy-m-d", 32: "h:mm",
    33: "h:mm:ss", 34: "h:mm", 35: "h:mm:ss", 36: "yyyy-m", 45: "mm:ss", 46: "h:mm:ss", 47: "mm:ss", 50: "yyyy-m",
    51: "m-d", 52: "yyyy-m", 53: "m-d", 54: "m-d", 55: "h:mm", 56: "h:mm:ss", 57: "yyyy-m", 58: "m-d",
}  # fmt: skip
"""Number formats that a file names without spelling out, as a Chinese Excel shows them (ECMA-376 part 1, 18.8.30)."""

_NOT_CODE = re.compile(
    r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|AM/PM|A/P|上午/下午|General|G/通用格式', re.IGNORECASE
)
_MINUTES = re.compile(r"(?<=h)([^a-z]*)m+|m+(?=[^a-z]*s)")


def printed(value: float, code: str, epoch_1904: bool = False) -> str:
    """The number as the format shows it; `code` is a number format such as `yyyy"年"m"月"` or `0%`."""
    letters = _NOT_CODE.sub("", code.split(";")[0]).lower()
    if "%" in letters:
        return f"{plain(round(value * 100, _decimals(letters)))}%"
    if not any(letter in letters for letter in "ydhs") and "m" not in letters:
        return plain(value)
    moment = _moment(value, epoch_1904)
    return plain(value) if moment is None else _dated(moment, letters)


def _decimals(letters: str) -> int:
    """How many digits behind the point a format shows."""
    shown = re.search(r"\.([0#?]+)", letters)
    return len(shown[1]) if shown else 0


def plain(value: float) -> str:
    """A number without a needless fraction: 12, 0.5, 3.14."""
    if abs(value) < 1e15 and value == int(value):
        return str(int(value))
    return f"{value:.15g}"


def _moment(value: float, epoch_1904: bool) -> datetime | None:
    """A day number as a moment, None beyond the calendar. Excel counts a 29 February 1900 that never was."""
    if not 0 <= value < 2_958_466:
        return None
    days = value + (1462 if epoch_1904 else 1 if value < 60 else 0)
    return datetime(1899, 12, 30) + timedelta(days=int(days), seconds=round((days - int(days)) * 86_400))  # noqa: DTZ001


def _dated(moment: datetime, letters: str) -> str:
    months = _MINUTES.sub(r"\1", letters)
    date = (
        (f"{moment.year}年" if "y" in months else "")
        + (f"{moment.month}月" if "m" in months else "")
        + (f"{moment.day}日" if "d" in months else "")
    )
    midnight = moment.hour == moment.minute == moment.second == 0
    if ("h" not in letters and "s" not in letters) or (date and midnight):
        return date
    return " ".join(filter(None, (date, f"{moment.hour}:{moment.minute:02}")))
