"""建80个是吧, 9月底搬对吧, 是教育局吧, 档案馆参与吗: what a sentence takes for so, to be confirmed or put right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.normal import HAN
from knowledge.patterns import regex
from knowledge.question.chores import UNIT
from knowledge.question.itemnumbers import number_of

_SURELY = r"(?:对吧|对吗|对不对?|是吧|是吗|是不是?|没错吧|不是吗?)\W*$"
_TAIL = rf"(?:{_SURELY}|(?<!有)(?:吧|吗|么)\W*$)"
_SCALES = {"百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
# A number with what it counts; a day, an ordinal and a number in a name (5G) count nothing.
_FIGURE = (
    r"(?<![第哪\d.月年-])(?P<number>\d+(?:\.\d+)?|(?<![一二两三四五六七八九十])[二两三四五六七八九十][一二三四五六七八九十百千]*)(?:个(?=[万亿]))?(?P<scale>[百千万亿]*)(?:(?<=[千万亿])(?P<more>\d)(?!\d)[百千十]?)?"
    rf"(?![\da-z月号季点:：]|年(?!内)|周(?!岁)|[上中下]旬|日(?:之前|以前|前|起)|@)(?P<measure>%|个?工作日|个?小时|个月|分钟|公里|平方米|(?!对[吧吗不]|是[吧吗]|没错|[吧吗么呢]){HAN})?"
)
_STATED = regex(_FIGURE.replace("|@", ""))
# What asks for a yes holds one of these, and a day one of those.
_YES_SIGNS, _DAY_SIGNS = frozenset("吧吗么不?"), frozenset("号日月季年")
_ASKED_FIGURE = _FIGURE.replace("@", "日(?!内)")  # 30日对吧 is a day
_CLAIMED = regex(
    rf"(?:是|要|共|大概|得)*{_ASKED_FIGURE}(?:以上|以下|左右|以内|之内|内)?的?(?:{_SURELY}|(?:吧|吗|么)\W*$|\?\s*$)"
)
_CLAIMED_OF = regex(rf"{_ASKED_FIGURE}[^\W\x00-\xff是的有]{{1,6}}{_SURELY}")
_RHYTHM_CLAIMED = regex(
    rf"(?:是|要|得|应该)?(?:(?:每个?|按)(?:天|日|周|月|季度?|半年|年)(?:度)?(?:要|都|至少)?{HAN}{{0,4}}?(?:[一二三四两\d][次回期轮批])?|(?:半年|一年|一季度|一个月|一周){HAN}{{0,3}}?[一二两三四\d][次回期轮])的?(?={_TAIL})"
)
_SURE_TAIL = regex(_SURELY)
_WANTS_YES = regex(_TAIL)
_DAY = r"(?:\d|[一二三四五六七八九十]|[本下今上这]个?)(?:号|日|月|季度|年)份?(?:[底初末]|[上中下]旬)?|[年月][底末中]"
_DAY_CLAIMED = regex(
    rf"(?:是|应该|要求|定在|得)(?:不是|是)?在?[^,，。谁哪几什]{{0,8}}(?:{_DAY})(?:之前|以前|前)?(?:要|就|得|必须|该)*(?:[^,，。谁哪几什]{{0,4}}?(?:完成|办结|到期|截止|交|完|成|好|上线|到位|投用|开放|公布|举[办行]|召开|[办开发])[^\W\d谁哪几什]{{0,6}}?)?的?{_TAIL}"
    rf"|(?:是不是|是否)(?:在|要求|定在)?[^,，。谁哪几什]{{0,6}}(?:{_DAY})(?:之前|以前|前)?\W*$"
    rf"|(?:是不是|是否)(?:在|要求|定在)?[^,，。谁哪几什]{{0,6}}(?:{_DAY})(?:之前|以前|前)?(?:要|就|得|必须|该)*[^,，。谁哪几什]{{0,4}}(?:完成|办结|到期|截止|交|完|好|上线|到位)的?\W*$"
    rf"|(?:{_DAY})(?:之前|以前|前)?(?!.*(?:谁|哪|什么|几|多少))[^,，。]{{0,8}}[,，]?(?:{_SURELY}|了吧\W*$|就(?:行|可以|好|成|够)了?(?:吧|吗|么)\W*$)|(?:{_DAY})(?:之前|以前|前)\?\s*$|(?:{_DAY})(?:之前|以前|前)?(?:完成|完工|到期|截止|交|结束|办结|开工|上线)\?\s*$"
    rf"|^(?:那|都|是|[这那](?:几|两|三|些)?[个项]?)*(?:\d{{1,2}}月|[一二三四五六七八九十]{{1,2}}月)?[\d一二三四五六七八九十]{{0,2}}(?:{_DAY})(?:之前|以前|前)?\?\s*$"
)
# What an office does with what it holds.
_DOES = r"牵头|主责|主办|承办|负责|公布|公开|发布|公示|通报|编制|组织|落实|管|弄|办|抓|报|查|发|编|建|搞|做|修|改|盯"
_UNIT_CLAIMED = regex(
    rf"(?:^|[,，\s]|[是归由该属于成给])(?:的|就是|应该是|是)?{UNIT}(?:来|在)?(?:{_DOES})?[的了]?(?:事|活儿?|任务)?{_TAIL}"
    # 工信局一家管？, 运动会是教育局牵头？: only its mark asks.
    rf"|(?:^\W*|是|归|由){UNIT}(?:来|在|一家|单独|独自)*(?:牵头|主责|主办|承办|负责|管|抓|办|做|弄)的?\?\s*$"
    rf"|(?:是|归|由){UNIT}[局委办]?(?:来)?(?:牵头|主责|主办|承办|负责|管|抓)?的?(?:不|\?)\s*$"
)
# 是不是UNIT一家搞的
_WHETHER_THEIRS = regex(
    rf"(?:是不是|是否)(?:由|归|都?是)?{UNIT}(?:来|在|一家|单独|独自|自己)*(?:牵头|主责|主办|承办|负责|管|抓|办|做|弄|搞|干)的?(?:\?|吗|呢|啊)*\W*$"
)
_HERE = r"(?:这个?|那个?|它|其中|里面|这里)(?:事|项|块|条|活|工作)?儿?"
_PART = r"(?:参与|参加|配合|协助|插手|有关系?|有份儿?|有事|在(?:里[头面]|内|列)|沾边|涉及|相关|(?:参与|负责|管)(?:{here}))".replace(
    "{here}", _HERE
)
_PART_ASKED = regex(
    rf"{UNIT}[,，]?(?:这边|那边|镇政府|乡政府|政府|办事处|也|还|都|要|需要?|得|用|(?:跟|和|与|对|在)?{_HERE}|有没有|是不是|是否|(?:跟|和|与)其)*{_PART}(?:{_HERE})?[了的]?(?:吗|么|不|没有?|嘛|(?=\?))\W*$"
    rf"|{UNIT}(?:也|还|都|要|需要?)*(?:参不参[加与]|配不配合|管不管|参与不参与|参加不参加|配合不配合|协不协助)(?:{_HERE})?\W*$"
    rf"|(?:牵头|责任|配合|协办|会办|参与)(?:单位|部门)(?:里[面头]?|中|当中)?(?:有没有|有无|有|包括|包含|含){UNIT}(?:在内|吗|么|没有?|不)*\W*$"
    rf"|{UNIT}(?:是|算)(?:牵头|主责|配合|协办|责任)(?:单位|部门|的)?{_TAIL}"
    rf"|{UNIT}(?:在里[面头]|在其中|这里)?(?:是|算|属于|当|担任)(?:个)?(?:什么|啥)(?:角色|身份|单位)[的呢啊]*\W*$"
    rf"|^\W*{_HERE}(?:跟|和|与|要|用|需要|是否)*{UNIT}(?:来|去|都)*{_PART}[了的]?(?:吗|么|不|没有?|嘛)\W*$"
)
# 是牵头还是配合
_WHICH_ROLE = regex(
    r"(?:什么|啥)(?:角色|身份)|(?:牵头|主责|主办|承办|负责|责任)(?:单位|部门)?还是(?:只是)?(?:配合|协办|会办|参与|责任)|(?:配合|协办|参与)还是(?:牵头|主责|负责)"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts (empty where that is not said), the words that told it, and where these begin and end."""

    value: float
    measure: str
    words: str
    start: int
    end: int


def figures_in(text: str) -> Iterator[Figure]:
    """The figures of a text, in order."""
    return (_figure(found) for found in _STATED.finditer(text))


def claimed_figure(text: str) -> Figure | None:
    """The figure that `text` wants confirmed (建80个是吧, 3万8对吧), None where it claims none."""
    if _YES_SIGNS.isdisjoint(text):
        return None
    found = _CLAIMED.search(text) or _CLAIMED_OF.search(text)
    return _figure(found) if found else None


def _figure(found: re.Match[str]) -> Figure:
    written = found["number"]
    value = float(written) if written[0].isdigit() else float(number_of(written))
    scale = 1
    for sign in found["scale"]:
        scale *= _SCALES[sign]
    more = int(found["more"]) * scale / 10 if found["more"] else 0.0  # 3万8 is 38000
    measure = (found["measure"] or "").removeprefix("个")
    start = found.start("number")
    end = found.end("measure") if found["measure"] else max(map(found.end, ("number", "scale", "more")))
    return Figure(value * scale + more, measure, found.string[start:end], start, end)


def claims_day(text: str) -> bool:
    """Whether a day or a month is claimed (是11月底完成对吧, 9月底搬对吧)."""
    if _DAY_SIGNS.isdisjoint(text) or _YES_SIGNS.isdisjoint(text):
        return False
    return _DAY_CLAIMED.search(text) is not None and claimed_figure(text) is None


def without_rhythm(text: str) -> str | None:
    """`text` without the rhythm that it claims (每月发一次对吧); None where it claims none."""
    if ("每" not in text and "按" not in text and "一次" not in text) or not wants_confirmed(text):
        return None
    found = _RHYTHM_CLAIMED.search(text)
    return f"{text[: found.start()]} {text[found.end() :]}" if found else None


def wants_confirmed(text: str) -> bool:
    """Whether a sentence ends with what asks for a yes (对吧, 是吗, 吧)."""
    return not _YES_SIGNS.isdisjoint(text) and _WANTS_YES.search(text) is not None


def without_claim(text: str) -> str:
    """`text` without the figure that it claims and the words that want it confirmed."""
    return text if _YES_SIGNS.isdisjoint(text) else _SURE_TAIL.sub(" ", _CLAIMED.sub(" ", text))


def stance_of(marked: str) -> frozenset[str]:
    """The cues by which `marked`, in which UNIT stands for a unit, takes the unit for the one asked about (是UNIT吧), or asks
    whether it has a part in what is talked of (UNIT参与吗), or which."""
    claimed = {"premise", "unit_claimed"} if _UNIT_CLAIMED.search(marked) or whether_theirs(marked) else set()
    shared = {"sharing"} if _PART_ASKED.search(marked) or asks_which_role(marked) else set()
    return frozenset(claimed | shared)


def whether_theirs(marked: str) -> bool:
    """Whether it is asked if a matter is the unit's (是不是UNIT一家搞的), and for no list of what the unit has to do."""
    return "是" in marked and _WHETHER_THEIRS.search(marked) is not None


def without_part(marked: str) -> str:
    """`marked` without the words that ask for the unit's part; the unit stays."""
    return _PART_ASKED.sub(lambda found: UNIT if UNIT in found[0] else " ", marked)


def asks_which_role(text: str) -> bool:
    """Whether it is asked in which of two roles somebody is (是牵头还是配合)."""
    return _WHICH_ROLE.search(text) is not None
