"""A roster as a spreadsheet: what its columns mean, and what is said of a row that cannot be used."""

from __future__ import annotations

import tomllib
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.lexicon import quoted
from knowledge.reading import ReadingError, read
from knowledge.roster import Sort, written
from knowledge.roster_rows import Sheet, sheet_of
from knowledge.roster_table import COLLECTIVE, Name, RosterError, names_of
from knowledge.roster_text import roster_text

HEAD = "单位,简称,曾用名,起,止,加挂牌子,所属集合,来源,地方\n"


def sheet(text: str) -> Sheet:
    return sheet_of(read(text.encode(), "名册.csv").blocks, "名册.csv")


def lines(text: str) -> list[tuple[str, str, str]]:
    return [(name.unit, name.words, name.sort) for name in sheet(text).names]


def test_a_row_gives_a_unit_and_all_its_names() -> None:
    found = lines(
        HEAD + '市自然资源和规划局,"自规局、规自局",市国土资源局,2019-02,,市林业局,市政府各部门,云办发〔2019〕2号,\n'
    )
    assert found == [
        ("市自然资源和规划局", words, sort)
        for words, sort in (
            ("市自然资源和规划局", Sort.NAME),
            ("自规局", Sort.SHORT),
            ("规自局", Sort.SHORT),
            ("市林业局", Sort.SIGN),
            ("市政府各部门", COLLECTIVE),
            ("市国土资源局", Sort.FORMER),
        )
    ]


def test_a_former_name_ends_when_the_unit_begins_or_on_the_day_behind_it() -> None:
    names = sheet(
        HEAD + '市数据局,,"市大数据局、市信息化办公室（2009年—2017年）、市信息产业局（至2009-05）",2024-04-01,,,,,\n'
    ).names
    days = {name.words: (name.since, name.until) for name in names if name.sort == Sort.FORMER}
    assert days == {
        "市大数据局": (None, date(2024, 3, 31)),
        "市信息化办公室": (date(2009, 1, 1), date(2017, 12, 31)),
        "市信息产业局": (None, date(2009, 5, 31)),
    }


def test_a_unit_may_take_several_rows_and_leave_its_name_out_of_the_later_ones() -> None:
    found = lines("单位全称,别名\n县教育和科学技术局,教科局\n,小教局\n县财政局,\n")
    assert [words for _, words, _ in found] == ["县教育和科学技术局", "教科局", "小教局", "县财政局"]
    assert {unit for unit, words, _ in found if words == "小教局"} == {"县教育和科学技术局"}


def test_a_row_without_a_source_names_file_and_row() -> None:
    assert sheet(HEAD + "市财政局,,,,,,,,\n").names[0].source == "名册.csv 第2行"


def test_the_place_and_the_columns_that_were_not_used_are_told() -> None:
    found = sheet("地区,单位,联系人,备注\n云溪市,市财政局,王某,\n")
    assert (found.place, found.unused) == ("云溪市", ("联系人",))


def test_a_title_above_the_headings_and_headings_on_every_page_are_passed_over() -> None:
    assert lines("云溪市单位名册\n序号,单位,简称\n1,市财政局,财局\n序号,单位,简称\n2,市教育局,\n") == [
        ("市财政局", "市财政局", Sort.NAME),
        ("市财政局", "财局", Sort.SHORT),
        ("市教育局", "市教育局", Sort.NAME),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("名字,简称\n市财政局,财局\n", "没有“单位”这一列"),
        (HEAD, "只有表头"),
        (HEAD + ",财局,,,,,,,\n", "第2行没有写单位"),
        (HEAD + "市财政局,,,去年,,,,,\n", "第2行的日期“去年”"),
        (HEAD + "市财政局,,,2019-02-30,,,,,\n", "2019-02-30"),
        (HEAD + "市财政局,,,2020,2019,,,,\n", "晚于"),
        (HEAD + "各县（市、区）政府,,,,,,,,\n", "是集合单位"),
        (HEAD + "市财政局,财局,,,,,,,\n市教育局,财局,,,,,,,\n", "既指“市财政局”.*第2行.*又指“市教育局”"),
        (HEAD + f"{'局' * 80},,,,,,,,\n", "不像单位名称"),
        (HEAD + "市财政局,,,,,,,,云溪市\n市教育局,,,,,,,,松陵市\n", "几个地方"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_row_and_the_next_step(text: str, told: str) -> None:
    with pytest.raises(RosterError, match=told) as caught:
        sheet(text)
    assert "请" in str(caught.value)
    assert "名册.csv" in str(caught.value)


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=12).filter(
    written
)
DAYS = st.none() | st.dates(date(1980, 1, 1), date(2040, 12, 31))
NAMES = st.builds(
    lambda unit, words, sort, since, source: Name(unit, words, sort, since, None, source),
    st.sampled_from(["市财政局", "县（区）教育局", '市“一件事”专班"']),
    WORDS,
    st.sampled_from([*(sort.value for sort in Sort if sort is not Sort.ALSO), COLLECTIVE]),
    DAYS,
    WORDS,
)


@given(st.lists(NAMES, max_size=6, unique_by=lambda name: (name.unit, name.words, name.sort)))
def test_a_written_roster_is_read_again_as_it_was(names: list[Name]) -> None:
    table = tomllib.loads(quoted(roster_text(names, "云溪市", "一句\n话")))["名册"]
    units = list(dict.fromkeys(name.unit for name in names))
    places = {(name.unit, name.words): at for at, name in reversed(list(enumerate(names)))}
    assert names_of(table, "a") == sorted(names, key=lambda n: (units.index(n.unit), places[n.unit, n.words]))


@given(
    st.binary(max_size=200)
    | st.text(alphabet='单位简称,，、\n"起止2019-年市财政局（至）/', max_size=80).map(str.encode)
)
def test_any_bytes_give_a_roster_or_one_sentence(data: bytes) -> None:
    with suppress(RosterError, ReadingError):
        assert sheet_of(read(data, "名册.csv").blocks, "名册.csv").names
