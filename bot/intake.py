"""A file comes in: read → parse → confirm → file. Each file by itself, wholly or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.home import Home
from knowledge.filing import filed_entry
from knowledge.ledger import EntryKind
from knowledge.model import Doubt, Draft, ReadingError
from knowledge.register import Difference, RegisterError
from knowledge.store import Store, StoreBusy, StoreError

if TYPE_CHECKING:
    from bot.superseding import Settlement
    from knowledge.reading.bundle import Enclosure
    from knowledge.review import Review

Confirm = Callable[[Draft], "tuple[Review, datetime] | None"]
"""A person's review of a draft and when it ended: filed as reviewed; None: it shall not be filed (now)."""
Understand = Callable[[bytes, str], Draft]
"""What makes a draft of a file's bytes and name; raises ReadingError."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one file: filed or unchanged (`difference`), declined (neither), or failed (`failure` says why).

    `again` counts the doubts that were settled as people had settled them before.
    """

    name: str
    draft: Draft | None = None
    difference: Difference | None = None
    failure: str = ""
    again: int = 0

    @property
    def failed(self) -> bool:
        """Whether the file could not be filed."""
        return bool(self.failure)

    @property
    def sentence(self) -> str:
        """The outcome in Chinese, one line."""
        if self.failure:
            return self.failure
        if self.difference is None or self.draft is None:
            return f"“{self.name}”没有入册，总册没有变化。"
        if self.difference.unchanged:
            left = len(self.draft.doubts)
            return self.difference.words() + (f"还有{left}处存疑，可用 qiantou review 核对。" if left else "")
        counts = {"存疑{}处": len(self.draft.doubts), "没有读入的行{}处": len(self.draft.document.unread)}
        told = "，".join(words.format(count) for words, count in counts.items() if count)
        same = f"以前核对过的{self.again}处照旧。" if self.again else ""
        return self.difference.words() + same + (f"（{told}，可用 qiantou review 核对）" if told else "")


def drafted(content: bytes, name: str) -> Draft:
    """What the reader understands of these bytes of a file called `name`. Raises ReadingError."""
    from bot.progress import pages_told
    from knowledge.parsing import parse
    from knowledge.reading import read

    with pages_told(name):
        reading = read(content, name)
    return titled(parse(reading, name, digest_of(content)), name)


def titled(draft: Draft, name: str) -> Draft:
    """The draft with a title people can call it by: the file's name where the text has none."""
    document = draft.document
    if document.title.strip():
        return draft
    doubt = Doubt("title-missing", "文件里没有读到标题，暂以文件名为标题。", reading=Path(name).stem)
    return replace(draft, document=replace(document, title=Path(name).stem, doubts=(doubt, *document.doubts)))


def draft_of(path: Path) -> Draft:
    """What the reader understands of a file; files nothing. Raises ReadingError."""
    return drafted(content_of(path), readable_name(path))


def sources(paths: Iterable[Path], step: Callable[[str], None] | None = None) -> Iterator[Enclosure]:
    """The documents in these files: each file itself, or the members of a .zip of several, one after another.

    What cannot be taken comes with its failure. `step` hears the name of each file before it is read.
    """
    from knowledge.reading.bundle import Enclosure, enclosures, is_bundle

    for path in paths:
        name = readable_name(path)
        if step:
            step(name)
        try:
            content = content_of(path)
            yield from enclosures(content, name) if is_bundle(content) else [Enclosure(name, content)]
        except ReadingError as error:
            yield Enclosure(name, failure=str(error))


def import_files(
    store: Store,
    home: Home,
    paths: Iterable[Path],
    *,
    now: datetime,
    who: str = "",
    confirm: Confirm | None = None,
    step: Callable[[str], None] | None = None,
    understand: Understand = drafted,
) -> tuple[Imported, ...]:
    """File the documents of these files and say what became of each, in order; one that fails does not stop the others.

    Each file of a .zip is a document of its own, named behind the archive (材料.zip/表1.docx).

    `confirm` reviews a draft before it is filed (None: file as it is); `step` hears the name of each file before it is
    read. Raises StoreBusy when another process writes; an interruption leaves the file under way unfiled.
    """
    return tuple(import_source(store, home, one, now, who, confirm, understand) for one in sources(paths, step))


def import_source(
    store: Store,
    home: Home,
    source: Enclosure,
    now: datetime,
    who: str = "",
    confirm: Confirm | None = None,
    understand: Understand = drafted,
    settlement: Settlement | None = None,
) -> Imported:
    """File one document and say what became of it. Raises StoreBusy when another process writes.

    `settlement` holds, once `confirm` has returned, what a person decided about the documents that it may replace.
    """
    name = source.name
    if source.failure:
        return Imported(name, failure=source.failure)
    try:
        return import_content(
            store, home, name, source.content,
            now=now, who=who, confirm=confirm, understand=understand, settlement=settlement,
        )  # fmt: skip
    except StoreBusy:
        raise
    except (ReadingError, RegisterError) as error:
        return Imported(name, failure=str(error))
    except StoreError as error:
        return Imported(name, failure=f"“{name}”没有导入：{error}")


def import_content(
    store: Store,
    home: Home,
    name: str,
    content: bytes,
    *,
    now: datetime,
    who: str = "",
    confirm: Confirm | None = None,
    understand: Understand = drafted,
    settlement: Settlement | None = None,
) -> Imported:
    """File the document of a file called `name` with these bytes. Raises ReadingError, RegisterError, StoreError."""
    before = store.load()
    known = before.of_digest(digest_of(content))
    if known:
        draft = Draft(known, before.of_document(known.id))
        difference = before.filed(draft)[1]
        with _original(store, home, content, name):
            return Imported(name, draft, difference)
    draft, again = _answered(understand(content, name), store, home)
    before.filed(draft, ())  # what cannot be filed is refused before a person looks at it
    with _original(store, home, content, name):
        agreed = confirm(draft) if confirm else None
        if confirm and agreed is None:
            return Imported(name, draft)
        review, at = agreed or (None, now)
        imported = _filed(store, home, name, review.reviewed if review else draft, review, at, who, settlement)
        return replace(imported, again=again)


def _answered(draft: Draft, store: Store, home: Home) -> tuple[Draft, int]:
    """The draft with what people have answered before, and how much of it: what the office's lexicon has learned, and
    what was decided about the same words in the document's earlier edition. Most offices have answered nothing yet."""
    ledger, taught = store.ledger(), any(home.lexicon.glob("*.toml"))
    if not (taught or ledger.kinds(EntryKind.REVIEWED)):
        return draft, 0
    from knowledge.lexicon import lexicon_of
    from knowledge.review import carried, remembered

    known = remembered(draft, lexicon_of(home.lexicon)) if taught and draft.doubts else draft
    review = carried(known, ledger)
    return review.reviewed, len(draft.doubts) - len(review.reviewed.doubts)


def _filed(
    store: Store,
    home: Home,
    name: str,
    draft: Draft,
    review: Review | None,
    now: datetime,
    who: str,
    settlement: Settlement | None,
) -> Imported:
    """File a draft, after what its review taught is written: writing that twice changes nothing."""
    from bot.superseding import finished, successions

    before = store.load()
    found = successions(draft, before, home, settlement)
    done = finished(before, [one.old.id for one in found], store.ledger(), now, home.path)
    register, difference = before.filed(draft, found, now.date(), done)
    entry = filed_entry(draft, difference, now, who, review_of=review, placed=register.of_document(difference.document))
    if review:
        from bot.learned import learn

        learn(home.lexicon, review.lessons, draft.document, entry)
    store.file(register, entry)
    return Imported(name, draft, difference)


@contextmanager
def _original(store: Store, home: Home, content: bytes, name: str) -> Iterator[None]:
    """The original lies in its place before anything refers to it, and goes again when nothing came of it.

    An unfinished review refers to it too: it is read again from there.
    """
    digest = digest_of(content)
    kept = home.keep(content, digest, name)
    try:
        yield
    finally:
        if kept and store.load().of_digest(digest) is None and not _is_reviewed(digest, store):
            kept.unlink(missing_ok=True)


def _is_reviewed(digest: str, store: Store) -> bool:
    ledger = store.ledger()
    if not ledger.kinds(EntryKind.REVIEWED):
        return False
    from knowledge.review import sitting_on

    return sitting_on(digest, ledger) is not None


def digest_of(content: bytes) -> str:
    """The SHA-256 of a file's bytes: what it is known by."""
    return hashlib.sha256(content).hexdigest()


def readable_name(path: Path) -> str:
    """A file's name as text; archives from Chinese Windows unpack to names in GB18030."""
    raw = os.fsencode(path.name or path.resolve().name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


def content_of(path: Path) -> bytes:
    """A file's bytes. Raises ReadingError for what is no ordinary file, too big, or cannot be read."""
    from knowledge.reading import MAX_BYTES
    from knowledge.reading.refusal import refusal

    name = readable_name(path)
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise refusal(name, "这是一个文件夹", "请逐个指定其中的文件")
        if not stat.S_ISREG(found.st_mode):
            raise refusal(name, "这不是普通文件", "请指定一个文档文件")
        if found.st_size > MAX_BYTES:
            raise refusal(name, f"文件超过 {MAX_BYTES // 2**20} MB", "请删去图片等附件，只留正文和表格后再导入")
        return path.read_bytes()
    except OSError as error:
        reason, step = _UNREADABLE.get(
            type(error), _UNREADABLE_NUMBERS.get(error.errno, ("系统没有读出来", "请检查文件后重试"))
        )
        raise refusal(name, reason, step) from error


_UNREADABLE: Mapping[type[OSError], tuple[str, str]] = {
    FileNotFoundError: ("找不到这个文件", "请检查路径和文件名"),
    NotADirectoryError: ("找不到这个文件", "请检查路径和文件名"),
    PermissionError: ("没有读取权限", "请检查文件权限后重试"),
}
_UNREADABLE_NUMBERS: Mapping[int | None, tuple[str, str]] = {
    errno.ELOOP: ("它是一个指向自己的链接", "请指定真正的文件"),
    errno.EIO: ("磁盘读取出错", "请检查磁盘后重试"),
    errno.ENAMETOOLONG: ("文件名过长", "请换一个较短的文件名"),
}
