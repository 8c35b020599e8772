"""What a letter without a plan asks of whom: its sentences cut where another unit is asked, each with who has it."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.model import Role
from knowledge.parsing.acting import is_inside, units_before
from knowledge.parsing.duties import read_units
from knowledge.parsing.helping import only_helping
from knowledge.parsing.names import is_unit
from knowledge.parsing.phrases import deadline_like
from knowledge.parsing.slot import Slot
from knowledge.parsing.subjects import clauses, counts_only, said_in, subject_of, with_followers
from knowledge.patterns import regex

_LED_IN = r"(?:同时|并|另|现|故|特|再|也|因此|为此|其中)?[，,]?"
_ASKED = regex(rf"^{_LED_IN}(?:烦请|商请|恳请|敬请|请|责成|责令|委托|(?<!自)由)(?=\S{{3}})")
_YOU = r"(?:[你贵](?:单位|[局委办厅院校县市区镇乡部处站队所]|公司|中心|街道)|你们)"
# 请你局…, wherever it stands in a clause; 你局要…, at its head.
_YOURS = regex(
    rf"(?:请|由){_YOU}(?:要|应|须|于|在)?(?P<part>牵头|主办|负责|配合|协助)?"
    rf"|^{_LED_IN}{_YOU}(?=要|应|须|务必|于|负责|牵头|主办|配合|协助)(?:要|应|须)?(?P<role>牵头|主办|负责|配合|协助)?"
)
_CUT = regex(rf"[，,](?={_LED_IN}(?:烦请|商请|恳请|敬请|请|责成|责令|委托|(?<!自)由(?=[市县区州省镇乡])))")
# What tells that a sentence orders and does not only tell how things are.
_ORDERS = regex(
    r"负责|牵头|承担|配合|协助|(?<![需主纲])要(?!素|点|求|道|客)|应(?![急用对收])|须|务必|尽快|抓紧|及时|立即|严格|切实|做好|抓好|提供|落实|\d日?前|[月年周]底前|之前"
)
_TELLS = regex(
    r"[将拟](?:于[^，,]{2,12}|在[^，,]{2,12})?(?:来|赴|到|对|莅)|[近日前]期|已经?[\u3400-\u9fff]|收到|反映|发生|曾|存在|目前|去年"
)
_OWN_PLACE = regex(r"[我本][市县区州省院校局]$")  # 近期我县将有强降雨
_PART = regex(r"(?:要|应|须|共同|具体)*(?P<part>牵头|主办|配合|协助|协办)")
_AS_LEAD = ("牵头", "主办")
_AS_COOPERATING = ("配合", "协助", "协办")


def requests_of(sentence: str, addressees: str, locality: str) -> list[tuple[str, Slot]]:
    """The parts of a sentence of which each asks something of single units named in it, or of whoever it is written to (请你局…);
    empty where it asks nobody so.

    What stands before the first of them only tells why, and stays with it.
    """
    told = [(part, _whom(part, addressees, locality)) for part in _parts(sentence)]
    if any(_asks(part) for part, slot in told if slot is not None):
        told = [(part, None if slot and _TELLS.search(part) and not _asks(part) else slot) for part, slot in told]
    parts: list[tuple[str, Slot]] = []
    opening = ""
    for part, slot in told:
        if slot is None and parts:
            parts[-1] = (parts[-1][0] + part, with_followers(parts[-1][1], part, locality))
        elif slot is None:
            opening += part
        elif parts and all(duty.role is Role.COOPERATING for duty in slot.duties):
            parts[-1] = (parts[-1][0] + part, parts[-1][1].plus(slot))
        else:
            parts.append((opening + part, slot))
            opening = ""
    return [(text.rstrip("，,；;"), slot) for text, slot in parts]


def _role(word: str) -> Role:
    return Role.LEAD if word in _AS_LEAD else Role.COOPERATING if word in _AS_COOPERATING else Role.RESPONSIBLE


def _asks(part: str) -> bool:
    return bool(_ASKED.match(part) or _YOURS.search(part))


def _parts(sentence: str) -> Iterator[str]:
    for clause in clauses(sentence):
        start = 0
        for m in _CUT.finditer(clause):
            yield clause[start : m.end()]
            start = m.end()
        if clause[start:]:
            yield clause[start:]


def _whom(part: str, addressees: str, locality: str) -> Slot | None:
    """The single units of whom a part of a sentence asks something; None where it asks nobody, or a whole class."""
    if counts_only(part):
        return None
    if m := _YOURS.search(part):
        word = m["part"] or m["role"] or ""
        slot = read_units(addressees, _role(word), "", locality, word) if addressees else Slot()
        return with_followers(slot, part, locality) if slot.duties else None
    asked = _ASKED.match(part)
    if asked and (units := units_before(part[asked.end() :])):
        told = _PART.match(part, asked.end() + len(units))
        word = told["part"] if told else ""
        return with_followers(read_units(units, _role(word), "", locality, word), part, locality)
    if is_inside(part):  # 根据县政府批示精神，…: it only tells why
        return None
    slot = only_helping(part, locality=locality) or subject_of(part, locality) or said_in(part)
    if all(duty.collective or _OWN_PLACE.search(duty.unit) or not is_unit(duty.unit) for duty in slot.duties):
        return None
    return slot if _ORDERS.search(part) or deadline_like(part) else None
