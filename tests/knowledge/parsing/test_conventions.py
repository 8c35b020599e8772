"""Sentences that change the meaning of everything after them."""

from __future__ import annotations

from knowledge.model import Duty, Place, Role
from knowledge.parsing.conventions import Conventions
from knowledge.parsing.slot import Slot


def slot(*units: str, collective: bool = False) -> Slot:
    return Slot(tuple(Duty(unit, Role.RESPONSIBLE, "", False, collective) for unit in units))


def test_the_first_of_a_list_leads_from_the_sentence_on() -> None:
    now, rest, doubts = Conventions().read("甲部、乙部负责，排在第一位的部门为牵头部门，下同", Place(line=3))
    assert rest == "甲部、乙部负责"
    assert [duty.role for duty in now.applied(slot("甲部", "乙部")).duties] == [Role.LEAD, Role.RESPONSIBLE]
    assert doubts[0].words == "排在第一位的部门为牵头部门，下同"


def test_a_collective_is_never_promoted() -> None:
    now = Conventions(first_leads=True)
    assert now.applied(slot("各县区", collective=True)).duties[0].role is Role.RESPONSIBLE


def test_a_named_lead_stays_the_only_lead() -> None:
    given = Slot((Duty("甲局", Role.RESPONSIBLE), Duty("乙局", Role.LEAD)))
    assert Conventions(first_leads=True).applied(given) == given


def test_what_everybody_carries_is_added_to_each() -> None:
    now, rest, _ = Conventions().read("市税务局牵头；以下各项均需各县区落实，不再一一列出", Place())
    assert rest == "市税务局牵头"
    assert [duty.unit for duty in now.applied(slot("甲局")).duties] == ["甲局", "各县区"]


def test_an_ordinary_sentence_changes_nothing() -> None:
    assert Conventions().read("第一责任单位要切实负起责任。", Place())[0] == Conventions()


def test_who_leads_unless_it_is_said_leads_what_names_no_lead() -> None:
    now, rest, doubts = Conventions().read("以下任务除注明外均由市住建局牵头。各区按季报送。", Place())
    assert rest == "。各区按季报送。"
    assert doubts[0].words == "以下任务除注明外均由市住建局牵头"
    assert [(duty.unit, duty.role) for duty in now.applied(slot("甲局", "市住建局")).duties] == [
        ("市住建局", Role.LEAD),
        ("甲局", Role.RESPONSIBLE),
    ]
    given = Slot((Duty("乙局", Role.LEAD),))
    assert now.applied(given) == given
