"""The shipped table of bodies: every line sound, every name with its source, no name with two masters at one time."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from datetime import date

import pytest

from knowledge.lexicon import shipped
from knowledge.normal import DATA, plain
from knowledge.roster import Alias, Sort
from knowledge.unit_tables import FILES, first_day, last_day, lines, read
from knowledge.units import How, UnitBook, resolve
from knowledge.units.general import OFFICES, general
from knowledge.units.unit_names import taken_apart
from tests.knowledge.offices import printing

ALIASES = general().aliases
# Names that the table itself says to mean several bodies.
DECLARED = {alias.words for alias in ALIASES if alias.sort is Sort.ALSO}
# Words of everyday sentences; as whole names of units they would be found everywhere.
COMMON = (
    "工作 任务 项目 信息 公开 办理 服务 管理 建设 发展 改革 创新 安全 生产 环境 卫生 教育 文化 体育 旅游 科技 农业 农村 工业 商业 交通 "
    "城市 乡村 社区 街道 群众 企业 学校 医院 市场 价格 质量 标准 监督 检查 考核 评估 报告 总结 会议 文件 通知 方案 计划 规划 要点 清单 "
    "领导 干部 人员 人才 专家 党员 委员 代表 主任 局长 市长 县长 部门 单位 机关 机构 组织 协会 公司 集团 中心 平台 系统 网站 热线 窗口 "
    "大厅 政府 市委 县委 区委 党委 常委 政策 法规 制度 机制 措施 办法 意见 建议 提案 投诉 举报 咨询 审批 许可 处罚 执法 征收 拆迁 补偿 "
    "资金 预算 决算 债务 税收 收费 保险 贷款 补贴 救助 低保 养老 就业 创业 培训 招聘 考试 招生 物业 住房 公园 河道 水库 道路 桥梁 消防 "
    "应急 防汛 抗旱 救灾 扶贫 脱贫 振兴 绿化 污染 垃圾 污水 节能 能源 电力 燃气 供水 供热 物流 电商 口岸 招商 投资 贸易 金融 信用 数据 "
)
SENTENCES = (
    "市民建议征集情况向社会公布",
    "农民进城落户政策解读",
    "个人行为规范和法人行为准则",
    "涉农行业收费清单公示",
    "新建行政服务设施验收",
    "集中行政处罚权事项",
    "合作协议签订情况",
    "政企联动解决难题",
    "集中办理和就近办理",
    "全国办公系统升级",
    "加工行业整治进展",
    "养老服务质量提升",
    "项目建设进度按月公开",
    "物业管理纠纷调处",
    "拆迁补偿标准公布",
    "公园免费开放时间",
    "河道清淤工程招标",
    "平安建设成效",
    "人才引进政策汇编",
    "电子商务进农村",
    "节能减排目标",
    "招标投标全流程公开",
    "水土保持方案审批",
    "老旧小区改造名单",
    "农村公路养护资金",
    "学校食堂卫生检查",
    "环境质量状况按月公开",
    "行政审批事项目录",
    "便民服务热线办理质量",
    "九三阅兵期间环境保障",
    "妇女联系点建设",
    "街道路面改造",
)


@pytest.mark.parametrize("name", FILES)
def test_the_quick_reading_is_that_of_toml(name: str) -> None:
    text = (DATA / f"units_{name}.toml").read_text("utf-8")
    quick: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
    for line in read(text):
        quick[line.body][line.words] = {"类": line.sort, **line.values}
    assert quick == {
        body: {words: {key: _written(value) for key, value in values.items()} for words, values in rows.items()}
        for body, rows in tomllib.loads(text).items()
    }


def _written(value: object) -> str:
    return "true" if value is True else str(value)


def test_every_line_has_a_sort_a_source_and_days_that_exist() -> None:
    for line in lines():
        values = line.values
        assert line.sort in ("本名", "用字", "独称", "别称", "曾用名", "又指", "去向", "划转", "挂牌"), line
        assert values["据"], line
        since, until = values.get("起", ""), values.get("止", "")
        assert not since or first_day(since), line
        assert not until or last_day(until), line
        assert line.words == plain(line.words), line


def test_the_table_covers_the_bodies_of_assignment_plans() -> None:
    assert len(general().units) >= 500
    assert len({line.words for line in lines() if line.sort not in ("去向", "划转", "挂牌")}) >= 2500


def test_every_body_has_one_name_and_is_found_by_it() -> None:
    for unit in general().units.values():
        on = unit.until or unit.since
        assert unit.key in [sense.unit.key for sense in resolve(unit.name, None, on).senses], unit.name


def test_every_name_leads_to_its_body_in_its_time() -> None:
    for alias in ALIASES:
        found = resolve(alias.words, None, alias.until or alias.since)
        assert alias.unit in [sense.unit.key for sense in found.senses], alias


def test_no_name_has_two_bodies_at_one_time_unless_it_is_declared() -> None:
    named: dict[str, list[Alias]] = defaultdict(list)
    for alias in ALIASES:
        if alias.words not in DECLARED:
            named[alias.words].append(alias)
    for words, aliases in named.items():
        for at, one in enumerate(aliases):
            for other in aliases[at + 1 :]:
                apart = (one.until or date.max) < (other.since or date.min) or (other.until or date.max) < (
                    one.since or date.min
                )
                assert one.unit == other.unit or apart, words
    for words in {alias.words for alias in ALIASES} - DECLARED:
        for on in (date(2008, 6, 1), date(2016, 6, 1), date(2021, 6, 1), date(2026, 6, 1), None):
            direct = [sense for sense in resolve(words, None, on).senses if not sense.via and sense.how is not How.SIGN]
            assert len(direct) <= 1, (words, on)


def test_no_spelling_of_a_field_belongs_to_two() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for line in lines():
        if line.sort in ("用字", "独称"):
            owners[line.words].add(line.body)
    assert {words: bodies for words, bodies in owners.items() if len(bodies) > 1} == {}


def test_bodies_of_one_field_and_one_kind_are_one() -> None:
    seen: dict[tuple[frozenset[str], str], str] = {}
    for unit in general().units.values():
        name = taken_apart(unit.name, shipped())
        kind = "" if name.kind in OFFICES else name.kind
        assert seen.setdefault((name.fields, kind), unit.key) == unit.key


def test_every_change_leads_to_a_body_that_lives_after_it() -> None:
    for move in general().moves:
        heir, old = general().units[move.new], general().units[move.old]
        assert move.matter, move
        assert move.source, move
        assert not (move.main and old.until is None and move.year), move
        assert move.year == 0 or heir.until is None or heir.until.year >= move.year, move


def test_every_body_that_ended_lives_on_somewhere() -> None:
    moved = {move.old for move in general().moves if move.main}
    assert [unit.key for unit in general().units.values() if unit.until and unit.key not in moved] == []


def test_no_name_is_a_common_word() -> None:
    lexicon = shipped()
    assert sorted({*lexicon.wholes, *lexicon.alone, *lexicon.national} & set(COMMON.split(" "))) == []


def test_ordinary_sentences_name_nobody_however_many_units_are_known() -> None:
    book = UnitBook.of(printing(*("市" + unit.name for unit in general().units.values() if unit.system != "中央")))
    assert {text: [one.words for one in found] for text in SENTENCES if (found := book.mentions(text))} == {}
