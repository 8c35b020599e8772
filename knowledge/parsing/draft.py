"""A reading → a draft: sections, assignments, true numbers, deadlines, doubts, and every line accounted for."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from knowledge.identity import Remembered
from knowledge.model import Block, Document, Doubt, Draft, Passage
from knowledge.parsing.above import above_tables
from knowledge.parsing.asides import closes, says_when_in_force
from knowledge.parsing.continued import continued
from knowledge.parsing.conventions import Conventions
from knowledge.parsing.correspondence import heads_of
from knowledge.parsing.cover import cover_duties
from knowledge.parsing.crossed import uncrossed
from knowledge.parsing.dashes import undashed
from knowledge.parsing.disguised import unmasked
from knowledge.parsing.finished import Context, finished
from knowledge.parsing.forms import labelled
from knowledge.parsing.found import Found
from knowledge.parsing.fronted import turned
from knowledge.parsing.furniture import attachments, is_furniture, tail_of
from knowledge.parsing.habits import unsigned
from knowledge.parsing.header import Header, cited, read_header
from knowledge.parsing.heads import header_rows
from knowledge.parsing.hinted import counted_days, cut_short, due_together, leads_by_print, timed, unseen
from knowledge.parsing.items import slotted
from knowledge.parsing.kinds import is_reference, is_report, told_to_mend
from knowledge.parsing.label_lines import addressed, asks_report, is_label_line
from knowledge.parsing.letter import letter_of
from knowledge.parsing.letter_duties import letter_duties
from knowledge.parsing.lines import Line, lines_of
from knowledge.parsing.matrix import by_roles, labelled_cells
from knowledge.parsing.notes import noted_conventions, noted_lines, without_notes
from knowledge.parsing.numbering import positioned
from knowledge.parsing.outline import is_heading, numbered, sentences
from knowledge.parsing.plans import planned
from knowledge.parsing.prose import Node, tree_of
from knowledge.parsing.ranges import Range, over_rows, ranges_in, spread
from knowledge.parsing.recut import recut
from knowledge.parsing.respanned import respanned
from knowledge.parsing.run_in import parted
from knowledge.parsing.sideways import upright
from knowledge.parsing.stacked import unstacked
from knowledge.parsing.strips import rejoined
from knowledge.parsing.tables import read_tables
from knowledge.reading.reading import Reading

_EDGE = 15
_SHORT = 5
_FEW, _SOME = 3, 2
_COUNTING = ("xlsx", "xls", "csv")  # files in which 6.30 may have become a number


@dataclass(frozen=True, slots=True)
class Body:
    """What the body of a document gave: assignments in order, the outline, leftovers and doubts."""

    found: list[Found]
    tree: Node
    unread: list[Line]
    read: frozenset[int]
    doubts: tuple[Doubt, ...]
    slots: bool


def parse(reading: Reading, source: str, digest: str) -> Draft:
    """What `reading` proposes to file.

    `source` is the file's name, `digest` the SHA-256 of its bytes. The document's id is the first eight hex digits of
    SHA-256 over title, number and locality, or of `digest` where there is no title, so that the same document imported
    again keeps its ids. Never raises on ugly input: what is not understood stands in `unread` and in the doubts.
    """
    lines = prepared(reading.blocks)
    furniture = _furniture(lines) | heads_of(lines)
    header = read_header(lines, furniture, source)
    header = replace(header, letter=letter_of(lines, header, furniture))
    letter = [line for line in lines if line.index in header.letter and line.index not in header.used | furniture]
    conventions, doubts = _letter_conventions(letter)
    listed = {lines[at].index for at in attachments([line.text for line in lines])}
    tail = frozenset(line.index for line in lines[tail_of([line.text for line in lines]) :])
    beside = header.used | furniture | listed | tail
    taken, first = beside | {line.index for line in letter}, max(header.plan, header.letter.stop)
    below = [line for line in lines if line.index >= first and line.index not in taken]
    body = _body(below, header, conventions, reading.kind)
    outside = [line for line in lines if line.index not in beside]
    preface, closing = _around(body, [line for line in outside if line.index not in header.letter])
    alone = not body.found and header.plan <= header.letter.start  # the letter is all there is
    cover = (letter_duties if alone else cover_duties)(letter, header.addressees, header.locality or "")
    unsigned = header.addressees if not header.letter else ""  # 各县：现将…印发给你们, with no day below it
    cover += cover_duties(preface, unsigned, header.locality or "")
    own = header.addressees if header.plan <= header.letter.start else ""  # the letter is the plan
    cover += cover_duties(closing, own, header.locality or "")
    body = _without_closing(body, cover)
    return _assembled(reading, lines, header, body, letter, cover, furniture, source, digest, doubts)


def prepared(blocks: Sequence[Block]) -> Sequence[Line]:
    """The lines of a file as they are parsed: simplified, damage mended, broken paragraphs put together.

    Those of the last file are kept: what was parsed is examined next.
    """
    return _prepared.of(
        (blocks,),
        lambda: tuple(_arranged(blocks)),
    )


def _arranged(blocks: Sequence[Block]) -> Sequence[Line]:
    lines: Sequence[Line] = lines_of(blocks)
    for step in (
        parted,
        turned,
        recut,
        rejoined,
        respanned,
        upright,
        labelled_cells,
        by_roles,
        uncrossed,
        unstacked,
        labelled,
        unmasked,
        undashed,
        continued,
    ):
        lines = step(lines)
    return lines


_prepared: Remembered[tuple[Line, ...]] = Remembered(1)


def _furniture(lines: Sequence[Line]) -> frozenset[int]:
    edge = {line.index for line in lines[:_EDGE]} | {line.index for line in lines[-_EDGE:]}
    return frozenset(line.index for line in lines if not line.boxes and line.index in edge and is_furniture(line.text))


def _letter_conventions(letter: Iterable[Line]) -> tuple[Conventions, tuple[Doubt, ...]]:
    now, doubts = Conventions(), tuple[Doubt, ...]()
    text, place = "", None
    for line in letter:  # a sentence may go over the end of a line
        text, place = text + line.text, place or line.place
        if re.search(r"[。：:！）)]$", line.text):
            now, _, found = now.read(text, place)
            doubts, text, place = doubts + found, "", None
    if place is not None:
        now, _, found = now.read(text, place)
        doubts += found
    return now, doubts


def _body(lines: Sequence[Line], header: Header, conventions: Conventions, kind: str) -> Body:
    locality = header.locality or ""
    conventions, noted = noted_conventions(lines, conventions)
    boxed = [line for line in lines if line.boxes]
    heads = header_rows(lines)
    over = above_tables(lines, heads, locality, header.title)
    prose = [line for line in without_notes(lines) if not line.boxes and line.index not in over.lines]
    above = [line for line in prose if boxed and line.index < boxed[0].index]
    tables = read_tables(boxed, heads, _stated(above, conventions), locality, kind, over)
    ranges = [one for line in prose for one in ranges_in(line, locality)]
    stated = {one.line.index for one in ranges}
    tree, _, doubts = tree_of([line for line in prose if line.index not in stated], conventions, locality)
    rows, missing = over_rows(tables.found, spread(tree, ranges))
    tables = replace(tables, found=tuple(rows))
    doubts += (*noted, *map(_unplaced, missing))
    found = slotted(tree)
    slots = bool(found or tables.found)
    if not slots:
        found = planned(tree, locality)
        owned = sum(bool(one.slot.duties) for one in found)
        if is_report(header.title):
            mended = (one for one in found if one.slot.duties and told_to_mend(header.title, one.text))
            found = [one._replace(part=0) for one in mended]
        elif is_reference(header.title, prose) and owned * 2 < max(len(found), 3):
            found = []
    found = [one for one in found if not says_when_in_force(one.text)]
    rows = _headed(tables.found, prose)
    captions = [one for one in found if _heads_a_table(one, rows)]
    found = [one for one in found if one not in captions]
    found = sorted([*found, *rows], key=lambda f: min(f.lines, default=0))
    found = counted_days(cut_short(found) if kind in _COUNTING else found)
    words = leads_by_print(lines)
    found = [unseen(timed(one), words) if words else timed(one) for one in found] if slots else found
    found = due_together(found, lines) if slots or sum(bool(one.slot.duties) for one in found) >= _FEW else found
    read = frozenset(i for f in (*found, *captions) for i in f.lines) | tables.read | over.lines
    return Body(found, tree, list(tables.unread), read, (*doubts, *tables.doubts), slots)


def _heads_a_table(found: Found, rows: Sequence[Found]) -> bool:
    """Whether a paragraph that names who leads (一、经济发展（牵头单位：甲局）) only stands above the rows of a table."""
    above = found.original.strip()[:60]
    return bool(above) and found.level < _FEW and any(row.section[:1] == (above,) for row in rows)


def _stated(lines: Sequence[Line], conventions: Conventions) -> Conventions:
    """The conventions that paragraphs above a table state; the outline tells a person about them."""
    for line in lines:
        conventions, _, _ = conventions.read(line.text, line.place)
    return conventions


def _headed(found: Sequence[Found], prose: Sequence[Line]) -> list[Found]:
    """The assignments of tables below the numbered heading that stands right above their table."""
    if not prose:
        return list(found)
    out: list[Found] = []
    for one in found:
        above = [line for line in prose if line.index < min(one.lines, default=0)]
        cut = numbered(above[-1].text) if above else numbered("")
        heads = cut.level in (1, 2) and is_heading(cut.rest)
        out.append(one._replace(section=(above[-1].text[:60], *one.section)) if heads else one)
    return out


def _unplaced(one: Range) -> Doubt:
    words = one.line.text
    return Doubt("range", f"“{words[:40]}”里的项次在文中没有全部找到，请核对。", one.line.place, words)


def _without_closing(body: Body, cover: Sequence[Found]) -> Body:
    """`body` without the paragraphs that only their sentences made assignments and that are duties of the closing words."""
    closing = {i for one in cover for i in one.lines}
    dropped = [one for one in body.found if one.told and one.lines & closing]
    if not dropped:
        return body
    read = body.read - {i for one in dropped for i in one.lines}
    return replace(body, found=[one for one in body.found if one not in dropped], read=read)


def _around(body: Body, lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The paragraphs before the first assignment, and those after the last with all remarks.

    Where no assignment names its units only those after the last count that speak to all readers.
    """
    read = [i for f in body.found for i in f.lines if not f.told]
    first, last = min(read, default=0), max(read, default=10**9)
    noted = {line.index for line in (*noted_lines(lines), *body.unread)}
    loose = [line for line in lines if not line.boxes or (line.index in noted and "\t" not in line.text)]
    boxed = any(line.boxes for line in lines if line.index == first)
    before = [line for line in loose if line.index < first and line.index not in noted and _speaks(line, boxed)]
    after = [line for line in loose if line.index in noted or line.index > last]
    if body.slots:
        return before, after
    end = next((one.index for one in after if numbered(one.text).level == 1 and closes(one.text)), 10**9)
    return [], [one for one in after if one.index > end or addressed(numbered(one.text).rest) or asks_report(one.text)]


def _speaks(line: Line, above_table: bool) -> bool:
    """Whether a paragraph before the first assignment may ask something: a numbered one only above a table, and no heading."""
    cut = numbered(line.text)
    return not cut.level or (above_table and not (is_heading(cut.rest) and not cut.rest.endswith("。")))


def _assembled(
    reading: Reading, lines: Sequence[Line], header: Header, body: Body, letter: Sequence[Line], cover: Sequence[Found],
    furniture: frozenset[int], source: str, digest: str, doubts: tuple[Doubt, ...],
) -> Draft:  # fmt: skip
    identity = "\n".join((header.title, header.number or "", header.locality or "")) if header.title else digest
    document = hashlib.sha256(identity.encode()).hexdigest()[:8]
    body, cover, loose = _with_doubts_of_lines(lines, body, cover)
    numbers, number_doubts = positioned(body.found)
    issued, year = header.issued, header.year
    owned = sum(bool(one.slot.duties) for one in body.found)
    stated = body.slots or (owned >= _SOME and owned * 2 >= len(body.found))
    assignments = finished(numbers, cover, Context(document, issued, year, header.locality or "", stated))
    own_words = frozenset(i for f in body.found for i in f.lines) if body.slots else frozenset()
    over = [
        node
        for node in body.tree.below()
        if (node.heading and (node.children or node.level < 3)) or (node.slot and node.children)
    ]
    headings = frozenset(line.index for node in over for line in node.lines)
    headings = _saying(lines, headings, [*body.found, *cover]) if headings and body.found else headings
    silent = header.used | furniture | headings | own_words | body.read - _planned_lines(body)
    passages, unread = _passages(lines, body, silent)
    first = min((i for f in body.found for i in f.lines), default=len(lines))
    early = [line for line in lines if line.index < first]
    more = [n for n, f in numbers if f.slot.more]
    return Draft(
        Document(
            document, header.title, source, digest, header.issuer, issued, header.page_date, year, header.number, header.locality,
            tuple(n for n in dict.fromkeys(c for line in early if line.index not in furniture for c in cited(line.text)) if n != header.number),
            tuple(passages), tuple(unread),
            (*reading.doubts, *loose, *(_of_year(header) if assignments else ()), *doubts, *body.doubts, *number_doubts, *_more(more)),
        ),
        tuple(assignments), reading.blocks, reading.kind,
    )  # fmt: skip


def _saying(lines: Sequence[Line], headings: frozenset[int], found: Sequence[Found]) -> frozenset[int]:
    """The headings that are such by their number, label or style, or whose words stand above an assignment or in one: a line
    that only was taken for the name of whoever has the items below it, and has none, is left to be listed."""
    said = _bare(
        "".join(word for one in found for word in (one.text, *one.section, *(d.unit for d in one.slot.duties)))
    )
    heads = (line for line in lines if line.index in headings)
    return frozenset(line.index for line in heads if _is_plainly_one(line) or _opening(line.text) in said)


def _is_plainly_one(line: Line) -> bool:
    return line.block.heading > 0 or numbered(line.text).level > 0 or is_label_line(line.text)


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def _opening(text: str) -> str:
    """The first words of a line without its number, as they are looked for in a section cut short."""
    return _bare(numbered(unsigned(text)).rest)[:_EDGE]


def _of_year(header: Header) -> list[Doubt]:
    """A doubt where the year of a document is only that of the dates in its text, of a name, or of its web page."""
    if not header.year_guess or header.year is None:
        return []
    unsaid = header.issued is None and re.search(r"20\d\d", header.title) is None
    why = "标题和落款没有年份" if unsaid else "没有写年份的时限"
    said = f"{why}，按{header.year_guess}{header.year}年理解，请核对。"
    return [Doubt("year-inferred", said, None, "", str(header.year))]


def _with_doubts_of_lines(
    lines: Sequence[Line], body: Body, cover: Sequence[Found]
) -> tuple[Body, list[Found], list[Doubt]]:
    """What the reader doubted in a line goes to the assignment made of it; the rest belongs to the document."""
    noted = {line.index: line.block.doubts for line in lines if line.block.doubts}
    if not noted:
        return body, list(cover), []

    def carried(found: Found) -> Found:
        own = tuple(doubt for i in sorted(found.lines) for doubt in noted.get(i, ()))
        return found._replace(doubts=own + found.doubts) if own else found

    used = {i for found in (*body.found, *cover) for i in found.lines}
    loose = [doubt for i, doubts in sorted(noted.items()) if i not in used for doubt in doubts]
    return (
        replace(body, found=[carried(f) for f in body.found]),
        [carried(f) for f in cover],
        list(dict.fromkeys(loose)),
    )


def _planned_lines(body: Body) -> frozenset[int]:
    return frozenset() if body.slots else frozenset(i for f in body.found for i in f.lines)


def _more(numbers: Sequence[str]) -> list[Doubt]:
    if not numbers:
        return []
    words = "、".join(numbers)
    return [Doubt("units-open", f"第{words}项的单位名单以“等”结尾，未列出的单位无法登记，请核对。", None, words)]


def _passages(lines: Sequence[Line], body: Body, silent: frozenset[int]) -> tuple[list[Passage], list[Passage]]:
    sections = {line.index: section for section, line in _sections(body.tree, ())}
    passages: list[Passage] = []
    unread = [Passage(line.text, line.place) for line in body.unread]
    left = {line.index for line in body.unread}
    for line in lines:
        if line.index in silent or line.index in left:
            continue
        if line.boxes:
            unread.append(Passage(line.text, line.place))
            continue
        cut = numbered(line.text)
        words = line.text if cut.printed.endswith("是") else cut.rest  # 一是 belongs to its sentence
        said = _quotable(sentences(words))
        passages += [Passage(s, line.place, sections.get(line.index, ())) for s in said]
        if not said:
            unread.append(Passage(line.text, line.place))
    return passages, unread


def _quotable(found: Sequence[str]) -> list[str]:
    """Sentences long enough to be quoted; a short one (加强统筹。) stands before the one it opens."""
    out: list[str] = []
    opening = ""
    for sentence in found:
        opening += sentence
        if len(opening) > _SHORT:
            out.append(opening)
            opening = ""
    if opening and out:
        out[-1] += opening
    return out


def _sections(node: Node, above: tuple[str, ...]) -> Iterable[tuple[tuple[str, ...], Line]]:
    for child in node.children:
        for line in child.lines:
            yield above, line
        words = child.lines[0].text[:60] if child.lines else ""
        yield from _sections(child, (*above, words))
