"""What stands in a report and tells nothing of how far something is: orders, guesses, hearsay, promises, particles, numbers of documents.

Patterns run over `plain` text.
"""

from __future__ import annotations

from knowledge.patterns import regex

# Not mine, not wanted any more: nothing is told of how far it is.
DECLINED = regex(
    r"(?:移交|转交|转给|交给|移送)(?:了|给)?[^,]{0,6}(?:局|委|办|部门|单位|中心|院|政府)|不(?:再)?[做办弄搞干报]了|不(?:用|需要?|必)(?:再)?[做办弄搞干报建改修装开发查编写跑公]|通知(?:已经?)?(?:收到?|阅|悉)|(?:通知|文件|精神|函|电报)(?:已经?)?(?:转发?|传达|转达)(?:给|到|至|了)*(?:各|有关|相关|到)|无关|不归我|不属于我|不是我们?(?!已|完|做|办)|不该我|说不(?:清|准|好)|不(?:太)?(?:清楚|知道|确定)|应?该?由[^,]{0,10}(?:局|委|办|部门|单位)[^,]{0,4}(?:负责|办理|牵头|承办)(?!的)"
)
# 应该完成了吧: guessed, not told.
GUESSED = regex(
    r"(?:应该|应当|可能|大概|估计|也许|好像|似乎|听说|据说)(?!(?:完成|做|办|干|弄|有|是|到)?了?(?:一半|大半|[一二三四五六七八九\d]成|\d+%))[^,]{0,12}(?:了|完|好|(?<![一二三四五六七八九十几\d])成)(?:吧|啊|呀)?\W*$"
)
# 除第5项外都完成了: what is meant is not said.
EXCEPTED = regex(r"除(?:了|开|去)?[^,]{0,14}(?:外|之外|以外)|(?<!关)其[余他它][^,]{0,6}(?:都|均|全)")
# 请各县区尽快完成: said to others.
BIDDEN = regex(
    r"^(?:各|有关|相关|全体)[^,]{1,10}?(?:注意|请|务必|抓紧|尽快|要(?!求)|须|应)|^(?:请|麻烦|帮忙|帮我|烦请)?(?:转告|转达|通知|告知)(?:一下)?(?:各|全体|有关|相关)|^(?:通知|转发?)$|(?:发|传|给|拿)(?:给)?我们?(?:一?[份下个]|看|$)(?![^,]*了)|^(?:麻烦|请|烦请|帮忙|帮我|劳驾)(?:您|你|领导|老师)?(?:再|先)?(?:发|给|提供|传|找|解释|说明|告知|转发)(?:一下|下|我|给|份|个)|"
    r"^(?:请|望|要求|麻烦|烦请|敬请)(?:各|大家|有关|相关|贵|你|您|[^,]{0,10}(?:局|委|办|县|区|镇|单位|部门))(?![^,]*(?:查收|登记|审阅|核实|销号|过目|查看|审核))[^,已了]*(?:完成|落实|报送|上报|办理|办结|抓紧|推进|做好)"
)
# 听那边说全完了, 网传造假: what others say is no completion.
HEARSAY = regex(
    r"(?<!打)听[^,]{0,10}(?:说|讲)|[^\W\d]{1,8}(?:告诉|跟|和)我们?(?:说|讲)|(?:他们|对方|那边|人家|别人)(?:说|讲|称)|(?<!问题)反映(?!窗口|渠道|平台|机制|箱)|据[^,]{1,8}(?:称|说|介绍)|网传|传言|谣言|舆情|有人说"
)
# 准信还没拿到，落实了再报; 先别记: whoever tells it wants nothing stored yet.
WITHHELD = regex(
    r"(?:准信|准话|准数|确切(?:的)?(?:消息|情况|数))[^,]{0,6}[没未]|[没未]有?个?(?:准信|准话|准数)|(?:先|暂时|暂|还)(?:别|不要|不用|不)(?:急着)?(?:记|登记|登|录|存|上报)(?!完|好|清)"
    r"|(?:改天|回头|过后|落实|核实|核对|核过|核完|问清楚?|确认|弄清楚?|看过)(?:了|过|好)?(?:以后|之后|后)?(?:我)?再(?:来|给你|跟你)?(?:报|登记|汇报)(?!名)|(?:^|我|也|都|但|只是|不过)(?:还|也|都)*没(?:有)?(?:来得及|去|顾上|顾得上)?(?:核|核实|核对|核过|核准|问下面|问清楚?|去看)(?:过|呢)?$"
)
# 应于6月20日前公布, 务必完成: how it has to be, and not how it is.
WANTED = regex(
    r"(?<![相对适反响])应(?:于|在|当|按)|(?:必须|须|务必|不得|原则上)|每个?(?:月|季度?|年|周)[^,已了]{0,6}(?:前|底)[^,已了]{0,6}(?:完成|发放|公布|公开|报送|更新|上报|发布|通报|报告)[^,已了]*$|本来(?:说|要|应|计划|打算)|^(?:全国|全省|外省)[^,]{0,10}(?:率|平均|已达|达到)"
)
# 普查的事领导说要抓紧完成: what somebody above wants of it.
_ORDERED = regex(
    r"(?:上级|(?:省|市|州|县|区)(?:里|委|政府|领导)|领导|主任|局长|书记|[市县区]长|督查组?)们?(?:[^,已]{0,6})?(?:说|要求|强调|让|催|指示|批示)(?!已)[^,]*|要求(?:各|有关|相关|全体)[^,]*"
)
# The answer to a reminder that only promises (马上落实, 我们会按要求抓紧办): an acknowledgement, no progress.
PROMISE = regex(
    r"(?:我们?(?:单位|局|委|办|这边)?)?(?:马上|立即|立刻|尽快|抓紧(?:时间)?|加紧|加快)+(?:去)?[^\W\d]{1,4}|"
    r"(?:我们?(?:单位|局|委|办|这边)?)?(?:这就|会|将|一定|定|马上|立即|立刻|尽快|抓紧(?:时间)?|按时|及时|按要求|按期|认真|全力|积极|坚决|遵照|照|速)+"
    r"(?:去)?(?:落实|办理?|处理|完成|报送|上报|安排|推进|跟进|执行|整改|布置|部署|反馈|做|弄)(?:好|到位|下去|完)?(?:的|此项工作|这项工作|工作)?"
)
# 公布了哈, 搞定喽; 望政办发〔2026〕22号 is no item.
_MOOD = regex(
    r"(?:[\U0001f300-\U0001faff\u2600-\u27bf]|\[[^\[\]\d]{1,4}\]|[哈哦喔噢哟呗嗯啊呀嗷]|滴(?=$|\W))+(?=$|[^\w])"
)
_MOOD_DONE = regex(r"了?(?:啦|咯|喽|嘞)(?=$|\W)")
_OFFICIAL_NUMBER = regex(r"(?:文号[是为:：]?)?[^\W\d]{0,7}[〔\[(【]20\d\d[〕\])】]第?\d+号")


def without_mood(words: str) -> str:
    """`words` without particles at the end of clauses and without numbers of documents."""
    return _MOOD.sub("", _MOOD_DONE.sub("了", _OFFICIAL_NUMBER.sub(" ", words)))


def without_orders(clause: str) -> str:
    """`clause` up to where it tells what somebody above wants of it."""
    return _ORDERED.sub("", clause)


def tells_nothing(clause: str) -> bool:
    """Whether a clause disowns, guesses or says how something has to be, whatever it says beside."""
    return any(pattern.search(clause) for pattern in (DECLINED, GUESSED, WANTED))
