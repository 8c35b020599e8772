"""In which way a message asks, learnt from thirteen thousand messages that people of many kinds wrote down without their subjects.

Every stretch of one to three characters speaks for some ways of asking and against others; what all stretches of a message say
together tells how likely each way is. `python -m benchmarks.asking` learns the weights from benchmarks/asking_ways and tells how
many messages by other hands are taken rightly. A message says its subject, unit, number and month with the signs below.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from math import exp, sqrt
from typing import NamedTuple

from knowledge.normal import DATA, plain

# What stands for a subject, a unit, an item number and a month; the ends of a message.
TOPIC, UNIT, NUMBER, MONTH = "T", "U", "N", "M"
# The way of asking for another aspect of a matter, that no plan tells.
ASIDE = "none"
# The ways in which people report: finished, under way, in trouble.
REPORTS = ("report_done", "report_progress", "report_trouble")
_BEGIN, _END = "^", "$"
# Stretches of so many characters.
SPANS = (1, 2, 3)
# Weights are kept as whole tenths.
TENTHS = 10
FILE = DATA / "asking_ways.txt"


class Way(NamedTuple):
    """A way of asking (lead, deadline, unit_tasks …) and how likely it is, 0..1."""

    kind: str
    share: float


class Weights(NamedTuple):
    """The ways, what speaks for each beforehand, and what each stretch adds, in tenths: way by its number → weight."""

    kinds: tuple[str, ...]
    bias: tuple[int, ...]
    stretches: Mapping[str, tuple[tuple[int, int], ...]]


def written(message: str) -> str:
    """A message in which {topic}, {unit}, {n} and {m} stand, with the signs for them and written as messages are read."""
    for slot, sign in (("{topic}", TOPIC), ("{unit2}", UNIT), ("{unit}", UNIT), ("{n}", NUMBER), ("{m}", MONTH)):
        message = message.replace(slot, f"\ue100{sign}")
    parts = message.split("\ue100")
    return plain(parts[0]) + "".join(part[0] + plain(part[1:]) for part in parts[1:])


def stretches(masked: str) -> set[str]:
    """The stretches of a message with its signs; punctuation is one pause, blanks are none."""
    line = _BEGIN + "".join(sign if sign.isalnum() else "," for sign in masked if not sign.isspace()) + _END
    return {line[at : at + length] for length in SPANS for at in range(len(line) - length + 1)}


def ways_of(masked: str) -> dict[str, float]:
    """How likely each way of asking is, for a message with its signs; the shares add up to 1."""
    kinds, bias, known = _weights()
    found = stretches(masked)
    scale = 1 / sqrt(len(found))
    sums = [0.0] * len(kinds)
    for one in sorted(found):
        for way, weight in known.get(one, ()):
            sums[way] += weight
    sums = [(scale * total + own) / TENTHS for total, own in zip(sums, bias, strict=True)]
    top = max(sums)
    likely = [exp(one - top) for one in sums]
    return {kind: one / sum(likely) for kind, one in zip(kinds, likely, strict=True)}


def way_of(masked: str) -> Way:
    """The likeliest way of asking."""
    kind, share = max(ways_of(masked).items(), key=lambda one: one[1])
    return Way(kind, share)


@cache
def _weights() -> Weights:
    """The weights, read when first asked for."""
    kinds, bias, *lines = FILE.read_text(encoding="utf-8").splitlines()
    table: dict[str, tuple[tuple[int, int], ...]] = {}
    for line in lines:
        stretch, _, weights = line.partition("\t")
        pairs = (pair.partition(":") for pair in weights.split(" "))
        table[stretch] = tuple((int(way), int(weight)) for way, _, weight in pairs)
    return Weights(tuple(kinds.split(" ")), tuple(int(one) for one in bias.split(" ")), table)
