"""佐证: a link or a file that comes behind a report, written down for the report that it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from handlers import wording_reports as words
from handlers.message import Answer, Outcome, Reply, said
from handlers.occasion import Occasion
from knowledge.codes import codes_in, without_codes
from knowledge.ledger import EntryKind
from knowledge.normal import plain
from knowledge.patterns import regex
from knowledge.question.itemnumbers import asked_numbers, without_numbers
from knowledge.question.query import Intent
from knowledge.reported import Reported, all_reported, counting
from knowledge.reports import report_of

WITHIN = timedelta(hours=24)
"""How long after a report what comes without a name belongs to it; what still lacks its evidence waits longer."""
LACKING_FOR = timedelta(days=30)
_LINK = regex(r"(?:https?://|www\.)[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")
_FILLER = regex(
    r"(?:补充?|附上?|发|给|这是|这里|这个|是|见|详见|如下|链接|网址|地址|页面|网页|截图|材料|佐证|证明|附件|图片|文件|照片|公示|公开|发布|公告|"
    r"在|到|的|了|请|查收|刚才|上一条|前面|一下|任务|我们?|单位|局|您|领导|[\s,，。.!！、:：~〔〕])*"
)


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


def given_for(occasion: Occasion) -> list[Reported]:
    """The reports of the speaker's unit that evidence may be for, the one that is meant last."""
    named = {one.assignment.id for one in occasion.named}
    if named:
        rows = [one for id in named for one in counting(occasion.ledger, id)]
    elif codes_in(occasion.message.text) or asked_numbers(plain(_LINK.sub(" ", occasion.message.text))):
        return []
    else:
        rows = [one for one in all_reported(occasion.ledger) if one.stands and _recent(occasion, one)]
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
