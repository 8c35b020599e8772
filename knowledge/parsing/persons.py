"""Units beside which a cell or value names the persons who answer for them: 市水利局 马某, 市水利局局长马某."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.parsing.acting import units_at_head
from knowledge.parsing.names import is_unit

_POST = re.compile(
    r"(?<=[\u3400-\u9fff]{2})((?:局|委|委员会|办公室|中心|公司|政府|厅|处|科|室|站|所|队|院|校|部|镇|乡|街道))"
    r"(?:党[委组]书记|党组成员|副?(?:局长|主任|处长|科长|站长|所长|队长|院长|校长|部长|镇长|乡长|经理|总经理|董事长|书记|负责人|主要负责人|负责同志))[^\s、，,；;：:（）()/市县区州镇]*"
)  # 县农业农村局局长
_NEXT = re.compile(r"[市县区州镇]")
_SHORTEST_NAME = 2


def without_persons(text: str) -> str:
    """The units of a cell or value, without the persons beside them, as a list."""
    words = re.split(r"[\s、，,；;：:（）()/]+", _POST.sub(r"\1、", text))
    return "、".join(unit for word in words for unit in ([word] if is_unit(word) else _units_in(word)))


def _units_in(word: str) -> Iterator[str]:
    """The units of a word into which a narrow cell ran several with the person behind each (市城投集团董某市住建局薛某)."""
    if unit := units_at_head(word):
        yield unit
        more = _NEXT.search(word, len(unit) + _SHORTEST_NAME)
        if more is not None:
            yield from _units_in(word[more.start() :])
