"""Running text whose line breaks went astray, as it comes out of a web page or a chat: cut again by its groups of labels.

The labels of an item (牵头单位：… 责任单位：… 完成时限：…) follow each other in one order throughout a document. Where a
label comes again that was there already, the value of the one before must have ended and the next item begun,
wherever the lines were broken.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, groupby, pairwise
from operator import itemgetter

from knowledge.model import Doubt
from knowledge.parsing.acting import units_at_head
from knowledge.parsing.duties import label_start, label_words, labels_in
from knowledge.parsing.furniture import is_furniture
from knowledge.parsing.joints import goes_on
from knowledge.parsing.label_lines import all_units
from knowledge.parsing.lines import Line, has_paragraphs, renumbered, unblanked
from knowledge.parsing.names import is_unit, mended
from knowledge.parsing.outline import is_bare
from knowledge.reading.openings import is_rest, is_torn, numbered, opens_section

_FEWEST = 3  # groups of labels that make a way of writing
_EVIDENT = 2  # breaks that are plainly wrong, from which on every break is doubted
_SECTION = r"[一二三四五六七八九十]{1,3}\s*、"
_COUNT = r"\d{1,3}\s*[.．、](?!\d)"
_ANEW = re.compile(
    rf"\s*(?:{_SECTION}|{_COUNT}|\d{{1,3}}(?![次个项件条处年月日天周季小])(?=[\u3400-\u9fff“《])|[.．](?=\s*[\u3400-\u9fff“《]))"
)
_HEADED = re.compile(rf"\s*{_SECTION}[^，。；：\n]{{2,24}}?(?<!\d)(?=\s*(?:{_COUNT}|[.．]\s*[\u3400-\u9fff“《]))")
_HEADED_BARE = re.compile(rf"\s*{_SECTION}[^，。；：\n]{{3,24}}?(?<!\d)(?=\d{{1,2}}[\u3400-\u9fff“《])")
_INSIDE = re.compile(rf"(?<=[\u3400-\u9fff）)。；;])\s*(?:{_COUNT}|(?<![第、]){_SECTION})\s*(?=[^\d\s])")
_ENDED = re.compile(r"[。；！？!?]\s*$")
_OF_ALL = ("各", "有关", "相关")  # 各成员单位：… speaks to readers
_STOPS = re.compile(r"[ \t。；;）)〕]*")
_OPENING, _BRACKETS = "（(〔", "（(〔）)〕"
_LONGEST, _NEAR = 80, 4  # characters of a value, and before a label, that are looked at


def _spaced(words: str) -> str:
    """A pattern for one of `words`, parted by bars, whatever blanks and breaks stand between the characters."""
    return "(?:" + "|".join(r"\s*".join(map(re.escape, word)) for word in words.split("|")) + ")"


_MOMENT = (
    r"(?:20(?:\s*\d){4,6}(?:\s*日)?(?=\s*前)|"  # 2023630前, as sites lose 年 and 月
    rf"(?:20\s*\d\s*\d\s*年?\s*)?\d\s*\d?\s*月(?:\s*份)?(?:\s*\d\s*\d?\s*[日号])?(?:\s*{_spaced('上旬|中旬|下旬|底|初|末')})?"
    rf"|(?:20\s*\d\s*\d\s*年|今\s*年|明\s*年|20\s*\d\s*\d)?\s*{_spaced('年底|年内|年末|底|内|上半年|下半年|第一季度|第二季度|第三季度|第四季度|一季度|二季度|三季度|四季度')}"
    rf"|20\s*\d\s*\d\s*年(?!\s*\d)|每\s*{_spaced('半年|年|个月|月|季度|季|周|日|天|旬|两周')}"
    rf"|{_spaced('长期坚持|长期推进|长期|全年|常年|持续推进|常态化|立即|即时|及时|适时|定期')})(?:\s*{_spaced('之前|以前|前')})?"
)
_TIME = re.compile(rf"\s*{_MOMENT}(?:\s*[、—–~～至-]+\s*{_MOMENT})*")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A label: its word, where it begins, and where its value does."""

    word: str
    start: int
    value: int
    time: bool


@dataclass(slots=True)
class _Text:
    """A run of lines as one text, its labels by items, where it is to be cut (for certain or not), and where
    joined, with what in between.

    Built while walking, read-only afterwards."""

    lines: list[Line]
    words: str
    starts: list[int]
    groups: list[list[_Mark]]
    cuts: dict[int, bool] = field(default_factory=dict)
    joins: dict[int, str] = field(default_factory=dict)

    @staticmethod
    def of(lines: list[Line]) -> _Text:
        """The text of neighbouring lines, nothing in it cut or joined yet."""
        words = "\n".join(line.raw for line in lines)
        starts = [0, *accumulate(len(line.raw) + 1 for line in lines[:-1])]
        return _Text(lines, words, starts, _groups(words, _marks(words)))

    def join(self, starts: Iterable[int], between: str = " ") -> None:
        """Takes the lines that begin at `starts` to the ones before them."""
        for at in starts:
            self.joins.setdefault(at, between)

    def raw(self, start: int, end: int) -> str:
        """What stands between two places, with what was joined on one line."""
        joined = [at for at in self.breaks(start, end - 1) if at in self.joins]
        edges = zip(
            [start, *joined], [*(at - 1 for at in joined), end], ["", *(self.joins[at] for at in joined)], strict=True
        )
        return "".join(between + self.words[at:to] for at, to, between in edges).strip().replace("\n", " ")

    def breaks(self, start: int, end: int) -> list[int]:
        """Where lines begin behind `start` and up to `end`."""
        return self.starts[bisect_right(self.starts, start) : bisect_right(self.starts, end)]


def recut(lines: Sequence[Line]) -> list[Line]:
    """`lines` with run-together items apart and broken labels, names and sentences whole again, counted anew."""
    if not has_paragraphs(lines):
        return list(lines)
    told = [_is_plain(line) or _in_date(above, line) for above, line in pairwise([None, *lines]) if line is not None]
    runs = [
        (plain, [line for _, line in run]) for plain, run in groupby(zip(told, lines, strict=True), key=itemgetter(0))
    ]
    texts = [_Text.of(run) for plain, run in runs if plain]
    if sum(len(text.groups) for text in texts) < _FEWEST:
        return list(lines)
    loose = sum(map(_evidence, texts)) >= _EVIDENT
    made = iter(texts)
    out = [line for plain, run in runs for line in (_mended(next(made), loose) if plain else run)]
    return renumbered(out)


def _is_plain(line: Line) -> bool:
    return not line.boxes and (is_rest(line.text) or not is_furniture(line.text))


def _in_date(above: Line | None, line: Line) -> bool:
    """Whether a number alone, which otherwise is that of a page, goes on with a date."""
    return (
        above is not None and not (above.boxes or line.boxes) and line.text.isdecimal() and is_torn(above.raw, line.raw)
    )


def _mended(text: _Text, loose: bool) -> list[Line]:
    """The lines of a text cut and joined anew; `loose` where its breaks say nothing."""
    for group, following in zip(text.groups, [*text.groups[1:], None], strict=False):
        _inside(text, group, loose)
        _behind(text, group, following[0].start if following else len(text.words), following is None, loose)
    if text.groups:
        _ahead(text, text.groups[0][0].start, loose)
    return list(_lines(text)) if text.cuts or text.joins else text.lines


def _marks(words: str) -> list[_Mark]:
    """The labels of units and times in a text, broken ones too."""
    out: list[_Mark] = []
    for m, _ in labels_in(words):
        if not (m["role"] or m["bare"] or m["when"]) or words.endswith(_OF_ALL, 0, m.start()):
            continue
        start = m.start() + len(m.group()) - len(m.group().lstrip())
        at = words.find("\n", start, m.end())
        alone = label_start(words[at + 1 : at + 1 + _LONGEST]) if at >= 0 else None
        if alone and (alone["role"] or alone["bare"]):  # …抓好落实 ⏎ 责任单位：甲局
            start, m = at + 1, alone
            value = at + 1 + alone.end()
        else:
            value = m.end()
        out.append(_Mark(label_words(m), start, value, bool(m["when"])))
    return out


def _groups(words: str, marks: Sequence[_Mark]) -> list[list[_Mark]]:
    """The labels by items: a new one begins where a label comes again, where the bracket around the last ones has closed, or
    where a counted line stands between two."""
    groups: list[list[_Mark]] = []
    for mark in marks:
        last = groups[-1] if groups else []
        again = bool(last) and (mark.word in {one.word for one in last} or _has_closed(words, last, mark.start))
        if not last or again or any(_begins(line) for line in words[last[-1].value : mark.start].split("\n")[1:]):
            groups.append([])
        groups[-1].append(mark)
    return groups


def _has_closed(words: str, group: Sequence[_Mark], end: int) -> bool:
    """Whether the bracket that holds the labels of an item has closed before `end`."""
    if not _in_bracket(words, group[0].start):
        return False
    depths = accumulate(1 if char in _OPENING else -1 for char in words[group[0].start : end] if char in _BRACKETS)
    return any(depth < 0 for depth in depths)


def _begins(line: str) -> bool:
    return numbered(line.strip()) or opens_section(line.strip())


def _evidence(text: _Text) -> int:
    """How many line breaks are plainly wrong: in labels and names, before stops, none between a value and the next item."""
    torn = sum(_is_torn(text, mark) for group in text.groups for mark in group)
    rests = sum(is_rest(text.words[at : at + 1]) for at in text.starts[1:])
    glued = 0
    for group, following in pairwise(text.groups):
        start, end = group[-1].value, following[0].start
        told = _value_end(text, group[-1], end, False)
        anew = told < end and _ANEW.match(text.words, told) is not None and not text.breaks(start, told + 1)
        glued += not text.breaks(start, end) or anew
    return torn + rests + glued


def _is_torn(text: _Text, mark: _Mark) -> bool:
    """Whether a label, or the name behind it, is broken over two lines."""
    if text.breaks(mark.start, mark.value - 1):
        return True
    line, _, more = text.words[mark.value : mark.value + _LONGEST].partition("\n")
    return not mark.time and goes_on(line, more.partition("\n")[0])


def _value_end(text: _Text, mark: _Mark, end: int, loose: bool) -> int:
    """Where the value of the last label of an item ends before `end`: behind its time, or behind its units; where line
    breaks say nothing these may go on in further lines."""
    first = min([*text.breaks(mark.value, end), end])
    if mark.time and (m := _TIME.match(text.words, mark.value, end)):
        return m.end()
    last = (
        next((at for at in text.breaks(mark.value, end) if _begins(text.words[at : at + 12])), end) if loose else first
    )
    counted = _INSIDE.search(text.words, mark.value, last)
    if counted:
        return counted.start()
    return first if mark.time else _units_end(text.words, mark.value, first, last)


def _units_end(words: str, start: int, first: int, last: int) -> int:
    """Where a list of units ends, before `last`, that may be run together with a sentence; else where its line does."""
    if "。" not in words[start:last]:
        return last if first < last and all_units(mended(words[start:last])) else first
    for m in re.finditer(r"[^、，,；;。]+", words[start:last]):
        name = re.sub(r"\s", "", m.group())
        if is_unit(name, strict=True):
            continue
        head = units_at_head(name)
        return start + m.start() + _reach(m.group(), len(head)) if head else first
    return first


def _reach(words: str, count: int) -> int:
    """Where the first `count` characters of `words` end, blanks not counted."""
    return [at for at, char in enumerate(words, 1) if not char.isspace()][count - 1]


def _inside(text: _Text, group: Sequence[_Mark], loose: bool) -> None:
    """Joins what was broken inside the labels of an item and, where breaks are doubted, inside their values."""
    for mark, after in zip(group, [*group[1:], None], strict=True):
        text.join(text.breaks(mark.start, mark.value - 1), "")
        if after is not None and (loose or (not mark.time and all_units(mended(text.words[mark.value : after.start])))):
            text.join(text.breaks(mark.value - 1, after.start - 1))
        if after is not None and loose and not _in_bracket(text.words, group[0].start):
            text.cuts.setdefault(after.start, True)


def _in_bracket(words: str, at: int) -> bool:
    return words[max(at - _NEAR, 0) : at].rstrip().endswith(tuple(_OPENING))


def _behind(text: _Text, group: Sequence[_Mark], end: int, last: bool, loose: bool) -> None:
    """Cuts behind the last value of an item what is the next one, which goes on up to its labels at `end`; behind a bracket
    that has closed it may go on with the same paragraph, which is cut there as one."""
    words, mark = text.words, group[-1]
    told = _value_end(text, mark, end, loose)
    text.join(text.breaks(mark.value - 1 if mark.time else mark.value, told - 1))
    begun = _STOPS.match(words, told)
    at = begun.end() if begun else told
    first = next((one for one in text.breaks(mark.value, end) if one > at), end)
    rest = words[at:first].strip()
    if not rest:
        if not last:
            _body(text, first, end, loose)
        return
    if words[at] in "，,、（(":
        return
    sure = _ANEW.match(words, at) is not None
    later = [one for one in text.breaks(first - 1, end) if _begins(words[one : one + 12])]
    if not sure and (last or later or (first < end and (_ENDED.search(rest) or not loose))):
        return
    if sure or not _has_closed(words, group, at):
        text.cuts[at] = sure
    _body(text, at, end if not last else first, loose)


def _ahead(text: _Text, end: int, loose: bool) -> None:
    """What stands before the first labels: the item that they belong to, and the heading it may be run together with."""
    above = [at for at in text.starts if at <= end]
    start = next((at for at in reversed(above) if _begins(text.words[at : at + 12])), above[-1])
    _body(text, start, end, loose)


def _body(text: _Text, start: int, end: int, loose: bool) -> None:
    """The heading and the words of one item from `start` to its labels at `end`: cut apart, and joined where broken."""
    words = text.words
    at = start
    for line in [start, *text.breaks(start, end - 1)]:
        if begun := _headed(words[line:end], loose):
            at = line + begun
            text.cuts[at] = True
        elif opens_section(words[line : line + 12].strip()):
            at = next(iter(text.breaks(line, end - 1)), line)
        elif _begins(words[line : line + 12]):
            at = line
    for line in text.breaks(at, end - 1):
        if is_rest(words[line : line + 1]) or (
            loose and not _ENDED.search(words[at:line]) and not _begins(words[line : line + 12])
        ):
            text.join([line])
    told = loose and end < len(words) and words[at:end].strip() and end not in text.starts
    if told and not _in_bracket(words, end):
        text.cuts[end] = True


def _headed(words: str, loose: bool) -> int:
    """How far the heading goes with which the words of an item are run together (二、城市更新6.改造…); 0 without one."""
    m = _HEADED.match(words)
    bare = _HEADED_BARE.match(words) if loose and m is None else None
    return m.end() if m else bare.end() if bare and is_bare(words[bare.end() :]) else 0


def _lines(text: _Text) -> Iterator[Line]:
    """The lines of a text as they are cut and joined."""
    lines = text.lines
    starts = sorted(({*text.starts} - set(text.joins)) | set(text.cuts))
    for start, end in zip(starts, [*starts[1:], len(text.words) + 1], strict=True):
        raw = text.raw(start, end)
        if not raw:
            continue
        parts = range(bisect_right(text.starts, start) - 1, bisect_left(text.starts, end))
        first = lines[parts[0]]
        if len(parts) == 1 and raw == first.raw.strip():
            yield first
            continue
        doubts = tuple(doubt for at in parts for doubt in lines[at].block.doubts)
        if not text.cuts.get(start, True):
            doubts += (_unsure(raw),)
        yield replace(first, raw=raw, text=unblanked(raw), block=replace(first.block, text=raw, doubts=doubts))


def _unsure(raw: str) -> Doubt:
    return Doubt("cut-unsure", f"“{raw[:20]}”在原文中与上一项连在一起，从这里分开登记，请核对。", None, raw[:20])
