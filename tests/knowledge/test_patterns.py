"""Patterns that wait: they read like compiled ones, and every one that waits in a module can be compiled."""

import importlib
import pkgutil
import re
from types import ModuleType

import pytest

import handlers
import knowledge
import scheduler
from knowledge.patterns import Unread, regex


def test_a_pattern_answers_like_the_compiled_one() -> None:
    waiting, compiled = regex(r"(?P<n>\d+)月", re.IGNORECASE), re.compile(r"(?P<n>\d+)月", re.IGNORECASE)
    text = "3月和11月"
    assert [m["n"] for m in waiting.finditer(text)] == [m["n"] for m in compiled.finditer(text)] == ["3", "11"]
    assert (waiting.sub("x", text), waiting.pattern, waiting.flags) == ("x和x", compiled.pattern, compiled.flags)


def test_a_pattern_that_cannot_be_read_says_so_when_used() -> None:
    with pytest.raises(re.error):
        regex("(").search("(")


def modules(package: ModuleType) -> list[ModuleType]:
    found = pkgutil.walk_packages(package.__path__, package.__name__ + ".")
    return [importlib.import_module(one.name) for one in found if not one.name.endswith(("ocr", "packed", "compiled"))]


def test_every_pattern_that_waits_in_a_module_can_be_compiled() -> None:
    waiting = [
        value
        for package in (knowledge, scheduler, handlers)
        for module in modules(package)
        for value in vars(module).values()
        if isinstance(value, Unread)
    ]
    assert len(waiting) > 200
    assert all(one.pattern for one in waiting)
