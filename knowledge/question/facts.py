"""Which ones there are about a subject, and what a quoted sentence must hold to be an answer."""

from __future__ import annotations

from knowledge.patterns import regex
from knowledge.question.query import Intent
from knowledge.question.signs import Signs

_WHICH_ITEMS = regex(
    r"(?:哪[几些](?:项|条|件|个(?=任务|事项|要求|$|\W))|(?:(?<!第)几|多少)(?:项|条|件|个(?=任务|事项|要求)))(?:任务|事项|工作|要求|措施|事)?\W*$"
    r"|哪[几些](?:(?:项|条|件|个(?=任务|事项))(?:任务|事项|工作|内容)?|任务|事项|工作|要求)(?:里|中|是|都)?(?:跟|和|与|同|关于|涉及|提到|写到|写了|讲到?|说到?|沾|要求)"
    r"|(?:跟|和|与|同|关于|涉及|提到|写到)[^,，。]{1,10}(?:有关|相关|沾边)?的?(?:都|任务|事项|工作|要求)*(?:有|是)?哪[些几]"
    r"|(?:跟|和|与|同|关于|涉及)[^,，。哪谁]{1,10}(?:有关|相关|沾边)的?(?:所有|全部)?(?:任务|事项|工作)(?:都|有)*(?:列|发|给|找|\W*$)"
)


def asks_which(text: str) -> bool:
    """Whether it is asked which ones there are, or how many of them."""
    return _WHICH_ITEMS.search(text) is not None


def fact_of(signs: Signs, intent: Intent) -> str | None:
    """What a quoted sentence must hold to be an answer: lead, who, when, count; None: any sentence will do. 涉及学校的是哪几条 asks which
    ones there are, and for no figure."""
    found = _WHICH_ITEMS.search(signs.text) if intent in (Intent.DETAIL, Intent.COUNT) else None
    if found is not None and "哪" in found[0]:
        return None
    facts = (
        ("lead", ("lead",)),
        ("who", ("who", "duty_word", "cooperating", "excluding")),
        ("when", ("when", "limit")),
        ("count", ("count",)),
    )
    return next((fact for fact, cues in facts if signs.any(*cues)), None)
