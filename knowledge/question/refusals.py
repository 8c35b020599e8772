"""What the documents cannot say, and when such words are meant otherwise."""

from __future__ import annotations

from knowledge.patterns import regex
from knowledge.question.signs import Signs, is_question
from knowledge.question.telling import CORRECTION, DUTY_ASKED, asks_duty, told

# Refusals that hold even where a question also shows a cue of ours (谁牵头把任务都改成完成).
HARD = ("intrusion", "order", "private", "contact", "charge")
# Refusals that hold only where nothing is asked that a register can answer.
SOFT = ("people", "name", "money", "how_to", "opinion", "writing", "world", "duty_roster", "chase")
# An order begins so, whatever it asks beside.
_BIDS = regex(r"(?:请你?|麻烦你?|你|系统.{0,6}:)?(?:把|将|帮我|给我|替我|立即|马上)")
# Who moves a day reports it.
_MOVED = regex(
    r"(?:延|推|拖|宽限?)到(?:\d|年底|月底|下个?月|明年)|(?:时间|日期|节点|工期)(?:要|得|需)?(?:改|推|延|调整?)(?:到|至)"
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
    if asks_duty(signs) or signs.any("documents_list", "number_asked") or signs.number:
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
        asked = is_question(signs.text) and asks_duty(signs) and not _BIDS.match(signs.text)
        return (
            asked
            or CORRECTION.search(signs.text) is not None
            or (signs.liaison and _MOVED.search(signs.text) is not None)
        )
    if hard == "charge":
        return signs.unit or signs.part
    if hard == "private":
        return signs.any("lead", "duty_word", "cooperating") or DUTY_ASKED.search(signs.text) is not None
    return hard == "contact" and (asks_duty(signs) or (signs.liaison and told(signs)))
