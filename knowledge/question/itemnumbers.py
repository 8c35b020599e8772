"""Item numbers as people ask for them: 第13项, 第四十四条, 33号, 第10、11项, 最后一项."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from knowledge.identity import Remembered
from knowledge.model import Assignment
from knowledge.normal import plain
from knowledge.patterns import regex

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_CHINESE = "零〇一二两三四五六七八九十百千"
_ONE = rf"(?:\d+(?:\.\d+)*|[{_CHINESE}]+)"
_ITEM = r"(?:项|条(?![河路街线])|款|号(?!提案|建议|议案)(?:任务|事项|工作)?|点(?!\d|钟)|小项)"
_LISTED = regex(
    rf"第\(?(?P<many>{_ONE}(?:{_ITEM}?(?:(?:、|和|与|跟|及|,|，|到|至|-|~| +)第?|第){_ONE})*)\)? ?(?P<item>{_ITEM})"
)
# 第3件和第11件
_LISTED_MATTERS = regex(rf"第(?P<many>{_ONE}件(?:(?:、|和|与|跟|及|,|，)第{_ONE}件)*(?:、|和|与|跟|及|,|，)第{_ONE})件")
# 13和14项, 13 14两项
_SEVERAL = regex(
    r"(?<![\d月年.第-])(?P<many>\d{1,3}(?:(?:、|和|与|跟|及|,|，| +)\d{1,3})+|\d{1,3}(?:到|至|-|~)\d{1,3})(?:这)?[两二三四几]?(?:项|条|件)"
)
# 五到七项
_SPOKEN_SPAN = regex(rf"(?:^|(?<=[\W]))(?P<many>[{_CHINESE}]{{1,3}}(?:到|至)[{_CHINESE}]{{1,3}})(?:项|条|件)(?!以)")
# 13项和14项, said of items and not counted: 完成3项、5项 tells how many
_NAMED = regex(
    r"(?:^|(?<=[\W们局委办厅组科室处]))(?P<many>\d{1,3}[项条](?:(?:、|和|与|跟|及|,|还有)?\d{1,3}[项条])+)(?!任务|工作|事项|措施)"
)
# 7号和12号, which are no days of a month: nothing is due before them; 7号12号 only before what is said of a task.
_SIGNED = regex(
    r"(?<![\d月年.-])(?P<many>\d{1,3}号(?:(?:、|和|与|跟|及|,|还有)\d{1,3}号)+|\d{1,3}号(?:\d{1,3}号)+(?=任务|事项|[都均]?(?:已|完|办|做|弄|搞|没|归|由|是?谁)))(?:任务|事项|工作)?"
    r"(?![\d之以前到至内下召放开]|要|得|的?(?:会|通知))"
)
# 最后三项, 前两条, 头三项
_ENDS = regex(rf"(?P<where>最后|末|前|开头|(?<![牵领带挑码])头)(?P<n>[{_CHINESE}]|\d)(?:项|条|件)(?!以)")
# 1-3, 2.4, hm-305: numbers that tell an item from all others; a question means one when a document prints it.
_STEM = "甲乙丙丁戊己庚辛壬癸"
_CODE = regex(
    rf"(?:(?<![\w.%/-])|(?<=\d[和与跟及到])|(?<![a-z\d.%/-])(?=[a-z{_STEM}]))(?:第|编号|序号|no\.?)?(?P<code>(?:[a-z]{{0,5}}|[{_STEM}])-?\d{{1,5}}(?:[-.—–]\d{{1,4}})*)"
    r"(?![\d.%-]|[年月日号时点](?!是|的|谁|内容|任务|事项|$))"
)
_PRINTED = regex(rf"(?:[a-z]{{0,5}}|[{_STEM}])-?\d+(?:[-.—–]\d+)*|[{_CHINESE}]+")
_BARE = regex(
    r"(?:任务|事项|编号|序号|item ?|(?<![a-z])no[. ] ?)(?P<one>\d+(?:\.\d+)*)(?!\.?\d|月|日|年|[个%成户人台座所家亩吨套根栋辆盏处株名场次批万亿千公平米元])|(?<![\d月年.第批共剩计])(?<!提案|建议|议案|超过|新增)(?P<two>\d+(?:\.\d+)+|\d+)(?:号(?=任务|事项|件|督查件|督办件|交办件|单|是|的|谁|什么|内容|工作|$|呢)|项(?=是(?!哪(?:\d+|几)[项条])|的?(?:内容|谁|什么|任务(?!都|分别|各|里|中|一共|总共))|谁|呢))"
    r"|^(?P<four>\d{1,3})[项条号](?=(?:已经?|都|是不是|是否)*(?:完成|办结|做完|办完|弄完|搞完|搞定|落实)了?(?:吗|没|么))"
    r"|(?:^|(?<=[\W]))(?P<five>[二三四五六七八九]?十[一二三四五六七八九]?)[项条](?=谁|是(?!不)|什么|啥|的?(?:牵头|责任|配合|具体|内容|时限|期限|要求|原文|原话)|归|由|讲|说|怎么|咋|现在|目前|进[度展]|到哪|几[号时月]|哪天|办得)"
    r"|(?:^|(?<=[\W])|(?<=\d[项条]))(?:那|看|就|问|查|讲|说)?(?P<three>\d{1,3})[项条](?=$|\W|\d{1,3}[项条]|的|说|讲|啥|什么|谁|是(?!哪(?:\d+|几)[项条])|都|各|分别|内容|怎|哪|具体|要求|原文|责任|牵头|配合|协办|会办|承办|主办|进展|进度|念|给|发|时限|期限|退回|卡在|逾期|超期|到哪|通过|现在|目前|除了?|咋|几[号时月]|办得)"
)
# 第五件实事 is an item; 第二个呢 is a place in a list.
_MATTER = regex(
    rf"第(?P<many>{_ONE})(?:件|个|桩|样|宗|大)(?:实事|任务|事项|工作|指标|改革|项目|议题|问题|督查件|督办件|交办件|清单事项|大事|建议|提案|议案)"
)
# （十五）是讲什么的, 7是什么内容: at the beginning, before what asks for it.
_BARE_FIRST = regex(
    rf"^(?:那|那么|还有)?(?:\((?P<one>{_ONE})\)|第(?P<nth>{_ONE})(?=\W*$)|(?P<two>\d{{1,3}}))(?:项|条|号|点)?(?=是(?:什么|啥|讲|谁|哪|说)|讲|说的|谁|归|由|什么|啥|的?(?:内容|责任|牵头|时限|要求|具体|原文|进[展度])|呢\W*$|(?:现在|目前)?(?:[办做干]|推进|进行)?[到得](?:哪|什么|怎么?样|咋样|如何)|怎么?样了|咋样了|$)"
)
_LAST = regex(r"最后(?:一)?(?:项|条)|倒数第一(?:项|条)|末(?:项|条)")
_FROM_END = regex(rf"倒数第(?P<n>{_ONE})(?:项|条)")
# Every item number holds one of these; those that are not counted from an end have a digit, 第, 到 or 至.
_NUMBERED = regex(r"[\d第到至项条件(]")
_DIGIT, _SPELT = regex(r"\d"), regex(r"[第到至]")
_NTH = regex(
    rf"第(?P<n>{_ONE})(?:个|件|家|样)|(?:^|那|选)(?P<m>[{_CHINESE}])呢|(?P<front>前面那[个项件条]|前者|前一[个项件条](?!月|季|年|周)|头一[个项件条])|(?P<back>后面那[个项件条]|后者|后一[个项件条](?!月|季|年|周))"
)


def number_of(words: str) -> str:
    """`words`, Arabic or Chinese, as Arabic digits: 四十四 → "44"; a dotted number or a code (hm-305) stays as it is."""
    if not words or words[0].isdigit() or not set(words) <= _DIGITS.keys() | _UNITS.keys():
        return words
    total, current = 0, 0
    for sign in words:
        if sign in _DIGITS:
            current = _DIGITS[sign]
        else:
            total += (current or 1) * _UNITS[sign]
            current = 0
    return str(total + current)


def asked_numbers(text: str) -> tuple[str, ...]:
    """The item numbers in a question, in order, each once; "-1" is the last item, "-2" the one before it."""
    if _NUMBERED.search(text) is None:
        return ()
    found: list[str] = []
    if (ends := _ENDS.search(text)) is not None and (count := int(number_of(ends["n"]))) > 1:
        begins = 1 if ends["where"] in ("前", "头", "开头") else -count
        found = [str(one) for one in range(begins, begins + count)]
        text = f"{text[: ends.start()]} {text[ends.end() :]}"
    behind, text = _from_end(text)
    if found:
        return (*found, behind) if behind else tuple(found)
    digits = _DIGIT.search(text) is not None
    for pattern in (
        (_LISTED, _LISTED_MATTERS, _SEVERAL, _NAMED, _SPOKEN_SPAN, _SIGNED, _MATTER)
        if digits or _SPELT.search(text)
        else ()
    ):
        for listed in pattern.finditer(text):
            found += _expanded(listed["many"])
    if behind:
        return tuple(dict.fromkeys((*found, behind)))
    if not found and (digits or "十" in text):
        found = [number_of(next(filter(None, one.groups()))) for one in _BARE.finditer(text)]
    if not found and (first := _BARE_FIRST.match(text.strip(' ,“"'))):
        found = [number_of(first["one"] or first["nth"] or first["two"])]
    return tuple(dict.fromkeys(found))


def _from_end(text: str) -> tuple[str, str]:
    """The item counted from the end (最后一项 → "-1"), empty where none is, and the text without it."""
    for pattern in (_LAST, _FROM_END) if "最后" in text or "倒数" in text or "末" in text else ():
        if (found := pattern.search(text)) is not None:
            nth = number_of(found["n"]) if pattern is _FROM_END else "1"
            return f"-{nth}", f"{text[: found.start()]} {text[found.end() :]}"
    return "", text


def _expanded(many: str) -> list[str]:
    """第10、11项 → 10, 11; 第3至6项 → 3, 4, 5, 6 (a span of more than thirty is left as its ends)."""
    span = re.fullmatch(rf"({_ONE}){_ITEM}?(?:到|至|-|~)第?({_ONE})", many)
    if span:
        first, last = number_of(span[1]), number_of(span[2])
        if first.isdigit() and last.isdigit() and 0 < int(last) - int(first) <= 30:
            return [str(one) for one in range(int(first), int(last) + 1)]
        return [first, last]
    return [number_of(one) for one in re.findall(_ONE, many)]


# 维修资金那三条分别谁负责
_SO_MANY = regex(
    r"\w{2}(?:的)?(?:这|那)(?P<n>[两三四五六七八九])(?:项|条|件)(?=$|\W|分别|都|各|是|的|什么|啥|几|谁|哪|何)"
)


def rows_meant(text: str) -> int:
    """How many rows of one subject a question is about, 0 where it says no number."""
    found = _SO_MANY.search(text) if "那" in text or "这" in text else None
    return int(number_of(found["n"])) if found else 0


def asked_codes(text: str, known: Callable[[], frozenset[str]]) -> tuple[str, ...]:
    """The codes in a question (1-3, hm-305, 甲2) that stand among the `known` ones; letters may lack their dash (hm305)."""
    if _DIGIT.search(text) is None:
        return ()
    found = (one["code"] for one in _CODE.finditer(text))
    codes = [code for code in found if not code.isdecimal()]
    if not codes:
        return ()
    printed = known()
    dashed = {code.replace("-", ""): code for code in printed if not code[:1].isdecimal()}
    meant = (code if code in printed or code[0].isdecimal() else dashed.get(code, code) for code in codes)
    return tuple(dict.fromkeys(code for code in meant if code in printed))


def without_codes(text: str, codes: Iterable[str]) -> str:
    """`text` without these codes."""
    for code in codes:
        before = r"(?<![\w.-])" if code[:1].isdecimal() else r"(?<![a-z\d.-])"
        words = re.escape(code).replace(r"\-", "-?")
        text = re.sub(rf"{before}(?:第|编号|序号)?{words}(?![\d.-])[项条号]?", " ", text)
    return text


_LEADING_CODE = regex(r"\s*([a-z]{1,5}[-—–]?\d{1,5}(?:[-—–]\d+)*)(?=[:：\s、.])")


def leading_code(text: str) -> str:
    """The code with which a requirement begins (HM-305：…), as questions write it; empty for none."""
    found = _LEADING_CODE.match(plain(text[:24]))
    return found[1] if found else ""


def printed_value(printed: str | None) -> str:
    """The number that a printed one tells, written as questions are: （十一） → 11, ⑬ → 13, 三是 → 3; empty for none."""
    found = _PRINTED.search(plain(printed or ""))
    return number_of(found[0]) if found else ""


@dataclass(frozen=True)
class Numbers:
    """The assignments of one document by what they are called: their true number, the printed one, the code they begin with."""

    counted: tuple[Assignment, ...]
    called: Mapping[str, Sequence[Assignment]]

    @cached_property
    def coded(self) -> bool:
        """Whether every row is called by a code of letters (J012), so that 第12条 is the twelfth where none is called so."""
        return all(re.search(r"[a-z]", plain(one.number or "")) for one in self.counted)

    @staticmethod
    def of(rows: tuple[Assignment, ...]) -> Numbers:
        """The numbers of `rows`, read once for the same tuple."""
        return _known.of((rows,), lambda: _called(rows))

    def at(self, number: str, part: bool = False) -> list[Assignment]:
        """Those that stand at `number` or print it, the one at the true position first; "-1" is the last.

        In a `part` of a document, and among rows called by codes, the place counts too, where no such number is printed.
        """
        if number.startswith("-"):
            return list(self.counted[int(number) :][:1]) if len(self.counted) >= -int(number) else []
        found = sorted(self.called.get(number, ()), key=lambda one: plain(one.number or "") != number)
        if found or not (part or self.coded) or not number.isdecimal() or not 0 < int(number) <= len(self.counted):
            return found
        return [self.counted[int(number) - 1]]


_known: Remembered[Numbers] = Remembered(256)


def _called(rows: Sequence[Assignment]) -> Numbers:
    counted = tuple(one for one in rows if one.number)
    called: dict[str, list[Assignment]] = {}
    coded: dict[str, list[Assignment]] = {}
    for one in counted:
        code = leading_code(one.text)
        number = plain(one.number or "")
        value = printed_value(one.printed_number)
        for name in dict.fromkeys((number, value, value.lstrip("0") or value, code)):
            called.setdefault(name, []).append(one)
        if digits := re.search(r"[a-z][-—–]?0*(\d+)$", code or number):
            coded.setdefault(digits[1], []).append(one)
    # 309 of HM-309, where no item is numbered so.
    return Numbers(counted, {**coded, **called})


def asked_place(text: str) -> int | None:
    """Which of a list just given is meant (第二个呢 → 2, 后面那个 → -1), None where no such word stands."""
    found = _NTH.search(text)
    if found is None:
        return None
    if found["front"] or found["back"]:
        return 1 if found["front"] else -1
    return int(number_of(found["n"] or found["m"]))


def without_places_of_list(text: str) -> str:
    """`text` without 第二个 and its kin."""
    return _NTH.sub(" ", text)


def without_numbers(text: str) -> str:
    """`text` without its item numbers."""
    for pattern in (_FROM_END, _ENDS, _LAST, _LISTED, _SEVERAL, _NAMED, _SPOKEN_SPAN, _SIGNED, _MATTER, _BARE):
        text = pattern.sub(" ", text)
    return _BARE_FIRST.sub(" ", text.strip(' ,“"'))
