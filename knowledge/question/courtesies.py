"""收到, 谢谢, 你真棒: what is said in a chat without asking or telling anything."""

from __future__ import annotations

import re
from functools import cache

from knowledge.patterns import regex
from knowledge.question.cues import ACK, FILLER_TAIL, SMALLTALK

_BLANK = regex(r"\W+")
_NOD = regex(r"[👌👍🙏🤝]|\[(?:ok|收到|强|抱拳|握手|赞|合十)\]")
_DOUBLED = regex(r"^(\S{2,4}?)\1+$")
# 我这就跟大爷说去: what somebody is about to tell others.
_GOING = regex(
    r"(?:那|我|我们?|咱)*(?:这边)?先(?:去)?(?:对|核|看|查|问|捋|理|落实|研究|学习|准备|琢磨|消化)[^谁哪什么啥几]{0,6}|"
    r"(?:那|好|我|我们?|咱)*(?:这就|马上|立马|立刻|现在就?|就|回头就?|等会儿?)(?:去)?(?:跟|给|向|回|通知|转告|告诉|答复|回复)[^谁哪什么啥几]{1,8}?(?:说|讲|回话|回复|一声|去|了|一下)*"
)
_EMOJI = regex(r"\[[^\[\]]{1,6}\]|[\U0001f300-\U0001faff\u2600-\u27bf]+")


@cache
def _whole(body: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{body})(?:{FILLER_TAIL})*")


@cache
def _kind() -> re.Pattern[str]:
    """收到 and its kin, and what is promised."""
    from knowledge.reports.untold import PROMISE

    return _whole(rf"{ACK}|{PROMISE.pattern}")


def is_smalltalk(text: str) -> bool:
    """A greeting, thanks, praise or a mere sound; so are stickers and punctuation alone."""
    return all(_whole(SMALLTALK).fullmatch(word) or re.fullmatch(FILLER_TAIL, word) for word in _words(text))


def _words(text: str) -> list[str]:
    """The stretches of `text` between marks, stickers left out."""
    return [word for word in _BLANK.split(_EMOJI.sub("", text)) if word]


def is_acknowledgement(text: str, reminded: bool) -> bool:
    """收到 and its kin; a bare 1 or 好的 only after a reminder."""
    from knowledge.reports.untold import PROMISE

    words = [_DOUBLED.sub(r"\1", word) for word in _words(text)]
    if not words:
        return reminded and _NOD.search(text) is not None
    if reminded and all(re.fullmatch(r"\+?1|好的?|ok|嗯+|行|可以", word) or PROMISE.fullmatch(word) for word in words):
        return True
    kind = _kind()
    if not any(kind.fullmatch(word) for word in words):
        return False
    if not reminded and all(PROMISE.fullmatch(word) for word in words):
        return False
    return all(
        kind.fullmatch(word)
        or _GOING.fullmatch(word)
        or _whole(SMALLTALK).fullmatch(word)
        or re.fullmatch(FILLER_TAIL, word)
        for word in words
    )
