"""Which intent a question has: one table of rules over the cues that it shows, read from the top.

A rule is an intent and what must hold. The order is the argument: what must never be mistaken stands first.
"""

from __future__ import annotations

from collections.abc import Callable

from knowledge.patterns import regex
from knowledge.question.beside import asks_for_duty, sees_to_it
from knowledge.question.claimed import claimed_figure, claims_day
from knowledge.question.courtesies import is_acknowledgement, is_smalltalk
from knowledge.question.cues import shows
from knowledge.question.query import Intent
from knowledge.question.signs import Signs, is_question
from knowledge.question.unitcounts import units_of_one

# Refusals that hold even where a question also shows a cue of ours (谁牵头把任务都改成完成).
HARD = ("intrusion", "order", "private", "contact", "charge")
# Refusals that hold only where nothing is asked that a register can answer.
SOFT = ("people", "name", "money", "how_to", "opinion", "writing", "world", "duty_roster", "chase")
# Who writes so wants something done for him, and reports nothing.
_BEGGED = ("writing", "opinion")
# An order begins so, whatever it asks beside.
_BIDS = regex(r"(?:请你?|麻烦你?|你|系统.{0,6}:)?(?:把|将|帮我|给我|替我|立即|马上)")
_CORRECTION = regex(
    r"(?:发|报|写|点|填|登|说|搞|弄)错|更正|撤回|(?<!是)不是(?![^,]*吗).{0,6}完成|不是第?\d{1,3}[项条号]?[^\d?？]{0,6}是第?\d{1,3}[项条号]?"
)
_MOVED = regex(r"(?:时间|日期|节点|工期)(?:要|得|需)?(?:改|推|延|调整?)(?:到|至)")
# What is told beside a time: 已按时限完成, 可能要晚几天.
_STATED = regex(
    r"已|完不成|[要会得]晚|(?<!最)晚了?[几两一三]|来不及|赶不|延[期到至后]|推迟|[未没]按[时期]|(?:完成|办结|搞定|公布|上线|完毕|办完|做完)了?\W*$|(?:逾|超)期了?[,，、。]|拖到(?:现在|今天)|(?:要|会|得|恐怕|预计|估计)拖(?!多)|卡(?:壳|住|在|脖)|待定|暂缓|截[至止][^,，?？]{0,10}(?:\d+[^\W\d月日号年]|[,，].*\d)|序时进度|还(?:有|剩)\d|(?<!有)没(?:钱|批|到位|落实|兑|拨)|(?:时间|日期|节点|工期)(?:要|得|需)?(?:改|推|延|调整?)(?:到|至)"
)

# Words without one of which nothing is handed in.
_HANDS = regex(r"[报送交]|反馈")
HANDED_TO = regex(
    r"(?:上报|报送|提交|报|送|交|反馈)(?:给|到|至|往)[^,，谁哪\W]{1,8}(?:的)?哪(?:个|一个|家)?(?:科室|处室|科|处|股|部门|办公室|人)(?!.{0,4}(?:牵头|负责|管))"
    r"|(?:上报|报送|提交|报|送|交|反馈)(?:给|到|至|往)?(?:谁|哪(?![几些一]?(?:项|条|件|个任务))(?:里|儿|个(?:单位|部门|局|科室)|家(?:单位)?|去)?)(?!.{0,4}(?:牵头|负责|管))"
)


def hands_in(text: str) -> bool:
    """Whether it asks to whom something is to be handed in (报给谁)."""
    return _HANDS.search(text) is not None and HANDED_TO.search(text) is not None


def refusal_of(signs: Signs) -> str | None:
    """The slug of what the documents cannot say, None where they may."""
    hard = next((name for name in HARD if name in signs.cues), None)
    if hard and not _meant_otherwise(hard, signs):
        return hard
    if "new_edition" in signs.cues and signs.any("document") and signs.document and not signs.number:
        return "new_edition"
    if _asks_duty(signs) or signs.any("documents_list", "number_asked") or signs.number:
        return None
    soft = next((name for name in SOFT if name in signs.cues), None)
    if soft == "writing" and signs.span and signs.any("summary"):
        return None
    if soft == "name" and _THING_NAMED.search(signs.text):
        return None
    if soft == "people" and (signs.unit or signs.any("when", "premise") or hands_in(signs.text)):
        return None
    return None if soft == "how_to" and signs.any("help") else soft


# 那档节目叫什么名字, “一个中心”到底叫啥: no person's name.
_THING_NAMED = regex(
    r"(?:中心|节目|办法|平台|系统|制度|文件|方案|专栏|栏目|网站|机制|公众号|热线|活动|工程|行动|计划|模式|品牌|口号|应用|程序|软件|小程序|app|机构|组织|单位|部门|驿站|窗口)[”“\"]?(?:到底|究竟|分别|都|具体|全称|各)*(?:是)?叫"
)


def _meant_otherwise(hard: str, signs: Signs) -> bool:
    """Whether such words only name a matter (删除个人信息归谁管, 咨询电话谁公布) or take back a report."""
    if hard == "order":
        asked = is_question(signs.text) and _asks_duty(signs) and not _BIDS.match(signs.text)
        return (
            asked
            or _CORRECTION.search(signs.text) is not None
            or (signs.liaison and _MOVED.search(signs.text) is not None)
        )
    if hard == "charge":
        return signs.unit or signs.part
    if hard == "private":
        return signs.any("lead", "duty_word", "cooperating") or _DUTY_ASKED.search(signs.text) is not None
    return hard == "contact" and (_asks_duty(signs) or (signs.liaison and _told(signs)))


def _asks_duty(signs: Signs) -> bool:
    """Whether it asks who has a duty, or until when."""
    if not signs.asks:
        return False
    return signs.any("lead", "duty_word", "cooperating", "limit") or (signs.any("who") and asks_for_duty(signs.text))


# 过了期还没办的: a list is wanted, nothing is told.
_LATE_ONES = regex(
    r"^\W*(?:那些|哪些|有)?(?:过了?期|逾期|超期|到期|过了(?:期限|时限))(?:了|还|却|都|仍){0,2}(?:没|未)\w{0,3}的\W*$"
)


# 6月底前要整改完的: a list is wanted.
_TO_BE_DONE = regex(r"(?:要|得|应该?|须|需要?|必须)[^,，、]{0,8}(?:完|完成|交|报|办结|到位)的(?:任务|事项)?\W*$")


def _told(signs: Signs) -> bool:
    """A report of progress, or its correction: told, not asked. Who reports for a unit tells it in more words."""
    if _LATE_ONES.search(signs.text) or claims_day(signs.text) or _TO_BE_DONE.search(signs.text):
        return False
    if _CORRECTION.search(signs.text) is not None or (signs.any("status_told") and not signs.asks):
        return not (_asks_duty(signs) or (signs.any("who") and sees_to_it(signs.text)))  # 网站写错字，谁来盯
    asked = is_question(signs.text) or signs.any("who", "which_ones")
    asked = asked or (signs.any("when", "limit", "overdue") and _STATED.search(signs.text) is None)
    if not signs.liaison or asked:
        return False
    from knowledge.reports import is_told

    return is_told(signs.text)


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
_DUTY_ASKED = regex(
    r"(?:谁|哪个?(?:单位|部门|局|家))(?:来|在)?(?:牵头|负责|管|抓|盯|主责|承办|落实)|责任单位|(?:归|由)(?:谁|哪)|(?:是|算|属于?)(?:谁|哪(?:个|一?家)?\w{0,4}?)的(?:活儿?|事儿?|任务|职责|差事)\W*$"
)


def _overdue(signs: Signs) -> bool:
    """What is overdue; a subject that merely holds such a word (拖欠账款) is asked about in other ways."""
    from knowledge.reports.progress_words import asks_late

    if not (signs.any("overdue") or asks_late(signs.text)) or signs.any("lead"):
        return False
    if not signs.bare and _DUTY_ASKED.search(signs.text):
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


# 是同一家吗, of what was told.
_SAME = regex(r"(?:是|由|归)同一?(?:家|个(?:单位|部门|局))")
Rule = tuple[Intent, Callable[[Signs], bool]]

RULES: tuple[Rule, ...] = (
    (Intent.UNANSWERABLE, lambda s: refusal_of(s) in HARD),
    (Intent.ACK, lambda s: is_acknowledgement(s.text, s.reminded)),
    (Intent.SMALLTALK, lambda s: is_smalltalk(s.text)),
    (Intent.HELP, lambda s: s.any("help") and not s.number and not s.unit and not s.any("lead", "who")),
    (Intent.REPORT, lambda s: s.liaison and _told(s) and not s.any("documents_list", *_BEGGED)),
    (Intent.UNANSWERABLE, lambda s: refusal_of(s) is not None),
    (Intent.REPORT, lambda s: _told(s) and not s.any("count", "documents_list")),
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
    (Intent.COUNT, lambda s: s.any("count") and not s.any("which_ones", "when") and not s.number),
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
