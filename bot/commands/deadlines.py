"""`qiantou deadlines`: what a phrase or a question's time words mean, one JSON object in, one out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from bot.records import Record, deadline_record
from knowledge.deadlines import read
from knowledge.deadlines.windows import window
from scheduler.calendar import WorkCalendar


def respond(line: Mapping[str, object], calendar: WorkCalendar | None = None) -> Record:
    """One answer: a question's window where the line has `today` and neither `issued` nor `year`, else a deadline.

    Raises ValueError with one Chinese sentence when the line lacks its text or holds a wrong date.
    """
    text = line.get("text")
    if not isinstance(text, str):
        raise ValueError("这一行缺少 text（要解读的文字），请补上后重试。")
    if "today" in line and not ("issued" in line or "year" in line):
        today = _date(line["today"], "today")
        if today is None:
            raise ValueError("问句要带 today，写成 2017-07-20，请补上后重试。")
        span = window(text, today)
        ends = (None, None) if span is None else (span.start, span.end)
        record: Record = {
            "start": ends[0].isoformat() if ends[0] else None,
            "end": ends[1].isoformat() if ends[1] else None,
        }
        return record | ({"words": span.words} if span and span.words else {})
    year = line.get("year")
    if year is not None and (isinstance(year, bool) or not isinstance(year, int) or not 1900 <= year <= 2100):
        raise ValueError("year 要写成四位年份，例如 2017，请改正后重试。")
    return deadline_record(read(text, _date(line.get("issued"), "issued"), year), calendar or WorkCalendar())


def _date(value: object, name: str) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise ValueError(f"{name} 要写成 2017-07-20 这样的日期，现在是“{value}”，请改正后重试。") from error


def run(lines: Iterable[str], calendar: WorkCalendar | None = None) -> Iterator[str]:
    """One JSON line out for each line in; an unreadable one gets {"error": …} and the run goes on."""
    calendar = calendar or WorkCalendar()
    for line in lines:
        if line.strip():
            yield json.dumps(_answered(line, calendar), ensure_ascii=False)


def _answered(line: str, calendar: WorkCalendar) -> Record:
    try:
        asked = json.loads(line)
    except ValueError:
        return {"error": "这一行不是有效的 JSON，已跳过。"}
    if not isinstance(asked, dict):
        return {"error": '这一行要是一个 JSON 对象，例如 {"text": "7月底前", "issued": "2017-07-03"}。'}
    try:
        return respond(asked, calendar)
    except ValueError as error:
        return {"error": str(error)}
