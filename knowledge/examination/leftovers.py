"""The lines that were read into nothing: neighbours together, with the likely reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from knowledge.examination.finding import Leftover
from knowledge.examination.specimen import Specimen
from knowledge.model import Passage
from knowledge.parsing.contents import is_unit_cell
from knowledge.parsing.furniture import is_furniture
from knowledge.parsing.lines import Line
from knowledge.parsing.phrases import deadline_like, is_number
from knowledge.parsing.rows import is_total

_TAIL = re.compile(r"相关链接|相关阅读|上一篇|下一篇|主办|承办单位|ICP|网站标识码|版权|技术支持|浏览次数|分享")
_ATTACHED = re.compile(r"^附\s*件|^\d{1,2}\s*[.．、]\s*\S{4,40}(?:表|册|单|方案|清单)$")
_HARMLESS = ("不是任务", "不是文件内容")
_CONTACT = re.compile(r"联系人|联系电话|电话|传真|邮箱|地址")


def leftovers(specimen: Specimen) -> tuple[Leftover, ...]:
    """The unread lines of the draft, grouped: lines that follow on each other and share their reason are one."""
    groups: list[Leftover] = []
    last = -2
    for passage in sorted(specimen.document.unread, key=lambda p: specimen.index(p.place)):
        at = specimen.index(passage.place)
        why = _why(passage, specimen.lines[at] if at >= 0 else None)
        if groups and at == last + 1 and at > 0 and groups[-1].why == why:
            groups[-1] = replace(groups[-1], lines=(*groups[-1].lines, passage))
        else:
            groups.append(Leftover((passage,), why, why.endswith(_HARMLESS)))
        last = at
    return tuple(groups)


def _why(passage: Passage, line: Line | None) -> str:
    """Why a line was likely not read; empty where nothing is known."""
    text = passage.text
    if line and line.boxes:
        return _why_row(line)
    for why, fits in _reasons(text):
        if fits:
            return why
    return ""


def _reasons(text: str) -> Iterator[tuple[str, bool]]:
    yield "网页自带的文字，不是文件内容", is_furniture(text) or bool(_TAIL.search(text))
    yield "附件名称，不是任务", bool(_ATTACHED.match(text))
    yield "联系方式，不是任务", bool(_CONTACT.search(text)) and len(text) < 60
    yield "只有一个数字，前后接不上", is_number(text)
    yield "只有时间，不知道是哪一项的", deadline_like(text)
    yield "只有单位名称，不知道是哪一项的", is_unit_cell(text)
    yield "太短，不成一句话", len(text) <= 5


def _why_row(line: Line) -> str:
    filled = [box for box in line.boxes if box.text]
    if any(is_total(box.text) for box in filled[:3]):
        return "合计行，不是任务"
    if all(is_number(box.text) for box in filled):
        return "行里只有数字"
    if len(filled) == 1 and is_unit_cell(filled[0].raw):
        return "行里只有单位，没有任务内容，不知道是哪一项的"
    if not any(len(box.text) > 8 for box in filled):
        return "行里没有任务内容"
    return "表格没有可识别的表头，或这一行与表头对不上"
