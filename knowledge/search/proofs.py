"""Why a row was found: which words of the topic speak for it, how, and how much they count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.search.clues import LONE, Clue, Way
from knowledge.search.spoken import Speech
from knowledge.search.topic import Kind, Token


@dataclass(frozen=True, slots=True)
class Look:
    """What one look through the rows for a topic saw: what it says, what each token weighs, and all clues."""

    speech: Speech
    weights: tuple[float, ...]
    clues: tuple[Clue, ...]

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens of the topic."""
        return self.speech.tokens

    def share(self, places: Sequence[int]) -> float:
        """The share 0..1 of the topic's information that the tokens at `places` carry."""
        return sum(self.weights[at] for at in places) / (sum(self.weights) or 1.0)


@dataclass(frozen=True, slots=True)
class Proof:
    """`said` of the topic speaks for a row in this `way`, None where it does not, by the `words` that stand there.

    `share` 0..1 is how much of the topic's information it carries, `covered` 0..1 how much of that the row covers.
    """

    said: str
    way: Way | None
    words: str
    share: float
    covered: float


def proofs(look: Look, row: int, cover: Sequence[float]) -> tuple[Proof, ...]:
    """What each piece of the topic says about a row that covers its tokens so well, in the order of the topic."""
    best = [_best(look, row, at) for at in range(len(look.tokens))]
    return tuple(_proof(look, cover, places, best[places[0]]) for places in _pieces(best, look))


def _best(look: Look, row: int, at: int) -> Clue | None:
    """The strongest clue for one token that the row holds; of equals the rarest."""
    held = [clue for clue in look.clues if clue.start <= at < clue.end and clue.held.weight(row)]
    weight = look.weights[at] or 1.0
    return max(
        held,
        key=lambda one: (
            one.worth * (min(1.0, one.idf / weight) if one.meant else 1.0) * one.held.weight(row),
            one.idf,
        ),
        default=None,
    )


def _pieces(best: Sequence[Clue | None], look: Look) -> Iterator[list[int]]:
    """Neighbouring tokens for which the row speaks in the same way, by the same words where these are others'."""
    piece: list[int] = []
    for at, clue in enumerate(best):
        if piece and (_kind(clue) != _kind(best[piece[-1]]) or look.tokens[at].run != look.tokens[piece[-1]].run):
            yield piece
            piece = []
        piece.append(at)
    if piece:
        yield piece


def _kind(clue: Clue | None) -> tuple[Way | None, str]:
    return (clue.way, clue.words if clue.meant else "") if clue else (None, "")


def _proof(look: Look, cover: Sequence[float], places: list[int], clue: Clue | None) -> Proof:
    said = "".join(
        (" " if look.tokens[at].kind is Kind.SYLLABLE and at != places[0] else "") + look.tokens[at].shown
        for at in places
    )
    share = look.share(places)
    covered = sum(look.weights[at] * cover[at] for at in places) / (sum(look.weights[at] for at in places) or 1.0)
    way = clue.way if clue else Way.ALONE if covered >= LONE - 1e-9 and share else None
    return Proof(said, way, clue.words if clue and clue.meant else "", share, covered)
