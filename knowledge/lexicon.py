"""词库: the words that clerks use for the words that documents use, and the names of units.

The shipped tables lie in knowledge/data; an office adds its own in `lexicon/*.toml` of its home, and its lines win.
A lexicon is a value: nothing in it changes after it was read.

An office's file looks like this (Chinese keys need no quotes; every table may be left out):

    [口语]                       # 说的 → 文件里写的
    大会战 = ["城乡环境综合整治"]
    [同义词]                     # 两边是一回事
    智慧云 = ["政务云平台"]
    [单位简称]                   # 简称 → 文件里印的全名
    社发中心 = ["县社会事业发展中心"]
    [单位更名]                   # 旧职能 → 新职能，写 data/units_*.toml 里的表名
    房管 = ["自然资源"]
    [停用词]                     # 问句里不算数的话
    客套 = ["劳驾"]
    [名册.县教育和科学技术局]     # 一个单位一张表，写法见 knowledge.roster_table
    教科局 = { 类 = "简称", 据 = "云办发〔2019〕3号" }
    [认可的单位]                 # 看着不像、确实是单位的名称
    环湖专班 = ["单位"]
    [认可的约定]                 # 文中约定 → 已确认的读法
    "排在首位的为牵头单位" = ["此后名单中排在第一位的单位按牵头单位登记（集合单位除外）"]
    [认可的时限]                 # 时限的写法 → 已确认的理解
    年初前 = ["“年初”按1月理解"]
    [角色词]                     # 文件自己的角色词 → 牵头、责任、配合或不登记
    督办单位 = ["不登记"]

In 口语 and 同义词 a word may be written as in the shipped table of synonyms: `~词` perhaps, `词+词` both, `拆…补` apart
(knowledge.thesaurus). Shipped lists of words have one kind a line, `#` begins a remark.
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import permutations
from pathlib import Path

from knowledge.normal import DATA, bare, plain
from knowledge.roster import Rename, Roster
from knowledge.thesaurus import APART, LOOSE, TOGETHER, Kin, Phrases, Synonym, looked_up, shipped_phrases
from knowledge.unit_words import unit_words

# TOML wants quotes around Chinese keys; people who keep a word list need not know that. What is quoted already, or
# stands behind #, is left as it is.
_BARE_KEY = r"""("(?:[^"\\\n]|\\.)*"|'[^'\n]*'|\#[^\n]*)|([^\s"'\#=\[\]{},.]*[^\x00-\x7f\s][^\s"'\#=\[\]{},.]*)(?=[ \t]*[=\].])"""
# The tables an office may write, and what they hold.
NICKNAMES = "单位简称"
# What a person confirmed in a review (knowledge.review.lesson): words → the meaning that is not asked again.
CONFIRMED_UNITS, CONFIRMED_RULES, CONFIRMED_LIMITS, ROLE_WORDS = "认可的单位", "认可的约定", "认可的时限", "角色词"
CONFIRMED = (CONFIRMED_UNITS, CONFIRMED_RULES, CONFIRMED_LIMITS, ROLE_WORDS)
_OVERLAY_TABLES = ("同义词", "口语", NICKNAMES, "单位更名", "停用词", "名册", *CONFIRMED)


class LexiconError(Exception):
    """A table of the lexicon cannot be read. `str(error)` is one Chinese sentence naming the file and the place."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All tables, keys and values written as `bare` (phrases) or `plain` (unit names) writes them.

    `phrases`: spoken phrase → official ones; `apart`: the first half of what is said with other words between → its other
    half and an official phrase; `loose`: the pairs (spoken, official) that are only perhaps meant; `kin`: which official
    phrases stand together. `fillers`: words that ask, greet or fill and carry no topic.
    `atoms`: spelling of a unit's field → the field's key (发展和改革 → 发改). `renames`: fields that changed name; `mergers`:
    the same for bodies of several fields, joined by + (旅游 → 文化+旅游). `signs`: fields of
    offices that are mostly a sign on another one's door → that one's field (新闻 → 宣传); `also`: names
    that mean further bodies → their keys (防火办).
    `alone`: spellings of fields that mean the unit even without 局 or 委. `wholes`: names of units that are not made of
    a field and 局 or 委 (妇联, 政府办) → key. `nicknames`: a whole short name → the printed names it stands for.
    `national`: names of central bodies → key; `departments`: fields whose local offices are called 部 (组织);
    `beside`: fields of bodies that are no government's (组织, 妇联, 法院).
    `places`: well-known provinces and cities, without 省 and 市. `everyday`: words that only look like units.
    `roster`: the office's own units and their names.
    `confirmed`: for each of the tables CONFIRMED, words → what the office has confirmed that they mean, as written.
    """

    phrases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    apart: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    loose: Container[tuple[str, str]] = frozenset()
    kin: Kin = field(default_factory=Kin)
    fillers: frozenset[str] = frozenset()
    weak: frozenset[str] = frozenset()
    atoms: Mapping[str, str] = field(default_factory=dict)
    renames: tuple[Rename, ...] = ()
    mergers: tuple[Rename, ...] = ()
    signs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    nicknames: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    alone: frozenset[str] = frozenset()
    wholes: Mapping[str, str] = field(default_factory=dict)
    national: Mapping[str, str] = field(default_factory=dict)
    departments: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    everyday: frozenset[str] = frozenset()
    roster: Roster = field(default_factory=Roster)
    confirmed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@cache
def shipped() -> Lexicon:
    """The lexicon that comes with the product, read once."""
    said = shipped_phrases()
    return Lexicon(
        phrases=said.whole,
        apart=said.apart,
        loose=said.loose,
        kin=said.kin,
        fillers=_words_of("fillers.txt"),
        weak=_words_of("weak_words.txt"),
        places=_words_of("places.txt"),
        everyday=_words_of("lookalikes.txt"),
        **unit_words(),  # type: ignore[arg-type]
    )


def lexicon_of(folder: Path | None) -> Lexicon:
    """The shipped lexicon with an office's own tables laid over it; a folder that is not there adds nothing.

    Raises LexiconError naming file and line or table when a table cannot be read.
    """
    lexicon = shipped()
    if folder is None or not folder.is_dir():
        return lexicon
    for path in sorted(folder.glob("*.toml")):
        lexicon = _overlaid(lexicon, path)
    return lexicon


def office_lexicon(register: object) -> Lexicon:
    """The lexicon that a register carries with it as `lexicon`, the shipped one where it carries none."""
    carried = getattr(register, "lexicon", None)
    return carried if isinstance(carried, Lexicon) else shipped()


def _lines(name: str) -> list[str]:
    text = (DATA / name).read_text(encoding="utf-8")
    return [line for line in (raw.partition("#")[0].strip() for raw in text.splitlines()) if line]


def _words_of(name: str) -> frozenset[str]:
    return frozenset(word for line in _lines(name) for word in line.split())


def _overlaid(lexicon: Lexicon, path: Path) -> Lexicon:
    tables = _read_toml(path)
    unknown = [name for name in tables if name not in _OVERLAY_TABLES]
    if unknown:
        known = "、".join(_OVERLAY_TABLES)
        raise LexiconError(f"词库文件{path.name}里有不认识的表“{unknown[0]}”，能写的表是：{known}，请改正后重试。")
    own = looked_up(own_synonyms(tables, path))
    nicknames = {plain(key): tuple(map(plain, words)) for key, words in _rows(tables, NICKNAMES, path).items()}
    moved = tuple(
        Rename(plain(old), plain(new)) for old, words in _rows(tables, "单位更名", path).items() for new in words
    )
    fillers = {bare(word) for words in _rows(tables, "停用词", path).values() for word in words}
    return replace(
        lexicon,
        **_laid_over(lexicon, own),  # type: ignore[arg-type]
        nicknames={**lexicon.nicknames, **nicknames},
        renames=(*moved, *lexicon.renames),
        fillers=lexicon.fillers | fillers,
        roster=lexicon.roster.with_(_roster(tables, path)),
        confirmed={
            name: {
                **lexicon.confirmed.get(name, {}),
                **{plain(key): words[0] for key, words in _rows(tables, name, path).items()},
            }
            for name in CONFIRMED
        },
    )


def own_synonyms(tables: Mapping[str, object], path: Path) -> Iterator[Synonym]:
    """What an office wrote in 同义词 and 口语, as questions are compared."""
    for key, words in _rows(tables, "同义词", path).items():
        for one, other in permutations(map(bare, (key, *words)), 2):
            yield Synonym(one, other)
    for key, words in _rows(tables, "口语", path).items():
        said = APART.join(filter(None, map(bare, key.split(APART))))
        for word in words:
            official = TOGETHER.join(map(bare, word.split(TOGETHER)))
            yield Synonym(said, official, word.startswith(LOOSE))


def _laid_over(lexicon: Lexicon, own: Phrases) -> dict[str, object]:
    """The tables of what is said, the office's lines in the place of the shipped ones for the same words."""
    return {
        "phrases": ChainMap(own.whole, lexicon.phrases),  # type: ignore[arg-type]
        "apart": {**lexicon.apart, **own.apart},
        "loose": _LaidOver(own, lexicon.loose),
    }


@dataclass(frozen=True, slots=True)
class _LaidOver(Container[tuple[str, str]]):
    """The loose pairs of an office, and the others' of phrases that the office does not write."""

    own: Phrases
    others: Container[tuple[str, str]]

    def __contains__(self, pair: object) -> bool:
        if isinstance(pair, tuple) and pair[0] in self.own.whole:
            return pair in self.own.loose
        return pair in self.others


def _roster(tables: Mapping[str, object], path: Path) -> Roster:
    from knowledge.roster_table import TABLE, RosterError, roster_of

    table = tables.get(TABLE, {})
    try:
        if not isinstance(table, dict):
            raise RosterError(f"“{TABLE}”应当写成表（[{TABLE}.单位名称]）")
        return roster_of(table, path.name)
    except RosterError as error:
        raise LexiconError(f"词库文件{path.name}里{error}，请改正后重试。") from error


def overlay_table(path: Path) -> dict[str, object]:
    """The tables of one file of an office. Raises LexiconError."""
    return _read_toml(path)


def _read_toml(path: Path) -> dict[str, object]:
    try:
        return read_tables(path.read_text(encoding="utf-8-sig"), path.name)
    except UnicodeDecodeError:
        raise LexiconError(f"词库文件{path.name}不是UTF-8编码，请另存为UTF-8后重试。") from None


def read_tables(text: str, name: str) -> dict[str, object]:
    """The tables of an office's file called `name`, Chinese keys with or without quotes. Raises LexiconError."""
    import tomllib

    try:
        return tomllib.loads(quoted(text))
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"词库文件{name}写法有误（{_where(str(error))}），请改正后重试。") from error


def quoted(text: str) -> str:
    """`text` with quotes around its Chinese keys."""
    return re.sub(_BARE_KEY, lambda found: found[1] or f'"{found[2]}"', text)


def _where(message: str) -> str:
    """The place in a message of tomllib, in Chinese."""
    numbers = [word.strip(",)") for word in message.split() if word.strip(",)").isdigit()]
    return f"第{numbers[0]}行第{numbers[1]}列" if len(numbers) >= 2 else "文件末尾"


def _rows(tables: Mapping[str, object], name: str, path: Path) -> dict[str, tuple[str, ...]]:
    table = tables.get(name, {})
    if not isinstance(table, dict):
        raise LexiconError(f"词库文件{path.name}的“{name}”应当写成表（[{name}]），请改正后重试。")
    return {key: _words(value, f"词库文件{path.name}的[{name}]里“{key}”") for key, value in table.items()}


def _words(value: object, where: str) -> tuple[str, ...]:
    words = [value] if isinstance(value, str) else value
    if not isinstance(words, list) or not words or not all(isinstance(word, str) and word.strip() for word in words):
        raise LexiconError(f"{where}后面应当是一个词或一组词，请改正后重试。")
    return tuple(words)
