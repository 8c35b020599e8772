"""零工驿站谁牵头，劳动合同什么时候完成: several questions in one message, each answered by itself, told together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from handlers import wording
from handlers.message import Answer, Outcome, Reply
from knowledge.ledger import Entry
from knowledge.model import Message, Turn
from knowledge.normal import simplified
from knowledge.patterns import regex
from knowledge.question.continuing import ITSELF, asks_role_again
from knowledge.question.conversation import MENU
from knowledge.question.endings import ending_of
from knowledge.question.query import Intent, Query

# A clause of so few characters seldom has a subject of its own.
_BRIEF = 4
# More questions than this in one message are read as one: somebody tells a story.
MOST = 3
_PIECES = regex(r"[,，;；。？?！!\n]+")
_ASKS = regex(
    r"(?:参与|参加|配合|牵头|负责|有份)(?:吗|么|不|没有?)\W*$|谁|哪|几(?!乎)|多少|什么|啥|何时|多久|呢\W*$|(?:责任单位|配合单位|牵头单位|截止时间|时限|任务|牵头的|负责的|配合的)\W*$|shei|边个"
)
# Told and not asked, or leaning on what stands before it.
_TELLS = regex(r"^(?:都|又|也|再|分别|一共|总共|具体|各)|不清楚|不知道|不晓得|忘了|记不得|它|他们|这家|该局")
# 应急局牵头的，6月底前还剩什么: whose it is stands before what is asked of it.
_THEIRS = regex(r"^[^谁哪几什多啥何]*(?:牵头|负责|配合|责任|参与|承担)的(?:任务|事项)?\W*$")
_AND_THAT = regex(r"(?:那|还有)?[^谁哪几什多怎吗么是]{2,14}呢\W*|(?:还有|以及|再就是)[^谁哪几什多怎吗么是]{2,14}\W*")
_ALSO = regex(r"还有|以及|再就是")
_OWN = (Intent.LEAD, Intent.RESPONSIBLE, Intent.DEADLINE, Intent.DETAIL, Intent.UNIT_TASKS, Intent.DUE, Intent.COUNT)
_ROW = regex(r"^(?:\d+\)\s*)?(?:第[^“]{1,24}|正文部分|[A-Za-z甲-癸\d.-]{1,12}(?:（[^）]*）)?)[:：]?“")
_OFFERED = regex(r"^\d\) ")
# 外债借了多少，哪家说清: who is to tell what was asked before.
_TELLS_IT = regex(
    r"(?:[是由归该找]*(?:谁|[哪那][几个些]?(?:个?部门|个?单位|个?局|家|个)?))(?:来|去|得|要|该)?[^谁哪,，]{0,4}"
)
_SOURCE, _WHEN = "依据：", "时限："
# 1.校园收费 2、公交线路: what marks the items of a list that was pasted, and what of its head points at them.
_MARK = regex(r"(?:^|(?<=[\s,，;；。:：]))(?:\d{1,2}[.、)）]|[（(]\d{1,2}[）)]|[①②③④⑤⑥⑦⑧⑨⑩])\s*(?=[^\W\d])")
_POINTS = regex(
    r"(?:请问|麻烦|帮(?:我|忙)?(?:看|查|问)一?下?|看一?下)|(?:下面|以下|如下)?(?:的|这)?(?:几|[两二三四五六七八九十\d])+(?:项|个|条|件)?(?:任务|事项|工作)?|(?:下面|以下|如下)(?:的)?|都|分别|各自|各是"
)
_MARKS = " ,，:：;；。?？\n"
# 八月底九月底各有几项, 6月和9月到期的分别有哪些: the same of each stretch; neighbours without 各 are one stretch (7月和8月).
_STRETCH = r"(?:[今明去]年)?(?:(?:[一二三四五六七八九十]{1,2}|(?<!\d)\d{1,2})月(?:份|底|末|[上中下]旬)?|第?[一二三四]季度|[上下]半年|[这本下上]个?(?:月|周|季度)|年[底末])(?:之?前|以前|内)?"
_STRETCHES = regex(rf"(?P<one>{_STRETCH})(?:、|和|跟|与|以及|及|,|，)?(?P<other>{_STRETCH})(?P<rest>[^,，;；]*)")
_EACH = regex(r"各(?:自|是)?(?=有|要|到|是|该|得|几|多)|分别")
# 哪些是10月底前的, behind a list: of that list.
_OF_LIST = regex(r"^(?:有?哪[些几][项个条件]?|几[项个条件]|有几[项个条件])(?:任务)?(?:是|要?在|得在|该在)(?!谁)")
_AMONG = "其中"
_LISTS = (Intent.UNIT_TASKS, Intent.COUNT)
# 网页点不开、内容几个月没换，这些归谁管: all that was told before is one matter, where nothing of it asks for a duty by itself.
_SUMS_UP = regex(
    r"(?:^|[,，、\s])(?:这些?|这几[样件个项]|这[类种摊块套档])(?:的?(?:毛病|事情?|情况|问题|东西|活儿?|信息|乱象))?(?:都|统统)?(?:由|归|是|该|得|给|让|要)*(?:谁|哪)"
    r"|[,，、\s][这那](?:个|张|本|份|些|套|笔|条|摊)?(?:章程|单子|规矩|账本?|名单|册子|数字?|消息|办法|表|稿子|材料|东西|事儿?)(?:由|归|是|该|得|给|让|要)*(?:谁|哪)"
    r"|(?:[,，、\s])(?:汇总起来|合起来)?(?:由|归|是|该|得|给|让|要)*(?:谁|哪[几些一两三]?个?(?:家|个)?(?:单位|部门|局)?)(?:来|去)?(?:牵头|负责|主抓)?(?:来|去)?(?:往外|对外|向外)?"
    r"(?:说|讲|告诉|公布|公开|晒|亮|通报|交代|贴|挂|摆)(?:出来|清楚|明白|大家|大伙|群众|老百姓|出去|一下|给人看|给大家看)*\W*$"
)
_OF_DUTY = regex(r"谁|哪(?:个|家|些|几家)?(?:单位|部门|局|家)|牵头|责任单位|时限|期限|什么时候|啥时候|何时")
# So many items of a pasted list are answered.
_PASTED = 8
# Rows of a list that are told in the line of its question.
_ROWS = 3


def pieces_of(text: str) -> list[str]:
    """The clauses of `text` that ask; what only leads up to a question stays with it."""
    found: list[str] = []
    before = ""
    clauses = [
        clause for part in _PIECES.split(text) for piece in _asked_between_blanks(part) if (clause := piece.strip())
    ]
    for place, clause in enumerate(clauses, 1):
        if found and _ALSO.match(clause) and _AND_THAT.fullmatch(clause):
            found.append(clause)
            continue
        leads = _TELLS.search(clause) or (_THEIRS.search(clause) and place < len(clauses))
        if _ASKS.search(clause) and not leads:
            found.append(f"{before}，{clause}" if before else clause)
            before = ""
        else:
            before = f"{before}，{clause}" if before else clause
    return found


def _asked_between_blanks(text: str) -> list[str]:
    """征地信息哪个局牵头 矿业权那条呢: blanks part clauses where what stands before one asks already, and what follows has a subject."""
    words = text.split()
    found: list[str] = []
    for word in words:
        if found and _ASKS.search(found[-1]) and len(word) > _BRIEF and (_ASKS.search(word) or _ALSO.match(word)):
            found.append(word)
        elif found:
            found[-1] = f"{found[-1]} {word}"
        else:
            found.append(word)
    return found


def pasted(text: str) -> list[str]:
    """The questions of a list that was pasted with what is asked of each of its items; empty for anything else."""
    head, *items = (part.strip() for part in _MARK.split(text))
    if not 1 < len(items) <= _PASTED:
        return []
    last, *behind = re.split(r"\s+", items[-1], maxsplit=1)
    if behind and _ASKS.search(behind[0]):
        head, items = f"{head} {behind[0]}", [*items[:-1], last]
    asked = _POINTS.sub("", head).strip(_MARKS)
    return [f"{item.strip(_MARKS)}{asked}" for item in items]


def of_each_stretch(text: str) -> list[str]:
    """The questions of which each asks the same of another stretch of time; empty for anything else."""
    found = _STRETCHES.search(text)
    if found is None or _EACH.search(found["rest"]) is None:
        return []
    before, rest = text[: found.start()], _EACH.sub("", found["rest"]) + text[found.end() :]
    return [f"{before}{found[name]}{rest}" for name in ("one", "other")]


def asked_apart(message: Message, together: bool, understood: Callable[[Message], Query]) -> list[Message]:
    """The messages of which `message` consists, where each asks about a subject of its own; empty for a single question, and
    for one whose subjects are asked about `together` (A和B分别谁牵头)."""
    message = replace(message, text=simplified(message.text))
    if listed := pasted(message.text) or of_each_stretch(message.text):
        return [replace(message, text=item) for item in listed]
    pieces = [] if together or _is_one_matter(message.text) else pieces_of(message.text)
    if len(pieces) > 2:
        pieces = _with_their_subjects(message, pieces, understood)
    if not 1 < len(pieces) <= MOST or _only_leads_on(message, pieces[-1], understood):
        return []
    first = understood(replace(message, text=pieces[0]))
    if not _stands(first):
        return []
    subjects = [_subject(first)]
    told = [pieces[0]]
    for piece in pieces[1:]:
        query = understood(replace(message, text=piece))
        narrows = _narrows(first, piece, query)
        tells = first.beside == "amount" and _TELLS_IT.fullmatch(piece) is not None
        if tells or not (narrows or _stands(query) or _leans(piece, query)) or _subject(query) in subjects:
            return []
        subjects.append(_subject(query))
        told.append(f"{_AMONG}{piece}" if narrows and not asks_role_again(piece) else piece)
    return [replace(message, text=piece) for piece in told]


def _is_one_matter(text: str) -> bool:
    """Whether the last clause asks who has all that was told before it."""
    found = _SUMS_UP.search(text)
    return found is not None and found.start() > 0 and _OF_DUTY.search(text, 0, found.start()) is None


def _narrows(first: Query, piece: str, query: Query) -> bool:
    """Whether a clause asks for a part of the list that the `first` asks for: 哪些是10月底前的, 哪个最先到期."""
    if not first.names or first.intent not in _LISTS or first.span or query.names:
        return False
    return query.edge is not None or _OF_LIST.match(piece) is not None or asks_role_again(piece)


def _only_leads_on(message: Message, piece: str, understood: Callable[[Message], Query]) -> bool:
    """谁督办, behind what it is asked of: nothing by itself. Told before the rest is understood, where so few words make it likely."""
    if len(piece) > _BRIEF or asks_role_again(piece):
        return False
    query = understood(replace(message, text=piece))
    return not (_stands(query) or _leans(piece, query) or query.edge)


def _with_their_subjects(message: Message, pieces: list[str], understood: Callable[[Message], Query]) -> list[str]:
    """The pieces, those without a subject of their own joined to the one before (甲谁牵头，什么时候完成；乙呢)."""
    joined: list[str] = []
    for piece in pieces:
        query = understood(replace(message, text=piece)) if joined else None
        if query is not None and query.intent in ITSELF and not (query.refusal or _has_subject(query)):
            joined[-1] = f"{joined[-1]}，{piece}"
        else:
            joined.append(piece)
    return joined


def together(
    message: Message, parts: Sequence[Message], answer: Callable[[Message, Sequence[Entry]], Outcome]
) -> Outcome | None:
    """The answers to `parts` one after the other, the later ones on the background of the earlier, with all that they write; None where
    none answers. `answer` is given what the parts before have written."""
    told: list[Outcome] = []
    turns = message.turns
    for part in parts:
        outcome = answer(replace(part, turns=turns), [entry for one in told for entry in one.entries])
        told.append(outcome)
        turns = (*turns, Turn(part.text), Turn(outcome.text, by_bot=True))
    answers = [one.answer for one in told if one.answer is not None and one.answer.answered]
    if len(answers) < len(told) and not any(one.assignments for one in answers):
        return None
    if _only_the_last(told) and ending_of(message.text) is not None:
        return None  # 药有毛病没有，谁出来讲: what comes last asks of all that was told before
    entries = tuple(entry for one in told for entry in one.entries)
    if len(told) > 1 and len({one.text for one in told}) == 1 and not entries:  # 水库几座、渠道多少公里, of one row
        return told[0]
    lines = (f"{place}) {_line(one, told[: place - 1])}" for place, one in enumerate(told, 1))
    text = wording.lines(*lines, *_sources(told))
    return Outcome((Reply(text),), entries, _joined(answers))


def _only_the_last(told: Sequence[Outcome]) -> bool:
    """Whether something was found for the last of several questions, and for none before."""
    found = [one.answer is not None and one.answer.answered for one in told]
    return found[-1] and not any(found[:-1])


def _stands(query: Query) -> bool:
    """Whether a clause is a question with a subject of its own."""
    if (
        query.intent not in _OWN
        or query.refusal
        or query.place
        or query.beside not in (None, "amount")
        or query.excluded
        or query.premise
    ):
        return False
    return _has_subject(query)


def _leans(piece: str, query: Query) -> bool:
    """农贸市场呢, behind a question: the same of another matter."""
    return _AND_THAT.fullmatch(piece) is not None and bool(query.topics) and not (query.refusal or query.place)


def _has_subject(query: Query) -> bool:
    return bool(query.topics or query.numbers or query.names or query.span or query.part or query.census)


def _subject(query: Query) -> object:
    return query.topics, query.numbers, query.names, query.span, query.part, query.roles if query.names else ()


def _line(outcome: Outcome, before: Sequence[Outcome] = ()) -> str:
    """One answer in a line: its head, and the rows below it, where these were not told in a line `before`."""
    head, *below = outcome.text.split("\n")
    if _OFFERED.match(head) and MENU not in outcome.text:  # an answer in parts itself
        return "".join(_OFFERED.sub("", line) for line in (head, *below) if not line.startswith(_SOURCE))
    if outcome.answer and len(outcome.answer.assignments) == 1:
        known = [one for one in before if one.answer and one.answer.assignments == outcome.answer.assignments]
        if known and _ROW.match(head):
            return "同上。"
        below = [line for line in below if not (known and _ROW.match(line))]
    if below and below[0].startswith(_WHEN) and not head.startswith(_WHEN):  # asked beside who leads
        head = f"{head}{below[0]}"
    rows = [line for line in below if (_OFFERED if MENU in head else _ROW).match(line)]
    head = head.replace(MENU, "可能是：")
    shown = "；".join(row.split(") ", 1)[-1] if row[0].isdigit() and ")" in row[:4] else row for row in rows[:_ROWS])
    head += "，" if shown and head[-1] not in "。：:，" else ""
    return f"{head}{shown}{'……' if len(rows) > _ROWS else ''}"


def _sources(told: Sequence[Outcome]) -> Iterator[str]:
    lines = (line.split("……还有")[0] for one in told for line in one.text.split("\n") if line.startswith(_SOURCE))
    places: dict[str, list[str]] = {}
    for line in dict.fromkeys(lines):
        title, mark, place = line[len(_SOURCE) :].rpartition("》")
        places.setdefault(title + mark, []).append(place)
    if places:
        yield _SOURCE + "；".join(title + "、".join(filter(None, where)) for title, where in places.items())


def _joined(answers: Sequence[Answer]) -> Answer:
    first = answers[0]
    return replace(
        first,
        assignments=tuple(dict.fromkeys(key for one in answers for key in one.assignments)),
        documents=tuple(dict.fromkeys(key for one in answers for key in one.documents)),
        units=tuple(dict.fromkeys(unit for one in answers for unit in one.units)),
        dates=tuple(sorted({day for one in answers for day in one.dates})),
        count=first.count,
        evidence=tuple(proof for one in answers for proof in one.evidence),
    )
