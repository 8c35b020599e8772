"""导出: the list that was given last, or is asked for in the same breath, as a table."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from handlers.message import Answer, Export, Outcome, Reply
from handlers.wording_export import DOCUMENTS, HEAD, NOTHING, document_row, ready, row, titled
from knowledge.model import Message
from knowledge.question.conversation import answered_last
from knowledge.question.query import Intent
from knowledge.register import Register

_TABLE = r"(?:excel|xlsx?|电子表格|表格?|表单|文件|清单|文档)"
_OUT = (
    rf"(?:导出(?:来|一下|一份)?(?:成|为|到)?(?:一?[个份张])?{_TABLE}?|(?:做|存|转|生|变|导)成?(?:一?[个份张])?{_TABLE})"
)
_POLITE = (
    r"(?:请|麻烦|帮忙|帮我|帮|给我|你|再|并|然后|全部|都|把?(?:这个|这些|它们?|上面的?|刚才的?|结果|清单|列表|名单))*"
)
_END = r"(?:给我|发我|发过来|看看|一下|吧|呗|谢谢|哈|啊)*\W*"
# 导出, and nothing else: what was listed last.
_ALONE = re.compile(rf"{_POLITE}(?:{_OUT}|发(?:我|个|一?[个份])+{_TABLE}){_END}", re.IGNORECASE)
# 财政局有哪些任务，导出成表格; 把本周到期的导出
_BESIDE = re.compile(rf"(?:把|将)?(?P<asked>.{{3,60}}?)[\s,，。;；]*{_POLITE}{_OUT}{_END}", re.IGNORECASE)
# 导出市财政局的任务
_BEFORE = re.compile(
    rf"(?:请|麻烦|帮我?|给我|你)*导出(?:一下|一份|一个)?(?P<asked>[^\s,，。;；]{{3,40}}?)(?:成|为)?{_TABLE}?{_END}",
    re.IGNORECASE,
)


def answer(message: Message, register: Register, ask: Callable[[Message], Outcome]) -> Outcome | None:
    """The table of the question behind `message`; None where it asks for none. `ask` answers that question anew."""
    said = message.text.strip()
    if _ALONE.fullmatch(said):
        asked = answered_last(message)
        while asked and _ALONE.fullmatch(asked.text.strip()):
            asked = answered_last(asked)
        if asked and _is_summary(asked, ask):
            return ask(replace(asked, text=f"{asked.text}，{said}"))
        made = _made(asked, register, ask) if asked else None
        return made or Outcome((Reply(NOTHING),), answer=Answer(Intent.HELP))
    beside = _BESIDE.fullmatch(said) or _BEFORE.fullmatch(said)
    if beside is None:
        return None
    asked = replace(message, text=beside["asked"])
    if _is_summary(asked, ask):
        return None
    plain = ask(asked)
    return _made(asked, register, ask) or (plain if plain.answer is not None and plain.answer.answered else None)


def _is_summary(asked: Message, ask: Callable[[Message], Outcome]) -> bool:
    """Whether it is a summary, which has papers of its own (handlers.summary)."""
    found = ask(asked).answer
    return found is not None and found.answered and found.intent is Intent.SUMMARY


def _made(asked: Message, register: Register, ask: Callable[[Message], Outcome]) -> Outcome | None:
    """The answer to a question as a table; None where it names nothing that makes rows."""
    found = ask(asked).answer
    if found is None or not found.answered:
        return None
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    if found.intent is Intent.DOCUMENTS:
        head = DOCUMENTS
        rows = tuple(document_row(one, register) for one in register.scoped(found.documents).documents)
    else:
        head = HEAD
        known = (one for id in found.assignments if (one := register.assignment(id)))
        rows = tuple(row(one, register.document(one.document)) for one in known)
    if not rows:
        return None
    export = Export(titled(asked.text), head, rows)
    return Outcome((Reply(ready(export)),), answer=replace(found, evidence=()), export=export)
