"""回执账 as a paper to hand on and as a sheet to work with: one line for each unit that a reminder named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from bot.handing import Letterhead
from bot.papers.filling import Filling, Section, made
from bot.papers.paper import Column
from bot.papers.workbook import Cell, Field, workbook
from handlers.receipts import ReceiptBook
from handlers.wording import title
from handlers.wording_receipts import (
    answer_words,
    fate_words,
    headline,
    matter_words,
    moment_words,
    platform_words,
    slot_words,
    stage_words,
)
from knowledge.ledger import EntryKind
from knowledge.register import Register
from scheduler.receipts import Named, Receipt

_COLUMNS = (
    Column("序号", 11, centred=True), Column("任务和期限", 50), Column("提醒", 31), Column("发送结果", 34),
    Column("单位签收", 36),
)  # fmt: skip
_FIELDS = (
    Field("序号", 6, centred=True), Field("短码", 7, centred=True), Field("文件", 26), Field("任务", 30),
    Field("期限", 13, centred=True), Field("提醒阶段", 13, centred=True), Field("提醒时间", 14, centred=True),
    Field("会话", 11), Field("发送结果", 11, centred=True), Field("平台答复", 24), Field("点名的人", 9),
    Field("单位", 15), Field("签收", 8, centred=True), Field("答复情况", 20),
)  # fmt: skip
_NOTE = (
    "注：本账由台账自动生成。“已发送”指平台明确答复收下；“不明”指没有等到答复，可能发送过；"
    "“没有回”指到制表时没有回复收到、也没有报告进展。"
)
_BY_HAND = "“已交某人转发”指交到了转发人手里，群里有没有看到，以转发人的确认为准；“确认已转发”是转发人自己的话，不是平台的答复。"
_MATTER, _SAID, _NAME = 24, 18, "提醒签收情况（回执账）"
_LONG_MATTER = 40


def docx(value: object, head: Letterhead) -> bytes:
    """The account as a paper. Raises PaperError."""
    assert isinstance(value, ReceiptBook), "this paper is about receipts"
    return receipts_paper(value.found, value.register, head)


def xlsx(value: object, head: Letterhead) -> bytes:
    """The account as a workbook."""
    assert isinstance(value, ReceiptBook), "this sheet is about receipts"
    return receipts_sheet(value.found, value.register, head.made.date())


def receipts_paper(found: Sequence[Receipt], register: Register, head: Letterhead) -> bytes:
    """One paper with all these notices, in the order given. Raises PaperError."""
    rows = list(_rows(found, register, head.made.date()))
    filling = Filling(
        "回执账", _name(found, register), [headline(found)], [Section("", _COLUMNS, rows)], note=_note(found)
    )
    return made(filling, head)


def receipts_sheet(found: Sequence[Receipt], register: Register, day: date) -> bytes:
    """The same as the bytes of an .xlsx, a row for each unit named; one row for a notice that named nobody."""
    rows: list[list[Cell]] = []
    for one in found:
        for unit in one.named or (None,):
            rows.append([len(rows) + 1, *_cells(one, unit, register, day)])
    return workbook(_name(found, register), f"{headline(found)}{_note(found)}", _FIELDS, rows, day)


def _note(found: Sequence[Receipt]) -> str:
    """What the words mean; what a person forwards only where one does."""
    by_hand = any(one.fate in (EntryKind.ENTRUSTED, EntryKind.FORWARDED) for one in found)
    return f"{_NOTE}{_BY_HAND}" if by_hand else _NOTE


def _name(found: Sequence[Receipt], register: Register) -> str:
    documents = {one.document for one in found}
    only = register.document(documents.pop()) if len(documents) == 1 else None
    return f"{title(only)}{_NAME}" if only else _NAME


def _rows(found: Sequence[Receipt], register: Register, day: date) -> Iterator[list[str]]:
    """A line across for each document, below it its notices."""
    documents = dict.fromkeys(one.document for one in found)
    at = 0
    for id in documents:
        document = register.document(id)
        if len(documents) > 1:
            yield [title(document) if document else "周报和其他通知"]
        for one in found:
            if one.document == id:
                at += 1
                yield _row(at, one, register, day)


def _row(at: int, one: Receipt, register: Register, day: date) -> list[str]:
    matter = [matter_words(one, register, _MATTER), slot_words(one) + (f"　短码{one.code}" if one.code else "")]
    calls = f"点名：{'、'.join(one.people)}" if one.people else ""
    return [
        str(at),
        "\n".join(matter),
        "\n".join(filter(None, [stage_words(one.stage), moment_words(one.at, day), one.conversation, calls])),
        f"{fate_words(one)}\n{platform_words(one, _SAID)}".strip(),
        "\n".join(_answers(one, day)) or "（没有点名单位）",
    ]


def _answers(one: Receipt, day: date) -> Iterator[str]:
    for unit in one.named:
        yield f"{unit.unit}：{_answer(one, unit, day)}"
    yield from (f"{answer_words(entry, day)}（未说明单位）" for entry in one.others if not entry.unit)


def _answer(one: Receipt, unit: Named, day: date) -> str:
    if unit.answer is not None:
        return answer_words(unit.answer, day)
    if unit.before is not None:
        return f"此前{answer_words(unit.before, day)}"
    return "没有回" if one.reached else "—"


def _cells(one: Receipt, unit: Named | None, register: Register, day: date) -> list[Cell]:
    document = register.document(one.document)
    return [
        one.code,
        title(document) if document else "",
        matter_words(one, register, _LONG_MATTER),
        slot_words(one),
        stage_words(one.stage),
        moment_words(one.at, day),
        one.conversation,
        fate_words(one),
        platform_words(one),
        "、".join(one.people),
        unit.unit if unit else "",
        ("没有回" if unit.silent else "已回") if unit and one.reached else "—",
        _answer(one, unit, day) if unit else "",
    ]
