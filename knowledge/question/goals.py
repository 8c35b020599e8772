"""某事三季度的目标是什么, 二季度换几公里: asked what is to be reached in a stretch of the year."""

from __future__ import annotations

from datetime import date

from knowledge.model import Span
from knowledge.patterns import regex

_EACH = r"(?:各个?|每个?|所有)(?:重点)?(?:项目|工程|单位|部门|任务|事项|项)的?"
_STRETCH = r"(?:第?[一二三四1-4]季度?末?|[上下]半年|\d{1,2}月(?:份|底|末)?|年底|年末|年终)"
_WHAT = r"(?:什么|啥|哪些|多少|几|哪)"
# 完成几项, 完成哪些任务 ask for a list.
_HOW_FAR = r"(?:什么|啥|多少|几|哪(?:一)?步)(?!项|条|件|个?(?:任务|事项|工作|\W*$))"
# 三季度的目标, 二季度换几公里, 年底要达到什么程度
_ASKED = regex(
    rf"(?P<stretch>(?:到|在)?{_STRETCH})(?:之?前|内|的|要|得|该|应该?|需要?|计划|打算|总共|一共|{_EACH})*"
    rf"(?:(?:阶段性?|工作|建设|任务|具体|进度|形象进度)*(?:目标(?:任务)?|节点|任务是|进度要求)(?:分别|各|都)?(?:任务)?(?:是|有|为|要求)?{_WHAT}?(?:内容)?"
    rf"|(?:完成|实现|做到|做|干到|干|达到|建成|建|修|换|改|铺|开挖|推进到|推进)(?:成|好|出|了)?(?={_HOW_FAR}))"
)
_ALL_OF_THEM = regex(_EACH)
_DUE = "到期"


def goal_of(text: str, today: date) -> tuple[Span | None, str]:
    """The stretch in which something is to be reached, as `text` asks, and the text without the words that say so; None for
    any other question."""
    if "季" not in text and "半年" not in text and "月" not in text and "年" not in text:
        return None, text
    found = _ASKED.search(text)
    if found is None:
        return None, text
    from knowledge.deadlines.windows import window

    span = window(f"{found['stretch']}{_DUE}", today)
    rest = f"{text[: found.start()]} {text[found.end() :]}"
    return (span, _ALL_OF_THEM.sub(" ", rest)) if span else (None, text)
