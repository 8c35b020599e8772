"""What was confirmed once is not asked again in the next document."""

from __future__ import annotations

from dataclasses import replace

from knowledge.lexicon import Lexicon, shipped
from knowledge.model import Doubt, Draft, Place
from knowledge.normal import plain
from knowledge.review import Lesson, Review, remembered
from tests.knowledge.review.plans import LEAD, RESPONSIBLE, answered, inherited, lead, plan, row

FORM = Doubt("unit-form", "“县发改”不像一个单位的名称，请核对。", Place(line=11), "县发改")
RULE = Doubt(
    "convention",
    "文中约定“列首位的牵头”，请核对。",
    Place(line=3),
    "列首位的牵头",
    "此后名单中排在第一位的单位按牵头单位登记（集合单位除外）",
)
EARLY = Doubt("deadline", "时限“年初前”：“年初”按1月理解。", Place(line=11), "年初前")
ODD = Doubt(
    "unknown-role",
    "“督办单位：县监察局”的角色不明，没有登记为牵头、责任或配合单位。",
    Place(line=11),
    "督办单位：县监察局",
)


def taught(*lessons: Lesson) -> Lexicon:
    """The shipped lexicon with these lines, as the office's own file has them."""
    tables: dict[str, dict[str, str]] = {}
    for lesson in lessons:
        tables.setdefault(lesson.table, {})[plain(lesson.words)] = lesson.meaning
    nicknames = {words: (meaning,) for words, meaning in tables.pop("单位简称", {}).items()}
    return replace(shipped(), nicknames=nicknames, confirmed=tables)


def document(*doubts: Doubt, own: tuple[Doubt, ...] = ()) -> Draft:
    return plan(row(1, "公开规划", lead("县发改"), when="年初前", doubts=doubts), doubts=own)


def lessons_of(draft: Draft, *answers: str) -> tuple[Lesson, ...]:
    return answered(Review(draft), *answers).lessons


def test_a_short_name_is_filled_in_next_time() -> None:
    (lesson,) = lessons_of(document(FORM), "就是县发展和改革委员会")
    after = remembered(document(FORM), taught(lesson))
    assert (after.doubts, after.assignments[0].units(LEAD)) == ((), ("县发展和改革委员会",))


def test_a_unit_a_convention_and_a_time_limit_are_not_doubted_again() -> None:
    doubted = document(FORM, EARLY, own=(RULE,))
    lessons = lessons_of(doubted, "1", "1", "1")
    assert {lesson.table for lesson in lessons} == {"认可的约定", "认可的单位", "认可的时限"}
    after = remembered(doubted, taught(*lessons))
    assert after.doubts == ()
    assert after.assignments[0].duties == doubted.assignments[0].duties


def test_a_day_that_does_not_exist_is_a_slip_of_one_paper_and_never_learned() -> None:
    """Accepted as it stands it keeps its words; the same slip in the next paper is doubted again, or its deadline would be lost unseen."""
    slip = Doubt("deadline", "时限“9月31日前完成”：9月没有31日。", Place(line=11), "9月31日前完成")
    assert lessons_of(document(slip), "1") == ()


def test_a_role_word_of_the_office_is_known_next_time() -> None:
    (lesson,) = lessons_of(document(ODD), "3")
    assert (lesson.words, lesson.meaning) == ("督办单位", "责任")
    other = replace(ODD, words="督办单位：县审计局")
    assert remembered(document(other), taught(lesson)).assignments[0].units(RESPONSIBLE) == ("县审计局",)


def test_another_reading_of_the_same_words_is_asked_again() -> None:
    (lesson,) = lessons_of(document(own=(RULE,)), "1")
    other = replace(RULE, reading="此后各项都加上各县区")
    assert remembered(document(own=(other,)), taught(lesson)).doubts == (other,)


def test_what_stands_where_is_never_learned() -> None:
    draft = plan(row(1, "公开预算", lead("县水利局"), doubts=(inherited("县水利局", 1),)))
    assert lessons_of(draft, "1") == lessons_of(draft, "县审计局") == ()


def test_going_back_unlearns() -> None:
    review = answered(Review(document(FORM)), "就是县发展和改革委员会")
    assert review.lessons
    assert review.back().lessons == ()
