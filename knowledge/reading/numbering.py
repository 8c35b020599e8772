"""The automatic numbers of a .docx (一、 (一) 1. ①), which stand nowhere in its text, counted again from its lists."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"


def counted(number: int, digits: str = _DIGITS, units: str = "千百十") -> str:
    """一, 十, 十一, 二十, 一百零五: a number from 1 to 9,999 as lists count in Chinese."""
    if not 0 < number < 10_000:
        return str(number)
    words, gap = "", False
    for value, unit in zip((1000, 100, 10, 1), (*units, ""), strict=True):
        digit, number = divmod(number, value)
        if digit:
            words += ("零" if gap and words else "") + digits[digit] + unit
        gap = not digit
    return words[1:] if words.startswith("一十") else words


def _spelled(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _lettered(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else ""


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    words = ""
    for value, letters in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    ):
        times, number = divmod(number, value)
        words += letters * times
    return words


def _among(characters: str) -> Callable[[int], str]:
    """Ready-made characters such as ① ② ③; beyond them the plain number."""
    return lambda number: characters[number - 1] if 0 < number <= len(characters) else str(number)


def _legal(number: int) -> str:
    return counted(number, _LEGAL, "仟佰拾")


FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": lambda number: str(number).translate({48 + n: 0xFF10 + n for n in range(10)}),
    "decimalFullWidth2": lambda number: str(number).translate({48 + n: 0xFF10 + n for n in range(10)}),
    "decimalEnclosedCircle": _among(_CIRCLED),
    "decimalEnclosedCircleChinese": _among(_CIRCLED),
    "decimalEnclosedFullstop": _among("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
    "decimalEnclosedParen": _among("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
    "chineseCounting": counted,
    "chineseCountingThousand": counted,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    "ideographDigital": _spelled,
    "japaneseDigitalTenThousand": _spelled,
    "japaneseCounting": counted,
    "koreanCounting": counted,
    "taiwaneseCounting": counted,
    "taiwaneseCountingThousand": counted,
    "taiwaneseDigital": _spelled,
    "ideographTraditional": _among("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _among("子丑寅卯辰巳午未申酉戌亥"),
    "ideographEnclosedCircle": _among("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
    "lowerLetter": _lettered,
    "upperLetter": lambda number: _lettered(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "bullet": lambda number: "",
    "none": lambda number: "",
}
"""numFmt of WordprocessingML (ECMA-376 part 1, 17.18.59) → how a number is written; formats not listed print plain."""


FORMATS_BY_CODE = (
    "decimal", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter", "ordinal", "cardinalText", "ordinalText",
    "hex", "chicago", "ideographDigital", "japaneseCounting", "aiueo", "iroha", "decimalFullWidth",
    "decimalHalfWidth", "japaneseLegal", "japaneseDigitalTenThousand", "decimalEnclosedCircle", "decimalFullWidth2",
    "aiueoFullWidth", "irohaFullWidth", "decimalZero", "bullet", "ganada", "chosung", "decimalEnclosedFullstop",
    "decimalEnclosedParen", "decimalEnclosedCircleChinese", "ideographEnclosedCircle", "ideographTraditional",
    "ideographZodiac", "ideographZodiacTraditional", "taiwaneseCounting", "ideographLegalTraditional",
    "taiwaneseCountingThousand", "taiwaneseDigital", "chineseCounting", "chineseLegalSimplified",
    "chineseCountingThousand", "koreanDigital", "koreanCounting", "koreanLegal", "koreanDigital2",
)  # fmt: skip
"""The number formats by their code in binary files ([MS-OSHARED] 2.2.1.3), named as WordprocessingML names them."""


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how it counts and what it prints, `%1` standing for the number of the first level."""

    format: str = "decimal"
    text: str = ""
    start: int = 1
    spaced: bool = True
    legal: bool = False
    style: str = ""


@dataclass(slots=True)
class Numbering:
    """The lists of one document and how far each has counted, paragraph by paragraph."""

    levels: Mapping[str, Mapping[int, Level]]
    """numId → its levels, overrides applied."""
    lists: Mapping[str, str]
    """numId → the list it counts with; several numIds may share one."""
    restarts: Mapping[str, Mapping[int, int]]
    """numId → level → where its first use starts again."""
    reached: dict[str, dict[int, int]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def label(self, num_id: str, level: int) -> str:
        """The number of the next paragraph of this list at this level, ready to stand before its text."""
        shape = self.levels.get(num_id, {}).get(level)
        if shape is None:
            return ""
        reached = self._advance(num_id, level, shape)
        if shape.format == "bullet":
            return ""
        label = re.sub(r"%([1-9])", lambda match: self._number(num_id, int(match[1]) - 1, reached, shape), shape.text)
        return f"{label} " if shape.spaced and label[-1:].isascii() and label.strip() else label

    def level_of_style(self, num_id: str, style: str) -> int:
        """The level that is tied to a paragraph style, 0 where none is."""
        levels = self.levels.get(num_id, {})
        return next((level for level, shape in levels.items() if shape.style and shape.style == style), 0)

    def _advance(self, num_id: str, level: int, shape: Level) -> dict[int, int]:
        reached = self.reached.setdefault(self.lists[num_id], {})
        if num_id not in self.used:
            self.used.add(num_id)
            for fresh, start in self.restarts.get(num_id, {}).items():
                reached[fresh] = start if fresh < level else start - 1
        reached[level] = reached.get(level, shape.start - 1) + 1
        for deeper in [other for other in reached if other > level]:
            del reached[deeper]
        return reached

    def _number(self, num_id: str, level: int, reached: Mapping[int, int], shown: Level) -> str:
        shape = self.levels[num_id].get(level, Level())
        write = FORMATS.get("decimal" if shown.legal else shape.format, str)
        return write(reached.get(level, shape.start))


def numbering_of(root: _Element | None, w: str) -> Numbering:
    """The lists of a numbering part; `w` is the namespace in braces. No part: no lists."""
    if root is None:
        return Numbering({}, {}, {})
    shared = {node.get(f"{w}abstractNumId", ""): dict(_levels(node, w)) for node in root.iter(f"{w}abstractNum")}
    levels, lists, restarts = {}, {}, {}
    for num in root.iter(f"{w}num"):
        num_id = num.get(f"{w}numId", "")
        lists[num_id] = child_value(num, f"{w}abstractNumId", w) or ""
        own = {level: shape for override in num.iter(f"{w}lvlOverride") for level, shape in _levels(override, w)}
        levels[num_id] = shared.get(lists[num_id], {}) | own
        restarts[num_id] = {
            whole(override.get(f"{w}ilvl")): whole(child_value(override, f"{w}startOverride", w), 1)
            for override in num.iter(f"{w}lvlOverride")
            if override.find(f"{w}startOverride") is not None
        }
    return Numbering(levels, lists, restarts)


def _levels(node: _Element, w: str) -> Iterator[tuple[int, Level]]:
    for level in node.iterchildren(f"{w}lvl"):
        yield (
            whole(level.get(f"{w}ilvl")),
            Level(
                format=child_value(level, f"{w}numFmt", w) or "decimal",
                text=child_value(level, f"{w}lvlText", w) or "",
                start=whole(child_value(level, f"{w}start", w), 1),
                spaced=child_value(level, f"{w}suff", w) != "nothing",
                legal=level.find(f"{w}isLgl") is not None,
                style=child_value(level, f"{w}pStyle", w) or "",
            ),
        )


def child_value(node: _Element, path: str, w: str) -> str | None:
    """The w:val of the first element at `path`, None where there is none."""
    child = node.find(path)
    return None if child is None else child.get(f"{w}val")


def whole(text: str | None, default: int = 0) -> int:
    """A whole number from 0, or the default for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else default
