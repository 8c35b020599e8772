"""Numbers at the head of paragraphs: 一、 → （一） → 1. → （1） → ①, and what has lost its stop or its digits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "壹": 1,
    "贰": 2,
    "叁": 3,
    "肆": 4,
    "伍": 5,
    "陆": 6,
    "柒": 7,
    "捌": 8,
    "玖": 9,
}
_CN = "一二三四五六七八九十百零〇壹贰叁肆伍陆柒捌玖拾"
_KINDS = "(?:整改|反馈|主要|具体|督办|交办|巡察|巡视|督查|年度|专项)?(?:重点工作|重点任务|重点事项|任务|项目|案件|积案|实事|事项|行动|工程|问题|隐患|举措|措施|目标|工作)"
_STYLES: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(rf"(?P<n>第[{_CN}\d]{{1,4}}[章节部分编]{{1,2}})\s*")),
    (1, re.compile(rf"(?P<n>[{_CN}]{{1,4}})\s*[、.．,，]\s*(?=\S)")),
    (2, re.compile(rf"[（(〔]\s*(?P<n>[{_CN}]{{1,4}})\s*[）)〕]\s*[、.．]?")),
    (2, re.compile(r"(?P<n>)(?=(?:20\d\d年)?(?:第?[一二三四]季度|[上下]半年|\d{1,2}月份?)(?:目标|计划|任务|工作)?[：:]?$)")),
    (2, re.compile(r"(?P<n>第[一二三四五六]阶段)(?=\s*[（(：:])\s*")),
    (3, re.compile(r"(?P<n>\d{1,3}(?:[.．]\d{1,2}){1,3})[.．、]?\s*(?=[^\d\s%年月日万亿个])")),
    (3, re.compile(r"(?P<n>\d{1,2}(?:[.．]\d{1,2}){1,3})[.．、]?\s+(?=\d{1,4}[年月日个家项])")),
    (3, re.compile(r"(?P<n>\d{1,3})\s*[.．、](?![\d.])\s*")),
    (3, re.compile(r"(?P<n>\d{1,2})[.．](?=(?:1[0-2]|[1-9])月(?:[\u3400-\u9fff]|\d|—|-))")),
    (3, re.compile(r"(?P<n>\d{1,2})[.．](?=20\d\d(?:年|\s*[—–~～-]+\s*20\d\d年))")),
    # Without its stop before a time: 32026年6月底前, 56月底前 (no year and no month has such a number).
    (3, re.compile(r"(?P<n>[1-9]\d?)(?=20[12]\d年)")),
    (3, re.compile(r"(?P<n>[1-9])(?=(?:(?<=[2-9])[1-9]|(?<=1)[3-9])月(?:份|[底初末]|[上中下]旬|\d{1,2}日|前))")),
    (3, re.compile(r"(?P<n>\d{1,3})\s*、(?=\d{1,4}[年月日个万亿条家所项名户次场](?!、))")),
    (4, re.compile(r"[（(〔]\s*(?P<n>\d{1,3})\s*[）)〕]\s*[、.．]?")),
    (4, re.compile(r"(?P<n>\d{1,3})[)）]\s*")),
    (3, re.compile(rf"(?P<n>(?:{_KINDS})[{_CN}\d]{{1,3}})\s*(?:[:：、.．]\s*|$)")),
    (3, re.compile(rf"[【\[](?P<n>{_KINDS}[{_CN}\d]{{1,3}})[】\]]\s*[:：]?")),
    (3, re.compile(r"(?P<n>(?:任务|项目|事项|专项|问题)\d{1,2})(?=[\u3400-\u9fff“《])(?![个项类大条次年月日件处家户名人万亿元座所批期的])")),
    (3, re.compile(r"(?P<n>(?:任务|事项|举措|行动|问题|专项)[一二三四五六七八九十]{1,3})(?=[\u3400-\u9fff“《])(?![期个项类大条次年月日件处家户名人万亿元座所批的是览经些定般切致体律样直起旦方])")),
    (3, re.compile(r"(?:任务|项目|事项)?(?:序号|编号)\s*[:：]\s*(?P<n>\d{1,3}|[A-Z]{1,4}-?\d{1,4})(?:\s+|$)")),
    (3, re.compile(r"(?:(?:任务|项目|事项|建议|提案)?编号|案号)\s*[:：]\s*(?P<n>[^\s：:，,。]{2,16}?[号\d])\s+")),
    (3, re.compile(r"(?P<n>(?:第\s*)?\d{1,4}号(?:建议|提案|议案))\s*(?:[:：]\s*|(?=[《“关]))")),
    (4, re.compile(r"(?P<n>[一二三四五六七八九十]{1,3}是)[：:，,]?(?=\S{3})")),
    (5, re.compile(r"(?P<n>[①-⑳])\s*")),
    (3, re.compile(r"(?P<n>第[一二三四五六七八九十百\d]{1,4}条)\s*")),
)  # fmt: skip
_MAY_BE_NUMBERED = re.compile(rf"[【\[第上下（(〔①-⑳\d{_CN}]|{_KINDS}|(?:任务|项目|事项|建议|提案)?[序编]号|案号")
"""How a number can begin: most lines have none, and are told so at once."""
_BARE = re.compile(
    r"(?P<n>\d{1,3})(?=[\u3400-\u9fff“《])(?![年月日号个项条名家%％点种类次天亿万千百元米处所座期批届大户人类级个件小度])"
)
_STOP_ONLY = re.compile(r"(?P<n>[.．])\s*(?=[\u3400-\u9fff“《])")
_DIGIT_FIRST = re.compile(r"-?\d")
_BULLET = re.compile(r"^[●◆■★▲□◇○•·*➢✓▷▶►◇—\-]+\s*")


@dataclass(frozen=True, slots=True)
class Numbered:
    """A paragraph cut at its number: the level of the style (1–5, 0 none), the number as printed, its value, the rest."""

    level: int
    printed: str
    value: int | None
    rest: str


def value_of(printed: str) -> int | None:
    """The value of a printed number up to 999, None where it has none (a bare stop, 3.2)."""
    if printed.isascii() and printed.isdecimal():
        return int(printed)
    core = re.sub(rf"[第章节条部分编是阶段（）()〔〕\s]|{_KINDS}", "", printed)
    if core.isdecimal():
        return int(core)
    if len(core) == 1 and "①" <= core <= "⑳":
        return ord(core) - ord("①") + 1
    if not core or any(c not in _CN for c in core):
        return None
    return _chinese(core.replace("拾", "十"))


def _chinese(core: str) -> int:
    total, digit = 0, 0
    for char in core:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit


@lru_cache(maxsize=16384)  # one line is asked about again and again
def numbered(text: str, expected: int | None = None) -> Numbered:
    """Cuts `text` at its number. `expected` allows a digit without its stop (9持续) or a stop without its digit (.建立)."""
    bullet = _BULLET.match(text) if not _DIGIT_FIRST.match(text) else None
    stripped = text[bullet.end() :] if bullet else text
    for level, pattern in _STYLES if _MAY_BE_NUMBERED.match(stripped) else ():
        if m := pattern.match(stripped):
            printed = m["n"]
            rest = stripped[m.end() :]
            return Numbered(
                level,
                printed if level not in (2, 4) or printed[-1:] in ("", "段") else _with_brackets(printed),
                value_of(printed),
                rest,
            )
    if expected is not None and (m := _STOP_ONLY.match(stripped)):
        return Numbered(3, m["n"], None, stripped[m.end() :])
    if expected is not None and (m := _BARE.match(stripped)) and abs(int(m["n"]) - expected) <= 1:
        return Numbered(3, m["n"], int(m["n"]), stripped[m.end() :])
    return Numbered(0, "", None, stripped)


def is_bulleted(text: str) -> bool:
    """Whether a sign that only lists (-, ●, ▲) stands at the head of a paragraph, and no number behind it."""
    return _BULLET.match(text) is not None and not _DIGIT_FIRST.match(text) and not numbered(text).level


def is_bare(text: str) -> bool:
    """Whether a number without its stop, or a stop without its number, stands at the head of `text`."""
    return bool(_BARE.match(text) or _STOP_ONLY.match(text))


def _with_brackets(printed: str) -> str:
    return printed if printed.startswith("（") or printed.endswith("是") else f"（{printed}）"


def is_heading(text: str) -> bool:
    """Whether the words after a number read like a heading: short, no full stop, no clause marks at the end."""
    core = text.rstrip("：: ")
    return (
        0 < len(core) <= 50
        and not re.search(r"[。；;！？]", core.rstrip("。"))
        and not text.endswith(("；", ";"))
        and (len(core) <= 30 or not text.endswith("。"))
    )


def sentences(text: str) -> list[str]:
    """The sentences of running text, each with its stop."""
    return [s.strip() for s in re.findall(r"[^。！？]+(?:[。！？]+[”’」）)]*)?", text) if s.strip()]
