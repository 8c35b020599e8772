"""The characters of a PDF page as words, by PDFium: turned as the page is held, with what nobody sees set apart."""

from __future__ import annotations

import ctypes
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import atan2, degrees, hypot, isfinite
from typing import Any

from knowledge.reading.leaf import CUT, Word, is_blank
from knowledge.reading.pdf_clips import is_cut_off
from knowledge.reading.radicals import unified

Box = tuple[float, float, float, float]
Turn = Callable[[float, float, float, float], tuple[float, float, float, float]]
"""(left, bottom, right, top) in the file's own system → (x0, top, x1, bottom) as the page is held."""

_UNPAINTED = (3, 7)  # text drawn without paint, or only as a clipping path
TINY = 2.0  # points
_PALE = 250  # of 255
_LOOSE = 0.35  # of the type size: a wider gap ends a word
ASKEW = 4.0  # degrees
ABOVE, BELOW = 0.88, 0.12  # of the type size: where a Chinese character stands about its baseline
_OTHER_SIZE = 0.2  # of the type size: characters that differ by more are another word
_TIGHT = 0.14  # of the type size: a narrower gap is never a blank
_HYPHEN = "\x02"  # what PDFium makes of a hyphen at the end of a line
_BREAKS = frozenset(("\x00", "\n", "\r", ""))
_SPACES = frozenset(" \u00a0\u3000")


@dataclass(slots=True)
class Printed:
    """What a page holds: words to read, words set askew, words that nobody sees, and pale ones that only some do."""

    words: list[Word] = field(default_factory=list)
    slanted: list[Word] = field(default_factory=list)
    unseen: list[Word] = field(default_factory=list)
    pale: list[Word] = field(default_factory=list)
    directions: Counter[int] = field(default_factory=Counter)
    """Quarter turns against the page, counter-clockwise → how many characters run that way."""


@dataclass(frozen=True, slots=True)
class _Style:
    """What all characters of one text object have in common; `kind` names a list of Printed.

    `baseline` is the height of the line upright characters stand on; the boxes of many fonts are far too high.
    """

    kind: str
    size: float
    direction: int
    baseline: float = 0.0


def turned(quarter: int, left: float, bottom: float, right: float, top: float) -> Turn:
    """How boxes move when the page with these limits is turned clockwise by so many quarters."""
    if quarter == 1:
        return lambda x0, y0, x1, y1: (y0 - bottom, x0 - left, y1 - bottom, x1 - left)
    if quarter == 2:
        return lambda x0, y0, x1, y1: (right - x1, y0 - bottom, right - x0, y1 - bottom)
    if quarter == 3:
        return lambda x0, y0, x1, y1: (top - y1, right - x1, top - y0, right - x0)
    return lambda x0, y0, x1, y1: (x0 - left, top - y1, x1 - left, top - y0)


def printed_on(text_page: Any, quarter: int, turn: Turn, width: float, height: float) -> Printed:
    """The words of a page turned by `quarter`; `width` and `height` are its size after that."""
    import pypdfium2.raw as pdfium

    found = Printed()
    gathered = _Gathered(found, width, height)
    box = pdfium.FS_RECTF()
    styles = _Styles(text_page, quarter, turn)
    loose, owner, address_of = pdfium.FPDFText_GetLooseCharBox, pdfium.FPDFText_GetTextObject, ctypes.addressof
    last, style = None, _Style("unseen", 1.0, 0)
    for at, character in enumerate(_characters(text_page)):
        if character in _BREAKS:
            continue
        if character in _SPACES:
            if not pdfium.FPDFText_IsGenerated(text_page, at):
                loose(text_page, at, box)
                gathered.space(*turn(box.left, box.bottom, box.right, box.top))
            continue
        handle = owner(text_page, at)
        address = address_of(handle.contents) if handle else None
        if address != last:
            last, style = address, styles.of(at, handle)
        loose(text_page, at, box)
        gathered.take(character, *turn(box.left, box.bottom, box.right, box.top), style)
    gathered.end()
    found.words = _respaced(found.words, gathered.astray)
    return found


def _characters(text_page: Any) -> Sequence[str]:
    """All characters of a page, the place of each in the text being its index for PDFium.

    A rare character that PDFium gives in two halves stands at the place of the first, nothing at that of the second.
    """
    import pypdfium2.raw as pdfium

    count = pdfium.FPDFText_CountChars(text_page)
    buffer = (ctypes.c_ushort * (count + 1))()
    units = pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    text = bytes(buffer)[: 2 * max(units - 1, 0)].decode("utf-16-le", "replace")
    if len(text) == count:
        return text
    found = [chr(pdfium.FPDFText_GetUnicode(text_page, at)) for at in range(count)]
    for at in range(count - 1):
        if "\ud800" <= found[at] < "\udc00" <= found[at + 1] < "\ue000":
            halves = found[at] + found[at + 1]
            found[at : at + 2] = halves.encode("utf-16-le", "surrogatepass").decode("utf-16-le"), ""
    return found


def _respaced(words: list[Word], blanks: Sequence[Box]) -> list[Word]:
    """The words with the blanks that their file keeps elsewhere but that fall between two of their characters."""
    out = list(words)
    for x0, top, x1, bottom in blanks:
        place, height = (x0 + x1) / 2, (top + bottom) / 2
        for at, word in enumerate(out):
            if word.edges and word.x0 < place < word.x1 and word.top < height < word.bottom:
                out[at] = _spaced(word, place)
                break
    return out


def _spaced(word: Word, place: float) -> Word:
    after = bisect_left(word.edges, place)
    if not 0 < after < len(word.edges) or " " in word.text[after - 1 : after + 1]:
        return word
    text = f"{word.text[:after]} {word.text[after:]}"
    return word._replace(text=text, edges=(*word.edges[:after], place, *word.edges[after:]))


class _Styles:
    """Asks PDFium how the characters of one text object are printed; what it fills in is used over and over."""

    def __init__(self, text_page: Any, quarter: int, turn: Turn) -> None:
        import pypdfium2.raw as pdfium

        self.pdfium, self.text_page, self.quarter, self.turn = pdfium, text_page, quarter, turn
        self.matrix = pdfium.FS_MATRIX()
        self.x, self.y = ctypes.c_double(), ctypes.c_double()
        self.colour = tuple(ctypes.c_uint() for _ in range(4))

    def of(self, at: int, handle: Any) -> _Style:
        """The style of the character at this index and of all that share its text object."""
        pdfium, matrix = self.pdfium, self.matrix
        pdfium.FPDFText_GetMatrix(self.text_page, at, matrix)
        size = pdfium.FPDFText_GetFontSize(self.text_page, at) * (hypot(matrix.c, matrix.d) or 1.0)
        angle = degrees(atan2(matrix.b, matrix.a)) if matrix.b or matrix.a < 0 else 0.0
        pdfium.FPDFText_GetCharOrigin(self.text_page, at, self.x, self.y)
        baseline = self.turn(self.x.value, self.y.value, self.x.value, self.y.value)[1]
        if not isfinite(size + angle + baseline):  # a damaged matrix: printed nowhere on the page
            return _Style("unseen", 1.0, 0)
        direction = round(angle / 90)
        kind = "slanted" if abs(angle - 90 * direction) > ASKEW else self._seen(handle, size)
        return _Style(kind, size, (direction - self.quarter) % 4, baseline)

    def _seen(self, handle: Any, size: float) -> str:
        if handle is None or not handle:
            return "words"
        if size < TINY or self.pdfium.FPDFTextObj_GetTextRenderMode(handle) in _UNPAINTED or is_cut_off(handle):
            return "unseen"
        if not self.pdfium.FPDFPageObj_GetFillColor(handle, *self.colour):
            return "words"
        red, green, blue, alpha = (part.value for part in self.colour)
        return "unseen" if not alpha else "pale" if min(red, green, blue) >= _PALE else "words"


class _Gathered:
    """Puts characters together into words as they come, for a page of this size."""

    def __init__(self, found: Printed, width: float, height: float) -> None:
        self.found, self.width, self.height = found, width, height
        self.characters: list[str] = []
        self.edges: list[float] = []
        self.x0 = self.top = self.x1 = self.bottom = 0.0
        self.style = _Style("unseen", 1.0, 0)
        self.blank: Box | None = None
        self.astray: list[Box] = []

    def take(self, character: str, x0: float, top: float, x1: float, bottom: float, style: _Style) -> None:
        """One more character; begins a new word where it does not stand right behind the last one."""
        gap = x0 - self.x1
        characters = self.characters
        if (
            characters
            and style is self.style
            and -_LOOSE * style.size < gap < _LOOSE * style.size
            and not style.direction
        ):
            if self.blank or (gap > _TIGHT * style.size and is_blank(characters[-1], character, gap / style.size)):
                self._add_blank()
        elif characters and self._goes_on(gap, style):
            if self.blank or is_blank(characters[-1], character, gap / style.size):
                self._add_blank()
        else:
            self.end()
            self.x0, self.top, self.bottom, self.style = x0, top, bottom, style
        self.characters.append(character)
        self.edges.append(x0)
        self.x1 = x1
        if style.direction:
            self.x0, self.top = min(self.x0, x0), min(self.top, top)
            self.x1, self.bottom = max(self.x1, x1), max(self.bottom, bottom)

    def _add_blank(self) -> None:
        self.characters.append(" ")
        self.edges.append(self.x1)
        self.blank = None

    def _goes_on(self, gap: float, style: _Style) -> bool:
        own = self.style
        if style.direction or own.direction:
            return style is own
        size = max(style.size, own.size)
        if abs(style.size - own.size) > _OTHER_SIZE * size:
            return False
        level = abs(style.baseline - own.baseline) < 0.5 * size
        return style.kind == own.kind and level and -0.5 * size < gap < (CUT if self.blank else _LOOSE) * size

    def space(self, x0: float, top: float, x1: float, bottom: float) -> None:
        """A blank that the file holds; some writers put them far from where they stand."""
        if self.characters and abs(x0 - self.x1) < 0.5 * self.style.size and top < self.bottom and bottom > self.top:
            self.blank = (x0, top, x1, bottom)
        else:
            self.astray.append((x0, top, x1, bottom))

    def end(self) -> None:
        """The word is complete."""
        if self.characters:
            style = self.style
            self.found.directions[style.direction] += len(self.characters)
            text = unified("".join(self.characters).replace(_HYPHEN, "-"))
            straight = not style.direction and len(text) == len(self.characters)
            top, bottom = self.top, self.bottom
            if not style.direction:
                top, bottom = style.baseline - ABOVE * style.size, style.baseline + BELOW * style.size
            inside = -1 < self.x0 + self.x1 < 2 * self.width + 1 and -1 < top + bottom < 2 * self.height + 1
            edges = tuple(self.edges) if straight else ()
            word = Word(text, self.x0, top, self.x1, bottom, style.size, edges)
            getattr(self.found, style.kind if inside else "unseen").append(word)
        if self.blank:
            self.astray.append(self.blank)
        self.characters, self.edges, self.blank = [], [], None
