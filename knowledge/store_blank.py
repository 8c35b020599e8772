"""隐去: words about a person taken out of the ledger files, so that its chain still proves everything else."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.chain import CHAIN, PERSONAL, PERSONAL_DETAILS, blanked
from knowledge.store_files import json_bytes, refusal, write_whole
from knowledge.store_ledger import PATTERN


@dataclass(frozen=True, slots=True)
class Blanking:
    """What was blanked: `lines` in all. `older` lines tell of the person too, but were written without a hash of their own: they
    cannot be blanked without making all behind them unproved, and stay."""

    lines: int = 0
    older: int = 0


def blank_files(home: Path, terms: Collection[str]) -> Blanking:
    """Take what tells of `terms` out of every ledger file in `home`, each put in place whole. Raises StoreError."""
    lines = older = 0
    for path in sorted(home.glob(PATTERN)):
        try:
            content = path.read_bytes()
        except OSError as error:
            raise refusal("读取台账", path, error) from error
        rows = [_row(raw, terms) for raw in content.split(b"\n")]
        changed = sum(raw != new for raw, new, _ in rows)
        older += sum(old for _, _, old in rows)
        if changed:
            write_whole(path, b"\n".join(new for _, new, _ in rows))
        lines += changed
    return Blanking(lines, older)


def _row(raw: bytes, terms: Collection[str]) -> tuple[bytes, bytes, bool]:
    """A line as it is and as it will be, and whether it tells of the person and cannot be blanked."""
    try:
        line = json.loads(raw or b"null")
    except (ValueError, RecursionError):
        return raw, raw, False
    paths = list(_telling(line, terms)) if isinstance(line, dict) else []
    if not paths or CHAIN not in line:
        return raw, raw, bool(paths)
    return raw, json_bytes(blanked(line, paths)), False


def _telling(line: dict[str, Any], terms: Collection[str]) -> Iterator[str]:
    """Where a line tells of the person: a field that names him, and words that he said or that mention him."""
    mine = line.get("who") in terms
    for key in PERSONAL:
        held = line.get(key)
        if held in terms or (key == "words" and held and (mine or any(term in held for term in terms))):
            yield key
    details = line.get("details", {})
    for key in PERSONAL_DETAILS:
        held = details.get(key)
        several = list(held.values()) if isinstance(held, dict) else held if isinstance(held, list) else [held]
        if not {str(one) for one in several}.isdisjoint(terms):
            yield f"details.{key}"
