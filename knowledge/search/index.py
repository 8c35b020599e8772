"""Which rows a topic means: grams of characters, official words for spoken ones, and sounds, in plain Python.

A row's score is the share of the topic's information that the row covers, so it lies in 0..1 and says how sure we
may be. The weight of a character is the smallest idf among the known bigrams that cover it (the accidental bigram
over a word boundary does not count); how well it is covered is decided by the best evidence there is. Sounds are
asked only when the characters leave a doubt.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from itertools import pairwise
from operator import mul

from knowledge.lexicon import Lexicon, shipped
from knowledge.normal import bare
from knowledge.phonetic import readings
from knowledge.search.confidence import Signs, confidence
from knowledge.search.grams import Postings, Sounds, grams
from knowledge.search.topic import Kind, Token, muffled, phrases_by_sound, topic_of

# How much of a character's weight each kind of evidence is worth.
EXACT, SYNONYM, SKIPPED, TYPED_SOUND, SOUND, LONE = 1.0, 0.88, 0.8, 0.92, 0.8, 0.2
# A stretch of the topic that stands in a row word for word, from so many characters on, is covered this well; looked for
# in the best rows only.
VERBATIM, VERBATIM_LEAST, CLOSE_LOOK = 0.92, 4, 16
# The longest spoken phrase looked for, and the particle that may stand in one (吃的, 种地的).
_SPOKEN, _PARTICLE = 8, "的"
# What the information of a word counts that may be mere padding.
WEAK, LOOSE = 0.4, 0.8
# Below this best score the sounds are asked too.
SURE = 0.72
# Rows looked at closely; the rest cannot be among the first ten.
CANDIDATES = 96
# Rows with less than this share of the most evidence are not looked at.
FLOOR = 0.15
# A topic longer than this is cut: nobody asks a question of two hundred characters.
LONGEST = 120
# What a field's words are worth against those of the text.
FIELDS: Mapping[str, float] = {"text": 1.0, "section": 0.45, "units": 0.3, "title": 0.25}


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that can be found: its key and its fields by name (text, section, units, title)."""

    key: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that the topic may mean.

    `confidence` 0..1 is the chance that it is the row meant, `score` 0..1 the share of the topic it covers. `matched`
    and `unmatched` are the topic's words that speak for it and that nothing in it speaks for; `missing` is the share
    of the topic's information in the latter.
    """

    key: str
    confidence: float
    score: float
    matched: tuple[str, ...] = ()
    unmatched: tuple[str, ...] = ()
    missing: float = 0.0


@dataclass(frozen=True, slots=True)
class _Clue:
    """Evidence for the tokens from `start` to `end` (excluded): the rows that have it and how strongly."""

    start: int
    end: int
    worth: float
    rows: Mapping[int, float]
    idf: float


@dataclass(frozen=True, slots=True)
class _Scored:
    row: int
    score: float
    cover: list[float]


class Index:
    """Rows that can be searched. Immutable; `rank` never raises, whatever the topic."""

    def __init__(self, rows: Iterable[Row], lexicon: Lexicon | None = None) -> None:
        self.rows = tuple(rows)
        self.lexicon = lexicon or shipped()
        self._postings = Postings((row.fields for row in self.rows), FIELDS)
        self._number = {row.key: number for number, row in enumerate(self.rows)}

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def _sounds(self) -> Sounds:
        return Sounds(self._postings)

    @cached_property
    def _same_words(self) -> dict[str, list[int]]:
        table: dict[str, list[int]] = {}
        for number, row in enumerate(self.rows):
            table.setdefault(bare(row.fields.get("text", "")), []).append(number)
        return table

    def with_rows(self, rows: Iterable[Row], without: Collection[str] = ()) -> Index:
        """A new index with `rows` added (a known key is replaced) and the keys of `without` gone."""
        fresh = {row.key: row for row in rows}
        kept = {row.key: row for row in self.rows if row.key not in without}
        return Index({**kept, **fresh}.values(), self.lexicon)

    def rank(self, topic: str, keep: Collection[str] | None = None, limit: int = 10) -> list[Hit]:
        """The rows that `topic` may mean, best first, at most `limit`; only those whose keys are in `keep`."""
        tokens = self._tokens(topic)
        if not tokens or not self.rows:
            return []
        allowed = None if keep is None else {self._number[key] for key in keep if key in self._number}
        clues = [*self._spelled(tokens), *self._meant(tokens)]
        scored, weights = self._scored(tokens, clues, allowed)
        if not scored or scored[0].score < SURE or any(token.kind is Kind.SYLLABLE for token in tokens):
            tokens = muffled(tokens, self.lexicon.fillers, self._postings.table.__contains__)
            clues += self._heard(tokens)
            scored, weights = self._scored(tokens, clues, allowed)
        scored = self._same_first(scored, topic, len(tokens), allowed)
        return self._hits(scored[: max(0, limit)], tokens, weights, scored)

    def _tokens(self, topic: str) -> tuple[Token, ...]:
        text = topic[: LONGEST * 2]
        if not any(letter.isascii() and letter.isalpha() for letter in text):
            return topic_of(text, self.lexicon).tokens[:LONGEST]
        return topic_of(text, self.lexicon, self._sounds.weigh, self._postings.table.__contains__).tokens[:LONGEST]

    def _spelled(self, tokens: tuple[Token, ...]) -> Iterator[_Clue]:
        """Pairs of characters and words as they are written."""
        for at, token in enumerate(tokens):
            if token.kind is Kind.WORD:
                yield from self._clue(at, at + 1, EXACT, self._postings.find(token.text))
            elif at + 1 < len(tokens) and token.kind is tokens[at + 1].kind is Kind.CHARACTER:
                after = tokens[at + 1]
                if after.run == token.run:
                    worth = SKIPPED if after.skipped else EXACT
                    yield from self._clue(at, at + 2, worth, self._postings.find(token.text + after.text))

    def _clue(self, start: int, end: int, worth: float, rows: Mapping[int, float]) -> Iterator[_Clue]:
        if rows:
            yield _Clue(start, end, worth, rows, self._postings.idf(len(rows)))

    def _meant(self, tokens: tuple[Token, ...]) -> Iterator[_Clue]:
        """Official phrases for spoken ones, with the particles that were said or without, also for typed pinyin."""
        for said, places in _writings(tokens):
            for start in range(len(said)):
                for end in range(start + 2, min(len(said), start + _SPOKEN) + 1):
                    for official in self.lexicon.phrases.get(said[start:end], ()):
                        yield from self._clue(places[start], places[end - 1] + 1, SYNONYM, self._holding(official))
        if Kind.SYLLABLE in {token.kind for token in tokens}:
            yield from self._meant_by_sound(tokens)

    def _meant_by_sound(self, tokens: tuple[Token, ...]) -> Iterator[_Clue]:
        spoken = phrases_by_sound(self.lexicon)
        for start in range(len(tokens)):
            for end in range(start + 2, min(len(tokens), start + 5) + 1):
                if all(token.kind is Kind.SYLLABLE for token in tokens[start:end]):
                    for official in spoken.get(tuple(token.text for token in tokens[start:end]), ()):
                        yield from self._clue(start, end, SYNONYM * TYPED_SOUND, self._holding(official))

    def _holding(self, phrase: str) -> Mapping[int, float]:
        """The rows that hold a whole phrase, with the weight of its weakest pair."""
        pairs = [self._postings.find(gram) for gram in grams(phrase)]
        if not pairs or not all(pairs):
            return {}
        fewest = min(pairs, key=len)
        return {row: min(pair[row] for pair in pairs) for row in fewest if all(row in pair for pair in pairs)}

    def _heard(self, tokens: tuple[Token, ...]) -> Iterator[_Clue]:
        """Pairs that sound alike."""
        sounds = [(token.text,) if token.kind is Kind.SYLLABLE else readings(token.text) for token in tokens]
        for at, (token, after) in enumerate(pairwise(tokens)):
            if token.run == after.run and sounds[at] and sounds[at + 1]:
                # Who types pinyin means its sound; who types characters meant others only if these fit badly.
                worth = TYPED_SOUND if token.kind is after.kind is Kind.SYLLABLE else SOUND
                yield from self._clue(at, at + 2, worth, self._sounds.find(sounds[at], sounds[at + 1]))

    def _weights(self, tokens: tuple[Token, ...], clues: list[_Clue]) -> list[float]:
        """What each token is worth: the least informative known pair around it, written evidence before the rest."""
        weights: list[float | None] = [None] * len(tokens)
        for worth in sorted({clue.worth for clue in clues}, reverse=True):
            found: dict[int, float] = {}
            for clue in clues:
                if clue.worth == worth:
                    for at in range(clue.start, clue.end):
                        found[at] = min(clue.idf, found.get(at, clue.idf))
            for at, idf in found.items():
                if weights[at] is None:
                    weights[at] = idf
        unknown = self._postings.unknown
        return [_worth(token, weight, unknown) for token, weight in zip(tokens, weights, strict=True)]

    def _scored(
        self, tokens: tuple[Token, ...], clues: list[_Clue], allowed: Collection[int] | None
    ) -> tuple[list[_Scored], list[float]]:
        weights = self._weights(tokens, clues)
        total = sum(weights) or 1.0
        covers = self._covers(self._candidates(clues, weights, allowed), tokens, clues)
        scored = [_Scored(row, sum(map(mul, weights, cover)) / total, cover) for row, cover in covers.items()]
        scored.sort(key=lambda one: (-one.score, one.row))
        for one in scored[:CLOSE_LOOK]:
            one.cover[:] = _verbatim(tokens, one.cover, self._postings.texts[one.row])
        near = [_Scored(one.row, sum(map(mul, weights, one.cover)) / total, one.cover) for one in scored[:CLOSE_LOOK]]
        near.sort(key=lambda one: (-one.score, one.row))
        return near + scored[CLOSE_LOOK:], weights

    def _candidates(self, clues: list[_Clue], weights: list[float], allowed: Collection[int] | None) -> Iterable[int]:
        """The rows worth a close look, by the sum of their evidence; rare evidence is read first."""
        mass = {id(clue): clue.worth * sum(weights[clue.start : clue.end]) for clue in clues}
        found: dict[int, float] = {}
        rest = sum(mass.values())
        for clue in sorted(clues, key=lambda clue: len(clue.rows)):
            settled = len(found) >= CANDIDATES and rest < 0.5 * max(found.values())
            rest -= mass[id(clue)]
            if settled:
                continue
            for row, weight in clue.rows.items():
                if allowed is None or row in allowed:
                    found[row] = found.get(row, 0.0) + mass[id(clue)] * weight
        floor = FLOOR * max(found.values(), default=0.0)
        near = [row for row, evidence in found.items() if evidence >= floor]
        return nlargest(CANDIDATES, near, key=lambda row: (found[row], -row))

    def _covers(self, rows: Iterable[int], tokens: tuple[Token, ...], clues: list[_Clue]) -> dict[int, list[float]]:
        """How well each token is covered by each row: the best evidence wins."""
        covers = {row: [0.0] * len(tokens) for row in rows}
        for clue in clues:
            for row in clue.rows.keys() & covers.keys():
                cover, worth = covers[row], clue.worth * clue.rows[row]
                for at in range(clue.start, clue.end):
                    if worth > cover[at]:
                        cover[at] = worth
        lone = [(at, token.text) for at, token in enumerate(tokens) if token.kind is Kind.CHARACTER]
        for row, cover in covers.items():
            text = self._postings.texts[row]
            for at, character in lone:
                if cover[at] < LONE and character in text:
                    cover[at] = LONE
        return covers

    def _same_first(
        self, scored: list[_Scored], topic: str, tokens: int, allowed: Collection[int] | None
    ) -> list[_Scored]:
        """A row whose text is the topic word for word stands first, with a full score."""
        rows = [row for row in self._same_words.get(bare(topic), ()) if allowed is None or row in allowed]
        same = [_Scored(row, 1.0, [1.0] * tokens) for row in rows]
        return same + [one for one in scored if one.row not in rows]

    def _hits(
        self, best: list[_Scored], tokens: tuple[Token, ...], weights: list[float], scored: list[_Scored]
    ) -> list[Hit]:
        total, rarest, asked = sum(weights) or 1.0, self._postings.idf(1), sum(weight > 0 for weight in weights)
        hits = []
        for place, one in enumerate(best):
            rival = scored[1 if place == 0 else 0].score if len(scored) > 1 else 0.0
            bare_of = [at for at, cover in enumerate(one.cover) if cover <= LONE]
            missing = sum(weights[at] for at in bare_of) / total
            signs = Signs(one.score, total * one.score / rarest, missing, asked, one.score - rival)
            hits.append(
                Hit(
                    key=self.rows[one.row].key,
                    confidence=confidence(signs),
                    score=min(1.0, one.score),
                    matched=_words(tokens, [at for at, cover in enumerate(one.cover) if cover > LONE]),
                    unmatched=_words(tokens, bare_of),
                    missing=missing,
                )
            )
        return hits


def _verbatim(tokens: tuple[Token, ...], cover: list[float], text: str) -> list[float]:
    """`cover` with the tokens raised that stand in the text as one stretch of at least four characters."""
    raised, at = list(cover), 0
    while at <= len(tokens) - VERBATIM_LEAST:
        end = at + 1
        while end < len(tokens) and _goes_on(tokens[end - 1], tokens[end]) and _stretch(tokens, at, end + 1) in text:
            end += 1
        if end - at >= VERBATIM_LEAST:
            raised[at:end] = [max(VERBATIM, one) for one in raised[at:end]]
        at = max(end - 1, at + 1)
    return raised


def _goes_on(token: Token, after: Token) -> bool:
    return token.kind is after.kind is Kind.CHARACTER and token.run == after.run and not after.skipped


def _stretch(tokens: tuple[Token, ...], start: int, end: int) -> str:
    return "".join(token.text for token in tokens[start:end])


def _writings(tokens: tuple[Token, ...]) -> Iterator[tuple[str, list[int]]]:
    """The topic as one string, with the token behind each character: without particles, and with those left out."""
    plainly = "".join(token.text if token.kind is Kind.CHARACTER else "\0" for token in tokens)
    yield plainly, list(range(len(tokens)))
    if any(token.skipped for token in tokens):
        pairs = [(sign, at) for at, token in enumerate(tokens) for sign in _with_particle(token, plainly[at])]
        # A particle belongs to the word before it.
        yield "".join(sign for sign, _ in pairs), [at - (sign == _PARTICLE) for sign, at in pairs]


def _with_particle(token: Token, sign: str) -> str:
    return _PARTICLE + sign if token.skipped else sign


def _worth(token: Token, weight: float | None, unknown: float) -> float:
    """What a token counts whose written or heard pairs weigh `weight`, None where no row knows any."""
    if weight is None:
        return 0.0 if token.weak or token.loose else unknown
    return WEAK * weight if token.weak else LOOSE * weight if token.loose else weight


def _words(tokens: tuple[Token, ...], places: list[int]) -> tuple[str, ...]:
    """The tokens at `places` as words: neighbours together, syllables apart."""
    words: list[str] = []
    before: int | None = None
    for at in places:
        if before is not None and before == at - 1 and tokens[before].run == tokens[at].run:
            words[-1] += (" " if tokens[at].kind is Kind.SYLLABLE else "") + tokens[at].shown
        else:
            words.append(tokens[at].shown)
        before = at
    return tuple(words)
