"""Duties of the covering letter and of the closing words: who has to report what, and by when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from knowledge.model import Duty, Role
from knowledge.parsing.found import Found
from knowledge.parsing.lines import Line
from knowledge.parsing.names import is_collective, is_unit, read_names, split
from knowledge.parsing.outline import is_heading, numbered, sentences
from knowledge.parsing.slot import Slot

_OUGHT = r"(?:切实|务必|必须|要(?!素|点|求)|应当|应(?!急|用|对|收)|须|需|请|将|于)"
_SUBJECT = re.compile(
    rf"^(?:[^。；;：:]{{0,16}}?请(?=[各市县区州省全有])|请|由|同时[，,]?)?(?P<units>[^，,。；;：:]{{2,40}}?)(?={_OUGHT}|[，,]?(?:按照|根据|结合|对照|严格|认真|抓紧|尽快|及时|加强|做好|制定|明确|报送|每[年月季周半旬]|\d{{1,4}}[年月]|在\S{{2,12}}[前后内]))"
)
_ACT = re.compile(
    r"报(?:送|备|告|至|市|县|区|州|省|我|督|政务|办|领导)|上报|报[\u3400-\u9fff]{2,16}(?:办|局|委|室|科|中心|府|部门)|反馈至|送(?:至|市|县|区)|(?:对外|主动|网站|同时)公开|公布|开设[^。；]{0,30}(?:专栏|专题)"
)
_WHEN = re.compile(
    r"\d+\s*(?:年|月|日|个工作日|天|小时)[^。；;]{0,6}(?:前|内|底)|每[年月季周半旬][^。；;]{0,12}(?:前|底|末|至少|不少于|\d|[一二两三]次)|年[底内]前?|(?:年度|每年|每季度?|每月)[^。；;]{0,6}(?:至少|不少于)|季度末|月底前|"
    r"[一二三四五六七八九十]+个?工作日内"
)
_PAST = re.compile(
    r"已经?[\u3400-\u9fff]{0,6}(?:同意|印发|审议|通过)|现(?:将|印发|下发|转发)|^为(?:贯彻|认真|进一步|深入|全面|切实|做好)|^(?:联系|咨询|值班)?(?:人|电话)|附件"
)

_CONTACT = re.compile(
    r"[（(][^（）()]*(?:联系|电话|邮箱|传真)[^（）()]*[）)]"
    r"|[，,；;、](?:联系|值班|咨询|报送|监督|办公|电子)?(?:人|电话|邮箱|传真|QQ)(?:及[^，,。；;]{0,8})?(?:[:：为是]\s*|(?=[\w@]))[^。；;]{2,60}"
)


def cover_duties(lines: Sequence[Line], addressees: str, locality: str) -> list[Found]:
    """The duties in `lines` (letter or closing words): sentences that order, with a date or a report in them.

    A sentence without a subject falls on the subject of the paragraph, else on the addressees.
    """
    found: list[Found] = []
    section: tuple[str, ...] = ()
    for line in lines:
        cut = numbered(line.text)
        if cut.level and is_heading(cut.rest) and not cut.rest.endswith("。"):
            section = (line.text,)
            continue
        subject: tuple[Duty, ...] = ()
        for sentence in _orders(cut.rest):
            own = _subject(sentence, locality)
            subject = own or subject
            sentence = _CONTACT.sub("", sentence)
            if _ordered(sentence, bool(own)):
                duties = subject or _duties(addressees, locality)
                if not duties and not addressees:
                    continue
                found.append(
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
    return found


def _orders(text: str) -> Iterable[str]:
    """Sentences, cut further at ； where both halves have a subject of their own."""
    for sentence in sentences(text):
        halves = re.split(r"[；;]", sentence)
        if len(halves) > 1 and all(_subject(half, "") for half in halves if half):
            yield from halves
        else:
            yield sentence


def _ordered(sentence: str, subject: bool) -> bool:
    """Whether a sentence orders: it says so, or its `subject` has something to report by a day (各科室每月28日前报送…)."""
    if _PAST.search(sentence) or len(sentence) < 10:
        return False
    if subject and _WHEN.search(sentence) and _ACT.search(sentence):
        return True
    return bool(re.search(_OUGHT, sentence)) and bool(_WHEN.search(sentence) or _ACT.search(sentence))


def _subject(sentence: str, locality: str) -> tuple[Duty, ...]:
    m = _SUBJECT.match(sentence)
    return _duties(m["units"], locality) if m and all(is_unit(name) for name in split(m["units"])[0]) else ()


def _duties(words: str, locality: str) -> tuple[Duty, ...]:
    units = read_names(words, locality=locality).units
    return tuple(Duty(unit, Role.RESPONSIBLE, "", False, is_collective(unit)) for unit in units)
