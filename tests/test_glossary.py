"""GLOSSARY.md and the code use the same words."""

from __future__ import annotations

import importlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "GLOSSARY.md").read_text("utf-8").splitlines()
    if line.startswith("| ") and not line.startswith(("| 中文", "| ---"))
]


def test_a_word_of_the_glossary_is_defined_where_it_says() -> None:
    assert [row[1] for row in ROWS if not hasattr(importlib.import_module(row[2]), row[1])] == []


def test_no_word_stands_twice() -> None:
    for column in (0, 1):
        words = [row[column] for row in ROWS]
        assert len(words) == len(set(words))


def test_every_value_of_the_model_is_in_the_glossary() -> None:
    model = importlib.import_module("knowledge.model")
    minor = {"Cell", "DeadlineKind", "Every", "Period", "ReadingError"}  # parts of a value that the table explains
    values = {
        name for name, value in vars(model).items() if isinstance(value, type) and value.__module__ == model.__name__
    }
    assert values - minor <= {row[1] for row in ROWS}
