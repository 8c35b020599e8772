"""When the work of a row begins, and when it is due: by its cells for that, and by what stands under times."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from knowledge.parsing.columns import Column, Layout, without_note
from knowledge.parsing.lines import Box, Line, unblanked
from knowledge.parsing.phrases import deadline_like

_MONTHS = 12
_STAGE_OF = re.compile(r"(?:目标|计划|任务|进度|节点|工作|安排)$")
_WHOLE_TIME = re.compile(r"(?:前|底|末|内|旬|日|全年|长期|推进|坚持|持续|季度|每月|每周|每年|年内|完成|一次)$")


_HOUR = re.compile(r"(?<=\d)\s+\d{1,2}:\d{2}(?::\d{2})?$")  # 2025-03-05 18:00, as programs export it
_DONE = re.compile(r"[（(]已(?:[经于全部如期按]|提前)*(?:完成|办结|完工|竣工|销号|整改到位|落实)[^（）()]{0,12}[）)]$")


def time_in(box: Box) -> str:
    """The deadline phrase of a cell; lines that are whole times by themselves stay apart."""
    return _time(box.text, box.raw)


@lru_cache(maxsize=1024)
def _time(text: str, raw: str) -> str:
    if "\n" not in raw:
        return _DONE.sub("", _HOUR.sub("", text)) or text
    lines = [line.strip() for line in raw.split("\n") if line.strip()]
    apart = len(lines) > 1 and all(deadline_like(line) and _WHOLE_TIME.search(line) for line in lines)
    return "；".join(unblanked(line) for line in lines) if apart else text


def times_of(line: Line, ats: Iterable[int], layout: Layout) -> str:
    """When a row is due by its cells for that, each phrase once; empty without any. 9 below 完成月份 is 9月."""
    return "；".join(dict.fromkeys([_month(line.boxes[at], layout.at(at)) or time_in(line.boxes[at]) for at in ats]))


def _month(box: Box, column: Column) -> str:
    """The month that a bare figure is below a head that speaks of months, else empty."""
    words = box.text
    if not (words.isascii() and words.isdecimal() and 1 <= int(words) <= _MONTHS):
        return ""
    return f"{int(words)}月" if "月" in column.head else ""


def starts_of(line: Line, ats: Iterable[int], layout: Layout) -> tuple[str, ...]:
    """When the work of a row begins, each behind the head of its column (启动时间：3月)."""
    return tuple(f"{layout.at(at).head}：{line.boxes[at].text}" for at in ats)


_MARKS = frozenset(("√", "✓", "✔", "●", "■", "▲", "★", "◆", "☑", "Y", "V"))


def marked_time(line: Line, ats: Sequence[int], layout: Layout) -> str:
    """When a row is done where only marks stand under its months (√ under 3月 to 6月 is 3月至6月); empty without them."""
    if not ats or any(line.boxes[at].text not in _MARKS for at in ats):
        return ""
    if len(ats) > 1 and ats[-1] - ats[0] == len(ats) - 1:
        return _time_over(ats, layout)
    return "、".join(_time_over((at,), layout) for at in ats)


def stages_of(line: Line, ats: Sequence[int], layout: Layout) -> tuple[str, ...]:
    """What a row is to reach by when, each behind its time (一季度：完成初设); nothing where marks say the time alone."""
    if not ats or marked_time(line, ats, layout):
        return ()
    runs: list[list[int]] = []
    for at in ats:
        if runs and line.boxes[at].across:
            runs[-1].append(at)
        else:
            runs.append([at])
    return tuple(f"{_time_over(run, layout)}：{line.boxes[run[0]].text.rstrip('。；;')}" for run in runs)


def _time_over(ats: Sequence[int], layout: Layout) -> str:
    """The time that neighbouring columns make up: 一季度至二季度 where a cell goes across both."""
    first, last = (_STAGE_OF.sub("", without_note(layout.at(at).head)) for at in (ats[0], ats[-1]))
    return first if len(ats) == 1 else f"{first}至{last}"
