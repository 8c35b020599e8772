"""字: stretches of text in the type of official papers, and what no paper can hold."""

from __future__ import annotations

import re
from typing import Any

PITCH, TITLE_PITCH, TABLE_PITCH, NOTE_PITCH = 28.95, 36, 18, 16
SECOND, THIRD, FOURTH, LESSER_FOURTH, FIFTH = 22, 16, 14, 12, 10.5
_NARROWER = (
    "-5"  # twentieths of a point: 28 characters of 15.75 pt fill 156 mm, where a grid of characters is not kept to
)
SONG, FANGSONG, HEI, KAI, PLAIN = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
ALTERNATIVES = {
    SONG: "方正小标宋_GBK,小标宋,华文中宋,宋体",
    FANGSONG: "仿宋,FangSong,华文仿宋",
    KAI: "楷体,KaiTi,华文楷体",
    HEI: "SimHei,华文黑体",
}
_LATIN = "Times New Roman"
# What XML cannot hold, and marks that turn the direction of writing round or cannot be seen.
_UNFIT = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufffe\uffff\ud800-\udfff]"
)


def fit(text: str) -> str:
    """`text` without what a paper cannot hold."""
    return _UNFIT.sub("", text)


def write(paragraph: Any, text: str, font: str, size: float, pitch: float) -> Any:
    from docx.enum.text import WD_LINE_SPACING
    from docx.shared import Pt

    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(pitch)
    if pitch < PITCH:
        _off_grid(paragraph)
    run = paragraph.add_run(fit(text))
    run.font.size = Pt(size)
    if size == THIRD:
        _narrow(run)
    set_font(run._element.get_or_add_rPr(), font)
    return run


def set_font(properties: Any, chinese: str, latin: str = _LATIN) -> None:
    from docx.oxml.ns import qn

    fonts = properties.get_or_add_rFonts()
    for name in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(name), None)
    for name, font in (("w:ascii", latin), ("w:hAnsi", latin), ("w:cs", latin), ("w:eastAsia", chinese)):
        fonts.set(qn(name), font)
    fonts.set(qn("w:hint"), "eastAsia")  # quotation marks and dashes belong to the Chinese type


def _off_grid(paragraph: Any) -> None:
    """Small type keeps to its own pitch and not to the 22 lines of the page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    snap = OxmlElement("w:snapToGrid")
    snap.set(qn("w:val"), "0")
    properties = paragraph._p.get_or_add_pPr()
    if properties.find(qn("w:snapToGrid")) is None:
        properties.find(qn("w:spacing")).addprevious(snap)


def _narrow(run: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), _NARROWER)
    size = run._element.rPr.find(qn("w:sz"))
    size.addprevious(spacing)
