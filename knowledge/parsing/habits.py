"""How a document as a whole is written: where its labels and brackets stand, and how it counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from knowledge.model import Role
from knowledge.parsing.acting import units_at_head
from knowledge.parsing.brackets import last_bracket
from knowledge.parsing.conventions import Conventions
from knowledge.parsing.duties import label_start, members_of, states_duties
from knowledge.parsing.groups import groups_of
from knowledge.parsing.label_lines import inline_labels, is_label_line
from knowledge.parsing.lines import Line
from knowledge.parsing.names import is_unit, lent_prefix, read_names, top_level
from knowledge.parsing.outline import is_bare, is_heading, numbered
from knowledge.parsing.phrases import deadline_like

_COUNTED, _FEW = 5, 2
_LONGEST_HEAD = 30
_NAME = 8  # characters that the name of a group has at most
_ITEM = 6  # characters that a paragraph has at least to be an item
_ONE_OFFICE = r"[一-鿿]{2,7}(?:[科处室股队办组]|(?<![干全内外局])部)"
_OFFICES = re.compile(rf"{_ONE_OFFICE}(?:[、，]{_ONE_OFFICE})*")
_LAST = re.compile(r"(?<=[。；;！])(?P<last>[^。；;！]{4,200}(?:[（(〔][^（）()〔〕]*[）)〕])?)[。；;]?$")
_TIME_LAST = re.compile(r"(?<=[。；;])(?P<time>[^。；;，,：:]{2,18})[。；;]?$")
_TIME_ENDS = re.compile(r"(?:前|底|末|内|期|日|年|月|完成|坚持|推进|开展|实施|落实|[一1]次)$")

THIS_WORK = re.compile(
    r"^(?:(?:此|该|本|这|上述|以上)项?(?:工作|任务|事项|项目)?(?:具体|统一)?)?由"
)  # 此项工作由甲局牵头, 由甲局牵头
COUNTED = re.compile(r"[（(]\s*(?:共|计|合计)?\s*\d+\s*[项条件个][）)]$")  # 县教育局（共3项）
_REMARK = re.compile(r"[（(〔][^（）()〔〕]*[）)〕]$")


def labels_lead(lines: Sequence[Line]) -> bool:
    """Whether label lines stand above the items they speak of (责任单位：甲局, then 1. 2. 3.), and not below each."""
    events = [
        "label" if is_label_line(line.text) else "item" if cut.level >= 3 else "head"
        for line in lines
        if (cut := numbered(line.text)).level or is_label_line(line.text)
    ]
    pairs = set(pairwise(events))
    if ("item", "label") not in pairs or ("head", "label") in pairs:
        return False
    told = [event for event in events if event != "head"]
    return told[0] == "label" and told[-1] == "item"


def labels_once(lines: Sequence[Line]) -> bool:
    """Whether the units stand once, above the only count of the document (承办单位：甲局, then 1. 2. 3.), as on a slip that
    hands one matter out; a time or a person to call may stand below."""
    events: list[str] = []
    for line in lines:
        cut = numbered(line.text)
        if cut.level >= 3:
            if inline_labels(line.text) or states_duties(last_bracket(line.text)):
                return False
            events.append(str(cut.value))
        elif is_label_line(line.text):
            m = label_start(line.text)
            events.append("units" if m is None or m["role"] or m["bare"] or m["odd"] else "rest")
        elif cut.level:
            return False
    counted = [event for event in events if event.isdecimal()]
    if len(counted) < _FEW or counted != [str(n) for n in range(1, len(counted) + 1)]:
        return False
    above, below = events[: events.index("1")], events[events.index("1") :]
    return "units" in above and "units" not in below


def sentences_close(lines: Sequence[Line]) -> bool:
    """Whether it is the document's way to say in the last sentence of a paragraph who leads and who takes part."""
    closing = sum(closing_sentence(line.text) > 0 for line in lines if not is_label_line(line.text))
    if closing < _FEW:
        return False
    cuts = [numbered(line.text) for line in lines]
    return closing * 2 >= sum(cut.level > 0 and not is_heading(cut.rest) for cut in cuts)


def counts_bare(lines: Sequence[Line]) -> bool:
    """Whether the text numbers with digits at all, so that a digit without a stop may be a number."""
    plain = sum(numbered(line.text).level == 3 for line in lines)
    bare = sum(is_bare(line.text) for line in lines)
    if bare >= 3 and not plain:
        bare = _COUNTED if _runs_on([line.text for line in lines if is_bare(line.text)]) else bare
    return plain >= 3 or (plain > 0 and plain + bare >= 3) or bare >= _COUNTED


def _runs_on(texts: Sequence[str]) -> bool:
    """Whether the digits at the head of `texts` count 1, 2, 3 … without a gap."""
    digits = (re.match(r"\d+", text) for text in texts)
    return [int(m[0]) for m in digits if m] == list(range(1, len(texts) + 1))


def bracketed(lines: Sequence[Line], conventions: Conventions) -> Conventions:
    """Names alone in a bracket at a paragraph's end are its units where the document puts units there throughout."""
    ends = [_undated(end) for line in lines if not is_label_line(line.text) and (end := last_bracket(line.text))]
    stated = sum(states_duties(end) for end in ends)
    named = sum(not states_duties(end) and states_duties(end, True, True) for end in ends)
    offices = [
        end for end in ends if _OFFICES.fullmatch(end) or _offices_among(end)
    ]  # （基层处、医政处）: no ending that is hardly anything else
    named += len(offices) if stated or named or len(offices) >= _COUNTED - _FEW else 0
    if conventions.brackets is None and named and (named >= 3 or stated):
        return replace(conventions, brackets=Role.RESPONSIBLE)
    return conventions


def _offices_among(end: str) -> bool:
    """Whether a bracket holds offices beside plainer units (疾控科、市疾控中心) and nothing else."""
    groups = groups_of(end)
    names = [name for group in groups for name in read_names(group.words).units]
    offices = [name for name in names if _OFFICES.fullmatch(name)]
    plain = bool(offices) and "：" not in end and all(group.role is None for group in groups)
    return plain and all(
        is_unit(name, strict=True) or name in offices or name[0] == "各" or (lent_prefix(name, "") and is_unit(name))
        for name in names
    )


def _undated(end: str) -> str:
    """The inside of a bracket without the time and the quantities beside its units (科技创新处、规划处，2024年12月)."""
    return members_of(end)[0] or end


def closing_sentence(text: str) -> int:
    """Where the sentence begins that closes a paragraph and does nothing but state its duties (甲局牵头，乙局配合。); 0 without one.
    A time by itself may stand behind it (…配合。长期坚持。)."""
    m = _LAST.search(text[: time_behind(text)])
    words = THIS_WORK.sub("", re.sub(_REMARK, "", m["last"])) if m else ""
    if not m or not re.search(r"牵头|负责|配合|参与|落实|实施", words):
        return 0
    members = [member for member, _ in top_level(words, "，,") if not deadline_like(member)]
    groups = groups_of("，".join(members))
    stated = bool(groups) and all(group.role is not None for group in groups)
    named = stated and all(_begins_strictly(group.words) for group in groups)
    return m.start("last") if named and states_duties("，".join(members)) else 0


def time_behind(text: str) -> int:
    """Where the last sentence begins that is nothing but a time (6月底前完成。), the length of `text` without one."""
    m = _TIME_LAST.search(text)
    return m.start("time") if m and deadline_like(m["time"]) and _TIME_ENDS.search(m["time"]) else len(text)


def _begins_strictly(words: str) -> bool:
    """Whether a list begins with a name that is hardly anything but a unit's, and says of none what it does."""
    names = read_names(words).units
    whole = all(is_unit(name) or units_at_head(name) in ("", name) for name in names)  # not 会同乙局修订预案
    return bool(names) and is_unit(names[0], strict=True) and whole


def owner_lines(lines: Sequence[Line]) -> frozenset[int]:
    """The lines that are nothing but the name of whoever has the numbered items below it (综合处：, then 1. 2. 3.), where a
    document is written so throughout."""
    closing = ("：", ":", "）", ")")
    pairs = [
        (one, below)
        for one, below in pairwise(lines)
        if not (one.boxes and below.boxes) or one.text.endswith(closing)  # hardly any row of a table can be meant
    ]
    found = [
        line.index
        for line, below in pairs
        if line.text.endswith(("：", ":"))
        and _listed(below)
        and (names_owners(line.text[:-1]) or (_begins_anew(below) and charges(line.text[:-1])))
    ]
    found += [one.index for one, below in pairs if _begins_anew(below) and not one.boxes and is_bare_owner(one.text)]
    found += [one.index for one, below in pairs if _listed(below) and is_led_group(one.text)]
    signed = [one.index for one, below in pairs if _is_signed_owner(one, below)]
    single = [one.index for one, below in pairs if _is_owner_of_one(one, below)]
    found += [*(signed if len(signed) >= _FEW else ()), *(single if len(single) > _FEW else ())]
    if len(found) < _FEW:
        return frozenset()
    # A line of their shape that names nobody known begins a group too: what stands below it is not its neighbour's.
    alike = [
        one.index
        for one, below in pairs
        if _begins_anew(below) and _SHAPE.fullmatch(one.text) and not is_label_line(one.text)
    ]
    return frozenset((*found, *alike, *single))


def _is_signed_owner(line: Line, below: Line) -> bool:
    """Whether a line is a unit's name set off by a sign or brackets (● 财务处, 【财务处】) above what it has to do."""
    set_off = not line.boxes and plain_name(line.text) != line.text and is_bare_owner(line.text)
    return set_off and _listed(below) and not is_bare_owner(below.text)


def _is_owner_of_one(line: Line, below: Line) -> bool:
    """Whether a line is nothing but a unit's name above one sentence that is not counted."""
    told = _listed(below) and not numbered(below.text).level and below.text.endswith(("。", "；"))
    return told and not line.boxes and is_bare_owner(line.text)


_SHAPE = re.compile(r"[\u3400-\u9fff、（）]{2,16}[：:]")


def _begins_anew(line: Line) -> bool:
    """Whether a count 1, 2, 3 … begins here."""
    cut = numbered(line.text)
    return not line.boxes and cut.level >= 3 and cut.value == 1


_SIGNED = re.compile(r"[●◆■★▲△□◇○•·➢✓▷▶►▪◎※]+\s*|[【\[［](?=[^【】\[\]［］]+[】\]］]$)|[】\]］]$")


def unsigned(text: str) -> str:
    """A line that stands above its items without the sign or the brackets around its name (【党建办】, ● 党建办)."""
    return _SIGNED.sub("", text) if len(text) <= _LONGEST_HEAD else text


def plain_name(text: str) -> str:
    """Such a line without the count of its items, too (【党建办】（3项）)."""
    return unsigned(COUNTED.sub("", text))


def is_bare_owner(text: str) -> bool:
    """Whether a line is a single office's name and nothing else (规划建设部), above a count of its own."""
    text = plain_name(text)
    if not 3 <= len(text) <= 20 or numbered(text).level or re.search(r"[^\u3400-\u9fff]", text):
        return False
    return is_unit(text, strict=True) or (re.search(r"[部科处室股站所组队]$", text) is not None and is_unit(text))


def _listed(line: Line) -> bool:
    """Whether a line can be the first item below a name: counted, or a paragraph that is neither a label nor another name."""
    level = numbered(line.text).level
    plain = not level and not line.boxes and not is_label_line(line.text) and not line.text.endswith(("：", ":"))
    return level >= 3 or (plain and len(line.text) >= _ITEM)


def is_led_group(text: str) -> bool:
    """Whether a line above its items is a short name and, in a bracket, who leads and who helps (会务组（牵头：甲室 配合：乙科）)."""
    inside = last_bracket(text)
    name = text[: -len(inside) - 2] if inside and text.endswith(("）", ")")) else ""
    plain = 0 < len(name) <= _NAME and not re.search(r"[，。；：:、]", name) and not numbered(text).level
    return plain and label_start(inside) is not None


def charges(text: str) -> bool:
    """Whether a line above its items says only who leads and who helps with them (甲局牵头，乙局配合)."""
    if numbered(text).level or len(text) > 60 or is_label_line(text) or not states_duties(text, strict=True):
        return False
    return all(group.role is not None for group in groups_of(text))


def owner_words(text: str) -> str:
    """The units in a line above their items, without the words on what follows (党建办主要职责)."""
    text = COUNTED.sub("", text)
    return re.sub(r"(?:的)?(?:主要|重点|具体|工作|年度)*(?:工作|职责|任务|责任|分工)$", "", text)


def names_owners(text: str) -> bool:
    """Whether a line (its colon taken off) is nothing but names of units or of offices inside one (规划处、投资处)."""
    if numbered(text).level or len(text) > 40 or is_label_line(text):
        return False
    names = read_names(owner_words(text)).units
    if owner_words(text) != text and names and all(map(is_unit, names)):  # 司法所职责
        return True
    offices = [name for name in names if is_unit(name, strict=True) or _OFFICES.fullmatch(name)]
    return bool(offices) and all(map(is_unit, names))
