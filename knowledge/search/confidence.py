"""How sure a hit is: a logistic curve over the signs of it, fitted on topics whose rows were present and then taken away.

`python -m benchmarks.confidence` fits it anew and tells how well it does.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from math import exp, log


@dataclass(frozen=True, slots=True)
class Signs:
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
        score, mass, missing, length, *rest = astuple(self)
        return (1.0, score, log(1 + max(0.0, mass)), missing, log(1 + length), *rest)


# Intercept, then the weight of each sign in the order of `Signs`.
CURVE = (-8.9, 8.4, -0.4, 2.9, 0.8, 6.8, 0.5, 1.0)


def confidence(signs: Signs) -> float:
    """The chance, 0..1, that the row is the one meant."""
    exponent = sum(weight * term for weight, term in zip(CURVE, signs.terms, strict=True))
    return 1 / (1 + exp(-max(-30.0, min(30.0, exponent))))
