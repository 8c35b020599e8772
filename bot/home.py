"""An office's home: the folder that holds everything it has, and what lies where in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.config import FILE_NAME
from knowledge.store_files import make_folder, refusal, write_whole
from knowledge.store_lock import Holder
from knowledge.store_tinydb import BACKUPS, REGISTER, TinyDBStore

_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")


@dataclass(frozen=True, slots=True)
class Home:
    """机构目录. Only its owner may read it: the settings hold keys, the ledger what people said."""

    path: Path

    @property
    def config(self) -> Path:
        """The settings."""
        return self.path / FILE_NAME

    @property
    def register(self) -> Path:
        """The register."""
        return self.path / REGISTER

    @property
    def documents(self) -> Path:
        """The folder of the originals, named by their SHA-256."""
        return self.path / "documents"

    @property
    def lexicon(self) -> Path:
        """The folder of the office's own words."""
        return self.path / "lexicon"

    @property
    def exports(self) -> Path:
        """The folder of the papers that were asked for."""
        return self.path / "exports"

    @property
    def evidence(self) -> Path:
        """The folder of the files that units gave as evidence, named by their SHA-256 (bot.evidence)."""
        return self.path / "evidence"

    @property
    def templates(self) -> Path:
        """The folder of the office's own forms of papers."""
        return self.path / "templates"

    @property
    def misses(self) -> Path:
        """What was asked in vain (bot.unanswered)."""
        return self.path / "unanswered.jsonl"

    @property
    def inbox(self) -> Path:
        """What was heard lately (bot.inbox)."""
        return self.path / "inbox.jsonl"

    @property
    def channels(self) -> Path:
        """How the channels are, as whoever serves them last wrote it (bot.health)."""
        return self.path / "channels.json"

    @property
    def index(self) -> Path:
        """The folder of the search indexes, made again where they are missing (knowledge.store_index)."""
        return self.path / "index"

    @property
    def backups(self) -> Path:
        """The folder of the last registers, kept automatically."""
        return self.path / BACKUPS

    def create(self) -> None:
        """Make the folders that are not there yet. Raises StoreError."""
        for folder in (self.path, self.documents, self.lexicon, self.backups):
            make_folder(folder)

    def store(self, command: str = "", since: datetime | None = None) -> TinyDBStore:
        """The store in this home. `command` and `since` tell a second process who is writing."""
        return TinyDBStore(self.path, Holder(command, f"{since:%Y-%m-%d %H:%M}" if since else ""))

    def original(self, digest: str, name: str) -> Path:
        """Where the original of a file called `name` with this SHA-256 lies; only a plain ending is kept of the name."""
        suffix = Path(name).suffix.lower()
        return self.documents / (digest + (suffix if _SUFFIX.fullmatch(suffix) else ""))

    def keep(self, content: bytes, digest: str, name: str) -> Path | None:
        """Put an original where it belongs. Returns its path when it was not there (whole) before. Raises StoreError."""
        path = self.original(digest, name)
        try:
            if path.exists() and path.read_bytes() == content:
                return None
        except OSError as error:
            raise refusal("读取", path, error) from error
        make_folder(self.documents)
        write_whole(path, content)
        return path
