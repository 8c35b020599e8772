"""What the reading had to repair: every repair is shown with the words as they were printed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.examination.finding import Finding, Severity, Spot
from knowledge.examination.specimen import Specimen, around, finding, short, spot_of, whose
from knowledge.model import Block
from knowledge.normal import is_traditional, simplified
from knowledge.parsing.lines import TAIWAN_UNITS

_REPAIRED = re.compile(r"原文“(?P<words>[^”]+)”缺(?:“年”)?字，按(?P<read>[^，]+)理解")
_AMBIGUOUS = re.compile(r"原文“(?P<words>[^”]+)”有缺字，可能是(?P<ways>[^，]+)，请核对")
TORN_NUMBER = re.compile(
    r"(?P<who>[\u3400-\u9fff]{2,8})(?:[〔\[［]\s*(?P<year>(?:19|20)\d\d)\s*(?P<n>\d{1,4})\s*(?:号|(?=[)）]))|(?P<year2>20\d\d)[〕\]］]\s*(?P<n2>\d{1,4})\s*号)"
)
"""A document number with half of its bracket: 〔2026 12号, 2026〕12号."""
_BRACKET = re.compile(r"[〔\[［〕\]］]")
_GLOSS = re.compile(r"[\u3400-\u9fff][(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6}[)）]")
_TONED = re.compile(r"[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]")
_BLANK = re.compile(r"\s")
_EXAMPLES = 3
# Kinds of file in which a break stands because somebody typed it.
_TYPED = ("docx", "doc", "xlsx", "xls")


def misprints(specimen: Specimen) -> Iterator[Finding]:
    """Every misprint that was repaired, or that allows no single reading."""
    yield from _dates(specimen)
    yield from _numbers(specimen)
    yield from _glosses(specimen)
    yield from _traditional(specimen)
    yield from _broken_names(specimen)


def _dates(specimen: Specimen) -> Iterator[Finding]:
    for a in specimen.draft.assignments:
        for doubt in a.doubts:
            if m := _REPAIRED.search(doubt.message):
                wrong = f"“{m['words']}”缺字，暂按{m['read']}理解。"
                yield finding(
                    "misprint", Severity.MUST, spot_of(a, doubt.words), wrong, f"应为“{m['read']}”的，请补全。"
                )
            elif m := _AMBIGUOUS.search(doubt.message):
                wrong = f"“{m['words']}”缺字，可能是{m['ways']}，无法确定。"
                yield finding("misprint", Severity.MUST, spot_of(a, doubt.words), wrong, "请写明是哪一天。")


def _numbers(specimen: Specimen) -> Iterator[Finding]:
    """〔2026 12号: a document number with half of its bracket."""
    for line in specimen.lines:
        for m in TORN_NUMBER.finditer(line.text) if _BRACKET.search(line.text) else ():
            year, n = m["year"] or m["year2"], m["n"] or m["n2"]
            spot = specimen.spot(line, around(line.text, *m.span()))
            wanted = f"〔{year}〕{n}号"
            yield finding(
                "misprint", Severity.MUST, spot, f"文号“{m.group()}”的括号不全。", f"疑为“{m['who']}{wanted}”，请改正。"
            )


def _glosses(specimen: Specimen) -> Iterator[Finding]:
    """Letters that an annotating page put behind characters; they are no part of the text."""
    texts = (text for block in specimen.draft.blocks if "(" in (text := _printed(block)) or "（" in text)
    words = [m.group() for text in texts for m in _GLOSS.finditer(text)]
    if sum(bool(_TONED.search(word)) for word in words) >= _EXAMPLES:
        yield finding(
            "glossed", Severity.NOTE, Spot(None, "", "、".join(words[:_EXAMPLES])), f"文字后面夹有注音字母，共{len(words)}处，已略去。",
            "这是网页转换留下的，请改用原始文件。",
        )  # fmt: skip


def _traditional(specimen: Specimen) -> Iterator[Finding]:
    """Traditional characters or Taiwan wording, read as simplified."""
    texts = [_printed(block) for block in specimen.draft.blocks]
    whole = is_traditional("".join(texts))
    changed = [text for text in texts if (whole or is_traditional(text)) and simplified(text) != text]
    if changed:
        renamed = list(_renamed(specimen))
        also = "，单位名称里的台湾用语已改回" if renamed else ""
        yield finding(
            "traditional", Severity.NOTE, Spot(None, "", short(changed[0], 30)), f"文字是繁体，已按简体理解{also}。",
            "正式文件请用规范汉字，并核对单位名称。", renamed,
        )  # fmt: skip


def _renamed(specimen: Specimen) -> Iterator[Spot]:
    """The names in which Taiwan wording was put back: 市資料局 is 市数据局."""
    for block in specimen.draft.blocks:
        text = simplified(_printed(block))
        for taiwan, official in TAIWAN_UNITS.items():
            if taiwan != official and taiwan in text:
                yield Spot(block.place, "", f"{taiwan}→{official}")


def _broken_names(specimen: Specimen) -> Iterator[Finding]:
    """Names of units with a blank or a break inside, put together again. Text from a page breaks where the page does."""
    found: list[Spot] = []
    for a in specimen.numbered if specimen.draft.kind in _TYPED else ():
        line = specimen.line_of(a)
        texts = [box.raw for box in line.boxes] or [line.raw] if line else []
        texts = [text for text in texts if _BLANK.search(text)]
        for unit in dict.fromkeys(duty.unit for duty in a.duties if len(duty.unit) > 3) if texts else ():
            torn = re.compile(r"\s*".join(map(re.escape, unit)))
            words = next((m.group() for text in texts if (m := torn.search(text)) and m.group() != unit), "")
            if words:
                found.append(Spot(a.place, whose(a), re.sub(r"\s+", "□", words)))
    if found:
        yield finding(
            "name-broken", Severity.NOTE, found[0], f"单位名称中间有空格或换行（用□表示），共{len(found)}处，已连起来理解。",
            "请删去名称中间的空格和换行。", found[1:],
        )  # fmt: skip


def _printed(block: Block) -> str:
    return block.text or "\t".join(cell.text for cell in block.cells)
