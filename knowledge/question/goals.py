"""某事三季度的目标是什么, 二季度换几公里: asked what is to be reached in a stretch of the year."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from knowledge.model import Span
from knowledge.patterns import regex
from knowledge.register import Register

_EACH = r"(?:各个?|每个?|所有)(?:重点)?(?:项目|工程|单位|部门|任务|事项|项)的?"
_STRETCH = r"(?:(?:19|20)\d\d年)?(?:第?[一二三四1-4]季度?末?|[上下]半年|\d{1,2}月(?:份|底|末)?|年底|年末|年终)"
_WHAT = r"(?:什么|啥|哪些|多少|几|哪)"
# 完成几项, 完成哪些任务 ask for a list.
_HOW_FAR = r"(?:什么|啥|多少|几|哪(?:一)?步)(?!项|条|件|个?(?:任务|事项|工作|\W*$))"
# 三季度的目标, 二季度换几公里, 年底要达到什么程度
_ASKED = regex(
    rf"(?P<stretch>(?:到|在)?{_STRETCH})(?:之?前|内|的|要|得|该|应该?|需要?|计划|打算|总共|一共|{_EACH})*"
    rf"(?:(?:阶段性?|工作|建设|任务|具体|进度|形象进度)*(?:目标(?:任务)?|节点|任务是|进度要求)(?:分别|各|都)?(?:任务)?(?:是|有|为|要求)?{_WHAT}?(?:内容)?"
    rf"|(?:完成|实现|做到|做|干到|干|达到|建成|建|修|换|改|铺|开挖|推进到|推进)(?:成|好|出|了)?(?={_HOW_FAR}))"
)
# 湿地公园一季度干什么, 四季度湿地公园要达到什么进度, 二季度要干到什么程度: of one matter, and no list.
_OF_MATTER = regex(
    rf"(?P<stretch>(?:到|在)?{_STRETCH})(?P<matter>[^\W\d]{{2,16}}?)?(?:要|应该?|得|须|该|需要?|计划|安排|打算)*(?:做|干|搞|弄|建|完成|达到|干到|做到|推进到)(?:成|好|到)?"
    r"(?:(?:些)?(?:什么|啥)(?:程度|进度|水平|地步|目标|样)?|哪一?步)\W*$"
)
_HOW = regex(r"^(?:(?:什么|啥)(?:程度|进度|水平|地步|样)|哪一?步)")
_ALL_OF_THEM = regex(_EACH)
_DUE = "到期"


def goal_of(text: str, today: date, of_matter: bool = False) -> tuple[Span | None, str]:
    """The stretch in which something is to be reached, as `text` asks, and the text without the words that say so; None for
    any other question. `of_matter`: it asks of no unit, so that 一季度干什么 asks for no list."""
    if "季" not in text and "半年" not in text and "月" not in text and "年" not in text:
        return None, text
    found = _ASKED.search(text) or (_OF_MATTER.search(text) if of_matter else None)
    if found is None:
        return None, text
    from knowledge.deadlines.windows import window

    span = window(f"{found['stretch']}{_DUE}", today)
    matter = (found.groupdict().get("matter") or "") if found.re.groups > 1 else ""
    rest = f"{text[: found.start()]} {matter} {_HOW.sub('', text[found.end() :])}"
    return (span, _ALL_OF_THEM.sub(" ", rest)) if span else (None, text)


# A year is said, or a stretch that is counted from today.
_OF_NOW = regex(r"[今本去明后前上下这当]个?(?:年|月|季|周|星期)|(?:19|20)\d\d|最近|近期|天内|月内|\d天|至今|目前|现在")


def in_its_year(span: Span, text: str, register: Register) -> Span:
    """A quarter or a month named without its year, in the year that all documents are about: last year's plan has its stages there."""
    years = {one.year for one in register.documents if one.year is not None}
    start, end = span.start, span.end
    if (
        len(years) != 1
        or start is None
        or end is None
        or start.day != 1
        or start.year != end.year
        or _OF_NOW.search(text)
    ):
        return span
    year, whole = years.pop(), monthrange(end.year, end.month)[1] == end.day
    if year == start.year or not whole:
        return span
    last = end.replace(year=year, day=monthrange(year, end.month)[1])
    return Span(start.replace(year=year), last, span.words.replace(str(end.year), str(year)))
