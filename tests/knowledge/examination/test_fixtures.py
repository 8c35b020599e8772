"""All documents of the parser's own tests, examined: what is found in them was read by eye, and nothing else is found.

After a deliberate change: `python tests/knowledge/examination/test_fixtures.py` writes the list anew; read the difference.
"""

from __future__ import annotations

import hashlib
import random

import pytest

from knowledge.examination import Examination, Specimen, examine
from knowledge.model import Block
from knowledge.parsing import parse
from knowledge.reading.reading import Reading
from tests.knowledge.parsing import documents

LIST = documents.FOLDER.parent / "examination" / "parsing-fixtures.golden"
DOCUMENTS = {path.name: path for path in documents.DOCUMENTS}


def examination_of(reading: Reading) -> Examination:
    return examine(Specimen(parse(reading, "x", hashlib.sha256(repr(reading).encode()).hexdigest())))


def shown(name: str) -> list[str]:
    findings = examine(Specimen(documents.draft_of(DOCUMENTS[name]))).findings
    return [f"{name} {finding.code} {finding.at.where}" for finding in findings] or [f"{name} -"]


@pytest.mark.thorough
def test_nothing_else_is_found_in_documents_known_by_heart() -> None:
    wanted = LIST.read_text("utf-8").splitlines()
    known = dict.fromkeys(line.split()[0] for line in wanted)
    assert [line for name in known for line in shown(name)] == wanted


@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_document_is_examined_and_its_findings_name_places(seed: int) -> None:
    chance = random.Random(seed)
    for path in chance.sample(list(DOCUMENTS.values()), 12):
        reading = documents.reading_of(path)
        blocks = [block for block in reading.blocks if chance.random() > 0.15]
        blocks = [_cut(block, chance) if chance.random() < 0.1 else block for block in blocks]
        told = examination_of(Reading(reading.kind, tuple(blocks)))
        assert all(finding.at.where and finding.wrong and finding.advice for finding in told.findings)


def _cut(block: Block, chance: random.Random) -> Block:
    """A paragraph that lost a piece of itself; rows stay as they are."""
    if not block.text:
        return block
    at = chance.randrange(len(block.text))
    return Block(block.text[:at] + block.text[at + 3 :], block.place, heading=block.heading)


if __name__ == "__main__":
    LIST.write_text("\n".join(line for name in DOCUMENTS for line in shown(name)) + "\n", "utf-8")
