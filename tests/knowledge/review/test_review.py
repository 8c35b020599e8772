"""A review as a person walks through it: what is asked, what an answer does, and what it leaves alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import DeadlineKind, Doubt, Draft, Duty, Place
from knowledge.review import Review, Verb, Way
from tests.knowledge.parsing import documents
from tests.knowledge.review.plans import (
    COOPERATING,
    LEAD,
    RESPONSIBLE,
    answered,
    hears,
    inherited,
    lead,
    plan,
    row,
    without_doubts,
)

DOUBTED = [path for path in documents.DOCUMENTS if path.suffix == ".txt"]


def codes(review: Review) -> list[str]:
    return [one.code for one in review.pending]


# ---------------------------------------------------------------- what is asked, and how often
def test_equal_doubts_of_rows_that_follow_each_other_are_asked_once() -> None:
    rows = [row(n, f"公开第{n}类信息", lead("县水利局"), doubts=(inherited("县水利局", n),)) for n in (1, 2, 3)]
    review = Review(plan(*rows))
    assert (review.total, review.current and review.current.many) == (1, 3)
    done = answered(review, "县林业局")
    assert [one.units(LEAD) for one in done.reviewed.assignments] == [("县林业局",)] * 3
    assert done.reviewed.doubts == ()


def test_the_same_words_further_down_are_another_cell_and_asked_again() -> None:
    doubted = [row(n, "公开信息", lead("县水利局"), doubts=(inherited("县水利局", n),)) for n in (1, 3)]
    review = Review(plan(doubted[0], row(2, "公开别的信息", lead("县教育局")), doubted[1]))
    assert [one.many for one in review.pending] == [1, 1]


def test_who_wants_to_see_equal_ones_one_by_one_says_so() -> None:
    rows = [row(n, f"公开第{n}类信息", lead("县水利局"), doubts=(inherited("县水利局", n),)) for n in (1, 2, 3)]
    review = answered(Review(plan(*rows)), "分开")
    assert (review.decided, review.total) == (0, 3)
    done = answered(review, "1", "县林业局", "1")
    assert [one.units(LEAD) for one in done.reviewed.assignments] == [("县水利局",), ("县林业局",), ("县水利局",)]
    assert review.back() == Review(plan(*rows))


def test_a_year_is_asked_once_and_dates_every_deadline() -> None:
    undated = Doubt("deadline", "时限“6月底前”：没有写年份，文件年份也不知道。", Place(line=11), "6月底前")
    rows = [
        row(1, "公开预算", lead("县财政局"), when="6月底前", doubts=(undated,), year=None),
        row(2, "公开决算", lead("县财政局"), when="9月底前", doubts=(replace(undated, words="9月底前"),), year=None),
    ]
    review = Review(plan(*rows, year=None))
    assert (review.total, review.current and review.current.many) == (1, 2)
    done = answered(review, "2026")
    assert [str(one.deadlines[0].due) for one in done.reviewed.assignments] == ["2026-06-30", "2026-09-30"]
    assert (done.reviewed.document.year, done.pending) == (2026, ())


def test_the_documents_own_doubts_come_first_and_the_unread_lines_last() -> None:
    odd = Doubt(
        "convention", "文中约定“列首位的为牵头单位”，…，请核对。", Place(line=3), "列首位的为牵头单位", "此后…第一位…"
    )
    review = Review(
        plan(row(1, "公开预算", lead("县水利局"), doubts=(inherited("县水利局", 1),)), doubts=(odd,), unread=("注",))
    )
    assert codes(review) == ["convention", "lead-inherited", "unread"]


# ---------------------------------------------------------------- what an answer does
def test_accepting_settles_the_doubt_and_nothing_else() -> None:
    draft = plan(row(1, "公开预算", lead("县水利局"), doubts=(inherited("县水利局", 1),)))
    done = answered(Review(draft), "")
    assert done.reviewed == replace(draft, assignments=without_doubts(draft))
    assert done.rulings[0].verb is Verb.ACCEPTED


def test_skipping_leaves_the_flag() -> None:
    draft = plan(row(1, "公开预算", lead("县水利局"), doubts=(inherited("县水利局", 1),)))
    done = answered(Review(draft), "跳过")
    assert (done.reviewed, done.current) == (draft, None)


def test_units_are_replaced_in_the_role_in_doubt_and_kept_in_the_others() -> None:
    draft = plan(
        row(
            1,
            "公开预算",
            lead("县水利局"),
            Duty("县教育局", COOPERATING, "配合单位"),
            doubts=(inherited("县水利局", 1),),
        ),
        row(2, "公开决算", lead("县财政局")),
    )
    done = answered(Review(draft), "县审计局、县教育局")
    first = done.reviewed.assignments[0]
    assert (first.units(LEAD), first.units(COOPERATING)) == (("县审计局", "县教育局"), ())


def test_words_that_name_roles_themselves_say_all_of_the_row() -> None:
    draft = plan(row(1, "公开预算", lead("县水利局"), doubts=(inherited("县水利局", 1),)))
    done = answered(Review(draft), "县审计局牵头，县教育局、县林业局配合")
    first = done.reviewed.assignments[0]
    assert (first.units(LEAD), first.units(COOPERATING)) == (("县审计局",), ("县教育局", "县林业局"))


def test_a_short_name_becomes_the_one_the_document_prints() -> None:
    draft = plan(
        row(1, "公开预算", lead("县水利局"), doubts=(inherited("县水利局", 1),)),
        row(2, "公开规划", lead("县发展和改革委员会")),
    )
    assert answered(Review(draft), "发改委").reviewed.assignments[0].units(LEAD) == ("县发展和改革委员会",)


def test_a_deadline_is_read_again_by_the_grammar_of_dates() -> None:
    doubt = Doubt(
        "deadline-inherited", "时限格为空，按上一格“6月底前”登记，也可能不是。", Place(line=11), "", "6月底前"
    )
    draft = plan(row(1, "公开预算", lead("县财政局"), when="6月底前", doubts=(doubt,)))
    done = answered(Review(draft), "每季度后10个工作日内")
    assert done.reviewed.assignments[0].deadlines[0].kind is DeadlineKind.RECURRING
    none = answered(Review(draft), "没有")
    assert none.reviewed.assignments[0].deadlines == ()


@pytest.mark.parametrize(
    ("answer", "slug"),
    [
        ("9月31日前", "no-such-day"),
        ("绿色的", "no-deadline"),
        ("9", "no-such-choice"),
        ("不对", "say-what"),
        ("分开", "alone"),
    ],
)
def test_what_cannot_be_is_asked_again_and_changes_nothing(answer: str, slug: str) -> None:
    doubt = Doubt(
        "deadline-inherited", "时限格为空，按上一格“6月底前”登记，也可能不是。", Place(line=11), "", "6月底前"
    )
    review = Review(plan(row(1, "公开预算", lead("县财政局"), when="6月底前", doubts=(doubt,))))
    found = hears(review, answer)
    assert (found.ruling, found.slug) == (None, slug)


def test_two_dates_in_conflict_are_settled_for_one_of_them() -> None:
    doubt = Doubt(
        "deadline-conflict", "完成时限为2026-06-30，正文写的是2026-08-31，两处不一致。", Place(line=11), "6月底前"
    )
    draft = plan(row(1, "于8月31日前公开预算。", lead("县财政局"), when="6月底前", doubts=(doubt,)))
    review = Review(draft)
    assert [choice.way for choice in review.choices] == [Way.AS_READ, Way.BY_SLOT, Way.BY_TEXT]
    slot, text = (answered(review, number).reviewed.assignments[0].deadlines for number in ("2", "3"))
    assert [str(one.due) for one in slot] == ["2026-06-30"]
    assert [str(one.due) for one in text] == ["2026-08-31"]


def test_a_name_is_corrected_wherever_it_stands() -> None:
    doubt = Doubt("unit-form", "“县发改”不像一个单位的名称，请核对。", Place(line=11), "县发改")
    rows = [row(n, "公开规划", lead("县发改"), Duty("县财政局", RESPONSIBLE), doubts=(doubt,)) for n in (1, 2)]
    review = Review(plan(*rows, row(3, "公开预算", lead("县财政局"))))
    assert review.current is not None
    assert review.current.many == 2
    done = answered(review, "县发展和改革委员会")
    assert [one.units(LEAD) for one in done.reviewed.assignments[:2]] == [("县发展和改革委员会",)] * 2
    assert done.reviewed.assignments[2] == review.draft.assignments[2]
    two = answered(review, "县发展和改革委员会、县统计局").reviewed.assignments[0]
    assert two.units(LEAD) == ("县发展和改革委员会", "县统计局")
    assert answered(review, "2").reviewed.assignments[0].units(LEAD) == ()


def test_a_convention_that_is_none_is_taken_back() -> None:
    doubt = Doubt(
        "convention", "文中约定“…”", Place(line=3), "列首位", "此后名单中排在第一位的单位按牵头单位登记（集合单位除外）"
    )
    made = row(1, "公开预算", Duty("县财政局", LEAD, "责任单位"), Duty("县审计局", RESPONSIBLE, "责任单位"))
    draft = plan(made, row(2, "公开决算", lead("县财政局")), doubts=(doubt,))
    done = answered(Review(draft), "2")
    assert done.reviewed.assignments[0].units(RESPONSIBLE) == ("县财政局", "县审计局")
    assert done.reviewed.assignments[1] == draft.assignments[1]


def test_a_row_that_is_no_assignment_stays_as_words_to_quote() -> None:
    doubt = Doubt("no-units", "此行没有写明牵头或责任单位，请对照原件。", Place(line=11))
    draft = plan(row(1, "以上各项请抓好落实", doubts=(doubt,)), row(2, "公开决算", lead("县财政局")))
    done = answered(Review(draft), "删去")
    assert [one.id for one in done.reviewed.assignments] == ["plan-2"]
    assert done.reviewed.document.passages[-1].text == "1．以上各项请抓好落实"


def test_another_row_is_corrected_by_its_number() -> None:
    doubt = Doubt("units-open", "第2、3项的单位名单以“等”结尾，未列出的单位无法登记，请核对。", None, "2、3")
    rows = [row(n, f"公开第{n}类信息", lead("县水利局")) for n in (1, 2, 3)]
    review = Review(plan(*rows, doubts=(doubt,)))
    done = answered(review, "第2项 加 县林业局配合；第3项 配合：县教育局、县林业局")
    assert [one.units(COOPERATING) for one in done.reviewed.assignments] == [
        (),
        ("县林业局",),
        ("县教育局", "县林业局"),
    ]
    assert hears(review, "第9项 加 县林业局").slug == "no-such-row"
    assert hears(review, "县林业局").slug == "which-row"


def test_a_number_that_is_taken_is_refused() -> None:
    doubt = Doubt("number-missing", "此项原文编号为“（无）”，按位置记为第2项。", Place(line=12), "（无）", "2")
    review = Review(plan(row(1, "甲事", lead("县财政局")), row(2, "乙事", lead("县财政局"), doubts=(doubt,))))
    assert hears(review, "1").ruling is not None  # the choice, not the number
    assert hears(review, "编号 1").slug == "number-taken"
    changed = answered(review, "编号 5").reviewed.assignments[1]
    assert (changed.number, changed.id) == ("5", "plan-2")


def test_an_unread_line_is_nothing_or_belongs_to_a_row_or_is_a_row() -> None:
    draft = plan(row(1, "公开预算", lead("县财政局")), unread=("并公开三公经费", "2．公开河长名单，6月底前完成", "注"))
    review = Review(draft)
    joined = answered(review, "并入第1项").reviewed
    assert joined.assignments[0].text == "公开预算并公开三公经费"
    new = answered(review, "跳过", "新任务 县水利局牵头").reviewed.assignments[1]
    assert (new.number, new.units(LEAD), str(new.deadlines[0].due)) == ("2", ("县水利局",), "2026-06-30")
    assert [line.text for line in answered(review, "跳过", "跳过", "忽略").reviewed.document.unread] == [
        "并公开三公经费",
        "2．公开河长名单，6月底前完成",
    ]


def test_a_kind_of_doubt_that_nobody_foresaw_can_be_accepted_skipped_or_set_right() -> None:
    doubt = Doubt("moon-phase", "月相不明，请核对。", Place(line=11), "望", "朔", ("弦",))
    draft = plan(row(1, "公开预算", lead("县财政局"), doubts=(doubt,)))
    review = Review(draft)
    assert answered(review, "1").pending == answered(review, "跳过").pending == ()
    assert answered(review, "牵头 县审计局").reviewed.assignments[0].units(LEAD) == ("县审计局",)
    assert hears(review, "随便什么").slug == "no-place"


def test_the_alternatives_of_the_reader_are_choices() -> None:
    doubt = Doubt(
        "lead-unplaced",
        "单位写在表格下方",
        Place(line=11),
        "县财政局；县审计局",
        "",
        ("县财政局", "县审计局牵头，县教育局配合"),
    )
    review = Review(plan(row(1, "公开预算", doubts=(doubt,)), row(2, "公开决算", lead("县水利局"))))
    assert [choice.words for choice in review.choices] == ["", "县财政局", "县审计局牵头，县教育局配合"]
    first = answered(review, "3").reviewed.assignments[0]
    assert (first.units(LEAD), first.units(COOPERATING)) == (("县审计局",), ("县教育局",))


def test_a_role_word_that_nobody_knows_is_given_a_role_for_all_its_rows() -> None:
    rows = [
        row(
            n,
            "公开名单",
            lead("县教育局"),
            doubts=(Doubt("unknown-role", "角色不明", Place(line=10 + n), f"督办单位：县第{n}局"),),
        )
        for n in (1, 2)
    ]
    done = answered(Review(plan(*rows)), "4")
    assert [one.units(COOPERATING) for one in done.reviewed.assignments] == [("县第1局",), ("县第2局",)]


def test_the_units_of_a_convention_are_settled_with_it() -> None:
    said = "文中约定“以下各项均需各乡镇落实”，此后各项都加上各乡镇，请核对。"
    rule = Doubt("convention", said, Place(line=3), "以下各项均需各乡镇落实", "此后各项都加上各乡镇")
    carried = Doubt("carried-forward", "各乡镇没有写在本项里…", None, "各乡镇", "各乡镇", ("只登记本项写明的单位",))
    everyone = Duty("各乡镇", RESPONSIBLE, "落实", collective=True)
    rows = [row(n, "公开名单", lead("县教育局"), everyone, doubts=(carried,)) for n in (1, 2)]
    printed = row(3, "公开名单", lead("县教育局"), Duty("各乡镇", RESPONSIBLE, "责任单位", collective=True))
    review = Review(plan(*rows, printed, doubts=(rule,)))
    assert (review.total, answered(review, "1").reviewed.doubts) == (1, ())
    done = answered(review, "2").reviewed.assignments
    assert [one.units(RESPONSIBLE) for one in done] == [(), (), ("各乡镇",)]


def test_a_row_with_too_few_cells_is_moved_under_another_head() -> None:
    doubt = Doubt("row-shifted", "此行比表头少几格", Place(line=11), "县教育局", "牵头单位", ("责任单位", "配合单位"))
    review = Review(plan(row(1, "公开名单", lead("县教育局"), doubts=(doubt,))))
    assert [choice.words for choice in review.choices] == ["牵头单位", "责任单位", "配合单位"]
    assert answered(review, "3").reviewed.assignments[0].units(COOPERATING) == ("县教育局",)


def test_a_mark_behind_a_list_may_speak_for_all_before_it() -> None:
    doubt = Doubt(
        "mark-reach", "只按“县财政局”登记", None, "县教育局、县财政局（牵头）", "县财政局", ("连同前面的单位",)
    )
    made = row(1, "公开名单", Duty("县教育局", RESPONSIBLE), Duty("县财政局", LEAD, "牵头"), doubts=(doubt,))
    assert answered(Review(plan(made)), "2").reviewed.assignments[0].units(LEAD) == ("县教育局", "县财政局")


def test_duties_left_in_the_text_can_be_said_to_be_duties() -> None:
    doubt = Doubt("duty-in-text", "任务内容里还有…", Place(line=11), "县审计局配合", "任务内容的一部分", ("写明分工",))
    done = answered(Review(plan(row(1, "公开名单，县审计局配合", lead("县教育局"), doubts=(doubt,)))), "2")
    assert done.reviewed.assignments[0].units(COOPERATING) == ("县审计局",)


def test_a_prefix_that_was_filled_in_is_taken_back_in_its_rows_alone() -> None:
    doubt = Doubt(
        "prefix-restored",
        "“统计局”按同项其他单位补为“县统计局”，请核对。",
        Place(line=11),
        "统计局",
        "县统计局",
        ("统计局",),
    )
    rows = [row(1, "公开名单", lead("县统计局"), doubts=(doubt,)), row(2, "公开数据", lead("县统计局"))]
    done = answered(Review(plan(*rows)), "2").reviewed.assignments
    assert [one.units(LEAD) for one in done] == [("统计局",), ("县统计局",)]


@pytest.mark.parametrize(
    ("seen", "typed", "after"),
    [
        ("县教盲局", "县教育局", ("县教育局", "公开校年名单", "6月底前")),
        ("公开校年", "公开校车", ("县教盲局", "公开校车名单", "6月底前")),
        ("6月底前", "8月底前", ("县教盲局", "公开校年名单", "8月底前")),
    ],
)
def test_words_that_were_seen_badly_are_put_right_where_they_stand(
    seen: str, typed: str, after: tuple[str, str, str]
) -> None:
    doubt = Doubt("unsure-words", f"“{seen}”是从图像上认出来的，把握不大，请对照原件核对", Place(page=1), seen)
    draft = plan(row(1, "公开校年名单", lead("县教盲局"), when="6月底前", doubts=(doubt,)))
    one = answered(Review(draft), typed).reviewed.assignments[0]
    assert (one.units(LEAD)[0], one.text, one.deadlines[0].text) == after


def test_the_missing_units_of_an_open_list_are_added_to_its_row() -> None:
    doubt = Doubt("units-open", "第2项的单位名单以“等”结尾，未列出的单位无法登记，请核对。", None, "2")
    review = Review(plan(row(1, "甲事", lead("县教育局")), row(2, "乙事", lead("县教育局")), doubts=(doubt,)))
    for answer in ("县林业局配合", "加 县林业局配合"):
        done = answered(review, answer).reviewed.assignments
        assert [one.units(COOPERATING) for one in done] == [(), ("县林业局",)]


# ---------------------------------------------------------------- what holds for every document
@pytest.mark.parametrize("path", DOUBTED, ids=lambda path: path.stem)
def test_taking_every_reading_leaves_the_assignments_as_they_are_without_their_doubts(path: Path) -> None:
    draft = documents.draft_of(path)
    review = Review(draft)
    while review.current and review.current.doubt:
        review = answered(review, "1")
    assert review.reviewed.assignments == without_doubts(draft)
    assert review.reviewed.doubts == ()


ANSWERS = st.sampled_from(
    [
        "1",
        "2",
        "3",
        "跳过",
        "分开",
        "县水利局",
        "删去",
        "牵头 县审计局",
        "时限 2026年8月底前",
        "2026",
        "内容 公开名单",
        "没有",
        "忽略",
    ]
)
DRAFTS = [
    documents.draft_of(documents.FOLDER / f"{name}.txt")
    for name in ("flattened-pages", "brackets-with-dates", "section-lead", "upright-joined-cells")
]


@given(st.sampled_from(DRAFTS), st.lists(ANSWERS, max_size=12))
def test_going_back_undoes_exactly_what_was_answered_last(draft: Draft, answers: list[str]) -> None:
    review = Review(draft)
    before: list[Review] = []
    for answer in answers:
        ruling = hears(review, answer).ruling
        if ruling:
            before.append(review)
            review = review.ruled(ruling)
    for earlier in reversed(before):
        review = review.back()
        assert (review, review.reviewed) == (earlier, earlier.reviewed)


@given(st.sampled_from(DRAFTS), st.lists(ANSWERS, max_size=12))
def test_an_answer_touches_no_assignment_but_those_it_is_about(draft: Draft, answers: list[str]) -> None:
    review = Review(draft)
    for answer in answers:
        one, ruling = review.current, hears(review, answer).ruling
        if one is None or ruling is None:
            continue
        after = review.ruled(ruling)
        about = {correction.assignment for correction in ruling.corrections} | set(one.assignments)
        about |= {correction.new for correction in ruling.corrections}
        if one.assignments and one.form.field != "year":
            untouched = [row for row in review.reviewed.assignments if row.id not in about]
            assert [row for row in after.reviewed.assignments if row.id not in about] == untouched
        review = after


@given(st.sampled_from(DRAFTS), st.lists(ANSWERS, max_size=12))
def test_what_is_left_is_what_looking_afresh_finds(draft: Draft, answers: list[str]) -> None:
    review = Review(draft)
    for answer in answers:
        ruling = hears(review, answer).ruling
        review = review.ruled(ruling) if ruling else review
        afresh = Review(review.draft, review.rulings, review.reviewed, review.apart)
        assert review.pending == afresh.pending


@given(st.sampled_from(DRAFTS), st.text(max_size=80), st.booleans())
def test_whatever_is_typed_is_an_answer_or_a_refusal(draft: Draft, text: str, bare: bool) -> None:
    found = hears(Review(draft), text, bare=bare)
    if found.ruling:
        done = Review(draft).ruled(found.ruling)
        assert done.decided + any(ruling.verb is Verb.APART for ruling in done.rulings) == 1
        assert not any(ord(c) < 32 for one in done.reviewed.assignments for duty in one.duties for c in duty.unit)
