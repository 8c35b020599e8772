"""One paragraph cut behind each of its slots: in front, in brackets, in labels on the same line, in its last sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.model import Doubt, Role
from knowledge.parsing.brackets import outer_brackets, pieces_of
from knowledge.parsing.conventions import Conventions
from knowledge.parsing.duties import labels_in, read_labels, read_units, with_deadline
from knowledge.parsing.groups import SHARE
from knowledge.parsing.habits import THIS_WORK, closing_sentence, time_behind
from knowledge.parsing.label_lines import inline_labels
from knowledge.parsing.lines import Line, fields_of
from knowledge.parsing.names import is_collective, is_unit, mended, read_names, top_level
from knowledge.parsing.phrases import deadline_like
from knowledge.parsing.slot import Slot
from knowledge.parsing.subjects import named

_FRONT = re.compile(r"[\[【〔（(［](?P<units>[^\[\]【】〔〕（）()［］]{2,80})[\]】〕）)］]\s*(?=\S{6})")
_ROLE_SAID = re.compile(r"(?:牵头|负责|配合|协助|参与|落实|实施)$")
_BARE_LABEL = re.compile(
    r"(?<=[，,；;。])(?P<label>(?:牵头|责任|主责|主办|承办|配合|协办|参与|实施)(?:责任)?(?:单位|部门))(?P<names>[^，,；;。：:为是]{3,60})(?=[，,；;。]|$)"
)
_MARKS, _PARTED = "，,；;、。：:", 2
_CONTACT = re.compile(r"(?:联系人|联络人|联络员|(?:联系|监督|咨询|举报)?电话|联系方式)：")
_BARE_DATE = re.compile(r"(?:前|底|末|内|期|日|年|月|完成|办结|到位|审定|上线|落实|推进|坚持|落地|见效)$")


@dataclass(frozen=True, slots=True)
class Cut:
    """The requirements of a paragraph, each with its slot or None, the conventions in force behind it, what was doubted."""

    pieces: list[tuple[str, Slot | None]]
    conventions: Conventions
    doubts: tuple[Doubt, ...] = ()


def cut_paragraph(text: str, line: Line, conventions: Conventions, locality: str, closing: bool) -> Cut:
    """Cuts `text`, a paragraph of `line`; `closing`: it is the document's way to name the units in the last sentence."""
    if front := _in_front(text, line, locality):
        return Cut([(front[0], conventions.applied(front[1]))], conventions)
    text = _with_colons(text)
    if inline := inline_labels(text):
        apart = with_names_mended(line.raw)
        labels = apart[inline_labels(apart) :] if apart != line.raw else text[inline:]
        now, labels, doubts = conventions.read(labels, line.place)
        slot = now.applied(read_labels(labels, locality=locality))
        head = text[:inline].rstrip("，,（(〔 \t")
        if slot.rest and replace(slot, rest=()) == Slot() and all(map(_CONTACT.match, slot.rest)):
            return Cut(*pieces_of(text, conventions, locality, line.place))  # whom to call: nobody's duty
        if slot.duties:
            return Cut([(head, slot)], now, doubts)
        found = _bracketed(head, slot, line, now, locality)
        return replace(found, doubts=doubts + found.doubts)
    text = _with_gaps_told(text, line.raw)
    if closing and (at := closing_sentence(text)):
        return _closed(text, at, line, conventions, locality)
    return Cut(*pieces_of(text, conventions, locality, line.place))


def _with_colons(text: str) -> str:
    """`text` with a colon behind labels that stand between stops and have none (…，牵头单位县甲局，配合单位县乙局)."""
    return _BARE_LABEL.sub(lambda m: f"{m['label']}：{m['names']}" if named(m["names"]) else m.group(), text)


def _with_gaps_told(text: str, raw: str) -> str:
    """`text` with marks for the blanks that alone part units, groups and times in its last bracket
    (（甲局牵头 乙局 丙局配合 5月底前）)."""
    pairs, printed = outer_brackets(text), outer_brackets(raw)
    if not pairs or not printed:
        return text
    (start, end), (first, last) = pairs[-1], printed[-1]
    inside, words = text[start + 1 : end - 1], raw[first + 1 : last - 1].split()
    if len(words) < _PARTED or "".join(words) != "".join(inside.split()) or labels_in(inside):
        return text
    return text[: start + 1] + _with_marks(words) + text[end - 1 :]


def _with_marks(words: Sequence[str]) -> str:
    groups: list[list[str]] = [[words[0]]]
    for word in words[1:]:
        before = groups[-1][-1]
        told = _ROLE_SAID.search(before) or (deadline_like(word) and is_unit(re.sub(_ROLE_SAID, "", before)))
        if told and not (before[-1] in _MARKS or word[0] in _MARKS):
            groups.append([word])
        else:
            groups[-1].append(word)
    return "，".join(mended(" ".join(group)) for group in groups)


def _in_front(text: str, line: Line, locality: str) -> tuple[str, Slot] | None:
    """A requirement with nothing but its units in a bracket in front ([县水利局 县农业农村局]推进…); None for any other."""
    m, printed = _FRONT.match(text), _FRONT.search(line.raw)
    if m is None or printed is None or labels_in(m["units"]):
        return None
    words = printed["units"] if "".join(printed["units"].split()) == m["units"] else m["units"]
    parts = words.split()
    words = "、".join(parts) if all(is_unit(part, strict=True) for part in parts) else m["units"]
    names = read_names(words, locality=locality).units
    if not names or not all(is_unit(name, strict=not is_collective(name)) for name in names):
        return None
    return text[m.end() :], read_units(words, Role.RESPONSIBLE, "", locality)


def with_names_mended(raw: str) -> str:
    """A printed line with torn names put together; what labels part stays apart."""
    return " ".join(map(mended, fields_of(raw)))


def _bracketed(text: str, slot: Slot, line: Line, conventions: Conventions, locality: str) -> Cut:
    """A requirement whose units stand in a bracket further up than the labels that end it: 问题（责任单位：甲）措施。时限：6月底."""
    pieces, now, doubts = pieces_of(text, conventions, locality, line.place)
    last = max((at for at, (_, stated) in enumerate(pieces) if stated is not None), default=-1)
    if last < 0:
        return Cut([(text, slot)], conventions)
    words, stated = pieces[last]
    rest = "".join(more for more, _ in pieces[last + 1 :])
    return Cut([*pieces[:last], (words + rest, (stated or Slot()).plus(slot))], now, doubts)


def _closed(text: str, at: int, line: Line, conventions: Conventions, locality: str) -> Cut:
    """A requirement and the slot that its closing sentence states; what the sentence asks for besides stays in the text."""
    behind = time_behind(text)
    said = "，".join(filter(None, (text[at:behind].rstrip("。；;"), text[behind:])))
    now, words, doubts = conventions.read(said, line.place)
    words = THIS_WORK.sub("", words)
    members = [member for member, _ in top_level(words.strip("。；; "), "，,")]
    asked = [member for member in members if deadline_like(member) and not _BARE_DATE.search(member)]
    slot = with_deadline("，".join(m for m in members if m not in asked), Role.RESPONSIBLE, locality=locality)
    shared = [m for m in members if m not in asked and not deadline_like(m)] if SHARE.search(words) else []
    rest = "，".join((*shared, *asked))  # what falls to each of them is part of the requirement
    applied = replace(now, everyone=conventions.everyone).applied(slot)
    return Cut([(text[:at] + (f"{rest}。" if rest else ""), applied)], now, doubts)
