"""PDF files written by hand, object by object: what no word processor would print."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

SONG = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font"
    b"/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000>>]>>"
)
"""A Chinese font that the reader of the file has to know: nothing is embedded, a character is two bytes of UTF-16."""


def file(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A file of these objects, the first of which is its catalogue."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, table)
    return bytes(out)


def stream(content: bytes, entries: bytes = b"", packed: bool = False) -> bytes:
    """A stream object."""
    if packed:
        content, entries = zlib.compress(content, 9), entries + b"/Filter/FlateDecode"
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(content), content)


def pages(
    *contents: bytes, page: bytes = b"", catalogue: bytes = b"", more: Sequence[bytes] = (), **of_file: bytes
) -> bytes:
    """A file with these page contents; /S is the Chinese font, objects in `more` count from 4 + 2 × pages on."""
    first = 4
    kids = b" ".join(b"%d 0 R" % (first + 2 * at) for at in range(len(contents)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalogue,
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(contents)),
        SONG,
    ]
    for at, content in enumerate(contents):
        resources = b"/Resources<</Font<</S 3 0 R>>%s>>" % of_file.get("resources", b"")
        box = b"/MediaBox[0 0 595 842]" if b"MediaBox" not in page else b""
        objects += [
            b"<</Type/Page/Parent 2 0 R%s%s/Contents %d 0 R%s>>" % (box, resources, first + 2 * at + 1, page),
            stream(content, packed=len(content) > 10_000),
        ]
    return file([*objects, *more], of_file.get("trailer", b""))


def text(words: str, x: float, y: float, size: float = 12, before: str = "", matrix: str = "1 0 0 1") -> bytes:
    """Words at a place, from the lower left corner; `before` are operators such as `1 g` (white) or `3 Tr` (invisible)."""
    shown = words.encode("utf-16-be").hex()
    return f"BT {before} /S {size} Tf {matrix} {x} {y} Tm <{shown}> Tj ET\n".encode()


def table(rows: Sequence[Sequence[str]], xs: Sequence[float], top: float, height: float = 30) -> bytes:
    """A ruled table drawn as one path."""
    out = bytearray()
    for at in range(len(rows) + 1):
        out += f"{xs[0]} {top - at * height} m {xs[-1]} {top - at * height} l\n".encode()
    for x in xs:
        out += f"{x} {top} m {x} {top - len(rows) * height} l\n".encode()
    out += b"S\n"
    for at, row in enumerate(rows):
        for words, x in zip(row, xs, strict=False):
            out += text(words, x + 4, top - at * height - 20) if words else b""
    return bytes(out)
