"""What is told in a report, without a register."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.reports import is_told, report_of
from knowledge.reports.periods import begins, ends, periods_in
from knowledge.reports.report_words import Status, percent_of, status_of
from tests.properties import examples

TODAY = date(2025, 7, 10)


def told(text: str) -> list[tuple[str, tuple[str, ...], str, int | None]]:
    return [(str(one.status), one.numbers, one.topic, one.percent) for one in report_of(text, TODAY).told]


@pytest.mark.parametrize(
    "text",
    [
        "已完成",
        "古桥修好了",
        "都弄完了",
        "专栏开了",
        "台账已建立",
        "验收通过了",
        "已将名单公布",
        "全部到位",
        "存在问题已整改到位",
    ],
)
def test_what_is_finished_is_done(text: str) -> None:
    assert status_of((text,)) is Status.DONE


@pytest.mark.parametrize(
    "text",
    [
        "还没完",
        "正在走流程",
        "快好了",
        "基本完成",
        "下周能出",
        "争取月底报",
        "已启动",
        "出了初稿",
        "还差一家",
        "等财政批复",
        "会按时完成",
    ],
)
def test_what_is_under_way_or_promised_is_not_done(text: str) -> None:
    assert status_of((text,)) is Status.IN_PROGRESS


@pytest.mark.parametrize("text", ["要延期", "月底完不成", "来不及了", "申请推迟到9月", "进度滞后"])
def test_what_will_be_late_is_delayed(text: str) -> None:
    assert status_of((text,)) is Status.DELAYED


@pytest.mark.parametrize("text", ["卡在审批环节", "遇到困难", "推不动", "需要市里协调", "存在资金困难", "有难度"])
def test_what_is_stuck_is_a_problem(text: str) -> None:
    assert status_of((text,)) is Status.PROBLEM


@pytest.mark.parametrize(
    "topic",
    [
        "困难群众救助",
        "智能水表",
        "展会补助",
        "行动计划",
        "人才发展规划",
        "完成时限",
        "优质均衡发展自评",
        "医保卡在线申领",
        "招标中心",
    ],
)
def test_signs_inside_other_words_tell_nothing(topic: str) -> None:
    assert status_of((topic,)) is None


@pytest.mark.parametrize(
    "topic", ["困难群众救助", "智能水表", "展会补助", "人才发展规划", "在建工程台账", "延期缴税政策"]
)
def test_such_a_topic_can_still_be_reported_done(topic: str) -> None:
    assert told(f"{topic}已公开") == [("done", (), topic, None)]


def test_what_came_of_a_thing_leaves_it_done() -> None:
    assert status_of(("排查已完成", "发现漏项6处均已补上")) is Status.DONE
    assert status_of(("排查已完成", "发现漏项6处还没补")) is Status.IN_PROGRESS
    assert status_of(("清查结束了", "目录过两天公布")) is Status.IN_PROGRESS
    assert status_of(("就差两户", "做不通工作")) is Status.PROBLEM


def test_the_last_word_takes_the_place_of_the_earlier_ones() -> None:
    assert status_of(("昨天还没弄好", "现在已经完成了")) is Status.DONE


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("完成80%", 80),
        ("百分之三十五", 35),
        ("做了一半", 50),
        ("完成三分之二", 67),
        ("做了六成", 60),
        ("过半", None),
        ("支持率达到80%", None),
    ],
)
def test_shares_of_the_work_are_read_as_percents(text: str, share: int | None) -> None:
    assert percent_of(text) == share


@settings(deadline=None)
@given(st.integers(0, 99))
def test_any_share_below_a_hundred_is_in_progress(share: int) -> None:
    assert told(f"古桥修缮完成{share}%") == [("in_progress", (), "古桥修缮", share)]


def test_a_hundred_percent_is_done() -> None:
    assert told("古桥修缮完成100%") == [("done", (), "古桥修缮", None)]


def test_each_number_keeps_what_is_told_of_it() -> None:
    assert told("3项完成 5项还差一点，第7项做了一半") == [
        ("done", ("3",), "", None),
        ("in_progress", ("5",), "", None),
        ("in_progress", ("7",), "", 50),
    ]


def test_numbers_of_one_clause_share_what_is_told() -> None:
    assert told("第2、4项都弄完了") == [("done", ("2", "4"), "", None)]


def test_a_clause_without_a_subject_goes_on_telling_of_the_last() -> None:
    assert told("校车办法还没定 下周能出") == [("in_progress", (), "校车办法", None)]


def test_a_subject_may_stand_alone_before_what_is_told() -> None:
    assert told("校车办法，做完了") == [("done", (), "校车办法", None)]


def test_words_around_a_report_are_no_subject() -> None:
    text = "领导您好，我们局负责的第8项已开设，请查收"
    assert told(text) == [("done", ("8",), "", None)]


def test_how_it_goes_in_general_is_no_subject_of_its_own() -> None:
    assert (
        told("违建拆了7万平方，进展顺利")
        == told("违建拆了7万平方，整体推进有序")
        == [("in_progress", (), "违建", None)]
    )
    assert is_told("拆迁签约还差十几户谈不拢，推迟到下月")


def test_a_number_may_stand_bare_and_a_share_behind_it() -> None:
    assert told("8已完成，9推进中，大概六成五") == [("done", ("8",), "", None), ("in_progress", ("9",), "", 65)]
    assert told("20和21本月没进展") == [("in_progress", ("20", "21"), "", None)]
    assert told("上半年新增就业1932人，完成全年任务60.4%") == [("in_progress", (), "新增就业", 60)]


def test_a_bare_word_has_no_subject() -> None:
    assert told("搞定了") == [("done", (), "", None)]


def test_links_are_kept_as_they_were_typed() -> None:
    report = report_of("第1项已完成，链接https://Example.gov.cn/A?b=1。", TODAY)
    assert [one.urls for one in report.told] == [("https://Example.gov.cn/A?b=1",)]


def test_a_correction_is_known_as_one() -> None:
    report = report_of("刚才发错了 第1项还没完", TODAY)
    assert report.correcting
    assert [(one.numbers, one.status) for one in report.told] == [(("1",), Status.IN_PROGRESS)]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("6月份水质", ("2025-06",)),
        ("六月水质", ("2025-06",)),
        ("去年12月的", ("2024-12",)),
        ("上月的", ("2025-06",)),
        ("二季度", ("2025-Q2",)),
        ("上半年", ("2025-H1",)),
        ("2024年度", ("2024",)),
        ("5月、6月的", ("2025-05", "2025-06")),
        ("7月底前", ()),
        ("7月31日", ()),
        ("推迟到9月", ()),
    ],
)
def test_periods_are_read_as_the_ledger_writes_them(text: str, periods: tuple[str, ...]) -> None:
    assert periods_in(text, TODAY) == periods


def test_december_said_in_january_was_last_year() -> None:
    assert periods_in("12月份", date(2026, 1, 8)) == ("2025-12",)
    assert periods_in("NY-2四月份抽查办完了", date(2026, 5, 8)) == ("2026-04",)


@settings(deadline=None)
@given(st.integers(2000, 2090), st.integers(1, 12))
def test_a_period_begins_before_it_ends(year: int, month: int) -> None:
    for period in (f"{year}-{month:02}", f"{year}-Q{(month + 2) // 3}", f"{year}-H{(month + 5) // 6}", str(year)):
        assert begins(period) <= date(year, month, 1) <= ends(period)


@pytest.mark.parametrize("text", ["还没完成的任务", "古桥修缮", "图书馆开放时间", "任务清单"])
def test_what_only_names_something_is_no_report(text: str) -> None:
    assert not is_told(text)


@settings(deadline=None, max_examples=examples(60))
@given(st.text(alphabet="第1项已完成没还差%一半，。 http://x链接刚才错\n", max_size=30))
def test_any_text_can_be_read(text: str) -> None:
    for one in report_of(text, TODAY).told:
        assert one.percent is None or 0 <= one.percent <= 100


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("第2项专栏框架全部做完，后面内容接着录", Status.IN_PROGRESS),
        ("第2项专栏已上线，剩下的标签还没动", Status.IN_PROGRESS),
        ("第2项前期已完成，下一步开展标签录入", Status.IN_PROGRESS),
        ("第2项已经全部完成，后续会持续更新", Status.DONE),
        ("第2项办结，接下来请验收", Status.DONE),
        ("第2项已完成，其余正在推进", Status.DONE),
        ("第2项已经以五部门名义公布", Status.DONE),
        ("第2项7月1日已在12所学校全部开班", Status.DONE),
        ("第2项方案过会了，7月1日印发执行", Status.DONE),
        ("第2项已核查商铺63家", Status.IN_PROGRESS),
        ("第2项公布了哈", Status.DONE),
        ("第2项登记喽，文号云政办发〔2026〕19号", None),
    ],
)
def test_what_is_done_in_part_is_not_done(said: str, status: Status | None) -> None:
    told = report_of(said, date(2026, 7, 1)).told
    assert [(one.numbers, one.status) for one in told] == [(("2",), status)]


def test_words_that_hold_numerals_over_and_over_are_read_to_their_end() -> None:
    """老百姓 holds a numeral: a pattern that cut such a run in every way did not come to an end."""
    told = report_of("第6项已完成，" + ("老百姓" * 2000)[:5993], date(2025, 8, 20)).told
    assert told[0].numbers == ("6",)
