"""How texts are cut into pairs of characters."""

from __future__ import annotations

from knowledge.search import Index
from knowledge.search.grams import parts
from knowledge.search.held import Row


def test_single_characters_of_a_list_are_one_run() -> None:
    assert parts("推广水、电、气、暖联合报装") == ("推广水电气暖联合报装",)


def test_words_of_a_list_stay_apart() -> None:
    assert parts("市财政局、税务局、水利局") == ("市财政局", "税务局", "水利局")
    assert parts("水、电两项") == ("水", "电两项")


def test_a_list_is_found_as_people_write_it_without_its_marks() -> None:
    texts = ("推广水、电、气、暖联合报装", "更新燃气老旧管网35公里", "开展跨部门联合抽查40次")
    index = Index(Row(str(at), {"text": text}) for at, text in enumerate(texts))
    for topic in ("水电气暖联合报装", "水电气暖连合报装", "水、电、气、暖联合报装"):
        first = index.rank(topic, limit=1)[0]
        assert first.key == "0", topic
        assert first.confidence > 0.9, topic
