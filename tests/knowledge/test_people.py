"""Who speaks from an account, by what the ledger tells."""

from datetime import timedelta

from knowledge.ledger import Entry, Ledger
from knowledge.people import (
    ADMINISTRATOR,
    LIAISON,
    STAFF,
    SUPERVISOR,
    People,
    Person,
    chosen_entry,
    enrolled_entry,
    left_entry,
    people_of,
    released_entry,
)
from tests.scheduler.offices import at

NOW = at("2026-03-02 09:00")
WANG = Person("王芳", "市财政局", LIAISON)


def told(*entries: Entry) -> Ledger:
    return Ledger(entries)


def test_who_is_enrolled_speaks_for_the_unit_and_who_is_not_is_a_stranger() -> None:
    ledger = told(enrolled_entry(WANG, "wecom/wangfang", NOW, "周主任"))
    assert people_of(ledger).of("wecom/wangfang") == Person("王芳", "市财政局", LIAISON, ("wecom/wangfang",), NOW)
    for other in ("wecom/WangFang", "qq/wangfang", "wangfang", "wecom/wangfang ", ""):
        assert people_of(ledger).of(other) is None


def test_one_person_has_several_accounts_and_gives_up_one_or_all() -> None:
    ledger = told(
        enrolled_entry(WANG, "wecom/wangfang", NOW, "周主任"), enrolled_entry(WANG, "qq/a b/20002", NOW, "周主任")
    )
    assert people_of(ledger).named("王芳")[0].keys == ("wecom/wangfang", "qq/a b/20002")
    ledger = ledger.plus(released_entry("wecom/wangfang", NOW, "王芳"))
    assert people_of(ledger).of("wecom/wangfang") is None
    assert people_of(ledger).of("qq/a b/20002") == Person("王芳", "市财政局", LIAISON, ("qq/a b/20002",), NOW)
    assert people_of(ledger.plus(left_entry(WANG, NOW, "周主任"))).persons == ()
    assert people_of(ledger.plus(released_entry("qq/a b/20002", NOW, "王芳"))).persons == ()


def test_an_account_that_somebody_else_takes_over_is_his_alone() -> None:
    ledger = told(
        enrolled_entry(WANG, "qq/1", NOW, "周主任"),
        enrolled_entry(Person("李强", "市教育局", STAFF), "qq/1", NOW, "周主任"),
    )
    assert [one.name for one in people_of(ledger)] == ["李强"]


def test_who_answers_for_two_units_speaks_for_the_one_chosen_last() -> None:
    there = Person("王芳", "市教育局", LIAISON)
    ledger = told(enrolled_entry(WANG, "qq/1", NOW, "周主任"), enrolled_entry(there, "qq/1", NOW, "周主任"))
    assert [one.unit for one in people_of(ledger).all_of("qq/1")] == ["市财政局", "市教育局"]
    assert people_of(ledger).of("qq/1").unit == "市教育局"
    ledger = ledger.plus(chosen_entry("qq/1", WANG, NOW))
    assert people_of(ledger).of("qq/1").unit == "市财政局"
    ledger = ledger.plus(released_entry("qq/1", NOW, "王芳", person=WANG))
    assert people_of(ledger).of("qq/1").unit == "市教育局"


def test_a_new_role_begins_when_it_is_given() -> None:
    later = NOW + timedelta(days=3)
    ledger = told(
        enrolled_entry(WANG, "qq/1", NOW, "周主任"),
        enrolled_entry(WANG, "qq/2", later, "周主任"),
    )
    assert people_of(ledger).of("qq/2").since == NOW
    ledger = ledger.plus(enrolled_entry(Person("王芳", "市财政局", SUPERVISOR), "qq/1", later, "周主任"))
    assert (people_of(ledger).of("qq/2").role, people_of(ledger).of("qq/2").since) == (SUPERVISOR, later)


def test_what_the_settings_say_holds_beside_the_ledger() -> None:
    settings = People((Person("周主任", "", ADMINISTRATOR, ("qq/9",)), Person("王芳", "市财政局", SUPERVISOR)))
    both = settings.with_(people_of(told(enrolled_entry(WANG, "qq/1", NOW, "周主任"))))
    assert both.of("qq/9").above
    assert both.of("qq/1").words == "市财政局 王芳（督查员）"
