"""Deadlines: what a phrase of a document obliges to, and until when. The rules are those of docs/期限.md.

`read` takes the words of a deadline slot (a column, a label, a bracket), `inner` a whole requirement sentence, of
which only real deadlines are returned. No date is ever given for an event, a receipt or an unnamed day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from knowledge import traps
from knowledge.anchors import Count, anchor_of, count, nearby_event
from knowledge.cadence import Rhythm, rhythm
from knowledge.cleaning import Cleaned, clean
from knowledge.events import event_of, is_ongoing
from knowledge.model import Deadline, DeadlineKind
from knowledge.moments import Frame, Moment, add_months
from knowledge.stretches import Mode, mode, stretches

PAST = "印发时该日期已过，请核对年份"
BARE_PERIOD = "没有写“底”，按该时段开始之前理解，请核对"
BARE_COUNT = "没有写明从何时起算，按印发之日起算"


@dataclass(frozen=True, slots=True)
class _Finding:
    """A reading at start..end of the cleaned text. `bound` marks one that only bounds a cadence behind it (3月起)."""

    start: int
    end: int
    deadlines: tuple[Deadline, ...]
    bound: bool = False
    firm: bool = True


@dataclass(frozen=True, slots=True)
class _Page:
    """The cleaned words, the same with traps blotted out, and the frame they are read in."""

    cleaned: Cleaned
    masked: str
    frame: Frame
    inner: bool

    @property
    def raw(self) -> str:
        return self.cleaned.text


def read(text: str, issued: date | None, year: int | None) -> Deadline:
    """The deadline a phrase of a deadline slot states; kind NONE where it states none. Never raises.

    `issued` is the date under the document's signature, `year` the year it is about (default: that of `issued`).
    """
    page = _page(text, issued, year, inner=False)
    found = _distinct(_with_ongoing(page, _kept(page)))
    if len(found) > 1:
        found = [d for d in found if not d.start_only] or found
    if not found:
        return _undated(text, page)
    if len(found) == 1:
        return replace(found[0], text=text)
    return Deadline(text, DeadlineKind.MULTI, parts=tuple(found), issued=issued, year=page.frame.year)


def inner(text: str, issued: date | None, year: int | None) -> tuple[Deadline, ...]:
    """The dates, cadences and counted periods inside a requirement sentence, in text order, each `inner`.

    Years in titles, document numbers, goals, topics and past facts are passed over. `text` of each is the clause as
    printed. Never raises.
    """
    if not _WORTH_A_LOOK.search(text):
        return ()
    page = _page(text, issued, year, inner=True)
    findings = [f for f in _kept(page) if f.firm]
    out: list[Deadline] = []
    for i, finding in enumerate(findings):
        words = _clause(
            page, finding, findings[i - 1] if i else None, findings[i + 1] if i + 1 < len(findings) else None
        )
        out += [replace(d, text=words, inner=True) for d in finding.deadlines]
    return tuple(_distinct(out, by_words=True))


_CELL = re.compile(r"[^;。]+")


def _with_ongoing(page: _Page, findings: list[_Finding]) -> list[Deadline]:
    """The deadlines in text order, with an ongoing duty where one has a place of its own (11月底前;全年工作)."""
    placed = [(f.start, d) for f in findings for d in f.deadlines]
    if placed and ";" in page.masked:
        for cell in _CELL.finditer(page.masked):
            busy = any(f.start < cell.end() and f.end > cell.start() for f in findings)
            if not busy and cell.end() - cell.start() <= 8 and is_ongoing(cell.group()):
                placed.append((cell.start(), _of(page, cell.start(), cell.end(), DeadlineKind.ONGOING)))
    return [d for _, d in sorted(placed, key=lambda p: p[0])]


_WORTH_A_LOOK = re.compile(
    r"[\d〇零一二三四五六七八九十半两０-９][^。]{0,4}?[年月日号天周季旬次點点时時小个個报调通评五]|[每按逐隔季月年周][\s\S]|节|節|元旦|国庆|春节|月底|年内|年內|旬|Q[1-4]"
)


def _page(text: str, issued: date | None, year: int | None, inner: bool) -> _Page:
    cleaned = clean(text)
    return _Page(cleaned, traps.masked(cleaned.text), Frame.document(issued, year), inner)


def _distinct(found: list[Deadline], by_words: bool = False) -> list[Deadline]:
    """A deadline printed twice is one."""
    kept: dict[Deadline, Deadline] = {}
    for d in found:
        kept.setdefault(replace(d, text=d.text if by_words else ""), d)
    return list(kept.values())


# ---------------------------------------------------------------- scanning
_STARTER = re.compile(
    r"(?<![\d.])\d|[每按逐隔逢各单双奇偶季月周年次半今本明来当去后前上下元春清端中国劳十“\"五六七八三岁除即这大翌新建教腊重昨星礼Qq现目第首于]"
)


def _kept(page: _Page) -> list[_Finding]:
    """The findings in text order, bounds melted into the cadence they stand before."""
    kept: list[_Finding] = []
    pending: _Finding | None = None
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
        elif pending and not pending.bound:
            kept.append(pending)
        pending = finding if finding.bound or _is_stretch(finding) else None
        if pending is None:
            kept.append(finding)
    return kept + ([pending] if pending and not pending.bound else [])


def _is_stretch(finding: _Finding) -> bool:
    return len(finding.deadlines) == 1 and finding.deadlines[0].kind is DeadlineKind.RANGE


def _findings(page: _Page) -> Iterator[_Finding]:
    text, at, last = page.masked, 0, None
    while starter := _STARTER.search(text, at):
        at = starter.start()
        finding = _cadence(page, at) or _counted(page, at, last) or _dated(page, at)
        if finding is None:
            at += 1
            continue
        at = max(finding.end, at + 1)
        if finding.deadlines:
            last = finding
            yield finding


def _cadence(page: _Page, at: int) -> _Finding | None:
    found = rhythm(page.masked, at, page.frame)
    if not found:
        return None
    read, end = found
    if traps.past(page.masked[max(0, at - 8) : at], ""):
        return _Finding(at, end, ())
    if read.festival:
        return _Finding(
            at,
            end,
            (
                _of(
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
    return _Finding(at, end, _recurring(page, at, end, read))


def _recurring(page: _Page, at: int, end: int, read: Rhythm) -> tuple[Deadline, ...]:
    return tuple(_of(page, at, end, DeadlineKind.RECURRING, cadence=c, flag=read.flag) for c in read.cadences)


def _of(page: _Page, begin: int, end: int, kind: DeadlineKind, /, **fields: object) -> Deadline:
    return Deadline(page.cleaned.printed(begin, end), kind, issued=page.frame.today, year=page.frame.year, **fields)  # type: ignore[arg-type]


# ---------------------------------------------------------------- counted periods
_EVENT_AHEAD = re.compile(
    r"(提前|(?:召开|举办|举行|开会|会议|活动|开始|到期|届满|开庭|验收|实施|施行|决策|出台|出发|开幕|调研|检查|考试|放假|开学|结束|期满|发布|作出|公布)(?:之?日)?的?)(?:至少|不少于|最迟|最晚)?$"
)
_CUES = re.compile(
    r"收到|接到|受理|申请|投诉|举报|发生|发现|发布|形成|变更|结束|确认|之后|审批|批准|通过|登记|来信|事件|舆情|评审|立项|签订|办结|办理"
)
_GOAL_YEARS = re.compile(r"(?:用|力争|通过|经过|未来|今后|再用)$")


def _counted(page: _Page, at: int, last: _Finding | None) -> _Finding | None:
    text = page.masked
    if not (text[at].isdecimal() or text[at] == "半"):
        return None
    found = count(text, at)
    if not found:
        return None
    ahead = page.raw[_clause_start(text, at) : at]
    if found.ahead:
        return _ahead_of(page, found, ahead)
    if _clashes(text, found):
        return None
    anchor = anchor_of(ahead)
    if not found.limit and (anchor is None or found.period.years or not re.search(r"日起|后", ahead)):
        return None
    flag = found.flag
    if anchor is None:
        anchor, flag = _unanchored(page, found, ahead, last, flag)
    if page.inner and flag == BARE_COUNT and found.period.years:
        return _Finding(at, found.end, ())
    return _Finding(
        at, found.end, (_of(page, at, found.end, DeadlineKind.RELATIVE, anchor=anchor, period=found.period, flag=flag),)
    )


def _clashes(text: str, found: Count) -> bool:
    """12月内 is December, 2018年内 the year, 3月5日 a date: not lengths of time."""
    words = text[found.start : found.end]
    if re.match(r"\d+月", words) or (found.period.years or 0) > 50:
        return True
    return (
        not found.limit
        and bool(re.match(r"\d+(?:日|年)", words))
        and not re.search(r"后|起", text[max(0, found.start - 8) : found.start])
    )


def _ahead_of(page: _Page, found: Count, ahead: str) -> _Finding | None:
    """会议召开3日前: counted back from an event."""
    event = _EVENT_AHEAD.search(ahead)
    if not event:
        return None
    label = re.sub(r"(?:之?日)?的?(?:至少|不少于|最迟|最晚)?$", "", ahead) or "未写明"
    fields = _of(
        page,
        found.start,
        found.end,
        DeadlineKind.RELATIVE,
        anchor=f"event:{label}",
        period=found.period,
        flag="从该事项往前倒算",
    )
    return _Finding(found.start, found.end, (fields,))


def _unanchored(
    page: _Page, found: Count, ahead: str, last: _Finding | None, flag: str | None
) -> tuple[str, str | None]:
    near = nearby_event(ahead)
    if near:
        return near, flag
    if last and last.deadlines[-1].kind is DeadlineKind.RELATIVE and "。" not in page.raw[last.end : found.start]:
        anchor = last.deadlines[-1].anchor or "event:未写明"
        return anchor, last.deadlines[-1].flag or flag
    if found.period.hours is not None:
        return "event:未写明", flag
    sentence = page.raw[
        max(page.raw.rfind("。", 0, found.start), page.raw.rfind(";", 0, found.start)) + 1 : found.start
    ]
    cue = _CUES.search(sentence[-40:])
    if page.inner and cue:
        return ("receipt" if cue.group() in ("收到",) else "event:未写明"), "没有写明从何时起算"
    return "issue", flag or BARE_COUNT


def _clause_start(text: str, at: int) -> int:
    """Where the words that can name the anchor of a period begin; commas may stand between, full stops not."""
    return max(text.rfind(mark, 0, at) for mark in "。;!?") + 1


# ---------------------------------------------------------------- moments
_FIRM_AHEAD = re.compile(
    r"(?:不得?[迟晚]于|最[迟晚](?:要)?(?:于|在|到|至|不超过|不得超过)?|至迟(?:于|在|到)?|截[止至](?:时间|日期|日|期限)?(?:为|是|于|至|到)?[::]?|限(?:于|在|期)?(?:时间)?(?:至|到)?[::]?|赶在|期限[至到]|直至|延(?:长|期)?[至到]|(?:不超过|不得超过)|最后期限(?:为|是|[::])?)$"
)
_UNTIL = re.compile(r"(?:到|至)$")
_START_BEHIND = re.compile(
    r"^(?:,|要|须|应|正式|全面|陆续|力争|确保|争取|全部|实质性|项目)*(?:开工|动工|启动|开建|动土|奠基|破土|开建)(?!.{0,6}(?:完成|完工|建成))"
)
_VERBS = (
    "完成|启动|开展|组织|举办|举行|召开|实现|建成|投入|报送|上报|报|公布|公开|发布|出台|印发|制定|制订|编制|形成|落实|基本|全面|力争|争取|确保|要|将|应|须|必须|"
    "全部|集中|统一|对|由|各|进行|提交|上线|竣工|验收|整改|建立|达到|达标|办结|反馈|汇报|推进|实施|执行|开始|动工|开工|交付|投产|通车|运行|部署|总结|试点|前|底|末|内|再|先|逐步|继续|持续|督查|检查|通报|调研|交|结束|梳理|初步|正式|调整|更新|修订|评估|考核|"
    '为|是|分|起|迎|迁|搬|拿出|取得|覆盖|左右|执|可|能|需|拟|计划|预计|至少|不少于|每|按|\\d+次|时间|,|。|;|、|\\)|」|"|”|\\(|:|和|及|与|或|-|/|$'
)
_BARE_OK = re.compile(rf"^(?:的|,)?(?:{_VERBS})")
_COMPLETION = re.compile(
    r"^[,份]?(?:要|须|应|将|力争|争取|确保|全面|基本|全部|初步|前)*(?:完成|建成|实现|投入|报送|上报|办结|竣工|验收|达标|上线|通车|交付|形成|出台|提交|整改到位|落实到位|报市|报省|报县|报区|集中开展|组织开展|开展一|召开|举办)"
)
_NOTHING_MORE = re.compile(r"^[)\]」”\"]*(?:[,。;、]|$)")
_GOAL = re.compile(r"^[^。;]{0,60}(?:\d+(?:\.\d+)?%|□%|达到\d|万|亿|个百分点|提高到|增长到|以上)")


def _dated(page: _Page, at: int) -> _Finding | None:
    text = page.masked
    found = stretches(text, at, page.frame)
    if not found:
        return None
    moments, end = found
    how, behind_at = mode(text, end)
    ahead, behind = text[max(0, at - 14) : at], text[behind_at:]
    if moments[0].gone or traps.past(ahead, behind) or traps.effective(ahead, behind if not how.before else ""):
        return _Finding(at, behind_at, ())
    if how.since:
        return _since(page, at, behind_at, moments[0], behind)
    firm_ahead, until = bool(_FIRM_AHEAD.search(ahead)), bool(_UNTIL.search(ahead))
    firm = how.before or how.within or firm_ahead
    if not firm and not _bare_counts(page, moments, until, text[end:]):
        return _Finding(at, max(end, behind_at), ())
    if page.inner and until and not how.before and _GOAL.match(behind):
        return _Finding(at, behind_at, ())
    deadlines = tuple(
        _one(page, at, behind_at, m, how, firm_ahead or until, bool(_START_BEHIND.match(behind))) for m in moments
    )
    return _Finding(at, behind_at, deadlines)


def _since(page: _Page, at: int, end: int, first: Moment, behind: str) -> _Finding:
    """3月起: the start of a cadence or a counted period behind it; nothing by itself."""
    if first.impossible or first.grain == "festival":
        return _Finding(at, end, ())
    counted = count(behind, 0) if behind[:1].isdecimal() else None
    if counted and counted.limit and first.grain == "day" and (counted.period.days or counted.period.months):
        due = (
            add_months(first.start, counted.period.months)
            if counted.period.months
            else first.start + timedelta(days=counted.period.days or 0)
        )
        stop = end + counted.end
        return _Finding(at, stop, (_of(page, at, stop, DeadlineKind.RANGE, start=first.start, due=due),))
    return _Finding(at, end, (_of(page, at, end, DeadlineKind.RANGE, start=first.start),), bound=True)


def _bare_counts(page: _Page, moments: tuple[Moment, ...], until: bool, behind: str) -> bool:
    """Whether a moment without 前 or 内 is a deadline at all, or the attribute of a noun (2017年重点工作)."""
    last = moments[-1]
    if last.impossible:
        return not page.inner
    if last.edge and last.grain != "day":
        return until or not page.inner or bool(_BARE_OK.match(behind))
    if page.inner:
        return (last.grain not in ("year", "plan", "festival") and bool(_COMPLETION.match(behind))) or (
            until and last.grain != "festival"
        )
    if last.grain == "festival":
        return bool(_NOTHING_MORE.match(behind) or behind.startswith("期间"))
    return until or bool(_BARE_OK.match(behind))


def _one(page: _Page, at: int, end: int, m: Moment, how: Mode, firm_ahead: bool, starts: bool) -> Deadline:
    if m.impossible:
        return _of(page, at, end, DeadlineKind.BY, flag=m.flag)
    if m.grain == "festival" and not how.before:
        return _of(page, at, end, DeadlineKind.EVENT, event=page.cleaned.printed(at, end), rel="on")
    by = how.before or how.within or firm_ahead or m.edge or m.grain == "day"
    due, flag = _due(m, how)
    if not by:
        flag = flag or _past_flag(page, m, due)
        return _of(page, at, end, DeadlineKind.RANGE, start=m.start, due=due, flag=flag)
    flag = flag or _past_flag(page, m, due)
    if starts:
        return _of(page, at, end, DeadlineKind.BY, due=due, start_only=True, flag="是开始的时间，不是完成时限")
    return _of(page, at, end, DeadlineKind.BY, due=due, flag=flag)


def _due(m: Moment, how: Mode) -> tuple[date, str | None]:
    """The last day allowed, and why a person should look at it."""
    if not how.before or m.edge:
        return m.end, m.flag
    if m.grain == "festival":
        return m.start - timedelta(days=1), m.flag
    if m.grain in ("month", "quarter", "year") or (m.grain == "week" and m.deictic):
        return m.start - timedelta(days=1), BARE_PERIOD
    return m.end, m.flag


def _past_flag(page: _Page, m: Moment, due: date) -> str | None:
    return PAST if page.frame.today and due < page.frame.today else None


# ---------------------------------------------------------------- phrases without a date
def _undated(text: str, page: _Page) -> Deadline:
    event = event_of(page.raw, page.masked)
    fields = {"issued": page.frame.today, "year": page.frame.year}
    if event:
        label, rel = event
        return Deadline(text, DeadlineKind.EVENT, event=label, rel=rel, **fields)  # type: ignore[arg-type]
    kind = DeadlineKind.ONGOING if is_ongoing(page.masked) else DeadlineKind.NONE
    return Deadline(text, kind, **fields)  # type: ignore[arg-type]


# ---------------------------------------------------------------- the words an inner date is shown in
_BREAK = re.compile(r"[。;!?,:]")


def _clause(page: _Page, finding: _Finding, before: _Finding | None, after: _Finding | None) -> str:
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
    return page.cleaned.printed(start, max(stop, finding.end)).strip(" 、，,；;。和及与　\t\n")
