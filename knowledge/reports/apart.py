"""Several assignments in one sentence, each with what is told of it: 10、17项分别完成100%、60%; 第2、27项，前者完成了，后者还在推进."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.patterns import regex
from knowledge.reports.report_words import Status

if TYPE_CHECKING:
    from knowledge.reports import Told

_PAIR = regex(
    r"第?(?P<former>\d{1,3})(?:项)?(?:、|和|与|及|,|，)第?(?P<latter>\d{1,3})项(?:任务|工作)?(?:中)?[,，:：]?"
)
_SHARES = regex(r"(\d{1,3})(?:\.\d+)?%")


def spelled_out(text: str) -> str:
    """`text` with the number in the place of 前者 and 后者."""
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
