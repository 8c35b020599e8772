"""Cleaning of date phrases before the grammar sees them: widths, white space, numerals, slips of pen and scanner.

Every character of the cleaned text remembers the place it came from, so that a finding can be shown in the
document's own words. Cleaning twice gives what cleaning once gave.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from knowledge.normal import simplified
from knowledge.patterns import regex


@dataclass(frozen=True, slots=True)
class Cleaned:
    """`text` is what the grammar reads; `places[i]` is the index in `original` of the i-th cleaned character."""

    text: str
    original: str
    places: tuple[int, ...]

    def printed(self, start: int, end: int) -> str:
        """The original words behind the cleaned characters start..end (end excluded), outer white space removed."""
        if start >= end or not self.places:
            return ""
        first, last = self.places[start], self.places[min(end, len(self.places)) - 1]
        after = self.places[end] if end < len(self.places) else len(self.original)
        return self.original[first : max(last + 1, min(after, len(self.original)))].strip()


_SIMPLE = str.maketrans(
    "內後個雙單週禮號間節慶陽歲終來這當發佈與時長態實適專動貫會開結報毎曰從啟關學兩壹貳叁肆伍陸柒捌玖拾",
    "内后个双单周礼号间节庆阳岁终来这当发布与时长态实适专动贯会开结报每日从启关学两一二三四五六七八九十",
)
_DASHES = str.maketrans({c: "-" for c in "—–―─‐‑‒−~～〜－﹣⸺"} | {"∶": ":", "﹑": "、"})
_MIXED = {
    "O": "0",
    "o": "0",
    "Ｏ": "0",
    "l": "1",
    "I": "1",
    "i": "1",
    "|": "1",
    "Z": "2",
    "z": "2",
    "S": "5",
    "s": "5",
    "B": "8",
}

# A scanner's letters inside a number that a date unit follows: 2O18年l0月.
_SCANNED = regex(r"(?<![A-Za-z0-9])(?=[A-Za-z|]*\d|[OoIl]{1,2}[月日])[0-9OoIil|ZzSsB]+(?=[年月日号]|\.\d)")
_LETTER = regex(f"[{''.join(_MIXED)}]")
# What is written wrong, where, and what is meant; looked for only where it stands at all.
_SLIPS: tuple[tuple[str, re.Pattern[str], str], ...] = tuple(
    (slips, regex(pattern), right)
    for slips, pattern, right in (
        ("低抵", r"(?<=[月年季度])[低抵低](?=之?前|以前|完|$|[,。;、)])", "底"),
        ("未", r"(?<=[月年季度])[未未](?=之?前|以前|完成|$|[,。;、)])", "末"),
        ("目口", r"(?<=\d)[目口](?=前|之前|以前)", "日"),
        ("做", r"(?<=工)做(?=日)", "作"),
        ("渡", r"(?<=季)渡", "度"),
        ("钱", r"(?<=[底日号末旬])钱(?=$|[,。;完报交])", "前"),
        ("一", r"(?<=\d)一(?=\d)", "-"),
        ("全整", r"(?<=\d月)[全整]月", "份内"),
    )
)

_NUMERAL = "〇○零一二三四五六七八九十廿卅百两"
_UNIT = r"个?(?:半|工作日|小时|年|月|日|号|天|周|星期|礼拜|季|旬|次|点|时|分钟|批|轮|期|遍|场|阶段|步)"
_NUMBER = regex(
    rf"[0-9]*[{_NUMERAL}][{_NUMERAL}0-9]*(?=(?:(?:[、和及至到或]|-+)第?[{_NUMERAL}0-9]+)*(?:{_UNIT}))"
    rf"|(?<=[年季度月周日天])一(?=[报评调通总督查])(?!(?<=周一)(?<![一1]周一)(?:报[送告上]|上报|通报))"
    rf"|(?<=月)[{_NUMERAL}]+(?=之?前|以前|止)"
)
_DIGITS = {
    "〇": 0,
    "○": 0,
    "零": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_TENS = {"十": 10, "廿": 20, "卅": 30}


def number(words: str) -> int | None:
    """The value of a Chinese or Arabic numeral up to 999 (or digit by digit, 二〇一九); None where it is not one."""
    if len(words) > 8:
        return None
    if all(c in _DIGITS or c.isdecimal() for c in words):
        return int("".join(str(_DIGITS.get(c, c)) for c in words)) if words else None
    if any(c.isdecimal() for c in words):
        return None
    hundred, _, rest = words.rpartition("百")
    if "百" in hundred or (hundred and hundred not in _DIGITS):
        return None
    base = 100 * _DIGITS.get(hundred, 1) if "百" in words else 0
    below = _below_hundred(rest.lstrip("零〇○"))
    return None if below is None else base + below


def _below_hundred(words: str) -> int | None:
    found = re.fullmatch(r"([一二两三四五六七八九])?([十廿卅])([一二三四五六七八九])?|([一二两三四五六七八九])?", words)
    if not found:
        return None
    ahead, ten, one, alone = found.groups()
    if not ten:
        return _DIGITS.get(alone or "", 0)
    return _TENS[ten] * (_DIGITS[ahead] if ahead else 1) + (_DIGITS[one] if one else 0)


def clean(text: str) -> Cleaned:
    """Fold widths, drop white space, repair slips, write numerals in digits. Never raises."""
    folded, places = _folded(text)
    before = None
    while folded != before:  # a numeral written in digits may make the letter beside it a digit too
        before = folded
        if _LETTER.search(folded):
            folded = _SCANNED.sub(_unscanned, folded)
        for slips, pattern, right in _SLIPS:
            if any(slip in folded for slip in slips):
                folded = pattern.sub(right, folded)
        folded, places = _in_digits(folded, places)
    return Cleaned(folded, text, tuple(places))


def _folded(text: str) -> tuple[str, list[int]]:
    if text.isascii() or unicodedata.is_normalized("NFKC", text):
        wide, places = text, list(range(len(text)))
    else:
        pieces = [_narrow(c) for c in text]
        wide = "".join(pieces)
        # Few characters become two or more (㎡, ½).
        places = list(range(len(text))) if len(wide) == len(text) else [i for i, p in enumerate(pieces) for _ in p]
    wide = _simple(wide.translate(_SIMPLE).translate(_DASHES))
    if any(c.isspace() for c in wide):
        return _without_space(wide, places)
    return wide, places


def _simple(wide: str) -> str:
    """`wide` in simplified characters, as long as every one keeps its place."""
    simple = simplified(wide)
    return simple if len(simple) == len(wide) else wide


@lru_cache(maxsize=4096)
def _narrow(character: str) -> str:
    """A circled number counts the clause behind it: it must not run together with the month there (①5月)."""
    return ";" if character in _CIRCLED else unicodedata.normalize("NFKC", character)


_CIRCLED = frozenset("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⒈⒉⒊⒋⒌⒍⒎⒏⒐❶❷❸❹❺❻❼❽❾")
_SPACED_YEAR = regex(r"(?<!\d)\d(?:\s\d){3}(?=\s*年)|(?<!\d)\d{2}\s\d{2}(?=\s*年)|(?<!\d)\d\s\d(?=\s*[月日])")


def _without_space(wide: str, places: list[int]) -> tuple[str, list[int]]:
    """White space goes, except one blank between two numbers, which may be a row number and a year."""
    joined = {i for found in _SPACED_YEAR.finditer(wide) for i in range(found.start(), found.end())}
    kept: list[tuple[str, int]] = []
    for i, c in enumerate(wide):
        if not c.isspace():
            kept.append((c, places[i]))
        elif kept and kept[-1][0].isdecimal() and i not in joined and _digit_follows(wide, i):
            kept.append((" ", places[i]))
    return "".join(c for c, _ in kept), [place for _, place in kept]


def _digit_follows(wide: str, at: int) -> bool:
    """True only for the last blank of a run, so that a run leaves one blank."""
    return at + 1 < len(wide) and wide[at + 1].isdecimal()


def _unscanned(found: re.Match[str]) -> str:
    return "".join(_MIXED.get(c, c) for c in found.group())


def _is_weekday(folded: str, found: re.Match[str]) -> bool:
    """Whether the numeral is a day of the week before an hour: 周五12时."""
    words = found.group()
    return (
        words[1:].isdecimal()
        and words[0] in "一二三四五六"
        and folded.endswith(("周", "星期", "礼拜"), 0, found.start())
    )


def _in_digits(folded: str, places: list[int]) -> tuple[str, list[int]]:
    out, kept, last = [], [], 0
    for found in _NUMBER.finditer(folded):
        value = number(found.group())
        if value is None or _is_weekday(folded, found):
            continue
        digits = str(value)
        out += [folded[last : found.start()], digits]
        kept += places[last : found.start()] + [places[found.start()]] * len(digits)
        last = found.end()
    return "".join([*out, folded[last:]]), kept + places[last:]
