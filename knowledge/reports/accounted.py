"""What of a completion is accounted for: who tells it, when, how it is said to be done, how much, and what was to be done.

A completion is believed where nothing else is said. Lists of what makes a sentence no completion (wishes, hearsay, jokes, steps on
the way) have no end; what a plain completion is made of has one. What is left over is told to the person, who says it plainly.

Everything runs over `plain` text; a mark for each character says whether it is accounted for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from knowledge.normal import bare, plain
from knowledge.patterns import regex
from knowledge.question.itemnumbers import without_numbers
from knowledge.reports.amounts import amounts_in, reaches
from knowledge.reports.report_words import is_filler, is_result, without_openers, without_ourselves

# How it is done: verbs of finishing, whatever the work is.
_FINISHED = (
    r"完[城程呈乘]|完成率(?:为|是|达到?)?(?=100%|百分)|提前[^,]{1,4}(?=完成|办结|完工)|(?:可以|准予|请予|请)(?:予以)?销号|(?:竣工)?验收备案|(?:办理|处理|整改|落实|实施|推进|建设|施工|执行|任务|工作)*(?:完成|办结|完毕|完结|结束|销号|结案|了结|收官|完工|竣工|到位|达标|清零|闭环|齐活|收工|落幕|(?:全线)?贯通|搞定|搞掂|妥当|就绪|成功|100%|百分之?百)"
    r"|(?:竣工|全部|综合|整体|最终|顺利|一次性|联合)*(?:通过(?:了)?)?(?:竣工|综合|整体|最终|市级|县级|区级|省级|州级|第三方|专家|联合|现场|竣)*验收(?:合格|通过|完毕|完成|了|完)?"
    r"|[完办做弄搞干整落][完好成妥掉齐结下来]{1,2}|(?:画上|划上)(?:了)?(?:圆满)?句号|告一段落|用上|卡点交卷|交卷|清了|落[地实成]|建[成立起]|(?<!就)[完好妥齐结](?=了|$|,)|交(?:付|工|房|钥匙)(?:使用)?|投入(?:使用|运行|运营|生产)|投[用运产]|(?:正式)?(?:启用|开通|开放|运行|运营|营业|生效|施行|使用|实施|上线)"
    r"|(?:开|闭)(?:街|园|业|馆|市|营|诊|幕|班|门|放|课|学)|通[车水电气航邮]|揭牌|挂牌|封顶|打通|贯通|解决|消除|取缔|注销|恢复|开(?=了)|亮了|有了|齐了|全了|[贴挂发送装放搬登传寄](?:到|在|进|至)[^,]{1,6}(?=了|$|,)"
)
# With what it is said: adverbs, particles, what everything has.
_BESIDE = (
    r"(?:早(?!日)|陆续)?(?:就)?[已己巳](?:经|経)?(?:全部|都|均)?|以(?=完成|办结)|早(?:就|都|已)?(?!日)|ok|done|好的|妥|业已|现已|均已|全部|全面|全都|都|均|全|也|就|又|一并|一起|统统|整个|整体|总体|总共|一共|共|共计|合计|累计|正式|圆满|顺利|如期|按(?:照)?(?:时限|期限|时间|进度|序时|任务|方案|文件)?(?:要求|计划|规定|标准|节点)|按[期时]|准时|提前|及时|最终|终于|总算|彻底|胜利|统一|集中|高标准|高质量|保质保量|超额|确实|真的|还是|终究|好歹|当天|当场|一次性|现场|同步"
    r"|(?:这|此|该|本|那)(?:一)?(?:项|个|件|条|块|块儿|边|头)?(?:任务|工作|事项|事情|事)?|任务|工作|事项|事情|目标|指标|项目|工程|活儿?|进度|按时|保质|保量|俺们?|两[项个]|几[项个]|由[^,]{1,8}(?:牵头|负责|承办|具体办)(?:的)?|[我咱]们?科?(?:小|老)[\u4e00-\u9fff]|抱歉[^,]{0,4}|牵头|负责|承担|配合|组织|实施|开展|进行|要求|所有|全年|年度|本年度|今年|以来|目前|现在|现|截[至止]|到|为止|其中|总计|的是|应该?是|不用(?:再)?催(?:了)?|没(?:有)?(?:什么|任何)?(?:问题|困难|难度)|(?:其实)?不难|并非不可能(?:的事)?|按照?[^,]{1,8}要求|[收挂印发开办交建装弄做搞完修](?:的|得)(?:尾|网|文|函)?|保质保量|按时保质|经(?:[^,]{1,6}同意|[^,]{1,6}审定|核实|核查|检查|复核|确认|验收|现场[^,]{0,2})|负责的?部分|这?部分|(?:[^,]{1,3})?覆盖"
    r"|^(?:现)?(?:报告|汇报|反馈|报|补报|回复|更新|说)(?:一下|一声|下)?|了|啦|咯|喽|嘞|的|地|得|过|哈|哦|啊|呀|噢|哟|呗|嗯|滴|于|在|并|且|和|与|及|同|由|把|将|对|为|给|跟|个|是|至|从|被|有|之|其|这|那|[两一二三四五六七八九十\d]*项"
)
# Who tells it and to whom.
_SAID_TO = (
    r"[我咱]们?(?:单位|部门|[局委办县区市镇乡院校处站]|中心|公司|街道|科室?|这边|这里|这)?|本(?:单位|部门|[局委办县区市镇乡院校处站]|中心|公司|街道|科室?)|领导|主任|科长|处长|局长|老师|各位|大家|同志|督查(?:室|组|员|科|办)?|您|你|市政府|县政府|区政府|办公室|政府办"
    r"|(?:请|麻烦)?(?:帮(?:我|忙))?(?:我想|我要|想|要)?(?:把|将)?(?:给我)?(?:登记|标记|记|补登)(?:一下|为|成|上)?(?=[\d已完第]|$|,|:)|好消息|喜报|特此|报喜|请(?:您|领导)?(?:予以|给予)?(?:查收|审阅|知悉|登记|过目|查看|审核|核实|销号|核定|核验|确认|补登|记录|备案|更新|放心)(?:一下|下)?|(?:予以|给予)?(?:销号|核定)|(?:十分|非常|特别)?(?:感谢|谢谢)[^,]{0,8}|多谢[^,]{0,8}|多亏[^,]{0,10}|辛苦[^,]{0,4}|不好意思|抱歉|麻烦[^,]{0,6}|收到|好的(?=$|,)|嗯|没来得及报|忘(?:了)?报了?|(?:晚|迟)了?[^,]{0,4}天|拖了[^,]{0,5}"
)
# When: a day, a week, a month gone by; the year is the caller's business.
_WHEN = r"\d{1,2}月(?:份)?(?:\d{1,2}[日号]?|上旬|中旬|下旬|初|底|末|中)?|\d{1,2}[日号]|(?:[上本这])(?:个)?(?:周|星期|礼拜)[一二三四五六日天末]?|周[一二三四五六日末]|星期[一二三四五六日天]|昨[天日晚]|前[天日晚]|今[天日早]|当[天日]|大前天|上个?月(?:底|初|末)?|本月(?:初|底)?|这个?月|月[初底]|年初|日前|近日|近期|前不久|刚刚?|刚才|上午|中午|下午|晚上|早上|凌晨|\d{1,2}[点时](?:半|\d{1,2}分?)?"
# What goes with it: where the proof is, how it went, what it brought, what comes after; said in a clause of its own.
_PROOF = (
    r"(?:详?细?情?况?)(?:详?见|参见|请看)[^,]{1,16}|[^,]{0,8}(?:链接|网址|地址|附件|截图|照片|图片|视频|材料|资料|佐证|证明|页面|文号|备案号|编号|公示|公告|通报|报道|回看|报告|总结|盖章件|扫描件|原件|简报|文件|证书|发票|合同)[^,]{0,8}"
    r"(?:见|附|发|传|报|送|寄|放|补|交|在|是|为|如下|随后|稍后|下午|后补|另行|一并|:|$)[^,]{0,14}|(?:可以|欢迎|请)(?:随时|大家|来|去)*(?:看|查|体验|使用|查看|现场|参观|监督|核查)[^,]{0,6}"
)
_PEOPLE = r"(?:群众|企业|学生|家长|老百姓|大家|各方|社会|老人|村民|居民|商户|师生|患者|市民)(?:们)?"
_BROUGHT = regex(
    rf"{_PEOPLE}(?![^,]*(?:不满|投诉|有?意见|要求|反映有|没有?|担心|不同意|反对))[^,]{{1,16}}|(?:未|没有?|无|零)(?:发现|发生|收到|接到|出现|留|有)?(?:一(?:起|例|件))?(?:任何|重大)?(?:违规|违法|投诉|异议|遗留|问题|事故|遗漏|差错|上访|丢失)[^,]{{0,4}}"
    r"|(?:无一|没有一[^\W\d]?)[^,]{1,4}|[^,]{0,6}一[^\W\d](?:都)?[不没](?:少|落|漏|差)|[^,]{0,6}零(?:丢失|投诉|事故|差错|遗漏)|(?:运行|运转|运营|秩序|进展|施工|水压|质量|情况|反应|反映|过程|总体|整体)(?:都|也|很|非常|比较|总体)*(?:平稳|良好|正常|稳定|顺利|有序|顺畅|可控|不错|好)"
    r"|[^,]{0,4}(?:亮堂堂?|漂亮|敞亮|干净|畅通|整齐|得劲|高兴|开心|放心|省心|睡个好觉|松了?口气|请客|收工|回家|撒花|不容易)[^,]{0,6}|(?:主题|历时|用时|做到|实现了?|采取|没有?耽误|不(?:耽误|影响))[^,]{1,10}|[^,\d]{1,8}(?:率|度|比例)(?:为|达到?了?|是)?[\d.]+%?|占[^,]{1,8}[\d.]+%?"
)
_AFTER = regex(
    r"(?:下一?步|接下来|接着|后续|后面|今后|以后|下阶段|我局|我们|将|正在|正|继续|抓紧)+(?:会|要|将|就|是)*[^,]{0,4}(?:做好|加强|开展|抓好|进行|推进|组织|安排|整理|归档|办理)?[^,]{0,4}(?:管护|维护|管理|解读|宣传|总结|归档|档案|决算|结算|审计|评估|培训|巩固|跟踪|回访|监督|更新|服务|常态|长效)[^,]{0,6}"
)
_KNOWN = regex("|".join((_FINISHED, _SAID_TO, _WHEN, _BESIDE)))
_FINISHES = regex(_FINISHED)
_BEHIND = regex(_PROOF)
_AMOUNT = regex(
    r"(?<![第\d.])(?:\d+(?:[,.]\d+)*|[一二两三四五六七八九十百千]+)(?:多|余)?(?:个)?[十百千万亿]*(?:公里|公顷|平方(?:公里|米)?|立方米?|千米|人次|户次|[^\W\da-z月年日号期批季])"
)
# What the work is called in every row, done in ways of its own: what the row says, and what then may be said of it.
_KINDS = (
    (regex(r"公开|公布|公示|发布|公告|网|栏|宣传|推送|披露|上墙|发文"), regex(r"(?:公开|公布|公示|发布|公告|挂|登|发|贴|传|推|晒|放|上)(?:到|在|出|上|了)?(?:去|来|网|墙|线)?|(?:政府|门户|官方)?(?:网站|网上|官网|公众号|公示栏|公开栏|栏目|平台|报纸|电视)(?:上|里)?|上网|挂网|上墙|更新|推送|数据|信息|情况|内容|结果|名单|资料|清单|台账")),
    (regex(r"印发|出台|颁布|下发|制定|制订|拟定|编制|修订|起草|规范|办法|制度|机制"), regex(r"印发|出台|颁布|发文|下发|发(?:下去|出去|给|到)?|出(?:来|台)?(?=了|$|,)|各(?:单位|部门|县区?|乡镇)|文件|公布|公开|备案")),
    (regex(r"制定|制订|拟定|编制|修订|起草|编写|编印|撰写|建立|健全|完善"), regex(r"制定|制订|拟定|编制|修订|定稿|[编写拟改订定][完好成妥齐来]{1,2}|建立|健全|完善")),
    (regex(r"报送|上报|提交|提请|备案|答复|反馈|报告|送|呈"), regex(r"报送|上报|提交|备案|答复|反馈|报(?:上去|出去|给|到)?|交(?:上去|给|到)?|送(?:到|达|给)?|寄|办公室")),
    (regex(r"会|节|活动|举办|召开|开展|组织|培训|赛|演练|宣传|讲|论坛|周|日|检查|督查|抽查|排查"), regex(r"举办|举行|召开|开(?:展)?|办|搞|组织|演练|培训|做|查|检查|排查|讲")),
    (regex(r"开[设办通]|设立|建立|搭建|组建|成立|建成|新建|推行|上线"), regex(r"[建设立搭开]起来|开[设办通]?|设立?|建立?|搭建?|组建|成立|办|上线|挂|配(?:了|备)?")),
    (regex(r"建议|提案|议案"), regex(r"(?:面|书面)?答复|办复|回复|反馈|[a-z]{1,3}-?\d+")),
    (regex(r"资金|经费|[补救援资]助|补[贴偿]|拨|款|发放|兑[付现]|奖|投资|钱|贷|费|金|工资"), regex(r"资金|经费|钱|款|发放|拨付|兑[付现]|到账|支付|下达|(?:发|拨|付|打|兑)(?:下去|出去|到(?:位|户)?|完|好)?|打(?:卡|款)|入账|(?:一卡通|卡|账户)(?:上|里)?")),
    (regex(r"建|改|修|硬化|亮化|拓宽|加固|敷设|架设|疏浚|打造|路|桥|整治|治理|工程|安装|更换|铺|拆|清|绿化|造|栽|种|新增|配"), regex(r"[修装建换贴挂接连通铺拆种清配补录架立放打栽刷涂搭设敷埋砌粉改扩][完好成妥掉齐通上起来出下]{1,2}|建设|改造|新建|(?<!装)修(?!订)|建|改|装(?!修)|安装|更换|换|铺|拆|清|种|栽|新增|增|做|弄|配|整治|整改|治理|搬|竣工|开业|入驻|投用|启用|使用|开始运营|并|已?移交")),
)  # fmt: skip
# Characters that deny, wish or doubt, whatever the requirement holds.
_TELLING = frozenset("不没未别勿非要等先再若如说称但却吗嘛么吧")
# What came of it says nothing against it.
_PRAISE = regex(
    rf"(?:{_PEOPLE})?(?:反响|反映|反应|评价|效果|成效|口碑|满意|好评|一致|热烈|热闹|很高|很好|不错|良好|平稳|明显|突出|非常|都|很|挺|较|度|也|的|说好|高兴|点赞)+"
)
# A later clause that says once more that all is done (43个网站全部迁过去了), or counts what there is.
_ONCE_MORE = regex(
    r"该[^,]{1,4}的(?:都|全)?[^,]{1,4}了|[^,]{0,14}(?:全部|全都|均|都|全)[^,没未不还差要待等]{1,8}(?:了|完毕|到位|完成|合格|通过|完|好|齐)"
)
_BEFORE = regex(r"我是[^,]{2,16}|(?:刚刚?|才|今天|昨天|上午|下午)+(?:开完|参加完|散)了?[^,]{0,8}会议?")
# 120场演完了, 36公里铺完: whatever the verb, where as much is told as is wanted.
_MADE_SO = regex(r"[^\W\d][完好成齐](?:了|毕|$|,)")
_WORD = regex(r"[^\W_]+")


# 任务完成了, 全部办结: said last of the thing itself, it stands for all that was told before it.
_ITSELF = regex(
    r"(?:这|此|该|本)?(?:[项个件条])?(?:任务|工作|目标)?(?:现|就|报)?(?:已经?|都|均|也|全部?|全面|正式|圆满|顺利|如期|按[期时]|提前)*(?:完成|办结|完工|竣工|销号|搞定|结束|[办做弄搞][完好])(?:任务|目标)?(?:了|啦)?(?:任务)?"
)
# A thing on the way that is counted: 路基完成20公里, 桩基20根.
_STEPS = regex(r"路基|桩基|基础|框架|主体|管沟|开工|在建|招标|设计|审批|点位|到货|进场|备案|签约|洽谈|储备|启动")
_WHOLE = regex(r"全部|全都|均|都|任务|全(?=[办做弄搞修建改装换])")
# A wish, hearsay, a joke, a doubt, a contradiction: what is not taken for a part of the work.
_DOUBTS = regex(
    r"希望|[盼愿祝]|期待|早日|[若如]|要是|[请说称讲]|反馈|显示|[觉貌似想]|判断|[暂应]|号称|玩笑|逗|玩|[假测]试?|试试|[不没未别勿非]|何|多久|[嘛啵吧么吗呢]|等|[再先]|今晚|明|下班|要|坚决|力以赴|责成|限期|几乎|去年|前年|往年"
    r"|第.[届次期]|情况|材料|报告|[交报]$|差|远|(?<![最随今])后|[但可却]|[让撤]|才|择日|坏|漏|投诉|错|疑|算|^好了?$|月底|年底"
)
# What takes 第7项已完成 back in a later clause; anything else only tells more.
_AGAINST = regex(
    r"玩笑|逗|[假骗]|测试|试试|[别先勿莫]|不(?:确定|对|是|算|准|报)|[但可却][^,]*(?:[不没未坏漏差缺返]|投诉|问题|整改)|不(?:合格|达标|通过|行)|返工|整改|漏水|坏|[没未](?:[完好通过验做办达到]|有(?:完|做|办))|择日|取消|作废|投诉|塌|裂|待|还[差剩缺有要]|等[^,]{0,6}(?:验|批|审)"
)
# What makes any sentence no completion, wherever it stands.
_DOUBTED = regex(r"假|如果|若|听说|据说|说是|称|希望|盼|祝|愿|期待|测试|试试|玩笑|逗|不确定|[^,]{1,6}[说讲](?=第|,|$)")


# What is to be made public is not done before it is: 抽检完了, where the results are to be published.
_PUBLISHES = regex(r"^(?:按[月季年周]|定期|及时|依法|主动|全面|向社会)*(?:公开|公布|公示|发布|公告)")
_PUBLISHED = regex(
    r"公开|公布|公示|发布|公告|通报|[挂登贴发晒传]|上网|上墙|推送|更新|完成|办结|搞定|[办弄搞][好完妥]|妥|落实|销号|清零|100%|ok|done|齐活|交卷|应该?是|验收|结束|上线|开通|出来|^(?:都|已经?|早就?)*[完好]了$|已[完办]"
)


class Left(NamedTuple):
    """A stretch of `words` that is not accounted for, in its `clause`."""

    words: str
    clause: str

    @property
    def doubtful(self) -> bool:
        """Whether it wishes, doubts, hands on or contradicts, and so is no part of the work."""
        return _DOUBTS.search(self.words) is not None


def left_over(words: str, requirement: str, names: Iterable[str], today: date) -> tuple[Left, ...]:
    """The stretches of `words`, what was told of one assignment as done, that neither say so nor repeat what was to be done.

    `requirement` is all that the document says of the assignment; `names` are how the units that may be named in it are called, and
    what else is known to be meant. What the first or the last clause says of the thing itself (任务已完成) covers what only tells more of it.
    """
    text, said = bare(plain(requirement)), plain(words).replace("，", ",")
    clauses = [one for part in re.split(r"[,;。!]", said) if (one := _bare_clause(part))]
    clauses = [one for one in clauses if not _BEFORE.fullmatch(one)]
    if _not_public_yet(clauses, requirement, said):
        return (Left(clauses[0], clauses[0]),)
    all_there = reaches(requirement, said)
    unknown = [tuple(_unknown(clause, text, tuple(names), today, all_there)) for clause in clauses]
    found = [() if at and _goes_with_it(one) else unknown[at] for at, one in enumerate(clauses)]
    if len(clauses) > 1 and not unknown[0] and (itself := _ITSELF.fullmatch(clauses[0]) or _WHOLE.search(clauses[0])):
        against = _AGAINST if itself.end() == len(clauses[0]) else _DOUBTS
        found = [left if against.search(clause) else () for clause, left in zip(clauses, found, strict=True)]
    if _closed(clauses, unknown):
        found = [left if _DOUBTED.search(clause) else () for clause, left in zip(clauses, found, strict=True)]
    return tuple(stretch for left in found for stretch in left)


def _closed(clauses: Sequence[str], unknown: Sequence[tuple[Left, ...]]) -> bool:
    """Whether the last clause that does more than add to it says of the thing itself, or of all of it, that it is done."""
    for at in range(len(clauses) - 1, 0, -1):
        whole = _WHOLE.search(clauses[at]) and _FINISHES.search(clauses[at]) and not unknown[at]
        if whole or _ITSELF.fullmatch(clauses[at]):
            return True
        if not _goes_with_it(clauses[at]):
            return False
    return False


def _not_public_yet(clauses: Sequence[str], requirement: str, said: str) -> bool:
    """Whether something is to be made public and only what is to be made public is told as done (抽检完了)."""
    if not clauses or _PUBLISHES.match(plain(requirement)) is None:
        return False
    return _PUBLISHED.search(said) is None and not any(map(_ITSELF.fullmatch, clauses))


def _bare_clause(part: str) -> str:
    clause = re.sub(r"^\W*\d{1,2}、", "", part.strip())
    clause = without_openers(without_ourselves(without_numbers(clause)).replace(" ", ""))
    return "" if is_filler(clause) else clause


def _goes_with_it(clause: str) -> bool:
    """Whether a later clause only says where the proof is, how it was liked, or what came of it."""
    if any(one.fullmatch(clause) for one in (_BEHIND, _PRAISE, _BEFORE, _BROUGHT, _AFTER, _ONCE_MORE)) or is_result(
        clause
    ):
        return True
    return _AMOUNT.search(clause) is not None and not any(one.search(clause) for one in (_DOUBTS, _AGAINST, _STEPS))


def _unknown(clause: str, text: str, names: tuple[str, ...], today: date, all_there: bool) -> Iterator[Left]:
    known = bytearray(len(clause))
    for pattern in _patterns(text, names, today, all_there):
        for one in pattern.finditer(clause):
            known[one.start() : one.end()] = b"\1" * (one.end() - one.start())
    for at, pair in enumerate(pairwise(clause)):
        if "".join(pair) in text:
            known[at] = known[at + 1] = 1
    for run in _WORD.finditer(clause):
        yield from _stretches(clause, run.start(), run.end(), known, text)


def _stretches(clause: str, start: int, end: int, known: bytearray, text: str) -> Iterator[Left]:
    """The stretches of a run of words that are not known, but those whose characters the requirement holds in this order (老小区 of
    老旧小区)."""
    at = start
    while at < end:
        if known[at]:
            at += 1
            continue
        stop = at
        while stop < end and not known[stop]:
            stop += 1
        if not _said_there(clause, at, stop, text):
            yield Left(clause[at:stop], clause.strip())
        at = stop


def _said_there(clause: str, start: int, end: int, text: str) -> bool:
    """Whether the requirement holds the characters of a stretch close together, with one before it or behind it where it is short."""
    if end - start == 1 and clause[start] in text and clause[start] not in _TELLING:
        return True
    if end - start > 1 and _in_order(clause[start:end], text):
        return True
    before, behind = clause[max(0, start - 1) : end], clause[start : end + 1]
    return any(len(one) > end - start and one.isalpha() and _in_order(one, text) for one in (before, behind))


def _in_order(words: str, text: str) -> bool:
    """Whether a few neighbouring characters hold all of `words`, in this order."""
    first = words[0]
    for at in (at for at, sign in enumerate(text) if sign == first):
        window, rest = text[at : at + 3 * len(words)], words
        for sign in window:
            rest = rest[1:] if rest and sign == rest[0] else rest
        if not rest:
            return True
    return False


def _patterns(text: str, names: tuple[str, ...], today: date, all_there: bool) -> Iterator[re.Pattern[str]]:
    yield _KNOWN
    yield _AMOUNT
    yield re.compile(f"{today.year}年?")
    if names:
        yield re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
    if all_there:
        yield _MADE_SO
    for wanted, how in _KINDS:
        if wanted.search(text):
            yield how


# 完成配租, 并对外开放, 改造泵站4座: a thing of its own that a requirement wants beside another.
_ENDS = regex(r"(?:向社会|对外|正式|及时|按时)*(?:公布|公开|开放|投入使用|投入运行|投用|启用|印发|运行|运营)")
# 农贸市场9月投用 says 投入使用.
_ALIKE = (
    regex(r"投入使用|投入运行|投用|启用|使用|用上|开业|运营|运行|开放|通车|开园"),
    regex(r"公布|公开|公示|发布|挂|登"),
)
_DOES = regex(
    r"(?:全年|每年|年内|全市|全县|累计|计划)*(?:完成|报|备案|送|新建|建成|建设|改造|更换|新增|修建|修缮|整治|清理|拆除|培训|安装|配备|配齐|铺设|种植|开展|举办|组织|引进|发放|新开|开通|打造|设立|开设)"
)
_ALL_OF_IT = regex(r"完成|办结|搞定|[办做弄搞][完好]|任务|结束|销号|清零|100%")


def parts_left(words: str, requirement: str) -> tuple[str, ...]:
    """The parts of a requirement that are wanted beside what `words` tell as done: 人才公寓已建成 where it also wants 完成配租. None where
    all of it is told (人才公寓完成了, 第6项已办结)."""
    parts = _parts_of(plain(requirement))
    said = plain(words).replace("，", ",")
    if len(parts) < 2 or not bare(said):
        return ()
    pairs = [_pairs(part.words) for part in parts]
    own = [found - set().union(*(other for other in pairs if other is not found)) for found in pairs]
    named = [any(pair in said for pair in found) for found in own]
    doing = parts[0].words.strip()[:2]
    if not any(named) or (named[0] and _ALL_OF_IT.search(said) and (doing == "完成" or doing not in said)):
        return ()
    return tuple(part.words for at, part in enumerate(parts) if at and not named[at] and _of_its_own(part, said))


class _Part(NamedTuple):
    """A clause of a requirement, and whether 并 joins it to the one before."""

    words: str
    joined: bool


def _parts_of(requirement: str) -> list[_Part]:
    found: list[_Part] = []
    for clause in re.split(r"[,，;；。]", requirement):
        told = re.split(r"并(?=[向对投印正公开及发报送备组举建])", clause)
        found += [_Part(part, bool(at)) for at, part in enumerate(told) if part.strip()]
    return found


def _pairs(part: str) -> set[str]:
    return {one + other for one, other in pairwise(bare(part))}


def _of_its_own(part: _Part, said: str) -> bool:
    if ending := _ENDS.fullmatch(part.words):
        alike = next((words for words in _ALIKE if words.search(ending[0])), None)
        return alike is None or alike.search(said) is None
    if part.words.startswith("完成"):
        return True
    if _DOES.match(part.words) is None:
        return False
    units = {amount.unit for amount in amounts_in(part.words)}
    return part.joined or (
        bool(re.search(r"\d", part.words)) and units.isdisjoint(one.unit for one in amounts_in(said))
    )
