"""Where a time can begin: by the characters it opens with, so that few grammars are tried and few places looked at.

A grammar whose words open with something new has to be entered here; a test reads what every grammar can open with.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from knowledge.patterns import regex

Rule = TypeVar("Rule")

DIGIT = "0"
"""Stands for every decimal digit."""

QUOTES = "“\"'「『"

# What may stand behind the figures of a time: its unit, a sign within a date in figures, the next member of a range.
_UNITS = "年月日号天周季度个半工法自交星礼小时分底末"
_SIGNS = r" ./~\-、和及至到之以前止起截"
# The first character of a time, and the second where the first is common in other words (按月, not 按照).
_STARTS = (
    rf"(?<![\d.])\d(?=\d*[{_UNITS}{_SIGNS}]|\d{{6}})|分(?=[季月])|以(?=[半年季月周])|[按逐](?=[\d个半双两年季月周星礼工天日单奇偶])",
    r"每(?=[\d逢隔个半双两年季月周星礼工天日单奇偶次下])|逢(?=[单双奇偶])|隔(?=[月周季年日])|各(?=[季月])|[单双奇偶](?=[数月])|半(?=[\d个半工法自交日天周星礼月季年小时分])",
    r"[季月周年岁]|次(?=[月季半周星年])|于(?=[次下])|今(?=[年明后下天日晚早儿])|本(?=[\d年明后下季半个周星礼月])|明(?=[年明后下天日早晚儿])|[来去翌新](?=年)|当(?=[年月季前半])|后(?=[年明后下天日])",
    r"前(?=[\d年天日])|[上下](?=[\d年半季个旬上下周星礼月发])|这(?=[\d明后下季半个周星礼月])|大(?=[前后])|第(?=\d)|首(?=季)|即(?=[日时])|现(?=在)|目(?=前)|[印发](?=[发文布])|公(?=布)|全(?=年)|昨(?=[天日晚儿])|星(?=期)|礼(?=拜)|[Qq](?=\d)",
    r"元(?=[旦宵月])|春(?=节)|清(?=明)|端(?=午)|中(?=[秋元旬])|国(?=[庆际家])|劳(?=动)|十(?=[一二三四五六七])|五(?=[一四])|[六八](?=一)|七(?=[一夕])|三(?=八)|除(?=夕)|冬(?=至)|建(?=[党军])|教(?=师)|腊(?=八)|重(?=阳)|[“\"](?=[十元新三妇植五劳国青六儿七建八教宪圣春端中重腊过清冬除年])",
)
STARTER = regex("|".join(_STARTS))
"""A place in a document's words where a time may begin; wherever it does not match, none does."""


def by_first(rules: Iterable[tuple[Rule, str]]) -> Mapping[str, tuple[Rule, ...]]:
    """The rules that can begin with a character, in their order; `rules` come with all their first characters."""
    out: dict[str, tuple[Rule, ...]] = {}
    for rule, characters in rules:
        for character in characters:
            out[character] = (*out.get(character, ()), rule)
    return out


def first(text: str, at: int) -> str:
    """The character at `at` as `by_first` names it; empty behind the end."""
    character = text[at : at + 1]
    return DIGIT if character.isdecimal() else character
