"""How sure a hit is: a logistic curve over five signs, fitted on topics whose rows were present and then taken away."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log


@dataclass(frozen=True, slots=True)
class Signs:
    """`score` 0..1; `mass` the information matched, counted in characters as rare as
    any (so that it does not depend on how many rows there are); `missing` 0..1 the share of the topic's information that
    nothing speaks for; `length` in tokens that carry information; `margin` the distance to the next best row."""

    score: float
    mass: float
    missing: float
    length: int
    margin: float


# Intercept, then the weight of each sign in the order of `Signs` (mass and length by their logarithm).
_CURVE = (-6.7, 6.4, 3.4, -1.0, -0.4, 2.0)


def confidence(signs: Signs) -> float:
    """The chance, 0..1, that the row is the one meant."""
    terms = (1.0, signs.score, log(1 + max(0.0, signs.mass)), signs.missing, log(1 + signs.length), signs.margin)
    exponent = sum(weight * term for weight, term in zip(_CURVE, terms, strict=True))
    return 1 / (1 + exp(-max(-30.0, min(30.0, exponent))))
