"""Values to JSON and back, strictly: what is unknown, missing or of the wrong type gives one clear error.

Fields that hold their default are not written, so a field that comes later with a default reads old files.
Anything else that changes the form raises `SCHEMA`.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

SCHEMA = 1
"""The number of the stored form. A store refuses what a newer program has written."""

T = TypeVar("T")
Decoder = Callable[[Any], Any]


class CodecError(Exception):
    """Stored JSON does not have the form. `reason` is a Chinese phrase, `path` where in the value (outermost first)."""

    def __init__(self, reason: str, *path: str) -> None:
        super().__init__(reason, path)
        self.reason = reason
        self.path = path

    def __str__(self) -> str:
        return f"{'.'.join(self.path)}：{self.reason}" if self.path else self.reason

    def within(self, step: str) -> CodecError:
        """The same error as seen from one step further out."""
        return CodecError(self.reason, step, *self.path)


def encode(value: object) -> Any:
    """A value of the model as what `json.dumps` takes."""
    if value is None or type(value) in (str, int, float, bool):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): encode(held) for key, held in value.items()}
    if isinstance(value, tuple | list):
        return [encode(held) for held in value]
    kind: Any = type(value)
    return {
        name: encode(held)
        for name, default in _defaults(kind).items()
        if (held := getattr(value, name)) is not default and held != default
    }


def decode(kind: type[T], stored: object) -> T:
    """What `encode` made, as a value of `kind` again. Raises CodecError."""
    hint: Any = kind
    value: T = _decoder(hint)(stored)
    return value


@cache
def _defaults(kind: Any) -> Mapping[str, object]:
    """The written fields of a class with their defaults; MISSING for those that must be there."""
    return {
        field.name: field.default_factory() if field.default_factory is not MISSING else field.default
        for field in fields(kind)
    }


@cache
def _decoder(hint: Any) -> Decoder:
    """What reads JSON into the type that a hint names."""
    if hint in _PLAIN:
        return _PLAIN[hint]
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (types.UnionType, Union):
        return _optional(next(argument for argument in arguments if argument is not types.NoneType))
    if origin is tuple:
        return _sequence(arguments[0])
    if origin is not None:
        return _mapping(arguments[1])
    return _enumerated(hint) if issubclass(hint, Enum) else _composed(hint)


def _exactly(kind: type, name: str) -> Decoder:
    def read(stored: Any) -> Any:
        if type(stored) is not kind:
            raise CodecError(f"应为{name}，实为{stored!r:.40}")
        return stored

    return read


def _iso(parse: Callable[[str], Any], name: str) -> Decoder:
    def read(stored: Any) -> Any:
        try:
            return parse(stored)
        except (TypeError, ValueError):
            raise CodecError(f"应为{name}，实为{stored!r:.40}") from None

    return read


def _aware(stored: str) -> datetime:
    moment = datetime.fromisoformat(stored)
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone")
    return moment


_PLAIN: Mapping[Any, Decoder] = {
    str: _exactly(str, "文字"),
    int: _exactly(int, "整数"),
    bool: _exactly(bool, "是或否"),
    date: _iso(date.fromisoformat, "日期"),
    datetime: _iso(_aware, "带时区的时刻"),
    object: lambda stored: stored,
}


def _optional(hint: Any) -> Decoder:
    read_present = _decoder(hint)
    return lambda stored: None if stored is None else read_present(stored)


def _sequence(hint: Any) -> Decoder:
    read_one = _decoder(hint)

    def read(stored: Any) -> Any:
        if type(stored) is not list:
            raise CodecError(f"应为列表，实为{stored!r:.40}")
        try:
            return tuple([read_one(held) for held in stored])
        except CodecError:
            raise _located(read_one, enumerate(stored)) from None

    return read


def _mapping(hint: Any) -> Decoder:
    read_one = _decoder(hint)

    def read(stored: Any) -> Any:
        if type(stored) is not dict:
            raise CodecError(f"应为名目表，实为{stored!r:.40}")
        try:
            return {key: read_one(held) for key, held in stored.items()}
        except CodecError:
            raise _located(read_one, stored.items()) from None

    return read


def _located(read_one: Decoder, held: Iterable[tuple[Any, Any]]) -> CodecError:
    """Which of several was wrong; asked only once something is, so that reading what is right stays quick."""
    for step, stored in held:
        try:
            read_one(stored)
        except CodecError as error:
            return error.within(str(step + 1) if isinstance(step, int) else str(step))
    raise AssertionError("nothing was wrong")


def _enumerated(kind: type[Enum]) -> Decoder:
    known = {member.value: member for member in kind}

    def read(stored: Any) -> Any:
        if type(stored) is not str or stored not in known:
            raise CodecError(f"应为{'、'.join(known)}之一，实为{stored!r:.40}")
        return known[stored]

    return read


class _Readers(dict[str, Decoder]):
    """The decoders of a class's fields, each made when first wanted: a deadline holds deadlines."""

    def __init__(self, kind: type) -> None:
        super().__init__()
        self._hints = get_type_hints(kind)

    def __missing__(self, name: str) -> Decoder:
        return self.setdefault(name, _decoder(self._hints[name]))


def _composed(kind: type) -> Decoder:
    readers = _Readers(kind)

    def read(stored: Any) -> Any:
        # What is right is read without asking twice; only when something is wrong it is looked up what.
        try:
            return kind(**{name: readers[name](held) for name, held in stored.items()})
        except (CodecError, AttributeError, KeyError, TypeError) as error:
            raise _diagnosed(kind, readers, stored) from error

    return read


def _diagnosed(kind: type, readers: _Readers, stored: Any) -> CodecError:
    if type(stored) is not dict:
        return CodecError(f"应为{kind.__name__}，实为{stored!r:.40}")
    written = _defaults(kind)
    required = frozenset(name for name, default in written.items() if default is MISSING)
    if not required <= stored.keys() or not stored.keys() <= written.keys():
        return _misfit(kind, required, written, stored)
    for name, held in stored.items():
        try:
            readers[name](held)
        except CodecError as error:
            return error.within(name)
    raise AssertionError("nothing was wrong")


def _misfit(
    kind: type, required: frozenset[str], written: Mapping[str, object], stored: Mapping[str, Any]
) -> CodecError:
    missing, unknown = sorted(required - stored.keys()), sorted(stored.keys() - written.keys())
    told = [f"缺少字段{'、'.join(missing)}"] * bool(missing) + [f"有不认识的字段{'、'.join(unknown)}"] * bool(unknown)
    return CodecError(f"{kind.__name__}{'，'.join(told)}")
