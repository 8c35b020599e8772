"""几所, 多少人, 多长: whether a text names the figure that is asked for.

A plan says what is to be, so that a figure of what was or is now (去年, 实际, 目前) is never taken from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from knowledge.patterns import regex
from knowledge.question.required import asks_aimed

_NUMERAL = r"[\d一二三四五六七八九十百千万亿两.]+(?:余|多)?"
_SIGN = r"[^\W\x00-\xff]"
_ASKED = regex(
    rf"(?:多少|(?<![第好这那哪有])几)(?P<of>{_SIGN}{{0,4}})|第几(?P<ordinal>[届次期批轮])|多大(?P<age>年纪|岁数|年龄)|多(?P<how>大(?:规模)?|长|高|宽|远|深|重)|(?P<share>占(?:到|了)?多[大少重高](?:的)?(?:分量|比重|比例|权重|份额|分值|比分)|占(?:到|了)?(?:多少|几)个?(?:分|点)|百分之几|几个?百分点|(?:占|占比|比例|比重|几)成)"
)
# The measures that a text may use where a question says another one.
_SAME: Mapping[str, str] = {
    "人": "人名位", "名": "人名位", "位": "人名位", "户": "户家", "家": "家户个", "回": "次场轮", "遍": "次", "次": "次场期轮", "场": "场次期", "辆": "辆台",
    "台": "台辆套部个", "部": "部台套", "岁": "岁", "块": "块个处", "处": "处个", "座": "座个处", "里": "里", "米": "米里", "所": "所个家", "条": "条个", "套": "套", "列": "列班趟", "班": "班列趟",
    "趟": "趟列班", "节": "节课", "个": "个起例家所处座条套台名场批件种类支辆户项组对只棵栋幢眼口张期轮部", "样": "项类种个", "张": "张", "亩": "亩", "吨": "吨", "斤": "斤", "公": "里斤顷",
    "平": "平方", "幢": "幢栋", "栋": "栋幢", "只": "只头", "头": "头只", "株": "株棵", "棵": "棵株", "期": "期次", "批": "批", "轮": "轮次", "支": "支", "眼": "眼口", "万": "万", "亿": "亿", "项": "项条",
    "倍": "倍", "级": "级", "成": "%成", "种": "种类项", "类": "类种",
}  # fmt: skip
_HOW: Mapping[str, str] = {
    "大": r"人(?![均民])|户|平方|亩|公顷|㎡|万方|个?平米|亿|万元|吨|P", "长": r"公里|千米|里|米|天|年|月|小时", "高": r"米|层|%|元|‰", "宽": r"米|兆|m", "远": r"公里|米", "深": r"米", "重": r"吨|斤|克",
}  # fmt: skip
# 补几多, 收多少 ask for money where no other measure follows (公交专用道几公里 and 收录多少条 do not).
_MONEY = regex(
    r"钱|(?:多少|几)(?:万|百|千|亿)?(?:元|块)|(?:[补罚花赔奖租掏费价贴]|(?<![回征验吸招])收(?!录|集)|(?<![公外社成提上])交(?![通流易付接警叉]))"
    r"\S{0,3}(?:多少|几[多百千万])(?=$|[\W百千万亿一每呢啊呀了])|工资|租金|价格|单价|补贴|补助|报销"
)
_RATE = regex(r"利率|年息|利息|手续费|费率|(?<!占)(?:多少|几)个点")
# 块 counts money, and also meters and plots.
_CLASSED = regex(r"(?:多少|几)(块)(?!钱)")
_PAST = regex(
    r"去年|上年|往年|前年|历年|上(?:个)?(?:季度|月|周)|去年上半年|实际|现在|目前|眼下|至今|到现在|今天|昨天|今晚|过去|截[至止]|已经|出来(?:多少|几)|(?<![到成为够齐划排置定写求计列分确署了])了(?:多少|几)|查出|评上"
)
# A share for each or for the asker himself: the sum of all is no answer to it.
_EACH = regex(
    r"每一?(?:户|人|家|亩|床|车|栋|层|平|头|位|个?月|天|次)|[人户]均|我们?(?=\w{0,6}(?:多少|几))|我家|自己|个人"
)
# 人均, 一个人, 每年: how the same is said of each.
_ON_AVERAGE, _ONE_OF = regex(r"([人户])均"), regex(r"[每一]个?(人|户|年|月|天)")
# 门票多少: what is counted, where no measure follows.
_UNMEASURED = regex(
    rf"(?P<noun>{_SIGN}{{2}}?)(?:的(?:数[字目额]?|金额|总[额数]))?(?:(?:安排|设立?|列支?|投入?|筹集?|拨付?|落实|储备|配备?|准备|规定|要求|划拨)(?:了|出|的)?)?(?:最[低高多少]|大[概约]|一共|总共|[是有要需达到为的]){{0,3}}多少(?:[啊呀呢了]?\W*$)"
)
_AFTER_ALL = regex(r"到底|究竟|拢共|总共|一共")
# 增加值目标多少: every figure of a plan is one.
_AIMED = frozenset({"目标", "指标", "任务", "计划"})
# Units of a length of time, as a question and a text may name them; 2024年 and 7月 are none.
_LENGTHS = ("小时|钟头", "分钟", "天|日|工作日", "周|星期", "月", "年", "岁")
_LASTING = {
    "月": rf"{_NUMERAL}个月",
    "年": r"(?<!\d)(?:\d{1,2}|[一二三四五六七八九十两]+)年(?!度|[底初末])",
    **{unit: rf"(?<![月\d]){_NUMERAL}个?(?:{unit})" for unit in _LENGTHS if unit not in "月年"},
}
# Shares of the topic that the text may leave unspoken: the less the figure is like the one asked, the less.
FITTING, NAMED, BARE, SURELY = 0.5, 0.35, 0.3, 0.2
_NEAR = 8
_CLAUSE = regex(r"[，,。；;\n]+")
# What begins with a measure and is a noun; and the measures of things.
_NOUNS = regex(
    r"位[子置]|座位|台阶|块地|片区|处所|条件|件事|部门|家庭|户口|场地|场所|站点|点位|摊位|床位|名额|地方|学生|老人|孩子|娃"
)
_THINGS = "个家处座张位名人所户间套"


@dataclass(frozen=True, slots=True)
class _Figure:
    """What a text must hold: a pattern of the figure, and how much of the topic may be missing from it."""

    pattern: str
    missing: float


def asks_figure(question: str) -> bool:
    """Whether a number, a length or a share is asked for."""
    return _ASKED.search(question) is not None


def figure_held(question: str, text: str, missing: float) -> bool:
    """Whether `text`, a requirement that leaves `missing` (0..1) of the topic unspoken, names a figure asked for."""
    if _is_past(question) or ((each := _EACH.search(question)) and _each(each[0]) not in _each(text)):
        return False
    if (asked := _ASKED.search(question)) and (asked["age"] or asked["ordinal"]):
        return any(missing <= one.missing and re.search(one.pattern, text) for one in _figures(question))
    if (of := _CLASSED.search(question)) and re.search(rf"\d{of[1]}", text):
        return missing <= FITTING
    if _RATE.search(question):
        return missing <= SURELY and re.search(rf"{_NUMERAL}(?:%|个?百分点)", text) is not None
    if _MONEY.search(question):
        return missing <= SURELY and re.search(rf"{_NUMERAL}(?:万|亿)?元", text) is not None
    if asks_aimed(question):  # what is aimed at is the requirement itself, in whatever words
        return any(re.search(one.pattern, text) for one in _figures(question))
    of = _UNMEASURED.search(_AFTER_ALL.sub("", question))
    if of and of["noun"] not in _AIMED and not set(of["noun"]) & set(text):
        return False
    return any(missing <= one.missing and re.search(one.pattern, text) for one in _figures(question))


def figure_clause(question: str, text: str, about: str) -> str:
    """The clause of `text` that names a figure asked for, of several the one that says most of what it is asked `about`; empty where
    none does."""
    patterns = [one.pattern for one in _figures(question)]
    clauses = [part for part in _CLAUSE.split(text) if any(re.search(pattern, part) for pattern in patterns)]
    pairs = [about[at : at + 2] for at in range(len(about) - 1)]
    return max(clauses, key=lambda part: sum(pair in part for pair in pairs), default="")


def _is_past(question: str) -> bool:
    """Whether a figure of what was or is now is asked for; 要教出来多少人 asks for one that is aimed at."""
    found = _PAST.search(question)
    return found is not None and not (found[0].startswith("出来") and asks_aimed(question))


def _each(words: str) -> str:
    """一个人, 一人 and 人均 are written as 每人, 一年 as 每年."""
    return _ONE_OF.sub(r"每\1", _ON_AVERAGE.sub(r"每\1", words))


def _figures(question: str) -> Iterator[_Figure]:
    for found in _ASKED.finditer(question):
        if found["ordinal"]:
            yield _Figure(rf"第{_NUMERAL}{found['ordinal']}", FITTING)
        elif found["age"]:
            yield _Figure(rf"{_NUMERAL}(?:周)?岁", FITTING)
        elif found["how"]:
            yield _Figure(rf"{_NUMERAL}(?:多)?(?:{_HOW[found['how'][0]]})", NAMED)
        elif found["share"]:
            yield _Figure(rf"{_NUMERAL}(?:%|个?百分点|成)|百分之", FITTING)
        else:
            yield from _counted(found["of"])


def _counted(of: str) -> Iterator[_Figure]:
    """The figures that 多少 and the signs behind it ask for."""
    measure = of[1:2] if of[:1] == "个" and of[1:2] in _SAME else of[:1]
    if _NOUNS.match(of):  # 位子 counts nobody
        yield _Figure(rf"{_NUMERAL}(?:万|亿)?[{_THINGS}]", BARE)
        return
    noun = of[1:] if measure in _SAME else of
    if len(noun) >= 2 and noun[0] != "的":
        beside = rf"(?:{'|'.join(noun[at] + '.?' + noun[at + 1] for at in range(len(noun) - 1))})"
        yield _Figure(rf"{beside}[^，。；]{{0,{_NEAR}}}\d|\d[^，。；]{{0,{_NEAR}}}{beside}", NAMED)
    if of and measure not in _SAME and noun[:1] != "的":
        yield _Figure(rf"{_NUMERAL}(?:万|亿|千)?{re.escape(measure)}", FITTING)
    if measure in _SAME:  # 一个 in a requirement counts nothing
        yield _Figure(
            rf"{_NUMERAL}(?:万|亿|千)?个?(?<!一)(?:公)?[{re.escape(_SAME[measure])}]",
            FITTING if len(noun) < 2 else BARE,
        )
    elif not of:
        yield _Figure(r"\d|[一二三四五六七八九十]分之", BARE)


def same_measure(claimed: str, stated: str) -> bool:
    """Whether two words count the same: 名 and 人, 天 and 日; anything counts as what was claimed without a word."""
    days = {"天", "日"}
    if not claimed or claimed == stated or {claimed, stated} <= days:
        return True
    return stated != "" and (stated in _SAME.get(claimed, "") or stated.startswith(claimed))


def lasting(question: str, text: str) -> bool:
    """Whether `text` names a length of time in the unit asked for (几个小时), in any where none is (多久)."""
    asked = [unit for unit in _LENGTHS if re.search(rf"(?:几|多少)个?(?:{unit})", question)]
    return any(re.search(_LASTING[unit], text) for unit in asked or _LENGTHS)
