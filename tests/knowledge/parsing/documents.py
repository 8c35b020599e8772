"""The documents of every layout that are known by heart, each read once for all tests that look at it."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from knowledge.model import Draft
from knowledge.parsing import parse
from knowledge.reading import Reading, read

FOLDER = Path(__file__).resolve().parents[2] / "golden" / "parsing"
DOCUMENTS = tuple(sorted(path for path in FOLDER.iterdir() if path.suffix != ".golden"))


@cache
def reading_of(path: Path) -> Reading:
    """What is read of a file."""
    return read(path.read_bytes(), path.name)


@cache
def draft_of(path: Path) -> Draft:
    """What is understood of a file, without what an import adds."""
    return parse(reading_of(path), path.name, hashlib.sha256(path.read_bytes()).hexdigest())
