"""Title, issuer, dates and numbers of a document."""

from __future__ import annotations

from datetime import date

from knowledge.model import Block, Place
from knowledge.parsing import parse
from knowledge.parsing.header import cited
from knowledge.reading.reading import Reading


def document(*lines: str) -> object:
    blocks = tuple(Block(line, Place(line=n)) for n, line in enumerate(lines, 1))
    return parse(Reading("text", blocks), "x.txt", "0" * 64).document


NOTICE = (
    "首页 > 文件",
    "云溪市人民政府办公室",
    "关于印发云溪市2021年公开工作方案的通知",
    "2021-06-30 浏览: 64",
    "云政办函〔2021〕9号",
    "各县（区）人民政府，市级各部门：",
    "根据《某省方案》（某政办发〔202116号）要求，现印发给你们，请执行。",
    "云溪市人民政府办公室",
    "二〇二一年六月二十八日",
    "云溪市2021年公开工作方案",
    "一、任务",
    "1.公开预算。（市财政局负责）",
)


def test_the_title_is_the_plans_and_not_the_notices() -> None:
    found = document(*NOTICE)
    assert found.title == "云溪市2021年公开工作方案"
    assert (found.issuer, found.issued, found.page_date) == (
        "云溪市人民政府办公室",
        date(2021, 6, 28),
        date(2021, 6, 30),
    )
    assert (found.number, found.year, found.locality) == ("云政办函〔2021〕9号", 2021, "云溪市")


def test_the_basis_is_told_with_its_lost_bracket_repaired() -> None:
    assert document(*NOTICE).based_on == ("某政办发〔2021〕16号",)


def test_the_date_of_a_page_is_never_the_date_of_issue() -> None:
    found = document(
        "2020年云溪县工作要点", "发布时间：2020-05-06 阅读：3", "一、加强领导", "各部门负责同志要亲自抓落实。"
    )
    assert (found.issued, found.page_date) == (None, date(2020, 5, 6))


def test_the_same_document_keeps_its_id_whatever_its_bytes() -> None:
    first = parse(
        Reading("text", (Block("云溪市工作方案", Place(line=1)), Block("1.办事。（市财政局负责）", Place(line=2)))),
        "a",
        "0" * 64,
    )
    again = parse(
        Reading("text", (Block("云溪市工作方案", Place(line=3)), Block("1.办事。（市财政局负责）", Place(line=4)))),
        "b",
        "1" * 64,
    )
    assert first.document.id == again.document.id
    assert [a.id for a in first.assignments] == [a.id for a in again.assignments]


def test_a_number_that_lost_its_last_character_is_cited_whole() -> None:
    assert cited("《某通知》(西政办函〔2019〕57)") == ["西政办函〔2019〕57号"]


def test_a_counted_heading_is_no_title_however_it_is_styled() -> None:
    plan = (
        "云平市2024年托育服务任务分工",
        "（2024年2月28日）",
        "一、扩大供给",
        "1.新建托育中心2所。（市卫生健康委牵头）",
    )
    blocks = tuple(Block(text, Place(line=n), heading=int(text[:1] == "一")) for n, text in enumerate(plan, 1))
    assert parse(Reading("docx", blocks), "甲.docx", "0" * 64).document.title == plan[0]


def test_the_year_of_a_plan_that_has_none_is_that_in_the_name_of_its_file_and_is_doubted() -> None:
    reading = Reading("text", (Block("1.检查加油站，6月15日前完成。（区应急局牵头）", Place(line=1)),))
    named = parse(reading, "材料.zip/2025年大检查分工.txt", "0" * 64)
    assert (named.document.year, [doubt.code for doubt in named.document.doubts]) == (2025, ["year-inferred"])
    assert named.assignments[0].deadlines[0].due == date(2025, 6, 15)
    assert parse(reading, "分工120250.txt", "0" * 64).document.year is None


def test_the_time_of_an_event_over_several_days_is_text_and_not_the_date_of_the_page() -> None:
    lines = ("丰谷乡旅游节任务书", "时间：2025年9月28日—10月7日", "1.划线停车场，9月25日前完成。（派出所负责）")
    draft = parse(Reading("text", tuple(Block(one, Place(line=n)) for n, one in enumerate(lines, 1))), "甲", "0" * 64)
    assert (draft.document.page_date, draft.document.year) == (None, 2025)
