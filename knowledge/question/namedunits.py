"""The units that a question names, and the question with UNIT in their places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from knowledge.identity import Remembered
from knowledge.normal import HAN, has_han, plain
from knowledge.patterns import regex
from knowledge.question.chores import UNIT, asks_chores
from knowledge.question.claimed import stance_of, wants_confirmed
from knowledge.question.query import Asked
from knowledge.question.shaping import is_topic, shaped
from knowledge.question.shortunits import short_names, shortened
from knowledge.question.whichdocument import without_document_words
from knowledge.register import Register
from knowledge.units import How, Match, Mention, UnitBook

# Blanks between words are told from the blanks of pinyin: `plain` would drop them, and every place behind would shift.
_BLANK = regex(rf"(?<={HAN})\s+|\s+(?={HAN})|^\s+")
OWN = regex(
    r"我们?(?:自己)?(?:局|单位|委|办|科室?|院|中心|部门|公司|街道|镇|乡|所|站|大队|这边|这儿|这里)|本(?:局|单位|部门|委|科室?)|咱们?(?:局|单位|委|办|科室?|中心|这边|这儿)?"
    r"|我们|我(?=要|有|得|负责|牵头)|我(?:县|市|区|旗|州|镇|乡|街道)(?=被|的|要|有|得|牵头|负责|这边|涉及)"
)
_PLACES, _SEATED = frozenset((*"县市区旗州乡镇", "街道")), ("政府", "办事处", "管委会", "管理委员会")
_OF_UNIT = regex(
    r"(?:牵头|负责|配合|管|干|做|要|有|承担|落实)(?:了|的)?(?:是|有|些|都)*(?:哪|什么|啥|几|多少)|任务|活儿?(?:$|\W|有)"
    r"|清单|职责|(?:牵头|负责)的(?:$|\W)"
)
# No question for all that a unit has to do is without one of these.
_ENUMERATES = regex(r"别的|其[他它]|参与|参加|协助|管|哪|几|什么|啥|多少|任务|活|事|牵头|负责|配合|份|边")
# 镇街, 乡镇政府, 各社区: kinds of units, and how the collectives' names say so.
_KINDS = tuple(
    (regex(rf"(?<![^\W\x00-\xff])(?:各|每个|所有)?(?:{said})(?:人民政府|政府|办事处)?"), regex(printed))
    for said, printed in (
        ("乡镇街道|镇街|街镇|乡镇|镇乡|乡|镇", "[乡镇]"),
        ("街道", "街道"),
        ("社区|村社区?|村居|村", "社区|村"),
        ("县市区|县区|区县|县市|旗县", "[县区旗]"),
        ("部门|单位|市直部门|县直部门|区直部门|市直单位|县直单位|区直单位", "部门|单位"),
    )
)
_OF_KIND = regex(r"[乡镇街村区县旗]|部门|单位")
# Who asks for a kind of units names it in the first few places.
_SO_OFTEN = 8
_GENERAL = regex(r"单位|部门|信息|工作|任务|项目|谁|哪|什么|啥|几|的|是")
_BEFORE_DUTY = regex(
    r"[^\W\x00-\xff]{2,6}?(?=(?:那边|这边|都|要|得|是|算|一共|总共|还|在?[这那本](?:几|两)?[份个张]?(?:文件|清单|方案|台账|表)[里中上]?[面头]?(?:分别|都|各)*)*(?:牵头|负责|主责|主办|承办|配合|协办|参与|参加|管|落实|有(?:哪|什么|啥|几|任务|活|事|份)|手头|名下|干|做|领))"
)
# 责任单位里有没有公安
_IN_ROLE = regex(
    rf"(?:牵头|责任|配合|协办|会办|参与)(?:单位|部门)(?:里[面头]?|中|当中)?(?:有没有|有无|有|包括|包含|含)(?P<unit>{HAN}{{2,8}}?)(?:在内|吗|么|没有?|不)*\W*$"
)
_ALONE_WORD = regex(rf"\W*(?:那|还有)?(?P<word>{HAN}{{2,4}}?)(?:的)?呢?\W*")
_COMPANY = regex(r"(?:公司|集团)$")
# A question no longer than this may be a short name alone.
_ALONE = 6
# A name of fewer characters may be the end of a longer one.
_WHOLE = 3
_SHORTEST = 2
# So many characters behind the name of a kind of units tell whether it begins another thing's name.
_FURTHER = 2
_GUESSED = frozenset({How.SIGN, How.PART})
_HANDED_TO = regex(r"(?:(?<![填申上汇通])报|(?<!主)送|(?<!移)交|呈|抄|提交|上报|报送|汇报|备案)(?:给|到|至|送|往)?$")
_HANDS = regex(r"(?:上?报|提交|送|交|反馈|汇报|备案|申请|说明)")
# 承办单位, 各牵头单位: who has the role, and no unit of that name.
_ROLE_HOLDERS = regex(
    r"(?:各个?|所有)?(?:牵头|主责|承办|责任|配合|协办|主办|会办|分办|落实|参与|参加|主管)(?:单位|部门|科室)?"
)
_WHICH = regex(r"哪(?:一|几|些)?(?:个|家)?$")
_JOINED = regex(rf"[和跟与及同、,]{UNIT}|{UNIT}[和跟与及同、,]")
_MARKS = regex(r"[()、]")
_SIGNED = regex(r"(?P<unit>[^（(]+)[（(]")
_TOGETHER = regex(r"各自?(?:牵头|负责|配合|管|承担)|一起|一块|共同|联合|合伙|俩|两家|谁.{0,4}[多少]|哪.{0,6}[多少]")
_BEFORE_AND = regex(rf"(?:^|[\W])(?P<words>{HAN}{{2,4}}?)(?:和|跟|与|、)$")
_AND_BEHIND = regex(rf"(?:和|跟|与|、)(?P<words>{HAN}{{2,4}}?)(?=共同|一起|一块|联合|合伙|两家|俩|都)")
_BOTH = regex(r"(?:牵头|主责|主办|负责|配合)的?[,，、]?(?:但|而|且|并|同时|又)")
_HAS_ROLE = regex(r"(?:来|是|都)?(?:牵头|主责|主办|承办|负责|配合|协办|参与)")
_CLAIMED = regex(
    rf"(?:是|由|归|该)(?P<unit>(?![哪谁什几]){HAN}{{1,10}}?(?:局|委|办|厅|处|中心|公司|部|科|院))(?:来)?(?:牵头|负责|管|主责|主办)"
)


def named_units(text: str, register: Register) -> tuple[tuple[Asked, ...], str]:
    """The units named in `text`, and the text without them; one that no document names may be part of the topic."""
    text = _BLANK.sub(",", text)
    book = UnitBook.of(register)
    said, collective = _collective(text, book)
    if collective and _asked_of(text, said) and not _ROLE_HOLDERS.fullmatch(collective):
        return _with_others(Asked(said, (collective,)), text.replace(said, UNIT), book)
    if kind := _of_a_kind(text, book, register):
        return kind
    found = [part for one in book.mentions(text) for part in _apart(one, text, book)]
    handed = [one for one in found if _receives(text, one)]
    mentions = [one for one in found if not (one in handed or _asked_for(text, one))]
    known = [_longer(one, text, book) for one in mentions if one.units and not _is_matter(text, one, register)]
    if known:
        known = [*_joined(text, known, book), *known]
        known = sorted((*known, *_claimed_beside(text, mentions)), key=lambda one: one.start)
        return tuple(_asked(one, book) for one in known), _cut(text, known)
    short = _short(text, book) if not handed else None
    if short or not mentions:
        return short or ((), text)
    rest = _cut(text, mentions)
    plainly = rest.replace(UNIT, " ")
    chores = _OF_UNIT.search(text) and not is_topic(shaped(without_document_words(plainly), True), book.lexicon)
    if not chores and not _CLAIMED.search(text):
        return (), text
    return tuple(Asked(one.words) for one in mentions), rest


# 中医院那个谁牵头: what is to be built, and nobody who builds.
_POINTED_AT = regex(r"的?(?:那|这)一?(?:个|项|条|块|件)(?:事儿?|项目|任务)?(?!单位|部门|局|科)")


def _is_matter(text: str, mention: Mention, register: Register) -> bool:
    """Whether what is named like a unit is pointed at as a matter, and nobody of that name has anything to do."""
    if _POINTED_AT.match(text, mention.end) is None:
        return False
    return not any(duty.unit in mention.units for one in register.assignments for duty in one.duties)


def _apart(mention: Mention, text: str, book: UnitBook) -> tuple[Mention, ...]:
    """民政和财政局 as two units where both are asked about together, and no unit of that name is printed."""
    words, cut = mention.words, mention.words.find("和")
    if mention.how is not How.PART or cut < _SHORTEST or len(mention.units) < 2 or _TOGETHER.search(text) is None:
        return (mention,)
    sides = ((mention.start, words[:cut]), (mention.start + cut + 1, words[cut + 1 :]))
    named = [[printed for form, printed in book.spelt.items() if side in form] for _, side in sides]
    if any(len(names) != 1 for names in named):
        return (mention,)
    return tuple(
        Mention(at, at + len(side), side, side, (Match(names[0], How.ELIDED, 0.9),), How.ELIDED)
        for (at, side), names in zip(sides, named, strict=True)
    )


def _joined(text: str, known: Sequence[Mention], book: UnitBook) -> list[Mention]:
    """民政 of 民政和卫健一起的, or of 卫健和民政一起的: the only unit in whose name the word stands that is joined to one that is known."""
    if _TOGETHER.search(text) is None:
        return []
    found, begins = _BEFORE_AND.search(text[: known[0].start]), 0
    if found is None:
        begins = known[-1].end
        found = _AND_BEHIND.match(text[begins:])
    if found is None:
        return []
    words = found["words"]
    names = [printed for form, printed in book.spelt.items() if words in form]
    if len(names) != 1 or _GENERAL.search(words):
        return []
    at = begins + found.start("words")
    match = (Match(names[0], How.ELIDED, 0.9),)
    return [Mention(at, at + len(words), words, words, match, How.ELIDED)]


def _claimed_beside(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """气象局 of 气象局牵头、财政局配合对吧: whom no document names is taken for one of several beside those that are known."""
    strange = [one for one in mentions if not one.units and _HAS_ROLE.match(text, one.end)]
    return strange if strange and (wants_confirmed(text) or _BOTH.search(text)) else []


def _with_others(collective: Asked, marked: str, book: UnitBook) -> tuple[tuple[Asked, ...], str]:
    """The collective, and the units that are named in one breath with it (公安局和各镇一起承担的), in the order of the text."""
    others = [one for one in book.mentions(marked) if one.units] if _JOINED.search(marked) else []
    at = marked.find(UNIT)
    before, behind = ([_asked(one, book) for one in others if (one.start < at) is first] for first in (True, False))
    return (*before, collective, *behind), _cut(marked, others)


def _asked_of(text: str, said: str) -> bool:
    """Whether a collective is asked about as a unit is: what it has to do, whether it has a part, 各县区政府呢."""
    marked = text.replace(said, UNIT)
    return _OF_UNIT.search(text) is not None or bool(stance_of(marked)) or marked.strip("那 ,，。?？呢") == UNIT


def _collective(text: str, book: UnitBook) -> tuple[str, str]:
    """The longest collective that stands in `text`: as it is said there, and as it is printed; empty words for none."""
    forms, any_of_them = _forms.of((book,), lambda: _all_forms(book))
    if any_of_them.search(text) is None:
        return "", ""
    return max((one for one in forms if one[0] in text), key=lambda one: len(one[0]), default=("", ""))


_forms: Remembered[tuple[list[tuple[str, str]], re.Pattern[str]]] = Remembered(16)


def _all_forms(book: UnitBook) -> tuple[list[tuple[str, str]], re.Pattern[str]]:
    """The ways to say the collectives, with these, and a pattern for any of them."""
    forms = [(form, name) for name in book.collectives for form in _said_shortly(name)]
    return forms, re.compile("|".join(re.escape(form) for form, _ in forms) or r"(?!)")


def _said_shortly(collective: str) -> tuple[str, ...]:
    """各县（区）人民政府: also 各县(区)政府 and 各县区政府, and 各县区 where a government is meant."""
    whole = plain(collective)
    shorter = whole.replace("人民政府", "政府")
    spoken = _MARKS.sub("", shorter)
    forms = (whole, shorter, spoken, shorter.removesuffix("政府"), spoken.removesuffix("政府"))
    return tuple(form for form in dict.fromkeys(forms) if len(form) > 1)


def of_own(marked: str, unit: str | None) -> bool:
    """Whether the asker speaks of his own unit; 我县 is that of who speaks for its government."""
    found = OWN.search(marked)
    return found is not None and (found[0][1:] not in _PLACES or (unit or "").endswith(_SEATED))


def own_units(unit: str | None, introduced: str, register: Register) -> tuple[Asked, ...]:
    """The asker's unit: the enrolled one, else the one that he says he is from."""
    if unit:
        return (Asked(unit, (unit,)),)
    known = [one for one in UnitBook.of(register).mentions(introduced) if one.units] if introduced else []
    return tuple(_asked(one, UnitBook.of(register)) for one in known)


def _of_a_kind(text: str, book: UnitBook, register: Register) -> tuple[tuple[Asked, ...], str] | None:
    """镇街都有哪些任务: the collectives of a kind of units, in a question for all that they have to do."""
    for said, printed in _KINDS if book.collectives and _OF_KIND.search(text) else ():
        for found in islice(said.finditer(text), _SO_OFTEN):
            marked = text[: found.start()] + UNIT + text[found.end() :]
            names = tuple(name for name in book.collectives if printed.search(name))
            if (
                names
                and asks_chores(marked)
                and not _begins_a_matter(text[found.start() :], found.end() - found.start(), register)
            ):
                return _with_others(Asked(found[0], names), marked, book)
    return None


def _begins_a_matter(text: str, length: int, register: Register) -> bool:
    """Whether the first so many characters of `text` are part of what an assignment speaks of (街道 of 街道综合养老服务中心)."""
    words = text[: length + _FURTHER]
    return (
        len(words) == length + _FURTHER
        and has_han(words)
        and words.isalnum()
        and any(words in plain(one.text) for one in register.assignments)
    )


def _short(text: str, book: UnitBook) -> tuple[tuple[Asked, ...], str] | None:
    """The unit that a short name of no table means, in a question for all that it has to do; None for anything else."""
    if (inside := _IN_ROLE.search(text)) is not None:
        return _only_with(inside["unit"], inside.start("unit"), text, book)
    if len(text) > _ALONE and _ENUMERATES.search(text) is None:
        return None
    for start, end, name in short_names(text, book.spelt):
        marked = text[:start] + UNIT + text[end:]
        if asks_chores(marked) or stance_of(marked) or marked.strip(" ,，。?？") == UNIT:
            return (Asked(text[start:end], (book.spelt[name],), How.ELIDED),), marked
    return _inner(text, book) or _company(text, book)


def _company(text: str, book: UnitBook) -> tuple[tuple[Asked, ...], str] | None:
    """那城投呢: the only company in whose name the word stands, where nothing else is said."""
    found = _ALONE_WORD.fullmatch(text)
    names = (
        [name for form, name in book.spelt.items() if _COMPANY.search(form) and found["word"] in form] if found else []
    )
    if found is None or len(names) != 1:
        return None
    return (Asked(found["word"], (names[0],), How.ELIDED),), text.replace(found["word"], UNIT)


def _inner(text: str, book: UnitBook) -> tuple[tuple[Asked, ...], str] | None:
    """融媒体协办哪件: the only unit in whose name a word before what is asked stands."""
    found = _BEFORE_DUTY.search(text)
    for start in range(found.start(), found.end() - 1) if found else ():
        words = text[start : found.end()] if found else ""
        if _GENERAL.search(words) or (len(words) < _WHOLE and start > 0 and text[start - 1].isalnum()):
            continue
        if (only := _only_with(words, start, text, book)) is not None:
            return only
    return None


def _only_with(words: str, start: int, text: str, book: UnitBook) -> tuple[tuple[Asked, ...], str] | None:
    """The only unit in whose name `words`, said at `start`, stand, where `text` then asks about it as about a unit."""
    names = [printed for form, printed in book.spelt.items() if words in form]
    marked = text[:start] + UNIT + text[start + len(words) :]
    if len(names) != 1 or not (asks_chores(marked) or stance_of(marked)):
        return None
    return (Asked(words, (names[0],), How.ELIDED),), marked


def _longer(mention: Mention, text: str, book: UnitBook) -> Mention:
    """The mention, or the longer short name that it is the end of (基教科 for 教科, 城关街道 for 街道)."""
    forms = book.spelt.items() if mention.how in _GUESSED else ()
    whole = [printed for form, printed in forms if form.endswith(mention.words)]
    if len(whole) == 1:  # printed whole behind a place, it is no sign and no part of another
        return replace(mention, matches=(Match(whole[0], How.ELIDED, 0.9),), how=How.ELIDED)
    several = mention.how is How.PART and len(mention.units) > 1
    if not several and len(mention.words) >= _WHOLE:
        return mention
    printed = {plain(unit): unit for unit in mention.units} if several else book.spelt
    for start in range(max(0, mention.start - 3), mention.start + several):
        words = text[start : mention.end]
        if one := shortened(words, printed):
            return Mention(start, mention.end, words, words, (Match(printed[one[0]], How.ELIDED, 0.9),), How.ELIDED)
    return mention


def _asked(mention: Mention, book: UnitBook) -> Asked:
    """The unit asked about. Of an old name's heirs only the nearest counts in a document that prints it."""
    if mention.how is not How.FORMER:
        return Asked(mention.words, _with_signs(mention.units, book), mention.how, mention.renames)
    best: dict[str, float] = {}
    for match in mention.matches:
        for paper in book.papers.get(match.unit, ()):
            best[paper] = max(best.get(paper, 0.0), match.confidence)
    nearest = [
        match.unit
        for match in mention.matches
        if any(match.confidence >= best[paper] for paper in book.papers.get(match.unit, ()))
    ]
    return Asked(mention.words, tuple(nearest) or mention.units, mention.how, mention.renames)


def _with_signs(units: tuple[str, ...], book: UnitBook) -> tuple[str, ...]:
    """The names, and those that print one of them with the sign it carries in brackets (市水利局（市河长办）)."""
    bracketed = (name for name in book.names if "（" in name or "(" in name)
    signed = (name for name in bracketed if (found := _SIGNED.match(name)) and found["unit"] in units)
    return tuple(dict.fromkeys((*units, *signed)))


def _asked_for(text: str, mention: Mention) -> bool:
    """各牵头单位, 哪个科局: who has the role, and no unit of that name."""
    return _ROLE_HOLDERS.fullmatch(mention.words) is not None or _WHICH.search(text, 0, mention.start) is not None


def _receives(text: str, mention: Mention) -> bool:
    """Whether a unit is only where something is handed in (哪天报安委办, 向财政局报送), and no duty of it is meant."""
    before, behind = text[: mention.start], text[mention.end :]
    return _HANDED_TO.search(before) is not None or (before.endswith(("向", "往")) and _HANDS.match(behind) is not None)


def with_printed_units(text: str, register: Register) -> str:
    """`text` with the units named as the documents print them."""
    text = _BLANK.sub(",", text)
    for mention in sorted(UnitBook.of(register).mentions(text), key=lambda one: -one.start):
        if mention.units:
            text = text[: mention.start] + mention.units[0] + text[mention.end :]
    return text


def _cut(text: str, mentions: Sequence[Mention]) -> str:
    """`text` with UNIT in the place of each mention."""
    rest, end = "", 0
    for mention in sorted(mentions, key=lambda one: one.start):
        rest += text[end : mention.start] + UNIT
        end = max(end, mention.end)
    return rest + text[end:]
