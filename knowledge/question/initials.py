"""ylbx, gjj, fgw: words typed by the first letters of their sounds, written out where the documents show what is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.identity import Remembered
from knowledge.lexicon import office_lexicon
from knowledge.normal import has_han, plain
from knowledge.patterns import regex
from knowledge.phonetic import cuts, readings
from knowledge.register import Register
from knowledge.units import UnitBook

# Two letters say too little, and nobody types more of them than this.
_TYPED = regex(r"(?<![a-z\d@./-])[a-z]{3,8}(?![a-z\d@./-])")
# Among more rows than this, letters fit too many words.
_MOST = 20_000
_NO_SOUND = "."
# What stands before the name of an office's own unit.
_LEVELS = "省市州盟县区旗"


def written_out(text: str, register: Register) -> str:
    """`text` (written as `plain` writes it) with its words of initials in characters; what the documents do not know stays."""
    if _TYPED.search(text) is None or len(register.assignments) > _MOST:
        return text
    return _TYPED.sub(lambda found: _meant(found[0], register) or found[0], text)


def _meant(letters: str, register: Register) -> str:
    """The one word that the letters begin: a unit, else what the rows say; empty where they are pinyin, a printed word or open."""
    if cuts(letters) or any(letters in text for text, _ in _sounded(register)):
        return ""
    return _unit(letters, register) or _phrase(letters, register)


def _unit(letters: str, register: Register) -> str:
    """The one short name of a unit that begins so, of characters that stand in its name in this order; such as stand together first."""
    book = UnitBook.of(register)
    names = [name[1:] if name[0] in _LEVELS else name for name in map(plain, book.names)]
    picked = {word: word in name for name in names if (word := _picked(letters, name))}
    known = [word for word in picked if any(one.units and one.words == word for one in book.mentions(word))]
    together = [word for word in known if picked[word]] or known
    return together[0] if len(together) == 1 else ""


def _picked(letters: str, name: str) -> str:
    """The first characters of `name` that have these initials in order (人社局 of 人力资源社会保障局); empty where it lacks one."""
    if (at := _initials(name).find(letters)) >= 0:
        return name[at : at + len(letters)]
    signs = iter(name)
    found = [
        next((sign for sign in signs if any(sound[0] == letter for sound in readings(sign))), "") for letter in letters
    ]
    return "".join(found) if all(found) else ""


def _phrase(letters: str, register: Register) -> str:
    """The phrase of the rows that begins so, if the office's words know one alone."""
    words = office_lexicon(register)
    known = {phrase for phrase in _phrases(letters, register) if phrase in words.phrases or phrase in words.kin}
    return known.pop() if len(known) == 1 else ""


def _phrases(letters: str, register: Register) -> Iterator[str]:
    for text, initials in _sounded(register):
        for found in re.finditer(rf"(?={letters})", initials):
            yield text[found.start() : found.start() + len(letters)]


_kept: Remembered[list[tuple[str, str]]] = Remembered(4)


def _sounded(register: Register) -> list[tuple[str, str]]:
    """The titles, headings and texts of the register with the first letter of every character."""

    def made() -> list[tuple[str, str]]:
        headings = {heading for one in register.assignments for heading in one.section}
        titles = (one.title for one in register.documents)
        told = (plain(text) for text in (*titles, *headings, *(one.text for one in register.assignments)))
        return [(text, _initials(text)) for text in told]

    return _kept.of((register.documents, register.assignments), made)


def _initials(text: str) -> str:
    return "".join(sounds[0][0] if has_han(sign) and (sounds := readings(sign)) else _NO_SOUND for sign in text)
