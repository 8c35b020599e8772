"""Kind words and help: what the bot says about itself."""

from __future__ import annotations

import re
from datetime import timedelta
from math import ceil

# The first pattern that is found answers; each answer stays under eighty characters.
KIND: tuple[tuple[str, str], ...] = (
    (
        r"没(?:有)?(?:什么|啥|半点|一点)?用|用(?:处)?(?:都|也)?没|不好用|难用|不[顶中]用|笨|蠢|差劲|垃圾|答非所问|[瞎乱胡]说|乱[答讲]|听不懂|[答说讲]得?(?:不|啥|什么)|滚|傻",
        "抱歉，没帮上您的忙。请换个说法再问，或说出第几项、哪个单位，我照文件再查一遍。",
    ),
    (r"谢|辛苦|麻烦", "不客气，随时叫我。"),
    (
        r"真人|机器人|人工智能|ai|你是谁|你叫|你姓|你是什么|你是啥",
        "我是牵头小助手，是个机器人，帮大家查任务分工、完成时限和进展。",
    ),
    (r"更多|其余|继续|下一页|后面的|剩(?:下|余)|余下|接着|还有呢|往下", "没有更多了。要查别的，直接问我就行。"),
    (r"再见|拜拜|回见|下班|收工|晚安|明天见|回聊|bye", "再见，辛苦了。"),
    (
        r"早|上午好|你好|您好|中午好|下午好|晚上好|在吗|在不在|hello|hi|哈喽|嗨|大家好",
        "您好，我在。要查任务分工或完成时限，直接问我就行。",
    ),
    (r"愉快|快乐|恭喜|如意|吉祥|平安|顺利|健康|morning", "谢谢，也祝您愉快。"),
    (r"打扰|添麻烦|客气", "不客气，随时叫我。"),
    (r"棒|厉害|赞|优秀|给力|牛|聪明|不错|666|真快|好用|强|加油", "谢谢夸奖，我会继续努力。"),
    (r"笑话|唱歌|聊天|几岁|多大|吃", "这个我不在行，我只会查任务分工、时限和进展。"),
    (r"等|开会|在忙|路上|出差|先走|先撤|发错|忽略|想想|看看|这样", "好的，有需要随时叫我。"),
    (r"没事|不用|不必|没关系|知道|明白|了解|懂|好|行|可以|嗯|ok|收到|已阅|同意|支持", "好的，有需要随时叫我。"),
)
STUMBLED = "这句话我处理时出了错，没有登记任何内容，已记入日志。请换个说法再试，或告诉管理员。"
KIND_ELSE = "我在，有任务分工或时限的问题可以问我。"

HELP = (
    "我按已导入的文件回答，可以这样问：\n"
    "1. 谁牵头：“扶贫信息谁牵头”；责任单位：“某项工作责任单位有哪些”\n"
    "2. 时限：“某某专栏什么时候完成”“7月底前到期的有哪些”\n"
    "3. 本单位任务：“财政局牵头的任务有哪些”“第12项是什么”\n"
    "4. 报进展：“第91项已完成，链接http://…”；收到提醒请回“收到”\n"
    "5. 查进展：“第12项做完没”“有哪些逾期”“本周汇总”"
)
HELP_REVIEW = (
    "\n6. 核对存疑：“核对”，逐处来问，回复序号就行"
    "\n7. 答复延期：“同意 K7M”“不同意 K7M，理由……”；静默：“本群静默3天”“静默情况”"
    "\n8. 人员和群：“邀请 市财政局 王芳 联络员”“交接 市财政局 王芳 → 李强”“待确认绑定”；在群里：“绑定本群 市财政局”"
    "\n9. 汇总和公文：“月报”“上月情况”“发我周报文件”“出一份上月的通报”“导出台账”"
)
HELP_STRANGER = (
    "\n您还没有登记，只能提问。要回“收到”、报进展，请向管理员要一个绑定码，在与我的私聊里发“绑定”加上这个码。"
)
HELP_REPORT = (
    "报进展这样说，我就登记：\n"
    "“第91项已完成，链接http://…”\n"
    "“第91项完成80%”，“第91项还没完，下周能出”\n"
    "“第91项延期到9月15日，原因……”，“省级意见7月20日已印发”\n"
    "按期办的工作请带上期别：“6月份统计数据已公布”。\n"
    "说错了可以更正：“刚才发错了，第91项还没完”。"
)


def kind_word(text: str) -> str:
    """A brief answer to a greeting, thanks or praise."""
    return next((answer for pattern, answer in KIND if re.search(pattern, text)), KIND_ELSE)


def slower(wait: timedelta) -> str:
    """Asks somebody who writes too fast to wait, and says that this message led to nothing."""
    return f"您发得有点快，这一条我没有处理，也没有登记。请过{max(1, ceil(wait.total_seconds()))}秒再发，谢谢。"


def unwritten(why: Exception) -> str:
    """What the sender hears when what they said could not be written down; `why` is a sentence with the next step."""
    return f"这句话没有记下来，请稍后再发一遍。原因：{why}"
