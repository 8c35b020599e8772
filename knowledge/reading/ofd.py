"""OFD files (GB/T 33190-2016) → blocks: the pages of the container are laid out like those of a .pdf.

Signatures, annotations and scripts are left alone; nothing outside the container is looked at.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from knowledge.model import Block, Doubt, Passage, Place, ReadingError
from knowledge.reading.archive import Archive
from knowledge.reading.layout import laid_out
from knowledge.reading.leaf import Leaf, Word
from knowledge.reading.limits import MAX_PAGES, MAX_PART, check_extent
from knowledge.reading.ofd_page import POINTS, local, numbers, objects_in, take
from knowledge.reading.pdf import Sheet, judged, unread, visible
from knowledge.reading.pdf_rules import Drawn, Matrix
from knowledge.reading.pdf_words import Printed
from knowledge.reading.refusal import refusal
from knowledge.reading.remarks import attached, unseen

if TYPE_CHECKING:
    from lxml.etree import _Element

_AGAIN = "请重新下载或在 OFD 阅读软件、WPS 中打开后另存一份再导入"
_A4 = (0.0, 0.0, 210.0, 297.0)
_LARGEST = 5_000.0  # millimetres: no sheet is wider or higher
_MOST_OBJECTS = 500_000
_MOST_NAMINGS = 50  # an honest container writes every page as a part of its own

Box = tuple[float, float, float, float]


def ofd_blocks(data: bytes, name: str) -> tuple[tuple[Block, ...], tuple[Doubt, ...], tuple[Passage, ...]]:
    """The blocks of a file, doubts about it, and the furniture of its pages. Raises ReadingError."""
    package = _Package(data, name)
    sheets = list(package.sheets())
    if sheets and all(sheet.lacking == "scan" for sheet in sheets):
        raise refusal(name, "每一页都是图像，里面没有文字", "请导入带文字的版本，或导入原来的 Word 文件")
    doubts = attached(package.attachments)
    doubts += [unseen(sheet.hidden, Place(page=sheet.leaf.number)) for sheet in sheets if sheet.hidden]
    doubts += unread(sheets, name)
    blocks, more, furniture = laid_out([sheet.leaf for sheet in sheets], name)
    return blocks, (*doubts, *more), furniture


class _Package:
    """The documents of one container; counts what it has read, for one part may be named by every page."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name, self.archive = name, Archive(data, name)
        self.bytes = self.objects = self.characters = self.pages = self.attachments = 0
        self.templates: dict[str, _Element] = {}
        self.namings: Counter[str] = Counter()

    def sheets(self) -> Iterator[Sheet]:
        """The pages of all documents in order."""
        entry = self._needed("OFD.xml")
        if any(path.rpartition("/")[2] == "Encryptions.xml" for path in self.archive.names()):
            raise refusal(self.name, "文件已加密", "请取消加密后重新保存再导入")
        roots = [found for body in _named(entry, "DocBody") for found in _named(body, "DocRoot")]
        if not roots:
            raise self._incomplete("OFD.xml 里没有指明正文")
        for root in roots:
            yield from self._document(self._path("", root.text))

    def _document(self, path: str) -> Iterator[Sheet]:
        document = self._needed(path)
        common = _first(document, "CommonData")
        templates = {
            template.get("ID", ""): self._path(path, template.get("BaseLoc"))
            for template in ([] if common is None else _named(common, "TemplatePage"))
        }
        pages = [page for group in _named(document, "Pages") for page in _named(group, "Page")]
        if self.pages + len(pages) > MAX_PAGES:
            raise refusal(self.name, f"文件超过 {MAX_PAGES} 页", "请只留任务分工的正文和表格后再导入")
        if not pages:
            raise self._incomplete("里面没有一页")
        self._count_attachments(document, path)
        usual = _box(None if common is None else _first(common, "PageArea"), _A4)
        for page in pages:
            self.pages += 1
            yield self._sheet(self._path(path, page.get("BaseLoc")), templates, usual)

    def _sheet(self, path: str, templates: dict[str, str], usual: Box) -> Sheet:
        self.namings[path] += 1
        if self.namings[path] > _MOST_NAMINGS:
            raise self.archive.oversized()
        root = self._tree(path)
        if root is None:
            return Sheet(Leaf(self.pages, _A4[2] * POINTS, _A4[3] * POINTS), "broken")
        x, y, width, height = _box(_first(root, "Area"), usual)
        matrix = Matrix(POINTS, 0.0, 0.0, POINTS, -x * POINTS, -y * POINTS)
        printed, drawn = Printed(), Drawn()
        used = [self._template(templates.get(one.get("TemplateID", ""), "")) for one in _named(root, "Template")]
        for layer in (*used, root):
            self._draw(layer, matrix, printed, drawn)
        seen, hidden = visible(printed, drawn)
        size = (width * POINTS, height * POINTS)
        words = [word for word in seen if _is_on(word, *size)]
        hidden += [word for word in seen if not _is_on(word, *size)]
        return judged(Leaf(self.pages, *size, words, drawn.rules, printed.slanted), hidden, drawn)

    def _draw(self, layer: _Element, matrix: Matrix, printed: Printed, drawn: Drawn) -> None:
        for element in objects_in(layer):
            self.objects += 1
            if self.objects > _MOST_OBJECTS:
                raise self.archive.oversized()
            self.characters += take(element, matrix, printed, drawn)
            check_extent(0, 0, self.name, self.characters)

    def _template(self, path: str) -> _Element:
        """A page that others are drawn upon: read once."""
        if path not in self.templates:
            self.templates[path] = self._needed(path)
        return self.templates[path]

    def _count_attachments(self, document: _Element, path: str) -> None:
        for listing in _named(document, "Attachments"):
            root = self._tree(self._path(path, listing.text))
            self.attachments += 0 if root is None else len(_named(root, "Attachment"))

    def _path(self, within: str, target: str | None) -> str:
        """The part that a part names: from the top of the container, or from its own folder; some always mean the top."""
        target = (target or "").strip().replace("\\", "/")
        path = posixpath.normpath(posixpath.join("/", posixpath.dirname(within), target)).lstrip("/")
        top = posixpath.normpath(posixpath.join("/", target)).lstrip("/")
        return top if path not in self.archive.names() and top in self.archive.names() else path

    def _tree(self, path: str) -> _Element | None:
        data = self.archive.part(path)
        if data is None:
            return None
        self.bytes += len(data)
        if self.bytes > MAX_PART:
            raise self.archive.oversized()
        if b"<!DOCTYPE" in data:
            raise refusal(self.name, "文件里夹有外部定义，不是正常生成的 OFD", _AGAIN)
        return self.archive.tree(path)

    def _needed(self, path: str) -> _Element:
        root = self._tree(path)
        if root is None:
            raise self._incomplete(f"缺少 {path[:60]}" if path else "有一处引用没有指明位置")
        return root

    def _incomplete(self, why: str) -> ReadingError:
        return refusal(self.name, f"文件内容不完整，{why}", _AGAIN)


def _is_on(word: Word, width: float, height: float) -> bool:
    return 0 <= word.x0 + word.x1 <= 2 * width and 0 <= word.middle <= height


def _named(element: _Element, name: str) -> list[_Element]:
    return [child for child in element if local(child) == name]


def _first(element: _Element, name: str) -> _Element | None:
    return next(iter(_named(element, name)), None)


def _box(area: _Element | None, usual: Box) -> Box:
    """The sheet of a page area: left and upper edge, width, height in millimetres; `usual` where it names none."""
    found = None if area is None else _first(area, "PhysicalBox")
    values = numbers(None if found is None else found.text)
    if len(values) != 4 or not all(10 <= side <= _LARGEST for side in values[2:]):
        return usual
    return values[0], values[1], values[2], values[3]
