"""What the words of the shipped tables are good for: spellings of fields, whole names, changes, signs, systems."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.patterns import regex
from knowledge.roster import Rename
from knowledge.unit_tables import Line, lines

# The bodies that belong to no government.
_BESIDE = regex(r'"系" = "(?:党委|人大|政协|监察|群团|法检|党派|军队)"')
_NATIONAL = '"级" = "国"'


def unit_words() -> dict[str, object]:
    """The parts of a Lexicon that the tables of bodies give, by the names of its fields."""
    atoms: dict[str, str] = {}
    wholes: dict[str, str] = {}
    national: dict[str, str] = {}
    signs: dict[str, tuple[str, ...]] = {}
    also: dict[str, tuple[str, ...]] = {}
    for line in lines():
        if line.sort in ("用字", "独称"):
            atoms.setdefault(line.words, line.body)
        elif line.sort in ("别称", "本名") and _NATIONAL in line.rest:
            national.setdefault(line.words, line.body)
        elif line.sort in ("别称", "曾用名") or '"整"' in line.rest:
            wholes.setdefault(line.words, line.body)
        elif line.sort == "又指":
            also[line.words] = (*also.get(line.words, ()), line.body)
        elif line.sort == "挂牌" and '"常"' in line.rest:
            signs[line.body] = (*signs.get(line.body, ()), line.words)
    named = [line for line in lines() if line.sort == "本名"]
    moved = [line for line in lines() if line.sort == "去向"]
    return {
        "atoms": atoms,
        "wholes": wholes,
        "national": national,
        "signs": signs,
        "also": also,
        "alone": frozenset(line.words for line in lines() if line.sort == "独称"),
        "departments": frozenset(
            line.body for line in named if line.words.endswith("部") and _NATIONAL not in line.rest
        ),
        "beside": frozenset(line.body for line in named if _BESIDE.search(line.rest)),
        "renames": tuple(one for line in moved for one in _renames(line, several=False)),
        "mergers": tuple(one for line in moved for one in _renames(line, several=True)),
    }


def _renames(line: Line, *, several: bool) -> Iterator[Rename]:
    """The change of a single field into another one; or, of `several`, of bodies of more fields into one another."""
    values = line.values
    if "主" in values and ("+" in line.body + line.words) == several:
        yield Rename(line.body, line.words, int(values["年"]), values["据"])
