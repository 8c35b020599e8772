"""What a topic repeats of an assignment's own words: its printed deadline, a name in quotation marks, all words of its
title, a short name, a figure. Each answers only where one assignment alone has it, a figure where few state it; a topic that several
papers hold whole means the row of each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import ceil

from handlers.echo import readable
from knowledge.identity import Remembered
from knowledge.lexicon import office_lexicon
from knowledge.model import Assignment
from knowledge.normal import bare, plain
from knowledge.patterns import regex
from knowledge.question.claimed import figures_in
from knowledge.question.query import Query
from knowledge.register import Register
from knowledge.search import Hit
from knowledge.search.terms import made_of
from knowledge.search.topic import Token, tokens_of

# The words of a name are no longer than this together.
_A_NAME = 14
# A word that many may speak of is no longer than this.
_A_WORD = 6
# A short name of a thing has so many characters, which stand no further apart in the words it is short for; among more
# assignments than this three characters say too little.
_SHORT, _GAP, _FEW = 3, 3, 400
# A printed deadline is repeated by so many signs of it.
_REPEATED, _MOST_OF_IT = 4, 0.75
# Without one of these signs no words are of a time.
_OF_TIME = regex(r"[\d年月日季周旬天时底末]")
_QUOTED = regex(r"“([^“”]{3,12})”")


# 7.2%说的是啥, 提到70岁的是哪条
_WHAT_FIGURE = regex(
    r"(?:说|讲|指|写|对应)(?:的|到)?(?:是)?(?:什么|啥|哪|谁)|(?:提到|说到|写到|写了|讲到|出现)(?:过|的)?|是(?:干|做|说|讲)?(?:什么|啥|哪)"
)
# More rows than this are not told by what they repeat.
_FEW_ROWS = 3
# A row that holds a topic whole, in its own words.
_WHOLE = 0.7


def by_figure(text: str, register: Register) -> tuple[Assignment, ...]:
    """The assignments that state the one figure of which it is asked where it stands; none where more than three do."""
    figures = [figure for figure in figures_in(plain(text)) if figure.measure]
    if len(figures) != 1 or _WHAT_FIGURE.search(text) is None:
        return ()
    asked = figures[0]
    texts = _plain_texts.of((register.assignments,), lambda: [plain(one.text) for one in register.assignments])
    found = tuple(
        one
        for one, text in zip(register.assignments, texts, strict=True)
        if asked.words in text
        and any((each.value, each.measure) == (asked.value, asked.measure) for each in figures_in(text))
    )
    return found if len(found) <= _FEW_ROWS else ()


_plain_texts: Remembered[list[str]] = Remembered(16)


def one_in_each(hits: list[Hit], register: Register) -> tuple[Assignment, ...]:
    """12345, of which two papers speak in one row each: neither is likelier than the other, and both are meant."""
    whole = [hit.key for hit in hits if hit.missing == 0 and hit.score >= _WHOLE and not hit.spoken]
    rows = tuple(one for key in whole if (one := register.assignment(key)) is not None)
    return rows if 1 < len(rows) <= _FEW_ROWS and len({one.document for one in rows}) == len(rows) else ()


def repeats(topic: str, query: Query, hits: list[Hit], register: Register) -> tuple[Assignment, ...]:
    """The assignments whose own words the topic repeats in one of the ways of this module, beside the printed deadline."""
    return (
        by_name(topic, register)
        or holding_all(topic, query, hits, register)
        or by_figure(query.text, register)
        or one_in_each(hits, register)
    )


def by_phrase(topic: str, register: Register) -> tuple[Assignment, ...]:
    """The assignments whose printed deadline the topic repeats (季度第一周); none when several do."""
    words = bare(topic)
    phrases = _phrases.of((register.assignments,), lambda: _phrased(register))
    parts = (words[start : start + _REPEATED] for start in range(len(words)))
    near = {(phrase, one.id): one for part in parts for phrase, one in phrases.get(part, ())}
    found = {id: one for (phrase, id), one in near.items() if _repeats(words, phrase)}
    return tuple(found.values()) if len(found) == 1 else ()


def holding_all(topic: str, query: Query, hits: list[Hit], register: Register) -> tuple[Assignment, ...]:
    """老旧小区改造, where only one row speaks of 改造老旧小区: it holds all words of the topic, in whatever order, and comes first."""
    runs: dict[int, list[Token]] = {}
    for token in tokens_of(topic, office_lexicon(register)):
        runs.setdefault(token.run, []).append(token)
    solid = (run for run in runs.values() if any(not (one.weak or one.loose) for one in run))
    words = ["".join(one.text for one in run if not one.weak) for run in solid]
    if query.loose or query.beside is not None or not hits or not 2 <= sum(map(len, words)) <= _A_NAME:
        return ()
    texts, first = bare_texts(register), hits[0].key
    if not _holds_all(texts[first], words) or any(_holds_all(texts[id], words) for id in texts if id != first):
        return ()
    return tuple(one for one in register.assignments if one.id == first)


def _holds_all(text: str, words: list[str]) -> bool:
    return all(made_of(word, text) for word in words)


_texts: Remembered[Mapping[str, str]] = Remembered(16)


def bare_texts(register: Register) -> Mapping[str, str]:
    """The texts of the assignments as `bare` writes them, by id."""
    return _texts.of((register.assignments,), lambda: {one.id: bare(one.text) for one in register.assignments})


def by_name(topic: str, register: Register) -> tuple[Assignment, ...]:
    """你点我检: the only assignment that prints a name in quotation marks that the topic repeats."""
    named = _names.of((register.assignments,), lambda: _quoted_names(register))
    said = bare(topic)
    found = {one.id: one for name, rows in named.items() if name in said for one in rows}
    return tuple(found.values()) if len(found) == 1 else ()


_names: Remembered[Mapping[str, list[Assignment]]] = Remembered(16)


def _quoted_names(register: Register) -> dict[str, list[Assignment]]:
    table: dict[str, list[Assignment]] = {}
    for one in register.assignments:
        for name in {bare(found[1]) for found in _QUOTED.finditer(one.text)}:
            table.setdefault(name, []).append(one)
    return table


def shortened(topic: str, register: Register) -> tuple[Assignment, ...]:
    """残运会 for 残疾人运动会: the only assignment in which the characters of a short name stand in order, near to each other."""
    word = bare(readable(topic))
    if not _SHORT <= len(word) <= _SHORT + 1 or len(register.assignments) > _FEW:
        return ()
    found = tuple(one for one in register.assignments if spread(word, bare_texts(register)[one.id]))
    return found if len(found) == 1 else ()


def spread(word: str, text: str) -> bool:
    """Whether the characters of `word` stand in `text` in order, near to each other."""
    return re.search(rf".{{0,{_GAP}}}".join(map(re.escape, word)), text) is not None


def _word(topic: str, register: Register) -> str:
    """What is left of a topic without padding."""
    tokens = tokens_of(topic, office_lexicon(register))
    return "".join(token.text for token in tokens if not (token.weak or token.loose))


def speaking_of(topic: str, register: Register) -> tuple[Assignment, ...]:
    """哪几项跟企业有关: the assignments in whose words the one word that is left of the topic stands."""
    word = _word(topic, register)
    if not 2 <= len(word) <= _A_WORD:
        return ()
    texts = bare_texts(register)
    return tuple(one for one in register.assignments if word in texts[one.id])


_phrases: Remembered[Mapping[str, list[tuple[str, Assignment]]]] = Remembered(16)


def _phrased(register: Register) -> dict[str, list[tuple[str, Assignment]]]:
    """A few signs that stand together in printed deadlines → these deadlines with the assignments that print them."""
    table: dict[str, list[tuple[str, Assignment]]] = {}
    for one in register.assignments:
        for phrase in dict.fromkeys(bare(part.text) for part in one.deadlines):
            for signs in {phrase[at : at + _REPEATED] for at in range(len(phrase) - _REPEATED + 1)}:
                table.setdefault(signs, []).append((phrase, one))
    return table


def _repeats(words: str, phrase: str) -> bool:
    """Whether half of `words`, at least four signs, stand in `phrase` too and tell a time, or most of them, whatever these tell."""
    return any(
        part in phrase and (len(part) >= _MOST_OF_IT * len(words) or _OF_TIME.search(part) is not None)
        for length in {max(_REPEATED, len(words) // 2), max(_REPEATED, ceil(_MOST_OF_IT * len(words)))}
        for part in (words[start : start + length] for start in range(len(words) - length + 1))
    )
