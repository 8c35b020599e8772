"""The days that a question asks about."""

from __future__ import annotations

import re
from datetime import date

from knowledge.model import Span
from knowledge.patterns import regex
from knowledge.question.itemnumbers import number_of

# 一号答, 三号桥: a number in a name and no day; a day is followed by what happens to be said of a day.
_NAMED_DAY = regex(
    r"(?<![月\d一二三四五六七八九十])(?:[一二三四五六七八九十]{1,2}|\d{1,2})号(?=[^\W\x00-\xff])(?![前之以到要交报截有该的内完下上那这是就当早晚和至能会得必应开发办])"
)
# 十月底前到期的，只看10月的: of the days only those of the month.
_ONLY_MONTH = regex(
    r"[,，;；。 ](?:但|不过|请)?(?:只|光|就|单)(?:看|要|查|列|算|说|报|问)?(?P<month>(?:\d{1,2}|十[一二]?|[一二三四五六七八九])月)(?:份)?(?:内|里|当月)?的?(?:那些|就行|就好|吧)?\W*$"
)
# 七八月份, 7、8月: from the one to the other.
_TWO_MONTHS = regex(
    r"(?<![一二三四五六七八九十\d年])(?P<one>[一二三四五六七八九]|十[一二]?(?=月)|\d{1,2}(?=[、,月]))(?:月份?)?[、,]?(?P<other>[二三四五六七八九]|十[一二]?|(?<=[、,月份])\d{1,2})月(?=份|底|[^\d])"
)
# 不是11月底截止的, 除了年底到期的: what does not fall due then is asked for, and nothing is claimed (不是11月底截止的吗).
_OUTSIDE = regex(
    r"(?<!是)(?:不是|并非|不在|非|除了?|除开|除去|不算)(?:在|于|要|是)?(?:今年|本年|明年|全市|[\d〇零一二三四五六七八九]{4}年)?"
    r"(?:(?:\d{1,2}|[一二三四五六七八九十]{1,2})月|年[底末终内]|[上下]半年|[本这下上]个?[月周季]|[一二三四1-4]季度|第[一二三四]季度)"
    r"[^,，。;；吗吧]{0,6}?(?:到期|截止|完成|办结|办完|要交|到点|的)(?:的|之外|以外)?(?!.*(?:吗|吧|对不对|是不是)\W*$)"
)
_MONTHS = 12
_HIDDEN = "\ue001"
# Characters of which at least one stands in every word for a stretch of time.
_TIMELY = frozenset("年月日号天周期拜季旬今明昨底末节前后半星早晚近逾")


def asked_days(text: str, today: date) -> tuple[Span | None, str]:
    """The days asked about, and the text without the words that say so."""
    if _TIMELY.isdisjoint(text):
        return None, text
    text = _TWO_MONTHS.sub(_from_one_to_the_other, text)
    if (only := _ONLY_MONTH.search(text)) is not None:
        _, rest = asked_days(text[: only.start()], today)
        return asked_days(f"{only['month']}份到期", today)[0], rest
    masked = _NAMED_DAY.sub(lambda found: found[0].replace("号", _HIDDEN), text)
    if masked != text:
        span, rest = asked_days(masked, today)
        return span, rest.replace(_HIDDEN, "号")
    from knowledge.deadlines.windows import window, without_window  # the grammar of dates is not loaded for 谁牵头

    span = window(text, today)
    return span, without_window(text) if span else text


def outside_days(text: str) -> bool:
    """Whether what does not fall due in the days asked about is wanted."""
    return ("不" in text or "除" in text or "非" in text) and _OUTSIDE.search(text) is not None


def _from_one_to_the_other(found: re.Match[str]) -> str:
    """七八月 as 7月到8月, where the second month comes next; anything else as it is."""
    one, other = int(number_of(found["one"])), int(number_of(found["other"]))
    return f"{one}月到{other}月" if other == one + 1 <= _MONTHS else found[0]
