"""Slips that recognition makes in the words an assignment stands on: certain of itself, and still wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple


class Slip(NamedTuple):
    """Where in a text one looks wrong, and what was probably printed."""

    start: int
    end: int
    likely: str


_LETTERS = str.maketrans("lI|oOQzZsSbB", "111000225568")
_FORMS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"曰"), "日"),
    (re.compile(r"(?<![货民纸硬铸金银钱外本])币(?![种值制])|[巿帀]"), "市"),
    (re.compile(r"(?<=[年月季度周旬])未(?=[前月]|\d|$|[，。；、])"), "末"),
    (re.compile(r"末(?=完成|能|经|按|及时|达到|如期|公开|列入|落实)"), "未"),
    (re.compile(r"贵任|责仕|贵仕|责住"), "责任"),
    (re.compile(r"[牵幸奉][关斗失头]|[幸奉]头(?=单位|部门|负责|，|、|）)"), "牵头"),
    (re.compile(r"配台|酉合|配含"), "配合"),
    (re.compile(r"负贵|负責|员责"), "负责"),
    (re.compile(r"完咸|宪成|完戍"), "完成"),
    (re.compile(r"时阻|时眼|期眼"), "时限"),
    (re.compile(r"序兮|序导"), "序号"),
    (re.compile(r"(?<=\d)[日曰](?=\d{0,2}日)"), "月"),
)
_FIGURES = re.compile(r"(?<![A-Za-z])[\dlI|oOQzZsSbB]{1,4}(?=\s*(?:年|月|日|个|项|家|次|%|％|万|亿|号))")
_IMPOSSIBLE = re.compile(r"(?<!\d)(1[3-9]|[2-9]\d|0)(?=月)|(?<=月)(3[2-9]|[4-9]\d|0)(?=日)")


def slips(text: str) -> Iterator[Slip]:
    """The places in recognised text that look wrong, from left to right."""
    found = [Slip(m.start(), m.end(), likely) for form, likely in _FORMS for m in form.finditer(text) if m[0] != likely]
    for m in _FIGURES.finditer(text):
        if not m[0].isdigit() and any(one.isdigit() for one in m[0] + text[m.end() - 1 : m.end()]):
            found.append(Slip(m.start(), m.end(), m[0].translate(_LETTERS)))
    found += [Slip(m.start(), m.end(), "") for m in _IMPOSSIBLE.finditer(text)]
    yield from sorted(found)
