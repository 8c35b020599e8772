"""Which rows a topic means: grams of characters, official words for spoken ones, and sounds.

A row's score is the share of the topic's information that the row covers, so it lies in 0..1 and says how sure we
may be. The weight of a character is the smallest idf among the known bigrams that cover it (the accidental bigram
over a word boundary does not count); how well it is covered is decided by the best evidence there is. Sounds are
asked only when the characters leave a doubt.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cached_property
from itertools import pairwise
from math import log
from operator import attrgetter, mul
from typing import NamedTuple

from knowledge.lexicon import Lexicon, shipped
from knowledge.normal import bare
from knowledge.search.clues import AMID_SPOKEN_SOUND, LONE, SOUND, Clue, Seeker, Way, information
from knowledge.search.covering import cover_heard, cover_lone, cover_verbatim, may_hold, share_held
from knowledge.search.held import NOBODY, Row
from knowledge.search.hints import Hints
from knowledge.search.hits import Hit, Scored, Told
from knowledge.search.layers import Layers
from knowledge.search.proofs import Look, Proof, proofs
from knowledge.search.spoken import TERM, Speech, speech_of
from knowledge.search.topic import Kind, Token, topic_of
from knowledge.search.weighing import at_most, in_other_words, sought_of, weights_of

__all__ = ["Hit", "Index", "Row"]

# Rows that cover less than this share of what the best covers are none of the hits.
FLOOR = 0.15
# Below this best score the sounds are asked too.
SURE = 0.72
# So many of the best are weighed against each other by hints: those that cover this share of what the best covers, and a few in any
# case. Of 1,140 paraphrases by twelve hands as many find their row first as with twice as many.
HINTED_AT, HINTED_LEAST, HINTED_ALWAYS = 8, 0.5, 4
# A topic longer than this is cut: nobody asks a question of two hundred characters.
LONGEST = 120
# So many topics are kept with what was found for them.
_REMEMBERED = 16
# Nobody looks at more hits than this, or weighs more by hints: the order among equals of the rest is not settled.
_SHOWN = 6
_SETTLED = max(_SHOWN, HINTED_AT)


class _Seen(NamedTuple):
    """What speaks for which rows, and the hits that are told of them."""

    look: Look
    scored: list[Scored]
    told: Told


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

    def knows_of(self, words: str) -> bool:
        """Whether an official phrase of the thesaurus stands in `words`: 通关 in 海关通关."""
        officials = self.lexicon.kin.officials
        return any(
            words[start:end] in officials for start in range(len(words)) for end in range(start + 2, len(words) + 1)
        )

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
        return self._looked(topic, keep, held).told.first(limit)

    def explained(
        self, topic: str, keep: Collection[str] | None = None, limit: int = 3
    ) -> list[tuple[Hit, tuple[Proof, ...]]]:
        """As `rank`, each with what speaks for it and what does not."""
        look, scored, told = self._looked(topic, keep)
        found = zip(told.first(limit), scored, strict=False)
        return [(self._with_its_hints(hit, look, one.row), proofs(look, one.row, one.cover)) for hit, one in found]

    def _with_its_hints(self, hit: Hit, look: Look, row: int) -> Hit:
        if not hit.open:
            return hit
        text = self._layers.text(row)
        return hit._replace(hints=self._hints(look.tokens, [text]).phrases(text))

    def _hints(self, tokens: tuple[Token, ...], texts: Collection[str]) -> Hints:
        return Hints(tokens, self.lexicon.kin, self._seeker.known, texts)

    def _looked(self, topic: str, keep: Collection[str] | None, held: float = 0.0) -> _Seen:
        """What speaks for which rows. Of the last few topics it is remembered: one message asks for the same from several sides."""
        if keep is not None:
            return self._seen(topic, keep, held)
        known = self._last.get((topic, held))
        if known is None:
            if len(self._last) >= _REMEMBERED:
                self._last.pop(next(iter(self._last)), None)
            known = self._last[topic, held] = self._seen(topic, keep, held)
        return known

    def _seen(self, topic: str, keep: Collection[str] | None, held: float) -> _Seen:
        look, scored = self._looked_anew(topic, keep, held)
        absent = self._seeker.absent(look.speech) if scored and scored[0].standing is not None else 0.0
        return _Seen(look, scored, Told(look, scored, self._layers, absent))

    def _looked_anew(self, topic: str, keep: Collection[str] | None, held: float) -> tuple[Look, list[Scored]]:
        speech = self._speech(topic)
        if not speech.tokens or not len(self):
            return Look(speech, (), ()), []
        allowed = None if keep is None else self._layers.numbers(keep)
        spelled, others = self._seeker.spelled(speech.tokens), self._seeker.meant(speech)
        clues, spoken = [*spelled, *others], in_other_words(spelled, others)
        weights: list[float] = []
        scored: list[Scored] = []
        if not (speech.typed or spoken):
            weights = weights_of(speech.tokens, clues, self._rarest, spoken)
            scored = self._surely(speech, clues, weights, allowed) if at_most(clues, weights) >= SURE else []
        if not scored or scored[0].score < SURE:
            clues += self._seeker.heard(speech.tokens, AMID_SPOKEN_SOUND if spoken else SOUND)
            akin = self._seeker.akin(speech)
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
    ) -> list[Scored]:
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
    ) -> list[Scored]:
        total = sum(weights) or 1.0
        scored, lone, windows = [], speech.lone, speech.windows
        sounding = {number: clue.start for number, clue in enumerate(clues) if clue.way is Way.HEARD}
        heard = speech.heard if sounding else []
        for row, (cover, by) in self._layers.covers(sought_of(clues, weights), weights, allowed, least).items():
            text = self._layers.text(row)
            cover_lone(cover, lone, text)
            cover_verbatim(cover, windows, text)
            if heard:
                # A text is only listened to where both pairs of a stretch stand in its row.
                there = {sounding[number] for number in by if number in sounding}
                cover_heard(cover, [one for one in heard if one.start in there and one.start + 1 in there], text)
            scored.append(Scored(row, sum(map(mul, weights, cover)) / total, cover, by))
        floor = FLOOR * max([one.score for one in scored], default=0.0)
        return self._in_order([one for one in scored if one.score >= floor])

    def _with_hints(self, tokens: tuple[Token, ...], scored: list[Scored]) -> list[Scored]:
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

    def _in_order(self, scored: list[Scored]) -> list[Scored]:
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
        self, scored: list[Scored], topic: str, tokens: int, allowed: Collection[int] | None
    ) -> list[Scored]:
        """A row whose text is the topic word for word stands first, with a full score."""
        rows = [row for row in self._layers.same(bare(topic)) if allowed is None or row in allowed]
        same = [Scored(row, 1.0, [1.0] * tokens) for row in rows]
        return same + [one for one in scored if one.row not in rows]


def _counted(key: str) -> tuple[int, str]:
    """Keys of one document in the order people count: a-2 before a-10."""
    return len(key), key
