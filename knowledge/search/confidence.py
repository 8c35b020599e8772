"""How sure a hit is: logistic curves over the signs of it, fitted on topics whose rows were present and then taken away.

`python -m benchmarks.confidence` fits the last anew and tells how well it does.
"""

from __future__ import annotations

from math import exp, log
from operator import mul
from typing import NamedTuple


class Signs(NamedTuple):
    """`score` 0..1; `mass` the information matched, counted in characters as rare as
    any (so that it does not depend on how many rows there are); `missing` 0..1 the share of the topic's information that
    nothing speaks for; `length` in tokens that carry information; `margin` the distance to the next best row.

    What is said in other words than the documents': `stretches` counts the pieces of the topic for which the row has an
    official phrase, `rarity` 0..1 is how much the rarest of these phrases says.
    """

    score: float
    mass: float
    missing: float
    length: int
    margin: float
    stretches: int = 0
    rarity: float = 0.0

    @property
    def terms(self) -> tuple[float, ...]:
        """What the curve adds up: one for the intercept, then each sign, mass and length by their logarithm."""
        score, mass, missing, length, *rest = self
        return (1.0, score, log(1 + max(0.0, mass)), missing, log(1 + length), *rest)


# Intercept, then the weight of each sign in the order of `Signs`. WRITTEN for what the row says in the topic's own words,
# SPOKEN for what other words speak for too: there a gap to the next row tells more than how much of the topic is covered.
WRITTEN = (-6.7, 6.4, 3.4, -1.0, -0.4, 2.0, 0.0, 0.0)
SPOKEN = (-4.6, 2.1, 1.0, -1.0, 0.3, 6.5, 0.1, 0.9)


class Amid(NamedTuple):
    """The signs of a row where everyday words leave it open which row is meant: how well it stands with what the topic hints at
    (`knowledge.search.hints`); how far `ahead` of the next (the best), or of the best (the rest: below zero); `explained` 0..1,
    how much of what is hinted at most stands in it; `absent` 0..1, how much of the topic means what stands in no row."""

    standing: float
    ahead: float
    explained: float = 0.0
    absent: float = 0.0


# The intercept, then the weight of the first two signs, and of all. OPEN for being the one meant, fitted on a thousand questions
# of nine sets by other hands, a row taken away counted a third: right among what is given a half or more in four of five. AMONG
# for the one meant being there at all, among the first three; fitted on half a thousand questions of two sets by other hands,
# asked with the whole thesaurus and with three in five of its spoken words, a row taken away counted a third. Where OPEN would
# answer half of the questions whose row was taken away, it answers a third, for two in a hundred of the others.
OPEN = (-5.5, 4.3, 2.65)
AMONG = (-4.3, 4.0, 1.9, 9.5, -3.1)


# Where so much of a topic means what stands in no row, a row that other words leave open is no likelier than this: of 250 such
# in the same questions one in ten was right, and the rest spoke of something else in the same field.
NOWHERE, UNLIKELY = 2 / 3, 0.2


def confidence(signs: Signs) -> float:
    """The chance, 0..1, that the row is the one meant; the surer of both curves where other words speak for the row."""
    terms = signs.terms
    exponent = sum(map(mul, WRITTEN, terms))
    if signs.stretches:
        exponent = max(exponent, sum(map(mul, SPOKEN, terms)))
    return _chance(exponent)


def confidence_amid(signs: Amid) -> float:
    """The chance, 0..1, that a row is the one meant where everyday words leave it open."""
    return _chance(sum(map(mul, OPEN, (1.0, signs.standing, signs.ahead))))


def confidence_among(signs: Amid) -> float:
    """The chance, 0..1, that the row meant is there and among the first three, by the signs of the first of them."""
    return _chance(sum(map(mul, AMONG, (1.0, *signs))))


def _chance(exponent: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, exponent))))
