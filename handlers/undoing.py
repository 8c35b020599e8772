"""撤销 K7M, 撤回刚才的, 刚才发错了: a report taken back by a new entry. Its author may within a day, a supervisor always; what
a supervisor has accepted only he takes back. Nothing is erased."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from handlers import wording_reports as words
from handlers.message import Answer, Outcome, Reply, said
from handlers.occasion import Occasion
from handlers.reporting import Meant
from knowledge.codes import codes_in, without_codes
from knowledge.extensions import Step, pending
from knowledge.happenings import happenings
from knowledge.ledger import Entry, EntryKind
from knowledge.lexicon import office_lexicon
from knowledge.normal import plain
from knowledge.patterns import regex
from knowledge.question.itemnumbers import asked_numbers, without_numbers
from knowledge.question.query import Intent
from knowledge.reported import Reported, all_reported
from knowledge.reports import Report, Told, report_of
from knowledge.reports.report_words import CORRECTING, Status

WITHIN = timedelta(hours=24)
"""How long its author may take a report back."""
_UNDOES = regex(
    r"^(?:请|麻烦|帮我?|我要|我想|我|都|全部?)*(?:撤[销消]|撤回|撤掉|取消|作废|收回|删掉|删除)|^(?:刚刚?才?|上一?条|前一?条|前面)?(?:那|这)?(?:一)?(?:条|个)?(?:的)?(?:不算数?|不作数|作废|手误|发错群了?)"
)
_REST = regex(
    r"(?:撤[销消]|撤回|撤掉|取消|作废|收回|删掉|删除|不算(?:数)?|不作数|忽略|手误|都|全部?|群|看|点|搞|弄|选|记|刚刚?才?|上一?条|前一条|那条|这条|那个|这个|上面|前面|之前|我们?|单位|发|报|写|说|填|登|错|的|了|把|请|"
    r"帮|麻烦|要|想|一下|登记|报告|记录|消息|内容|进展|不好意思|抱歉|对不起|吧|哈|啊|不是|[\s,，。.!！~、:：〔〕])*"
)
_OTHER = regex(r"延期|静默|签收|收到|提醒|任务|事项|文件")
# 不是13项是31项; 发错了，应该是第31项
_SWAPS = regex(
    r"(?:不是第?(?P<wrong>\d{1,3})(?:项|条|号)?|第?(?P<told>\d{1,3})(?:项|条|号)[报发说写填登搞弄]错了?)[^\d]{0,6}?是第?(?P<right>\d{1,3})(?:项|条|号)?"
)
# 发错群了, 手误, 不是第1项: said of whatever was typed last, which need not have been a report.
_LOOSELY = regex(r"不是第|[^,，]*(?:发错群|手误|不算|不作数)")
# 搞错了，不是第1项: which it should have been is not said.
_NOT_THIS = regex(
    r"(?:我?[报发说写填登搞弄点选]错(?:项)?了?)?[\s,，。!！]*不是第?\d{1,3}(?:项|条|号)?[了的啊吧哈\s。.!！]*|第?\d{1,3}(?:项|条|号)[报发说写填登搞弄点选]错了[\s。.!！]*"
)


def answer(occasion: Occasion) -> Outcome | None:
    """What is taken back; None when the message says something else, or there is nothing that it could mean."""
    text = plain(occasion.message.text).strip()
    if not _only_undoes(text) or (_LOOSELY.match(text) and not _behind_a_report(occasion)):
        return None
    wanted = {one.assignment.id for one in occasion.named}
    if not wanted and (codes_in(text) or asked_numbers(text)):
        return None
    found = [one for one in _standing(occasion) if not wanted or one.entry.assignment in wanted]
    mine = [one for one in found if _is_author(occasion, one)]
    if occasion.supervising and (wanted or not mine):
        mine = found if wanted else [one for one in found if one.entry.conversation == occasion.message.conversation]
    last = _last(mine)
    if not last or _newer_event(occasion, last[0], wanted):
        return said(words.not_yours(found[-1]), Answer(Intent.REPORT)) if wanted and found and not last else None
    if refusal := _refused(occasion, last[0]):
        return said(refusal, Answer(Intent.REPORT))
    rows = list(dict.fromkeys(row for one in last if (row := occasion.register.assignment(one.entry.assignment))))
    value = Answer(Intent.REPORT, answered=True, assignments=tuple(row.id for row in rows))
    return Outcome((Reply(words.undone(rows, last)),), tuple(cancelled(occasion, last)), value)


def _behind_a_report(occasion: Occasion) -> bool:
    """Whether the bot's last word here was that a report is stored, or nothing is known of what it said."""
    turns = occasion.message.turns
    return not turns or not turns[-1].by_bot or "已登记〔" in turns[-1].text


def _only_undoes(text: str) -> bool:
    """Whether nothing is said but that something is taken back."""
    if _NOT_THIS.fullmatch(text):
        return True
    left = without_codes(text)
    if _OTHER.search(text) or not (_UNDOES.match(left.strip(" ,，")) or CORRECTING.search(text)):
        return False
    if asked_numbers(left.lower()):
        left = without_numbers(left.lower())
    return _REST.fullmatch(left.strip()) is not None


def _standing(occasion: Occasion) -> list[Reported]:
    """The reports of all that the conversation may know which nobody has taken back, oldest first."""
    return [
        one
        for one in all_reported(occasion.ledger)
        if one.stands and occasion.register.assignment(one.entry.assignment)
    ]


def _is_author(occasion: Occasion, one: Reported) -> bool:
    """Whether the speaker made it: the same person; where nobody is known by name, the same unit in the same conversation."""
    message, entry = occasion.message, one.entry
    if message.sender or entry.who:
        return message.sender == entry.who
    share = occasion.holder.names if occasion.holder else ()
    return entry.conversation == message.conversation and (not share or entry.unit in (*share, occasion.message.unit))


def _last(found: Sequence[Reported]) -> list[Reported]:
    """The last one with all that was said in the same message."""
    if not found:
        return []
    last = found[-1].entry
    return [one for one in found if (one.entry.at, one.entry.who, one.entry.words) == (last.at, last.who, last.words)]


def _newer_event(occasion: Occasion, one: Reported, wanted: Iterable[str]) -> bool:
    """Whether the speaker reported an event later, which 撤销 then means."""
    names = set(wanted)
    told = (
        each for rows in happenings(occasion.ledger).values() for each in rows if not names or each.assignment in names
    )
    mine = (each for each in told if each.who == occasion.message.sender or occasion.supervising)
    return any(each.at is not None and each.at > one.entry.at for each in mine)


def _refused(occasion: Occasion, one: Reported) -> str:
    """Why the speaker may not take it back; empty when he may."""
    if occasion.supervising:
        return ""
    if one.verdict is not None and one.verdict.kind is EntryKind.ACCEPTED:
        return words.UNDO_ACCEPTED
    return words.UNDO_TOO_LATE if occasion.now - one.entry.at > WITHIN else ""


def cancelled(occasion: Occasion, reports: Iterable[Reported]) -> Iterator[Entry]:
    """The entries that take reports back, and the requests for a later date that were made in the same breath."""
    message = occasion.message
    gone = list(reports)
    for one in gone:
        yield one.answered(EntryKind.CANCELLED, occasion.now, message.sender, message.conversation, message.text)
    for request in pending(occasion.ledger):
        if any((request.assignment, request.at) == (one.entry.assignment, one.entry.at) for one in gone):
            yield request.entry(Step.WITHDRAWN, occasion.now, message.sender, message.conversation, message.text)


# ---------------------------------------------------------------- 不是13项是31项
def replaced(occasion: Occasion, report: Report, meant: Sequence[Meant]) -> tuple[Entry, ...]:
    """What a correction that names another item takes back: the speaker's last report, when it was about what the
    sentence says it was not, or when the sentence says which it should have been."""
    rows = {one.id for each in meant for one in each.assignments}
    text = plain(occasion.message.text)
    if not rows or not (_SWAPS.search(text) or _SHOULD.search(text)):
        return ()
    last = last_own(occasion)
    if (swap := _SWAPS.search(text)) and (wrong := swap["wrong"] or swap["told"]):
        last = [one for one in last if _numbered_so(occasion, one, wrong)] or last
    if not last or any(one.entry.assignment in rows for one in last) or _refused(occasion, last[0]):
        return ()
    return tuple(cancelled(occasion, last))


def _numbered_so(occasion: Occasion, one: Reported, number: str) -> bool:
    row = occasion.register.assignment(one.entry.assignment)
    return row is not None and row.number == number


_SHOULD = regex(r"(?:错了?|[,，])\s*是第?\d|(?:应该|应当|应|正确的|其实|实际(?:上)?|说的|要报的)(?:是|为)")


def instead(occasion: Occasion, report: Report) -> Report:
    """不是13项是31项 with what was told before of the wrong one, where the correction does not tell it anew."""
    text = plain(occasion.message.text)
    swaps = _SWAPS.search(text) is not None
    if not (swaps or report.correcting):
        return report
    again = (
        report_of(_SWAPS.sub(r"第\g<right>项", text), occasion.today, office_lexicon(occasion.register))
        if swaps
        else report
    )
    before = _told_before(occasion)
    told = tuple(
        replace(before, words=one.words, numbers=one.numbers, topic=one.topic, hint="")
        if before and one.status is None and (one.numbers or one.topic)
        else one
        for one in again.told
    )
    return Report(told, True)


def _told_before(occasion: Occasion) -> Told | None:
    """What the speaker told last: by the ledger, else by what he said before in this conversation."""
    last = last_own(occasion)
    if last:
        told = last[0].entry.details
        percent, period = told.get("percent"), told.get("period")
        return Told(
            "",
            Status(str(told.get("status"))),
            percent=percent if isinstance(percent, int) else None,
            periods=(str(period),) if period else (),
            urls=last[0].urls,
        )
    turn = next((one for one in reversed(occasion.message.turns) if not one.by_bot), None)
    before = report_of(turn.text, occasion.today) if turn else Report()
    return next((one for one in before.told if one.status is not None), None)


def last_own(occasion: Occasion) -> list[Reported]:
    """What the speaker reported last, within the time in which he may take it back."""
    mine = [one for one in _standing(occasion) if _is_author(occasion, one)]
    return [one for one in _last(mine) if occasion.now - one.entry.at <= WITHIN]
