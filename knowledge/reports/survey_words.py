"""盘点: how people ask for all that is in one state (哪些等审核, 退回的有哪些, 今年办结了几项), as a table."""

from __future__ import annotations

import re
from enum import StrEnum

from knowledge.patterns import regex, source_of
from knowledge.sieve import Sieve


class Survey(StrEnum):
    """What is asked for: without evidence, to be accepted, returned, to be extended, done, stuck, without any report, due soon,
    the share that is done (of each unit), longest overdue, not done, not due yet, 全年推进, what was reported in some days; and how an
    extension is asked for."""

    UNPROVED = "unproved"
    WAITING = "waiting"
    RETURNED = "returned"
    EXTENSIONS = "extensions"
    DONE = "done"
    STUCK = "stuck"
    SILENT = "silent"
    SOON = "soon"
    RATE = "rate"
    RATES = "rates"
    LONGEST = "longest"
    OPEN = "open"
    AHEAD = "ahead"
    ONGOING = "ongoing"
    EXTENDING = "extending"
    NEWS = "news"


_NOT = r"(?:没有?|未|无|缺少?|还没有?|还缺|尚未|尚无)"
_PROOF = r"(?:佐证(?:材料)?|链接|证明材料|公开链接|网址|截图|附件材料)"
_DONE = r"(?:办结|完成|办完|做完|搞定|销号|结案)"
_DAYS = r"今[天日早]|昨[天日晚]|前天|刚才|(?:上|本|这|上上)(?:一)?个?(?:周|星期|礼拜|月|季度)|最近|近期|这几天|近[几一二两三四五七十\d]+天|\d{1,2}月(?:份|\d{1,2}[日号])?"
# Read from the top: the first that fits is meant.
_ASKED: tuple[tuple[Survey, re.Pattern[str]], ...] = tuple(
    (kind, regex(body))
    for kind, body in (
        (
            Survey.EXTENDING,
            r"(?:怎么|如何|咋|怎样)(?:去|才能|样)?(?:申请|办理?|提|写|报)?延期|延期(?:的)?(?:申请)?(?:应该|该|要|得|需要)?(?:怎么|如何|找谁|谁来?|向谁|跟谁)(?:写|批|办|申请|提|说|审批)",
        ),
        (
            Survey.NEWS,
            rf"(?:{_DAYS})(?:里|内|以来|有|都|又)*(?:谁|哪(?:些|几|个)?(?:家)?(?:单位|部门|局)?|多少家?|几家?|什么|啥|单位)?(?:新)?(?:已经?|又)?(?:上?报|交|反馈)(?:了|过|的|来|上来)(?!没|吗)"
            rf"|(?:{_DAYS})(?:里|内|以来)?有(?:什么|啥|哪些|没有)?(?:新|人|单位)*(?:的)?(?:进展|报告|上?报|交)(?:的|了|过)?"
            r"|(?:我们?|我局|我委|本单位|我单位|[^\W\d]{2,8}(?:局|委|办|中心))(?:这边|都)?(?<!没)(?<!未)(?:上?报|交)过(?:了)?(?:的)?(?:有)?(?:哪(?:些|几)?|什么|啥|几|多少)|(?:有没有|有|哪些|谁)(?:是)?新(?:上?报|交)(?:的|了)|(?:有|有没有|什么|啥|哪些)新(?:的)?(?:进展|办结)",
        ),
        (
            Survey.EXTENSIONS,
            r"(?:申请|要求|提出|想)(?:了)?延期|延期(?:的)?申请(?:批|同意|答复|审批|批准)?(?:了|下来)?|(?:待批|等批)的?延期|延期(?:的)?(?:有|任务|事项|情况|报告)|(?:批准|同意)(?:了)?延期|申请(?:了)?延[长后]",
        ),
        (
            Survey.UNPROVED,
            rf"{_NOT}(?:提供|附|交|报|传|给|带|补|有|上传)*(?:上)?(?:的)?{_PROOF}|{_PROOF}(?:还|都)?(?:没有?|未|缺|不全|没交|没报|没附)",
        ),
        (
            Survey.WAITING,
            r"(?:待|等待?|未|没有?|还没|需要?|要|该)(?:我|我们|督查员|督查室|你|您|领导|办公室|被)*(?:去)?(?:审核|核定|核验|核准|审定|审|核)(?!对|实|查|算|减|心)(?:通过|认可)?(?:的|了)?"
            r"|(?:等|待)(?:我|我们|督查员)?(?:采纳|通过|认可|确认)|(?:报|交)了(?:还)?没(?:有)?(?:审核?|核定?)|(?:我们?|我局|本单位|我单位)(?:的)?(?:报告|报的)[^,]{0,4}(?:通过|核定|审核)",
        ),
        (
            Survey.RETURNED,
            r"(?:被|给)?(?:退回|打回|驳回)(?:来|去)?(?:了|过)?(?:的|要重报的|没重报的|任务|报告|事项|几|哪|多少|有|吗|$)|(?:有|哪些|谁|哪个单位)(?:被|给)?(?:退回|打回|驳回)",
        ),
        (
            Survey.LONGEST,
            r"(?:逾期|超期|拖)(?:得|的)?(?:时间)?(?:最久|最长|最多天|最厉害|最严重)|(?:最久|最长)的?(?:逾期|超期)",
        ),
        (
            Survey.STUCK,
            r"(?:有|遇到|碰到|存在|报了?|反映)(?:了|过|什么)?(?:的)?(?:困难|问题|阻力|难题)|卡住|推不动|需要协调|要协调|困难的?(?:有|任务|事项)",
        ),
        (
            Survey.SILENT,
            r"(?:还|都|至今|一直)?(?:没有?|未|毫无)(?:动静|动(?!静|产|力)|开始|启动|起步|任何进展|一点进展|报过|报告过|进展报告)|零进展|没报过进展|(?:没有?|未)进展",
        ),
        (Survey.SOON, r"黄灯|亮黄|(?:快|将|即将|马上|就要|临近)(?:要)?(?:到期|到时限|到期限)|快到(?:期|时间|日子)"),
        (
            Survey.RATES,
            rf"(?:各|哪个|哪家|每个|所有)(?:单位|部门|家)?[^,]{{0,6}}{_DONE}(?:的)?(?:率|比例|情况)|{_DONE}率(?:最低|最高|排名|靠后|靠前)[^,]{{0,8}}",
        ),
        (
            Survey.RATE,
            rf"(?:总体|整体|全部|全市|全县|整个|总的|平均)?(?:的)?{_DONE}(?:的)?(?:率|比例|占比|百分比|进度百分)|(?:总体|整体|全部)(?:完成|办结)了?(?:多少|几成|百分之几)",
        ),
        (
            Survey.OPEN,
            rf"(?:有|剩|剩下|差|余)?(?:几|多少|哪些|哪几)(?:项|个|件|条)?(?:任务|事项|工作)?(?:是)?(?:还|都|仍|至今)*(?:没有?|未)(?:被)?(?:{_DONE}|落实|弄完|办|做|交差)(?:了|的|$|\W)"
            rf"|(?:没有?|未)(?:{_DONE}|落实|弄完|办|做)的(?:任务|事项|工作)*(?:都|还)?(?:有)?(?:哪些|哪几|几|多少|什么|列|清单|$)|(?:还)?(?:剩|差)(?:下)?(?:几|多少)(?:项|个|件|条)(?:任务|没|未|\W|$)|(?:都|全部?|均)(?:已经?)?(?:{_DONE})了?(?:没有?|吗)\W*$",
        ),
        (Survey.AHEAD, r"(?:没|未|还没)到(?:期|时限|期限)(?:的)?"),
        (Survey.ONGOING, r"全年推进|长期推进"),
        (
            Survey.DONE,
            rf"(?:[本这上]个?(?:周|星期|月|季度))(?:的)?{_DONE}(?:的)?(?:情况|清单|$)|(?<![没未不要应需该得须前底内])(?:已经?|都|共|总共|一共)?(?:按期|按时|逾期)?{_DONE}(?:了|的)?(?:有|任务|事项|工作)*(?:几|多少|哪(?:些|几)?)|(?:几|多少|哪些|哪几)(?:项|个|件|条)?(?:任务|事项|工作)?(?:是)?(?:已经?|都已?经?|按期|按时|逾期)*(?<![没未不要应需该得须前底内]){_DONE}(?:了|的|$|\W)"
            rf"|(?<![没未不要应需该得须前底内])(?:已经?|按期|按时|逾期)?{_DONE}的(?:都)?有(?:哪(?:些|几)?|几|多少|什么)?",
        ),
    )
)
# 过了期限还没报完成的: what is overdue, and not all that is open.
_LATE = regex(
    r"[没未]能?(?:按[时期]|如期|准时)(?:完成|办结|交|报)|过了?(?:期限|时限|截止|时间|期)|逾期|超期|误期|到(?:点|日子)了?(?:还|都|也)?[没未]"
)
_SIEVE = Sieve([source_of(pattern) for _, pattern in _ASKED])
_ASKS = regex(
    r"最|哪|谁|几|多少|有没有|吗|么\W*$|什么|啥|名单|清单|列|情况|有\W*$|率|怎么|如何|咋|[?？]|的\W*$|任务\W*$|查|看|统计|盘点"
)
_FILLER = regex(
    r"请问|麻烦|帮我?|给我?|看看|看一?下|查一?下|查查|说说|列一?下|列出来?|统计一?下|盘点|一下|现在|目前|当前|截[至止]|到现在|到目前为止|今天|至今|总共|一共|共|都|还|已经?|有没有|有|"
    r"是不是|是|被|哪些|哪几|哪个|哪|谁|几|多少|什么|啥|单位|部门|局|任务|事项|工作|报告|进展|项目?|个|件|条|家|的|了|吗|么|呢|啊|呀|吧|名单|清单|情况|要|需要|我们?|"
    r"等|待|未|没|报了?|交|完|成|办|来|但|却|要|处理|其中|里面?|中|全部|所有|全市|全县|整体|总体|按期|按时|逾期|最|久|长|率|[一二两三四五\d]+项|比例|过|没重报|那些|这些|亮|灯|我|批|同意|各|每个|通过|剩下?|差|哪里|[\s,，。.!！?？、:：]"
)


def survey_in(text: str) -> Survey | None:
    """What state `text` (plain) asks for; None where it asks for none."""
    if not _ASKS.search(text):
        return None
    asked = (_ASKED[place] for place in _SIEVE.sift(text))
    kind = next((kind for kind, pattern in asked if pattern.search(text)), None)
    return None if kind in (Survey.OPEN, Survey.DONE, Survey.SILENT) and _LATE.search(text) else kind


def without_survey(text: str, kind: Survey) -> str:
    """What is left of `text` without the words that ask; what a document could be about stays."""
    pattern = next(pattern for one, pattern in _ASKED if one is kind)
    return _FILLER.sub("", pattern.sub(" ", text)).strip()
