"""今年比去年多了哪些任务, 修订后有什么变化: two filed documents side by side, told in a few lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from handlers import wording_comparison
from handlers.message import Answer, Outcome, said
from knowledge.comparison import ChangeKind, Comparison, Pair, compared
from knowledge.identity import Remembered
from knowledge.lexicon import office_lexicon
from knowledge.model import Assignment, Document, Draft, Evidence, Message
from knowledge.normal import plain
from knowledge.patterns import regex
from knowledge.question.query import Intent
from knowledge.question.shaping import is_topic
from knowledge.question.whichdocument import named_documents, with_years
from knowledge.register import Register
from knowledge.shares import holder_of
from knowledge.units import UnitBook, without_mentions

_YEAR = r"(?:今年|本年度?|去年|上一?年度?|前年|(?:19|20)\d\d年?)度?"
_NOUN = r"(?:重点)?(?:工作)?(?:任务|方案|文件|要点|分工|事项|清单|台账|计划|通知)"
_ASKS = r"(?:哪些|哪几[项条个]|什么|啥|几[项条个]|多少[项条个]|变化|变动|不同|不一样|区别|差别|改了|改动|调整)"
_OF_YEARS = regex(rf"(?:比|跟|和|与|较|同|对比){_YEAR}|{_YEAR}.{{0,12}}(?:比|跟|和|与|较|同){_YEAR}")
_OF_EDITIONS = regex(r"修订(?:前后|之?后|版|稿)|调整(?:前后|之?后)|新旧|两版|新版")
_ASKED = regex(_ASKS)
_WHAT = (
    ("新增", regex(r"多了?|新增|增加|加了|新的")),
    ("删去", regex(r"少了?|删|取消|减少|去掉|没了|撤销")),
    ("收紧", regex(r"提前|收紧|缩短|更紧|变紧")),
)
_IDLE = regex(
    rf"{_YEAR}|{_NOUN}|{_ASKS}|修订|调整|新旧|两版|新版|前后|之?后|版|稿|多了?|少了?|新增|增加|减少|删了?|取消|提前|收紧|相比|比较|对比|比|跟|和|与|较|同"
    r"|我们?[局委办]?|咱们?|的|了|有|是|里|中|项|条|个|都|又|还|呢|吗|啊|吧|请问|到底|主要|列一?下|说一?下|\W"
)
SHOWN = 8
_made: Remembered[Comparison] = Remembered(4)


def asks(text: str) -> bool:
    """Whether a sentence asks for what became different between two documents; cheap, for every message is asked."""
    return (_OF_YEARS.search(text) or _OF_EDITIONS.search(text)) is not None and _ASKED.search(text) is not None


def answer(message: Message, register: Register, today: date) -> Outcome | None:
    """The differences asked for; None where the sentence asks for something else after all.

    `register` is what the conversation may know, also what is no longer in force.
    """
    text = with_years(plain(message.text), register, today)
    book = UnitBook.of(register)
    mentions = book.mentions(text)
    rest = _IDLE.sub("", without_mentions(text, mentions))
    pairs = [
        one for one in _pairs(register, editions=_OF_EDITIONS.search(text) is not None) if _fits(one, text, register)
    ]
    if is_topic(rest, office_lexicon(register)) and not _is_title(rest, pairs):
        return None
    if not pairs:
        return said(wording_comparison.NOTHING_TO_COMPARE, Answer(Intent.DETAIL))
    units = tuple(dict.fromkeys(unit for one in mentions for unit in one.units[:1]))
    if not units and message.unit and re.search(r"我们|咱们|我局|我委|我办", text):
        units = holder_of(message.unit, register).names
    return _told([_compared(old, new, register) for old, new in pairs], units, text)


def _compared(old: Document, new: Document, register: Register) -> Comparison:
    drafts = [Draft(one, register.of_document(one.id)) for one in (old, new)]
    lexicon = office_lexicon(register)
    return _made.of((old, new, lexicon), lambda: compared(drafts[0], drafts[1], lexicon))


def _pairs(register: Register, *, editions: bool) -> Iterator[tuple[Document, Document]]:
    """Each document in force with what stood before it: its last edition, or the newest plan of an earlier year."""
    from knowledge.editions import without_year

    for new in register.in_force.documents:
        if not register.of_document(new.id):
            continue
        others = [one for one in register.documents if one.id != new.id and register.of_document(one.id)]
        if editions:
            before = [
                one for one in others if one.superseded and one.superseded.by == new.id and one.superseded.revised
            ]
        else:
            alike = [one for one in others if one.year and new.year and one.year < new.year]
            before = sorted(
                (one for one in alike if without_year(one) == without_year(new)), key=lambda one: one.year or 0
            )
        if before:
            yield before[-1], new


def _fits(pair: tuple[Document, Document], text: str, register: Register) -> bool:
    """Whether the pair is what the sentence names, if it names any document."""
    named = named_documents(text, register).documents
    return named is None or not {one.id for one in pair}.isdisjoint(named)


def _is_title(rest: str, pairs: list[tuple[Document, Document]]) -> bool:
    """Whether what is left in the sentence only says of which document (政务公开)."""
    return any(rest and rest in plain(new.title) for _, new in pairs)


# --- in words ----------------------------------------------------------------------------------------------------
def _told(comparisons: list[Comparison], units: tuple[str, ...], text: str) -> Outcome:
    narrowed = [one.of_units(units) if units else one for one in comparisons]
    what = next((word for word, cue in _WHAT if cue.search(text)), "")
    shown = [(one, [pair for pair in one.pairs if _wanted(pair, what)] if what else []) for one in narrowed]
    blocks = [wording_comparison.told(one, pairs[:SHOWN], what, len(pairs), units) for one, pairs in shown]
    rows = [row for _, pairs in shown for pair in pairs for row in (pair.new or pair.old)]
    documents = tuple(dict.fromkeys(id for one in narrowed for id in (one.new.id, one.old.id)))
    value = Answer(
        Intent.DETAIL,
        answered=True,
        assignments=tuple(row.id for row in rows),
        documents=documents,
        units=units,
        count=len(rows) if what else None,
        evidence=tuple(_evidence(row) for row in rows),
    )
    return said("\n\n".join(blocks), value)


def _wanted(pair: Pair, what: str) -> bool:
    if what == "收紧":
        return pair.sure and pair.shows(ChangeKind.TIGHTENED)
    return pair.added if what == "新增" else pair.dropped


def _evidence(row: Assignment) -> Evidence:
    return Evidence(row.document, row.id, row.place, row.original)
