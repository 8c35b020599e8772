"""How sure a hit is: fit the curve OPEN of `knowledge.search.confidence` anew, and tell how well it does on others.

    .venv/bin/python -m benchmarks.confidence

Each question of benchmarks/office is asked of its document and of all of them, once as it is and once with the right rows
taken away: then whatever comes first is wrong. The curve is fitted on half of the documents and judged on the other half, both
ways; the last line is fitted on all. These questions are easier than those of hands that had not seen the documents' kind before
(the shipped weights were fitted on both, and with a part of the thesaurus taken away).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from unittest.mock import patch

import numpy as np

from benchmarks.questions import Asked, answerable, office_register
from knowledge.search import index as searched
from knowledge.search import index_of
from knowledge.search.confidence import OPEN, Amid, Signs

# How much a large weight counts against itself, so that few questions bend nothing.
RIDGE = 0.3
_ROUNDS = 60
# What one question counts whose row was taken away, against one as it is.
TAKEN = 0.3


@dataclass(frozen=True, slots=True)
class Sample:
    """How a first hit stands and how far ahead, whether it is the right one and the row `taken` away, and the file asked about."""

    terms: tuple[float, ...]
    right: bool
    taken: bool
    source: str


def samples() -> Iterator[Sample]:
    """Every question asked with and without its right rows, of its document and of the whole office."""
    with _watched() as signs_of:
        for one in answerable():
            for taken in (False, True):
                for wide in (False, True):
                    found = signs_of(one, taken, wide)
                    if found is not None:
                        yield found


class _watched:
    """Notes how the first hit stands while the search computes its confidence."""

    def __enter__(self) -> Callable[[Asked, bool, bool], Sample | None]:
        self._seen: list[tuple[float, ...]] = []

        def noting(amid: Amid, written: Signs | None = None) -> float:
            self._seen.append((1.0, *amid))
            return 0.0

        self._patch = patch.object(searched, "confidence_amid", noting)
        self._patch.__enter__()
        return self._first

    def __exit__(self, *error: object) -> None:
        self._patch.__exit__(None, None, None)

    def _first(self, one: Asked, taken: bool, wide: bool) -> Sample | None:
        whole = office_register()
        scope = tuple(document.id for document in whole.of_source(one.source))
        register = whole if wide else whole.scoped(scope)
        keep = {row.id for row in register.assignments} - (one.right if taken else frozenset())
        self._seen.clear()
        hits = index_of(register).assignments.rank(one.topic, keep=keep, limit=1)
        return Sample(self._seen[0], hits[0].key in one.right, taken, one.source) if hits and self._seen else None


def fitted(found: Sequence[Sample]) -> np.ndarray:
    """The weights that make the samples likeliest: Newton's method on standardised terms."""
    terms = np.array([one.terms for one in found])
    right = np.array([one.right for one in found], float)
    counts = np.array([TAKEN if one.taken else 1.0 for one in found])
    middle, spread = terms.mean(0), terms.std(0)
    middle[0], spread[spread == 0] = 0.0, 1.0
    scaled = (terms - middle) / spread
    penalty = RIDGE * np.diag([1e-6, *([1.0] * (terms.shape[1] - 1))])
    weights = np.zeros(terms.shape[1])
    for _ in range(_ROUNDS):
        chance = 1 / (1 + np.exp(-(scaled @ weights)))
        slope = scaled.T @ (counts * (chance - right)) + penalty @ weights
        weights -= np.linalg.solve((scaled.T * (counts * chance * (1 - chance))) @ scaled + penalty, slope)
    curve = weights / spread
    curve[0] -= float((weights[1:] * middle[1:] / spread[1:]).sum())
    return curve


def told(name: str, curve: np.ndarray, found: Sequence[Sample]) -> str:
    """How often a right first hit is surer than a wrong one, and what is answered right and wrong from a half on."""
    sure = np.array([one.terms for one in found]) @ curve
    right = np.array([one.right for one in found])
    above = (sure[right][:, None] > sure[~right][None, :]).mean()
    return f"{name}: surer {above:.3f}, answered right {(right & (sure > 0)).sum() / right.sum():.3f}, wrong {(~right & (sure > 0)).sum() / (~right).sum():.3f}"


def main() -> None:
    """Print it."""
    found = list(samples())
    sources = sorted({one.source for one in found})
    halves = [[one for one in found if (sources.index(one.source) % 2 == 0) is even] for even in (True, False)]
    print(f"{len(found)} samples, {sum(one.right for one in found)} right")
    for fit_on, judged_on in (halves, halves[::-1]):
        print(told("fitted on the other half", fitted(fit_on), judged_on))
        print(told("  as shipped", np.array(OPEN), judged_on))
    print("all: (" + ", ".join(f"{weight:.2f}" for weight in fitted(found)) + ")")


if __name__ == "__main__":
    main()
