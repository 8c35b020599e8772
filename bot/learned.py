"""What a review taught, written into the office's lexicon: one line each, with who, when and which document."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from knowledge.ledger import Entry
from knowledge.lexicon import CONFIRMED_UNITS, NICKNAMES, Lexicon, LexiconError, lexicon_of, quoted
from knowledge.model import Document
from knowledge.normal import plain
from knowledge.review.lesson import Lesson
from knowledge.roster import Sort, written
from knowledge.roster_table import TABLE
from knowledge.store_files import make_folder, refusal, write_whole

FILE_NAME = "核对所得.toml"
_HEAD = "# 核对时确认过的说法，由程序写入；可以改，也可以删去，删去的以后会再问。\n"
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


def learn(folder: Path, lessons: Iterable[Lesson], document: Document, filing: Entry) -> tuple[Lesson, ...]:
    """Write what is new of `lessons` and return it; the file is the old or the new one whatever happens.

    Needs the right to write into the home. Raises StoreError, and LexiconError when the folder's tables are broken.
    """
    known = lexicon_of(folder)
    fresh = tuple(lesson for lesson in lessons if _has_words(lesson) and not _holds(known, lesson))
    if not fresh:
        return ()
    path = folder / FILE_NAME
    text = text_of(path) or _HEAD
    source = f"{filing.who or '督查员'}，{filing.at:%Y-%m-%d %H:%M}，核对《{document.title}》"
    for lesson in fresh:
        text = with_line(text, *_line(lesson, source, known))
    _refuse_broken(path, text)
    make_folder(folder)
    write_whole(path, text.encode())
    return fresh


def _has_words(lesson: Lesson) -> bool:
    """Whether both sides of the line would hold something; an empty one would spoil the whole lexicon."""
    return all(plain(_BREAKS.sub(" ", words)).strip() for words in (lesson.words, lesson.meaning))


def _holds(known: Lexicon, lesson: Lesson) -> bool:
    """Whether the lexicon holds it already."""
    words = plain(lesson.words)
    if lesson.table == NICKNAMES:
        units = {alias.unit for alias in known.roster.named(lesson.words)}
        return plain(lesson.meaning) in known.nicknames.get(words, ()) or written(lesson.meaning) in units
    return known.confirmed.get(lesson.table, {}).get(words) == lesson.meaning


def _refuse_broken(path: Path, text: str) -> None:
    """A file that people edit too is not replaced by one that cannot be read."""
    try:
        tomllib.loads(quoted(text))
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(
            f"词库文件{path.name}里的表头写法特殊，核对所得没有写进去；请把它改名移开后再“入册”一次。"
        ) from error


def text_of(path: Path) -> str:
    """The words of a file, none where it is not there. Raises StoreError."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise refusal("读取", path, error) from error


def _line(lesson: Lesson, source: str, known: Lexicon) -> tuple[str, str]:
    """The table and the line: 市发改 = ["市发展和改革委员会"]  # 李明，2026-03-02 10:15，核对《…》"""
    words, meaning = toml_words(lesson.words), toml_words(lesson.meaning)
    if lesson.table == NICKNAMES and known.roster.knows(lesson.meaning):
        return f"[{TABLE}.{meaning}]", f"{words} = {{ 类 = {toml_words(Sort.SHORT)}, 据 = {toml_words(source)} }}"
    if lesson.table == CONFIRMED_UNITS and known.roster:
        return f"[{TABLE}.{words}]", f"{words} = {{ 类 = {toml_words(Sort.NAME)}, 据 = {toml_words(source)} }}"
    return f"[{lesson.table}]", f"{words} = [{meaning}]  # {_BREAKS.sub(' ', source)}"


def toml_words(words: str) -> str:
    """A TOML string: JSON's escapes are TOML's, and nothing else is left that TOML forbids."""
    return json.dumps(_BREAKS.sub(" ", words), ensure_ascii=False)


def with_line(text: str, head: str, line: str) -> str:
    """The file with `line` at the end of the table `head`, which is made where it is not there. It replaces its key's."""
    lines = text.rstrip("\n").split("\n")
    heads = [at for at, one in enumerate(lines) if re.match(r"\s*\[", one)]
    mine = next((at for at in heads if _bare(lines[at]) == _bare(head)), None)
    if mine is None:
        return "\n".join([*lines, "", head, line, ""])
    end = next((at for at in heads if at > mine), len(lines))
    key = _bare(line.partition(" = ")[0])
    kept = [one for one in lines[mine + 1 : end] if "=" not in one or _bare(one.partition("=")[0]) != key]
    while kept and not kept[-1].strip():
        kept.pop()
    behind = ["", *lines[end:]] if end < len(lines) else []
    return "\n".join([*lines[: mine + 1], *kept, line, *behind, ""])


def _bare(head: str) -> str:
    """A table's head or a key without quotes, blanks and remark."""
    return re.sub(r"[\s\"']|#.*$", "", head)


def shown(folder: Path) -> Iterator[str]:
    """The lines that reviews have written, each with its source, below the name of its table."""
    for line in text_of(folder / FILE_NAME).splitlines():
        if line.strip() and not line.startswith("#"):
            yield _bare(line).strip("[]") + "：" if line.startswith("[") else f"  {line}"
