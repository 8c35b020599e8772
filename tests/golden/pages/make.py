"""Makes the .pdf fixtures beside this file: our own .docx fixtures printed by LibreOffice, and a long table.

`.venv/bin/python tests/golden/pages/make.py [NAME…]` needs `soffice`, `pdftocairo` and the package fonttools; commit the
files.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
SOURCES = (*sorted((ROOT / "tests/golden/parsing").glob("*.docx")), *sorted((ROOT / "docs/样例").glob("*.docx")))
LARGE = 61_000
"""Bytes. Larger files are written anew by cairo, with every letter drawn as a square: only the places and meanings of characters
are read, and outlines are 90 % of a file."""
SQUARE = (50, "hmoveto", 700, "hlineto", 700, "vlineto", -700, "hlineto", "closepath", "endchar")

_OBJECT = re.compile(rb"(?m)^(\d+) 0 obj\b")
_PROGRAM = re.compile(rb"/FontFile\s+(\d+) 0 R")


def main(names: list[str]) -> None:
    """Print every fixture, or those named."""
    with tempfile.TemporaryDirectory() as folder:
        made = [Path(folder) / f"{name}.docx" for name in WRITTEN]
        for path in made:
            WRITTEN[path.stem](path)
        for path in (*SOURCES, *made):
            if not names or path.stem in names:
                _print(path, Path(folder))


def _print(path: Path, folder: Path) -> None:
    settings = f"-env:UserInstallation=file://{folder}/settings"
    words = ["soffice", settings, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path)]
    subprocess.run(words, check=True, capture_output=True, timeout=300)
    printed = folder / f"{path.stem}.pdf"
    if printed.stat().st_size > LARGE:
        again = folder / "again.pdf"
        subprocess.run(["pdftocairo", "-pdf", str(printed), str(again)], check=True, timeout=300)
        printed.write_bytes(without_outlines(again.read_bytes(), folder))
    (HERE / printed.name).write_bytes(printed.read_bytes())


def without_outlines(data: bytes, folder: Path) -> bytes:
    """The same file with every letter drawn as a square, and a new table of places."""
    starts = [(int(match[1]), match.start()) for match in _OBJECT.finditer(data)]
    end = data.rindex(b"xref", 0, data.rindex(b"startxref"))
    programs = {int(match[1]) for match in _PROGRAM.finditer(data)}
    out, places = bytearray(data[: starts[0][1]]), {}
    for (number, start), (_, stop) in zip(starts, [*starts[1:], (0, end)], strict=True):
        places[number] = len(out)
        out += _emptied(number, data[start:stop], folder) if number in programs else data[start:stop]
    table = len(out)
    out += f"xref\n0 {len(starts) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(b"%010d 00000 n \n" % places[number] for number in sorted(places))
    trailer = data[data.rindex(b"trailer") : data.rindex(b"startxref")]
    return bytes(out + trailer + f"startxref\n{table}\n%%EOF\n".encode())


def _emptied(number: int, part: bytes, folder: Path) -> bytes:
    """A Type 1 font program with the same letters, all drawn as squares (Adobe Type 1 Font Format, chapter 6)."""
    from fontTools.t1Lib import T1Font

    program = folder / "font.pfa"
    program.write_bytes(zlib.decompressobj().decompress(part[part.index(b"stream\n") + 7 :]))
    font = T1Font(str(program))
    font.parse()
    outlines = font.font["CharStrings"]
    for name in outlines:
        outlines[name].decompile()
        own = outlines[name].program
        outlines[name].program = [*own[: own.index("hsbw") + 1], *SQUARE]
    font.font["Private"]["Subrs"] = font.font["Private"]["Subrs"][:5]
    data = font.createData()
    clear, tail = data.index(b"eexec") + 6, data.index(b"0" * 64)
    lengths = f"/Length1 {clear}/Length2 {tail - clear}/Length3 {len(data) - tail}"
    packed = zlib.compress(data, 9)
    head = f"{number} 0 obj\n<<{lengths}/Filter/FlateDecode/Length {len(packed)}>>\nstream\n"
    return head.encode() + packed + b"\nendstream\nendobj\n\n"


COLUMNS = ("序号", "任务类别", "工作任务", "牵头单位", "责任单位", "完成时限")
WIDTHS = (1.3, 2.6, 8.4, 3.2, 4.9, 3.2)
GROUPS = (
    ("惠企政策", ("市发展改革委", "市工业和信息化局", "市财政局"), 7),
    ("民生服务", ("市民政局", "市教育局", "市卫生健康委"), 9),
    ("城市治理", ("市城管局", "市住房城乡建设局"), 8),
    ("安全生产", ("市应急管理局", "市交通运输局", "市水利局"), 9),
    ("数字政府", ("市数据局",), 7),
)
MATTERS = (
    "惠企资金兑付",
    "窗口一次办结",
    "养老机构消防",
    "校园周边交通",
    "老旧小区管网",
    "水库除险加固",
    "公共数据归集",
    "背街小巷照明",
)
MEASURES = (
    "逐项列出{matter}的责任科室和办理时限，{n}个工作日内答复群众，答复情况每月汇总一次，未按时答复的说明原因并限期补办。",
    "对{matter}开展全面排查，建立问题清单{n}条，整改一条、销号一条。",
    "把{matter}纳入年度考核，第{n}批整改事项在门户网站公开，接受社会监督；群众满意率低于百分之九十的，由牵头单位约谈承办单位负责人。",
    "公布{matter}办事指南，压减材料{n}项。",
)
DEADLINES = (
    "3月底前",
    "6月底前",
    "9月底前完成整改；11月底前通过验收",
    "每季度末月20日前",
    "全年工作",
    "2026年12月20日前",
)
OTHERS = (
    "市司法局、市市场监管局",
    "各县（区）人民政府",
    "市审计局、市公安局、市自然资源和规划局、各县（区）人民政府",
    "市融媒体中心",
)


def long_table(path: Path, *, head: bool = True, whole_rows: bool = False, centred: bool = True) -> None:
    """A plan whose table goes over seven pages, with cells merged over the page breaks and rows broken by them."""
    document = _document()
    document.add_paragraph("云溪市2026年重点工作任务分解表").alignment = 1
    rows = sum(count for _, _, count in GROUPS)
    table = document.add_table(rows + 1, len(COLUMNS), style="Table Grid")
    table.autofit = False
    grid = _Grid(table)
    for column, title in enumerate(COLUMNS):
        grid.cell(0, column).text = title
    row = 1
    for group, leads, count in GROUPS:
        grid.cell(row, 1).text = group
        grid.cell(row, 1).merge(grid.cell(row + count - 1, 1))
        for at in range(count):
            _fill(grid, row + at, leads[at * len(leads) // count])
        _merge_equal(grid, row, row + count - 1, 3)
        row += count
    _set(table, head, whole_rows, centred)
    document.add_paragraph("注：本表由市政府办公室负责解释。")
    document.save(str(path))


class _Grid:
    """The cells of a table, counted once: the table itself counts all of them whenever it is asked for one."""

    def __init__(self, table: Any) -> None:
        self._cells, self._width = table._cells, len(table.columns)

    def cell(self, row: int, column: int) -> Any:
        return self._cells[row * self._width + column]


def _document() -> Any:
    document = Document()
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Cm(29.7), Cm(21)
    page.left_margin = page.right_margin = Cm(2.4)
    normal = document.styles["Normal"]
    normal.font.size = Pt(11)
    normal.paragraph_format.space_after = Pt(0)
    foot = page.footer.paragraphs[0]
    foot.alignment = 1
    foot.add_run("— ")
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        mark.text = text
        foot.add_run()._r.append(mark)
    foot.add_run(" —")
    page.header.paragraphs[0].text = "云溪市重点工作任务汇编"
    return document


def _fill(table: _Grid, row: int, lead: str) -> None:
    matter = MATTERS[row % len(MATTERS)]
    texts = {0: str(row), 2: MEASURES[row % len(MEASURES)].format(matter=matter, n=row % 7 + 3), 3: lead}
    texts |= {4: OTHERS[row % len(OTHERS)], 5: DEADLINES[row % len(DEADLINES)]}
    for column, text in texts.items():
        table.cell(row, column).text = text


def _merge_equal(table: _Grid, first: int, last: int, column: int) -> None:
    """Join cells below each other that name the same unit."""
    start = first
    for row in range(first + 1, last + 2):
        same = row <= last and table.cell(row, column).text == table.cell(start, column).text
        if not same:
            text = table.cell(start, column).text
            cell = table.cell(start, column).merge(table.cell(row - 1, column))
            for paragraph in cell.paragraphs[1:]:
                cell._tc.remove(paragraph._p)
            cell.text = text
            start = row


def _set(table: Any, head: bool, whole_rows: bool, centred: bool) -> None:
    for at, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        for wanted, tag in ((head and at == 0, "w:tblHeader"), (whole_rows, "w:cantSplit")):
            if wanted:
                mark = OxmlElement(tag)
                mark.set(qn("w:val"), "true")
                properties.append(mark)
        for column, cell in enumerate(row.cells):
            cell.width = Cm(WIDTHS[column])
            if centred:
                cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER


WRITTEN = {
    "long-table": long_table,
    "long-table-without-heads": lambda path: long_table(path, head=False, centred=False),
    "long-table-whole-rows": lambda path: long_table(path, whole_rows=True),
}
"""Name → what writes it."""

if __name__ == "__main__":
    main(sys.argv[1:])
