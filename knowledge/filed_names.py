"""The filed documents that go by the words people call them by: title, number, file name, year."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from knowledge.model import Document
from knowledge.normal import bare, plain
from knowledge.register import Register


def documents_named(words: str, register: Register) -> list[Document]:
    """What `words` mean by the most exact reading that fits anything; those in force, where any is."""
    found = next((found for found in _readings(words, register) if found), [])
    return [one for one in found if one.superseded is None] or found


def editions_named(words: str, register: Register) -> list[Document]:
    """The same, in force or not, with every other edition of it; next year's plan is none."""
    found = {one.id for one in next((found for found in _readings(words, register) if found), [])}
    pairs = [(d.id, d.superseded.by) for d in register.documents if d.superseded is not None and d.superseded.revised]
    while fresh := {id for pair in pairs if found.intersection(pair) for id in pair} - found:
        found |= fresh
    return [one for one in register.documents if one.id in found]


def _readings(words: str, register: Register) -> Iterator[list[Document]]:
    """What `words` may mean, the most exact reading first."""
    documents = register.documents
    year = plain(words).removesuffix("年")
    yield [one for one in documents if one.id == words]
    yield [one for one in documents if words in (one.source, Path(one.source).stem)]
    yield [one for one in documents if one.number and bare(one.number) == bare(words)]
    yield [one for one in documents if bare(one.title) == bare(words)]
    yield [one for one in documents if year.isdecimal() and str(one.year or "") == year]
    yield [one for one in documents if bare(words) and bare(words) in bare(one.title)]
