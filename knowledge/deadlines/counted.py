"""Counted periods in a document: 收到申请之日起15个工作日内, 会议召开3日前."""

from __future__ import annotations

import re
from dataclasses import replace

from knowledge.deadlines.anchors import COURSE, Count, anchor_of, count, nearby_event, sentence_anchor
from knowledge.deadlines.page import Finding, Page, made
from knowledge.model import DeadlineKind
from knowledge.normal import HAN
from knowledge.patterns import regex

BARE_COUNT = "没有写明从何时起算，按印发之日起算"
_EVENT_AHEAD = regex(
    r"(提前|(?:召开|举办|举行|开会|会议|活动|开始|到期|届满|开庭|验收|实施|施行|决策|出台|出发|开幕|调研|检查|考试|放假|开学|结束|期满|发布|作出|公布)(?:之?日)?的?)(?:至少|不少于|最迟|最晚)?$"
)
# A noun right before 7日前 is what the days are counted back from (听证会7日前); a preposition is not.
_NOUN_AHEAD = regex(
    r"[^\W\x00-\xff](?<![于在到至必须应前后迟晚限保争成送报次月年旬底末日号及和与并或将要份内起为是的每按逢])[^\W\x00-\xff](?<![于在到至必须应前后迟晚限保争成送报次月年旬底末日号及和与并或将要份内起为是的每按逢])$"
)
_COUNTED_BACK = regex(
    r"提前$|(?:召开|举办|举行|开会|会议|活动|开始|到期|届满|开庭|验收|实施|施行|决策|出台|开幕|考试|开学|期满|发布|公布)(?:之|以)?前的?$"
)
_BACK_FROM = regex(
    rf"{HAN}(?<![目以之日月年底末旬度节天此先当提午晚空史眼跟向])前的?$|(?<![\d每当本次即今昨同近节假末周旬])日前的?$"
)
# A length of time that is the goal of an improvement, or a rule's own measure: 压缩至3个工作日内.
_SQUEEZED = regex(
    r"(?:压缩|压减|缩短|减少|减|控制|提速|精简|降低?|提升|优化|缩减|由\d+个?(?:工作)?[日天])(?:至|到|在|为|成)[^,。;]{0,3}$|平均[^,。;]{0,6}$|(?:有效期|期限|周期)(?:为|在)?$"
)
_FROM_NOW = regex(r"(?:今后|未来|接下来|往后)$")
_CUES = regex(
    r"收到|接到|受理|申请|投诉|举报|发生|发现|发布|形成|变更|结束|确认|之后|审批|批准|通过|登记|来信|事件|舆情|评审|立项|签订|办结|办理"
)


def counted(page: Page, at: int, last: Finding | None) -> Finding | None:
    text = page.masked
    if not (text[at].isdecimal() or text[at] == "半"):
        return None
    found = count(text, at)
    if not found:
        return None
    ahead = page.raw[_clause_start(text, at) : at]
    if found.ahead or _BACK_FROM.search(ahead) or _COUNTED_BACK.search(ahead):
        return _aheadmade(page, found, ahead)
    if (_clashes(text, found) and not _alone(page, found)) or _SQUEEZED.search(ahead):
        return None
    anchor = anchor_of(ahead)
    if not found.limit and (_alone(page, found) or COURSE.search(ahead)):
        found = replace(found, limit=True)
    if not found.limit and not page.inner and _FROM_NOW.search(ahead) and (found.period.years or found.period.months):
        made_of = made(page, at, found.end, DeadlineKind.RELATIVE, anchor="issue", period=found.period, flag=BARE_COUNT)
        return Finding(at, found.end, (made_of,))
    if not found.limit and (anchor is None or found.period.years or not re.search(r"日起|后", ahead)):
        return None
    flag = found.flag
    if anchor is None:
        anchor, flag = _unanchored(page, found, ahead, last, flag)
    if page.inner and flag == BARE_COUNT and found.period.years:
        return Finding(at, found.end, ())
    return Finding(
        at,
        found.end,
        (made(page, at, found.end, DeadlineKind.RELATIVE, anchor=anchor, period=found.period, flag=flag),),
    )


_A_LENGTH = regex(r"\d{1,2}(?:个?(?:工作日|自然日|小时|星期|礼拜)|个月|天|周|年)|半年|半个月")


def _alone(page: Page, found: Count) -> bool:
    """A slot that holds nothing but a length of time (30个工作日) means within it."""
    return not page.inner and found.start == 0 and bool(_A_LENGTH.fullmatch(page.masked))


def _clashes(text: str, found: Count) -> bool:
    """12月内 is December, 2018年内 the year, 3月5日 a date: not lengths of time."""
    words = text[found.start : found.end]
    if re.match(r"\d+(?:月|季度)", words) or (found.period.years or 0) > 50:
        return True
    return (
        not found.limit
        and bool(re.match(r"\d+(?:日|年)", words))
        and not re.search(r"后|起", text[max(0, found.start - 8) : found.start])
    )


def _aheadmade(page: Page, found: Count, ahead: str) -> Finding | None:
    """会议召开3日前: counted back from an event."""
    back = _EVENT_AHEAD.search(ahead) or _COUNTED_BACK.search(ahead) or (not found.ahead and _BACK_FROM.search(ahead))
    if not (back or (found.ahead and _NOUN_AHEAD.search(ahead))):
        return None
    label = re.sub(r"(?:之?日)?的?(?:(?:之|以)?前的?|提前|至少|不少于|最迟|最晚)*$", "", ahead) or "未写明"
    fields = made(
        page,
        found.start,
        found.end,
        DeadlineKind.RELATIVE,
        anchor=f"event:{label}",
        period=found.period,
        flag="从该事项往前倒算",
    )
    return Finding(found.start, found.end, (fields,))


def _unanchored(page: Page, found: Count, ahead: str, last: Finding | None, flag: str | None) -> tuple[str, str | None]:
    near = nearby_event(ahead)
    if near:
        return near, flag
    if last and last.deadlines[-1].kind is DeadlineKind.RELATIVE and "。" not in page.raw[last.end : found.start]:
        anchor = last.deadlines[-1].anchor or "event:未写明"
        return anchor, last.deadlines[-1].flag or flag
    sentence = page.raw[
        max(page.raw.rfind("。", 0, found.start), page.raw.rfind(";", 0, found.start)) + 1 : found.start
    ]
    earlier = sentence_anchor(sentence)
    if earlier:
        return earlier, flag
    if found.period.hours is not None:
        return "event:未写明", flag
    cue = _CUES.search(sentence[-40:])
    if page.inner and cue:
        return ("receipt" if cue.group() in ("收到",) else "event:未写明"), "没有写明从何时起算"
    return "issue", flag or BARE_COUNT


def _clause_start(text: str, at: int) -> int:
    """Where the words that can name the anchor of a period begin; commas may stand between, full stops not."""
    return max(text.rfind(mark, 0, at) for mark in "。;!?") + 1
