"""The daily share of the fuzzing (`make fuzz`): a few damaged files of every kind are read or refused, nothing else."""

from __future__ import annotations

import random

import pytest

from knowledge.model import ReadingError
from knowledge.reading import READERS, read
from tests.knowledge.reading.mutations import SLOW, mutated, seeds


def test_every_kind_that_is_read_has_a_valid_file_to_damage() -> None:
    assert set(READERS) - SLOW <= set(seeds())


@pytest.mark.parametrize("kind", seeds())
def test_damaged_files_are_read_or_refused_in_one_sentence(kind: str) -> None:
    dice = random.Random(kind)
    said = [outcome(*mutated(kind, dice)) for _ in range(12)]
    assert [line for line in said if "\n" in line or not line.startswith(("无法读取“", "读"))] == []


def outcome(name: str, data: bytes) -> str:
    """What reading says: a refusal, or how many blocks there are."""
    try:
        return f"读到{len(read(data, name).blocks)}段"
    except ReadingError as error:
        return str(error)
