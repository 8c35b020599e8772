"""牵头最多的是哪个局, 牵头单位一共几个: how what there is to do is spread over the units."""

from __future__ import annotations

import re
from enum import StrEnum

from knowledge.patterns import regex
from knowledge.question.itemnumbers import number_of


class Census(StrEnum):
    """What is asked of the spread: the units that hold most, those that hold fewest, those that hold so many, all units, or those that
    lead nothing; the papers that hold most or fewest; the month in which most falls due; the rows that name most or fewest units."""

    MOST = "most"
    FEWEST = "fewest"
    EXACTLY = "exactly"
    ALL = "all"
    SUPPORTING = "supporting"
    LONGEST = "longest"
    SHORTEST = "shortest"
    BUSIEST = "busiest"
    WIDEST = "widest"
    NARROWEST = "narrowest"


_HELD = (
    r"(?:(?:牵头|主责|主办|承办|负责|配合|协办|参与|承担|领|揽|摊|分|挂名)(?:到|的|了)*)?(?:的)?"
    r"(?:任务|事项|活儿?|工作(?!量)|差事|担子|项数|件数|条数|数量|项目)?(?:数)?(?:得|的)?"
)
_UNIT = r"(?:谁|哪(?:一|几|些)?个?(?:单位|部门|局委?|委办局|科室?|处室?|家)|(?:什么|啥)(?:单位|部门|局))"
_MOST = r"(?:最|数|第(?P<nth>[二三四五2-5]))(?P<which>多|少|重|轻)"
_ALSO = _MOST.replace("which", "also").replace("nth", "place")
# 谁牵头的最多, 任务最多的是哪个局
_EXTREME = regex(
    rf"(?:{_UNIT})(?:的|家)?(?:是)?{_HELD}{_MOST}(?:的)?|{_HELD}{_ALSO}(?:的)?(?:单位|部门|局|科室)?(?:是|有|属|算|要数|为)*(?:{_UNIT}|哪(?:一|几)?(?:个|家)|(?:呢|啊|呀)?\W*$)"
)
# 几个局只有一项任务, 只牵头一项的是哪几家
_ONLY = r"(?:只|仅|就|刚好|正好)(?:有|承担|牵头|负责|配合|领|分到|挂|摊到)*(?:了)?(?:有)?(?P<{0}>[一两二三四五六七八九十]|\d{{1,2}})(?:项|个|件|条)(?:任务|事项|活儿?)?"
_SOME = r"(?:哪(?:一|几|些)?个?|几个?|多少个?|有哪些|有几个|有多少个?)(?:单位|部门|局委?|委办局|科室?|家)"
_EXACTLY = regex(
    rf"{_SOME}(?:是|都|手上|手里)?{_ONLY.format('n')}(?:的)?|{_ONLY.format('m')}的?(?:单位|部门|局|科室)?(?:都|一共|总共|共|是|有)*(?:{_SOME}|谁|哪些|哪几个|几个|多少个?|几家)"
)
# Words without one of which neither is asked.
_EXTREME_WORD, _EXACT_WORD = regex(r"[最数第](?:[二三四五2-5])?[多少重轻]"), regex(r"[只仅就]|[刚正]好")
# 哪个月到期的任务最多, 任务最集中的是几月
_FALLS_DUE = r"(?:要)?(?:到期|截止|完成|要交|交账|办结|截稿)?(?:的)?(?:任务|事项|工作|活儿?|项目)?(?:数量?|项数)?"
_MONTH = r"(?:哪(?:一|几)?个?月(?:份)?|几月(?:份)?)"
_BUSY = r"(?:最|比较|更)(?:多|集中|扎堆|密集|忙|紧|重)|扎堆"
_BUSIEST = regex(
    rf"{_MONTH}(?:里|的|有|要)*{_FALLS_DUE}(?:{_BUSY})(?:的)?(?=$|\W|呢|啊)|{_FALLS_DUE}(?:{_BUSY})(?:的)?(?:月份?)?(?:是|在|有)?(?:是)?{_MONTH}(?=$|\W|呢|啊)"
)
# 配合单位最多的是哪项, 哪一项牵扯的单位最多
_ROW = r"(?:哪(?:一|几)?(?:项|条|件|个任务)(?:任务|事项|工作)?)"
_UNITS = r"(?:(?:牵头|主办|责任|配合|协办|参与|涉及|牵扯|牵涉|挂)(?:到)?的?(?:单位|部门|局)(?:数量?)?|(?:单位|部门)(?:数量?)?)"
_WIDEST = regex(
    rf"{_ROW}(?:里|的|要|所)*{_UNITS}(?:最|更)(?P<which>多|少)(?:的)?|{_UNITS}(?:最)(?P<also>多|少)(?:的)?(?:任务|事项)?(?:是|有)?{_ROW}"
)
# Of reports and dates another handler tells.
_ELSEWHERE = regex(r"哪个?月|几月|哪个?季度|逾期|超期|拖|完成|办结|进[度展]|汇?报(?!销)|签收|反馈|收到")
_OVER = regex(r"逾期|超期|拖|汇?报(?!销)|签收|反馈|收到|牵头|配合")
_HOW_MANY = r"(?:一共|总共|共|都|到底)*(?:有|是|涉及|包括)?(?:多少|几)(?:个|家)"
_ROLE = r"(?:牵头|主责|主办|承办|责任|配合|协办|协同)"
# 牵头单位一共有几个, 涉及多少个部门, 都有哪些单位牵头
_ALL = regex(
    rf"{_ROLE}(?:的)?(?:单位|部门|科室){_HOW_MANY}(?=$|\W)|{_HOW_MANY}{_ROLE}?(?:的)?(?:单位|部门|局|科室)(?:来)?{_ROLE}?(?=$|\W)"
    rf"|都?有哪(?:些|几)(?:个|家)?(?:单位|部门|科室)(?:在|来)?{_ROLE}(?=$|\W)|{_ROLE}(?:的)?(?:单位|部门|科室)都(?:有|是)哪(?:些|几个?|几家)(?=$|\W)"
    rf"|涉及(?:到)?(?:了)?(?:多少|几|哪些?|哪几)(?:个|家)?(?:单位|部门|科室)"
)

_COUNTED = r"(?:都|一共|总共|共|是|有)*(?:哪些|哪几[个家]?|几[个家]|多少[个家]?|谁)?"
_HELPS = r"(?:只|仅|光)(?:是|当|做|有)?(?:配合|协办|参与|会办)(?:任务|别人)?"
_NOT_LEADS = r"(?:从不|从没|不|没有?|未)(?:有)?(?:牵头|主办|主责)(?:任何|一项)?(?:任务)?过?"
# 只配合不牵头的单位, 哪几个局不牵头
_SUPPORTING = regex(
    rf"(?:{_HELPS}[,，、]?(?:而|也)?)?{_NOT_LEADS}(?:任务)?的(?:单位|部门|局){_COUNTED}|{_HELPS}的(?:单位|部门|局){_COUNTED}"
    rf"|{_SOME}(?:都|是)?(?:{_HELPS}[,，、]?(?:而|也)?(?:{_NOT_LEADS})?|{_NOT_LEADS})(?=$|\W|的|呢)"
)
_PAPER = r"(?:文件|方案|台账|清单|通知|要点|[分任责]\w表|表)"
_ROWS = r"(?:任务|事项|条目|项目|条款|内容)?(?:条数|项数|件数|数量|数|条|项)?"
# 哪个文件条数多, 任务最少的是哪份方案
_OF_PAPERS = regex(
    rf"哪(?:一|几)?(?:个|份|张|本)?{_PAPER}(?:里面?|中|上)?的?{_ROWS}(?:最|更|要|比较)?(?P<which>多|少|长|短)的?|{_ROWS}最(?P<also>多|少)的(?:是|有)?哪(?:一|几)?(?:个|份|张){_PAPER}"
)


def census_of(text: str) -> tuple[Census | None, int, str]:
    """What `text` asks of the spread over the units, None for anything else; a number; and the text without the words that ask so.

    The number is the place that is meant (第二多 → 2), and for EXACTLY how much the units hold (只有一项 → 1).
    """
    if "月" in text and (found := _BUSIEST.search(text)) is not None and _OVER.search(text) is None:
        return Census.BUSIEST, 1, _cut(text, found)
    if "最" in text and (found := _WIDEST.search(text)) is not None:
        few = (found["which"] or found["also"]) == "少"
        return (Census.NARROWEST if few else Census.WIDEST), 1, _cut(text, found)
    if _ELSEWHERE.search(text):
        return None, 1, text
    if (found := _OF_PAPERS.search(text)) is not None:
        short = (found["which"] or found["also"]) in "少短"
        return (Census.SHORTEST if short else Census.LONGEST), 1, _cut(text, found)
    if ("头" in text or "配合" in text or "办" in text) and (found := _SUPPORTING.search(text)) is not None:
        return Census.SUPPORTING, 1, _cut(text, found)
    if _EXACT_WORD.search(text) is not None and (found := _EXACTLY.search(text)) is not None:
        return Census.EXACTLY, int(number_of(found["n"] or found["m"])), _cut(text, found)
    if _EXTREME_WORD.search(text) is not None and (found := _EXTREME.search(text)) is not None:
        few = (found["which"] or found["also"]) in "少轻"
        place = int(number_of(found["nth"] or found["place"] or "1"))
        return (Census.FEWEST if few else Census.MOST), place, _cut(text, found)
    if (found := _ALL.search(text)) is not None:
        return Census.ALL, 1, _cut(text, found)
    return None, 1, text


# 配合最多的呢, 哪些单位只牵头一项, 哪个文件条数多: of all, whatever was told before.
_OF_ALL = regex(
    rf"(?:牵头|主责|主办|承办|配合|协办|任务|单位|部门|局)[^,，]{{0,4}}最[多少重轻]|最[多少重轻]的[^,，]{{0,3}}(?:单位|部门|局)|{_SOME}[^,，]{{0,4}}(?:只|仅|就)|哪(?:一|几)?(?:个|份|张|本){_PAPER}"
)


def of_all(text: str) -> bool:
    """Whether it asks of the spread over everything, also where rows were told before."""
    return _OF_ALL.search(text) is not None


def _cut(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"
