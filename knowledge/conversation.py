"""What a conversation points to: the items that the bot named last, and the question that was asked before."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.itemnumbers import asked_numbers, asked_place
from knowledge.model import Assignment, Message
from knowledge.normal import plain
from knowledge.register import Register
from knowledge.whichdocument import named_documents

_NUMBER = re.compile(r"第\s*\d[\d.]*(?:\s*[、,，和]\s*\d[\d.]*)*\s*(?:项|条)")
_LISTED = re.compile(r"^\s*(?:\d+[.)、）]|[①②③④⑤⑥⑦⑧⑨⑩])", re.MULTILINE)
# Lines that only suggest or add, so that nobody points at them.
_ASIDE = re.compile(r"\s*(?:相近的|有关的任务|另有|另外)")
_REMINDER = re.compile(r"提醒|催办|请(?:回复|签收|确认)|收到请")


@dataclass(frozen=True, slots=True)
class Pointed:
    """`assignments`: ids the bot named last, in order, `documents` the document of each. `question`: what was asked before. `reminded`: the bot's last
    line was a reminder. `listed`: it was a list, from which 第二个 chooses."""

    assignments: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    question: str | None = None
    reminded: bool = False
    listed: bool = False

    def __bool__(self) -> bool:
        return bool(self.assignments or self.question)

    def chosen(self, text: str, documents: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """The assignments meant: the n-th of a list when `text` says so, those of `documents` when some are named."""
        place = asked_place(text)
        if place is not None:
            return self.assignments[place - 1 : place]
        if documents is None:
            return self.assignments
        of = zip(self.assignments, self.documents, strict=True)
        return tuple(one for one, document in of if document in documents)


def pointed(message: Message, register: Register) -> Pointed:
    """What the turns of `message` point to."""
    said = next((turn.text for turn in reversed(message.turns) if turn.by_bot), "")
    asked = next((turn.text for turn in reversed(message.turns) if not turn.by_bot), None)
    named = _named(said, register)
    documents = tuple(one.document for one in named)
    return Pointed(
        tuple(one.id for one in named), documents, asked, bool(_REMINDER.search(said)), bool(_LISTED.search(said))
    )


def _named(said: str, register: Register) -> list[Assignment]:
    """The assignments whose numbers stand in a message of the bot, each of the document that its paragraph names."""
    told = "\n".join(line for line in said.split("\n") if not _ASIDE.match(line))
    whole = named_documents(plain(told), register).documents
    found: dict[Assignment, None] = {}
    for paragraph in re.split(r"\n\s*\n|\n(?=〔)", told):
        text = plain(paragraph)
        documents = named_documents(text, register).documents or whole
        for printed in _NUMBER.finditer(text):
            for number in asked_numbers(printed[0].replace(" ", "")):
                found.update(dict.fromkeys(numbered(register, number, documents)[:1]))
    return list(found)


def numbered(register: Register, number: str, documents: tuple[str, ...] | None = None) -> list[Assignment]:
    """The assignments that stand at `number` or print it, those at the true position first; "-1" is the last."""
    kept = [one for one in register.assignments if documents is None or one.document in documents]
    if number.startswith("-"):
        counted = [one for one in kept if one.number]
        return counted[int(number) :][:1] if counted and len(counted) >= -int(number) else []
    true = [one for one in kept if one.number == number]
    return true + [one for one in kept if one.printed_number == number and one not in true]
