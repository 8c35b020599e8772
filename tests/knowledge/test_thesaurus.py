"""The table of synonyms: every entry reads, says something, and misleads nobody."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache

import pytest

from benchmarks.questions import office_rows
from knowledge.lexicon import Lexicon, shipped
from knowledge.normal import bare
from knowledge.search.grams import parts
from knowledge.search.index import Index, Row
from knowledge.thesaurus import (
    APART,
    TOGETHER,
    EntryError,
    Kin,
    Synonym,
    looked_up,
    shipped_phrases,
    shipped_synonyms,
    synonyms_of,
)

# The longest phrase that the search looks for.
LONGEST = 8
# A phrase in more than this share of all requirements, without its meaning, is an everyday word.
EVERYDAY = 0.04


@cache
def all_synonyms() -> tuple[Synonym, ...]:
    return shipped_synonyms()


def lexicon_saying(*entries: str) -> Lexicon:
    found = looked_up(one for entry in entries for one in synonyms_of(entry))
    return Lexicon(phrases=found.whole, apart=found.apart, loose=found.loose)


def first(question: str, lexicon: Lexicon, *texts: str) -> str:
    hits = Index([Row(text, {"text": text}) for text in texts], lexicon).rank(question)
    return hits[0].key if hits else ""


def test_the_quick_reading_finds_what_the_files_say() -> None:
    quick, slow = shipped_phrases(), looked_up(all_synonyms())
    assert (quick.whole, quick.apart) == (slow.whole, slow.apart)
    assert {(one.said, one.official) for one in all_synonyms() if (one.said, one.official) in quick.loose} == slow.loose


def test_phrases_that_stand_together_are_akin_and_the_nearer_the_more_is_said_for_both() -> None:
    kin = Kin(["摔跤 扶手 > 适老化 无障碍", "坡道 > 无障碍 ~残疾人", "打针 > 预防接种"])
    assert [one for one, _ in kin.of(("无障碍",))] == ["适老化", "残疾人"]
    assert kin.of(("预防接种",)) == kin.of(("没有这样的词",)) == []


def test_who_says_an_official_phrase_means_nothing_that_stands_far_beside_it() -> None:
    far = ["拉老板 > 招商引资 投资 项目", "上项目 大项目 开工 赶进度 抓工地 > 项目"]
    lexicon = replace(lexicon_saying("招商引资 > 投资"), kin=Kin(far))
    assert first("招商引资谁管", lexicon, "推进项目建设", "清理楼道") == ""


def test_an_official_phrase_that_no_row_holds_is_meant_by_one_for_which_nearly_the_same_is_said() -> None:
    lexicon = replace(lexicon_saying("没有 > 没有"), kin=Kin(["老人吃饭 老人饭堂 > 长者食堂 助餐点"]))
    assert first("长者食堂谁牵头", lexicon, "建设助餐点", "清理楼道") == "建设助餐点"
    assert first("长者食堂谁牵头", lexicon, "建设助餐点", "办好长者食堂") == "办好长者食堂"


def test_a_long_official_phrase_is_found_in_pieces_where_it_stands_nowhere_whole() -> None:
    lexicon = lexicon_saying("危改 > 农村危房改造")
    assert first("危改谁牵头", lexicon, "农村危房全部鉴定改造到位", "改造农村公路") == "农村危房全部鉴定改造到位"


def test_two_characters_said_together_speak_for_the_longer_phrases_that_hold_them() -> None:
    lexicon = replace(lexicon_saying("没有 > 没有"), kin=Kin(["摔断腿 > 适老化", "打疫苗 > 预防接种"]))
    assert first("爷爷摔断了胯骨找谁", lexicon, "推进适老化改造", "规范预防接种") == "推进适老化改造"


def test_what_stands_beside_a_meaning_speaks_for_a_row_where_nothing_else_does() -> None:
    lexicon = replace(lexicon_saying("老摔跤 > 适老化"), kin=Kin(["摔跤 扶手 > 适老化 无障碍"]))
    assert first("老摔跤谁管", lexicon, "开展无障碍环境建设", "清理楼道") == "开展无障碍环境建设"
    assert first("老摔跤谁管", lexicon, "开展无障碍环境建设", "推进适老化改造") == "推进适老化改造"


def test_there_are_thousands_of_phrases_in_all_fields() -> None:
    assert len(shipped_phrases().whole) > 8000
    assert min(Counter(one.field for one in all_synonyms()).values()) > 10


def test_no_pair_stands_twice() -> None:
    pairs = Counter((one.said, one.official) for one in all_synonyms())
    assert [pair for pair, times in pairs.items() if times > 1] == []


def test_both_sides_are_written_as_questions_are_compared_and_can_be_found() -> None:
    written = cache(lambda words: "".join(parts(words)))
    for one in all_synonyms():
        halves, together = one.said.split(APART), one.official.split(TOGETHER)
        assert [*halves, *together] == [*map(written, halves), *map(written, together)], one
        assert all(halves), one
        # One character alone stands in many words: it can only be perhaps meant.
        assert (1 if one.loose else 2) <= len("".join(halves)) <= LONGEST, one
        assert all(len(part) >= 2 for part in together), one


def test_what_is_perhaps_meant_one_way_is_not_surely_meant_the_other_way_round_by_the_same_entry() -> None:
    sure = {(one.said, one.official) for one in all_synonyms() if not one.loose}
    assert [one for one in all_synonyms() if one.loose and (one.said, one.official) in sure] == []


def test_no_everyday_word_of_official_language_surely_means_something_else() -> None:
    texts = [bare(row.fields["text"]) for row in office_rows()]
    table = shipped()
    both = {(official, said) for said, all_ in table.phrases.items() for official in all_}
    whole, strange = "\n".join(texts), {}
    for said, officials in table.phrases.items():
        if whole.count(said) <= EVERYDAY * len(texts):
            continue
        sure = [one for one in officials if (said, one) not in table.loose and (said, one) not in both]
        count = sum(said in text and not any(one in text for one in officials) for text in texts)
        if sure and count > EVERYDAY * len(texts):
            strange[said] = sure
    assert strange == {}


def test_who_says_it_one_way_finds_it_written_the_other_way() -> None:
    lexicon = lexicon_saying("看病报销 > 医疗保障待遇")
    assert first("看病报销找哪家", lexicon, "落实医疗保障待遇清单", "开展消防检查") == "落实医疗保障待遇清单"
    assert first("医疗保障待遇找哪家", lexicon, "公布看病报销电话", "开展消防检查") == ""


def test_a_sure_meaning_counts_more_than_a_loose_one() -> None:
    lexicon = lexicon_saying("打针 > ~医疗服务 预防接种")
    assert first("打针谁管", lexicon, "改善医疗服务", "规范预防接种") == "规范预防接种"


def test_a_meaning_of_two_words_wants_both() -> None:
    lexicon = lexicon_saying("一老一小 > 养老+托育")
    assert first("一老一小谁管", lexicon, "发展养老产业", "建设养老院和托育机构") == "建设养老院和托育机构"
    assert first("一老一小谁管", lexicon, "发展养老产业") == ""


def test_a_phrase_said_apart_is_understood_with_a_few_words_between() -> None:
    lexicon = lexicon_saying("拆…补钱 > 征收补偿")
    assert first("拆老房子补钱", lexicon, "规范征收补偿", "整治占道经营") == "规范征收补偿"
    assert first("拆补钱", lexicon, "规范征收补偿") == "规范征收补偿"
    assert first("补钱再拆", lexicon, "规范征收补偿") == ""


@pytest.mark.parametrize("said", ["装电梯", "装个电梯", "装了个电梯"])
def test_small_words_between_verb_and_object_do_not_hide_a_phrase(said: str) -> None:
    lexicon = lexicon_saying("装电梯 > 既有住宅加装")
    assert first(said, lexicon, "推进既有住宅加装工作", "清理楼道") == "推进既有住宅加装工作"


def test_numbers_are_words_of_a_phrase() -> None:
    lexicon = lexicon_saying("打12345 12388 > 便民热线")
    assert first("打12345", lexicon, "办好便民热线", "清理楼道") == "办好便民热线"
    assert first("打123456", lexicon, "办好便民热线") == ""


def test_an_entry_has_its_direction_and_its_weight() -> None:
    assert list(synonyms_of("甲甲 > 乙乙 ~丙丙", "某")) == [
        Synonym("甲甲", "乙乙", field="某"),
        Synonym("甲甲", "丙丙", loose=True, field="某"),
    ]
    assert [(one.said, one.official) for one in synonyms_of("甲甲 = 乙乙")] == [("甲甲", "乙乙"), ("乙乙", "甲甲")]


@pytest.mark.parametrize("entry", ["", "甲", "甲 >", "> 乙"])
def test_an_entry_without_two_sides_is_none(entry: str) -> None:
    with pytest.raises(EntryError, match="同义词"):
        list(synonyms_of(entry))
