"""Tables typed with tabs and blanks mixed, and what a mail program set marks before."""

from __future__ import annotations

import pytest

from knowledge.reading import read

HEAD = "序号\t任务\t牵头单位\t责任单位\t时限"


def rows(*lines: str) -> list[list[str]]:
    reading = read("\n".join(lines).encode(), "x.txt")
    return [[cell.text for cell in block.cells] or [block.text] for block in reading.blocks]


@pytest.mark.parametrize(
    "line",
    [
        "2    检修水泵    县水利局    各镇    5月底前",
        "2\t检修水泵\t\t县水利局  各镇\t5月底前",
        "2\t\t检修水泵\t\t县水利局\t各镇\t\t5月底前",
        "2 \t 检修水泵\t \t县水利局\t各镇\t5月底前",
        "2\t检修水泵    县水利局\t各镇    5月底前",
    ],
)
def test_a_row_with_the_separators_of_its_head_mixed_or_doubled_has_its_cells(line: str) -> None:
    table = rows(HEAD, "1\t清淤\t县城管局\t各镇\t4月底前", line, "3\t植树\t县林业局\t各镇\t3月底前")
    assert table[2] == ["2", "检修水泵", "县水利局", "各镇", "5月底前"]


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("2\t检修水泵\t县水利局\t\t5月底前", ["2", "检修水泵", "县水利局", "", "5月底前"]),
        ("2\t检修  水泵\t县水利局\t\t5月底前", ["2", "检修  水泵", "县水利局", "", "5月底前"]),
        ("2\t检修水泵\t\t县水利局\t5月底前", ["2", "检修水泵", "", "县水利局", "5月底前"]),
    ],
)
def test_an_empty_cell_that_no_blanks_make_up_for_stays_one(line: str, cells: list[str]) -> None:
    assert rows(HEAD, "1\t清淤\t县城管局\t各镇\t4月底前", line)[2] == cells


def test_what_a_mail_quotes_is_read_without_its_marks() -> None:
    table = rows(f"> {HEAD}", ">> 1\t清淤\t县城管局\t各镇\t4月底前", ">", "> 请抓紧办理。")
    assert table == [HEAD.split("\t"), ["1", "清淤", "县城管局", "各镇", "4月底前"], ["请抓紧办理。"]]


def test_a_single_line_that_begins_with_the_mark_is_kept() -> None:
    assert rows("> 90%的村完成改厕", "县住建局牵头") == [["> 90%的村完成改厕"], ["县住建局牵头"]]
