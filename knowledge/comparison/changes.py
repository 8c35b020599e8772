"""What became different about one thing that stands in both documents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from knowledge.comparison.change import Change, ChangeKind
from knowledge.comparison.relatives import Kinship, Relatives
from knowledge.comparison.times import Passing, time_changes
from knowledge.model import Assignment, Role
from knowledge.normal import bare

_ROLES = {Role.LEAD: "牵头", Role.RESPONSIBLE: "责任", Role.COOPERATING: "配合"}
_YEAR = re.compile(r"(?:19|20)\d\d(?=年|$|\D)")
_NUMBERING = re.compile(r"^第?[(（]?[\d一二三四五六七八九十百]+[)）]?(?:[.、．]|章|节|部分)?")


def changes_of(
    old: Sequence[Assignment], new: Sequence[Assignment], relatives: Relatives, passing: Passing
) -> tuple[Change, ...]:
    """The changes of a pair: one and one, one split into several, or several joined into one; the heavy ones first."""
    one, other = _together(old), _together(new)
    units = tuple(unit_changes(one, other, relatives))
    if len(new) > 1:
        return (_split(one, new), *units, *_times(((one, part) for part in new), new, passing))
    if len(old) > 1:
        return (_joined(old, other), *units, *_times(((part, other) for part in old), old, passing))
    return (*units, *time_changes(one, other, passing), *_text(one, other, passing), *_moved(one, other, passing))


def _together(parts: Sequence[Assignment]) -> Assignment:
    """The first of the parts with the duties of all."""
    return replace(parts[0], duties=tuple(dict.fromkeys(duty for part in parts for duty in part.duties)))


def _times(
    couples: Iterable[tuple[Assignment, Assignment]], parts: Sequence[Assignment], passing: Passing
) -> Iterator[Change]:
    """The deadlines of each part; which of them it is stands before the words."""
    for part, (one, other) in zip(parts, couples, strict=True):
        for change in time_changes(one, other, passing):
            yield replace(change, words=f"{numbered(part)}{change.words}")


def _split(old: Assignment, new: Sequence[Assignment]) -> Change:
    return Change(ChangeKind.SPLIT, f"原{numbered(old)}拆成{'、'.join(map(numbered, new))}")


def _joined(old: Sequence[Assignment], new: Assignment) -> Change:
    return Change(ChangeKind.JOINED, f"原{'、'.join(map(numbered, old))}合并为{numbered(new)}")


def numbered(one: Assignment) -> str:
    """第13项, or what a duty of the covering letter is called."""
    return f"第{one.number}项" if one.number else "正文要求"


# --- units -------------------------------------------------------------------------------------------------------
def unit_changes(old: Assignment, new: Assignment, relatives: Relatives) -> Iterator[Change]:
    """Who answers for it now, who came and went beside, and who is only called otherwise."""
    aligned, left, joined = relatives.aligned((d.unit for d in old.duties), (d.unit for d in new.duties))
    before, after = _answering(old), _answering(new)
    gone = [name for name in before[1] if aligned.get(name) not in after[1]]
    kept = {aligned.get(name) for name in before[1]}
    came = [name for name in after[1] if name not in kept]
    if gone or came:
        yield _lead_change(before, after, gone, came)
    lost, found = ([one for one in names if one not in told] for names, told in ((left, gone), (joined, came)))
    if found:
        yield Change(ChangeKind.UNITS, f"增加{_with_role(new, found)}", "", _names(found))
    if lost:
        yield Change(ChangeKind.UNITS, f"减去{_with_role(old, lost)}", _names(lost), "")
    for name, heir in aligned.items():
        yield from _of_one(old, new, name, heir, relatives, told=name in gone or heir in came)


def _of_one(
    old: Assignment, new: Assignment, name: str, heir: str, relatives: Relatives, told: bool
) -> Iterator[Change]:
    """The new role of a unit that stands on both sides, unless it is told already, and its new name."""
    was, now = _role(old, name), _role(new, heir)
    if was is not now and not told:
        yield Change(ChangeKind.UNITS, f"{heir}由{_ROLES[was]}改为{_ROLES[now]}", name, heir)
    how = relatives.changed(name, heir)
    if name != heir and how is not None:
        yield Change(ChangeKind.RENAMED, renamed_words(name, heir, how), name, heir)


def renamed_words(old: str, new: str, how: Kinship) -> str:
    """市大数据局更名为市数据局; 市环保局改组为市生态环境局; 市乡村振兴局的职责归入市农业农村局."""
    verbs = {Kinship.MERGED: "的职责归入", Kinship.REFORMED: "改组为"}
    return f"{old}{verbs.get(how, '更名为')}{new}"


def _answering(one: Assignment) -> tuple[Role, tuple[str, ...]]:
    """The role that answers for it and who holds it: the leaders, else the responsible units, else the others."""
    return next(((role, units) for role in Role if (units := one.units(role))), (Role.LEAD, ()))


def _lead_change(
    before: tuple[Role, tuple[str, ...]], after: tuple[Role, tuple[str, ...]], gone: list[str], came: list[str]
) -> Change:
    role = f"{_ROLES[after[0] if after[1] else before[0]]}单位"
    if gone and came:
        words = f"{role}由{_names(gone)}改为{_names(came)}"
    elif came:
        words = f"{role}增加{_names(came)}" if before[1] else f"明确{role}为{_names(came)}"
    else:
        words = f"{role}减去{_names(gone)}" if after[1] else f"不再写明{role}（原为{_names(gone)}）"
    return Change(ChangeKind.LEAD, words, _names(before[1]), _names(after[1]))


def _role(one: Assignment, unit: str) -> Role:
    """The weightiest role that a unit holds."""
    return next(role for role in Role if unit in one.units(role))


def _with_role(one: Assignment, units: Sequence[str]) -> str:
    """配合单位市财政局、市审计局."""
    groups = ((role, [name for name in units if _role(one, name) is role]) for role in Role)
    return "，".join(f"{_ROLES[role]}单位{_names(names)}" for role, names in groups if names)


def _names(units: Iterable[str]) -> str:
    return "、".join(units)


# --- words and place ---------------------------------------------------------------------------------------------
def _text(old: Assignment, new: Assignment, passing: Passing) -> Iterator[Change]:
    """Whether the words differ in more than signs, blanks and the year that the document is about."""
    if bare(old.text) != bare(new.text) and _through(old.text, passing.years) != _through(new.text, 0):
        yield Change(ChangeKind.TEXT, "文字改动", old.text, new.text)


def _through(text: str, years: int) -> str:
    """`text` as it would stand in a document about a year so much later."""
    return bare(_YEAR.sub(lambda found: str(int(found[0]) + years), text))


def _moved(old: Assignment, new: Assignment, passing: Passing) -> Iterator[Change]:
    """Whether it stands under another number or heading; the numbers of the headings themselves do not count."""
    if old.number != new.number:
        yield Change(ChangeKind.MOVED, f"{numbered(old)}移到{numbered(new)}", old.number or "", new.number or "")
    before, after = _headed(old, passing.years), _headed(new, 0)
    if before != after:
        there = "、".join(f"“{_plain_heading(words)}”" for words in new.section[-1:]) or "标题之外"
        yield Change(ChangeKind.MOVED, f"改列在{there}下" if new.section else f"改列在{there}", *_headings(old, new))


def _headed(one: Assignment, years: int) -> tuple[str, ...]:
    return tuple(_through(_plain_heading(words), years) for words in one.section)


def _plain_heading(words: str) -> str:
    return _NUMBERING.sub("", words.strip()) or words


def _headings(old: Assignment, new: Assignment) -> tuple[str, str]:
    return " / ".join(old.section), " / ".join(new.section)
