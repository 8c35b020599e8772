"""What falls to each unit of a list: 甲局负责评审；乙局负责推荐, and 甲局（第1、2项）."""

from __future__ import annotations

import re

from knowledge.model import Doubt
from knowledge.parsing.groups import groups_of
from knowledge.parsing.names import is_unit, read_names, top_level

_PART = re.compile(r"(?P<units>[^，,；;。]{2,40}?)(?P<verb>牵头|负责|承担|配合)(?P<act>[^，,；;。]{2,30})")


_VERB = re.compile(r"\S{2}(?:牵头|负责|承担|配合)")


SHARES = re.compile(
    r"[（(]\s*(?:负责|承担|牵头)?(?:第\s*[\d一二三四五六七八九十]|\d{1,3}\s*[-—–~～至、,，]\s*\d)[\d一二三四五六七八九十第项条款点\s、,，和及至~～—–-]*[项条款点][）)]"
    r"|[（(][\u3400-\u9fff]{0,3}(?:市场|工地|企业|学校|校园|商场|超市|景区|矿山|厂矿|车站|码头|网吧|公园|小区)[）)]"
)  # 县文旅局（第1、2项）, 区城管局（农贸市场）: which part of the row is whose


def without_parts(text: str) -> tuple[str, tuple[Doubt, ...]]:
    """A list of units without the words on what falls to each (甲局负责评审；乙局负责推荐), and a doubt for each left out."""
    kept, doubts = "", list[Doubt]()
    clauses = top_level(text, "；;，,")
    told = all(_VERB.search(piece) for piece, _ in clauses)  # 甲局牵头，乙局负责评审: each with its verb
    for piece, mark in clauses if told else top_level(text, "；;"):
        m = _PART.fullmatch(piece.strip("。 "))
        act = m["act"] if m else ""
        said = [(group.words, group.role) for group in groups_of(act)] == [(act, None)]
        said = said and not any(is_unit(name, strict=True) for name in read_names(act).units)
        if m and said and all(is_unit(name) for name in read_names(m["units"]).units):
            doubts.append(act_doubt(piece, m["units"]))
            piece = m["units"] + m["verb"]
        kept += (mark if kept else "") + piece
    return (kept, tuple(doubts)) if doubts else (text, ())


def act_doubt(words: str, unit: str) -> Doubt:
    """A doubt about words of which only the `unit` was filed, or nothing where they speak of a person."""
    said = (
        f"“{words}”只登记了单位“{unit}”，后面的话没有登记，请核对。"
        if unit
        else f"“{words}”是说人的，没有登记，请核对。"
    )
    return Doubt("unit-act", said, None, words, unit)


def share_doubt(words: str) -> Doubt:
    """A doubt about words that give a unit only some points of its row."""
    said = f"“{words}”说的是分管本行哪一部分，没有分开登记，名称前的单位按整行登记，请核对。"
    return Doubt("unit-share", said, None, words, "整行")
