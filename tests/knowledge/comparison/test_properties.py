"""What holds of every comparison, whatever stands in the plans."""

from collections import Counter
from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.comparison import cases
from knowledge.comparison import ChangeKind, compared
from knowledge.model import Draft
from tests.knowledge.comparison.plans import links, plan

WORDS = st.sampled_from(
    [
        "公开部门预算",
        "公开部门决算",
        "清理政务新媒体账号",
        "清理长期不更新的账号并注销",
        "发布招聘信息",
        "发布见习岗位信息",
        "",
    ]
)
UNITS = st.sampled_from(["市财政局", "市大数据局", "市数据局", "市教育局；市财政局", ""])
SLOTS = st.sampled_from(["6月底前", "5月底前", "每季度", "全年工作", ""])
NUMBERS = st.sampled_from(["1", "2", "3", "4", ""])
LINES = st.lists(st.tuples(NUMBERS, WORDS, UNITS, SLOTS).map(" | ".join), max_size=7)
MIRRORED = {
    ChangeKind.SPLIT: ChangeKind.JOINED,
    ChangeKind.TIGHTENED: ChangeKind.RELAXED,
    ChangeKind.DATED: ChangeKind.UNDATED,
}
MIRRORED |= {other: kind for kind, other in MIRRORED.items()}
CASES = list(cases())
TRUE_PLANS = [draft for case in CASES for draft in (case.old, case.new)]


@given(LINES, LINES)
def test_every_assignment_of_both_sides_stands_in_exactly_one_pair(old: list[str], new: list[str]) -> None:
    before, after = plan(2025, *old), plan(2026, *new)
    pairs = compared(before, after).pairs
    assert Counter(one.id for pair in pairs for one in pair.old) == Counter(one.id for one in before.assignments)
    assert Counter(one.id for pair in pairs for one in pair.new) == Counter(one.id for one in after.assignments)
    assert all(0 <= pair.confidence <= 1 for pair in pairs)


@given(LINES)
def test_a_plan_compared_with_itself_is_unchanged(lines: list[str]) -> None:
    one = plan(2026, *lines)
    pairs = compared(one, replace(one)).pairs
    assert [(pair.old, pair.changes) for pair in pairs] == [(pair.new, ()) for pair in pairs]


@settings(max_examples=25)
@given(st.sampled_from(range(len(TRUE_PLANS))), st.randoms(use_true_random=False))
def test_shuffled_numbers_give_nothing_but_moves(at: int, random: Random) -> None:
    draft = TRUE_PLANS[at]
    shuffled = list(draft.assignments)
    random.shuffle(shuffled)
    moved = [replace(one, number=str(at)) for at, one in enumerate(shuffled, 1)]
    comparison = compared(draft, Draft(draft.document, tuple(moved)))
    assert all([a.text for a in pair.old] == [b.text for b in pair.new] for pair in comparison.pairs)
    assert {change.kind for pair in comparison.pairs for change in pair.changes} <= {ChangeKind.MOVED}


DROPPED = st.sets(st.integers(0, 26), max_size=20)


@settings(max_examples=25)
@given(st.sampled_from(range(len(CASES))), DROPPED, DROPPED)
def test_seen_from_the_other_side_it_is_the_same_with_the_words_exchanged(
    at: int, not_old: set[int], not_new: set[int]
) -> None:
    old, new = without(CASES[at].old, not_old), without(CASES[at].new, not_new)
    there, back = compared(old, new), compared(new, old)
    assert {(b, a) for a, b in links(there)} == links(back)
    kinds = {(pair.new, pair.old): Counter(change.kind for change in pair.changes) for pair in back.pairs}
    for pair in there.pairs:
        mirrored = Counter(MIRRORED.get(change.kind, change.kind) for change in pair.changes)
        assert kinds[pair.old, pair.new] == mirrored or ChangeKind.RENAMED in mirrored | kinds[pair.old, pair.new]


def without(draft: Draft, dropped: set[int]) -> Draft:
    """The plan without the assignments at these places."""
    return replace(draft, assignments=tuple(one for at, one in enumerate(draft.assignments) if at not in dropped))
