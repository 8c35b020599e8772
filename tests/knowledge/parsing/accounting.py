"""Whether everything a document says turns up in the draft of it: filed, quoted, listed as unread, or with a role of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from knowledge.model import Draft
from knowledge.normal import plain
from knowledge.parsing.columns import Holds, Layout, column_of
from knowledge.parsing.correspondence import heads_of
from knowledge.parsing.draft import parse, prepared
from knowledge.parsing.furniture import attachments, is_furniture, is_page_mark
from knowledge.parsing.header import Header, read_header
from knowledge.parsing.heads import header_rows, is_header, layout_of, opens_header
from knowledge.parsing.lines import Line
from knowledge.parsing.outline import is_heading, numbered
from knowledge.parsing.prose import WHAT
from knowledge.parsing.words import BARE_LABELS, DEADLINE_LABELS, OTHER_LABELS, PERSON_LABELS, ROLE_LABELS
from knowledge.reading import Reading

LABELS = "|".join(
    map(
        re.escape,
        sorted({*ROLE_LABELS, *BARE_LABELS, *DEADLINE_LABELS, *OTHER_LABELS, *PERSON_LABELS}, key=len, reverse=True),
    )
)
SAYS = re.compile(  # what stands beside units and times and is told by the role of a duty, or by the place of a time
    rf"{LABELS}|编号|序号|标题|案由|具体内容|具体举措|工作内容|任务内容|任务名称|事项名称|实事名称|主要内容|主要任务|交办内容|推进事项|整改目标|整改措施|整改意见|按照|按|依照|根据|各自|职责|职能|分工|分别|共同|联合|具体|会同|其中|牵头|负责|配合|落实|实施|参与|组织|协助|协办|主责|主办|承办|分办"
    r"|同上|等|由|请|和|与|及|以及|单位|部门|责任|完成|时限|时间|预期性|约束性|指标|做好|抓好|总责|负|以上|项|第"
)
MORE = re.compile(r"等.{0,8}?(?:部门|单位)|[一-鿿]某{1,2}$")
LABEL = re.compile(LABELS)
PERSON = re.compile(r"(?:代表|提案人|领导|负责人|责任人|联系人|包案人|领办人|包抓|服务员|姓名|电话|[组队]长|成员)$")
MARKS = re.compile(r"[\W_]+")


def words(text: str) -> str:
    return MARKS.sub("", plain(text))


def said_in(draft: Draft) -> str:
    """Everything that a draft shows a person, in one string."""
    head = draft.document
    parts = [head.title, head.issuer or "", head.number or "", *(p.text for p in (*head.passages, *head.unread))]
    parts += [doubt.words + doubt.message for doubt in draft.doubts]
    for one in draft.assignments:
        parts += [one.text, one.printed_number or "", *one.section, *(d.text for d in one.deadlines)]
        parts += [duty.unit + duty.word for duty in one.duties]
    return words("".join(parts))


def layouts_of(lines: list[Line]) -> dict[int, Layout]:
    """For each row of a table the columns it stands under."""
    found: dict[int, Layout] = {}
    layout = Layout(())
    for line in lines:
        if line.boxes and is_header(line.boxes):
            layout = layout_of(line)
        if line.boxes:
            found[line.index] = layout
    return found


def clauses(line: Line, layout: Layout | None, unread: set[str]) -> Iterator[str]:
    """The clauses of a line that have to turn up: not heads, numbers, persons and remarks of a table.

    `unread` are the heads of columns that the draft says it did not file.
    """
    cells = [line.raw]
    if layout is not None:
        if is_header(line.boxes) or all(column_of(box.text) for box in line.boxes if box.text):
            return
        spare = (Holds.PERSON, Holds.NOTE, Holds.NUMBER)
        cells = [
            box.raw
            for at, box in enumerate(line.boxes)
            if layout.at(at).holds not in spare and layout.at(at).head not in unread
        ]
    for cell in cells:
        person = False
        for part in re.split(r"[，,。；;、：:\t\n／/（）()〔〕\[\]【】〈〉《》“”\"'\s]+", cell):
            clause = words(
                re.sub(r"^\W*\d{1,2}(?=20\d\d年)|^\W*\d{1,3}[.．、]?(?=\D)|^[一二三四五六七八九十]是", "", part)
            )
            person = bool(PERSON.search(clause)) or (person and not LABEL.fullmatch(clause))
            if not person:
                yield clause


def missing(reading: Reading, draft: Draft | None = None) -> dict[int, tuple[Line, list[str], list[str]]]:
    """For each line with a clause that does not turn up: the line, those clauses, and all its clauses.

    `draft` is what was understood of this reading, where it is known already.
    """
    draft = draft or parse(reading, "甲.txt", "0" * 64)
    said = said_in(draft)
    lines = list(prepared(reading.blocks))
    unread = {doubt.words for doubt in draft.doubts if doubt.code == "column-unread"}
    heads = header_rows(lines)
    opening = {top.index for top, low in pairwise(lines) if top.boxes and opens_header((top, low), heads)}
    known = furniture_of(lines) | opening
    layouts = layouts_of(lines)
    out: dict[int, tuple[Line, list[str], list[str]]] = {}
    for line in lines:
        cut = numbered(line.text)
        heading = not line.boxes and (cut.level > 0 or line.block.heading) and is_heading(cut.rest)
        if line.index in known or heading or WHAT.fullmatch(line.text):
            continue
        found = [clause for clause in clauses(line, layouts.get(line.index), unread) if clause]
        gone = [clause for clause in found if clause not in said and _says_more(clause, said)]
        if gone:
            out[line.index] = (line, gone, found)
    return out


def _says_more(clause: str, said: str) -> bool:
    """Whether a clause holds more than the words that roles and times stand for, and that does not turn up."""
    rest = [part for part in SAYS.split(MORE.sub("", clause)) if len(part) > 1]
    return any(part not in said for part in rest)


def lost(reading: Reading, draft: Draft | None = None) -> list[tuple[str, str]]:
    """The clauses that do not turn up, each with its place."""
    return [(line.place.words(), clause) for line, gone, _ in missing(reading, draft).values() for clause in gone]


def lost_lines(reading: Reading) -> list[str]:
    """The lines of which nothing turns up."""
    return [line.text for line, gone, found in missing(reading).values() if len(gone) == len(found)]


def furniture_of(lines: list[Line]) -> set[int]:
    """What belongs to the page, the head or the signature, or only lists what is attached."""
    page = {line.index for line in lines if is_furniture(line.text) or is_page_mark(line.text)} | heads_of(lines)
    header: Header = read_header(lines, frozenset(page))
    listed = attachments([line.text for line in lines])
    return page | header.used | {lines[at].index for at in listed}
