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
_REMINDER = re.compile(r"提醒|催办|请(?:回复|签收|确认)|收到请")


@dataclass(frozen=True, slots=True)
class Pointed:
    """`assignments`: ids the bot named last, in order. `question`: what was asked before. `reminded`: the bot's last
    line was a reminder. `listed`: it was a list, from which 第二个 chooses."""

    assignments: tuple[str, ...] = ()
    question: str | None = None
    reminded: bool = False
    listed: bool = False

    def __bool__(self) -> bool:
        return bool(self.assignments or self.question)

    def chosen(self, text: str) -> tuple[str, ...]:
        """The assignments meant: the n-th of a list when `text` says so, else all that were named."""
        place = asked_place(text)
        if place is None:
            return self.assignments
        return self.assignments[place - 1 : place]


def pointed(message: Message, register: Register) -> Pointed:
    """What the turns of `message` point to."""
    said = next((turn.text for turn in reversed(message.turns) if turn.by_bot), "")
    asked = next((turn.text for turn in reversed(message.turns) if not turn.by_bot), None)
    named = _named(said, register)
    return Pointed(tuple(one.id for one in named), asked, bool(_REMINDER.search(said)), bool(_LISTED.search(said)))


def _named(said: str, register: Register) -> list[Assignment]:
    """The assignments whose numbers stand in a line of the bot, of the document that it names."""
    text = plain(said)
    documents = named_documents(text, register).documents
    numbers = [number for found in _NUMBER.finditer(text) for number in asked_numbers(found[0].replace(" ", ""))]
    found: list[Assignment] = []
    for number in dict.fromkeys(numbers):
        fitting = numbered(register, number, documents)
        found += fitting[:1]
    return found


def numbered(register: Register, number: str, documents: tuple[str, ...] | None = None) -> list[Assignment]:
    """The assignments that stand at `number` or print it, those at the true position first; "-1" is the last."""
    kept = [one for one in register.assignments if documents is None or one.document in documents]
    if number.startswith("-"):
        counted = [one for one in kept if one.number]
        return counted[int(number) :][:1] if counted and len(counted) >= -int(number) else []
    true = [one for one in kept if one.number == number]
    return true + [one for one in kept if one.printed_number == number and one not in true]
