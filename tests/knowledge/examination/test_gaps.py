"""Assignments that lack what the others have; and those that lack nothing."""

from __future__ import annotations

from tests.knowledge.examination.specimens import Severity, found, one, table, text

HEAD = ("序号", "工作任务", "牵头单位", "责任单位", "完成时限")
ROW = ("1", "修建道路30公里", "市交通运输局", "市财政局", "9月底前")


def rows(*changed: tuple[str, ...], count: int = 4) -> tuple[tuple[str, ...], ...]:
    """A header, `count` whole rows, then the changed ones."""
    whole = [(str(at), f"修建第{at}号路", *ROW[2:]) for at in range(1, count + 1)]
    return (HEAD, *whole, *changed)


def test_a_row_without_any_unit_must_be_corrected() -> None:
    finding = one(table(*rows(("5", "建设公园", "", "", "9月底前"))), "units-missing")
    assert finding.severity is Severity.MUST
    assert finding.at.where == "表1第6行（第5项）"


def test_a_row_whose_units_are_merged_with_the_row_above_has_units() -> None:
    reading = table(*rows(("5", "建设公园", "市交通运输局", "市财政局", "9月底前")), merged=((6, 3), (6, 4), (6, 5)))
    assert found(reading, "units-missing") == []


def test_an_assignment_whose_units_stand_in_a_bracket_of_their_own_has_units() -> None:
    lines = [f"{n}.修建第{n}号路。（市交通运输局牵头，市财政局配合）" for n in range(1, 5)]
    assert found(text(*lines, "5.办好十件实事。", "（市政府办公室，各责任单位）"), "units-missing") == []


def test_principles_between_assignments_need_no_units() -> None:
    lines = [f"（{n}）修建{n}号路。（市交通运输局牵头，市财政局配合）" for n in "一二三四"]
    assert found(text(*lines, "（五）加强领导。各级要高度重视，形成合力。"), "units-missing") == []


def test_an_empty_lead_cell_is_asked_about() -> None:
    assert one(table(*rows(("5", "建设公园", "", "市园林局", "9月底前"))), "lead-missing").severity is Severity.ASK


def test_a_stroke_says_that_there_is_none() -> None:
    reading = table(*rows(("5", "建设公园", "/", "市园林局", "—")))
    assert [f.code for code in ("lead-missing", "deadline-missing") for f in found(reading, code)] == []
    assert found(table(*rows(("5", "建设公园", "/", "/", "9月底前"))), "units-missing") == []


def test_one_responsible_unit_in_running_text_needs_no_lead() -> None:
    lines = [f"{n}.修建第{n}号路。（市交通运输局牵头，市财政局配合）" for n in range(1, 6)]
    assert found(text(*lines, "6.建设公园。（责任单位：市园林局）"), "lead-missing") == []
    assert found(text(*lines, "6.建设公园。（责任单位：市园林局，各县区政府）"), "lead-missing") == []
    assert len(found(text(*lines, "6.建设公园。（责任单位：市园林局、市住建局）"), "lead-missing")) == 1


def test_where_the_first_unit_leads_by_convention_none_is_missing() -> None:
    lines = [f"{n}.修建第{n}号路。（市交通运输局、市财政局负责）" for n in range(2, 6)]
    first = "1.修建第1号路。（市交通运输局、市财政局负责，列第一位的为牵头单位，下同）"
    assert found(text(first, *lines, "6.建设公园。（各县区政府、市园林局、市住建局）"), "lead-missing") == []


def test_documents_that_name_no_leads_lack_none() -> None:
    lines = [f"{n}.修建第{n}号路。（市交通运输局、市财政局负责）" for n in range(1, 6)]
    assert found(text(*lines), "lead-missing") == []


def test_the_rows_without_a_deadline_are_told_together() -> None:
    finding = one(
        table(
            *rows(("7", "建设公园", "市园林局", "市财政局", ""), ("8", "改造广场", "市住建局", "市财政局", ""), count=6)
        ),
        "deadline-missing",
    )
    assert "第7项、第8项" in finding.wrong
    assert [spot.where for spot in finding.related] == ["表1第8行（第7项）", "表1第9行（第8项）"]


def test_a_deadline_in_the_text_is_a_deadline() -> None:
    assert found(table(*rows(("5", "建设公园，10月底前开放", "市园林局", "市财政局", ""))), "deadline-missing") == []


def test_an_assignment_that_is_ongoing_lacks_no_deadline() -> None:
    assert found(table(*rows(("5", "管护公园", "市园林局", "市财政局", "长期"))), "deadline-missing") == []


def test_a_number_without_words_must_be_filled() -> None:
    assert one(table(*rows(("5", "", "市园林局", "市财政局", "9月底前"))), "no-text").severity is Severity.MUST


def test_loose_cells_of_flattened_text_prove_nothing() -> None:
    lines = (
        "序号\t工作任务\t牵头单位\t完成时限",
        "1\t修建道路\t市交通运输局\t9月底前",
        "2\t\t\t",
        "3\t修建桥梁\t市交通运输局\t9月底前",
        "\t修建水渠\t\t",
    )
    reading = text(*lines)
    assert [f.code for code in ("no-text", "units-missing") for f in found(reading, code)] == []


def test_an_empty_category_that_is_not_merged_is_noted() -> None:
    head = ("序号", "类别", "工作任务", "牵头单位")
    whole = [(str(n), f"第{n}类", f"修建第{n}号公路和桥梁", "市交通运输局") for n in range(1, 5)]
    gap = ("5", "", "修建第5号公路和桥梁", "市交通运输局")
    assert one(table(head, *whole, gap), "cell-empty").severity is Severity.NOTE
    assert found(table(head, *whole, gap, merged=((6, 2),)), "cell-empty") == []


def test_a_category_written_once_for_a_group_of_rows_is_a_way_of_writing() -> None:
    head = ("序号", "类别", "工作任务", "牵头单位")
    group = [(str(n), "交通" if n == 1 else "", f"修建第{n}号公路和桥梁", "市交通运输局") for n in range(1, 6)]
    assert found(table(head, *group), "cell-empty") == []
