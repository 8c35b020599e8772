"""What a question is about, once the words that only ask, greet and fill are gone.

A topic is a row of tokens: one Chinese character, one word of letters or digits (ipv6, 12315), or one syllable of
typed pinyin. Where something was taken out, or punctuation stood, neighbours are no longer neighbours.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import pairwise, product
from typing import NamedTuple

from knowledge.identity import Remembered
from knowledge.lexicon import Lexicon
from knowledge.normal import HAN, has_han, plain
from knowledge.patterns import regex
from knowledge.phonetic import cuts, flatten, readings
from knowledge.search.grams import run_together

_PART = regex(rf"{HAN}+|[a-zü]*\d[a-z\d]*(?:[.+-]\d+)*|[a-zü']+")
# 改没改, 合不合格: the question in the middle goes.
_OR_NOT = regex(rf"({HAN})[没不]\1")
# 谁起草谁解读 is a principle and not a question.
_PRINCIPLE = regex(rf"谁({HAN}{{2}})[、,]?谁({HAN}{{2}})")
# 是哪个部门来负责的: who is asked for, in all its wordings.
_ASKING = regex(
    r"[是由归该都让叫]*(?:谁|(?:哪|那|什么|啥|何)(?:些|几?个|几?家|俩|两[个家]?|仨)?(?:部门|单位|科室|处室|局|科|处|委办局)(?!规|门))"
    r"(?:来|去|在|给)?(?:排(?:在)?(?:首位|第一[位个])|牵头|负责|主责|配合|落实|承办|主办|督办|督查|管|盯着?|抓|弄|做|干|搞)?[的了]?"
)
# The characters of words that ask.
_ASKS = frozenset("谁哪啥咋怎么几何多不没")
# Characters that join words without belonging to them: 捐的款 is 捐款. Not 地 (征地) nor 得, 着, 过.
PARTICLES = frozenset("的了之")
# A filler of so many syllables is taken off only where a typed word begins; longer ones anywhere, shorter ones nowhere.
_SOUND_WORD = 2
_WHO = frozenset({"sei"})
# Spoken phrases longer than this hold no filler.
_PHRASE = 5
# So many texts are kept with their tokens: a question is looked at from several sides.
_REMEMBERED = 256
_read: Remembered[dict[str, tuple[Token, ...]]] = Remembered(4)


class Kind(Enum):
    """What a token is."""

    CHARACTER = "character"
    WORD = "word"
    SYLLABLE = "syllable"


class Token(NamedTuple):
    """`text` as compared; `run` tells neighbours: tokens of one run stand together. `skipped`: a particle before it.

    `weak`: it may be part of the subject or mere padding, so its absence says nothing. `loose`: so may this one
    character, unless it makes a word with its neighbour.
    """

    text: str
    kind: Kind
    run: int
    skipped: bool = False
    weak: bool = False
    loose: bool = False
    typed: str = ""

    @property
    def shown(self) -> str:
        """As it was typed: a syllable before it was flattened."""
        return self.typed or self.text


@dataclass(frozen=True, slots=True)
class Topic:
    """The tokens of a question's subject, in order."""

    tokens: tuple[Token, ...]

    @property
    def words(self) -> str:
        """The topic as text, runs apart."""
        out = ""
        for before, token in zip((None, *self.tokens), self.tokens, strict=False):
            apart = before is not None and (before.run != token.run or token.kind is not Kind.CHARACTER)
            out += (" " if apart else "") + token.shown
        return out


Weigh = Callable[[tuple[str, ...]], float]


def _evenly(_: tuple[str, ...]) -> float:
    return 0.0


def topic_of(text: str, lexicon: Lexicon, weigh: Weigh = _evenly, known: Callable[[str], bool] | None = None) -> Topic:
    """The tokens of `text` without fillers. When nothing is left but fillers, nothing is left.

    `weigh` tells how much a cutting of pinyin into syllables means to the documents; `known` whether a word of
    letters stands in them, so that it is not taken for pinyin.
    """
    line = run_together(_apart(text))
    if "没" in line or "不" in line:
        line = _OR_NOT.sub(r"\1", line)
    if "谁" in line:
        line = _PRINCIPLE.sub(r" \1 \2", line)
    parts = _PART.findall(_ASKING.sub(" ", line))
    tokens: list[Token] = []
    run = 0
    sounds: list[str] = []
    for part in parts:
        letters = part.replace("'", "")
        if not has_han(part) and _is_pinyin(part, known):
            sounds.extend((*_best_cut(part, weigh), ""))
            continue
        tokens, run, sounds = _said(tokens, run + 1, sounds, lexicon)
        if has_han(part):
            tokens, run = _spelled(tokens, run, part, lexicon)
        else:
            tokens.append(Token(letters, Kind.WORD, run))
    tokens, run, sounds = _said(tokens, run, sounds, lexicon)
    return Topic(tuple(tokens))


def tokens_of(text: str, lexicon: Lexicon) -> tuple[Token, ...]:
    """The tokens of `topic_of(text, lexicon)`; the last ones are remembered."""
    known = _read.of((lexicon,), dict)
    tokens = known.get(text)
    if tokens is None:
        if len(known) >= _REMEMBERED:
            known.clear()
        tokens = known[text] = topic_of(text, lexicon).tokens
    return tokens


def _apart(text: str) -> str:
    """`plain`, but what people set apart with blanks stays apart, unless every character is (市 财 政 局)."""
    pieces = text.split()
    if max(map(len, pieces), default=0) < _SOUND_WORD:
        return plain(text)
    return "\n".join(map(plain, pieces))


def _is_pinyin(part: str, known: Callable[[str], bool] | None) -> bool:
    if any(letter.isdigit() for letter in part) or (known is not None and known(part)):
        return False
    return all(cuts(piece) for piece in part.split("'") if piece)


def _best_cut(part: str, weigh: Weigh) -> tuple[str, ...]:
    """The syllables of one typed word, apostrophes respected.

    The fewest syllables count (dian, not di an); among equals the cutting that the documents know.
    """
    chosen: tuple[str, ...] = ()
    for piece in filter(None, part.split("'")):
        ways = cuts(piece)
        fewest = (way for way in ways if len(way) == len(ways[0]))
        chosen += max(fewest, key=lambda way: weigh(tuple(map(flatten, way))))
    return chosen


def _said(tokens: list[Token], run: int, sounds: list[str], lexicon: Lexicon) -> tuple[list[Token], int, list[str]]:
    """Append the collected syllables (words end with "") without the fillers among them."""
    if not sounds:
        return tokens, run, sounds
    typed = [sound for sound in sounds if sound]
    flat = [flatten(sound) for sound in typed]
    starts = _word_starts(sounds)
    table, longest = _filler_sounds(lexicon.fillers)
    at, weak = 0, 0
    run += 1
    while at < len(flat):
        length = _filler_length(flat, at, table, longest, starts)
        if length:
            run += 1
        else:
            weak = max(weak, at + _filler_length(flat, at, *_filler_sounds(lexicon.weak), starts))
            tokens.append(Token(flat[at], Kind.SYLLABLE, run, weak=at < weak, typed=typed[at]))
        at += max(length, 1)
    return tokens, run + 1, []


def _word_starts(sounds: Iterable[str]) -> frozenset[int]:
    """Indices of the syllables at which typed words begin."""
    starts, at = {0}, 0
    for sound in sounds:
        at += bool(sound)
        if not sound:
            starts.add(at)
    return frozenset(starts)


def _filler_length(
    flat: list[str],
    at: int,
    table: frozenset[tuple[str, ...]],
    longest: int,
    starts: frozenset[int],
) -> int:
    for length in range(min(longest, len(flat) - at), 1, -1):
        if tuple(flat[at : at + length]) in table and (at in starts or length > _SOUND_WORD):
            return length
    # One syllable alone can be too many words: only a last 谁 is surely one that asks.
    return int(at == len(flat) - 1 and at in starts and flat[at] in _WHO)


@lru_cache(maxsize=8)
def _filler_sounds(fillers: frozenset[str]) -> tuple[frozenset[tuple[str, ...]], int]:
    """The fillers as syllables, in every reading, and the longest's length."""
    table = frozenset(
        sounds for word in fillers if len(word) <= 6 and has_han(word) for sounds in product(*map(readings, word))
    )
    return table, max(map(len, table), default=0)


@lru_cache(maxsize=8)
def _filler_openings(fillers: frozenset[str]) -> frozenset[tuple[str, ...]]:
    """The first two syllables of the fillers, in every reading."""
    return frozenset(sounds[:2] for sounds in _filler_sounds(fillers)[0])


def muffled(tokens: tuple[Token, ...], fillers: frozenset[str], known: Callable[[str], bool]) -> tuple[Token, ...]:
    """`tokens` with those made weak that sound like a filler and stand in no document: 千头 for 牵头, 则任单位."""
    table, longest = _filler_sounds(fillers)
    opened = _filler_openings(fillers)
    # What has no sound is in no filler.
    sounds = tuple([(*readings(token.text), "")[0] if token.kind is Kind.CHARACTER else "" for token in tokens])
    found = list(tokens)
    for start, pair in enumerate(pairwise(sounds)):
        if pair not in opened:
            continue
        for end in range(min(len(tokens), start + longest), start + 1, -1):
            if sounds[start:end] not in table or tokens[end - 1].run != tokens[start].run:
                continue
            if not all(known(one.text + other.text) for one, other in pairwise(tokens[start:end])):
                found[start:end] = [token._replace(weak=True) for token in tokens[start:end]]
                break
    return tuple(found)


def _spelled(tokens: list[Token], run: int, part: str, lexicon: Lexicon) -> tuple[list[Token], int]:
    """Append the characters of a Chinese part without its fillers; particles only leave a mark."""
    behind_letters = bool(tokens) and tokens[-1].kind is Kind.WORD  # the 的 of PPP的信息 is no part of 的信息
    at, skipped = int(behind_letters and len(part) > 1 and part[0] in PARTICLES), False
    weak = 0
    while at < len(part):
        length = _length(part, at, lexicon.fillers)
        if length and _within_phrase(part, at, length, lexicon.phrases.keys()):
            length = 0
        padding = _length(part, at, lexicon.weak)
        weak = max(weak, at + padding) if padding > 1 else weak
        if length:
            run += 1
            skipped = False
        elif part[at] in PARTICLES and 0 < at < len(part) - 1:
            skipped = True
        else:
            tokens.append(Token(part[at], Kind.CHARACTER, run, skipped, at < weak, padding == 1))
            skipped = False
        at += max(length, 1)
    return tokens, run


def _within_phrase(part: str, at: int, length: int, phrases: Container[str]) -> bool:
    """Whether a spoken phrase holds the filler of that length at `at`: 老师 greets, but not in 老师不够.

    What asks does so in a phrase too (电够不够, 水费怎么定).
    """
    return not _ASKS.intersection(part[at : at + length]) and any(
        end - start > length and part[start:end] in phrases
        for start in range(max(0, at + length - _PHRASE), at + 1)
        for end in range(at + length, min(len(part), start + _PHRASE) + 1)
    )


def _length(part: str, at: int, words: frozenset[str]) -> int:
    """The length of the longest of `words` that stands at `at`, 0 for none."""
    for length in _lengths(words).get(part[at], ()):
        if at + length <= len(part) and part[at : at + length] in words:
            return length
    return 0


@lru_cache(maxsize=8)
def _lengths(words: frozenset[str]) -> dict[str, tuple[int, ...]]:
    """The first characters of `words` → how long these words are, longest first."""
    found: dict[str, set[int]] = {}
    for word in filter(None, words):
        found.setdefault(word[0], set()).add(len(word))
    return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in found.items()}
