"""Sums that do not add up: totals, counts that the text announces, shares over 100 %."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from knowledge.examination.finding import Finding, Severity, Spot
from knowledge.examination.specimen import Specimen, around, finding, short, spot_of
from knowledge.model import Role
from knowledge.parsing.lines import Box, Line
from knowledge.parsing.outline import numbered
from knowledge.parsing.rows import is_total
from knowledge.units.unit_names import taken_apart

_SENTENCE = re.compile(r"[^。；;！？\n]+")
_PLUS = re.compile(r"(?<![\d.+＋])\d{1,9}(?:\.\d{1,9})?(?:[+＋]\d{1,9}(?:\.\d{1,9})?){1,30}(?![\d+＋%N])")
_TOTAL = re.compile(r"(?:共计?|合计|总计|总共|累计|总数(?:为|达)?)[^\d，,。；;]{0,6}(?P<n>\d+(?:\.\d+)?)")
_CLAUSE = 30
_NEAR = Decimal("0.2")
_OF_WHICH = re.compile(
    r"(?<!\d)(?P<n>\d{1,9})(?P<what>[项个条件处家名所台座套辆场次])[^\d。；;，,：:（(]{0,12}[，,（(：:]?"
    r"(?:其中|含|(?:其中)?包括|(?P<all>分别[为是]))[：:，,]?(?P<parts>[^。；;）)]+)"
)
_PERCENT = re.compile(r"(?<![\d.])(?P<n>\d{1,9}(?:\.\d{1,9})?)\s*[%％](?P<more>以上)?")
_BOUNDED = re.compile(
    r"(?:覆盖|普惠|配备|公开|办结|合格|满意|达标|知晓|参保|普及|及时|回复|按时|准确|上线|网办|可办|签约|接种|建档|入户|清零|发放|处理|处置|整改|响应)[率度]|占比|满意度|比重"
)
_COUNTED = re.compile(
    r"(?:共|共计|确定|明确|梳理|分解为?|细化为?|提出|安排|列出|形成)(?:了|出|为)?\s*(?P<n>\d+|[一二三四五六七八九十百]+)\s*(?P<w>项|条|个|件)(?:重点|具体|主要|年度|民生)*(?P<what>任务|工作|事项|措施|举措|实事|项目)"
)
_OF_THIS = re.compile(
    r"本(?:方案|清单|计划|台账|要点|通知|办法|意见|次|年度)|现将|现印发|印发给|分工|分解|细化|如下|以下|附件"
)
_OF_OTHERS = re.compile(
    r"至少|不少于|每[个家县市区年月]|各[^，。]{0,6}(?:提出|安排|确定)|去年|上年|以来|截至|已完成|完成"
)
_NUMBER = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?")
_LEADS = re.compile(
    r"(?P<unit>[\u3400-\u9fff]{2,16}?)(?:共|分别)?(?:牵头|主责)(?:负责|办理|承担)?\s*(?P<n>\d+)\s*[项件条个]"
)


def sums(specimen: Specimen) -> Iterator[Finding]:
    """Every sum in the document that can be checked and is wrong."""
    for line in specimen.lines:
        if line.boxes:
            continue
        for text in _SENTENCE.findall(line.text):
            spot = specimen.spot(line, short(text, 80))
            yield from _plus(text, spot)
            yield from _of_which(text, spot)
        yield from _percent(line.text, line, specimen)
    for line in specimen.lines:
        for box in line.boxes:
            if box.text and not box.merged:
                yield from _percent(box.text, line, specimen)
    yield from _totals(specimen)
    yield from _announced(specimen)
    yield from _led(specimen)


# ---------------------------------------------------------------- in one sentence
def _plus(text: str, spot: Spot) -> Iterator[Finding]:
    """244+1733+1168 beside 共3146. A total far away from the sum counts something else."""
    totals = [Decimal(m["n"]) for m in _TOTAL.finditer(text)]
    chains = _PLUS.findall(text)
    if len(totals) != 1 or len(chains) != 1:
        return
    parts = [Decimal(part) for part in re.split(r"[+＋]", chains[0])]
    total, added = totals[0], sum(parts, Decimal(0))
    if total != added and added >= 10 and abs(total - added) <= _NEAR * added:
        yield finding(
            "sum-wrong", Severity.MUST, spot, f"{chains[0]}等于{added}，文中写的是{total}。", "请核对各分项和合计。"
        )


def _of_which(text: str, spot: Spot) -> Iterator[Finding]:
    """50项，其中甲类20项、乙类31项. Parts that come to less may leave some out, unless 分别为 says that they do not."""
    m = _OF_WHICH.search(text)
    if m is None:
        return
    total, what = int(m["n"]), m["what"]
    parts = [int(n) for n in re.findall(rf"(?<!共)(?<!共计)(?<!合计)(?<![\d.])(\d{{1,9}}){what}", m["parts"])]
    added = sum(parts)
    over, short_of = added > total, added < total and bool(m["all"])
    slip = bool(re.search("包括|分别", m.group())) and _one_digit_apart(total, added)
    if len(parts) > 1 and max(parts) < total and (over or short_of or slip) and added <= 2 * total:
        severity = Severity.MUST if m["all"] else Severity.ASK
        yield finding(
            "sum-wrong", severity, spot, f"各分项相加为{added}{what}，文中写的是{total}{what}。", "请核对各分项和合计。"
        )


def _one_digit_apart(one: int, other: int) -> bool:
    """Whether two figures of four or more digits differ in one of them: hardly by chance."""
    a, b = str(one), str(other)
    return len(a) == len(b) > 3 and sum(x != y for x, y in zip(a, b, strict=True)) == 1


def _percent(text: str, line: Line, specimen: Specimen) -> Iterator[Finding]:
    """A share of something cannot be over 100 %; growth and fulfilment of a plan can."""
    for m in _PERCENT.finditer(text) if "%" in text or "％" in text else ():
        clause = re.split(r"[，,；;。、]", text[max(0, m.start() - _CLAUSE) : m.start()])[-1]
        over = Decimal(m["n"]) > 100 or (Decimal(m["n"]) == 100 and m["more"])
        if over and _BOUNDED.search(clause) and not re.search(r"增|提高|提升|同比|比上年|较|完成", clause):
            spot = specimen.spot(line, around(text, max(0, m.start() - len(clause)), m.end(), 0))
            yield finding(
                "percent-over",
                Severity.ASK,
                spot,
                f"“{clause.strip()}{m.group()}”超过了100%。",
                "比率最高为100%，请核对数字。",
            )


# ---------------------------------------------------------------- in a table
def _totals(specimen: Specimen) -> Iterator[Finding]:
    """合计 rows against the rows above them, column by column; only columns that hold nothing but numbers."""
    for _, group in groupby(specimen.lines, key=lambda line: (line.place.sheet, line.block.table)):
        rows = [line for line in group if line.boxes]
        above: list[Line] = []
        for row in rows:
            if not _is_total_row(row):
                above.append(row)
                continue
            yield from _wrong_columns(row, above)
            above = []


def _is_total_row(row: Line) -> bool:
    return any(is_total(box.text) for box in row.boxes[:3])


def _wrong_columns(total: Line, above: Sequence[Line]) -> Iterator[Finding]:
    head = next((at for at, row in enumerate(above) if not _numeric(row)), -1)
    width = len(total.boxes)
    for at in range(1, width):
        figure = _figure(total.boxes[at])
        column = [row.boxes[at] for row in above[head + 1 :] if len(row.boxes) == width]
        if figure is None or any(box.merged for box in column) or total.boxes[at].merged:
            continue
        figures = [_figure(box) for box in column if box.text and box.text not in ("/", "—", "-")]
        if len(figures) < 2 or None in figures:
            continue
        added = sum((f for f in figures if f is not None), Decimal(0))
        if added != figure and abs(added - figure) > _rounding(figures, figure):
            spot = Spot(total.boxes[at].cell.place, "", total.boxes[at].text)
            yield finding(
                "sum-wrong", Severity.MUST, spot, f"本列各行相加为{added}，合计写的是{figure}。", "请核对各行和合计。"
            )


def _numeric(row: Line) -> bool:
    return any(_figure(box) is not None for box in row.boxes[1:])


def _figure(box: Box) -> Decimal | None:
    text = box.text.replace("，", ",")
    return Decimal(text.replace(",", "")) if _NUMBER.fullmatch(text) else None


def _rounding(figures: Sequence[Decimal | None], total: Decimal) -> Decimal:
    """How far rounded figures may stay apart from their total: half of the last place for each of them."""
    places = max([-int(f.as_tuple().exponent) for f in (*figures, total) if f is not None], default=0)
    return Decimal(0) if places <= 0 else Decimal(len(figures) + 1) * Decimal(5).scaleb(-places - 1)


# ---------------------------------------------------------------- what the text announces
def _announced(specimen: Specimen) -> Iterator[Finding]:
    """共50项任务 in the letter or the introduction against what is there, however it may be counted."""
    if len(specimen.numbered) < 3:
        return
    possible: set[int] = set()
    for line in specimen.lines:
        if line.boxes or line.index >= specimen.first:
            continue
        for m in _COUNTED.finditer(line.text):
            said = _value(m["n"])
            sentence = next(s for s in _SENTENCE.findall(line.text) if m.group() in s)
            if not _OF_THIS.search(line.text) or _OF_OTHERS.search(sentence):
                continue
            possible = possible or _counts(specimen)
            if said is None or said < 3 or said in possible or not said <= 2 * len(specimen.numbered) <= 4 * said:
                continue  # far fewer: the plan itself is a file of its own
            spot = specimen.spot(line, around(line.text, *m.span()))
            yield finding(
                "count-wrong", Severity.ASK, spot, f"文中称{said}{m['w']}{m['what']}，实际读到{len(specimen.numbered)}项。",
                "请核对项数，或核对是否漏附了内容。",
            )  # fmt: skip


def _value(words: str) -> int | None:
    return int(words) if words.isdecimal() else numbered(words + "、x").value


def _counts(specimen: Specimen) -> set[int]:
    """All numbers that somebody counting the plan may come to: assignments, rows, headings and paragraphs of each style."""
    from knowledge.examination.numbers import runs

    out = {len(specimen.numbered), len({a.place for a in specimen.numbered})}
    out.add(len({(a.section, a.printed_number) for a in specimen.numbered}))
    out |= {len({a.section[:depth] for a in specimen.numbered}) for depth in (1, 2, 3)}
    styles: dict[str, int] = {}
    for run in runs(specimen):
        out |= {len(run), run[-1].value}
        styles[run[0].style] = styles.get(run[0].style, 0) + len(run)
    return out | set(styles.values())


def _led(specimen: Specimen) -> Iterator[Finding]:
    """市教育局牵头12项 in running text against the assignments it leads."""
    leads = [unit for a in specimen.numbered for unit in a.units(Role.LEAD)]
    if not leads:
        return
    own = {specimen.index(a.place) for a in specimen.numbered}
    for line in specimen.lines:
        if line.boxes or line.index in own:
            continue
        for m in _LEADS.finditer(line.text):
            unit = next((m["unit"][at:] for at in range(len(m["unit"]) - 1) if m["unit"][at:] in leads), None)
            if unit is None:
                continue
            same = [one for one in leads if _same(one, unit, specimen)]
            if len(same) != int(m["n"]):
                spot = specimen.spot(line, around(line.text, *m.span()))
                yield finding(
                    "count-wrong", Severity.ASK, spot, f"文中称{unit}牵头{m['n']}项，实际列了{len(same)}项。", "请核对项数。",
                    [spot_of(a) for a in specimen.numbered if any(_same(u, unit, specimen) for u in a.units(Role.LEAD))][:12],
                )  # fmt: skip


def _same(one: str, other: str, specimen: Specimen) -> bool:
    if one == other:
        return True
    a, b = taken_apart(one, specimen.lexicon), taken_apart(other, specimen.lexicon)
    return bool(a.fields) and a.fields == b.fields and a.level == b.level and a.section == b.section
