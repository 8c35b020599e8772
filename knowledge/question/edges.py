"""最先到期的是哪项, 最晚完成的: asked for what falls due first or last, and not for a window of days."""

from __future__ import annotations

from dataclasses import dataclass, replace

from knowledge.patterns import regex
from knowledge.question.itemnumbers import number_of


@dataclass(frozen=True, slots=True)
class Edge:
    """Which end of what is still to come is asked for: the `last` or the first to fall due, or `both`, and how many rows of it
    (None: those of one day)."""

    last: bool
    count: int | None = None
    both: bool = False


_END = r"(?:要|就|快|该|就要|快要|马上要|即将|会|得|需要?|应该?)*(?:到期|截止|完成|完工|交卷|要交|交|办结|办完|做完|弄完|搞完|完|到点|到时间|到日子)"
_DAY = r"(?:什么时候|何时|几[月号]|哪天|哪一天)?"
_N = r"(?P<{0}>[一两二三四五六七八九十]|\d{{1,2}})(?:个|项|条|件)"
_WORK = r"(?:任务|事项|工作|活儿?|事儿?)?"
_ONE = r"(?:是|有|为)?(?:哪(?:一)?(?:个|项|条|件)|什么|啥|谁|哪个任务)"
# 最近的是哪个, 最晚的呢: nothing is said but that, of a list just given.
_BARE = (
    r"^(?:那|其中|里面)*最(?:{0})的(?:一[个项条])?(?:呢|(?:是|有)?哪(?:一)?[个项条](?:呢)?|是(?:什么|啥|谁的?))?\W*$"
)
# 哪个先到期, 先完成的是哪个: of what was just told.
_SOONER = rf"^哪(?:一)?[个项条件](?:实事|任务|事项|工作|提案|建议|问题)?(?:要|得)?(?:完成|到期|截止|办结|做完|完工)(?:的|得)?最(?:{{0}})(?:呢|啊)?\W*$|^(?:那|它们|其中|里[面头]|这(?:里[面头]|几项|些)|当中)*(?:哪(?:一)?[个项条件]最(?:{{0}})(?:{_END})?|哪(?:一)?[个项条件](?:更|要|会)?(?:{{0}})(?:{_END})?|(?:{{0}}){_END}的?(?:是|有)?哪(?:一)?[个项条件])(?:呢|啊)?\W*$"
# 最早到期的, 接下来第一个到期的, 离截止最近的
_FIRST = regex(
    rf"(?:最早|最先|最快|最急|头一个|(?:接下来|下一个|往后|下面)(?:的)?(?:最早|最先|第一个|头一个)?){_DAY}{_END}的?{_WORK}(?:{_N.format('n')})?{_WORK}"
    rf"|(?:离|距)?(?:到期|截止(?:日期?)?|期限|时限)(?:日期?|时间)?最(?:近|早|急|紧)的?{_WORK}(?:{_N.format('m')})?"
    rf"|最近(?:的)?(?:一个)?{_END}的?{_WORK}(?={_ONE}|$|\W)|最(?:紧迫|紧急|要紧|急)的?{_WORK}|最早的{_WORK}(?={_ONE})"
    rf"|最近(?:的)?{_END}的?{_WORK}{_N.format('k')}"
    rf"|{_BARE.format('近|早|先|快')}|{_SOONER.format('先|早|快')}"
)
_LAST = regex(
    rf"(?:最晚|最迟|最后)(?:才|一个|一批)?{_DAY}{_END}的?{_WORK}(?:{_N.format('n')})?{_WORK}"
    rf"|(?:到期|截止(?:日期?)?|期限|时限)(?:日期?|时间)?最(?:晚|迟|后|远|长)的?{_WORK}(?:{_N.format('m')})?|最(?:晚|迟)的{_WORK}(?={_ONE})"
    rf"|(?:拖|排|放|压)(?:到|在)最后(?:面)?(?:才)?(?:{_END})?的?{_WORK}"
    rf"|{_BARE.format('晚|迟|远')}|{_SOONER.format('晚|迟|后')}"
)
# 最早和最晚, 哪项最先到期哪项最后, 第一个到期的和: what leads up to the other end, which stands behind it.
_EARLY, _LATE = r"最(?:早|先|快)|头一个|第一个|首个", r"最(?:晚|迟|后)"
_WHICH = r"(?:(?:是|有|为)?(?:哪(?:一)?[个项条件]|什么|啥))?(?:任务|事项)?"
_OTHER_END = regex(
    "|".join(
        rf"{_WHICH}(?:{one})(?:一个)?(?:{_END})?的?{_WORK}{_WHICH}[\s,，;；。?？、]*(?:和|与|跟|及|以及|还有|又|那)?{_WHICH}(?={other})"
        for one, other in ((_EARLY, _LATE), (_LATE, _EARLY))
    )
)
_ASKS_DAY = regex(r"几[日天]|多久")
_FALLS_DUE = "到期"
_STARTER = regex(r"[最先早晚迟后快]|接下来|下一个|头一个|下面")


def edge_of(text: str) -> tuple[Edge | None, str]:
    """The end asked for in `text`, None for anything else, and the text without the words that ask so: 到期 stands in their place,
    which is no subject and lets a stretch beside it (全年) be read as one."""
    if _STARTER.search(text) is None or _ASKS_DAY.search(text):
        return None, text
    if (found := _OTHER_END.search(text)) is not None:
        edge, rest = edge_of(f"{text[: found.start()]} {text[found.end() :]}".strip())
        return (replace(edge, both=True), rest) if edge else (None, text)
    for last, pattern in ((True, _LAST), (False, _FIRST)):
        if (found := pattern.search(text)) is not None:
            parts = found.groupdict()
            many = parts.get("n") or parts.get("m") or parts.get("k")
            rest = f"{text[: found.start()]} {_FALLS_DUE} {text[found.end() :]}"
            return Edge(last, int(number_of(many)) if many else None), rest
    return None, text
