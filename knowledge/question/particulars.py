"""总投资多少, 备注写了什么: asked for a further column of a row, by its head."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.identity import Remembered
from knowledge.normal import plain
from knowledge.patterns import regex
from knowledge.register import Register

_BRACKET = regex(r"\(.*?\)")
_YEAR = r"(?:[今本当明去前后]年|上年|全年|年度|20\d\d年)度?的?"
# Of these no plan has a column of its own.
_OTHER_YEAR = ("明", "去", "前", "后", "上")
_OF_YEAR = regex(rf"^{_YEAR}|^年度?")
_WHOLE = regex(r"^(?:项目|工程|概算|估算|计划)?总(?:投资|造价)|^投资总?额|^总投资额?|^投资$")
# Behind the head nothing but what asks for it.
_ASKS = (
    r"(?:总?额|金额)?(?:(?:和|、|与|及)\w{2,8})?(?:分别|一共|总共|各|大概|预计|到底|具体|栏|一栏|里|上)*(?:是|在|为|有|要|写|填|列|的|了|着|:)*"
    r"(?:多少|几|什么|啥|谁|哪(?:个|家|些|里|儿|天)?)(?:个|万|亿|元|块|钱|单位|部门|人|内容)*(?:呢|啊|呀)?\W*$"
)
_BARE = r"(?:总?额|金额)?(?:呢)?\W*$"


@dataclass(frozen=True, slots=True)
class Head:
    """A head of a further column: `printed`, its words without brackets and years (`core`), and whether it is of one year."""

    printed: str
    core: str
    yearly: bool

    def asked(self, text: str) -> re.Match[str] | None:
        """Where `text` asks for the column, with the words that only do so; None where it does not."""
        for core in self._said():
            year = f"(?P<year>{_YEAR})?"
            found = re.search(rf"{year}的?{core}(?:{_ASKS}|{_BARE})", text)
            if found is not None and self._of_year(found["year"]) and self._of_this(core, found):
                return found
        return None

    def _of_year(self, said: str | None) -> bool:
        """Whether the column is of the year that is said, or none is."""
        if said is None:
            return True
        printed = re.search(r"20\d\d", self.printed)
        other = said[0].isdigit() and printed is not None and not said.startswith(printed[0])
        return self.yearly and said[0] not in _OTHER_YEAR and not other

    def _of_this(self, core: str, found: re.Match[str]) -> bool:
        """投资 alone is the whole one, of this year where a year is said."""
        return core != "投资" or (found["year"] is not None) == self.yearly

    def _said(self) -> Iterator[str]:
        yield re.escape(self.core)
        if _WHOLE.search(self.core):
            yield r"(?:总投资|投资总额|投资额|总造价)"
        if "投资" in self.core:
            yield "投资"


_known: Remembered[tuple[Head, ...]] = Remembered(16)


def heads_of(register: Register) -> tuple[Head, ...]:
    """The heads of the further columns in `register`, the longest first; found once."""
    return _known.of((register.assignments,), lambda: tuple(_heads(register)))


def _heads(register: Register) -> Iterator[Head]:
    printed = dict.fromkeys(told.head for one in register.assignments for told in one.particulars)
    for head in sorted(printed, key=len, reverse=True):
        words = _BRACKET.sub("", plain(head))
        core = _OF_YEAR.sub("", words)
        if len(core) > 1:
            yield Head(head, core, core != words)


def asked_heads(text: str, register: Register) -> tuple[tuple[Head, ...], str]:
    """The heads of the columns that `text` asks for, and the text without them."""
    for head in heads_of(register):
        if head.core[-2:] in text and (found := head.asked(text)) is not None:
            beside = [
                one for one in heads_of(register) if one.core in found[0] and one != head and one.core not in head.core
            ]
            return (head, *beside), text[: found.start()]
    return (), text


_MOST = regex(r"最(?P<which>大|高|多|小|少|低)")


def extreme_of(text: str, register: Register) -> tuple[Head, bool] | None:
    """The column in which the highest (True) or the lowest is asked for: 总投资最大的项目; None for any other question."""
    found = _MOST.search(text)
    if found is None:
        return None
    head = next((one for one in heads_of(register) if text[: found.start()].endswith(one.core)), None)
    return (head, found["which"] in "大高多") if head is not None else None
