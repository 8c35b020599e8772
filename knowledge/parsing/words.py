"""The vocabulary of assignment documents: role words, column heads, endings of unit names. Tables only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from knowledge.model import Role

_BLANKS = r"\s*"


def spaced(words: Iterable[str]) -> str:
    """A pattern for any of `words`, longest first, that tolerates blanks between the characters (责 任 单 位).

    Written as a tree of shared beginnings: a plain list of some thousand alternatives takes long to compile.
    """
    return _branches(sorted(set(words)))


def _branches(words: Sequence[str]) -> str:
    ends = "" in words
    tails: dict[str, list[str]] = {}
    for word in filter(None, words):
        tails.setdefault(word[0], []).append(word[1:])
    if not tails:
        return ""
    parts = [re.escape(char) + ("" if rest == [""] else _after(rest)) for char, rest in tails.items()]
    whole = parts[0] if len(parts) == 1 and not ends else f"(?:{'|'.join(parts)})"
    return f"{whole}?" if ends else whole


def _after(rest: Sequence[str]) -> str:
    """What follows a character: blanks belong to the label only where more of it comes."""
    more = [word for word in rest if word]
    inner = f"{_BLANKS}{_branches(more)}"
    return f"(?:{inner})?" if "" in rest else inner


# Who: the noun that closes a label or a column head.
WHO = (
    "单位",
    "部门",
    "科室",
    "处室",
    "股室",
    "站所",
    "主体",
    "机构",
    "县区",
    "乡镇",
    "地区",
    "企业",
    "院系",
    "委办局",
    "办所",
    "站办所",
    "站室",
    "部室",
    "镇街",
    "街镇",
    "中队",
)

# What: the word in front of it, with the role it stands for.
ROLE_STEMS: dict[str, Role] = {
    **dict.fromkeys(
        (
            "牵头", "牵头责任", "牵头落实", "牵头负责", "牵头主责", "牵头组织", "牵头实施", "牵头承办", "总牵头", "组长",
            "主责", "主要责任", "主要负责", "第一责任", "主办", "主抓", "主管责任", "首要责任",
        ),
        Role.LEAD,
    ),
    **dict.fromkeys(
        (
            "责任", "落实", "承办", "负责", "实施", "执行", "分工", "责任落实", "落实责任", "完成", "具体责任", "具体落实",
            "具体负责", "具体承办", "公开", "公开责任", "整改", "整改责任", "任务", "办理", "建设", "工作", "组织实施",
            "责任分工", "推进", "组织", "制定", "承担", "项目责任", "实施责任", "分工负责", "属地", "属地责任", "属地落实", "承接", "业主",
            "项目业主", "项目实施", "包保", "包片", "包联", "帮扶", "主管", "行业主管", "归口", "对口", "稳控", "化解", "包案",
        ),
        Role.RESPONSIBLE,
    ),
    **dict.fromkeys(
        (
            "配合", "协办", "协同", "参与", "参加", "协助", "协作", "会办", "联动", "配合责任", "协同配合", "支持", "会同", "协调",
            "协同责任", "参与责任", "责任配合", "协助配合", "联办", "次要责任", "相关责任", "成员", "支撑", "保障", "要素保障", "服务保障", "辅助", "参建",
        ),
        Role.COOPERATING,
    ),
}  # fmt: skip

BARE_LABELS: dict[str, Role] = {
    "牵头": Role.LEAD,
    "主责": Role.LEAD,
    "主办": Role.LEAD,
    "承办": Role.RESPONSIBLE,
    "责任": Role.RESPONSIBLE,
    "落实": Role.RESPONSIBLE,
    "任务分工": Role.RESPONSIBLE,
    "责任分工": Role.RESPONSIBLE,
    "配合": Role.COOPERATING,
    "协办": Role.COOPERATING,
    "会办": Role.COOPERATING,
    "分办": Role.LEAD,
    "参与": Role.COOPERATING,
    "协同": Role.COOPERATING,
    "属地": Role.RESPONSIBLE,
}

PAIRS = (
    "部门和单位",
    "单位和部门",
    "部门、单位",
    "单位、部门",
    "单位(部门)",
    "部门(单位)",
    "单位（部门）",
    "部门（单位）",
    "单位(科室)",
    "单位（科室）",
)
ROLE_LABELS: dict[str, Role] = {
    **{stem + who: role for stem, role in ROLE_STEMS.items() for who in WHO},
    **{stem + pair: role for stem, role in ROLE_STEMS.items() for pair in PAIRS},
    **{
        stem + who: Role.RESPONSIBLE
        for stem in ("责任", "落实", "实施", "属地")
        for who in ("村", "社区", "村社", "村组", "网格")
    },
}

PERSON_WORDS = (
    "领导", "责任人", "负责人", "联系人", "联络人", "联络员", "牵头人", "承办人", "经办人", "责任人员", "专人", "局长", "包保人",
    "负责同志", "责任同志", "电话", "联系方式", "市长", "县长", "区长", "责任人姓名", "姓名", "主任", "秘书长", "河长", "林长", "田长", "网格长", "片长",
)  # fmt: skip
SERVED_BY = ("首席服务员", "服务专员", "项目秘书", "项目管家")  # persons mostly, now and then an office
PERSON_LABELS = (
    *(stem + who for stem in ("牵头", "分管", "直接", "主要", "第一", "包抓", "包联", "包保", "包案", "具体", "落实", "整改", "督办", "挂牌", "主管")
      for who in ("责任人", "负责人", "责任领导", "负责领导", "责任同志")),
    *(stem + level + "领导" for stem in ("牵头", "责任", "分管", "主管", "包抓", "包保", "包案", "联系", "挂帅", "负责", "包联", "挂钩", "主要", "带头", "督办", "协管")
      for level in ("", "市", "县", "区", "州", "镇", "乡", "局", "委", "市级", "县级", "区级")),
    "牵头领导", "牵头负责领导", "责任领导", "分管领导", "主管领导", "包抓领导", "分管市领导", "分管县领导", "分管区领导", "责任人",
    "牵头市领导", "牵头县领导", "牵头区领导", "市级领导", "县级领导", "区级领导", "联系领导", "挂帅领导", "负责领导", "包联领导",
    "出席", "列席", "主持", "记录", "参加人员", "参会人员", "出席人员", "列席人员", "主要责任人", "直接责任人", "第一责任人", "具体责任人", "分管责任人", "负责人", "联系人", "联络员", "牵头人", "联系电话", "联系方式",
    *SERVED_BY, "交办人", "签发人", "签收人", "领衔代表", "领衔委员", "建议人", "提案人", "提出人", "第一提案人", "代表", "委员",
)  # fmt: skip
DEADLINE_WORDS = ("时限", "期限", "时间", "日期", "节点", "进度", "周期", "频次", "频率", "工期", "年限")
DEADLINE_LABELS = (
    "完成时限", "完成时间", "完成期限", "完成日期", "时限要求", "时间要求", "工作时限", "办理时限", "办结时限", "整改时限", "整改期限",
    "整改时间", "时间节点", "完成节点", "进度安排", "进度要求", "时间安排", "时间进度", "时限", "期限", "实施时间", "起止时间", "公开时限",
    "计划完成时间", "计划完成时限", "计划完成日期", "预计完成时间", "预计完成日期", "要求完成日期", "拟完成时间", "拟完成日期", "落实时限", "完成时间节点", "完成时限要求", "推进时限", "任务时限", "时限清单", "报送时间",
    "报送时限", "工作进度", "进展时限", "更新时限", "目标时限", "责任时限", "时间", "办理期限", "推进时间", "完成进度",
    "竣工时间", "竣工日期", "完工时间", "建成时间", "交付时间", "截止时间", "截止日期", "结束时间", "办结日期", "办结时间", "投用时间", "计划竣工时间", "办结",
    *(stem + word for stem in ("答复", "办复", "反馈", "回复", "交付", "验收", "提交", "上报", "公布", "建设", "治理", "销号", "落实", "任务完成", "要求完成", "化解", "出台", "上线") for word in ("时限", "期限", "时间")),
)  # fmt: skip
START_LABELS = tuple(
    begin + time
    for begin in ("启动", "开工", "动工", "开始", "起始", "开建", "计划开工", "计划启动")
    for time in ("时间", "日期", "时限", "月份")
)
OTHER_LABELS = (
    "备注",
    "工作目标",
    "目标任务",
    "工作措施",
    "整改措施",
    "成果形式",
    "预期成果",
    "考核指标",
    "完成标准",
    "公开渠道",
)
NUMBER_HEADS = (
    "建议号",
    "提案号",
    "议案号",
    "序号",
    "编号",
    "序",
    "项次",
    "任务序号",
    "项目序号",
    "任务编号",
    "No",
    "NO",
    "no",
    "项号",
)
NOTE_WORDS = (
    "备注", "说明", "渠道", "方式", "依据", "分值", "得分", "进展", "完成情况", "目标类型", "类型", "资金", "投资", "地点", "载体",
    "对象", "评分", "权重", "来源", "所在", "位置", "地址", "选址", "落实情况", "销号", "附件", "性质", "状态",
)  # fmt: skip
TEXT_WORDS = (
    "任务", "要求", "措施", "内容", "事项", "工作", "目标", "项目", "实事", "问题", "举措", "指标", "要点", "建议", "清单", "名称", "标准",
)  # fmt: skip
CATEGORY_WORDS = ("类别", "分类", "领域", "板块", "大类", "类目", "方面", "一级指标", "专项", "章节", "层级")

# Endings that make a name of a unit. The strong ones are hardly ever the end of another word.
STRONG_ENDINGS = (
    "局", "委员会", "管委会", "委", "办公室", "办公厅", "办", "厅", "中心", "公司", "集团", "银行", "支行", "分行", "中支", "法院", "检察院", "政府",
    "部门", "单位", "支队", "大队", "总队", "学院", "大学", "医院", "学校", "宣传部", "组织部", "统战部", "工作部", "武装部", "人武部", "妇联",
    "残联", "工会", "科协", "文联", "侨联", "工商联", "红十字会", "团委", "团市委", "团县委", "团区委", "供销社", "联社", "档案馆", "图书馆",
    "博物馆", "文化馆", "电视台", "广播电视台", "日报社", "报社", "街道办事处", "街道办", "办事处", "行委", "领导小组", "指挥部", "专班",
    "海关", "气象台", "科室", "处室", "站所", "督查室", "管理处", "服务处", "事务所", "开发区", "工业园区", "园区", "新区", "各地", "联合会",
    "县区", "市区", "旗县", "县市", "乡镇", "街道", "企业", "行业协会", "协会", "商会", "党校", "研究院", "设计院", "科学院", "社科联", "消防队",
    "军分区", "供电所", "机关", "国资", "金控", "党工委", "工委", "纪委", "监委", "融媒体", "管理所", "研究所", "派出所", "卫生院", "电信",
    "移动", "联通", "铁塔", "管理站", "服务站", "国投", "城投", "交投", "水投", "保密", "村委会", "居委会", "党组织", "党委", "党组", "支部", "总支",
)  # fmt: skip
WEAK_ENDINGS = (
    "部", "处", "科", "股", "室", "院", "所", "站", "馆", "社", "会", "行", "队", "组", "校", "台", "区", "县", "市", "州", "旗", "盟", "镇",
    "乡", "村", "联", "协", "署", "园", "段", "场", "矿", "厂", "店", "网", "报", "库", "基地", "主体", "机构", "苏木", "兵团", "师", "团",
    "中学", "小学", "幼儿园", "地区", "支公司", "代表处", "总站", "城区", "景区", "师市", "省", "商业银行", "运营商",
)  # fmt: skip


def _endings(words: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted(set(words), key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(_OFFICE if word == '办' else word for word in ordered)})$")


_OFFICE = r"(?:(?<=督查)|(?<=政协)|(?<=村振兴)|(?<![通代督承主举协即快帮网交查包创兴申好易联次上近助]))办"  # 市金融办, but not 一网通办 or 举办
STRONG_END = _endings(STRONG_ENDINGS)
ANY_END = _endings({*STRONG_ENDINGS, *WEAK_ENDINGS})

# Offices of the centre, companies and schools do not take the city's 市 when a list elides it.
NO_PREFIX = re.compile(
    r"^(?:人民银行|人行|中国|中央|中共|国家(?!安全)|国网|国电|国能|国投|驻|武警|解放军|军分区|人武部|海关|海事|铁路(?!办|建设)|铁道|电信|移动|联通|铁塔|中石|中铁|中建"
    r"|农发行|农行|工行|建行|中行|交行|国开行|邮储|农商|信用联社|省|自治区|全国|南方电网|供电|电力(?!局|办)|农业银行|工商银行|建设银行|交通银行|农村商业|长江|黄河|珠江|淮河|黄委|长航|新华社|新华通讯社|外交部|国防部|中科院|国办|中办|最高(?:人民)?(?:法院|检察院)"
    r"|民革|民盟|民建(?!局)|民进|农工党|致公党|九三学社|台盟"
    r"|各|有关|相关|其他|其它|全体|全市|全县|全区|全州|全省|所有|部分|涉及|牵头|责任|承办|主办|项目(?!办|中心|推进|建设)|业主|建设单位|施工|监理|行业|区县|县区|乡镇|街道"
    r"|本|该|下属|属地|辖区|直属|市|县|区|州|盟|旗|团市|团县|团区|团州|团省|镇|乡(?!村振兴)|村|社区(?!工作|建设|治理)|企业(?!服务|发展|养老)|高校|院校|中省直|中直|垂直|城区|园区|\d)"
    r"|(?:银行|支行|分行|公司|集团|学院|大学|医院|学校|中学|小学|海关|海事[局处]|监管分局|银监分局|证监局|保监局|监管局分局|总局|总署|[证银保]监会|河务局|电网|车务段|机务段|机场|军分区|人武部"
    r"|政府|管委会|管理委员会|开发区|新区|园区|示范区|高新区|经开区|街道|街道办|办事处|镇|乡|村|县|区|部门|单位|企业|机构|主体|协会|商会|科室|处室|股室|领导小组|专班|[一二三四五六七八九十]处)$"
)
PARTY_ORGANS = re.compile(r"^(?:组织|宣传|统战|统一战线工作|社会工作|政法)(?:部|委)$")
