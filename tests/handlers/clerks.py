"""Five invented papers of the kinds that offices print, for asking about them as clerks type."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from knowledge import deadlines
from knowledge.model import Assignment, Document, Duty, Place, Role
from knowledge.register import Register

YEAR = 2025
# One paper: id, title, place, the words for lead, responsible and cooperating, then its rows. A row is number, printed
# number, heading (/ parts the sheet), text, lead, responsible, cooperating, slot.
Row = tuple[str, str, str, str, str, str, str, str]
PLAN: tuple[Row, ...] = (
    ("1", "1", "一、产业发展", "新增规上服务业企业24家，服务业增加值增长7.2%。", "市商务局", "", "市统计局", "年底前"),
    ("2", "2", "一、产业发展", "建成竹制品检测中心，设备联网运行。", "市市场监督管理局", "", "市科学技术局、市林业局", "9月30日前"),
    ("3", "3", "一、产业发展", "兑现上年度技改奖补资金。", "市财政局", "", "市工业和信息化局", "一季度"),
    ("4", "4", "二、交通水利", "完成南津大桥加固，9月上旬恢复双向通行。", "市交通运输局", "", "市公安局交警支队、市住房和城乡建设局", "9月10日前"),
    ("5", "5", "二、交通水利", "除险加固小型水库6座，清淤渠道31公里。", "市水利局", "", "各县（区）政府", "主汛期前"),
    ("6", "6", "三、民生保障", "新建社区食堂15个，为70岁以上老人提供就餐补贴。", "市民政局", "", "市财政局、市卫生健康委员会", "10月底前"),
    ("7", "7", "三、民生保障", "改造农村危房420户，逐户建立档案。", "市住房和城乡建设局", "", "市民政局", "11月20日前"),
    ("8", "8", "三、民生保障", "办好市第三届残疾人运动会。", "市残疾人联合会", "", "市体育局、市教育局", "8月"),
    ("9", "9", "三、民生保障", "聘请城市管理义务监督员80名，包括教师、出租车司机、退休干部。", "市城市管理局", "", "", ""),
    ("", "", "", "各牵头单位于每月28日前将进展情况报送市政府督查室。", "", "各牵头单位", "", ""),
)  # fmt: skip
DEEDS: tuple[Row, ...] = (
    ("1", "1", "", "山区农户饮水管网延伸：铺设管道58公里，更换水表3600块。", "县水利局", "白石镇、清溪乡", "县财政局、县卫生健康局", "9月底前"),
    ("2", "2", "", "老街照明：安装路灯640盏。", "县城市管理局", "城关街道办事处", "县供电公司", "7月底前"),
    ("3", "3", "", "中小学午餐配送：覆盖38所学校，每季度抽检一次。", "县教育科技局", "", "县市场监督管理局", "秋季学期开学前"),
    ("4", "4", "", "乡村公益放映：全年放映1200场。", "县文化和旅游局", "各乡镇、街道", "县融媒体中心", "每月100场以上，11月底前完成"),
)  # fmt: skip
LEDGER: tuple[Row, ...] = (
    ("1.1", "1", "招商引资", "引进亿元以上项目18个。", "区投资促进中心", "", "区商务局", "2025年12月31日"),
    ("1.2", "2", "招商引资", "编制招商图谱，更新项目库。", "区发展和改革局", "", "区投资促进中心", "3月底前"),
    ("2.1", "1", "城区更新/道路", "打通柳荫路等断头路3条。", "区城建公司", "", "区交警大队", "2025年9月30日"),
    ("2.2", "2", "城区更新/绿地", "新增口袋绿地12处。", "区城市管理局", "", "各街道", "2025年11月20日"),
    ("2.3", "3", "城区更新/绿地", "滨河步道夜间照明改造。", "区城市管理局", "", "", "5月1日前"),
    ("3.1", "1", "改革事项", "推进“一件事”集成办理，首批5月底前上线，其余10月底前上线。", "区政务服务局", "", "区级各部门", ""),
    ("3.2", "2", "改革事项", "基层卫生机构分级培训。", "区卫生健康局", "", "区人力资源和社会保障局", "方案印发后60日内启动"),
)  # fmt: skip
RECTIFY: tuple[Row, ...] = (
    ("1-1", "1-1", "老港片区雨污混接", "排查老港片区管网27公里，建立台账。", "", "区住房建设局、老港街道办事处", "", "2025年5月底前"),
    ("1-2", "1-2", "老港片区雨污混接", "改造混接点143处。", "", "区住房建设局", "", "2025年10月底前"),
    ("2-1", "2-1", "堆场扬尘", "堆场全部加装防尘网。", "", "区交通运输局、老港码头公司", "", "2025年6月15日前"),
    ("3", "3", "固废贮存", "开展固废贮存专项检查，销号清零。", "", "区生态环境分局", "", "自省督察意见反馈之日起6个月内"),
)  # fmt: skip
SLIPS: tuple[Row, ...] = (
    ("1", "", "会议议定事项", "DB-101：组建航空产业专班", "市发展和改革委员会", "", "市委编办", "2025年8月20日"),
    ("2", "", "领导批示事项", "DB-102：锦绣苑燃气管道老化整改", "市住房和城乡建设局", "", "市燃气集团", "2025年8月29日"),
    ("3", "", "领导批示事项", "DB-103：二中门口拥堵治理", "市公安局交警支队", "", "市教育局、市城市管理局", "2025年8月26日"),
    ("4", "", "建议提案", "DB-104：关于规范托管机构的建议（第56号）", "市教育局", "", "市市场监督管理局", "2025年9月5日"),
)  # fmt: skip
PAPERS: tuple[tuple[str, str, str, tuple[str, str, str], tuple[Row, ...]], ...] = (
    ("plan", "松坪市2025年政府重点工作任务分解方案", "松坪市", ("牵头单位", "责任单位", "配合单位"), PLAN),
    ("deeds", "柏川县2025年为民办实事责任表", "柏川县", ("主责单位", "属地落实单位", "协办单位"), DEEDS),
    ("ledger", "临溪区2025年重点任务台账", "临溪区", ("主办单位", "责任单位", "协办单位"), LEDGER),
    ("rectify", "望港区环境保护督察反馈问题整改清单", "望港区", ("牵头单位", "责任单位", "配合单位"), RECTIFY),
    ("slips", "松坪市2025年督办件台账", "松坪市", ("承办单位", "责任单位", "协办单位"), SLIPS),
)
_NAMES = re.compile(r"(?<!（区)、")
ISSUED = date(YEAR, 1, 20)


def _duties(row: Row, words: tuple[str, str, str]) -> tuple[Duty, ...]:
    return tuple(
        Duty(name, role, word, collective=name.startswith("各") or "各部门" in name)
        for names, role, word in zip(row[4:7], Role, words, strict=True)
        for name in filter(None, _NAMES.split(names))
    )


def _rows(paper: str, words: tuple[str, str, str], rows: Sequence[Row]) -> tuple[Assignment, ...]:
    return tuple(
        Assignment(
            f"{paper}-{row[0] or 'letter'}",
            paper,
            row[0] or None,
            row[1] or None,
            tuple(part for part in row[2].split("/") if part),
            row[3],
            row[3],
            Place(line=at),
            _duties(row, words),
            (*((deadlines.read(row[7], ISSUED, YEAR),) if row[7] else ()), *deadlines.inner(row[3], ISSUED, YEAR)),
        )
        for at, row in enumerate(rows, 5)
    )


def office() -> Register:
    """An office that has filed all five."""
    documents = tuple(
        Document(id, title, f"{id}.docx", id, issued=ISSUED, year=YEAR, locality=place)
        for id, title, place, _, _ in PAPERS
    )
    rows = tuple(one for id, _, _, words, lines in PAPERS for one in _rows(id, words, lines))
    return Register(1, documents, rows)
