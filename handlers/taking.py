"""收回台账: what was filled in in an exported roll, row by row, against what it said when it was exported; nothing is believed that
a person cannot change in a sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from handlers.occasion import Occasion
from handlers.recording import about_of
from handlers.rhythms import periods_fit
from handlers.roll_mark import RollMark, marked
from handlers.wording_roll import (
    FILLED,
    FIXED,
    HEADINGS,
    KEY,
    LINK,
    NOTE,
    PERCENT,
    PERIOD,
    SHOWN,
    STATUS,
    STATUSES,
    cells,
)  # fmt: skip
from knowledge.codes import Matter, code_of
from knowledge.ledger import Entry, EntryKind, Ledger
from knowledge.model import Block, Message
from knowledge.register import Register
from knowledge.reports import Told
from knowledge.reports.periods import periods_in
from knowledge.reports.report_words import Status
from scheduler.calendar import WorkCalendar
from scheduler.policy import SHANGHAI
from scheduler.roll import Roll, RollRow

_BLANK = re.compile(r"\s+")
_LINK = re.compile(r"https?://[^\s<>\"']{3,500}")
_PERCENT = re.compile(r"(100|\d{1,2})\s*[%％]?")
SHEETS = "台账表"
"""The conversation under which the ledger keeps what came from sheets."""
LONGEST = 500
"""Characters of a remark that is taken."""
_ABOUT = (EntryKind.REPORTED, EntryKind.EVIDENCED, EntryKind.ACCEPTED, EntryKind.RETURNED, EntryKind.CANCELLED)
_AGAIN = "请用 qiantou export 重新导出，在新表里填写"


class TakingError(Exception):
    """A sheet cannot be taken at all. `str(error)` is one Chinese sentence with the next step."""


@dataclass(frozen=True, slots=True)
class Taking:
    """What a sheet is held against: the roll as it was exported, and the office now. `file` is the sheet's name, `digest` its SHA-256,
    `who` takes it."""

    exported: Roll
    register: Register
    ledger: Ledger
    calendar: WorkCalendar
    now: datetime
    file: str
    digest: str
    who: str


@dataclass(frozen=True, slots=True)
class Filled:
    """一行填报: one row that tells something new: where it stands, its columns with what they said and say, and its entry."""

    where: str
    row: RollRow
    changed: Mapping[str, tuple[str, str]]
    entry: Entry


@dataclass(frozen=True, slots=True)
class Taken:
    """What a sheet holds: rows that tell something new, sentences about what is not taken, and how many rows are as they were."""

    filled: tuple[Filled, ...]
    refused: tuple[str, ...]
    same: int


Row = Mapping[str, str]
"""A row of the sheet: the head of each column → what stands below it."""


def mark_in(blocks: Iterable[Block], file: str) -> RollMark:
    """What the sheet says it was exported from. Raises TakingError."""
    for block in blocks:
        for cell in block.cells:
            if (found := marked(cell.text)) is not None:
                return found
    raise TakingError(f"“{file}”不是 qiantou export 导出的台账，或者编号列被删掉了；{_AGAIN}。")


def taken(blocks: Sequence[Block], taking: Taking) -> Taken:
    """What is new in a sheet. Raises TakingError where its columns are not those that were exported."""
    known = {row.key: row for row in taking.exported.rows}
    filled: list[Filled] = []
    refused: list[str] = []
    seen: set[str] = set()
    given: dict[str, Matter] = {}
    later = _later(taking)
    same = 0
    for where, row, merged in _rows(blocks, taking.file):
        key = row[KEY]
        problem = _not_ours(key, row, known, seen, merged)
        if problem is None:
            continue
        seen.add(key)
        found = problem or _one(where, row, known[key], taking, later, given)
        if isinstance(found, str):
            refused.append(f"{where}：{found}")
        elif found is None:
            same += 1
        else:
            filled.append(found)
    return Taken(tuple(filled), tuple(refused), same)


def _not_ours(key: str, row: Row, known: Mapping[str, RollRow], seen: set[str], merged: bool) -> str | None:
    """Why a row cannot be held against the roll, empty where it can; None for a row with nothing in it."""
    if not key:
        told = any(row.values())
        return "没有编号，是新加的行，没有收；新的任务请把文件用 qiantou import 导入。" if told else None
    if key in seen:
        return "编号和前面一行重复，没有收；请删去多余的一行。"
    if key not in known:
        return f"编号“{key[:40]}”不是导出时的，没有收；请不要改编号。"
    return "这一行合并过单元格，没有收；请取消合并，一行只写一项。" if merged else ""


# --- reading ------------------------------------------------------------------------------------------------------
def _rows(blocks: Sequence[Block], file: str) -> Iterator[tuple[str, Row, bool]]:
    """Each row below a head: where it is, what it says, and whether a cell of it is merged. Raises TakingError."""
    heads: dict[int, str] = {}
    sheet: str | None = None
    for block in blocks:
        if not block.cells:
            continue
        if block.cells[0].place.sheet != sheet:
            heads, sheet = {}, block.cells[0].place.sheet
        if any(marked(cell.text) for cell in block.cells):
            heads = _heads(block, sheet or "", file)
        elif heads:
            told = {head: "" for head in heads.values()}
            told |= {heads[c]: cell.text for cell in block.cells if (c := cell.place.column or 0) in heads}
            yield block.place.words(), told, any(cell.merged_from is not None for cell in block.cells)


def _heads(block: Block, sheet: str, file: str) -> dict[int, str]:
    """The columns of a sheet by their numbers. Raises TakingError where one is missing or double."""
    found = {cell.place.column or 0: KEY if marked(cell.text) else cell.text.strip() for cell in block.cells}
    wanted = [one.head for one in HEADINGS]
    missing = [head for head in wanted if head not in found.values()]
    if missing:
        raise TakingError(f"“{file}”的工作表“{sheet}”里少了“{'、'.join(missing)}”列，一行都没有收；{_AGAIN}。")
    known = {column: head for column, head in found.items() if head in wanted}
    if len(known) > len(wanted):
        double = next(head for head in wanted if list(known.values()).count(head) > 1)
        raise TakingError(f"“{file}”的工作表“{sheet}”里有两列“{double}”，一行都没有收；请删去一列后再试。")
    return known


# --- one row ------------------------------------------------------------------------------------------------------
def _one(
    where: str, row: Row, before: RollRow, taking: Taking, later: Later, given: dict[str, Matter]
) -> Filled | str | None:
    """What a row tells anew; a sentence why it is not taken; None where it is as it was."""
    old = dict(zip((one.head for one in HEADINGS), cells(before, taking.exported.today), strict=True))
    changed = {head: (old[head], row[head]) for head in row if _plain(row[head]) != _plain(old[head])}
    fixed = [head for head in changed if head in FIXED]
    if fixed:
        ways = "；".join(dict.fromkeys(FIXED[head] for head in fixed))
        return f"“{'、'.join(fixed)}”不能在表里改，这一行没有收。{ways}。"
    told = {head: pair for head, pair in changed.items() if head in FILLED}
    if not told:
        shown = [head for head in changed if head in SHOWN]
        return f"“{'、'.join(shown)}”是算出来的，改了不算；要报进展请填“{STATUS}”。" if shown else None
    if stale := _stale(before, taking, later):
        return stale
    details = _details(row, before, taking)
    if isinstance(details, str):
        return details
    entry = _evidence(where, row, before, told, taking) or _entry(where, row, before, details, taking, given)
    return Filled(where, before, told, entry)


def _evidence(where: str, row: Row, before: RollRow, told: Mapping[str, object], taking: Taking) -> Entry | None:
    """Links that come behind a completion: evidence for it, and not the same completion once more; None where it is otherwise."""
    latest = before.latest
    if latest is None or not latest.completion or not set(told) <= {LINK, NOTE}:
        return None
    fresh = [link for link in row[LINK].split() if link not in latest.urls]
    if not fresh:
        return None
    sheet = {"name": taking.file, "sha256": taking.digest}
    note = {"note": row[NOTE].strip()} if row[NOTE].strip() else {}
    words = _words(where, row, taking)
    return latest.answered(EntryKind.EVIDENCED, taking.now, taking.who, SHEETS, words, urls=fresh, sheet=sheet, **note)


def _words(where: str, row: Row, taking: Taking) -> str:
    told = "，".join(f"{head}{row[head].strip()}" for head in FILLED if row[head].strip())
    return f"{taking.file} {where}：{told}"


def _plain(text: str) -> str:
    return _BLANK.sub("", text)


Later = Mapping[str, Sequence[Entry]]
"""Assignment (its id) → what was written about reports on it after the roll was exported."""


def _later(taking: Taking) -> Later:
    found: dict[str, list[Entry]] = {}
    for entry in islice(taking.ledger, taking.exported.length, None):
        if entry.kind in _ABOUT:
            found.setdefault(entry.assignment, []).append(entry)
    return found


def _stale(before: RollRow, taking: Taking, later: Later) -> str:
    """What came after the roll was exported and may contradict the sheet; empty where nothing did."""
    here = taking.register.assignment(before.assignment.id)
    if here is None or here.text != before.assignment.text or here.duties != before.assignment.duties:
        return f"导出以后文件修订过，这一行没有收；{_AGAIN}。"
    new = [one for one in later.get(before.assignment.id, ()) if one.unit in ("", before.unit)]
    if not new:
        return ""
    at = new[-1].at.astimezone(SHANGHAI)
    return f"导出以后（{at.month}月{at.day}日）这一项又有新的报告，这一行没有收；{_AGAIN}。"


def _details(row: Row, before: RollRow, taking: Taking) -> dict[str, object] | str:
    """What the ledger is told; a sentence where it cannot be told so."""
    status = STATUSES.get(row[STATUS].strip())
    if status is None:
        said = f"“{row[STATUS][:20]}”不是进展" if row[STATUS].strip() else f"没有填“{STATUS}”"
        return f"{said}，请填{'、'.join(STATUSES)}之一，这一行没有收。"
    percent = _PERCENT.fullmatch(row[PERCENT].strip())
    if row[PERCENT].strip() and percent is None:
        return f"“{PERCENT}”应填0到100的整数，现在是“{row[PERCENT][:20]}”，这一行没有收。"
    links = row[LINK].split()
    if not all(_LINK.fullmatch(link) for link in links) or len(links) > 20:
        return f"“{LINK}”应是 http 或 https 开头的网址，一行一个，这一行没有收。"
    if len(row[NOTE]) > LONGEST:
        return f"“{NOTE}”超过{LONGEST}字，这一行没有收。"
    periods, problem = _periods(row[PERIOD].strip(), Status(status), before, taking)
    if problem:
        return f"{problem}这一行没有收。"
    found: dict[str, object | None] = {
        "status": status,
        "percent": int(percent[1]) if percent else None,
        "url": links[0] if links else None,
        "urls": links if len(links) > 1 else None,
        "period": periods[0] if periods else None,
        "note": row[NOTE].strip() or None,
        "sheet": {"name": taking.file, "sha256": taking.digest},
    }
    return {name: value for name, value in found.items() if value is not None}


def _periods(words: str, status: Status, before: RollRow, taking: Taking) -> tuple[tuple[str, ...], str]:
    """The period that is meant, and why it does not fit, as a sentence."""
    if not words:
        return (), ""
    today = taking.now.astimezone(SHANGHAI).date()
    iso = {row.row.period: row.row.period for row in before.reckoning.dates if row.row.period}
    found = (iso[words],) if words in iso else periods_in(words, today)
    if len(found) != 1:
        return (), f"“{PERIOD}”的“{words[:20]}”看不懂，请写成“2026年6月”“2026年第2季度”这样。"
    return periods_fit([before.assignment], Told(words, status, periods=found), today)


def _entry(
    where: str, row: Row, before: RollRow, details: Mapping[str, object], taking: Taking, given: dict[str, Matter]
) -> Entry:
    words = _words(where, row, taking)
    message = Message(words, conversation=SHEETS, sender=taking.who, role="supervisor")
    occasion = Occasion(message, taking.register, taking.ledger, taking.now, taking.calendar)
    period, done = details.get("period"), details["status"] == Status.DONE
    now = occasion.standing(before.assignment, before.unit)
    about = about_of(occasion, now, str(period) if period else None, done)
    matter = before.assignment.id, about.isoformat() if about else ""
    code = code_of(matter, taking.ledger, taking.now, given)
    given[code] = matter
    return Entry(
        EntryKind.REPORTED,
        taking.now,
        who=taking.who,
        conversation=message.conversation,
        words=words,
        document=before.document.id,
        assignment=before.assignment.id,
        unit=before.unit,
        details={**details, "code": code, "about": matter[1]},
    )
