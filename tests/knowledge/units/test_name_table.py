"""Our own table of names as people write them: the share that is understood must not fall."""

from __future__ import annotations

from benchmarks.unit_names import city, rows, scores
from knowledge.units import UnitBook


def test_names_as_people_write_them_are_understood() -> None:
    told, wrong = scores(UnitBook.of(city()))
    marks = [mark for kind in told.values() for mark in kind]
    assert len(marks) == len(rows()) >= 600
    assert sum(marks) >= 0.99 * len(marks), wrong


def test_ordinary_topics_name_nobody() -> None:
    told, wrong = scores(UnitBook.of(city()))
    assert all(told["无关"]), wrong
