"""Builders of Office files that are one XML text: the flat form of a .docx, Word 2003 and Excel 2003."""

from __future__ import annotations

import zipfile
from io import BytesIO

from lxml import etree

PKG = "http://schemas.microsoft.com/office/2006/xmlPackage"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def flattened(data: bytes) -> bytes:
    """A .docx in its flat form."""
    package = etree.Element(f"{{{PKG}}}package", nsmap={"pkg": PKG})
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                part = etree.SubElement(package, f"{{{PKG}}}part", {f"{{{PKG}}}name": f"/{name}"})
                etree.SubElement(part, f"{{{PKG}}}xmlData").append(etree.fromstring(archive.read(name)))
    return HEAD.encode() + b'<?mso-application progid="Word.Document"?>' + etree.tostring(package)


def word2003(body: str, more: str = "") -> bytes:
    return (
        f'{HEAD}<?mso-application progid="Word.Document"?>'
        '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" '
        'xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint" '
        f'xmlns:aml="http://schemas.microsoft.com/aml/2001/core">{more}<w:body><wx:sect>{body}'
        "<w:sectPr><w:hdr><w:p><w:r><w:t>页眉</w:t></w:r></w:p></w:hdr></w:sectPr></wx:sect></w:body></w:wordDocument>"
    ).encode()


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def excel2003(rows: str, more: str = "", options: str = "") -> bytes:
    return (
        f'{HEAD}<?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        f'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">{more}<Worksheet ss:Name="台账"><Table>{rows}</Table>'
        f'<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel">{options}</WorksheetOptions></Worksheet></Workbook>'
    ).encode()


def cell(kind: str, value: str, **attributes: object) -> str:
    """A cell of Excel 2003; its attributes such as Index, MergeDown, StyleID."""
    said = "".join(f' ss:{name}="{given}"' for name, given in attributes.items())
    return f'<Cell{said}><Data ss:Type="{kind}">{value}</Data></Cell>'
