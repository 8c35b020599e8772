"""A place or a year that no document is about is told as such; what only looks like one is not taken for it."""

from __future__ import annotations

import pytest

from knowledge.model import Assignment, Document, Duty, Place, Role
from knowledge.question.whichdocument import named_documents
from knowledge.register import Register

DOCUMENT = Document("p", "沙白县2026年重点任务分工方案", "p.docx", "p", year=2026, locality="沙白县")
ROW = Assignment(
    "p-1", "p", "1", "1", (), "改造老旧小区3个，建成清河夜市。", "改造老旧小区3个，建成清河夜市。", Place(line=1),
    (Duty("县住房城乡建设局", Role.LEAD), Duty("白水镇人民政府", Role.COOPERATING)), (),
)  # fmt: skip
OFFICE = Register(1, (DOCUMENT,), (ROW,))


@pytest.mark.parametrize(
    ("text", "stranger"),
    [
        ("云溪市老旧小区谁牵头", "云溪市"),
        ("云溪市的老旧小区改造哪家牵头", "云溪市"),
        ("白水县农村公路谁负责", "白水县"),
        ("2025年的老旧小区谁牵头", "2025年"),
        ("沙白县老旧小区谁牵头", None),
        ("沙白市老旧小区谁牵头", None),
        ("砂白县老旧小区谁牵头", None),
        ("清河夜市谁牵头", None),
        ("示范县创建谁牵头", None),
        ("文明城市创建谁牵头", None),
        ("农贸市场改造谁牵头", None),
        ("改厕是市教育局牵头吧", None),
        ("2026年的老旧小区谁牵头", None),
        ("2025年底前完成的有哪些", None),
    ],
)
def test_a_place_or_a_year_of_another_paper_is_a_stranger(text: str, stranger: str | None) -> None:
    assert named_documents(text, OFFICE).stranger == stranger
