"""Rosters of invented offices, as their files would hold them."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from functools import cache

from knowledge.lexicon import Lexicon, quoted, shipped
from knowledge.roster_table import roster_of

# The last day on which names of before the reform of 2018 are in force: it took cities and counties another year.
REFORM = date(2019, 12, 31)


@cache
def with_roster(text: str) -> Lexicon:
    """The shipped lexicon with the [名册] that `text` holds."""
    return replace(shipped(), roster=roster_of(tomllib.loads(quoted(text))["名册"], "名册.toml"))
