"""What understanding and answering a question may cost: counted in calls, which are the same on every machine. Nobody waits for one
question, but hundreds come on the day before a deadline."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from types import FrameType

from handlers import handle
from knowledge.ledger import Ledger
from knowledge.model import Message
from knowledge.question import understand
from knowledge.register import Register
from scheduler.calendar import WorkCalendar
from scheduler.policy import SHANGHAI
from tests.knowledge.offices import city

NOW = datetime(2023, 5, 8, 9, tzinfo=SHANGHAI)
PLAIN = (
    "黑臭水体治理谁牵头",
    "招生划片范围谁来公布",
    "中介秩序哪个部门管",
    "采购文件什么时候公开",
    "药品价格的公布具体怎么要求",
)
TWO = ("抽查结果谁公布？中标结果谁公开？",)
UNDERSTOOD = 800
"""Calls for one plain question understood: now 643 with Python 3.11, and up to a hundred more where other tests have filled what is
remembered; later versions count fewer."""
ANSWERED = 4_300
"""Calls for a message that asks two things: now 3642. It is understood as a whole and in its parts, and each part is answered."""


def calls(do: Callable[[], object]) -> int:
    """How many functions, of Python or written in C (each search for a pattern is one), are called while something is done."""
    counted = 0

    def count(frame: FrameType, event: str, arg: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        do()
    finally:
        sys.setprofile(before)
    return counted


def taken(do: Callable[[Register, str], object], texts: Sequence[str]) -> float:
    """How many are called for one of these questions, put politely: what is compiled, or made once for a register, was wanted before."""
    office, other = city(), city()
    for register, polite in ((other, "请问"), (office, "")):
        for text in texts:
            do(register, f"{polite}{text}")
    return sum(calls(partial(do, office, f"请问{text}")) for text in texts) / len(texts)


def test_a_plain_question_is_understood_in_few_calls() -> None:
    assert taken(lambda register, text: understand(Message(text), register, NOW.date()), PLAIN) < UNDERSTOOD


def test_of_a_message_that_asks_two_things_no_part_is_understood_again_and_again() -> None:
    ledger, calendar = Ledger(), WorkCalendar()
    assert taken(lambda register, text: handle(Message(text), register, ledger, NOW, calendar), TWO) < ANSWERED
