"""What the list touches, over the register as it is."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import Draft, Passage, Place, Supersession
from knowledge.restrictions import Restriction, Restrictions
from tests.scheduler.offices import PLAN, by, duty, register_of

ROW = replace(duty(1, by("2026-07-15")), text="核查信访积案", original="核查 信访\n积案。", section=("一、重点工作",))
PAPER = replace(PLAN, passages=(Passage("信访积案另行通知。", Place(line=3)), Passage("其他事项照常。", Place(line=4))))
REGISTER = register_of(ROW, duty(2, by("2026-07-18")), documents=[PAPER])


def listed(*cleared: str, **what: tuple[str, ...]) -> Restrictions:
    return Restrictions((Restriction("理由", **what),), frozenset(cleared))


def test_a_word_closes_the_rows_and_the_sentences_that_say_it() -> None:
    closed = listed(words=("信访积案",)).closed(REGISTER)
    assert list(closed.assignments) == ["plan#1"]
    assert [one.id for one in closed.seen.assignments] == ["plan#2"]
    assert [one.text for one in closed.seen.documents[0].passages] == ["其他事项照常。"]
    assert closed.seen.partial


def test_a_unit_and_a_deadline_are_words_of_a_row_too() -> None:
    assert set(listed(words=("市财政局",)).ids(REGISTER)) == {"plan#1", "plan#2"}
    assert set(listed(words=("2026-07-18",)).ids(REGISTER)) == {"plan#2"}


def test_a_document_or_a_single_assignment_is_closed_by_its_name_or_id() -> None:
    assert set(listed(documents=("政务公开任务分工",)).ids(REGISTER)) == {"plan#1", "plan#2"}
    assert set(listed(assignments=(f"《{PLAN.title}》第2项",)).ids(REGISTER)) == {"plan#2"}
    assert set(listed(assignments=("plan#1", "《没有的》第2项")).ids(REGISTER)) == {"plan#1"}
    assert listed(documents=(PLAN.title,)).closed(REGISTER).seen.documents == ()


@pytest.mark.parametrize("number", ["2", "２", "二"])
def test_a_number_closes_its_row_in_whatever_digits_it_is_written(number: str) -> None:
    assert set(listed(assignments=(f"《{PLAN.title}》第{number}项",)).ids(REGISTER)) == {"plan#2"}


def test_a_name_that_protects_nothing_is_told() -> None:
    named = (f"《{PLAN.title}》第99项", f"《{PLAN.title}》第1项", "《没有的》第2项")
    restrictions = listed(assignments=named, documents=("没有的文件", PLAN.title))
    assert restrictions.idle(REGISTER) == ("没有的文件", named[0], named[2])


def test_what_is_filed_later_is_covered_from_its_first_day() -> None:
    restrictions = listed(words=("第7类",))
    assert restrictions.ids(REGISTER) == {}
    draft = Draft(
        replace(PLAN, id="next", title="另一份方案", digest="2" * 64), (duty(7, by("2026-08-01"), document="next"),)
    )
    assert list(restrictions.touched(draft)) == ["next#7"]
    assert list(restrictions.ids(REGISTER.filed(draft)[0])) == ["next#7"]


def test_without_a_list_and_where_it_is_cleared_nothing_is_narrowed() -> None:
    assert Restrictions().narrowed(REGISTER, "群") is REGISTER
    restrictions = listed("内部群", words=("信访积案",))
    assert restrictions.narrowed(REGISTER, "内部群") is REGISTER
    assert restrictions.narrowed(REGISTER, "群") is restrictions.narrowed(REGISTER, "别的群")


@given(st.text(max_size=12), st.text(max_size=12), st.sampled_from(["", " ", "　", "-", "，", "\u200b"]))
def test_a_word_is_found_wherever_it_stands_and_however_it_is_spaced(before: str, behind: str, gap: str) -> None:
    told = before + gap.join("信访积案") + behind
    assert listed(words=("信访积案",)).says(told) is not None


def test_an_edition_that_was_replaced_stays_closed_and_so_is_the_one_that_took_its_place() -> None:
    old = replace(
        PLAN, id="old", title="旧的分工", digest="3" * 64, superseded=Supersession("plan", PLAN.title, revised=True)
    )
    register = register_of(duty(1, by("2026-07-15")), duty(2, by("2026-07-15"), document="old"), documents=[PLAN, old])
    for name in (PLAN.title, "旧的分工"):
        assert set(listed(documents=(name,)).ids(register)) == {"plan#1", "old#2"}, name
    other = replace(old, superseded=Supersession("plan", PLAN.title))
    apart = replace(register, documents=(PLAN, other))
    assert set(listed(documents=("旧的分工",)).ids(apart)) == {"old#2"}
