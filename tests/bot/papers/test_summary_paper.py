"""A summary as a paper, a workbook and a picture: the same figures everywhere, each with its rows."""

from __future__ import annotations

import re
import sys
from io import BytesIO

import pytest
from docx import Document
from lxml import etree
from python_calamine import CalamineWorkbook

from bot.handing import Letterhead, MissingExtra, files_of
from bot.papers.summary_paper import docx, xlsx
from bot.papers.summary_picture import cut, drawn, png, shares
from handlers.message import Commission, Outcome
from knowledge.ledger import Ledger
from scheduler.ranking import Yardstick
from scheduler.summary import Summary, ids, summary
from tests.scheduler.offices import CALENDAR, at, by, duty, register_of, report

HEAD = Letterhead("云溪市政务公开办公室", at("2026-07-17 16:00"))


def value(units: int = 3, rows: int = 9) -> Summary:
    duties = [
        duty(n, by(f"2026-07-{1 + n * 3 % 28:02}"), unit=f"市第{n % units}局<&>“有限”" if units else "市财政局")
        for n in range(1, rows + 1)
    ]
    ledger = Ledger(report(one.id, "2026-07-14 10:00") for one in duties[::3])
    now = at("2026-07-17 16:00")
    return summary(register_of(*duties), ledger, now, CALENDAR, since=at("2026-07-10 16:00"), yardstick=Yardstick.RATE)


def test_the_paper_has_title_addressee_body_tables_rule_and_signature() -> None:
    paper = Document(BytesIO(docx(value(), HEAD)))
    told = [line.text for line in paper.paragraphs if line.text]
    assert told[0] == "一周任务办理情况汇总"
    assert told[1] == "各有关单位："
    assert any(line.startswith("共9项任务：") for line in told)
    assert Yardstick.RATE.rule in told
    assert told[-2:] == ["云溪市政务公开办公室", "2026年7月17日"]
    overdue = next(table for table in paper.tables if table.cell(0, 3).text == "期限和情况")
    assert len(overdue.rows) - 1 == len(ids(value().overdue))


def test_each_figure_of_the_workbook_is_the_count_of_the_rows_it_points_to() -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(xlsx(value(), HEAD)))
    total = {row[0]: row[1:] for row in book.get_sheet_by_name("总表").to_python()[3:]}
    assert total["任务总数"][0] == 9
    for words, (count, _, sheet) in total.items():
        if sheet in ("", "—") or words == "其中逾期办结":
            continue
        rows = book.get_sheet_by_name(str(sheet)).to_python()[3:]
        assert len({row[-1] for row in rows}) == count, words


def test_nothing_in_a_workbook_is_a_formula() -> None:
    evil = register_of(duty(1, by("2026-07-10"), unit="=HYPERLINK(1)"))
    made = xlsx(summary(evil, Ledger(), at("2026-07-17 16:00"), CALENDAR), HEAD)
    book = CalamineWorkbook.from_filelike(BytesIO(made))
    assert book.get_sheet_by_name("各单位").to_python()[3][0] == "=HYPERLINK(1)"


@pytest.mark.parametrize("units", [0, 3, 45, 170])
def test_the_picture_is_well_formed_and_shows_every_unit_and_date(units: int) -> None:
    one = value(units, units * 2) if units else value(1, 0)
    picture = drawn(one, "云溪市")
    tree = etree.fromstring(picture.encode())
    words = ["".join(node.itertext()) for node in tree.iter("{*}text")]
    assert words[0] == "云溪市一周情况"
    counted = sum(int(word.removesuffix("项")) for word in words if re.fullmatch(r"\d+项", word))
    assert counted == sum(len(tally.total) for tally in one.units[:160])
    assert ("另有10家单位没有画出，见汇总表格。" in words) == (units == 170)


def test_each_assignment_of_a_unit_is_in_one_part_of_its_bar() -> None:
    assert all(sum(shares(tally)) == len(tally.total) for tally in value().units)


def test_a_long_name_keeps_both_its_ends() -> None:
    assert cut("云溪市高新技术产业开发区管理委员会综合服务中心", 150, 15) == "云溪市高新…服务中心"


def test_without_the_extra_it_says_what_to_install_and_the_svg_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(MissingExtra, match=r"pip install 'qiantou\[pictures\]'"):
        png(value(), HEAD)
    (file,) = files_of(Outcome(papers=(Commission("summary", "png", "周报", value()),)), HEAD)
    assert (file.name, file.content[:4]) == ("周报.svg", b"<svg")


@pytest.mark.pictures
def test_with_the_extra_it_is_a_png() -> None:
    assert png(value(), HEAD)[:8] == b"\x89PNG\r\n\x1a\n"
