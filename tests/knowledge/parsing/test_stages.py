"""Columns that are times (一季度, 7—9月, 2028年目标, 全年): what is to be reached by when, each to be reminded of."""

from __future__ import annotations

from datetime import date

from knowledge.model import Assignment, Deadline
from knowledge.parsing import parse
from knowledge.reading.reading import Reading
from knowledge.review import Review
from tests.knowledge.parsing.test_tables import table, title
from tests.knowledge.review.plans import answered

HEADS = "序号|项目名称|一季度|7—9月|全年|牵头单位"


def read(heads: str, row: str, name: str = "澄江县2027年项目推进表") -> Assignment:
    return parse(Reading("xlsx", (title(name), *table(heads, row))), "x", "0" * 64).assignments[0]


def slots(one: Assignment) -> list[Deadline]:
    return [deadline for deadline in one.deadlines if not deadline.inner]


def inner(one: Assignment) -> list[str]:
    return [deadline.text for deadline in one.deadlines if deadline.inner]


def test_each_filled_stage_is_a_deadline_of_its_own_in_the_words_of_its_cell() -> None:
    one = read(HEADS, "1|新建公厕|选址公示|建成9座|建成15座|县城管局")
    assert [(deadline.text, deadline.due) for deadline in slots(one)] == [
        ("一季度：选址公示", date(2027, 3, 31)),
        ("7—9月：建成9座", date(2027, 9, 30)),
        ("全年：建成15座", date(2027, 12, 31)),
    ]
    assert (one.text, inner(one)) == ("新建公厕：一季度选址公示；7—9月建成9座；全年建成15座。", [])


def test_a_stroke_or_an_empty_cell_is_no_stage() -> None:
    one = read(HEADS, "1|新建公厕|—|/||县城管局")
    assert (one.deadlines, one.text) == ((), "新建公厕")


def test_beside_a_column_for_the_deadline_the_stages_are_dates_inside_the_requirement() -> None:
    one = read(f"{HEADS}|完成时限", "1|新建公厕|选址公示|—|建成15座|县城管局|11月底前")
    assert [deadline.text for deadline in slots(one)] == ["11月底前"]
    assert inner(one) == ["一季度：选址公示", "全年：建成15座"]


def test_a_day_inside_a_stage_is_kept_beside_the_end_of_the_stage() -> None:
    one = read(HEADS, "1|新建公厕|2月20日前完成选址，3月底前公示|—|—|县城管局")
    assert [(deadline.text, deadline.due) for deadline in one.deadlines] == [
        ("一季度：2月20日前完成选址，3月底前公示", date(2027, 3, 31)),
        ("2月20日前完成选址", date(2027, 2, 20)),
    ]


def test_a_cell_across_two_stages_is_due_once_when_the_later_ends() -> None:
    one = read("序号|项目名称|一季度|二季度|三季度|牵头单位", "1|新建公厕|完成征地|<|建成9座|县城管局")
    assert [(deadline.text, deadline.due) for deadline in slots(one)] == [
        ("一季度至二季度：完成征地", date(2027, 6, 30)),
        ("三季度：建成9座", date(2027, 9, 30)),
    ]


def test_a_stage_named_by_its_year_is_due_in_that_year() -> None:
    one = read("序号|项目名称|2027年目标|2028年目标|牵头单位", "1|更新水管|换16公里|全部换完|县城管局")
    assert [deadline.due for deadline in slots(one)] == [date(2027, 12, 31), date(2028, 12, 31)]


def test_a_stage_that_only_has_a_number_stays_words() -> None:
    one = read("序号|项目名称|第一阶段|第二阶段|牵头单位", "1|更新水管|摸底|施工|县城管局")
    assert (one.deadlines, one.text) == ((), "更新水管：第一阶段摸底；第二阶段施工。")


def test_stages_take_the_year_that_a_reviewer_gives_the_document() -> None:
    blocks = (title("澄江县项目推进表"), *table(HEADS, "1|新建公厕|2月底前选址|建成9座||县城管局"))
    review = answered(Review(parse(Reading("xlsx", blocks), "x", "0" * 64)), "2027")
    assert [(deadline.text, deadline.due) for deadline in slots(review.reviewed.assignments[0])] == [
        ("一季度：2月底前选址", date(2027, 3, 31)),
        ("7—9月：建成9座", date(2027, 9, 30)),
    ]
