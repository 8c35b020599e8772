"""What a message asks with its last words, behind what it tells of the matter: 仿人家发明被罚的要贴出来，让怎么贴.

What is told before may hold anything that elsewhere asks (谁家, 怎么, 多少); where the last words by themselves clearly ask for the
leader, the date or the contents of something, the rest is what it is about.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from knowledge.normal import plain
from knowledge.patterns import regex
from knowledge.question.asking import TOPIC, ways_of
from knowledge.question.beside import beside
from knowledge.question.query import Intent

# The ways that may be asked so: what each wants, and the plain question behind its matter. 哪几家打头 asks for the leaders, which to the
# ways of asking looks like all who take part.
_PLAINLY: Mapping[str, tuple[Intent, str]] = {
    "lead": (Intent.LEAD, "谁牵头"),
    "deadline": (Intent.DEADLINE, "什么时候完成"),
    "detail": (Intent.DETAIL, "是什么内容"),
}
_ALSO_LEAD = "partners"
# So sure must the way be, by the last words alone. Of three sets of questions by other hands (125 that were declined) 26 of the answerable
# and 3 of the unanswerable end so.
SURELY = 0.7
# And so sure where they alone look like asking for somebody with no duty: 轮到谁家, but not 哪家的面好吃.
_WHOEVER = 0.8
# A matter is told in so many characters at least, and asked for in no more than so many.
_SHORTEST, _LONGEST = 4, 14
# Whoever writes more tells a story.
_A_STORY = 120
_CUT = regex(r"^(?P<matter>.+)[,，;；:：。.?？!！…\s]+(?P<end>[^,，;；:：。.?？!！…\s]+)[,，;；:：。.?？!！…~\s]*$")
# Without one of these nothing is asked.
_ASKS = regex(r"[谁哪几多啥何怎咋么]|什么|[吗呢]$|要求|时限|期限|牵头|领头|打头|归口")


class Ending(NamedTuple):
    """`matter` is what is told before, `end` the last words, `intent` what they ask of it, `asked` that in plain words, and `share` 0..1
    how sure that is."""

    matter: str
    end: str
    intent: Intent
    asked: str
    share: float

    @property
    def text(self) -> str:
        """The plain question."""
        return f"{self.matter}{self.asked}"


def ending_of(text: str) -> Ending | None:
    """The matter of a message and what its last words ask of it; None where they ask nothing clearly."""
    if len(text) > _A_STORY:
        return None
    cut = _CUT.match(plain(text))
    if cut is None or len(cut["matter"]) < _SHORTEST or len(cut["end"]) > _LONGEST or _ASKS.search(cut["end"]) is None:
        return None
    ways = ways_of(f"{TOPIC},{cut['end']}")
    shares = {kind: ways[kind] for kind in _PLAINLY}
    shares["lead"] += ways[_ALSO_LEAD]
    kind, share = max(shares.items(), key=lambda one: one[1])
    if share < SURELY:
        return None
    ending = Ending(cut["matter"], cut["end"], *_PLAINLY[kind], share)
    aside = beside(ending.end, ending.intent, ending.intent is Intent.LEAD, False)
    return ending if aside is None or (aside == "person" and share >= _WHOEVER) else None
