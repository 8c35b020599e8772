"""Learn in which way a message asks, and tell how many messages by other hands are taken rightly: `python -m benchmarks.asking`.

asking_ways/ways.tsv holds what is learnt from, a way and a message a line; asking_ways/other_hands.tsv, by people who saw none of
it, what is only measured. With `--write` the weights are written to knowledge/data.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from knowledge.question.asking import FILE, TENTHS, stretches, way_of, written

HERE = Path(__file__).resolve().parent / "asking_ways"
# A stretch in fewer messages than this says nothing; weights below this are left out.
FEWEST, LEAST = 2, 0.6
# What large weights cost, and how often all messages are gone through.
COST, ROUNDS, STEP = 0.05, 300, 0.1
Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


def messages(name: str) -> list[tuple[str, str]]:
    """The ways and messages of a file, the messages with their signs."""
    lines = (HERE / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [(way, written(message)) for way, _, message in (line.partition("\t") for line in lines)]


class LaidOut(NamedTuple):
    """Which stretches each message has, twice over: by message and by stretch. `stretch` and `message` are the numbers of both, pair by
    pair in the order of the messages, `firsts` where each message begins there; `order` brings the pairs into the order of the stretches,
    `starts` is where each stretch begins then. `scale`: what a stretch counts in its message."""

    stretch: Ints
    message: Ints
    firsts: Ints
    order: Ints
    starts: Ints
    scale: Floats

    def sums(self, weights: Floats) -> Floats:
        """What the stretches of each message say together: message × way."""
        return np.add.reduceat(weights[self.stretch], self.firsts) * self.scale[:, None]

    def slopes(self, errors: Floats) -> Floats:
        """How each stretch's weights ought to change: stretch × way."""
        return np.add.reduceat((errors * self.scale[:, None])[self.message[self.order]], self.starts)


def learnt(told: Sequence[tuple[str, str]]) -> tuple[list[str], list[str], Floats, Floats]:
    """The ways, the stretches, and the weights of both: multinomial logistic regression, gone through by Adam."""
    found = [stretches(message) for _, message in told]
    count = Counter(one for each in found for one in each)
    known = sorted(one for one, times in count.items() if times >= FEWEST)
    kinds = sorted({way for way, _ in told})
    place = {one: at for at, one in enumerate(known)}
    held = [sorted(place[one] for one in each if one in place) for each in found]
    y = np.zeros((len(told), len(kinds)), np.float32)
    y[range(len(told)), [kinds.index(way) for way, _ in told]] = 1
    weights, bias = _gone_through(_laid_out(held, [len(each) for each in found]), len(known), y)
    return kinds, known, weights, bias


def _laid_out(held: Sequence[Sequence[int]], lengths: Sequence[int]) -> LaidOut:
    """The stretches of the messages, every one of which has some, as arrays."""
    stretch = np.concatenate([np.array(each, np.int64) for each in held])
    many = np.array([len(each) for each in held])
    order = np.argsort(stretch, kind="stable")
    starts = np.flatnonzero(np.diff(stretch[order], prepend=-1))
    scale = (1 / np.sqrt(np.array(lengths))).astype(np.float32)
    return LaidOut(stretch, np.repeat(np.arange(len(held)), many), np.cumsum(many) - many, order, starts, scale)


def _gone_through(held: LaidOut, known: int, y: Floats) -> tuple[Floats, Floats]:
    """The weights of `known` stretches and those of the ways themselves (the last row while they are learnt)."""
    w = np.zeros((known + 1, y.shape[1]), np.float32)
    first, second = np.zeros_like(w), np.zeros_like(w)
    for turn in range(1, ROUNDS + 1):
        z = held.sums(w[:-1]) + w[-1]
        z -= z.max(axis=1, keepdims=True)
        likely = np.exp(z)
        errors = likely / likely.sum(axis=1, keepdims=True) - y
        slope = np.vstack([held.slopes(errors) + COST * w[:-1], errors.sum(axis=0)])
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope**2
        w -= STEP * (first / (1 - 0.9**turn)) / (np.sqrt(second / (1 - 0.999**turn)) + 1e-8)
    return w[:-1], w[-1]


def table(kinds: Sequence[str], known: Sequence[str], weights: Floats, bias: Floats) -> str:
    """The weights as the text that `knowledge.question.asking` reads."""
    lines = [" ".join(kinds), " ".join(str(round(float(one) * TENTHS)) for one in bias)]
    for one, row in zip(known, weights, strict=True):
        said = [f"{way}:{round(float(each) * TENTHS)}" for way, each in enumerate(row) if abs(each) >= LEAST]
        if said:
            lines.append(f"{one}\t{' '.join(said)}")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Learn if asked to, and print the table."""
    if "--write" in sys.argv:
        FILE.write_text(table(*learnt(messages("ways"))), encoding="utf-8")
    asked = messages("other_hands")
    found = [way_of(message) for _, message in asked]
    right = [one.kind == way for one, (way, _) in zip(found, asked, strict=True)]
    print(f"别人写的{len(asked)}句，问法认对{sum(right) / len(asked):.1%}")
    for least in (0.4, 0.5, 0.6, 0.7, 0.8):
        sure = [ok for one, ok in zip(found, right, strict=True) if one.share >= least]
        print(f"  把握不低于{least}的占{len(sure) / len(asked):.1%}，其中认对{sum(sure) / max(1, len(sure)):.1%}")
    for way, many in sorted(Counter(way for way, _ in asked).items()):
        ok = sum(good for good, (own, _) in zip(right, asked, strict=True) if own == way)
        print(f"  {way:16} {ok}/{many}")


if __name__ == "__main__":
    main()
