"""Writes the two office files under docs/样例/: a Word notice with a table, and a spreadsheet ledger.

Everything in them is invented. Run `.venv/bin/python docs/生成样例.py` after a change and commit the files;
the third sample is plain text and is edited by hand.
"""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import xlsxwriter
from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

NOTICE = "云溪市2026年政务公开重点任务分工方案.docx"
LEDGER = "云溪市2026年优化营商环境重点事项台账.xlsx"
WRITTEN = datetime(2026, 3, 16, tzinfo=UTC)

HEAD = "云溪市人民政府办公室文件"
NUMBER = "云政办发〔2026〕12号"
TITLE = ("云溪市人民政府办公室", "关于印发2026年全市政务公开重点任务分工方案的通知")
ADDRESSEES = "各县（区）人民政府，云溪经济开发区管委会，市政府各部门、各直属机构："
LETTER = (
    "《2026年全市政务公开重点任务分工方案》已经市政府第47次常务会议讨论通过，现印发给你们，并就抓好落实提出以下要求。",
    "一、谁牵头、谁统筹。牵头单位要在本方案印发后10个工作日内列出年度工作计划，商责任单位明确到科室、到人，不得以转发代替落实。",
    "二、按时报送进展。各牵头单位于每季度最后一个月25日前，将任务进展报市政府办公室政务公开科；全年总结于2026年12月15日前报送。",
    "三、看实效、不看材料。市政府办公室每半年组织一次实地核查，核查结果向全市通报。",
)
SIGNATURE = ("云溪市人民政府办公室", "2026年3月16日")
TABLE_TITLE = "2026年全市政务公开重点任务分工方案"
COLUMNS = ("序号", "重点任务", "具体要求", "牵头单位", "责任单位", "完成时限")
WIDTHS = (1.3, 3.1, 8.6, 3.6, 4.9, 3.8)
COUNTIES = "各县（区）人民政府"
OFFICE = "市政府办公室"
ABOVE = None  # the cell is merged with the one above it

ROWS: tuple[tuple[str | None, str, str | None, str | None, str | None], ...] = (
    ("惠企政策公开", "编印年度惠企政策清单，逐条写明适用对象、申报材料、兑现方式和咨询电话，并在政务服务大厅免费发放。", "市发展改革委", "市财政局、市工业和信息化局、市税务局", "4月底前"),
    (ABOVE, "在市政府门户网站建设“政策找人”专栏，按行业、规模给政策加标签，企业登录后即可看到适用条款。", "市数据局", "市发展改革委、市工业和信息化局", "6月底前完成栏目建设；11月底前接入省级平台"),
    (ABOVE, "公布减税降费政策的落实成效，用案例说明企业实际少缴了多少。", "市税务局", "市财政局", "每季度"),
    (ABOVE, "更新涉企行政事业性收费目录清单，清单之外一律不得收费。", "市财政局", "市发展改革委、市市场监管局", "2026年6月30日"),
    ("民生领域公开", "公开脱贫地区帮扶政策与扶贫项目信息，列明项目名称、资金来源、实施单位、受益户数和绩效目标，年终逐村公示完成情况。", "市农业农村局", "市财政局、市民政局、" + COUNTIES, "10月底前"),
    (ABOVE, "发布义务教育招生政策，把学校片区图、报名流程和随迁子女入学条件一次讲清。", "市教育局", COUNTIES, "6月15日前"),
    (ABOVE, "公布城乡低保、特困供养和临时救助的人数、标准与资金支出。", "市民政局", ABOVE, "每月10日前"),
    (ABOVE, "公布定点医疗机构常用药品和检查项目的价格，方便群众比较。", "市医保局", "市卫生健康委、市市场监管局", "每季度末月20日前"),
    (ABOVE, "汇总发布招聘会、见习岗位和技能培训信息，每月不少于两次。", "市人力资源社会保障局", "市教育局、市总工会", "全年工作"),
    (ABOVE, "公布饮用水水源和空气质量状况，对超标情况同步说明原因和处置措施。", "市生态环境局", "市水利局、市住房城乡建设局", "每半年"),
    ("权力运行公开", "调整并公布市级部门权责清单，取消、下放和承接的事项单独列表。", "市委编办", "市司法局、市政府各部门", "本方案印发后20个工作日内"),
    (ABOVE, "随机抽查结束后公开检查结果，检查对象、检查事项和处理意见要对应得上。", "市市场监管局", "市应急管理局、市文化和旅游局等部门", "检查结束后7个工作日内"),
    (ABOVE, "规范依申请公开答复文书，能当场答复的当场答复。", "市司法局", "市政府各部门", "收到申请之日起20个工作日内"),
    (ABOVE, "重大行政决策草案公开征求意见，期限不少于30日，意见采纳情况一并反馈。", ABOVE, "各决策起草单位", "持续推进"),
    ("平台建设与互动", "清理长期不更新的政务新媒体账号，保留的账号按季度体检。", OFFICE, "市委网信办、各账号主办单位", "每季度第一个月10日前"),
    (ABOVE, "把历年政府公报全部数字化，提供分年、分类检索和下载。", ABOVE, "市档案馆", "年底前"),
    (ABOVE, "建立12345热线答复口径库，热点问题由承办部门提供标准答复。", "市行政审批服务局", "市直各部门", ""),
    (ABOVE, "在主汛期到来前公布山洪、地质灾害隐患点和避险转移路线。", "市应急管理局", "市水利局、市自然资源和规划局", "汛期前"),
    ("监督保障", "分批轮训各级政务公开工作人员，新任职人员上岗前完成一次培训。", OFFICE, "市委党校、" + COUNTIES, "9月启动，11月底前完成"),
    (ABOVE, "编制并公布政府信息公开工作年度报告，数据与统计年报一致。", ABOVE, COUNTIES + "、市政府各部门", "2027年1月31日前"),
)  # fmt: skip

LEDGER_TITLE = "云溪市2026年优化营商环境重点事项台账"
LEDGER_LEGEND = "制表：云溪市优化营商环境工作专班        制表日期：2026年2月27日        说明：标“△”的为省级考核事项"
LEDGER_HEAD = ("类别", "序号", "重点事项", "具体措施", "责任分工", "", "完成时限", "备注")
LEDGER_SUBHEAD = ("", "", "", "", "牵头单位", "配合单位", "", "")
LEDGER_WIDTHS = (12, 6, 20, 46, 18, 30, 18, 12)
LEDGER_ROWS: tuple[tuple[str | None, str, str, str, str, Any, str], ...] = (
    ("办事便利", "企业开办一日办结", "合并营业执照、印章、税务登记环节，群众只填一张表、只跑一个窗口。", "市市场监管局", "市税务局、市公安局", date(2026, 5, 31), "△"),
    (ABOVE, "不动产登记提速", "存量房转移登记压缩到1个工作日，登记费用网上缴纳。", "市自然资源和规划局", "市住房城乡建设局、市税务局", date(2026, 9, 30), ""),
    (ABOVE, "水电气联合报装", "供水、供电、供气报装一次受理、一次踏勘、一次答复。", "市行政审批服务局", "市住房城乡建设局、国网云溪供电公司", "第三季度", "△"),
    ("要素保障", "中小微企业融资对接", "每月举办一场银企对接会，并公布对接成功的金额和户数。", "市委金融办", "人民银行云溪市分行、市工业和信息化局", "每月25日前", "△"),
    (ABOVE, "工业用地标准地出让", "新增工业用地全部按标准地出让，出让前完成区域评估。", "市自然资源和规划局", "市发展改革委、云溪经济开发区管委会", "12月底前", ""),
    (ABOVE, "用工服务专班", "为重点企业配备用工专员，春节后和秋收后各组织一次专场招聘。", "市人力资源社会保障局", "市工业和信息化局、市总工会", "3月启动", ""),
    ("公平竞争", "清理歧视性条款", "对招标文件开展一次全面清查，清出问题的限期改正并公开通报。", "市发展改革委", "市公共资源交易中心、市住房城乡建设局", date(2026, 8, 1), "△"),
    (ABOVE, "拖欠企业账款清偿", "对确认的欠款逐笔制定清偿计划，按月调度。", "市工业和信息化局", "市财政局、市审计局", "6月底前完成一半；12月20日前全部清偿", "△"),
    ("法治护航", "涉企执法检查备案", "同一部门对同一企业的年度检查先备案、后入企，避免多头重复检查。", "市司法局", "市市场监管局、市应急管理局", "长期", ""),
    (ABOVE, "营商环境投诉直通车", "受理的投诉件即收即转，接到转办件后5个工作日内答复企业。", OFFICE, "市直各部门", "", ""),
)  # fmt: skip


def write_notice(path: Path) -> None:
    """The Word notice: red head, letter, date under the signature, then the table on pages of its own."""
    document = Document()
    document.core_properties.author = "云溪市人民政府办公室"
    document.core_properties.title = "".join(TITLE)
    document.core_properties.created = document.core_properties.modified = WRITTEN
    _page(document.sections[0], landscape=False)
    _style(document)
    _line(document, HEAD, size=30, font="华文中宋", centred=True, colour=RGBColor(0xC0, 0, 0), after=6)
    _rule(_line(document, NUMBER, centred=True, after=12))
    for line in TITLE:
        shape = _line(document, line, size=22, font="华文中宋", centred=True).paragraph_format
        shape.left_indent = shape.right_indent = Cm(2.4)
    _line(document, ADDRESSEES, before=12)
    for line in LETTER:
        _line(document, line, indented=True)
    for line, before in zip(SIGNATURE, (24, 0), strict=True):
        _signed(document, line, before)
    _page(document.add_section(WD_SECTION.NEW_PAGE), landscape=True)
    _line(document, TABLE_TITLE, size=20, font="华文中宋", centred=True, after=10)
    _table(document)
    document.save(str(path))


def _page(section: Any, landscape: bool) -> None:
    long, short = Cm(29.7), Cm(21)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if landscape else (short, long)
    section.left_margin = section.right_margin = Cm(2.2 if landscape else 2.7)
    section.top_margin, section.bottom_margin = Cm(2.5 if landscape else 3), Cm(2.2 if landscape else 2.5)


def _style(document: Any) -> None:
    normal = document.styles["Normal"]
    normal.font.size = Pt(16)
    _face(normal.element.get_or_add_rPr(), normal.font, "仿宋")
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    normal.paragraph_format.line_spacing = Pt(28)


def _face(properties: Any, font: Any, name: str) -> None:
    font.name = name
    properties.get_or_add_rFonts().set(qn("w:eastAsia"), name)


def _line(
    document: Any,
    text: str,
    *,
    size: float = 16,
    font: str = "仿宋",
    centred: bool = False,
    indented: bool = False,
    colour: RGBColor | None = None,
    before: float = 0,
    after: float = 0,
) -> Any:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    _face(run._element.get_or_add_rPr(), run.font, font)
    if colour is not None:
        run.font.color.rgb = colour
    shape = paragraph.paragraph_format
    shape.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.JUSTIFY
    shape.first_line_indent = Pt(2 * size) if indented else None
    shape.space_before, shape.space_after = Pt(before), Pt(after)
    shape.line_spacing = Pt(max(28, size * 1.5))
    return paragraph


def _signed(document: Any, text: str, before: float) -> None:
    """A line of the signature: centred in the right half of the page, as official documents set it."""
    shape = _line(document, text, centred=True, before=before).paragraph_format
    shape.left_indent = Cm(7.5)


def _rule(paragraph: Any) -> None:
    """A red line under the document number."""
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for key, value in (("val", "single"), ("sz", "12"), ("space", "6"), ("color", "C00000")):
        bottom.set(qn(f"w:{key}"), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().append(borders)


def _table(document: Any) -> None:
    table = document.add_table(rows=len(ROWS) + 1, cols=len(COLUMNS), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = Cm(width)
    for column, title in enumerate(COLUMNS):
        _cell(table.cell(0, column), title, WIDTHS[column], bold=True, centred=True)
    for number, row in enumerate(ROWS, 1):
        for column, text in enumerate((str(number), *row)):
            if text is not ABOVE:
                _cell(table.cell(number, column), text, WIDTHS[column], centred=column not in (2, 4))
    _merge(table)
    _repeat_head(table.rows[0])
    for row in table.rows:
        _keep_together(row)


def _cell(cell: Any, text: str, width: float, *, bold: bool = False, centred: bool = False) -> None:
    cell.width = Cm(width)
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
    paragraph.paragraph_format.line_spacing = Pt(18)
    run = paragraph.add_run(text)
    run.bold = bold
    run.font.size = Pt(11)
    _face(run._element.get_or_add_rPr(), run.font, "黑体" if bold else "仿宋")


def _merge(table: Any) -> None:
    """Join each cell marked ABOVE with the last written one over it."""
    for column in range(1, len(COLUMNS)):
        first = 1
        for number in range(2, len(ROWS) + 2):
            if number <= len(ROWS) and ROWS[number - 1][column - 1] is ABOVE:
                continue
            if number - first > 1:
                table.cell(first, column).merge(table.cell(number - 1, column))
                _drop_empty(table.cell(first, column))
            first = number


def _drop_empty(cell: Any) -> None:
    """Merging leaves the empty paragraphs of the joined cells behind."""
    for paragraph in cell.paragraphs[1:]:
        if not paragraph.text:
            cell._tc.remove(paragraph._p)


def _repeat_head(row: Any) -> None:
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _keep_together(row: Any) -> None:
    mark = OxmlElement("w:cantSplit")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def write_ledger(path: Path) -> None:
    """The spreadsheet ledger: title, legend, a header of two rows, merged categories, dates kept as dates."""
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"title": LEDGER_TITLE, "author": "云溪市优化营商环境工作专班", "created": WRITTEN})
    sheet = book.add_worksheet("重点事项台账")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2, 3)
    for column, width in enumerate(LEDGER_WIDTHS):
        sheet.set_column(column, column, width)
    last = len(LEDGER_HEAD) - 1
    title = {"bold": True, "font_size": 18, "font_name": "华文中宋", "align": "center", "valign": "vcenter"}
    sheet.set_row(0, 36)
    sheet.merge_range(0, 0, 0, last, LEDGER_TITLE, book.add_format(title))
    legend = {"font_name": "仿宋", "font_size": 11, "align": "left", "valign": "vcenter"}
    sheet.set_row(1, 22)
    sheet.merge_range(1, 0, 1, last, LEDGER_LEGEND, book.add_format(legend))
    _ledger_head(book, sheet)
    _ledger_rows(book, sheet)
    book.close()


_FRAME = {"border": 1, "text_wrap": True, "valign": "vcenter", "font_name": "仿宋", "font_size": 11}


def _ledger_head(book: Any, sheet: Any) -> None:
    shape = book.add_format({**_FRAME, "bold": True, "align": "center", "bg_color": "#E8EEF7", "font_name": "黑体"})
    sheet.merge_range(2, 4, 2, 5, LEDGER_HEAD[4], shape)
    for column, (above, below) in enumerate(zip(LEDGER_HEAD, LEDGER_SUBHEAD, strict=True)):
        if below:
            sheet.write(3, column, below, shape)
        else:
            sheet.merge_range(2, column, 3, column, above, shape)


def _ledger_rows(book: Any, sheet: Any) -> None:
    left = book.add_format({**_FRAME, "align": "left"})
    centre = book.add_format({**_FRAME, "align": "center"})
    day = book.add_format({**_FRAME, "align": "center", "num_format": 'yyyy"年"m"月"d"日"'})
    month = book.add_format({**_FRAME, "align": "center", "num_format": 'yyyy"年"m"月"'})
    starts = [index for index, row in enumerate(LEDGER_ROWS) if row[0] is not ABOVE] + [len(LEDGER_ROWS)]
    for first, beyond in pairwise(starts):
        sheet.merge_range(4 + first, 0, 3 + beyond, 0, LEDGER_ROWS[first][0], centre)
    for index, (_, matter, measure, lead, others, due, remark) in enumerate(LEDGER_ROWS):
        row = 4 + index
        sheet.set_row(row, 48)
        sheet.write_number(row, 1, index + 1, centre)
        for column, text in ((2, matter), (3, measure), (4, lead), (5, others), (7, remark)):
            sheet.write(row, column, text, left if column in (3, 5) else centre)
        if isinstance(due, date):
            sheet.write_datetime(row, 6, due, month if due.day == 1 else day)
        else:
            sheet.write(row, 6, due, centre)


def main(folder: Path) -> None:
    """Write both files into a folder."""
    write_notice(folder / NOTICE)
    write_ledger(folder / LEDGER)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "样例")
