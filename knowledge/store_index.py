"""Search indexes on disk: what was made once is opened by the next process and not made again.

An index can always be made again from the register, so a file that is missing, torn, damaged or of other rows is simply not
there, and a disk that takes none is no trouble. One file holds one index and bears the fingerprint of its rows as its name.
"""

from __future__ import annotations

import json
import logging
import mmap
import os
import sys
import zlib
from pathlib import Path
from typing import Any

from knowledge.search.mapped import KINDS, Arrays
from knowledge.store import StoreError
from knowledge.store_files import PRIVATE_FILE, discard, make_folder, sync_folder

# Raised when the meaning of the arrays or of the weights changes: what was saved before is then made again.
FORM = 2
# A home keeps so many indexes, the last ones made: assignments and passages, of the office and of some conversations.
KEPT = 8
# Larger files are mapped and not read.
_MAPPED = 2**25
_ALIGNED = 8
_MAGIC = b"qiantou-index "
_SUFFIX = ".index"

log = logging.getLogger(__name__)


class IndexFolder:
    """The folder of a home that holds its indexes. Nothing in it is worth a backup."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def opened(self, fingerprint: str) -> Arrays | None:
        """The index of the rows with this fingerprint, None where there is no whole one of this form."""
        return open_index(self._path(fingerprint))

    def keep(self, fingerprint: str, arrays: Arrays) -> None:
        """Save an index for the next process, if the disk takes it, and let go of the oldest."""
        try:
            make_folder(self._folder)
            save_index(self._path(fingerprint), arrays)
            for old in sorted(self._folder.iterdir(), key=lambda path: path.stat().st_mtime)[:-KEPT]:
                discard(old)
        except (OSError, StoreError) as error:
            log.info("the search index is not kept: %s", error)

    def _path(self, fingerprint: str) -> Path:
        return self._folder / f"{fingerprint}{_SUFFIX}"


def save_index(path: Path, arrays: Arrays) -> None:
    """Put `arrays` into the file at `path`; never half. Raises OSError."""
    parts = [getattr(arrays, name).cast("B") for name in KINDS]
    total = 0
    for part in parts:
        total = zlib.crc32(_padding(part), zlib.crc32(part, total))
    head = {"form": FORM, "order": sys.byteorder, "sum": total, "parts": list(map(len, parts))}
    line = _MAGIC + json.dumps(head).encode()
    # Two processes that make the same index at once write the same bytes.
    fresh = path.with_name(f".{path.name}.tmp")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE), "wb") as file:
            file.write(line + b" " * (-(len(line) + 1) % _ALIGNED) + b"\n")
            for part in parts:
                file.write(part)
                file.write(_padding(part))
            file.flush()
            os.fsync(file.fileno())
        os.replace(fresh, path)
        sync_folder(path.parent)
    except OSError:
        discard(fresh)
        raise


def _padding(part: memoryview) -> bytes:
    """What is missing to a whole number of steps, so that every array begins at one."""
    return b"\0" * (-len(part) % _ALIGNED)


def open_index(path: Path) -> Arrays | None:
    """What lies in the file at `path`, a large one mapped; None where there is no whole index of this form."""
    try:
        content = _content(path)
        line = bytes(content[: 2**12]).partition(b"\n")[0]
        if not line.startswith(_MAGIC):
            return None
        head = json.loads(line[len(_MAGIC) :])
        body = content[len(line) + 1 :]
        fits = head["form"] == FORM and head["order"] == sys.byteorder and head["sum"] == zlib.crc32(body)
        return _arrays(body, head["parts"]) if fits else None
    except (OSError, ValueError, LookupError, TypeError):
        return None


def _content(path: Path) -> memoryview:
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_size <= _MAPPED:
            return memoryview(file.read())
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def _arrays(body: memoryview, sizes: list[Any]) -> Arrays:
    found, start = {}, 0
    for (name, kind), size in zip(KINDS.items(), sizes, strict=True):
        found[name] = body[start : start + size].cast(kind)
        start += size + -size % _ALIGNED
    return Arrays(**found)
