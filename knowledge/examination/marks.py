"""Brackets that nothing closes, and attachments that the text announces and the file does not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.examination.finding import Finding, Severity, Spot
from knowledge.examination.misprints import TORN_NUMBER
from knowledge.examination.specimen import Specimen, around, finding, short
from knowledge.parsing.furniture import is_furniture
from knowledge.parsing.lines import Line
from knowledge.parsing.outline import value_of

_PAIRS = {"（": "）", "〔": "〕", "《": "》", "【": "】", "「": "」"}
_CLOSING = {close: opening for opening, close in _PAIRS.items()}
_ANY = re.compile("[" + "".join(_PAIRS) + "".join(_PAIRS.values()) + "]")
_FOLDED = str.maketrans({"(": "（", ")": "）", "﹙": "（", "﹚": "）", "[": "〔", "]": "〕", "［": "〔", "］": "〕"})
_NUMBER_TAIL = re.compile(r"(?:^|(?<=[。；;:：，,\s]))\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-zA-Z])[)）]")
_REFERENCE = re.compile(
    r"(?:见|按|附|填写|填报|填|报送|参照|详见|依照|按照|对照|根据)[^。；;，,附]{0,6}附件\s*(?P<n>\d{1,2}|[一二三四五六七八九十])(?!\d)"
)
_LISTED = re.compile(r"(?:^附\s*件\s*[:：]\s*|^)(?P<n>\d{1,2})\s*[.．、]\s*(?P<what>\S.{2,60})$")
_LISTS = re.compile(r"[:：]\s*\d\s*[.．、]")
_ALONE = re.compile(r"^附\s*件\s*(?P<n>\d{1,2}|[一二三四五六七八九十])?\s*(?:[:：].*)?$")


def marks(specimen: Specimen) -> Iterator[Finding]:
    """Unclosed brackets and missing attachments."""
    yield from _brackets(specimen)
    yield from _attachments(specimen)


# ---------------------------------------------------------------- brackets
def _brackets(specimen: Specimen) -> Iterator[Finding]:
    if not any(_unpaired(text) for line in specimen.lines for text in _texts(line)):
        return
    texts = [(line, text) for line in specimen.lines if not is_furniture(line.text) for text in _texts(line)]
    opened = {order: found for order, (_, text) in enumerate(texts) if (found := _unpaired(text))}
    for order, marked in opened.items():
        line, text = texts[order]
        for at, mark in marked:
            if _paired_elsewhere(order, mark, opened):
                continue
            wanted = _PAIRS.get(mark) or _CLOSING[mark]
            side = "缺右半边" if mark in _PAIRS else "缺左半边"
            spot = specimen.spot(line, around(text, at, at + 1, 20))
            yield finding(
                "bracket-unclosed",
                Severity.MUST,
                spot,
                f"括号“{mark}”{side}“{wanted}”。",
                f"请补上“{wanted}”，或删去多余的“{mark}”。",
            )


def _texts(line: Line) -> Iterator[str]:
    """A paragraph, or the cells of a row, in which a mark of brackets stands; torn document numbers are told elsewhere."""
    texts = [box.text for box in line.boxes if not box.merged] if line.boxes else [TORN_NUMBER.sub("", line.text)]
    return (text.translate(_FOLDED) for text in texts if text)


def _unpaired(text: str) -> list[tuple[int, str]]:
    """The first mark of each kind that has no partner in `text`; `1）` and `a）` are numbers."""
    if not _ANY.search(text):
        return []
    numbers = {m.end() - 1 for m in _NUMBER_TAIL.finditer(text)}
    found: list[tuple[int, str]] = []
    for opening, closing in _PAIRS.items():
        stack: list[int] = []
        for at, char in enumerate(text):
            if char == opening:
                stack.append(at)
            elif char == closing and stack:
                stack.pop()
            elif char == closing and at not in numbers:
                found.append((at, closing))
        found += [(at, opening) for at in stack[:1]]
    return sorted({mark: (at, mark) for at, mark in reversed(found)}.values())


def _paired_elsewhere(order: int, mark: str, opened: dict[int, list[tuple[int, str]]]) -> bool:
    """Whether a bracket is closed (or opened) a few paragraphs away: one bracket around several of them."""
    partner = _PAIRS.get(mark) or _CLOSING[mark]
    near = range(order + 1, order + 7) if mark in _PAIRS else range(order - 6, order)
    return any(other == partner for at in near for _, other in opened.get(at, ()))


# ---------------------------------------------------------------- attachments
def _attachments(specimen: Specimen) -> Iterator[Finding]:
    """附件2 is named, 附件1 is there, 附件2 is not. Where none is there they are all in files of their own."""
    there = _present(specimen)
    if not there:
        return
    named = list(_named(specimen))
    titles = {number: title for number, title, _ in named if title}
    told: set[int] = set()
    for number, _, spot in named:
        title = titles.get(number, "")
        if number in there or number in told or (title and _stands(title, specimen)):
            continue
        told.add(number)
        what = f"附件{number}" + (f"“{short(title, 30)}”" if title else "")
        yield finding(
            "attachment-missing",
            Severity.ASK,
            spot,
            f"文中提到{what}，本文件里没有。",
            "请核对是否漏附；另有文件的请一并发出。",
        )


def _present(specimen: Specimen) -> set[int]:
    """The numbers of the attachments that begin in the file: a line or a sheet of their own."""
    names = [line.text for line in specimen.lines if not line.boxes and len(line.text) <= 60]
    names += [line.place.sheet for line in specimen.lines if line.place.sheet]
    own = [m for name in names if (m := _ALONE.match(name)) and m["n"] and not _LISTS.search(name)]
    beside = [m for name in specimen.beside if (m := re.match(r"附\s*件\s*(?P<n>\d{1,2})(?!\d)", name))]
    return {value for m in (*own, *beside) if (value := value_of(m["n"]))}


def _named(specimen: Specimen) -> Iterator[tuple[int, str, Spot]]:
    """(number, title where one is given, place) of every attachment that the text names."""
    inside = False
    for line in specimen.lines:
        if line.boxes:
            inside = False
            continue
        opens = bool(re.match(r"附\s*件\s*[:：]", line.text))
        inside = opens or (inside and bool(_LISTED.match(line.text)))
        if inside and (m := _LISTED.match(line.text)):
            yield int(m["n"]), m["what"].strip("《》 "), specimen.spot(line, short(line.text))
        for m in _REFERENCE.finditer(line.text):
            if value := value_of(m["n"]):
                yield value, "", specimen.spot(line, around(line.text, *m.span()))


def _stands(title: str, specimen: Specimen) -> bool:
    """Whether a title stands as a line of its own, or is that of a file examined together."""
    key = re.sub(r"[\s《》“”（）()]", "", title)
    lines = (re.sub(r"[\s《》“”（）()]", "", line.text) for line in specimen.lines if not _LISTED.match(line.text))
    return any(key == text or (len(text) > 8 and text.endswith(key)) for text in lines) or any(
        key in re.sub(r"[\s《》“”（）()]", "", name) for name in specimen.beside
    )
