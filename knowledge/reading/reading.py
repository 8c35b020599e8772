"""What reading a file gives: its kind and its blocks in reading order."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.model import Block, Doubt, Passage


@dataclass(frozen=True, slots=True)
class Reading:
    """The blocks of one file, in reading order, each with its place.

    `kind` is what the content really is (a key of READERS), whatever the name says. `doubts` tells what the reader
    met but could not take as it stands (a hidden sheet, a damaged character); blank lines make no blocks. `furniture` is
    what belongs to the pages and not to the text: page numbers, running heads and feet, repeated heads of tables, watermarks.
    """

    kind: str
    blocks: tuple[Block, ...]
    doubts: tuple[Doubt, ...] = ()
    furniture: tuple[Passage, ...] = ()
