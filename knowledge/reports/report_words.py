"""The words in which people tell how far they are, as tables: finished, under way, late, stuck; percents and periods.

Order is the argument: whoever is stuck or late says more than that something is done. Patterns run over `plain` text.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import StrEnum

from knowledge.deadlines.moments import add_months
from knowledge.patterns import regex
from knowledge.question.itemnumbers import number_of


class Status(StrEnum):
    """办结, 办理中, 延期, 有困难: what a report says of an assignment."""

    DONE = "done"
    IN_PROGRESS = "in_progress"
    DELAYED = "delayed"
    PROBLEM = "problem"


_DO = r"(?:办|做|弄|搞|干|写|建|改|装|换|修|整|推|填|编|拟|定|谈|批|查|测|搬|拆|铺|种|挖|清|跑|走|开|发|报|交|出|传|挂|贴|印)"
_ACT = (
    r"(?:完成|办理|落实|整改|公开|公布|公示|发布|上报|报送|报备|印发|出台|上线|上传|开通|开设|开展|建立|建设|制定|编制|"
    r"启用|更新|发放|兑现|拨付|推行|搭建|投运|投用|投产|印制|制作|拟定|修订|提交|验收|移交|签订|审核|实施|推送|举办|召开|培训|采购|招标|施工|安装|改造|开街|开园|开业|开馆|开市|开营|开诊|通车|通水|通电|通气|封顶|揭牌|挂牌|补录|录入|签约|上网|挂网|上墙|归档|入库|完工|竣工)"
)
_WELL = r"(?:完毕|完善|完|好|成|掉|妥|齐|到位|出来|出去|上去|下来|结束)"
_PEOPLE = r"(?!群众|家庭|职工|学生|户|企业|残疾|儿童|老人|老年|人员|人群|人口|补助|补贴|救助|救济|党员|地区)"
_BY_NOW = rf"(?:已经?(?!建成区|有之)|业已|均(?=已|完|办|按|落)|都已|全部(?=已|完|到位|办|做|弄|公|落|整|换|装|搞|建成|改|划|铺|通|投|交|贴|挂|配|敲|确定|签|选|招|移|拆|清|验|审|兑|{_ACT})|全都)"
_BEGUN = (
    r"(?:启动|开始|着手|开工|动工|进场|安排|布置|部署|转(?!移|型|为)|联系|对接|委托|起草|拟(?!定)|列入|纳入|报审|送审|"
    r"上会|立项|招标(?!完)|收集|征集|准备|提上|过半)"
)
# Words that promise, and not the same signs inside other words (智能, 展会, 行动计划).
_LATER = (
    r"(?:(?<!已)(?<!已经)将(?!来)|(?<![智性功节职才动技势效产机可全])能(?!力|源|耗)|(?<![展开社协大工国盛学机都议晚聚年委])会(?!议|计|同)|可以?(?=按[期时]|如期|顺利|准时|完|办|出|上|做|弄|报|交)"
    r"|(?:^|(?<=[,们前局还在也]))(?:计划|准备|打算|预期|确保|保证|拟)|争取|力争|尽快|尽量|马上|抓紧|一定|预计|估计|下个?(?:周|星期|礼拜|月)\S?"
    r"|明天|后天|月底|年底|\d+[月日号](?:底|前|能|可以|会|左右)|还要|还需要?|再过)"
)

# A number of things or a measure, and no item number.
_AMOUNT = r"(?<!第)(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百千]+)(?:多|余)?(?:万|千|百|亿)?(?![项条号%年月日成天点和与及等至到季]|个月|分之|半)[^\W\d]"
# What is made, opened, settled in numbers: 泊位新增3200个, 上线12项, 施工到18层.
_MADE = rf"(?:新增|新建|上线|梳理|化解|销号|认定|交付|放映|到货|到位|拨付|兑付|兑现|完工|竣工|建成|接入|引进|签约|落地|整治|处置|立案|查处|检查|走访|排查|出动|种植|栽植|划定|改造|更换|发放|培训|抽检|{_ACT})"
# 开了9场, 铺了3公里, 已扫描1200份: how much was done so far, and not that nothing is left to do; 已压缩到1天 tells where it has come to.
COUNTED = (
    rf"(?<![^\W\d]完)(?<!办结)(?:[^\W\d](?:了|到|出)|{_ACT}(?:了|出)?|{_DO}(?:成|出|好)?了?)(?:大约|大概|近|约|将近|差不多|有)?{_AMOUNT}"
    rf"|已经?[^\W\d]{{1,3}}?(?<![到至为成])了?(?:{_AMOUNT}|\d+(?:多|余)?[项条](?![、,]?\d))"
    rf"|[^\W\d]{{2}}(?<!计划)(?<!需要)(?<!任务){_MADE}了?(?:约|近)?\d+(?:\.\d+)?(?:多|余)?(?:万|千|百|亿)?[^\W\d]{{1,3}}(?:次)?(?:$|,)"
    rf"|(?:累计|目前|截至[^,]{{0,6}}|本[周月]|本季度)[^,]{{0,4}}{_MADE}[^,\d]{{0,6}}{_AMOUNT}|{_AMOUNT}了(?:$|,)"
    # 6月放映电影185场, 本周出动警力30人次
    rf"|(?:\d月(?![底初末前中上下以])份?|[本上这]周|[本上]月|今天|昨天)[^,\d]{{2,10}}(?<!要)(?<!计划)(?<!目标){_AMOUNT}[^\W\d]?(?:$|,)"
    rf"|(?:{_DO}|{_ACT})完{_AMOUNT}|(?<!完成)(?<!办结)[^\W\d](?:了|出)\d+[项条](?:$|,)|率(?:已经?)?(?:达到?了?|到了?|为|是)?\d+(?:\.\d+)?%(?:$|,)"
    r"|(?:施工|推进|[做干办铺修建改排走])到(?:了)?(?:第)?\d|(?<!预计)(?<!计划)(?:增长|下降|降至|升至)(?:了)?\d+(?:\.\d+)?%(?:$|,)"
)
# Read from the top; the first table that fits gives the status. A promise is no completion, therefore it stands before it.
TOLD: tuple[tuple[Status, str], ...] = (
    (
        Status.PROBLEM,
        rf"(?<!没有)(?<!没)(?<!无)(?<![现所共不未])(?:(?:有(?:了|些|一些|点|一点|很大|较大|不少|几个|个)?(?:的)?|(?:遇到|遇上|碰到|存在|出现)[^,已]{{0,6}}?)"
        rf"(?:困难{_PEOPLE}|难度|难题|问题|阻力|障碍|瓶颈)(?![^,]{{0,8}}(?:已|整改|解决|化解|克服|清零|销号|办结))|难度(?:很|较|比较|太|非常)?大|困难(?:重重|很大|较大|比较大)|(?:推进|落实|开展|实施|办理)(?:比较|较|很|十分|非常)?困难|缺(?:乏|少)?(?:经费|资金|人手|人员)"
        r"|(?:经费|资金|人手|人员)(?:不足|不够|紧张|短缺|(?:没有?|未|还没)(?:落实|到位))|(?:没有?|缺少?)(?:钱|经费|资金来源|编制|人手|场地|地方)(?:了|$|,|[做办搞弄建])"
        r"|(?<![保障信会员行身社市民磁医校一通])卡(?:住|壳|脖子|在(?!线))|推不(?:动|下去|开|走)|[办做弄搞](?:不了|不动|不下去|不下来)|[发报推建开改拨]不(?:了|下去)(?:$|,)|没法(?:办|做|弄|搞|推|完|落)"
        r"|无法(?:办理|开展|推进|落实|实施|继续)|受阻|受限(?!空间)|协调不(?:了|下来|动)|(?:需|需要|请|请求|希望|恳请)(?:上级|领导|市里|县里|办公室)?"
        r"(?:帮忙|帮助|协助|出面)?(?:协调|支持(?=一下|$))|(?<![雨雪风汛])停(?:了|滞|下来|摆)|暂停(?!键|令)|搁置|搁浅|拖着(?:不|没)|[做达办落跟拿]不(?:到|动)(?:$|,))",
    ),
    (
        Status.DELAYED,
        r"(?:要|需要?|得|想|拟|申请|请求|请示|可能|恐怕|只能|会|被迫|又|已)(?:再|往后)?(?:适当)?(?:延期|延后|推迟|延迟|顺延|拖后|滞后|延长|缓)"
        r"|(?:延期|延后|推迟|延迟|顺延|滞后)(?:到|至|了|完成|报送|上报|几|一|两|半|\d|$)|进度(?:滞后|偏慢|落后|[^,]{0,6}慢)|慢于|落后于|[上开投交]不了(?:线|工|业|用|付|产)|来不及|赶不(?:上|及|出来)"
        r"|[完办做弄搞交报出]不(?:成|完|出来|上|齐|好)|(?:不能|无法|没法|难以)(?:按期|按时|如期|准时)|要?晚(?:几|两|三|一)?(?:天|周|点|些|个)"
        r"|(?:还?要|得|会)拖(?!欠)|往后(?:拖|推|挪|延)|拖(?:几天|一拖|一下|到)|宽限|逾期了|超期了|流标|废标|(?:时间|日期|节点|工期)(?:要|得|需)?(?:改|推|延|调整?)(?:到|至)|(?<!不)(?<!没有)(?<!没)改期|(?<!修)(?:改|推|延|调整?)(?:到|至)了?(?:下|明|后|\d+[月号日])|(?<!不)暂缓",
    ),
    (
        Status.IN_PROGRESS,
        rf"(?:还|尚|暂|仍|都|也|一直|目前|现在)(?:没|未)(?!有?(?:问题|困难|意见|难度))|(?:没|未)(?:有)?(?:{_DO}|{_ACT}|完|好|动|启)(?!生|现)"
        rf"|还在|仍在|正在|(?<![修改更纠校公端])正(?=对|按|组织|抓紧|走)|在(?!建|线|办|册|岗|校|职|编)(?:{_DO}|{_ACT}|推进|走流程|走程序|整理|准备|收集|汇总|协调|起草|核对|征求|评审|等)|在[建办](?:$|,|中)"
        rf"|(?:推进|进行|办理|{_ACT}|整理|起草|审批|评审|核对|对接|协调|收集|汇总|调试|试运行|测试|试点|评标|装修|收尾)(?:之)?中(?!心|标|介|小|央|国|层)"
        r"|差(?:一|点|最后|不多|几|个|两|\d)|(?:没|未|不)(?:能)?(?:获|予)?(?:通过|达标|到位|批下来|过)(?:$|,)|退回(?:来|去)?(?:重|,|$)|重新(?:编|做|招|报|修|送|设计)|忘(?:了|记)|漏(?:了|报|发)|(?:问题|隐患|意见)[^,]{0,3}(?:要|需|待|正在)(?:整改|修改|完善)|(?:发|送|转)(?:给|到|往)?[^,]{0,8}(?:核对|征求意见|会签|审核)|要等|招标(?:挂网|公告|开标)|还(?:有|剩|缺)(?:下)?(?:\d|[一二两三四五六七八九十几])|(?:剩余|剩下|其余)[^,完]{0,10}(?:在|未|没|下?[周月]|\d+月|明|年底|招|推|施工)|等(?:着|待)?[^,]{0,10}(?:对接|联调|到货|移交|交付|进场)|才\d|只差|就差|快(?:要)?(?:完|好|弄完|做完|办完|搞完|出来|成|了)|即将"
        rf"|(?:基本|大部分|(?<![的责头担])部分|初步|(?<![场任])主体|大体|多半|陆续|前期|第一批|首批)(?:上)?(?:已经?)?(?:{_DO}?{_WELL}|{_ACT})"
        rf"|(?:(?<!人)才|(?<!不)只|仅|刚刚?)(?:{_DO}|{_ACT}|开始|启动|起步|开头|完)|(?:一|大|小|多|快)半|过半|刚(?:刚)?(?:开始|启动|起步|开头|动)|{_BY_NOW}(?:经)?(?:全面|正式|顺利|陆续|全部|如期|按期|同步)*{_BEGUN}"
        rf"|(?<![招接款期亟])待(?!遇|业|岗|命)(?:进一步|统一|正式)?(?:{_DO}|{_ACT}|审|批|完善|补|定|反馈|接入)|(?<!已)(?<!已经)(?:收尾|扫尾|攻坚)(?:阶段|中)"
        r"|还(?:要|需要?|得)(?:再)?(?:[一两二三四五六七八九十几半]|\d+)个?(?:天|周|星期|月|礼拜)"
        r"|(?:没有?|未能?|不能)(?:按[期时]|如期|准时|全部|全面|完全|正式|及时)"
        r"|(?:正常|有序|稳步|全力|加快|扎实|持续)推进|(?:没有?|无)(?:什么|新的?|明显|实质性?)?进展"
        rf"|(?:{_BEGUN})了(?:$|,)|(?:每[天日晚周月]|天天)[^,]{{0,6}}(?:准时|按时|照常|都)[^,]{{0,3}}{_DO}"
        # 已报市政府审定
        r"|(?:报|送|提交|呈送?|上报)[^,]{0,8}(?:审定|审批|审核|审议|审签|批准|研究|会签|签批)(?!通过|完|后|稿)"
        # 头两个已经建好: the first of several
        r"|(?:[头前首]|先期)[一二两三四五六七八九十\d]+(?:个|所|条|处|座|家|户|台|套|批|期|栋|段|标段)[^,季年月]{0,8}(?:已|都|建|改|装|做|完|好|成|通|开|交)"
        rf"|初稿|草稿|征求意见稿|讨论稿|征求意见(?:中|阶段)"
        rf"|{_LATER}[^已,]{{0,6}}?(?:{_DO}{_WELL}?|{_ACT}|完|好)(?![^,]{{0,3}}[过了])|推进中|进行中|办理中|有进展|进展(?:顺利|正常)|推进顺利|按计划(?:推进|进行)|等(?:着|待)?[^,]{{0,8}}(?:批复|审批|审核|审定|回复|意见|文件|验收|结果|签字|盖章)",
    ),
    (
        Status.IN_PROGRESS,
        COUNTED,
    ),
    (
        Status.DONE,
        rf"{_BY_NOW}(?!收到|知悉|知道|阅|收悉|建成区|经济)|(?:{_DO}|{_ACT}){_WELL}(?:了|啦|咯|喽|$|,)|(?<!不)(?:{_DO}|{_ACT})(?:了|啦)(?:$|,)"
        rf"|^{_ACT}了(?=[^\W\d]{{2}})|(?<![未没能不会可])(?:正式|全面|顺利|如期|按期|按时)(?:结束|{_ACT})(?:$|,)"
        # 昨天封顶, 6月28日通水投运, 胜利闭幕
        rf"|(?:昨[天日晚]|今[天日早]|前天|上[个]?[周月]|上午|下午|日前|近日|(?<!\d月底)\d[日号]|胜利|圆满|成功)(?:已|正式|顺利|成功|圆满|胜利|如期|全面)*(?:闭幕|闭会|投运|投用|开放|贯通|建成|{_ACT})(?:投运|投用|投产|开放|通过|使用|运行)?(?:$|,)"
        r"|[^\W\d](?:通|好|完|成|齐|妥|掉|清|亮|起来|上去|下来)了(?:$|,)|(?:恢复|通车|通水|通电|通气|封顶|揭牌|挂牌|投用|投产|交付|结清|拨付|答复|反馈|清零|开放|到账|兑现|公告|落地|闭环|张贴)(?:完|好)?了(?:$|,)|(?:发|挂|贴|登|放)(?:到|在)?[^,]{0,4}(?:网上|网站|公示栏|公众号|平台|栏里)(?:上)?了(?:$|,)|(?:完成|办结|搞定|搞掂|办妥|完工|竣工|结案|销号|了结|收官|结束)(?:了|啦|咯|$|,|并)|^(?:都|均)?完成了?第|全部(?:完成|办结)|(?:ok|done)了?$|到位(?:了|$|,)|全了(?:$|,)|(?<!时间)(?<!期限)(?<!日子)[^\W\d]{2}过了(?:$|,)|(?<![不没未])达标(?:了|$|,)|达到了?(?:目标|要求|标准)|(?:拿|领|取)到(?:手)?了(?:$|,)|取得了(?:$|,)|(?:编|健全|报|送|交)(?:给|到|至)?[^,已未没]{0,8}(?<![看想等])了(?:$|,)|接入[^,]{1,10}了(?:$|,)|[^\W\d]{2}(?<!还)(?:拨|结|兑|签)了(?:$|,)|[^\W\d_]{2}(?:完毕|就绪)(?:了)?(?:$|,|并)|(?<![太很真更最你您不])[^\W\d_](?:完|好|妥|齐|掉)了(?:$|,)|[^\W\d](?:完|好|成|齐)(?:并|,|和|后)[^,]{0,12}了(?:$|,)|(?:并|且)(?:已)?[^,]{0,6}(?:接入|通过|投用|运行|验收|移交|备案|公示|上线)[^,]{0,6}了?(?:$|,)|(?:验收|审核|评审|审批)(?:已)?通过|^通过(?:了)?(?:验收|审核|评审|审批)",
    ),
)
_STATUSES = tuple((status, regex(body)) for status, body in TOLD)
_COUNTING = _STATUSES[-2][1]
# A later word that takes the place of the earlier ones.
_NOW = regex(r"^(?:不过|但是?)?(?:现在|今天|今早|刚刚?|终于|目前|最后|后来|总算)")
# 正式办结 said last is the end of it, whatever share was told before.
_ENDED = regex(
    r"(?:全年|本年度|年度)?(?:任务|目标|指标)?(?:现|已经?|现已|均|都|正式|全部|全面|圆满|顺利|如期|按期|提前)*(?:办结|销号|完成|完工|竣工|结案|办理完毕|整改完毕|收官)(?:了|啦)?"
)
# A thing that is counted or measured, not how far somebody is (支持率达到80%).
_RATE = regex(
    r"(?<!完成)(?<!办结)(?<!化解)(?<!销号)(?<!整改)(?<!拨付)(?<!兑付)(?<!兑现)(?<!支付)(?<!竣工)(?<!执行)率[^,%]{0,6}$|(?:比例|占比|增长|下降|同比|提高|降低)[^,%]{0,6}$"
)
_PERCENT = regex(r"(\d{1,3})(?:\.\d+)?%|百分之([零〇一二两三四五六七八九十百\d]+)")
_TENTHS = regex(
    r"(?:完成度?|进度|占(?!比)|[做办弄搞干到近约有装换建改]|了)(?:是|为|已?达|了|到)?(?:大概|大约|差不多)?([一二三四五六七八九\d])成(?:$|[多半左了,])"
)
_FRACTION = regex(r"([二三四五])分之([一二三四])")
_HALF = regex(r"(?<![大小多过快])一半|(?:做|办|弄|搞|完成|装|换|建|改)了?(?:个)?半$")


# Behind what is done, what is still to come: 对接完成，座席合并要到10月; 自查结束，转入检查.
_PENDING = regex(
    r"^(?:就|正|都|还|只)?(?:等|待)(?!级|遇|业)|(?<!主)(?<!需)要(?:到|等|再|过|看)|转入|进入(?!常态|正常|尾声|运行)|(?<![现存实内外所])在(?:完善|推进|整改|办理|审核|审批|施工|建设|编制|汇总|整理|收集|修改|对接|协调|招标|采购|征求|核对|调试|进行|准备|筹备|评审|[谈走做改搞弄编办修建批])[^,]{0,4}$|上会|(?<!通过)会签|[上中下]旬|接着(?!是)|(?<!可)继续(?!保持)"
    r"|(?:下|再下)个?(?:周|月|季度)|(?:招标|采购|选址|方案|合同)(?![^,]*(?:办法|制度))(?:[^,]{0,4}(?:签|挂|在|走|报|定))"
)


def is_pending(clause: str) -> bool:
    """Whether a clause behind a completion tells of what is still to come, without any of the words that say so by themselves."""
    return _PENDING.search(clause) is not None


def status_of(clauses: tuple[str, ...]) -> Status | None:
    """What the clauses of one report say together, None when they tell no progress."""
    if clauses and _NOW.search(clauses[-1]) and (last := _status(clauses[-1])):
        return last
    if len(clauses) > 1 and _ENDED.fullmatch(clauses[-1]):
        return Status.DONE
    found = _status(",".join(clauses))
    return Status.IN_PROGRESS if found is Status.DONE and any(map(is_pending, clauses[1:])) else found


def only_counts(text: str) -> bool:
    """Whether `text` is under way only for telling how much was done (装了160个): with what is wanted in hand, that may be all."""
    found = next(((status, pattern) for status, pattern in _STATUSES if pattern.search(text)), None)
    return found is not None and found[1] is _COUNTING and percent_of(text) is None


def telling(text: str) -> str:
    """The words in `text` that tell its status; empty where none do."""
    found = next((found for _, pattern in _STATUSES if (found := pattern.search(text))), None)
    return found[0] if found else ""


def says_unfinished(text: str) -> bool:
    """Whether `text` says that something is left, late or stuck."""
    return any(
        pattern.search(text) for status, pattern in _STATUSES if status is not Status.DONE and pattern is not _COUNTING
    )


def says_done(text: str) -> bool:
    """Whether `text` says of anything that it is finished, whatever it says beside."""
    return _STATUSES[-1][1].search(text) is not None


def _status(text: str) -> Status | None:
    percent = percent_of(text)
    found = next((status for status, pattern in _STATUSES if pattern.search(text)), None)
    if found in (Status.PROBLEM, Status.DELAYED) or percent is None:
        return found
    left = found is Status.IN_PROGRESS and says_unfinished(text)
    return Status.DONE if percent == 100 and not left else Status.IN_PROGRESS


def percent_of(text: str) -> int | None:
    """How much is done, 0–100, None when no share is told. 一半 is 50, 八成 80, 三分之二 67."""
    for found in _PERCENT.finditer(text):
        value = int(found[1] or number_of(found[2]))
        if value <= 100 and not _RATE.search(text[: found.start()]):
            return value
    if share := _FRACTION.search(text):
        return round(100 * int(number_of(share[2])) / int(number_of(share[1])))
    if tenths := _TENTHS.search(text):
        return 10 * int(number_of(tenths[1]))
    return 50 if _HALF.search(text) else None


# --- what a clause is about -------------------------------------------------------------------------------------
_OPENER = regex(
    r"^(?:(?:报告|汇报|反馈|报一下|说一下|回复|更正|补充|请示)(?:一下|领导|各位)?(?=$|,|:|第|\d|我)|各位(?:领导|老师)?|领导|老师|您好|你好|大家好|关于"
    r"|[我咱]们?(?:单位|部门|局|委|办|中心|科室?|院|公司|街道|镇|乡|县|区|这边|这里|这|自己)?(?:的|负责的?|牵头的?|承担的?|这边)?|本(?:单位|局|委|部门|科室?)(?:的)?"
    r"|贵办|目前|现在|今天|昨天|刚才|刚刚|截[至止](?:到)?(?:目前|今天|现在)|按照?(?:要求|通知|方案)|那个?|这个?|关于|其中|另外|还有|以及|:|的|吧|啊|嗯|呃)"
)
_FILLER = regex(
    r"(?:(?:现|再次?|重新|补充?)(?:上报|报送|报|提交)|重报|补报|链接|网址|地址|详见|见|附件?|截图|如下|在这里|请?(?:您|领导)?(?:查收|审阅|知悉|登记|过目|查看|审核|核实|销号)|特此(?:报告|说明)?|收到|好的?|嗯|谢谢|辛苦了?|"
    r"抱歉|不好意思|对不起|麻烦(?:了|登记一下)?|一下|了|吧|啊|哈|在|是|:)*"
)
# Not mine, not wanted any more: nothing is told of how far it is.
DECLINED = regex(
    r"(?:移交|转交|转给|交给|移送)(?:了|给)?[^,]{0,6}(?:局|委|办|部门|单位|中心|院|政府)|不(?:再)?[做办弄搞干报]了|不(?:用|需要?|必)(?:再)?[做办弄搞干报]|无关|不归我|不属于我|不是我们?(?!已|完|做|办)|不该我|说不(?:清|准|好)|不(?:太)?(?:清楚|知道|确定)|应?该?由[^,]{0,10}(?:局|委|办|部门|单位)[^,]{0,4}(?:负责|办理|牵头|承办)(?!的)"
)
# 应该完成了吧: guessed, not told.
GUESSED = regex(r"(?:应该|应当|可能|大概|估计|也许|好像|似乎|听说|据说)[^,]{0,12}(?:了|完|好|成)(?:吧|啊|呀)?\W*$")
# 除第5项外都完成了: what is meant is not said.
EXCEPTED = regex(r"除(?:了|开|去)?[^,]{0,14}(?:外|之外|以外)|(?<!关)其[余他它][^,]{0,6}(?:都|均|全)")
# 请各县区尽快完成: said to others.
BIDDEN = regex(
    r"^(?:请|望|要求|麻烦|烦请|敬请)(?:各|大家|有关|相关|贵|你|您|[^,]{0,10}(?:局|委|办|县|区|镇|单位|部门))(?![^,]*(?:查收|登记|审阅|核实|销号|过目|查看|审核))[^,已了]*(?:完成|落实|报送|上报|办理|办结|抓紧|推进|做好)"
)
CORRECTING = regex(
    r"(?:刚刚?才?|上一?条|前面|上面|之前|昨天|上午|早上)?(?:我)?(?:的)?(?:发|报|写|点|填|登|说|搞|弄|打|记|选)错(?:了|啦|项)?|更正(?:一下)?|撤回|以这条为准|作废"
)
# The answer to a reminder that only promises (马上落实, 我们会按要求抓紧办): an acknowledgement, no progress.
PROMISE = regex(
    r"(?:我们?(?:单位|局|委|办|这边)?)?(?:这就|会|将|一定|定|马上|立即|立刻|尽快|抓紧(?:时间)?|按时|及时|按要求|按期|认真|全力|积极|坚决|遵照|照|速)+"
    r"(?:去)?(?:落实|办理?|处理|完成|报送|上报|安排|推进|跟进|执行|整改|布置|部署|反馈|做|弄)(?:好|到位|下去|完)?(?:的|此项工作|这项工作|工作)?"
)
OTHERS = regex(r"^(?:其余|其他|其它|剩下|剩余|余下|别的)")
# Where the subject of a clause ends and what is told of it begins.
_TURN = regex(
    rf"(?<![存现实所内外潜])在(?!建|线|办|册|岗|校|职|编)(?={_DO}|{_ACT}|走|谈)|(?<!成)(?<!首)都(?=已|没|还|{_DO}|完|在|按|公)|(?<!人)(?<!刚)才(?={_DO}|完|刚)|已经?(?!建设用地|建成区)|业已|均(?=已|完|按)|全部(?=已|{_DO}|完|公)|因为?(?!地|素)|由于"
    rf"|正在|完工|竣工|(?:暂|没有?|无|有)(?:什么|新的?)?进展|等(?=[^,]{{0,8}}(?:批|审|意见|反馈|回复|结果|签))|(?:正式|全面|顺利|如期|按期)(?={_ACT})|持续(?=推进|开展|进行)|推进(?=中|$)|[还仍]在|还(?=没|未|差|有|要|得|需)|尚[未没]|没有?(?={_DO}|{_ACT}|完|好)|未(?={_DO}|{_ACT})|大概|大约|差不多|基本(?=上|已|完|{_DO})|目前|现在|预计|估计|争取"
    rf"|完成(?=了|\d|百|近|约|一|大|$|,)|(?:做|干|推进|办|达|进展?)到|进度|刚(?={_DO}|完|启|开)|快要?(?={_DO}|完|好)|即将|{_DO}{_WELL}|{_DO}了|{_ACT}[了中]"
    r"|(?:选址|资金|用地|协调|推进|施工|招标|人手|经费)(?=困难|受阻|不足|紧张|不到位)|(?:有|遇到|碰到|存在)(?=困难|难度|问题|点|一些|些|阻力)|卡(?=住|在|壳)|推不|[完办做弄搞交报]不(?=[成完出上齐好])|[发推建开改拨]不[了下]|漏(?=了|报|发)|又(?=交付|新增|完成|建|开|铺|改|装|办)|超额|忘了|(?:拿|领|取)到|(?:全部|均|都)?[^\W\d]{2}到位|(?:施工|推进|[做干办铺修建改])到(?=第?\d)|到货|(?:胜利|圆满|成功)(?=闭幕|举办|举行|召开|开)|来不及|赶不|[要需得会](?=延|推迟|晚|拖)|申请延|(?:延期|延后|推迟)(?=到|至|了|完成|上?报|几|一|两|\d|$|,)|办结|搞定|差(?=一点|点|不多|最后|几|\d)|(?:能|可以?|会)(?=出|完|好|上线|公开|{_DO})|需要?(?=上级|领导|市|县|区|协调|支持|帮)|请求|希望|恳请|马上|抓紧|尽快|没(?:有)?(?:问题|困难)|(?<=[^一二三四五六七八九\d])\d{1,3}%|百分之"
)
_OBJECT = regex(rf"^(?:已经?|都|均|全部|完成了?|将|把|对|{_ACT}(?:了|完)?|{_DO}{_WELL}?了?)+")


_OURSELVES = regex(
    r"(?<![自])(?:我们?|本|咱们?)(?:这个)?(?:局|委|办|县|区|市|镇|乡|院|校|中心|单位|部门|公司|街道|处|站)(?:的|那|这)?(?:(?:审核|配合|牵头|负责|承担|所辖|辖区|参与)?的?部分|一份|份额|边)?"
)


def without_ourselves(words: str) -> str:
    """`words` without 我局, 我县, 本单位的 in it: who tells it is no subject."""
    return _OURSELVES.sub(" ", words)


def without_openers(clause: str) -> str:
    """`clause` without 报告, 我们局, 目前 and the like at its beginning."""
    while (found := _OPENER.match(clause)) and found.end():
        clause = clause[found.end() :].lstrip(",:、 ")
    return clause


def is_filler(clause: str) -> bool:
    """Whether a clause says nothing about an assignment (链接, 请查收, 谢谢)."""
    return _FILLER.fullmatch(clause) is not None


def told_of(clause: str) -> tuple[str, str]:
    """What may be the subject of a clause: its words before what is told of it, and those behind."""
    found = _TURN.search(clause)
    if not found:
        return clause, ""
    behind = _TURN.sub(" ", _OBJECT.sub("", clause[found.start() :]))
    return clause[: found.start()], behind.strip()


# --- periods ----------------------------------------------------------------------------------------------------
_N = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
_YEAR = r"(?P<year>(?:20)?\d{2}年|去年|前年|今年|本年|上年)?(?:度)?"
_MONTH = regex(
    rf"(?<![到至\d])(?<!\d年){_YEAR}(?P<n>{_N})月(?:份|度)?(?!\d{{1,2}}(?![\d月])|底|初|末|中旬|上旬|下旬|前|以前|之前|[{'一二三四五六七八九十'}\d]+[日号])"
)
# 1-5月均已公布: each of them; a sum up to May (1-5月收支) is May's report.
_MONTHS = regex(
    rf"{_YEAR}(?P<a>{_N})月?(?:份)?(?:-|—|–|~|至|到)(?P<b>{_N})月(?:份)?(?!底|初|末|[\d一二三四五六七八九十]{{1,2}}[日号])"
)
_EACH_MONTH = regex(r"均|都|全部|各月|每月|逐月|分别")
_QUARTER = regex(
    rf"{_YEAR}第?(?P<n>[一二三四1-4])(?:个)?季度?(?!初|末|底|前|节)|{_YEAR.replace('year', 'year2')}q(?P<q>[1-4])"
)
_HALF_YEAR = regex(rf"{_YEAR}(?P<n>上|下)半年(?!前|底)")
_WHOLE = regex(
    r"(?P<year>(?:20)\d{2}年|去年|前年|今年|上年|本年)度?(?!底|初|末|前|第|以来|来|[\d一二三四五六七八九十上下])"
)
_SEEN = regex(r"(?P<which>上上|上(?!半年)|本|这|当)个?(?P<unit>月|季度|季(?!节)|半年)(?:份|度)?(?!底|初|末|前|旬)")
# 一二季度, 5、6月: what the first shares with the last.
_SHARED_QUARTER = regex(r"(?<![\d年.])([一二三四]|[1-4](?=[、和及,]))(?:、|和|及|,)?(?=[一二三四1-4]季度)")
# BY-3五月份: the number of a code is no month.
_CODE = regex(r"[A-Za-z]{1,3}-?\d{1,3}(?=[一二三四五六七八九十]{1,2}月)")
_SHARED_MONTH = regex(r"(?<![\d第.])(\d{1,2})(?:、|和|及)(?=\d{1,2}月(?![\d底初末中上下]))")
_PERIODS = (_MONTH, _QUARTER, _HALF_YEAR, _SEEN, _WHOLE)


def without_periods(text: str) -> str:
    """`text` without the periods that a report may be about."""
    text = _SHARED_MONTH.sub(" ", _SHARED_QUARTER.sub(" ", text))
    for pattern in _PERIODS:
        text = pattern.sub(" ", text)
    return text


def periods_in(text: str, today: date) -> tuple[str, ...]:
    """The periods named in `text` as the ledger writes them: 2017-06, 2017-Q2, 2017-H1, 2017.

    Without a year it is this year's, or last year's when that one is the nearer one behind (12月 said in January).
    """
    text = _CODE.sub(" ", text)
    text = _SHARED_MONTH.sub(r"\1月、", _SHARED_QUARTER.sub(r"\1季度、", text))
    found = [(one.start(), _month(one, today)) for one in _MONTH.finditer(text) if 1 <= int(number_of(one["n"])) <= 12]
    if _EACH_MONTH.search(text):
        found += [(one.start(), period) for one in _MONTHS.finditer(text) for period in _months(one, today)]
    found += [(one.start(), _quarter(one, today)) for one in _QUARTER.finditer(text)]
    found += [(one.start(), _half(one, today)) for one in _HALF_YEAR.finditer(text)]
    found += [(one.start(), _seen(one, today)) for one in _SEEN.finditer(text)]
    found = found or [(one.start(), str(_year(one["year"], today))) for one in _WHOLE.finditer(text)]
    return tuple(dict.fromkeys(period for _, period in sorted(found)))


def _year(words: str | None, today: date) -> int | None:
    if not words:
        return None
    spoken = {"去年": 1, "上年": 1, "前年": 2, "今年": 0, "本年": 0}
    if words in spoken:
        return today.year - spoken[words]
    digits = int(words.rstrip("年"))
    return digits if digits > 99 else 2000 + digits


def _latest(start: int, far: int, today: date) -> int:
    """The year of a part that begins in month `start`, named without one: last year's when this year's is far ahead."""
    return today.year - 1 if start - today.month > far else today.year


def _month(found: re.Match[str], today: date) -> str:
    month = int(number_of(found["n"]))
    return f"{_year(found['year'], today) or _latest(month, 6, today)}-{month:02}"


def _months(found: re.Match[str], today: date) -> list[str]:
    """Each month of a stretch."""
    first, last = int(number_of(found["a"])), int(number_of(found["b"]))
    if not 1 <= first < last <= 12:
        return []
    year = _year(found["year"], today) or _latest(last, 6, today)
    return [f"{year}-{month:02}" for month in range(first, last + 1)]


def _quarter(found: re.Match[str], today: date) -> str:
    quarter = int(number_of(found["n"] or found["q"]))
    return f"{_year(found['year'] or found['year2'], today) or _latest(3 * quarter - 2, 6, today)}-Q{quarter}"


def _half(found: re.Match[str], today: date) -> str:
    half = 1 if found["n"] == "上" else 2
    return f"{_year(found['year'], today) or _latest(6 * half - 5, 3, today)}-H{half}"


def _seen(found: re.Match[str], today: date) -> str:
    """上月, 本季度, 上半年 is no such word and never comes here."""
    back = {"上上": 2, "上": 1}.get(found["which"], 0)
    months = {"月": 1, "半年": 6}.get(found["unit"], 3)
    first = add_months(today.replace(day=1), -((today.month - 1) % months) - back * months)
    return period_of(first, months)


def period_of(first: date, months: int) -> str:
    """The name of the period of `months` months (1, 3, 6 or 12) that holds `first`."""
    if months == 12:
        return str(first.year)
    kind = {1: "", 3: "Q", 6: "H"}[months]
    count = (first.month - 1) // months + 1
    return f"{first.year}-{kind}{count}" if kind else f"{first.year}-{count:02}"


def months_in(period: str) -> int:
    """How many months a period lasts: 2017-06 one, 2017-Q2 three, 2017-H1 six, 2017 twelve."""
    _, _, part = period.partition("-")
    return 12 if not part else {"Q": 3, "H": 6}.get(part[0], 1)


def begins(period: str) -> date:
    """The first day of a period."""
    year, _, part = period.partition("-")
    count = int(part.lstrip("QH")) if part else 1
    return date(int(year), (count - 1) * months_in(period) + 1, 1)


def ends(period: str) -> date:
    """The last day of a period."""
    return add_months(begins(period), months_in(period)) - timedelta(days=1)
