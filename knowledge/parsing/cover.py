"""Duties of the covering letter and of the closing words: who has to report what, and by when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain

from knowledge.model import Duty, Role
from knowledge.parsing.acting import with_actors
from knowledge.parsing.found import Found
from knowledge.parsing.lines import Line
from knowledge.parsing.names import is_clause, is_collective, is_unit, read_names, split
from knowledge.parsing.outline import is_heading, numbered, sentences
from knowledge.parsing.phrases import deadline_like
from knowledge.parsing.slot import Slot
from knowledge.parsing.subjects import counts_only

_OUGHT = r"(?:切实|务必|必须|要(?!素|点|求)|应当|应(?!急|用|对|收)|须|需|(?<![申邀聘])请|将|于)"
_SUBJECT = re.compile(
    rf"^(?:[^。；;：:]{{0,16}}?请(?=[各市县区州省全有])|(?:以上|上述)[^。；;：:，,\d]{{0,6}}由|请|由|同时[，,]?)?(?P<units>[^，,。；;：:]{{2,40}}?)(?={_OUGHT}|[，,]?(?:按照|根据|结合|对照|严格|认真|抓紧|尽快|及时|加强|做好|制定|明确|报送|[每按逐][年月季周半旬]|自?\d{{1,4}}[年月]|在\S{{2,12}}[前后内]))"
)
_ACT = re.compile(
    r"报(?:送|备|告|至|市|县|区|州|省|我|督|政务|办|领导)|上报|报[\u3400-\u9fff]{2,16}(?:办|局|委|室|科|中心|府|部门)|反馈至|书面(?:回复|反馈)|送(?:至|市|县|区)|(?:对外|主动|网站|同时)公开|公布|开设[^。；]{0,30}(?:专栏|专题)|发[至送到](?!展)|填报|上传|录入|提交|反馈|通报|更新|提供[^，。；;]{0,10}(?:进展|情况|资料|材料|信息|数据)|送交|答复|办复|调度(?!会)|报(?:一次|[^。；;，,]{1,12}(?:情况|进展|台账|材料|总结|报表|清单|信息))|汇总"
)
_WHEN = re.compile(
    r"每(?:个?[月周旬日天年]|季度?|半[月年]|双月|两个?[周月]|逢)|[按逐][月季周旬]|\d+\s*(?:年|月|日|个月|个工作日|天|小时)[^。；;]{0,6}(?:前|内|底)|每[年月季周半旬][^。；;]{0,12}(?:前|底|末|至少|不少于|\d|[一二两三]次)|年[底内]前?|(?:年度|每年|每季度?|每月)[^。；;]{0,6}(?:至少|不少于)|季度末|学期[末初]|月底前|"
    r"[一二三四五六七八九十]+个?工作日内|[前后]\d+个?(?:工作日|天|日)|最后一?[天日周旬]|最后一?个?工作日|(?:发生|完成|收到)[^，。；]{0,8}(?:当日|次日|当天)"
)
_PAST = re.compile(
    r"已经?[\u3400-\u9fff]{0,6}(?:同意|印发|审议|通过)|现(?:将|印发|下发|转发)|^为(?:贯彻|认真|进一步|深入|全面|切实|做好)|^(?:联系|咨询|值班)?(?:人|电话)|附件|[将拟](?:于[^，,。；;]{2,12})?(?:来|到|赴|莅临)[我本][市县区州省院校局]"
)
_NOTE = re.compile(r"^[（(]?(?:备\s*注|附\s*注|注|说\s*明|填[表报]说明|有关说明|特别说明)\s*[:：]\s*")
_LEADING = re.compile(
    r"^现将[^，,。；;]{2,30}(?:列出|公布|通报|下达)(?:如下)?[，,]\s*(?=请|各|由)|^[^。；;]*?(?:如下|印发给你们|下发给你们|转发给你们)[，,]\s*(?=请|各|由)"
)
_TWO_DAYS = re.compile(
    r"(?P<one>[^，,、；;]{2,24}?于?[^，,、；;]{0,4}\d+日前)[、，,](?P<two>[^，,、；;\d]{2,16}?于?[^，,、；;]{0,4}\d+日前)(?P<rest>.+)$"
)
_TITLED_LIKE = re.compile(r"^(?:[\u3400-\u9fff]{0,4}(?:要求|说明|事项|提示|方式|报送|时间)|请注意)\s*[:：]\s*")
_PERSONS = re.compile(
    r"(?:各|领衔|牵头|包保|包联|挂钩|责任|分管|各级|[市县区州]级)[^，。；、]{0,6}(?:领导|负责人|联络员|责任人|网格员|河长|林长)(?:同志)?"
)
_DOES = re.compile(
    rf"{_OUGHT}|会同|联合|负责|牵头|每|按|逐|定期|及时|实行|采取|通报|印发|下发|召开|汇总|制作|建立|开展|组织|适时|不定期|\d|[一二三四五六七八九十]+月|[本次]月|年[底末]|对|把|统一|全面|督促|督导|督查|跟踪|上报|报送|形成|梳理|填报|总结|提出|提交|完成|更新|录入|反馈|公布|公开|核实|核对|抽查|对账"
)
_FIRST_CLAUSE = re.compile(r"(?P<when>[^，,。；;]{2,16})[，,](?=\S)")
# 汛期结束后各牵头单位…; 发生突发事件的，属地党委…: the occasion stands before whoever acts on it.
_EVENT = re.compile(
    r"^[^，,。；;：:]{2,12}(?:之?后|期间|时|[\d日月周季底末]前)(?=各|由|有关|相关)|^(?:发生|发现|遇有?|出现|接到|凡)[^，,。；;]{2,20}[的时后][，,]"
)
_REGULARLY = re.compile(r"[，,]?(?:每(?:个?[月周旬日天年]|季度?|半[月年])|[按逐][月季周旬]|定期)")
_BY = re.compile(
    r"[，,](?:并|统一)?由(?P<units>[^，,。；;：:]{2,40}?)(?=每|按|定期|负责|牵头|组织|开展|会同|进行|汇总|统一|具体|\d)"
)
_NO_OFFICE = re.compile(r"《|(?:根据|按照|依据|结合|遵照|按以?[下照上])|第[一二三四五六七八九十\d]+届")
_YOURS = re.compile(
    r"[你贵](?:单位|[局委办厅院校县市区镇乡]|公司|中心)|[近日目前]{0,2}期?[我本][市县区州省院校局]"
)  # 请你单位: whom the letter is written to; 近期我县…: of whom it tells
_LONGEST_SUBJECT = 40
_NEAR = 6
_TOLD = re.compile(r"(?:以上|上述|各项)[^，,。]{0,8}由")
# 注：1.…；2.各牵头单位每月28日前报送…
_COUNTED_ON = re.compile(r"(?<=[；;。])\s*[（(]?\d{1,2}[）).．、](?!\d)\s*")
_NOTED_ON = re.compile(r"[；;]\s*|(?<=。)\s*[（(]?\d{1,2}[）).．、](?!\d)\s*")  # 说明：…为准；督导单位每季度…
_TITLED = re.compile(r"[^，。]{0,4}《|\d{4}年\d+月\d+日[，,]")
_CONTACT = re.compile(
    r"[（(](?:详?见|附)附件[^（）()]{0,8}[）)]|[（(][^（）()]*(?:联系|电话|邮箱|传真)[^（）()]*[）)]"
    r"|[，,；;、](?:联系|值班|咨询|报送|监督|办公|电子)?(?:人|电话|邮箱|传真|QQ)(?:及[^，,。；;]{0,8})?(?:[:：为是]\s*|(?=[\w@]))[^。；;]{2,60}"
)


def cover_duties(lines: Sequence[Line], addressees: str, locality: str) -> list[Found]:
    """The duties in `lines` (letter or closing words): sentences that order, with a date or a report in them.

    A sentence without a subject falls on the subject of the paragraph, else on the addressees, else on the collective that a
    paragraph before it spoke to.
    """
    found: list[Found] = []
    spoken_to: tuple[Duty, ...] = ()
    section: tuple[str, ...] = ()
    for line in lines:
        cut = numbered(_TITLED_LIKE.sub("", _NOTE.sub("", line.text)))
        if cut.level and is_heading(cut.rest) and not cut.rest.endswith("。"):
            section = (line.text,)
            continue
        subject: tuple[Duty, ...] = ()
        parts = (_NOTED_ON if _NOTE.match(line.text) else _COUNTED_ON).split(cut.rest)
        for sentence in chain.from_iterable(map(_orders, parts)):
            own = _subject(sentence, locality)
            subject = own or subject
            spoken_to = own if own and all(duty.collective for duty in own) else spoken_to
            sentence = _CONTACT.sub("", sentence)
            if _ordered(sentence, own):
                duties = subject or _duties(addressees, locality) or spoken_to
                if not duties and not addressees:
                    continue
                found.append(
                    with_actors(
                        Found(
                            sentence.strip(),
                            line.place,
                            section=section,
                            original=sentence,
                            slot=Slot(duties, units_stated=True),
                            lines=frozenset({line.index}),
                            cover=True,
                        )
                    )
                )
    return found


def _orders(text: str) -> Iterable[str]:
    """Sentences, cut further where another unit takes over, each without its number and what only leads to it."""
    for sentence in sentences(text):
        sentence = _LEADING.sub("", numbered(sentence).rest)
        for part in _taken_over(sentence):
            yield from _each_by_a_day(part)


def _taken_over(sentence: str) -> Iterable[str]:
    """A sentence cut at ； where both halves have a subject, and at ， where another unit has something due."""
    halves = [numbered(half).rest for half in re.split(r"[；;]", sentence)]  # 注：1.…；2.…
    spoken = all(_subject(half, "") for half in halves if half)
    if len(halves) < 2 or not (spoken or all(map(_reports_by, filter(None, halves)))):
        halves = [sentence]
    for half in halves:
        start = 0
        for m in re.finditer(r"[，,]", half):
            rest = half[m.end() :]
            clause = re.split(r"[，,]", rest)[0]
            told = _at_head(half[start:], "") or _TOLD.match(half[start:])
            if told and _doer(rest, "") and _WHEN.search(clause):
                yield half[start : m.start()]
                start = m.end()
        if half[start:]:
            yield half[start:]


def _reports_by(half: str) -> bool:
    """Whether a half of a sentence begins with a day of its own and says what is to be reported by it (12月10日前报送全年总结)."""
    when = _WHEN.search(half)
    return when is not None and when.start() <= _NEAR and _ACT.search(half, when.end()) is not None


def _each_by_a_day(sentence: str) -> Iterable[str]:
    """甲于5日前、乙于3日前将情况报丙: what each of them has to do by its own day."""
    m = _TWO_DAYS.match(sentence)
    if m and _subject(m["one"], "") and _subject(m["two"], ""):
        yield m["one"] + m["rest"]
        yield m["two"] + m["rest"]
    else:
        yield sentence


def _ordered(sentence: str, subject: Sequence[Duty]) -> bool:
    """Whether a sentence orders: it says so, or its `subject` has something to report by a day (各科室每月28日前报送…)."""
    if _PAST.search(sentence) or len(sentence) < 10:
        return False
    when, act = _WHEN.search(sentence), _ACT.search(sentence)
    if when and act and (subject or (when.start() <= _NEAR and not _TITLED.match(sentence))):
        return True
    named = not counts_only(sentence) and any(not duty.collective for duty in subject)  # 市督查室要适时开展督查
    regular = named and _REGULARLY.match(sentence, _end_of(subject, sentence))  # 市督查室每季度对账
    ought = (
        regular or re.search(_OUGHT, sentence) or (when and named and _BY.search(sentence))
    )  # …，由市督查室每季度评估
    return bool(ought) and bool(when or act or named)


def _end_of(subject: Sequence[Duty], sentence: str) -> int:
    """Where the last of the units at the head of a sentence ends, its length where they stand elsewhere."""
    at = sentence.find(subject[-1].unit) if subject else -1
    return at + len(subject[-1].unit) if at >= 0 else len(sentence)


_PASSIVE = re.compile(r"^[\u3400-\u9fff]{1,8}(?<![理缘事自经])由(?=[\u3400-\u9fff])")  # 进度由主办单位每周五填报


def _subject(sentence: str, locality: str) -> tuple[Duty, ...]:
    """The units on whom a sentence falls: with whom it begins, perhaps behind a time or a short clause that has no subject, or
    behind 由 further on."""
    found = _doer(sentence, locality)
    m = None if found else _BY.search(sentence)
    found = found or (_duties(m["units"], locality) if m and _all_offices(m["units"]) else ())
    opening = None if found else _FIRST_CLAUSE.match(sentence)
    if opening and _WHEN.search(sentence, opening.end()):  # 本表按月调度，各责任单位于每月28日前…
        later = _doer(sentence[opening.end() :], locality)
        return later if all(duty.collective for duty in later) else ()
    return found


def _doer(sentence: str, locality: str) -> tuple[Duty, ...]:
    """The units with whom a sentence begins, perhaps behind a time or an occasion."""
    opening = _FIRST_CLAUSE.match(sentence)
    if opening and deadline_like(opening["when"]) and not _ACT.search(opening["when"]):
        sentence = sentence[opening.end() :]
    return _at_head(_EVENT.sub("", sentence), locality)


def _all_offices(words: str) -> bool:
    names = split(words)[0]
    return bool(names) and all(is_unit(name, strict=True) and not is_collective(name) for name in names)


def falls_on(sentence: str, locality: str) -> bool:
    """Whether a sentence says itself on whom it falls."""
    return bool(_subject(sentence, locality))


def _at_head(sentence: str, locality: str) -> tuple[Duty, ...]:
    sentence = _PASSIVE.sub("", sentence)
    m = _SUBJECT.match(sentence)
    if m and not re.search(r"\d|[前后内]向|^[每从于自在]", m["units"]):
        names = split(m["units"])[0]
        if all(is_unit(name, strict=not is_collective(name)) and not is_clause(name) for name in names):
            return _duties(m["units"], locality)
        if _PERSONS.fullmatch(m["units"]):
            return (Duty(m["units"], Role.RESPONSIBLE, "", False, True),)
        if not _named_first(sentence, locality) and all(map(is_unit, names)):
            return _duties(m["units"], locality)
    return _named_first(sentence, locality)


def _named_first(sentence: str, locality: str) -> tuple[Duty, ...]:
    """The units with whose names a sentence begins, whatever they do (县委督查室、县政府督查室实行双榜通报…)."""
    clause = re.split(
        r"[，,。；;：:]", re.sub(r"^(?:请|由|同时[，,]?|(?:以上|上述)[^，,。；;\d]{0,6}由)", "", sentence)
    )[0][: _LONGEST_SUBJECT + 2]
    digit = re.search(r"\d", clause)
    most = min(len(clause) - 1, _LONGEST_SUBJECT, digit.start() if digit else _LONGEST_SUBJECT)
    for end in range(0 if re.match(r"[每从于自在按以]", clause) else most, 2, -1):
        if _DOES.match(clause, end) and all(is_unit(n) and not is_clause(n) for n in split(clause[:end])[0]):
            return _duties(clause[:end], locality)
    return ()


def _duties(words: str, locality: str) -> tuple[Duty, ...]:
    """The units of `words`; a paper (《…》) and an event counted through (第九届运动会) are none."""
    units = [u for u in read_names(words, locality=locality).units if not (_NO_OFFICE.match(u) or _YOURS.fullmatch(u))]
    return tuple(Duty(unit, Role.RESPONSIBLE, "", False, is_collective(unit)) for unit in units)
