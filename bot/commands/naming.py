"""A document that is named on the command line: a file, or one of those filed, by title, number, file name or year."""

from __future__ import annotations

from pathlib import Path

from bot.commands.speech import Refusal
from knowledge.editions import without_year
from knowledge.filed_names import documents_named
from knowledge.model import OLD, Document, Draft
from knowledge.register import Register

_SHOWN = 6


def drafts_named(old: str, new: str, register: Register) -> tuple[Draft, Draft]:
    """The drafts of two documents, each a file or a filed document that goes by the name. Raises Refusal, ReadingError.

    What two years alone leave open is settled by the titles, where these differ in nothing but the year.
    """
    if not Path(old).exists() and not Path(new).exists():
        alike = [
            (one, other)
            for one in documents_named(old, register)
            for other in documents_named(new, register)
            if one.id != other.id and without_year(one) == without_year(other)
        ]
        if len(alike) == 1:
            return _filed(alike[0][0], register), _filed(alike[0][1], register)
    return _draft(old, register), _draft(new, register)


def _draft(words: str, register: Register) -> Draft:
    path = Path(words)
    return _read(path) if path.exists() else _filed(filed_named(words, register, or_file=True), register)


def _filed(document: Document, register: Register) -> Draft:
    return Draft(document, register.of_document(document.id))


def _read(path: Path) -> Draft:
    from bot.intake import drafted, readable_name, sources

    found = list(sources([path]))
    if len(found) != 1:
        raise Refusal(f"“{readable_name(path)}”里有{len(found)}份文件，请解压后指定其中一份。")
    if found[0].failure:
        raise Refusal(found[0].failure)
    return drafted(found[0].content, found[0].name)


def filed_named(words: str, register: Register, *, or_file: bool = False) -> Document:
    """The filed document that goes by `words`; of several editions the one in force. Raises Refusal, naming what there is."""
    found = documents_named(words, register)
    if len(found) == 1:
        return found[0]
    if found:
        raise Refusal(f"叫“{words}”的文件有{len(found)}份：{_listed(found)}；请写文件名或编号。")
    looked = "没有这个文件，册中也没有叫" if or_file else "册中没有叫"
    raise Refusal(f"{looked}“{words}”的文件；册中有：{_listed(list(register.documents))}。")


def _listed(documents: list[Document]) -> str:
    told = [f"《{one.title}》（{one.source}，编号{one.id}{'，旧版' if OLD in one.id else ''}）" for one in documents]
    more = f"等{len(told)}份" if len(told) > _SHOWN else ""
    return "、".join(told[:_SHOWN]) + more if told else "（还没有文件）"
