"""What a name means on a day: by the office's roster, by the general table, through the reforms."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.lexicon import Lexicon
from knowledge.roster import Unit
from knowledge.units import How, resolve
from knowledge.units.general import general
from tests.knowledge.rosters import REFORM, with_roster

OLD, NEW = date(2017, 6, 1), date(2026, 6, 1)
COUNTY = """
[名册.县教育和科学技术局]
教科局 = { 类 = "简称", 据 = "云办发〔2019〕3号" }
县教育局 = { 类 = "曾用名", 止 = 2019 }
县科技局 = { 类 = "曾用名", 止 = 2019 }
县知识产权局 = { 类 = "加挂牌子" }
[名册.县自然资源局]
县国土资源局 = { 类 = "曾用名", 止 = 2019 }
[名册.县文化旅游局]
县文广局 = { 类 = "曾用名", 止 = 2019 }
[名册.县委宣传部]
县文广局 = { 类 = "曾用名", 止 = 2019 }
"""


def named(words: str, on: date | None = None, lexicon: Lexicon | None = None) -> list[str]:
    return [sense.name for sense in resolve(words, lexicon, on).senses]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("市发改委", "市发展和改革委员会"),
        ("县发改局", "县发展和改革局"),
        ("区人社局", "区人力资源和社会保障局"),
        ("市委编办", "市委机构编制委员会办公室"),
        ("团县委", "团县委"),
        ("国家发改委", "国家发展和改革委员会"),
        ("教育部", "教育部"),
        ("省卫健委", "省卫生健康委员会"),
        ("市法院", "市人民法院"),
        ("市供电公司", "市供电公司"),
    ],
)
def test_a_short_name_is_written_out(said: str, name: str) -> None:
    assert resolve(said).name == name


def test_a_name_is_taken_at_the_date_of_its_document() -> None:
    then, now = resolve("市国土资源局", None, OLD), resolve("市国土资源局", None, NEW)
    assert (then.name, then.current) == ("市国土资源局", True)
    assert (now.name, now.current, now.until) == ("市自然资源局", False, REFORM)


def test_a_former_name_outside_its_years_is_found_and_told() -> None:
    found = resolve("县环保局", None, NEW)
    assert (found.current, found.former[0].name, found.senses[0].how) == (False, "环境保护局", How.FORMER)


def test_of_a_unit_that_was_split_all_heirs_come_the_main_one_first_with_what_went_there() -> None:
    senses = resolve("市国土局", None, NEW).senses
    assert [sense.name for sense in senses] == ["市自然资源局", "市生态环境局", "市农业农村局", "市应急管理局"]
    assert [sense.via[0].main for sense in senses] == [True, False, False, False]
    assert all(sense.via[0].matter and sense.via[0].source for sense in senses)


def test_several_reforms_lead_on_one_after_the_other() -> None:
    assert named("县扶贫办", date(2022, 5, 1)) == ["县乡村振兴局"]
    assert named("县扶贫办", NEW) == ["县农业农村局"]
    assert [move.year for move in resolve("县扶贫办", None, NEW).senses[0].via] == [2021, 2023]


def test_a_name_before_its_time_leads_back() -> None:
    before = date(2012, 6, 1)
    assert named("市市场监管局", before)[:3] == ["市工商行政管理局", "市质量技术监督局", "市食品药品监督管理局"]
    assert not resolve("市市场监管局", None, before).current


def test_a_merged_county_bureau_is_known_weakly_by_its_parts_and_surely_by_the_roster() -> None:
    weak = resolve("县教科局")
    assert ([sense.name for sense in weak.senses], weak.known) == (["县教育局", "县科学技术局"], False)
    assert weak.name == "县教科局"
    own = resolve("县教科局", with_roster(COUNTY))
    assert (own.name, own.known, own.own) == ("县教育和科学技术局", True, True)


def test_a_line_of_the_office_wins_over_the_general_table() -> None:
    odd = with_roster('[名册.市园林绿化局]\n发改委 = "简称"\n')
    assert resolve("发改委", odd).name == "市园林绿化局"
    assert resolve("发改委").name == "发展和改革委员会"


def test_the_office_has_former_names_signs_and_its_own_spelling() -> None:
    lexicon = with_roster(COUNTY)
    former = resolve("县教育局", lexicon, NEW)
    assert (former.name, former.current, former.senses[0].how) == ("县教育和科学技术局", False, How.FORMER)
    assert resolve("县教育局", lexicon, OLD).current
    assert resolve("知识产权局", lexicon).senses[0].how is How.SIGN
    assert resolve("县教育科学技术局", lexicon).name == "县教育和科学技术局"


def test_a_reform_of_the_general_table_ends_at_the_offices_own_unit() -> None:
    assert named("测绘局", NEW, with_roster(COUNTY)) == ["县自然资源局"]


def test_a_former_name_of_two_own_units_means_both_whether_its_last_day_is_known_or_not() -> None:
    assert named("文广局", NEW, with_roster(COUNTY)) == ["县文化旅游局", "县委宣传部"]
    text = '[名册.甲局]\n县文广局 = { 类 = "曾用名", 止 = 2019 }\n[名册.乙部]\n县文广局 = "曾用名"\n'
    assert named("文广局", NEW, with_roster(text)) == ["甲局", "乙部"]
    assert named("文广局", OLD, with_roster(text)) == ["甲局", "乙部"]


def test_a_former_name_may_live_on_as_a_sign() -> None:
    text = '[名册.县农业农村局]\n县乡村振兴局 = [{ 类 = "曾用名", 止 = 2023 }, { 类 = "加挂牌子" }]\n'
    found = resolve("乡村振兴局", with_roster(text), NEW)
    assert (found.name, found.current) == ("县农业农村局", True)


def test_a_roster_of_one_place_is_not_asked_about_another() -> None:
    lexicon = with_roster('[名册]\n地方 = "云溪市"\n[名册.市教育体育局]\n教育局 = "简称"\n')
    assert resolve("教育局", lexicon, None, "云溪市").name == "市教育体育局"
    assert resolve("教育局", lexicon, None, "松陵市").name == "教育局"


def test_the_place_before_a_name_stays_before_it() -> None:
    assert resolve("云溪市发改委", None, None, "云溪市").name == "云溪市发展和改革委员会"
    assert resolve("云溪市委宣传部", None, None, "云溪市").name == "云溪市委宣传部"
    assert resolve("云溪市国税局", None, NEW, "云溪市").name == "国家税务总局云溪市税务局"


@pytest.mark.parametrize("stranger", ["", "啦啦局", "市", "局", "市某某中心", "😀委"])
def test_a_name_nobody_knows_means_nothing(stranger: str) -> None:
    found = resolve(stranger)
    assert (found.senses, found.name, found.known) == ((), stranger, False)


NAMES = st.sampled_from(sorted({alias.words for alias in general().aliases}))
DAYS = st.none() | st.dates(date(2000, 1, 1), date(2030, 12, 31))


@given(NAMES, st.sampled_from(["", "市", "县", "区", "省"]), DAYS)
def test_resolving_a_resolved_name_changes_nothing(name: str, level: str, on: date | None) -> None:
    for sense in resolve(level + name, None, on).senses:
        again = resolve(sense.name, None, on)
        assert sense.name in [other.name for other in again.senses]


@given(NAMES | st.text(max_size=12), DAYS)
def test_any_name_resolves_without_harm(name: str, on: date | None) -> None:
    found = resolve(name, with_roster(COUNTY), on)
    assert found.name == name or found.senses
    assert len({sense.name for sense in found.senses}) == len(found.senses)


def test_a_name_that_two_bodies_share_means_both_in_its_years() -> None:
    assert named("市金融监管局", date(2021, 6, 1)) == ["市地方金融监督管理局"]
    assert named("市金融监管局", NEW)[0] == "市国家金融监督管理总局监管分局"
    assert named("防火办") == ["森林草原防灭火指挥部办公室", "消防安全委员会办公室"]
    assert resolve("防火办").name == "防火办"


@given(NAMES, DAYS)
def test_a_line_of_the_office_always_wins(name: str, on: date | None) -> None:
    lexicon = with_roster(f'[名册.市一号专班]\n"{name}" = "简称"\n')
    assert [sense.name for sense in resolve(name, lexicon, on).senses] == ["市一号专班"]


@given(st.sampled_from([unit for unit in general().units.values() if unit.until]), st.integers(1, 4000))
def test_a_former_name_outside_its_years_is_always_found_and_told(unit: Unit, days: int) -> None:
    assert unit.until is not None
    later = unit.until + timedelta(days=days)
    found = resolve(unit.name, None, later)
    assert found.senses
    assert not found.current or found.senses[0].unit.alive(later)
