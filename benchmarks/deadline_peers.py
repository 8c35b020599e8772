"""General extractors of dates behind one door, run by an interpreter of its own: none of them is a dependency.

    PYTHON benchmarks/deadline_peers.py jionlp < lines > answers

Reads lines of `{"text", "day"}` and prints for each `{"spans": [[first day, last day], …], "every": unit or null}`, then
one line with the seconds of computing. Imports nothing of ours: jionlp needs a library under the GPL and recognizers-text
an old `emoji`, so whoever compares installs them by hand beside the product.
"""

from __future__ import annotations

import json
import sys
import time
import unicodedata
from collections.abc import Callable
from datetime import datetime
from typing import Any

Answer = dict[str, Any]
Reader = Callable[[str, datetime], Answer]


def jionlp() -> Reader:
    """jionlp's extraction with parsing, over text freed of blanks as its authors advise."""
    import jionlp as jio

    units = {"day": "day", "week": "week", "month": "month", "year": "year"}

    def read(text: str, day: datetime) -> Answer:
        spans, every = [], None
        for found in jio.ner.extract_time(text, time_base=day.timestamp(), with_parsing=True):
            detail = found["detail"]
            if found["type"] in ("time_point", "time_span") and isinstance(detail["time"], list):
                spans.append([str(end)[:10] for end in detail["time"]])
            elif found["type"] == "time_period":
                delta = detail["time"]["delta"]
                every = next((units[name] for name in units if delta.get(name)), None)
                every = {3: "quarter", 6: "half-year"}.get(delta.get("month"), every)
        return {"spans": spans, "every": every}

    return read


def recognizers() -> Reader:
    """Microsoft's recognizers-text, Chinese model."""
    from recognizers_date_time import recognize_datetime
    from recognizers_text import Culture

    units = {"P1D": "day", "P1W": "week", "P1M": "month", "P3M": "quarter", "P6M": "half-year", "P1Y": "year"}

    def read(text: str, day: datetime) -> Answer:
        spans, every = [], None
        for found in recognize_datetime(text, Culture.Chinese, reference=day):
            values = (found.resolution or {}).get("values", [])
            last = values[-1] if values else {}
            if last.get("type") == "set":
                every = units.get(last.get("timex", ""), every)
            elif last.get("start") or last.get("end"):
                spans.append([str(last.get("start") or last["end"])[:10], str(last.get("end") or last["start"])[:10]])
            elif last.get("type") in ("date", "datetime"):
                spans.append([str(last.get("value"))[:10]] * 2)
        return {"spans": spans, "every": every}

    return read


def dateparser() -> Reader:
    """dateparser's search in Chinese."""
    from dateparser.search import search_dates

    def read(text: str, day: datetime) -> Answer:
        settings = {"RELATIVE_BASE": day, "PREFER_DAY_OF_MONTH": "last"}
        found = search_dates(text, languages=["zh"], settings=settings) or []
        return {"spans": [[f"{when:%Y-%m-%d}"] * 2 for _, when in found], "every": None}

    return read


READERS: dict[str, Callable[[], Reader]] = {"jionlp": jionlp, "recognizers-text": recognizers, "dateparser": dateparser}


def main(name: str) -> None:
    """Answer every line with the peer of that name; an error of the peer is an answer without spans."""
    read = READERS[name]()
    lines = [json.loads(line) for line in sys.stdin]
    asked = [
        ("".join(unicodedata.normalize("NFKC", line["text"]).split()), datetime.fromisoformat(line["day"]))
        for line in lines
    ]
    read(*asked[0])
    answers, began = [], time.process_time()
    for text, day in asked:
        try:
            answers.append(read(text, day))
        except Exception as error:  # noqa: BLE001 (some peers raise on ordinary phrases; that is part of the comparison)
            answers.append({"spans": [], "every": None, "error": str(error)[:80]})
    took = time.process_time() - began
    for answer in answers:
        print(json.dumps(answer, ensure_ascii=False))
    print(json.dumps({"seconds": took}))


if __name__ == "__main__":
    main(sys.argv[1])
