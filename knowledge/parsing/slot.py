"""What stands in the place for units and deadline of one assignment, whatever shape that place has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from knowledge.model import Doubt, Duty


@dataclass(frozen=True, slots=True)
class Slot:
    """The duties and the deadline phrase of one assignment.

    `units_stated` tells an empty slot from none; `more` that a list ends with 等; `odd` label words nobody knows.
    `starts` are times at which something begins, each behind the head of its column (启动时间：3月), `stages` what is to be
    reached by when, each behind its time (一季度：完成初设).
    `doubts` are decisions that could be otherwise; their place is that of the assignment.
    """

    duties: tuple[Duty, ...] = ()
    deadline: str | None = None
    more: bool = False
    odd: tuple[str, ...] = ()
    units_stated: bool = False
    rest: tuple[str, ...] = field(default=())
    doubts: tuple[Doubt, ...] = ()
    starts: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()

    def plus(self, other: Slot) -> Slot:
        """Both slots together, this one first."""
        known = {(duty.unit, duty.role) for duty in self.duties}
        added = tuple(duty for duty in other.duties if (duty.unit, duty.role) not in known)
        when = "；".join(dict.fromkeys(filter(None, (self.deadline, other.deadline)))) or None
        return Slot(
            self.duties + added, when, self.more or other.more, self.odd + other.odd,
            self.units_stated or other.units_stated, self.rest + other.rest, self.doubts + other.doubts,
            tuple(dict.fromkeys(self.starts + other.starts)), tuple(dict.fromkeys(self.stages + other.stages)),
        )  # fmt: skip


def once(duties: Iterable[Duty]) -> tuple[Duty, ...]:
    """`duties` with each unit once, in its first role."""
    seen: dict[str, Duty] = {}
    for duty in duties:
        seen.setdefault(duty.unit, duty)
    return tuple(seen.values())
