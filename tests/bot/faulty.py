"""Documents with faults planted in them: the draft of docs/体检样例, a Word table and a workbook of our own making."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

DRAFT = next((Path(__file__).resolve().parents[2] / "docs" / "体检样例").iterdir())

_TABLE = (
    ("序号", "类别", "工作任务", "牵头单位", "责任单位", "完成时限"),
    ("1", "产业发展", "建设特色产业园1个，12月底前投入使用", "镇经发办", "镇财政所", "2026年11月底前"),
    ("2", "产业发展", "培育合作社6家", "镇农业农村办", "镇财政所、各村", "2026年10月底前"),
    ("3", "产业发展", "举办丰收节活动（含农产品展销", "镇文化站", "镇农业农村办", "2026年9月23日（星期四）"),
    ("5", "环境整治", "清理村庄垃圾堆放点40处", "镇农业农村和生态环境办", "各村", "2026年6月31日前"),
    ("6", "环境整治", "新增绿化3000平方米", "", "各村", ""),
    ("7", "", "清理村庄垃圾堆放点40处", "镇城建办", "各村", "2026年8月底前"),
)  # fmt: skip


def word_table() -> bytes:
    """A township's table; the category is merged over rows 1–3 and over rows 4–5."""
    from docx import Document

    document = Document()
    document.add_paragraph("青塘镇2026年重点工作任务分工表")
    document.add_paragraph("全镇共安排8项重点任务，分解如下：")
    table = document.add_table(rows=len(_TABLE), cols=len(_TABLE[0]))
    for row, words in zip(table.rows, _TABLE, strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    for first, last in ((1, 3), (4, 5)):
        for row in range(first + 1, last + 1):
            table.cell(row, 1).text = ""
        merged = table.cell(first, 1).merge(table.cell(last, 1))
        merged.text = _TABLE[first][1]
    out = BytesIO()
    document.save(out)
    return out.getvalue()


_SHEET = (
    ("序号", "项目名称", "建设内容", "牵头单位", "责任单位", "投资（万元）", "完成时限"),
    (1, "供水改造", "更换管网12公里", "县水利局", "各乡镇", 860, "10月底前"),
    (2, "校舍维修", "维修教学楼5栋，=cmd|' /c calc'!A1", "县教育局", "县财政局", 420.5, "8月底前"),
    (3, "养老服务", "建设幸福院8所", "县民政局", "各乡镇", 310, "11月底前"),
    (4, "公路养护", "养护县道60公里", "县交通局", "县公路中心", 275, "全年"),
    (5, "停车场建设", "新增车位800个", "县交通运输局", "县住建局", 640, "12月底前"),
    ("合计", "", "", "", "", 2555.5, ""),
)  # fmt: skip


def workbook() -> bytes:
    """A county's list with a total that is 50 too high and one bureau under two names."""
    import xlsxwriter

    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("民生实事")
    sheet.write(0, 0, "柳湾县2026年民生实事项目台账")
    for at, row in enumerate(_SHEET, 1):
        sheet.write_row(at, 0, row)
    book.close()
    return out.getvalue()
