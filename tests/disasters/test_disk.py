"""The disk is full, read-only or torn: one sentence, and everything as it was before."""

import json
import os
import resource
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

import pytest

from bot.home import Home
from bot.intake import import_files
from knowledge.ledger import EntryKind, Ledger
from knowledge.register import Register
from knowledge.store import StoreError
from knowledge.store_tinydb import TinyDBStore
from tests.contracts.drafts import NOON, draft, entry
from tests.disasters.writer import understand


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with one document and five entries."""
    with TinyDBStore(tmp_path / "home") as store:
        store.file(store.load().filed(draft("甲方案"))[0], entry(EntryKind.FILED))
        store.append(*(entry(minutes=number, words=f"收到{number}") for number in range(4)))
    return tmp_path / "home"


def state(home: Path) -> tuple[Register, Ledger]:
    """What a fresh process sees."""
    store = TinyDBStore(home)
    return store.load(), store.ledger()


@contextmanager
def no_file_longer_than(size: int) -> Iterator[None]:
    """Every write beyond `size` bytes of a file is refused half way, as on a disk that is running full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("size", [0, 1, 300, 2000, 4000])
def test_a_full_disk_during_filing_leaves_the_register_as_it_was(home: Path, size: int) -> None:
    before = state(home)
    with TinyDBStore(home) as store:
        store.hold()
        register = store.load().filed(draft("乙方案", 30))[0]
        with no_file_longer_than(size), pytest.raises(StoreError, match=r"无法写入.*原有内容没有变化；请"):
            store.file(register, entry())
        assert (store.load(), store.ledger()) == before
        assert state(home) == before
        assert not list(home.rglob("*.tmp"))
        assert [path.name for path in home.glob("backups/*")] == ["register-1.json"]
        store.file(register, entry())
        assert state(home) == (register, before[1].plus(entry()))


def test_a_full_disk_during_an_append_leaves_no_half_line(home: Path) -> None:
    before, ledger = state(home), home / "ledger-2026.jsonl"
    content = ledger.read_bytes()
    with TinyDBStore(home) as store:
        for room in range(0, 300, 7):
            with no_file_longer_than(len(content) + room), pytest.raises(StoreError, match="无法写入台账"):
                store.append(entry(words="很长的一句话" * 50))
            assert ledger.read_bytes() == content
        assert store.ledger() == before[1]
        store.append(entry(words="腾出空间之后"))
    assert state(home)[1] == before[1].plus(entry(words="腾出空间之后"))


def test_a_claim_on_a_full_disk_is_not_granted_and_can_be_claimed_later(home: Path) -> None:
    size = (home / "ledger-2026.jsonl").stat().st_size
    with TinyDBStore(home) as store:
        with no_file_longer_than(size + 10), pytest.raises(StoreError):
            store.claim("k", NOON)
        assert not store.ledger().claimed("k")
        assert store.claim("k", NOON) is True


def test_several_entries_on_a_full_disk_are_all_there_or_none(home: Path) -> None:
    before = state(home)
    one = len((home / "ledger-2026.jsonl").read_bytes().splitlines()[-1]) + 1
    size = (home / "ledger-2026.jsonl").stat().st_size
    with TinyDBStore(home) as store:
        with no_file_longer_than(size + one * 2 + 5), pytest.raises(StoreError):
            store.append(*(entry(words=f"收到{number}") for number in range(4)))
        assert store.ledger() == before[1]
    assert state(home) == before


def test_a_filing_stands_once_the_register_is_written_and_the_ledger_follows(home: Path) -> None:
    """The ledger cannot grow, the register can: what the ledger is owed is written as soon as there is room."""
    with TinyDBStore(home) as store:
        store.append(*(entry(words="很长的一句话" * 500) for _ in range(20)))
        before = store.ledger()
        size = (home / "ledger-2026.jsonl").stat().st_size
        register = store.load().filed(draft("乙方案"))[0]
        with no_file_longer_than(size):
            store.file(register, entry(words="入册"))
            assert "收尾没有做完，下次写入时自动补做" in store.warnings[-1]
            assert state(home) == (register, before.plus(entry(words="入册")))
            with pytest.raises(StoreError, match="无法写入台账"):
                store.append(entry(words="之后"))
        assert (home / "ledger-2026.jsonl").stat().st_size == size
        store.append(entry(words="之后"))
    assert state(home) == (register, before.plus(entry(words="入册"), entry(words="之后")))


def test_a_full_disk_is_said_by_its_name(home: Path) -> None:
    (home / ".register.json.tmp").symlink_to("/dev/full")
    before = state(home)
    with TinyDBStore(home) as store:
        register = store.load().filed(draft("乙方案"))[0]
        with pytest.raises(StoreError, match=r"无法写入.*磁盘已满.*请清理磁盘后重试"):
            store.file(register)
    assert state(home) == before


def test_a_full_disk_during_an_import_is_told_of_that_file_and_keeps_the_register(home: Path, tmp_path: Path) -> None:
    before = state(home)
    path = tmp_path / "乙.txt"
    path.write_text("乙方案\n" + "公开预算\n" * 40, encoding="utf-8")
    with TinyDBStore(home) as store:
        store.hold()
        for size in (10, 500, 3000):
            with no_file_longer_than(size):
                (imported,) = import_files(store, Home(home), [path], now=NOON, understand=understand)
            assert imported.failed
            assert "“乙.txt”没有导入" in imported.sentence
            assert not list((home / "documents").glob("*"))
    assert state(home) == before


# Torn lines


def test_a_ledger_torn_anywhere_in_its_last_line_loses_nothing_else(home: Path, tmp_path: Path) -> None:
    _, ledger = state(home)
    content = (home / "ledger-2026.jsonl").read_bytes()
    last = content.rfind(b"\n", 0, -1) + 1
    for cut in {*range(last, len(content), 6), last + 1, len(content) - 1}:
        torn = tmp_path / f"torn{cut}"
        shutil.copytree(home, torn)
        os.truncate(torn / "ledger-2026.jsonl", cut)
        (torn / ".ledger-2026.jsonl.count").unlink()  # a crash comes before the count is written
        whole = 5 if cut == len(content) - 1 else 4  # only the line end is missing: the entry is whole
        with TinyDBStore(torn) as store:
            store.hold()
            assert store.ledger().entries == ledger.entries[:whole]
            store.append(entry(words="之后"))
            assert store.ledger().entries == (*ledger.entries[:whole], entry(words="之后"))
            assert bool(store.warnings) == (cut > last)
        assert state(torn)[1].entries == (*ledger.entries[:whole], entry(words="之后"))
        aside = torn / "ledger-2026.jsonl.torn"
        assert (aside.read_bytes() if aside.exists() else b"\n") == (content[last:cut] if whole == 4 else b"") + b"\n"


def test_a_reader_says_that_a_line_is_torn_and_reads_the_rest(home: Path) -> None:
    _, ledger = state(home)
    with (home / "ledger-2026.jsonl").open("ab") as file:
        file.write(b'{"schema":1,"kind":"sen')
    reader = TinyDBStore(home)
    assert reader.ledger() == ledger
    assert reader.warnings == ("台账“ledger-2026.jsonl”的最后一行不完整（写入时中断所致），没有计入；此前各行完好。",)


def test_zeros_at_the_end_as_after_a_power_cut_are_moved_aside(home: Path) -> None:
    _, ledger = state(home)
    with (home / "ledger-2026.jsonl").open("ab") as file:
        file.write(b"\x00" * 600)
    with TinyDBStore(home) as store:
        store.append(entry(words="之后"))
        assert "已移到“ledger-2026.jsonl.torn”" in store.warnings[-1]
    assert state(home)[1] == ledger.plus(entry(words="之后"))


def test_a_broken_line_in_the_middle_is_an_error_with_file_and_line(home: Path) -> None:
    path = home / "ledger-2026.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:2], b"{oops\n", *lines[2:]]))
    with pytest.raises(StoreError, match=r"台账“ledger-2026.jsonl”第3行已损坏.*请用备份"):
        TinyDBStore(home).ledger()
    with TinyDBStore(home) as store, pytest.raises(StoreError, match="第3行已损坏"):
        store.append(entry())
    assert TinyDBStore(home).revision() == 1


def test_an_entry_of_an_unknown_kind_is_an_error_even_in_the_last_line(home: Path) -> None:
    stored = json.loads((home / "ledger-2026.jsonl").read_bytes().splitlines()[-1])
    with (home / "ledger-2026.jsonl").open("ab") as file:
        file.write(json.dumps(stored | {"kind": "dreamt"}).encode() + b"\n")
    with pytest.raises(StoreError, match="第6行已损坏（kind：应为filed"):
        TinyDBStore(home).ledger()


def test_a_damaged_register_falls_back_to_the_last_good_one(home: Path) -> None:
    before = state(home)
    for damage in (b"", b"{", b"\x00" * 4096):
        (home / "register.json").write_bytes(damage)
        with TinyDBStore(home) as store:
            assert (store.load(), store.ledger()) == before
            assert "已改用自动备份" in store.warnings[0]
            store.hold()
        assert state(home) == before
    assert len(list(home.glob("register.json.damaged-*"))) == 3


# A home that may only be read


@contextmanager
def nobody() -> Iterator[None]:
    """Root is allowed everything; as somebody else it is not."""
    if os.getuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def read_only(home: Path) -> Iterator[Path]:
    """The home, belonging to whoever is asking, with nothing in it allowed to be written."""
    folder = Path(mkdtemp(prefix="qiantou-"))
    folder.chmod(0o755)
    copy = shutil.copytree(home, folder / "home")
    for path in [copy, *copy.rglob("*")]:
        if os.getuid() == 0:
            os.chown(path, 65534, 65534)
        path.chmod(0o500 if path.is_dir() else 0o400)
    yield copy
    for path in [copy, *copy.rglob("*")]:
        path.chmod(0o700)
    shutil.rmtree(folder)


@pytest.mark.parametrize("lock", [True, False], ids=["used before", "never locked"])
def test_a_read_only_home_answers_and_refuses_to_write(read_only: Path, lock: bool) -> None:
    if not lock:
        read_only.chmod(0o700)
        (read_only / ".lock").unlink()
        read_only.chmod(0o500)
    before = sorted(path.name for path in read_only.rglob("*"))
    with nobody():
        store = TinyDBStore(read_only)
        register = store.load()
        assert (register.revision, len(store.ledger())) == (1, 5)
        for write in (
            lambda: store.append(entry()),
            lambda: store.claim("k", NOON),
            lambda: store.file(register.filed(draft("乙方案"))[0]),
        ):
            with pytest.raises(StoreError) as caught:
                write()
            assert str(caught.value) == (
                f"无法锁定目录“{read_only}”：没有权限，原有内容没有变化；请检查目录权限或换一个用户后重试。"
            )
    assert sorted(path.name for path in read_only.rglob("*")) == before


def test_a_register_that_was_never_filed_does_not_come_back_as_the_last_good_one(home: Path) -> None:
    """Killed between the automatic backup and the register itself; later the register is damaged."""
    before = state(home)
    with TinyDBStore(home) as store:
        store.file(store.load().filed(draft("乙方案"))[0])
    shutil.copy(home / "backups" / "register-1.json", home / "register.json")
    with TinyDBStore(home) as store:
        store.hold()
        assert (store.load(), store.warnings) == (before[0], ())
    (home / "register.json").write_bytes(b"{")
    assert state(home)[0] == before[0]


def test_a_home_of_somebody_else_is_refused_with_a_sentence(home: Path) -> None:
    folder = Path(mkdtemp(prefix="qiantou-"))
    folder.chmod(0)
    try:
        with nobody(), pytest.raises(StoreError, match="没有权限"):
            TinyDBStore(folder / "home").load()
    finally:
        folder.chmod(0o700)
        shutil.rmtree(folder)
