"""那某局呢, 第二个呢, 其中牵头的几项: a question read on the background of what was said before it."""

from __future__ import annotations

from dataclasses import replace

from knowledge.patterns import regex
from knowledge.question.claimed import asks_which_role, claims_day
from knowledge.question.conversation import Pointed
from knowledge.question.cues import shows
from knowledge.question.itemnumbers import asked_place
from knowledge.question.query import Intent, Query

_INHERITS = regex(r"^(?:那么?|还有|然后|另外)|呢\W*$")
# 其中自然资源局的: of the list just given.
_OUT_OF_IT = regex(r"\W*(?:那)?(?:其中|里面|里头|这里面?|这里头|当中|这些里面?)")
# 教育局没有吧, of what falls due in the days asked about.
_HAS_ANY = regex(r"(?:那)?(?:[^,，]{2,10}?(?:有没有|没有?|有)的?|(?:有没有|有)[^,，]{2,10}?的)(?:吧|吗|么|没)?\W*")
_THIS_PAPER = regex(r"[这那该](?:个|份|篇)?(?:文件?|通知|方案|台账|清单|要点)")
_AND_WHAT = regex(r"呢\W*$")
# 城管局的也列下, behind a list.
_TOO = regex(r"的?也(?:列|发|说|看|查|算)")
# 全市的一共几项: of everybody, whoever was asked about before.
_OF_ALL = regex(r"全[市县区州省镇]|(?:所有|各|全部)(?:单位|部门)|大家|总体|整体")
# 列出来, 发我看看: the list that was only counted, or the same once more.
_LISTED_OUT = regex(
    r"(?:那|请|帮我|给我|都|全|把它们?)*(?:列|拉|发|摆|说)(?:出来|一下|个?清单|个?表|给我|我)+(?:看看|看下|看一下|看|吧)?\W*"
)
_ROLE_AGAIN = regex(
    r"(?:那|就|请|再|只|单|光|仅|看|要|列|查|发|其中|里[面头]|当中|当|作为|作|是|做)*(?:牵头|主责|主办|承办|负责|责任|配合|协办|参与|参加)(?:单位|部门|方)?的(?:就行|就好|吧|(?:也|都)?(?:给我|帮我)?(?:列|看|说|发)(?:一?下|出来|看看)?(?:吧)?|呢|有|(?:又|都)?有?(?:几|哪几?|多少)[项个件条些])?\W*"
)
# 那第二个呢 and nothing more: what was asked before, of another.
_ANOTHER = regex(
    r"(?:那|还有)?(?:第[一二三四五六七八九十百\d]+(?:[项条件号]|个)|\d{1,4}[号项条件]|\d{1,3}(?=呢))(?:项目|任务|提案|建议)?(?:呢|啊|嘛)?\W*"
)
ITSELF = frozenset({Intent.LEAD, Intent.RESPONSIBLE, Intent.DEADLINE})
_WHEN_IT_ENDS = regex(
    r"(?:那|请问|就)*(?:最[晚迟]|最后)(?:是|到|要|得|该|能|拖到|排到)*(?:什么时候|啥时候|何时|哪一?天|几号|几月)(?:之?前|底)?(?:要|得|该|能)?(?:全部?|都)?(?:[弄办做搞干建修]?(?:完成?|好|成|妥|完工|竣工)|交|到期|截止)?(?:啊|呀|呢|的)?\W*"
)
_LISTS = frozenset({Intent.UNIT_TASKS, Intent.DUE, Intent.COUNT})
# A count of a whole paper (清单里有多少条), and what says that the list just given is counted.
_OF_PAPER = regex(
    r"(?:方案|清单|台账|文件|分工|分解|任务|责任|要点|[这那整张])表?(?:里[面头]?|中|上)?(?:的?任务|的?事项)?(?:一?共|总共|加起来|都|现在|目前)*(?:有|是)?(?:多少|几)(?:项|条|件|个(?=任务|事项|$|\W))"
)
_AMONG = regex(
    r"其中|里面|这里头|这些|那些|上面|以上|当中|^(?:那|这)(?![张份个]?[^\W]{0,6}(?:方案|清单|台账|文件|表))|呢\W*$"
)
_END_OF_LIST = regex(
    r"最[近早先快急晚迟远]的|哪(?:一)?[个项条件](?:更|要|会|最)?[先早快晚迟后]|[先早晚迟后][^,，]{1,3}的?(?:是|有)?哪"
)
_ITEMS = regex(r"(?:哪[些几]|(?<!第)几|多少)(?:项|条|件|个任务|任务|事项|还|没|未)|哪些\W*$")
_OF_STATE = frozenset({Intent.PROGRESS, Intent.OVERDUE})
_STANDS_ALONE = frozenset({Intent.ACK, Intent.SMALLTALK, Intent.HELP, Intent.DOCUMENTS})


def continued_from(query: Query, earlier: Pointed, before: Query | None) -> Query:
    """The question read on the background of what was said before."""
    if (alone := _by_itself(query, earlier, before)) is not None:
        return alone
    query = _of_role_alone(query, before)
    named = bool(query.units) and not query.own
    if before and before.intent in _LISTS and (again := _list_again(query, before)) is not None:
        return again
    query = _of_itself(query, earlier)
    if _of_all_there_is(query, earlier):
        return query
    if query.edge and earlier.listed and query.intent is not Intent.DUE and _END_OF_LIST.search(query.text):
        return _at_the_edge(query, earlier, before)
    if (
        before
        and before.intent in _LISTS
        and (query.intent is Intent.COUNT or _lists_again(query))
        and not query.topics
    ):
        return query if _self_contained(query, before) else _relisted(query, before)
    theirs = query.sharing or (query.premise and not query.chores) or (query.excluded and len(earlier.assignments) == 1)
    theirs = theirs or _and_they(query, before)
    of_day = query.intent is Intent.DEADLINE and claims_day(query.text)
    if named and not (query.topics or query.numbers or of_day) and earlier.assignments and theirs:
        return _of_their_part(query, earlier)
    if query.span and query.intent is Intent.DEADLINE and not (query.topics or query.numbers or (named and not of_day)):
        return replace(query, assignments=earlier.chosen(query.text, query.documents))
    if query.intent is Intent.PROGRESS and (_once_more(query, before) or (of_items(query.text) and not earlier.listed)):
        return query
    if query.topics or query.numbers or named or query.span or query.part or not earlier.assignments:
        return _inherited(query, before)
    return _pointing(query, earlier, before)


def _by_itself(query: Query, earlier: Pointed, before: Query | None) -> Query | None:
    """What needs no look at the question before: a receipt, this paper, what stands alone, a row chosen from a list; else None."""
    if query.intent is Intent.ACK:
        return replace(query, assignments=earlier.assignments)
    if query.intent is Intent.DOCUMENTS and _THIS_PAPER.search(query.text) and earlier.documents:
        return replace(query, documents=query.documents or tuple(dict.fromkeys(earlier.documents)))
    if query.intent in _STANDS_ALONE or query.refusal:
        return query
    return _pointing(query, earlier, before) if _chooses(query, earlier) else None


def _chooses(query: Query, earlier: Pointed) -> bool:
    """第二个的责任单位都有谁, of a list: one row of it, and not the list in another role."""
    named = query.topics or query.units or query.numbers or query.span or query.documents
    return earlier.several and not named and query.intent in ITSELF and asked_place(query.text) is not None


def _of_role_alone(query: Query, before: Query | None) -> Query:
    """只看牵头的, behind a list: nothing but the role is said."""
    again = before is not None and before.intent in _LISTS and asks_role_again(query.text)
    return replace(query, topics=()) if again else query


def _of_itself(query: Query, earlier: Pointed) -> Query:
    """最迟啥时候弄完, behind one row: when that is due, and not what is due last of all."""
    if not query.edge or len(earlier.assignments) != 1 or _WHEN_IT_ENDS.fullmatch(query.text) is None:
        return query
    return replace(query, intent=Intent.DEADLINE, aspects=(Intent.DEADLINE,), edge=None, topics=())


def _of_all_there_is(query: Query, earlier: Pointed) -> bool:
    """最早的是哪项, 过半是几月, where no list and no single matter was told that may be meant."""
    if query.half and not (query.topics or query.numbers or query.units):
        return len(earlier.assignments) != 1
    return query.edge is not None and query.intent is Intent.DUE and not earlier.several


def _list_again(query: Query, before: Query) -> Query | None:
    """The earlier list written out, or of everybody; None for what asks something else."""
    if query.half and not (query.topics or query.numbers or query.units):
        # 过半是几月: of all that the list was made of, and not only of what was printed of it.
        return replace(query, units=before.units, roles=before.roles, documents=query.documents or before.documents)
    if _LISTED_OUT.fullmatch(query.text):
        bare = not (before.names or before.span or before.topics or before.within or before.lacking or before.tempo)
        everything = before.intent is Intent.COUNT and bare and before.census is None
        intent = Intent.UNIT_TASKS if everything else before.intent
        return replace(before, intent=intent, text=query.text, said=query.said, everything=everything)
    own = query.names and not (query.topics or query.span or query.numbers)
    if own and query.excluded and before.intent is Intent.DUE and not before.names:
        return replace(before, text=query.text, said=query.said, units=query.units, others=True)
    if own and (_OUT_OF_IT.match(query.text) or (before.span and _HAS_ANY.fullmatch(query.text))):
        return _relisted(query, before)
    if _OF_ALL.search(query.text) is None or query.units or query.topics:
        return None
    if query.intent in _LISTS:
        return query
    return replace(before, text=query.text, said=query.said, units=()) if _INHERITS.search(query.text) else None


def _of_their_part(query: Query, earlier: Pointed) -> Query:
    """是教育局吧, 档案馆参与吗, 除了水利局还有谁: of what was named last."""
    if query.excluded:
        return replace(query, assignments=earlier.assignments)
    if asks_which_role(query.text) or (query.premise and not query.sharing):
        return replace(query, intent=Intent.LEAD, aspects=(Intent.LEAD,), assignments=earlier.assignments)
    shared = (Intent.RESPONSIBLE,)
    asked = replace(query, sharing=True, premise=False, chores=False, roles=())
    return replace(asked, intent=shared[0], aspects=shared, assignments=earlier.assignments)


def _and_they(query: Query, before: Query | None) -> bool:
    """那公安局呢, behind a question of one matter in which no unit was named: what part it has in that."""
    if (
        before is None
        or (before.units and not (before.sharing or before.premise))
        or before.intent not in ITSELF | {Intent.DETAIL}
        or query.chores
    ):
        return False
    return query.intent is Intent.UNIT_TASKS and _AND_WHAT.search(query.text) is not None


def _once_more(query: Query, before: Query | None) -> bool:
    """谁还没报, asked again behind its own long list: of all once more, and not of the rows that were shown of it."""
    return (
        before is not None and before.intent is Intent.PROGRESS and before.text == query.text and not before.assignments
    )


def of_items(text: str) -> bool:
    """Whether several assignments are asked about (还有几项没完成), which a single one named before does not answer."""
    return _ITEMS.search(text) is not None


def _pointing(query: Query, earlier: Pointed, before: Query | None) -> Query:
    """A question about what the bot has just named; 格尔木呢 asks what was asked before of another document."""
    chosen = earlier.chosen(query.text, query.documents)
    if before and query.documents and query.intent not in ITSELF:
        return replace(
            before, text=query.text, said=query.said, documents=query.documents, assignments=chosen, loose=False
        )
    topics = before.topics if before else ()
    if before and before.intent in ITSELF and query.intent is Intent.DETAIL and _ANOTHER.fullmatch(query.text):
        return replace(before, text=query.text, said=query.said, topics=(), numbers=(), assignments=chosen, loose=False)
    return replace(query, assignments=chosen, topics=topics, units=query.units if query.own else ())


def _lists_again(query: Query) -> bool:
    """牵头的有哪些, asked of a list."""
    if query.intent not in ITSELF or query.units or query.numbers:
        return False
    return shows("list", query.text) or asks_role_again(query.text)


def asks_role_again(text: str) -> bool:
    """当责任单位的呢, behind a list: that of the same units in another role."""
    return _ROLE_AGAIN.fullmatch(text) is not None


def _at_the_edge(query: Query, earlier: Pointed, before: Query | None) -> Query:
    """最早的是哪个, of the list just given: of all that it was made of, and not only of what was printed of it."""
    if before and before.edge and before.intent is Intent.DUE:
        return replace(before, text=query.text, said=query.said, edge=query.edge)
    query = replace(query, intent=Intent.DUE, aspects=(), topics=(), loose=False)
    if before and before.intent in _LISTS and before.units:
        return replace(query, units=before.units, roles=before.roles)
    return replace(query, assignments=earlier.assignments)


def _self_contained(query: Query, before: Query) -> bool:
    """Whether a count says itself what it counts: a paper, what somebody holds, what is not printed."""
    if query.intent is not Intent.COUNT or _AMONG.search(query.text):
        return False
    told = query.names or query.part or query.lacking or query.census or query.tempo or _OF_PAPER.search(query.text)
    return bool(told or (query.documents and query.documents != before.documents and not before.names))


def _relisted(query: Query, before: Query) -> Query:
    """The earlier list counted, or narrowed to a role, a unit or a window."""
    intent = Intent.COUNT if query.intent is Intent.COUNT else before.intent
    return replace(
        before,
        topics=() if query.units else before.topics,
        tempo=None if query.span else before.tempo,
        edge=None if query.span else before.edge,
        lacking=query.lacking or (None if query.span else before.lacking),
        alone=query.alone or (before.alone and not query.roles),
        intent=intent,
        text=query.text,
        said=query.said,
        roles=query.roles or before.roles,
        units=query.units or before.units,
        others=before.others and not query.units,
        span=query.span or before.span,
        documents=query.documents or before.documents,
    )


def _inherited(query: Query, before: Query | None) -> Query:
    """那某局呢, 那另一件事呢: the earlier question asked again with what is new in this one."""
    if query.numbers and before and before.intent in ITSELF and _ANOTHER.fullmatch(query.text):  # 第六项呢
        again = replace(before, text=query.text, said=query.said, topics=(), numbers=query.numbers)
        return replace(again, assignments=(), loose=False)
    # What only asks is no report again: 还有多少没完成 behind one.
    if (
        before is None
        or before.intent is Intent.REPORT
        or before.refusal
        or query.numbers
        or not (
            _INHERITS.search(query.text) or _hollow(query) or (before.intent in _LISTS and _of_the_list(query.text))
        )
    ):
        return query
    if (alone := _apart(query, before)) is not None:
        return alone
    if query.chores and query.units and before.intent not in _LISTS and not _AND_WHAT.search(query.text):
        return query  # 那某局牵头的有吗, behind one matter
    of_itself = (query.intent in ITSELF and query.aspects) or (query.intent in _OF_STATE and query.topics)
    kept = query if of_itself else before
    of_unit = bool(query.units) and before.intent in _LISTS
    return replace(
        kept,
        text=_counted_again(query, before),
        said=query.said,
        topics=query.topics or (() if of_unit else before.topics),
        units=query.units or before.units,
        span=query.span or before.span,
        numbers=() if query.topics else before.numbers,
        assignments=() if query.topics or query.units else before.assignments,
        documents=query.documents or before.documents,
        fact=query.fact or before.fact,
        roles=query.roles or kept.roles,
        premise=query.premise,
        sharing=query.sharing,
        leaning=bool(query.topics) and before.intent in _LISTS and not query.units,
        loose=False,
    )


def _of_the_list(text: str) -> bool:
    """其中10月底前的有哪些, 城管局的也列下: said of a list."""
    return _TOO.search(text) is not None or _OUT_OF_IT.match(text) is not None


def _counted_again(query: Query, before: Query) -> str:
    """停车位建多少个，充电桩呢: the new subject is to be counted too, in whatever it is counted."""
    counted = before.fact == "count" or before.beside == "amount"
    return f"{query.topic}多少" if counted and query.topic else query.text


def _apart(query: Query, before: Query) -> Query | None:
    """下个季度呢 and 那某局有几项 are lists of their own, of the units listed before; None for what goes on with `before`."""
    if query.topics:
        return None
    if before.intent is Intent.PROGRESS and before.span and before.topics and query.span and not query.names:
        return replace(before, text=query.text, said=query.said, span=query.span)
    if before.goal and query.span and not query.names:  # 四季度呢, behind 某事三季度的目标
        return replace(before, text=query.text, said=query.said, goal=query.span)
    if query.tempo or query.lacking:  # 每月都要做的呢, behind 每季度要做的有哪些
        of = before.documents if query.documents is None else query.documents
        return replace(query, units=query.units or before.units, roles=query.roles or before.roles, documents=of)
    if query.intent is Intent.COUNT and query.names and before.intent not in _LISTS:
        return query
    if (
        query.intent not in (Intent.DUE, Intent.COUNT)
        or query.span is None
        or before.intent in (Intent.DUE, Intent.COUNT)
    ):
        return None
    if before.intent in ITSELF and not before.units:
        return query
    kept = before if before.intent is Intent.UNIT_TASKS else replace(before, units=())
    return replace(query, units=query.units or kept.units, roles=query.roles or kept.roles)


def _hollow(query: Query) -> bool:
    """Whether nothing says what the question is about."""
    said = query.topics or query.numbers or query.units or query.span or query.lacking or query.part or query.edge
    return not (said or query.tempo or query.census or query.everything)
