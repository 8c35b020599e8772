"""群名片: what a name in a group says of who somebody is (财政局-王芳). People write it themselves, so it proposes and proves nothing."""

from __future__ import annotations

from typing import NamedTuple

from knowledge.patterns import regex

LONGEST = 40
"""Characters of a card that are looked at."""
_APART = regex(r"[\s\-—–－_·・|｜/／:：,，]+")
_NAME = regex(r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,6}·[\u4e00-\u9fff]{1,6}")
_UNIT = regex(r"[\u4e00-\u9fff（）()]{2,20}")
_BODY = regex(r".*(?:局|办|厅|委|部|处|科|院|中心|银行|公司|政府|法院|集团|学校|街道|镇|乡|县|区)(?:[（(].*)?")


class NameCard(NamedTuple):
    """群名片: the words for a unit and the name of a person."""

    unit: str
    name: str


def read_card(written: str) -> NameCard | None:
    """The unit and the person that a card names, in whichever order; None where it is no such card."""
    if len(written) > LONGEST:
        return None
    parts = [part for part in _APART.split(written) if part]
    if len(parts) != 2:
        return None
    for unit, name in (parts, reversed(parts)):
        if _UNIT.fullmatch(unit) and _BODY.fullmatch(unit) and _NAME.fullmatch(name) and not _BODY.fullmatch(name):
            return NameCard(unit, name)
    return None
