"""Questions for all that is in one state, as transcripts over the invented office of conftest.py."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from handlers.message import Outcome
from knowledge.demands import Demand, Demands
from knowledge.ledger import Ledger
from knowledge.register import Register
from tests.handlers.talking import Talk


@pytest.fixture(scope="module")
def ledger(office: Register) -> Ledger:
    """Two completions that wait, one returned, one accepted, a difficulty and a request for a later date."""
    told = (
        ("市文物局", "第1项已完成", date(2025, 6, 20)),
        ("市财政局", "惠农补贴专栏已开设，http://example.gov.cn/2", date(2025, 7, 1)),
        ("市生态环境局", "5月水质数据已公布", date(2025, 6, 5)),
        ("市教育局", "第4项卡在审批，推不动", date(2025, 7, 2)),
        ("市住房城乡建设局", "第7项延期到12月20日，原因：招标流标", date(2025, 7, 3)),
    )
    found = Ledger()
    codes = []
    for unit, text, day in told:
        talk = _talk(office, found, unit, day)
        talk.says(text)
        codes.append(talk.last.entries[0].details["code"])
        found = talk.ledger
    supervisor = _talk(office, found, None, date(2025, 7, 5))
    supervisor.says(f"通过 {codes[0]}")
    supervisor.says(f"退回 {codes[2]}，数据不全")
    return supervisor.ledger


def _talk(office: Register, ledger: Ledger, unit: str | None, day: date) -> Talk:
    kept = replace(office, demands=Demands(Demand(acceptance=True)))
    role = "liaison" if unit else "supervisor"
    return Talk(kept, unit, role=role, today=day, ledger=ledger, name=unit or "督查员")


def asked(office: Register, ledger: Ledger, text: str, unit: str | None = None) -> Outcome:
    talk = _talk(office, ledger, unit, date(2025, 7, 10))
    talk.says(text)
    assert talk.last.entries == (), "asking writes nothing"
    return talk.last


@pytest.mark.parametrize(
    ("texts", "right", "words"),
    [
        (("哪些等审核", "待核的有几项", "有哪些等我核定"), ["2"], "已报办结、等待核定的有1项"),
        (("退回的有哪些", "哪些被退回了", "被打回的任务有几项"), ["3"], "7月5日被退回（数据不全）"),
        (("哪些还没佐证", "谁没附链接", "没有佐证材料的列一下"), ["1"], "还没有链接或材料的有1项"),
        (("哪些任务有困难", "谁遇到困难了", "有没有需要协调的"), ["4"], "原话“第4项卡在审批，推不动”"),
        (("有哪些延期申请", "谁申请延期了", "延期申请有几个"), ["7"], "11月30日（星期日）延到2025年12月20日"),
        (("今年办结了几项", "6月办结了哪些", "哪些按期办结"), ["1"], "办结1项（共10项），其中逾期办结0项"),
        (("逾期最久的是哪项", "谁拖得最久"), ["3"], "逾期没有办结报告的"),
        (("全年推进的有哪些",), ["6"], "全年推进、没有截止日期的有1项"),
    ],
)
def test_a_state_is_asked_for_in_many_words(
    office: Register, ledger: Ledger, texts: tuple[str, ...], right: list[str], words: str
) -> None:
    for text in texts:
        outcome = asked(office, ledger, text)
        assert outcome.answer is not None
        assert [one.removeprefix("yunling-") for one in outcome.answer.assignments] == right, (text, outcome.text)
        assert words in outcome.text, (text, outcome.text)


def test_nothing_is_an_answer(office: Register) -> None:
    for text in ("哪些等审核", "退回的有哪些", "有哪些延期申请", "哪些任务有困难"):
        outcome = asked(office, Ledger(), text)
        assert outcome.answer is not None
        assert outcome.answer.answered, text
        assert "现在没有" in outcome.text, text


def test_a_unit_asks_for_its_own(office: Register, ledger: Ledger) -> None:
    assert "市财政局已报办结、等待核定的有1项" in asked(office, ledger, "我们的报告通过了吗", "市财政局").text
    assert "本单位现在没有等待答复的延期申请" in asked(office, ledger, "有哪些延期申请", "市财政局").text
    assert "本单位等待答复的延期申请有1件" in asked(office, ledger, "有哪些延期申请", "市住房城乡建设局").text


def test_how_much_is_done_is_told_with_all_states(office: Register, ledger: Ledger) -> None:
    text = asked(office, ledger, "总体完成率多少").text
    assert text.startswith("办结率11.1%：应办结9项，已办结1项。全年推进的1项不计入。")
    assert "按期办结1项" in text
    assert "市农业农村局：0%（0/1）" in asked(office, ledger, "各单位完成率").text


def test_what_waits_and_what_was_returned_is_told_of_one_assignment(office: Register, ledger: Ledger) -> None:
    assert "7月5日核定" in asked(office, ledger, "第1项什么时候核定的").text
    assert "市财政局（已报待核）" in asked(office, ledger, "惠农补贴专栏进展如何").text
    assert "7月5日被退回（数据不全）" in asked(office, ledger, "第3项为什么被退回").text


def test_the_days_that_are_left_are_counted(office: Register, ledger: Ledger) -> None:
    assert "还有143天" in asked(office, ledger, "第7项还有几天").text


def test_a_matter_beside_the_words_of_a_state_is_still_asked_for(office: Register, ledger: Ledger) -> None:
    outcome = asked(office, ledger, "校车安全管理办法谁审核")
    assert outcome.answer is not None
    assert outcome.answer.assignments == ("yunling-4",)


def test_what_was_reported_in_some_days_is_told_newest_first(office: Register, ledger: Ledger) -> None:
    last_week = asked(office, ledger, "上周谁报了").text
    assert last_week.startswith("上周（2025年6月30日至7月6日），报告进展3条，来自3家单位：\n1) 7月3日")
    assert "第2项" in last_week
    assert asked(office, ledger, "今天有新报的吗").text == "今天（2025年7月10日），各单位没有报告进展。"
    assert "市财政局报告进展1条" in asked(office, ledger, "我们报过哪些了", "市财政局").text
