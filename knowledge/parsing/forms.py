"""Forms (a head on the left of each value) and labels without their colon: turned into label lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.parsing.columns import Holds, column_of
from knowledge.parsing.duties import label_start
from knowledge.parsing.groups import groups_of
from knowledge.parsing.heads import is_header
from knowledge.parsing.lines import Box, Line, has_paragraphs, tables_in, unblanked
from knowledge.parsing.names import fold, is_unit, read_names
from knowledge.parsing.outline import numbered
from knowledge.parsing.phrases import deadline_like, is_nothing
from knowledge.parsing.words import DEADLINE_LABELS, ROLE_LABELS

_TELLING = {Holds.UNITS, Holds.DEADLINE}


def labelled(lines: Sequence[Line]) -> list[Line]:
    """`lines` with the rows of forms, and heads parted from their value by a blank only, as 责任单位：甲局."""
    out: list[Line] = []
    lines = _with_parties(lines)
    for _, rows in tables_in(lines):
        out += _form(rows) if _is_form(rows) else [_spoken(row) or row for row in rows]
    if not has_paragraphs(out):
        return out
    parted = {at: made for at, line in enumerate(out) if not line.boxes and (made := _parted(line)) is not None}
    out = _beside_values([parted.get(at, line) for at, line in enumerate(out)] if len(parted) > 1 else out)
    return [line if line.boxes else _with_colons(line) or line for line in out]


_PARTY = re.compile(
    r"(?P<party>[甲乙丙]方)(?:单位)?(?:[（(][^（）()]{2,8}[）)])?\s*[：:]\s*(?P<unit>[\u3400-\u9fff]{4,24})$"
)
_PARTY_HEAD = re.compile(
    r"[一二三四五六七八九十]{1,2}、\s*(?P<party>[甲乙丙]方)[^，,。；;、]{0,8}(?:目标|责任|职责|义务|任务|工作|事项|要求)[：:。]?$"
)


_WORK_HEAD = re.compile(
    r"[一二三四五六七八九十]{1,2}、\s*(?:工作|年度|主要|重点|具体|责任|目标)*(?:目标|任务|职责|责任|内容|指标|事项)[：:。]?$"
)
_TAKES_OVER = "乙方"


def _with_parties(lines: Sequence[Line]) -> Sequence[Line]:
    """`lines` with a label below each heading that speaks of a party (二、甲方职责), the party's name at the head put in.

    Where no heading does so, what is to be done (二、工作任务) falls on the second party, to whom it is given.
    """
    found = [m for line in lines if not line.boxes and (m := _PARTY.match(line.text)) and is_unit(m["unit"])]
    named = {m["party"]: m["unit"] for m in found}
    if len(named) < 2:
        return lines
    apart = any(_PARTY_HEAD.match(line.text) for line in lines)
    out: list[Line] = []
    for line in lines:
        out.append(line)
        m = (_PARTY_HEAD if apart else _WORK_HEAD).match("" if line.boxes else line.text)
        if m is not None and (unit := named.get(m["party"] if apart else _TAKES_OVER)):
            label = f"责任单位：{unit}"
            out.append(replace(line, text=label, raw=label))
    return [replace(line, index=at) for at, line in enumerate(out)]


def _cells(row: Line) -> list[Box]:
    """The cells of a row, one over several columns only once."""
    return [box for box in row.boxes if box.cell.merged_from is None or box.cell.merged_from.row != box.cell.place.row]


def _is_form(rows: Sequence[Line]) -> bool:
    if not rows[0].boxes or any(len(_cells(row)) not in (2, 4) for row in rows):
        return False
    if any(is_header(row.boxes) and len(row.boxes) != 2 for row in rows):
        return False
    heads = [column_of(box.text) for row in rows for box in _cells(row)[::2] if box.text]
    known = [head for head in heads if head is not None]
    values = [column_of(box.text) for row in rows for box in _cells(row)[1::2] if box.text]
    return (
        len(rows) >= 3
        and len(known) * 5 >= len(heads) * 4
        and any(head.holds in _TELLING for head in known)
        and sum(value is not None for value in values) * 3 < len(values)
    )


def _form(rows: Sequence[Line]) -> list[Line]:
    """The lines of a form, its number first wherever it stands; what else it says of its matter (推进节点：4月分组；7月试运行) goes with the matter's name."""
    out: list[Line] = []
    first: tuple[str, int] | None = None  # the head of the matter, and where its line stands in `out`
    pairs = [(row, *pair) for row in rows for pair in zip(_cells(row)[::2], _cells(row)[1::2], strict=False)]
    for row, printed, value in sorted(pairs, key=lambda pair: _holds(pair[1].text) is not Holds.NUMBER):
        head = _uncounted(printed)
        raw = f"{head.text}：{value.raw}" if head.text else value.raw
        block = replace(row.block, text=f"{head.cell.text}：{value.cell.text}", cells=(), table=0)
        if not raw:
            continue
        made = replace(row, raw=raw, text=unblanked(raw.replace("\n", " ")), boxes=(), block=block)
        if first is not None and head.text != first[0] and value.text and _is_more(head.text):
            told = value.raw if _holds(head.text) is Holds.TEXT else raw
            out[first[1]] = _with_more(out[first[1]], made, told)
            continue
        if _holds(head.text) is Holds.TEXT and _is_open(head.text):
            first = (head.text, len(out)) if first is None or head.text == first[0] else first
        out.append(made)
    return out


def _uncounted(head: Box) -> Box:
    """The head of a matter without its count (任务1, 任务二)."""
    word = re.sub(r"(?<=[\u3400-\u9fff])[\d一二三四五六七八九十]+$", "", head.text)
    return replace(head, text=word, raw=word) if word != head.text and _holds(word) is Holds.TEXT else head


def _is_open(head: str) -> bool:
    """Whether no label is written so: what stands behind it is part of what is to be done."""
    return label_start(f"{head}：") is None


def _is_more(head: str) -> bool:
    return _is_open(head) and _holds(head) in (Holds.TEXT, Holds.STAGE, Holds.DEADLINE)


def _holds(head: str) -> Holds | None:
    column = column_of(head)
    return column.holds if column is not None else None


def _with_more(name: Line, more: Line, told: str) -> Line:
    stop = "" if name.raw.endswith(("。", "；", "：")) else "；" if "；" in name.raw else "："
    raw = f"{name.raw}{stop}{told}"
    block = replace(name.block, text=f"{name.block.text} {more.block.text}")
    return replace(name, raw=raw, text=unblanked(raw.replace("\n", " ")), block=block)


def _spoken(row: Line) -> Line | None:
    """A row of which each cell but the first says what it holds (车辆调度 | 责任单位：甲局 | 时限：6月底) as a line of text."""
    if row.boxes and row.boxes[-1].text and not _says_itself(row.boxes[-1].text):
        return None  # at once: so is nearly every row
    texts = [box.text for box in row.boxes if box.text]
    if len(texts) < 2 or not all(map(_says_itself, texts[1:])) or label_start(texts[0]) is not None:
        return None
    if not any((m := label_start(text)) and (m["role"] or m["bare"]) for text in texts[1:]):
        return None
    raw = " ".join(texts)
    return replace(row, raw=raw, text=unblanked(raw), boxes=(), block=replace(row.block, text=raw, cells=(), table=0))


def _says_itself(text: str) -> bool:
    m = label_start(text)
    return m is not None and not m["other"]


def _parted(line: Line) -> Line | None:
    """牵头单位 甲局 as 牵头单位：甲局, None where a line is nothing of the kind."""
    m = (
        None
        if line.boxes
        else re.match(r"[●◆■★*·\s]*(?P<head>[一-鿿]{2,6})[ \t\u3000]+(?P<value>[^\s：:].*)$", line.raw)
    )
    column = column_of(m["head"]) if m else None
    if m is None or column is None or column.holds not in _TELLING or re.match(r"[^：:]{0,12}[：:]", m["value"]):
        return None
    if column_of(unblanked(m["head"] + m["value"]).replace(" ", "")) is not None:
        return None  # one head, torn in two (牵头 单位)
    raw = f"{m['head']}：{m['value']}"
    return replace(line, raw=raw, text=unblanked(raw))


def _beside_values(lines: Sequence[Line]) -> list[Line]:
    """A label alone on its line, without its colon, put before what it asks for on the next one."""
    out: list[Line] = []
    for line in lines:
        last = out[-1] if out and not out[-1].boxes and not line.boxes else None
        if last is None:
            out.append(line)
            continue
        cut = numbered(last.text)
        head = fold(cut.rest if 0 < cut.level < 3 else last.text).strip("●◆■★*·【】[]：:")
        sentence = 0 < cut.level < 3 and re.search(r"[，；]", line.text)  # 二、时间要求 above an order
        if head in DEADLINE_LABELS and sentence:
            out.append(line)
        elif head in _LABELS and fold(line.text) not in _LABELS and _answers(head, line.raw):
            raw = f"{head}：{line.raw.strip()}"
            out[-1] = replace(
                last,
                raw=raw,
                text=unblanked(raw),
                block=replace(last.block, text=f"{last.block.text} {line.block.text}"),
            )
        else:
            out.append(line)
    return out


_LONGEST_TIME, _LONGEST_NAME = 30, 20
_SEVERAL, _REQUIREMENT = 2, 4  # labels that stand behind a requirement, and its fewest characters
_LABELS = frozenset((*ROLE_LABELS, *DEADLINE_LABELS))
_LONGEST = max(map(len, _LABELS))
_START = re.compile(r"(?:^|(?<=[ \t\u3000；;。]))(?=[\u3400-\u9fff])")


def _label_at(text: str, at: int) -> int:
    """Where the longest label that begins at `at` ends, blanks between its characters allowed; 0 without one."""
    word, end = "", 0
    for here in range(at, min(len(text), at + 2 * _LONGEST)):
        word += "" if text[here] in " \t\u3000" else text[here]
        if word in _LABELS:
            end = here + 1
        elif len(word) >= _LONGEST:
            break
    return end


def _with_colons(line: Line) -> Line | None:
    """牵头单位市财政局 as 牵头单位：市财政局, where labels without a colon open a line and units or a time follow each."""
    if line.boxes:
        return None
    starts = [m.start() for m in _START.finditer(line.raw)]
    marks = [(at, end) for at in starts if (end := _label_at(line.raw, at))]
    if not any(line.raw[end : end + 1] not in ("：", ":") for _, end in marks):
        return None  # every label has its colon
    before = line.raw[: marks[0][0]].strip("●◆■★*· \t\u3000") if marks else ""
    if not marks or (before and (len(marks) < _SEVERAL or len(before) < _REQUIREMENT)):
        return None
    ends = [at for at, _ in marks[1:]] + [len(line.raw)]
    parts = [
        (line.raw[at:end], line.raw[end:to].strip(" \t\u3000；;")) for (at, end), to in zip(marks, ends, strict=True)
    ]
    if not all(_answers(head, value) for head, value in parts):
        return None
    raw = " ".join([before] * bool(before) + [f"{head}：{value.lstrip('：:')}" for head, value in parts])
    return replace(line, raw=raw, text=unblanked(raw))


def _answers(head: str, value: str) -> bool:
    """Whether `value` is what a label asks for: a time, or names that are all built like units."""
    value = value.lstrip(":：").strip()
    if value[:1] in "（(〔【[":  # 责任单位（排在首位的为牵头单位） is a head with a remark
        return False
    if is_nothing(value):
        return bool(value)
    if fold(head) in DEADLINE_LABELS:
        return deadline_like(value) and len(value.split()) <= 2 and len(value) <= _LONGEST_TIME
    names = [name for group in groups_of(value) for name in read_names(group.words).units]
    return bool(names) and all(is_unit(name) and len(name) <= _LONGEST_NAME for name in names)
