"""Where the covering letter ends: below it stands the plan, or the plan is the body of the letter itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.parsing.acting import acting
from knowledge.parsing.brackets import last_bracket
from knowledge.parsing.duties import labels_in, states_duties
from knowledge.parsing.habits import owner_lines
from knowledge.parsing.header import Header
from knowledge.parsing.heads import is_header
from knowledge.parsing.hinted import is_stage
from knowledge.parsing.label_lines import addressed, inline_labels, is_label_line
from knowledge.parsing.lines import Line
from knowledge.parsing.names import is_collective, is_unit, read_names
from knowledge.parsing.outline import is_heading, numbered, sentences
from knowledge.parsing.paragraph import with_colon
from knowledge.parsing.subjects import said_in, subject_of

_FEW = 3
_LEADS_IN = re.compile(r"[：:]$|如下|印发|现将|为(?:贯彻|做好|进一步)")
_CONTACT = re.compile(r"联\s*系|联络|电\s*话|邮\s*箱|传\s*真|附\s*件")


def letter_of(lines: Sequence[Line], header: Header, furniture: frozenset[int]) -> range:
    """The lines of the covering letter proper.

    Under a title of its own the plan is what follows, and all above it is letter. Without one the letter is only the
    introduction: it ends at the first heading of an outline, or the first row of a table, that states duties.
    """
    if header.plan > header.letter.start or not header.letter:
        return header.letter
    inside = [line for line in lines if line.index in header.letter and line.index not in header.used | furniture]
    after = [line for line in lines if line.index >= header.letter.stop and line.index not in header.used | furniture]
    start = _plan_in(inside, header.locality or "", follows=_is_plan(after))
    return header.letter if start is None else range(header.letter.start, start)


def _is_plan(lines: Sequence[Line]) -> bool:
    """Whether what stands below the signature can be a plan: a table, or numbered paragraphs that name units."""
    return any(line.boxes and is_header(line.boxes) for line in lines) or sum(map(_states, lines)) >= _FEW


def _plan_in(lines: Sequence[Line], locality: str, follows: bool) -> int | None:
    """The index of the first line of a plan that stands in the letter, None when the letter holds none.

    Where a plan follows below, units as subjects of sentences (甲局要…) are only demands of the letter.
    """
    table = next((line.index for line in lines if line.boxes and is_header(line.boxes)), None)
    stated = [line.index for line in lines if _states(line)]
    named = [line.index for line in lines if not line.boxes and states_duties(last_bracket(line.text), True, True)]
    stated = stated or (named if len(named) >= _FEW else [])
    headed = [] if follows else [line.index for line in lines if _is_unit_heading(line)] or _departments(lines)
    stated = stated or (headed if len(headed) > 1 else [])
    acting = [] if follows else [line.index for line in lines if _acts(line, locality)]
    staged = sum(line.index in acting and is_stage(line.text) for line in lines)
    counted = [line.index for line in lines if numbered(line.text).level]
    most = len(acting) > 1 and 2 * len(acting) >= len(counted) and set(acting) <= set(counted)
    stated = stated or (acting if len(acting) >= _FEW or staged > 1 or most else [])
    first = min([*stated[:1], *([table] if table is not None else [])], default=None)
    owners = owner_lines(lines)
    if first is None:
        return None if follows else min(owners, default=None)
    before = [line for line in lines if line.index <= first and numbered(line.text).level]
    start = next((line.index for line in before if first != table or _heads(line)), first if first == table else None)
    return min([_named_above(lines, first) if start is None else start, *owners])


def _heads(line: Line) -> bool:
    """Whether a numbered line above a table is its heading, and no paragraph of the letter (二、各单位每月25日前将进展报…。)."""
    rest = numbered(line.text).rest
    return bool(line.boxes) or (is_heading(rest) and not rest.endswith("。"))


def _named_above(lines: Sequence[Line], first: int) -> int:
    """The index of the paragraph that the labels at `first` speak of, where it stands above them; else `first`."""
    above = [line for line in lines if line.index <= first]
    if not above or not is_label_line(above[-1].text) or len(above) < 2:
        return first
    named = above[-2]
    return first if _LEADS_IN.search(named.text) or named.boxes or addressed(named.text) else named.index


def _states(line: Line) -> bool:
    """Whether a paragraph names the units of an assignment: in labels, or in the bracket that closes it."""
    if line.boxes or _CONTACT.match(line.text):
        return False
    at = inline_labels(line.text)
    labelled = any(m["role"] or m["bare"] for m, _ in labels_in(line.text[at:])) if at else is_label_line(line.text)
    return labelled or states_duties(last_bracket(line.text))


def _is_unit_heading(line: Line) -> bool:
    """Whether a line is nothing but a number and the names of units (二、市公安局)."""
    cut = numbered(line.text)
    names = read_names(cut.rest.rstrip("：:")).units if 0 < cut.level < 3 and is_heading(cut.rest) else ()
    return bool(names) and not line.boxes and all(is_unit(name, strict=True) for name in names)


def _departments(lines: Sequence[Line]) -> list[int]:
    """The headings of the highest level where all of them, and at least three, are names built like units: departments (一、医务科)."""
    cuts = [(line, cut) for line in lines if not line.boxes and 0 < (cut := numbered(line.text)).level < 3]
    highest = min((cut.level for _, cut in cuts), default=0)
    top = [(line, read_names(cut.rest.rstrip("：:")).units) for line, cut in cuts if cut.level == highest]
    every = all(names and all(map(is_unit, names)) for _, names in top)
    return [line.index for line, _ in top] if every and len(top) >= _FEW else []


def _acts(line: Line, locality: str) -> bool:
    """Whether a paragraph has one office for its subject, at its head or behind a short name of the matter; a numbered one
    wherever it says so (一、关于甲工作。会议同意…，由乙局牵头…)."""
    if line.boxes:
        return False
    cut = numbered(line.text)
    every = sentences(with_colon(cut.rest))
    slots = [slot for sentence in every[: None if cut.level else 2] if (slot := subject_of(sentence, locality))]
    slots += [said_in(sentence) for sentence in every] if cut.level else []
    if cut.level and any(
        units and not is_collective(units)
        for clause in re.split(r"[，,；;。]", cut.rest)[1:]
        if (units := acting(clause))
    ):
        return True
    staged = bool(cut.level) and is_stage(line.text)
    return any(staged or not is_collective(duty.unit) for slot in slots for duty in slot.duties)
