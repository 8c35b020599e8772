"""Numbers of things in a sentence and in a requirement: 建成31个 of 改造老旧小区45个."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from knowledge.normal import plain
from knowledge.patterns import regex
from knowledge.question.itemnumbers import number_of

_SCALE = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_FIGURE = r"\d+(?:,\d{3})*(?:\.\d+)?"
# Before these a number is no amount: an item's, a document's or a product's number.
_AMOUNT = regex(
    rf"(?<![a-z\d.\-—第〔\[])(?P<n>{_FIGURE}|[一二两三四五六七八九十百千]{{1,5}}(?=[场次期座家所处台套批轮条户个项人名万]))(?P<scale>[十百千万亿]*)(?P<more>多|余)?(?P<unit>%|[^\W\d_a-z年月日号天时分点周季第零〇一二两三四五六七八九十和与及至到等的])(?=(?P<next>[^\W\d]?))"
)
# 3个工作日, 60学时, 2小时: how long, and not how much.
_TIMES = regex(r"个(?=工)|小|学|课|版|期(?!次)")
_SAME = {"名": "人", "位": "人"}
# Where less is better, what was reached is not below what is wanted.
_AT_MOST = regex(
    r"(?:不超过|低于|不高于|控制在|压缩[到至为]|压减[到至]|降[到至低](?:[到至])?|(?<!不)少于)[^\d,]{0,4}\d|\d[^\d,]{0,4}(?:以内|以下)"
)


class Amount(NamedTuple):
    """So many of something: `value` things counted in `unit`, the first character of its measure word (个, 公 of 公里, %)."""

    value: float
    unit: str


def amounts_in(text: str) -> tuple[Amount, ...]:
    """The amounts in `text`, in order; numbers of items, dates and durations are none."""
    found: list[Amount] = []
    for one in _AMOUNT.finditer(plain(text)):
        if _TIMES.match(one["unit"] + one["next"]):
            continue
        value = float(number_of(one["n"]) if not one["n"][0].isdigit() else one["n"].replace(",", ""))
        for sign in one["scale"]:
            value *= _SCALE[sign]
        found.append(Amount(value, _SAME.get(one["unit"], one["unit"])))
    return tuple(found)


def wanted_in(requirement: str) -> dict[str, tuple[float, ...]]:
    """What a requirement wants at least, by unit, the greatest first; empty where less is better."""
    text = plain(requirement)
    return {} if _AT_MOST.search(text) else _by_unit(one for one in amounts_in(text) if one.value > 1)


def falls_short(requirement: str, words: str) -> bool:
    """Whether `words` name less of something than the requirement wants (每周2列 of 3列); the greatest named is held against it."""
    told = _by_unit(amounts_in(words))
    return any(told[unit][0] < most[0] for unit, most in wanted_in(requirement).items() if unit in told)


def reaches(requirement: str, words: str) -> bool:
    """Whether `words` name as much of each thing as the requirement wants, and nothing less beside it (12个完成了12个)."""
    wanted, told = wanted_in(requirement), _by_unit(amounts_in(words))
    return bool(wanted) and all(_meets(told.get(unit, ()), values) for unit, values in wanted.items())


def meets_what_it_names(requirement: str, words: str) -> bool:
    """Whether of what `words` name in the requirement's own units nothing is less than wanted; False when they name none."""
    wanted, told = wanted_in(requirement), _by_unit(amounts_in(words))
    named = wanted.keys() & told.keys()
    return bool(named) and all(_meets(told[unit], wanted[unit]) for unit in named)


def _meets(told: tuple[float, ...], wanted: tuple[float, ...]) -> bool:
    """Each as much as what is wanted in its place; where more or fewer are told, all of them as much as the greatest."""
    if len(told) == len(wanted):
        return all(one >= other for one, other in zip(told, wanted, strict=True))
    return bool(told) and told[-1] >= wanted[0]


def _by_unit(amounts: Iterable[Amount]) -> dict[str, tuple[float, ...]]:
    found: dict[str, list[float]] = {}
    for value, unit in amounts:
        found.setdefault(unit, []).append(value)
    return {unit: tuple(sorted(values, reverse=True)) for unit, values in found.items()}
