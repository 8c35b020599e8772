"""Asking words typed by their sound (谁千头, shei qiantou) written as they are meant.

Only words that ask are mended here; what a question is about stays as typed, the search engine hears it by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache, lru_cache
from itertools import product

from knowledge.normal import DATA, has_han
from knowledge.patterns import regex
from knowledge.phonetic import cuts, flatten, readings, spellings

_CHINESE = regex(r"[^\W\x00-\xff]+")
_LETTERS = regex(r"[a-z']+(?: +[a-z']+)*")
# Characters that nobody types for the sound of another: mended words never begin or end in them.
_PARTICLES = frozenset("的地得了是不有在和与")
# Web and mail addresses are never pinyin.
_ADDRESS = regex(r"((?:https?://|www\.)[\x21-\x7e]+|[\w.]+@[\w.]+)")
# Words that sound like one of ours and are right as they stand.
_RIGHT = regex(
    r"(?<=[国地财纳缴免减退关契个收])税(?=牵|抓|管|配|负)|预期(?=目标|效果|收益|管理|引导|性)|引导预期|市场预期|社会预期|合理预期|[月年](?:第(?=[一二三四五六七八九十\d几])|低(?=保|收入|碳|温|空|压|龄|效|洼|价)|抵(?=押|扣|达|御))"
)

# di 72 xiang, 72tiao
_ITEM = regex(r"(?<![a-z])(?:di)?\s*(?P<n>\d{1,3})\s*(?:xiang|tiao)(?![a-z])")
# 配和, which ends in a word that nobody types for the sound of another.
_HELPS = regex(r"配和(?!谐|平|解)|陪合(?!同)|配何(?=单位)")


@cache
def _words() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words known by their sound even where characters were typed, and those known only in typed pinyin."""
    text = (DATA / "asking_words.txt").read_text(encoding="utf-8")
    written, _, typed = text.partition("[拼音]")
    parts = (written.partition("[汉字]")[2], typed)
    lines = ([line for line in part.splitlines() if not line.startswith("#")] for part in parts)
    distinct, more = (tuple(" ".join(part).split()) for part in lines)
    return distinct, more + distinct


@cache
def _beginnings() -> dict[tuple[str, ...], set[int]]:
    """The first two syllables of the words that are known by their sound → how many characters these have."""
    found: dict[tuple[str, ...], set[int]] = {}
    for sounds in _sounds(_words()[0]):
        found.setdefault(sounds[:2], set()).add(len(sounds))
    return found


@lru_cache(maxsize=16_384)
def _lengths(pair: str) -> tuple[int, ...]:
    """How many characters the words have that are known by their sound and may begin with these two, the most first."""
    if pair[0] in _PARTICLES:
        return ()
    sounds = product(*(readings(character)[:2] for character in pair))
    return tuple(sorted({length for two in sounds for length in _beginnings().get(two, ())}, reverse=True))


@cache
def _sounds(words: tuple[str, ...]) -> dict[tuple[str, ...], str]:
    """Flattened syllables → word, the first where two sound the same."""
    return _table(words, readings)


@cache
def _spelled(words: tuple[str, ...]) -> dict[tuple[str, ...], str]:
    """Syllables as they are spelled → word, the first where two are spelled the same."""
    return _table(words, spellings)


def _table(words: tuple[str, ...], heard: Callable[[str], tuple[str, ...]]) -> dict[tuple[str, ...], str]:
    table: dict[tuple[str, ...], str] = {}
    for word in words:
        for sound in product(*map(heard, word)):
            table.setdefault(sound, word)
    return table


def respelled(text: str) -> str:
    """`text` (written as `plain` writes it) with its asking words in the usual characters."""
    mended = _CHINESE.sub(
        lambda found: _mended(found[0]), _HELPS.sub("配合", text) if "合" in text or "配" in text else text
    )
    if not any("a" <= letter <= "z" for letter in mended):
        return mended
    mended = _ITEM.sub(r"第\g<n>项", mended)
    typed = "".join(part if _ADDRESS.match(part) else _LETTERS.sub(_typed_run, part) for part in _ADDRESS.split(mended))
    return re.sub(" {2,}", " ", typed).strip()


_CODED = regex(r"-?\d")


def _typed_run(found: re.Match[str]) -> str:
    """A run of letters; one that stands at a number is part of a code (A-01, 5A)."""
    numbered = found.start() > 0 and found.string[found.start() - 1].isdigit()
    coded = len(found[0]) == 1 and (numbered or _CODED.match(found.string, found.end()) is not None)
    return found[0] if coded else _typed(found[0])


def _mended(part: str) -> str:
    out, end = "", 0
    for at in range(len(part) - 1):
        if at < end or not (lengths := _lengths(part[at : at + 2])):
            continue
        word = _heard(part, at, lengths)
        if word is not None and not any(found.start() <= at < found.end() for found in _RIGHT.finditer(part)):
            out, end = out + part[end:at] + word, at + len(word)
    return out + part[end:]


def _heard(part: str, at: int, lengths: tuple[int, ...]) -> str | None:
    """The longest word of ours that is heard at `at`; at least half of its characters must be right as typed."""
    table = _sounds(_words()[0])
    for length in lengths:
        written = part[at : at + length]
        if not 1 < length == len(written) or written[-1] in _PARTICLES:
            continue
        for sound in product(*(readings(character)[:2] for character in written)):
            word = table.get(sound)
            if word and sum(one == other for one, other in zip(word, written, strict=True)) * 2 >= length:
                return word
    return None


def _typed(part: str) -> str:
    """A run of typed pinyin with its asking words in characters; anything else stays as it was."""
    words = part.split()
    if not all(_pinyin(word) for word in words):
        pieces = [_typed(word) if _pinyin(word) and len(words) > 1 else word for word in words]
        return " ".join(pieces)
    return "".join(_written(words))


def _stands_apart(start: int, end: int, edges: Collection[int]) -> bool:
    """Whether the syllables from `start` to `end` are words as typed, or a part of one of at least two syllables: 为什么 does not stand in
    xuewei shenme."""
    if end - start > 1 and not any(start < edge < end for edge in edges):
        return True
    return start in edges and end in edges


def _pinyin(word: str) -> bool:
    return not has_han(word) and bool(cuts(word.replace("'", "")))


def _written(words: Iterable[str]) -> Iterator[str]:
    sounds: list[str] = []
    edges = {0}
    for word in words:
        sounds += _cut(word.replace("'", ""))
        edges.add(len(sounds))
    run = _Run(sounds, edges)
    at, before = 0, ""
    while at < len(sounds):
        before = run.word(at) or run.alone(at, before)
        yield before or (" " if at in edges else "") + sounds[at] + (" " if at + 1 in edges else "")
        at += max(1, len(before))


def _cut(word: str) -> tuple[str, ...]:
    """The way to cut a typed word into the fewest syllables, and of several that in which most of it asks: fang an and not fan gan."""
    ways = [way for way in cuts(word) if len(way) == len(cuts(word)[0])]
    return ways[0] if len(ways) == 1 else max(ways, key=lambda way: _Run(way, {0, len(way)}).known)


# One syllable is many words: 谁 and not 水, 是 and not 市 is meant only next to another word that asks.
_ALONE = {
    "shui": "谁", "shei": "谁", "le": "了", "yao": "要", "gui": "归", "guan": "管", "shi": "是", "de": "的", "qian": "前", "you": "有", "ma": "吗", "mei": "没",
}  # fmt: skip
_SURELY = frozenset({"shei", "de"})
_BEHIND_A_WORD = frozenset("了要")
# What the word behind one of these begins with: 水 is meant before 谁 and 的, 城管 before 牵头, 市 before 方案.
_FITS = {
    "谁": regex(r"(?![谁的])"),
    "管": regex(r"[的了哪什几多啥]|$"),
    "是": regex(r"[谁哪什啥几多不第要由怎何牵负责配干做主这那有]"),
    "有": regex(r"[谁哪什啥几多没牵负责配到要]"),
    "吗": regex("$"),
    "没": regex("$"),
    "一共": regex(r"[有几多哪是涉分牵负责配参要]"),
}
_ANY = regex(".?")
_WITH_WHAT_FOLLOWS = frozenset({"谁", "一共"})
# A word of fewer syllables is meant only where it is spelled as it is: qi xiang is 气象 and no 期限.
_UNMISTAKEN = 3


@cache
def _longest() -> int:
    return max(map(len, _words()[1]))


class _Run:
    """The syllables of typed pinyin, and where in them a word as typed begins or ends. What stands at a place is decided from the last
    place to the first, for whether a word is meant depends on what follows it."""

    def __init__(self, sounds: Iterable[str], edges: Collection[int]) -> None:
        self._typed, self._edges = tuple(sounds), edges
        self._flat = tuple(map(flatten, self._typed))
        self._words, self._letters = [""] * len(self._typed), [""] * len(self._typed)
        for at in reversed(range(len(self._typed))):
            self._words[at], self._letters[at] = self._longest_word(at), self.alone(at, "的")

    def word(self, at: int) -> str:
        """The longest word of ours of two syllables or more that begins at `at`, or nothing."""
        return self._words[at]

    def alone(self, at: int, before: str) -> str:
        """The word of one syllable at `at`, behind the word `before` (empty where none of ours stands there), or nothing."""
        word = _ALONE.get(self._typed[at], "")
        if not word or not (before or at in self._edges):
            return ""
        follows = self._goes_on(at + 1, word)
        surely = self._typed[at] in _SURELY or (len(before) > 1 and word in _BEHIND_A_WORD)
        return word if follows or (surely and at + 1 in self._edges) else ""

    @property
    def known(self) -> int:
        """How many of the syllables are in words of ours."""
        at = found = 0
        while at < len(self._typed):
            length = len(self.word(at))
            at, found = at + max(1, length), found + length
        return found

    def _longest_word(self, at: int) -> str:
        exact, heard = _spelled(_words()[1]), _sounds(_words()[1])
        for end in range(min(len(self._flat), at + _longest()), at + 1, -1):
            word = exact.get(self._typed[at:end], "")
            if not word and end - at >= _UNMISTAKEN:
                word = heard.get(self._flat[at:end], "")
            if word and _stands_apart(at, end, self._edges) and self._may_stand(word, end):
                return word
        return ""

    def _may_stand(self, word: str, end: int) -> bool:
        ends = word if word in _FITS else word[-1]
        return ends not in _WITH_WHAT_FOLLOWS or self._goes_on(end, ends)

    def _goes_on(self, at: int, behind: str) -> bool:
        """Whether the run ends at `at`, or goes on with a word of ours that may stand behind the word `behind`."""
        if at < len(self._typed) and not (self._words[at] or self._letters[at]):
            return False
        word = self._words[at] or self._letters[at] if at < len(self._typed) else ""
        return _FITS.get(behind, _ANY).match(word) is not None
