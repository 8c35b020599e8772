"""Every sentence the bot can say about assignments and documents. Plain and polite, like a careful clerk.

Unit first, then the assignment, its deadline, and what it stands on; at most six lines, to be read on a phone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from handlers import wording_deadlines as when
from knowledge.model import Assignment, Deadline, DeadlineKind, Document, Duty, Passage, Role
from knowledge.normal import plain
from knowledge.patterns import regex
from knowledge.question.conversation import MENU
from knowledge.question.itemnumbers import printed_value
from knowledge.question.parts import Part
from knowledge.question.whichdocument import short_place
from scheduler.calendar import WorkCalendar

# A unit list longer than this is cut in a heading; the line of the role below shows it whole.
SHORT, QUOTE, WITHIN, WHOLE = 44, 90, 40, 700
# So many parts of a document are named.
_PARTS = 10
# So much of its beginning is shown of a text whose later clauses are quoted.
OPENING = 24
_ROLE = {Role.LEAD: "牵头", Role.RESPONSIBLE: "责任", Role.COOPERATING: "配合"}
_CLAUSE_END = regex(r"[。；;！!?？，,]")
_SENTENCE = regex(r"[^。；;！!?？]+[。；;！!?？]?")
_TIMED = regex(
    r"\d+ ?(?:个)?(?:工作日|日|天|小时|次|个月|季度|年|月|%)|每(?:月|季|年|周|天|日|半年)|定期|[一二三四五六七八九十]+(?:次|日内|天内|个工作日)|按(?:月|季|年)|年(?:底|内)|季度"
)


def shortened(text: str, limit: int) -> str:
    """`text` on one line, cut with …… when it is longer than `limit` characters."""
    line = re.sub(r"\s+", " ", text).strip()
    return line if len(line) <= limit else line[: limit - 1].rstrip("，、；,; ") + "……"


def excerpt(text: str, about: str, limit: int) -> str:
    """`text` on one line; where it is longer than `limit`, the clauses that say most of what it is asked `about`, behind its opening."""
    line = re.sub(r"\s+", " ", text).strip()
    pairs = {about[at : at + 2] for at in range(len(about) - 1)}
    if len(line) <= limit or not pairs:
        return shortened(line, limit)
    starts = [0, *(found.end() for found in _CLAUSE_END.finditer(line) if found.end() < len(line))]
    shown = {start: sum(pair in line[start : start + limit] for pair in pairs) for start in starts}
    best = max(starts, key=lambda start: (shown[start], -start))
    if shown[best] == shown[0]:
        return shortened(line, limit)
    return f"{shortened(line, min(OPENING, best))}{shortened(line[best:], limit)}"


def title(document: Document) -> str:
    """格尔木市《…方案》: the short title, with the place where the title does not name it."""
    found = re.search(r"关于(?:印发|转发|下发)《?(.+?)》?的(?:通知|函|意见)", document.title)
    short = found[1] if found else document.title
    place = document.locality or ""
    named = not place or short_place(place) in short
    return f"{'' if named else place}《{short.strip('《》')}》"


def number(assignment: Assignment) -> str:
    """第13项; a doubled or wrong printed number is told; a duty of the covering letter has none."""
    if assignment.number is None:
        return "正文部分"
    printed = (assignment.printed_number or "").strip(".．、 ")
    same = printed in ("", assignment.number) or printed_value(printed) == plain(assignment.number)
    return nth(assignment.number) + ("" if same else f"（原文印作{printed}）")


def nth(*numbers: str) -> str:
    """第13项, 第3、5项; a code (HM-308) stands for itself."""
    told = "、".join(numbers)
    return told if any(sign.isalpha() for sign in told) else f"第{told}项"


def names(units: Iterable[str]) -> str:
    """市财政局、市民政局"""
    return "、".join(dict.fromkeys(units))


def duties(assignment: Assignment) -> str:
    """One line for all roles: 牵头：…；责任：…"""
    of_role = {role: [duty for duty in assignment.duties if duty.role is role] for role in Role}
    words = {role: held[0].word for role, held in of_role.items() if held}
    alike = len(words) > len(set(words.values()))  # 甲负责，乙、丙负责: the words do not tell the roles apart
    parts = []
    for role, word in words.items():
        held = of_role[role]
        severally = "（按职责分工分别负责）" if any(duty.severally for duty in held) and len(held) > 1 else ""
        parts.append(f"{_ROLE[role] if alike or not word else word}：{names(duty.unit for duty in held)}{severally}")
    return "；".join(parts)


def _severally(held: Sequence[Duty]) -> bool:
    return len(held) > 1 and any(duty.severally for duty in held)


def subject(assignment: Assignment, limit: int = SHORT) -> str:
    """第13项“重点做好巩固提升……”"""
    text = shortened(assignment.text, limit)
    return f"{number(assignment)}“{text}”" if text else f"{number(assignment)}（原文只有序号，没有内容）"


def source(assignment: Assignment, document: Document | None, quoting: int = 0) -> str:
    """依据：格尔木市《…》第13项（第85行）; with so many characters of its words where `quoting` says so."""
    where = assignment.place.words()
    of = title(document) if document else ""
    return f"依据：{of}{subject(assignment, quoting) if quoting else number(assignment)}（{where}）"


def deadline_line(deadlines: Iterable[Deadline], calendar: WorkCalendar, today: date) -> str:
    """时限：“2026年5月底前”，即2026年5月31日（星期日）; several are all told, conflicts side by side."""
    deadlines = tuple(deadlines)
    told = [when.said(one, calendar, today) for one in _told(deadlines)]
    told = [one for one in dict.fromkeys(told) if one]
    if not told:
        printed = next((one.text for one in deadlines if one.text and not one.inner), "")
        return f"时限：文件写的是“{printed}”，没有写完成日期。" if printed else "时限：文件没有写明完成时限。"
    return "时限：" + "；".join(told[:4]) + ("；另有其他节点，见原文" if len(told) > 4 else "")


def undated(asked: str, deadlines: Iterable[Deadline]) -> str:
    """文件没有写竣工的时间，写了的节点是：“一季度：完成立项”…"""
    parts = (part for one in deadlines for part in (one.parts or (one,)))
    printed = "、".join(f"“{part.text}”" for part in parts if part.text and part.kind is not DeadlineKind.NONE)
    return f"文件没有写{asked}的时间，写了的节点是：{printed}。"


def _told(deadlines: Iterable[Deadline]) -> list[Deadline]:
    """The slot's deadlines first, then those inside the text."""
    shown = [one for one in deadlines if one.kind is not DeadlineKind.NONE]
    return sorted(shown, key=lambda one: one.inner)


def conflict_line(assignment: Assignment) -> str:
    """Says that slot and text name different dates; empty where they agree."""
    printed = [one for one in assignment.deadlines if one.extension is None and one.kind is DeadlineKind.BY]
    slots = {one.due for one in printed if not one.inner}
    inner = {one.due for one in printed if one.inner and not one.start_only}
    if not slots or not inner or slots & inner or len(slots) > 1:
        return ""
    return "注意：时限栏与正文写的日期不一致，两个都列在上面，请与发文单位核对。"


def quote(assignment: Assignment, limit: int = QUOTE) -> str:
    """原文：“…”"""
    return f"原文：“{shortened(assignment.original or assignment.text, limit)}”"


def timed_quote(text: str, limit: int = QUOTE * 2) -> str:
    """原文：“…” of the sentences that name a time or a number of times; empty where none does."""
    sentences = [part for part in _SENTENCE.findall(text) if _TIMED.search(part)]
    return f"原文：“{shortened(''.join(sentences), limit)}”" if sentences else ""


def passage(document: Document, found: Passage, limit: int = 420) -> str:
    """A quoted sentence with its place."""
    return f"“{shortened(found.text, limit)}”\n依据：{title(document)}（{found.place.words()}）"


def collective_note(units: Sequence[str]) -> str:
    """Says that some of the units are names for many."""
    return f"其中{names(units)}是统称，各有关单位都在内。" if units else ""


def lines(*parts: str) -> str:
    """The non-empty parts, one a line."""
    return "\n".join(part for part in parts if part)


# --- what cannot be answered -------------------------------------------------------------------------------------
REFUSED = {
    "order": "我不能通过聊天修改、删除任务或登记状态。需要变更时，请由督查员按程序在后台核改，变更会留下记录。",
    "intrusion": "这个请求我办不了。我只按已导入的文件回答任务分工、时限和进展。",
    "charge": "分管、包联的人员和责任人的姓名不登记，原件里有没有、是谁，请查看原件。我能答的是牵头、责任单位和时限。",
    "private": "这涉及个人信息，不登记在册，我也不能提供。请按规定渠道向主管单位申请。",
    "people": "这涉及个人信息，不登记在册，我也不能提供。请按规定渠道向主管单位申请。",
    "contact": "联系方式不登记在册，我答不了。请看原件或单位通讯录。可向政务公开办（督查员）核实。",
    "name": "个人姓名不登记在册，我答不了。请看原件，或向有关单位了解。",
    "money": "文件里没有写这笔金额或数目，我不能乱说。请向主管单位核实。",
    "how_to": "这是具体办事问题，文件里没有写办理办法。请向主管单位或政务服务热线咨询。",
    "opinion": "这个我不作评价。我可以查任务分工、完成时限和登记的进展。",
    "writing": "我不代写材料。我可以查任务分工、完成时限和登记的进展。",
    "world": "这个文件里没有，我答不了。我只管文件里的任务分工、时限和进展。",
    "duty_roster": "这份材料不在已导入的文件里。请向办公室索取。",
    "chase": "我不单独去催：到期前后我会按规则自己提醒，逾期的继续说。要看谁没办，请发“逾期的有哪些”。",
    "new_edition": "已导入的文件里没有它，我不知道是否已经印发。请向发文单位了解，导入后即可查询。",
}
HOW_CHANGED = "要延期，请说“第3项延期到9月15日”；是文件读错了，请发“核对”改正。"
ASK_BACK = "请告诉我是哪一项工作，比如“扶贫信息谁牵头”，或者说出第几项。"
WHOM = "可向政务公开办（督查员）核实。"


def directed(text: str, contact: str) -> str:
    """A refusal that names the office's own line: 可向督查室（内线8001）核实。"""
    return text.replace(WHOM, f"可向{contact.rstrip('。')}核实。")


def place_unknown(place: str) -> str:
    """A place or year that no document is about."""
    return f"已导入的文件里没有{place}的，我答不了。发“有哪些文件”可以看目前能查的范围。"


def unit_unknown(words: Sequence[str]) -> str:
    """A unit that the documents do not name."""
    return f"文件里没有出现“{names(words)}”这个单位，没有它的任务。{WHOM}"


def unit_aspect_not_said(words: Sequence[str]) -> str:
    """Something about a unit that is no assignment."""
    return f"文件里只写了{names(words)}的任务，没有写您问的这一点。{WHOM}"


def besides(known: Assignment) -> str:
    """除第1项外，"""
    return f"除{number(known)}外，"


def unit_without(words: str, what: str, part: str = "") -> str:
    """A unit that holds nothing of what was asked, in the whole document or under the heading named."""
    return f"{f'“{part}”部分' if part else '文件里'}没有{words}{what}的任务。"


def not_narrowed(topic: str) -> str:
    """Said below all that a unit has to do, where what it was to be about could not be told."""
    return f"（没听出哪几项与“{shortened(topic, 12)}”有关，以上是全部。）"


def not_named(words: Iterable[str]) -> str:
    """Units that stand nowhere in an assignment."""
    return f"没有点名{names(words)}。"


def not_theirs(words: str, assignment: Assignment, document: Document | None) -> str:
    """A unit that has no part in what it is asked about, and who has."""
    return lines(
        f"文件里没有点名{words}做这一项。相近的是{subject(assignment, 30)}。",
        duties(assignment),
        source(assignment, document),
    )


def not_said(topic: str, near: Sequence[str]) -> str:
    """Nothing fits: what was understood, that the documents do not say it, the nearest, and whom to ask."""
    understood = f"“{shortened(topic, 20)}”" if topic else "您问的内容"
    first = f"文件里没有写{understood}，我不能猜。"
    return lines(first, _nearest(near), WHOM)


def lost(topics: Iterable[str], near: Iterable[str]) -> str:
    """（没有找到“飞机场”对应的任务，我不能猜；相近的有…。）: below an answer about the others of several matters. What a paper says outside
    its assignments may speak of it all the same."""
    names = "、".join(f"“{shortened(topic, 12)}”" for topic in topics)
    rows = "、".join(near)
    return f"（没有找到{names}对应的任务，我不能猜{f'；相近的有{rows}' if rows else ''}。）"


def aspect_not_said(topic: str, asked: str, near: Sequence[str]) -> str:
    """The subject is there, what is asked about it is not."""
    about = f"“{shortened(topic, 20)}”" if topic else "这项工作"
    return lines(f"文件里没有写{about}{asked}，我不能猜。", _nearest(near), WHOM)


def by_meaning(topic: str, others: Iterable[str] = ()) -> str:
    """Said below an answer that was found by other words than those asked with; `others` may be meant too."""
    said = f"文件里没有{f'“{shortened(topic, 20)}”' if topic else '您用'}的原话，是按意思找到的"
    near = "、".join(others)
    return f"（{said}，也可能是{near}；不对请换个说法。）" if near else f"（{said}；不对请换个说法。）"


def divided(document: Document, parts: Sequence[Part]) -> str:
    """《…》分3个部分：一、…（12项）；二、…"""
    told = "；".join(f"{shortened(part.words, 24)}（{len(part.ids)}项）" for part in parts[:_PARTS])
    more = "……" if len(parts) > _PARTS else ""
    return f"{title(document)}分{len(parts)}个部分：{told}{more}。"


def taken_for(question: str) -> str:
    """Said below an answer to the plain question that a message was taken for."""
    return f"（按“{shortened(question, 24)}”理解的；不对请换个说法。）"


def by_meaning_several(topic: str, likeliest: bool) -> str:
    """The head of a menu of assignments found by other words than those asked with; `likeliest`: the first is likely meant."""
    said = f"文件里没有{f'“{shortened(topic, 20)}”' if topic else '您用'}的原话，按意思"
    return f"{said}最像的是头一项，{MENU}" if likeliest else f"{said}{MENU}"


def _nearest(near: Sequence[str]) -> str:
    """One suggestion as a sentence, several as a menu to choose from by number."""
    if len(near) < 2:
        return f"相近的有：{near[0]}。您是不是想问这个？" if near else ""
    return lines(MENU, *(f"{place}) {one}" for place, one in enumerate(near[:3], 1)))


def number_unknown(asked: str, document: Document | None, first: str, last: str, missing: bool) -> str:
    """An item number that does not exist, with the range that does."""
    of = title(document) if document else "文件"
    why = "原文缺这个序号" if missing else "没有这一项"
    return f"{of}{why}（{nth(asked)}），有效范围是{nth(first)}到{nth(last)}。"


def no_text(assignment: Assignment) -> str:
    """A number printed without its text."""
    return f"{number(assignment)}：原文只印了序号，没有内容，我不能补写。"


def also(others: Iterable[str]) -> str:
    """Names what fits nearly as well."""
    told = "；".join(others)
    return f"相近的还有：{told}。" if told else ""


def led(units: Sequence[str], leading: bool, severally: bool = False) -> str:
    """市财政局、市地税局分别牵头。"""
    if not units:
        return ""
    return f"{names(units)}{'按职责分工分别' if severally else ''}{'牵头' if leading else '负责'}。"


def role_word(duty: Duty) -> str:
    """牵头, 责任 or 配合."""
    return _ROLE[duty.role]
