"""排名: units in an order whose rule is stated in words; nobody is ranked unless the office wants it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from scheduler.tally import Tally

if TYPE_CHECKING:
    from fractions import Fraction


class Yardstick(StrEnum):
    """排名办法: by what units are ranked; the value is how it is called and set."""

    RATE = "办结率"
    OVERDUE = "逾期数"

    @property
    def rule(self) -> str:
        """The rule in words, as it stands beside every ranking."""
        return _RULES[self]


_RULES = {
    Yardstick.RATE: (
        "按办结率排名：本期应办结的节点（本期内到截止日已经到期的，加上本期开始前到期、当时还没有办结的）中已办结或已报待核的占多少，"
        "从高到低；相同的，逾期节点少的在前；仍相同的并列。没有应办结节点的单位不参加排名。"
    ),
    Yardstick.OVERDUE: (
        "按逾期数排名：到截止日逾期未办结的节点有几个，从少到多；相同的，逾期天数合计少的在前；仍相同的并列。"
        "没有应办结节点的单位不参加排名。"
    ),
}


@dataclass(frozen=True, slots=True)
class Rank:
    """A unit's place, counted from 1; those that are equal share one."""

    place: int
    tally: Tally

    @property
    def rate(self) -> Fraction:
        """How much of what it owed in the span is done."""
        return _share(self.tally)


def ranked(tallies: Sequence[Tally], yardstick: Yardstick) -> tuple[Rank, ...]:
    """The units that owed something in the span, best first."""
    weighed = sorted(
        ((_weight(one, yardstick), one) for one in tallies if one.owed), key=lambda pair: (pair[0], pair[1].name)
    )
    found: list[Rank] = []
    for at, (weight, one) in enumerate(weighed):
        same = at > 0 and weighed[at - 1][0] == weight
        found.append(Rank(found[-1].place if same else at + 1, one))
    return tuple(found)


def _weight(tally: Tally, yardstick: Yardstick) -> tuple[Fraction | int, ...]:
    """What is smaller comes first."""
    overdue, days = len(tally.overdue), sum(line.days for line in tally.overdue)
    if yardstick is Yardstick.RATE:
        return -_share(tally), overdue
    return overdue, days


def _share(tally: Tally) -> Fraction:
    """How much of what was owed was met, exactly."""
    from fractions import Fraction

    return Fraction(len(tally.met), len(tally.owed))
