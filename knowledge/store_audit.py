"""核验: whether the ledger on disk is what was written, line by line, and where it first is not."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.chain import AFTER, BLANKED, CHAIN, beginning, link
from knowledge.store_count import Counts
from knowledge.store_files import json_bytes, refusal
from knowledge.store_ledger import PATTERN, proper_line


@dataclass(frozen=True, slots=True)
class Break:
    """The first line of a file that is not as it was written: its `line` (from 1) and why, in a Chinese phrase."""

    file: str
    line: int
    why: str


@dataclass(frozen=True, slots=True)
class Audited:
    """核验结果. `lines` were proved; `unproved` stand in front of the first that carries a hash, as older programs wrote them, and
    cannot have been changed since then. `blanked` lines have lost personal words on purpose. `head` is the hash of the last line,
    which proves all before it to whoever noted it; `heads` are all hashes."""

    files: int = 0
    lines: int = 0
    unproved: int = 0
    blanked: int = 0
    head: str = ""
    breaks: tuple[Break, ...] = ()
    heads: frozenset[str] = frozenset()


def audit(home: Path) -> Audited:
    """Read every file of the ledger in `home` and recompute its chain. Raises StoreError when a file cannot be read."""
    heads: set[str] = set()
    found = Audited()
    counts = Counts()
    for path in sorted(home.glob(PATTERN)):
        try:
            content = path.read_bytes()
        except OSError as error:
            raise refusal("读取台账", path, error) from error
        found = _with_file(found, _File(path.name, content, counts.read(path)), heads)
    gone = tuple(Break(path.name, 1, "整个文件不见了") for path in counts.missing(home))
    return Audited(
        found.files, found.lines, found.unproved, found.blanked, found.head, (*found.breaks, *gone), frozenset(heads)
    )


@dataclass(slots=True)
class _File:
    """One file while it is read; `at` is the byte behind the lines proved so far."""

    name: str
    content: bytes
    expected: int
    head: str = ""
    at: int = 0
    lines: int = 0
    unproved: int = 0
    blanked: int = 0

    def proved(self, earlier: set[str]) -> Iterator[str]:
        """The hashes of its lines, one by one. Raises _Broken at the first line that is not as it was written."""
        for raw in self._lines():
            line = _parsed(raw)
            if CHAIN not in line:
                if self.head:
                    raise _Broken("没有校验码，而上一行有")
                self.unproved += 1
            else:
                self._prove(line, earlier)
                yield self.head
            self.at += len(raw) + 1
        if self.lines + self.unproved < self.expected:
            raise _Broken(f"此处起少了{self.expected - self.lines - self.unproved}条")

    def _lines(self) -> Iterator[bytes]:
        *whole, last = self.content.split(b"\n")
        yield from whole
        if last:
            raise _Broken("最后一行不完整（写入时中断，或被截短）")

    def _prove(self, line: Mapping[str, Any], earlier: set[str]) -> None:
        if not self.head:
            self.head = beginning(self.name, self.content[: self.at])
            if earlier and line.get(AFTER) not in earlier:
                raise _Broken("没有接在上一年的台账之后")
        if line[CHAIN] != _link(line, self.head):
            raise _Broken("内容或次序与校验码不符")
        self.head = line[CHAIN]
        self.lines += 1
        self.blanked += BLANKED in line


class _Broken(Exception):
    """A line is not as it was written; the message is a Chinese phrase."""


def _with_file(found: Audited, file: _File, heads: set[str]) -> Audited:
    """What is known after one more file; its hashes go into `heads`."""
    breaks: tuple[Break, ...] = ()
    own: set[str] = set()
    try:
        own.update(file.proved(heads))
    except _Broken as broken:
        breaks = (Break(file.name, file.lines + file.unproved + 1, str(broken)),)
    heads |= own
    return Audited(
        found.files + 1,
        found.lines + file.lines,
        found.unproved + file.unproved,
        found.blanked + file.blanked,
        file.head if file.lines else found.head,
        (*found.breaks, *breaks),
    )


def _parsed(raw: bytes) -> dict[str, Any]:
    try:
        line = json.loads(raw)
    except (ValueError, RecursionError):
        raise _Broken("不是一条完整的记录") from None
    if not isinstance(line, dict) or not proper_line(dict(line)):
        raise _Broken("不是一条台账记录")
    # A hash is over what a line says; that it is said in our own hand leaves no byte free.
    if CHAIN in line and json_bytes(line) != raw:
        raise _Broken("写法不是本程序写下的")
    return line


def _link(line: Mapping[str, Any], head: str) -> str:
    try:
        return link(line, head)
    except (KeyError, TypeError, AttributeError, ValueError):
        return ""
