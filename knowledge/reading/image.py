"""Images of pages → blocks, by recognition. Needs the extra [ocr]; nothing is fetched, the models are part of the package."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from knowledge.model import Block, Doubt, Passage, Place
from knowledge.reading.layout import laid_out
from knowledge.reading.ocr import is_there, missing
from knowledge.reading.refusal import refusal
from knowledge.reading.scan import leaf_of, watched

MOST_PIXELS = 60_000_000
"""An A4 page at 600 dots an inch has 35 million; what claims more is a trap or a poster."""
MOST_FRAMES = 60
_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF")
_AGAIN = "请重新扫描或另存为 .png 后再导入"


def read_image(data: bytes, name: str) -> tuple[tuple[Block, ...], tuple[Doubt, ...], tuple[Passage, ...]]:
    """The blocks of an image, doubts about it and the furniture of its pages. Raises ReadingError."""
    if not is_there():
        raise missing(name, "这是图片")
    pages = list(_pages(data, name))
    leaves = [leaf_of(pages[number - 1], number) for number in watched(range(1, len(pages) + 1))]
    blocks, doubts, furniture = laid_out(leaves, name)
    said = "文字由识别得来，请对照原图核对"
    return blocks, (Doubt("pages-recognised", said, Place(page=1)), *doubts), furniture


def _pages(data: bytes, name: str) -> Iterator[Any]:
    """The frames of an image as grey arrays, none larger than a page can be."""
    import numpy
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as image:
            frames = getattr(image, "n_frames", 1)
            if frames > MOST_FRAMES:
                raise refusal(name, f"图片有 {frames} 页，超过 {MOST_FRAMES} 页", "请分成几份后再导入")
            for frame in ImageSequence.Iterator(image):
                if frame.width * frame.height > MOST_PIXELS:
                    raise refusal(name, "图片太大", "请缩小到每页不超过 6000 万像素后再导入")
                yield numpy.asarray(ImageOps.exif_transpose(frame).convert("L"))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise refusal(name, "图片不完整或已损坏", _AGAIN) from error
