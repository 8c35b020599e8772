"""The office's own synonyms on disk: added one by one with who, when and why, and found again with where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.learned import text_of, toml_words, with_line
from knowledge.lexicon import Lexicon, lexicon_of, overlay_table, own_synonyms, read_tables
from knowledge.normal import bare
from knowledge.store_files import make_folder, write_whole
from knowledge.thesaurus import APART, LOOSE, TOGETHER, Synonym, shipped_synonyms

FILE_NAME = "同义词-所学.toml"
_HEAD = "# 用 qiantou synonyms add 加进来的同义词，由程序写入；可以改，也可以删去。\n"
_LONGEST = 8
_TABLE = "口语"


class SynonymError(Exception):
    """A synonym that cannot be added. `str(error)` is one Chinese sentence with the next step."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A synonym, where it stands, and for the office's own what its line says about who, when and why."""

    synonym: Synonym
    where: str
    own: bool = False
    remark: str = ""


def add_synonym(folder: Path, said: str, officials: Sequence[str], who: str, now: datetime, why: str = "") -> list[str]:
    """Let `said` mean `officials` too, and return what is new of them; what it meant before goes on.

    Needs the right to write into the home. Raises SynonymError, LexiconError and StoreError; then nothing has changed.
    """
    words, wanted = _said(said), [_official(one) for one in officials]
    known = lexicon_of(folder)
    before = _known(words, known)
    fresh = [one for one in dict.fromkeys(wanted) if one.removeprefix(LOOSE) not in before and one != words]
    if not fresh:
        return []
    _refuse_elsewhere(folder, words)
    kept = [LOOSE * ((words, one) in known.loose) + one for one in before]
    source = re.sub(
        r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+", " ", f"{who}，{now:%Y-%m-%d %H:%M}{'，' * bool(why)}{why}"
    )
    line = f"{toml_words(words)} = [{', '.join(map(toml_words, [*kept, *fresh]))}]  # {source}"
    path = folder / FILE_NAME
    text = with_line(text_of(path) or _HEAD, f"[{_TABLE}]", line)
    read_tables(text, FILE_NAME)
    make_folder(folder)
    write_whole(path, text.encode())
    return fresh


def _said(said: str) -> str:
    halves = [bare(half) for half in said.split(APART)]
    if not all(halves) or len(halves) > 2:
        raise SynonymError(f"“{said}”里没有可用的字，请写成 qiantou synonyms add 看病报销 医疗保障待遇 这样。")
    if not 2 <= len("".join(halves)) <= _LONGEST:
        raise SynonymError(f"“{said}”应当是2到{_LONGEST}个字的说法，请只留下关键的词再试。")
    return APART.join(halves)


def _official(word: str) -> str:
    parts = [bare(part) for part in word.removeprefix(LOOSE).split(TOGETHER)]
    if not all(len(part) > 1 for part in parts):
        raise SynonymError(f"“{word}”太短，文件里的写法至少要两个字，请写得完整些再试。")
    return LOOSE * word.startswith(LOOSE) + TOGETHER.join(parts)


def _known(words: str, known: Lexicon) -> tuple[str, ...]:
    """What `words` mean already."""
    first, gap, second = words.partition(APART)
    if gap:
        return tuple(official for other, official in known.apart.get(first, ()) if other == second)
    return known.phrases.get(words, ())


def _refuse_elsewhere(folder: Path, words: str) -> None:
    """A line that a person wrote in another file would hide ours, or ours theirs: they must change theirs."""
    for one in own_origins(folder):
        if one.synonym.said == words and one.where != FILE_NAME:
            raise SynonymError(f"“{words}”已经写在词库文件{one.where}里，请直接在那一行后面加上新的写法。")


def own_origins(folder: Path) -> Iterator[Origin]:
    """The office's own synonyms. Raises LexiconError."""
    for path in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
        tables, remarks = overlay_table(path), _remarks(text_of(path))
        for one in own_synonyms(tables, path):
            yield Origin(one, path.name, own=True, remark=remarks.get(one.said, ""))


def _remarks(text: str) -> dict[str, str]:
    """What stands behind # in the line of each key."""
    found = re.findall(r"^\s*[\"']?([^\s\"'=#\[]+)[\"']?\s*=[^#\n]*#[ \t]*(.*)$", text, re.MULTILINE)
    return {APART.join(map(bare, key.split(APART))): remark.strip() for key, remark in found}


def origins(folder: Path, word: str = "") -> Iterator[Origin]:
    """The synonyms of which one side holds `word`: the office's own first, then the shipped ones that still count."""
    wanted = bare(word)
    own = list(own_origins(folder))
    replaced = {one.synonym.said for one in own}
    shipped = (Origin(one, f"自带，{one.field}") for one in shipped_synonyms(wanted) if one.said not in replaced)
    for one in (*own, *shipped):
        if wanted in one.synonym.said.replace(APART, "") or wanted in one.synonym.official.replace(TOGETHER, ""):
            yield one
