"""What stands around a question in a chat and is no part of it: 不好意思啊，第三个谁牵头，急用[抱拳] asks 第三个谁牵头.

Only what is said to people is taken away, and only from what goes on asking: 谢谢 alone and 好的，辛苦了 are answers of their own.
"""

from __future__ import annotations

from knowledge.normal import simplified
from knowledge.patterns import regex

_PAUSE = r"[,，、。.!！~～?？:：;；…\s]"
_FACE = r"(?:\[[^\[\]\s\d]{1,4}\]|[\u2600-\u27bf\u2b50\ufe0f\U0001f300-\U0001faff])"
_PEOPLE = r"(?:各位|诸位|大家|同志们?|老师们?|领导们?|大佬们?|同事们?|亲们?|群里|您|你|伙伴们|小伙伴们|大神们?)"
_ASKING = r"(?:问|请教|咨询|打听|求问|求教)(?:一?[下句嘴声]|个事儿?|个问题|您|大家|各位)"
# Words to people before a question: with a pause behind them, or those that can lead on to nothing else.
_CALLS = (
    rf"(?:哈喽|哈啰|嗨|喂|诶|欸|哎|呃|嗯|那个|对了|话说|在吗|在不在|有人吗|有人在吗|群里有人[吗不]|@?(?:小牵|小助手|助手|机器人|牵头(?:助手|机器人)?)|早|早啊|早呀|{_PEOPLE}*(?:早上|上午|中午|下午|晚上)?好(?:啊|呀)?|{_PEOPLE}+|急+"
    r"|(?:好(?:的|嘞|吧|咧|滴|哒)?|行(?:吧|的)?|嗯+|[噢喔哦]+|啊|这样(?:啊|子|呀)?|是这样(?:啊|呀)?|原来(?:如此|是这样|这样)(?:啊|呀)?|(?:明白|知道|了解|晓得|清楚|懂)(?:了|啦)?|没问题)+"
    rf"|不好意思(?:啊|哈|了)?|抱歉(?:啊|哈)?|打[扰搅](?:一下|下|了|大家|各位)*|冒昧(?:了)?|请问(?:一下|下)?|(?:我|再|还|也|就|顺便|顺带|冒昧|弱弱地?|弱弱的|麻烦|想|来|先|跟您|跟大家|向您|向大家)*{_ASKING}|又来(?:麻烦|打扰)(?:大家|各位|您)?了)"
)
_LEADS_ON = r"(?:请问(?:一下|下)?|(?:我|再|还|顺便|冒昧|弱弱地?|弱弱的|麻烦|想|来|跟您|跟大家)*(?:问|请教|咨询)一?[下句嘴](?!子)|(?:麻烦|请|能不能|能)?(?:您|你)?(?:帮我|帮忙|帮)(?:查|看)(?:查|看|一下|下)?(?=[^\W]{2}))"
_BEFORE = regex(rf"^{_PAUSE}*(?:(?:{_CALLS}{_FACE}*{_PAUSE}+|{_LEADS_ON}{_PAUSE}*)(?=[^\W]{{2}}))+")
# And behind it, always behind a pause; a face needs none.
_THANKS = (
    rf"(?:谢谢?|多谢|感谢|万分感谢|有劳|劳驾|麻烦|辛苦|拜托)(?:{_PEOPLE}|了|啦|哈|啊)*|(?:在线|坐)等|[^\W谁哪几吗呢么]{{2,10}}(?:想|要|等着|准备)(?:组团|组织)?(?:去看|去参观|来看|去现场|参观|开会用?|调研|报名)|(?:很|挺|比较|有点|十万火)?急(?:用|需|等|的|啊|了|求|急)*|(?:急着|等着|马上|现在|今天|这会儿)(?:用|要|要用|上报|汇报)|(?:烦请|请|盼|望)(?:告知|回复|复)|盼复"
    rf"|(?:麻烦)?帮(?:我|忙)?(?:看|查)(?:看|查|一?下|一眼)?|有(?:人|谁|没有人)(?:知道|清楚|晓得)(?:吗|不|么)|谁(?:知道|清楚)(?:吗|不|么)?|{_PEOPLE}?(?:有知道的|谁晓得)(?:吗|么)?"
    rf"|(?:领导|主任|局长|书记|上面|上头|科长|处长)(?:们)?(?:又|在|急着|等着|马上)*(?:催|催了|要|问|问了|要用|要看|等着)(?:呢|了)?|(?:写|报|做|开|填|汇报|材料|报告|讲话|发言|考核|调度|排表|台账)[^,，谁哪几多吗呢没]{{0,8}}用(?:数|的|一下)?|我(?:这边|们)?好(?:提前|早点|先|趁早|心里)?[^\W谁哪几吗呢么没]{{1,8}}|(?:我|这边|好)*好(?:写|做|填|报|回|跟|向|去|交|登|给|让|叫|通知|安排)[^\W谁哪几]{{1,14}}"
)
_AFTER = regex(rf"(?:{_PAUSE}+(?:{_THANKS}){_FACE}*|{_PAUSE}*{_FACE})+{_PAUSE}*$")
# What goes on asking, or picks a row.
_ASKS = regex(
    r"谁|哪|几|多少|多久|多大|多长|什么|啥|何时|咋|怎|吗|呢|没|不|么|原文|具体|内容|单位|牵头|责任|配合|负责|到期|逾期|超期|期限|时限|进[度展]|列|发|第[\d一二三四五六七八九十]|\d+[项条号]|有关|任务|[a-z]{2,} [a-z]"
)
_SHORTEST = 2
# Nobody thanks at greater length, and a message of nothing but commas would be searched from each of them.
_BEHIND = 60


def unwrapped(text: str) -> str:
    """`text` without the words to people around what it asks; all of it where nothing is asked."""
    written = simplified(text)
    if len(written) != len(text):
        return text
    start = found.end() if (found := _BEFORE.match(written)) is not None else 0
    end = (
        found.start()
        if (found := _AFTER.search(written, max(start, len(written) - _BEHIND))) is not None
        else len(written)
    )
    core = written[start:end]
    return text[start:end] if len(core) >= _SHORTEST and _ASKS.search(core) is not None else text
