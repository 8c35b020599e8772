"""长期坚持的有哪些, 每月都要报的: assignments asked for by how they are to be done in time."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.model import Every
from knowledge.patterns import regex


@dataclass(frozen=True, slots=True)
class Tempo:
    """`every`: again and again in one of these rhythms, empty for any; where not `again`, without an end. `words` are those that asked.
    `printed`: the time limit itself must say so, and not the requirement beside it."""

    words: str
    again: bool = False
    every: frozenset[Every] = frozenset()
    printed: bool = False


_WORK = r"(?:任务|事项|工作|活儿?|事儿?|项目|要求|实事|措施|举措|问题|条目|提案|建议)"
_LASTING = regex(
    rf"(?P<words>长期(?:坚持|推进|开展|性)?|常态化?(?:推进|开展|坚持)?|持续(?:推进|进行|开展|坚持|用力)|常年(?:性|坚持)?|全年(?:性|推进|坚持|开展|都要(?:做|抓)|工作(?=的?(?:有|是|都有|列)))|不设期限|没有终点|一直要(?:做|抓|干)|日常性?)"
    rf"(?:的|类|都要(?:做|抓)的)*{_WORK}?(?=$|\W|有|是|都|列|哪|几|多少|一共|总共|呢)"
)
_EVERY = {
    Every.DAY: r"每[天日]|按[天日]",
    Every.WEEK: r"每个?(?:周|星期|礼拜)|按周",
    Every.MONTH: r"每个?月|按月|月月",
    Every.QUARTER: r"每个?季度?|按季度?",
    Every.HALF_YEAR: r"每半年|按半年|半年一次",
    Every.YEAR: r"每年|年年|按年",
}
_RHYTHM = rf"(?:{'|'.join(_EVERY.values())})"
# 按月公布, 每月或者按季要报送
_DONE_SO = (
    r"(?:报送?|上报|报告|通报|更新|调度|开展|办理?|做|交|完成|推进|公布|公开|发布|开会?|检查|一次|干|晒|报进度|汇报)+"
)
_OFTEN = rf"{_RHYTHM}(?:(?:或者?|和|、|及|还是|以及)+{_RHYTHM})*"
_AGAIN = regex(
    rf"(?:[,，、]?(?:又|还|而且|并且|同时|但)?(?:要求|得|要|需要?|必须|规定|应该?)+)?"
    rf"(?P<words>{_OFTEN}(?:都|至少|就)?(?:要|得|需要?|必须)?{_DONE_SO}"
    rf"|{_OFTEN}(?=的{_WORK})|周期性|经常性|反复(?:办|做|要做|要办)?|定期(?:要?(?:做|办|报|开展))?(?=的{_WORK}))"
    rf"(?:进度|进展|一次|情况)?(?:的|类)*{_WORK}?(?=$|\W|有|是|都|列|哪|几|多少|一共|总共|呢)"
)
# 时间安排写“全年”的, 完成时限是每季度的: by what is printed.
_PRINTED_SO = regex(
    r"(?:完成|办结|截止)?(?:时限|期限|时间(?:安排|要求)?)(?:一?栏)?(?:里|中)?(?:写的?|印的?|标的?|定的?|是|为|要求|着)*(?:是|为|写|着|的)[“\"]?(?P<words>全年|长期|常年|常态化?|持续(?:推进)?|(?:(?:或者?|和|、)?(?:每[日天周月季年]度?|每半年|按?[月季年]度|按[周月季年]度?))+)(?:工作|坚持|推进|公布|公开|完成|报送|更新|发布)?[”\"]?的"
)
_BY_SIGN = {"日": Every.DAY, "天": Every.DAY, "周": Every.WEEK, "月": Every.MONTH, "季": Every.QUARTER, "半年": Every.HALF_YEAR, "每年": Every.YEAR, "年度": Every.YEAR, "按年": Every.YEAR}  # fmt: skip
_RHYTHMICAL = regex(r"[每按度]")
# 写了每年、每半年这种周期的
_OF_RHYTHMS = regex(
    rf"(?:(?:哪些|哪几[项件条个])(?:{_WORK})(?:里|中|是|都)*)?(?:写|定|标|规定|要求)(?:了|着|有|的是|明)?(?:要)?(?P<words>{_OFTEN})(?:这|那)?(?:种|类|样)?(?:的)?(?:周期|频次|频率|节奏|报送|公布|公开)?(?:要求)?的?(?:{_WORK})?(?=$|\W|有|是|都)"
)
_ASKS = regex(r"哪|几|多少|列")
_RHYTHMS = tuple((every, regex(words)) for every, words in _EVERY.items())
_STARTER = regex(r"长期|常|持续|全年|不设|没有终|一直|每|按|月月|年年|半年|周期|反复|定期|日常")


def rhythm_of(text: str) -> Every | None:
    """The rhythm that `text` names (每月, 按季度), None where it names none."""
    if "每" not in text and "按" not in text and "年" not in text:
        return None
    return next((every for every, words in _RHYTHMS if words.search(text)), None)


def _printed_rhythms(words: str) -> frozenset[Every]:
    """The rhythms of 按月度、季度 and the like, none of a stretch (全年)."""
    if _RHYTHMICAL.search(words) is None:
        return frozenset()
    return frozenset(every for sign, every in _BY_SIGN.items() if sign in words)


def _rhythms(words: str) -> frozenset[Every]:
    return frozenset(every for every, pattern in _RHYTHMS if pattern.search(words))


def prints_tempo(text: str) -> bool:
    """Whether those are asked for that print a tempo as their time limit (时限写的是全年的)."""
    if "时" in text and _PRINTED_SO.search(text) is not None:
        return True
    return _ASKS.search(text) is not None and _OF_RHYTHMS.search(text) is not None


def tempo_of(text: str) -> tuple[Tempo | None, str]:
    """The tempo asked for in `text`, None where none is, and the text without the words that say it."""
    if _STARTER.search(text) is None:
        return None, text
    if (printed := _PRINTED_SO.search(text)) is not None:
        every = _printed_rhythms(printed["words"])
        rest = f"{text[: printed.start()]} {text[printed.end() :]}"
        return Tempo(printed["words"], bool(every), every, printed=True), rest
    for again, pattern in ((False, _LASTING), (True, _AGAIN), (True, _OF_RHYTHMS)):
        if (found := pattern.search(text)) is not None:
            every = _rhythms(found["words"]) if again else frozenset()
            return Tempo(found["words"], again, every), f"{text[: found.start()]} {text[found.end() :]}"
    return None, text
