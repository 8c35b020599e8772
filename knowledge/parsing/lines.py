"""Blocks → lines: simplified, letter glosses taken out, blanks that are only damage removed; the print stays beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from operator import attrgetter

from knowledge.model import Block, Cell, Place
from knowledge.normal import is_simplified, is_traditional, mainland, simplified, words_of_taiwan
from knowledge.once import Once
from knowledge.parsing.torn import mended_bytes
from knowledge.phonetic import flatten, readings

# 實(shí)施, 查詢?cè)隆: a reading in Latin letters put behind a character by an annotating page; often doubled or torn.
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ"
_GLOSS = re.compile(rf"[(（?？][a-zA-Z{_TONED}]*[{_TONED}][a-zA-Z{_TONED}]*[)）]")
_PLAIN_GLOSS = re.compile(r"(?<=[\u3400-\u9fff])[(（](?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?[aeiouv][a-z]{0,4}[)）]")
# 縣(xian), 服務(wu): the same without a tone is one where the letters are how the character is read.
_SOUNDED = re.compile(r"(?<=[\u3400-\u9fff])[(（][a-z]{1,6}[)）]")
_ENOUGH_WORDS = 3
_ONLY_THERE = (
    "網際網路",
    "資訊",
    "軟體",
    "硬體",
    "網路",
    "最佳化",
    "視訊",
    "伺服器",
    "數位",
    "程式",
    "列印",
    "螢幕",
    "介面",
)
# Unit names of a page whose wording is too thin to be turned back as a whole.
TAIWAN_UNITS = {
    "资料局": "数据局", "资料管理局": "数据管理局", "资料资源": "数据资源", "资料中心": "数据中心", "资讯中心": "信息中心", "资讯化": "信息化",
    "网际网路": "互联网", "资讯办": "信息办", "网路安全": "网络安全",
}  # fmt: skip
_BLANK = re.compile(r"\s")
_SPACED = 6  # pieces at least, nearly all of one character, make a line that is spaced out
_WIDER = re.compile(r"\s{2,}")
_BLANK_BESIDE_HAN = re.compile(
    r"(?<=[\u3400-\u9fff，。；：、（）“”《》〔〕])[ \t\u3000\xa0]+|[ \t\u3000\xa0]+(?=[\u3400-\u9fff，。；：、（）“”《》〔〕])"
)
# A blank in front of a label is what parts it from the words before (自评  牵头部门：教务处  完成时间：6月); one inside is not.
_BEFORE_LABEL = re.compile(
    r"(?<=\S)(?!(?<=牵头|责任|配合|主办|协办|承办|主责|完成|办结|整改)[ \t\u3000\xa0]+(?:单位|部门|科室|时限|时间|期限)\s*[：:])[ \t\u3000\xa0]+(?=[\u3400-\u9fff]{0,6}(?:单位|部门|科室|处室|股室|主体|机构|地区|企业|领导|责任人|负责人|联系人|代表|提案人|建议人|时限|时间|期限|节点"
    r"|牵头|主办|承办|协办|会办|分办|配合|主责|责任|落实|参与|协同|目标|措施|标题|案由|事由|备注)\s*[：:])"
)
_APART = "\x1e"
_SPACED_DATE = re.compile(
    r"(?<![\d.．])(?:2 ?0 ?[1-3] ?\d(?: ?\d){2,4}(?=日|前)|(?:[12] ?[09] ?\d ?\d|\d ?\d)(?=[年月日]))"
)
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")

_ODD = re.compile(r"[(（?？\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")


def _out_of_step() -> dict[str, str]:
    """（一） whose bytes were read one off (?。ㄒ唬?): what the first numeral comes out as, up to the first bad byte."""
    read = {
        f"（{n}）".encode("gbk")[1:].decode("gbk", "replace").partition("\ufffd")[0]: n for n in "一二三四五七八九十"
    }
    return {"": "", **read}


_SHIFTED_NUMERALS = _out_of_step()
_SHIFTED = re.compile(
    rf"[?？][。.]?(?:(?P<n>{'|'.join(filter(None, _SHIFTED_NUMERALS))})[?？](?P<more>[一二三四五六七八九十])?[）)]?|[?？](?P<last>六)[）)])"
)


def _numeral_in_step(m: re.Match[str]) -> str:
    return f"（{_SHIFTED_NUMERALS[m['n'] or '']}{m['more'] or m['last'] or ''}）"


@dataclass(slots=True)
class Box:
    """A table cell as the parser sees it: `text` without damaging blanks, `raw` simplified with blanks and breaks kept.

    `guessed`: put together from lines that may as well belong to the cell beside it. Never changed, yet not frozen: a ledger has
    tens of thousands of them, each looked at again and again, and to freeze one costs five times its making.
    """

    text: str
    raw: str
    cell: Cell
    guessed: bool = False

    @property
    def merged(self) -> bool:
        """Whether the cell only repeats a merged one."""
        return self.cell.merged_from is not None

    @property
    def across(self) -> bool:
        """Whether the cell only repeats one of its own row."""
        source = self.cell.merged_from
        return source is not None and source.row == self.cell.place.row


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph or table row, with its index among all lines of the document."""

    index: int
    text: str
    raw: str
    block: Block
    boxes: tuple[Box, ...] = field(default=())

    @property
    def place(self) -> Place:
        """Where the line stands in the source."""
        return self.block.place


def lines_of(blocks: Sequence[Block]) -> tuple[Line, ...]:
    """The non-blank blocks as lines."""
    texts = [text for block in blocks for text in (block.text, *[cell.text for cell in block.cells])]
    distinct = set(texts)
    whole, once = "".join(texts), "\n".join(distinct)
    glossed, taiwan, plain = _is_glossed(blocks), _is_taiwan(once), is_simplified(once)
    traditional = not plain and is_traditional(whole)
    blocks = _with_plain_ones(blocks, whole)
    clean = plain and not glossed and not taiwan and not _ODD.search(once)
    words = [Once(partial(_words, clear=clear)) for clear in _clearings(clean, glossed, taiwan)]
    words[True].update(_unbroken(distinct) if clean else ())
    made: list[Line] = []
    for block in blocks:
        simple = plain or (
            not traditional and not is_traditional(block.text or "".join(cell.text for cell in block.cells))
        )
        if block.cells:
            said = words[simple]
            boxes = tuple([Box(text, raw, cell) for cell in block.cells for text, raw in [said[cell.text]]])
            text = "\t".join(dict.fromkeys([box.text for box in boxes if box.text]))
            raw = "\t".join([cell.text for cell in block.cells])
        else:
            boxes, raw = (), closed_up(cleared(block.text, glossed, taiwan, simple))
            text = unblanked(raw)
        if text:
            made.append(Line(len(made), text, raw, block, boxes))
    return tuple(made)


def _clearings(clean: bool, glossed: bool, taiwan: bool) -> list[Callable[[str], str]]:
    """How the words of a block are cleared that is not written in simplified characters, and of one that is."""
    if clean:
        return [str.strip, str.strip]
    return [partial(cleared, glossed=glossed, taiwan=taiwan, simple=simple) for simple in (False, True)]


def _unbroken(texts: Iterable[str]) -> dict[str, tuple[str, str]]:
    """The words of those cells of a clean file that no blank breaks: they stay as they are."""
    return {text: (text, text) for text in texts if " " not in text and text.isprintable()}


_boxes = attrgetter("boxes")


def has_paragraphs(lines: Iterable[Line]) -> bool:
    """Whether some of `lines` are no rows of tables: what only mends paragraphs has nothing to do in most spreadsheets."""
    return not all(map(_boxes, lines))


def renumbered(lines: Sequence[Line]) -> list[Line]:
    """`lines` counted anew."""
    if [line.index for line in lines] == list(range(len(lines))):
        return list(lines)
    return [line if line.index == at else replace(line, index=at) for at, line in enumerate(lines)]


def tables_in(lines: Iterable[Line]) -> Iterator[tuple[int, list[Line]]]:
    """The lines of each table in turn, behind its number in the file; paragraphs between two tables count as table 0."""
    rows: list[Line] = []
    table, sheet = 0, None
    for line in lines:
        block = line.block
        if rows and (block.table != table or block.place.sheet != sheet):
            yield table, rows
            rows = []
        table, sheet = block.table, block.place.sheet
        rows.append(line)
    if rows:
        yield table, rows


def _is_glossed(blocks: Iterable[Block]) -> bool:
    """Whether the page annotates its characters: several glosses, so that those which fit no character are debris too."""
    texts = [block.text for block in blocks if block.text]
    return sum(len(_GLOSS.findall(text)) + len(_sounded(text)) for text in texts) >= _ENOUGH_WORDS


def _sounded(text: str) -> list[re.Match[str]]:
    """The letters in brackets that are how the character before them is read."""
    found = _SOUNDED.finditer(text) if "(" in text or "（" in text else ()
    return [m for m in found if flatten(m[0][1:-1]) in readings(simplified(text[m.start() - 1]))]


def _unsounded(text: str) -> str:
    for m in reversed(_sounded(text)):
        text = text[: m.start()] + text[m.end() :]
    return text


def _with_plain_ones(blocks: Sequence[Block], text: str) -> Sequence[Block]:
    """`blocks`, whose whole text is `text`, with 一 again where a page prints 壹 for every one of them."""
    if text.count("壹") < _ENOUGH_WORDS or text.count("壹") <= text.count("一"):
        return blocks
    return [
        replace(
            block, text=block.text.replace("壹", "一"),
            cells=tuple(replace(cell, text=cell.text.replace("壹", "一")) for cell in block.cells),
        )
        for block in blocks
    ]  # fmt: skip


def _is_taiwan(text: str) -> bool:
    """Whether a page is in the wording of Taiwan and not only in its characters."""
    found = words_of_taiwan(_GLOSS.sub("", text))
    return len(found) >= _ENOUGH_WORDS or (len(found) > 1 and any(word in _ONLY_THERE for word in found))


def _words(text: str, clear: Callable[[str], str]) -> tuple[str, str]:
    """What a cell says on one line, and the same as it is printed, both cleared."""
    raw = clear(text)
    return (unblanked(raw.replace("\n", " ")) if _BLANK.search(raw) else raw), raw


def cleared(text: str, glossed: bool = False, taiwan: bool = False, simple: bool = False) -> str:
    """`text` simplified, in the wording of the mainland, and without letter glosses and invisible characters.

    What is written in simplified characters (`simple`) keeps the others in its names (濛溪海关). Glosses go first: a converter does not recognise a word with letters inside. Afterwards unit names that Taiwan
    wording changes (資料局) get their official form back.
    """
    if not (glossed or taiwan or _ODD.search(text)) and (simple or simplified(text) == text):
        return text.strip()
    text = _INVISIBLE.sub("", text)
    text = _SHIFTED.sub(_numeral_in_step, text)
    text = _unsounded(_GLOSS.sub("", mended_bytes(text) if glossed else text))
    if glossed:
        text = _PLAIN_GLOSS.sub("", text)
    before = text
    text = mainland(text) if taiwan else text if simple else simplified(text)
    if text != before:
        for printed, official in TAIWAN_UNITS.items():
            text = re.sub(r"[ \u3000]*".join(printed), official, text) if printed[0] in text else text
    return text.strip()


def closed_up(text: str) -> str:
    """`text` without the blanks between its characters where it is spaced out as a whole (牵 头 单 位 ： 市 教 育 局); wider
    gaps stay blanks. There a blank parts no names."""
    pieces = text.split()
    if len(pieces) < _SPACED or sum(len(piece) == 1 for piece in pieces) < 0.8 * len(pieces):
        return text
    return " ".join("".join(part.split()) for part in _WIDER.split(text))


def fields_of(raw: str) -> list[str]:
    """A printed line cut at the blanks in front of its labels."""
    return _BEFORE_LABEL.split(raw)


def unblanked(text: str) -> str:
    """Blanks beside Chinese characters and inside dates removed; those between Latin words become one."""
    if not _BLANK.search(text):
        return text
    text = _BLANK_BESIDE_HAN.sub("", _BEFORE_LABEL.sub(_APART, text))
    text = re.sub(r"\s+", " ", text.replace(_APART, " ")).strip()
    return _SPACED_DATE.sub(lambda m: m.group().replace(" ", ""), text)
