"""Brackets that state duties, found inside a paragraph: 〔甲局牵头，乙局配合〕, （牵头单位：甲；完成时限：6月底）."""

from __future__ import annotations

import re
from dataclasses import replace

from knowledge.model import Doubt, Place, Role
from knowledge.parsing.conventions import Conventions
from knowledge.parsing.duties import labels_in, read_labels, states_duties, with_deadline
from knowledge.parsing.phrases import deadline_like
from knowledge.parsing.slot import Slot

_PAIRS = {"（": "）(）)", "(": ")）", "〔": "〕", "[": "]", "【": "】", "［": "］"}
_OPENING = re.compile(r"[（(〔\[【［]")
_TAG = re.compile(r"^(?:预期性|约束性|[A-D甲乙丙]类)[^，,；;：:]{0,6}[，,；;]")
_STOPS = "。；;，,、！ \t"
_LONGEST_TIME = 16


def outer_brackets(text: str) -> list[tuple[int, int]]:
    """The outermost bracket pairs of `text` as (index of the opening, index after the closing)."""
    found: list[tuple[int, int]] = []
    if not _OPENING.search(text):
        return found
    stack: list[tuple[int, str]] = []
    for at, char in enumerate(text):
        if char in _PAIRS:
            stack.append((at, _PAIRS[char]))
        elif stack and char in stack[-1][1]:
            start, _ = stack.pop()
            if not stack:
                found.append((start, at + 1))
    if stack and not found:  # a closing bracket lost at the end of the paragraph
        found.append((stack[0][0], len(text)))
    return found


def read_inside(inside: str, conventions: Conventions, locality: str, by_convention: bool) -> Slot | None:
    """The slot that the inside of a bracket states, None when it is an ordinary remark."""
    inside = _TAG.sub("", inside.strip("。；; "))
    if not states_duties(inside, by_convention):
        return _named_by_a_day(inside, conventions, locality)
    if any(m["role"] or m["bare"] or m["when"] for m, _ in labels_in(inside)):
        slot = read_labels(inside, locality=locality)
        before = inside[: labels_in(inside)[0][0].start()].strip("，,；; ")
        if before and states_duties(before, by_convention=True):  # bare names before a label answer for the work
            slot = with_deadline(before, conventions.brackets or Role.RESPONSIBLE, locality=locality).plus(slot)
        return slot
    return with_deadline(inside, conventions.brackets or Role.RESPONSIBLE, locality=locality)


def _named_by_a_day(inside: str, conventions: Conventions, locality: str) -> Slot | None:
    """The slot of a bracket with bare names and a labelled time (教务处，各学院；完成时间：8月20日前)."""
    labels = labels_in(inside)
    if not labels or not all(m["when"] for m, _ in labels):
        return None
    before = inside[: labels[0][0].start()].strip("，,；;、 ")
    if not states_duties(before, by_convention=True):
        return None
    return read_labels(inside).plus(with_deadline(before, conventions.brackets or Role.RESPONSIBLE, locality=locality))


def pieces_of(
    text: str, conventions: Conventions, locality: str, place: Place
) -> tuple[list[tuple[str, Slot | None]], Conventions, tuple[Doubt, ...]]:
    """Cuts a paragraph behind each duty bracket: [(requirement, its slot or None)], and the conventions from here on."""
    pieces: list[tuple[str, Slot | None]] = []
    doubts: tuple[Doubt, ...] = ()
    start = 0
    for opening, closing in outer_brackets(text):
        end = closing - 1 if text[closing - 1] in "）)〕]】］" else closing
        now, inside, found = conventions.read(text[opening + 1 : end], place)
        named = (now.first_leads or now.brackets is not None) and _closes(text, opening, closing)
        slot = read_inside(inside, now, locality, named)
        if slot is None or not text[start:opening].strip(_STOPS):
            if slot is not None and pieces:  # two brackets for one requirement
                pieces[-1] = (pieces[-1][0], (pieces[-1][1] or Slot()).plus(now.applied(slot)))
                start = closing
            elif slot is not None:
                pieces.append(("", now.applied(slot)))
                start = closing
            continue
        doubts += found
        applied = replace(now, everyone=conventions.everyone).applied(slot)
        words = text[start:opening].strip(" \t") + _beside(slot)
        pieces.append((words.lstrip(_STOPS) if pieces else words, applied))
        conventions, start = now, closing
    rest = text[start:].strip(" \t")
    if pieces and (slot := pieces[-1][1]) is not None and _is_time(rest):
        pieces[-1] = (pieces[-1][0], slot.plus(Slot(deadline=rest.strip(_STOPS))))
    elif rest.strip(_STOPS):
        pieces.append((rest if not pieces else rest.lstrip(_STOPS), None))
    return pieces, conventions, doubts


def _beside(slot: Slot) -> str:
    """What stands in a bracket beside its units and is part of the requirement (县卫健局；筛查1.5万人)."""
    words = "；".join(word for word in slot.rest if "：" not in word)
    return f"（{words}）" if words else ""


def _closes(text: str, opening: int, closing: int) -> bool:
    """Whether a bracket stands where a requirement ends, and not behind a word (住所（经营场所）)."""
    return _at_end(text, closing) or text[closing] in "。；;" or text[:opening].rstrip()[-1:] in ("。", "；", ";")


def _at_end(text: str, closing: int) -> bool:
    """Whether nothing stands behind a bracket but a stop or a time (〔县林业局、各乡镇〕，3月底前。)."""
    return not text[closing:].strip("。；;！ \t") or _is_time(text[closing:])


def _is_time(words: str) -> bool:
    words = words.strip(_STOPS)
    return len(words) <= _LONGEST_TIME and deadline_like(words) and not re.search(r"[，,。；;]", words)


def closing_time(text: str) -> tuple[str, Slot | None]:
    """A requirement without the bracket at its end that holds nothing but labelled times (…。（完成时限：6月底前）), and its slot."""
    inside = last_bracket(text.rstrip("。；; "))
    labels = labels_in(inside)
    if not labels or labels[0][0].start() or not all(m["when"] or m["start"] for m, _ in labels):
        return text, None
    return text[: outer_brackets(text)[-1][0]].rstrip(), read_labels(inside)


def last_bracket(text: str) -> str:
    """The inside of the bracket that closes a paragraph, empty without one."""
    pairs = outer_brackets(text)
    if not pairs or not pairs[-1][0] or not _at_end(text, pairs[-1][1]):
        return ""
    return text[pairs[-1][0] + 1 : pairs[-1][1] - 1]
