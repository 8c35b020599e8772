"""Invented assignments by the hundred thousand: the rows among which the asked ones must be found.

Every row is a place, a field of government work, an action, an object and a tail. The fields are none of those that the
asked documents speak of (`benchmarks/questions`), but they share their characters and pairs of characters, and the actions
and objects are the common coin of all such documents.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from knowledge.search.held import Row

_PIECE = 3
_FIRST = "云松青柳桃白长石龙凤金银安宁永泰和康福兴新古东西南北上下大小"
_SECOND = "溪陵塘泉河源岭沙湖山谷坪湾岗桥口坝峰洲屯"
_KINDS = ("县", "区", "镇", "乡", "街道", "开发区")
_FIELDS = (
    (
        "水上交通安全|内河航道养护|港口岸线管理|渔船检验|航标维护|汽车维修行业|驾驶员培训机构|道路客运站场|货运车辆超限|邮政快递网点|"
        "通信基站建设|无线电频率|地下管线普查|路灯照明设施|城市桥梁检测|户外广告设置|建筑垃圾运输|餐厨废弃物|园林绿化养护|古树名木保护|"
        "公共厕所改造|物业服务企业|二次供水设施|燃气管道改造|热力管网检修|电梯维保单位|特种设备检验|计量器具检定|产品质量抽查|认证机构监督|"
        "商标专利代理|广告发布登记|网络交易平台|直播带货商户|农贸市场改造|粮食储备库点|军粮供应网点|成品油零售|再生资源回收|典当拍卖企业|"
        "融资租赁公司|小额贷款机构|非法集资线索|地方债券资金|国库集中支付|会计代理机构|资产评估机构|彩票公益金|福利彩票站点|慈善组织年检|"
        "社会团体登记|婚姻登记机关|殡葬服务机构|公墓管理单位|地名标志设置|行政区划界线|烈士纪念设施|军休服务机构|兵役登记站|民兵训练基地|"
        "人防工程维护|疏散避难场所|气象观测站点|雷电防护装置|地震监测台网|地质勘查单位|测绘成果汇交|卫星遥感影像|海域使用权|林木种苗生产|"
        "森林病虫害|草原生态修复|湿地公园建设|野生动物疫源|自然保护地|水土保持方案|取水许可证|灌区节水改造|水库移民后扶|农村小水电|"
        "农机购置补贴|畜禽屠宰场点|兽药经营门店|饲料生产企业|种子经营门店|化肥农药减量|秸秆综合利用|高标准农田|农村宅基地|土地经营权|"
        "农民合作社|家庭农场名录|休闲农业园区|渔业资源增殖|水产养殖尾水|文艺演出团体|娱乐场所经营|网吧经营场所|印刷复制企业|出版物零售|"
        "广播电视站点|电影放映单位|非遗传承人|博物馆藏品|图书馆分馆|文化馆分馆|体育场馆开放|社会体育指导|青少年训练营|登山步道建设|"
        "旅行社质量|导游人员执业|星级饭店复核|景区最大承载|民宿经营主体|会展活动备案|口岸通关时间|保税仓库监管|跨境电商园区|外商投资企业|"
        "对外劳务合作|友好城市交往|侨资企业服务|台胞投资企业|宗教活动场所|民族团结示范|少数民族文字|信访积案化解|人民调解组织|法律援助站点|"
        "公证机构执业|司法鉴定机构|律师事务所|社区矫正对象|强制戒毒场所|禁毒宣传阵地|治安卡口建设|旅馆业登记|印章刻制业|保安服务公司|"
        "枪支弹药库房|剧毒化学品|烟花仓库选址|加油站油气|矿山尾矿库|工贸企业粉尘|职业病危害|放射诊疗机构|医疗废物处置|血站采供血|"
        "院前急救站点|中药饮片质量|医疗器械经营|化妆品经营|保健食品会销|学校食堂后厨|托育服务机构|幼儿园年检|校外培训机构|民办学校办学|"
        "语言文字测评|教师资格认定|中职实训基地|高校毕业生|技工院校招收|劳务派遣单位|人力资源机构|劳动仲裁案件|工伤认定案件|企业年金备案"
    )
    .replace("\n", "")
    .split("|")
)
_ACTIONS = tuple(
    [
        "公开",
        "及时发布",
        "定期公布",
        "主动公开",
        "汇总报送",
        "督促落实",
        "梳理编制",
        "组织开展",
        "牵头制定",
        "修订完善",
        "建立健全",
        "全面推进",
        "加快推进",
        "持续推进",
        "扎实做好",
        "统筹抓好",
        "规范管理",
        "加强",
        "强化",
        "细化",
        "动态更新",
        "逐项核查",
        "按月通报",
        "集中公示",
        "抽查检查",
        "跟踪督办",
        "宣传解读",
        "分类整理",
        "归集共享",
        "评估优化",
    ]
)
_OBJECTS = tuple(
    [
        "信息",
        "政策措施",
        "实施方案",
        "进展情况",
        "检查结果",
        "名录清单",
        "典型案例",
        "年度报告",
        "责任人名单",
        "办事指南",
        "工作台账",
        "专项资金",
        "监管制度",
        "服务标准",
        "整改情况",
        "统计数据",
        "目录清单",
        "审批结果",
        "处罚决定",
        "抽检结果",
        "应急预案",
        "考核办法",
        "工作计划",
        "总结材料",
        "培训安排",
        "宣传活动",
        "平台建设",
        "项目建设",
        "补助标准",
        "申报条件",
        "公示公告",
        "意见建议",
    ]
)
_TAILS = tuple(
    [
        "，接受社会监督",
        "，确保按期完成",
        "，提高工作透明度",
        "，方便群众查询",
        "，并报市政府办公室备案",
        "，形成长效机制",
        "，做到应公开尽公开",
        "，每季度通报一次",
        "，明确责任到人",
        "，同步做好政策解读",
        "，坚决防止走过场",
        "，推动工作落到实处",
        "，切实提升服务水平",
        "，严格执行有关规定",
        "，完善部门协同机制",
        "，在门户网站设立专栏",
        "，年底前完成评估",
        "，及时回应社会关切",
        "，健全工作台账",
        "，加强队伍建设",
    ]
)


def distractors(size: int, seed: int = 5, shared: Sequence[str] = ()) -> Iterator[Row]:
    """`size` rows that answer no question; the same for the same `seed`.

    With the texts `shared` every second row says two pieces of them, of three characters each, instead of its fields: it
    has many of the pairs that a question has, and never all.
    """
    rng, pieces = random.Random(seed), _pieces(shared)
    for number in range(size):
        place = rng.choice(_FIRST) + rng.choice(_SECOND) + rng.choice(_KINDS)
        said = pieces if pieces and number % 2 else _FIELDS
        text = (
            f"{rng.choice(_ACTIONS)}{place}{rng.choice(said)}{rng.choice(_OBJECTS)}，"
            f"{rng.choice(_ACTIONS)}{rng.choice(said)}{rng.choice(_OBJECTS)}{rng.choice(_TAILS)}。"
        )
        yield Row(f"x-{number}", {"text": text})


def _pieces(texts: Sequence[str]) -> tuple[str, ...]:
    """Every run of three Chinese characters in `texts`."""
    found = {text[at : at + _PIECE] for text in texts for at in range(len(text) - _PIECE + 1)}
    return tuple(sorted(piece for piece in found if all("\u4e00" <= sign <= "\u9fff" for sign in piece)))
