"""Paragraphs that go on in the next line: broken at a page's width, or inside a bracket, a list, a name or a date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.parsing.duties import label_start, label_words, labels_in
from knowledge.parsing.furniture import is_furniture
from knowledge.parsing.groups import groups_of
from knowledge.parsing.label_lines import addressed, is_label_line
from knowledge.parsing.lines import Line, has_paragraphs, renumbered, unblanked
from knowledge.parsing.names import is_clause, is_unit, read_names
from knowledge.parsing.outline import numbered
from knowledge.parsing.phrases import deadline_like
from knowledge.reading.wrapped import unwrapped

_LONGEST_REST, _LONGEST_PART, _LONGEST_TIME = 60, 8, 16
_LONGEST = 4000  # characters; no paragraph of an office document comes near
_AHEAD = 3
_LEAST_BROKEN, _LEAST_CLAUSE = 24, 14
_ENDED = re.compile(r"[。！？；：:;!?）)〕】”]\s*$")
_STATED = re.compile(r"[。）)]$|牵头|负责|配合|落实|部门|单位")
_DATE_REST = re.compile(
    r"(?:\d{0,2}年?\d{0,2}月?\d{0,2}日?)?(?:[上中下]旬|底|末|年底|月底|年内)?(?:前|之前|以前)?(?:完成)?[。；;]?"
)
_TIME_ENDED = re.compile(
    r"(?:前|底|内|末|期|日|月|年|旬|周|次|完成|推进|坚持|开展|持续|进行|落实|到位|化|时|季度|[)）。])$"
)
_NAME_BEGINS = re.compile(r"[市县区州省旗][\u3400-\u9fff]{1,10}")
_COUNT = re.compile(r"(?:^|(?<=[。；]))\s*\d{1,2}[)）]")  # 1) is a number, no bracket that closes


def continued(lines: Sequence[Line]) -> list[Line]:
    """`lines` with broken paragraphs put together, counted anew.

    Widths are judged where files are read (`knowledge.reading.wrapped`); here the paragraphs of any kind of file go
    through the same judgement, and then each that plainly ends in the middle of something.
    """
    return renumbered(_closed(_unbroken(lines)) if has_paragraphs(lines) else lines)


def _unbroken(lines: Sequence[Line]) -> list[Line]:
    """`lines` that a page's width broke, as far as the whole document shows that it was broken."""
    kept = unwrapped([(at, _as_text(line)) for at, line in enumerate(lines)])
    if len(kept) == len(lines):
        return list(lines)
    out: list[Line] = []
    for (at, raw), (end, _) in zip(kept, [*kept[1:], (len(lines), "")], strict=True):
        parts = lines[at : max(end, at + 1)]
        whole = "".join(part.raw.strip() for part in parts)
        if len(parts) < 2 or unblanked(whole) != unblanked(raw):  # page numbers stand between its halves: left as it is
            out += parts
            continue
        text = "".join(part.block.text.strip() for part in parts)
        doubts = tuple(doubt for part in parts for doubt in part.block.doubts)
        out.append(
            replace(parts[0], raw=raw, text=unblanked(raw), block=replace(parts[0].block, text=text, doubts=doubts))
        )
    return out


def _as_text(line: Line) -> str:
    """A line as it is judged by its width; what belongs to a table or to the web page is not."""
    return "\t" if line.boxes or is_furniture(line.text) else line.raw.replace("\n", " ")


def _together(line: Line, more: Line) -> Line:
    raw = f"{line.raw} {more.raw}"
    doubts = line.block.doubts + more.block.doubts
    block = replace(line.block, text=f"{line.block.text}{more.block.text.strip()}", doubts=doubts)
    return replace(line, raw=raw, text=unblanked(raw), block=block)


def _closed(lines: Sequence[Line]) -> list[Line]:
    """`lines` that end inside a bracket, behind a comma, or in the middle of a name put together with the next one."""
    out: list[Line] = []
    for at, line in enumerate(lines):
        last = out[-1] if out and not out[-1].boxes and not line.boxes and len(out[-1].raw) < _LONGEST else None
        if last and is_furniture(last.text):  # what the page says of itself takes nothing of the document with it
            last = None
        broken = last and (_label_broken(last.text, line.text) or not _begins(line))
        if last and broken and _goes_on(last, line, lines[at + 1 : at + 1 + _AHEAD]):
            out[-1] = _together(last, line)
        else:
            out.append(line)
    return out


def _goes_on(last: Line, line: Line, ahead: Sequence[Line]) -> bool:
    if last.text.endswith(("，", "、")) or _torn(last.text, line.text) or _breaks_off(last, line):
        return True
    if _label_broken(last.text, line.text):
        return True
    left = _open(last.text)
    if left <= 0:
        return False
    depth = left
    for more in (line, *ahead):  # the bracket must close before anything else begins
        if more.boxes or (more is not line and _begins(more)):
            return False
        depth += _open(more.text)
        if depth < left:
            return True
    return False


def _breaks_off(last: Line, line: Line) -> bool:
    """Whether a numbered paragraph ends without a stop and an ordinary sentence goes on below it."""
    clause = re.search(r"[，,；;]", last.text) is not None  # a heading has no clauses
    if len(last.text) < (_LEAST_CLAUSE if clause else _LEAST_BROKEN) or _ENDED.search(last.text):
        return False
    if not numbered(last.text).level and not _in_mid_sentence(last):
        return False
    if labels_in(last.text) or addressed(line.text):
        return False
    if _NAMED_WHOLE.search(last.text) and _SPEAKS_ANEW.match(line.text):
        return False
    return bool(re.search(r"[。；）)]", line.text)) and not is_furniture(line.text) and not line.block.heading


def _in_mid_sentence(line: Line) -> bool:
    """Whether a paragraph without a number breaks off in its second sentence or a later one, as no heading or name does."""
    return len(line.text) >= _LEAST_BROKEN and "。" in line.text and not line.block.heading


# A matter that a meeting takes up is named in full (审议《…规划》, 关于…的问题), whatever its length.
_NAMED_WHOLE = re.compile(r"(?:》|问题|事宜|事项|情况|议题|汇报|请示|报告|工作|任务)$")
_SPEAKS_ANEW = re.compile(r"会议|大家|经[\u3400-\u9fff]{2,6}[研审讨]|由|请|责成|同意|原则")


def _label_broken(text: str, rest: str) -> bool:
    """Whether a line breaks off inside a label behind a stop (……。完成 ⏎ 时限：8月底)."""
    m = _LABEL_BEGINS.search(text)
    whole = label_start(m["half"] + rest) if m else None
    alone = label_start(rest)
    return bool(m and whole and len(label_words(whole)) > len(label_words(alone) if alone else ""))


_BEFORE_LABEL = re.compile(r"。[\u3400-\u9fff]{1,8}(?:[：:].*)?$")  # the next label of the same line, or its first half
_LABEL_BEGINS = re.compile(r"[。；;，,]\s*(?P<half>[\u3400-\u9fff]{1,4})$")
_WHOLE_DAY = re.compile(r"20\d\d[-./]\d{1,2}[-./]\d{1,2}$")


def _torn(label: str, rest: str) -> bool:
    """Whether a label line breaks off inside a unit's name or a date, or before its value, and goes on in `rest`."""
    marks = labels_in(label)
    if not marks or len(rest) > _LONGEST_REST or label.endswith(("。", "；")):
        return False
    m, value = marks[-1]
    if m["when"]:
        whole = (
            len(rest) <= _LONGEST_TIME
            and ":" not in rest
            and "：" not in rest
            and deadline_like(value + rest)
            and not (_TIME_ENDED.search(value) or _WHOLE_DAY.search(value))
        )
        return bool(_DATE_REST.fullmatch(rest)) or whole if value else deadline_like(rest)
    if not (m["role"] or m["bare"]):
        return False
    before, after = re.split(r"[、，,；;\s]", value)[-1], re.split(r"[、，,；;。\s]", rest)[0]
    if not value:
        listed = _BEFORE_LABEL.sub("", rest)
        names = [name for group in groups_of(listed) for name in read_names(group.words).units]
        if _NAME_BEGINS.fullmatch(rest):
            return True
        known = sum(is_unit(name) for name in names)
        return known * 2 >= len(names) > 0 and not any(is_clause(name) for name in names) and "。" not in listed[:-1]
    whole = is_unit(before) or deadline_like(before) or _STATED.search(before) is not None
    return not whole and _completes(before, after)


def _completes(before: str, after: str) -> bool:
    """Whether two halves make one unit's name, with or without the words on what it does behind it."""
    core = re.split(r"牵头|负责|配合|落实|按职责|按照", after)[0]
    if is_unit(before + core, strict=True):
        return bool(core)
    return core == after and 0 < len(core) <= _LONGEST_PART and not is_unit(core) and not is_clause(core)


def _open(text: str) -> int:
    """How many brackets `text` leaves open; negative where it closes more than it opens."""
    return sum((char in "（(〔") - (char in "）)〕") for char in _COUNT.sub("", text))


def _begins(line: Line) -> bool:
    """Whether a line opens a paragraph of its own: a number or a label stands at its head."""
    return numbered(line.text).level > 0 or is_label_line(line.text)
