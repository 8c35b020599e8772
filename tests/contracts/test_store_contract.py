"""What every store promises, told once and held against each of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.ledger import EntryKind
from knowledge.register import Register
from knowledge.store import MemoryStore, Store, StoreError
from knowledge.store_tinydb import TinyDBStore
from tests.contracts.drafts import NOON, draft, entry


@pytest.fixture(params=["memory", "tinydb"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    made: Store = MemoryStore() if request.param == "memory" else TinyDBStore(tmp_path / "home")
    yield made
    made.close()


def test_a_new_store_holds_an_empty_register_and_an_empty_ledger(store: Store) -> None:
    assert store.load() == Register()
    assert store.revision() == 0
    assert len(store.ledger()) == 0
    assert store.warnings == ()


def test_what_is_filed_is_loaded_again_with_everything_in_it(store: Store) -> None:
    register, _ = store.load().filed(draft(count=5))
    store.file(register)
    assert store.load() == register
    assert store.revision() == 1


def test_filing_writes_its_entries_with_it(store: Store) -> None:
    filed = entry(EntryKind.FILED, document="方案", words="入册", details={"added": 3})
    store.file(store.load().filed(draft())[0], filed)
    assert store.ledger().entries == (filed,)


def test_bindings_are_kept(store: Store) -> None:
    register, _ = store.load().filed(draft("甲方案"))
    store.file(register.bound("wecom:7", ["甲方案"]))
    assert store.load().binding("wecom:7") == ("甲方案",)
    assert store.load().binding("wecom:8") is None


def test_entries_come_back_in_the_order_they_were_written(store: Store) -> None:
    first, second = (
        entry(minutes=9, unit="云溪市财政局", words="收到\n明白"),
        entry(EntryKind.REPORTED, details={"percent": 60}),
    )
    store.append(first)
    store.append(second, first)
    assert store.ledger().entries == (first, second, first)


def test_a_ledger_once_taken_does_not_grow(store: Store) -> None:
    store.append(entry())
    before = store.ledger()
    store.append(entry(minutes=1))
    assert (len(before), len(store.ledger())) == (1, 2)


def test_a_key_is_claimed_once(store: Store) -> None:
    assert store.claim("任务1|2026-06-30|前7天|wecom:7", NOON) is True
    assert store.claim("任务1|2026-06-30|前7天|wecom:7", NOON) is False
    assert store.claim("任务1|2026-06-30|前1天|wecom:7", NOON) is True
    assert [held.kind for held in store.ledger()] == [EntryKind.CLAIMED] * 2


def test_a_claim_without_a_key_is_a_mistake_in_the_program(store: Store) -> None:
    with pytest.raises(ValueError, match="key"):
        store.claim("", NOON)


def test_a_register_made_from_an_older_one_is_refused(store: Store) -> None:
    empty = store.load()
    store.file(empty.filed(draft("甲方案"))[0])
    with pytest.raises(StoreError, match=r"已有更新（现为第1版.*没有写入"):
        store.file(empty.filed(draft("乙方案"))[0], entry())
    assert [document.title for document in store.load().documents] == ["甲方案"]
    assert len(store.ledger()) == 0


def test_the_same_register_again_only_writes_the_entries(store: Store) -> None:
    store.file(store.load().filed(draft())[0])
    store.file(store.load(), entry(words="又导入了一次"))
    assert store.revision() == 1
    assert [held.words for held in store.ledger()] == ["又导入了一次"]


def test_going_back_to_what_was_before_writes_its_entry_again(store: Store) -> None:
    store.file(store.load().filed(draft("甲方案"))[0], entry(EntryKind.FILED))
    for bound in (["甲方案"], None, ["甲方案"]):
        store.file(store.load().bound("qq:1", bound), entry(EntryKind.FILED))
    assert store.revision() == 4
    assert len(store.ledger()) == 4


def test_two_changes_can_be_filed_as_one(store: Store) -> None:
    register = store.load().filed(draft("甲方案"))[0].filed(draft("乙方案"))[0]
    store.file(register)
    assert store.load() == register


def test_a_scoped_view_is_never_filed(store: Store) -> None:
    store.file(store.load().filed(draft("甲方案"))[0].filed(draft("乙方案"))[0])
    with pytest.raises(ValueError, match="scoped"):
        store.file(store.load().scoped(["甲方案"]))


def test_closing_twice_is_fine_and_reading_goes_on(store: Store) -> None:
    store.file(store.load().filed(draft())[0], entry())
    store.close()
    store.close()
    assert store.revision() == 1
    assert len(store.ledger()) == 1
