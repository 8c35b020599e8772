"""The measure of questions by people who have not seen the product: what it calls right, first, misled and made up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.clerks import CLERKS, Judged, figures, judged, office_of, questions_of
from knowledge.normal import bare

PAPER = """松河县2024年绿化工作任务分工方案

松河县人民政府办公室
2024年3月1日

一、造林
1.在松河两岸新造护岸林800亩。（牵头单位：县林业局；责任单位：县水利局；完成时限：2024年4月底前）
2.补植县城行道树2600株。（牵头单位：县城管局；完成时限：2024年5月底前）
"""


def asked(folder: Path, q: str, intent: str = "lead", **expect: object) -> Judged:
    """One question over the paper, judged."""
    (folder / "a.txt").write_text(PAPER, "utf-8")
    line = {"id": "x-1", "q": q, "source": "a.txt", "intent": intent, "kind": [], "expect": {"starts": [], **expect}}
    (folder / "questions.jsonl").write_text(json.dumps(line, ensure_ascii=False), "utf-8")
    return next(judged(folder))


def test_an_answer_that_is_right_in_every_part_has_no_fault(tmp_path: Path) -> None:
    one = asked(tmp_path, "护岸林谁牵头", starts=["在松河两岸新造护岸林"], units=["县林业局"])
    assert (one.faults, one.first, one.misled) == ((), True, False)


def test_another_row_than_the_one_expected_misleads(tmp_path: Path) -> None:
    one = asked(tmp_path, "护岸林谁牵头", starts=["补植县城行道树"], units=["县城管局"])
    assert one.misled
    assert not one.first
    assert one.faults == ("少了任务", "多了任务", "单位：县林业局")


def test_a_row_for_what_no_paper_says_is_a_fault(tmp_path: Path) -> None:
    one = asked(tmp_path, "护岸林谁牵头", none=True)
    assert one.faults == ("不该作答",)
    assert figures([one]).false == 1


def test_another_date_is_a_fault_and_a_spare_row_is_none(tmp_path: Path) -> None:
    wanted = {"starts": ["补植县城行道树"], "dates": ["2024-06-30"]}
    assert asked(tmp_path, "行道树什么时候补完", "deadline", **wanted).faults == ("日期：2024-05-31",)
    office_of.cache_clear()
    listed = asked(tmp_path, "4月到期的有哪些", "due", optional=["在松河两岸新造护岸林"])
    assert listed.faults == ()


@pytest.mark.thorough
@pytest.mark.parametrize("folder", sorted(one for one in CLERKS.iterdir() if one.is_dir()), ids=lambda one: one.name)
def test_every_row_that_a_clerk_expects_stands_in_his_papers(folder: Path) -> None:
    texts = [bare(one.text) for one in office_of(folder).assignments]
    for question in questions_of(folder):
        for start in (*question["expect"].get("starts", ()), *question["expect"].get("optional", ())):
            assert any(bare(start) in text for text in texts), (question["id"], start)
