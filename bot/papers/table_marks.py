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
    table._tbl.tblPr.append(margins)


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
