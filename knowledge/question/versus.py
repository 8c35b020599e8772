"""城管局和公安局谁的任务多, A牵头的比B多吗: what two units have to do, held against each other."""

from __future__ import annotations

from knowledge.patterns import regex
from knowledge.question.chores import UNIT

_AND = r"(?:、|,|和|与|跟|同|还是|比起|对比)"
_WORK = r"(?:的|任务|活儿?|事情?|工作|担子|项数|数量|牵头|主责|负责|配合|协办|承担|要做|手上|手头|整改|落实|办理)"
_MORE = r"(?:更|要|比较|最)?(?:得)?(?:多|少|重|轻)"
_VERSUS = regex(
    rf"{UNIT}{_WORK}*{_AND}{UNIT}{_WORK}*(?:相比|比较?|比起来)?[,，]?(?:谁|哪(?:一)?(?:个|家)(?:单位|部门|局)?){_WORK}*{_MORE}(?:一些|一点|些|点)?"
    rf"|{UNIT}{_WORK}*(?:是不是)?比{UNIT}{_WORK}*{_MORE}(?:(?:几|多少)(?:项|件|个|条)|一些|一点|些|点)?"
    rf"|(?:谁|哪(?:一)?(?:个|家)(?:单位|部门|局)?){_WORK}*{_MORE}[,，]?(?:是)?{UNIT}(?:还是){UNIT}"
)


def without_versus(marked: str) -> str | None:
    """`marked`, in which UNIT stands for a unit, without the words that hold two units against each other, the units left in it;
    None for any other question."""
    if not ("多" in marked or "少" in marked or "重" in marked or "轻" in marked) or marked.count(UNIT) < 2:
        return None
    found = _VERSUS.search(marked)
    return f"{marked[: found.start()]} {UNIT} {UNIT} {marked[found.end() :]}" if found else None
