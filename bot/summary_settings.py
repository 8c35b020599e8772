"""[summary] of the settings: when and where summaries are posted, what stands in them, and whether units are ranked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

from bot import toml_values as values
from bot.toml_values import ConfigError, Read, Spot
from scheduler.policy import PARTS, Policy
from scheduler.ranking import Yardstick

WEEKDAYS = "一二三四五六日"
LATEST = 28
"""The last day of the month on which a monthly summary can be set: every month has it."""


@dataclass(frozen=True, slots=True)
class SummaryConfig:
    """[summary]; what each setting means is told at the fields of `scheduler.policy.Policy`.

    `weekly` and `at` None are not written: [reminders] may say them (summary, summary_at).
    """

    weekly: bool | None = None
    weekday: int = 4
    at: time | None = None
    monthly: int = 0
    conversations: tuple[str, ...] = ()
    parts: tuple[str, ...] = Policy().summary_parts
    ranking: bool = False
    rank_by: Yardstick = Yardstick.RATE

    @property
    def told(self) -> dict[str, object]:
        """What it sets of a policy."""
        given = {"summary": self.weekly, "summary_at": self.at}
        return {
            "summary_weekday": self.weekday,
            "summary_monthly": self.monthly,
            "summary_to": self.conversations,
            "summary_parts": self.parts,
            "ranking": self.rank_by if self.ranking else None,
            **{name: value for name, value in given.items() if value is not None},
        }


def _weekday(spot: Spot, value: object) -> int:
    """周五, 星期五: 0 is Monday."""
    words = str(value)
    day = words.removeprefix("周").removeprefix("星期")
    if not isinstance(value, str) or day == words or day not in WEEKDAYS or len(day) != 1:
        raise spot.refuse(' "周五" 这样的星期', value)
    return WEEKDAYS.index(day)


def _parts(spot: Spot, value: object) -> tuple[str, ...]:
    found = values.names(spot, value)
    unknown = [one for one in found if one not in PARTS]
    if unknown or not found:
        raise ConfigError(
            f"{spot.file} 的 {spot.name} 里可以写的是：{'、'.join(PARTS)}，现在写的是 {values.shown(value)}。"
        )
    return found


def _yardstick(spot: Spot, value: object) -> Yardstick:
    if value not in list(Yardstick):
        raise spot.refuse("、".join(f' "{one}" ' for one in Yardstick) + "之一", value)
    return Yardstick(str(value))


READ: dict[str, Read] = {
    "weekly": values.switch,
    "weekday": _weekday,
    "at": values.time_of_day,
    "monthly": values.number(0, LATEST, "每月几日发上个月的，0 表示不发"),
    "conversations": values.names,
    "parts": _parts,
    "ranking": values.switch,
    "rank_by": _yardstick,
}
"""How each setting is read, by its name in the file."""


def summary_of(spot: Spot, given: object, reminders: object) -> SummaryConfig:
    """[summary] as it stands in the file; what [reminders] says already is refused here. Raises ConfigError."""
    found = values.table(spot, given)
    values.known(spot, found, READ)
    for own, other in (("weekly", "summary"), ("at", "summary_at")):
        if own in found and isinstance(reminders, Mapping) and other in reminders:
            raise ConfigError(
                f"{spot.file} 的 summary.{own} 和 reminders.{other} 说的是同一件事，请只留 summary.{own} 一处。"
            )
    return SummaryConfig(**{key: READ[key](spot.at(key), value) for key, value in found.items()})  # type: ignore[arg-type]
