"""Which intent a question has: one table of rules over the cues that it shows, read from the top.

A rule is an intent and what must hold. The order is the argument: what must never be mistaken stands first.
"""

from __future__ import annotations

from collections.abc import Callable

from knowledge.patterns import regex
from knowledge.question.beside import sees_to_it
from knowledge.question.claimed import claimed_figure, claims_day
from knowledge.question.courtesies import is_acknowledgement, is_smalltalk
from knowledge.question.cues import shows
from knowledge.question.query import Intent
from knowledge.question.refusals import HARD, hands_in, refusal_of
from knowledge.question.signs import Signs
from knowledge.question.telling import DUTY_ASKED, told
from knowledge.question.unitcounts import units_of_one

# Who writes so wants something done for him, and reports nothing.
_BEGGED = ("writing", "opinion")
# 谁发, of the grants that were just talked of.
_WHO_HANDS_OUT = regex(r"(?:那|都|是|由|归)*(?:谁|哪个?(?:单位|部门|局))(?:来|给|负责)?[发出]的?[呢啊]?\W*")


def _document_asked(signs: Signs) -> bool:
    if signs.any("documents_list", "number_asked"):
        of_unit = signs.unit and signs.chores and not signs.any("number_asked")  # 红十字会在几个文件里有任务
        return not (signs.any("lead", "duty_word") or of_unit)
    if signs.pointing and _WHO_HANDS_OUT.fullmatch(signs.text):
        return False
    about = signs.any("issue_asked", "basis_asked", "issuer_asked")
    return about and signs.document and not signs.unit and not signs.number


# 油烟那个到期没: of one matter, and no list.
_OF_ONE = regex(r"(?:那|这)(?:个|项|条|件)(?!单位|部门|局|月|季|星期)|过没过|过了(?:没|吗|吧)")
_LATE_WHO = regex(r"谁(?:家)?(?:还|都|又|在|仍)*(?:拖|逾|超|欠|没按|误)|拖着[没未不]")


def _overdue(signs: Signs) -> bool:
    """What is overdue; a subject that merely holds such a word (拖欠账款) is asked about in other ways."""
    from knowledge.reports.progress_words import asks_late

    if not (signs.any("overdue") or asks_late(signs.text)) or signs.any("lead"):
        return False
    if not signs.bare and DUTY_ASKED.search(signs.text):
        return False
    if (signs.pointing or not signs.bare) and _OF_ONE.search(signs.text):
        return False
    if _LATE_WHO.search(signs.text):
        return True
    return signs.bare or signs.unit or signs.span or signs.any("list", "which_ones") or not signs.any("who", "when")


def _day_claimed(signs: Signs) -> bool:
    """某事是11月底完成对吧: of one matter, and of no list."""
    if not signs.span or signs.chores or signs.any("lead", "who", "which_ones", "count", "duty_word"):
        return False
    if signs.any("list") and shows("list", signs.text.replace("清单", "")):  # 权责清单 is a matter
        return False
    return claims_day(signs.text) and (signs.number or signs.pointing or not signs.bare)


# 什么时候办结的: of what has been, and no deadline.
_BEEN = regex(r"(?:上报|报|办结|办完|做完|核定|退回|完成)的(?:呀|啊|呢)?\W*$")


# 安排在哪家医院做吗: where, and not how far.
_WHERE_DONE = regex(
    r"(?:在|去|到|上|选在|定在|安排在)哪(?:一?家|个|所|里|儿)[^,，]{0,6}(?:做|办|弄|搞|开|建|治|查)(?:的|吗|呢|呀)?(?:\W|$)"
)
# 财政局的情况: how far it is with all that it holds.
_SITUATION = regex(r"(?:的|现在|目前|最近|整体|总体|最新)(?:的)?情况(?:怎么?样|如何|咋样)?\W*$")


# 收没收上，这些谁往外说: the last clause asks for somebody who does what was said before.
_WHO_AT_LAST = regex(
    r"[,，](?:这些?|这事|这块|都|又|是|由|该|归|会同的?|配合的?)*(?:谁|哪[些几个]{0,2}(?:单位|部门|家|局))(?:来|去|给|管)?[^,，没未还不]{0,5}(?<![了过])\W*$"
)
_STATE_ASKED = regex(
    r"进[度展]|(?:怎么?样|咋样|如何)了|(?:办|做|推进|进行)到哪|什么程度|(?:没有?|未)(?:上?报|交|完成|办|反馈)|[拖逾]"
)


def _progress(signs: Signs) -> bool:
    if _WHO_AT_LAST.search(signs.text) and not (signs.unit or signs.number or _STATE_ASKED.search(signs.text)):
        return False
    if _WHERE_DONE.search(signs.text):
        return False
    if signs.any("unit_claimed") or claimed_figure(signs.text) is not None or "同一" in signs.text:
        return False
    asks_state = signs.unit and _HOW_FAR.search(signs.text) is not None  # 发改局牵头的现在什么状态
    if (signs.any("lead") and not asks_state) or signs.any("documents_list"):
        return False
    if signs.any("when") and _BEEN.search(signs.text) is None:
        return False
    if signs.chores and not signs.any("status_told"):
        return _open_chores(signs.text)
    import knowledge.reports.progress_words as words

    tables = (words.asks_progress, words.asks_open, words.asks_tally, words.asks_receipts)
    asked = signs.any("status_asked") or any(asks(signs.text) for asks in tables)
    late = signs.any("overdue") or words.asks_late(signs.text)
    asked = asked or (late and _OF_ONE.search(signs.text) is not None)
    asked = asked or ((signs.pointing or signs.span) and words.asks_feasible(signs.text))
    asked = asked or (signs.unit and signs.bare and not signs.span and _SITUATION.search(signs.text) is not None)
    return asked and (signs.number or not signs.any("summary", "ranking"))


# 住建局的几项都怎么样了
_HOW_FAR = regex(
    r"(?:什么|啥)(?:状态|情况|进[度展])|卡在哪|(?:怎么?样|咋样|如何)了|进[展度]\W*$|(?:办|做|推进|进行)到哪"
)


def _open_chores(text: str) -> bool:
    """Of all that a unit has to do: what is not done, how much is reported."""
    import knowledge.reports.progress_words as words

    return _HOW_FAR.search(text) is not None or any(
        asks(text) for asks in (words.asks_open, words.asks_tally, words.asks_receipts)
    )


# 和上个月比有啥变化
_AGAINST = regex(
    r"[比跟和与同较]上(?:个|一)?(?:周|星期|月|季度|次|期)(?:相?比)?(?:起来)?(?:怎|咋|如何|好|差|进步|有(?:什么|啥|哪些)?(?:变化|进步|不同|改观))"
)


def _summary(signs: Signs) -> bool:
    if _AGAINST.search(signs.text) and not signs.number and not signs.any("lead", "duty_word"):
        return True
    if signs.any("ranking"):
        return not signs.number and not signs.any("lead", "duty_word", "when")
    asked = signs.any("lead", "who", "when", "detail", "duty_word", "premise", "unit_claimed")
    if signs.any("when", "limit"):
        return False
    return signs.any("summary") and (not asked or (signs.bare and not signs.unit and not signs.number))


_LISTED_WHO = regex(
    r"(?:有|是)(?:谁|哪[几些]?[家个]?)(?:单位|部门)?的?\W*$|哪[几些]个?\W*$|都有谁|谁的\W*$|哪(?:一|几)?[件项条个]"
)


def _trouble(signs: Signs) -> bool:
    """升降机到期没人验，找谁: asked who sees to it, whatever the trouble sounds like."""
    if signs.bare or signs.unit or signs.number or signs.pointing or not signs.any("who"):
        return False
    other = ("lead", "when", "limit", "duty_word", "cooperating", "excluding", "premise", "list", "which_ones")
    return not signs.any(*other) and sees_to_it(signs.text)


# …的, …的任务: which ones these are.
_THOSE = regex(
    r"的(?:任务|事项|工作|提案|建议|项目|那些|件|几[项件])?(?:呢|有没有|有吗|有么)?\W*$|那(?:一|几|[两三])?(?:项|条|个|件)(?:是|归|由|都)?(?:谁|哪)"
)


# 11月要完成的任务有几个，哪几个: the last asks which ones, and for nobody.
_WHICH_OF_ALL = regex(
    r"(?:任务|事项|工作|项目|要求)\w{0,4}[,，]?\s*(?:都|分别)?(?:有|是)?哪(?:几|些)个?\W*$|(?:几|多少)[个项件条][,，]\s*(?:都|分别)?(?:有|是)?哪(?:几|些)个?\W*$"
)


# 6月份有哪些时间节点
_NODES = regex(r"(?:哪些|哪几个|几个|什么|啥)(?:重要|关键|要紧)?的?(?:时间)?节点")


def _due(signs: Signs) -> bool:
    """What falls due in a window; a subject beside it only narrows the list."""
    of_one = not (signs.bare or signs.unit or signs.any("due", "which_ones")) and _OF_ONE.search(signs.text)
    if not signs.span or signs.number or of_one or signs.any("summary"):  # 5月给残疾人过节那条都要干什么
        return False
    if signs.any("premise") and signs.unit and not (signs.bare or signs.chores or signs.any("list", "which_ones")):
        return False  # 某事是A和B负责，8月底完成对吧
    if signs.chores and not signs.any("who", "when"):  # 财政局牵头的一季度任务
        return True
    if signs.bare and _NODES.search(signs.text):
        return True
    if signs.any("when", "lead") or (
        signs.any("who") and not _WHICH_OF_ALL.search(signs.text)
    ):  # 9月份到期的有谁的, 年底前完成的是哪几个 are lists too
        if not signs.bare or signs.any("limit"):
            return False
        listed = signs.any("due") and _LISTED_WHO.search(signs.text) is not None
        return listed or not (signs.pointing or signs.any("when") or signs.unit)  # 9月28号到期的谁牵头
    return signs.bare or signs.unit or signs.any("list", "which_ones", "due")


def _of_unit(signs: Signs) -> bool:
    if signs.number or signs.any("when", "limit") or (signs.any("excluding") and signs.any("who")):
        return False
    return signs.unit and signs.bare and signs.any("list", "which_ones", "chores", "lead", "responsible", "cooperating")


def _of_part(signs: Signs) -> bool:
    """生态环境部分有哪几条: all that stands under a heading."""
    if not signs.part or signs.unit or signs.number or not signs.bare:
        return False
    counted = signs.any("count") and not signs.any("which_ones")
    return not counted and not signs.any("lead", "who", "when", "limit", "duty_word", "cooperating")


# 主责单位几号报进度: whoever has the role is told when, and not asked for.
_BY_ROLE = regex(
    r"(?:我们|咱们|我)?(?:各个?|所有)?(?:牵头|主责|承办|责任|配合|协办|主办|落实|参与|参加)(?:单位|部门|科室)(?!是|有|谁|哪(?!一?天|个?月|年)|分别|都是|为)"
)
# 今天热死了, 已经过了啊: told in passing, and nothing is asked.
_REMARK = regex(r"了(?:啊|呀|哦|噢|哈)*\W*$")


def _remarked(signs: Signs) -> bool:
    named = signs.number or signs.unit or signs.part or signs.any("detail", "count", "status_told")
    return not (signs.asks or named) and _REMARK.search(signs.text) is not None


# 救灾物资备几类、总共多少件: so many things of one matter, and no number of assignments.
_SO_MANY = regex(r"(?:几|多少)(?:种|类|件|套|台|批|个(?=[^\W任事工单部月方季星举要]))(?!任务|事项|工作|事)")


def _things(signs: Signs) -> bool:
    return not (signs.bare or signs.unit or signs.chores or signs.span) and _SO_MANY.search(signs.text) is not None


# 是同一家吗, of what was told.
_SAME = regex(r"(?:是|由|归)同一?(?:家|个(?:单位|部门|局))")
Rule = tuple[Intent, Callable[[Signs], bool]]

RULES: tuple[Rule, ...] = (
    (Intent.UNANSWERABLE, lambda s: refusal_of(s) in HARD),
    (Intent.ACK, lambda s: is_acknowledgement(s.text, s.reminded)),
    (Intent.SMALLTALK, lambda s: is_smalltalk(s.text)),
    (Intent.HELP, lambda s: s.any("help") and not s.number and not s.unit and not s.any("lead", "who")),
    (Intent.REPORT, lambda s: s.liaison and told(s) and not s.any("documents_list", *_BEGGED)),
    (Intent.UNANSWERABLE, lambda s: refusal_of(s) is not None),
    (Intent.REPORT, lambda s: told(s) and not s.any("count", "documents_list")),
    (Intent.LEAD, _trouble),
    (Intent.COUNT, lambda s: s.census and s.bare and not s.number),
    (Intent.DUE, lambda s: s.edge and s.bare and not s.number),
    (Intent.COUNT, lambda s: s.tempo and s.bare and s.any("count") and not s.any("which_ones")),
    (Intent.UNIT_TASKS, lambda s: s.tempo and s.bare and not s.number),
    (
        Intent.UNIT_TASKS,
        lambda s: s.everything and s.bare and not (s.unit or s.span or s.number or s.any("count", "lacking")),
    ),
    (Intent.DETAIL, lambda s: hands_in(s.text) and not s.number and not s.any("lead", "overdue")),
    (Intent.DEADLINE, _day_claimed),
    (Intent.OVERDUE, _overdue),
    (Intent.PROGRESS, _progress),
    (Intent.SUMMARY, _summary),
    (Intent.DOCUMENTS, _document_asked),
    (Intent.LEAD, lambda s: s.any("count", "lead") and not (s.bare or s.unit or s.any("when")) and sees_to_it(s.text)),
    (Intent.LEAD, lambda s: s.any("lead") and units_of_one(s)),
    (Intent.RESPONSIBLE, units_of_one),
    (Intent.COUNT, lambda s: s.any("count") and not s.any("which_ones", "when") and not s.number and not _things(s)),
    (
        Intent.COUNT,
        lambda s: (
            s.any("lacking")
            and s.bare
            and (s.any("list", "which_ones") or _LISTED_WHO.search(s.text) or _THOSE.search(s.text)) is not None
            and not s.number
        ),
    ),
    (Intent.DUE, _due),
    (Intent.UNIT_TASKS, lambda s: (s.chores and not s.number) or _of_unit(s) or _of_part(s)),
    (Intent.DEADLINE, lambda s: s.any("when", "limit") and not s.any("lead", "who", "duty_word", "cooperating")),
    (Intent.DEADLINE, lambda s: s.any("when") and _BY_ROLE.match(s.text) is not None),
    (
        Intent.DEADLINE,
        lambda s: s.unit and s.bare and s.any("when", "limit") and not s.any("who", "premise", "excluding"),
    ),
    (Intent.LEAD, lambda s: s.any("lead")),
    (Intent.RESPONSIBLE, lambda s: s.any("premise") and s.unit and s.any("responsible")),
    (Intent.RESPONSIBLE, lambda s: s.any("duty_word", "cooperating", "excluding", "yes_no_duty", "sharing")),
    (
        Intent.LEAD,
        lambda s: s.any("who", "unit_claimed") or ((s.pointing or not s.bare) and _SAME.search(s.text) is not None),
    ),
    (Intent.DEADLINE, lambda s: s.any("when", "limit")),
    (Intent.UNIT_TASKS, lambda s: s.unit and s.bare),
    (Intent.SMALLTALK, _remarked),
    (Intent.DETAIL, lambda s: s.number or not s.bare),
    (Intent.UNIT_TASKS, lambda s: s.any("chores", "list") and not s.pointing),
    (Intent.DETAIL, lambda s: s.pointing),
)


def intent_of(signs: Signs) -> Intent:
    """The intent of the first rule that holds, UNANSWERABLE when none does."""
    return next((intent for intent, holds in RULES if holds(signs)), Intent.UNANSWERABLE)


# What is asked about an assignment, in the order in which it is answered.
_ASPECTS: tuple[Rule, ...] = (
    (Intent.LEAD, lambda s: s.any("lead")),
    (Intent.RESPONSIBLE, lambda s: s.any("duty_word", "cooperating", "yes_no_duty", "excluding")),
    (Intent.DEADLINE, lambda s: s.any("when", "limit")),
    (Intent.DETAIL, lambda s: s.any("detail") and not s.any("lead", "duty_word", "who", "when")),
)


def aspects_of(signs: Signs, intent: Intent) -> tuple[Intent, ...]:
    """What a question about an assignment wants to know; `intent` first, 谁牵头什么时候完成 asks two things."""
    if intent not in (Intent.LEAD, Intent.RESPONSIBLE, Intent.DEADLINE, Intent.DETAIL):
        return ()
    found = tuple(aspect for aspect, holds in _ASPECTS if holds(signs))
    return tuple(dict.fromkeys((intent, *found)))
