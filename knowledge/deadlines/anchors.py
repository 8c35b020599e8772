"""Periods counted from something (收到申请之日起15个工作日内) and what they are counted from."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.model import Period
from knowledge.patterns import regex

_COUNT = regex(
    r"(?:(?P<low>\d{1,4})个?(?:工作日|小时|[日天周月年])?(?:至|到|-+|~))?(?P<n>\d{1,4}|半)个?(?P<half>半)?(?P<unit>工作日|法定工作日|自然日|日历日|交易日|日|天|周|星期|礼拜|月|季度|年|小时|时(?!间)|分钟)(?:的?时间)?"
)
_AHEAD = regex(r"(?:之|以)?前(?!后|期|列)")
_LIMIT = regex(r"(?:之|以)?内(?!容|部|外)|里(?!程|面)")


@dataclass(frozen=True, slots=True)
class Count:
    """A counted period at start..end of the text; `limit` whether 内 stands behind it, `flag` a reason to look."""

    start: int
    end: int
    period: Period
    limit: bool
    ahead: bool = False
    flag: str | None = None


def count(text: str, at: int) -> Count | None:
    """The counted period that begins at `at` (30个工作日内, 半个月内, 24小时内), else None."""
    found = _COUNT.match(text, at)
    if not found:
        return None
    limit = _LIMIT.match(text, found.end())
    ahead = None if limit else _AHEAD.match(text, found.end())
    end = (limit or ahead or found).end()
    period, flag = _period(found)
    if period is None:
        return None
    if found["low"]:
        flag = f"原文为“{found.group()}”，按较长的期限理解"
    return Count(at, end, period, bool(limit), bool(ahead), flag)


def _period(found: re.Match[str]) -> tuple[Period | None, str | None]:
    unit, half = found["unit"], found["n"] == "半"
    n = 0 if half else int(found["n"])
    if n > 3660:
        return None, None
    if unit in ("工作日", "法定工作日", "交易日"):
        return (None, None) if half else (Period(workdays=n), None)
    if unit in ("日", "天", "自然日", "日历日"):
        return (Period(days=1), "半天") if half else (Period(days=n), None)
    if unit in ("周", "星期", "礼拜"):
        return Period(days=7 * n or 4), None
    if unit == "月":
        return _months(n, half, bool(found["half"]))
    if unit == "季度":
        return Period(months=3 * n), None
    if unit == "年":
        return (
            (Period(months=6), None)
            if half
            else (Period(years=n), None)
            if not found["half"]
            else (Period(months=12 * n + 6), None)
        )
    if unit == "分钟":
        return Period(hours=max(1, -(-n // 60))), f"原文为“{found.group()}”"
    return Period(hours=n or 1), f"原文为“{found.group()}”" if half else None


def _months(n: int, half: bool, and_half: bool) -> tuple[Period, str | None]:
    if half:
        return Period(days=15), None
    if and_half:
        return Period(days=30 * n + 15), "“个半月”按每月30天、半个月15天理解"
    return Period(months=n), None


# ---------------------------------------------------------------- what a period is counted from
_FILLER = r"(?:最迟|最晚|原则上|应当?|须|必须|要|不(?:超过|得超过|迟于|晚于)|至迟|至多|确保|力争|争取|务必|限|的|,|首|前|第|第1个|全部|将|尽快|在|于|按规定|依法|下1个|即|工作时间)*"
_ANCHOR = regex(
    rf"(?P<what>[^。;!?]*?)(?P<link>(?<!即)之?日起算?|(?<!即)之?日起计算|当[日天]起|之时起|[时刻]起|之日后|起(?:算|计)?|(?:之|以)?后|之日|当[日天])(?:计算|开始)?{_FILLER}$"
)
_OWN = r"(?:本|此|该|这个?)(?:[^\W\x00-\xff]{0,8}?)?|(?:《[^》]*》|□+)?(?:实施|工作|分工|任务分工|任务|落实|行动|具体)*(?:方案|文件|通知|要点|意见|办法|计划|清单|细则|分工|规定)?"
_ISSUE = regex(
    rf"(?:自|从|在|于)?(?:{_OWN})(?:正式|公开)?(?:印发|下发|发布|公布|发文|印制|颁布|制发|印发实施|发布实施|下达|出文)(?:施行|实施)?$|(?:自|从)?(?:本(?:通知|方案|文件|意见|要点|办法|计划)|发文|即日|即刻|今日|今天)$"
)
_ISSUE_OF_THIS = regex(
    r"本(?:[^\W\x00-\xff]{0,6}?)(?:通知|方案|意见|要点|文件|办法|规定|细则|清单|分工|计划|决定|公告)(?:正式)?(?:印发|下发|发布|公布|下达)$"
)
_RECEIPT = regex(r"收到|接到|接收|接件|收文|收件|签收|收悉")
_INCIDENT = regex(r"舆情|事件|事故|险情|灾情|警情|火情|疫情|报警|报案|警报|预警|突发|灾害|警")
COURSE = regex(
    r"(?:从|自)(?P<what>(?:[收接]到)?[^,:。;从自到至]{2,8})(?:到|至)[^,。;到至]{2,12}(?:的?(?:时间|时限|全程|全过程))?(?:应|须|要|原则上)?(?:不超过|不得超过|不多于|不得多于)$"
)
"""From where to where something may take so long: 从受理到出具意见不超过."""
_LEAD = regex(r"^(?:自|从|在|于|凡|对于?|应当?|须|要|并|各[^\W\x00-\xff]{1,6}(?=自)|经|由)+")
_ACTOR = regex(
    r"(?:要|应|须|应当|必须|务必)?(?:自|从|(?<![关对等由基鉴位])于|(?<=[要应须当必并请将前位门])在)(?=[^自从]*$)"
)


def anchor_of(ahead: str) -> str | None:
    """What the words before a counted period say it is counted from: issue, receipt, event:…; None where nothing."""
    if course := COURSE.search(ahead):
        return _classified(course["what"])
    found = _ANCHOR.search(ahead[-60:])
    if not found:
        return None
    what = found["what"]
    what = re.split(r"[,:]", what)[-1]
    cut = list(_ACTOR.finditer(what))
    return _classified(what[cut[-1].end() :] if cut else what)


def _classified(what: str) -> str:
    what = re.sub(r"(?:之日|之时|当日|当天|的)$", "", what)
    if _own(what):
        return "issue"
    if _RECEIPT.search(what) and not _INCIDENT.search(what):
        return "receipt"
    return "event:" + (_LEAD.sub("", what) or "未写明")


def _own(what: str) -> bool:
    """Whether the document issued is this one: nothing named, 本…, or a plain 方案, 文件 (design §6.14)."""
    return bool(_ISSUE.fullmatch(_LEAD.sub("", what)) or _ISSUE_OF_THIS.search(what))


_SENTENCE = regex(r"(?:^|[,:、])(?P<what>[^,:;。、]{2,16}?)(?:(?:之|以)?后|之日起|之时|时),")


def sentence_anchor(sentence: str) -> str | None:
    """What an earlier clause of the sentence counts from: 突发事件发生后,…,最迟5小时内."""
    found = list(_SENTENCE.finditer(sentence))
    return _classified(found[-1]["what"]) if found else None


_NEAR_NOUN = regex(
    r"([^\W\x00-\xff]{0,8}(?:事件|舆情|事故|灾害|险情|投诉|申请|请求|诉求|来信|来电|问题|举报|咨询))(?:发生)?(?:的|,|应|须|要|要在|在|原则上|后)*(?:最迟|最晚)?(?:在|于)?$"
)


_NEAR_RECEIPT = regex(r"((?:收到|接到|签收|收悉)[^,。;]{0,12})$")


def nearby_event(ahead: str) -> str | None:
    """A thing named right before the period without 后 (突发事件最迟5小时内), which it must be counted from."""
    found = _NEAR_NOUN.search(ahead[-40:]) or _NEAR_RECEIPT.search(ahead[-40:])
    return _classified(found[1]) if found else None
