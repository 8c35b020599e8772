"""热身: questions that a process which has just begun to serve answers for nobody.

What is made once (patterns compiled, tables of the thesaurus, indexes, modules loaded) is made by them, and not while somebody waits:
measured on an office of a thousand assignments, the first question took 200 ms, the first of its kind 20 to 90, and the same
question later 2. They are invented, of every kind that is asked, and nothing that they lead to is written or told.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from handlers.message import Outcome
from knowledge.model import Message

log = logging.getLogger(__name__)

QUESTIONS = (
    *(
        "隐患排查谁牵头",
        "安全培训是应急局牵头吧",
        "yinhuan paicha shei qiantou",
        "第2项是什么，什么时候完成",
        "第一项哪个单位负责",
    ),
    *(
        "财政局牵头的有哪些",
        "财政局牵头几项",
        "本月到期的有哪些",
        "年底前要完成哪些",
        "有没有逾期的",
        "最后一项讲的啥",
        "一共多少项",
    ),
    *(
        "哪些没写时限",
        "有哪些文件",
        "审计局和财政局分别负责什么",
        "除了财政局还有谁配合",
        "你好",
        "谢谢",
        "怎么用",
        "收到",
        "本周汇总",
    ),
    *(
        "ABC项目谁管",
        "第三条原话怎么写的",
        "把第2项删了吧",
        "水利局哪些没完成",
        "预案、演练方案几月修订完",
        "各单位的报表每月哪天报",
    ),
    *(
        "门口的坑谁来填",
        "孩子上学没地方去，找谁",
        "水管子老是漏，哪家来修",
        "看病的钱几时能退",
        "路灯不亮好几个月了谁管",
    ),
    *("楼道里堆的破烂谁来清", "给老人发的饭钱几号到", "摆摊的撵了又来归谁管", "河里漂的垃圾多久捞一回，谁盯着"),
    *(
        "办个证跑了五趟，谁能管管",
        "厂子冒黑烟没人查",
        "补的课收了钱，退不退",
        "招工的名单贴哪里了",
        "修房的钱啥时候发下来",
    ),
    *("打井的队伍哪天进村", "下岗的人学手艺找哪家", "山上冒烟了喊谁", "门面转租要盖几个章", "猪病死了往哪埋，谁来收"),
    *(
        "电梯三天两头坏",
        "娃打防疫针去哪",
        "老赖欠的工钱谁去要",
        "垃圾桶撤了往哪扔",
        "桥栏杆断了半年谁补",
        "公交末班车太早谁来改",
    ),
)


def practise(answer: Callable[[Message], Outcome], text: str) -> None:
    """Answer one of QUESTIONS for nobody. Never raises: what stumbles here is told in the log, as it would be for somebody."""
    try:
        answer(Message(text))
    except Exception:
        log.exception("a question asked for practice could not be answered: %s", text)
