"""Marks of a Word table that the library has no words for."""

from __future__ import annotations

from typing import Any


def set_margins(table: Any) -> None:
    """A millimetre and a half between the rules of a table and its text."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    margins = OxmlElement("w:tblCellMar")
    for side in ("top", "left", "bottom", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "85" if side in ("left", "right") else "28")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    _put(table, margins)


def shade(cell: Any) -> None:
    """Grey behind a cell that goes across the table."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shading = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", "EDEDED")):
        shading.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shading)


def flag(row: Any, name: str) -> None:
    """A property of a row that has no value: w:cantSplit, w:tblHeader."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(name))


def rule(table: Any) -> None:
    """Thin rules around and inside a table, where its document has no style for them."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        border = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "auto")):
            border.set(qn(f"w:{name}"), value)
        borders.append(border)
    _put(table, borders)


_ORDER = ("tblStyle", "tblW", "jc", "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook")
"""How the properties of a table follow each other (ISO 29500-1 §17.4.59)."""


def _put(table: Any, mark: Any) -> None:
    """A property where it belongs among those of a table."""
    name = mark.tag.rpartition("}")[2]
    later = _ORDER[_ORDER.index(name) + 1 :]
    properties = table._tbl.tblPr
    behind = next((one for one in properties if one.tag.rpartition("}")[2] in later), None)
    if behind is None:
        properties.append(mark)
    else:
        behind.addprevious(mark)
