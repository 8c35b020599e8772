"""What a plan lays down: how something is to be done, how far, how much of it. 面粉厂灰大，要咋处理; 谷子要种多少.

Such a question asks for the requirement itself. 怎么申请, 补多少钱 ask for what the asker does or gets, which no plan tells.
"""

from __future__ import annotations

from knowledge.patterns import regex

# Who lays down, has to or means to do something.
_MUST = r"(?<!你)(?:(?<!需)要|(?<!觉)得|该|应当|必须|让|叫|打算|准备|计划|争取|力争)"
# What somebody does, or gets, for himself.
_OWN = regex(r"我(?:自己)?(?:要|得|该|想)|自己|报名|报考|申报|预约|提取|报销|补办|资格")
_AS_OWN = r"申请|办理?(?!事)|报名|领|取(?!缔)|查(?!处)|交|缴|投诉|举报|预约|提|买|坐|去|走"
_WHAT = r"(?:啥|什么|哪种|哪个|何种)"
_HOW = regex(
    rf"{_MUST}[^\W\d]{{0,2}}?(?:怎么|怎样|咋|如何)(?:个|样子)?(?!样|回事|{_AS_OWN})"
    rf"|{_MUST}[^,，。]{{0,6}}(?:到|成){_WHAT}(?:程度|样子?|地步|水平|份上)(?!了)"
    rf"|{_MUST}[^\W\d]{{0,3}}?[搞干做弄添装建修换补改加治种](?:成|些|点|个)*(?:啥|什么|哪些|哪样)"
    r"|(?:文件|方案|通知|清单|分工|上面|台账)(?:里[面头]?|上面?)?(?:是|都)?(?:怎么|怎样|咋)(?:写|说|讲|规定|要求|定)的?\W*$"
    rf"|有(?:没有)?(?:些)?{_WHAT}(?:硬|明确|具体)*(?:要求|讲究|规矩|杠杠|规定)(?:没有?|吗)?\W*$"
    rf"|[，,]?(?:今年|上头|上面|县里|市里|区里|镇里|省里)(?:有|是)(?:些)?{_WHAT}(?:硬)?(?:要求|讲究|规矩|硬杠杠)"
)
_AMOUNT = regex(
    rf"(?:涨|升|[提加升抬]高|降|压|减|增|加|扩|达|调)到(?:多少|几|百分之几)|(?:{_MUST}|目标|指标|今年|年内|全年|年底)[^,，。;；]{{0,8}}(?:多少|几|好多)"
)


def asks_required(text: str) -> bool:
    """Whether it is asked how, how far or by what means a plan wants something done."""
    return _HOW.search(text) is not None and _OWN.search(text) is None


def asks_aimed(text: str) -> bool:
    """Whether it is asked how much or how many of something a plan aims at."""
    return _AMOUNT.search(text) is not None and _OWN.search(text) is None
