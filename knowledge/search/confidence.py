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


# Where everyday words leave it open which row is meant: the intercept, the weight of how well a row stands with what the topic
# hints at (`knowledge.search.hints`), and of how far it stands before the next. Fitted on a thousand questions of nine sets by other
# hands, a row taken away counted a third: right among what is given a half or more in four of five.
OPEN = (-5.5, 4.3, 2.65)


def confidence(signs: Signs) -> float:
    """The chance, 0..1, that the row is the one meant; the surer of both curves where other words speak for the row."""
    terms = signs.terms
    exponent = sum(map(mul, WRITTEN, terms))
    if signs.stretches:
        exponent = max(exponent, sum(map(mul, SPOKEN, terms)))
    return _chance(exponent)


def confidence_amid(standing: float, ahead: float) -> float:
    """The chance, 0..1, that a row is the one meant where everyday words leave it open: it stands so well, and so far `ahead`
    of the next (the best), or of the best (the rest: below zero)."""
    return _chance(sum(map(mul, OPEN, (1.0, standing, ahead))))


def _chance(exponent: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, exponent))))
