"""Whole drafts: nothing is dropped, nothing invented, and any text whatever gives a draft."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.model import Block, Cell, Doubt, Draft, Place, Role
from knowledge.parsing import parse
from knowledge.parsing.lines import lines_of
from knowledge.reading import read
from knowledge.reading.reading import Reading
from tests.knowledge.parsing.documents import DOCUMENTS, draft_of, reading_of
from tests.properties import examples

SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"


def paragraphs(*lines: str) -> Reading:
    return Reading("text", tuple(Block(line, Place(line=n)) for n, line in enumerate(lines, 1)))


def table(*rows: tuple[str, ...], kind: str = "docx", merged: tuple[tuple[int, int], ...] = ()) -> Reading:
    blocks = []
    for r, row in enumerate(rows, 1):
        cells = tuple(
            Cell(
                text, Place(table=1, row=r, column=c), Place(table=1, row=r - 1, column=c) if (r, c) in merged else None
            )
            for c, text in enumerate(row, 1)
        )
        blocks.append(Block("", Place(table=1, row=r), cells, 1))
    return Reading(kind, tuple(blocks))


def draft(reading: Reading) -> Draft:
    return parse(reading, "x", "0" * 64)


def forgotten(reading: Reading, found: Draft) -> list[str]:
    """The blocks of which no word stands anywhere in the draft."""
    kept = "".join(
        [
            *(a.text + a.original + "".join(a.section) + "".join(d.unit for d in a.duties) for a in found.assignments),
            *((a.printed_number or "") + "".join(d.text for d in a.deadlines) for a in found.assignments),
            *(p.text + "".join(p.section) for p in (*found.document.passages, *found.document.unread)),
            *(d.words + d.message for d in found.doubts),
        ]
    )
    kept = "".join(kept.split())
    cells = {line.text: line.text.split("\t") for line in lines_of(reading.blocks)}
    return [text for text, parts in cells.items() if not any("".join(part.split())[-6:] in kept for part in parts)]


def test_an_empty_unit_cell_of_a_real_table_means_not_stated() -> None:
    found = draft(table(("序号", "工作任务", "责任单位"), ("1", "公开预算", "市财政局"), ("2", "公开决算", "")))
    assert found.assignments[1].duties == ()
    assert [d.code for d in found.assignments[1].doubts] == ["no-units"]


def test_a_merged_unit_cell_holds_for_every_row_it_covers() -> None:
    rows = (
        ("序号", "工作任务", "责任单位", "完成时限"),
        ("1", "公开预算", "市财政局", "6月底前"),
        ("2", "公开决算", "市财政局", "6月底前"),
    )
    found = draft(table(*rows, merged=((3, 3), (3, 4))))
    assert found.assignments[1].units(Role.RESPONSIBLE) == ("市财政局",)
    assert found.assignments[1].deadlines[0].inherited
    assert found.assignments[1].doubts[1:] == ()


def test_an_empty_cell_of_a_flattened_table_is_inherited() -> None:
    found = draft(
        table(
            ("序号", "工作任务", "责任单位"), ("1", "公开预算安排", "市财政局"), ("2", "公开决算情况", ""), kind="text"
        )
    )
    assert found.assignments[1].units(Role.RESPONSIBLE) == ("市财政局",)


def test_leaders_and_persons_do_not_become_units() -> None:
    rows = (("序号", "任务", "分管领导", "牵头单位", "责任人"), ("1", "整治河道", "王某", "县水利局", "李某"))
    found = draft(table(*rows))
    assert [duty.unit for duty in found.assignments[0].duties] == ["县水利局"]


def test_one_number_over_two_rows_with_two_deadlines_is_one_assignment() -> None:
    rows = (
        ("序号", "任务", "责任单位", "完成时限"),
        ("1", "改造管网", "市住建局", "6月底前开工"),
        ("1", "改造管网", "市住建局", "12月底前完工"),
    )
    found = draft(table(*rows, merged=((3, 1), (3, 2), (3, 3))))
    assert len(found.assignments) == 1
    assert found.assignments[0].deadlines[0].text == "6月底前开工；12月底前完工"


def test_a_continuation_table_without_a_header_goes_on() -> None:
    first = table(("序号", "任务", "责任单位"), ("1", "公开预算", "市财政局"))
    second = tuple(
        Block(
            "",
            Place(table=2, row=1),
            tuple(Cell(t, Place(table=2, row=1, column=c)) for c, t in enumerate(("2", "公开审计结果", "市审计局"), 1)),
            2,
        )
        for _ in range(1)
    )
    found = draft(Reading("docx", (*first.blocks, *second)))
    assert [(a.number, a.units(Role.RESPONSIBLE)) for a in found.assignments] == [
        ("1", ("市财政局",)),
        ("2", ("市审计局",)),
    ]


def test_a_table_that_is_no_list_of_assignments_is_left_unread() -> None:
    found = draft(table(("姓名", "职务"), ("王某", "科长")))
    assert found.assignments == ()
    assert len(found.document.unread) == 2


def test_a_text_that_only_reports_makes_no_assignments() -> None:
    found = draft(
        paragraphs(
            "云溪市公开工作交流材料", "近年来，我市成立了领导小组，取得了成效。", "一是搭建平台。网站已完成改版。"
        )
    )
    assert found.assignments == ()
    assert [p.text for p in found.document.passages][-1] == "网站已完成改版。"


def test_a_plan_without_units_gives_assignments_without_duties() -> None:
    found = draft(paragraphs("云溪市2020年工作要点", "一、加强解读", "对新出台的政策及时开展解读，多角度阐释。"))
    assert [(a.number, a.printed_number, a.duties) for a in found.assignments] == [("1", "一", ())]


def test_two_units_in_one_sentence_are_two_assignments() -> None:
    found = draft(paragraphs("云溪市备汛工作安排", "市应急管理局负责物资储备，市财政局负责资金保障。"))
    assert [a.units(Role.RESPONSIBLE) for a in found.assignments] == [("市应急管理局",), ("市财政局",)]


def test_the_letters_report_date_is_a_duty_without_a_number() -> None:
    letter = (
        "关于印发云溪市任务分工的通知",
        "市级各部门：",
        "市级各部门要于每月25日前将进展报市政府办公室。",
        "云溪市人民政府办公室",
        "2021年3月1日",
    )
    found = draft(paragraphs(*letter, "云溪市任务分工", "1.公开预算。（市财政局负责）"))
    duty = found.assignments[-1]
    assert (duty.number, duty.units(Role.RESPONSIBLE)) == (None, ("市级各部门",))
    assert duty.id.endswith("-c1")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_every_line_of_our_documents_is_accounted_for(path: Path) -> None:
    left = forgotten(reading_of(path), draft_of(path))
    heads = 10  # title, issuer, addressees, signature, the heads of tables and leaders say nothing that must be quoted
    assert len(left) <= heads, left


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the real documents are not part of the project")
@pytest.mark.parametrize(("start", "count"), [("000_", 54), ("001_", 0), ("002_", 10), ("003_", 133), ("004_", 10)])
def test_the_real_documents_give_all_their_assignments(start: str, count: int) -> None:
    path = next(SEEDS.glob(f"{start}*"))
    found = draft(read(path.read_bytes(), path.name))
    assert sum(a.number is not None for a in found.assignments) == count
    assert len({a.id for a in found.assignments}) == len(found.assignments)


WORDS = st.text(
    alphabet="一二1２.、（）()〔〕：；，。 \t责任单位牵头：市局各县区负责年月日底前\n附件第于要", max_size=40
)


@given(st.lists(WORDS, max_size=12))
@settings(deadline=None, max_examples=examples(60))
def test_any_text_gives_a_draft(lines: list[str]) -> None:
    found = draft(paragraphs(*lines))
    assert all(a.document == found.document.id for a in found.assignments)


@given(
    st.lists(
        st.lists(
            st.sampled_from(
                ["", "1", "2", "市财政局", "6月底前", "推进工作，完善机制", "序号", "责任单位", "任务", "各县区"]
            ),
            min_size=1,
            max_size=5,
        ),
        max_size=10,
    )
)
@settings(deadline=None, max_examples=examples(60))
def test_any_table_gives_a_draft(rows: list[list[str]]) -> None:
    for kind in ("text", "docx"):
        found = draft(table(*map(tuple, rows), kind=kind))
        assert len({a.id for a in found.assignments}) == len(found.assignments)


def test_what_the_reader_doubted_in_a_line_follows_it_into_the_assignment() -> None:
    blurred = Doubt("unsure-words", "第1页第2段“甲”看不清，请核对原件。", Place(page=1, paragraph=2), "甲")
    stained = Doubt("unsure-words", "第1页第1段“方案”看不清，请核对原件。", Place(page=1, paragraph=1), "方案")
    blocks = (
        Block("云溪市2026年工作方案", Place(page=1, paragraph=1), doubts=(stained,)),
        Block("1.公布权责清单。（牵头单位：市司法局）", Place(page=1, paragraph=2), doubts=(blurred,)),
        Block("2.公布收费清单。（牵头单位：市财政局）", Place(page=1, paragraph=3)),
    )
    draft = parse(Reading("pdf", blocks), "甲.pdf", "0" * 64)
    assert [one.doubts for one in draft.assignments] == [(blurred,), ()]
    assert stained in draft.document.doubts
