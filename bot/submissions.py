"""来件: files that people give to the bot in private: a document from a supervisor is filed, evidence from a liaison is kept."""

from __future__ import annotations

import asyncio
import contextvars
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from bot.app import App
from bot.channels.hearing import FILE, Attachment, AttachmentError, Heard
from bot.channels.protocol import Channel
from bot.home import Home
from handlers import wording_serving as words
from handlers.message import Outcome, Reply
from knowledge.model import ReadingError
from knowledge.people import LIAISON, Person
from knowledge.store import StoreBusy, StoreError

if TYPE_CHECKING:
    from bot.intake import Imported

T = TypeVar("T")
MOST_FILES = 5
"""Files of one message that are looked at."""
FETCHING = 60.0
"""Seconds for one file to come."""
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

Evidence = Callable[[Person, Heard, str, bytes], Outcome]
"""Keeps a liaison's file as evidence: who gave it, in which message, its name and its bytes."""


@dataclass
class Submissions:
    """来件 of one office. Reading a document takes seconds: it has a thread of its own, and questions do not wait."""

    app: App
    home: Home
    evidence: Evidence | None = None
    _reading: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "reading"))

    async def __call__(self, channel: Channel, heard: Heard) -> Outcome:
        """What becomes of the files of a private message, as one outcome."""
        person = self.app.people.of(heard.person)
        if person is None:
            return Outcome((Reply(words.FILE_OF_NOBODY),))
        replies: list[Reply] = []
        for attachment in heard.attachments[:MOST_FILES]:
            outcome = await self._taken(channel, heard, person, attachment)
            replies += outcome.replies
        return Outcome(tuple(replies))

    def close(self) -> None:
        """Wait for what is being filed."""
        self._reading.shutdown(wait=True, cancel_futures=True)

    async def _taken(self, channel: Channel, heard: Heard, person: Person, attachment: Attachment) -> Outcome:
        from knowledge.reading import MAX_BYTES

        name = plain_name(attachment.name)
        evidence = self.evidence if person.role == LIAISON else None
        if not person.above and evidence is None:
            return Outcome((Reply(words.FILE_NOT_YOURS),))
        if person.above and attachment.kind != FILE:
            return Outcome((Reply(words.FILE_KIND.format(name=name)),))
        if attachment.kind not in channel.capabilities.files_in:
            return Outcome((Reply(words.FILE_UNGOT.format(name=name, why="这个通道取不到文件，请换一个通道发。")),))
        try:
            async with asyncio.timeout(FETCHING):
                content = await channel.fetch(attachment, MAX_BYTES)
        except AttachmentError as error:
            return Outcome((Reply(words.FILE_UNGOT.format(name=name, why=str(error))),))
        except TimeoutError:
            return Outcome((Reply(words.FILE_UNGOT.format(name=name, why="等了很久没有传完，请再发一次。")),))
        if evidence is not None:
            return await self._beside(evidence, person, heard, name, content)
        return Outcome(tuple(map(Reply, await self._beside(self._filed, person, name, content))))

    async def _beside(self, call: Callable[..., T], *given: object) -> T:
        context = contextvars.copy_context()
        return await asyncio.get_running_loop().run_in_executor(self._reading, lambda: context.run(call, *given))

    def _filed(self, person: Person, name: str, content: bytes) -> tuple[str, ...]:
        """File the document or documents in these bytes; a sentence for each."""
        from bot.intake import import_source
        from knowledge.reading.bundle import Enclosure, enclosures, is_bundle

        now, store = self.app.clock.now(), self.app.store
        try:
            sources = list(enclosures(content, name)) if is_bundle(content) else [Enclosure(name, content)]
            done = [import_source(store, self.home, one, now, person.name) for one in sources]
        except (ReadingError, StoreBusy, StoreError) as error:
            return (str(error),)
        return tuple(
            one.sentence.replace("可用 qiantou review 核对", f"发“核对 {one.name}”逐处核对") + self._listed(one)
            for one in done
        )

    def _listed(self, one: Imported) -> str:
        """What of a document may not be spoken of everywhere, in one sentence that does not tell what it is."""
        from handlers.wording_restrictions import imported

        touched = self.app.policy.restrictions.touched(one.draft) if one.draft and one.difference else {}
        rows = one.draft.assignments if one.draft else ()
        return imported([(row, touched[row.id]) for row in rows if row.id in touched]) if touched else ""


def plain_name(name: str) -> str:
    """A file's name as it can be shown and kept: no folders, nothing unseen, not too long."""
    last = _UNSEEN.sub("", name).replace("\\", "/").rpartition("/")[2].strip(" .")
    return last[-100:] or "文件"
