"""Register and ledger cut short at any byte: always readable, never silently short."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from knowledge.ledger import EntryKind
from knowledge.store_tinydb import TinyDBStore
from tests.contracts.drafts import draft, entry

FEW = 29


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with two documents, and entries in two years."""
    with TinyDBStore(tmp_path) as store:
        for title in ("甲方案", "乙方案"):
            store.file(store.load().filed(draft(title))[0], entry(EntryKind.FILED, words=title))
        store.append(*(entry(minutes=number, words=f"收到{number}") for number in range(4)))
        store.append(entry(minutes=600_000, words="次年"))
    return tmp_path


def cut_ledger(home: Path, cuts: Iterable[int]) -> None:
    """Cut one year's file; read it, then write on, and read again."""
    path, count = home / "ledger-2026.jsonl", home / ".ledger-2026.jsonl.count"
    whole, counted, later = path.read_bytes(), count.read_bytes(), (home / "ledger-2027.jsonl").read_bytes()
    before = TinyDBStore(home).ledger().entries
    for cut in cuts:
        path.write_bytes(whole[:cut])
        reader = TinyDBStore(home)
        found = reader.ledger().entries
        lines = whole[: cut + 1].count(b"\n")  # an entry that lacks its line end only is whole
        assert found[: whole[:cut].count(b"\n")] == before[: whole[:cut].count(b"\n")], cut
        assert set(map(repr, found)) <= set(map(repr, before)), cut  # the register keeps what it was filed with
        assert any("少了" in words for words in reader.warnings) == (lines < 6), cut
        with TinyDBStore(home) as store:
            store.append(entry(minutes=600_001))
            assert set(map(repr, before[:lines])) <= set(map(repr, store.ledger())), cut
        after = TinyDBStore(home)
        damaged = after.ledger().kinds(EntryKind.DAMAGED)
        assert [f"少了{6 - lines}条" in one.words for one in damaged] == [True] * (lines < 6), cut
        assert after.warnings == (), cut
        for changed, content in ((path, whole), (count, counted), (home / "ledger-2027.jsonl", later)):
            changed.write_bytes(content)
        (home / ".ledger-2027.jsonl.count").write_bytes(b"%012d\n" % 1)


def cut_register(home: Path, cuts: Iterable[int]) -> None:
    path = home / "register.json"
    whole = path.read_bytes()
    before = TinyDBStore(home).load()
    for cut in cuts:
        path.write_bytes(whole[:cut])
        reader = TinyDBStore(home)
        assert reader.load() == before, cut
        assert "已改用自动备份“register-2.json”" in reader.warnings[0], cut


def test_a_ledger_cut_at_some_bytes_says_how_much_is_gone(home: Path) -> None:
    size = (home / "ledger-2026.jsonl").stat().st_size
    ends = [at for at, sign in enumerate((home / "ledger-2026.jsonl").read_bytes(), 1) if sign == 10]
    cut_ledger(home, {0, 1, *ends[:-1], size - 1, *range(7, size, size // FEW)})


def test_a_register_cut_at_some_bytes_comes_back_whole(home: Path) -> None:
    size = (home / "register.json").stat().st_size
    cut_register(home, {0, 1, size - 1, *range(7, size, size // FEW)})


@pytest.mark.chaos
def test_a_ledger_cut_at_every_byte_says_how_much_is_gone(home: Path) -> None:
    cut_ledger(home, range((home / "ledger-2026.jsonl").stat().st_size))


@pytest.mark.chaos
def test_a_register_cut_at_every_byte_comes_back_whole(home: Path) -> None:
    cut_register(home, range((home / "register.json").stat().st_size))


def test_a_ledger_file_that_is_gone_is_missed(home: Path) -> None:
    (home / "ledger-2026.jsonl").unlink()
    reader = TinyDBStore(home)
    assert [one.words for one in reader.ledger()] == ["次年", "乙方案"]  # what it was filed with is in the register
    assert "台账“ledger-2026.jsonl”少了6条（整个文件不见了）" in reader.warnings[0]
    with TinyDBStore(home) as store:
        store.append(entry(minutes=600_001))
    after = TinyDBStore(home)
    assert len(after.ledger().kinds(EntryKind.DAMAGED)) == 1
    assert after.warnings == ()


def test_a_register_that_is_gone_with_its_backups_is_missed(home: Path) -> None:
    for path in [home / "register.json", *(home / "backups").iterdir()]:
        path.unlink()
    reader = TinyDBStore(home)
    assert reader.load().documents == ()
    assert "台账里记着入册过" in reader.warnings[0]
