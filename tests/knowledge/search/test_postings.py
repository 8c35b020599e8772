"""Every way of keeping rows finds the same, and rows that came later are found as if they had always been there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.corpus import distractors
from knowledge.search import mapped
from knowledge.search.index import Index, Row
from knowledge.search.layers import Layers
from knowledge.search.mapped import MappedPostings
from knowledge.search.postings import MemoryPostings, Postings
from tests.knowledge.offices import TEXTS
from tests.properties import examples

ROWS = [
    *(Row(number, {"text": text, "units": unit, "title": "云溪市要点"}) for number, (text, unit) in TEXTS.items()),
    *distractors(300),
]
QUESTIONS = [
    "扶贫资金谁牵头", "双随机那个谁负责", "黑臭水题制理", "heichoushuiti zhili", "一务教育招升入学", "公开年度报告",
    "云溪县取水许可证", "非遗传承人名录", "ipv6改造", "看病贵不贵", "信息", "名录清单公示公告", "quanmian tuijin",
]  # fmt: skip


def packed_module() -> Any:
    return pytest.importorskip("knowledge.search.packed", reason="needs the extra [large]", exc_type=ImportError)


def as_packed(rows: Iterable[Row]) -> Postings:
    packed = packed_module()
    made: Postings = packed.PackedPostings(packed.pack(rows))
    return made


WAYS = [MemoryPostings, lambda rows: MappedPostings(mapped.pack(rows)), as_packed]


@pytest.fixture(params=WAYS, ids=["memory", "mapped", "packed"])
def kept(request: pytest.FixtureRequest) -> Postings:
    made: Postings = request.param(ROWS)
    return made


def test_the_rows_of_a_gram_come_in_order_with_their_weights(kept: Postings) -> None:
    held = kept.find("公开")
    assert [int(row) for row in held.rows] == [
        n for n, row in enumerate(ROWS) if "公开" in "".join(row.fields.values())
    ]
    assert all(0 < weight <= 255 for weight in held.weights)
    assert len(kept.find("龘龘")) == 0


def test_the_rows_of_two_sounds_are_those_of_all_their_spellings(kept: Postings) -> None:
    rows = {int(row) for row in kept.heard("hei", "cou").rows}
    assert rows == {n for n, row in enumerate(ROWS) if "黑臭" in row.fields["text"]}


def test_a_phrase_is_held_where_all_its_pairs_are(kept: Postings) -> None:
    held = kept.holding(["年度", "度报", "报告"])
    assert {int(row) for row in held.rows} == {n for n, row in enumerate(ROWS) if "年度报告" in row.fields["text"]}


def test_keys_texts_and_equal_words_are_told(kept: Postings) -> None:
    assert kept.number("x-7") == len(TEXTS) + 7
    assert kept.number("nobody") is None
    row = ROWS[len(TEXTS) + 7]
    assert kept.key(len(TEXTS) + 7) == row.key
    assert list(kept.same("".join(c for c in row.fields["text"] if c.isalnum()))) == [len(TEXTS) + 7]


@pytest.mark.parametrize("below", WAYS[1:], ids=["mapped", "packed"])
def test_packed_rows_are_ranked_as_those_in_memory(below: type[MemoryPostings]) -> None:
    memory, packed = Index(ROWS), Index(layers=Layers(below(ROWS)))
    for question in QUESTIONS:
        assert packed.rank(question) == memory.rank(question), question
        for keep in (["1", "6", "x-3"], [row.key for row in ROWS[::2]]):
            assert packed.rank(question, keep=keep) == memory.rank(question, keep=keep), question


@pytest.mark.parametrize("below", WAYS, ids=["memory", "mapped", "packed"])
def test_rows_added_changed_and_withdrawn_are_ranked_as_in_an_index_made_anew(below: type[MemoryPostings]) -> None:
    early, late = ROWS[:250], ROWS[250:]
    changed = Row("x-4", {"text": "公布全市公厕改造名录。"})
    layered = Index(layers=Layers(below(early))).with_rows([*late, changed], without=["x-9", "2"])
    anew = Index([*(row for row in ROWS if row.key not in ("x-9", "2", "x-4")), changed])
    assert len(layered) == len(anew)
    for question in [*QUESTIONS, "公厕改造名录", "双随机"]:
        assert layered.rank(question, limit=3) == anew.rank(question, limit=3), question


@pytest.mark.parametrize("below", WAYS, ids=["memory", "mapped", "packed"])
def test_official_words_for_spoken_ones_are_found_where_only_a_newer_row_has_them(below: type[MemoryPostings]) -> None:
    layered = Index(layers=Layers(below(ROWS))).with_rows([Row("新", {"text": "推进殡葬改革。"})])
    assert [hit.key for hit in layered.rank("火葬", keep=["新"])] == ["新"]
    assert layered.rank("火葬")[0].key == "新"


@pytest.mark.parametrize("below", WAYS, ids=["memory", "mapped", "packed"])
@settings(max_examples=examples(30), deadline=None)
@given(history=st.lists(st.tuples(st.integers(0, 40), st.booleans()), max_size=30))
def test_any_history_of_changes_ends_in_the_same_index(
    below: type[MemoryPostings], history: list[tuple[int, bool]]
) -> None:
    spare = list(distractors(41, seed=8))
    index, rows = Index(layers=Layers(below(ROWS[:20]))), {row.key: row for row in ROWS[:20]}
    for number, withdrawn in history:
        row = spare[number]
        if withdrawn:
            index = index.with_rows([], without=[row.key])
            rows.pop(row.key, None)
        else:
            index = index.with_rows([row])
            rows[row.key] = row
    anew = Index(rows.values())
    assert len(index) == len(anew)
    for question in ("公开目录清单", "县信息", *(row.fields["text"][:9] for row in spare[:3])):
        assert index.rank(question, limit=3) == anew.rank(question, limit=3)


def test_without_the_extra_the_search_needs_no_numpy() -> None:
    import subprocess
    import sys

    code = "import sys; from knowledge.search import index_of; from knowledge.search.index import Index; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_both_ways_of_packing_make_the_same_arrays() -> None:
    packed = packed_module()
    one, other = mapped.pack(ROWS), packed.pack(ROWS)
    assert all(getattr(one, name) == getattr(other, name) for name in mapped.KINDS)
