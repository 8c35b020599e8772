"""What each piece of a topic is worth, and what each clue for it adds to a row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter, mul

from knowledge.search.clues import EXACT, LONE, Clue
from knowledge.search.gather import MOST, NOTHING, Sought
from knowledge.search.topic import Token

# Who says one thing in everyday words says the rest in them too: words that no row knows count so much less then.
AMID_SPOKEN = 0.4
# What the information of a word counts that may be mere padding.
WEAK, LOOSE = 0.4, 0.8
# What a character that no row holds in its surroundings tells, against one that a single row holds.
UNKNOWN = 0.7
_worth_of = attrgetter("worth")


def weights_of(tokens: Sequence[Token], clues: Sequence[Clue], rarest: float, amid_spoken: bool) -> list[float]:
    """What each token is worth: the least informative known pair around it, written evidence before the rest. `rarest` is the
    information in what one row holds; `amid_spoken`: something is said for which the rows have only other words."""
    weights: list[float | None] = [None] * len(tokens)
    told = [0.0] * len(tokens)  # how strong the evidence is by which a token is weighed
    unweighed, weakest = len(tokens), 0.0
    for start, end, worth, _, _, idf, _, _, meant in sorted(clues, key=_worth_of, reverse=True):
        for at in range(start, end):
            had = weights[at]
            if had is None:
                weights[at], told[at] = idf, worth
                unweighed -= 1
                weakest = worth
            elif told[at] == worth and (had < idf if meant else idf < had):
                weights[at] = idf
        if not unweighed and worth < weakest:
            break
    unknown = UNKNOWN * rarest * (AMID_SPOKEN if amid_spoken else 1)
    return [_worth(token, weight, unknown) for token, weight in zip(tokens, weights, strict=True)]


def _worth(token: Token, weight: float | None, unknown: float) -> float:
    """What a token counts whose written or heard pairs weigh `weight`, None where no row knows any."""
    if weight is None:
        return 0.0 if token.weak or token.loose else unknown
    return WEAK * weight if token.weak else LOOSE * weight if token.loose else weight


def at_most(clues: Iterable[Clue], weights: Sequence[float]) -> float:
    """The score of a row that has every clue: none has more."""
    best = [LONE] * len(weights)
    for clue in clues:
        for at in range(clue.start, clue.end):
            best[at] = max(best[at], MOST if clue.meant else clue.worth)
    most: float = sum(map(mul, weights, best))
    return most / (sum(weights) or 1.0)


def in_other_words(spelled: Iterable[Clue], others: Iterable[Clue]) -> bool:
    """Whether something is said for which the rows have only other words: what is not `spelled` there."""
    written = {clue.start for clue in spelled if clue.worth == EXACT}
    return any(clue.meant and not written.issuperset(range(clue.start, clue.end - 1)) for clue in others)


def sought_of(clues: Iterable[Clue], weights: Sequence[float]) -> Sought:
    """Each clue with what it adds to a row."""
    columns = [*zip(*clues, strict=True)]
    if not columns:
        return NOTHING
    starts, ends, given, held, holders, idfs, _, _, adds = columns
    spans = [*zip(starts, ends, strict=True)]
    covered = {span: (sum(weights[slice(*span)]), max(weights[slice(*span)])) for span in set(spans)}
    worths, masses = [], []
    for span, worth, idf, meant in zip(spans, given, idfs, adds, strict=True):
        total, most = covered[span]
        if meant and most > idf:
            worth *= idf / most
        worths.append(worth)
        masses.append(worth * total)
    return Sought(starts, ends, worths, masses, held, holders, adds)
