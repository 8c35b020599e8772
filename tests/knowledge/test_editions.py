"""Which filed document a new one takes the place of, and what says so."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.editions import Relation, predecessors
from knowledge.model import Draft
from tests.knowledge.papers import LINES, PLAN, paper

FILED = paper(source="分工方案.docx").document


def seen(new: Draft) -> tuple[str, bool] | None:
    """What the filed plan is to a new document, and whether that is sure."""
    found = predecessors(new, [FILED])
    return (str(found[0].relation), found[0].sure) if found else None


EDITION, REPLACEMENT, YEAR, EARLIER = Relation


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (paper(source="分工方案改.docx"), (EDITION, True)),
        (paper(f"{PLAN}（修订版）", number=None), (EDITION, True)),
        (paper(PLAN.replace("关于印发", "关于调整"), number="澄政办发〔2026〕19号"), (EDITION, True)),
        (paper(PLAN.replace("关于印发", "关于重新印发"), number="澄政办发〔2026〕19号"), (EDITION, True)),
        (paper(number="澄政办发〔2026〕19号", source="（更正）分工方案.docx"), (EDITION, True)),
        (paper(number="澄政办发〔2026〕19号", source="分工方案-以此件为准.docx"), (EDITION, True)),
        (paper("2026年政务公开任务分工方案（修订稿）", number=None, locality=None), (EDITION, True)),
        (paper(PLAN, LINES, "此前印发的方案以此件为准。", number="澄政办发〔2026〕19号"), (EDITION, True)),
        (paper(number="澄政办发〔2026〕19号"), (EDITION, False)),
        (paper("关于做好下半年公开工作的通知", LINES, "《2026年政务公开任务分工方案》（澄政办发〔2026〕5号）同时废止。",
               number="澄政办发〔2026〕30号", issued=date(2026, 7, 1)), (REPLACEMENT, True)),
        (paper("关于做好下半年公开工作的通知", LINES, "澄政办发〔2026〕5号文件不再执行。", number=None), (REPLACEMENT, True)),
        (paper(PLAN.replace("2026", "2027"), year=2027, number="澄政办发〔2027〕2号"), (YEAR, False)),
        (paper(PLAN.replace("2026", "2027"), LINES, "原《2026年政务公开任务分工方案》同时废止。", year=2027,
               number="澄政办发〔2027〕2号", issued=date(2027, 2, 1)), (YEAR, True)),
        (paper(PLAN.replace("2026", "2025"), year=2025, number="澄政办发〔2025〕4号"), None),
        (paper(PLAN, LINES, source="分工方案征求意见稿.docx", number=None), (EARLIER, True)),
        (paper("澄江湾市2026年优化营商环境任务清单", number=None), None),
        (paper(locality="麦沟县"), None),
        (paper("关于做好下半年公开工作的通知", LINES, "清理并公布继续有效、废止和失效的文件目录。", number=None), None),
        (paper("关于做好下半年公开工作的通知", LINES, "按照《2026年政务公开任务分工方案》要求，抓好落实。", number=None), None),
    ],
)  # fmt: skip
def test_what_a_new_document_is_to_a_filed_one(new: Draft, expected: tuple[str, bool] | None) -> None:
    assert seen(new) == expected


def test_the_reason_is_given_in_the_documents_own_words() -> None:
    (found,) = predecessors(paper(PLAN, LINES, "原《2026年政务公开任务分工方案》同时废止。", number=None), [FILED])
    assert found.words == "原文写明“原《2026年政务公开任务分工方案》同时废止”"


def test_the_first_version_brought_in_late_does_not_replace_its_revision() -> None:
    revised = paper(source="分工方案（修订）.docx").document
    (found,) = predecessors(paper(source="分工方案.docx"), [revised])
    assert (found.relation, found.sure) == (Relation.EARLIER, True)
