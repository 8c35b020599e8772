"""Duties of a letter that is all there is: what it asks of single units, whatever they have to do and by when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.model import Role
from knowledge.parsing.acting import with_actors
from knowledge.parsing.cover import cover_duties, falls_on
from knowledge.parsing.found import Found
from knowledge.parsing.lines import Line
from knowledge.parsing.outline import is_bulleted, numbered, sentences
from knowledge.parsing.phrases import deadline_like
from knowledge.parsing.requests import requests_of
from knowledge.parsing.slot import Slot

_NARROW = 20  # characters of a line that may have been broken by its width
_ENDED = re.compile(r"[。！？：；!?:;]$")
_ALL_OF_IT = re.compile(r"(?:以上|上述)|请(?:各|有关)")
_DUE = re.compile(
    r"(?:以上|上述)?(?:各项|所有)?(?:工作|事项|任务|材料)?(?:均|都|请|务必|应|须|要)*于?(?P<when>\S{2,16}前)(?:全部|均|务必|一次性)*(?:完成|办结|到位|落实)"
)


def letter_duties(lines: Sequence[Line], addressees: str, locality: str) -> list[Found]:
    """The duties in the `lines` of such a letter: what it asks of single units, and what `cover_duties` finds in its other
    sentences. Where several were asked those fall on all it is written to."""
    found: list[Found] = []
    listing = False  # 请贵局提供以下资料： 1.… 2.…
    for line in _paragraphs(lines):
        cut = numbered(line.text)
        listing = bool(cut.level and found) and (listing or found[-1].text.endswith("："))
        if listing and not requests_of(cut.rest, addressees, locality):
            found[-1] = _joined(found[-1], line.text, Slot(), frozenset({line.index}))
            continue
        begun = len(found)
        for sentence in sentences(cut.rest):
            m = _DUE.fullmatch(sentence.rstrip("。")) if len(found) > begun else None
            if m and deadline_like(m["when"]):
                found[begun:] = [_due(one, m["when"]) for one in found[begun:]]
            else:
                found += _in_sentence(sentence, line, found[begun:], addressees, locality)
    return _with_partakers(found)


def _paragraphs(lines: Sequence[Line]) -> list[Line]:
    """The lines of a letter with those together that a narrow page broke inside a sentence."""
    out: list[Line] = []
    for line in lines:
        above = out[-1] if out else None
        broken = above is not None and len(above.text) >= _NARROW and not _ENDED.search(above.text)
        if above is not None and broken and not (numbered(line.text).level or is_bulleted(line.text)):
            out[-1] = replace(above, text=above.text + line.text, raw=above.raw + line.raw)
        else:
            out.append(line)
    return out


def _in_sentence(sentence: str, line: Line, before: Sequence[Found], addressees: str, locality: str) -> list[Found]:
    """What one sentence asks; `before` is what the sentences of its paragraph asked already."""
    if asked := requests_of(sentence, addressees, locality):
        return [with_actors(_found(text, line, slot)) for text, slot in asked]
    said = cover_duties([replace(line, text=sentence)], addressees, locality)
    lone = len({one.slot.duties for one in before}) == 1 and not _ALL_OF_IT.match(sentence)
    if not lone or falls_on(sentence, locality):
        return said
    return [one._replace(slot=before[0].slot) for one in said]


def _found(text: str, line: Line, slot: Slot) -> Found:
    whole = replace(slot, units_stated=True)
    return Found(text.strip(), line.place, original=text, slot=whole, lines=frozenset({line.index}), cover=True)


def _joined(found: Found, text: str, slot: Slot, lines: frozenset[int]) -> Found:
    """`found` with more of its text, and whoever stands there."""
    stop = "" if found.text.endswith(("。", "；", "！", "：")) else "。"
    return found._replace(
        text=f"{found.text}{stop}{text}",
        slot=found.slot.plus(slot),
        original=f"{found.original}\n{text}",
        lines=found.lines | lines,
    )


def _due(found: Found, when: str) -> Found:
    return found if found.slot.deadline else found._replace(slot=replace(found.slot, deadline=when))


def _with_partakers(found: Sequence[Found]) -> list[Found]:
    """`found` where a paragraph that only tells who helps (县交警大队配合做好疏导。) belongs to what was asked before it."""
    out: list[Found] = []
    for one in found:
        if out and all(duty.role is Role.COOPERATING for duty in one.slot.duties):
            out[-1] = _joined(out[-1], one.text, one.slot, one.lines)
        else:
            out.append(one)
    return out
