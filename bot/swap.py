"""Two folders change places in one stroke, so that a power cut finds either the old home or the new one."""

from __future__ import annotations

import ctypes
import errno
import os
from pathlib import Path

from knowledge.store_files import sync_folder

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # renameat2(2), Linux 3.15
_MISSING = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}


def swap_folders(fresh: Path, place: Path, aside: Path) -> None:
    """Put `fresh` at `place` and what was there at `aside`, which must not exist; all in one folder.

    Raises OSError; then `place` is what it was, and `fresh` stands under its own name or at `aside`.
    """
    if aside.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(aside))
    os.rename(fresh, aside)
    if not _exchange(aside, place):
        # A system without the call: between these two renames the home is away, but nothing is lost.
        os.rename(aside, fresh)
        os.rename(place, aside)
        try:
            os.rename(fresh, place)
        except OSError:
            os.rename(aside, place)
            raise
    sync_folder(place.parent)


def _exchange(one: Path, other: Path) -> bool:
    """Whether the system could exchange them; False where it has no such call."""
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if os.name == "posix" else None
    if call is None:
        return False
    if call(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _MISSING:
        return False
    raise OSError(number, os.strerror(number), str(other))
