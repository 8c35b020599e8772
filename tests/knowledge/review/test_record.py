"""A review is found again in the ledger, as it was left, by whoever looks."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from knowledge.codec import decode, encode
from knowledge.ledger import Entry, EntryKind, Ledger
from knowledge.model import Assignment, Draft, Role
from knowledge.review import Act, Review, Reviewer, Ruling, carried, review_of, sitting_on, sittings
from knowledge.review.record import act_entry, ruling_entry
from scheduler.policy import SHANGHAI
from tests.knowledge.review.plans import answered, hears, inherited, lead, plan, row

NINE = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
DRAFT = plan(
    *(row(n, f"公开第{n}类信息", lead(f"县第{n}局"), doubts=(inherited(f"县第{n}局", n),)) for n in (1, 2, 3)),
    unread=("注",),
)
LI = Reviewer("李明", "私聊", NINE)


def written(review: Review, answer: str, by: Reviewer = LI) -> tuple[Review, Entry]:
    ruling, one = hears(review, answer).ruling, review.current
    assert ruling is not None
    assert one is not None
    return review.ruled(ruling), ruling_entry(one, ruling, review.reviewed, by, answer, ("旧", "新"))


def ledger_of(*answers: str) -> Ledger:
    ledger, review = Ledger((act_entry(Act.STARTED, DRAFT.document, LI),)), Review(DRAFT)
    for answer in answers:
        review, entry = written(review, answer)
        ledger = ledger.plus(entry)
    return ledger


def test_a_half_finished_review_is_found_as_it_was_left() -> None:
    found = review_of(DRAFT, ledger_of("1", "县审计局"))
    assert found == answered(Review(DRAFT), "1", "县审计局")
    assert (found.decided, found.total) == (2, 4)


def test_going_back_is_an_entry_too() -> None:
    ledger = ledger_of("1", "县审计局").plus(act_entry(Act.UNDONE, DRAFT.document, LI, "返回"))
    assert review_of(DRAFT, ledger) == answered(Review(DRAFT), "1")


def test_filing_ends_a_review_and_the_next_one_begins_anew() -> None:
    filed = Entry(EntryKind.FILED, NINE, document="plan", details={"digest": "digest"})
    assert review_of(DRAFT, ledger_of("1", "跳过").plus(filed)) == Review(DRAFT)
    assert sittings(ledger_of("1").plus(filed)) == ()


def test_beginning_anew_forgets_the_answers() -> None:
    ledger = ledger_of("1", "2").plus(act_entry(Act.RESTARTED, DRAFT.document, LI, "重来"))
    assert review_of(DRAFT, ledger) == Review(DRAFT)


def test_answers_to_another_edition_are_not_taken() -> None:
    other = plan(row(1, "公开信息", lead("县第1局"), doubts=(inherited("县第1局", 1),)))
    edition = review_of(
        type(other)(type(DRAFT.document)("plan", "又一版", "plan.txt", "another digest"), other.assignments),
        ledger_of("1"),
    )
    assert edition.decided == 0


def test_an_answer_to_a_doubt_that_the_program_no_longer_has_is_left_out() -> None:
    ledger = ledger_of("1").plus(*ledger_of("1", "2").entries[-1:])
    stale = Entry(
        EntryKind.REVIEWED,
        NINE,
        document="plan",
        details={"digest": "digest", "verb": "accepted", "ruling": {"key": "gone", "verb": "accepted"}},
    )
    broken = Entry(
        EntryKind.REVIEWED,
        NINE,
        document="plan",
        details={"digest": "digest", "verb": "accepted", "ruling": {"form": "new"}},
    )
    assert review_of(DRAFT, ledger.plus(stale, broken)).decided == 2


def test_an_entry_says_who_when_where_and_both_readings() -> None:
    _, entry = written(Review(DRAFT), "县审计局")
    assert (entry.kind, entry.who, entry.conversation, entry.at, entry.words) == (
        EntryKind.REVIEWED,
        "李明",
        "私聊",
        NINE,
        "县审计局",
    )
    assert (entry.document, entry.assignment) == ("plan", "plan-1")
    assert {
        "verb": "corrected",
        "code": "lead-inherited",
        "place": "第11行",
        "old": "旧",
        "new": "新",
    }.items() <= entry.details.items()


def test_it_is_known_who_is_at_a_document_and_how_far() -> None:
    ledger = ledger_of("1", "跳过")
    sitting = sitting_on("digest", ledger)
    assert sitting is not None
    assert (sitting.who, sitting.decided, sitting.seated, sitting.source) == ("李明", 2, True, "plan.txt")
    later = Reviewer("李明", "私聊", NINE + timedelta(hours=1))
    stopped = sitting_on("digest", ledger.plus(act_entry(Act.STOPPED, DRAFT.document, later, "停")))
    assert stopped is not None
    assert (stopped.seated, stopped.at) == (False, later.at)


def test_a_ruling_survives_the_ledgers_form() -> None:
    for answer in ("1", "2", "县审计局牵头，县林业局配合", "时限 6月底前", "删去", "跳过"):
        ruling = hears(Review(DRAFT), answer).ruling
        assert ruling is not None
        assert decode(Ruling, encode(ruling)) == ruling


# ---------------------------------------------------------------- the next edition
def edition(*rows: Assignment) -> Draft:
    draft = plan(*rows)
    return replace(draft, document=replace(draft.document, digest="second edition"))


def filed_review(*answers: str) -> Ledger:
    filed = Entry(EntryKind.FILED, NINE, document="plan", details={"digest": "digest", "review": {}})
    return ledger_of(*answers).plus(filed)


def test_what_was_decided_holds_for_the_same_words_in_the_next_edition() -> None:
    second = edition(*DRAFT.assignments)
    found = carried(second, filed_review("1", "县审计局", "跳过"))
    assert found.decided == 2
    assert found.reviewed.assignments[1].units(Role.LEAD) == ("县审计局",)
    assert [one.id for one in found.reviewed.assignments if one.doubts] == ["plan-3"]


def test_another_text_under_the_same_number_is_asked_about_again() -> None:
    second = edition(DRAFT.assignments[0], replace(DRAFT.assignments[1], text="公开河长名单"), DRAFT.assignments[2])
    found = carried(second, filed_review("1", "县审计局", "1"))
    assert found.decided == 2
    assert found.reviewed.assignments[1] == second.assignments[1]


def test_an_unfinished_review_of_an_edition_says_nothing_about_the_next() -> None:
    assert carried(edition(*DRAFT.assignments), ledger_of("1", "县审计局")).decided == 0
