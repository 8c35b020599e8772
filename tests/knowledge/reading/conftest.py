"""Builders of office files in memory: raw parts where a detail matters, the usual libraries elsewhere."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO

import pytest

from knowledge.reading import Reading

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _zipped(parts: Mapping[str, str | bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def _relations(targets: Mapping[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="r{word}" Type="{_OFFICE}/{word}" Target="{to}"/>' for word, to in targets.items()
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def _word(body: str, **parts: str) -> bytes:
    """A .docx with this inside w:body; styles=, numbering=, footnotes= give the inside of those parts."""
    drawn = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    return _zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": _relations({"officeDocument": "word/document.xml"}),
            "word/document.xml": f"<w:document {W} {drawn}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": _relations({word: f"{word}.xml" for word in parts}),
            **{f"word/{word}.xml": f"<w:{word} {W}>{inside}</w:{word}>" for word, inside in parts.items()},
        }
    )


def _lines(reading: Reading) -> list[str | list[str]]:
    """Paragraphs as text, rows as lists of cell texts."""
    return [block.text or [cell.text for cell in block.cells] for block in reading.blocks]


def _places(reading: Reading) -> list[str]:
    return [block.place.words() for block in reading.blocks]


@pytest.fixture
def zipped() -> Callable[[Mapping[str, str | bytes]], bytes]:
    return _zipped


@pytest.fixture
def word() -> Callable[..., bytes]:
    return _word


@pytest.fixture
def lines() -> Callable[[Reading], list[str | list[str]]]:
    return _lines


@pytest.fixture
def places() -> Callable[[Reading], list[str]]:
    return _places
