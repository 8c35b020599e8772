"""What looks like a date and is no deadline: titles, document numbers, telephones, topics, past facts, validity.

`masked` blots such words out with □, keeping every index; `past`, `effective` and their like judge one moment.
"""

from __future__ import annotations

import re

from knowledge.patterns import regex

_DOC_NOUN = (
    r"工作要点|要点|实施方案|工作方案|方案|通知|计划|规划|纲要|报告|年报|预算|决算|预决算|总结|公报|公告|白皮书|清单|目录|"
    r"任务分工|分工|重点工作|重点任务|工作任务|政务公开工作|工作的?总体要求|会议精神|讲话|年鉴|统计|条例|标准|版|度报告|工作安排|台账"
)
_PERIOD = r"(?:(?:19|20)\d\d年?度?|(?:第?[1-4](?:季度?)|上半年|下半年|前[1-3]季度?|[1-9]\d?月份?|(?<![每按])年度|(?<![每按])季度|(?<![每按])月度)(?:、(?:季度|月度|年度))?)"
_MASKS = tuple(
    regex(pattern)
    for pattern in (
        r"《[^》]{0,80}》?|〈[^〉]{0,60}〉",
        r"[^\W\x00-\xff]{0,8}[〔\[(【({](?:19|20)\d{2}[〕\])】)}]?(?:第)?\d{1,5}号?",
        r"(?<=[发办函字规政党府])(?:19|20)\d{2}[-第]?\d{1,4}号",
        r"第\d{1,5}号(?:令|公告|文|公报|议案|提案|建议|文件)?|\d{1,5}号(?:文件?|令|公告|提案|楼|线|院|门|窗口|房|机)",
        r"(?<!\d)1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)|(?<!\d)0\d{2,3}[-\s)]?\d{7,8}(?!\d)|(?<!\d)[48]00-?\d{3}-?\d{4}(?!\d)",
        r"(?:电话|传真|手机|邮编|邮政编码|QQ|qq|群号|编号|信用代码|账号|热线|索引号)[::]?[\d\-()、转]+",
        r"(?<!\d)\d{7}(?!\d|日|年|月|号|前)|(?<!\d)\d{9,}",
        # The number of an entry right before a month: 1.5月底前.
        r"(?:^|(?<=[;。]))\d{1,2}\.(?=\d{1,2}月)",
        r"^(?:19|20)\d\d年前(?![^,。;]*(?:完成|编|制|出台|印发|形成|修订|发布|公布|报|提交|落实|实施|建成|实现))[^,。;]{2,20}(?:方案|规划|计划|纲要)$",
        r"精[确准]到\d+(?:分钟|小时)(?:[以之]?内)?|\d+[×xX*]\d+小时|\d+(?:\.\d+)?%|“\d\+\d”",
        # A rate: 每人每月740元.
        r"每[人户亩吨辆头只台件名村位床][^,。;]{0,2}每个?(?:季度|[年月季天日])(?=[^,。;]{0,12}元)|每个?(?:季度|[年月季天日])每[人户亩吨辆头只台件名村位床](?=[^,。;]{0,12}元)",
        # How much is offered: 每周开放不少于56小时, 每周5天、每天不少于2小时.
        r"每(?:个?[周日天月年]|星期|学期)(?:开放|服务|营业|开馆|供应|锻炼|活动|运行|值守|培训|学习|累计|平均)?(?:时间|时长)?(?:不少于|不低于|不超过|至少|达到)?\d+(?:\.\d+)?个?(?:小时|学时|课时|分钟|天|节课?)(?!之?内|以内|前)",
        # What something is by its age: 2000年前建成的老旧小区.
        r"(?:19|20)\d\d年(?:底|末)?(?:以|之)?前(?:已经?)?(?:建成|建造|建设|开工|竣工|注册|登记|出生|参加工作|退休|入学|毕业|购买|上牌|投用|投产|成立|形成|发生|取得|签订|备案|核发|生产)[^,。;的]{0,4}的",
        # 2019年以前的信访积案: how old they are.
        r"(?:19|20)\d\d年(?:以|之)?前的",
        # What a stretch of every month or year is called: 每月1日至20日为“企业安静期”.
        r"每(?:个?[年月周]|季度?)[^,。;]{1,14}(?:至|到|-)[^,。;]{1,12}(?:为|是|定为)[^,。;]{1,14}(?:期|日|周|月|时间|时段)(?![内前底间])",
        # A name of the day: 安全生产月, 双11; an age or length of service.
        r"(?:满|连续|累计)\d+[年月天日](?:来|以上)?|\d+年(?:来|以上|多来?)",
        r"(?:计划|规划|方案|纲要|要点)\((?:19|20)\d\d年?-+(?:19|20)\d\d年?度?\)",
        # The page's own dates.
        r"^(?:日期|时间)[::](?:19|20)\d\d[-./年]\d{1,2}[-./月]\d{1,2}日?(?:\d{1,2}:\d\d(?::\d\d)?)?$",
        r"(?:发布|发表|更新|成文|印发|生成|公开|上传|录入|起草|制定|公布)(?:时间|日期)[::]?[\d年月日\-/:. ]*",
    )
)
# A bare period as the attribute of a document or of figures: 2017年政务公开工作要点, 第三季度经济数据.
_TOPIC = regex(
    rf"{_PERIOD}(?:的|全[市省县区国州旗盟]|我[市省县区州]|本[市省县区级]|[市省县区]级?)*(?:国民|经济|社会|财政|宏观|主要|统计|重点|重大|工业|价格|运行|收支|政府|部门|政务|信息|公开|年度|工作|预决算|预算|决算|数据|指标|情况|报表|报告|形势|考核|绩效|目标|任务|项目|投资|GDP|CPI|总体|民生|实事|立法|审计|行政|全面|依法|法治|党|群众|教育|卫生|环境|食品|安全|招生|高校|农|扶贫|放管服|服务|建设|两会|优化|营商|深化|推进|各项){{1,14}}"
    rf"(?:{_DOC_NOUN}|数据|指标|情况|形势|经济|运行|考核|结果|报表|信息|任务|项目|工作|实事)"
    rf"|(?:19|20)\d\d年?度?[^,。;:、()前内底末起至到]{{0,24}}?(?:{_DOC_NOUN})"
    rf"|{_PERIOD}(?:数据|指标|运行情况|情况|报告|报表|台账|经济|国民经济|预算|决算|考核|汛期|计划|总结|年报)"
)
_TITLE_NOUN = (
    r"工作要点|要点|实施方案|工作方案|方案|通知|规划|纲要|年度报告|年报|预算|决算|公报|白皮书|任务分工|总体要求"
)
_TITLE = regex(rf"(?:19|20)\d\d年?度?[^,。;、()前内底末起至到有要]{{0,24}}?(?:{_TITLE_NOUN})")
_VERB_AHEAD = regex(r"(?:19|20)\d\d年?度?(?:完成|实现|启动|建成|形成|出台|编制|制定|组织|全面完成|力争|基本|要)")


_NUMBERED = regex(r"1、[^;。]*[;。]2、")
_ENTRY = regex(r"(?:^|(?<=[;。]))\d{1,2}、")


def masked(text: str, topics: bool = True) -> str:
    """`text` with every trap blotted out by □ of the same length; `topics` are bare periods before figures and titles."""
    for pattern in _MASKS:
        if pattern.search(text):
            text = pattern.sub(_blot, text)
    if _NUMBERED.match(text):
        text = _ENTRY.sub(_blot, text)
    if not topics:
        return _TITLE.sub(_blot_topic, text)
    return _TOPIC.sub(_blot_topic, text) if any(c.isdecimal() or c in "季半" for c in text) else text


def _blot(found: re.Match[str]) -> str:
    return "□" * len(found.group())


def _blot_topic(found: re.Match[str]) -> str:
    return found.group() if _VERB_AHEAD.match(found.group()) else _blot(found)


_PAST_AHEAD = regex(r"(?:已经?|曾经?|均已|早)(?:于|在|从|自)?$|截[至止](?:到|于|目前)?,?$")
_PAST_BEHIND = regex(
    r"^[^,。;]{0,6}?(?<!对)(?:已经?(?!排查|建成的|有的|公开的|发现|到期)|曾|以来|就已)|^[^,。;]{0,16}(?:已全部|[成立发布动建办]了)|^(?:共|累计|总计|实有|同比)(?![^,。;]{0,6}?(?:不低于|不少于|不得少于|达到(?!了)))"
    # 4至6月总磷浓度超标0.3倍: what was measured then.
    r"|^(?![^,。;:]{0,12}(?:消除|整治|治理|控制|完成|降低|解决|实现|力争|确保|改善|遏制))[^,。;]{0,10}(?:浓度|指数|指标|排放|水质|断面|投诉|信访|事故|发病|数量|总量|均值)[^,。;]{0,8}(?:超标|不达标|同比|环比|上升|恶化|反弹|偏高|下滑|居高不下)"
)
# 截至2020年底,全市共…: a count of what there is; 不低于 says what there is to be.
_AS_OF_BEHIND = regex(
    r"^,?(?![^。;]{0,18}?(?:不低于|不少于|不高于|不超过|力争|须|应当))[^。;]{0,14}?(?:已|共|累计|总计|达|实有|现有|新增|占|同比|仅|只|尚|仍|不足|不到)"
)
_EFFECTIVE_BEHIND = regex(
    r"^(?:(?:之?日)?(?:起|开始|始)(?:正式|同时)?(?:实施|执行|启用)|(?:之?日)?(?:起|开始|始)?(?:正式|同时)?(?:施行|生效|废止|失效|试行|停止执行)"
    r"|正式(?:实施|执行|启用))"
)
_EFFECTIVE_AHEAD = regex(
    r"(?:有效期|试行期|有效期限|有效期为|有效期至|保存期|聘期|任期|保质期|工期|合同期)[^,。;]{0,6}$|(?:生效|施行|失效|废止)(?:日期|时间)[^,。;]{0,2}$"
)
_SOURCE_BEHIND = regex(r"^(?:\d{1,2}:\d{2}(?::\d{2})?|印发|讯|电$|来源|成文|发布$|起草)")


def past(ahead: str, behind: str) -> bool:
    """Whether the words around a moment make it a fact that lies behind: 已于…, 截至…共…."""
    found = _PAST_AHEAD.search(ahead)
    if found and "截" in found.group():
        return bool(_AS_OF_BEHIND.match(behind) or _PAST_BEHIND.match(behind))
    return bool(found or _PAST_BEHIND.match(behind))


def effective(ahead: str, behind: str) -> bool:
    """Whether the moment is an entry into force, a validity or a page's own date."""
    return bool(_EFFECTIVE_BEHIND.match(behind) or _EFFECTIVE_AHEAD.search(ahead) or _SOURCE_BEHIND.match(behind))
