"""`qiantou.toml`: the office's settings, read strictly so that a slip of the pen is named and never ignored."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot import toml_values as values
from bot.people_settings import PeopleConfig, people_settings
from bot.reminder_settings import RemindersConfig, reminders_of
from bot.report_settings import EvidenceConfig, ReportsConfig, evidence_of, reports_of
from bot.restriction_settings import restrictions_of
from bot.summary_settings import SummaryConfig, summary_of
from bot.toml_values import ConfigError, Spot
from knowledge.directory import Liaison
from knowledge.restrictions import Restrictions

__all__ = ["FILE_NAME", "Config", "ConfigError", "LimitsConfig", "OfficeConfig", "RemindersConfig", "load_config"]

FILE_NAME = "qiantou.toml"
TABLES = (
    "office",
    "reminders",
    "summary",
    "limits",
    "conversations",
    "liaisons",
    "channels",
    "people",
    "restrictions",
    "reports",
    "evidence",
    "server",
)
"""What stands at the top of a settings file."""
MAX_FILE = 1_000_000
"""Characters of a settings file; more is no settings file."""


@dataclass(frozen=True, slots=True)
class OfficeConfig:
    """[office]: `name` of the office; `contact` whom to ask when the documents do not say."""

    name: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class LimitsConfig:
    """[limits]: `messages` that one person may say to the bot in `seconds`; 0 messages: as many as they like."""

    messages: int = 20
    seconds: int = 60


@dataclass(frozen=True, slots=True)
class Config:
    """All settings of one office. `conversations` binds a conversation to titles or file names of documents, `units` to units;
    `liaisons` answer for units; `channels` are the tables that `bot.channels.settings` reads, `server` the one that
    `bot.web.settings` reads."""

    office: OfficeConfig = field(default_factory=OfficeConfig)
    reminders: RemindersConfig = field(default_factory=RemindersConfig)
    summary: SummaryConfig = field(default_factory=SummaryConfig)
    limits: LimitsConfig = field(default_factory=LimitsConfig)
    conversations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    units: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    liaisons: tuple[Liaison, ...] = ()
    people: PeopleConfig = field(default_factory=PeopleConfig)
    restrictions: Restrictions = field(default_factory=Restrictions)
    channels: Mapping[str, object] = field(default_factory=dict)
    server: Mapping[str, object] = field(default_factory=dict)
    reports: ReportsConfig = field(default_factory=ReportsConfig)
    evidence: EvidenceConfig = field(default_factory=EvidenceConfig)


def load_config(home: Path) -> Config:
    """The settings in `home/qiantou.toml`; all defaults where there is no such file.

    Raises ConfigError when the file cannot be read, is no TOML, or holds an unknown or ill-typed setting.
    """
    path = home / FILE_NAME
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return Config()
    except NotADirectoryError:
        raise ConfigError(f"“{home}”不是目录，请用 --home 指定存放数据的目录。") from None
    except PermissionError:
        raise ConfigError(f"{path} 没有读取权限，请检查文件权限后重试。") from None
    except IsADirectoryError:
        raise ConfigError(f"{path} 是一个目录，设置应当写在这个名字的文件里，请先改名移开。") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path} 不是 UTF-8 编码，请另存为 UTF-8 后再试。") from None
    except OSError:
        raise ConfigError(f"{path} 打不开，请检查文件、磁盘和权限。") from None
    if len(text) > MAX_FILE:
        raise ConfigError(f"{path} 太大了，设置不会超过{MAX_FILE // 1000}千字，请检查是不是放错了文件。")
    try:
        tables = tomllib.loads(text)
    except RecursionError:
        raise ConfigError(f"{path} 里的括号套得太深，请对照说明改正。") from None
    except tomllib.TOMLDecodeError as error:
        where, hint = _where(error), _unquoted(text, error)
        raise ConfigError(f"{path} 写法有误（{where}），{hint}请对照说明改正，或先改名移开使用默认设置。") from None
    return _config(path, tables)


def _where(error: tomllib.TOMLDecodeError) -> str:
    """`(at line 3, column 5)` of the library's message, in Chinese."""
    _, found, rest = str(error).partition("at line ")
    if not found:
        return "文件末尾处不完整"
    line, _, column = rest.rstrip(")").partition(", column ")
    return f"第{line}行第{column}列"


def _unquoted(text: str, error: tomllib.TOMLDecodeError) -> str:
    """What is most often wrong on the line of an error: a Chinese name without quotation marks ([channels.微信])."""
    line = re.search(r"at line (\d+)", str(error))
    lines = text.splitlines()
    wrong = lines[int(line[1]) - 1] if line and int(line[1]) <= len(lines) else ""
    key = re.split(r"[=#]", wrong, maxsplit=1)[0]
    bare = re.sub(r"\"[^\"]*\"|'[^']*'", "", key)
    return '中文的名称要加英文引号（如 [channels."微信"]）；' if not bare.isascii() else ""


def _config(path: Path, tables: Mapping[str, object]) -> Config:
    spot = Spot(str(path))
    values.known(spot, tables, TABLES)
    documents, units = _conversations(spot.at("conversations"), tables.get("conversations", {}))
    return Config(
        office=_office(spot.at("office"), tables.get("office", {})),
        reminders=reminders_of(spot.at("reminders"), tables.get("reminders", {})),
        summary=summary_of(spot.at("summary"), tables.get("summary", {}), tables.get("reminders", {})),
        limits=_limits(spot.at("limits"), tables.get("limits", {})),
        conversations=documents,
        units=units,
        liaisons=_liaisons(spot.at("liaisons"), tables.get("liaisons", [])),
        channels=values.table(spot.at("channels"), tables.get("channels", {})),
        server=values.table(spot.at("server"), tables.get("server", {})),
        people=people_settings(spot.at("people"), tables.get("people", {})),
        restrictions=restrictions_of(spot.at("restrictions"), tables.get("restrictions", {})),
        reports=reports_of(spot.at("reports"), tables.get("reports", {})),
        evidence=evidence_of(spot.at("evidence"), tables.get("evidence", {})),
    )


def _office(spot: Spot, given: object) -> OfficeConfig:
    found = values.table(spot, given)
    values.known(spot, found, ("name", "contact"))
    return OfficeConfig(**{key: values.text(spot.at(key), value) for key, value in found.items()})


_LIMITS = {"messages": values.number(0, 1000, "条，0 表示不限"), "seconds": values.number(1, 3600, "秒")}


def _limits(spot: Spot, given: object) -> LimitsConfig:
    found = values.table(spot, given)
    values.known(spot, found, _LIMITS)
    return LimitsConfig(**{key: _LIMITS[key](spot.at(key), value) for key, value in found.items()})  # type: ignore[arg-type]


Bound = Mapping[str, tuple[str, ...]]


def _conversations(spot: Spot, given: object) -> tuple[Bound, Bound]:
    """The documents and the units that each conversation is bound to."""
    documents: dict[str, tuple[str, ...]] = {}
    units: dict[str, tuple[str, ...]] = {}
    for key, value in values.table(spot, given).items():
        place = spot.at(values.name(spot, key))
        if not isinstance(value, Mapping):
            documents[key] = _bound(place, value)
            continue
        values.known(place, value, ("documents", "units"))
        if not value:
            raise ConfigError(f"{place.file} 的 {place.name} 没有写绑定什么，请写 documents 或 units。")
        if "documents" in value:
            documents[key] = values.names(place.at("documents"), value["documents"])
        if "units" in value:
            units[key] = values.names(place.at("units"), value["units"])
    return documents, units


def _bound(spot: Spot, value: object) -> tuple[str, ...]:
    given = [value] if isinstance(value, str) else value
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise ConfigError(
            f'{spot.file} 的 {spot.name} 应写成 ["文件名或标题"] 这样的列表，或 {{ units = ["单位"] }}，'
            f"现在写的是 {values.shown(value)}。"
        )
    return values.names(spot, value)


def _liaisons(spot: Spot, given: object) -> tuple[Liaison, ...]:
    found = []
    for n, row in enumerate(values.tables(spot, given), 1):
        place = Spot(spot.file, f"liaisons 第{n}条")
        values.known(place, row, ("unit", "name", "id", "group"))
        for needed in ("unit", "name"):
            if needed not in row:
                raise ConfigError(f"{place.file} 的 {place.name} 没有写 {needed}，请写明是哪个单位的联络员、叫什么。")
        told = {key: values.text(place.at(key), value) for key, value in row.items()}
        unit, name = values.name(place.at("unit"), row["unit"]), values.name(place.at("name"), row["name"])
        found.append(Liaison(unit, name, told.get("id", ""), told.get("group", "")))
    return tuple(found)
