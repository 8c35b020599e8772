"""What is told of the rows that were found: how sure each is, and what of the topic speaks for it."""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from typing import NamedTuple

from knowledge.search.clues import LONE, TYPED_SOUND, Clue, Way, apart, information
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
from knowledge.search.layers import Layers
from knowledge.search.proofs import Look
from knowledge.search.terms import unspoken
from knowledge.search.topic import Kind, Token

# An official phrase says something by itself from so much information on; more stretches of the topic than this say no more.
TELLING, MANY = 0.8, 4
# So many characters that belong to no official phrase make a topic everyday talk.
TELLS = 2
# Of rows left open so many are told at most.
TOLD = 3
_WRITTEN, _HEARD = Way.WRITTEN, Way.HEARD


class Hit(NamedTuple):
    """A row that the topic may mean.

    `confidence` 0..1 is the chance that it is the row meant, `score` 0..1 the share of the topic it covers; `missing` is
    the share of the topic's information that nothing in the row speaks for. `spoken`: nothing of the topic stands in the
    row as it was said, only other words for it; `everyday`: some of what was said are no official words themselves. `open`: words
    that no row holds leave it open which row is meant, so that the hits were weighed against each other by hints too; `hints`:
    what in the row is hinted at most, where an explanation was asked for. `among` 0..1 is the chance that the row meant is there at
    all and one of the first three, told of the first alone where the hits were weighed by hints. `strange`: an official term was said
    that the row does not speak of. `cover` 0..1 tells how well the row covers each of the topic's `tokens`.
    """

    key: str
    confidence: float
    score: float
    missing: float
    spoken: bool
    everyday: bool
    open: bool
    tokens: tuple[Token, ...]
    cover: tuple[float, ...]
    hints: tuple[str, ...] = ()
    among: float = 0.0
    strange: bool = False

    @property
    def matched(self) -> tuple[str, ...]:
        """The topic's words that speak for the row."""
        return _words(self.tokens, [at for at, cover in enumerate(self.cover) if cover > LONE])

    @property
    def unmatched(self) -> tuple[str, ...]:
        """The topic's words that nothing in the row speaks for."""
        return _words(self.tokens, [at for at, cover in enumerate(self.cover) if cover <= LONE])


class Scored(NamedTuple):
    """A row with the share 0..1 of the topic that it covers, how well it covers each token, and `by` which clues, numbered (None where
    that was not asked). `standing`: how well it stands with what is hinted at, where that was weighed; `explained`: see `Amid`."""

    row: int
    score: float
    cover: list[float]
    by: list[int] | None = None
    standing: float | None = None
    explained: float = 0.0


class Told:
    """The hits of one look, made when asked for: mostly one or three are looked at. `absent`: see `Amid`."""

    def __init__(self, look: Look, scored: Sequence[Scored], layers: Layers, absent: float) -> None:
        self._look, self._scored, self._layers, self._absent = look, scored, layers, absent
        self._hits: list[Hit] = []
        if scored:
            self._total, self._rarest = sum(look.weights) or 1.0, information(1, len(layers))
            self._asked = sum(map(bool, look.weights))
            self._official = look.speech.official if any(clue.meant for clue in look.clues) else frozenset[int]()
            self._talk = self._unofficial() >= TELLS

    def first(self, many: int) -> list[Hit]:
        """The first so many hits, or all there are."""
        hits = self._hits
        if len(hits) < min(many, len(self._scored)):
            more = range(len(hits), min(many, len(self._scored)))
            self._hits = hits = [*hits, *map(self._hit, more)]
        return hits[: max(0, many)]

    def _unofficial(self) -> int:
        """How many characters that tell something belong to no official phrase."""
        look, official = self._look, self._official
        told = zip(range(len(look.weights)), look.tokens, look.weights, strict=True)
        return sum([bool(weight) and not (one.weak or one.loose or at in official) for at, one, weight in told])

    def _hit(self, place: int) -> Hit:
        look, one = self._look, self._scored[place]
        missing = sum([weight for weight, much in zip(look.weights, one.cover, strict=True) if much <= LONE])
        missing /= self._total
        spoken, plain = _other_words(look.clues, one)
        others = bool(spoken) and not plain
        sure, among = self._likely(place, missing, spoken, others)
        official = self._official
        everyday = others and (
            self._talk or any(not official.issuperset(range(clue.start, clue.end)) for clue in spoken)
        )
        terms = () if everyday else look.speech.terms
        strange = bool(terms) and unspoken(terms, one.cover, self._layers.text(one.row))
        if strange:
            sure, among = min(sure, UNLIKELY), min(among, UNLIKELY)
        return Hit(
            self._layers.key(one.row), sure, min(1.0, one.score), missing, others, everyday, one.standing is not None,
            look.tokens, tuple(one.cover), (), among, strange,
        )  # fmt: skip

    def _likely(self, place: int, missing: float, spoken: list[Clue], others: bool) -> tuple[float, float]:
        """How likely the row at `place` is the one meant, and how likely that one is among the first; see `Hit`."""
        left_open = self._scored[place].standing is not None
        written = None if left_open and others else self._signs(place, missing, spoken)
        if not left_open:
            sure = confidence(written) if written else 0.0
            return sure, sure
        amid = _amid(self._scored, place, self._absent, len(self._layers))
        sure = confidence_amid(amid, written)
        among = confidence_among(amid, written) if place == 0 else 0.0
        if others and self._absent >= NOWHERE:
            return min(sure, UNLIKELY), min(among, UNLIKELY)
        return sure, among

    def _signs(self, place: int, missing: float, spoken: list[Clue]) -> Signs:
        scored, rarest = self._scored, self._rarest
        score = scored[place].score
        rival = scored[1 if place == 0 else 0].score if place or len(scored) > 1 else 0.0
        rarity = max([clue.idf for clue in spoken], default=0.0) / rarest
        stretches, mass = min(MANY, apart(spoken)), self._total * score / rarest
        return Signs(score, mass, missing, self._asked, score - rival, stretches, rarity)


def _amid(scored: Sequence[Scored], place: int, absent: float, rows: int) -> Amid:
    """The signs of the row at `place` among those of so many `rows` that were weighed by hints."""
    one, rival = scored[place], scored[1:2] if place == 0 else scored[:1]
    standing = one.standing or 0.0
    ahead = standing - sum([other.standing or 0.0 for other in rival])
    untold = sum([other.standing or 0.0 for other in scored[TOLD : TOLD + 1]])
    return Amid(standing, ahead, one.explained, absent, standing - untold, log(1 + max(FEWEST, rows)))


def _other_words(clues: Sequence[Clue], one: Scored) -> tuple[list[Clue], bool]:
    """The official phrases of a row for what does not stand in it as it was said, and whether anything does where there are any."""
    holds = [clue for clue in clues if clue.held.weight(one.row)] if one.by is None else [clues[at] for at in one.by]
    held = [clue for clue in holds if clue.meant and clue.idf >= TELLING]
    if not held:
        return [], False
    plain = 0  # the tokens as bits
    for start, end, worth, _, _, _, way, _, _ in holds:
        # Who types pinyin says what sounds so.
        if way is _WRITTEN or (way is _HEARD and worth == TYPED_SOUND):
            plain |= (1 << end) - (1 << start)
    return [clue for clue in held if ((1 << clue.end) - (1 << clue.start)) & ~plain], plain > 0


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
