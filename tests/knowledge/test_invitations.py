"""Codes: how they look, how they are read back, and what the ledger keeps of them."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from knowledge.codes import codes_in
from knowledge.invitations import (
    GOOD_FOR,
    TRIES,
    TRIES_OF_ALL,
    USED,
    _code,
    closed_entry,
    code_in,
    fresh,
    invitations_of,
    issued_entry,
    tries_left,
    wrong_entry,
)
from knowledge.ledger import Ledger
from knowledge.people import LIAISON, Person
from tests.scheduler.offices import at

NOW = at("2026-03-02 09:00")
WANG = Person("王芳", "市财政局", LIAISON)


@given(st.integers(0, 2**64 - 1), st.sampled_from(["{}", " {} ", "{0:.4} {1}", "{0:.4}-{1}", "{0:.2}　{2}"]))
def test_a_code_is_read_however_it_is_typed_and_is_never_a_short_code(number: int, form: str) -> None:
    code = _code(number)
    typed = form.format(code, code[4:], code[2:])
    assert code_in(typed) == code_in(typed.lower()) == code
    assert codes_in(f"绑定 {code} {code.lower()}") == ()
    assert set(code).isdisjoint("01OILZSBU")


@given(st.text(max_size=20))
def test_whatever_is_typed_is_a_code_or_none(text: str) -> None:
    found = code_in(text)
    assert found == "" or code_in(found) == found


def test_a_code_is_found_by_its_digest_and_is_over_when_used_or_late() -> None:
    new = fresh(WANG, Ledger(), NOW, "周明", lambda: 7)
    ledger = Ledger([issued_entry(new.invitation)])
    assert invitations_of(ledger).meant(new.code) == new.invitation
    assert invitations_of(ledger).meant("A2A2A2A2") is None
    assert new.invitation.open(NOW)
    assert not new.invitation.open(NOW + GOOD_FOR)
    used = ledger.plus(closed_entry(new.invitation, USED, "qq/1", NOW, "王芳"))
    assert invitations_of(used).open(NOW) == ()
    assert new.code not in str(used)


def test_no_code_is_given_twice() -> None:
    numbers = iter([1, 5, 5, 6])
    first = fresh(WANG, Ledger(), NOW, "周明", numbers.__next__)
    second = fresh(WANG, Ledger([issued_entry(first.invitation)]), NOW, "周明", numbers.__next__)
    assert first.code != second.code


def test_guesses_are_counted_for_one_account_and_for_all() -> None:
    mine = Ledger([wrong_entry("qq/1", NOW, "")] * TRIES)
    assert tries_left("qq/1", mine, NOW) == 0
    assert tries_left("qq/2", mine, NOW) == TRIES
    assert tries_left("qq/1", mine, NOW + timedelta(hours=1)) == TRIES
    many = Ledger(wrong_entry(f"qq/{n}", NOW, "") for n in range(TRIES_OF_ALL))
    assert tries_left("qq/new", many, NOW) == 0
