"""What a person should look at in an assignment as it was read: names, dates and words that may mean something else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from functools import lru_cache, partial

from knowledge.deadlines.moments import NO_YEAR
from knowledge.model import Deadline, DeadlineKind, Doubt, Duty, Role
from knowledge.once import Once
from knowledge.parsing.brackets import outer_brackets
from knowledge.parsing.duties import labels_in
from knowledge.parsing.found import Found
from knowledge.parsing.joints import is_glued
from knowledge.parsing.known import is_known, is_slip, slip_of
from knowledge.parsing.names import is_clause, is_collective, is_unit, read_names
from knowledge.parsing.slot import Slot
from knowledge.parsing.staff import without_unit
from knowledge.parsing.unit_form import OTHER_PART
from knowledge.parsing.words import ANY_END

_LONGEST = 24
_LEFT = re.compile(
    r"(?:^|[，,。；;：:（(])(?P<units>[^，,。；;：:（()）]{2,60}?)(?:分别|共同|联合)?(?:牵头|负责|配合)(?:落实|实施)?(?=[，,。；;）)]|$)"
)
_GIVEN_TO = re.compile(r"(?<!自)由[^，,。；;：:由]{2,14}(?:负责|牵头|落实|承担|实施)(?![人的])")
_UNNAMED = re.compile(
    r"(?:^|[，,；;。])[^，,。；;：:、]{2,14}(?:、[^，,。；;：:、]{2,12})+?(?:等(?:部门|单位|地))?(?:密切|积极|协同)?(?:牵头|配合|参与)(?=[，,。；;]|$)"
)
_MAY_STATE = re.compile(
    r"[】\]〉＞：:︰﹕（(〔\[【［|\t由牵配参负](?:(?<![牵配参负])|(?<=牵)头|(?<=配)合|(?<=参)与|(?<=负)责)"
)
"""A character or a word without which no sentence states duties: a label, a bracket, a bar, a verb. One set of characters first,
which a search skips the others by."""
_NOTE = re.compile(r"[（(]([^（）()]*)[）)]$")
_STARTS = re.compile(r"起(?:实施|执行|试行|试运行|施行|开展|推行|运行)?$|启动|开工|开始")
_MINUTES = re.compile(r"原文为“\d{1,3}分")  # no day hangs on 30分钟内 inside a requirement
_WITHIN_YEAR = re.compile(r"年内")  # 年内完成 beside 6月底前: the slot only says when in that year
_ENOUGH, _SAME, _LEAST = 2, 8, 5


def doubts_about(
    found: Found, read: Sequence[Deadline], inner: Sequence[Deadline], stated: bool, named: Sequence[Doubt]
) -> list[Doubt]:
    """The doubts about one assignment.

    `read` are the deadlines of its slot, `inner` those in its words, `stated` whether the document names units for its
    assignments at all, and `named` what is to be said of its names, the place left open.
    """
    doubts = _of_dates(found, read, inner)
    doubts += _unknown_roles(found) if found.slot.odd else []
    doubts += [replace(odd, place=found.place) for odd in named]
    doubts += _without_units(found) if stated else []
    return doubts + left_in_text(found)


def is_plain(slot: Slot, read: Sequence[Deadline], named: Sequence[Doubt]) -> bool:
    """Whether nothing of what a slot says by itself, its deadlines `read` and its names, is to be doubted. Where the words beside
    it name no time either, the only doubts are those of `left_in_text`."""
    return not (named or slot.odd) and _answers(slot.duties) and all(map(_is_read, read))


def _is_read(deadline: Deadline) -> bool:
    return deadline.flag is None and deadline.kind is not DeadlineKind.NONE


def _answers(duties: Sequence[Duty]) -> bool:
    """Whether somebody has more to do than to help."""
    return any([duty.role is not Role.COOPERATING for duty in duties])


def _of_dates(found: Found, read: Sequence[Deadline], inner: Sequence[Deadline]) -> list[Doubt]:
    """Flagged phrases, a phrase that says nothing known, and a date in the words later than the one in the slot."""
    if not inner and all(map(_is_read, read)):
        return []
    flagged = [d for d in (*read, *inner) if d.flag and d.flag != NO_YEAR]
    doubts = [Doubt("deadline", f"时限“{d.text}”：{d.flag}。", found.place, d.text) for d in flagged]
    if undated := next(
        (d for d in (*read, *inner) if d.flag == NO_YEAR), None
    ):  # one answer gives all of them their year
        said = f"时限“{undated.text}”{NO_YEAR}，换算不成日期，请补上年份。"
        doubts.append(Doubt("deadline", said, found.place, undated.text))
    doubts += [
        Doubt("deadline-unread", f"时限“{d.text}”没有读懂，没有登记日期，请核对。", found.place, d.text, "无时限")
        for d in read
        if d.kind is DeadlineKind.NONE
        and not d.flag
        and re.search(r"\d|[前底末内期]|同[上前]|##", d.text)
        and not _STARTS.search(d.text)
        and not d.text.startswith("已")  # 已于8月完成: nothing is due any more
    ]
    slot = {d.due for d in read if d.kind is DeadlineKind.BY and d.due}
    told = [d for d in inner if d.kind is DeadlineKind.BY and d.due and not d.start_only]
    text = {d.due for d in told if d.due and not (_WITHIN_YEAR.search(d.text) and d.due.year in {s.year for s in slot})}
    if len(slot) == len(text) == 1 and slot != text and (min(text) > min(slot) or _same_act(read, inner)):
        said = f"完成时限为{min(slot)}，正文写的是{min(text)}，两处不一致。"
        words = found.slot.deadline or ""
        doubts.append(Doubt("deadline-conflict", said, found.place, words, str(min(slot)), (str(min(text)),)))
    return doubts


def _same_act(read: Sequence[Deadline], inner: Sequence[Deadline]) -> bool:
    """Whether the slot and the words of an assignment give a day for the very same thing."""
    one, two = "".join(d.text for d in read), "".join(d.text for d in inner)
    return SequenceMatcher(None, one, two, autojunk=False).find_longest_match().size >= _SAME


def _unknown_roles(found: Found) -> list[Doubt]:
    return [
        Doubt("unknown-role", f"“{words}”的角色不明，没有登记为牵头、责任或配合单位。", found.place, words, "未登记", ("牵头", "责任", "配合"))
        for words in found.slot.odd
    ]  # fmt: skip


class Names:
    """What is to be doubted in the names of one document; each name is looked at once, however many rows it stands in."""

    def __init__(self, times: Mapping[str, int]) -> None:
        """`times` says how often each name is printed."""
        self._told = Once(partial(_doubt_of, known_patterns(times)))

    def doubts(self, duties: Iterable[Duty], cover: bool) -> list[Doubt]:
        """A doubt for each name not built like a unit's, or one character away from one that is known or often named, its
        place left open; `cover`: they stand in a covering letter."""
        named = dict.fromkeys((duty.unit, duty.collective, cover) for duty in duties)
        return [odd for name in named if (odd := self._told[name]) is not None]


def _doubt_of(patterns: Mapping[str, str], printed: tuple[str, bool, bool]) -> Doubt | None:
    name, collective, cover = printed
    slip = None if collective else slip_of(name) or _near(name, patterns)
    if slip:
        said = f"“{name}”与“{slip}”只差一字，可能是错字，请核对。"
        return Doubt("unit-slip", said, None, name, name, (slip,))
    if ":" in name or "：" in name or _BEHIND_LABEL.match(name):
        return Doubt("unit-form", f"“{name}”不像一个单位的名称，请核对。", None, name, name)
    if cover and collective and not is_unit(name):
        return None  # a class of persons (各包保领导)
    return _of_form(name, collective)


_BEHIND_LABEL = re.compile(
    r"(?:牵头|责任|主责|主办|承办|配合|协办|参与)(?:单位|部门)(?![及和与、或])[\u3400-\u9fff]{2}"
)
_CLASS = re.compile(
    r"各(?![项类种自])[\u3400-\u9fff]{2,6}"
)  # 各板块, 各在建工地: a class of parties, whatever it ends in


@lru_cache(maxsize=4096)
def _of_form(name: str, collective: bool) -> Doubt | None:
    """What is odd about the form of a name, its place left open."""
    if collective and _CLASS.fullmatch(name):
        return None
    other = not ANY_END.search(name) or OTHER_PART.search(name)
    if (not is_unit(name) and other) or (len(name) > _LONGEST and not collective):
        return Doubt("unit-form", f"“{name}”不像一个单位的名称，请核对。", None, name, name)
    if is_glued(name):
        return Doubt("unit-glued", f"“{name}”可能是几个单位连在一起，请核对。", None, name, name)
    if note := _odd_note(name):
        said = f"“{name}”后括号里的“{note}”按名称的一部分登记，请核对。"
        return Doubt("unit-note", said, None, name, name, (_NOTE.sub("", name),))
    return None


def known_patterns(names: Mapping[str, int]) -> dict[str, str]:
    """The known names that a document prints more than once, by each pattern that leaves one character open."""
    often = [name for name, times in names.items() if times >= _ENOUGH and len(name) >= _LEAST and is_known(name)]
    return {pattern: name for name in often for pattern in _patterns(name)}


def _patterns(name: str) -> Iterator[str]:
    return (f"{name[:at]}?{name[at + 1 :]}" for at in range(len(name)))


def _near(name: str, patterns: Mapping[str, str]) -> str | None:
    """A known name of the same document that is printed more often and differs in one character."""
    if len(name) < _LEAST or is_known(name):
        return None
    near = (patterns[pattern] for pattern in _patterns(name) if pattern in patterns)
    return next((other for other in near if is_slip(name, other)), None)


def _odd_note(name: str) -> str:
    """What stands in a bracket behind a unit and is neither another unit, a sign nor a class (户厕, 负责道路)."""
    m = _NOTE.search(name)
    words = re.sub(r"^[含挂]", "", m[1]) if m else ""
    return (
        ""
        if not words or is_unit(words) or is_collective(words) or re.fullmatch(r"[市县区州旗镇乡街道、，]+", words)
        else words
    )


def _without_units(found: Found) -> list[Doubt]:
    duties = found.slot.duties
    owned = _answers(duties) or (duties and found.slot.odd)
    if owned or not found.text or found.cover or any(d.code in _TOLD for d in found.doubts):
        return []
    return [without_unit(found)]


_TOLD = {"no-units", "lead-unplaced"}


def left_in_text(found: Found) -> list[Doubt]:
    """A doubt where the requirement still holds words that state duties nobody was given."""
    text = found.text
    if not _MAY_STATE.search(text):
        return []
    known = {duty.unit for duty in found.slot.duties}
    if found.cover:
        odd = [m.group().strip("，,。；;：:（(") for m in _LEFT.finditer(text) if _odd(m, known)]
        return [_in_text(one, found) for one in odd[:1]]
    words = [m.group() for m, _ in labels_in(text) if m["role"]]
    if "牵头" in text or "负责" in text or "配合" in text:
        words += [
            m.group().strip("，,。；;：:（(") for m in _LEFT.finditer(text) if _new(m["units"], known) or _odd(m, known)
        ]
    for start, end in outer_brackets(text)[-1:]:
        inside = text[start + 1 : end - 1]
        if (
            not text[end:].strip("。；; ")
            and not words
            and len(inside) < 80
            and (_new(inside, known) or (not known and _listed(inside)))
        ):
            words.append(inside)
    words += [
        m.group().strip("，,。；; ") for m in _UNNAMED.finditer(text) if not any(unit in m.group() for unit in known)
    ]
    words += [m.group() for m in _GIVEN_TO.finditer(text)] if not known else []
    words += [text] if text.count("|") > 1 or "\t" in text else []  # a row of a table nobody took apart
    return [_in_text(one, found) for one in words[:1]]


def _in_text(words: str, found: Found) -> Doubt:
    said = f"任务内容里还有“{words[:40]}”，没有登记为分工，请核对。"
    return Doubt("duty-in-text", said, found.place, words, "任务内容的一部分", ("写明分工",))


def _odd(m: re.Match[str], known: set[str]) -> bool:
    """Whether words of whom it is said that they lead or help begin with a place as a unit's name does, and are none that is known
    (区生态环境分尾配合)."""
    names = read_names(m["units"]).units if m.group().rstrip("，,。；;）)").endswith(("牵头", "配合")) else ()
    return any(_PLACED.fullmatch(name) and not (is_unit(name) or is_clause(name) or name in known) for name in names)


_PLACED = re.compile(r"[市县区州省盟旗](?![场民容级直])[\u3400-\u9fff]{3,11}")


def _listed(words: str) -> bool:
    """Whether the words of a bracket may be a list of units: several, each with an ending that units have (综合科、人事科)."""
    names = read_names(words).units
    return len(names) > 1 and all(is_unit(name) and not is_clause(name) for name in names)


def _new(words: str, known: set[str]) -> bool:
    """Whether a list of units, all plainly units, names somebody who was given no duty."""
    names = read_names(re.sub(r"^[^，、]*(?<!自)由(?=[市县区州省])", "", words)).units
    named = bool(names) and all(is_unit(name, True) for name in names) and not all(map(is_collective, names))
    return named and not all(any(one.endswith(name) for one in known) for name in names)
