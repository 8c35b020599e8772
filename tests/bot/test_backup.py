"""Backup and restore: one archive, everything in it proved, and nothing touched by a bad one."""

import json
import stat
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.archive import MANIFEST, ArchiveError, refuse_name
from bot.backup import backup, restore
from bot.home import Home
from bot.intake import import_files
from bot.swap import swap_folders
from knowledge.store import StoreBusy, StoreError
from tests.contracts.drafts import NOON, draft, entry
from tests.disasters.writer import inbox, understand


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with three documents, settings, words of its own and a few entries."""
    made = Home(tmp_path / "office" / "home")
    made.create()
    made.config.write_text('[office]\nname = "云溪市"\n', encoding="utf-8")
    (made.lexicon / "units.toml").write_text("# 简称\n", encoding="utf-8")
    (made.path / "calendar").mkdir()
    (made.path / "calendar" / "2027.toml").write_text("# 放假安排\n", encoding="utf-8")
    with made.store() as store:
        import_files(store, made, inbox(made.path), now=NOON, understand=understand)
        store.append(entry(words="收到"))
    return made


def contents(home: Home) -> dict[str, bytes]:
    """Every file of a home but those about the lock."""
    files = (path for path in home.path.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(home.path).as_posix(): path.read_bytes() for path in files}


def test_a_restored_home_is_the_one_that_was_backed_up(home: Home, tmp_path: Path) -> None:
    kept = backup(home, tmp_path / "备份.zip", NOON)
    assert kept.words() == f"已备份到“{tmp_path / '备份.zip'}”：文件3份，台账4条，逐个核对无误。"
    other = Home(tmp_path / "elsewhere" / "home")
    restored = restore(kept.path, other, NOON)
    assert contents(other) == contents(home)
    assert contents(other).keys() >= {"qiantou.toml", "lexicon/units.toml", "calendar/2027.toml", "register.json"}
    assert restored.aside is None
    assert restored.words() == "已恢复到2026-03-02 12:00的备份：文件3份，台账4条。"
    with other.store() as store:
        store.append(entry())
        assert store.warnings == ()


def test_what_was_there_before_a_restore_is_kept_aside(home: Home, tmp_path: Path) -> None:
    before = contents(home)
    kept = backup(home, tmp_path / "备份.zip", NOON)
    with home.store() as store:
        store.file(store.load().filed(draft("丁方案"))[0])
    later = contents(home)
    restored = restore(kept.path, home, NOON)
    assert contents(home) == before
    assert restored.aside == home.path.with_name("home.before-restore-20260302-120000")
    assert contents(Home(restored.aside)) == later
    assert "恢复前的数据保留在" in restored.words()
    assert sorted(path.name for path in home.path.parent.iterdir() if path.is_dir()) == sorted(
        ["home", restored.aside.name]
    )


def test_an_archive_is_private_and_never_overwrites(home: Home, tmp_path: Path) -> None:
    target = tmp_path / "备份.zip"
    backup(home, target, NOON)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    with pytest.raises(StoreError, match=r"备份\.zip”已经存在，没有覆盖；请换一个文件名"):
        backup(home, target, NOON)


def test_a_folder_as_target_gets_an_archive_named_by_the_moment(home: Home, tmp_path: Path) -> None:
    assert backup(home, tmp_path, NOON).path == tmp_path / "牵头备份-20260302-120000.zip"


def test_a_backup_is_made_while_another_process_writes(home: Home, tmp_path: Path) -> None:
    with home.store() as store:
        store.append(entry(minutes=1))
        kept = backup(home, tmp_path / "备份.zip", NOON)
        with pytest.raises(StoreBusy, match="正由另一个进程写入"):
            restore(kept.path, home, NOON)
        store.append(entry(minutes=2))
    restore(kept.path, home, NOON)
    with home.store() as store:
        assert len(store.ledger()) == 5


def test_a_backup_of_a_damaged_register_holds_the_last_good_one(home: Home, tmp_path: Path) -> None:
    with home.store() as store:
        register = store.load()
        home.register.write_text("{", encoding="utf-8")
        kept = backup(home, tmp_path / "备份.zip", NOON)
    restore(kept.path, home, NOON)
    assert home.store().load() == register


def test_an_original_that_changed_on_disk_is_told(home: Home, tmp_path: Path) -> None:
    next(home.documents.iterdir()).write_text("改动", encoding="utf-8")
    assert "有1份原件与入册时不一致" in backup(home, tmp_path / "备份.zip", NOON).words()


def test_there_is_nothing_to_back_up_without_a_home(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="还没有数据"):
        backup(Home(tmp_path / "home"), tmp_path / "备份.zip", NOON)


def test_a_target_that_cannot_be_written_is_named(home: Home, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"无法备份到.*没有这个目录.*：找不到这个文件或目录.*请检查路径后重试"):
        backup(home, tmp_path / "没有这个目录" / "备份.zip", NOON)


# Archives not to be trusted


@dataclass
class Forgery:
    """An archive in the making: what its members hold, and how the manifest is told about them."""

    members: dict[str, bytes]
    manifest: dict
    attributes: dict[str, int]
    compression: int = zipfile.ZIP_DEFLATED

    def write(self, path: Path) -> Path:
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in {**self.members, MANIFEST: json.dumps(self.manifest).encode()}.items():
                member = zipfile.ZipInfo(name)
                member.external_attr = self.attributes.get(name, 0o600) << 16
                archive.writestr(member, content, self.compression)
        return path

    def add(self, name: str, content: bytes = b"x") -> None:
        import hashlib

        self.members[name] = content
        self.manifest["files"][name] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


@pytest.fixture
def forgery(home: Home, tmp_path: Path) -> Forgery:
    path = backup(home, tmp_path / "真.zip", NOON).path
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return Forgery(members, json.loads(members.pop(MANIFEST)), {})


def cut(forgery: Forgery) -> None:
    forgery.members["register.json"] = forgery.members["register.json"][:-1]


def changed(forgery: Forgery) -> None:
    forgery.members["qiantou.toml"] = forgery.members["qiantou.toml"].replace("云".encode(), "雨".encode())


def longer(forgery: Forgery) -> None:
    forgery.members["qiantou.toml"] += b"\n" * 10_000_000


def symlink(forgery: Forgery) -> None:
    forgery.attributes["qiantou.toml"] = stat.S_IFLNK | 0o777


def broken_inside(forgery: Forgery) -> None:
    for name in [name for name in forgery.members if name.endswith(".json")]:
        forgery.add(name, b"{}")


def told(**changes: object) -> Callable[[Forgery], None]:
    return lambda forgery: forgery.manifest.update(changes)


@pytest.mark.parametrize(
    ("forge", "sentence"),
    [
        (lambda forgery: forgery.add("../outside"), "里面有不该有的文件"),
        (lambda forgery: forgery.add("/etc/passwd"), "里面有不该有的文件"),
        (lambda forgery: forgery.add("lexicon/../../outside"), "里面有不该有的文件"),
        (lambda forgery: forgery.add("lexicon/a\\..\\b"), "里面有不该有的文件"),
        (lambda forgery: forgery.add(".lock"), "里面有不该有的文件"),
        (lambda forgery: forgery.add("documents/virus.exe"), "里面有不该有的文件"),
        (lambda forgery: forgery.add("lexicon/folder/"), "里面有不该有的文件"),
        (symlink, "里面有不是普通文件的“qiantou.toml”"),
        (cut, "其中“register.json”与清单不符"),
        (changed, "其中“qiantou.toml”与清单不符"),
        (longer, "其中“qiantou.toml”与清单不符"),
        (lambda forgery: forgery.members.pop("qiantou.toml"), "里面的文件与清单不符"),
        (lambda forgery: forgery.members.update(extra=b""), "里面的文件与清单不符"),
        (broken_inside, "打不开其中的内容"),
        (told(format=2), "另一版本的程序做的备份（格式号2，本程序为1）"),
        (told(colour="red"), "清单有误（Manifest有不认识的字段colour）"),
        (told(files=[]), "清单有误（files：应为名目表"),
        (lambda forgery: setattr(forgery, "manifest", []), "清单有误"),
        (lambda forgery: setattr(forgery, "compression", zipfile.ZIP_BZIP2), "里面有不是普通文件的"),
    ],
)
def test_a_bad_archive_is_refused_and_nothing_is_touched(
    home: Home, forgery: Forgery, tmp_path: Path, forge: Callable[[Forgery], None], sentence: str
) -> None:
    before = contents(home)
    forge(forgery)
    path = forgery.write(tmp_path / "伪.zip")
    with pytest.raises(StoreError) as caught:
        restore(path, home, NOON)
    assert sentence in str(caught.value)
    assert str(caught.value).startswith(f"备份“{path}”不能使用：")
    assert contents(home) == before
    assert [folder.name for folder in home.path.parent.iterdir() if folder.is_dir()] == ["home"]
    assert not (tmp_path / "outside").exists()


def test_a_name_that_stands_twice_is_refused(home: Home, forgery: Forgery, tmp_path: Path) -> None:
    path = forgery.write(tmp_path / "伪.zip")
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("register.json", b"{}")
    with pytest.raises(StoreError, match="里面的文件与清单不符"):
        restore(path, home, NOON)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no archive at all" * 100], ids=["empty", "stub", "text"])
def test_what_is_no_archive_is_refused(home: Home, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "备份.zip"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"不能使用：它不是完整的 \.zip 文件，没有改动任何内容；请换一份备份"):
        restore(path, home, NOON)


def test_an_archive_cut_short_anywhere_is_refused(home: Home, tmp_path: Path) -> None:
    whole = backup(home, tmp_path / "备份.zip", NOON).path.read_bytes()
    before = contents(home)
    path = tmp_path / "残.zip"
    for length in range(0, len(whole), len(whole) // 25):
        path.write_bytes(whole[:length])
        with pytest.raises(StoreError, match="不能使用"):
            restore(path, home, NOON)
    assert contents(home) == before


def test_a_flipped_byte_anywhere_is_refused_or_harmless(home: Home, tmp_path: Path) -> None:
    whole = backup(home, tmp_path / "备份.zip", NOON).path.read_bytes()
    before = contents(home)
    path = tmp_path / "坏.zip"
    for place in range(0, len(whole), len(whole) // 20):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :])
        other = Home(tmp_path / str(place) / "home")
        try:
            restore(path, other, NOON)
        except StoreError:
            assert not other.path.exists()
        else:
            assert contents(other) == before


def test_a_missing_archive_and_a_folder_are_named(home: Home, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"无法读取备份.*没有\.zip”：找不到这个文件或目录"):
        restore(tmp_path / "没有.zip", home, NOON)
    with pytest.raises(StoreError, match="不能使用：这是一个文件夹"):
        restore(tmp_path, home, NOON)


@pytest.mark.parametrize("name", ["", ".", "a//b", "lexicon/", "lexicon/..", "LEDGER-2026.jsonl", "lexicon/a\x00b"])
def test_names_a_home_never_holds_are_refused(name: str) -> None:
    with pytest.raises(ArchiveError, match="不该有的文件"):
        refuse_name(name)


def test_folders_change_places_and_nothing_is_overwritten(tmp_path: Path) -> None:
    fresh, place, aside = (tmp_path / name for name in ("fresh", "place", "aside"))
    for folder in (fresh, place):
        folder.mkdir()
        (folder / folder.name).touch()
    swap_folders(fresh, place, aside)
    assert ((place / "fresh").exists(), (aside / "place").exists(), fresh.exists()) == (True, True, False)
    fresh.mkdir()
    with pytest.raises(FileExistsError):
        swap_folders(fresh, place, aside)
    assert (place / "fresh").exists()
