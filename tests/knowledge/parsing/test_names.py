"""Where one unit's name ends, and which names take the city's 市 again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.parsing.names import is_collective, is_unit, read_names

LISTS = {
    "市财政局、地税局": ["市财政局", "市地税局"],
    "市发改委、人力资源 和社会保障局、财 政局": ["市发改委", "市人力资源和社会保障局", "市财政局"],
    "市水务局和林业局": ["市水务局", "市林业局"],
    "县住房和城乡建设局、工业和信息化局": ["县住房和城乡建设局", "县工业和信息化局"],
    "市金融办、人民银行某市中心支行、国网某市供电公司": ["市金融办", "人民银行某市中心支行", "国网某市供电公司"],
    "市教育局、临溪学院、各高校": ["市教育局", "临溪学院", "各高校"],
    "市委宣传部、组织部、网信办": ["市委宣传部", "市委组织部", "市网信办"],
    "市委、市政府督查室，市审计局": ["市委、市政府督查室", "市审计局"],
    "市发改委、市场监管局": ["市发改委", "市市场监管局"],
    "各县、市、区政府": ["各县、市、区政府"],
    "各县（市、区）人民政府，市直有关部门、单位": ["各县（市、区）人民政府", "市直有关部门、单位"],
    "各地、各有关部门": ["各地", "各有关部门"],
    "各级政府和各部门": ["各级政府", "各部门"],
    "各有关部门和单位": ["各有关部门和单位"],
    "市交通委(市道运局)、各区人民政府（含某开发区管委会）": ["市交通委(市道运局)", "各区人民政府（含某开发区管委会）"],
    "市教育局 市财政局\n市人社局": ["市教育局", "市财政局", "市人社局"],
    "区商务局、应急管理局": ["区商务局", "区应急管理局"],
    "市工商联、民革市委、税务局": ["市工商联", "民革市委", "市税务局"],
    "市商务局、海关总署、证监会": ["市商务局", "海关总署", "证监会"],
    "团市委、妇联": ["团市委", "市妇联"],
    "教育局、财政局": ["教育局", "财政局"],
    "省国资委、财政厅及有关国有企业主管部门": ["省国资委", "省财政厅", "有关国有企业主管部门"],
    "/": [],
}


@pytest.mark.parametrize("text", LISTS)
def test_a_list_is_cut_between_units_and_nowhere_else(text: str) -> None:
    assert list(read_names(text).units) == LISTS[text]


def test_the_name_of_the_documents_own_county_is_lent_to_the_next() -> None:
    assert read_names("云溪县教育局、财政局", locality="云溪县").units == ("云溪县教育局", "云溪县财政局")


def test_several_bodies_told_by_their_number_take_no_prefix() -> None:
    assert read_names("区气象局、应急局、三大通信运营商").units == ("区气象局", "区应急局", "三大通信运营商")


def test_a_prefix_goes_on_from_an_earlier_list() -> None:
    first = read_names("市财政局、发展改革委")
    assert read_names("税务局", first.prefix).units == ("市税务局",)


def test_deng_is_no_unit_but_leaves_the_list_open() -> None:
    names = read_names("市税务局、市住建局等相关部门")
    assert names.units == ("市税务局", "市住建局")
    assert names.more
    assert not read_names("市税务局、市住建局").more


def test_after_deng_a_collective_still_counts() -> None:
    assert read_names("市发改委等有关部门和各县（市、区）政府").units == ("市发改委", "各县（市、区）政府")


@pytest.mark.parametrize(
    "name", ["各县（区）人民政府", "市政府各部门", "市直有关部门、单位", "各镇（街道）", "责任单位"]
)
def test_classes_of_units_are_collectives(name: str) -> None:
    assert is_collective(name)


@pytest.mark.parametrize("name", ["市应急管理局", "市城管局", "人民银行某市分行"])
def test_one_office_is_no_collective(name: str) -> None:
    assert is_unit(name, strict=True)
    assert not is_collective(name)


@pytest.mark.parametrize(
    "text", ["市下达指标", "加强政务公开平台建设", "建设公共服务中心", "推进工作开展", "以下简称五公开"]
)
def test_words_that_are_no_unit(text: str) -> None:
    assert not is_unit(text)


@given(
    st.lists(
        st.sampled_from(["市财政局", "县教育局", "各乡镇", "某某学院", "区委编办"]), min_size=1, max_size=6, unique=True
    )
)
@settings(deadline=None)
def test_full_names_come_back_as_printed(names: list[str]) -> None:
    assert list(read_names("、".join(names)).units) == names


@given(st.text(alphabet="市县局委办、，和等各（） \n部门", max_size=30))
@settings(deadline=None)
def test_any_text_gives_names_without_blanks_and_never_fails(text: str) -> None:
    assert all(name and not any(c.isspace() for c in name) for name in read_names(text).units)


def test_a_branch_on_a_line_of_its_own_is_of_the_bureau_above_unless_it_names_its_own() -> None:
    assert read_names("市公安局\n青石分局").units == ("市公安局青石分局",)
    assert read_names("市财政局\n生态环境局青石分局").units == ("市财政局", "生态环境局青石分局")
