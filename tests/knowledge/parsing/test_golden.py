"""Whole documents of every layout, of our own writing, with what is read from them written beside.

After a deliberate change: `python tests/knowledge/parsing/test_golden.py` writes the goldens anew; read the difference.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.model import Assignment, Draft, Role
from tests.knowledge.parsing.documents import DOCUMENTS, draft_of


def shown(draft: Draft) -> str:
    head = draft.document
    lines = [
        f"标题 {head.title or '（无）'}",
        f"发文 {head.issuer or '（无）'} · {head.issued or '（无日期）'} · {head.number or '（无文号）'} · {head.locality or '（无地名）'}",
        f"依据 {'、'.join(head.based_on) or '（无）'} · 年份 {head.year or '（无）'} · 网页 {head.page_date or '（无）'}",
        *(f"存疑 {doubt.code} {doubt.words}" for doubt in head.doubts),
        *(line for one in draft.assignments for line in _shown(one)),
        *(f"未读 {passage.text}" for passage in head.unread),
        *(f"引文 {passage.text}" for passage in head.passages),
    ]
    return "\n".join(lines) + "\n"


def _shown(one: Assignment) -> list[str]:
    number = "附函" if one.number is None else one.number
    slots = [f"{d.text}{'（承上）' if d.inherited else ''}" for d in one.deadlines if not d.inner]
    when = f" · 时限 {' ｜ '.join(slots)}" if slots else ""
    doubts = sorted({d.code for d in one.doubts} - {"deadline"})
    return [
        f"[{number}] {one.printed_number or '-'} · {' / '.join(one.section) or '-'}",
        f"    {one.text or '（无内容）'}",
        f"    牵头 {_names(one, Role.LEAD)} · 责任 {_names(one, Role.RESPONSIBLE)} · 配合 {_names(one, Role.COOPERATING)}{when}",
        *([f"    存疑 {'、'.join(doubts)}"] if doubts else []),
    ]


def _names(one: Assignment, role: Role) -> str:
    return "，".join(one.units(role)) or "-"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_document_reads_as_its_golden_says(path: Path) -> None:
    assert shown(draft_of(path)) == path.with_suffix(".golden").read_text(encoding="utf-8")


def test_there_is_a_golden_for_every_layout() -> None:
    assert len(DOCUMENTS) >= 20


if __name__ == "__main__":
    for document in DOCUMENTS:
        document.with_suffix(".golden").write_text(shown(draft_of(document)), encoding="utf-8")
