"""Numbers that are missing, doubled, wrong or out of order; and counts that only look so."""

from __future__ import annotations

from tests.knowledge.examination.specimens import Severity, examined, found, one, table, text

BY = "（市财政局牵头，市教育局配合）"


def codes(*lines: str) -> list[str]:
    return [finding.code for finding in examined(text(*lines)).findings if finding.code.startswith("number")]


def test_a_number_left_out_is_asked_about_with_its_neighbours() -> None:
    finding = one(text(f"1.修路。{BY}", f"2.修桥。{BY}", f"4.修渠。{BY}", f"5.修堤。{BY}"), "number-missing")
    assert finding.severity is Severity.ASK
    assert "从“2”跳到“4”" in finding.wrong
    assert finding.at.where == "第3行（第4项）"
    assert [spot.where for spot in finding.related] == ["第2行（第2项）"]


def test_a_number_that_stands_inside_the_paragraph_before_is_not_missing() -> None:
    assert codes(f"1.修路。{BY}", f"2.修桥。{BY}3.植树。{BY}", f"4.修渠。{BY}", f"5.修堤。{BY}") == []


def test_a_number_without_its_stop_is_not_missing() -> None:
    assert codes(f"1.修路。{BY}", f"2持续修桥和护栏。{BY}", f"3.修渠和泵站。{BY}", f"4.修堤。{BY}") == []


def test_a_number_of_another_style_is_not_missing() -> None:
    assert codes(f"1.修路。{BY}", f"（2）修桥。{BY}", f"3.修渠。{BY}", f"4.修堤。{BY}") == []


def test_a_stop_without_its_digit_is_told_with_the_number_it_lost() -> None:
    lines = (f"1.修路。{BY}", f".修桥和两侧的护栏、路灯和排水沟，并完成验收。{BY}", f"3.修渠。{BY}", f"4.修堤。{BY}")
    finding = one(text(*lines), "number-lost")
    assert finding.severity is Severity.MUST
    assert "“2”" in finding.advice


def test_a_doubled_number_names_the_first_one() -> None:
    finding = one(text(f"1.修路。{BY}", f"2.修桥。{BY}", f"2.修渠。{BY}", f"3.修堤。{BY}"), "number-doubled")
    assert [spot.where for spot in finding.related] == ["第2行（第2项）"]


def test_a_slip_between_two_right_numbers_is_told_as_one() -> None:
    lines = (f"一、修路。{BY}", f"二、修桥。{BY}", f"二、修渠。{BY}", f"四、修堤。{BY}")
    assert codes(*lines) == ["number-wrong"]
    assert "“三”" in one(text(*lines), "number-wrong").advice


def test_two_fours_without_a_three_are_one_slip() -> None:
    assert codes(f"1.修路。{BY}", f"2.修桥。{BY}", f"4.修渠。{BY}", f"4.修堤。{BY}", f"5.修坝。{BY}") == [
        "number-wrong"
    ]


def test_a_number_behind_a_greater_one_is_out_of_order() -> None:
    lines = [f"{n}.修第{n}段河堤。{BY}" for n in (1, 2, 3, 5, 6, 4, 7)]
    assert "number-order" in codes(*lines)


def test_a_count_that_starts_again_in_each_section_is_right() -> None:
    assert codes("一、水利", f"1.修渠。{BY}", f"2.修堤。{BY}", "二、交通", f"1.修路。{BY}", f"2.修桥。{BY}") == []


def test_a_count_that_runs_through_all_sections_is_right() -> None:
    assert (
        codes(
            "一、水利", f"（一）修渠。{BY}", f"（二）修堤。{BY}", "二、交通", f"（三）修路。{BY}", f"（四）修桥。{BY}"
        )
        == []
    )


def test_a_gap_is_found_in_a_count_that_runs_through_all_sections() -> None:
    lines = (
        "一、水利",
        f"1.修渠。{BY}",
        f"2.修堤。{BY}",
        "二、交通",
        f"4.修路。{BY}",
        f"5.修桥。{BY}",
        f"6.植树。{BY}",
    )
    assert codes(*lines) == ["number-missing"]


def test_a_missing_heading_is_found_too() -> None:
    lines = ("一、水利", f"1.修渠。{BY}", "二、交通", f"2.修路。{BY}", "四、教育", f"3.修学校。{BY}")
    assert "“三”" in one(text(*lines), "number-missing").wrong


def test_numbers_given_from_elsewhere_need_not_follow_on_each_other() -> None:
    rows = [
        ("建议编号", "建议标题", "主办单位"),
        *((n, f"关于修建{n}号路的建议", "市交通运输局") for n in ("12", "35", "41", "77")),
    ]
    assert found(table(*rows), "number-missing") == []


def test_a_row_left_out_of_a_table_is_asked_about() -> None:
    rows = [("序号", "工作任务", "牵头单位"), *((n, f"修建{n}号路", "市交通运输局") for n in ("1", "2", "4", "5"))]
    assert one(table(*rows), "number-missing").at.where == "表1第4行（第4项）"


def test_a_merged_number_is_not_doubled() -> None:
    rows = (
        ("序号", "工作任务", "牵头单位"), ("1", "修路", "市交通局"), ("2", "修桥", "市交通局"), ("2", "修桥头路", "市住建局"), ("3", "修渠", "市水利局"),
    )  # fmt: skip
    assert found(table(*rows, merged=((4, 1),)), "number-doubled") == []
    assert len(found(table(*rows), "number-doubled")) == 1


def test_each_sheet_counts_for_itself() -> None:
    first = table(("序号", "工作任务", "牵头单位"), ("1", "修路", "市交通局"), ("2", "修桥", "市交通局"))
    again = table(("序号", "工作任务", "牵头单位"), ("1", "修渠", "市水利局"), ("2", "修堤", "市水利局"))
    both = type(first)("docx", first.blocks + again.blocks)
    assert [f.code for f in examined(both).findings if f.code.startswith("number")] == []


def test_a_doubt_that_a_finding_tells_is_not_told_again() -> None:
    lines = [f"{n}.修第{n}段河堤。{BY}" for n in (1, 2, 4, 5)]
    assert [doubt.code for _, doubt in examined(text(*lines)).doubts] == []
