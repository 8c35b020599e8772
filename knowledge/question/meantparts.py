"""口袋公园多少个, 教育部分有几项: whether the subject of a question is a part of a document, its heading or its title."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from knowledge.model import Role
from knowledge.patterns import regex
from knowledge.question.claimed import claims_day
from knowledge.question.cues import shows, shows_any
from knowledge.question.parts import Part, Parts, narrowed_to
from knowledge.question.query import Asked
from knowledge.register import Register

_OF_ROWS = regex(r"(?:几|多少)(?:项|条|件|款)|任务|事项|措施|举措|问题")
# 环境整治有几项都谁牵头, 文明交通那两项什么时候完
_EACH_OF_THEM = regex(r"(?:[两三四五六七八九几]|多少)(?:项|件|条)|都(?:是|由|归|有)?(?:谁|哪|什么|几)|分别|各自")
_SO_MANY = regex(r"\s*[两三四五六七八九几\d](?:项|件|条)$")


def meant_part(topic: str, text: str, beside: bool, units: Sequence[Asked], register: Register) -> tuple[Part, ...]:
    """The parts that a topic names where it can mean nothing else: beside a unit or a number, in a count, as a heading.

    Beside units only where they hold something in it: 公安局牵头的交通活儿 is not to be looked for under 交通基础设施 alone.
    """
    parts = _meant_part(topic, text, beside, bool(units), register)
    names = {name for asked in units for name in asked.units}
    if not (beside and names and parts):
        return parts
    _, within = narrowed_to(parts, register)
    roles = (Role.LEAD,) if shows("lead", text) else tuple(Role)
    theirs = {one.id for one in register.of_units(names) for role in roles if not names.isdisjoint(one.units(role))}
    return parts if within is None or not within.isdisjoint(theirs) else ()


def _meant_part(topic: str, text: str, beside: bool, of_unit: bool, register: Register) -> tuple[Part, ...]:
    if claims_day(text):  # 政策清单是4月底前完成吧 asks for no list
        return ()
    book = Parts.of(register)
    if beside:
        # 第4项街巷整修 says what stands at the number, whatever heading may mean the like too; 跟托育沾边的 of a unit's, in the only
        # paper there is, tells these from the rest of it, though it is called so itself.
        alone = of_unit and len(register.documents) == 1
        named = (part for part in book.named(topic) if of_unit or _shares(topic, part.words))
        return tuple(part for part in named if not (alone and part.whole))
    if _lists(text, of_unit):
        # 口袋公园多少个 asks for parks, whatever heading may mean them too.
        of_rows = not shows("count", text) or _OF_ROWS.search(text) is not None
        if not of_rows:
            return ()
        found = next((parts for piece in (topic, *topic.split()) if (parts := book.literally(piece, True))), ())
        return found or book.titled(topic)
    if _EACH_OF_THEM.search(text) and (itself := book.called(_SO_MANY.sub("", topic))):
        return itself
    listed = shows("list", text) and not shows_any(("who", "when", "lead", "limit"), text)
    return (book.headed(topic) or book.titled(topic)) if listed else ()


def _shares(topic: str, heading: str) -> bool:
    """Whether two characters that stand together in `topic` stand together in `heading` too."""
    return any(one + after in heading for one, after in pairwise(topic))


def _lists(text: str, of_unit: bool) -> bool:
    """Whether a question wants a list or a number, so that words of a title only say of which document."""
    if shows_any(("who", "when", "detail"), text):
        return False
    return shows("count", text) or (
        of_unit and not shows("premise", text) and shows_any(("list", "lead", "chores"), text)
    )
