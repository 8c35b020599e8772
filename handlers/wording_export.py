"""How a list looks as a table, and what is said when one is made."""

from __future__ import annotations

import re

from handlers import wording
from handlers.message import Export
from handlers.wording_deadlines import calendar_day
from knowledge.model import Assignment, Document, Role
from knowledge.register import Register

HEAD = ("文件", "序号", "部分", "任务", "牵头单位", "责任单位", "配合单位", "完成时限", "到期日", "原文位置")
DOCUMENTS = ("文件", "文号", "印发日期", "任务数", "原文件名")
NOTHING = "没有可以导出的清单。请先问一个清单，比如“财政局有哪些任务”，再发“导出”。"
_UNFIT = re.compile(r"[^\w（）-]+")
_LONGEST = 24


def row(one: Assignment, document: Document | None) -> tuple[str, ...]:
    """An assignment in the columns of HEAD."""
    slots = [part for part in one.deadlines if not part.inner] or list(one.deadlines)
    return (
        wording.title(document) if document else "",
        one.number or "正文部分",
        " / ".join(one.section),
        one.text,
        *(wording.names(one.units(role)) for role in Role),
        "；".join(part.text for part in slots if part.text),
        "、".join(dict.fromkeys(calendar_day(part.due) for part in one.deadlines if part.due and not part.start_only)),
        one.place.words(),
    )


def document_row(one: Document, register: Register) -> tuple[str, ...]:
    """A document in the columns of DOCUMENTS."""
    rows = sum(row.number is not None for row in register.of_document(one.id))
    return (wording.title(one), one.number or "", calendar_day(one.issued) if one.issued else "", str(rows), one.source)


def titled(question: str) -> str:
    """A name for the file: the question without what a file system may not like."""
    return _UNFIT.sub("", question)[:_LONGEST] or "清单"


def ready(export: Export) -> str:
    """What is said when the table is made; where it lies is said by whoever keeps it."""
    return f"已做成表格，共{len(export.rows)}行：{export.name}.xlsx"


def lies_at(place: str, own: bool) -> str:
    """Where the file is: its path at the office's own machine, elsewhere its name and whom to ask for it."""
    if own:
        return f"已存到：{place}"
    return f"这里发不了文件，已存到办公电脑的导出文件夹，名称是“{place}”，请向管理员要。"


UNKEPT = "（qiantou ask 不保存文件；请在 qiantou run 或群里发“导出”，或用 qiantou assignments --jsonl。）"
