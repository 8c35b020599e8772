"""What is typed in one line or list, spelled out: several assignments in one sentence, each with what is told of it: 10、17项分别完成100%、60%; 第2、27项，前者完成了，后者还在推进."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.patterns import regex
from knowledge.question.itemnumbers import number_of
from knowledge.reports.report_words import Status

if TYPE_CHECKING:
    from knowledge.reports import Told

_PAIR = regex(
    r"第?(?P<former>\d{1,3})(?:项)?(?:、|和|与|及|,|，)第?(?P<latter>\d{1,3})项(?:任务|工作)?(?:中)?[,，:：]?"
)
# 第1项✅; 85 %
_TICKED = regex(r"(?P<item>第\s*\d{1,3}\s*[项条号]?)\s*[:：]?\s*[✅✔✓√☑]\ufe0f?")
_SPACED = regex(r"(\d)[ \u3000]+[%％]")
_SHARES = regex(r"(\d{1,3})(?:\.\d+)?%")


# 1. 第3项已完成, （2）指南已修订, ①…: a line of a list.
_LINE = regex(
    r"^\s*(?:[（(]\s*(?P<bracket>\d{1,3}|[一二三四五六七八九十]{1,3})\s*[）)]|(?P<figure>\d{1,3})\s*[.、．)）](?!\d)|(?P<han>[一二三四五六七八九十]{1,3})、|(?P<ring>[①-⑳]))\s*(?P<rest>\S.*)$"
)
_ITEM = regex(r"第\s*[\d一二三四五六七八九十百]+\s*[项条号]|^\d{1,3}\s*[项条号]")
# What only tells how far it is names nothing: in such a list the figures are those of the rows.
_NAMELESS = regex(
    r"(?:已|都|均|全部|也|还|正在|刚|\d{1,2}月\d{1,2}日?|[上下]?[周月][一二三四五六日末初底]?)*(?:[没未]|在)?(?:完成|办结|完工|上线|设立|公布|公开|印发|推进|办理|启动|搞定|[办做弄搞]完|进行)[^\u4e00-\u9fff]*[了中]?\W*(?:[,，].*)?"
)


def unlisted(text: str) -> str:
    """`text` with the lines of a numbered list as clauses: the figures count the lines where each line names its matter (1. 第3项已完成),
    and are those of the rows where the lines only tell how far it is, or where they do not count from one (3. 已完成, 9. 已完成)."""
    lines = [line for line in text.splitlines() if line.strip()]
    found = [_LINE.match(line) for line in lines]
    listed = [one for one in found if one is not None]
    if len(listed) < 2:
        return text
    numbers = [_value(one) for one in listed]
    counts = numbers == list(range(1, len(numbers) + 1)) or any(_ITEM.search(one["rest"]) for one in listed)
    bare = all(_NAMELESS.fullmatch(one["rest"].strip()) for one in listed)
    of_rows = bare or not counts
    told = [
        line
        if one is None
        else f"第{_value(one)}项{one['rest']}"
        if of_rows and not _ITEM.search(one["rest"])
        else one["rest"]
        for line, one in zip(lines, found, strict=True)
    ]
    return "。\n".join(told)


def _value(line: re.Match[str]) -> int:
    if ring := line["ring"]:
        return ord(ring) - ord("①") + 1
    return int(number_of(line["bracket"] or line["figure"] or line["han"]))


def spelled_out(text: str) -> str:
    """`text` with the number in the place of 前者 and 后者, and 已完成 in the place of a tick."""
    text = _SPACED.sub(r"\1%", _TICKED.sub(r"\g<item>已完成", text))
    pair = _PAIR.search(text)
    if pair is None or "前者" not in text or "后者" not in text:
        return text
    left = text[: pair.start()] + text[pair.end() :]
    return left.replace("前者", f"第{pair['former']}项").replace("后者", f"第{pair['latter']}项")


def each_its_own(told: Told) -> tuple[Told, ...]:
    """What is told of several numbers 分别 (apart), each with its own share; without a status where there are not as many shares."""
    if "分别" not in told.words or len(told.numbers) < 2 or told.status is None:
        return (told,)
    shares = [int(one) for one in _SHARES.findall(told.words)]
    if len(shares) != len(told.numbers):
        return (replace(told, status=None, percent=None) if len(shares) > 1 else told,)
    return tuple(_with_share(told, number, share) for number, share in zip(told.numbers, shares, strict=True))


def _with_share(told: Told, number: str, share: int) -> Told:
    done = share >= 100
    words = f"第{number}项完成{share}%"
    status = Status.DONE if done else Status.IN_PROGRESS
    return replace(told, words=words, numbers=(number,), status=status, percent=None if done else share, each=False)
