"""What each piece of a topic says for a row."""

from __future__ import annotations

import pytest

from knowledge.lexicon import Lexicon
from knowledge.search.clues import Way
from knowledge.search.index import Index, Row
from knowledge.thesaurus import Kin

LEXICON = Lexicon(phrases={"看病": ("医疗服务",)}, fillers=frozenset({"谁管"}))
TEXTS = ("改善医疗服务", "整治校园周边", "公布水质数据")


def ways(topic: str) -> list[tuple[str, Way | None, str]]:
    index = Index([Row(text, {"text": text}) for text in TEXTS], LEXICON)
    [(_, proofs), *_] = index.explained(topic)
    return [(proof.said, proof.way, proof.words) for proof in proofs]


@pytest.mark.parametrize(
    ("topic", "expected"),
    [
        ("校园周边谁管", [("校园周边", Way.WRITTEN, "")]),
        ("看病谁管", [("看病", Way.MEANT, "医疗服务")]),
        ("晓园周边谁管", [("晓", Way.HEARD, ""), ("园周边", Way.WRITTEN, "")]),
        ("校园火箭谁管", [("校园", Way.WRITTEN, ""), ("火箭", None, "")]),
    ],
)
def test_each_piece_of_a_topic_has_its_way(topic: str, expected: list[tuple[str, Way | None, str]]) -> None:
    assert ways(topic) == expected


def test_shares_add_up_and_what_is_said_in_other_words_is_marked() -> None:
    index = Index([Row(text, {"text": text}) for text in TEXTS], LEXICON)
    [(hit, proofs), *_] = index.explained("看病火箭谁管")
    assert sum(proof.share for proof in proofs) == pytest.approx(1)
    assert hit.spoken
    assert not index.rank("医疗服务谁管")[0].spoken
    assert index.explained("谁管") == []


def test_where_words_are_unknown_their_characters_tell_which_of_several_is_likelier() -> None:
    kin = Kin(["工饷 军饷 > 工资 薪酬", "苦命 > 救助", "穷人 > 补贴"])
    lexicon = Lexicon(phrases={"穷人": ("补贴",)}, kin=kin, fillers=frozenset({"谁管"}))
    texts = ("公布工资补贴标准", "公布救助补贴标准")
    index = Index([Row(text, {"text": text}) for text in texts], lexicon)
    assert [hit.key for hit in index.rank("穷人发不出饷谁管")] == list(texts)
    assert [hit.key for hit in index.rank("穷人命真苦谁管")] == list(reversed(texts))
    [(hit, _), _] = index.explained("穷人命真苦谁管")
    assert (hit.open, hit.hints) == (True, ("救助", "补贴"))
