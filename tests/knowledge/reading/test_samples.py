"""The sample documents of docs/样例: what the generator writes is what is committed, and no kind of deadline is missing."""

from __future__ import annotations

import importlib.util
import re
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from knowledge.reading import Reading, read

DOCS = Path(__file__).resolve().parents[3] / "docs"
SAMPLES = sorted(path for path in (DOCS / "样例").iterdir() if path.suffix in (".docx", ".xlsx", ".txt"))


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generator", DOCS / "生成样例.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def reading(path: Path) -> Reading:
    return read(path.read_bytes(), path.name)


@cache
def words() -> str:
    blocks = [block for path in SAMPLES for block in reading(path).blocks]
    return "\n".join(text for block in blocks for text in (block.text, *(cell.text for cell in block.cells)))


def test_the_generator_writes_the_committed_files_again(tmp_path: Path) -> None:
    generator().main(tmp_path)
    written = sorted(tmp_path.iterdir())
    assert [path.name for path in written] == [path.name for path in SAMPLES if path.suffix != ".txt"]
    for path in written:
        assert reading(path) == reading(DOCS / "样例" / path.name)


def test_the_notice_holds_twenty_numbered_rows_with_merged_cells() -> None:
    rows = [block.cells for path in SAMPLES if path.suffix == ".docx" for block in reading(path).blocks if block.cells]
    assert [row[0].text for row in rows] == ["序号", *map(str, range(1, 21))]
    assert sum(1 for row in rows for cell in row if cell.merged_from) == 19
    assert {len(row) for row in rows} == {6}


def test_the_ledger_keeps_its_legend_out_of_the_table_and_its_dates_as_printed() -> None:
    (path,) = (path for path in SAMPLES if path.suffix == ".xlsx")
    blocks = reading(path).blocks
    assert [bool(block.cells) for block in blocks] == [False, False] + [True] * 12
    assert [block.cells[6].text for block in blocks[4:6]] == ["2026年5月31日", "2026年9月30日"]
    assert blocks[10].cells[6].text == "2026年8月"


@pytest.mark.parametrize(
    "shape",
    [
        r"\d月底前", r"2026年\d+月\d+日", r"年底前", r"每季度", r"每月\d+日前", r"每半年", r"上半年", r"第三季度",
        r"印发后\d+个工作日内", r"收到.*\d+个工作日内", r"汛期前", r"全年工作", r"持续推进", r"长期",
        r"\d+月底前.*；\d+月底前", r"\d月启动", r"2027年1月31日前", r"每周五",
    ],
)  # fmt: skip
def test_every_class_of_deadline_is_there(shape: str) -> None:
    assert re.search(shape, words())


def test_poverty_relief_has_one_lead() -> None:
    rows = [block for path in SAMPLES for block in reading(path).blocks if any("扶贫" in c.text for c in block.cells)]
    assert [row.cells[3].text for row in rows] == ["市农业农村局"]
