"""Scans and photographs, read where the extra [ocr] is installed, and told apart from text where it is not."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

from knowledge.model import ReadingError
from knowledge.parsing import parse
from knowledge.reading import read
from knowledge.reading.ocr import Box, Seen, is_there
from knowledge.reading.scan import once
from knowledge.reading.slips import slips

GOLDENS = Path(__file__).resolve().parents[2] / "golden" / "pages"
PRINTED = "table-leader-column"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("6月20曰前", "曰"), ("9月未前完成", "未"), ("责仕单位：市财政局", "责仕"), ("配台单位", "配台"),
        ("币住建局", "币"),
        ("13月底前", "13"), ("7月32日前", "32"), ("1O月底前", "1O"),
    ],
)  # fmt: skip
def test_slips_in_the_words_an_assignment_stands_on_are_seen(text: str, wrong: str) -> None:
    assert [text[slip.start : slip.end] for slip in slips(text)] == [wrong]


@pytest.mark.parametrize(
    "text", ["6月20日前", "9月末前完成", "尚未完成", "责任单位：市财政局", "10月底前", "12月31日", "数字人民币试点"]
)
def test_what_is_printed_rightly_is_no_slip(text: str) -> None:
    assert list(slips(text)) == []


@pytest.mark.skipif(is_there(), reason="the extra [ocr] is installed")
def test_without_the_extra_a_picture_is_refused_with_what_to_install() -> None:
    with pytest.raises(ReadingError, match=r"这是图片.*qiantou\[ocr\]"):
        read(b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "扫描.png")


@pytest.mark.ocr
@pytest.mark.parametrize(("turn", "dots"), [(0.0, 200), (0.8, 170)], ids=["straight", "askew"])
def test_a_scanned_table_gives_the_assignments_of_the_printed_one_or_doubts(turn: float, dots: int) -> None:
    printed = parse(read((GOLDENS / f"{PRINTED}.pdf").read_bytes(), "甲.pdf"), "甲.pdf", "0" * 64)
    seen = parse(read(_scanned(GOLDENS / f"{PRINTED}.pdf", turn, dots), "甲.png"), "甲.png", "1" * 64)
    expected = {one.number: {(duty.unit, duty.role) for duty in one.duties} for one in printed.assignments}
    found = [one for one in seen.assignments if one.number in expected]
    assert len(found) >= 0.9 * len(expected)
    right = [one for one in found if {(duty.unit, duty.role) for duty in one.duties} == expected[one.number]]
    assert len(right) >= 0.8 * len(found)
    assert all(one.doubts for one in found if one not in right)


@pytest.mark.ocr
def test_a_picture_that_is_torn_is_refused_in_one_sentence() -> None:
    whole = _scanned(GOLDENS / f"{PRINTED}.pdf", 0.0, 60)
    with pytest.raises(ReadingError, match="图片不完整或已损坏"):
        read(whole[: len(whole) // 3], "甲.png")


def _scanned(file: Path, turn: float, dots: int) -> bytes:
    """The first page of a .pdf as a scanner would give it."""
    import pypdfium2
    from PIL import Image

    with pypdfium2.PdfDocument(file) as document:
        page = document[0].render(scale=dots / 72, grayscale=True).to_pil()
    out = BytesIO()
    page.rotate(turn, Image.Resampling.BICUBIC, expand=True, fillcolor=255).save(out, "PNG")
    return out.getvalue()


def test_a_character_that_two_boxes_show_at_one_place_is_read_once() -> None:
    cell = Seen(Box(0, 0, 90, 20), "县公安局", (0.0, 20.0, 40.0, 60.0, 80.0), (1.0,) * 4)
    beside = Seen(Box(55, 0, 140, 20), "局6月底", (62.0, 80.0, 100.0, 110.0, 130.0), (1.0,) * 4)
    sliver = beside._replace(text="局", edges=(62.0, 80.0), sure=(1.0,), box=Box(55, 0, 90, 20))
    assert [seen.text for seen in once([cell, sliver])] == ["县公安局"]
    longer = cell._replace(text="市、县公安局", edges=(-40.0, -20.0, 0.0, 20.0, 40.0, 60.0, 80.0), sure=(1.0,) * 6)
    assert [seen.text for seen in once([longer, beside])] == ["市、县公安局", "6月底"]
