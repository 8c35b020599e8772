"""What supervisors are told of the office itself: bindings that wait, units without a liaison."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handlers.wording_groups import what
from handlers.wording_people import without_liaison
from scheduler.notices import Notice, NoticeKind
from scheduler.office_notices import NO_LIAISON

BINDINGS = "【群绑定申请】以下申请等待确认，同意请发“确认绑定”加代码，不同意请发“不同意绑定”加代码："
LIAISONS = "【联络员】{told}"


def sections(notices: Sequence[Notice]) -> Iterator[str]:
    """The parts of a message that are about these."""
    mine = [notice for notice in notices if notice.kind is NoticeKind.OFFICE]
    lines = [_asked(one) for one in mine if one.wish is not None]
    if lines:
        yield "\n".join([BINDINGS, *lines])
    for one in mine:
        if one.stage == NO_LIAISON:
            yield LIAISONS.format(told=without_liaison(one.units))


def alone(notice: Notice) -> Iterator[str]:
    """One notice in its own words; nothing for those that are worded elsewhere."""
    yield from sections([notice])


def _asked(notice: Notice) -> str:
    wish = notice.wish
    assert wish is not None, "asked only where there is one"
    return f"{wish.code}　“{wish.conversation}”：{what(wish, notice.parts)}（{wish.by or '未留名'}申请）"
