"""残联牵头的那一项由谁配合: who has another role in what a unit holds in one."""

from __future__ import annotations

from knowledge.model import Role
from knowledge.patterns import regex

_ROLES = {
    Role.LEAD: "牵头|主办|主责|承办|领衔",
    Role.RESPONSIBLE: "责任|负责|落实",
    Role.COOPERATING: "配合|协办|会办|参与|协助",
}
_HELD = "|".join(_ROLES.values())
_WHICH = r"(?:那|这)?(?:一|几|[两二三四五])?(?:项|条|件|个)?(?:任务|事项|工作|活)?(?:里|中)?(?:面|头)?"
_WHO = r"(?:谁|哪(?:个|家|些|几个?|几家)?(?:单位|部门|局)?)"
_ASKED = regex(
    rf"(?P<held>{_HELD})的{_WHICH}[,，\s]*(?:都|又|分别|各)?(?:是|由|归|让|有|要|得)?"
    rf"(?:{_WHO}(?:来|去|在|给|要|得)?(?:做|当|打)?(?P<done>{_HELD})|(?P<named>{_HELD})(?:(?:单位|部门)(?:都|分别|各)?(?:是|有|为)?|(?:的)?(?:是|有))(?:{_WHO}))(?:的|呢|啊)?\W*$"
)


def partners_asked(text: str) -> tuple[Role, Role, str] | None:
    """The role that the unit named has, the one whose holders are asked for, and the words that ask so; None for any other question."""
    found = _ASKED.search(text) if "的" in text else None
    if found is None:
        return None
    held, asked = _role(found["held"]), _role(found["done"] or found["named"])
    return None if held is asked else (held, asked, found[0])


def _role(word: str) -> Role:
    return next(role for role, words in _ROLES.items() if word in words.split("|"))
