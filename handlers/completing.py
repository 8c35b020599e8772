"""What completes a report that was asked back: 第6项 behind 没有听出是哪一项, 是的 behind 已经办结请回复……; and 第26项也是 behind a report.

Nothing is guessed: the words of before and the words of now are read together as one sentence, and stored where that one is plain.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from handlers import report, wording_reports
from handlers.message import Outcome
from handlers.occasion import Occasion
from knowledge.normal import plain
from knowledge.patterns import regex
from knowledge.question import understand
from knowledge.question.itemnumbers import asked_numbers, without_numbers
from knowledge.question.query import Intent
from knowledge.question.signs import is_question
from knowledge.reports import report_of

_ASKED_WHICH = (wording_reports.WHICH, wording_reports.WHICH_NUMBER)
_SUGGESTED = regex(r"(?:已经办结|如已全部办结，)请回复“(?P<words>[^”]{3,40})”")
_YES = regex(
    r"(?=.*[\u4e00-\u9fff])[\s,，。.!！]*(?:是(?:的|呀|啊)?|对(?:的|呀|啊)?|嗯+|没错|确认|可以)?[,，\s]*(?:现?已?经?(?:全部|都)?(?:办结|完成|办完)了?)?[。.!！\s]*"
)
# 第26项也是, 第26项没有: the same of another, or the contrary.
_ALSO = regex(r"(?:也是(?:的|这样)?|也一样|同样|一样|同上)[了的。.!！]*")
_NOT_YET = regex(r"(?:还)?(?:没有?|没呢|未)(?:完成|办结|完)?[呢啊。.!！]*")
_ASKS = regex(r"进[展度]|情况|时限|期限|牵头|配合|责任|负责|谁|哪|多少|几|什么|怎|咋|内容|原文")
_LEAD_IN = regex(r"^(?:就?是|我?说的是|那个?|就)+|(?:那个|这个|那项|这项|啊|呀|吧|的)+$")
# What is told without days needs none.
_ANY_DAY = date(2000, 1, 1)
# So long a message tells something of its own.
_SHORT = 16


def answer(occasion: Occasion) -> Outcome | None:
    """The report that a short message completes; None where it does not, or where both together are no plain report."""
    turns, text = occasion.message.turns, occasion.message.text.strip()
    if (
        len(turns) < 2
        or not turns[-1].by_bot
        or turns[-2].by_bot
        or not text
        or len(text) > _SHORT
        or is_question(text)
    ):
        return None
    whole = _completed(turns[-2].text, turns[-1].text, plain(text))
    if not whole:
        return None
    message = replace(occasion.message, text=whole, turns=turns[:-2])
    query = understand(message, occasion.register, occasion.today)
    if query.intent is not Intent.REPORT:
        return None
    outcome = report.answer(query, message, occasion.register, occasion.ledger, occasion.now, occasion.calendar)
    words = f"{turns[-2].text.strip()}；{text}"
    return (
        replace(outcome, entries=tuple(replace(one, words=words) for one in outcome.entries))
        if outcome.entries
        else None
    )


def _completed(before: str, asked: str, text: str) -> str:
    """One sentence of the two; empty where the second does not complete the first."""
    suggested = _SUGGESTED.search(asked)
    if suggested and _YES.fullmatch(text):
        return suggested["words"]
    if not any(one.status for one in report_of(before, _ANY_DAY).told):
        return ""
    if asked_numbers(text) and asked_numbers(plain(before)):
        return _of_another(before, text)
    if not any(sign in asked for sign in _ASKED_WHICH) or any(one.status for one in report_of(text, _ANY_DAY).told):
        return ""
    named = _LEAD_IN.sub("", text)
    if _ASKS.search(named) or (asked_numbers(named) and without_numbers(named).strip()):
        return ""
    number = re.fullmatch(r"\d{1,3}", named)
    return f"第{named}项{before}" if number else f"{named}{before}" if len(named) > 1 else ""


def _of_another(before: str, text: str) -> str:
    left = without_numbers(text).strip(" ,，")
    number = "、".join(f"第{one}项" for one in asked_numbers(text))
    if _ALSO.fullmatch(left):
        return f"{number}{without_numbers(plain(before)).strip()}"
    return f"{number}还没完成" if left and _NOT_YET.fullmatch(left) else ""
