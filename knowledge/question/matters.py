"""146号提案, 某某委员的提案, 换电柜的提案是谁提的: proposals of a parliament, by their own numbers and by who put them forward."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from knowledge.identity import Remembered
from knowledge.model import Assignment
from knowledge.normal import plain
from knowledge.patterns import regex
from knowledge.question.itemnumbers import printed_value
from knowledge.question.parts import Part
from knowledge.register import Register

KINDS = ("提案", "建议", "议案")
_KIND = rf"(?:{'|'.join(KINDS)})"
_NUMBERED = regex(
    rf"(?:第|编号)?(?P<n>\d{{1,4}})号的?(?P<kind>{_KIND}|建议提案)|(?P<of>{_KIND})(?:第|编号)?(?P<m>\d{{1,4}})号"
)
# 提案111号和128号: the second is one too.
_AND_NUMBER = regex(
    rf"(?P<first>(?P<kind>{_KIND})(?:第|编号)?\d{{1,4}}号)(?P<and>和|与|跟|、|及)(?:第|编号)?(?P<n>\d{{1,4}})号"
)
# The head of the column that names them: 提案人, 领衔代表, 第一提案者.
_PROPOSER = regex(r"(?:提案|建议|议案|领衔|提出|附议|联名)(?:人|者|代表|委员|单位)|代表|委员")
_SPLIT = regex(r"[、,，;；/\s]+|(?<=[\u4e00-\u9fff]{2})(?:和|及)(?=[\u4e00-\u9fff]{2})")
_NAMED = r"(?:同志|等)?(?:委员|代表|常委|主席|主委|主任)?(?:们)?"
_PUT = r"(?:领衔|牵头|联名|集体|一共|总共|都|今年|本次)*(?:提出?|领衔|提交)(?:的|过|了)?"
_THEIRS = rf"(?:(?:那|这|哪)?(?:一|几|些)?(?:件|份|个|条)?(?:政协|人大)?(?:{_KIND}|建议提案))"
_BY_WHOM = regex(
    rf"(?:是|由)?(?:谁|哪(?:一|几)?(?:个|位|名|家)?(?:委员|代表|单位|党派|界别|人)?)(?:来)?(?:领衔|牵头|联名)?提(?:出|交)?的?|{_KIND}(?:人|者)(?:是|叫)?谁|领衔(?:人|代表|委员)(?:是|叫)?谁"
    rf"|谁的{_KIND}"
)


@dataclass(frozen=True)
class Matters:
    """The proposals of a register: the documents in which each number stands, by kind and number, what each proposer put forward, and
    the rows by the roles that are printed in them and by what marks them (重点督办件)."""

    numbers: Mapping[tuple[str, str], frozenset[str]]
    proposers: Mapping[str, tuple[Assignment, ...]]
    roles: Mapping[str, tuple[Assignment, ...]]
    marks: Mapping[str, tuple[Assignment, ...]]

    @staticmethod
    def of(register: Register) -> Matters:
        """The proposals of `register`, found once."""
        return _known.of((register.documents, register.assignments), lambda: _matters(register))

    def numbered(self, text: str) -> tuple[tuple[str, ...], tuple[str, ...], str]:
        """The numbers of proposals in `text`, the documents in which they stand, and the text without them."""
        numbers: list[str] = []
        documents: set[str] = set()
        text = _AND_NUMBER.sub(r"\g<first>\g<and>\g<kind>\g<n>号", text)
        for found in _NUMBERED.finditer(text):
            kind, number = found["kind"] or found["of"], (found["n"] or found["m"]).lstrip("0")
            papers = frozenset().union(*(self.numbers.get((one, number), frozenset()) for one in KINDS if one in kind))
            if papers:
                numbers.append(number)
                documents |= papers
                text = text.replace(found[0], " ", 1)
        return tuple(dict.fromkeys(numbers)), tuple(sorted(documents)), text

    def put_forward(self, text: str) -> tuple[str, tuple[Assignment, ...], str] | None:
        """Whose proposals `text` asks about (某某委员的提案), these, and the text without the words for them; None for nobody's."""
        for name, rows in self.proposers.items():
            if name in text:
                said = re.search(rf"{re.escape(name)}{_NAMED}(?:(?:{_PUT})的?{_THEIRS}?|的?{_THEIRS})", text)
                if said is not None:
                    return name, rows, f"{text[: said.start()]} {_still_asked(said[0])}{text[said.end() :]}"
        return None


_known: Remembered[Matters] = Remembered(16)


@dataclass(frozen=True, slots=True)
class NamedMatters:
    """The proposals that a question names: as `parts` those of who put them forward, by `numbers` those of `documents`."""

    parts: tuple[Part, ...] = ()
    numbers: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


# 分办件, 重点督办件: rows in which somebody has this role, or that are marked so. 城管局主办件 tells the role of one unit.
_ROLE_ITEMS = regex(r"(?<![局委办厅院部心队司府会站校们])(?P<role>主办|会办|分办|协办|承办|领办)件(?!事)")
# Without one of these no proposal is named.
_CUES = (*KINDS, "提了", "提的", "提过", "提出", "办件", "督办", "交办")
_MARKED = regex(r"[\u4e00-\u9fff]{2,8}(?P<what>督办|交办)的?(?:件|事项|任务|提案|建议|议案|项目)?")


def _marked_parts(text: str, book: Matters) -> tuple[tuple[Part, ...], str]:
    """The rows of a role (分办件) or of a mark (重点督办件) that `text` names, and the text without it."""
    if (found := _ROLE_ITEMS.search(text)) is not None:
        said = found[0]
        rows = [one for word, held in book.roles.items() if found["role"] in word for one in held]
    else:
        said, rows = _marked(text, book)
    if not rows:
        return (), text
    ids = frozenset(one.id for one in rows)
    parts = tuple(Part(said, paper, ids) for paper in dict.fromkeys(one.document for one in rows))
    return parts, text.replace(said, " ", 1)


def _marked(text: str, book: Matters) -> tuple[str, list[Assignment]]:
    """The longest mark that `text` names and some rows bear, and these."""
    found = _MARKED.search(text)
    if found is None or not book.marks:
        return "", []
    for start in range(found.start(), found.start("what")):
        mark = text[start : found.end("what")]
        if rows := [one for words, held in book.marks.items() if mark in words for one in held]:
            return text[start : found.end()], rows
    return "", []


def named_matters(text: str, register: Register) -> tuple[NamedMatters, str]:
    """The proposals that `text` names, and the text without their names and numbers."""
    if not any(words in text for words in _CUES):
        return NamedMatters(), text
    book = Matters.of(register)
    marked, rest = _marked_parts(text, book)
    if marked:
        return NamedMatters(marked), rest
    numbers, papers, text = book.numbered(text)
    if (said := book.put_forward(text)) is None:
        return NamedMatters((), numbers, papers), text
    name, rows, text = said
    ids = frozenset(one.id for one in rows)
    parts = tuple(Part(name, paper, ids) for paper in dict.fromkeys(one.document for one in rows))
    return NamedMatters(parts, numbers, papers), text


def _still_asked(words: str) -> str:
    """哪几件 of 提了哪几件提案."""
    found = re.search(r"哪(?:一|几|些)?(?:件|份|个|条)?|几(?:件|份|个|条)", words)
    return f"有{found[0]}" if found else ""


def _matters(register: Register) -> Matters:
    numbers: dict[tuple[str, str], set[str]] = {}
    proposers: dict[str, list[Assignment]] = {}
    roles: dict[str, list[Assignment]] = {}
    marks: dict[str, list[Assignment]] = {}
    titles = {one.id: one.title for one in register.documents}
    for one in register.assignments:
        for kind in KINDS:
            if kind in one.text[:60] or any(kind in words for words in (titles.get(one.document, ""), *one.section)):
                number = re.sub(r"\D", "", printed_value(one.printed_number)).lstrip("0")
                numbers.setdefault((kind, number), set()).add(one.document)
        for name in _names(one):
            proposers.setdefault(name, []).append(one)
        for word in {duty.word for duty in one.duties}:
            roles.setdefault(word, []).append(one)
        for words in _marks(one):
            marks.setdefault(words, []).append(one)
    return Matters({key: frozenset(papers) for key, papers in numbers.items()}, *map(_held, (proposers, roles, marks)))


def _held(rows: Mapping[str, list[Assignment]]) -> Mapping[str, tuple[Assignment, ...]]:
    """The rows by their names, the longest name first."""
    return {name: tuple(rows[name]) for name in sorted(rows, key=len, reverse=True)}


def _marks(one: Assignment) -> Iterator[str]:
    """What a row says beside its requirement: in further columns, and behind its deadline."""
    words = (*(told.words for told in one.particulars), *(part.text for part in one.deadlines if not part.inner))
    yield from (plain(said) for said in words if "督办" in said or "交办" in said)


def _names(one: Assignment) -> Iterator[str]:
    for told in one.particulars:
        if _PROPOSER.search(told.head):
            yield from (plain(name) for name in _SPLIT.split(told.words) if len(name) > 1)


def proposers_of(one: Assignment) -> tuple[str, str] | None:
    """The head under which an assignment names who put it forward, and what stands there; None where it names nobody."""
    return next(((told.head, told.words) for told in one.particulars if _PROPOSER.search(told.head)), None)


def asks_proposer(text: str) -> bool:
    """Whether it asks who put a matter forward."""
    return "提" in text and _BY_WHOM.search(text) is not None


def without_proposer(text: str) -> str:
    """`text` without the words that ask so."""
    return _BY_WHOM.sub(" ", text)


def of_kind(said: str, rows: Iterable[Assignment]) -> tuple[Assignment, ...]:
    """Of rows with one number those of the kind that a question names: 12号建议 is no 提案."""
    rows = tuple(rows)
    kind = next((one for one in KINDS if one in said), None)
    return tuple(row for row in rows if kind and kind in row.text[:60]) or rows
