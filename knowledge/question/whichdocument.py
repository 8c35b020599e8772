"""Which documents a question names: by its place, its year, its title or its document number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from knowledge.identity import Remembered
from knowledge.lexicon import office_lexicon
from knowledge.model import Document
from knowledge.normal import plain
from knowledge.patterns import regex
from knowledge.phonetic import readings
from knowledge.register import Register
from knowledge.units import UnitBook

# 邻近的云和县, 隔壁平江区
_BESIDE = regex(
    r"(?:邻近|相邻|隔壁|周边|旁边|附近|兄弟|外地)的?(?P<place>[^\W\d]{2,3}(?:县|市|区|镇|乡))(?!里|域|级|直|属)"
)
# 云溪市老旧小区谁牵头: what a question begins with, named like a place. No such name are 夜市, 示范县, 小镇 and what 市 or 县 only begins.
_BEGINS = regex(
    r"^\W*(?:请问|麻烦|那)?(?P<place>(?![^市县]{0,3}(?:示范|试点|贫困|脱贫|百强|强|大|先进|卫生|文明|双拥|园林|森林|模范|[全本我各外城门超夜集早晚股楼菜花上入下都每该这那几两三多跨进出到在由从对为给是归]))[\u4e00-\u9fff]{2,3}[市县])(?=的?[\u4e00-\u9fff]{2})"
    r"(?![\u4e00-\u9fff]{1,7}[局委办厅院])(?![场民政直级里内域城集容区值面辖长志情乡委级])"
)
# 跑上海广州拉客源: where somebody goes is part of the matter.
_GONE_TO = regex(r"(?:跑|去|赴|前往|来自|飞往?|开往|通往|销往|对接)[^\W的]{0,2}$")
# 他哥在浙江上班: where somebody lives or works is none either.
_LIVES = regex(r"(?:那边|这边)?(?:打工|务工|上班|工作|上学|读书|念书|住院|看病|定居|做生意|当兵|开店)")
_SUFFIX = regex(
    r"(?:维吾尔|壮族|回族|藏族|蒙古族|苗族|彝族|土家族|侗族)?(?:自治区|自治州|自治县|特别行政区|地区|新区|开发区|市|县|区|州|盟|旗|省|镇|乡|街道)$"
)
_YEAR = regex(r"(?<!\d)((?:19|20)\d\d)年?度?(?=[^\d年度\-/.]|$)")
# A year that only says when something is due names no document.
_DUE_YEAR = regex(
    r"^年?(?:里|内|度)?(?:到期|要?(?:完成|办结|交|报)|截止)|^年?(?:底|末|内|前|以前|之前|\d|[一二三四五六七八九十]+月|上半年|下半年|第?[一二三四]季)"
)
_EDITION = regex(
    r"^年?度?(?:的|版|全市|市里|那个|那份)*(?:工作|政务公开)*(?:要点|方案|文件|通知|分工|计划|任务|工作|版|那[份个]|这[份个])"
)
# 2025年的老旧小区改造: the work of another year.
_OF_THAT_YEAR = regex(r"^年度?的(?=[\u4e00-\u9fff]{2})")
_DUE = regex(r"到期|截止|完成|办结|之前|以前|前")
# 去年的方案 names a document; 去年没办完的 does not.
_TURN = regex(
    r"(?P<turn>今|本|去|上|前)(?:一?年度?)(?=的?(?:那[份个])?(?:工作|任务|政务公开)*(?:方案|文件|要点|通知|分工|计划|版|台账|清单))"
)
# What stands behind a place and makes no other name of it.
_OF_PLACES = frozenset("市县区州盟旗省镇乡的")
# So many signs before a place make a name with it.
_NAME_BEFORE = 2
# A title of fewer characters may be said of anything.
_TITLE = 6
_TURNS = {"今": 0, "本": 0, "去": -1, "上": -1, "前": -2}
_NOUN = r"(?:工作)?(?:重点)?(?:任务)?(?:分工|分解|责任|整改|督查)?(?:实施)?(?:文件|方案|通知|要点|材料|公文|办法|报告|(?<=[分解务任改查点工个张份])表|清单|台账)"
_DOCUMENT_WORDS = regex(
    rf"(?:这|那)(?:个|份|篇|张)?(?:{_NOUN})?(?![些里边项条家种类块件])|(?:该|本|此){_NOUN}|"
    rf"(?:这|那)?[两三四五六几\d]+(?:个|份){_NOUN}|(?:(?<=[\s的年])|^){_NOUN}(?:里[面头边]?|当?中|上)(?:一?共|总共|都|现在|目前|还)*(?:有|写了?|列了?|收了?)?(?=$|\W)|(?:(?<=[\s的年])|^){_NOUN}(?=是|的|一共|总共|共|有|里|中|哪|什么|何|出来|下来|印发|$)"
)
# 台账里, 那份清单中, where nothing before it says which.
_KIND = regex(
    r"(?:^|(?<=[\s,，。;；])|那[份个张]|这[份个张])(?P<kind>台账|清单|方案|通知|要点|任务表|分工表|分解表|责任表)(?:里面?|里头|当?中|上)"
)
_SAID_TITLE = regex(
    rf"(?P<words>[^\W\x00-\xff]{{3,16}}?)(?:(?:的|那个|那份|这个|这份)?(?:{_NOUN}|台账|清单|工作安排)|[那这]份(?:里[面头]?|中|上)?(?!的?工作))"
)
# 有没有营商环境的方案, 营商环境那份方案在不在: whether there is such a paper.
_THERE = r"有没有|有无|有不|有没|有吗|在吗|在不在|(?:导入?|录入?|存|收)(?:进来)?(?:了(?:吗|没有?)|没有?)"
_PAPER_ASKED = regex(
    rf"\W*(?:请问|麻烦|帮我|看看|查查)*(?:有没有|有无|有)(?P<words>[^\W\x00-\xff]{{2,20}}?)(?:方面|相关|有关|领域)?(?:的|那个|那份)?{_NOUN}(?:吗|么|没有?|不)?\W*"
    rf"|\W*(?:关于|涉及)?(?P<said>[^\W\x00-\xff]{{3,20}}?)(?:的|那个|那份)?{_NOUN}(?:{_THERE})\W*"
)


@dataclass(frozen=True, slots=True)
class Named:
    """`documents`: the ids named, None when none is. `rest`: the text without the names. `stranger`: a place or a
    year, as asked, that no document of the register knows. `itself`: it is asked whether there is such a paper."""

    documents: tuple[str, ...] | None
    rest: str
    stranger: str | None = None
    itself: bool = False


def short_place(locality: str) -> str:
    """格尔木市 → 格尔木; a name that would become a single character stays whole."""
    short = _SUFFIX.sub("", locality)
    return short if len(short) >= 2 else locality


def with_years(text: str, register: Register, today: date) -> str:
    """`text` with 去年的方案 as 2025年的方案, seen from `today`, where the register holds a document of that year."""
    if _TURN.search(text) is None:
        return text
    known = {document.year for document in register.documents}

    def spelt(found: re.Match[str]) -> str:
        year = today.year + _TURNS[found["turn"]]
        return f"{year}年" if year in known else found[0]

    return _TURN.sub(spelt, text)


def named_documents(text: str, register: Register) -> Named:
    """The documents that `text` (written as `plain` writes it) names, and the text without their names."""
    names, places = _known.of((register.documents,), lambda: _named_by(register.documents))
    by_title = _of_words(names, text)
    by_place = _of_words(places, text) if not by_title else []
    found = by_title or by_place or _of_kind(text, register)
    rest = _without(text, found, register)
    years = tuple(year for year in _years(text, rest))
    of_year = [document for document in found or register.documents if str(document.year or "") in years]
    stranger = _strange_place(text, register) or _strange_year(text, register)
    if years and of_year:
        found = of_year
        rest = _YEAR.sub(" ", rest)
    return Named(tuple(document.id for document in found) or None, rest, stranger)


def _of_kind(text: str, register: Register) -> list[Document]:
    """The only document of several that is a paper of the kind that is named (台账里呢, 那份通知里)."""
    found = _KIND.search(text)
    titled = [one for one in register.documents if found and plain(one.title).endswith(found["kind"])]
    return titled if len(titled) == 1 < len(register.documents) else []


def titled_by_words(text: str, register: Register) -> Named | None:
    """The documents whose titles hold the words before 方案, 台账 and the like (营商环境那个方案), None for all or none."""
    for found in _SAID_TITLE.finditer(text):
        for start, fitting in _titled(found["words"], register):
            if len(fitting) < len(register.documents):
                return Named(fitting, text.replace(found[0][start:], " "))
    return None


def papers_asked_for(text: str, register: Register) -> Named | None:
    """The documents that the whole of `text` asks for by words of their titles (有没有营商环境的方案), None where it asks something
    else or there are none."""
    found = _PAPER_ASKED.fullmatch(text)
    fitting = next(_titled(found["words"] or found["said"], register), None) if found is not None else None
    return Named(fitting[1], " ", itself=True) if fitting is not None else None


def _titled(words: str, register: Register) -> Iterator[tuple[int, tuple[str, ...]]]:
    """From where on `words` stand in titles, all of them or at least three, and the documents that have these."""
    for start in range(max(1, len(words) - 2)):
        if fitting := tuple(one.id for one in register.documents if words[start:] in plain(one.title)):
            yield start, fitting


def without_document_words(text: str) -> str:
    """`text` without 这个方案, 那份文件 and the like, so that only a real topic is left."""
    return _DOCUMENT_WORDS.sub(" ", text)


def _places(document: Document) -> tuple[str, ...]:
    return _place_forms(document.locality) if document.locality else ()


@lru_cache(maxsize=512)
def _place_forms(locality: str) -> tuple[str, ...]:
    whole = plain(locality)
    return tuple(dict.fromkeys((whole, short_place(whole))))


_Words = tuple[tuple[str, Document], ...]
_known: Remembered[tuple[_Words, _Words]] = Remembered(16)


def _named_by(documents: Iterable[Document]) -> tuple[_Words, _Words]:
    """What names documents, with them: titles and document numbers, and places."""
    documents = tuple(documents)
    names = ((words, one) for one in documents for words in _names(one))
    return tuple(names), tuple((place, one) for one in documents for place in _places(one))


def _names(document: Document) -> Iterator[str]:
    title, number = _core(document.title), plain(document.number or "")
    if len(title) >= _TITLE:
        yield title
    if number:
        yield number


def _of_words(words: _Words, text: str) -> list[Document]:
    """The documents that are named by words that stand in `text`, each once, in their order."""
    found = {id(one): one for said, one in words if said in text}
    return list(found.values())


@lru_cache(maxsize=2048)
def _core(title: str) -> str:
    """A title without 关于印发…的通知."""
    found = re.search(r"关于(?:印发|转发|做好|开展)?《?(.+?)》?的(?:通知|意见|函|批复)$", plain(title))
    return found[1] if found else plain(title)


def _without(text: str, documents: Iterable[Document], register: Register) -> str:
    """`text` without titles and places; a town of the county's name (柳湾镇政府 in 柳湾县) keeps it."""
    for document in documents:
        text = text.replace(_core(document.title), " ")
        for name in _places(document):
            if name in text and not (_in_a_unit(name, text, register) or _in_a_name(name, text, register)):
                text = text.replace(name, " ")
    return text


def _in_a_unit(place: str, text: str, register: Register) -> bool:
    """Whether the place is the beginning of a unit's name that stands in `text` as it is printed."""
    return any(form.startswith(place) and form in text for form in UnitBook.of(register).spelt)


def _in_a_name(place: str, text: str, register: Register) -> bool:
    """Whether the place is a part of a thing's name that assignments speak of (the app 岚屿通 in 岚屿市, the vouchers 惠购岚屿)."""
    start = text.find(place)
    behind, before = text[start + len(place) :][:1], text[max(0, start - _NAME_BEFORE) : start]
    names = [f"{place}{behind}"] if behind.isalnum() and behind not in _OF_PLACES else []
    names += [f"{before}{place}"] if len(before) == _NAME_BEFORE and before.isalnum() else []
    return any(name in plain(one.text) for name in names for one in register.assignments)


def _years(text: str, rest: str) -> Iterable[str]:
    for found in _YEAR.finditer(text):
        if not _DUE_YEAR.match(text[found.end(1) :]) and found[0] in rest:
            yield found[1]


def _strange_place(text: str, register: Register) -> str | None:
    """A well-known place in `text` that no document speaks of."""
    places, lengths = office_lexicon(register).places, _lengths(office_lexicon(register).places)
    begun = [(-length, at) for at, first in enumerate(text) if first in lengths for length in lengths[first]]
    for length, at in sorted(begun):
        place = text[at : at - length]
        if place in places and not (
            _LIVES.match(text, at - length) or _spoken_of(place, register) or _GONE_TO.search(text, 0, at)
        ):
            return place
    beside = _BESIDE.search(text)
    if beside is not None and not _spoken_of(beside["place"], register):
        return beside["place"]
    begins = _BEGINS.match(text)
    return begins["place"] if begins is not None and _elsewhere(begins["place"], register) else None


def _elsewhere(place: str, register: Register) -> bool:
    """Whether a name of a place is none that the register speaks of, by whatever level or sound (沅桥市 of 沅桥县, 元桥县)."""
    known = {short_place(plain(one.locality)) for one in register.documents if one.locality}
    stem = place[:-1]
    if not known or any(len(one) == len(stem) and _sounds_like(one, stem) for one in known):
        return False
    return not _spoken_of(place, register) and (place[-1] != "市" or not _spoken_of(stem, register))


def _sounds_like(one: str, other: str) -> bool:
    return all(set(readings(a)) & set(readings(b)) for a, b in zip(one, other, strict=True))


@lru_cache(maxsize=8)
def _lengths(places: frozenset[str]) -> dict[str, frozenset[int]]:
    """The first characters of the places, and how long the places are that begin so."""
    found: dict[str, frozenset[int]] = {}
    for place in places:
        if len(place) > 1:
            found[place[0]] = found.get(place[0], frozenset()) | {len(place)}
    return found


def _spoken_of(word: str, register: Register) -> bool:
    return any(
        word in plain(f"{one.title}{one.locality or ''}{one.issuer or ''}") for one in register.documents
    ) or any(word in one.text or any(word in duty.unit for duty in one.duties) for one in register.assignments)


def _strange_year(text: str, register: Register) -> str | None:
    """A year whose edition is asked for (2020年的要点) and that no document is about."""
    if _YEAR.search(text) is None:
        return None
    known = {str(year) for one in register.documents for year in (one.year, one.issued and one.issued.year) if year}
    known |= {year for one in register.documents for year in re.findall(r"(?:19|20)\d\d", plain(one.title))}
    for found in _YEAR.finditer(text):
        if found[1] in known:
            continue
        behind = text[found.end(1) :]
        begun = not text[: found.start()].strip(" 请问那") and _OF_THAT_YEAR.match(behind) and not _DUE.search(behind)
        if _EDITION.match(behind) or (begun and not _spoken_of(found[1], register)):
            return f"{found[1]}年"
    return None
