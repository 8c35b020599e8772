"""The ledger: what others ask of it."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.ledger import EntryKind, Ledger
from tests.contracts.drafts import NOON, entry

CLAIM = entry(EntryKind.CLAIMED, 1, key="k1")
LOST = entry(EntryKind.CLAIMED, 2, key="k2")
FAILED = entry(EntryKind.FAILED, 3, key="k1", words="对方服务器忙")
SENT = entry(EntryKind.SENT, 4, key="k1")
RECEIVED = entry(EntryKind.ACKNOWLEDGED, 5, assignment="甲#1", unit="云溪市财政局", document="甲")
JUNE = entry(
    EntryKind.REPORTED, 6, assignment="甲#1", unit="云溪市财政局", details={"period": "2026-06", "percent": 50}
)
JULY = entry(EntryKind.REPORTED, 7, assignment="甲#1", unit="云溪市审计局", details={"period": "2026-07"})
LEDGER = Ledger((CLAIM, LOST, FAILED, SENT, RECEIVED, JUNE, JULY))


def test_the_story_of_a_notice_is_found_by_its_key() -> None:
    assert LEDGER.keyed("k1") == (CLAIM, FAILED, SENT)
    assert LEDGER.claimed("k1")
    assert LEDGER.delivered("k1")
    assert LEDGER.verdict("k1") is SENT


def test_a_claim_without_a_verdict_stays_open() -> None:
    assert LEDGER.open_claims() == (LOST,)
    assert not LEDGER.delivered("k2")
    assert LEDGER.verdict("k2") is None
    assert not LEDGER.claimed("k3")


def test_a_failed_delivery_is_not_a_delivery() -> None:
    assert not Ledger((CLAIM, FAILED)).delivered("k1")
    assert Ledger((CLAIM, FAILED)).verdict("k1") is FAILED


def test_acknowledgements_and_reports_are_told_by_assignment_and_unit() -> None:
    assert LEDGER.of("甲#1") == (RECEIVED, JUNE, JULY)
    assert LEDGER.of("甲#1", EntryKind.ACKNOWLEDGED) == (RECEIVED,)
    assert LEDGER.acknowledgements("甲#1", "云溪市财政局") == (RECEIVED,)
    assert LEDGER.acknowledgements("甲#1", "云溪市审计局") == ()
    assert LEDGER.reports("甲#1") == (JUNE, JULY)
    assert LEDGER.latest_report("甲#1") is JULY
    assert LEDGER.latest_report("甲#1", period="2026-06") is JUNE
    assert LEDGER.latest_report("甲#2") is None


def test_entries_are_found_by_document_kind_and_time() -> None:
    assert LEDGER.about("甲") == (RECEIVED,)
    assert LEDGER.kinds(EntryKind.SENT, EntryKind.FAILED) == (FAILED, SENT)
    assert LEDGER.between(NOON + timedelta(minutes=2), NOON + timedelta(minutes=4)) == (LOST, FAILED)


ENTRIES = st.sampled_from(LEDGER.entries)
GROWTH = st.lists(st.tuples(st.integers(0, 9), st.lists(ENTRIES, max_size=3)), max_size=8)


@settings(deadline=None)
@given(GROWTH)
def test_ledgers_that_grow_out_of_each_other_answer_like_ones_made_by_themselves(growth: list) -> None:
    grown = [Ledger()]
    for which, batch in growth:
        older = grown[which % len(grown)]
        grown.append(older.plus(*batch))
        assert grown[-1].since(older) in (tuple(batch), None)
        grown[0].kinds(EntryKind.SENT), grown[-1].keyed("k1")  # some indexes are made early, by some of them
    alone = [Ledger(one.entries) for one in grown]
    assert [answers(one) for one in grown] == [answers(one) for one in alone]
    assert grown == alone


def answers(ledger: Ledger) -> list[object]:
    return [
        list(reversed(ledger)),
        *(ledger.keyed(key) for key in ("k1", "k2", "")),
        ledger.of("甲#1"),
        ledger.about("甲"),
        *(ledger.kinds(kind) for kind in EntryKind),
        ledger.kinds(EntryKind.SENT, EntryKind.CLAIMED),
        ledger.open_claims(),
    ]


def test_what_was_asked_before_is_the_same_object_until_something_new_is_written() -> None:
    ledger = LEDGER.plus(SENT)
    assert ledger.kinds(EntryKind.REPORTED) is LEDGER.kinds(EntryKind.REPORTED)
    assert ledger.plus(JULY).kinds(EntryKind.REPORTED) == (JUNE, JULY, JULY)
    assert LEDGER.kinds(EntryKind.REPORTED) == (JUNE, JULY)
    assert Ledger((SENT,)).since(LEDGER) is None
