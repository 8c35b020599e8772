"""What is compiled for very many rows does the same as its plain counterpart."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.search.held import Held
from knowledge.search.postings import all_of

pytest.importorskip("numba", reason="the extra [large]")
from knowledge.search.compiled import by_row, compiled, in_both

HOLDERS = st.dictionaries(st.integers(0, 60), st.integers(1, 255), min_size=1)


def arrays(holders: dict[int, int]) -> tuple[Any, Any]:
    rows = sorted(holders)
    return np.array(rows, np.uint32), np.array([holders[row] for row in rows], np.uint8)


@given(HOLDERS, HOLDERS)
def test_rows_that_are_in_both_lists_have_the_weaker_weight(one: dict[int, int], other: dict[int, int]) -> None:
    fewer, more = sorted((arrays(one), arrays(other)), key=lambda held: len(held[0]))
    rows, weights = in_both(*fewer, *more)
    known = all_of([Held(held[0].tolist(), held[1].tolist()) for held in (fewer, more)])
    assert (rows.tolist(), weights.tolist()) == (list(known.rows), list(known.weights))


@given(st.lists(HOLDERS, max_size=8))
def test_the_grams_of_a_row_lie_side_by_side(holders: list[dict[int, int]]) -> None:
    rows, weights = [
        np.concatenate([*parts, np.zeros(0, np.int64)]) for parts in zip(*map(arrays, holders), strict=True)
    ] or [np.zeros(0, np.int64)] * 2
    grams, ends = by_row(
        rows.astype(np.uint32), weights.astype(np.uint8), np.cumsum([*map(len, holders)], dtype=np.int64), 61
    )
    starts = [0, *ends[:-1]]
    found = [
        [(int(gram) >> 8, int(gram) & 255) for gram in grams[start:end]]
        for start, end in zip(starts, ends, strict=True)
    ]
    assert found == [[(gram, held[row]) for gram, held in enumerate(holders) if row in held] for row in range(61)]


def test_code_is_compiled_too_where_it_cannot_be_kept() -> None:
    made: dict[str, Callable[[int], int]] = {}
    exec("def twice(number):\n    return 2 * number", made)
    assert compiled(made["twice"])(21) == 42
