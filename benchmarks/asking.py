"""Learn in which way a message asks, and tell how many messages by other hands are taken rightly: `python -m benchmarks.asking`.

asking_ways/ways.tsv holds what is learnt from, a way and a message a line; asking_ways/other_hands.tsv, by people who saw none of
it, what is only measured. With `--write` the weights are written to knowledge/data.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.question.asking import FILE, TENTHS, stretches, way_of, written

HERE = Path(__file__).resolve().parent / "asking_ways"
# A stretch in fewer messages than this says nothing; weights below this are left out.
FEWEST, LEAST = 2, 0.6
# What large weights cost, and how often all messages are gone through.
COST, ROUNDS, STEP = 0.05, 300, 0.1
Floats = npt.NDArray[np.float32]


def messages(name: str) -> list[tuple[str, str]]:
    """The ways and messages of a file, the messages with their signs."""
    lines = (HERE / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [(way, written(message)) for way, _, message in (line.partition("\t") for line in lines)]


def learnt(told: Sequence[tuple[str, str]]) -> tuple[list[str], list[str], Floats, Floats]:
    """The ways, the stretches, and the weights of both: multinomial logistic regression, gone through by Adam."""
    held = [stretches(message) for _, message in told]
    count = Counter(one for each in held for one in each)
    known = sorted(one for one, times in count.items() if times >= FEWEST)
    kinds = sorted({way for way, _ in told})
    place = {one: at for at, one in enumerate(known)}
    x = np.zeros((len(told), len(known) + 1), np.float32)
    y = np.zeros((len(told), len(kinds)), np.float32)
    for row, ((way, _), each) in enumerate(zip(told, held, strict=True)):
        x[row, [place[one] for one in each if one in place]] = 1 / np.sqrt(len(each))
        x[row, -1] = 1
        y[row, kinds.index(way)] = 1
    weights = _gone_through(x, y)
    return kinds, known, weights[:-1], weights[-1]


def _gone_through(x: Floats, y: Floats) -> Floats:
    w = np.zeros((x.shape[1], y.shape[1]), np.float32)
    first, second = np.zeros_like(w), np.zeros_like(w)
    for turn in range(1, ROUNDS + 1):
        z = x @ w
        z -= z.max(axis=1, keepdims=True)
        likely = np.exp(z)
        likely /= likely.sum(axis=1, keepdims=True)
        slope = x.T @ (likely - y)
        slope[:-1] += COST * w[:-1]
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope**2
        w -= STEP * (first / (1 - 0.9**turn)) / (np.sqrt(second / (1 - 0.999**turn)) + 1e-8)
    return w


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
