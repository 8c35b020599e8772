"""What is read from a printed .pdf is what is read from the .docx it was printed from."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

import pytest

from knowledge.model import Assignment, Draft
from knowledge.parsing import parse
from knowledge.reading import Reading, read

TESTS = Path(__file__).resolve().parents[2]
PAGES = TESTS / "golden" / "pages"


def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_pages", PAGES / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MAKE = maker()
SHOWS_CHANGES = {
    "word-features"
}  # printed with deleted words in it: another text than the file's with all changes accepted
SOURCES: Mapping[str, Path] = {
    path.stem: path for path in MAKE.SOURCES if (PAGES / f"{path.stem}.pdf").exists() and path.stem not in SHOWS_CHANGES
}


def pdf(name: str) -> Reading:
    return read((PAGES / f"{name}.pdf").read_bytes(), f"{name}.pdf")


def docx(name: str, folder: Path) -> Reading:
    path = SOURCES.get(name, folder / f"{name}.docx")
    if name in MAKE.WRITTEN:
        MAKE.WRITTEN[name](path)
    return read(path.read_bytes(), path.name)


def assignments(reading: Reading) -> list[tuple[object, ...]]:
    draft: Draft = parse(reading, "甲", "0" * 64)
    return [_told(one) for one in draft.assignments]


def _told(one: Assignment) -> tuple[object, ...]:
    slots = tuple(deadline.text for deadline in one.deadlines)
    return one.number, one.printed_number, one.section, one.text, one.duties, slots


def rows(reading: Reading) -> list[tuple[str, ...]]:
    return [tuple(cell.text for cell in block.cells) for block in reading.blocks if block.cells]


def _daily(name: str) -> object:
    """One long table is enough for every day."""
    more = name in MAKE.WRITTEN and name != "long-table"
    return pytest.param(name, marks=pytest.mark.thorough) if more else name


# Each file is read once: reading seven pages takes seconds.
@pytest.mark.parametrize("name", [_daily(name) for name in (*SOURCES, *MAKE.WRITTEN)])
def test_a_printed_plan_is_read_like_its_word_file_and_loses_no_character(name: str, tmp_path: Path) -> None:
    reading, word = pdf(name), docx(name, tmp_path)
    assert assignments(reading) == assignments(word)
    assert sorted(characters(reading)) == printed(name)
    if name in MAKE.WRITTEN:
        assert_one_table(reading, word)
    if name == "long-table":
        assert_merged_over_pages(reading)
        assert_heads_and_numbers_stand_apart(reading)


def assert_one_table(reading: Reading, word: Reading) -> None:
    """A table over seven pages is one table, cell for cell."""
    assert {block.place.page for block in reading.blocks} == set(range(1, 8))
    assert {block.table for block in reading.blocks} == {0, 1}
    assert rows(reading) == rows(word)


def assert_merged_over_pages(reading: Reading) -> None:
    """Cells merged over a page break refer to the page where they begin."""
    merged = [cell for block in reading.blocks for cell in block.cells if cell.merged_from]
    over = [cell for cell in merged if cell.merged_from and cell.merged_from.page != cell.place.page]
    assert {cell.text for cell in over} >= {"民生服务", "城市治理"}


def assert_heads_and_numbers_stand_apart(reading: Reading) -> None:
    """Page numbers and running heads are no text, but are accounted for."""
    apart = [(passage.place.page, passage.text) for passage in reading.furniture]
    assert [page for page, text in apart if text == "云溪市重点工作任务汇编"] == [2, 3, 4, 5, 6, 7]
    assert reading.blocks[0].text == "云溪市重点工作任务汇编"  # on the first page it may as well be a title
    assert [text for _, text in apart if text.startswith("—")] == [f"— {n} —" for n in range(1, 8)]
    assert [page for page, text in apart if text == "任务类别"] == [2, 3, 4, 5, 6, 7]


def printed(name: str) -> list[str]:
    """Every character of a file, sorted, by pdfplumber: an independent reader."""
    import pdfplumber

    with pdfplumber.open(PAGES / f"{name}.pdf") as file:
        return sorted("".join(char["text"] for page in file.pages for char in page.chars if char["text"].strip()))


def characters(reading: Reading) -> str:
    """Every character that stands in a block or in the furniture."""
    own = [block.text or "".join(cell.text for cell in block.cells if not cell.merged_from) for block in reading.blocks]
    return "".join("".join([*own, *(passage.text for passage in reading.furniture)]).split())
