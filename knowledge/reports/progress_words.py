"""How people ask where something stands, as tables, and what is left of the question without that."""

from __future__ import annotations

import re
from functools import cache

_VERB = (
    r"(?:完成?|好|成|通|掉|到位|办?结|[开建装换改修搬拆发出报交办做弄搞传挂铺种写编批签贴]|配[齐备]|上线|完工|竣工|封顶|通车|开工|投用|投产|挂牌|出来|开[园业学馆]|启动|落实|公开|发布|公布|公示|整改|"
    r"打通|验收|销号|上传|上报|报送|印发|更新|建立|制定|兑现|启用|交付)"
)
_TAIL = r"(?:呀|啊|呢|哈|哦|吧|啦)*(?:\W*$|[,，;；](?=.))"
# 打通没有, 换完了吗, 到哪一步了
_ASKED = (
    rf"[做办弄搞干]?{_VERB}了?(?:没有?|么|吗){_TAIL}|了(?:没有?|么|吗){_TAIL}"
    rf"|(?:是不是|是否|有没有)(?:已经?|都|全部?|按时|按期)*[做办弄搞干]?{_VERB}了?{_TAIL}|[做办弄搞]没[做办弄搞]{_TAIL}"
    rf"|(?<![要达高降低压升增控求会])到(?:了)?(?:百分之(?:几|多少)|多少%?)了?{_TAIL}|(?:为什么|为啥|为何|怎么|咋)(?:会)?(?:还|一直|到现在|都|仍)*(?:没有?|未)[^,]{{0,6}}{_TAIL}"
    r"|(?:进行|推进|进展|做|弄|办|搞|干|走|落实)?(?<![开通送寄划搬迁伸])(?<![要该得][发放拨贴挂])到(?:了)?(?:哪(?![条个家天年月路座所些张款本间])(?:一?步|儿|里|个(?:环节|阶段|程度)|种程度)?|什么(?:程度|地步|阶段|环节)|第?几(?:步|成))了?"
    rf"|完成了?(?:多少|几成|百分之几)(?:场|个|台|公里|户|处|座|%)?了{_TAIL}"
    rf"|(?:目前|现在|当前|最近)(?:是)?(?:个)?(?:什么|啥|怎么个)(?:情况|状态|状况){_TAIL}"
    rf"|(?:目前|现在|当前)?(?:的|是)?(?:什么|啥)?(?:进度|进展|状态)(?:情况)?(?:是)?(?:怎么?样|咋样|如何|多少|什么样)?(?:了|的)?{_TAIL}"
    rf"|(?:为什么|为何|因为什么|怎么)(?:会)?(?:被|给)?(?:退回|打回)|(?:有|附|带|传)(?:了)?(?:佐证(?:材料)?|链接)(?:了)?(?:吗|没有?|么){_TAIL}|(?:佐证(?:材料)?|链接)(?:有|交|报|附)了?(?:吗|没有?|么){_TAIL}"
    rf"|的链接(?:发|给|是|在)|(?:什么时候|何时|哪天|哪一天|几号)(?:就|已经?)?(?:上?报|办结|完成|办完|核定|退回)的{_TAIL}|谁(?:上?报|核定|退回|审核?)(?:的|了){_TAIL}"
    rf"|(?:那|这)(?:个|项|件|条|块)(?:是|现在|目前)?(?:个)?(?:什么|啥)(?:情况|状态|状况|进度|进展)了?{_TAIL}"
    rf"|[办做弄搞干推落改建整][一-鿿]{{0,2}}[的得]?(?:怎么样|咋样|如何|怎样|啥样)了?{_TAIL}|(?:怎么样|咋样|如何|怎样)(?:了|啦){_TAIL}|[一-鿿]{{2}}[的得](?:怎么样|咋样|如何|怎样)(?:了|啦)?{_TAIL}"
    # 电影放了多少场了, 建好了几个, 41项退回的理由, 卡在哪, 我们上次报的啥
    rf"|[办做弄搞建改装修换铺发放打种挖测审号签开招录接挂验到][完好成]?了(?:多少|几)[^\W\d]{{0,2}}了?{_TAIL}|退回(?:来)?的?(?:理由|原因)|卡在(?:哪|什么)|(?:上次|之前|前面|上回)(?:上?报)(?:的|了)(?:是)?(?:什么|啥)(?:内容|情况|进展)?{_TAIL}"
)
# 7月底能装完不: whether it is to be had by then, of what was named.
_FEASIBLE = rf"能(?:不能)?(?:按[时期])?[^,，]{{0,3}}[完好成结](?:成|掉)?(?:得了)?(?:吗|么|不|没有?){_TAIL}|能不能(?:按[时期])?[^,，]{{0,3}}[完好成结](?:成|掉)?{_TAIL}|[完好成结](?:成|掉)?(?:能|可)?(?:行|成|来得及|赶得上)(?:吗|么|不){_TAIL}"
# Of whom nothing has been heard: 还有哪些单位没报, 谁没交, 谁还没签收.
_MISSING = r"(?:没有?|未)(?:有)?(?:上?报|交|反馈|回复|回|动|完成|弄|做|办|落实)"
_RECEIPT = r"(?:没有?|未)(?:回复?|发|有)?(?:过)?(?:收到|签收)|签收情况|回执"
# 报了几项, 完成率: the state of all that a unit holds.
_FINISHED = r"(?:上?报|交|完成|办结|做完|办完|弄完|搞定|落实|完(?!善|备|整))"
_TALLY = (
    rf"(?:已经?)?{_FINISHED}了(?:的)?(?:有)?(?:几|多少)|已经?{_FINISHED}(?:的)?(?:有)?(?:几|多少)"
    rf"|(?:几|多少)(?:项|个|件|条)(?:都|还)?(?:已经?{_FINISHED}|{_FINISHED}了|(?:没有?|未){_FINISHED})(?:了|的)?|[,，、](?:已经?)?{_FINISHED}了?(?:几|多少)(?:项|个|件|条)?|(?:完成率|办结率)(?!\W*(?:的)?(?:要|得|应|须|需|目标|指标|标准|不低于))|完成情况|(?:总体|整体)(?:情况|进展|进度)"
)
# What is not finished: 财政局哪些没完成, 还没办完的有哪些.
_OPEN = (
    rf"(?:哪些|哪几[项个件]|多少|什么|啥|谁)(?:任务|工作|事项|事)?(?:还|都|仍)?(?:没有?|未){_FINISHED}"
    r"|还(?:差|剩|欠)(?:下)?(?:哪|几|多少)(?:几|些)?(?:项|个|件|条)(?:任务|事项|工作)?\W*$"
    rf"|(?:几|多少)(?:项|个|件|条)(?:任务|事项|工作)?(?:还|都|仍)?(?:没有?|未){_FINISHED}"
    rf"|(?:没有?|未){_FINISHED}的(?:任务|工作|事项)?(?:还)?(?:有|是)?(?:哪|几|多少|什么|啥|列|给|发|$)"
)
_LATE = (
    rf"(?:时间|期限|时限|日子|日期|截止)(?:都|已经?)?过(?:没过|了?(?:没|吗|吧))|^\W*(?:都|已经?|是不是)*过(?:没过|了(?:没|吗|吧))\W*$|拖期|红灯|亮红|[预愈]期(?=没|未)|(?:时间|期限|时限|日子|日期)(?:都|已经?)?过了|(?:该|应)(?:该|当)?{_FINISHED}(?:的)?(?:却|还|但|而|都|,)*(?:没有?|未)"
    r"|到(?:了)?(?:期限|时限|截止|日子|时间)(?:了)?(?:却|还|都)?(?:没|未)"
)
_ASIDE = (
    r"(?:那|这)(?:几|[一二两三四五六七八九十\d]+)?(?:个|项|件|条|块|边)?|[一二两三四五六七八九十\d几]+项|还有?(?=哪|谁)|哪(?:几|些)?(?:个|家)?(?:单位|部门|局)?|谁|"
    r"你?(?:帮我?)?(?:看|查|问)?(?:一下|下|看看)|请问|目前|现在|当前|到底|究竟|是不是|是否|有没有|(?:已经?|都|还|才|刚)(?=做|办|弄|搞|报|完|没|未|在)|"
    r"搞定|(?:完成|办结|落实)(?:的|得|了|没有?)?|[做办弄搞干推](?:的|得|了|没有?)|怎么样|咋样|如何|怎样|情况|进[度展]|了|的|吗|么|呢|没有?|未|啊|呀|吧"
)


@cache
def _pattern(body: str) -> re.Pattern[str]:
    return re.compile(body)


def asks_progress(text: str) -> bool:
    """Whether `text` asks how far something is (断头路打通没有, 迁移到哪一步了)."""
    return _pattern(_ASKED).search(text) is not None


def asks_feasible(text: str) -> bool:
    """Whether it asks if something will be done by then."""
    return _pattern(_FEASIBLE).search(text) is not None


def asks_open(text: str) -> bool:
    """Whether it asks for what is not finished."""
    return _pattern(_OPEN).search(text) is not None


def asks_late(text: str) -> bool:
    """Whether it asks for what is overdue in words that do not say 逾期."""
    return _pattern(_LATE).search(text) is not None


def asks_missing(text: str) -> bool:
    """Whether it asks who has not reported."""
    return _pattern(_MISSING).search(text) is not None


def asks_receipts(text: str) -> bool:
    """Whether it asks who has not answered 收到."""
    return _pattern(_RECEIPT).search(text) is not None


def asks_tally(text: str) -> bool:
    """Whether it asks how many are reported or done."""
    return _pattern(_TALLY).search(text) is not None


def without_progress_words(text: str) -> str:
    """`text` without the words that ask how far something is; what a document could be about stays."""
    for body in (_TALLY, _OPEN, _RECEIPT, _MISSING, _ASKED, _FEASIBLE):
        text = _pattern(body).sub(" ", text)
    return re.sub(r"\s+", " ", _pattern(_ASIDE).sub(" ", text)).strip()


_OVERDUE = (
    r"(?:已经?|都|有没有|哪些|有)?(?:逾期|[预愈]期(?=没|未|的|了|还|$)|超期|过期|超时(?:限)?|误期|脱期|延误|超过?(?:期限|时限)|过了?(?:期限|时限|截止|时间|点))(?:的|了|没|吗)?"
    r"|(?:没有?|未)按[时期](?:[完办交报]\S?)?|到期(?:了)?(?:还)?(?:没|未)|(?:该|应)(?:完|办|交|报)(?:成|完)?(?:没|未|的还?没)|拖(?:着|到|了|欠)(?:没有?|未|不)?(?:[交报办结完销]\S{0,2})?|(?:没有?|未)(?:交(?:账|差|卷|货)?|结账|销账|了结|动静)"
    r"|(?:还|都|仍)?(?:没有?|未)(?:[完办做弄搞交报落]\S{0,2}?)?(?=的|列|清|有|$|\W)|有[那哪][些几]个?|[那哪][些几]个?|哪个?(?:单位|部门|局)|多少|几[项个件条]|列(?:一下|出来?|个?清单|举)?|任务|事项|工作"
    r"|(?:我|好|用于|拿去|准备)+要?(?:通报|汇报|报告|上报)(?:用|一下)?|(?:没有?|未)交的(?:没有?)?|有没有|是不是|会不会|是否|现在|目前|当前|至今|到现在|一下|情况|清单|名单|项目?$|完成|办结|有|还|的|没|未|了|吗|么|呢|啊|都|已经?|那个"
)


def without_overdue_words(text: str) -> str:
    """`text` without the words that ask what is overdue."""
    return re.sub(r"\s+", " ", _pattern(_OVERDUE).sub(" ", _pattern(_LATE).sub(" ", text))).strip()
