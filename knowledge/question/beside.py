"""Questions beside the point of an assignment plan: its subject is there, what is asked about it is not.

公积金提取流程 where only 公开住房公积金年度报告 is laid down: such a question must not be answered with the assignment. A
sentence that really holds what is asked may still be quoted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from knowledge.patterns import regex
from knowledge.question.query import Intent

# What a plan does say about how: these verbs ask for the requirement itself.
_SAID = r"(?:规定|要求|公开|公布|公示|发布|推进|落实|分工|开展|实施|说|写|讲|做|弄|搞|回应|解读|提|定|管理?|抓|安排|组织|建设?|监管|清理|规范|表述|描述)"
_MEASURE = r"(?!项|条|个?(?:工作日|单位|部门|小时|月内|方面|任务)|天|日|回|次|遍|号)"

# Slug → what shows it. The first that is found counts.
TABLE: Mapping[str, str] = {
    "clock": r"(?:要|需要?|得)(?:几|多少)个?(?:工作)?[天日]\W*$|(?:几|多少)个?(?:工作)?[天日](?:能|可以|才|办得|拿|下来)|(?:什么时候|啥时候|何时|几号|哪天|几月)(?:能|可以|才|开始|会)?(?:报名|开学|开门|开业|开张|放假|考试|体检|到账|到手|领|发钱|发到|交费|缴费|拿到|下来|办下来|举办|举行)|多久(?:能|可以|才|会)?(?:审批|批|办|下来|到账|拿到|发下来|回复我|有结果)|(?:几|多少)年(?:到期|能)|几点|上班时间|下班|开门|关门|营业|开放时间",
    "amount": rf"多少{_MEASURE}|(?<!哪)几(?![项条件样类回次遍天日号月年点个家时乎何])|几(?:个|家)(?!方面|单位|部门|工作日|小时|月|的?(?:牵头|负责|活|事))|多(?:大|高|长|远|宽|深|重|厚|快)(?!时间)|占比|百分之几",
    "place": r"(?:找|去|到)哪(?:个|家|些)|(?:在|去|到|从)哪(?!一?[项条个些份步])(?:里|儿)?|哪(?:里|儿)(?:看|查|办|领|下|能|可以|有|开|买|交|$|\W)|哪个(?:地方|乡|村|镇|街道|路口|学校|公司|企业|医院|网站|链接|小区)|哪些(?:乡|村|镇|街道|学校|公司|企业|医院|小区)|(?<![聘请选培训盖向对象到括含务])哪些人|了哪些人|哪(?:一|几|些|两|三|四|五|六|\d)*(?:个|家|所|款|种)?(?:公司|企业|厂|银行|医院|学校|职校|商[家场店]|店|超市|饭店|品牌|牌子|楼盘|岗位|专业|产品|平台|广场|体育馆)|[哪第][一二三四五六七八九十]?条(?:河|路|街|线)|网址|二维码|下载|订阅|在几楼|几楼",
    "thing": r"(?<!原文)(?<!内容)(?<!要求)(?:发|传|拷|导|寄)(?:给)?我|给我(?:发|传|拷|来|一份)|(?:名单|数据|余额|价格|成交价|单价|利率|税率|比例|金额|费用|流程|得分|结果|链接|账号|模板|表格|样本|电子版|日期|时间|时段|花费|开支|造价|成本|工资|待遇|编制|人数|面积|数量|个数|地址|投诉量|(?:标准|得分|汇总|统计|税率|价格)表|收费标准|补助标准|补偿标准|赔偿标准)(?:是(?:什么|啥)|呢|有哪些|多少|怎么样)?\W*$",
    "how": rf"怎(?:么|样)(?!{_SAID}|了|回事|用)|如何(?!{_SAID})|咋(?!{_SAID}|样了|了|回事)|能不能|可不可以|(?:可以|能).{{0,10}}(?:吗|么)\W*$|为(?:什么|啥)|(?:什么|哪些)(?:条件|手续|证件|材料)(?!公开)|要不要(?:钱|收费)|收(?:不收)?费(?:吗|么)",
    "which": r"(?:是|都|有)哪(?:\d+|[两三四五六七八九十]+|几)(?:个|家|所|处|座|种|户|名|类)(?!单位|部门|局)|(?:是|都)哪\d+(?!\d*个?方面)|哪(?:\d+|[两三四五六七八九十]+|几)(?:家|所|处|座|种|户|类)(?!单位|部门|局|工作)|哪(?:\d+|[两三四五六七八九十]+|几)条(?=\w)(?!任务|要求|措施|是|说|讲|里|归|由)|(?:具体|到底|都|分别)*(?:是|有|指)(?:的是)?哪(?:些|几[个种类家样])\W*$|(?:查|评|选|取消|关停|检|抽)(?:出来?|了|出)?(?:的)?哪些(?!内容|要求|方面|工作|任务|措施)|(?:清单|名单|目录|台账)(?:里面?|中|上)?(?:都|现在|目前)?(?:有|包括|是|列了?|写了?)(?:些)?(?:哪|什么|啥)",
    "past": r"(?:取消|处罚|查出|查处|发现|新增|批准|评上|入选|获奖|关停|整改)了(?:哪|多少|几|谁)",
    "state": r"(?:最|更)(?:严重|贵|便宜|堵|强|弱|好|差|高|低|多|少|快|慢)|走势|涨|跌|怎么样\W*$|好不好",
}
# Who is asked for with one of these holds a duty, whatever else is said of him.
_ROLE = regex(
    r"除了|除.{2,12}外|还有谁|还有哪|牵头|领衔|挑头|领头|带头|责任|负责|主责|主抓|主办|落实|承办|承担|配合|会同|协办|协助|参与|参加|主管|分管|归口|分办|督查|督促|"
    r"(?:归|由|靠|该|让|请|要|属|算)(?:谁|哪)|(?:哪(?:一|几|些)?(?:个|家)?|什么|啥)(?:单位|部门|局|委(?!员)|科室?|处室?)"
)
# 谁 that asks for somebody with no duty: who gets, pays, breaks a rule, knows, is to be asked or complained to.
_NO_DUTY = (
    r"谁(?:都|也|才|最后)?(?:能(?!牵|管|负)|可以|可(?!牵)|够|有资格|符合|享受|受益|领(?![导衔头])|拿|得(?=奖|钱|第|了|到|票|主)|中(?:的)?标|获|被|违|家(?!牵|负|配|来|管|抓|的事)|知道|举报|投诉|"
    r"提(?:的|出|议)|写(?:的|了)|拍(?:的|板)|交(?:钱|费|款)|出(?:钱|资|的钱|的资)|掏|买单|花钱|罚|赔|住|用(?:的|得)|去(?:领|交|看|过)|排|垫底|最|第一|当(?:选|的)|任(?:的|主|局)|建议|发明|欠)|"
    r"(?:找|问)了谁|(?<!该)(?<!应)(?:跟|和|向|给|对|联系|通知)了?谁(?!.{0,6}(?:牵头|配合|分办|合办|负责|承办|协办|协同))|"
    r"(?:(?<!首)长|主任|书记|老总|老板|经理|专家|代表|委员|评委|律师|记者|医生|教师|老师|人员|员工|法人|联系人|联络员|监督员|组员|成员|中标人|人选|对象|业主|股东|冠军|得主|作者)(?:现在|到底|都|各|分别)*(?:是|有|叫)(?:谁|哪)|"
    r"(?:在|去|到|上)哪(?:儿|里)?(?:办|领|交|看|查|打|买|租|报|找|开|下|取|缴|住|读)|轮(?:到|着)谁|(?:今天|今晚|这周|本周|明天|下周|周末).{0,6}谁(?:值|带|接|在岗)|找哪(?:个|家|些)?(?!\W*$)|(?:都|各|还)?有谁\W*$|都是谁\W*$|是谁(?:提|写|拍|说|批|举报|发明|选|评|中标|打的|签)|哪(?:一|几|些|两|三|四|五)?(?:位|名|人)|哪(?:一|几|些|两|三|四|五)*(?:个|家|所|户|座|条|款|种|支)?"
    r"(?:人|公司|企业|厂|机构(?!牵|负)|医院|学校|小学|中学|职校|大学|幼儿园|银行|商[家场店]|店|超市|饭店|酒店|品牌|牌子|楼盘|小区|村|乡|镇|社区|路|街|河|桥|景区|网站|平台|项目|产品|岗位|专业|老师|医生|专家|律师|代表|委员|领导)"
)
_NOT_A_DUTY = regex(_NO_DUTY)
_ASKED = frozenset(
    {Intent.DETAIL, Intent.LEAD, Intent.RESPONSIBLE, Intent.DEADLINE, Intent.COUNT, Intent.UNIT_TASKS, Intent.DUE}
)
# A question for what an assignment says asks in one of these ways; other questions ask for something else.
_ASKS_WORDS = regex(
    r"内容|原文|原话|全文|详情|详细|具体|讲|说|写|规定|要求|意思|指标|目标|(?:是|指|为)(?:的)?(?:是)?(?:什么|啥|哪)|指(?:的|哪|什么)|包[括含](?!.*[吗么]\W*$)|"
    r"哪些(?:方面|内容|要求|工作|任务|环节|事项|措施|方式|渠道|领域|信息|东西|步骤|部分)|(?:做|干|办|弄|搞|抓|写|写明|公开|公布|公示|发布|完成|落实|推进|建|清理)(?:些|点|了)?(?:什么|啥|哪些)|"
    r"(?:聘|请|选|培训|覆盖|面向|针对|包括|服务|惠及)(?:的是|的|了)?(?:哪些|什么|啥)(?:样的)?人|[哪那这第](?:一|几)?[条项]|(?:要不要|是否|需不需要|用不用|该不该|要)(?:主动|对外|向社会)?(?:公开|公示|公布|发布|解读)|怎(?:么|样)|如何|咋"
)
_INTERROGATIVE = regex(
    r"[吗么?？]\W*$|有.{1,8}(?:没有?|不)\W*$|什么|啥|几|多少|怎|咋|如何|有没有|能不能|可不可以|是不是|会不会|要不要|哪|谁|何时|多久|呢\W*$"
)
# Intents whose own words stand in the table too, and what is beside the point of theirs.
_FEWER: Mapping[Intent, tuple[str, ...]] = {
    Intent.DEADLINE: ("clock", "past"),
    Intent.UNIT_TASKS: ("clock", "amount", "place"),
    Intent.DUE: ("clock", "place"),
}


@cache
def _pattern(slug: str) -> re.Pattern[str]:
    return re.compile(TABLE[slug])


def asks_for_duty(text: str) -> bool:
    """Whether a question for somebody asks who has a duty, and not who gets, pays, knows or is complained to."""
    return _ROLE.search(text) is not None or _NOT_A_DUTY.search(text) is None


def beside(text: str, intent: Intent, who: bool, pointed: bool) -> str | None:
    """The slug of what is asked beside the point; None for a question that a plan can answer.

    `who`: the question asks for somebody. `pointed`: it names an item number or points to one, so that even a loose
    question asks for that item.
    """
    if pointed or intent not in _ASKED:
        return None
    if who:
        return None if asks_for_duty(text) else "person"
    slugs = _FEWER.get(intent, tuple(TABLE))
    slug = next((slug for slug in slugs if _pattern(slug).search(text)), None)
    if slug is None and intent is Intent.DETAIL and _INTERROGATIVE.search(text) and not _ASKS_WORDS.search(text):
        return "other"
    return slug
