"""What became different about one thing: its units, its deadlines, its words, its place."""

import pytest

from knowledge.comparison import compared
from tests.knowledge.comparison.plans import plan, told, under

TEXT = "公布12345热线每月办理情况和群众反映集中的问题"


def one(year: int, units: str, slot: str = "", text: str = TEXT, number: str = "1", **more: str) -> list[str]:
    return [f"{number} | {text} | {units} | {slot}"]


def change(old: tuple[str, str], new: tuple[str, str], years: tuple[int, int] = (2026, 2026)) -> str:
    """What is told of the change of (units, deadline) of one assignment."""
    text = "清理整顿路边违规广告牌"
    before, after = (
        plan(year, f"1 | {text} | {units} | {slot}", name=side)
        for side, year, (units, slot) in zip(("old", "new"), years, (old, new), strict=True)
    )
    (line,) = told(before, after)
    return line.removeprefix("1→1").strip()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("市财政局", "市审计局", "牵头单位由市财政局改为市审计局"),
        ("市财政局", "市财政局、市审计局", "牵头单位增加市审计局"),
        ("市财政局、市审计局", "市财政局", "牵头单位减去市审计局"),
        ("市财政局；市审计局", "市财政局", "减去配合单位市审计局"),
        ("市财政局", "市财政局；市审计局、市统计局", "增加配合单位市审计局、市统计局"),
        ("市财政局；市审计局", "市审计局；市财政局", "牵头单位由市财政局改为市审计局"),
        ("", "市财政局", "明确牵头单位为市财政局"),
        ("市财政局", "", "不再写明牵头单位（原为市财政局）"),
        ("市大数据局", "市数据局", "市大数据局更名为市数据局"),
        ("市环保局", "市生态环境局", "市环保局改组为市生态环境局"),
        ("市乡村振兴局、市农业农村局", "市农业农村局", "市乡村振兴局的职责归入市农业农村局"),
        ("市乡村振兴局；市财政局", "市农业农村局；市财政局", "市乡村振兴局改组为市农业农村局"),
        ("市发改委", "市发展和改革委员会", ""),
        ("市市场监管局", "市市场监督管理局", ""),
    ],
)
def test_units_that_came_went_or_are_called_otherwise(old: str, new: str, said: str) -> None:
    assert change((old, ""), (new, "")) == said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("6月底前", "5月底前", "时限由“6月底前”改为“5月底前”，提前1个月"),
        ("6月底前", "9月底前", "时限由“6月底前”改为“9月底前”，推后3个月"),
        ("9月底前", "8月20日前", "时限由“9月底前”改为“8月20日前”，提前41天"),
        ("6月15日前", "7月15日前", "时限由“6月15日前”改为“7月15日前”，推后1个月"),
        ("6月底前", "2026年6月30日", ""),
        ("第三季度", "9月底前", ""),
        ("年底前", "年内", ""),
        ("", "6月底前", "新增时限“6月底前”"),
        ("6月底前", "", "取消时限“6月底前”"),
        ("全年工作", "6月底前", "时限由“全年工作”改为“6月底前”，原来没有具体期限"),
        ("6月底前", "长期坚持", "时限由“6月底前”改为“长期坚持”，不再有具体期限"),
        ("全年工作", "长期坚持", ""),
        ("每季度", "每月", "时限由“每季度”改为“每月”，由每季度改为每月"),
        ("每月10日前", "每月5日前", "时限由“每月10日前”改为“每月5日前”，提前5天"),
        ("每月", "单月", "时限由“每月”改为“单月”，由每月改为逢单月"),
        ("每季度", "年底前", "时限由“每季度”改为“年底前”，由定期改为一次"),
        ("年底前", "每季度", "时限由“年底前”改为“每季度”，由一次改为定期"),
        ("印发后10个工作日内", "印发后15个工作日内", "时限由“印发后10个工作日内”改为“印发后15个工作日内”，延长5个工作日"),
        ("收到后30日内", "收到后20日内", "时限由“收到后30日内”改为“收到后20日内”，缩短10天"),
        ("省级方案出台后", "国家方案出台后", "时限由“省级方案出台后”改为“国家方案出台后”"),
        ("6月底前", "6月底前、12月底前", "新增时限"),
        ("3月启动", "6月底前", "时限由“3月启动”改为“6月底前”"),
    ],
)  # fmt: skip
def test_deadlines_that_became_earlier_later_or_of_another_kind(old: str, new: str, said: str) -> None:
    found = change(("市城市管理局", old), ("市城市管理局", new))
    assert found.startswith(said) if said else found == ""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("2025年6月底前", "2026年5月底前", "提前1个月"),
        ("6月底前", "6月底前", ""),
        ("2025年2月底前", "2026年2月底前", ""),
        ("2027年底前", "2027年底前", ""),
        ("每季度", "每季度", ""),
        ("2025年底前", "2027年底前", "推后1年"),
    ],
)
def test_from_year_to_year_a_date_is_seen_within_its_year(old: str, new: str, said: str) -> None:
    found = change(("市城市管理局", old), ("市城市管理局", new), (2025, 2026))
    assert found.endswith(said) if said else found == ""


def test_a_leap_day_is_still_the_end_of_february() -> None:
    assert change(("市教育局", "2024年2月底前"), ("市教育局", "2025年2月底前"), (2024, 2025)) == ""
    assert change(("市教育局", "2025年2月底前"), ("市教育局", "2028年2月底前"), (2025, 2028)) == ""


def test_the_year_a_plan_is_about_is_no_change_of_its_words() -> None:
    old = plan(2025, "1 | 发布2025年民生实事项目清单 | 市政府办公室")
    assert told(old, plan(2026, "1 | 发布2026年民生实事项目清单 | 市政府办公室")) == ["1→1"]
    assert told(old, plan(2026, "1 | 发布2027年民生实事项目清单 | 市政府办公室")) == ["1→1 文字改动"]


def test_signs_and_blanks_are_no_change_of_the_words() -> None:
    old = plan(2026, "1 | 公开预算，公开决算。 | 市财政局")
    assert told(old, plan(2026, "1 | 公开预算、公开 决算 | 市财政局", name="new")) == ["1→1"]


def test_a_date_inside_the_words_is_compared_too() -> None:
    old = plan(2026, "1 | 制定整治方案，6月底前报市政府 | 市应急管理局 | 年底前")
    new = plan(2026, "1 | 制定整治方案，5月底前报市政府 | 市应急管理局 | 年底前", name="new")
    (line,) = told(old, new)
    assert "提前1个月" in line


def test_another_heading_is_a_move_and_its_number_is_none() -> None:
    rows = ("1 | 公开预算和决算 | 市财政局", "2 | 公开采购结果 | 市审计局")
    old = under(plan(2026, *rows), "一、重点领域", "一、重点领域")
    same = under(plan(2026, *rows), "二、重点领域", "二、重点领域")
    other = under(plan(2026, *rows), "一、重点领域", "（二）监督保障")
    assert told(old, same) == ["1→1", "2→2"]
    assert told(old, other) == ["1→1", "2→2 改列在“监督保障”下"]


def test_the_counts_are_the_figures_of_the_first_line() -> None:
    old = plan(
        2025,
        "1 | 公开部门预算和决算 | 市财政局 | 9月底前",
        "2 | 建设农贸市场 | 市商务局",
        "3 | 清理僵尸账号 | 市大数据局",
    )
    new = plan(2026, "1 | 公开部门预算和决算 | 市财政局 | 8月底前", "2 | 清理僵尸账号 | 市数据局", "3 | 治理扬尘污染 | 市生态环境局")  # fmt: skip
    comparison = compared(old, new)
    assert comparison.counts == {"新增": 1, "删去": 1, "延续": 1, "改动": 1, "收紧": 1, "移动": 1, "单位更名": 1}
    assert [one.words for one in comparison.renamed] == ["市大数据局更名为市数据局"]


def test_what_concerns_a_unit_is_found_under_its_old_and_its_new_name() -> None:
    old = plan(2025, "1 | 清理僵尸账号 | 市大数据局", "2 | 公开部门预算 | 市财政局", "3 | 建设数据中台 | 市大数据局")
    new = plan(2026, "1 | 清理僵尸账号 | 市数据局", "2 | 公开部门预算 | 市财政局")
    own = compared(old, new).of_units({"市数据局"})
    assert [(len(pair.old), len(pair.new)) for pair in own.pairs] == [(1, 1), (1, 0)]
    assert len(own.renamed) == 1
