"""Why a name was taken for these units: changes of name with their year and source, signs, merged bureaux; in Chinese."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from handlers import wording
from knowledge.lexicon import office_lexicon
from knowledge.question.query import Asked
from knowledge.register import Register
from knowledge.units import How, UnitBook, resolve

if TYPE_CHECKING:
    from knowledge.units.senses import Resolved, Sense

# Heirs named in one sentence.
_MOST = 4


def taken_for(asked: Asked, register: Register) -> str:
    """One sentence on why the printed names answer for the words asked; empty where they are the unit's own name."""
    if asked.how is How.SIGN:
        return f"“{asked.words}”一般是这个单位加挂的牌子或设在这里的办公室，各地不一，请核对。"
    if asked.how is How.PART:
        return f"文件里没有单独写“{asked.words}”，以上是名称里有相同职能的单位，请核对。"
    if asked.how is not How.FORMER and not asked.renames:
        return ""
    lexicon = office_lexicon(register)
    return past(resolve(asked.words, lexicon)) or _renamed(asked)


def past(found: Resolved) -> str:
    """What became of a unit that is no more: 国土资源局的职能2018年起归自然资源局…; empty for one that is."""
    if found.current or not found.known:
        return ""
    if found.own:
        return "".join(map(_own_past, found.senses[:1]))
    main = [sense for sense in found.senses if all(move.main for move in sense.via)]
    parts = [sense for sense in found.senses if sense not in main]
    if not main or not main[0].via:
        return ""
    chain = "，".join(f"{_from(move.year)}{_words(move.new)}" for move in main[0].via)
    told = f"{wording.names(unit.name for unit in found.former)}的职能{chain}（{main[0].via[-1].source}）"
    rest = f"；另有一部分归{wording.names(sense.name for sense in parts[:_MOST])}，可以另问" if parts else ""
    return f"{told}{rest}。"


def _own_past(sense: Sense) -> str:
    line = sense.alias
    if line is None or line.words == sense.name:
        return ""
    until = f"，用到{line.until.year}年{line.until.month}月{line.until.day}日" if line.until else ""
    return f"“{line.words}”是{sense.name}的曾用名{until}（本机构名册）。"


def _renamed(asked: Asked) -> str:
    """The changes that lead from a present name to the older ones that the documents print."""
    told = [
        f"{_words(rename.old)}的职能{_from(rename.year)}{_words(rename.new)}（{rename.source or '本机构词库'}）"
        for rename in asked.renames[:_MOST]
    ]
    return f"{'；'.join(told)}。" if told else ""


def _from(year: int) -> str:
    return f"{year}年起归" if year else "各地先后归"


def _words(key: str) -> str:
    from knowledge.units.general import unit_words  # most answers need no table of bodies

    return unit_words(key)


def unknown(words: Sequence[str], register: Register) -> str:
    """That no document names these units; of one that is no more, who took it over and which of them are printed."""
    told = [wording.unit_unknown(words)]
    lexicon = office_lexicon(register)
    for name in words:
        found = resolve(name, lexicon)
        if sentence := past(found):
            told += [sentence, _printed(found.senses, register)]
    return wording.lines(*told)


def _printed(heirs: Iterable[Sense], register: Register) -> str:
    """The heirs that documents name, as they are printed there."""
    book = UnitBook.of(register)
    names = [unit for heir in heirs for mention in book.mentions(heir.name)[:1] for unit in mention.units[:1]]
    return f"其中文件里写到的有{wording.names(dict.fromkeys(names))}，可以问它的任务。" if names else ""
