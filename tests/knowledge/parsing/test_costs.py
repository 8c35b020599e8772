"""What a row of a table may cost: counted in calls, which are the same on every machine. A ledger has thousands of rows, and each look
at all of them makes its import longer."""

from __future__ import annotations

import sys
from types import FrameType

from knowledge.model import Block, Cell, Place
from knowledge.parsing import parse
from knowledge.reading.reading import Reading

HEADS = ("序号", "工作任务", "牵头单位", "配合单位", "完成时限")
UNITS = ("县财政局", "县教育局", "县水利局", "县民政局", "县卫生健康局")
TIMES = ("6月底前", "2024年9月30日前", "每季度末", "长期坚持")
MOST = 100
"""Calls of Python functions for one plain row: now 77 with Python 3.11; later versions count fewer."""


def cells(number: int) -> tuple[str, ...]:
    """What a row says: no two ask for the same, and all name the same few units and times."""
    what = f"完善第{number}片区便民服务设施，更新台账并接受群众监督"
    helpers = f"{UNITS[(number + 1) % 5]}、{UNITS[(number + 3) % 5]}"
    return str(number), what, UNITS[number % 5], helpers, TIMES[number % 4]


def row(at: int, texts: tuple[str, ...]) -> Block:
    places = [Place(sheet="台账", row=at, column=column) for column, _ in enumerate(texts, 1)]
    return Block("", Place(sheet="台账", row=at), tuple(map(Cell, texts, places)), 1)


def ledger(count: int) -> Reading:
    """A sheet of so many rows below its heads."""
    return Reading("xlsx", (row(1, HEADS), *(row(number + 1, cells(number)) for number in range(1, count + 1))))


def calls(reading: Reading) -> int:
    """How many Python functions are called while a reading is parsed."""
    counted = 0

    def count(frame: FrameType, event: str, arg: object) -> None:
        nonlocal counted
        counted += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        parse(reading, "台账.xlsx", "0" * 64)
    finally:
        sys.setprofile(before)
    return counted


def test_a_plain_row_of_a_ledger_takes_few_calls() -> None:
    short, long = ledger(200), ledger(600)
    calls(short)  # what is compiled and remembered at the first use
    assert (calls(long) - calls(short)) / 400 < MOST
