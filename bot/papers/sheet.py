"""表格文件: a list that was asked for in a chat, as an .xlsx."""

from __future__ import annotations

from datetime import datetime

from bot.papers.workbook import Field, workbook
from handlers.message import Export

_WIDTHS = {"任务": 44, "文件": 24, "序号": 8, "任务数": 8, "到期日": 15, "印发日期": 15, "原文位置": 12}
_WIDTH = 16


def sheet_of(export: Export, made: datetime) -> bytes:
    """The list as a workbook of one sheet."""
    fields = [
        Field(head, _WIDTHS.get(head, _WIDTH), centred=head in ("序号", "任务数", "到期日")) for head in export.head
    ]
    note = f"共{len(export.rows)}行，{made:%Y年%-m月%-d日}按已导入的文件列出，请以文件原文为准。"
    return workbook(export.name, note, fields, export.rows, made.date(), "清单")
