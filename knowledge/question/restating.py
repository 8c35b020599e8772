"""A message that was not understood, said again plainly: its subject, unit, number and month put into the plain form of the way it asks.

书记让我盯着，老旧小区改造到哪家手里了 asks for a leader in words that no table has. What stands in a row word for word is its subject;
with that taken out, the rest is held against the ways of asking that people wrote down (`knowledge.question.asking`). Where it is
clearly like those of one kind, the plain question of that kind is asked instead. Nothing is ever reported or changed so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from knowledge.model import Assignment
from knowledge.normal import plain
from knowledge.patterns import regex
from knowledge.question.asking import ASIDE, MONTH, NUMBER, REPORTS, TOPIC, UNIT, Way, ways_of
from knowledge.question.namedunits import OWN
from knowledge.question.respelling import respelled
from knowledge.register import Register
from knowledge.search import Index, index_of
from knowledge.units import UnitBook

# A subject is as long as this at least, and stands in the row but for one character here and there.
SHORTEST, GAP = 4, 1
# Of a row that was told already so few characters are enough.
SHORTEST_TOLD = 3
# So many of the likeliest rows are looked at for the words of the subject, and no more rows than this may hold these.
LOOKED_AT, ALIKE = 3, 2
_NUMBER = regex(
    r"(?<=第)(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?=项|条|号|件|个|行|$|\W)|(?<![\d.年月])\d{1,3}(?=项|条|号(?!前|之前|以前|线|楼)|行(?=是|那|的|归))"
)
_MONTH = regex(r"(?<!\d)(?:1[0-2]|[1-9])(?=月)|(?<![一二三四五六七八九十])(?:十[一二]?|[一二三四五六七八九])(?=月)")
_TOKEN = regex(r"[a-z]*\d+[a-z]*|[a-z]+")

# The plain forms of each way of asking, with the signs for what stands in them; the first whose slots are all there is taken.
_PLAINLY: Mapping[str, tuple[str, ...]] = {
    "lead": (f"{TOPIC}谁牵头", f"第{NUMBER}项谁牵头"),
    "either": (f"{TOPIC}谁牵头",),
    "partners": (f"除了牵头单位，{TOPIC}还有哪些单位", f"除了牵头单位，第{NUMBER}项还有哪些单位"),
    "deadline": (f"{TOPIC}什么时候完成", f"第{NUMBER}项什么时候完成"),
    "days_left": (f"{TOPIC}还有几天到期", f"第{NUMBER}项还有几天到期"),
    "detail": (f"{TOPIC}是什么内容", f"第{NUMBER}项是什么内容"),
    "claim": (f"{TOPIC}是{UNIT}牵头吧",),
    "part": (f"{TOPIC}{UNIT}参与吗",),
    "unit_tasks": (f"{UNIT}有哪些任务",),
    "unit_lead": (f"{UNIT}牵头的有哪些",),
    "unit_coop": (f"{UNIT}有份但不牵头的有哪些",),
    "unit_count": (f"{UNIT}一共几项任务",),
    "unit_lead_count": (f"{UNIT}牵头几项",),
    "unit_due": (f"{UNIT}{MONTH}月到期的有哪些",),
    "due": (f"{MONTH}月到期的有哪些",),
    "overdue": (f"{UNIT}逾期的有哪些", "逾期的有哪些"),
    "whole_count": ("一共多少项任务",),
    "weekly": ("本周汇总",),
    "documents": ("有哪些文件",),
    "progress": (f"{TOPIC}进展怎么样", f"第{NUMBER}项进展怎么样"),
}
_SIGNS = frozenset((TOPIC, UNIT, NUMBER, MONTH))


@dataclass(frozen=True, slots=True)
class Restated:
    """`text` is the plain question, empty where the way of asking has none or says not of what; `way` how the message asked; `row` the
    id of the assignment whose words it says; `aside` 0..1 how likely it asks another aspect of that, which no plan tells, `reported` that it
    reports on it."""

    text: str
    way: Way
    row: str | None
    aside: float
    reported: float


def restated(text: str, topic: str, register: Register, of_matter: bool = False) -> Restated | None:
    """`text` said again plainly. `topic` is what it was taken to be about, `register` what the conversation may know. `of_matter`: it
    asks of one matter, and where none stands in a row nothing is to be found."""
    words, index = plain(text), index_of(register).assignments
    subject = _subject(words, topic or words, index, register)
    if subject is not None and of_matter and _cut_out(words[subject.start : subject.end], topic, index):
        return None
    if subject is None and of_matter and _NUMBER.search(words) is None:
        return None
    masked, slots = _masked(words, subject, register)
    ways = ways_of(masked)
    way = max((Way(*one) for one in ways.items()), key=lambda one: one.share)
    forms = (form for form in _PLAINLY.get(way.kind, ()) if _SIGNS.intersection(form) <= slots.keys())
    form = next(forms, "")
    if TOPIC in slots and TOPIC not in form:
        form = ""  # 某局做不做这一项 is no question for all that the unit has to do
    plainly = "".join(slots.get(sign, sign) for sign in form)
    row, aside = (subject.row, ways[ASIDE]) if subject else (None, 0.0)
    return Restated(plainly, way, row, aside, sum(ways[one] for one in REPORTS))


def aside_of(text: str, row: Assignment, register: Register) -> float:
    """How likely 0..1 a message that `row` was told to asks another aspect of it, which no plan tells; 0 where the message has not
    SHORTEST_TOLD characters together from it."""
    words = respelled(plain(text))
    found = [(end - start, -start) for start, end in _stretches(words, plain(row.text))]
    length, start = max(found, default=(0, 0))
    if length < SHORTEST_TOLD:
        return 0.0
    return ways_of(_masked(words, _Subject(-start, -start + length, row.id), register)[0])[ASIDE]


def subject_in(words: str, register: Register) -> str:
    """What of `words` (written as `plain` writes them) stands in a row word for word and means it alone; empty where nothing does."""
    subject = _subject(words, words, index_of(register).assignments, register)
    return words[subject.start : subject.end] if subject is not None else ""


def _masked(words: str, subject: _Subject | None, register: Register) -> tuple[str, dict[str, str]]:
    """The message with signs in the places of its subject, unit, number and month, and what stood there."""
    slots: dict[str, str] = {}
    if subject is not None:
        slots[TOPIC] = words[subject.start : subject.end]
        words = f"{words[: subject.start]}{TOPIC}{words[subject.end :]}"
    for mention in sorted(UnitBook.of(register).mentions(words), key=lambda one: -one.start):
        if mention.units:
            slots[UNIT] = mention.words
            words = f"{words[: mention.start]}{UNIT}{words[mention.end :]}"
    if UNIT not in slots and (own := OWN.search(words)) is not None:
        slots[UNIT] = own[0]
        words = f"{words[: own.start()]}{UNIT}{words[own.end() :]}"
    for sign, pattern in ((NUMBER, _NUMBER), (MONTH, _MONTH)):
        if (found := pattern.search(words)) is not None:
            slots[sign] = found[0]
            words = pattern.sub(sign, words)
    return words, slots


class _Subject(NamedTuple):
    """Where the subject of a message stands in it, and the id of the assignment that it means."""

    start: int
    end: int
    row: str


def _subject(words: str, topic: str, index: Index, register: Register) -> _Subject | None:
    """Where the subject stands: the longest stretch that one of the likeliest rows holds, where it means that row alone."""
    found: list[tuple[int, int, str]] = []
    for hit in index.rank(topic)[:LOOKED_AT]:
        row = register.assignment(hit.key)
        if row is not None:
            found += [(end - start, -start, hit.key) for start, end in _stretches(words, plain(row.text))]
    for length, start, key in sorted(found, reverse=True):
        if length < SHORTEST:
            break
        if key in index.holding(words[-start : -start + length], ALIKE):
            return _Subject(-start, -start + length, key)
    return None


# What stands right before a subject belongs to it: 海关通关 of 海关通关时间压缩.
_LAST_WORDS = regex(r"[\W的和与及改推把将]")
_NEAR = 4


def _cut_out(subject: str, topic: str, index: Index) -> bool:
    """Whether `subject` is only a part of what is asked about: 殡葬 stands beside 收费公示, and is of a matter too."""
    around = (piece.partition(subject) for piece in plain(topic).split(" ") if subject in piece)
    return any(
        index.names(before) or index.names(after) or index.knows_of(_LAST_WORDS.split(before)[-1][-_NEAR:])
        for before, _, after in around
    )


def _stretches(words: str, text: str) -> list[tuple[int, int]]:
    """The stretches of `words` whose characters stand together in `text` two and two, with at most GAP strange ones between."""
    held = [False] * len(words)
    for at in range(len(words) - 1):
        if words[at : at + 2].isalnum() and words[at : at + 2] in text:
            held[at] = held[at + 1] = True
    for token in _TOKEN.finditer(words):
        if token[0] not in text:
            held[token.start() : token.end()] = [False] * len(token[0])
    found: list[tuple[int, int]] = []
    start = last = -1
    for at, one in enumerate(held):
        if not one:
            continue
        between = words[last + 1 : at]
        joined = start >= 0 and len(between) <= GAP and (not between or between.isalnum())
        if not joined:
            if start >= 0:
                found.append((start, last + 1))
            start = at
        last = at
    if start >= 0:
        found.append((start, last + 1))
    return found
