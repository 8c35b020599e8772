"""Rows by what a further column prints, rows without a unit, rows with one responsible unit; the paper is invented."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from handlers import handle
from handlers.message import Outcome
from knowledge import deadlines
from knowledge.ledger import Ledger
from knowledge.model import Assignment, Document, Duty, Message, Particular, Place, Role
from knowledge.register import Register
from scheduler.calendar import WorkCalendar
from scheduler.policy import SHANGHAI
from tests.handlers.test_clerks import ask as ask_of_clerks

ISSUED = date(2026, 3, 2)
ROWS = (
    ("1", "整治入河排污口17个。", "区生态环境局", "", "区水务局", "9月30日", "整改中"),
    ("2", "改造雨污混接点46处。", "区住房城乡建设局", "", "区水务局", "12月31日", "整改中"),
    ("3", "对3家砖瓦厂停产整治。", "区生态环境局", "", "区财政局", "6月30日", "已完成"),
    ("4", "落实扬尘管控措施。", "区住房城乡建设局", "区城市管理局", "", "长期坚持", "持续推进"),
    ("5", "建立投诉处理机制，一般投诉24小时内办结。", "区市场监管局", "区公安分局、区文旅局", "", "", "整改中"),
)  # fmt: skip


def office() -> Register:
    def row(number: str, text: str, lead: str, duty: str, help: str, slot: str, state: str) -> Assignment:
        named = ((lead, Role.LEAD), (duty, Role.RESPONSIBLE), (help, Role.COOPERATING))
        duties = tuple(Duty(unit, role) for units, role in named for unit in filter(None, units.split("、")))
        read = (deadlines.read(slot, ISSUED, 2026),) if slot else deadlines.inner(text, ISSUED, 2026)
        return Assignment(
            f"p-{number}", "p", number, number, (), text, text, Place(line=int(number)), duties, read,
            particulars=(Particular("进展状态", state),),
        )  # fmt: skip

    document = Document(
        "p", "临沙区环境问题整改清单（2026年）", "p.xlsx", "p", issued=ISSUED, year=2026, locality="临沙区"
    )
    return Register(1, (document,), tuple(row(*line) for line in ROWS))


def ask(text: str) -> Outcome:
    now = datetime(2026, 7, 8, 9, tzinfo=SHANGHAI)
    return handle(Message(text, scope=("p",)), office(), Ledger(), now, WorkCalendar())


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("整改中的有几项", "1 2 5"),
        ("进展状态是整改中的有哪些", "1 2 5"),
        ("状态是已完成的有哪几项", "3"),
        ("财政局没参与的有几项", "1 2 4 5"),
        ("不涉及水务局的有哪些", "3 4 5"),
        ("水务局没有参与的任务有哪些", "3 4 5"),
        ("只有一个责任单位的", "4"),
        ("责任单位就一家的有哪些", "4"),
        ("没写完成时限的有哪些", "5"),
    ],
)
def test_the_rows_that_are_asked_for_are_listed(text: str, numbers: str) -> None:
    outcome = ask(text)
    assert outcome.answer is not None
    assert outcome.answer.assignments == tuple(f"p-{one}" for one in numbers.split()), outcome.text


def test_where_nothing_was_reported_the_printed_state_is_told_as_such() -> None:
    told = ask("第3项完成了吗").text
    assert "还没有收到进展报告" in told
    assert "文件“进展状态”栏印的是“已完成”，是成文时的情况。" in told


def test_what_the_ledger_tells_is_not_taken_from_the_column() -> None:
    assert "“进展状态”栏" not in ask("已完成的有哪些").text


def test_which_towns_are_concerned_is_answered_with_towns() -> None:
    told = ask_of_clerks("deeds", "饮水管网延伸涉及哪几个乡镇")
    assert told.answer is not None
    assert told.text.startswith("白石镇、清溪乡。")
