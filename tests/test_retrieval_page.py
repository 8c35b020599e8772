"""The page on the comparison of engines is written by the comparison itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.retrieval_page import BEGINS, ENDS, PAGE, save, written

KINDS = {"plain": 0.9, "pinyin": 0.75}


def figures(engine: str, p50: float, asked: int = 100) -> dict[str, object]:
    return {
        "engine": engine, "rows": 1_000_000, "asked": asked, "top1": 0.8, "top5": 0.9, "kinds": KINDS, "p50": p50,
        "p99": 9.0, "plain50": 1.5, "build": 60.0, "memory": 900.0,
    }  # fmt: skip


def test_the_figures_take_the_place_of_the_last_ones_and_nothing_else(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"前文\n\n{BEGINS}\n\n旧表\n\n{ENDS}\n\n后文\n", encoding="utf-8")
    found = [figures("qiantou[large]", 2.0), figures("tantivy", 0.5), figures("rapidfuzz WRatio", 4_000.0, asked=9)]
    save(found, "2核的机器", page)
    text = page.read_text(encoding="utf-8")
    assert text == f"前文\n\n{BEGINS}\n\n{written(found, '2核的机器')}\n\n{ENDS}\n\n后文\n"
    assert (
        "| 1,000,000 | tantivy | 0.900 | – | – | 0.750 | – | 0.900 | 0.50 | 9.00 | 0.25 | 1.50 | 60.0 | 900 |" in text
    )
    assert (
        "- tantivy：耗时是我们的0.25倍，首个答对80.0%\n- rapidfuzz WRatio：耗时是我们的2000.00倍，只来得及答9问" in text
    )


def test_the_manual_has_room_for_the_figures_and_a_page_without_is_refused(tmp_path: Path) -> None:
    assert BEGINS in PAGE.read_text(encoding="utf-8").partition(ENDS)[0]
    (tmp_path / "page.md").write_text("没有地方", encoding="utf-8")
    with pytest.raises(ValueError, match="no place"):
        save([], "", tmp_path / "page.md")
