"""换成教育局, 下一项呢, 他们还有别的任务吗, 不是这个是…: what leans on the line before it, written so that it can be read."""

from __future__ import annotations

from dataclasses import replace

from knowledge.model import Assignment, Message, Role
from knowledge.normal import plain
from knowledge.patterns import regex
from knowledge.question.conversation import Pointed
from knowledge.question.itemnumbers import Numbers, asked_place, number_of
from knowledge.question.namedunits import named_units
from knowledge.question.query import Intent, Query
from knowledge.register import Register
from knowledge.search import index_of

_END = r"(?:的)?(?:呢|吧|看看|看下|试试|啊|呀)?\W*"
# 换成教育局, 那要是财政局呢: the same question about another.
_INSTEAD = regex(
    rf"\s*(?:那|那么|再|帮我|请)*(?:换成|换作|换到|换个?|改问|改看|改查|再看看?|再问(?:一?下)?|再查(?:一?下)?|要是|如果是|假如是)(?P<what>[^,，。;；?？谁哪几]{{2,14}}?){_END}"
)
# 不是这个，是二次供水; 不对，我问的是电梯
_RATHER = regex(
    r"\s*(?:不是|不对|错了|弄错了|搞错了|答错了|问错了|no)(?:这个?|那个?|这项|那项|这条|它|的|了|吧|啊|哦)*[,，。\s]*(?:我)?(?:想|要)?(?:问|说|指|查|讲)?(?:的)?(?:是|应该是)(?P<what>(?:(?!牵头|负责|配合|主责|主办)[^,，。]){2,20}?)(?:的)?(?:那个|那项|这项|那条)?(?:啊|呀|哦|吧)?\W*"
)
# 不对，我问的是配合单位: another thing of the same matter.
_ASPECT = regex(
    r"\s*(?:不是|不对|错了|no)(?:这个?|那个?|它|的|了|吧|啊|哦)*[,，。\s]*(?:我)?(?:想|要)?(?:问|说|指|查)(?:的)?(?:是|应该是)?(?P<what>(?:(?:牵头|主办|责任|配合|协办|会办|承办)(?:单位|部门)|(?:完成)?(?:时限|期限|时间)|截止(?:日期|时间)|原文|进展)(?:是(?:谁|什么|哪天|哪些))?)(?:啊|呀|哦|吧)?\W*"
)
# 那责任的呢, of the one row that was told.
_ROLE_OF_IT = regex(r"\s*(?:那|那么)?(?P<what>责任|牵头|主办|承办)的(?:呢|有谁|是谁)\W*")
_STEP = regex(
    r"(?P<again>再|继续)?(?:看|说|讲|问)?(?<![最以之])(?P<way>下一?面?|后一?面?|接下来|上一?面?|前一?面?)(?P<which>那?(?:一)?(?:项|条|个|款))(?!月|季|年|周|步|阶段|批)"
)
_BACK = "上前"
# 他们还有别的任务吗, 这个局负责哪些
_THEY = regex(
    r"^\s*(?:那|那么|请问)*(?:他们?|它们?|她们|这(?:个|家)?(?:局|单位|部门|公司|委|中心)|该(?:局|单位|部门|公司|委|中心)|人家)(?:家|那边|局里|单位)?(?=.*(?:任务|事|活|牵头|负责|责任|承办|协办|配合|工作|[几哪]项))"
)
# 那它是谁牵头的: of the matter.
_OF_IT = regex(r"它(?!们).*(?:谁|哪(?:个|家)?(?:单位|部门|局|家)|什么时候|啥时候|几号|哪天)")
_ELSE = regex(
    r"(?:别的|其他的?|其它的?|另外的?|其余的?)(?=牵头|主办|负责|配合|会办|任务|事|活|工作|项|什么|啥|$|\W)|(?<=还有)(?:没有)?(?:别的|其他)$"
)
# 还有牵头任务吗
_OF_ROLE = regex(
    r"(?:还)?有(?:没有|什么|啥|哪些)?(?P<role>牵头|主办|负责|配合|会办|协办)的?(?:任务|事情?|活儿?|工作|事项|提案|建议|项目)?(?:吗|么|没有?|呢)?\W*$"
)
_ASKED_SO = regex(r"(?:还)?有(?:没有|什么|啥)?(?:任务|事情?|活儿?|工作|事项)?(?:吗|么|没有?|呢)?\W*$")
# 上面第2条, said of a list: its second row, and no item number.
_OF_THE_LIST = regex(
    r"(?:上面|刚才|以上|前面|上述|其中|里面|里头|列的|列出的)(?:的|那些?)*第(?P<n>[一二三四五六七八九十\d]+)[条项]"
)
# 第三条, behind a list, and 最后那条: in words, as nobody writes the number that a row has in its paper.
_SPOKEN_PLACE = regex(r"(?<![第\w])第(?P<n>[一二三四五六七八九十])[条项](?!任务清单|重点)")
_LAST_OF_LIST = regex(r"(?<!\w)(?:那|就)?(?:最后|末尾|最末)(?:面)?(?:的)?(?:[那这]一?[个项条件]|一?个)")
_WROTE_DOWN = "已登记"
# What leans on the row that was just told, in so few words beside those that ask; and how sure another row must be to be meant.
_LEANS = regex(
    r"(?!.*呢\W*$)(?:那|请问|就)*(?:[这那](?:一?[项条件个]|任务|事项?)(?!月|季|周|年)|这(?=[要得该由是归什啥几谁哪])|它|该(?:项|任务)|还有谁|还有哪)"
)
_FEW_LEFT, _SURELY = 5, 0.6
_OF_ONE = frozenset({Intent.LEAD, Intent.RESPONSIBLE, Intent.DEADLINE, Intent.DETAIL})
_STEPS_FROM = "那第1个"


def resumed(message: Message, earlier: Pointed, register: Register) -> tuple[Message, Pointed]:
    """The message as one that stands by itself as far as it can, and what it points to."""
    text = message.text
    if not earlier or any(_WROTE_DOWN in turn.text for turn in message.turns[-1:]):
        return message, earlier
    if found := _ASPECT.fullmatch(text):
        return replace(message, text=f"{found['what']}呢"), earlier
    if len(earlier.assignments) == 1 and not earlier.listed and (found := _ROLE_OF_IT.fullmatch(text)):
        return replace(message, text=f"{found['what']}单位呢"), earlier
    if found := _INSTEAD.fullmatch(text) or _RATHER.fullmatch(text):
        return replace(message, text=f"那{found['what'].strip()}呢"), earlier
    chosen = earlier.several and asked_place(plain(text)) is not None
    if (found := _STEP.search(text)) is not None and earlier.assignments and not chosen:
        return _stepped(message, found["way"][0] in _BACK, found.span(), earlier, register)
    if (
        (they := _THEY.match(text)) is not None
        and not _OF_IT.search(text)
        and (unit := _meant(earlier, message, register))
    ):
        rest = _ELSE.sub("", text[they.end() :])
        rest = "有哪些任务" if _ASKED_SO.fullmatch(rest) else rest
        rest = f"{of['role']}的有哪些" if (of := _OF_ROLE.fullmatch(rest)) else rest
        return replace(message, text=f"{unit}{rest}"), earlier
    return message, earlier


def of_list(message: Message, earlier: Pointed, register: Register) -> Message:
    """The message with the places in the list that it means: 第三条 is the third row of what was just told, where that has so many
    and none of them is called so in its paper."""
    if earlier.listed:
        message = replace(message, text=_OF_THE_LIST.sub(r"第\g<n>个", message.text))
    if not earlier.several:
        return message
    many, text = len(earlier.assignments), message.text
    if many > 1 and _LAST_OF_LIST.match(text):
        return replace(message, text=_LAST_OF_LIST.sub(f"第{earlier.first + many - 1}个", text, count=1))
    found = _SPOKEN_PLACE.match(text)
    number = number_of(found["n"]) if found else ""
    called = {one.number for id in earlier.assignments if (one := register.assignment(id))}
    if not number or number in called or not earlier.first <= int(number) < earlier.first + many:
        return message
    return replace(message, text=_SPOKEN_PLACE.sub(f"第{number}个", text, count=1))


def leaning(query: Query, earlier: Pointed, register: Register) -> Query:
    """这个几号前要投运, 还有谁要一块干: asked of the one row that was told, where the few words left over surely mean no other."""
    named = query.units or query.numbers or query.span or query.documents or query.part
    if len(earlier.assignments) != 1 or query.intent not in _OF_ONE or named or _LEANS.match(query.text) is None:
        return query
    if not query.topics or sum(map(len, query.topics)) > _FEW_LEFT:
        return query
    hits = index_of(register).assignments.rank(" ".join(query.topics), limit=1)
    other = hits and hits[0].confidence >= _SURELY and hits[0].key != earlier.assignments[0]
    return query if other else replace(query, topics=())


def _stepped(
    message: Message, back: bool, place: tuple[int, int], earlier: Pointed, register: Register
) -> tuple[Message, Pointed]:
    """下一项呢: the one behind the last that was named, or the one before the first."""
    named = register.assignment(earlier.assignments[0 if back else -1])
    if named is None or named.number is None:
        return message, earlier
    rows = Numbers.of(register.of_document(named.document)).counted
    at = next((at for at, one in enumerate(rows) if one.id == named.id), -1) + (-1 if back else 1)
    start, end = place
    if not 0 <= at < len(rows):
        beyond = f"第{int(named.number) + (-1 if back else 1)}项" if named.number.isdigit() else "第0项"
        return replace(message, text=f"{message.text[:start]}{beyond}{message.text[end:]}"), earlier
    pointed = replace(earlier, assignments=(rows[at].id,), documents=(rows[at].document,), listed=True, first=1)
    return replace(message, text=f"{_STEPS_FROM}{message.text[end:] or '呢'}"), pointed


# 某局牵头，某局配合: who was told last to have the lead.
_TOLD = regex(r"(?P<unit>[^\W\d]{2,24}?)(?:牵头|主办|负责)")


def _meant(earlier: Pointed, message: Message, register: Register) -> str:
    """The only unit that was asked about, or else that leads or answers for what was named last."""
    asked, _ = named_units(plain(earlier.question or ""), register)
    if len(asked) == 1 and asked[0].units:
        return asked[0].words
    rows = [one for key in earlier.assignments if (one := register.assignment(key))]
    units = {unit for one in rows for unit in _leaders(one)}
    return next(iter(units)) if len(units) == 1 else "" if rows else _told(message, register)


def _told(message: Message, register: Register) -> str:
    """The only unit that the bot's last words call the leader."""
    said = next((turn.text for turn in reversed(message.turns) if turn.by_bot), "")
    found = _TOLD.search(plain(said))
    units, _ = named_units(found["unit"], register) if found else ((), "")
    return units[0].words if len(units) == 1 and units[0].units else ""


def _leaders(one: Assignment) -> tuple[str, ...]:
    return one.units(Role.LEAD) or one.units(Role.RESPONSIBLE)
