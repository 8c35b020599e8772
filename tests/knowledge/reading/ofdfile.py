"""OFD files written by hand as GB/T 33190-2016 says: every character placed, tables drawn as paths. Millimetres throughout."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from xml.sax.saxutils import escape

NAMESPACE = "http://www.ofdspec.org/2016"
SIZE = 4.2
XS = (20.0, 34.0, 110.0, 150.0, 190.0)
HEAD = ("序号", "重点任务", "牵头单位", "完成时限")
ROWS = (
    ("1", "修缮云岭大桥", "市云岭局", "2026年6月底前"),
    ("2", "开通青石公交专线", "市云岭局", "2026年9月底前"),
    ("3", "建成白鹭湿地公园", "市云岭局", "2026年10月底前"),
    ("4", "整治柳溪河道", "市柳溪局", "2026年12月底前"),
)
"""The lead of the first three rows is one merged cell, which goes on over the page break behind the second."""


def text(words: str, x: float, y: float, size: float = SIZE, runs: bool = True, **attributes: str) -> str:
    """One line whose upper left corner is (x, y); `runs` writes equal offsets as `g count value`."""
    widths = [size / 2 if one.isascii() else size for one in words]
    deltas = widths[:-1]
    alike = runs and len(set(deltas)) == 1
    across = f"g {len(deltas)} {deltas[0]}" if alike else " ".join(map(str, deltas))
    more = "".join(f' {name}="{value}"' for name, value in attributes.items())
    box = f"{x} {y} {sum(widths)} {size}"
    code = (
        f'<ofd:TextCode X="0" Y="{size * 0.88}"{f" DeltaX={across!r}" if across else ""}>{escape(words)}</ofd:TextCode>'
    )
    return f'<ofd:TextObject ID="9" Boundary="{box}" Font="1" Size="{size}"{more}>{code}</ofd:TextObject>'


def path(x0: float, y0: float, x1: float, y1: float) -> str:
    """A ruled line."""
    data = f"M 0 0 L {x1 - x0} {y1 - y0}"
    box = f"{x0} {y0} {max(x1 - x0, 0.2)} {max(y1 - y0, 0.2)}"
    return f'<ofd:PathObject ID="8" Boundary="{box}" LineWidth="0.2"><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>'


def bar(x0: float, y0: float, x1: float, y1: float) -> str:
    """A ruled line as some programs draw it: a thin filled rectangle."""
    wide, high = max(x1 - x0, 0.2), max(y1 - y0, 0.2)
    data = f"M 0 0 L {wide} 0 L {wide} {high} L 0 {high} C"
    return (
        f'<ofd:PathObject ID="8" Boundary="{x0} {y0} {wide} {high}" Stroke="false" Fill="true">'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def table(rows: Sequence[Sequence[str]], top: float, merged: tuple[int, int] = (0, 0), line=path) -> str:
    """Rows of 10 mm; no line is drawn in the third column between the rows `merged` (from, to)."""
    out = []
    for at in range(len(rows) + 1):
        y = top + 10 * at
        inside = merged[0] < at < merged[1]
        ends = ((XS[0], XS[2]), (XS[3], XS[4])) if inside else ((XS[0], XS[4]),)
        out += [line(x0, y, x1, y) for x0, x1 in ends]
    out += [line(x, top, x, top + 10 * len(rows)) for x in XS]
    for at, row in enumerate(rows):
        out += [text(cell, x + 1.5, top + 10 * at + 3) for cell, x in zip(row, XS, strict=False) if cell]
    return "".join(out)


def page(content: str, template: bool = False) -> str:
    """The part of one page."""
    used = '<ofd:Template TemplateID="2" ZOrder="Background"/>' if template else ""
    layer = f'<ofd:Content><ofd:Layer ID="7" Type="Body"><ofd:PageBlock ID="6">{content}</ofd:PageBlock></ofd:Layer></ofd:Content>'
    return f'<ofd:Page xmlns:ofd="{NAMESPACE}">{used}{layer}</ofd:Page>'


def parts(pages: Sequence[str], template: str = "", top: str = "") -> dict[str, str]:
    """The parts of a container; `top` is put before every path ("/Doc_0/" writes them from the top of the container)."""
    listed = "".join(
        f'<ofd:Page ID="{at + 10}" BaseLoc="{top}Pages/Page_{at}/Content.xml"/>' for at in range(len(pages))
    )
    common = f'<ofd:TemplatePage ID="2" BaseLoc="{top}Tpls/Tpl_0/Content.xml"/>' if template else ""
    root = "/Doc_0/Document.xml" if top else "Doc_0/Document.xml"
    found = {
        "OFD.xml": f'<ofd:OFD xmlns:ofd="{NAMESPACE}" Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo/>'
        f"<ofd:DocRoot>{root}</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f'<ofd:Document xmlns:ofd="{NAMESPACE}"><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>'
        f"0 0 210 297</ofd:PhysicalBox></ofd:PageArea>{common}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
    }
    found |= {f"Doc_0/Pages/Page_{at}/Content.xml": one for at, one in enumerate(pages)}
    return found | ({"Doc_0/Tpls/Tpl_0/Content.xml": page(template)} if template else {})


def packed(members: Mapping[str, str]) -> bytes:
    """The container."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def plan_parts(top: str = "", line=path) -> dict[str, str]:
    """A plan of two pages: title, table with a merged lead over the break and its head again, running head by template."""
    cells = [(number, words, lead if at in (0, 3) else "", when) for at, (number, words, lead, when) in enumerate(ROWS)]
    title = text("云岭市重点任务分工方案", 60, 30, 7.0, runs=False)
    first = title + table([HEAD, *cells[:2]], 252, (1, 3), line)
    second = table([HEAD, *cells[2:]], 25, line=line)
    return parts([page(first, template=True), page(second, template=True)], text("云岭市人民政府文件", 20, 10), top)


def plan(top: str = "", line=path) -> bytes:
    """That plan as a file."""
    return packed(plan_parts(top, line))
