"""Lists of units with the role word that stands by each: 甲牵头，会同乙、丙落实 → 甲 (lead), 乙、丙 (cooperating)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from knowledge.model import Role
from knowledge.parsing.names import fold, is_unit, mended, top_level

ADVERB = (
    r"(?:(?:按照|按|依照|依据|依|根据|结合)?(?:各自|自身|本部门|部门)?(?:的)?(?:工作|部门)?(?:职责|职能|任务|权限|管理权限|事权)"
    r"(?:范围|分工|权限|要求|划分|权责)*(?:内)?[，,]?)?"
    r"(?:(?:按|按照|分)(?:行业|领域|区域|辖区|属地|事项|层级|板块|条线|业务|项目|片区|类别|线条|系统|地域|行政区划)(?:领域|管理|原则|归属)?)?"
    r"(?:分别|共同|联合|协同|分头|分工|密切|积极|具体|各自|统一|全力|同步|牢牢|分级|归口|依法|抓紧|尽快|认真|切实|按程序)*"
)
_STOP = r"(?=$|[\s，,；;、。．）)〕】：:]|各|由|会同|[市县区州省盟](?!场)|其他|其它|相关|有关)"
_LEAD = r"牵头(?:负责落实|组织落实|负责实施|组织实施|抓好落实|督促落实|督导落实|负责|落实|组织|推进|督导|协调|抓总|办理|承办|实施|抓|做好)?|主责|主办|主抓|总负责|负总责"
_RESPONSIBLE = r"(?:负责|具体|抓好|贯彻|(?<!党)组织|推动|承担)?(?<!党)(?:组织实施|落实到位|落实|实施|推进|办理|执行|承办|完成|组织|承担|推动)|负责(?:抓好)?|承办|分工负责"
_COOPERATING = r"(?:积极|协助|协同|做好)?(?:配合|(?<!政)协办|协助|参与|参加|协同|支持)(?:落实|负责|实施|推进|做好|完成|工作)?|(?<!工)(?<!商)(?<!协)会办|(?<!牵头)(?:加强)?(?:监督|业务|技术)?(?:指导|督导)"
_VERB = re.compile(
    rf"(?P<adverb>{ADVERB})(?:(?P<lead>{_LEAD})(?!单位|部门|者|方(?!案))|(?P<coop>{_COOPERATING})(?!单位|部门|领导){_STOP}"
    rf"|(?P<resp>{_RESPONSIBLE})(?!单位|部门|领导|人){_STOP})"
)
_WITH = re.compile(r"(?:[，,、]?(?:并)?(?:会同|商请|商同|会商|协同|联合(?=[市县区州省各]))[：:]?)")


# 其中社区食堂由县民政局负责，普惠托位由县卫健局负责: what falls to each stands before its name.
SHARE = re.compile(
    r"(?:(?<=^)|(?<=[，,；;]))(?:其中[，,：:]?)?[^，,；;、。（）()由]{2,14}?(?<!自)由(?=[市县区州省各][^，,；;。]{2,30}(?:负责|牵头))"
)


@dataclass(frozen=True, slots=True)
class Group:
    """One list of units with the verb that stands by it; `role` None where no word says which.

    `unsure`: the verb may as well reach further back than it was read.
    """

    words: str
    role: Role | None
    verb: str = ""
    severally: bool = False
    unsure: bool = False


def groups_of(text: str) -> list[Group]:
    """Cuts `text` at its verbs: 甲牵头，会同乙、丙落实 → 甲 (lead), 乙、丙 (cooperating)."""
    text = SHARE.sub("", mended(text))
    out: list[Group] = []
    start, joined = 0, False
    for at, end, kind, verb, severally in _markers(text):
        words = text[start:at].strip("，,；;、 \t\n。")
        if kind == "with":
            if words:
                out.append(Group(words, None))
            joined = True
        elif words:
            role = Role.COOPERATING if joined else Role(kind)
            held = _before_partakers(words) if role is Role.COOPERATING and not (joined or out) else None
            if held:
                out.append(held)
                words = words[len(held.words) :].strip("，,；; ")
            out.append(Group(words, role, "会同" if joined else verb, severally))
            if joined:
                out[:-1] = [replace(g, role=Role(kind), verb=verb) if g.role is None else g for g in out[:-1]]
            joined = False
        elif out and out[-1].role is Role.RESPONSIBLE and kind == "lead":
            out[-1] = replace(out[-1], role=Role.LEAD, verb=verb)
        start = end
    tail = text[start:].strip("，,；;、 \t\n。")
    if tail:
        out.append(Group(tail, Role.COOPERATING if joined else None, "会同" if joined else ""))
    return out


def _before_partakers(words: str) -> Group | None:
    """The units of 甲局；乙局、丙局配合 that stand before the group of which it is said that it takes part; None without one.

    Where commas part all names (甲局，乙局，丙局配合) only the first is taken to answer, and that is unsure.
    """
    *before, last = [piece for piece, _ in top_level(words, "；;")]
    if before and last.strip():
        return Group(words[: -len(last) - 1], None)
    pieces = [piece for piece, _ in top_level(words, "，,")]
    if len(pieces) < 2 or not all(is_unit(fold(name)) for piece in pieces for name, _ in top_level(piece, "、")):
        return None
    even = len(pieces) > 2 and "、" not in words
    head = pieces[0] if even else words[: -len(pieces[-1]) - 1]
    return Group(head, Role.RESPONSIBLE, "", False, even)


def _markers(text: str) -> list[tuple[int, int, str, str, bool]]:
    """Every role word outside brackets: (start, end, kind, word, severally), kind a Role value or "with"."""
    found: list[tuple[int, int, str, str, bool]] = []
    for m in _VERB.finditer(text):
        if _depth(text, m.start()):
            continue
        kind = Role.LEAD if m["lead"] else Role.COOPERATING if m["coop"] else Role.RESPONSIBLE
        verb = m["lead"] or m["coop"] or m["resp"]
        severally = bool(re.search("职责|职能|分别|分工|分头|各自", m["adverb"]))
        found.append((m.start(), m.end(), kind.value, m["adverb"] + verb if not severally else verb, severally))
    taken = [(start, end) for start, end, *_ in found]
    for m in _WITH.finditer(text):
        if (
            not _depth(text, m.start())
            and not any(a < m.end() and m.start() < b for a, b in taken)
            and m.end() < len(text)
        ):
            found.append((m.start(), m.end(), "with", m.group(), False))
    return sorted(found)


def _depth(text: str, at: int) -> int:
    before = text[:at]
    return sum(before.count(c) for c in "（(〔") - sum(before.count(c) for c in "）)〕")
