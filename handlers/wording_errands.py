"""What the bot says about what a person is to carry into a group: the request, the word that it is done, and who has not said so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handlers.notices_wording import day_words
from handlers.wording import shortened
from knowledge.errands import Errand
from scheduler.errand_notices import NAMED
from scheduler.notices import Notice, NoticeKind
from scheduler.policy import SHANGHAI

LENGTH = 40
"""Characters of what was to be forwarded, shown so that it can be told from other messages."""
MANY = 10
PLEASE = "请{person}把下面这条转发到微信群“{group}”，全部转发后回复“已转发 {code}”。"
THANKS = "已记下：{when}{who}确认，发给“{group}”的{n}已转发。"
AGAIN = "“{code}”已经在{when}确认过了，不用再回。"
UNKNOWN = "没有短码是{code}的请转发，请核对那条消息里的短码。"
NOTHING = "没有等您确认的请转发。"
WHICH = "有{n}条等您确认转发，请写明是哪一条：\n{lines}\n都转发了的，回复“已转发 全部”。"
NOT_YOURS = "这条是交给{person}转发的，请由本人在收到它的会话里确认，或者由督查员确认。"


def group_name(conversation: str) -> str:
    """The group as people call it: without the name of the channel."""
    return conversation.partition("/")[2] or conversation


def matter(errand: Errand) -> str:
    """What it was, in a few words."""
    first = errand.entries[0].words.split("\n")
    told = shortened(" ".join(line.strip() for line in first if line.strip()), LENGTH)
    return f"{told}等{len(errand.entries)}项" if len(errand.entries) > 1 else told


def line(errand: Errand) -> str:
    """One errand in a list."""
    local = errand.at.astimezone(SHANGHAI)
    return f"· {errand.code}　{local.month}月{local.day}日{local:%H:%M}　“{group_name(errand.conversation)}”：{matter(errand)}"


def sections(notices: Sequence[Notice]) -> Iterator[str]:
    """The parts of a message that are about errands."""
    found = [(one, one.errand) for one in notices if one.kind is NoticeKind.ERRAND and one.errand is not None]
    asked = [(one, errand) for one, errand in found if one.stage != NAMED]
    named = [(one, errand) for one, errand in found if one.stage == NAMED]
    if asked:
        head = "【请转发】下面的提醒交您转发到微信群，还没有确认。已转发的请回复“已转发”加短码；没转发的请尽快转发："
        yield "\n".join([head, *_lines([errand for _, errand in asked])])
    if named:
        people = "、".join(dict.fromkeys(errand.person for _, errand in named))
        today = day_words(named[0][0].today)
        head = f"【转发未确认】截至{today}，{people}还没有确认以下提醒已转发到微信群，群里可能没有看到，请督查员过问："
        yield "\n".join([head, *_lines([errand for _, errand in named], people=True)])


def _lines(found: Sequence[Errand], people: bool = False) -> Iterator[str]:
    for one in found[:MANY]:
        yield f"{line(one)}（{one.person}）" if people else line(one)
    if rest := found[MANY:]:
        yield f"另有{len(rest)}条：{'、'.join(one.code for one in rest)}"


def alone(notice: Notice) -> Iterator[str]:
    """One notice in its own words; nothing for those that are worded elsewhere."""
    yield from sections([notice])
