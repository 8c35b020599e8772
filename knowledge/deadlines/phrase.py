"""A phrase or a sentence read: its findings put in order, melted together, and said as deadlines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache

from knowledge.deadlines import traps
from knowledge.deadlines.beginnings import STARTER
from knowledge.deadlines.cadence import Rhythm, rhythm
from knowledge.deadlines.counted import BARE_COUNT, counted
from knowledge.deadlines.dated import dated
from knowledge.deadlines.events import SEASON, event_of, is_ongoing
from knowledge.deadlines.page import Finding, Page, made, opened
from knowledge.model import Deadline, DeadlineKind
from knowledge.patterns import regex

_BARE_YEARS = regex(r"(?P<first>20\d\d)(?:年?[-~至到](?P<last>20\d\d))?")  # 2025—2027, as a column of years has them


@lru_cache(maxsize=2048)
def slot(text: str, issued: date | None, year: int | None) -> Deadline:
    """What `knowledge.deadlines.read` promises; a column repeats its few phrases over thousands of rows."""
    page = opened(text, issued, year, inner=False)
    if years := _BARE_YEARS.fullmatch(page.raw):
        first, last = int(years["first"]), int(years["last"] or years["first"])
        return made(page, 0, len(page.raw), DeadlineKind.RANGE, start=date(first, 1, 1), due=date(last, 12, 31))
    found = _distinct(_with_ongoing(page, _worded(page, _explained(page, _kept(page)))))
    if len(found) > 1:
        found = [d for d in found if not d.start_only] or found
    if not found or (all(d.start_only for d in found) and is_ongoing(page.masked)):
        return _undated(text, page)
    if len(found) == 1:
        return replace(found[0], text=text)
    return Deadline(text, DeadlineKind.MULTI, parts=tuple(found), issued=issued, year=page.frame.year)


def milestone(phrase: str, issued: date | None, year: int | None) -> Deadline:
    """What `knowledge.deadlines.milestone` promises. What is to be reached in 全年 is due when the year ends."""
    time = phrase.partition("：")[0]
    found = slot("年内" if time == "全年" else time, issued, year)
    if found.kind is DeadlineKind.RANGE:  # what counts is what stands when it ends
        found = replace(found, kind=DeadlineKind.BY, start=None)
    return replace(found, text=phrase)


def sentence(text: str, issued: date | None, year: int | None) -> tuple[Deadline, ...]:
    """What `knowledge.deadlines.inner` promises."""
    worth_a_look = _WORTH_A_LOOK.search(text) or ("前" in text and SEASON.search(text))
    return clauses(text, issued, year) if worth_a_look else ()


@lru_cache(maxsize=2048)
def clauses(text: str, issued: date | None, year: int | None) -> tuple[Deadline, ...]:
    """The same for a sentence that may name a time; those that name none are most, and are not remembered."""
    page = opened(text, issued, year, inner=True)
    findings = sorted([*_kept(page), *_seasons(page)], key=lambda finding: finding.start)
    out: list[Deadline] = []
    for i, finding in enumerate(findings):
        words = _clause(
            page, finding, findings[i - 1] if i else None, findings[i + 1] if i + 1 < len(findings) else None
        )
        out += [replace(d, text=words, inner=True) for d in finding.deadlines]
    return tuple(_distinct(out, by_words=True))


def _seasons(page: Page) -> Iterator[Finding]:
    """汛前, 开学前: before something that comes every year on no fixed day."""
    for found in SEASON.finditer(page.masked):
        at, end = found.span()
        event = made(page, at, end, DeadlineKind.EVENT, event=found["what"], rel="before")
        yield Finding(at, end, (event,))


_CELL = regex(r"[^;。]+")


def _with_ongoing(page: Page, findings: list[Finding]) -> list[Deadline]:
    """The deadlines in text order, with an ongoing duty where one has a place of its own (11月底前;全年工作)."""
    placed = [(f.start, d) for f in findings for d in f.deadlines]
    if placed and "前" in page.masked:
        seasons = [s for s in _seasons(page) if not any(f.start < s.end and f.end > s.start for f in findings)]
        placed += [(f.start, d) for f in seasons for d in f.deadlines]
    if placed and ";" in page.masked:
        for cell in _CELL.finditer(page.masked):
            busy = any(f.start < cell.end() and f.end > cell.start() for f in findings)
            if not busy and cell.end() - cell.start() <= 8 and is_ongoing(cell.group()):
                placed.append((cell.start(), made(page, cell.start(), cell.end(), DeadlineKind.ONGOING)))
    return [d for _, d in sorted(placed, key=lambda p: p[0])]


_WORTH_A_LOOK = regex(
    # One set of characters first, which a search skips the others by; what must stand behind each of them follows.
    r"[0-9〇零一二三四五六七八九十半两０-９每逐隔季月年周按节節旬元国Q]"
    r"(?:(?<=[\d〇零一二三四五六七八九十半两０-９])[^。]{0,4}?[年月日号天周季旬次點点时時小个個报调通评五]|(?<=[每逐隔季月年周])[\s\S]"
    r"|(?<=按)\s*[\d０-９一两兩半双雙单單奇偶个個年月季周週星礼禮工天日旬]|(?<=[节節旬])|(?<=元)旦|(?<=国)庆|(?<=五)·?一|(?<=十)一|(?<=\d)[.．/-]\d|(?<=Q)[1-4])"
)


def _distinct(found: list[Deadline], by_words: bool = False) -> list[Deadline]:
    """A deadline printed twice is one."""
    if by_words:
        return list(dict.fromkeys(found))
    kept: dict[Deadline, Deadline] = {}
    for d in found:
        kept.setdefault(replace(d, text=""), d)
    return list(kept.values())


# ---------------------------------------------------------------- scanning
def _kept(page: Page) -> list[Finding]:
    """The findings in text order, bounds melted into the cadence they stand before; one before nothing is a beginning."""
    kept: list[Finding] = []
    pending: Finding | None = None
    for finding in _findings(page):
        if (
            pending
            and finding.deadlines
            and finding.deadlines[0].kind is DeadlineKind.RECURRING
            and finding.start - pending.end <= 2
        ):
            first = pending.deadlines[0]
            finding = replace(
                finding,
                start=pending.start,
                deadlines=tuple(replace(d, start=first.start, due=first.due) for d in finding.deadlines),
            )
        elif pending:
            kept += _standing(page, pending)
        pending = finding if finding.bound or _is_stretch(finding) else None
        if pending is None:
            kept.append(finding)
    return kept + (_standing(page, pending) if pending else [])


def _standing(page: Page, finding: Finding) -> list[Finding]:
    """What no cadence has taken up: 3月起 by itself is when something begins, where that is not long ago."""
    if not finding.bound:
        return [finding]
    if traps.effective(page.masked[: finding.start], page.masked[finding.end - 1 :]):  # …起施行
        return []
    begun = tuple(
        replace(d, kind=DeadlineKind.BY, due=d.start, start=None, start_only=True)
        for d in finding.deadlines
        if d.start and d.year and d.start.year >= d.year
    )
    return [replace(finding, deadlines=begun, bound=False)] if begun else []


def _explained(page: Page, kept: list[Finding]) -> list[Finding]:
    """两年内(2023-2024年) means its bracket; “十四五”末(2025年) only says the same again."""
    out: list[Finding] = []
    for finding in kept:
        if out and page.masked[out[-1].end : finding.start] == "(":
            if _is_bare_count(out[-1]):
                out.pop()
            elif finding.deadlines[0].due and finding.deadlines[0].due == out[-1].deadlines[-1].due:
                continue
        out.append(finding)
    return out


def _is_bare_count(finding: Finding) -> bool:
    return len(finding.deadlines) == 1 and finding.deadlines[0].flag == BARE_COUNT


def _is_stretch(finding: Finding) -> bool:
    return len(finding.deadlines) == 1 and finding.deadlines[0].kind is DeadlineKind.RANGE


def _findings(page: Page) -> Iterator[Finding]:
    text, at, last = page.masked, 0, None
    while starter := STARTER.search(text, at):
        at = starter.start()
        finding = _cadence(page, at) or counted(page, at, last) or dated(_behind(page, last, at), at)
        if finding is None:
            at += 1
            continue
        at = max(finding.end, at + 1)
        if finding.deadlines:
            last = finding
            yield finding


_PRINTED_YEAR = regex(r"20\d\d(?=年)")
_NEW_THOUGHT = regex(r"[;。]")


def _behind(page: Page, last: Finding | None, at: int) -> Page:
    """The page as it is read behind a later year: 2027年8月底前试运行,12月底前运行 means both in 2027. In running text a goal of a
    later year says nothing about the next sentence."""
    if last is None or page.frame.year is None or (page.inner and _NEW_THOUGHT.search(page.masked, last.end, at)):
        return page
    printed = _PRINTED_YEAR.findall(page.masked, last.start, last.end)
    later = max(map(int, printed), default=0)
    return replace(page, frame=replace(page.frame, year=later)) if later > page.frame.year else page


def _cadence(page: Page, at: int) -> Finding | None:
    found = rhythm(page.masked, at, page.frame)
    if not found:
        return None
    read, end = found
    if traps.past(page.masked[max(0, at - 8) : at], ""):
        return Finding(at, end, ())
    if read.festival:
        return Finding(
            at,
            end,
            (
                made(
                    page,
                    at,
                    end,
                    DeadlineKind.EVENT,
                    event=read.festival.rstrip("前之"),
                    rel="before",
                    flag="每年一次，日期随节日变动",
                ),
            ),
        )
    return Finding(at, end, _recurring(page, at, end, read))


def _recurring(page: Page, at: int, end: int, read: Rhythm) -> tuple[Deadline, ...]:
    return tuple(made(page, at, end, DeadlineKind.RECURRING, cadence=c, flag=read.flag) for c in read.cadences)


# ---------------------------------------------------------------- phrases without a date
def _undated(text: str, page: Page) -> Deadline:
    event = event_of(page.raw, page.masked)
    fields = {"issued": page.frame.today, "year": page.frame.year}
    if event:
        label, rel = event
        return Deadline(text, DeadlineKind.EVENT, event=label, rel=rel, **fields)  # type: ignore[arg-type]
    kind = DeadlineKind.ONGOING if is_ongoing(page.masked) else DeadlineKind.NONE
    return Deadline(text, kind, **fields)  # type: ignore[arg-type]


# ---------------------------------------------------------------- the words a date is shown in
_STOP = regex(r"[,;。]")


def _worded(page: Page, findings: list[Finding]) -> list[Finding]:
    """`findings` in the words of their milestones (6月底前完成基建;12月底前全部落实), where no two share a clause."""
    starts = [max([m.end() for m in _STOP.finditer(page.raw, 0, f.start)], default=0) for f in findings]
    if len(findings) < 2 or len(set(starts)) < len(starts):
        return findings
    edges = zip(starts, [*starts[1:], len(page.raw)], strict=True)
    words = [page.cleaned.printed(start, end).strip(" ，,；;。、\u3000\t\n") for start, end in edges]
    return [
        replace(finding, deadlines=tuple(replace(d, text=said) for d in finding.deadlines))
        for finding, said in zip(findings, words, strict=True)
    ]


_BREAK = regex(r"[。;!?,:]")


def _clause(page: Page, finding: Finding, before: Finding | None, after: Finding | None) -> str:
    """The clause a finding stands in, as printed; cut where another finding stands in the same clause."""
    text = page.raw
    marks = [m.end() for m in _BREAK.finditer(text, 0, finding.start)]
    start = max(marks[-1] if marks else 0, before.end if before else 0)
    if before and start == before.end:
        start = finding.start
    end = _BREAK.search(text, finding.end)
    stop = end.start() if end else len(text)
    if after and after.start < stop:
        stop = after.start
    words = page.cleaned.printed(start, max(stop, finding.end)).strip(" 、，,；;。和及与　\t\n")
    return words if "（" in words or "(" in words else words.rstrip(")）")
