"""What a conversation points to: the items that the bot named last, and the question that was asked before."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from knowledge.model import Assignment, Message, Turn
from knowledge.normal import plain
from knowledge.patterns import regex
from knowledge.question.itemnumbers import Numbers, asked_place, number_of
from knowledge.question.matters import KINDS, of_kind
from knowledge.question.whichdocument import named_documents
from knowledge.register import Register

_CODE = r"[A-Za-z]{0,5}-?\d+(?:[.-]\d+)*"
_NUMBER = regex(
    rf"第\s*(?P<many>{_CODE}(?:\s*[、,，和]\s*{_CODE})*)\s*(?:项|条)|(?<![\w.-])(?P<code>[A-Za-z]{{1,5}}-\d+(?:-\d+)*)(?![\w-])"
    rf"|(?P<kind>{'|'.join(KINDS)})第?(?P<of>\d{{1,4}})号"
)
# A duty of the covering letter has no number, only its words.
_UNNUMBERED = regex(r"正文部分(?:原文)?[:：]?[“\"](?P<words>[^“”\"…]{6,}?)(?=\.{3}|[”\"…])")
# The words of an item behind its number.
_QUOTED = regex(r"[^“\"\n第]{0,16}[“\"](?P<words>(?:(?!\.{3})[^“”\"…]){6,})")
_LISTED = regex(r"^\s*(?:(?P<n>\d{1,3})[.)、）]|[①②③④⑤⑥⑦⑧⑨⑩])", re.MULTILINE)
# Rows that stand in one line: 共2项：1. 新增规上企业；2. 清理欠款。
_IN_LINE = regex(r"(?<=[:：;；。,，])\s*(?=(?:\d{1,2}[.、)）](?!\d)|[②③④⑤⑥⑦⑧⑨⑩])\s*[^\W\d])")
# A row of a list that is told by its first words alone, and where these end.
_ROW = regex(r"^\s*(?:\d{1,3}[.)、）]|[①②③④⑤⑥⑦⑧⑨⑩•·*-])\s*(?P<words>[^\n]+)$")
_ROW_END = regex(r"[（(〔…:：。;；]|\.{3}|\s[-—–]\s|,(?=[^,]*$)")
# So many of its characters stand in one row alone.
_TELLING = 6
# What a long answer ends with, and what asks for the rest of it. The wording of lists says MORE.
MORE = "发“更多”看其余"
DIGEST_MORE = "发“更多”查看"
"""What ends the line of a reminder that sums up the rest."""
_MORE = regex(
    r"(?:请)?(?:(?:看|发|要|来)?(?:更多|其余(?:的)?|剩(?:下|余)的?|后面的|余下的?)|继续|下一页|接着(?:说|发|列)?|还有呢|往下)(?:看|呢|吧|发)*[。.!！?？]*"
)
# 这几个都是谁牵头: all rows of a list, and not the one told since.
_THESE = regex(
    r"(?:那|请问|上面)*(?:[这那](?:(?P<n>几|[两三四五六七八九十])[个项条件]|(?P<both>俩))|(?P<alike>(?:是不是|是|都是)?(?:由|归)?同?一(?:家|个单位|个部门)(?:单位|部门)?(?:来)?(?:牵头|负责|主办|承办|管)?的?(?:吗|么|不|吧)\W*$))"
)
_AGAIN = regex(
    r"(?:请|麻烦|劳驾|能不能|能)?(?:你|您)?(?:再|重新|重)(?:说|讲|发|答|念|报|来)(?:给我)?(?:一)?(?:遍|次|下|回)?(?:吧|呗|看看|吗)?[。.!！?？]*|(?:刚才|上面)?(?:没|不)(?:太|大)?(?:看|听)?(?:清楚?|懂)(?:了)?(?:[,，]?(?:请|麻烦)?再(?:说|发)(?:一)?[遍次])?[。.!！]*"
)
_MORE_THAN_THAT = regex(
    r"(?:那|就|只)?(?:还有(?:吗|么|没有?|没有了|别的吗|别的没有?|其他的?吗|其他的?没有?|哪些|不|什么)|没(?:有)?(?:别的)?了(?:吗|么|吧)|就这(?:些|几[个项条])?(?:了)?(?:吗|么|吧)|全了(?:吗|么|吧)|齐了(?:吗|么|吧))(?:了|啊|呀)?[。.!！?？]*"
)
# What heads a menu of suggestions, and what chooses from it.
MENU = "相近的有（发序号就行）："
_CHOICE = regex(r"(?:我?(?:要|问|选|是)|就是?)?(?:第)?(?P<n>[1-9一二三])(?:个|条|号)?[吧呢]?[。.!！]?")
SUGGESTED = "您是不是想问这个？"
_SUGGESTS = regex(r"^\s*相近的有：")
_YES = regex(
    r"(?:是|对|嗯+|没错|就是|恩+|yes|是啊|对啊|对头|要得|是的|对的)(?:的|啊|呀|了|哦|,|，|\s)*(?:就?是?(?:这|它|那)(?:个|项|条)?)?(?:的|啊|呀|吧)?[。.!！]*|就?是?(?:这|那)(?:个|项|条)(?:的|啊|呀)?[。.!！]*"
)
# Lines that only suggest or add, so that nobody points at them.
_ASIDE = regex(r"\s*(?:相近的|有关的任务|另有|另外|如有误)")
_REMINDER = regex(r"提醒|催办|请(?:回复(?!“(?:撤销|第|正文))|签收|确认)|收到请")


@dataclass(frozen=True, slots=True)
class Pointed:
    """`assignments`: ids the bot named last, in order, `documents` the document of each. `question`: what was asked before. `reminded`: the bot's last
    line was a reminder. `listed`: it was a list, from which 第二个 chooses;
    `first` is the number of its first line."""

    assignments: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    question: str | None = None
    reminded: bool = False
    listed: bool = False
    first: int = 1

    def __bool__(self) -> bool:
        return bool(self.assignments or self.question)

    @property
    def several(self) -> bool:
        """Whether there are rows from which one can be chosen as the first: a list, or more than one."""
        return self.listed or len(self.assignments) > 1

    def chosen(self, text: str, documents: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """The assignments meant: the n-th of a list when `text` says so, those of `documents` when some are named."""
        place = asked_place(text)
        if place is not None:
            at = place - self.first if place > 0 else len(self.assignments) + place
            return self.assignments[at : at + 1] if at >= 0 else ()
        if documents is None:
            return self.assignments
        of = zip(self.assignments, self.documents, strict=True)
        return tuple(one for one, document in of if document in documents)


def pointed(message: Message, register: Register) -> Pointed:
    """What the turns of `message` point to."""
    if not message.turns:
        return Pointed()
    message = replace(message, turns=tuple(_in_rows(turn) if turn.by_bot else turn for turn in message.turns))
    said = _last_list(message, register) or _last_said(message)
    asked = next((turn.text for turn in reversed(message.turns) if not turn.by_bot), None)
    named = _named(said.split(MENU)[0], register) or _in_plain_words(said, register)
    if not named and (only := suggested(said, register)) is not None:
        named = [only]
    if (several := _these(message, register)) and len(named) < len(several):
        named = several
    if len(named) == 1 and asked_place(plain(message.text)) in (1, -1):
        named = _told_last(2, message, register) or named
    documents = tuple(one.document for one in named)
    listed, first = _LISTED.search(said), _first(said)
    return Pointed(tuple(one.id for one in named), documents, asked, bool(_REMINDER.search(said)), bool(listed), first)


def _in_rows(turn: Turn) -> Turn:
    """What the bot said, the rows of a list that stands in one line each in a line of its own."""
    return replace(turn, text=_IN_LINE.sub("\n", turn.text)) if len(_IN_LINE.findall(turn.text)) > 1 else turn


def _last_list(message: Message, register: Register) -> str | None:
    """The list that 第二个呢 chooses from: the last one of so many rows that the bot gave, whatever it said of single rows since."""
    text = plain(message.text)
    place = asked_place(text) or 1
    if asked_place(text) is None and _THESE.match(text) is None:
        return None
    lists = [turn.text for turn in reversed(message.turns) if turn.by_bot and _LISTED.search(turn.text)]
    if place == 1:
        return lists[0] if lists else None
    long_enough = (one for one in lists if len(_named(one, register)) > max(1, place - _first(one)))
    return next(long_enough, lists[0] if lists else None)


def _last_said(message: Message) -> str:
    return next((turn.text for turn in reversed(message.turns) if turn.by_bot), "")


def _these(message: Message, register: Register) -> list[Assignment]:
    """这两个都归谁管, of single rows that were told one after the other: the last so many of them, in the order of the telling."""
    found = _THESE.match(plain(message.text))
    many = int(number_of(found["n"])) if found and found["n"] not in (None, "几") else 0
    many = 2 if found and (found["both"] or found["alike"]) else many
    return _told_last(many, message, register)


def _told_last(many: int, message: Message, register: Register) -> list[Assignment]:
    """The last so many single rows that were told one after the other, in the order of the telling; none where there are fewer."""
    told: dict[Assignment, None] = {}
    for turn in reversed(message.turns):
        rows = _named(turn.text, register) if turn.by_bot and len(told) < many else []
        told.update(dict.fromkeys(rows if len(rows) == 1 else ()))
    return list(told)[::-1] if many > 1 and len(told) == many else []


def _first(said: str) -> int:
    """The number of the first line of a list; 1 for anything else."""
    listed = _LISTED.search(said)
    return int(listed["n"]) if listed and listed["n"] else 1


def continued(message: Message) -> tuple[Message, int] | None:
    """The question whose long answer 更多 goes on with, as it was said then, and which stretch is next; else None."""
    turns = message.turns
    if not turns or MORE not in turns[-1].text:
        return None
    if not wants_more(message.text) and _MORE_THAN_THAT.fullmatch(message.text.strip()) is None:
        return None
    page, at = 1, len(turns) - 1
    while at > 0:
        at -= 1
        if turns[at].by_bot:
            continue
        if (_MORE.fullmatch(turns[at].text.strip()) or _MORE_THAN_THAT.fullmatch(turns[at].text.strip())) is None:
            return replace(message, text=turns[at].text, turns=turns[:at]), page
        page += 1
    return None


def concluded(message: Message) -> Message | None:
    """The question behind a list that was told to its end, of which 还有吗 asks whether there is more; else None."""
    if not message.turns or MORE in message.turns[-1].text or _MORE_THAN_THAT.fullmatch(message.text.strip()) is None:
        return None
    if _LISTED.search(message.turns[-1].text) is None or MENU in message.turns[-1].text:
        return None
    return answered_last(message)


def repeated(message: Message) -> Message | None:
    """The question whose answer 你再说一遍 wants once more; else None."""
    if not message.turns or not message.turns[-1].by_bot:
        return None
    return answered_last(message) if _AGAIN.fullmatch(message.text.strip()) is not None else None


def answered_last(message: Message) -> Message | None:
    """The question that the bot answered last, as it was said then; what only asked for more of it is passed over."""
    for at in range(len(message.turns) - 1, -1, -1):
        turn = message.turns[at]
        if not turn.by_bot and _MORE.fullmatch(turn.text.strip()) is None:
            return replace(message, text=turn.text, turns=message.turns[:at])
    return None


@lru_cache(maxsize=16)
def wants_more(text: str) -> bool:
    """Whether `text` only asks for the rest of a long answer; the last answers are kept."""
    return _MORE.fullmatch(text.strip()) is not None


def picked(message: Message, register: Register) -> tuple[Message, tuple[str, ...]] | None:
    """The question behind the menu that the bot offered last, and the assignment that `message` chooses; else None."""
    turns = message.turns
    if len(turns) < 2:
        return None
    choice = _CHOICE.fullmatch(message.text.strip())
    if not turns[-2].by_bot and _YES.fullmatch(message.text.strip()):
        only = suggested(turns[-1].text, register)
        return (replace(message, text=turns[-2].text, turns=turns[:-2]), (only.id,)) if only else None
    if choice is None or MENU not in turns[-1].text or turns[-2].by_bot:
        return None
    lines = [line for line in turns[-1].text.split(MENU)[1].split("\n") if _LISTED.match(line)]
    at = int(number_of(choice["n"])) - 1
    chosen = _named(lines[at], register)[:1] if at < len(lines) else []
    return (replace(message, text=turns[-2].text, turns=turns[:-2]), (chosen[0].id,)) if chosen else None


def suggested(said: str, register: Register) -> Assignment | None:
    """The only assignment that a message of the bot suggests (您是不是想问这个？)."""
    if SUGGESTED not in said:
        return None
    line = next((line for line in said.split("\n") if SUGGESTED in line), "")
    found = _named(_SUGGESTS.sub("", line), register)
    return found[0] if len(found) == 1 else None


def _named(said: str, register: Register) -> list[Assignment]:
    """The assignments whose numbers stand in a message of the bot, each of the document that its paragraph names."""
    told = "\n".join(line for line in said.split("\n") if not _ASIDE.match(line))
    whole = named_documents(plain(told), register).documents
    found: dict[Assignment, None] = {}
    for paragraph in re.split(r"\n\s*\n|\n(?=〔)", told):
        text = plain(paragraph)
        around = named_documents(text, register).documents or whole
        for line in map(plain, paragraph.split("\n")):
            documents = (_of_line(line, register) if "〔" in line else None) or around
            for duty in _UNNUMBERED.finditer(line):
                found.update(dict.fromkeys(_unnumbered(duty["words"], documents, register)))
            if _NUMBER.search(line) is None and (row := _ROW.match(line)) is not None:
                found.update(dict.fromkeys(_in_words(row["words"], documents, register)))
            for printed in _NUMBER.finditer(line):
                quoted = _QUOTED.match(line, printed.end())
                for number in re.findall(_CODE, printed["many"] or printed["code"] or printed["of"]):
                    rows = [*of_kind(printed["kind"] or "", numbered(register, number, documents))]
                    meant = [one for one in rows if quoted and quoted["words"] in plain(one.text)]
                    found.update(dict.fromkeys((meant or rows)[:1]))
    return list(found)


def _unnumbered(words: str, documents: tuple[str, ...] | None, register: Register) -> list[Assignment]:
    """The duty of the covering letter that has these words."""
    kept = register.assignments if documents is None else register.scoped(documents).assignments
    return [one for one in kept if one.number is None and words in plain(one.text)][:1]


def _in_words(words: str, documents: tuple[str, ...] | None, register: Register) -> list[Assignment]:
    """The only assignment that holds the first words of a row that was told without its number."""
    kept = register.assignments if documents is None else register.scoped(documents).assignments
    first = _ROW_END.split(words.strip(), maxsplit=1)[0].strip()
    for said in (first, *first.split(",")[:1]):
        holding = [one for one in kept if said in plain(one.text)] if len(said) >= _TELLING else []
        if len(holding) == 1:
            return holding
    return []


def _in_plain_words(said: str, register: Register) -> list[Assignment]:
    """The only assignment of whose words a message of the bot consists that names no number: 改造寄宿制学校食堂15个。"""
    rows = [row for line in said.split("\n") for row in _in_words(plain(line), None, register)]
    return rows if len(rows) == 1 else []


def _of_line(line: str, register: Register) -> tuple[str, ...] | None:
    """The document that stands behind a row of a list."""
    return named_documents(line[line.rindex("〔") :], register).documents


def numbered(register: Register, number: str, documents: tuple[str, ...] | None = None) -> list[Assignment]:
    """The assignments of each document that stand at `number` or print it; "-1" is the last of all."""
    kept = [one for one in register.documents if documents is None or one.id in documents]
    if number.startswith("-"):
        counted = [row for one in kept for row in Numbers.of(register.of_document(one.id)).counted]
        return counted[int(number) :][:1] if len(counted) >= -int(number) else []
    found = [row for one in kept for row in Numbers.of(register.of_document(one.id)).at(number, register.part)]
    return sorted(found, key=lambda row: row.number != number)
