"""Before a document is filed in the place of another: the person at the terminal sees both side by side and decides."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from bot.commands.comparison_text import comparison_text
from bot.sitting import Desk, Outcome
from bot.superseding import Settlement, successions
from handlers import wording_comparison as said
from knowledge.editions import Relation
from knowledge.model import Draft
from knowledge.register import Difference

if TYPE_CHECKING:
    from bot.home import Home
    from bot.intake import Confirm
    from knowledge.comparison import Pair
    from knowledge.review import Review
    from knowledge.store import Store
    from knowledge.succession import Succession

YES, NO = frozenset({"是", "y", "yes", "1", "对", "好"}), frozenset({"否", "n", "no", "0", "不", "不是", ""})


def settling(seat: Desk, store: Store, home: Home, now: datetime, settlement: Settlement) -> Confirm:
    """The review at `seat` with the comparison before it; what is decided there is put into `settlement`."""

    def confirm(draft: Draft) -> tuple[Review, datetime] | None:
        found = successions(draft, store.load(), home)
        if not _settled(seat, found, settlement):
            seat.outcome = Outcome.INTERRUPTED
            return None
        if found:
            seat.difference = difference
        return seat.confirm(draft)

    def difference(draft: Draft) -> Difference:
        register = store.load()
        return register.filed(draft, successions(draft, register, home, settlement), now.date())[1]

    return confirm


def _settled(seat: Desk, found: Sequence[Succession], settlement: Settlement) -> bool:
    """Whether everything was decided; False when the person left."""
    return all(_decided(seat, one, settlement) for one in found)


def _decided(seat: Desk, one: Succession, settlement: Settlement) -> bool:
    seat.say(said.replaces(one.old, one.relation, one.words, one.sure))
    if one.keeps:
        width = shutil.get_terminal_size((100, 24)).columns
        seat.say(comparison_text(one.comparison, width, carried=False))
    elif one.relation is Relation.YEAR:
        seat.say(said.summary(one.comparison) + said.MORE)
    if not one.sure:
        answer = _asked(seat, said.shall_replace(one.old))
        if answer is None:
            return False
        settlement.replaced[one.old.id] = answer
        if not answer:
            return True
    return not one.keeps or all(_same(seat, pair, settlement) for pair in one.possible)


def _same(seat: Desk, pair: Pair, settlement: Settlement) -> bool:
    """Ask whether two that are hardly alike are one; False when the person left."""
    answer = _asked(seat, said.is_same(pair.old[0], pair.new[0]))
    if answer:
        settlement.same.append((pair.old[0].id, pair.new[0].id))
    return answer is not None


def _asked(seat: Desk, question: str) -> bool | None:
    """Yes or no; None when the person left."""
    seat.say(f"{question}\n（输入“是”或“否”，直接回车＝否）")
    while True:
        line = seat.ask()
        if line is None:
            return None
        words = line.strip().lower()
        if words in YES or words in NO:
            return words in YES
        seat.say("请输入“是”或“否”。")
