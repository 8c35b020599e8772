"""所得: what the office learns from a review, and a draft read with what it has learned before.

An alias, a unit that exists, a convention, a time limit mended, a role word: what a person has confirmed once is not
asked again in the next document. Where something stands, and what is inherited from where, is never learned.
"""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.deadlines.moments import NO_YEAR
from knowledge.lexicon import CONFIRMED_LIMITS, CONFIRMED_RULES, CONFIRMED_UNITS, NICKNAMES, ROLE_WORDS
from knowledge.model import Doubt, Role
from knowledge.patterns import regex
from knowledge.review.choice import Choice, Way
from knowledge.review.correction import Correction, Field
from knowledge.review.decision import Decision

ROLES = {Role.LEAD: "牵头", Role.RESPONSIBLE: "责任", Role.COOPERATING: "配合"}
NO_ROLE = "不登记"
IS_A_UNIT = "单位"
_TOO_LONG = 60
# 9月没有31日, 原文有缺字: a slip of this paper, and no way in which the office writes its limits.
_MISPRINT = regex(r"没有\d{1,2}[日月]|缺字")


@dataclass(frozen=True, slots=True)
class Lesson:
    """所得: one line of the lexicon: in `table`, `words` mean `meaning`."""

    table: str
    words: str
    meaning: str


def from_choice(one: Decision, choice: Choice) -> Lesson | None:
    """What choosing `choice` teaches; None where the next document must be asked again."""
    doubt, table = one.doubt, one.form.teaches
    if doubt is None or not table or not doubt.words or len(doubt.words) > _TOO_LONG:
        return None
    meaning = meaning_of(doubt, table, choice)
    return Lesson(table, subject_of(doubt, table), meaning) if meaning else None


def subject_of(doubt: Doubt, table: str) -> str:
    """The words under which an answer to `doubt` stands in `table`."""
    return doubt.words.partition("：")[0] if table == ROLE_WORDS else doubt.words


def meaning_of(doubt: Doubt, table: str, choice: Choice) -> str:
    """What `choice` says that those words mean, as it stands in `table`; empty where it is not to be learned."""
    if choice.way is Way.AS_READ:
        return {
            CONFIRMED_UNITS: IS_A_UNIT,
            CONFIRMED_RULES: doubt.reading,
            CONFIRMED_LIMITS: "" if NO_YEAR in doubt.message or _MISPRINT.search(doubt.message) else remark_of(doubt),
            ROLE_WORDS: NO_ROLE,
        }.get(table, "")
    return ROLES[Role(choice.words)] if table == ROLE_WORDS and choice.way is Way.IN_ROLE else ""


def remark_of(doubt: Doubt) -> str:
    """Why a time limit was doubted: 时限“年初前”：“年初”按1月理解。 → “年初”按1月理解"""
    return doubt.message.partition("”：")[2].rstrip("。")


def alias(correction: Correction) -> Lesson | None:
    """What is learned when a person says that a printed name is the short name of one unit."""
    if correction.field is not Field.NAME or len(correction.names) != 1 or len(correction.old) > _TOO_LONG:
        return None
    return Lesson(NICKNAMES, correction.old, correction.names[0])
