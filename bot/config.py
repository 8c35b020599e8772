"""`qiantou.toml`: the office's settings, read strictly so that a slip of the pen is named and never ignored."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import time
from pathlib import Path
from typing import TypeVar

FILE_NAME = "qiantou.toml"


class ConfigError(Exception):
    """The settings cannot be used. `str(error)` is one Chinese sentence naming the file, the place and the next step."""


@dataclass(frozen=True, slots=True)
class OfficeConfig:
    """[office]: `name` of the office; `contact` whom to ask when the documents do not say."""

    name: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class RemindersConfig:
    """[reminders]: `conversation` that hears of documents bound to none; `post_at` the time of day of postings;
    `summary_at` the time of day of Friday's summary; `summary` whether there is one."""

    conversation: str = "工作群"
    post_at: time = time(9, 0)
    summary_at: time = time(16, 0)
    summary: bool = True


@dataclass(frozen=True, slots=True)
class Config:
    """All settings of one office. `conversations` binds a conversation to titles or file names of documents."""

    office: OfficeConfig = field(default_factory=OfficeConfig)
    reminders: RemindersConfig = field(default_factory=RemindersConfig)
    conversations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


T = TypeVar("T", OfficeConfig, RemindersConfig)


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
    except UnicodeDecodeError:
        raise ConfigError(f"{path} 不是 UTF-8 编码，请另存为 UTF-8 后再试。") from None
    except OSError as error:
        raise ConfigError(f"{path} 打不开（{error.strerror}），请检查文件和权限。") from None
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path} 写法有误（{_where(error)}），请对照说明改正，或先改名移开使用默认设置。") from None
    return _config(path, tables)


def _where(error: tomllib.TOMLDecodeError) -> str:
    """`(at line 3, column 5)` of the library's message, in Chinese."""
    _, found, rest = str(error).partition("at line ")
    if not found:
        return "文件末尾处不完整"
    line, _, column = rest.rstrip(")").partition(", column ")
    return f"第{line}行第{column}列"


def _config(path: Path, tables: Mapping[str, object]) -> Config:
    _known(path, "", tables, ("office", "reminders", "conversations"))
    return Config(
        office=_section(path, "office", tables.get("office", {}), OfficeConfig()),
        reminders=_section(path, "reminders", tables.get("reminders", {}), RemindersConfig()),
        conversations=_conversations(path, tables.get("conversations", {})),
    )


def _known(path: Path, section: str, given: Mapping[str, object], known: tuple[str, ...]) -> None:
    for key in given:
        if key not in known:
            where = f"[{section}] 里" if section else ""
            raise ConfigError(f"{path} {where}没有“{key}”这一项，可以写的是：{'、'.join(known)}。")


def _section(path: Path, name: str, given: object, default: T) -> T:
    known = {f.name: getattr(default, f.name) for f in fields(default)}
    if not isinstance(given, Mapping):
        raise ConfigError(f"{path} 的 {name} 应写成一节：先写一行 [{name}]，下面逐行写设置。")
    _known(path, name, given, tuple(known))
    values = {key: _value(path, f"{name}.{key}", value, known[key]) for key, value in given.items()}
    return type(default)(**{**known, **values})


def _value(path: Path, name: str, value: object, default: object) -> object:
    if isinstance(default, time):
        return _time_of_day(path, name, value)
    if type(value) is not type(default):
        wanted = {str: "一段加引号的文字", bool: "true 或 false"}[type(default)]
        raise ConfigError(f"{path} 的 {name} 应写成{wanted}，现在写的是 {value!r}。")
    return value


def _time_of_day(path: Path, name: str, value: object) -> time:
    try:
        return value if isinstance(value, time) else time.fromisoformat(str(value))
    except ValueError:
        raise ConfigError(f'{path} 的 {name} 应写成 "09:00" 这样的时间，现在写的是 {value!r}。') from None


def _conversations(path: Path, given: object) -> Mapping[str, tuple[str, ...]]:
    if not isinstance(given, Mapping):
        raise ConfigError(f"{path} 的 conversations 应写成一节：先写一行 [conversations]，下面逐行写会话和文件。")
    bound = {}
    for key, value in given.items():
        names = [value] if isinstance(value, str) else value
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise ConfigError(f'{path} 的 conversations.{key} 应写成 ["文件名或标题"] 这样的列表。')
        bound[key] = tuple(names)
    return bound
