"""The house keeps its shape: imports, module sizes, function sizes, forbidden words, nothing foreign."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("bot", "handlers", "knowledge", "scheduler")
SOURCES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
NAMES = [str(path.relative_to(ROOT)) for path in SOURCES]
Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(path: Path) -> list[Function]:
    return [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, Function)]


def length(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def test_packages_import_only_what_stands_left_of_them() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", SOURCES, ids=NAMES)
def test_a_module_is_one_noun_of_at_most_400_lines(path: Path) -> None:
    assert path.read_text("utf-8").count("\n") <= 400


@pytest.mark.parametrize("path", SOURCES, ids=NAMES)
def test_a_function_fits_a_glance(path: Path) -> None:
    assert [f"{f.name} {length(f)}" for f in functions(path) if length(f) > 50] == []


def test_the_median_function_is_under_ten_lines() -> None:
    assert median(length(f) for path in SOURCES for f in functions(path)) < 10


@pytest.mark.parametrize("path", SOURCES, ids=NAMES)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))


FORBIDDEN = re.compile(r"(?:^|_)(?:task|job|manager|service|util|utils|helper|info)(?:s)?(?:$|_)", re.IGNORECASE)


@pytest.mark.parametrize("path", SOURCES, ids=NAMES)
def test_names_keep_to_the_vocabulary(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    defined = [n.name for n in ast.walk(tree) if isinstance(n, Function | ast.ClassDef)]
    words = {name: re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name) for name in defined}
    assert [name for name, word in words.items() if FORBIDDEN.search(word) and name not in LEGACY] == []


LEGACY = {"unit_tasks"}  # an intent's name in the machine-readable contract


TIME = re.compile(r"\b(?:datetime\.now|datetime\.utcnow|date\.today|time\.time|time\.monotonic)\(")


@pytest.mark.parametrize(
    "path", [p for p in SOURCES if p != ROOT / "bot/clock.py"], ids=lambda p: str(p.relative_to(ROOT))
)
def test_only_the_clock_reads_time(path: Path) -> None:
    assert TIME.findall(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", SOURCES, ids=NAMES)
def test_no_error_is_swallowed(path: Path) -> None:
    handlers = [n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.ExceptHandler)]
    assert [h.lineno for h in handlers if h.type is None or all(isinstance(s, ast.Pass) for s in h.body)] == []


def test_pins_hold_no_address() -> None:
    assert "://" not in (ROOT / "constraints.txt").read_text("utf-8")
