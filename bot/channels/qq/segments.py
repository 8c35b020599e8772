"""消息段: what a QQ message is made of, read from an array or from a string with CQ codes, and written as an array only.

Both forms are of OneBot 11 (message/array and message/string). Strings are never written: in an array no sign of a
text needs escaping, and nobody can smuggle in a code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

MOST = 500
"""Segments of a message that are read; QQ's own messages have a few dozen at most."""
EVERYBODY = "all"
"""Whom an `at` of everybody names."""
_CODE = re.compile(r"\[CQ:(?P<kind>[A-Za-z0-9_.-]+)(?P<values>(?:,[^\[\]]*)?)\]")


@dataclass(frozen=True, slots=True)
class Segment:
    """消息段: its kind (text, at, reply, image …) and its values, all of them strings: implementations write numbers where
    the standard has strings."""

    kind: str
    values: Mapping[str, str] = field(default_factory=dict)

    def written(self) -> dict[str, object]:
        """As an element of an array."""
        return {"type": self.kind, "data": dict(self.values)}


def segments_of(message: object) -> tuple[Segment, ...]:
    """The segments of a message in either form; what is no message has none."""
    if isinstance(message, str):
        return tuple(_of_string(message))[:MOST]
    if isinstance(message, Sequence):
        return tuple(_of_array(message[:MOST]))
    return tuple(_of_array([message]))


def _of_array(message: Sequence[object]) -> Iterator[Segment]:
    for one in message:
        if isinstance(one, Mapping) and isinstance(one.get("type"), str):
            values = one.get("data")
            yield Segment(one["type"], _strings(values if isinstance(values, Mapping) else {}))


def _strings(values: Mapping[object, object]) -> dict[str, str]:
    return {str(key): identifier(value) for key, value in values.items() if isinstance(value, str | int | float)}


def identifier(value: object) -> str:
    """An id, or another value, as the string it is compared as: some implementations send numbers, some strings."""
    if isinstance(value, bool):
        return str(int(value))
    return "" if value is None else str(value)


def _of_string(message: str) -> Iterator[Segment]:
    at = 0
    for found in _CODE.finditer(message):
        yield from _text(message[at : found.start()])
        yield Segment(found["kind"], dict(_parameters(found["values"])))
        at = found.end()
    yield from _text(message[at:])


def _text(escaped: str) -> Iterator[Segment]:
    if escaped:
        yield Segment("text", {"text": unescaped(escaped)})


def _parameters(values: str) -> Iterator[tuple[str, str]]:
    for one in values.split(","):
        name, equals, value = one.partition("=")
        if equals:
            yield name, unescaped(value)


def unescaped(text: str) -> str:
    """A text or a parameter of a CQ code as it was meant; `&amp;` last, so that `&amp;#91;` stays `&#91;`."""
    return text.replace("&#44;", ",").replace("&#91;", "[").replace("&#93;", "]").replace("&amp;", "&")


def text(words: str) -> Segment:
    """Plain words."""
    return Segment("text", {"text": words})


def at(account: str) -> Segment:
    """Naming a member by the QQ number."""
    return Segment("at", {"qq": account})


def reply(message: str) -> Segment:
    """Quoting a message by its id."""
    return Segment("reply", {"id": message})


def image(encoded: str) -> Segment:
    """A picture in base64: a path would be one of the implementation's machine."""
    return Segment("image", {"file": f"base64://{encoded}"})
