"""How sure a hit is: logistic curves over the signs of it, fitted on topics whose rows were present and then taken away.

`python -m benchmarks.confidence` fits the last anew and tells how well it does.
"""

from __future__ import annotations

from collections.abc import Sequence
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
    how much of what is hinted at most stands in it; `absent` 0..1, how much of the topic means what stands in no row; how far
    `beyond` the fourth, whom nobody is told of; `rows` is the logarithm of how many there are: among many, one that stands as well by
    chance is oftener found."""

    standing: float
    ahead: float
    explained: float = 0.0
    absent: float = 0.0
    beyond: float = 0.0
    rows: float = 0.0


# The intercept, then the weight of each sign of `Amid`: OPEN for being the one meant, AMONG for the one meant being there at all,
# among the first three. Fitted on half a thousand questions asked of their document, of an office and of two offices in one, with
# the whole thesaurus, with three in five and with a third of its spoken words, a row taken away counted a third. How many rows
# there are keeps the curves honest: without it, what is right in nine of ten among thirty rows is right in six of ten among three
# hundred.
OPEN = (-2.1, 3.3, 2.7, 3.2, -1.2, 0.55, -0.57)
AMONG = (-1.95, 3.6, 0.0, 5.6, -1.1, 1.2, -0.55)


# In fewer rows than this none is likelier than among so many.
FEWEST = 30
# Where something of the topic stands in such a row as it was said, both kinds of signs count: the intercept, then the weights of the
# exponents by what is written and by what is hinted at. Either alone is right in two of three where it is surer than four in five.
ALSO_WRITTEN, AMONG_WRITTEN = (-0.3, 0.3, 0.8), (0.0, 0.3, 0.6)


# Where so much of a topic means what stands in no row, a row that other words leave open is no likelier than this: of 250 such
# in the same questions one in ten was right, and the rest spoke of something else in the same field.
NOWHERE, UNLIKELY = 2 / 3, 0.2


def confidence(signs: Signs) -> float:
    """The chance, 0..1, that the row is the one meant; the surer of both curves where other words speak for the row."""
    return _chance(_written(signs))


def confidence_amid(amid: Amid, written: Signs | None = None) -> float:
    """The chance, 0..1, that a row is the one meant where everyday words leave it open; `written` where something of the topic
    stands in it as it was said."""
    return _left_open(OPEN, amid, ALSO_WRITTEN, written)


def confidence_among(amid: Amid, written: Signs | None = None) -> float:
    """The chance, 0..1, that the row meant is there and among the first three, by the signs of the first of them."""
    return _left_open(AMONG, amid, AMONG_WRITTEN, written)


def _left_open(curve: Sequence[float], amid: Amid, both: Sequence[float], written: Signs | None) -> float:
    exponent: float = sum(map(mul, curve, (1.0, *amid)))
    if written is not None:
        exponent = sum(map(mul, both, (1.0, _written(written), exponent)))
    return _chance(exponent)


def _written(signs: Signs) -> float:
    terms = signs.terms
    exponent: float = sum(map(mul, WRITTEN, terms))
    return max(exponent, sum(map(mul, SPOKEN, terms))) if signs.stretches else exponent


def _chance(exponent: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, exponent))))
