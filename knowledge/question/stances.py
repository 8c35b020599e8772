"""自己牵头的, 只当责任单位的, 牵头参与都算: how people say in which roles a unit's work is meant, beside the roles' own words."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.model import Role
from knowledge.patterns import regex
from knowledge.question.signs import Signs

_ROLE = r"(?:牵头|主办|主责|责任|负责|承办|配合|协办|参与)(?:单位|部门)?的?"
# 牵头参与都算, 不管牵头还是配合: in any role.
_ANY = regex(
    rf"[,，、;；\s]*(?:不管|不论|无论)?(?:是)?{_ROLE}(?:、|和|与|跟|还是|或者?)?(?:是)?{_ROLE}(?:都|全)(?:算|要|列|看|行|包括)(?:上|进去|在内)?(?=\W|$)"
    rf"|[,，、;；\s]*(?:不管|不论|无论|甭管|连)(?:是|同)?{_ROLE}(?:、|和|与|跟|还是|或者?|带|加)?(?:是)?{_ROLE}(?:一起|一块儿?|也好)?(?=\W|$)"
)
# 但不牵头的, 不是牵头的: said of a unit that has a part, and of no kind of units.
_NOT_LEADING = regex(
    r"[,，、;；\s]*(?:但|而|却|又|并|可)?(?:不是|并非|(?<!有)没有?|不|非)(?:它|他们?|自己)?(?:牵头|主办|主责|领衔|承办)(?:单位)?(?=的(?!单位|部门|局)|[,，、;；\s]|$)"
)
_ONLY_AS = regex(
    r"(?:只|仅|光|单)(?:是|当|做|作|算|挂|列)?(?:个|为)?(?=责任(?:单位|部门)|配合|协办|协助|参与)|(?:配合|协办|协助)(?:而已|就行)"
)
# 协办的不要: these are not wanted.
_UNWANTED = regex(
    r"[,，、;；\s]*(?:除去|除了|除开|不算|不要|去掉)?(?P<role>配合|协办|会办|参与|责任)(?:单位)?的(?:就)?(?:不要|不算|除外|别算|不用|不列|不看)了?(?=\W|$)"
)
# 除了配合还有没有牵头的: the role that is said last, beside the one that is known.
_BESIDE_ROLE = regex(
    r"(?:除了?|除开|除去|不算)(?P<known>牵头|主办|负责|配合|协办|参与|责任)(?:单位)?(?:的)?(?:之外|以外|外)?[,，\s]*(?=(?:还|另外|又)(?:有没有|有|要|得)?(?:什么|啥|哪些)?(?P<asked>牵头|主办|负责|配合|协办|参与|责任))"
)
_HAS_PART = regex(r"责任(?:单位|部门)|配合|协办|协助|参与|参加|有份|沾边|涉及|有它|有他")
_HELD_FOR_OTHERS = regex(
    r"(?:给|替|帮|为)(?:别家|别人|人家|别的(?:单位|局)|其他(?:单位|局)|兄弟单位)(?:当|做|作)?(?=责任|配合|协办|打)"
)
_ITSELF = regex(r"(?:自己|亲自|本身)(?=牵头|主办|主责|承办|负责|(?:当|做|是)(?:个)?(?:责任|牵头|配合))")
_WHO_AND_WHO = regex(r"谁(?:来)?(?:负责|主责|管)(?=[,，、;；\s]*(?:又|还|和)?谁(?:来|去)?(?:配合|协办|协助))")
# 牵头的几项里: so many are no number that is asked for.
_OUT_OF = regex(
    r"(?<=的)(?:那|这)?(?:几|些|[两二三四五六七八九十])(?:项|件|条|个)?(?:任务|事项)?(?:里|中|当中)(?:面|头)?(?=[\s,，、;；哪谁有跟和])"
)
_ASKS = regex(r"哪|几|什么|啥|多少|谁|任务|事项|列|有没有")
# Without one of these nothing of the kind is said.
_STARTER = regex(
    r"都算|全算|连|甭管|不管|除|不算|不要|除外|都要|都列|都看|都行|全算|[不没非]|自己|亲自|本身|只|仅|光|单|而已|就行|别家|别人|人家|[里中]|谁"
)
_TAKES_PART = regex(r"参与|参加|有份|沾边|涉及")
_EITHER_ROLE = regex(
    r"(?:落实|负责|承办|责任|主办|实施)(?:的)?(?:或者?|和|与|、|以及|还有|跟|及)(?:配合|协办|协助|参与)|(?:配合|协办|协助|参与)(?:的)?(?:或者?|和|与|、|以及|还有|跟|及)(?:落实|负责|承办|责任|主办|实施)"
)


@dataclass(frozen=True, slots=True)
class Stance:
    """`any_role`: in whatever role. `helping`: only what the units do not lead. `leading`: only what they lead."""

    any_role: bool = False
    helping: bool = False
    leading: bool = False


# Most questions say nothing of the kind.
OPEN = Stance()


def stance_on_roles(text: str) -> Stance:
    """In which roles `text` (written as `plain` writes it) says that a unit's work is meant."""
    if _STARTER.search(text) is None:
        return OPEN
    if (unwanted := _UNWANTED.search(text)) is not None and unwanted["role"] != "责任":
        return Stance(leading=True)
    denied = _NOT_LEADING.search(text) is not None and _HAS_PART.search(_NOT_LEADING.sub(" ", text)) is not None
    return Stance(_ANY.search(text) is not None, denied or _ONLY_AS.search(text) is not None)


def without_stance(text: str) -> str:
    """`text` without these words, the roles themselves left in it."""
    if _STARTER.search(text) is None:
        return text
    left = _UNWANTED.sub("", _ANY.sub("", text))
    text = left if left == text or _ASKS.search(left) else f"{left}的任务"  # nothing else asks for the list
    text = _WHO_AND_WHO.sub("谁牵头", _BESIDE_ROLE.sub("", text))
    if _HAS_PART.search(_NOT_LEADING.sub(" ", text)):
        text = _NOT_LEADING.sub("", text)
    for words in (_ONLY_AS, _HELD_FOR_OTHERS, _ITSELF):
        text = words.sub("", text)
    return _OUT_OF.sub("里面", text).strip()


def roles_asked(signs: Signs, stance: Stance, loosely: bool) -> tuple[Role, ...]:
    """The roles asked for by name; 谁管 leaves it open, and so does 参与 said `loosely` of all that a unit does."""
    if stance.any_role:
        return ()
    if stance.leading:
        return (Role.LEAD,)
    if loosely and _TAKES_PART.search(signs.text) and not signs.any("lead"):
        return ()
    if _EITHER_ROLE.search(signs.text) and not signs.any("lead"):
        return (Role.RESPONSIBLE, Role.COOPERATING)
    asked = {Role.LEAD: ("lead",), Role.RESPONSIBLE: ("duty_word",), Role.COOPERATING: ("cooperating", "excluding")}
    return tuple(
        role for role, cues in asked.items() if signs.any(*cues) and not (role is Role.LEAD and stance.helping)
    )
