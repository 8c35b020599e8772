"""十件实事里头, 城市更新表的第6项: the parts of documents that a question names, by their headings, sheets and titles."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from knowledge.identity import Remembered
from knowledge.lexicon import Lexicon, office_lexicon
from knowledge.model import Assignment
from knowledge.normal import bare, plain
from knowledge.patterns import regex
from knowledge.question.itemnumbers import leading_code, number_of
from knowledge.register import Register
from knowledge.search import Index, Row

# A heading is meant by words that are this surely its own; one that is only much like it is not.
_SURE = 0.5
_KEPT = 16
# A name of so few characters may be short for a title; its characters stand at most so far apart there.
_SHORT, _APART = 4, 4
# Words mean a heading by themselves when they are so many characters and so much of it.
_HEADING, _MOSTLY = 3, 0.45
# So many pairs of characters tell a row, and so many of them must stand in it.
_TOLD, _NEARLY = 3, 0.7
_ORDINAL = regex(r"^(?:[第(（]?[一二三四五六七八九十\d]+[)）章节部篇]?[、.．]?|附件?\d*[:：]?)+")
_NUMBERED = regex(r"^[第(]?([一二三四五六七八九十\d]+)(?:[)、.．]|章|部分|节|篇)")
_OF_TITLE = regex(r"关于(?:印发|转发|下发|做好|开展)?《?(.+?)》?的(?:通知|意见|函|批复)$")
# What stands around the words of a heading when they only say where to look.
_FRAME = regex(
    r"^(?:在|从|按照?|关于|那个|这个|那张|这张|那份|这份|本|整个|就|反正|那|这|把|将|[,，、“”\"'‘’《》\s])+"
    r"|(?:的|这里|那里|这边|那边|里头|里面|里边|里|当中|之中|中间|中|内|上面|上|下面|底下|下|方面|这一?块|那一?块|一块|板块|部分|领域|这个|那个|这张|那张|这份|那份|"
    r"工作表|子?表格?|表单|页签|页|清单|台账|的?事项|的?任务|大?类|章节?|篇|标题|一共|总共|共|都|还|又|有|是|到底|现在|呢|[,，、“”\"'‘’《》\s])+$"
)
# Words that say that a heading or a document is named before them, and not what is done there.
_WITHIN = (
    r"(?:里头|里面|里边|当中|之中|这一?块|那一?块|这部分|那部分|板块|部分|这张表|那张表|(?<=[^\W])类(?=谁|里|中|的|有|哪|,|牵|共|一共)|工作表|子表|表格?|页签|"
    r"(?:的|这个|那个|这份|那份)(?:方案|文件|清单|台账|要点|分工表|分解表|任务表|责任表)|(?:方案|文件|清单|台账|要点|分工表|分解表|任务表|责任表)(?=里|中|上|下|当|的?第|\ue000|[,，、]|$)|这一?章|那一?章|这一?节|(?<![这那哪村区县乡镇市心夜城家手校公海英千百])里(?!程|氏|约|面)|(?<![其集期年月空高初])中(?![\u4e00-\u9fff]))"
)
_NAMED = regex(rf"[“\"《‘]?(?P<words>[^\s,，。;；!！?？“”\"《》‘’\ue000]{{2,20}}?)[”\"》’]?(?:{_WITHIN})+的?")
_PAPER = regex(
    r"(?P<words>[^\s,，。;；!！?？“”\"《》‘’\ue000]{2,12}?)(?P<paper>清单|方案|台账|要点|分工表|分解表|任务表|责任表)(?:里|中|上|当中|里面|里头)"
)
# Words without one of which no part is named.
_WITHIN_WORD = regex(r"[里中块类表页章节]|部分|方案|文件|清单|台账|要点")
# 任务最少的是哪份文件 names none.
_ASKED_FOR = regex(r"[哪几]|什么|多少")
_QUOTED = regex(
    rf"[“\"《](?P<words>[^“”\"《》]{{2,30}})[”\"》](?:这|那)?(?:{_WITHIN}|部分|章|节|板块|表|下面?|上)*(?=[^\W]|$)的?"
)
# 第四部分, 第2章, 第三张表
_NTH = regex(
    r"(?:(?:附|^|\s)表(?P<m>[一二三四五六七八九十\d]+)(?=[第里中的上那,有都]|\s)的?)|第(?P<n>[一二三四五六七八九十\d]+)(?:个|大|张)?(?:部分|章节?|大?块|板块|大项|大类|张表|个?表(?!决|彰)|工作表|sheet|页签)(?:里面?|里头|中|当中|下面?)?的?"
)


# 二、某某同志领衔推进事项, 副区长某某主抓: a heading that names who leads what stands below it.
_LED = r"领衔|主抓|分管|牵头|负责|包联|联系|挂帅|包保"
# What assignments are called in a title, and what may stand before it there or in a question.
_CALLED = regex(r"[^\W\d]{0,6}(?:实事|措施|任务|事项|举措|问题|项目)")
_COUNTED = regex(r"^(?:今年|本年度?|全年|年度)?的?(?:[一二三四五六七八九十百\d]+[件项条个大])?的?")
_LEADER = regex(rf"(?:^|长|书记|主任|常委|委员|[、.\s])(?P<name>[^\W\x00-\xff]{{2,4}}?)(?:同志)?(?:{_LED})")
_LEADS = rf"(?:同志|书记|副?[市县区镇乡]长|副?主任|常委)?(?:{_LED}|推进|管|抓)*(?:的)?"


@dataclass(frozen=True, slots=True)
class Part:
    """Something that a question can narrow its view to: the `words` of a title, a heading or a sheet, and the `ids` of the
    assignments under it. `document` is where it stands, `whole` whether it is all of that document, `upper`
    whether no other heading stands above it."""

    words: str
    document: str
    ids: frozenset[str]
    whole: bool = False
    upper: bool = False


@dataclass(frozen=True)
class Parts:
    """All parts of a register that can be named, and its assignments."""

    parts: tuple[Part, ...]
    assignments: tuple[Assignment, ...]
    lexicon: Lexicon

    @staticmethod
    def of(register: Register) -> Parts:
        """The parts of `register`, made once."""
        words = office_lexicon(register)
        made_of = (words, register.documents, register.assignments)
        return _known.of(made_of, lambda: Parts(tuple(_parts(register)), register.assignments, words))

    @cached_property
    def codes(self) -> frozenset[str]:
        """The numbers that are no plain ones (1-3, hm-305)."""
        said = (
            number
            for one in self.assignments
            for number in (one.number or "", one.printed_number or "", leading_code(one.text))
        )
        return frozenset(
            code for number in said if not (code := plain(number).strip("第项条.、()")).isdecimal() and code
        )

    @cached_property
    def _index(self) -> Index:
        rows = (Row(str(at), {"text": _core(part.words)}) for at, part in enumerate(self.parts))
        return Index(rows, self.lexicon)

    @cached_property
    def _cores(self) -> tuple[str, ...]:
        return tuple(bare(_core(part.words)) for part in self.parts)

    @cached_property
    def _printed(self) -> tuple[str, str]:
        """The texts of all assignments in one, a line each, as they are printed and as `bare` writes them."""
        texts = [one.text for one in self.assignments]
        return "\n".join(texts), "\n".join(map(bare, texts))

    def holds(self, whole: str) -> bool:
        """Whether `whole`, written as `bare` writes it, stands in an assignment."""
        return whole in self._printed[1]

    def nearly_holds(self, pairs: Collection[str]) -> bool:
        """Whether nearly all of these pairs of characters stand in one assignment; most that do not stand in all of them together
        neither."""
        printed, least = self._printed[0], _NEARLY * len(pairs)
        known = [pair for pair in pairs if pair in printed]
        return len(known) >= least and any(sum(pair in one.text for pair in known) >= least for one in self.assignments)

    def named(self, words: str) -> tuple[Part, ...]:
        """The parts that `words` mean: those that hold them or stand in them, else those much like them."""
        core = bare(framed(words))
        if len(core) < 2:
            return ()
        return self.literally(words) or self._alike(core) or self._shortened(core)

    def literally(self, words: str, spoken: bool = True) -> tuple[Part, ...]:
        """The parts that hold `words` or stand in them, also in the official words for `spoken` ones."""
        core = bare(framed(words))
        if len(core) < 2:
            return ()
        official = self.lexicon.phrases.get(core, ()) if spoken else ()
        return (
            self._where(lambda own: core in own)
            or self._inside(core)
            or self._where(lambda own: any(one in own for one in official))
        )

    def headed(self, words: str) -> tuple[Part, ...]:
        """The parts of which `words` are most of the heading."""
        core = bare(framed(words))
        return self._where(lambda own: len(core) >= _HEADING and core in own and len(core) >= _MOSTLY * len(own))

    def called(self, words: str) -> tuple[Part, ...]:
        """The parts whose heading is `words`."""
        core = bare(framed(words))
        return self._where(lambda own: own == core) if len(core) >= _HEADING else ()

    def titled(self, words: str) -> tuple[Part, ...]:
        """The documents whose titles call all that stands in them so (今年十件实事, 整改措施)."""
        core = _COUNTED.sub("", bare(framed(words)))
        called = self._where(lambda own: core in own) if _CALLED.fullmatch(core) else ()
        return tuple(part for part in called if part.whole)

    def at(self, place: int) -> tuple[Part, ...]:
        """The upper heading of each document that is numbered so, or else stands at this place."""
        upper = [part for part in self.parts if part.upper]
        numbered = tuple(part for part in upper if _ordinal(part.words) == place)
        if numbered or any(_ordinal(part.words) for part in upper):
            return numbered
        keys = dict.fromkeys(part.document for part in upper)
        rows = ([part for part in upper if part.document == key] for key in keys)
        return tuple(parts[place - 1] for parts in rows if 0 < place <= len(parts))

    @cached_property
    def leaders(self) -> dict[str, tuple[Part, ...]]:
        """Who is named in a heading as leading what stands below it."""
        found: dict[str, tuple[Part, ...]] = {}
        for part in self.parts:
            led = None if part.whole else _LEADER.search(_core(part.words))
            if led is not None:
                found[led["name"]] = (*found.get(led["name"], ()), part)
        return found

    def _where(self, fits: Callable[[str], bool]) -> tuple[Part, ...]:
        return tuple(part for part, own in zip(self.parts, self._cores, strict=True) if fits(own))

    def _shortened(self, core: str) -> tuple[Part, ...]:
        """The documents in whose titles the characters of a short name stand in order (创卫: 创建国家卫生县城)."""
        if not 2 <= len(core) <= _SHORT:
            return ()
        loose = re.compile(rf".{{0,{_APART}}}".join(map(re.escape, core)))
        return tuple(part for part in self._where(lambda own: loose.search(own) is not None) if part.whole)

    def _inside(self, core: str) -> tuple[Part, ...]:
        """The parts whose whole heading stands in `core`, the longest."""
        inside = [own for own in self._cores if len(own) >= 3 and own in core]
        longest = max(map(len, inside), default=0)
        return self._where(lambda own: len(own) == longest > 0 and own in core)

    def _alike(self, core: str) -> tuple[Part, ...]:
        hits = self._index.rank(core, limit=3)
        close = [hit for hit in hits if hit.confidence >= _SURE and hit.score >= 0.9 * hits[0].score]
        return tuple(self.parts[int(hit.key)] for hit in close)


_known: Remembered[Parts] = Remembered(_KEPT)


def _core(words: str) -> str:
    """A heading without its ordinal, a title without 关于印发…的通知."""
    found = _OF_TITLE.search(plain(words))
    return _ORDINAL.sub("", found[1] if found else plain(words))


def framed(words: str) -> str:
    """`words` without what only says that they are a heading (在…里头, …那张表)."""
    before = None
    while before != words:
        before, words = words, _FRAME.sub("", words.strip())
    return words


def _parts(register: Register) -> Iterable[Part]:
    for document in register.documents:
        rows = register.of_document(document.id)
        yield Part(document.title, document.id, frozenset(one.id for one in rows), whole=True)
        headings: dict[str, set[str]] = {}
        for one in rows:
            for heading in _headings(one):
                headings.setdefault(heading, set()).add(one.id)
        upper = {next(_headings(one), "") for one in rows}
        yield from (Part(words, document.id, frozenset(ids), upper=words in upper) for words, ids in headings.items())


def _headings(one: Assignment) -> Iterator[str]:
    if one.place.sheet and one.place.sheet not in one.section:
        yield one.place.sheet
    yield from one.section


def _ordinal(heading: str) -> int | None:
    """四、夯实基础 → 4, None for a heading without a number."""
    found = _NUMBERED.match(plain(heading))
    return int(number_of(found[1])) if found else None


def named_parts(text: str, register: Register) -> tuple[tuple[Part, ...], str]:
    """The parts that `text` names as such (“…”里, …那张表), and the text without their names."""
    book = Parts.of(register)
    if ("第" in text or "表" in text) and (found := _NTH.search(text)):
        place = int(number_of(found["n"] or found["m"]))
        if parts := book.at(place):
            return parts, text[: found.start()] + " " + text[found.end() :]
        if book.at(1):
            return (), text  # 第八部分 of seven
        # Where no heading stands there, the assignments themselves are what the document consists of (三、强化解读…).
        return (), f"{text[: found.start()]}第{place}项{text[found.end() :]}"
    for pattern in (_QUOTED, _NAMED) if _WITHIN_WORD.search(text) else (_QUOTED,):
        for found in pattern.finditer(text):
            parts = () if _ASKED_FOR.search(found["words"]) else book.named(found["words"])
            # 规范性文件台账 stands in a row itself, whatever is called 规范性文件.
            itself = any(_means_a_row(words, text, book) for words in (found["words"], found[0].removesuffix("的")))
            if parts and not itself:
                rest = text[: found.start()] + " " + text[found.end() :]
                return parts, rest
    return (), text


# Who has one thing, or when it is due; and what is asked of each of several.
_OF_ONE = regex(r"谁|哪(?:个|一?家)|(?:什么|啥)时候|几号|哪天")
_OF_EACH = regex(r"都|各|分别|哪些|哪几|多少|几[项条个件]")


def _means_a_row(words: str, text: str, book: Parts) -> bool:
    """Whether `words`, which stand in no title, stand in a row: 加计扣除那块 of a plan for science and technology is one thing in it."""
    whole = bare(words)
    if len(whole) > _TOLD and book.holds(whole):
        return not any(
            whole in bare(part.words) for part in book.parts
        )  # 权力清单, and not what is said of 权力 in a heading
    core = bare(framed(words))
    if _OF_ONE.search(text) and not _OF_EACH.search(text) and not book.literally(words, spoken=False):
        return True  # 龙舟赛赛道浮标这块哪家牵头 asks of one thing, whatever heading means the like
    pairs = {core[at : at + 2] for at in range(len(core) - 1)}
    if len(pairs) < _TOLD or book.literally(words, spoken=False):
        return False
    return book.nearly_holds(pairs)


def led_by(text: str, register: Register) -> tuple[tuple[Part, ...], str]:
    """The parts of the leader that `text` names (某某领衔推进哪几项), and the text without that."""
    for name, parts in Parts.of(register).leaders.items():
        if name in text:
            return parts, re.sub(rf"{re.escape(name)}{_LEADS}", " ", text, count=1)
    return (), text


def strange_part(text: str, register: Register) -> str | None:
    """The words before 清单, 方案, … in `text` where they name a paper that the register does not hold."""
    for found in _PAPER.finditer(text):
        words = framed(found["words"]) + found["paper"]
        if len(framed(found["words"])) >= 2 and not Parts.of(register).named(framed(found["words"])):
            return words
    return None


def narrowed_to(parts: Iterable[Part], register: Register) -> tuple[tuple[str, ...] | None, frozenset[str] | None]:
    """The documents, and within them the ids of the assignments, that the parts leave; None where they leave all."""
    parts = tuple(parts)
    if not parts:
        return None, None
    documents = tuple(dict.fromkeys(part.document for part in parts))
    whole = {part.document for part in parts if part.whole}
    if set(documents) <= whole:
        return (documents if len(documents) < len(register.documents) else None), None
    ids = frozenset().union(*(part.ids for part in parts if part.document not in whole))
    ids |= frozenset(one.id for key in whole for one in register.of_document(key))
    return documents, ids
