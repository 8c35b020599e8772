"""Whole questions typed in pinyin, syllable by syllable and in one run, of the invented papers."""

from __future__ import annotations

from datetime import date

import pytest

from tests.handlers.test_clerks import ask, numbers, table

LED = table("""
    plan | she qu shi tang shei qian tou | 6
    plan | nan jin da qiao jia gu na xiang zui chi na tian wan cheng | 4
    plan | min zheng qian tou de you na xie | 6
    plan | shi shui li ju qian tou de ren wu you na xie | 5
    plan | cai zheng pei he de lie yi xia | 6
    plan | qu dao qing yu gui shei guan | 5
    plan | can ji ren yun dong hui de ze ren dan wei shi na ji jia | 8
    ledger | cheng guan qian tou de you na xie | 2.2 2.3
""")


@pytest.mark.parametrize(("paper", "text", "right"), LED)
def test_a_question_in_pinyin_leads_to_the_row_that_is_meant(paper: str, text: str, right: list[str]) -> None:
    assert numbers(ask(paper, text)) == right
    words = text.replace(" ", "")
    assert numbers(ask(paper, words)) == right


def test_what_is_due_and_what_is_late_is_asked_for_in_pinyin() -> None:
    for text in ("mu qian chao qi de you na xie", "na xie guo le qi xian hai mei ban wan"):
        late = ask("plan", text, today=date(2025, 12, 1))
        assert late.answer is not None
        assert (late.answer.intent, late.answer.answered) == ("overdue", True), text
    for text in ("shi yue fen dao qi de you na xie", "shiyuefendaoqideyounaxie"):
        due = ask("plan", text, today=date(2025, 9, 1))
        assert due.answer is not None
        assert due.answer.intent == "due"
        assert "2025年10月1日至10月31日" in due.text, text
