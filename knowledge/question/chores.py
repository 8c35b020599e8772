"""领了哪些活儿, 手头几件事, 沾边的有哪些: the ways to ask for all that a unit has to do.

Patterns run over a question in which UNIT stands for the unit's name. What is asked for must be work (项, 件, 任务, 活 or
nothing at all): 有几台水泵 and 查了几件案子 ask for something else, and no list answers them.
"""

from __future__ import annotations

import re
from functools import cache

from knowledge.patterns import regex

# Stands for the name of a unit: a character that nobody types.
UNIT = "\ue000"
_WHICH = r"(?:哪(?:些|几|一)?|些?什么|些?啥子?|(?<!第)几|多少)"
_MEASURE = r"(?:大)?(?:项|条|个|件|样|桩|宗|档|类|块|款|摊|份)"
_KIND = r"(?:重点|主要|具体|相关|有关|日常|改革|整改|整治|督查|督办|工作|目标|年度|创建|创城|迎检|攻坚|专项|民生|惠民|为民)*"
_WORK = rf"{_KIND}(?:任务|事项|工作|差事|活儿?|指标|项目|工程|分工|职责|责任|实事|条目|条款|措施|举措|清单|台账|督办件|督查件|交办件|(?:代表|政协|人大)*(?:建议|提案|议案)(?:(?:和|与|、|及)?(?:建议|提案|议案))*|(?:主办|会办|分办|重点督办)件|事(?:情|儿)?|要求|问题(?=$|\W|要|得|没|该|需|列|给|清))"
_DUTY = (
    r"(?:牵头|领衔|领头|带头|挑头|主责|主抓|主管|主办|主导|承办|承担|承接|领办|包办|(?<!是)负责|配合|协办|协助|协同|会同|参与|参加|落实|完成|推进|"
    r"整改|组织|认领|摊派|分摊|接手|经办|办理|会办|分办|责任(?!人|书|制|心|单位|部门)|分派|指派|安排|布置|交办|沾(?!边)|掺和|插手|摊上|搭上手|包|领|揽|接|分|派|摊|轮|管|涉及|牵涉|关联|出力|帮忙|跑腿|(?<!是)干|做|办|弄|搞|抓|盯|扛|担|背|兼)"
)
_DUTIES = rf"{_DUTY}(?:(?:、|和|与|或|及|跟|,|还是)?{_DUTY})*(?:了|的|着|到|过|上|起)*"
_PAD = r"(?:是|有|都|还|又|也|一共|总共|共|到底|具体|分别|主要|各)*"
_AT_HAND = r"(?:手头|手上|手里|手中|手底下|名下|头上|身上|肩上|肩头|这摊|摊子)(?:的|上|里|有|还|压|挂|着|了|分|在办|都|一共|总共|共)*"
# Behind what is asked for nothing else may be named.
_END = r"(?=$|[\W\ue000]|的|呢|吗|么|嘛|来着|啊|呀|吧|要|得|应|该|是|都|还|没|在|了|给|列|说|报|发|理|牵|负|配|协|参|承|主|办|归|写|提|涉|跟|和|与)"
_LIST = r"(?:理|列|拉|捋|汇总|整理|报|发|给|调|看|查|打|导|统计|归拢|归集|梳理|说|讲|念|数|盘点?)"
_ABOUT = r"(?:有关系?|相关|沾点?边儿?|有份儿?|挂钩|挂名|搭边|挨边|搭界|有牵连|有涉及)"

# It is the unit's own that is asked for, and nobody beside it.
_MORE_OF_IT = rf"(?<!除)(?<!除了)(?<!除开){UNIT}(?:那边|这边)?还(?:有|要|得)?{_WHICH}{_MEASURE}?{_WORK}?(?=$|[^\w\ue000]|呢|啊|呀)"

_FORMS = (
    # 牵头的有哪些, 领了哪些活儿, 承办几件, 要做什么
    rf"{_DUTIES}{_PAD}{_WHICH}{_MEASURE}?{_WORK}?{_END}",
    # 有哪些任务, 有任务没, 有几件, 没有活儿吗
    rf"(?:有没有|没有?|有|是){_PAD}(?:(?!哪个(?:来|在|去)?{_DUTY}){_WHICH}{_MEASURE}?{_WORK}?|{_WORK}(?=没|吗|么|不)|(?<=没有){_WORK})(?:没有?|吗|么|不|否)?{_END}",
    # 哪几条要配合, 写了UNIT几件事
    rf"(?!哪个(?:来|在|去)?{_DUTY}){_WHICH}{_MEASURE}{_WORK}?(?:是|要|得|该|归|由)*{_DUTY}(?:的)?(?=$|[^\w\ue000])",
    rf"{UNIT}(?:这边|那边|一共|总共|共|到底)*{_WHICH}{_MEASURE}{_WORK}?(?=$|[^\w\ue000])",
    # 哪几项是UNIT的, 哪些条点了UNIT的名
    rf"{_WHICH}(?:{_MEASURE}{_WORK}?|{_WORK})(?:里面?|中|上)?(?:写|提|点|涉及|落|归|算|派|分|轮|跟|和|与|同|要|需要?|有|是|由|该|属于|都|得|到|了|给|在|着)*{UNIT}",
    # 手头几件事, 名下的任务
    rf"{_AT_HAND}(?:{_WHICH}{_MEASURE}?{_WORK}?|{_WORK}){_END}",
    # 牵头的里面哪些是…, 当责任单位、…的
    rf"{_DUTIES}(?:里[面边头]?|当中|其中)(?=[\s,，\d]|哪|有|跟|和|与|[一二三四五六七八九十]{{1,2}}月|[本下这上]个?[月周季半]|年[底末]|月底|要|得)",
    rf"{UNIT}(?:(?:是|当|做|作为?)(?:个)?(?:责任|配合|协办)(?:单位|部门)的?(?:{_WORK})?(?=[、,，\s]|$|有|{_LIST}|都|全)|(?:责任|配合|协办|牵头)(?:单位|部门)?的(?=[、,，\s\d必要得应该须本这下今上]))",
    # 牵头的, 牵头的帮我列一下, 负责的事项
    rf"{_DUTIES}(?:{_WORK}(?:有|是)?|(?<=的))(?=$|[^\w\ue000]|呢|有|{_LIST}|帮|都|全)",
    # UNIT独家牵头而且7月底要弄完的
    rf"{UNIT}(?:独家|单独|自己|一家|独自)?{_DUTIES}[、,]?(?:而且|并且|同时|又|且|还)+(?=[^\ue000]*的(?:任务|事项)?\W*$)",
    # UNIT和UNIT同时当配合单位的那条
    rf"{UNIT}(?:都|同时|一起|共同)+(?:是|当|做|作为?)(?:个)?(?:责任|配合|协办)(?:单位|部门)的?(?:那(?:几)?[项条件个])?(?=[、,，\s]|$|有|是)",
    # UNIT协办, and nothing else
    rf"^\W*{UNIT}(?:都|全)*{_DUTY}\W*$",
    # 牵头的预算公开任务, UNIT的创卫任务: those about something
    rf"{UNIT}的(?=[^\W\x00-\xff]{{2,8}}(?:任务|事项|活儿?)(?:$|[^\w]|有|是|列))",
    rf"{UNIT}{_PAD}{_DUTIES}(?=[^\W\x00-\xff]{{2,10}}(?:任务|事项|工作|活儿?)(?:$|[^\w\ue000]|有|是|列))",
    # UNIT有哪些水利任务
    rf"{UNIT}(?:都|一共|总共)?有?{_WHICH}(?=[^\W\x00-\xff]{{2,8}}(?:任务|事项|活儿?)(?:$|[^\w]))",
    # UNIT跟残疾人有关的任务
    rf"{UNIT}(?:手上|手里|这边|那边)?(?:跟|和|与|同|涉及)(?=[^\W\ue000]{{1,10}}(?:有关|相关|沾边|挂钩)的?{_WORK}(?=$|[^\w\ue000]|有|是|都|列))",
    # 跟UNIT有关的任务, UNIT沾边的有哪些
    rf"(?:跟|和|与|同)?{UNIT}(?:这边|那边|自己)?{_ABOUT}(?:的|了)*(?:{_PAD}{_WHICH}{_MEASURE}?|{_MEASURE}?)?{_WORK}?",
    # UNIT的任务, UNIT今年的活儿
    rf"(?<![是归算有属于])(?:在)?{UNIT}(?:今年|全年|本年|明年|上半年|下半年|这边|那边|的)*{_WORK}(?:清单|列表|一览)?(?=$|[^\w\ue000]|呢|有|是|{_LIST}|帮|都|全)",
    rf"{UNIT}(?:这边|那边)?(?:有没有|有|没有?|沾)(?:份儿?|边儿?|关系|事儿?)(?:没有?|吗|么|不|否)?{_END}",
    # UNIT的列表给我
    rf"{UNIT}的?(?:列表|清单|单子)(?=$|[^\w\ue000]|给|发|来|列|拉|导)",
    # UNIT有哪几项; UNIT呢 is asked elsewhere
    rf"{UNIT}(?:的|有)(?:{_WHICH}){_MEASURE}?{_END}",
    # UNIT各自挂在哪几项上
    rf"{UNIT}(?:各自|分别|都|各)*(?:挂|落|写|列|排|出现)(?:在|到|进)了?{_WHICH}{_MEASURE}?{_WORK}?(?:上|里|中)?(?:面|头)?{_END}",
    # UNIT在这份清单里有哪些, 在问题清单里的任务
    rf"{UNIT}在?(?:这|那|本|该)?(?:几|两|三)?(?:份|个|张|批|次)?(?:问题|任务|责任|整改)?(?:文件|清单|方案|台账|表|分工|要点)(?:里|中|上)?(?:面|头)?的?{_PAD}(?:{_WHICH}{_MEASURE}?{_WORK}?|{_WORK}){_END}",
    # UNIT还有哪些, UNIT还有别的吗, UNIT的也列一下
    _MORE_OF_IT,
    rf"{UNIT}(?:那边|这边)?(?:还|另外)?(?:有没有|有)(?:别的|其[他它]的?|另外的?)(?:{_WORK})?(?:吗|么|没有?|不)?{_END}",
    rf"{UNIT}的?(?:也|再|都|全)*(?:帮我|给我)?{_LIST}(?:一?下|出来|一遍|看看|给我){_END}",
)
# 列一下, 帮我捋一捋, behind a list that is asked for.
_HANDED = regex(
    rf"(?:都|全|一并|分别|给我|帮我?|请|麻烦|逐项|逐条)*{_LIST}(?:一)?(?:{_LIST})?(?:一下|出来|一遍|个清单|个单子|个表|张表|张单子|一?份|给我|我看看?|看看|下|来)+|"
    r"(?:都|各|分别|全)*是?(?:些)?(?:哪些?|啥|什么)(?=$|\W)"
)


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{form})" for form in _FORMS))


_TOGETHER = regex(
    rf"既(?:要|有|是|需要?|得)?(?:由|让)?{UNIT}.{{0,3}}(?:又|也)(?:要|有|是|需要?|得)?(?:由|让)?{UNIT}|"
    rf"{UNIT}[^\w\ue000]?(?:、|和|跟|与|及|同)?{UNIT}(?:都|两家|俩|共同|联合|一起|一块儿?|合伙|同时)+|{UNIT}(?:给|为|替)?{UNIT}?(?:配合|协助|打下手)(?:给)?{UNIT}"
)


# 不是UNIT牵头的有哪些, 除了UNIT负责的还有几项: asked for what others have to do. A claim (不是UNIT牵头吗) is none.
# 除了UNIT，其他单位牵头的有几项
_OTHERS_DUTY = regex(
    rf"(?:除了?|除开|除去|不算|抛开)(?P<units>{UNIT}(?:[、和跟与及,]?{UNIT})*)(?:之外|以外|外)?[,的]*(?:其[他余它]|别的|剩下)的?(?:单位|部门|局)(?P<duty>(?:来)?{_DUTY})的"
)
_DENIED = regex(
    rf"(?:不是|不归|不由|不属于?|不涉及到?|没有?涉及到?|不包括|不含|没有(?={UNIT})|并非|非|不用|不需要|不要|除了?|除开|除去|排除|去掉|剔除|刨开|刨去|没让|没有让|没)(?:是|由|归|让)*"
    rf"(?P<units>{UNIT}(?:[、和跟与及,]?{UNIT})*)(?:之外|以外|外)?(?P<duty>(?:来)?{_DUTY}?)(?:的)?(?:之外|以外|外)?[,的]*"
    rf"(?=(?:其[他余它]|剩下?|另外?|还|都|一共|总共|共|的|有|是|哪|几|多少|任务|事项|工作|全|列){{1,4}}|$)"
)
# UNIT没参与的有几项: the same, denied behind the unit.
_DENIED_BEHIND = regex(
    rf"(?P<units>{UNIT}(?:[、和跟与及,]?{UNIT})*)(?:都|也)?(?:没有?|未|不)(?:有|用|需要?)?(?P<duty>(?:来)?{_DUTY})(?:过|到)?的"
    rf"(?=(?:任务|事项|工作|一共|总共|都|还|有|是|哪|几|多少){{1,4}}|$)"
)
_NO_CLAIM = regex(
    r"[吗吧么嘛]\W*$|对不对|是不是|谁|哪(?:个|些|几个?|[两三四五])?(?:单位|部门|局|委|家)|(?:还|另外|其他)(?:有|要|得)?[^有是都一共总的哪几多任事工全列,]"
)


def without_denial(marked: str) -> tuple[str, str] | None:
    """What stands before the denial where `marked` asks for what is not the units' (不是UNIT牵头的), and the text as if it
    asked for theirs; None for anything else."""
    if (found := _OTHERS_DUTY.search(marked)) is not None:
        return marked[
            : found.start()
        ], f"{marked[: found.start()]}{found['units']}{found['duty']}的{marked[found.end() :]}"
    found = _DENIED.search(marked) or _DENIED_BEHIND.search(marked)
    if found is None or _NO_CLAIM.search(marked):
        return None
    kept = f"{marked[: found.start()]}{found['units']}{found['duty'] or '负责'}的{marked[found.end() :].lstrip('的')}"
    return marked[: found.start()], kept


@cache
def _more() -> re.Pattern[str]:
    return re.compile(_MORE_OF_IT)


def asks_more(marked: str) -> bool:
    """Whether it asks what else the unit has to do (UNIT还有哪些), and not who else has a part."""
    return _more().search(marked) is not None


def asks_together(marked: str) -> bool:
    """Whether it asks for what two units have to do with each other (A和B一起牵头的, A配合B的)."""
    return _TOGETHER.search(marked) is not None


@cache
def _duty_left() -> re.Pattern[str]:
    """要出力, behind 有哪条 that stands for the list: no subject of its own."""
    return re.compile(rf"(?:^|(?<=\s))(?:要|得|该|需要?|须)+{_DUTY}的?(?=$|\W)")


def asks_chores(marked: str) -> bool:
    """Whether `marked`, in which UNIT stands for a unit, asks for what the unit has to do."""
    return _pattern().search(marked) is not None


def without_chores(marked: str) -> str:
    """`marked` without the words that ask so; the units stay as UNIT."""
    left = _pattern().sub(lambda found: f" {UNIT} " if UNIT in found[0] else " ", marked)
    left = left if left == marked else _duty_left().sub(" ", left)
    return left if left == marked else _HANDED.sub(" ", left)
