"""Of what a ranking is asked for: 这个月哪家垫底 is of the assignments, 水质垫底的是哪个区 of what no plan counts."""

from __future__ import annotations

from knowledge.patterns import regex

# What is said of the assignments and of whoever has them: when, how far, who, and please.
_OF_THE_WORK = regex(
    r"(?:上上|[上下本这当去今每近])(?:个|一)?(?:半年|季度?|星期|礼拜|[周月年])|截[至止]|目前|现在|[\d一二三四五六七八九十]+(?:月份?|季度?|周|号|日|年|项)|[上下]半年|全年"
    r"|请问?|麻烦|帮(?:我|忙)|给我|给|看看?|说说|发|列|出|做|来|要|想知道|一下|问"
    r"|任务|工作|活儿?|表现|质量|行动|动作|材料|报送|报表|台账|反馈|综合|汇总|通报|领导|名次|表格?|分工|方案|清单|要点"
    r"|重点|事项|项目|进[度展]|推进|落实|完成|整改|办[理结完]?|执行|督[查办]|考[核评]|绩效|责任|牵头|情况|成绩|得分|[红黄绿]灯|逾期|超期|任务量|速度|效率|[总整]体|到底|究竟|拖后腿|掉队|落后|拖拉?"
    r"|排(?:个|一个|一下)?(?:名|序|队|行)?榜?|排一排|末位|倒数|垫底|最后|最[慢快好差拖多少]|第[一二三几\d]|前[几三五十\d]|[完办做干落交报]得?"
    r"|单位|部门|科室|街道|乡镇|镇街|县区|区县|[市省全]?[直属级]|地方|各|[全我]?[省市县区镇乡局委]|[个家名位哪谁几些有都被会又还按由和与跟我们你的在是了呢啊呀吗吧嘛哦里中数率没]"
)
# So short a remnant names nothing.
_LEAST = 2


def placed_by(text: str) -> str:
    """What a request for a ranking ranks by beside the assignments themselves, as it stands there; empty where it is of these.

    >>> placed_by("上个月水质垫底的是哪个区"), placed_by("这个月哪家单位垫底")
    ('水质', '')
    """
    left = _OF_THE_WORK.sub(" ", text)
    return next((one for one in regex(r"\W+|_").split(left) if len(one) >= _LEAST), "")
