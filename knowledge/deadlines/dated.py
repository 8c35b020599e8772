"""Moments in a document: which are deadlines, which starts, which only attributes of something else."""

from __future__ import annotations

from datetime import date, timedelta

from knowledge.deadlines import traps
from knowledge.deadlines.anchors import count
from knowledge.deadlines.moments import PAST, Moment, add_months
from knowledge.deadlines.page import Finding, Page, made
from knowledge.deadlines.stretches import Mode, mode, stretches
from knowledge.model import Deadline, DeadlineKind
from knowledge.patterns import regex

BARE_PERIOD = "没有写“底”，按该时段开始之前理解，请核对"
_FIRM_AHEAD = regex(
    r"(?:不得?[迟晚]于|最[迟晚](?:要)?(?:于|在|到|至|不超过|不得超过)?|至迟(?:于|在|到)?|截[止至](?:时间|日期|日|期限)?(?:为|是|于|至|到)?[::]?|(?<![时期年])限(?:于|在|期)?(?:时间)?(?:至|到)?[::]?|赶在|期限[至到]|直至|延(?:长|期)?[至到]|(?:不超过|不得超过)|最后期限(?:为|是|[::])?)$"
)
_UNTIL = regex(r"(?:到|至)$")
_START_BEHIND = regex(
    r"^(?:,|要|须|应|正式|全面|陆续|力争|确保|争取|全部|实质性|项目)*(?:开工|动工|启动|开建|动土|奠基|破土|开建)(?!率)(?![^,。;、]{0,6}(?:完成|完工|建成))"
)
_VERBS = (
    "完成|启动|开展|组织|举办|举行|召开|实现|建成|投入|报送|上报|报|公布|公开|发布|出台|印发|制定|制订|编制|形成|落实|基本|全面|力争|争取|确保|要|将|应|须|必须|"
    "全部|集中|统一|对|由|各|进行|提交|上线|竣工|验收|整改|建立|达到|达标|办结|反馈|汇报|推进|实施|执行|开始|动工|开工|交付|投产|通车|运行|部署|总结|试点|前|底|末|内|再|先|逐步|继续|持续|督查|检查|通报|调研|交|结束|梳理|初步|正式|调整|更新|修订|评估|考核|"
    '为|是|分|起|迎|迁|搬|拿出|取得|覆盖|左右|执|可|能|需|拟|计划|预计|至少|不少于|每|按|\\d+次|时间|,|。|;|、|\\)|」|"|”|\\(|:|和|及|与|或|-|/|$'
)
_BARE_OK = regex(rf"^(?:的|,)?(?:{_VERBS})")
# What may stand behind a bare year without making it the year's something (2030年议程).
_YEAR_OK = regex(
    r"^(?:的|,)?(?:完成|启动|开展|组织|举办|召开|实现|建成|投入|报送|上报|公布|公开|出台|制定|编制|形成|落实|基本|全面|力争|争取|确保|要|将|应|须|必须|全部|"
    r"提交|上线|竣工|验收|整改|建立|达到|办结|推进|实施|开始|动工|开工|交付|投产|通车|运行|总结|内|继续|持续|初步|正式|取得|至少|不少于|,|。|;|、|\)|\(|」|\"|”|-|/|$)"
)
_COMPLETION = regex(
    r"^[,份]?(?:要|须|应|将|力争|争取|确保|全面|基本|全部|初步|前)*(?:完成|建成|实现|投入|报送|上报|办结|竣工|完工|封顶|验收|达标|上线|通车|通水|通气|投用|投运|启用|挂牌(?!督|出|整)|揭牌|试运行|交付|形成|出台|提交|整改到位|落实到位|报市|报省|报县|报区|集中|组织|开展|召开|举办|各)"
)
_WHICH = regex(r"^[^,。;]{1,10}的(?!□)")
_NOTHING_MORE = regex(r"^[)\]」”\"]*(?:[,。;、]|$)")
# A day without its month and without 前: 不少于7日, 公示5日.
_BARE_DAY = regex(r"(?<![\d月])\d{1,2}[日号]$")
_ATTRIBUTE = regex(r"^[^,。;]{1,8}的(?:□|[“\"])")
_GOAL = regex(r"^[^。;]{0,60}(?:\d+(?:\.\d+)?%|□%|达到\d|万|亿|个百分点|提高到|增长到|以上)")


def dated(page: Page, at: int) -> Finding | None:
    text = page.masked
    found = stretches(text, at, page.frame)
    if not found:
        return None
    moments, end = found
    how, behind_at = mode(text, end)
    if how.occasion and moments[-1].grain in ("year", "half"):
        return None  # 2024年春耕前: an event of that year, on no day that is named
    ahead, behind = text[max(0, at - 14) : at], text[behind_at:]
    if (
        moments[0].gone
        or traps.past(ahead, _SUMMED.sub("", behind) if _are_own_years(page, moments[-1]) else behind)
        or traps.effective(ahead, behind if not (how.before or how.closing) else "")
    ):
        return Finding(at, behind_at, ())
    if how.since:
        return _since(page, at, behind_at, moments[0], behind)
    if (
        moments[0].grain == "festival"
        and how.before
        and (days := count(behind, 0))
        and days.period.days
        and not moments[0].impossible
    ):
        due = moments[0].start - timedelta(days=days.period.days)
        return Finding(at, behind_at + days.end, (made(page, at, behind_at + days.end, DeadlineKind.BY, due=due),))
    firm_ahead, until = bool(_FIRM_AHEAD.search(ahead)), bool(_UNTIL.search(ahead))
    firm = how.before or how.closing or how.within or firm_ahead
    if not firm and at == 0 and _is_signature(page, moments[-1], behind):
        return Finding(at, len(text), ())
    counts = firm or _bare_counts(page, moments, until, end) or _opens(page, at, moments[-1], end)
    if not counts and not _is_period_of_work(page, at, moments[-1], behind):
        return Finding(at, max(end, behind_at), ())
    if page.inner and until and not how.before and _distant(page, moments[-1]) and _GOAL.match(behind):
        return Finding(at, behind_at, ())
    deadlines = tuple(
        _one(page, at, behind_at, m, how, firm_ahead or until, bool(_START_BEHIND.match(behind))) for m in moments
    )
    return Finding(at, behind_at, deadlines)


_UNDER_THE_DATE = regex(r"(?:\((?:此件|公章|印章|盖章|印发|发布)[^)]*\))?")


def _is_signature(page: Page, m: Moment, behind: str) -> bool:
    """The day of issue with nothing beside it stands under the signature."""
    return m.grain == "day" and m.dated and m.end == page.frame.today and bool(_UNDER_THE_DATE.fullmatch(behind))


def _distant(page: Page, m: Moment) -> bool:
    """A year without 底, or one further off than next year, is where a goal stands, not a deadline."""
    return not m.edge or page.frame.year is None or m.end.year > page.frame.year + 1


def _since(page: Page, at: int, end: int, first: Moment, behind: str) -> Finding:
    """3月起: the start of a cadence or a length period behind it; nothing by itself."""
    if first.impossible or first.grain == "festival":
        return Finding(at, end, ())
    length = count(behind, 0) if behind[:1].isdecimal() else None
    if length and length.limit and first.grain == "day" and (length.period.days or length.period.months):
        due = (
            add_months(first.start, length.period.months)
            if length.period.months
            else first.start + timedelta(days=length.period.days or 0)
        )
        stop = end + length.end
        return Finding(at, stop, (made(page, at, stop, DeadlineKind.RANGE, start=first.start, due=due),))
    return Finding(at, end, (made(page, at, end, DeadlineKind.RANGE, start=first.start),), bound=True)


def _bare_counts(page: Page, moments: tuple[Moment, ...], until: bool, end: int) -> bool:
    """Whether a moment without 前 or 内 is a deadline at all, or the attribute of a noun (2017年重点工作)."""
    last, behind = moments[-1], page.masked[end:]
    if last.impossible:
        return not page.inner
    if (
        last.deictic
        and last.grain == "day"
        and page.masked[end - 1 : end] in "日号"
        and not page.frame.asking
        and _BARE_DAY.search(page.masked[:end])
    ):
        return False
    if last.edge and last.grain != "day":
        within = page.masked[max(0, end - 1) : end] == "内" and not _ATTRIBUTE.match(behind)
        return until or not page.inner or within or bool(_BARE_OK.match(behind))
    if page.inner:
        if last.dated and page.frame.today and last.end < page.frame.today:
            return False
        done = last.grain not in ("year", "plan", "festival") and _COMPLETION.match(behind) and not _WHICH.match(behind)
        return bool(done) or (until and last.grain != "festival")
    if last.grain == "festival":
        return bool(_NOTHING_MORE.match(behind) or behind.startswith(("期间", "前后")))
    if last.dated and page.frame.today and last.end < page.frame.today and behind:
        return False
    return until or bool((_YEAR_OK if last.grain == "year" else _BARE_OK).match(behind))


def _opens(page: Page, at: int, last: Moment, end: int) -> bool:
    """Whether a day or a stretch still to come is a clause of its own that opens a sentence (5月25日至6月9日，…; 6月16日，…)."""
    opening = at == 0 or page.masked[at - 1] in "。;:"
    alone = last.grain in ("range", "day", "xun") and page.masked[end : end + 1] == "," and opening
    to_come = page.frame.today is None or last.end >= page.frame.today
    return page.inner and alone and to_come and not (last.grain != "range" and _HAPPENED.match(page.masked, end))


_HAPPENED = regex(r"[^。;]{0,60}(?:了|已|曾|发现|显示|指出|通报|反映|发生)")


_SUMMED = regex(r"^,?(?:累计|总计|共)")  # what is done by now, but for years that are not over


def _are_own_years(page: Page, last: Moment) -> bool:
    """Whether the year that the document is about is one of a stretch of whole years."""
    year = page.frame.year
    return last.span and _are_whole_years(last) and year is not None and last.start.year <= year <= last.end.year


def _are_whole_years(m: Moment) -> bool:
    return m.start.month == m.start.day == 1 and (m.end.month, m.end.day) == (12, 31)


_AMOUNTS = regex(
    r"^\)?,?(?:力争|计划|预计|全[市县区州]|每年|共|要|将)*(?:累计|完成|新增|新建|建成|建设|改造|改建|扩建|加装|整治|治理|修复|修缮|创建|培育|培训|引进|打造|更新|更换|绿化|新造|补植|安排|组织|实施)[^,。;]{0,24}\d"
)
_HEAD_OF_CLAUSE = regex(
    r"(?:^|[一二两三四五\d]年内\(|[,。;:)」”]|[局委办部处中心所站政府镇乡县区市院校])(?:于|在|自|从)?$"
)
_FROM_NOW = regex(r"即日|现在|即时|即刻")
_NO_WORK = regex(r"^(?:的|、|期间|$|[,。;)]|(?:为|是|属于?|系)|[^,。;]{0,10}的(?!□))")


def _is_period_of_work(page: Page, at: int, last: Moment, behind: str) -> bool:
    """Whether a stretch between two days or months, at the head of a clause, is when its work is done (4月1日至6月30日禁钓);
    one of whole years, the document's among them, only where it says how much of it (2027年至2029年累计加装260部)."""
    if not (page.inner and last.span and last.grain == "range") or (page.frame.today and last.end < page.frame.today):
        return False
    if _FROM_NOW.match(page.masked, at):
        return True
    if not _HEAD_OF_CLAUSE.search(page.masked[:at]):
        return False
    if _are_whole_years(last):
        return _are_own_years(page, last) and _AMOUNTS.match(behind) is not None
    return not _NO_WORK.match(behind)


def _one(page: Page, at: int, end: int, m: Moment, how: Mode, firm_ahead: bool, starts: bool) -> Deadline:
    if m.impossible:
        return made(page, at, end, DeadlineKind.BY, flag=m.flag)
    if m.grain == "festival" and not (how.before or how.closing):
        return made(page, at, end, DeadlineKind.EVENT, event=page.cleaned.printed(at, end), rel="on")
    by = m.grain != "range" and (how.before or how.closing or how.within or firm_ahead or m.edge or m.grain == "day")
    due, flag = _due(m, how)
    if not by and not starts:
        flag = flag or _past_flag(page, m, due)
        return made(page, at, end, DeadlineKind.RANGE, start=m.start, due=due, flag=flag)
    flag = flag or _past_flag(page, m, due)
    if starts:
        return made(page, at, end, DeadlineKind.BY, due=due, start_only=True, flag="是开始的时间，不是完成时限")
    return made(page, at, end, DeadlineKind.BY, due=due, flag=flag)


def _due(m: Moment, how: Mode) -> tuple[date, str | None]:
    """The last day allowed, and why a person should look at it."""
    if not how.before or m.edge:
        return m.end, m.flag
    if m.grain == "festival":
        return m.start - timedelta(days=1), m.flag
    if m.grain in ("month", "quarter", "year") or (m.grain == "week" and m.deictic):
        return m.start - timedelta(days=1), BARE_PERIOD
    return m.end, m.flag


def _past_flag(page: Page, m: Moment, due: date) -> str | None:
    return PAST if page.frame.today and due < page.frame.today else None
