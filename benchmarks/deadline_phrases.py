"""Our own phrases of deadlines and questions with the meaning each must get, and how to tell whether it got it.

The meanings were worked out by hand from docs/期限.md before the grammar read the phrases; `deadline_phrases.tsv` tells
its own notation in its first lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

TABLE = Path(__file__).with_suffix(".tsv")
DATED = ("by", "range", "every", "issue", "receipt", "event", "multi")


@dataclass(frozen=True, slots=True)
class Phrase:
    """`asked` for the window of a question; `day` is then today, else the day of issue, `year` what the document is about."""

    text: str
    meaning: str
    day: date
    year: int
    asked: bool

    @property
    def kind(self) -> str:
        """The kind of the first right answer: by, range, every, issue, receipt, event, before, …, multi, window."""
        return "window" if self.asked else "multi" if " + " in self.meaning else self.meaning.split("|")[0].split()[0]

    def line(self) -> dict[str, object]:
        """The phrase as `qiantou deadlines --jsonl` takes it."""
        day = self.day.isoformat()
        return (
            {"text": self.text, "today": day} if self.asked else {"text": self.text, "issued": day, "year": self.year}
        )


def phrases(table: Path = TABLE) -> Iterator[Phrase]:
    """All phrases of the table, in its order."""
    day, year, asked = date(2024, 1, 1), 2024, False
    for line in table.read_text(encoding="utf-8").splitlines():
        if line.startswith(("@ ", "? ")):
            words = line.split()
            day, asked = date.fromisoformat(words[1]), line.startswith("?")
            year = int(words[2]) if len(words) > 2 else day.year
        elif line and not line.startswith("#"):
            text, meaning = line.split("\t")
            yield Phrase(text, meaning, day, year, asked)


def right(phrase: Phrase, got: Mapping[str, object]) -> bool:
    """Whether the answer of `qiantou deadlines` is one of those the table takes."""
    if phrase.asked:
        return _window_right(phrase.meaning, got)
    if " + " in phrase.meaning:
        parts, wanted = got.get("parts"), phrase.meaning.split(" + ")
        return (
            isinstance(parts, list)
            and len(parts) == len(wanted)
            and all(_one_of(words, part, phrase.year) for words, part in zip(wanted, parts, strict=True))
        )
    return _one_of(phrase.meaning, got, phrase.year)


def kind_right(phrase: Phrase, got: Mapping[str, object]) -> bool:
    """Whether at least the kind is the one of the table."""
    if phrase.asked:
        return (got.get("start") or got.get("end") or None) is None if phrase.meaning == "-" else right(phrase, got)
    if " + " in phrase.meaning:
        return got.get("kind") == "multi"
    return any(got.get("kind") == _written(words, phrase.year)["kind"] for words in phrase.meaning.split("|"))


def _window_right(meaning: str, got: Mapping[str, object]) -> bool:
    found = (got.get("start"), got.get("end"))
    return any(found in _windows(words) for words in meaning.split("|"))


def _windows(words: str) -> list[tuple[str | None, str | None]]:
    if words == "-":
        return [(None, None)]
    start, _, end = words.removesuffix(" ~").partition("..")
    ends = [(start or None, end or None)]
    if words.endswith(" ~"):
        shift = timedelta(days=1)
        ends.append((start, (date.fromisoformat(end) - shift).isoformat()))
        ends.append(((date.fromisoformat(start) + shift).isoformat(), end))
    return ends


def _one_of(meaning: str, got: Mapping[str, object], year: int) -> bool:
    return any(_same(_written(words, year), got) for words in meaning.split("|"))


def _same(wanted: Mapping[str, object], got: Mapping[str, object]) -> bool:
    if "anchor" in wanted and str(got.get("anchor", "")).partition(":")[0] != wanted["anchor"]:
        return False
    if wanted.get("flag") and not got.get("flag"):
        return False
    return all(got.get(name) == value for name, value in wanted.items() if name not in ("anchor", "flag"))


def _written(words: str, year: int) -> dict[str, object]:
    """A meaning of the table in the form `qiantou deadlines` prints; `flag` only says that one is wanted."""
    kind, _, rest = words.removesuffix(" !").partition(" ")
    flag: dict[str, object] = {"flag": True} if words.endswith(" !") else {}
    if kind == "by":
        return {"kind": "by", "date": None if rest == "?" else rest} | flag
    if kind == "range":
        start, _, end = rest.partition("..")
        return {"kind": "range", "start": start, "end": end} | flag
    if kind == "every":
        return _rhythm(rest, year) | flag
    if kind in ("before", "after", "on"):
        return {"kind": "event", "rel": kind} | flag
    if kind in ("ongoing", "none"):
        return {"kind": kind}
    length, _, day = rest.partition(" = ")
    n, unit = length.split()
    dated: dict[str, object] = {} if not day else {"date": None if day == "?" else day}
    return {"kind": "relative", "anchor": kind, unit: int(n)} | dated | flag


def _rhythm(words: str, year: int) -> dict[str, object]:
    every, *rest = words.split()
    wanted: dict[str, object] = {"kind": "recurring", "every": every}
    if every != "day":
        wanted["due"] = [f"{year}-{word}" for word in rest if re.fullmatch(r"\d\d-\d\d", word)]
    for word in rest:
        if word.startswith("x"):
            wanted["times"] = int(word[1:])
        elif word in ("odd", "even"):
            wanted["months"] = word
        elif len(word) == 10:
            wanted["next"] = word
    return wanted
