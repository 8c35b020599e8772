"""Values of a settings file, each checked where it stands, so that a slip of the pen is named and never ignored."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import time

MAX_TEXT = 200
"""Characters of a name in the settings."""
MAX_LIST = 2000
"""Entries of a list in the settings."""


class ConfigError(Exception):
    """The settings cannot be used. `str(error)` is one Chinese sentence naming the file, the place and the next step."""


Read = Callable[["Spot", object], object]
"""Reads one value, or raises ConfigError."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in which file a value stands: `reminders.before`, `reminders.rule 第2条的 before`."""

    file: str
    name: str = ""

    def at(self, key: str) -> Spot:
        """A place inside this one."""
        return Spot(self.file, f"{self.name}.{key}" if self.name else key)

    def refuse(self, wanted: str, value: object) -> ConfigError:
        """The sentence for a value of the wrong kind."""
        return ConfigError(f"{self.file} 的 {self.name} 应写成{wanted}，现在写的是 {shown(value)}。")


def shown(value: object) -> str:
    """A value as a person reads it in a sentence, without what would break the line, cut where it is long."""
    text = repr(value) if isinstance(value, str) else str(value).replace("True", "true").replace("False", "false")
    return text if len(text) <= 60 else f"{text[:60]}…"


def known(spot: Spot, given: Mapping[str, object], keys: Iterable[str]) -> None:
    """Refuse a key that does not exist, naming those that do and the one that was perhaps meant."""
    allowed = list(keys)
    for key in given:
        if key not in allowed:
            from difflib import get_close_matches

            where = f"[{spot.name}] 里" if spot.name else ""
            near = get_close_matches(key, allowed, 1, 0.5)
            hint = f"是不是想写“{near[0]}”？" if near else ""
            raise ConfigError(
                f"{spot.file} {where}没有“{shown(key)[1:-1]}”这一项，{hint}可以写的是：{'、'.join(allowed)}。"
            )


def text(spot: Spot, value: object) -> str:
    """A name: one line, not too long."""
    if not isinstance(value, str):
        raise spot.refuse("一段加引号的文字", value)
    if len(value) > MAX_TEXT or any(unicodedata.category(sign) in ("Cc", "Cf", "Cs") for sign in value):
        raise spot.refuse(f"不超过{MAX_TEXT}个字、不换行的文字", value)
    return value.strip()


def name(spot: Spot, value: object) -> str:
    """A name that is not empty."""
    found = text(spot, value)
    if not found:
        raise spot.refuse("一个名称，不能是空的", value)
    return found


def names(spot: Spot, value: object) -> tuple[str, ...]:
    """One name or a list of them."""
    given = [value] if isinstance(value, str) else value
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given) or len(given) > MAX_LIST:
        raise spot.refuse('"名称" 或 ["名称一", "名称二"] 这样的列表', value)
    return tuple(dict.fromkeys(name(spot, one) for one in given))


def switch(spot: Spot, value: object) -> bool:
    """true or false."""
    if not isinstance(value, bool):
        raise spot.refuse("true 或 false", value)
    return value


def number(first: int, last: int, unit: str) -> Read:
    """Reads a whole number from `first` to `last`."""

    def read(spot: Spot, value: object) -> int:
        if type(value) is not int or not first <= value <= last:
            raise spot.refuse(f"{first}到{last}之间的整数（{unit}）", value)
        return value

    return read


def numbers(first: int, last: int, most: int, unit: str) -> Read:
    """Reads a list of different whole numbers from `first` to `last`, at most so many; sorted when read."""

    def read(spot: Spot, value: object) -> tuple[int, ...]:
        fits = isinstance(value, list) and all(type(one) is int and first <= one <= last for one in value)
        if not fits or not isinstance(value, list) or len(value) > most or len(set(value)) < len(value):
            raise spot.refuse(f"[3, 1] 这样的列表：最多{most}个{first}到{last}之间、互不相同的整数（{unit}）", value)
        return tuple(sorted(value))

    return read


def time_of_day(spot: Spot, value: object) -> time:
    """A time of day in hours and minutes."""
    try:
        found = value if isinstance(value, time) else time.fromisoformat(str(value))
    except ValueError:
        raise spot.refuse(' "09:00" 这样的时间', value) from None
    if found.tzinfo is not None or found.second or found.microsecond or isinstance(value, bool | int):
        raise spot.refuse(' "09:00" 这样的时间', value)
    return found


def pauses(spot: Spot, value: object) -> tuple[tuple[time, time], ...]:
    """A list of stretches of the day: ["12:00-14:00"]."""
    wanted = '["12:00-14:00"] 这样的列表'
    if not isinstance(value, list) or len(value) > 12:
        raise spot.refuse(wanted, value)
    found = []
    for one in value:
        first, dash, last = str(one).replace("—", "-").replace("－", "-").partition("-")
        if not dash:
            raise spot.refuse(wanted, value)
        start, end = time_of_day(spot, first.strip()), time_of_day(spot, last.strip())
        if start == end:
            raise spot.refuse("起止不同的时间段", value)
        found.append((start, end))
    return tuple(found)


def table(spot: Spot, value: object) -> Mapping[str, object]:
    """A table of settings."""
    if not isinstance(value, Mapping):
        raise ConfigError(f"{spot.file} 的 {spot.name} 应写成一节：先写一行 [{spot.name}]，下面逐行写设置。")
    return value


def tables(spot: Spot, value: object) -> tuple[Mapping[str, object], ...]:
    """A list of tables, as [[name]] makes them."""
    if not isinstance(value, list) or not all(isinstance(one, Mapping) for one in value) or len(value) > MAX_LIST:
        raise ConfigError(f"{spot.file} 的 {spot.name} 每一条应单独成节：先写一行 [[{spot.name}]]，下面逐行写设置。")
    return tuple(value)
