"""The store in a home folder: what lies there, what survives, what is said when something is wrong."""

import json
from pathlib import Path

import pytest
from tinydb import TinyDB

from knowledge.ledger import Entry, EntryKind
from knowledge.register import Register
from knowledge.store import StoreError
from knowledge.store_files import write_whole
from knowledge.store_tinydb import KEPT_BACKUPS, TinyDBStore
from tests.contracts.drafts import NOON, draft, entry


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def filed(home: Path, *titles: str) -> Register:
    """A home with these documents filed one after the other; gives the register."""
    with TinyDBStore(home) as store:
        for title in titles:
            store.file(store.load().filed(draft(title))[0], entry(EntryKind.FILED, document=title))
        return store.load()


def test_everything_is_there_after_a_restart(home: Path) -> None:
    register = filed(home, "甲方案", "乙方案")
    with TinyDBStore(home) as store:
        store.append(entry(words="收到"))
        store.claim("k", NOON)
    with TinyDBStore(home) as store:
        assert store.load() == register
        assert [held.kind for held in store.ledger()] == ["filed", "filed", "acknowledged", "claimed"]
        assert store.claim("k", NOON) is False


def test_reading_makes_nothing(home: Path) -> None:
    with TinyDBStore(home) as store:
        assert (store.load(), store.revision(), len(store.ledger())) == (Register(), 0, 0)
    assert not home.exists()


def test_the_register_is_a_tinydb_anybody_can_open(home: Path) -> None:
    filed(home, "甲方案")
    with TinyDB(home / "register.json", access_mode="r", encoding="utf-8") as database:
        assert database.tables() == {"documents", "assignments", "bindings", "pending", "about"}
        assert [row["id"] for row in database.table("assignments")] == ["甲方案#1", "甲方案#2", "甲方案#3"]


def test_the_files_are_private(home: Path) -> None:
    filed(home, "甲方案")
    for path in [*home.glob("*.json*"), *home.glob("backups/*")]:
        assert path.stat().st_mode & 0o077 == 0, path
    assert home.stat().st_mode & 0o077 == 0


def test_entries_go_to_the_file_of_their_year(home: Path) -> None:
    with TinyDBStore(home) as store:
        first, second = entry(), Entry(EntryKind.SENT, NOON.replace(year=2027), key="k")
        store.append(second, first)
    assert sorted(path.name for path in home.glob("ledger-*")) == ["ledger-2026.jsonl", "ledger-2027.jsonl"]
    with TinyDBStore(home) as store:
        assert store.ledger().entries == (first, second)


def test_a_reader_sees_what_a_writer_files_and_appends_meanwhile(home: Path) -> None:
    reader = TinyDBStore(home)
    with TinyDBStore(home) as writer:
        assert reader.revision() == 0
        writer.file(writer.load().filed(draft("甲方案"))[0], entry(EntryKind.FILED))
        assert reader.load() == writer.load()
        writer.append(entry(minutes=1))
        assert reader.ledger() == writer.ledger()
        writer.append(entry(minutes=2))
        assert len(reader.ledger()) == 3


def test_the_same_register_object_is_given_while_nothing_changes(home: Path) -> None:
    filed(home, "甲方案")
    store = TinyDBStore(home)
    assert store.load() is store.load()


def test_the_last_registers_are_kept_and_no_more(home: Path) -> None:
    filed(home, *(f"方案{number}" for number in range(KEPT_BACKUPS + 3)))
    kept = sorted(int(path.stem.split("-")[1]) for path in home.glob("backups/register-*.json"))
    assert kept == list(range(4, KEPT_BACKUPS + 4))


def test_a_damaged_register_is_replaced_by_the_last_good_one_and_said_so(home: Path) -> None:
    register = filed(home, "甲方案", "乙方案")
    path = home / "register.json"
    path.write_bytes(path.read_bytes()[:-200])
    reader = TinyDBStore(home)
    assert reader.load() == register
    assert "已损坏（内容不完整或不是总册），已改用自动备份“register-2.json”（第2版）" in reader.warnings[0]
    assert len(path.read_bytes()) > 0

    with TinyDBStore(home) as writer:
        writer.append(entry())
        assert len(writer.warnings) == 1
    assert (home / "register.json.damaged-1").exists()
    healthy = TinyDBStore(home)
    assert healthy.load() == register
    assert healthy.warnings == ()


@pytest.mark.parametrize("damage", [b"", b"null", b"[]", b"{}", b'{"about": {"1": {}}}', b"\x00" * 512, b"\xff\xfe"])
def test_whatever_stands_in_a_damaged_register_the_backup_is_used(home: Path, damage: bytes) -> None:
    register = filed(home, "甲方案")
    (home / "register.json").write_bytes(damage)
    assert TinyDBStore(home).load() == register


def test_a_deleted_register_is_taken_from_the_backup_too(home: Path) -> None:
    register = filed(home, "甲方案")
    (home / "register.json").unlink()
    with TinyDBStore(home) as store:
        assert store.load() == register
        assert "文件不见了" in store.warnings[0]


def test_an_older_backup_serves_when_the_newest_is_damaged_too(home: Path) -> None:
    filed(home, "甲方案", "乙方案")
    for name in ("register.json", "backups/register-2.json"):
        (home / name).write_text("{", encoding="utf-8")
    with TinyDBStore(home) as store:
        assert store.revision() == 1
        assert any("register-2.json”也已损坏" in warning for warning in store.warnings)
        store.file(store.load().filed(draft("丙方案"))[0], entry(EntryKind.FILED, document="丙方案"))
        assert [held.document for held in store.ledger()] == ["甲方案", "乙方案", "丙方案"]


def test_without_any_good_register_the_store_refuses(home: Path) -> None:
    filed(home, "甲方案")
    for name in ("register.json", "backups/register-1.json"):
        (home / name).write_text("{", encoding="utf-8")
    with pytest.raises(StoreError, match=r"已损坏.*没有可用的自动备份；请用 qiantou restore 恢复备份"):
        TinyDBStore(home).load()


def test_a_wrong_field_is_named_in_the_message(home: Path) -> None:
    filed(home, "甲方案")
    path = home / "register.json"
    tables = json.loads(path.read_bytes())
    tables["assignments"]["2"]["colour"] = "red"
    path.write_text(json.dumps(tables), encoding="utf-8")
    store = TinyDBStore(home)
    store.load()
    assert "2：Assignment有不认识的字段colour" in store.warnings[0]


def test_a_register_of_a_newer_program_is_not_touched(home: Path) -> None:
    filed(home, "甲方案")
    path = home / "register.json"
    path.write_bytes(path.read_bytes().replace(b'"schema":1', b'"schema":2'))
    before = path.read_bytes()
    with pytest.raises(StoreError, match="格式号2，本程序为1"), TinyDBStore(home) as store:
        store.append(entry())
    assert path.read_bytes() == before


def test_entries_owed_to_the_ledger_are_written_by_the_next_writer(home: Path) -> None:
    filed(home, "甲方案")
    ledger = home / "ledger-2026.jsonl"
    ledger.unlink()  # as if killed between the register and the ledger
    assert [held.document for held in TinyDBStore(home).ledger()] == ["甲方案"]
    with TinyDBStore(home) as store:
        store.hold()
    assert ledger.read_bytes().count(b"\n") == 1
    with TinyDBStore(home) as store:
        store.append(entry(minutes=1))
        assert len(store.ledger()) == 2


def test_half_a_character_from_a_chat_platform_is_kept(home: Path) -> None:
    odd = entry(words="收到\ud83d")
    with TinyDBStore(home) as store:
        store.append(odd)
    assert TinyDBStore(home).ledger().entries == (odd,)


def test_a_blank_line_in_the_ledger_is_no_damage(home: Path) -> None:
    with TinyDBStore(home) as store:
        store.append(entry())
        with (home / "ledger-2026.jsonl").open("ab") as file:
            file.write(b"\n")
        store.append(entry(minutes=1))
        assert len(store.ledger()) == 2
    assert len(TinyDBStore(home).ledger()) == 2


def test_a_home_that_is_a_file_is_named(home: Path) -> None:
    home.write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match=f"{home}.*请检查 --home 后重试"):
        TinyDBStore(home).load()
    with pytest.raises(StoreError, match="请检查 --home 后重试"):
        TinyDBStore(home).append(entry())


def test_what_cannot_be_written_whole_leaves_no_trace(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(StoreError, match="同名的目录占用了文件的位置"):
        write_whole(tmp_path / "folder", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]
