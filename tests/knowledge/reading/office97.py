"""Builders of binary office files in memory: the OLE container, and Word files with the details a test is about."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR = 512


def compound(streams: Mapping[str, bytes]) -> bytes:
    """An OLE container with these streams by path; each is padded with zeros to the size of an ordinary stream."""
    names = ["Root Entry"]
    for path in streams:
        steps = path.split("/")
        names += [p for n in range(1, len(steps)) if (p := "/".join(steps[:n])) not in names] + [path]
    contents = [streams[name].ljust(4096, b"\0") if name in streams else b"" for name in names]
    sectors: list[bytes] = []
    fat: list[int] = []

    def put(data: bytes) -> int:
        first = len(sectors)
        sectors.extend(data[at : at + _SECTOR].ljust(_SECTOR, b"\0") for at in range(0, len(data), _SECTOR))
        fat.extend([*range(first + 1, len(sectors)), _END])
        return first

    starts = [put(content) if content else _END for content in contents]
    entries = b"".join(_entry(names, number, contents[number], starts[number]) for number in range(len(names)))
    directory = put(entries.ljust(-(-len(entries) // _SECTOR) * _SECTOR, b"\0"))
    count = 1
    while (len(sectors) + count) * 4 > count * _SECTOR:
        count += 1
    table = [*fat, *[_FAT] * count]
    table += [_FREE] * (count * _SECTOR // 4 - len(table))
    where = list(range(len(sectors), len(sectors) + count))
    head = struct.pack("<8s16sHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, 0, count, directory, 0, 4096, _END, 0, _END, 0)  # fmt: skip
    head += struct.pack("<109I", *where, *[_FREE] * (109 - count))
    return head + b"".join(sectors) + struct.pack(f"<{len(table)}I", *table)


def _entry(names: Sequence[str], number: int, content: bytes, start: int) -> bytes:
    """A directory entry; the members of a storage hang in a chain from its first."""
    name = names[number]
    own = name.rpartition("/")[2].encode("utf-16-le") + b"\0\0"
    parent = name.rpartition("/")[0] if number else None

    def chain(of: str) -> list[int]:
        return [n for n, other in enumerate(names) if n and other.rpartition("/")[0] == of]

    kin = [] if parent is None else chain(parent)
    right = next((n for n in kin if n > number), _FREE)
    inside = chain("" if number == 0 else name)
    kind = 5 if number == 0 else 2 if content else 1
    return own.ljust(64, b"\0") + struct.pack(
        "<HBBIII16sIQQIQ", len(own), kind, 1, _FREE, right, inside[0] if inside else _FREE, b"", 0, 0, 0, start, len(content)
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a Word file: its words with their mark (\\r, or \\x07 at the end of a cell), and its modifiers."""

    words: str
    modifiers: bytes = b""
    style: int = 0


IN_TABLE = struct.pack("<HB", 0x2416, 1)
ROW_END = IN_TABLE + struct.pack("<HB", 0x2417, 1)


def row_end(edges: Sequence[int], flags: Sequence[int] = ()) -> Line:
    """The end of a row whose cells have these edges and TCGRF flags."""
    cells = b"".join(struct.pack("<H18x", flag) for flag in flags)
    operand = struct.pack("<B", len(edges) - 1) + struct.pack(f"<{len(edges)}h", *edges) + cells
    return Line("\x07", ROW_END + struct.pack("<HH", 0xD608, len(operand) + 1) + operand)


def cell(words: str) -> Line:
    return Line(words + "\x07", IN_TABLE)


@dataclass(frozen=True, slots=True)
class Run:
    """Characters from one position to another with modifiers of their own."""

    start: int
    end: int
    modifiers: bytes


def word97(
    lines: Sequence[Line],
    runs: Sequence[Run] = (),
    *,
    pieces: Sequence[tuple[int, int, int, str]] = (),
    lists: Sequence[bytes] = (),
    flags: int = 0,
    extra: Mapping[str, bytes] | None = None,
    structures: Mapping[int, bytes] | None = None,
) -> bytes:
    """A Word 97 file. `pieces` cuts the text anew: (first position, last position, prm, codec), default one of UTF-16;
    `lists` are the lists of modifiers that a prm names; `structures` by their place in FibRgFcLcb97; `flags` of the FIB."""
    text = "".join(line.words for line in lines)
    main = bytearray(2048)
    units = text.encode("utf-16-le")
    where: list[tuple[int, int, int]] = []
    for first, last, prm, codec in pieces or [(0, len(units) // 2, 0, "utf-16-le")]:
        data = (
            units[2 * first : 2 * last]
            if codec == "utf-16-le"
            else units[2 * first : 2 * last].decode("utf-16-le").encode(codec)
        )
        where.append((len(main), len(data) if codec != "utf-16-le" else 0, prm))
        main += data
    lengths = [
        size or last - first
        for (_, size, _), (first, last, _, _) in zip(where, pieces or [(0, len(units) // 2, 0, "")], strict=True)
    ]
    starts = [sum(lengths[:number]) for number in range(len(lengths) + 1)]
    table = bytearray(b"\0" * 4)
    placed: dict[int, tuple[int, int]] = {}

    def put(index: int, data: bytes) -> None:
        placed[index] = (len(table), len(data))
        table.extend(data)

    def offset(position: int) -> int:
        at = max(n for n in range(len(lengths)) if starts[n] <= position or n == 0)
        return where[at][0] + (position - starts[at]) * (1 if where[at][1] else 2)

    ends = [sum(len(line.words) for line in lines[: n + 1]) for n in range(len(lines))]
    bounds = [offset(0), *(offset(end - 1) + (1 if pieces and pieces[-1][3] != "utf-16-le" else 2) for end in ends)]
    put(13, _pages(main, bounds, [struct.pack("<H", line.style) + line.modifiers for line in lines], paragraphs=True))
    spans = sorted(runs, key=lambda run: run.start)
    cuts = sorted({0, len(text), *(r.start for r in spans), *(r.end for r in spans)})
    held = [next((r.modifiers for r in spans if r.start <= first < r.end), b"") for first in cuts[:-1]]
    put(12, _pages(main, [offset(cut) for cut in cuts], held, paragraphs=False))
    clx = b"".join(struct.pack("<BH", 1, len(one)) + one for one in lists)
    plc = struct.pack(f"<{len(starts)}I", *starts)
    plc += b"".join(struct.pack("<HIH", 0, at * 2 | 1 << 30 if size else at, prm) for at, size, prm in where)
    put(33, clx + struct.pack("<BI", 2, len(plc)) + plc)
    for index, data in (structures or {}).items():
        put(index, data)
    struct.pack_into("<HH6xH", main, 0, 0xA5EC, 0xC1, flags | 0x0200)
    struct.pack_into("<HxxxxH", main, 0x20, 14, 0)
    struct.pack_into("<I", main, 0x4C, starts[-1])
    for index, (at, length) in placed.items():
        struct.pack_into("<II", main, 0x9A + 8 * index, at, length)
    return compound({"WordDocument": bytes(main), "1Table": bytes(table), **(extra or {})})


def _pages(main: bytearray, bounds: Sequence[int], entries: Sequence[bytes], *, paragraphs: bool) -> bytes:
    """Formatted pages behind the text, one for each few entries, and the table that finds them."""
    main.extend(b"\0" * (-len(main) % _SECTOR))
    size, firsts, numbers = 13 if paragraphs else 1, [], []
    for at in range(0, len(entries), 4):
        some = entries[at : at + 4]
        page = bytearray(_SECTOR)
        struct.pack_into(f"<{len(some) + 1}I", page, 0, *bounds[at : at + len(some) + 1])
        end = _SECTOR - 2
        for number, entry in enumerate(some):
            if not entry:
                continue
            packed = (bytes([0, (len(entry) + 1) // 2]) if paragraphs else bytes([len(entry)])) + entry
            end = (end - len(packed)) & ~1
            page[end : end + len(packed)] = packed
            page[4 * (len(some) + 1) + size * number] = end // 2
        page[_SECTOR - 1] = len(some)
        firsts.append(bounds[at])
        numbers.append(len(main) // _SECTOR)
        main.extend(page)
    return struct.pack(f"<{len(firsts) + 1}I", *firsts, bounds[-1]) + struct.pack(f"<{len(numbers)}I", *numbers)


def record(kind: int, data: bytes = b"") -> bytes:
    """One record of a workbook."""
    return struct.pack("<HH", kind, len(data)) + data


def workbook(
    globals_: Sequence[bytes],
    sheets: Mapping[str, Sequence[bytes]],
    *,
    version: int = 0x0600,
    states: Sequence[int] = (),
    extra: Mapping[str, bytes] | None = None,
) -> bytes:
    """A binary workbook: the records of the book, and those of each sheet by title; 0x0500 is a book of Excel 95."""
    bof = record(0x0809, struct.pack("<HHIII", version, 5, 0, 0, 0))
    heads = []
    for number, title in enumerate(sheets):
        name = bytes([len(title), 1]) + title.encode("utf-16-le")
        if version != 0x0600:
            name = bytes([len(title.encode("gbk"))]) + title.encode("gbk")
        heads.append(struct.pack("<BB", states[number] if states else 0, 0) + name)
    size = len(bof) + sum(map(len, globals_)) + sum(8 + len(head) for head in heads) + 4
    bodies = [
        record(0x0809, struct.pack("<HHIII", version, 16, 0, 0, 0)) + b"".join(some) + record(0x0A)
        for some in sheets.values()
    ]
    starts = [size + sum(map(len, bodies[:number])) for number in range(len(bodies))]
    entries = [record(0x85, struct.pack("<I", start) + head) for start, head in zip(starts, heads, strict=True)]
    stream = bof + b"".join(globals_) + b"".join(entries) + record(0x0A) + b"".join(bodies)
    return compound({"Workbook" if version == 0x0600 else "Book": stream, **(extra or {})})


def label(row: int, column: int, text: str) -> bytes:
    """A cell that holds its text itself (BIFF8)."""
    return record(0x204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))


def shared(row: int, column: int, at: int) -> bytes:
    """A cell that shows one of the shared strings."""
    return record(0xFD, struct.pack("<HHHI", row, column, 0, at))


def strings(*pieces: bytes, count: int) -> bytes:
    """The shared strings of a workbook, cut into several records where `pieces` says."""
    first = struct.pack("<II", count, count) + pieces[0]
    return record(0xFC, first) + b"".join(record(0x3C, piece) for piece in pieces[1:])
