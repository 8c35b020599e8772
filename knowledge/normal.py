"""One way of writing: what two people typed differently becomes the same text.

Questions, documents and tables are compared only after `plain`. It is idempotent, so it may be applied twice.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Protocol

from knowledge.patterns import regex

DATA = Path(__file__).resolve().parent / "data"

# A letter beyond Latin-1. Written as a category: a set of the ranges of Chinese takes a millisecond to compile, each time.
HAN = r"[^\W\x00-\xff]"
_INVISIBLE = regex(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
_BLANK = regex(r"\s+")
# What is to be removed or set apart: most questions have none of it.
_UNTIDY = regex(r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
_BLANK_AT_HAN = regex(rf"(?<={HAN}) | (?={HAN})")
_SOUNDLESS = regex(r"[\W_]+")
_HAS_HAN = regex(HAN)


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@cache
def _traditional() -> frozenset[str]:
    """The characters that simplified Chinese writes otherwise, so that opencc is only asked where it has work."""
    return frozenset((DATA / "traditional.txt").read_text(encoding="utf-8").strip())


@cache
def _converter() -> _Converter:
    import opencc

    converter: _Converter = opencc.OpenCC("t2s")
    return converter


def simplified(text: str) -> str:
    """`text` in simplified characters. opencc is imported only when there is a traditional character to change."""
    return text if is_simplified(text) else _converter().convert(text)


@cache
def _traditional_in_gb2312() -> str:
    """Those of them that GB 2312, the characters of simplified Chinese, has all the same."""
    return "".join(char for char in _traditional() if char.encode("gb2312", "ignore"))


_LONG, _KINDS = 400, 6


def is_simplified(text: str) -> bool:
    """Whether no character of a text is a traditional one. A long one is not looked at character by character: it is, but for a
    few, where it can be written in GB 2312, be it without a sign or two (✓)."""
    for _ in range(_KINDS if len(text) > _LONG else 0):
        try:
            text.encode("gb2312")
        except UnicodeEncodeError as stopped:
            char = text[stopped.start]
            if char in _traditional():
                return False
            text = text.replace(char, "")
        else:
            return not any(char in text for char in _traditional_in_gb2312())
    return _traditional().isdisjoint(text)


_WRITTEN_SO, _DIFFERENT = 8, 4


def is_traditional(text: str) -> bool:
    """Whether `text` is written in traditional characters, where nearly every third one is. A simplified text may keep single
    ones in names (濛溪, 乾县, 徵): those are right as they stand."""
    if is_simplified(text):
        return False
    found = [char for char in text if char in _traditional()]
    return len(set(found)) >= _DIFFERENT and len(found) * _WRITTEN_SO >= len(_HAS_HAN.findall(text))


@cache
def taiwan_words() -> dict[str, str]:
    """The words that a page in Taiwan wording prints, longest first, and those of the mainland."""
    lines = (DATA / "taiwan.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split() for line in lines if line and not line.startswith("#")]
    return {here: there for here, there in sorted(pairs, key=lambda pair: -len(pair[0]))}


@cache
def _taiwan_word() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, taiwan_words())))


def words_of_taiwan(text: str) -> list[str]:
    """The words in `text` that only a page in Taiwan wording prints."""
    if _taiwan_word().search(text) is None:
        return []
    return [word for word in taiwan_words() if word in text]


def mainland(text: str) -> str:
    """`text` of a page in Taiwan wording, simplified and worded as on the mainland: 網際網路 is 互联网, 資訊 信息."""
    return simplified(_taiwan_word().sub(lambda m: taiwan_words()[m.group()], text))


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """NFKC, simplified, lower case, no invisible characters, one blank between words and none beside Chinese."""
    folded = unicodedata.normalize("NFKC", text)
    if _UNTIDY.search(folded) is None:
        return simplified(folded.lower())
    folded = _INVISIBLE.sub("", folded).lower()
    return _BLANK_AT_HAN.sub("", _BLANK.sub(" ", simplified(folded)).strip())


def visible_form(text: str) -> str:
    """`text` as it is seen, in one way of writing: NFKC and look-alike radicals resolved, nothing invisible, one blank between words
    and none beside Chinese. Case and traditional characters stay."""
    from knowledge.reading.radicals import unified

    folded = _INVISIBLE.sub("", unicodedata.normalize("NFKC", unified(text)))
    return _BLANK_AT_HAN.sub("", _BLANK.sub(" ", folded)).strip()


def bare(text: str) -> str:
    """`plain` without blanks and punctuation: letters, digits and characters only, for asking "the same words?"."""
    words = plain(text)
    return words if words.isalnum() else _SOUNDLESS.sub("", words)


def has_han(text: str) -> bool:
    """Whether a Chinese character stands in `text`."""
    return _HAS_HAN.search(text) is not None
