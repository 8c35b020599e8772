"""Names before colons that are whoever has what stands behind them, told by their likeness (水稻团队：… 植保室：… 综合办：…)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from knowledge.model import Duty, Role
from knowledge.parsing.names import is_clause, is_unit
from knowledge.parsing.slot import Slot

_NAMED = re.compile(r"(?P<name>[\u3400-\u9fff\d]{2,12})(?:[（(][^（）()]{1,20}[）)])?[：:](?=\S{4})")
_GROUP = re.compile(r"\S{2}(?:团队|网格)$")
_FEW = 3


def owners_alike(texts: Iterable[str]) -> Mapping[str, Slot]:
    """Text → the unit before its colon, where at least three of `texts` begin so and every name there is built like one.

    A person in a bracket behind the name (票务组（负责人：丁某）：…) is passed over.
    """
    names = {text: m["name"] for text in texts if (m := _NAMED.match(text))}
    if len(names) < _FEW or not all(map(_is_built, names.values())):
        return {}
    return {text: Slot((Duty(name, Role.RESPONSIBLE),), units_stated=True) for text, name in names.items()}


def _is_built(name: str) -> bool:
    return (is_unit(name) and not is_clause(name)) or _GROUP.fullmatch(name) is not None
