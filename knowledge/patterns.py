"""Regular expressions that are compiled when first used: there are hundreds, and one question needs a part of them."""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("match", "search", "fullmatch", "finditer", "findall", "split", "sub", "subn")


class Unread:
    """Stands for a pattern until something is asked of it; afterwards its methods are the compiled pattern's own."""

    def __init__(self, source: str, flags: int) -> None:
        self._said = (source, flags)

    @property
    def source(self) -> str:
        """What the pattern was written as."""
        return self._said[0]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(*self._said)
        for method in _METHODS:
            self.__dict__[method] = getattr(compiled, method)
        return getattr(compiled, name)


def source_of(pattern: re.Pattern[str]) -> str:
    """What `pattern` was written as; one that waits is not compiled for that."""
    return pattern.source if isinstance(pattern, Unread) else pattern.pattern


def regex(source: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern of `source`, for a module's constants. Raises re.error only when it is used."""
    return cast("re.Pattern[str]", Unread(source, flags))
