"""佐证: a link or a file that comes behind a report, written down for the report that it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from handlers import wording_reports as words
from handlers.message import Answer, Outcome, Reply, said
from handlers.occasion import Occasion
from knowledge.codes import codes_in, without_codes
from knowledge.ledger import Entry, EntryKind
from knowledge.normal import plain
from knowledge.patterns import regex
from knowledge.question.itemnumbers import asked_numbers, without_numbers
from knowledge.question.query import Intent
from knowledge.reported import OF_EVIDENCE, Reported, all_reported, counting, evidence_key
from knowledge.reports import report_of

WITHIN = timedelta(hours=24)
"""How long after a report what comes without a name belongs to it; what still lacks its evidence waits longer."""
LACKING_FOR = timedelta(days=30)
_LINK = regex(r"(?:https?://|www\.)[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")
_FILLER = regex(
    r"(?:补充?|附上?|发|给|这是|这里|这个|是|见|详见|如下|链接|网址|地址|页面|网页|截图|材料|佐证|证明|附件|图片|文件|照片|公示|公开|发布|公告|"
    r"在|到|的|了|请|查收|刚才|上一条|前面|一下|任务|我们?|单位|局|您|领导|[\s,，。.!！、:：~〔〕])*"
)


_BACK = regex(
    r"撤销|撤回|撤掉|取消|作废|收回|删掉|删除|[发传给附贴]错(?:了|啦)?|不对|不算|更正|换成|改成|应该是|不是这个"
)
_LINKS = regex(r"链接|网址|地址")
_FILES = regex(r"材料|截图|附件|图片|照片|文件")
_THING = regex(r"链接|网址|地址|佐证|材料|截图|附件|图片|照片|文件")


class Exhibit(NamedTuple):
    """佐证材料: a file that a unit gave: its name as given, its SHA-256 and its size in bytes. The bytes lie in home/evidence/."""

    name: str
    sha256: str
    size: int

    @property
    def told(self) -> Mapping[str, object]:
        """As the ledger keeps it."""
        return {"name": self.name, "sha256": self.sha256, "size": self.size}


def answer(occasion: Occasion) -> Outcome | None:
    """A link that is said alone, or with what it is about; None when the message tells or asks anything else."""
    text = occasion.message.text
    if not _LINK.search(text) or not _names_only(text):
        return None
    urls = tuple(url for told in report_of(text, occasion.today).told for url in told.urls)
    found = given_for(occasion)
    if not urls or not found:
        return None
    fresh = tuple(url for url in urls if url not in found[-1].urls)
    if not fresh:
        return said(words.EVIDENCE_KNOWN, Answer(Intent.REPORT))
    return _written(occasion, found[-1:], {"urls": list(fresh)}, "链接" + "、".join(fresh))


def taken_back(occasion: Occasion) -> Outcome | None:
    """撤回刚才的链接, 材料发错了: the last evidence that the speaker gave, by a new entry; with a link, that one in its place.

    Its author may within a day, a supervisor always; None when the message says anything else.
    """
    text = occasion.message.text
    if not _takes_back(text):
        return None
    found = [(given, one) for one in given_for(occasion, True) for given in one.given]
    kind = _kind(text)
    mine = [
        row
        for row in found
        if (occasion.supervising or _gave(occasion, row[0]))
        and kind in ("", "file" if "file" in row[0].details else "url")
    ]
    if not mine:
        reported_with = given_for(occasion, True)
        if kind == "file" or not reported_with or "url" not in reported_with[-1].entry.details:
            return said(words.NO_EVIDENCE_OF_YOURS, Answer(Intent.REPORT))
        return said(words.evidence_in_report(reported_with[-1]), Answer(Intent.REPORT))
    given, one = sorted(mine, key=lambda row: row[0].at)[-1]
    row = occasion.register.assignment(one.entry.assignment)
    assert row is not None, "what is looked through is what the conversation may know"
    message = occasion.message
    entries = [
        one.answered(
            EntryKind.CANCELLED,
            occasion.now,
            message.sender,
            message.conversation,
            text,
            **{OF_EVIDENCE: evidence_key(given)},
        )
    ]
    fresh = [url for told in report_of(text, occasion.today).told for url in told.urls]
    if fresh:
        entries.append(
            one.answered(
                EntryKind.EVIDENCED, occasion.now, message.sender, message.conversation, text, urls=list(fresh)
            )
        )
    reply = words.evidence_back(row, one, _what(given), fresh)
    return Outcome((Reply(reply),), tuple(entries), Answer(Intent.REPORT, answered=True, assignments=(row.id,)))


def _takes_back(text: str) -> bool:
    left = plain(without_codes(_LINK.sub(" ", text)))
    if not (_BACK.search(left) and _THING.search(left)):
        return False
    left = without_numbers(left.lower()) if asked_numbers(left.lower()) else left
    return _FILLER.fullmatch(_BACK.sub(" ", left).strip()) is not None


def _kind(text: str) -> str:
    """Whether a link or a file is meant; empty for either (佐证)."""
    left = _LINK.sub(" ", text)
    if _LINKS.search(left):
        return "url"
    return "file" if _FILES.search(left) else ""


def _gave(occasion: Occasion, given: Entry) -> bool:
    """Whether the speaker gave it, not longer ago than a day."""
    message = occasion.message
    same = message.sender == given.who if message.sender or given.who else message.conversation == given.conversation
    return same and occasion.now - given.at <= WITHIN


def _what(given: Entry) -> str:
    file = given.details.get("file")
    if isinstance(file, Mapping):
        return f"材料“{file.get('name', '')}”"
    urls = given.details.get("urls")
    return "链接" + "、".join(map(str, urls)) if isinstance(urls, list | tuple) else "佐证"


def file_given(occasion: Occasion, exhibit: Exhibit) -> Outcome:
    """What a file is evidence of: what the words with it name, else the unit's last report; asked back when that is unsure."""
    if occasion.holder is None and not occasion.supervising:
        return said(words.UNIT_UNKNOWN, Answer(Intent.REPORT))
    found = given_for(occasion)
    if not found:
        return said(words.FILE_FOR_WHAT, Answer(Intent.REPORT))
    last = found[-1]
    if any(one.get("sha256") == exhibit.sha256 for one in last.files):
        return said(words.EVIDENCE_KNOWN, Answer(Intent.REPORT))
    return _written(occasion, [last], {"file": dict(exhibit.told)}, f"材料“{exhibit.name}”")


def _names_only(text: str) -> bool:
    """Whether beside the link only something is named."""
    left = without_codes(_LINK.sub(" ", text))
    if asked_numbers(left.lower()):
        left = without_numbers(left.lower())
    return _FILLER.fullmatch(plain(left).strip()) is not None


def given_for(occasion: Occasion, every: bool = False) -> list[Reported]:
    """The reports of the speaker's unit that evidence may be for, the one that is meant last; with `every` whatever its age."""
    named = {one.assignment.id for one in occasion.named}
    if named:
        rows = [one for id in named for one in counting(occasion.ledger, id)]
    elif codes_in(occasion.message.text) or asked_numbers(plain(_LINK.sub(" ", occasion.message.text))):
        return []
    else:
        rows = [one for one in all_reported(occasion.ledger) if one.stands and (every or _recent(occasion, one))]
    own = [one for one in rows if _is_own(occasion, one)]
    completions = [one for one in own if one.completion and not one.returned]
    return completions or own


def _recent(occasion: Occasion, one: Reported) -> bool:
    age = occasion.now - one.entry.at
    return age <= WITHIN or (one.lacking and age <= LACKING_FOR)


def _is_own(occasion: Occasion, one: Reported) -> bool:
    row = occasion.register.assignment(one.entry.assignment)
    if row is None:
        return False
    share = occasion.share(row)
    return share is not None and (not share or one.unit == share)


def _written(occasion: Occasion, found: Sequence[Reported], details: Mapping[str, object], what: str) -> Outcome:
    message = occasion.message
    entries = tuple(
        one.answered(EntryKind.EVIDENCED, occasion.now, message.sender, message.conversation, message.text, **details)
        for one in found
    )
    row = occasion.register.assignment(found[0].entry.assignment)
    assert row is not None, "evidence is only taken for what the conversation may know"
    text = words.evidence_taken(row, found[0], what)
    return Outcome((Reply(text),), entries, Answer(Intent.REPORT, answered=True, assignments=(row.id,)))
