"""One way of writing."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.normal import bare, has_han, is_simplified, plain, simplified


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("體育場館開放誰負責？", "体育场馆开放谁负责?"),
        ("ＩＰＶ６　改造", "ipv6改造"),
        ("市 财 政 局", "市财政局"),
        ("fupin   xinxi", "fupin xinxi"),
        ("市\u200b财政局\ufeff", "市财政局"),
        ("（一）扶贫", "(一)扶贫"),
    ],
)
def test_what_two_people_type_differently_becomes_the_same(typed: str, meant: str) -> None:
    assert plain(typed) == meant


def test_bare_words_are_letters_digits_and_characters_only() -> None:
    assert bare("“双随机、一公开”（试行）") == "双随机一公开试行"


def test_the_characters_of_a_phrase_decide_what_a_traditional_character_becomes() -> None:
    assert simplified("頭髮和發展") == "头发和发展"
    assert simplified("乾隆") == "乾隆"


@settings(deadline=None)
@given(st.text(max_size=40))
def test_writing_plainly_twice_changes_nothing_more(text: str) -> None:
    assert plain(plain(text)) == plain(text)
    assert bare(bare(text)) == bare(text)


@pytest.mark.parametrize("signs", ["", "✓㎡", "✓㎡☆〇\xa0\u200b👍𠮷"])
@pytest.mark.parametrize("character", ["濛", "乾", "發"])
def test_one_traditional_character_in_a_long_text_is_seen(signs: str, character: str) -> None:
    text = f"第一片区便民服务设施{signs}，按计划更新台账并接受群众监督。" * 40
    assert is_simplified(text)
    assert not is_simplified(text + character + text)


def test_a_chinese_character_is_told_from_letters() -> None:
    assert has_han("ipv6改造")
    assert not has_han("ipv6 gaizao")


def test_simplified_text_and_typed_sounds_need_no_heavy_import() -> None:
    code = (
        "import sys; from knowledge.search.index import Index, Row; from knowledge.search import index_of;"
        "Index([Row('a', {'text': '扶贫信息公开'})]).rank('夫贫新息'); Index([]).rank('fupin');"
        "print(sorted({'opencc', 'pypinyin', 'rapidfuzz', 'tomllib'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
