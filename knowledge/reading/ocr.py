"""Characters in images, by rapidocr and onnxruntime: offline, the models are part of the package. The extra is optional.

Where text stands is told on a small image, what it says on the sharp one: each is best at its own size.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from knowledge.reading.refusal import refusal

if TYPE_CHECKING:
    from numpy import ndarray

    from knowledge.model import ReadingError

_NEEDED = ("rapidocr", "onnxruntime", "cv2", "numpy", "PIL")
_DETECTED = 1760  # pixels: the longer side on which text is looked for, 150 dots an inch on A4
_BEFORE, _LONGER = 0.2, 0.55  # of a line's height: so much is added before it, and behind it for the mark at its end
_NARROWER = 0.08  # of a line's height: so much less above and below is looked at the second time
_TALL = 1.6  # times as high as wide: characters below each other, or a page that lies on its side
_INSIDE = 0.7  # of a box: as much inside another one is the same text again


Walls = Sequence[tuple[float, float, float]]
"""Upright ruled lines: x, from y, to y."""


class Box(NamedTuple):
    """A rectangle of an image, in pixels."""

    x0: int
    y0: int
    x1: int
    y1: int

    @property
    def tall(self) -> bool:
        """Whether it is much higher than wide."""
        return self.y1 - self.y0 > _TALL * (self.x1 - self.x0)


class Seen(NamedTuple):
    """One recognised line: the box it stands in, its characters, the edges before, between and behind them, how certain
    each is."""

    box: Box
    text: str
    edges: tuple[float, ...]
    sure: tuple[float, ...]


def is_there() -> bool:
    """Whether the extra is installed. rapidocr does not ask for onnxruntime and fails only at its first image."""
    return all(find_spec(module) is not None for module in _NEEDED)


def missing(name: str, what: str) -> ReadingError:
    """The refusal of an image where nothing is installed that reads it."""
    return refusal(name, f"{what}，里面没有文字", "请先安装识别组件：pip install 'qiantou[ocr]'，再重新导入")


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.max_side_len": 2 * _DETECTED,
            "Global.return_word_box": True,
            "EngineConfig.onnxruntime.intra_op_num_threads": 2,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def text_boxes(grey: ndarray) -> list[Box]:
    """Where lines of text stand on a level page, each once."""
    import cv2

    scale = _DETECTED / max(grey.shape)
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=method)
    found = _engine()(cv2.cvtColor(small, cv2.COLOR_GRAY2BGR), use_det=True, use_cls=False, use_rec=False).boxes
    boxes = [_around(corners, scale, grey.shape) for corners in (found if found is not None else ())]
    boxes.sort(key=lambda box: (box.x1 - box.x0) * (box.y1 - box.y0), reverse=True)
    kept: list[Box] = []
    for box in boxes:
        if box.x1 > box.x0 and box.y1 > box.y0 and not any(_overlap(box, other) > _INSIDE for other in kept):
            kept.append(box)
    return kept


def _around(corners: Any, scale: float, shape: tuple[int, ...]) -> Box:
    xs, ys = [float(x) / scale for x, _ in corners], [float(y) / scale for _, y in corners]
    return Box(
        max(0, int(min(xs))), max(0, int(min(ys))), min(shape[1], int(max(xs)) + 1), min(shape[0], int(max(ys)) + 1)
    )


def _overlap(box: Box, other: Box) -> float:
    """The part of `box` that lies inside `other`."""
    width = min(box.x1, other.x1) - max(box.x0, other.x0)
    height = min(box.y1, other.y1) - max(box.y0, other.y0)
    return max(0, width) * max(0, height) / ((box.x1 - box.x0) * (box.y1 - box.y0))


def parted(boxes: Iterable[Box], walls: Walls) -> Iterator[Box]:
    """The boxes cut where an upright line of a table goes through them."""
    for box in boxes:
        middle, nudge = (box.y0 + box.y1) / 2, 0.3 * (box.y1 - box.y0)
        cuts = sorted({int(x) for x, y0, y1 in walls if box.x0 + nudge < x < box.x1 - nudge and y0 < middle < y1})
        for x0, x1 in zip([box.x0, *cuts], [*cuts, box.x1], strict=True):
            yield box._replace(x0=x0, x1=x1)


def recognised(grey: ndarray, boxes: Sequence[Box], walls: Walls) -> Iterator[Seen]:
    """What stands in the boxes, in no particular order. Every line is read twice; where the readings differ, both doubt."""
    import cv2

    wide = [_roomier(box, boxes, walls, grey.shape) for box in boxes if not box.tall]
    sharp = [cv2.cvtColor(grey[box.y0 : box.y1, box.x0 : box.x1], cv2.COLOR_GRAY2BGR) for box in wide]
    soft = [cv2.GaussianBlur(crop[_trim(crop) : -_trim(crop)], (3, 3), 0) for crop in sharp]
    if not wide:
        return
    first, second = _engine().recognize_txt(sharp), _engine().recognize_txt(soft)
    views = zip(first.txts, first.word_results, second.txts, second.word_results, strict=True)
    for box, (text, info, other, other_info) in zip(wide, views, strict=True):
        seen = agreed(_seen(box, text, info), _seen(box, other, other_info))
        if seen is not None:
            yield seen


def _trim(crop: ndarray) -> int:
    """How many rows to leave out above and below: the model sees larger characters then."""
    return max(1, round(_NARROWER * int(crop.shape[0])))


def _roomier(box: Box, others: Sequence[Box], walls: Walls, shape: tuple[int, ...]) -> Box:
    """The box with room for a comma at its end, but not into its neighbours or over a ruled line."""
    height, middle = box.y1 - box.y0, (box.y0 + box.y1) / 2
    beside = [other for other in others if other is not box and other.y0 < middle < other.y1]
    lines = [x for x, y0, y1 in walls if y0 < middle < y1]
    left = max([0.0, *(o.x1 for o in beside if o.x1 <= box.x0 + 2), *(x for x in lines if x <= box.x0 + 2)])
    right = [float(shape[1]), *(o.x0 for o in beside if o.x0 >= box.x1 - 2), *(x for x in lines if x >= box.x1 - 2)]
    x0, x1 = max(box.x0 - _BEFORE * height, left), min(box.x1 + _LONGER * height, *right)
    return box._replace(x0=min(int(x0), box.x0), x1=max(int(x1), box.x1))


def _seen(box: Box, text: str, info: Any) -> Seen | None:
    """A line as the model decoded it: one column of its output for every character that it began."""
    columns = [column for word in info.word_cols for column in word]
    characters = [(c, sure) for c, sure in zip(text, info.confs, strict=False) if not c.isspace()]
    if not characters or len(characters) != len(columns) or not info.line_txt_len:
        return None
    step = (box.x1 - box.x0) / info.line_txt_len
    centres = [box.x0 + (column + 0.5) * step for column in columns]
    edges = [(a + b) / 2 for a, b in pairwise(centres)]
    half = (box.y1 - box.y0) / 3
    first = centres[0] - (edges[0] - centres[0] if edges else half)
    last = centres[-1] + (centres[-1] - edges[-1] if edges else half)
    text = "".join(character for character, _ in characters)
    return Seen(box, text, (max(first, float(box.x0)), *edges, last), tuple(sure for _, sure in characters))


def agreed(one: Seen | None, two: Seen | None) -> Seen | None:
    """Two readings of a line as one: what both say is as certain as the better of them, what only one says is not certain.

    Marks are an exception: models drop commas, they do not invent them.
    """
    if one is None or two is None or one.text == two.text:
        return one or two
    text, lefts, sure = "", list[float](), list[float]()
    for same, a, b, c, d in SequenceMatcher(None, one.text, two.text, autojunk=False).get_opcodes():
        better = one if same == "equal" or sum(one.sure[a:b]) >= sum(two.sure[c:d]) else two
        start, end = (a, b) if better is one else (c, d)
        text += better.text[start:end]
        lefts += better.edges[start:end]
        sure += [
            value if same == "equal" or (same != "replace" and _is_mark(character)) else 0.0
            for value, character in zip(better.sure[start:end], better.text[start:end], strict=True)
        ]
    return Seen(one.box, text, (*_rising(lefts), max(one.edges[-1], two.edges[-1])), tuple(sure))


def _rising(places: Sequence[float]) -> Iterator[float]:
    """Places that never go back: two readings see a character a little further left or right."""
    last = places[0] if places else 0.0
    for place in places:
        last = max(last, place)
        yield last


def _is_mark(character: str) -> bool:
    return unicodedata.category(character).startswith("P")
