"""Lines that name who has a matter before the matter itself (1.牵头单位：甲局；配合单位：乙局。任务：…。时限：6月底): turned round."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.parsing.duties import label_start
from knowledge.parsing.label_lines import inline_labels
from knowledge.parsing.lines import Line, unblanked

_COUNT = re.compile(
    r"\s*(?:\d{1,3}[.．、]|[（(]\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*[）)]|[一二三四五六七八九十]{1,3}、|\d{1,2}(?=[\u3400-\u9fff]))?\s*"
)
_MATTER = re.compile(r"(?<=[。；;，,\s])(?:工作|重点|主要|具体|目标)?(?:任务|内容|事项|措施|职责)\s*[:：]\s*(?=\S{4})")
_STOPS = "。；;，, \t\u3000"


def turned(lines: Sequence[Line]) -> list[Line]:
    """`lines` with the matter in front of the labels wherever a line says first whose it is."""
    return [line if line.boxes else _turned(line) or line for line in lines]


def _turned(line: Line) -> Line | None:
    m = _COUNT.match(line.raw)
    count = m.group() if m else ""
    words = line.raw[len(count) :]
    label, matter = label_start(words), _MATTER.search(words)
    if label is None or matter is None or not (label["role"] or label["bare"]):
        return None
    rest = words[matter.end() :]
    at = inline_labels(rest)
    told, behind = (rest[:at], rest[at:]) if at else (rest, "")
    labels = "；".join(part.strip(_STOPS) for part in (words[: matter.start()], behind) if part.strip(_STOPS))
    raw = f"{count}{told.rstrip(_STOPS)}。{labels}"
    return replace(line, raw=raw, text=unblanked(raw))
