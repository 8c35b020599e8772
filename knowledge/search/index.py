"""Which rows a topic means: grams of characters, official words for spoken ones, and sounds.

A row's score is the share of the topic's information that the row covers, so it lies in 0..1 and says how sure we
may be. The weight of a character is the smallest idf among the known bigrams that cover it (the accidental bigram
over a word boundary does not count); how well it is covered is decided by the best evidence there is. Sounds are
asked only when the characters leave a doubt.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from math import log
from operator import attrgetter, mul
from typing import NamedTuple

from knowledge.lexicon import Lexicon, shipped
from knowledge.normal import bare
from knowledge.search.clues import AMID_SPOKEN_SOUND, LONE, SOUND, TYPED_SOUND, Clue, Seeker, Way, apart, information
from knowledge.search.confidence import (
    FEWEST,
    NOWHERE,
    UNLIKELY,
    Amid,
    Signs,
    confidence,
    confidence_amid,
    confidence_among,
)
from knowledge.search.covering import cover_heard, cover_lone, cover_verbatim, may_hold, share_held
from knowledge.search.held import NOBODY, Row
from knowledge.search.hints import Hints
from knowledge.search.layers import Layers
from knowledge.search.proofs import Look, Proof, proofs
from knowledge.search.spoken import TERM, Speech, speech_of
from knowledge.search.terms import unspoken
from knowledge.search.topic import Kind, Token, topic_of
from knowledge.search.weighing import at_most, in_other_words, sought_of, weights_of

__all__ = ["Hit", "Index", "Row"]

# An official phrase says something by itself from so much information on; more stretches of the topic than this say no more.
TELLING, MANY = 0.8, 4
# So many characters that belong to no official phrase make a topic everyday talk.
TELLS = 2
# Rows that cover less than this share of what the best covers are none of the hits.
FLOOR = 0.15
# Below this best score the sounds are asked too.
SURE = 0.72
# So many of the best are weighed against each other by hints: those that cover this share of what the best covers, and a few in any
# case. Of 1,140 paraphrases by twelve hands as many find their row first as with twice as many.
HINTED_AT, HINTED_LEAST, HINTED_ALWAYS = 8, 0.5, 4
# A topic longer than this is cut: nobody asks a question of two hundred characters.
LONGEST = 120
# Of rows left open so many are told at most.
TOLD = 3
# So many topics are kept with what was found for them.
_REMEMBERED = 16
# Nobody looks at more hits than this, or weighs more by hints: the order among equals of the rest is not settled.
_SHOWN = 6
_SETTLED = max(_SHOWN, HINTED_AT)


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that the topic may mean.

    `confidence` 0..1 is the chance that it is the row meant, `score` 0..1 the share of the topic it covers; `missing` is
    the share of the topic's information that nothing in the row speaks for. `spoken`: nothing of the topic stands in the
    row as it was said, only other words for it; `everyday`: some of what was said are no official words themselves. `open`: words
    that no row holds leave it open which row is meant, so that the hits were weighed against each other by hints too; `hints`:
    what in the row is hinted at most, where an explanation was asked for. `among` 0..1 is the chance that the row meant is there at
    all and one of the first three, told of the first alone where the hits were weighed by hints. `strange`: an official term was said
    that the row does not speak of.
    """

    key: str
    confidence: float
    score: float
    missing: float
    spoken: bool
    everyday: bool
    open: bool
    _tokens: tuple[Token, ...] = field(repr=False)
    _cover: tuple[float, ...] = field(repr=False)
    hints: tuple[str, ...] = ()
    among: float = 0.0
    strange: bool = False

    @property
    def matched(self) -> tuple[str, ...]:
        """The topic's words that speak for the row."""
        return _words(self._tokens, [at for at, cover in enumerate(self._cover) if cover > LONE])

    @property
    def unmatched(self) -> tuple[str, ...]:
        """The topic's words that nothing in the row speaks for."""
        return _words(self._tokens, [at for at, cover in enumerate(self._cover) if cover <= LONE])


class _Scored(NamedTuple):
    row: int
    score: float
    cover: list[float]
    by: list[int] | None = None
    standing: float | None = None
    explained: float = 0.0


class _Seen(NamedTuple):
    """What speaks for which rows, and the hits that were told of them, by how many were asked for."""

    look: Look
    scored: list[_Scored]
    told: dict[int, list[Hit]]


_score_of = attrgetter("score")


class Index:
    """Rows that can be searched. Immutable; `rank` never raises, whatever the topic."""

    def __init__(self, rows: Iterable[Row] = (), lexicon: Lexicon | None = None, layers: Layers | None = None) -> None:
        self.lexicon = lexicon or shipped()
        self._layers = layers or Layers.of(rows)
        self._seeker = Seeker(self._layers, self.lexicon)
        self._last: dict[tuple[str, float], _Seen] = {}

    def __len__(self) -> int:
        return len(self._layers)

    @cached_property
    def _rarest(self) -> float:
        return log(1 + len(self))

    @property
    def outgrown(self) -> bool:
        """Whether so much was changed that it is better made anew."""
        return self._layers.outgrown

    def with_rows(self, rows: Iterable[Row], without: Collection[str] = ()) -> Index:
        """A new index with `rows` added (a known key is replaced) and the keys of `without` gone."""
        return Index(lexicon=self.lexicon, layers=self._layers.changed(rows, without))

    def speaks(self, words: str) -> bool:
        """Whether `words` may be of a subject: two characters of them stand together in a row, or the thesaurus knows a phrase in
        them. Mere padding is of none."""
        speech = speech_of(words, self.lexicon, LONGEST)
        if any(len(said) > 1 for _, _, said in speech.places):
            return True
        tokens = [token if not (token.weak or token.loose) else None for token in speech.tokens]
        return any(self._layers.knows(one.text) for one in tokens if one and one.kind is Kind.WORD) or any(
            self._layers.knows(one.text + other.text)
            for one, other in pairwise(tokens)
            if one and other and one.run == other.run
        )

    def names(self, words: str) -> bool:
        """Whether the whole of `words` is a phrase of the thesaurus, on either side: 殡葬."""
        return len(words) > 1 and (words in self.lexicon.kin or words in self.lexicon.phrases)

    def holding(self, words: str, most: int = 2) -> tuple[str, ...]:
        """The keys of the rows in which all pairs of neighbours of `words` that any row knows stand; none where more than `most` do."""
        known = [pair for pair in {one + other for one, other in pairwise(words)} if self._layers.knows(pair)]
        held = self._layers.holding(known) if known else NOBODY
        return tuple(self._layers.key(row) for row in held.rows) if 0 < self._layers.count(held) <= most else ()

    def rank(
        self, topic: str, keep: Collection[str] | None = None, limit: int = _SHOWN, held: float = 0.0
    ) -> list[Hit]:
        """The rows that `topic` may mean, best first, at most `limit`; only those whose keys are in `keep`. None at all where no
        row holds the share `held` of the topic's characters: who looks for such alone need not have the others weighed."""
        look, scored, told = self._looked(topic, keep, held)
        hits = told.get(limit)
        if hits is None:
            hits = told[limit] = self._hits(look, scored, max(0, limit)) if scored else []
        return [*hits]

    def explained(
        self, topic: str, keep: Collection[str] | None = None, limit: int = 3
    ) -> list[tuple[Hit, tuple[Proof, ...]]]:
        """As `rank`, each with what speaks for it and what does not."""
        look, scored, _ = self._looked(topic, keep)
        found = zip(self._hits(look, scored, limit) if scored else [], scored, strict=False)
        return [(self._with_its_hints(hit, look, one.row), proofs(look, one.row, one.cover)) for hit, one in found]

    def _with_its_hints(self, hit: Hit, look: Look, row: int) -> Hit:
        if not hit.open:
            return hit
        text = self._layers.text(row)
        return replace(hit, hints=self._hints(look.tokens, [text]).phrases(text))

    def _hints(self, tokens: tuple[Token, ...], texts: Collection[str]) -> Hints:
        return Hints(tokens, self.lexicon.kin, self._seeker.known, texts)

    def _looked(self, topic: str, keep: Collection[str] | None, held: float = 0.0) -> _Seen:
        """What speaks for which rows. Of the last few topics it is remembered: one message asks for the same from several sides."""
        if keep is not None:
            return _Seen(*self._looked_anew(topic, keep, held), {})
        known = self._last.get((topic, held))
        if known is None:
            if len(self._last) >= _REMEMBERED:
                self._last.pop(next(iter(self._last)), None)
            known = self._last[topic, held] = _Seen(*self._looked_anew(topic, keep, held), {})
        return known

    def _looked_anew(self, topic: str, keep: Collection[str] | None, held: float) -> tuple[Look, list[_Scored]]:
        speech = self._speech(topic)
        if not speech.tokens or not len(self):
            return Look(speech, (), ()), []
        allowed = None if keep is None else self._layers.numbers(keep)
        spelled, others = list(self._seeker.spelled(speech.tokens)), list(self._seeker.meant(speech))
        clues, spoken = [*spelled, *others], in_other_words(spelled, others)
        weights: list[float] = []
        scored: list[_Scored] = []
        if not (speech.typed or spoken):
            weights = weights_of(speech.tokens, clues, self._rarest, spoken)
            scored = self._surely(speech, clues, weights, allowed) if at_most(clues, weights) >= SURE else []
        if not scored or scored[0].score < SURE:
            clues += self._seeker.heard(speech.tokens, AMID_SPOKEN_SOUND if spoken else SOUND)
            akin = list(self._seeker.akin(speech))
            clues, spoken = [*clues, *akin], spoken or in_other_words(spelled, akin)
            if held and not may_hold(speech.tokens, clues, held) and not self._layers.same(bare(topic)):
                return Look(speech, (), tuple(clues)), []
            speech = speech.muffled(self._layers.knows)
            weights = weights_of(speech.tokens, clues, self._rarest, spoken)
            scored = self._scored(speech, clues, weights, allowed)
            if held and not any(share_held(speech.tokens, one.cover) >= held for one in scored):
                scored = []
            if not speech.typed and scored and scored[0].score < SURE and spoken:
                scored = self._with_hints(speech.tokens, scored)
        return Look(speech, tuple(weights), tuple(clues)), self._same_first(scored, topic, len(weights), allowed)

    def _speech(self, topic: str) -> Speech:
        text = topic[: LONGEST * 2]
        if not any(letter.isascii() and letter.isalpha() for letter in text):
            return speech_of(text, self.lexicon, LONGEST)
        tokens = topic_of(text, self.lexicon, self._weigh, self._layers.knows).tokens
        return Speech(tokens[:LONGEST], self.lexicon)

    def _weigh(self, syllables: tuple[str, ...]) -> float:
        """How much a cutting of pinyin means to the rows: the information of the pairs that they know."""
        found = (self._layers.count(self._layers.heard(*pair)) for pair in pairwise(syllables))
        return sum(information(holders, len(self)) for holders in found if holders)

    def _surely(
        self, speech: Speech, clues: list[Clue], weights: list[float], allowed: Collection[int] | None
    ) -> list[_Scored]:
        """As `_scored`, none where no row can reach SURE."""
        written = {clue.start for clue in clues if clue.way is Way.WRITTEN}
        verbatim = any(written.issuperset(range(at, at + TERM - 1)) for at in written)
        return self._scored(speech, clues, weights, allowed, 0.0 if verbatim else (SURE - LONE) * sum(weights))

    def _scored(
        self,
        speech: Speech,
        clues: list[Clue],
        weights: list[float],
        allowed: Collection[int] | None,
        least: float = 0.0,
    ) -> list[_Scored]:
        total = sum(weights) or 1.0
        scored, lone, windows = [], speech.lone, speech.windows
        sounding = {clue.start for clue in clues if clue.way is Way.HEARD}
        heard = [one for one in speech.heard if {one.start, one.start + 1} <= sounding] if sounding else []
        for row, (cover, by) in self._layers.covers(sought_of(clues, weights), weights, allowed, least).items():
            text = self._layers.text(row)
            cover_lone(cover, lone, text)
            cover_verbatim(cover, windows, text)
            cover_heard(cover, heard, text)
            scored.append(_Scored(row, sum(map(mul, weights, cover)) / total, cover, by))
        floor = FLOOR * max([one.score for one in scored], default=0.0)
        return self._in_order([one for one in scored if one.score >= floor])

    def _with_hints(self, tokens: tuple[Token, ...], scored: list[_Scored]) -> list[_Scored]:
        """The best, in the order of what they cover and what else is hinted at in them."""
        least = HINTED_LEAST * scored[0].score
        best = [one for at, one in enumerate(scored[:HINTED_AT]) if at < HINTED_ALWAYS or one.score >= least]
        texts = [self._layers.text(one.row) for one in best]
        hints = self._hints(tokens, texts)
        if not any(map(hints.strength, texts)):
            return scored
        weighed = [
            one._replace(standing=hints.standing(one.score, text)) for one, text in zip(best, texts, strict=True)
        ]
        first, *others = sorted(weighed, key=lambda one: -round(one.standing or 0.0, 9))
        return [first._replace(explained=hints.explained(self._layers.text(first.row))), *others]

    def _in_order(self, scored: list[_Scored]) -> list[_Scored]:
        """Best first; of equals the one whose key comes first, whatever layer it stands in."""
        scored.sort(key=_score_of, reverse=True)
        rounded = [round(one.score, 9) for one in scored]
        start = 0
        while start < min(_SETTLED, len(scored)):
            end = start + 1
            while end < len(scored) and rounded[end] == rounded[start]:
                end += 1
            if end - start > 1:
                scored[start:end] = sorted(scored[start:end], key=lambda one: _counted(self._layers.key(one.row)))
            start = end
        return scored

    def _same_first(
        self, scored: list[_Scored], topic: str, tokens: int, allowed: Collection[int] | None
    ) -> list[_Scored]:
        """A row whose text is the topic word for word stands first, with a full score."""
        rows = [row for row in self._layers.same(bare(topic)) if allowed is None or row in allowed]
        same = [_Scored(row, 1.0, [1.0] * tokens) for row in rows]
        return same + [one for one in scored if one.row not in rows]

    def _hits(self, look: Look, scored: list[_Scored], limit: int) -> list[Hit]:
        total, rarest, asked = sum(look.weights) or 1.0, information(1, len(self)), sum(map(bool, look.weights))
        rivals = [one.score for one in scored[:2]] + [0.0]
        official = look.speech.official if any(clue.meant for clue in look.clues) else frozenset[int]()
        unofficial = sum(
            not (token.weak or token.loose or at in official)
            for at, token in enumerate(look.tokens)
            if look.weights[at]
        )
        absent = self._seeker.absent(look.speech) if scored and scored[0].standing is not None else 0.0
        hits = []
        for place, one in enumerate(scored[:limit]):
            missing = (
                sum([weight for weight, much in zip(look.weights, one.cover, strict=True) if much <= LONE]) / total
            )
            spoken, plain = _other_words(look.clues, one)
            others, left_open = bool(spoken) and not plain, one.standing is not None
            written = None
            if not (left_open and others):
                margin = one.score - rivals[1 if place == 0 else 0]
                rarity = max((clue.idf for clue in spoken), default=0.0) / rarest
                stretches, mass = min(MANY, apart(spoken)), total * one.score / rarest
                written = Signs(one.score, mass, missing, asked, margin, stretches, rarity)
            if left_open:
                amid = _amid(scored, place, absent, len(self))
                sure = confidence_amid(amid, written)
                among = confidence_among(amid, written) if place == 0 else 0.0
            else:
                sure = among = confidence(written) if written else 0.0
            if left_open and others and absent >= NOWHERE:
                sure, among = min(sure, UNLIKELY), min(among, UNLIKELY)
            key, score = self._layers.key(one.row), min(1.0, one.score)
            everyday = others and (
                unofficial >= TELLS or any(not official.issuperset(range(one.start, one.end)) for one in spoken)
            )
            terms = () if everyday else look.speech.terms
            strange = bool(terms) and unspoken(terms, one.cover, self._layers.text(one.row))
            if strange:
                sure, among = min(sure, UNLIKELY), min(among, UNLIKELY)
            shown = look.tokens, tuple(one.cover)
            hits.append(
                Hit(key, sure, score, missing, others, everyday, left_open, *shown, among=among, strange=strange)
            )
        return hits


def _amid(scored: list[_Scored], place: int, absent: float, rows: int) -> Amid:
    """The signs of the row at `place` among those of so many `rows` that were weighed by hints."""
    one, rival = scored[place], scored[1:2] if place == 0 else scored[:1]
    standing = one.standing or 0.0
    ahead = standing - sum(other.standing or 0.0 for other in rival)
    untold = sum(other.standing or 0.0 for other in scored[TOLD : TOLD + 1])
    return Amid(standing, ahead, one.explained, absent, standing - untold, log(1 + max(FEWEST, rows)))


def _other_words(clues: Sequence[Clue], one: _Scored) -> tuple[list[Clue], bool]:
    """The official phrases of a row for what does not stand in it as it was said, and whether anything does where there are any."""
    holds = [clue for clue in clues if clue.held.weight(one.row)] if one.by is None else [clues[at] for at in one.by]
    held = [clue for clue in holds if clue.meant and clue.idf >= TELLING]
    if not held:
        return [], False
    written, heard, plain = Way.WRITTEN, Way.HEARD, 0  # the tokens as bits
    for clue in holds:
        # Who types pinyin says what sounds so.
        if clue.way is written or (clue.way is heard and clue.worth == TYPED_SOUND):
            plain |= (1 << clue.end) - (1 << clue.start)
    return [clue for clue in held if ((1 << clue.end) - (1 << clue.start)) & ~plain], plain > 0


def _counted(key: str) -> tuple[int, str]:
    """Keys of one document in the order people count: a-2 before a-10."""
    return len(key), key


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
