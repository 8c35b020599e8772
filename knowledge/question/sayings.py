"""Ways of saying the same written in one way: 边个负责, 啥子时候, 哪两项, 赶在什么之前. Only words that ask are rewritten."""

from __future__ import annotations

import re

from knowledge.patterns import regex

_FEW = "两二三四五六七八九十"
_MEASURE = r"(?:项|条|件|个(?=任务|事项|工作))"
# What is said → how it is written; the earlier ones first. Spoken in a region, typed on a phone, or counted beforehand.
_TABLE: tuple[tuple[re.Pattern[str], str], ...] = (
    (regex(r"(?:刚才|刚刚|昨天|今天|早上|上午|下午)?(?:在)?(?:群里|会上|电话里)?(?:有人|有同志|听人|听他们|据)(?:家)?(?:说|讲)(?:的)?|(?:群里|会上)?听说"), ""),
    (regex(r"[,，]?我(?:记得|印象[里中]?|觉得|以为|怎么记得)(?:好像|似乎)?(?:不是|不对|不太对)(?:这样|这么回事|他们?|它)?(?:子)?的?"), ","),
    (regex(r"(?<=[我咱他]们)自[己家]|(?<=[我本]局)自[己家]"), ""),
    # Said aloud and taken down as heard: greetings, fillers and what joins two questions stand without a mark.
    (regex(r"^(?:喂|嗯|呃|额|那个)*(?:你好|您好|大家好|各位好|领导好|老师好|早上好|上午好|下午好)(?:啊|呀)?[,，]?(?=[^\W]{4})"), ""),
    (regex(r"我(?:们)?是?(?:刚|新)(?:来|调来|接手|到岗)的?(?:同事|人)?[,，]?(?=[^\W]{4})"), ""),
    (regex(r"(?:我)?(?:就)?(?:想|要)(?:问|了解|知道|咨询|请教)一?下子?(?=[^\W]{2})"), ""),
    (regex(r"(?<=[^\W]{2})(?:这个|那个|这件|那件)(?:事情|事儿?|工作)(?=是?(?:谁|由|归|什么|哪|几))"), ""),
    (regex(r"(?:然后|接着|还有就是|再就是|另外就是)(?=是?(?:什么|哪|几|谁|多久|何时|啥|由谁|归谁))"), ","),
    (regex(r"(?<=[^\W]{2})(?:嗯|呃|额)+(?=[^\W]{2})|^(?:嗯|呃|额)+(?=[^\W]{3})|(?:就是说|就是那个|那个那个)"), ""),
    (regex(r"(?<=\w)来着(?=\W*$)"), ""),
    (regex(r"(?<![a-z])(?:ddl|dead ?line|due ?date)(?![a-z])"), "时限"),
    (regex(r"边个(?=部门|单位|局)"), "哪个"),
    (regex(r"边个|哪個|哪位同志"), "谁"),
    (regex(r"(?:啥子|么子|莫子|什么子|神马|甚么|啥|甚|嘛)(?:时候|辰光|时间)(?!表|节点)|哪个?(?:时候|辰光)|几时子"), "什么时候"),
    (
        regex(r"好久(?=(?:能|要|才|该|得)?(?:完成|完工|完|搞|弄|做|建|修|办|交|报|截止|到期|上线|开工|结束|落实|公布|公开|发布)|$)"),
        "什么时候",
    ),
    (regex(r"(?<=\w{4})(?:该|得|要|应该)?(?:去)?找(?:哪(?:个|里|儿|边|头)?|哪个地方)(?=\W*$)"), "找哪家"),
    (regex(r"啥子(?!女)|(?<![什怎那这多要])么子(?!女)|莫子(?!有)|神马|乜嘢|甚么"), "什么"),
    (regex(r"(?:咋个|啷个|肿么|怎个)"), "怎么"),
    (regex(r"几多(?=[项个条件家钱人])"), "多少"),
    (regex(r"(?:俺们?|阿拉|偶们)(?=局|单位|委|科|办|镇|街|部门|中心|这|那|要|有|得|$)"), "我们"),
    (regex(r"有木有|有冇"), "有没有"),
    (regex(r"木有|没得(?!说)"), "没有"),
    (
        regex(r"(?:要|得|必须|须|应)?(?:赶)?(?:在|到)(?:什么|啥|哪个?)(?:时候|日子|时间|节点)?(?:的)?(?:前面|之前|以前|前头|前)"),
        "什么时候之前",
    ),
    (regex(rf"哪(?:[{_FEW}]|\d{{1,2}})(?={_MEASURE})"), "哪几"),
    (regex(rf"(?<=[头责合办管的])的(?:这|那)?[{_FEW}](?={_MEASURE}(?:任务|工作|事项)?\W*$)"), "的哪几"),
)  # fmt: skip


def in_common_words(text: str) -> str:
    """`text` (written as `plain` writes it) with its asking words as most people write them."""
    for said, written in _TABLE:
        text = said.sub(written, text)
    return text
