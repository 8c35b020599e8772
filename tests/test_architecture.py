"""The house keeps its shape: imports, module sizes, function sizes, forbidden words, nothing foreign."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("bot", "handlers", "knowledge", "scheduler")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def sources() -> dict[str, str]:
    """Every module of the program by its path below the project, with its text."""
    paths = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    return {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in paths}


@cache
def module_of(name: str) -> ast.Module:
    return ast.parse(sources()[name])


@cache
def nodes(name: str) -> tuple[ast.AST, ...]:
    """Every statement of a module, also within others; expressions hold none that the house has rules for."""
    return tuple(_statements(module_of(name)))


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    for block in ("body", "orelse", "finalbody", "handlers", "cases"):
        for inner in getattr(node, block, ()):
            yield inner
            yield from _statements(inner)


@cache
def lengths() -> dict[str, int]:
    """How many lines each function has, by module and name."""
    found = [(name, node) for name in sources() for node in nodes(name) if isinstance(node, Function)]
    return {
        f"{name}:{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1 for name, node in found
    }


def test_packages_import_only_what_stands_left_of_them() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_a_module_is_one_noun_of_at_most_400_lines() -> None:
    assert [name for name, text in sources().items() if text.count("\n") > 400] == []


def test_a_function_fits_a_glance_and_most_are_under_ten_lines() -> None:
    assert [name for name, length in lengths().items() if length > 50] == []
    assert median(lengths().values()) < 10


def test_every_module_says_what_it_is_for() -> None:
    assert [name for name in sources() if not ast.get_docstring(module_of(name))] == []


FORBIDDEN = re.compile(r"(?:^|_)(?:task|job|manager|service|util|utils|helper|info)(?:s)?(?:$|_)", re.IGNORECASE)
LEGACY = {"unit_tasks"}  # an intent's name in the machine-readable contract


def test_names_keep_to_the_vocabulary() -> None:
    defined = [(name, n.name) for name in sources() for n in nodes(name) if isinstance(n, Function | ast.ClassDef)]
    words = {(name, own): re.sub(r"(?<=[a-z])(?=[A-Z])", "_", own) for name, own in defined}
    assert [at for at, word in words.items() if FORBIDDEN.search(word) and at[1] not in LEGACY] == []


TIME = re.compile(r"\b(?:datetime\.now|datetime\.utcnow|date\.today|time\.time|time\.monotonic)\(")


def test_only_the_clock_reads_time() -> None:
    assert [name for name, text in sources().items() if name != "bot/clock.py" and TIME.search(text)] == []


def test_no_error_is_swallowed() -> None:
    handlers = [(name, n) for name in sources() for n in nodes(name) if isinstance(n, ast.ExceptHandler)]
    silent = [(at, h) for at, h in handlers if h.type is None or all(isinstance(s, ast.Pass) for s in h.body)]
    assert [f"{name}:{handler.lineno}" for name, handler in silent] == []


def test_pins_hold_no_address() -> None:
    assert "://" not in (ROOT / "constraints.txt").read_text("utf-8")
