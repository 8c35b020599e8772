"""Role words to roles: what a cell, a label and a bracket say about who does what."""

from __future__ import annotations

import pytest

from knowledge.model import Role
from knowledge.parsing.duties import read_cell, read_labels, read_units, states_duties, with_deadline
from knowledge.parsing.slot import Slot


def roles(slot: Slot) -> tuple[str, str, str]:
    found = [" ".join(duty.unit for duty in slot.duties if duty.role is role) for role in Role]
    return found[0], found[1], found[2]


CELLS = [
    ("市审计局落实", Role.LEAD, ("市审计局", "", "")),
    ("各县（区）人民政府，市级各部门负责落实", Role.LEAD, ("各县（区）人民政府 市级各部门", "", "")),
    ("市财政局、发改委分别牵头，税务局等部门配合", Role.LEAD, ("市财政局 市发改委", "", "市税务局")),
    ("市农业局牵头，水利局按照职责分工分别落实", Role.LEAD, ("市农业局", "市水利局", "")),
    ("市发改委牵头，会同市农业局、水务局等部门落实", Role.LEAD, ("市发改委", "", "市农业局 市水务局")),
    ("办公室牵头，各科室配合", Role.RESPONSIBLE, ("办公室", "", "各科室")),
    ("市教育局（牵头）、财政局", Role.RESPONSIBLE, ("市教育局", "市财政局", "")),
    ("甲局、乙局", Role.RESPONSIBLE, ("", "甲局 乙局", "")),
    ("甲局、乙局", Role.COOPERATING, ("", "", "甲局 乙局")),
    ("市住建局牵头，市财政局、自然资源局", Role.RESPONSIBLE, ("市住建局", "市财政局 市自然资源局", "")),
    (
        "市信访局、市档案局按照职责分工分别牵头落实各县区政府负责落实",
        Role.LEAD,
        ("市信访局 市档案局", "各县区政府", ""),
    ),
]


@pytest.mark.parametrize(("cell", "column", "expected"), CELLS)
def test_verbs_inside_a_cell_win_over_its_column(cell: str, column: Role, expected: tuple[str, str, str]) -> None:
    assert roles(read_units(cell, column)) == expected


def test_blanks_inside_words_are_damage() -> None:
    slot = read_units("市统计局、人 民银行某市中心 支行等部门按照职 责分工分别牵头落 实", Role.LEAD)
    assert roles(slot)[0] == "市统计局 人民银行某市中心支行"
    assert slot.more
    assert all(duty.severally for duty in slot.duties)


def test_the_documents_own_word_stays_beside_the_role() -> None:
    slot = read_units("甲局会同乙局负责", Role.RESPONSIBLE)
    assert [(duty.unit, duty.word) for duty in slot.duties] == [("甲局", "负责"), ("乙局", "会同")]


def test_labels_run_together_are_cut_apart() -> None:
    slot = read_labels("责任单位:市教育局完成时限:2023年6月底")
    assert roles(slot) == ("", "市教育局", "")
    assert slot.deadline == "2023年6月底"


def test_blanks_inside_a_label_do_not_hide_it() -> None:
    assert roles(read_labels("责 任 单 位：市教育局牵头，财政局配合")) == ("市教育局", "", "市财政局")


def test_leaders_and_persons_are_no_units() -> None:
    slot = read_labels("分管领导：李某 责任单位：市水利局 主要责任人：赵某 进度安排：年底完成")
    assert roles(slot) == ("", "市水利局", "")
    assert slot.deadline == "年底完成"


def test_a_label_of_unknown_role_gives_no_duty_but_is_told() -> None:
    slot = read_labels("督导单位：市委办公室；责任单位：市教育局")
    assert roles(slot) == ("", "市教育局", "")
    assert slot.odd == ("督导单位：市委办公室",)


def test_a_deadline_may_be_the_last_member_of_a_list() -> None:
    slot = with_deadline("各县区、开发区管委会，6月底完成", Role.RESPONSIBLE)
    assert roles(slot) == ("", "各县区 开发区管委会", "")
    assert slot.deadline == "6月底完成"


@pytest.mark.parametrize(
    "inside", ["甲局牵头，乙局、丙局按职责分工负责", "牵头单位：甲局；责任单位：乙局", "市教育局、市财政局负责"]
)
def test_brackets_that_state_duties(inside: str) -> None:
    assert states_duties(inside)


@pytest.mark.parametrize(
    "inside", ["市下达指标", "含某开发区管委会", "以下简称“五公开”", "统一功能定位、统一机构设置", "市教育局、市财政局"]
)
def test_brackets_that_do_not(inside: str) -> None:
    assert not states_duties(inside)


def test_names_alone_count_where_a_convention_says_so() -> None:
    assert states_duties("市教育局、市财政局", by_convention=True)
    assert not states_duties("市下达指标", by_convention=True)


PERSONS_BESIDE = [
    ("县城投集团董某县住建局薛某", "县城投集团 县住建局"),
    ("县林业局局长于某、县水利局 马某", "县林业局 县水利局"),
    ("县公安局局长孙某县司法局赵县生", "县公安局 县司法局"),
]


@pytest.mark.parametrize(("cell", "units"), PERSONS_BESIDE)
def test_persons_that_a_narrow_cell_ran_into_its_units_hide_none_of_them(cell: str, units: str) -> None:
    assert roles(read_cell(cell, Role.RESPONSIBLE, "", "责任单位及责任人")) == ("", units, "")
