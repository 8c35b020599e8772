"""Names of units: two for one, a letter too many, a slip, a former name, one that nobody knows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.lexicon import Lexicon, shipped
from knowledge.roster_table import roster_of
from tests.knowledge.examination.specimens import Severity, examined, found, one, text

DATED = ("岚浦市2026年重点工作分工方案",)


def led_by(*units: str, head: tuple[str, ...] = DATED) -> tuple[str, ...]:
    works = ("修建三座桥梁并开放交通", "改造老旧管网", "举办技能培训和招聘活动", "开展安全检查", "清理河道", "植树造林")
    return (*head, *(f"{n}.{works[n % 6]}。（{unit}牵头）" for n, unit in enumerate(units, 1)))


@pytest.mark.parametrize(
    ("one_name", "other"),
    [
        ("市人社局", "市人力资源和社会保障局"),
        ("市发改委", "市发展改革委"),
        ("市住建局", "市住房城乡建设局"),
        ("市市场监管局", "市市场监督管理局"),
        ("市政府办公室", "市政府办"),
        ("市文旅局", "市文化广电和旅游局"),
        ("市卫健委", "市卫生健康委员会"),
        ("市工业和信息化局", "市工业信息化局"),
    ],
)
def test_one_unit_under_two_names_is_asked_about_with_all_places(one_name: str, other: str) -> None:
    finding = one(text(*led_by(one_name, other, one_name)), "unit-two-names")
    assert finding.severity is Severity.ASK
    assert f"“{one_name}”（2处）" in finding.wrong
    assert [spot.words for spot in finding.related] == [other, one_name, one_name]


@pytest.mark.parametrize(
    ("one_name", "other"),
    [
        ("市教育局", "市教育体育局"),
        ("市人社局", "县人力资源和社会保障局"),
        ("市公安局", "市公安局交警支队"),
        ("市应急局", "市应急办"),
        ("市委督查室", "市政府督查室"),
        ("市政务服务局", "市政务服务中心"),
        ("市城管局", "市综合执法局"),
        ("市农业农村局", "市委农办"),
        ("市生态环境局", "市生态环境局岚浦分局"),
        ("市委办公室", "市政府办公室"),
        ("市工信局", "市工商联"),
        ("岚浦市财政局", "市财政局"),
        ("市纪委", "市纪委监委"),
    ],
)
def test_two_units_that_only_sound_alike_are_two(one_name: str, other: str) -> None:
    assert found(text(*led_by(one_name, other, one_name)), "unit-two-names") == []


def test_a_short_list_elides_the_city_and_names_nobody_twice() -> None:
    lines = (*DATED, "1.修路架桥。（市财政局、人社局牵头）", "2.开展技能培训。（市人社局牵头）")
    assert found(text(*lines), "unit-two-names") == []


def test_a_doubled_city_must_be_corrected() -> None:
    finding = one(text(*led_by("市市财政局", "市教育局")), "name-doubled")
    assert "“市财政局”" in finding.advice


@pytest.mark.parametrize("name", ["市市场监管局", "市市政管理局", "市市场监督管理局", "市市容环卫中心"])
def test_a_second_city_that_belongs_to_the_field_is_right(name: str) -> None:
    assert found(text(*led_by(name, "市教育局")), "name-doubled") == []


def test_a_name_one_character_beside_another_is_a_slip() -> None:
    finding = one(text(*led_by("市教育局", "市教育局", "市敎肓局".replace("敎", "教"))), "name-misprint")
    assert "“市教育局”" in finding.advice


@pytest.mark.parametrize("other", ["市体育局", "县教育局", "市教科局"])
def test_a_name_that_is_understood_or_of_another_level_is_no_slip(other: str) -> None:
    assert found(text(*led_by("市教育局", "市教育局", other)), "name-misprint") == []


@pytest.mark.parametrize("name", ["市环保局", "市国土资源局", "市安监局", "市工商局", "市质监局", "市卫计委"])
def test_a_name_from_before_a_reform_is_asked_about(name: str) -> None:
    assert one(text(*led_by(name, "市教育局")), "name-former").severity is Severity.ASK


@pytest.mark.parametrize(
    "name",
    [
        "市生态环境局",
        "市农机中心",
        "市委农办",
        "市教育局",
        "市乡村振兴局",
        "市规划和自然资源局",
        "市城市规划局",
        "综治办",
        "环保办",
    ],
)
def test_names_that_are_borne_today_are_current(name: str) -> None:
    assert found(text(*led_by(name, "市教育局")), "name-former") == []


def test_a_name_was_current_when_the_document_was_written() -> None:
    head = ("岚浦市2017年重点工作分工方案",)
    assert found(text(*led_by("市环保局", "市教育局", head=head)), "name-former") == []


def test_the_word_for_a_role_is_no_unit() -> None:
    assert len(found(text(*led_by("市教育局", "各责任单位")), "role-as-unit")) == 1
    assert found(text(*led_by("市教育局", "各县区政府")), "role-as-unit") == []


ROSTER = {
    "地方": "岚浦市",
    "市教育局": {},
    "市财政局": {},
    "市水利局": {},
    "市生态环境局": {"市环保局": {"类": "曾用名", "止": "2019-03-01"}},
}


def office(table: dict[str, object]) -> Lexicon:
    return replace(shipped(), roster=roster_of(table, "机构编制文件"))


def test_the_offices_roster_says_who_exists_and_under_which_name() -> None:
    lines = led_by("市教育局", "市环保局", "市花木局", "市财政局", "市水利局")
    findings = examined(text(*lines), lexicon=office(ROSTER)).findings
    assert [(f.code, f.at.words) for f in findings] == [("name-former", "市环保局"), ("unit-unknown", "市花木局")]


def test_a_former_name_is_right_at_its_time() -> None:
    head = ("岚浦市2018年重点工作分工方案",)
    lines = led_by("市教育局", "市环保局", head=head)
    assert examined(text(*lines), lexicon=office(ROSTER)).findings == ()


def test_a_roster_of_a_few_units_says_nothing_about_the_others() -> None:
    few = {"市教育局": {}, "地方": "岚浦市"}
    assert found(text(*led_by("市教育局", "市花木局", "市财政局")), "unit-unknown", lexicon=office(few)) == []


def test_units_of_other_levels_are_not_looked_for_in_the_roster() -> None:
    lines = led_by("市教育局", "市财政局", "市水利局", "省教育厅", "国网岚浦供电公司", "各县区政府")
    assert found(text(*lines), "unit-unknown", lexicon=office(ROSTER)) == []
