"""[reports] and [evidence] of the settings: what a report of completion needs, and how evidence is kept and looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot import toml_values as values
from bot.toml_values import ConfigError, Read, Spot
from knowledge.demands import Proving

_PROVING = {"none": Proving.NONE, "wanted": Proving.WANTED, "required": Proving.REQUIRED}


def _proving(spot: Spot, value: object) -> Proving:
    """none, wanted or required."""
    if not isinstance(value, str) or value not in _PROVING:
        raise spot.refuse(' "none"（不要求）、"wanted"（请补）或 "required"（没有就不算办结）', value)
    return _PROVING[value]


READ: dict[str, Read] = {"acceptance": values.switch, "evidence": _proving}
"""How each setting of [reports] is read."""


@dataclass(frozen=True, slots=True)
class ReportRule:
    """One [[reports.rule]]: what is different for some documents (titles or file names); None is as for the others."""

    document: tuple[str, ...]
    acceptance: bool | None = None
    evidence: Proving | None = None


@dataclass(frozen=True, slots=True)
class ReportsConfig:
    """[reports]. `acceptance` None is not written: on where there is a supervisors' conversation, else off."""

    acceptance: bool | None = None
    evidence: Proving = Proving.WANTED
    rules: tuple[ReportRule, ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceConfig:
    """[evidence]: `check` whether links are looked at, `allow` host names and networks beside the public ones that may be,
    `megabytes` the largest file that is kept."""

    check: bool = False
    allow: tuple[str, ...] = ()
    megabytes: int = 20


def reports_of(spot: Spot, given: object) -> ReportsConfig:
    """[reports] as it stands in the file. Raises ConfigError."""
    found = dict(values.table(spot, given))
    values.known(spot, found, (*READ, "rule"))
    rules = values.tables(spot.at("rule"), found.pop("rule", []))
    told = {key: READ[key](spot.at(key), value) for key, value in found.items()}
    read = tuple(_rule(Spot(spot.file, f"reports.rule 第{n}条"), rule) for n, rule in enumerate(rules, 1))
    return ReportsConfig(**told, rules=read)  # type: ignore[arg-type]


def _rule(spot: Spot, given: Mapping[str, object]) -> ReportRule:
    values.known(spot, given, ("document", *READ))
    if "document" not in given:
        raise ConfigError(f"{spot.file} 的 {spot.name} 没有写对哪些文件有效，请用 document 写明标题或文件名。")
    told = {key: READ[key](spot.at(key), value) for key, value in given.items() if key != "document"}
    if not told:
        raise ConfigError(f'{spot.file} 的 {spot.name} 没有写要改什么，例如 evidence = "required"。')
    return ReportRule(values.names(spot.at("document"), given["document"]), **told)  # type: ignore[arg-type]


_EVIDENCE: dict[str, Read] = {
    "check": values.switch,
    "allow": values.names,
    "megabytes": values.number(1, 200, "MB"),
}


def evidence_of(spot: Spot, given: object) -> EvidenceConfig:
    """[evidence] as it stands in the file. Raises ConfigError."""
    found = values.table(spot, given)
    values.known(spot, found, _EVIDENCE)
    return EvidenceConfig(**{key: _EVIDENCE[key](spot.at(key), value) for key, value in found.items()})  # type: ignore[arg-type]
