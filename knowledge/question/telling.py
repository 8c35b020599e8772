"""Whether a message tells something or asks: a report of progress, its correction, or a question who has a duty."""

from __future__ import annotations

from knowledge.patterns import regex
from knowledge.question.beside import asks_for_duty, sees_to_it
from knowledge.question.claimed import claims_day
from knowledge.question.signs import Signs, is_question

# What takes back a report.
CORRECTION = regex(
    r"(?:发|报|写|点|填|登|说|搞|弄)错|更正|撤回|(?<!是)不是(?![^,]*吗).{0,6}完成|不是第?\d{1,3}[项条号]?[^\d?？]{0,6}是第?\d{1,3}[项条号]?"
)
# It asks who has a duty, in so many words.
DUTY_ASKED = regex(
    r"(?:谁|哪个?(?:单位|部门|局|家))(?:来|在)?(?:牵头|负责|管|抓|盯|主责|承办|落实)|责任单位|(?:归|由)(?:谁|哪)|(?:是|算|属于?)(?:谁|哪(?:个|一?家)?\w{0,4}?)的(?:活儿?|事儿?|任务|职责|差事)\W*$"
)
# What is told beside a time: 已按时限完成, 可能要晚几天.
_STATED = regex(
    r"已|完不成|[要会得]晚|(?<!最)晚了?[几两一三]|来不及|赶不|延[期到至后]|推迟|[未没]按[时期]|(?:完成|办结|搞定|公布|上线|完毕|办完|做完)了?\W*$|(?:逾|超)期了?[,，、。]|拖到(?:现在|今天)|(?:要|会|得|恐怕|预计|估计)拖(?!多)|卡(?:壳|住|在|脖)|待定|暂缓|截[至止][^,，?？]{0,10}(?:\d+[^\W\d月日号年]|[,，].*\d)|序时进度|还(?:有|剩)\d|(?<!有)没(?:钱|批|到位|落实|兑|拨)|(?:时间|日期|节点|工期)(?:要|得|需)?(?:改|推|延|调整?)(?:到|至)"
)
# 过了期还没办的: a list is wanted, nothing is told.
_LATE_ONES = regex(
    r"^\W*(?:那些|哪些|有)?(?:过了?期|逾期|超期|到期|过了(?:期限|时限))(?:了|还|却|都|仍){0,2}(?:没|未)\w{0,3}的\W*$"
)
# 6月底前要整改完的: a list is wanted.
_TO_BE_DONE = regex(r"(?:要|得|应该?|须|需要?|必须)[^,，、]{0,8}(?:完|完成|交|报|办结|到位)的(?:任务|事项)?\W*$")


def asks_duty(signs: Signs) -> bool:
    """Whether it asks who has a duty, or until when."""
    if not signs.asks:
        return False
    return signs.any("lead", "duty_word", "cooperating", "limit") or (signs.any("who") and asks_for_duty(signs.text))


def told(signs: Signs) -> bool:
    """A report of progress, or its correction: told, not asked. Who reports for a unit tells it in more words."""
    if _LATE_ONES.search(signs.text) or claims_day(signs.text) or _TO_BE_DONE.search(signs.text):
        return False
    if CORRECTION.search(signs.text) is not None or (signs.any("status_told") and not signs.asks):
        return not (asks_duty(signs) or (signs.any("who") and sees_to_it(signs.text)))  # 网站写错字，谁来盯
    asked = is_question(signs.text) or signs.any("who", "which_ones")
    asked = asked or (signs.any("when", "limit", "overdue") and _STATED.search(signs.text) is None)
    if not signs.liaison or asked:
        return False
    from knowledge.reports import is_told

    return is_told(signs.text)
