"""Which assignment a topic means."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.model import Draft
from knowledge.search import RegisterIndex, index_of, passage_of
from knowledge.search.index import Hit, Index, Row
from tests.knowledge.offices import CITY, TEXTS, city, printing

ROWS = [Row(number, {"text": text, "units": unit, "title": CITY}) for number, (text, unit) in TEXTS.items()]
INDEX = Index(ROWS)


def first(question: str) -> str:
    return INDEX.rank(question)[0].key


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("扶贫资金谁牵头", "1"),
        ("双随机那个谁负责", "2"),
        ("卖地的公告哪个部门挂", "3"),
        ("学区怎么划归谁管", "4"),
        ("IPV6改造啥时候完成", "5"),
        ("臭水沟治理谁牵头", "6"),
        ("财政收支谁公布", "7"),
        ("吃低保的标准谁公开", "8"),
        ("看病贵不贵 药价谁公布", "9"),
        ("政采中标结果", "10"),
        ("市长热线整合谁牵头", "11"),
        ("楼市信息谁发布", "12"),
    ],
)
def test_everyday_words_lead_to_the_official_ones(question: str, number: str) -> None:
    assert first(question) == number


@pytest.mark.parametrize(
    ("question", "number"),
    [("夫贫自金谁千头", "1"), ("黑臭水题制理", "6"), ("一务教育招升入学", "4"), ("财正收支", "7")],
)
def test_characters_of_the_same_sound_are_forgiven(question: str, number: str) -> None:
    assert first(question) == number


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("fupin zijin shei qiantou", "1"),
        ("heichoushuiti zhili", "6"),
        ("fangdichan shichang xinxi shui fuze", "12"),
        ("ipv6 gaizao jihao wancheng", "5"),
        ("zhengfucaigou", "10"),
    ],
)
def test_typed_pinyin_is_understood_with_and_without_blanks(question: str, number: str) -> None:
    assert first(question) == number


def test_a_particle_belongs_to_the_word_before_it() -> None:
    rows = [Row("food", {"text": "公布食品抽检结果"}), Row("cars", {"text": "公布汽车抽检结果"})]
    assert Index(rows).rank("吃的抽检")[0].key == "food"


def test_traditional_characters_are_read() -> None:
    assert first("義務教育招生誰牽頭") == "4"


def test_a_hit_tells_what_speaks_for_it_and_what_does_not() -> None:
    hit = INDEX.rank("扶贫资金和烟花爆竹")[0]
    assert hit.key == "1"
    assert "扶贫资金" in "".join(hit.matched)
    assert "烟花爆竹" in "".join(hit.unmatched)
    assert 0.3 < hit.missing < 0.8


def test_half_of_a_topic_is_less_sure_than_the_whole() -> None:
    assert INDEX.rank("扶贫资金公开")[0].confidence > 0.5 > INDEX.rank("扶贫电影放映")[0].confidence


def test_a_topic_no_row_speaks_of_gives_nothing_or_little() -> None:
    assert all(hit.confidence < 0.3 for hit in INDEX.rank("动漫展览归谁管"))


def test_only_question_words_give_nothing() -> None:
    assert INDEX.rank("是哪些部门牵头的呀") == []


def test_only_the_kept_rows_are_ranked() -> None:
    assert [hit.key for hit in INDEX.rank("扶贫资金", keep=["4", "7", "gone"]) if hit.key not in {"4", "7"}] == []
    assert INDEX.rank("扶贫资金", keep=[]) == []


def test_no_more_rows_than_asked_for() -> None:
    assert len(INDEX.rank("公开信息", limit=3)) <= 3
    assert INDEX.rank("扶贫", limit=0) == []


def test_words_of_the_text_count_more_than_words_of_the_heading() -> None:
    rows = [
        Row("heading", {"text": "加强值班值守。", "section": "防汛抗旱"}),
        Row("text", {"text": "做好防汛抗旱。", "section": "应急"}),
    ]
    assert [hit.key for hit in Index(rows).rank("防汛抗旱")] == ["text", "heading"]


def test_a_stretch_word_for_word_counts_more_than_its_parts_repeated() -> None:
    rows = [
        Row("parts", {"text": "应对突发事件，突发情况及时报告，公共卫生和公共安全事件、卫生事件分别处置。"}),
        Row("whole", {"text": "做好疫苗监管、免疫规划和突发公共卫生事件等信息的公开，面向妇女和老年人开展科普。"}),
    ]
    assert Index(rows).rank("突发公共卫生事件谁牵头")[0].key == "whole"


def test_rows_can_be_added_replaced_and_taken_away() -> None:
    more = INDEX.with_rows([Row("13", {"text": "推进殡葬改革信息公开。"})])
    assert more.rank("殡葬改革")[0].key == "13"
    assert len(more) == len(INDEX) + 1
    assert more.with_rows([], without=["13"]).rank("殡葬改革") == INDEX.rank("殡葬改革")
    assert more.with_rows([Row("13", {"text": "禁止放养犬只。"})]).rank("犬只")[0].key == "13"


def test_an_empty_index_finds_nothing() -> None:
    assert Index([]).rank("扶贫资金") == []


TOPICS = st.one_of(
    st.text(max_size=50),
    st.text(alphabet="扶贫资金公开信息谁牵头fupin xinxi6'、，土地卖的", max_size=40),
    st.sampled_from([text for text, _ in TEXTS.values()]),
)


@settings(deadline=None)
@given(TOPICS)
def test_any_topic_is_ranked_the_same_each_time_with_scores_between_0_and_1(topic: str) -> None:
    hits = INDEX.rank(topic)
    assert hits == INDEX.rank(topic)
    assert any(hit.open for hit in hits) or [hit.score for hit in hits] == sorted(
        (hit.score for hit in hits), reverse=True
    )
    assert all(0 <= figure <= 1 for hit in hits for figure in (hit.score, hit.confidence, hit.missing))


@settings(deadline=None)
@given(TOPICS)
def test_all_is_told_where_a_row_holds_enough_of_a_topic_and_nothing_where_none_does(topic: str) -> None:
    hits, told = INDEX.rank(topic), INDEX.rank(topic, held=0.5)
    assert told in ([], hits)
    assert told or not any(_held(hit) >= 0.5 for hit in hits)


def _held(hit: Hit) -> float:
    """The share of the topic's characters that stand in a row."""
    held, lost = (sum(len(word.replace(" ", "")) for word in words) for words in (hit.matched, hit.unmatched))
    return held / (held + lost or 1)


CHARACTERS = st.text(alphabet="公开信息扶贫资金土地出让审批结果监管办法a1", min_size=2, max_size=20)


@settings(deadline=None)
@given(st.lists(CHARACTERS, min_size=1, max_size=8, unique=True), st.data())
def test_a_rows_own_text_finds_that_row_first(texts: list[str], data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(texts))
    hits = Index([Row(one, {"text": one}) for one in texts]).rank(text)
    assert hits[0].key == text if hits else not _speaks(text)


def _speaks(text: str) -> bool:
    """Whether something is left of `text` that can be searched."""
    from knowledge.lexicon import shipped
    from knowledge.search.topic import topic_of

    return bool(topic_of(text, shipped()).tokens)


def test_a_register_is_indexed_once() -> None:
    register = city()
    assert index_of(register) is index_of(register.scoped(None))
    assert index_of(register) is not index_of(printing("市财政局"))


def test_both_assignments_and_passages_can_be_found() -> None:
    register = city()
    found = index_of(register)
    assert found.assignments.rank("扶贫资金")[0].key == "city-1"
    hit: Hit = found.passages.rank("多久通报一次落实情况")[0]
    document, passage = passage_of(register, hit.key) or pytest.fail("a key without a passage")
    assert (document.id, passage.place.line) == ("city", 41)
    assert passage_of(register, "city#99") is None


def test_after_a_change_the_register_is_searched_as_if_its_index_were_new() -> None:
    register = city()
    index_of(register).assignments, index_of(register).passages
    document = register.documents[0]
    changed = [
        replace(one, text="推进殡葬改革信息公开。") if one.id == "city-2" else one
        for one in register.of_document(document.id)
        if one.id != "city-5"
    ]
    later, _ = register.filed(Draft(replace(document, digest="revised"), tuple(changed)))
    index = index_of(later.in_force)
    found = later.assignment(index.assignments.rank("殡葬改革")[0].key)
    assert found is not None
    assert found.text == "推进殡葬改革信息公开。"
    assert not index.assignments.rank("双随机") or index.assignments.rank("双随机")[0].confidence < 0.3
    anew = RegisterIndex(index.documents, index.filed, index.lexicon)
    for question in ("殡葬改革", "IPV6改造", "扶贫资金", "多久通报一次"):
        assert index.assignments.rank(question, limit=3) == anew.assignments.rank(question, limit=3)
        assert index.passages.rank(question, limit=3) == anew.passages.rank(question, limit=3)


def test_a_slip_inside_a_short_word_is_forgiven_where_its_sounds_stand_together() -> None:
    rows = [Row("公积金", {"text": "公开住房公积金年度报告"}), Row("公告", {"text": "公开土地出让公告和资金"})]
    hits = Index(rows).rank("公基金")
    assert hits[0].key == "公积金"
    assert hits[0].score > 0.8


def test_pinyin_is_read_as_what_sounds_so_before_what_that_means() -> None:
    rows = [
        Row("废物", {"text": "规范村卫生室和诊所医疗废物收集转运，实行联单管理", "section": "五"}),
        Row("垃圾", {"text": "推行生活垃圾分类，公共机构垃圾分类全覆盖"}),
    ]
    hits = Index(rows).rank("yiliao feiwu")
    assert hits[0].key == "废物"
    assert hits[0].score >= 0.89
    assert not hits[0].spoken


def test_words_with_a_point_are_one_word_on_both_sides() -> None:
    rows = [Row("空气", {"text": "细颗粒物（PM2.5）平均浓度下降"}), Row("林", {"text": "造林2.5万亩"})]
    assert [hit.key for hit in Index(rows).rank("PM2.5")] == ["空气"]
