"""Windows: the days a question asks about (本周, 月底前, 最近半个月, 逾期), with the same moments as documents.

A week is Monday to Sunday, a named period stays whole, 前 and 内 look forward from today, 逾期 ends yesterday. What
was understood is written in `Span.words`, for every reply to repeat.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from knowledge.deadlines import traps
from knowledge.deadlines.cadence import rhythm
from knowledge.deadlines.cleaning import Cleaned, clean
from knowledge.deadlines.moments import Frame, Moment, add_months
from knowledge.deadlines.spoken import spoken
from knowledge.deadlines.stretches import Mode, mode, stretches
from knowledge.model import Span
from knowledge.patterns import regex

# (span, start and end of its words in the cleaned text)
_Placed = tuple[Span, int, int]
_SOON_DAYS = 7

_OVERDUE = regex(
    r"(?:已经?|都|有没有|哪些|有)?(?:逾期|超期|过期|超时|误期|脱期|拖期|超过?(?:期限|时限)|过了?(?:期限|时限|期|时间|截止)|[没未](?:有)?按[时期]|到[期点]了?(?:还|却|仍|都)?(?:没|未)|[预愈]期(?=没|未|的|了|还))了?"
)
_NOT_YET = regex(r"(?:快要?|即将|将要|马上要?|临近|临|不要|别|避免|防止|要|会|没有?|未|不|差点)$")
_SOON = regex(
    r"(?:快要?|即将|马上要?|临近|将要)(?:到期|逾期|超期|截止|过期|到时间|到截止)|(?:最近|近期|近几[天日]|这几[天日]|这段时间|近段时间|这阵子?)(?=(?:都|还|又)?(?:有|要|得|该|需|到期|截止|快|必须|须|应)|$)"
)
_LASTING = regex(
    r"(?P<ahead>未来|今后|接下来|往后|下面|再过|后续|随后|过)?(?P<near>最近|近|这)?(?P<back>过去|前面?|上(?!半)|刚过去|之前)?(?:的)?"
    r"(?P<n>\d{1,3}|半)个?(?P<half>半)?(?P<unit>工作日|自然日|天|日|周|星期|礼拜|月|季度|年)(?:的?时间)?(?P<tail>(?:之|以)?内|里(?!程)|(?:之|以)?后|(?:之|以)?前)?"
)
_IN_MONTH = regex(r"(?:[1-9]|1[0-2])月里")
_DONE = regex(
    r"完成了|报了|交了|办结了|做完|办完了|弄完了|已完成|没完成|没交|没报|没办|未完成|未报|未交|未办"
    r"|(?<![要应需得该须])(?:办结|完成)的|报过|完成情况|办了"
)
_DUE_CUE = regex(
    r"到期|截止|要|交|报|完成|办|任务|事项|工作|事|活|哪些|什么|啥|几项|几件|多少|干|做|弄|剩|没|逾期|超期|提醒|安排|节点|时限|期限|due|列|清单|汇总|总结|进展|周报|待办|落实|^.{0,6}$"
)
_YEAR_OK = regex(
    r"^(?:度)?(?:的|全年|了|遗留|留下|1共|总共|还|要|有|到期|底|前|没|完成|内|任务|都|应|得|须|必须|该|剩|哪|什么|啥|,|之|$|需|办|截止|我们?|咱|你|各|市|县|区|谁|才)"
)
_ATTRIBUTE = regex(
    r"^(?:的)?(?:经济|[CPG][PD][IP]|主要|国民|运行|收支|指标|财政|数据|报告|预算|决算|要点|方案|通知|文件|重点任务分工|政务|信息|年报|计划|规划|版)"
)
_UNTIL = regex(r"(?:截[至止]到?|直?到|至|赶在|截止(?:时间|日期)?(?:是|为|在)?)$")
_STARTER = regex(
    r"(?<![\d.])[\d半]|[双两全节当第每逢按未今接往下再后随过最近这前上刚本明来去当昨大次翌元春清端中国劳十“\"五六七八三岁除冬暑即新建教腊重年月周星礼Qq季首快马临将已都有哪逾超误脱拖没到预愈]"
)
_BETWEEN = regex(r"之间|中间|这段时间?|期间")
_SIZE = {"天": 1, "日": 1, "自然日": 1, "周": 7, "星期": 7, "礼拜": 7}


def window(text: str, today: date) -> Span | None:
    """The days `text` asks about, seen from `today`; None where it names no window. Never raises."""
    cleaned = clean(text)
    found = list(_placed(cleaned, today))
    if not found:
        return None
    overdue = [span for span, _, _ in found if span.start is None and span.end == today - timedelta(days=1)]
    named = [placed for placed in found if placed[0] not in overdue]
    if not named:
        return found[0][0]
    span, start, end = named[0]
    if overdue and span.end and span.end >= today:
        span = replace(span, end=max(today - timedelta(days=1), span.start or today - timedelta(days=1)))
    return replace(span, words=_words(span, cleaned.printed(start, end)))


def without_window(text: str, today: date | None = None) -> str:
    """`text` with its time words removed, for what remains to be searched."""
    cleaned = clean(text)
    kept, at = [], 0
    for _, start, end in _placed(cleaned, today or date(2020, 6, 15)):
        kept.append(cleaned.printed(at, start))
        at = end
    kept.append(cleaned.printed(at, len(cleaned.text)))
    return "".join(kept) if at else text


def _words(span: Span, said: str) -> str:
    said = said.removesuffix("的")
    if span.start is None:
        return f"{said}（{_day(span.end)}及以前）" if span.end else said
    if span.end is None:
        return f"{said}（{_day(span.start)}起）"
    if span.start == span.end:
        return f"{said}（{_day(span.start)}）"
    year = f"{span.end.year}年" if span.end.year != span.start.year else ""
    return f"{said}（{_day(span.start)}至{year}{span.end.month}月{span.end.day}日）"


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


# ---------------------------------------------------------------- finding the words
def _placed(cleaned: Cleaned, today: date) -> Iterator[_Placed]:
    text = traps.masked(cleaned.text, topics=False)
    frame, at = Frame.question(today), 0
    while starter := _STARTER.search(text, at):
        at = starter.start()
        found = _window_at(text, at, frame, today)
        if found is None:
            at += 1
            continue
        span, end = found
        if span is not None:
            until = _UNTIL.search(text[max(0, at - 4) : at])
            start = at - len(until.group()) if until else at
            yield replace(span, words=_words(span, cleaned.printed(start, end))), start, end
        at = max(end, at + 1)


def _window_at(text: str, at: int, frame: Frame, today: date) -> tuple[Span | None, int] | None:
    """The window whose words begin at `at`; a None span means words to pass over."""
    skipped = _skipped(text, at, frame)
    if skipped:
        return skipped
    plain = _overdue(text, at, today) or _soon(text, at, today)
    return plain or _lasting(text, at, today) or _dated(text, at, frame, today)


def _skipped(text: str, at: int, frame: Frame) -> tuple[None, int] | None:
    """每月5号前要报什么 asks about a cadence, not about a window."""
    found = rhythm(text, at, frame) if text[at] in "每逢按" else None
    return (None, found[1]) if found else None


def _overdue(text: str, at: int, today: date) -> tuple[Span, int] | None:
    found = _OVERDUE.match(text, at)
    if not found or _NOT_YET.search(text[max(0, at - 3) : at]):
        return None
    return Span(None, today - timedelta(days=1)), found.end()


def _soon(text: str, at: int, today: date) -> tuple[Span, int] | None:
    found = _SOON.match(text, at)
    return (Span(today, today + timedelta(days=_SOON_DAYS)), found.end()) if found else None


def _lasting(text: str, at: int, today: date) -> tuple[Span | None, int] | None:
    """最近半个月, 三天内, 未来7天, 两周后, 过去一个月."""
    found = _LASTING.match(text, at)
    if (
        not found
        or not (found["ahead"] or found["near"] or found["back"] or found["tail"])
        or (re.match(r"\d+(?:号|日|年)", found.group()) and not found["tail"])
    ):
        return None
    if (
        found["n"] == "1"
        and text[at] in "这上"
        and not (found["ahead"] or found["tail"])
        and found["unit"] not in "天日"
    ):
        return None  # 上一周 and 这一个月 are those of the calendar
    if _IN_MONTH.fullmatch(found.group()):
        return None  # 11月里 is November, 11个月里 lasts so long
    if text[max(0, at - 1) : at] in ("后", "起", "超") or (found["back"] and re.fullmatch(r"前\d季度", found.group())):
        return None  # 收到通知后5天内 is a deadline's own words, 前三季度 a stretch of the year
    tail = (found["tail"] or "")[-1:]
    back = found["back"] or (tail == "前") or (not found["ahead"] and tail not in ("后",) and _DONE.search(text))
    calendar = found["unit"] in ("日", "年") or re.match(
        r"\d+月", found.group()
    )  # 8月以前 is August, 8个月以前 is long ago
    if tail == "前" and (calendar or not re.match(r"到期|的|没|交|报|该|就", text[found.end() :])):
        return None
    if tail == "后" or (found["ahead"] in ("再过", "过") and tail != "内"):
        return _one_day(_moved(today, found, 1), found)
    if tail == "前" and not found["ahead"] and not found["near"]:
        return _one_day(_moved(today, found, -1), found)
    far = _moved(today, found, -1 if back else 1)
    return Span(min(today, far), max(today, far)), found.end()


def _one_day(day: date, found: re.Match[str]) -> tuple[Span | None, int]:
    return Span(day, day), found.end()


def _moved(today: date, found: re.Match[str], sign: int) -> date:
    unit, n = found["unit"], found["n"]
    if unit == "工作日":
        return _weekdays(today, sign * int(n)) if n != "半" else today
    if unit in _SIZE:
        days = _SIZE[unit] * (int(n) if n != "半" else 0) + (3 if n == "半" and unit != "天" else 0)
        return today + timedelta(days=sign * days)
    if unit == "月" and (n == "半" or found["half"]):
        return add_months(today, sign * (0 if n == "半" else int(n))) + timedelta(days=15 * sign)
    months = {"月": 1, "季度": 3, "年": 12}[unit]
    total = months // 2 if n == "半" else months * int(n) + (months // 2 if found["half"] else 0)
    return add_months(today, sign * min(total, 1200))


def _weekdays(day: date, n: int) -> date:
    """About `n` working days on: Monday to Friday, the holidays being the scheduler's business."""
    step = timedelta(days=1 if n > 0 else -1)
    for _ in range(abs(n)):
        day += step
        while day.weekday() > 4:
            day += step
    return day


# ---------------------------------------------------------------- moments in a question
def _dated(text: str, at: int, frame: Frame, today: date) -> tuple[Span | None, int] | None:
    found = stretches(text, at, frame) or spoken(text, at, today)
    if not found:
        return None
    moments, end = found
    how, after = mode(text, end)
    if text[max(0, at - 1) : at] in ("离", "距"):
        return None, after  # 离端午还有几天 is a countdown
    if any(m.impossible for m in moments):
        return None, after
    m = moments[0] if len(moments) == 1 else replace(moments[0], end=moments[-1].end, span=True)
    until = bool(_UNTIL.search(text[max(0, at - 4) : at])) and text[after : after + 1] != "才"  # 拖到2027年才到期
    between = _BETWEEN.match(text, after)
    after = between.end() if between else after
    if not (how.before or until) and not _asked(text, at, after, m):
        return None, after
    return _span(text, at, m, how, until, frame, today), after


def _asked(text: str, at: int, after: int, m: Moment) -> bool:
    """Whether a bare period is when things are due, not the attribute of a noun (2017年政务公开要点)."""
    behind = text[after:]
    if m.grain == "day" or m.grain == "week":
        return not _ATTRIBUTE.match(behind)
    if m.grain == "year" and not (m.span or m.edge) and not _YEAR_OK.match(behind):
        return False
    return not _ATTRIBUTE.match(behind) and bool(_DUE_CUE.search(text[:at] + behind))


def _span(text: str, at: int, m: Moment, how: Mode, until: bool, frame: Frame, today: date) -> Span:
    if how.before or until:
        return _forward(text, at, m, how, frame, today)
    if how.since:
        start = (
            m.end + timedelta(days=1)
            if m.grain in ("day", "festival") and "后" in text[at : at + 20] and "起" not in text[at : at + 20]
            else m.start
        )
        return Span(start, date(start.year, 12, 31))
    if m.grain == "festival":
        return Span(m.start, m.end + timedelta(days=6 if how.during else 0))
    if m.edge and m.grain in ("month", "year", "quarter", "half") and m.end >= today:
        return _edge(text, at, m, today)
    if m.deictic and m.grain == "day" and m.end < today and text[at] in "周星礼" and re.search(r"要|得交|该", text):
        m = replace(m, start=_coming(text, at, m.start), end=_coming(text, at, m.end))
    return Span(m.start, m.end)


def _edge(text: str, at: int, m: Moment, today: date) -> Span:
    """月底, 年底, 年内 look forward from today; 9月底 of another month is its last ten days; 本月内 stays whole."""
    if m.grain == "month" and m.start > today:
        return Span(m.start.replace(day=21), m.end)
    whole = text[at] in "本这当今"
    return Span(
        m.start if whole and "底" not in text[at : at + 5] and "末" not in text[at : at + 5] else max(today, m.start),
        m.end,
    )


def _forward(text: str, at: int, m: Moment, how: Mode, frame: Frame, today: date) -> Span:
    end = _last(m, how, today)
    if end < today and not m.dated and not m.deictic and frame.year and not _DONE.search(text):
        again = stretches(text, at, replace(frame, year=frame.year + 1))
        end = _last(again[0][-1], how, today) if again else end
    if end < today and m.deictic and m.grain == "day" and not _DONE.search(text):
        end = _coming(text, at, end)
    return Span(today, end) if end >= today else Span(None, end)


def _coming(text: str, at: int, day: date) -> date:
    """A bare 3号 or 周一 that lies behind means the next one; 上周一 does not."""
    if text[at].isdecimal():
        return add_months(day, 1)
    return day + timedelta(days=7) if text[at] in "周星礼" else day


def _last(m: Moment, how: Mode, today: date) -> date:
    """The last day of a window that ends before or at `m`: 下周前 ends this Sunday, 本月前 at the month's end."""
    if not how.before or m.edge:
        return m.end
    opens = m.grain == "festival" or (m.grain in ("month", "quarter", "year", "week") and m.start > today)
    return m.start - timedelta(days=1) if opens else m.end
