"""收到, 谢谢, 你真棒: what is said in a chat without asking or telling anything."""

from __future__ import annotations

import re
from functools import cache

from knowledge.patterns import regex
from knowledge.question.cues import ACK, FILLER_TAIL, SMALLTALK

_BLANK = regex(r"\W+")
_NOD = regex(r"[👌👍🙏🤝]|\[(?:ok|收到|强|抱拳|握手|赞|合十)\]")
_DOUBLED = regex(r"^(\S{2,4}?)\1+$")
# 我这就跟大爷说去: what somebody is about to tell others.
_GOING = regex(
    r"(?:回头|下午|晚点|晚上|明天|待会儿?|稍后|等下)我?(?:再)?(?:跟|给|向)[^谁哪什么啥几]{1,8}?(?:汇报|回话|回复|说|讲|报告)(?:一下|一声)?|"
    r"(?:那|我|我们?|咱)*(?:这边)?先(?:去)?(?:对|核|看|查|问|捋|理|落实|研究|学习|准备|琢磨|消化)[^谁哪什么啥几]{0,6}|"
    r"(?:那|好|我|我们?|咱)*(?:这就|马上|立马|立刻|现在就?|就|回头就?|等会儿?)(?:去)?(?:跟|给|向|回|通知|转告|告诉|答复|回复)[^谁哪什么啥几]{1,8}?(?:说|讲|回话|回复|一声|去|了|一下)*"
)
_EMOJI = regex(r"\[[^\[\]]{1,6}\]|[\U0001f300-\U0001faff\u2600-\u27bf]+")


# To whom something is said, at either end of it.
_PEOPLE = r"(?:各位|诸位|大家|同志们?|同事们?|亲们?|老师们?|领导们?|群里|机器人|小?助手|你们?|您|兄弟|姐妹们?|朋友们?|我的[哥天妈])"
_CALLED = regex(rf"^(?:那|对了|哎|诶)?{_PEOPLE}*(?P<said>.*?){_PEOPLE}*(?:啊|呀|啦|哈|哦)*$")
# What people in a group say that is about no work: greetings and wishes, the weather, that somebody is away, a message gone astray.
_TALK = regex(
    r"(?:早|午|晚|早上|早晨|上午|中午|下午|晚上)好|早|对了|是[吗啊]|哎呀?|唉|哇塞?|天呐|(?:真|可真)?是?个?(?:好|得力的?)帮手|帮(?:了)?(?:我)?(?:大|不少)忙了|ok没问题"
    r"|哈*笑死(?:我|人)?了?|绝了|服了|无语了?|尴尬|晕|(?:恭喜|加油|平安|顺利)+|恭喜发财|万事如意|节哀(?:顺变)?|一切(?:顺利|平安)|吉祥如意|身体健康|阖家(?:欢乐|幸福)"
    r"|(?:今天|今儿|昨天|外面|外头|这天|天气|太阳)?(?:可|好|真|太|有点|怪)?(?:热|冷|晒|闷|凉快|暖和)(?:得很|死了|死我了|坏了|了|吧)*|(?:外面|又|快)?(?:下雨|下雪|起风|打雷|降温|出太阳)了"
    r"|(?:路上|开车|骑车)?(?:慢点|小心点?|当心|注意安全)|稍等(?:一下|下|片刻)?|等(?:一下|下)?我?(?:[一二三五十半几\d]+(?:分钟|会儿?|小时)|一下|会儿?)?|我?先?在(?:开会|忙|路上|外面|出差|开车|下乡|吃饭)(?:呢|中)?"
    r"|我?(?:马上|一会儿?)(?:来|到|回来|过去)了?|我?先(?:忙|走|撤|下班?)了?|明天见|回头(?:聊|见|说)|回聊|在的+|(?:在的)+|我?先?(?:看看|想想|瞅瞅|瞧瞧)(?:吧|再说)?|可能(?:吧|是)?|(?:好像|应该)是吧?"
    r"|不[会是]吧|真的(?:假的|吗)?|(?:那|就|先)*这样(?:吧|了)?|随便吧?|都(?:行|可以)|再说吧?|没什么|无所谓|打扰(?:了|您了|一下)?|添麻烦了|太?(?:客气|见外)了|学到了|(?:长|涨)(?:见识|知识)了|受教了"
    r"|说得(?:挺|很)?(?:清楚|明白|好)|太?可惜了|太好了|(?:不好意思|抱歉)?(?:刚才|上面)?(?:那条)?发错(?:群|人|地方|窗口)了?|(?:刚才)?(?:那条)?(?:发错了?)?请?忽略(?:上一?条|这条|我)?|辛苦"
    r"|我(?:爱|喜欢|想)你|(?:给我|给大家)?(?:讲|说|来)个?(?:笑话|段子)(?:听听?)?|陪我聊(?:聊|天)[吧呗]?|good|(?:good)?morning|thanks?|thankyou|thx|bye|sorry|开饭了?|有人(?:在)?[吗么]|人呢|(?:答|说|讲)得?(?:不对|不好)吧?"
)


@cache
def _whole(body: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{body})(?:{FILLER_TAIL})*")


@cache
def _kind() -> re.Pattern[str]:
    """收到 and its kin, and what is promised."""
    from knowledge.reports.untold import PROMISE

    return _whole(rf"{ACK}|{PROMISE.pattern}")


def is_smalltalk(text: str) -> bool:
    """A greeting, thanks, praise or a mere sound; so are stickers and punctuation alone."""
    return all(map(_is_talk, _words(text)))


def _is_talk(word: str) -> bool:
    if _whole(SMALLTALK).fullmatch(word) or re.fullmatch(FILLER_TAIL, word):
        return True
    called = _CALLED.match(word)
    said = called["said"] if called else word
    return not said or _whole(SMALLTALK).fullmatch(said) is not None or _TALK.fullmatch(said) is not None


def _words(text: str) -> list[str]:
    """The stretches of `text` between marks, stickers left out."""
    return [word for word in _BLANK.split(_EMOJI.sub("", text)) if word]


def is_acknowledgement(text: str, reminded: bool) -> bool:
    """收到 and its kin; a bare 1 or 好的 only after a reminder."""
    from knowledge.reports.untold import PROMISE

    words = [_DOUBLED.sub(r"\1", word) for word in _words(text)]
    if not words:
        return reminded and _NOD.search(text) is not None
    if reminded and all(re.fullmatch(r"\+?1|好的?|ok|嗯+|行|可以", word) or PROMISE.fullmatch(word) for word in words):
        return True
    kind = _kind()
    if not any(kind.fullmatch(word) for word in words):
        return False
    if not reminded and all(PROMISE.fullmatch(word) for word in words):
        return False
    return all(kind.fullmatch(word) or _GOING.fullmatch(word) or _is_talk(word) for word in words)
