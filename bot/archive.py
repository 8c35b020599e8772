"""What a backup archive looks like: which names it may hold, and the manifest that proves each of them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from knowledge.codec import CodecError, decode

MANIFEST = "manifest.json"
FORMAT = 1
"""The number of the archive's form; the register and the ledger inside carry their own."""

MAX_MEMBERS = 100_000
MAX_MEMBER_BYTES = 2 * 2**30
MAX_BYTES = 20 * 2**30
MAX_MANIFEST_BYTES = 64 * 2**20

_NAMES = re.compile(
    r"qiantou\.toml|register\.json|ledger-[0-9]{4}\.jsonl(\.torn)?|backups/register-[0-9]{1,12}\.json"
    r"|(documents|evidence)/[0-9a-f]{64}(\.[a-z0-9]{1,8})?|(lexicon|calendar)/.+"
)
_UNSAFE = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|\ud800-\udfff]')


class ArchiveError(Exception):
    """An archive is not what a backup looks like; the message is a Chinese phrase saying why."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file in an archive: its length in bytes and its SHA-256."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive holds. `made` is the moment it was made, `revision` the register's."""

    format: int
    made: str
    revision: int
    files: Mapping[str, Member]


def read_manifest(content: bytes) -> Manifest:
    """The manifest in these bytes. Raises ArchiveError."""
    try:
        stored: Any = json.loads(content)
        if isinstance(stored, dict) and stored.get("format") != FORMAT:
            raise ArchiveError(f"它是另一版本的程序做的备份（格式号{stored.get('format')!r:.20}，本程序为{FORMAT}）")
        return decode(Manifest, stored)
    except CodecError as error:
        raise ArchiveError(f"清单有误（{error}）") from error
    except (ValueError, RecursionError) as error:
        raise ArchiveError("清单读不出来") from error


def refuse_name(name: str) -> None:
    """Raise ArchiveError unless a home may hold a file of this name: no way out of it, nothing we do not know."""
    parts = PurePosixPath(name).parts
    tame = parts and not name.startswith("/") and all(part not in ("..", ".", "") for part in name.split("/"))
    if not tame or _UNSAFE.search(name) or not _NAMES.fullmatch(name):
        raise ArchiveError(f"里面有不该有的文件“{name!a:.60}”")
