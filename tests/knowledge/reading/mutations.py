"""Valid files of every kind the reader knows, and ways to damage them: what the fuzzing and its daily share draw from.

Seeds are the golden documents, so a new kind with a golden is fuzzed from its first day; beside them stand files by hand
with what no program here writes (fast saves, Excel 95). A damage reaches inside containers, so that it meets the readers.
"""

from __future__ import annotations

import functools
import random
import re
import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path

import olefile

from knowledge.reading.kind import recognise
from knowledge.reading.ole import SIGNATURE
from tests.knowledge.reading import ofdfile
from tests.knowledge.reading import office97 as old
from tests.knowledge.reading import office2003 as new

GOLDEN = Path(__file__).resolve().parents[2] / "golden"
LARGEST = 200_000
SLOW = frozenset({"image"})
"""Kinds that take seconds a file (recognition of characters): they have tests of their own."""

Dice = random.Random
Seed = tuple[str, bytes]
"""A file's name and its bytes."""


def _by_hand() -> Iterator[Seed]:
    edges = [0, 1000, 3000]
    lines = [old.Line("分工\r"), *(old.cell("任务"), old.cell("单位"), old.row_end(edges, [0x60, 0]))]
    yield "快存.doc", old.word97(lines, [old.Run(0, 1, b"\x00\x08\x01")], pieces=[(0, 2, 3, "utf-16-le"), (2, 12, 0, "utf-16-le")], lists=[b"\x3c\x08\x01"], flags=4)  # fmt: skip
    text = "市财政局".encode("gbk")
    cells = [old.record(0x204, struct.pack("<HHHH", 0, at, 0, len(text)) + text) for at in range(3)]
    yield "旧.xls", old.workbook([old.record(0x42, b"\xa8\x03")], {"台账": cells}, version=0x0500)
    table = f"<w:tbl><w:tr>{new.tc('任务')}{new.tc('单位')}</w:tr><w:tr>{new.tc('修路')}{new.tc('甲局')}</w:tr></w:tbl>"
    yield "公文.doc", new.word2003(new.p("分工") + table)
    row = new.cell("String", "修路", MergeDown=1, MergeAcross=1) + new.cell("DateTime", "2026-08-01T00:00:00")
    yield "台账.xls", new.excel2003(f"<Row>{row}</Row><Row>{new.cell('Number', '3', Index=3)}</Row>")
    yield "平面.doc", new.flattened((GOLDEN / "parsing" / "word-features.docx").read_bytes())
    yield "表.csv", '序号,任务,牵头单位\r\n1,修路,市甲局\r\n2,"架桥\n植树",市乙局\r\n'.encode("gb18030")
    yield "方案.ofd", ofdfile.plan()
    yield "表.md", "# 分工\n\n| 任务 | 单位 |\n| --- | --- |\n| **修路** | 甲局 |\n".encode()


@functools.cache
def seeds() -> Mapping[str, Sequence[Seed]]:
    """Kind → its valid files. Kinds told by their content, as the reader does."""
    found: dict[str, list[Seed]] = {}
    documents = sorted(path for path in GOLDEN.rglob("*") if path.is_file() and path.suffix != ".golden")
    files = [(path.name, path.read_bytes()) for path in documents if path.stat().st_size <= LARGEST]
    for name, data in [*files, *_by_hand()]:
        found.setdefault(recognise(data, name), []).append((name, data))
    return {kind: some for kind, some in sorted(found.items()) if kind not in SLOW}


def mutated(kind: str, dice: Dice) -> Seed:
    """A file of this kind with some damage."""
    name, data = dice.choice(seeds()[kind])
    if data.startswith(b"PK") and dice.random() < 0.8:
        return name, _inside_zip(data, dice)
    if data.startswith(SIGNATURE) and dice.random() < 0.7:
        return name, _inside_ole(data, dice)
    return name, damaged(data, dice)


def damaged(data: bytes, dice: Dice) -> bytes:
    """The same bytes with a few damages."""
    for _ in range(dice.choice((1, 1, 1, 2, 4, 8))):
        if data:
            data = dice.choice(_DAMAGES)(data, dice)
    return data


def _flip(data: bytes, dice: Dice) -> bytes:
    at = dice.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << dice.randrange(8)]) + data[at + 1 :]


def _overwrite(data: bytes, dice: Dice) -> bytes:
    at = dice.randrange(len(data))
    value = dice.choice(
        (b"\0\0\0\0", b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\xff\xff", b"\0\x80", bytes([dice.randrange(256)]))
    )
    return data[:at] + value + data[at + len(value) :]


def _cut(data: bytes, dice: Dice) -> bytes:
    at = dice.randrange(len(data))
    return data[:at] + data[at + dice.choice((1, 2, 3, 17, 400)) :]


def _truncate(data: bytes, dice: Dice) -> bytes:
    return data[: dice.randrange(len(data))]


def _repeat(data: bytes, dice: Dice) -> bytes:
    at, length = dice.randrange(len(data)), dice.choice((1, 7, 60, 900))
    return data[:at] + data[at : at + length] * dice.choice((2, 2, 3, 50)) + data[at + length :]


def _move(data: bytes, dice: Dice) -> bytes:
    first, second, length = dice.randrange(len(data)), dice.randrange(len(data)), dice.choice((2, 8, 60))
    return data[:second] + data[first : first + length] + data[second + length :]


def _swell(data: bytes, dice: Dice) -> bytes:
    """A number in text made enormous: spans, counts, positions."""
    numbers = list(re.finditer(rb"(?<=[\"'=])\d{1,9}", data))
    if not numbers:
        return _flip(data, dice)
    chosen = dice.choice(numbers)
    value = dice.choice(
        (b"0", b"-1", b"65536", b"999999", b"2147483648", b"99999999999999999999", b"1e309", "９".encode())
    )
    return data[: chosen.start()] + value + data[chosen.end() :]


def _tag(data: bytes, dice: Dice) -> bytes:
    """An element lost, doubled or opened many times."""
    tags = list(re.finditer(rb"<[^<>]{1,200}>", data))
    if not tags:
        return _cut(data, dice)
    tag = dice.choice(tags)
    return data[: tag.start()] + tag[0] * dice.choice((0, 2, 300)) + data[tag.end() :]


_DAMAGES: Sequence[Callable[[bytes, Dice], bytes]] = (_flip, _overwrite, _cut, _truncate, _repeat, _move, _swell, _tag)


def _inside_zip(data: bytes, dice: Dice) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as whole, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        names = whole.namelist()
        chosen = dice.choice([name for name in names if name.endswith((".xml", ".rels"))] or names)
        for name in names:
            part = whole.read(name)
            copy.writestr(name, damaged(part, dice) if name == chosen else part)
    return out.getvalue()


def _inside_ole(data: bytes, dice: Dice) -> bytes:
    with olefile.OleFileIO(BytesIO(data)) as whole:
        streams = {"/".join(path): whole.openstream(path).getvalue() for path in whole.listdir()}
    content = [name for name in streams if name in ("WordDocument", "0Table", "1Table", "Data", "Workbook", "Book")]
    chosen = dice.choice(content or list(streams))
    return old.compound(streams | {chosen: damaged(streams[chosen], dice)})
