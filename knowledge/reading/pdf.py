"""PDF files → blocks. PDFium reads characters and lines; it runs no script and follows no link, and neither do we."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any

from knowledge.model import Block, Doubt, Passage, Place
from knowledge.reading.encoding import is_chinese
from knowledge.reading.layout import laid_out
from knowledge.reading.leaf import Leaf, Word
from knowledge.reading.limits import MAX_PAGES
from knowledge.reading.pdf_faces import lend_faces
from knowledge.reading.pdf_rules import Drawn, drawn_on
from knowledge.reading.pdf_words import Printed, Turn, printed_on, turned
from knowledge.reading.refusal import refusal
from knowledge.reading.remarks import attached, scripts, unseen

_AGAIN = "请重新下载或在 WPS、Acrobat 中打开后另存一份再导入"
_MOSTLY = 0.5  # of a page: a picture that covers as much is the scan of the page
_FEW = 20  # characters: beside the scan of a page only a stamp or a page number
_GARBLED = 0.2  # of the characters of a page without a meaning
_MEANINGLESS = ("Co", "Cc", "Cn", "Cs")
_A4 = (595.0, 842.0)
_DOTS, _LONGEST = 200, 4000  # dots an inch at which a scan is looked at; pixels of its longer side at most
_TAIL = 4096  # bytes: the end of a file says where its table of places is; some programs add a little behind it

Size = tuple[float, float]


_ONE_AT_A_TIME = Lock()  # PDFium is not safe for several threads at once


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page as it was found; `lacking` says why it cannot be read from its characters ("" where it can)."""

    leaf: Leaf
    lacking: str = ""
    hidden: str = ""


def read_pdf(data: bytes, name: str) -> tuple[tuple[Block, ...], tuple[Doubt, ...], tuple[Passage, ...]]:
    """The blocks of a file, doubts about it, and the furniture of its pages. Raises ReadingError."""
    with _ONE_AT_A_TIME, _opened(data, name) as document:
        sheets = [_sheet(document, number) for number in range(1, _count(document, name) + 1)]
        sheets = _recognised(document, sheets)
        doubts = _beside(document)
    doubts += [unseen(sheet.hidden, Place(page=sheet.leaf.number)) for sheet in sheets if sheet.hidden]
    doubts += unread(sheets, name)
    blocks, more, furniture = laid_out([sheet.leaf for sheet in sheets], name)
    return blocks, (*doubts, *more), furniture


@contextmanager
def _opened(data: bytes, name: str) -> Iterator[Any]:
    """The document, closed afterwards. Raises ReadingError for what PDFium cannot open."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    lend_faces()
    if b"startxref" not in data[-_TAIL:]:  # PDFium would mend it, without the pages that are lost
        raise refusal(name, "文件不完整，可能没有下载完", _AGAIN)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD:
            raise refusal(name, "文件设有打开密码", "请取消密码后重新保存再导入") from error
        raise refusal(name, "文件不完整或已损坏，可能没有下载完", _AGAIN) from error
    try:
        yield document
    finally:
        document.close()


def _count(document: Any, name: str) -> int:
    pages = len(document)
    if pages > MAX_PAGES:
        raise refusal(name, f"文件有 {pages} 页，超过 {MAX_PAGES} 页", "请只留任务分工的正文和表格后再导入")
    return pages


def _sheet(document: Any, number: int) -> Sheet:
    """One page; its handles are given back before the next one is opened."""
    import pypdfium2.raw as pdfium

    page = pdfium.FPDF_LoadPage(document.raw, number - 1)
    if not page:
        return Sheet(Leaf(number, *_A4), "broken")
    text_page = pdfium.FPDFText_LoadPage(page)
    try:
        return _read_page(page, text_page, number)
    finally:
        pdfium.FPDFText_ClosePage(text_page)
        pdfium.FPDF_ClosePage(page)


def _recognised(document: Any, sheets: list[Sheet]) -> list[Sheet]:
    """The sheets, with the scans among them recognised where the extra [ocr] is installed."""
    from knowledge.reading.ocr import is_there

    scans = [sheet.leaf.number for sheet in sheets if sheet.lacking == "scan"]
    if not scans:
        return sheets
    if not is_there():
        return [replace(sheet, lacking="unrecognised") if sheet.lacking == "scan" else sheet for sheet in sheets]
    from knowledge.reading.scan import leaf_of, watched

    pages = {number: leaf_of(_rendered(document, number), number) for number in watched(scans)}
    return [Sheet(pages[sheet.leaf.number], "recognised") if sheet.leaf.number in pages else sheet for sheet in sheets]


def _rendered(document: Any, number: int) -> Any:
    """The grey image of a page, sharp enough to be read and no larger than a page can be."""
    page = document[number - 1]
    try:
        scale = min(_DOTS / 72, _LONGEST / max(*page.get_size(), 1.0))
        return page.render(scale=scale, grayscale=True).to_numpy().squeeze()
    finally:
        page.close()


def _read_page(page: Any, text_page: Any, number: int) -> Sheet:
    import pypdfium2.raw as pdfium

    limits = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, limits)
    box = (limits.left, min(limits.bottom, limits.top), limits.right, max(limits.bottom, limits.top))
    quarter = max(0, pdfium.FPDFPage_GetRotation(page))
    printed, turn, size = _upright(text_page, quarter, box)
    drawn = drawn_on(page, turn)
    words, unseen = visible(printed, drawn)
    leaf = Leaf(number, *size, words, drawn.rules, printed.slanted)
    return judged(leaf, unseen, drawn)


def _upright(text_page: Any, quarter: int, box: tuple[float, float, float, float]) -> tuple[Printed, Turn, Size]:
    """The page turned until most of its characters stand upright."""
    for _ in range(2):
        width, height = box[2] - box[0], box[3] - box[1]
        size = (height, width) if quarter % 2 else (width, height)
        turn = turned(quarter, *box)
        printed = printed_on(text_page, quarter, turn, *size)
        aside = printed.directions.most_common(1)[0][0] if printed.directions else 0
        if not aside or printed.directions[aside] * 2 <= printed.directions.total():
            break
        quarter = (quarter + aside) % 4
    return printed, turn, size


def visible(printed: Printed, drawn: Drawn) -> tuple[list[Word], list[Word]]:
    """Words that a reader of the page sees, and those that nobody does; white letters need a dark ground."""
    words, unseen = list(printed.words), list(printed.unseen)
    for word in printed.pale:
        x, y = (word.x0 + word.x1) / 2, word.middle
        grounds = (*drawn.painted, *drawn.pictures)
        on_dark = any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in grounds)
        (words if on_dark else unseen).append(word)
    return words, unseen


def judged(leaf: Leaf, unseen: Sequence[Word], drawn: Drawn) -> Sheet:
    """Whether the characters of a page can be used, or the page is a picture, or its characters mean nothing."""
    written = "".join(word.text for word in leaf.words)
    layer = "".join(word.text for word in unseen)
    area = sum((x1 - x0) * (bottom - top) for x0, top, x1, bottom in drawn.pictures)
    if len(written) < _FEW and area >= _MOSTLY * leaf.width * leaf.height:
        if len(layer) < _FEW:
            return Sheet(leaf, "scan")
        recognised = [word._replace(sure=0.0) for word in (*leaf.words, *unseen)]
        return Sheet(replace(leaf, words=recognised), "layer")
    if _is_garbled(written):
        return Sheet(replace(leaf, words=()), "garbled")
    return Sheet(leaf, "", layer.strip())


def _is_garbled(text: str) -> bool:
    """Whether most characters of a page have no meaning: fonts without a map to Unicode."""
    lost = sum(1 for character in text if character == "\ufffd" or unicodedata.category(character) in _MEANINGLESS)
    return lost > _GARBLED * len(text) or not is_chinese(text)


def _beside(document: Any) -> list[Doubt]:
    """What a file carries beside its pages: named, never opened."""
    import pypdfium2.raw as pdfium

    raw = document.raw
    return [*attached(pdfium.FPDFDoc_GetAttachmentCount(raw)), *scripts(pdfium.FPDFDoc_GetJavaScriptActionCount(raw))]


_LACKING = {
    "broken": "已损坏，没有读取，请重新下载或另存后再导入",
    "garbled": "的文字没有通用编码，读出来是乱码，没有读取，请导入原来的 Word 文件",
    "layer": "是扫描图像，文字取自文件自带的识别层，请逐处对照原件核对",
    "recognised": "是扫描图像，文字由识别得来，请对照原件核对",
    "scan": "是扫描图像，没有读取",
    "unrecognised": "是扫描图像，没有读取；装上识别组件（pip install 'qiantou[ocr]'）后重新导入可以读",
}
"""Why a page cannot be read from its characters → what a person is told."""


def unread(sheets: Sequence[Sheet], name: str) -> list[Doubt]:
    """A doubt for each kind of page that could not be read as it is; a file of nothing else is refused."""
    doubts = []
    for lacking, said in _LACKING.items():
        numbers = [sheet.leaf.number for sheet in sheets if sheet.lacking == lacking]
        if len(numbers) == len(sheets) and lacking in _REFUSED:
            raise refusal(name, *_REFUSED[lacking])
        if numbers:
            pages = "、".join(map(str, numbers))
            doubts.append(Doubt(f"pages-{lacking}", f"第{pages}页{said}", Place(page=numbers[0]), pages))
    return doubts


_REFUSED = {
    "broken": ("每一页都已损坏", _AGAIN),
    "garbled": ("文字没有通用编码，读出来是乱码", "请导入原来的 Word 文件，或打印后扫描成清晰的图像再导入"),
    "unrecognised": ("这是扫描件，里面没有文字", "请先安装识别组件：pip install 'qiantou[ocr]'，再重新导入"),
}
