"""One office, one file: a backup made while the bot runs, and a restore that believes nothing it has not checked."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import IO

from bot.archive import (
    FORMAT,
    MANIFEST,
    MAX_BYTES,
    MAX_MANIFEST_BYTES,
    MAX_MEMBER_BYTES,
    MAX_MEMBERS,
    ArchiveError,
    Manifest,
    Member,
    read_manifest,
    refuse_name,
)
from bot.home import Home
from bot.swap import swap_folders
from knowledge.codec import encode
from knowledge.store import StoreError
from knowledge.store_files import PRIVATE_FILE, discard, json_bytes, make_folder, refusal, sync_folder
from knowledge.store_lock import Holder, WriterLock
from knowledge.store_tinydb import TinyDBStore

CHUNK = 2**20
TRIES = 5
_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True, slots=True)
class Kept:
    """What a backup holds. `spoilt` are originals whose bytes are no longer those that were imported."""

    path: Path
    documents: int
    entries: int
    spoilt: tuple[str, ...] = ()

    def words(self) -> str:
        """The outcome in Chinese."""
        told = f"已备份到“{self.path}”：文件{self.documents}份，台账{self.entries}条，逐个核对无误。"
        if self.spoilt:
            told += f"注意：有{len(self.spoilt)}份原件与入册时不一致（{'、'.join(self.spoilt[:3])}），已照现状备份，请重新导入这些原件。"
        return told


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore brought back; `aside` is where the state before it lies (None: there was none)."""

    home: Path
    aside: Path | None
    documents: int
    entries: int
    made: str

    def words(self) -> str:
        """The outcome in Chinese."""
        told = f"已恢复到{self.made}的备份：文件{self.documents}份，台账{self.entries}条。"
        return told + (f"恢复前的数据保留在“{self.aside}”，确认无误后可自行删除。" if self.aside else "")


def backup(home: Home, target: Path, now: datetime) -> Kept:
    """Put everything of an office into one .zip that is checked before it takes its name; needs no lock.

    `target` is a new file, or a folder to make one in. Raises StoreError.
    """
    if target.is_dir():
        target = target / f"牵头备份-{now:%Y%m%d-%H%M%S}.zip"
    if target.exists():
        raise StoreError(f"“{target}”已经存在，没有覆盖；请换一个文件名。")
    if not home.path.is_dir():
        raise StoreError(f"“{home.path}”还没有数据，没有什么可备份的；请先用 qiantou import 导入文件。")
    temporary = target.with_name(f".{target.name}.tmp")
    try:
        kept = _made(home, temporary, target, now)
        os.replace(temporary, target)
        sync_folder(target.parent)
    except OSError as error:
        raise refusal("备份到", target, error) from error
    finally:
        discard(temporary)
    return kept


def _made(home: Home, temporary: Path, target: Path, now: datetime) -> Kept:
    """The archive under its temporary name, consistent: begun again when something was filed meanwhile."""
    with home.store("qiantou backup", now) as store:
        # Holding mends what a crash left and keeps others out. Where another process writes, or the disk takes
        # nothing any more, the copy is made all the same: what is filed is replaced whole, the ledger only grows.
        with suppress(StoreError):
            store.hold()
        for _ in range(TRIES):
            register, ledger = store.load(), store.ledger()
            manifest = _write(home, temporary, register.revision, now)
            if store.revision() == register.revision:
                spoilt = tuple(name for name, member in manifest.files.items() if _is_spoilt(name, member))
                _check(temporary)
                return Kept(target, len(register.documents), len(ledger), spoilt)
    raise StoreError("备份期间一直有文件在入册，没有做成；请稍后重试。")


def _is_spoilt(name: str, member: Member) -> bool:
    return name.startswith(("documents/", "evidence/")) and Path(name).name.split(".")[0] != member.sha256


def _write(home: Home, temporary: Path, revision: int, now: datetime) -> Manifest:
    files = {}
    descriptor = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, PRIVATE_FILE)
    with os.fdopen(descriptor, "w+b") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, path in _files(home):
                files[name] = _add(archive, name, path)
            manifest = Manifest(FORMAT, f"{now:%Y-%m-%d %H:%M}", revision, files)
            archive.writestr(MANIFEST, json_bytes(encode(manifest)))
        file.flush()
        os.fsync(file.fileno())
    return manifest


def _files(home: Home) -> Iterator[tuple[str, Path]]:
    """What belongs into an archive, by its name there."""
    for path in sorted(home.path.rglob("*")):
        name = path.relative_to(home.path).as_posix()
        try:
            refuse_name(name)
        except ArchiveError:
            continue
        if path.is_file() and not path.is_symlink():
            yield name, path


def _add(archive: zipfile.ZipFile, name: str, path: Path) -> Member:
    """Copy a file as long as it is now; what is appended to a ledger meanwhile is left for the next backup."""
    digest, length = hashlib.sha256(), 0
    with path.open("rb") as source, archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as sink:
        for chunk in _chunks(source, path.stat().st_size):
            digest.update(chunk)
            length += len(chunk)
            sink.write(chunk)
    return Member(length, digest.hexdigest())


def _chunks(source: IO[bytes], size: int) -> Iterator[bytes]:
    while size and (chunk := source.read(min(CHUNK, size))):
        size -= len(chunk)
        yield chunk


def _check(path: Path) -> None:
    """Read an archive back, every byte of it."""
    with _opened(path) as (archive, manifest):
        for name, member in manifest.files.items():
            for _ in _proved(archive, name, member):
                pass


def restore(path: Path, home: Home, now: datetime) -> Restored:
    """Put an archive in the place of a home. Nothing is touched before all of it is checked; the old home is kept.

    Raises StoreError (StoreBusy when another process writes into the home).
    """
    place = home.path.resolve()
    aside = place.with_name(f"{place.name}.before-restore-{now:%Y%m%d-%H%M%S}")
    make_folder(place.parent)
    try:
        fresh = Path(mkdtemp(prefix=f".{place.name}.restoring-", dir=place.parent))
    except OSError as error:
        raise refusal("恢复到", place, error) from error
    unpacked = fresh.stat().st_ino
    try:
        made = _unpack(path, fresh)
        documents, entries = _tried(path, fresh)
        kept = _put_in_place(fresh, place, aside, now)
    except BaseException:
        # Whichever of the two names it bears by now, only what was unpacked is thrown away, never the old home.
        for folder in (fresh, aside):
            if folder.exists() and folder.stat().st_ino == unpacked:
                shutil.rmtree(folder)
        raise
    return Restored(home.path, kept, documents, entries, made)


def _unpack(path: Path, fresh: Path) -> str:
    """Unpack a checked archive; returns when it was made."""
    with _opened(path) as (archive, manifest):
        _refuse_without_room(fresh, manifest)
        for name, member in manifest.files.items():
            target = fresh / name
            make_folder(target.parent)
            try:
                with target.open("xb") as file:
                    target.chmod(PRIVATE_FILE)
                    for chunk in _proved(archive, name, member):
                        file.write(chunk)
                    file.flush()
                    os.fsync(file.fileno())
            except OSError as error:
                raise refusal("恢复", target, error) from error
        return manifest.made


def _refuse_without_room(folder: Path, manifest: Manifest) -> None:
    needed = sum(member.bytes for member in manifest.files.values())
    if needed > shutil.disk_usage(folder).free:
        raise StoreError(f"磁盘空间不够：恢复需要约 {needed // 2**20 + 1} MB，没有改动任何内容；请清理磁盘后重试。")


@contextmanager
def _opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """An archive whose names and manifest are in order. Raises StoreError for whatever is wrong with it, also inside."""
    if path.is_dir():
        raise _unusable(path, "这是一个文件夹")
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive, _manifest(archive)
    except ArchiveError as error:
        raise _unusable(path, str(error)) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise _unusable(path, "它不是完整的 .zip 文件") from error
    except OSError as error:
        raise refusal("读取备份", path, error) from error


def _unusable(path: Path, why: str) -> StoreError:
    return StoreError(f"备份“{path}”不能使用：{why}，没有改动任何内容；请换一份备份。")


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise ArchiveError(f"里面的文件超过{MAX_MEMBERS}个")
    names = [member.filename for member in members]
    if MANIFEST not in names:
        raise ArchiveError("里面没有清单，不是 qiantou backup 做的备份")
    if archive.getinfo(MANIFEST).file_size > MAX_MANIFEST_BYTES:
        raise ArchiveError("清单过大")
    with archive.open(MANIFEST) as file:
        manifest = read_manifest(file.read(MAX_MANIFEST_BYTES))
    if len(names) != len(set(names)) or set(names) != {MANIFEST, *manifest.files}:
        raise ArchiveError("里面的文件与清单不符")
    for member in members:
        _refuse_member(member)
    if sum(member.bytes for member in manifest.files.values()) > MAX_BYTES:
        raise ArchiveError(f"解开后超过 {MAX_BYTES // 2**30} GB")
    return manifest


def _refuse_member(member: zipfile.ZipInfo) -> None:
    if member.filename != MANIFEST:
        refuse_name(member.filename)
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind not in (0, stat.S_IFREG) or member.is_dir() or member.compress_type not in _COMPRESSIONS:
        raise ArchiveError(f"里面有不是普通文件的“{member.filename}”")
    if member.flag_bits & 1:
        raise ArchiveError("它加了密码")
    if member.file_size > MAX_MEMBER_BYTES:
        raise ArchiveError(f"其中“{member.filename}”过大")


def _proved(archive: zipfile.ZipFile, name: str, member: Member) -> Iterator[bytes]:
    """The bytes of a member, never more than the manifest says; raises ArchiveError unless they are those it names."""
    digest, length = hashlib.sha256(), 0
    with archive.open(name) as source:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            length += len(chunk)
            if length > member.bytes:
                break
            yield chunk
    if (length, digest.hexdigest()) != (member.bytes, member.sha256):
        raise ArchiveError(f"其中“{name}”与清单不符，文件已损坏或被改动")


def _tried(path: Path, fresh: Path) -> tuple[int, int]:
    """Open what was unpacked as a store would: how many documents and entries it holds."""
    try:
        store = TinyDBStore(fresh)
        return len(store.load().documents), len(store.ledger())
    except StoreError as error:
        raise _unusable(path, f"打不开其中的内容（{error}）") from error


def _put_in_place(fresh: Path, place: Path, aside: Path, now: datetime) -> Path | None:
    """Let the unpacked home take the old one's place in one stroke; returns where the old one lies."""
    try:
        if not place.exists():
            os.rename(fresh, place)
            sync_folder(place.parent)
            return None
        lock = WriterLock(place, Holder("qiantou restore", f"{now:%Y-%m-%d %H:%M}"))
        lock.acquire()
        try:
            swap_folders(fresh, place, aside)
        finally:
            lock.release()
    except OSError as error:
        raise refusal("恢复到", place, error) from error
    return aside
