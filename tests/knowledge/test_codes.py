"""Short codes: what people type instead of 第3项那个7月15日的."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.codes import IN_USE, Matter, code_of, codes_in, matter_of, meant_by
from knowledge.ledger import Entry, EntryKind, Ledger
from tests.scheduler.offices import at

NOW = at("2026-07-15 09:00")
MATTER = ("plan#1", "2026-07-15")


def said(code: str, matter: Matter, when: str = "2026-07-10 09:00") -> Entry:
    key = f"{matter[0]}|{matter[1]}|T-3|工作群"
    return Entry(EntryKind.SENT, at(when), assignment=matter[0], key=key, details={"code": code})


def test_a_code_stays_with_its_matter_and_differs_for_the_next_due_date() -> None:
    code = code_of(MATTER, Ledger(), NOW)
    assert code_of(MATTER, Ledger((said(code, MATTER),)), NOW) == code
    assert code_of(("plan#1", "2026-08-15"), Ledger(), NOW) != code


def test_what_another_matter_goes_by_is_not_given_again_until_it_is_long_unsaid() -> None:
    code = code_of(MATTER, Ledger(), NOW)
    ledger = Ledger((said(code, ("plan#9", "2026-07-20")),))
    other = code_of(MATTER, ledger, NOW)
    assert other != code
    assert code_of(MATTER, ledger.plus(said(other, MATTER)), NOW) == other
    assert code_of(MATTER, ledger, at("2026-07-10 09:00") + IN_USE + timedelta(days=1)) == code


def test_codes_are_found_in_what_people_write() -> None:
    assert codes_in("收到k7m，完成 Ｔ３Ａ http://x.cn") == ("K7M", "T3A")
    assert codes_in("PM2.5、A4纸、第13项、5G、H7N9、2026年K7MX") == ()


def test_the_last_delivery_with_a_code_says_what_it_means() -> None:
    again = said("K7M", MATTER)
    repeated = Entry(again.kind, again.at, assignment="plan#1", key=f"again-2|{again.key}", details=again.details)
    found = meant_by("k7m", Ledger((said("K7M", ("plan#8", "2026-01-01"), "2026-01-01 09:00"), repeated)))
    assert found is not None
    assert matter_of(found) == MATTER
    assert meant_by("T3A", Ledger()) is None


@settings(deadline=None, max_examples=10)
@given(
    st.sets(st.tuples(st.integers(1, 500).map(lambda n: f"plan#{n}"), st.dates().map(str)), min_size=100, max_size=400)
)
def test_codes_given_in_one_breath_are_all_different_and_can_be_typed(matters: set[Matter]) -> None:
    given: dict[str, Matter] = {}
    for matter in sorted(matters):
        given[code_of(matter, Ledger(), NOW, given)] = matter
    assert len(given) == len(matters)
    assert all(codes_in(f"收到{code}") == (code,) for code in given)
