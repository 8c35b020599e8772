"""When half is to be done: told where a deadline says so, reckoned for a list, and said not to be written otherwise."""

from __future__ import annotations

import pytest

from tests.handlers.test_clerks import ask, numbers
from tests.handlers.test_followups import Chat


@pytest.mark.parametrize(
    ("paper", "text", "told", "day"),
    [
        ("plan", "任务完成一半是几月", "9项任务里写了到期日的有7项，到2025年9月30日（星期二）有4项到期，过半。", "2025-09-30"),
        ("plan", "几月份任务过半", "到2025年9月30日（星期二）有4项到期，过半。", "2025-09-30"),
        ("plan", "住建局的任务一半是几月到期", "2项任务都写了到期日，到2025年9月10日（星期三）有1项到期，正好一半。", "2025-09-10"),
        ("plan", "民生保障部分什么时候完成一半", "4项任务里写了到期日的有3项，到2025年10月31日（星期五）有2项到期，过半。", "2025-10-31"),
    ],
)  # fmt: skip
def test_half_of_a_list_is_reckoned_from_its_days(paper: str, text: str, told: str, day: str) -> None:
    outcome = ask(paper, text)
    assert outcome.answer is not None
    assert told in outcome.text
    assert "文件没有直接写" in outcome.text
    assert outcome.answer.dates == (day,)


def test_half_of_a_matter_is_said_not_to_be_written() -> None:
    told = ask("plan", "危房改造什么时候完成一半")
    assert numbers(told) == ["7"]
    assert told.text.startswith("文件没有写什么时候完成一半。")
    assert "11月20日" in told.text
    chat = Chat("plan")
    chat.says("危房改造谁牵头")
    assert chat.says("过半是几月").text.startswith("文件没有写什么时候完成一半。")


def test_half_that_is_told_is_no_question_for_a_day() -> None:
    told = ask("plan", "危房改造完成一半了", role="liaison", unit="市住房和城乡建设局")
    assert [one.details["percent"] for one in told.entries] == [50]
    assert numbers(ask("plan", "上半年要完成什么")) == ["3", "正文"]
