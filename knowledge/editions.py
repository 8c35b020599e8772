"""Which filed document a new one takes the place of: an earlier edition, the one it abolishes, or last year's plan.

A document says so in its title (（修订版）, 关于调整…的通知), in its file's name, or in a sentence (原《…》同时废止, 以此件为准).
Where nothing says so, an equal title is only a reason to ask.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import PurePath

from knowledge.model import Document, Draft
from knowledge.normal import bare, plain
from knowledge.parsing.header import cited
from knowledge.patterns import regex

_REVISED = r"修订|修正|更正|勘误|修改|调整|重新?印发|换版|更新|新版|终稿|定稿|最终|正式|以(?:此|本)(?:件|版|稿|表)为准|第[二三四五六七八九2-9]+[版稿次]"
_FIRST = r"征求意见|送审|讨论|草案|草稿|初稿|原版|原件|旧版|第一[版稿]"
_ENDING = r"[版稿件本后的之]*"
_MARK = regex(rf"(?:\d{{4}}年)?(?:{_REVISED}|{_FIRST}){_ENDING}")
_NEWER, _OLDER = regex(_REVISED), regex(_FIRST)
_FRAME = regex(
    r"关于(?P<verb>印发|转发|下发|发布|公布|报送|做好|修订|修改|调整|更正|重新印发)?《?(?P<core>.+?)》?的(?:通知|函|意见|公告|说明|批复)"
)
_COPY = regex(r"\(\d{1,2}\)$|[-_ ]?(?:副本|v\d+(?:\.\d+)*)$|[-_ ]+\d{1,2}$", re.IGNORECASE)
_IN_BRACKETS = regex(rf"[(【\[][^()【】\[\]]*?(?:{_REVISED}|{_FIRST})[^()【】\[\]]*[)】\]]")
_AT_THE_EDGES = regex(rf"[-_—·\s]?{_MARK.pattern}$|^(?:{_REVISED})后的")
_YEAR = regex(r"(?:19|20)\d\d(?:年度?)?")
_SENTENCE = regex(r"[^。；;！!\n]+")
_TITLE = regex(r"《([^《》]{4,80})》")
_ENDS = regex(
    r"(?:同时|即行|予以|自行|一并|相应|一律)?(?:废止|停止执行|不再执行|停止使用|作废|失效)"
    r"|(?:代替|取代|替代|替换)(?:了)?(?:原|此前|以前|已)?"
)
_HOLDS = regex(r"(?:以|按)(?:此|本)(?:件|通知|方案|版|次印发的?)[^，。]{0,6}为准")
_AMENDS = regex(r"进行(?:了)?(?:修订|修改|调整|更正)|(?:作|做)(?:出)?(?:了)?(?:以下|如下)?(?:修订|修改|调整|更正)")
_BEFORE = regex(r"^.{0,12}?(?:原|此前|以前|前期|先前|上述|前发|去年|上年度?)")
# A title with fewer characters (任务分工) says too little.
_TELLING = 6


class Relation(StrEnum):
    """What a filed document is to a new one: an earlier EDITION of the same, another one of its time that it replaces
    (REPLACEMENT), the plan of an earlier YEAR; or a later edition, the new one being the EARLIER."""

    EDITION = "edition"
    REPLACEMENT = "replacement"
    YEAR = "year"
    EARLIER = "earlier"


@dataclass(frozen=True, slots=True)
class Predecessor:
    """A filed document that a new one may take the place of. `sure`: it says so itself; `words` is why, in Chinese.

    `ended`: it says that the filed one ends or that it alone holds, so that nothing of that one goes on beside it.
    """

    document: Document
    relation: Relation
    sure: bool
    words: str
    ended: bool = False


def predecessors(draft: Draft, filed: Iterable[Document]) -> tuple[Predecessor, ...]:
    """Those of the filed documents that are still in force and that the draft's document may take the place of."""
    said = list(_said(draft))
    found = (_related(draft.document, one, said) for one in filed if one.superseded is None)
    return tuple(one for one in found if one is not None)


def _related(new: Document, old: Document, said: Sequence[str]) -> Predecessor | None:
    named = next((sentence for sentence in said if _names(sentence, old)), "")
    general = next((one for one in said if _BEFORE.search(one) and not _TITLE.search(one) and not cited(one)), "")
    same_year = _same_year(new, old)
    if same_year and (new.id == old.id or (_core(new) == _core(old) and _core(new) and _same_issuer(new, old))):
        return _edition(new, old, named or general)
    if named and (same_year or _ENDS.search(named)):
        relation = Relation.REPLACEMENT if same_year else Relation.YEAR
        return Predecessor(old, relation, _not_before(new, old), f"原文写明“{named.strip()}”", _is_ended(named))
    if _is_next(new, old) and _same_issuer(new, old) and without_year(new) == without_year(old):
        ends = bool(_ENDS.search(general))
        why = f"原文写明“{general.strip()}”" if ends else "标题只有年份不同，是前一年的同名文件"
        return Predecessor(old, Relation.YEAR, ends, why, ends)
    return None


def _is_ended(sentence: str) -> bool:
    return (_ENDS.search(sentence) or _HOLDS.search(sentence)) is not None


# --- editions ----------------------------------------------------------------------------------------------------
def _edition(new: Document, old: Document, named: str) -> Predecessor:
    """The same document again: which of both is the newer edition, and what says so."""
    if _marked(old, _NEWER) and not _marked(new, _NEWER) and not _later(new, old):
        return Predecessor(old, Relation.EARLIER, True, f"册中已有“{old.source}”，是它的修订版")
    if _marked(new, _OLDER) and not _marked(old, _OLDER):
        return Predecessor(old, Relation.EARLIER, True, f"“{new.source}”像是定稿之前的稿子")
    if named:
        return Predecessor(old, Relation.EDITION, True, f"原文写明“{named.strip()}”", _is_ended(named))
    if mark := _marked(new, _NEWER):
        return Predecessor(old, Relation.EDITION, True, f"标题或文件名写有“{mark}”")
    if new.number and old.number and plain(new.number) == plain(old.number):
        return Predecessor(old, Relation.EDITION, True, f"标题和文号（{old.number}）相同")
    if not _telling(new) or (new.number and old.number):
        return Predecessor(old, Relation.EDITION, False, "标题相同")
    return Predecessor(old, Relation.EDITION, _not_before(new, old), "标题和年度相同")


def _marked(one: Document, words: re.Pattern[str]) -> str:
    """The word by which a title or a file's name says that it is a later (or an earlier) edition; empty without."""
    frame = _FRAME.search(plain(one.title))
    verb = frame["verb"] if frame and frame["verb"] and words.search(frame["verb"]) else ""
    tail = _core_words(one.title) if not frame else ""
    places = (verb, *_bracketed(one.title), *_end_of(tail), *_end_of(PurePath(one.source).stem))
    return next((found[0] for words_there in places if (found := words.search(words_there))), "")


def _bracketed(title: str) -> Iterable[str]:
    return re.findall(r"[(（【\[]([^()（）【】\[\]]{1,16})[)）】\]]", plain(title))


def _end_of(name: str) -> Iterable[str]:
    """The last words of a name, which say what edition it is: 分工方案-修订, 【更正】分工方案."""
    folded = plain(name)
    yield from _bracketed(folded)
    if found := re.search(rf"[-_—·\s]?({_MARK.pattern})$", folded):
        yield found[0]
    if found := re.match(rf"({_MARK.pattern})(?=[-_—·:：\s])", folded):
        yield found[0]
    if found := re.match(r"(?:修订|调整|更正)后的", folded):
        yield found[0]


def _core_words(title: str) -> str:
    """A title without 关于印发…的通知."""
    found = _FRAME.search(plain(title))
    return found["core"] if found else plain(title)


def _core(one: Document) -> str:
    """What a title names, whatever its edition: without marks, brackets that hold them, copies and signs."""
    return _core_of(one.title, one.locality or "")


@lru_cache(maxsize=1 << 14)
def _core_of(title: str, locality: str) -> str:
    words = _COPY.sub("", _IN_BRACKETS.sub("", _core_words(title)).strip())
    core = bare(_AT_THE_EDGES.sub("", words))
    place = plain(locality)
    return core.removeprefix(place) if place and len(core) > len(place) + 3 else core


def _telling(one: Document) -> bool:
    return len(_core(one)) >= _TELLING


def without_year(one: Document) -> str:
    """What a title names, whatever its year and edition: two years of one plan have it in common."""
    return bare(_YEAR.sub("", _core(one)))


def _is_next(new: Document, old: Document) -> bool:
    """Whether it is the same plan of a later year, as far as titles say."""
    return bool(new.year and old.year and new.year > old.year) and len(without_year(new)) >= _TELLING


def _same_year(new: Document, old: Document) -> bool:
    return new.year == old.year or new.year is None or old.year is None


def _same_issuer(new: Document, old: Document) -> bool:
    """Whether nothing speaks against both being of one place and one office."""
    places = {bare(one.locality) for one in (new, old) if one.locality}
    issuers = {bare(one.issuer) for one in (new, old) if one.issuer}
    return len(places) < 2 and len(issuers) < 2


def _later(new: Document, old: Document) -> bool:
    return bool(new.issued and old.issued and new.issued > old.issued)


def _not_before(new: Document, old: Document) -> bool:
    return not (new.issued and old.issued and new.issued < old.issued)


# --- what it says ------------------------------------------------------------------------------------------------
def _said(draft: Draft) -> Iterable[str]:
    """The sentences of a document that end the force of another one, or amend it."""
    texts = (draft.document.title, *(p.text for p in (*draft.document.passages, *draft.document.unread)))
    for text in (*texts, *(one.original for one in draft.assignments if one.number is None)):
        for sentence in _SENTENCE.findall(text):
            if _is_ended(sentence) or _AMENDS.search(sentence):
                yield sentence


def _names(sentence: str, old: Document) -> bool:
    """Whether a sentence that ends something names this document: by its number or by its title."""
    if old.number and plain(old.number) in {plain(number) for number in cited(sentence)}:
        return True
    core = _core(old)
    return any(
        core
        and len(core) >= _TELLING
        and (said := bare(_core_words(title)))
        and (core in said or (said in core and len(said) >= _TELLING))
        for title in _TITLE.findall(sentence)
    )
