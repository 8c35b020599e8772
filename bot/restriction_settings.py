"""[restrictions] of the settings: what may not be disclosed, why, and which conversations are cleared for it."""

from __future__ import annotations

from collections.abc import Mapping

from bot import toml_values as values
from bot.toml_values import ConfigError, Spot
from knowledge.normal import bare
from knowledge.restrictions import SHORTEST, Restriction, Restrictions

_WHAT = ("words", "documents", "assignments")


def restrictions_of(spot: Spot, given: object) -> Restrictions:
    """[restrictions] as it stands in the file. Raises ConfigError."""
    found = dict(values.table(spot, given))
    values.known(spot, found, ("cleared", "matter"))
    rows = values.tables(spot.at("matter"), found.get("matter", []))
    matters = tuple(_matter(Spot(spot.file, f"restrictions.matter 第{n}条"), row) for n, row in enumerate(rows, 1))
    return Restrictions(matters, frozenset(values.names(spot.at("cleared"), found.get("cleared", []))))


def _matter(spot: Spot, row: Mapping[str, object]) -> Restriction:
    values.known(spot, row, ("reason", *_WHAT))
    if "reason" not in row:
        raise ConfigError(f"{spot.file} 的 {spot.name} 没有写 reason，请写明为什么不能公开。")
    told = {key: values.names(spot.at(key), row[key]) for key in _WHAT if key in row}
    if not any(told.values()):
        raise ConfigError(f"{spot.file} 的 {spot.name} 没有写是什么，请用 words、documents 或 assignments 写明。")
    for word in told.get("words", ()):
        if len(bare(word)) < SHORTEST:
            raise spot.at("words").refuse(f"至少{SHORTEST}个字的词，一个字会碰到太多内容", word)
    return Restriction(values.name(spot.at("reason"), row["reason"]), **told)
