"""Where indexes are kept between processes, and by which rows they are known."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from hashlib import blake2b
from importlib.util import find_spec
from typing import Protocol

from knowledge.normal import DATA
from knowledge.search.grams import CUT
from knowledge.search.held import Row
from knowledge.search.mapped import Arrays, MappedPostings, pack

# From so many rows on an index is read by compiled code, where numba is installed (the extra `large`).
LARGE = 20_000
# What decides beside the rows which arrays are made of them.
_TABLES = ("pinyin.txt", "traditional.txt")


class Shelf(Protocol):
    """Keeps indexes under the fingerprints of their rows. Never raises: what it does not have is made again."""

    def opened(self, fingerprint: str) -> Arrays | None:
        """The index of the rows with this fingerprint, as it was kept."""

    def keep(self, fingerprint: str, arrays: Arrays) -> None:
        """Keep an index for the next process."""


def on_shelf(rows: Sequence[Row], shelf: Shelf) -> MappedPostings:
    """The postings of `rows`: those kept on the `shelf`, or made now and kept there."""
    fingerprint = fingerprint_of(rows)
    arrays = shelf.opened(fingerprint)
    if arrays is None:
        arrays = packed(rows)
        shelf.keep(fingerprint, arrays)
    return postings(arrays)


def is_large(rows: int) -> bool:
    """Whether so many rows are read by compiled code, and can be."""
    return rows >= LARGE and find_spec("numba") is not None


def packed(rows: Sequence[Row]) -> Arrays:
    """The arrays of `rows`."""
    if not is_large(len(rows)):
        return pack(rows)
    from knowledge.search import packed as large

    return large.pack(rows)


def postings(arrays: Arrays) -> MappedPostings:
    """What reads `arrays` best."""
    if not is_large(len(arrays.key_ends)):
        return MappedPostings(arrays)
    from knowledge.search.packed import PackedPostings

    return PackedPostings(arrays)


def fingerprint_of(rows: Sequence[Row]) -> str:
    """What tells these rows from others: their keys and all their words, in their order."""
    digest = blake2b(_tables(), digest_size=16)
    for row in rows:
        digest.update("\0".join((row.key, *(part for field in row.fields.items() for part in field), "\n")).encode())
    return digest.hexdigest()


@cache
def _tables() -> bytes:
    return bytes([CUT]) + b"".join(blake2b((DATA / name).read_bytes()).digest() for name in _TABLES)
