"""Files that are either the old or the new one, whatever happens in between; and what to say when the disk refuses."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Mapping
from pathlib import Path

from knowledge.store import StoreError
from knowledge.store_disk import disk

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700

_REASONS: Mapping[int, tuple[str, str]] = {
    errno.ENOSPC: ("磁盘已满", "请清理磁盘后重试"),
    errno.EDQUOT: ("磁盘配额已用完", "请清理磁盘后重试"),
    errno.EFBIG: ("超出允许的文件大小", "请联系系统管理员放宽限制后重试"),
    errno.EROFS: ("所在磁盘是只读的", "请改用可写的目录（--home）后重试"),
    errno.EACCES: ("没有权限", "请检查目录权限或换一个用户后重试"),
    errno.EPERM: ("没有权限", "请检查目录权限或换一个用户后重试"),
    errno.EIO: ("磁盘读写出错", "请先检查磁盘，必要时用备份恢复"),
    errno.ENOTDIR: ("路径中有一段不是目录", "请检查 --home 后重试"),
    errno.EEXIST: ("同名的文件占用了目录的位置", "请检查 --home 后重试"),
    errno.EISDIR: ("同名的目录占用了文件的位置", "请检查 --home 后重试"),
    errno.ENOENT: ("找不到这个文件或目录", "请检查路径后重试"),
    errno.ENAMETOOLONG: ("名称过长", "请换一个较短的名称后重试"),
    errno.EBUSY: ("它正被系统占用（例如是一个挂载点）", "请换一个目录后重试"),
    errno.EMFILE: ("打开的文件过多", "请稍后重试"),
}


def refusal(verb: str, path: Path, error: OSError) -> StoreError:
    """The sentence for what the disk refused, e.g. `refusal("写入", path, error)`; the raw error goes with it as cause."""
    reason, step = _REASONS.get(error.errno or 0, (f"系统报告“{error.strerror}”", "请检查磁盘与目录后重试"))
    return StoreError(f"无法{verb}“{path}”：{reason}，原有内容没有变化；{step}。")


def json_bytes(value: object) -> bytes:
    """A JSON value in UTF-8, on one line. Half a surrogate pair (chat platforms send them) is written escaped."""
    try:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":")).encode()


def make_folder(path: Path) -> None:
    """Make a folder that only its owner reads (an office's state holds its keys). Raises StoreError."""
    try:
        disk().make_folder(path, PRIVATE_FOLDER)
    except OSError as error:
        raise refusal("建立目录", path, error) from error


def write_whole(path: Path, content: bytes) -> None:
    """Put `content` in the place of `path`: after this returns it survives a power cut; until then the old file stands.

    The one writer of a home works under its lock, so the temporary name is fixed: what a killed process leaves
    behind is overwritten by the next. Raises StoreError.
    """
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        _write_synced(temporary, content)
        disk().replace(temporary, path)
        sync_folder(path.parent)
    except BaseException as error:
        discard(temporary)
        if isinstance(error, OSError):
            raise refusal("写入", path, error) from error
        raise


def discard(path: Path) -> None:
    """Remove a file that may not be there. Asked of a read-only disk, the system refuses even to remove nothing."""
    if os.path.lexists(path):
        path.unlink(missing_ok=True)


def _write_synced(path: Path, content: bytes) -> None:
    descriptor = disk().open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, PRIVATE_FILE)
    try:
        write_all(descriptor, content)
        disk().sync(descriptor)
    finally:
        os.close(descriptor)


def write_all(descriptor: int, content: bytes) -> None:
    """Write until everything is written: a nearly full disk takes only a part at first."""
    rest = memoryview(content)
    while rest:
        rest = rest[disk().write(descriptor, rest) :]


def sync_folder(path: Path) -> None:
    """Make a file's new name durable, where the system can (Windows opens no folders)."""
    if os.name != "posix":
        return
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        disk().sync(descriptor)
    finally:
        os.close(descriptor)
