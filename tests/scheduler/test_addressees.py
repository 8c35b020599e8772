"""Who hears of what: every unit's share where the unit listens, and nothing nowhere."""

from dataclasses import replace
from pathlib import Path

from knowledge.directory import Directory, Liaison
from knowledge.lexicon import lexicon_of
from knowledge.model import Assignment, Duty, Role
from knowledge.register import Register
from scheduler.addressees import Addressee, Why, routes
from scheduler.policy import Policy
from tests.scheduler.offices import PLAN, by, duty, register_of

SUPERVISED = Policy(default_conversation="", supervisors="督查群")


def listening(policy: Policy = SUPERVISED, **units: str) -> Policy:
    """A policy under which a unit listens in each conversation."""
    return replace(policy, directory=Directory({conversation: (unit,) for conversation, unit in units.items()}))


def heard(register: Register, policy: Policy) -> dict[str, tuple[str, ...]]:
    """Conversation → the units it hears of the first assignment for."""
    return {one.conversation: one.units for one in routes(register, policy)["plan#1"]}


def shared(*units: str) -> Assignment:
    return replace(duty(1, by("2026-07-15")), duties=tuple(Duty(unit, Role.LEAD, "牵头单位") for unit in units))


def test_without_bindings_everything_goes_to_the_default_conversation() -> None:
    assert heard(register_of(shared("市财政局")), Policy()) == {"工作群": ("市财政局",)}


def test_several_leads_each_get_their_share_where_they_listen_and_the_rest_goes_to_the_supervisors_with_the_reason() -> (
    None
):
    register = register_of(shared("市财政局", "市民政局", "市档案局"))
    found = routes(register, listening(财政群="市财政局", 民政群="市民政局"))["plan#1"]
    assert found == (
        Addressee("财政群", ("市财政局",)),
        Addressee("民政群", ("市民政局",)),
        Addressee("督查群", ("市档案局",), {"市档案局": Why.NO_CONVERSATION}),
    )


def test_a_conversation_bound_to_the_document_hears_of_every_unit_in_one_message() -> None:
    register = register_of(shared("市财政局", "市民政局"), 专班群=PLAN.id)
    assert heard(register, listening(财政群="市财政局")) == {
        "专班群": ("市财政局", "市民政局"),
        "财政群": ("市财政局",),
    }


def test_a_conversation_bound_to_a_document_and_a_unit_hears_of_that_unit_there_only() -> None:
    other = replace(PLAN, id="other", title="云溪市营商环境方案", source="b.txt")
    register = register_of(shared("市财政局"), documents=(PLAN, other), 财政专班="other")
    assert heard(register, listening(财政专班="市财政局")) == {"督查群": ("市财政局",)}


def test_what_names_nobody_goes_to_the_supervisors_too() -> None:
    (found,) = routes(register_of(shared()), SUPERVISED)["plan#1"]
    assert (found.conversation, found.units, found.reasons) == ("督查群", (), {"": Why.NO_UNIT})


def test_each_member_of_a_collective_that_the_roster_knows_hears_in_its_own_conversation(tmp_path: Path) -> None:
    table = "".join(
        f'[名册.{unit}]\n{unit} = {{ 类 = "本名" }}\n市政府各部门 = {{ 类 = "所属集合" }}\n'
        for unit in ("市财政局", "市民政局")
    )
    (tmp_path / "roster.toml").write_text(table, "utf-8")
    register = replace(register_of(shared("市政府各部门")), lexicon=lexicon_of(tmp_path))
    both = listening(财政群="市财政局", 民政群="市民政局")
    assert heard(register, both) == {"财政群": ("市财政局",), "民政群": ("市民政局",)}
    found = routes(register, listening(财政群="市财政局"))["plan#1"]
    assert [one.reasons for one in found] == [{}, {"市政府各部门": Why.SOME_MEMBERS}]


def test_of_a_collective_that_the_roster_does_not_know_the_supervisors_hear() -> None:
    (found,) = routes(register_of(shared("各县区人民政府")), listening(财政群="市财政局"))["plan#1"]
    assert (found.conversation, found.reasons) == ("督查群", {"各县区人民政府": Why.NO_MEMBERS})


def test_the_leaders_of_a_document_are_the_members_of_its_leaders() -> None:
    register = register_of(shared("各牵头单位"), duty(2, by("2026-07-15")))
    assert heard(register, listening(财政群="市财政局")) == {"财政群": ("市财政局",)}


def test_liaisons_are_named_where_they_can_be_and_once() -> None:
    people = (
        Liaison("市财政局", "王小明", "wang"),
        Liaison("市财政局", "李华", "", "财政群"),
        Liaison("市民政局", "赵敏"),
    )
    directory = Directory({}, people)
    assert [one.name for one in directory.named_for(("市财政局",), "工作群")] == ["王小明"]
    assert [one.name for one in directory.named_for(("市财政局", "市民政局"), "财政群")] == ["王小明", "李华", "赵敏"]
