"""Nothing silently dropped: every clause of every fixture is filed, quoted, listed as unread, or has a role of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.knowledge.parsing.accounting import lost
from tests.knowledge.parsing.documents import draft_of, reading_of

ROOT = Path(__file__).resolve().parents[3]
SEEDS = ROOT.parent / "shared" / "seeds"
FOLDERS = [ROOT / "tests" / "golden" / "parsing", ROOT / "docs" / "样例", *([SEEDS] if SEEDS.is_dir() else [])]
DOCUMENTS = [p for folder in FOLDERS for p in sorted(folder.iterdir()) if p.suffix not in {".golden", ".md", ".py"}]
MARKDOWN = [p for p in sorted(FOLDERS[0].iterdir()) if p.suffix == ".md"]


@pytest.mark.parametrize("path", [*DOCUMENTS, *MARKDOWN], ids=lambda path: path.name)
def test_every_clause_of_a_document_turns_up(path: Path) -> None:
    assert lost(reading_of(path), draft_of(path)) == []
