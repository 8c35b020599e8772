"""What a topic says in everyday words, whatever rows there are."""

from __future__ import annotations

import pytest

from knowledge.lexicon import Lexicon, shipped
from knowledge.search.spoken import speech_of


@pytest.mark.parametrize("topic", ["老板关了几好年没个说法", "看病的钱报了没有", "装个电梯要过几道关"])
def test_a_phrase_is_said_once_however_the_small_words_around_it_are_written(topic: str) -> None:
    places = speech_of(topic, shipped(), 120).places
    assert len(places) == len(set(places))


def test_a_phrase_with_a_small_word_in_it_is_found_where_its_words_stand() -> None:
    lexicon = Lexicon(phrases={"装电梯": ("加装电梯",)})
    (place,) = speech_of("想装个电梯", lexicon, 120).places
    assert (place.start, place.end, place.words) == (1, 5, "装电梯")
