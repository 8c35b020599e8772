"""The semantics of docs/期限.md, rule by rule, on phrases of our own."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.deadlines import inner, read
from knowledge.model import Cadence, Deadline, DeadlineKind, Every, Period
from tests.properties import examples

ISSUED = date(2021, 4, 12)


def slot(text: str, issued: date | None = ISSUED, year: int | None = 2021) -> Deadline:
    return read(text, issued, year)


def due(text: str, issued: date | None = ISSUED, year: int | None = 2021) -> str:
    found = slot(text, issued, year)
    assert found.kind is DeadlineKind.BY, found
    return "" if found.due is None else found.due.isoformat()


@pytest.mark.parametrize(
    ("phrase", "day"),
    [
        ("2021年6月底前", "2021-06-30"),
        ("6月30日前完成", "2021-06-30"),
        ("11月中旬前", "2021-11-20"),
        ("8月上旬前", "2021-08-10"),
        ("10月下旬前", "2021-10-31"),
        ("年内完成", "2021-12-31"),
        ("年底前", "2021-12-31"),
        ("21年9月底前", "2021-09-30"),
        ("不迟于8月22日", "2021-08-22"),
        ("截止日期：2021年10月15日", "2021-10-15"),
        ("5月20日（周四）下班前", "2021-05-20"),
        ("上半年前", "2021-06-30"),
        ("到2023年", "2023-12-31"),
        ("下周三下班前", "2021-04-21"),
        ("下月10日前", "2021-05-10"),
        ("“十四五”期末", "2025-12-31"),
    ],
)
def test_a_named_end_includes_its_last_day(phrase: str, day: str) -> None:
    assert due(phrase) == day


def test_a_bare_month_before_means_the_day_before_it_and_is_flagged() -> None:
    found = slot("10月前")
    assert (found.due, bool(found.flag)) == (date(2021, 9, 30), True)


@pytest.mark.parametrize(
    ("phrase", "day"),
    [
        ("五一前", "2021-04-30"),
        ("端午节前", "2021-06-13"),
        ("国庆节前", "2021-09-30"),
        ("春节前", "2022-01-31"),
        ("2022年元旦前", "2021-12-31"),
        ("国庆节前3天", "2021-09-28"),
    ],
)
def test_before_a_festival_is_the_calendar_day_before_the_next_one(phrase: str, day: str) -> None:
    assert due(phrase) == day


@pytest.mark.parametrize(
    ("phrase", "start", "end"),
    [
        ("第四季度", "2021-10-01", "2021-12-31"),
        ("9月中旬", "2021-09-11", "2021-09-20"),
        ("二、三季度", "2021-04-01", "2021-09-30"),
        ("7—9月", "2021-07-01", "2021-09-30"),
        ("2021年11月至2022年2月", "2021-11-01", "2022-02-28"),
        ("11月至次年2月", "2021-11-01", "2022-02-28"),
        ("即日起至10月底", "2021-04-12", "2021-10-31"),
        ("今明两年", "2021-01-01", "2022-12-31"),
        ("专项行动（2021—2023年）", "2021-01-01", "2023-12-31"),
    ],
)
def test_a_bare_period_is_a_range_due_at_its_end(phrase: str, start: str, end: str) -> None:
    found = slot(phrase)
    assert (found.kind, str(found.start), str(found.due)) == (DeadlineKind.RANGE, start, end)


def test_a_date_already_past_on_issue_is_kept_and_flagged() -> None:
    found = slot("3月底前")
    assert (found.due, found.flag) == (date(2021, 3, 31), "印发时该日期已过，请核对年份")


def test_without_a_year_the_year_the_document_is_about_is_meant() -> None:
    assert due("1月底前", date(2020, 12, 20), 2021) == "2021-01-31"


@pytest.mark.parametrize(
    ("phrase", "period"),
    [
        ("印发后一周内", Period(days=7)),
        ("印发之日起半个月内", Period(days=15)),
        ("本通知下发之日起半年内", Period(months=6)),
        ("自本方案印发之日起10个工作日内", Period(workdays=10)),
        ("公布之日起一年内", Period(years=1)),
    ],
)
def test_issue_words_count_from_the_issue_date(phrase: str, period: Period) -> None:
    found = slot(phrase)
    assert (found.kind, found.anchor, found.period) == (DeadlineKind.RELATIVE, "issue", period)


@pytest.mark.parametrize(
    ("phrase", "anchor"),
    [
        ("收到申请之日起20个工作日内", "receipt"),
        ("接到通知后3日内", "receipt"),
        ("接到舆情报告后2小时内", "event:接到舆情报告"),
        ("省实施意见印发后30日内", "event:省实施意见印发"),
        ("信息公开后5个工作日内", "event:信息公开"),
        ("会议召开3日前", "event:会议召开"),
        ("24小时内", "event:未写明"),
    ],
)
def test_receipt_and_events_carry_no_date(phrase: str, anchor: str) -> None:
    found = slot(phrase)
    assert (found.kind, found.anchor, found.due) == (DeadlineKind.RELATIVE, anchor, None)


def test_a_bare_count_takes_the_issue_date_and_says_so() -> None:
    found = slot("30日内")
    assert (found.anchor, bool(found.flag)) == ("issue", True)


def test_two_counts_after_one_anchor_share_it() -> None:
    parts = slot("事件发生后5小时内发布信息、24小时内举行发布会").parts
    assert [(p.anchor, p.period) for p in parts] == [
        ("event:事件发生", Period(hours=5)),
        ("event:事件发生", Period(hours=24)),
    ]


@pytest.mark.parametrize(
    ("phrase", "cadence"),
    [
        ("每月5日前", Cadence(Every.MONTH, day=5)),
        ("按月公开", Cadence(Every.MONTH)),
        ("每月末", Cadence(Every.MONTH, day=-1)),
        ("次月10日前", Cadence(Every.MONTH, day=10, after_period=True)),
        ("每季度首月15日前", Cadence(Every.QUARTER, month=1, day=15)),
        ("每季度最后一个月25日前", Cadence(Every.QUARTER, month=3, day=25)),
        ("季后15日内", Cadence(Every.QUARTER, day=15, after_period=True)),
        ("每季度结束后10个工作日内", Cadence(Every.QUARTER, workdays=10, after_period=True)),
        ("每季度第一周内", Cadence(Every.QUARTER, month=1, day=7)),
        ("每月最后一个周五前", Cadence(Every.MONTH, weekday=4, nth=-1)),
        ("每月第二个星期三", Cadence(Every.MONTH, weekday=2, nth=2)),
        ("每季度最后一周", Cadence(Every.QUARTER, month=3, day=-1)),
        ("逢双月15日前", Cadence(Every.MONTH, day=15, odd_even="even")),
        ("每周五下班前", Cadence(Every.WEEK, weekday=4)),
        ("每半年至少召开1次", Cadence(Every.HALF_YEAR, times=1)),
        ("每年不少于3次", Cadence(Every.YEAR, times=3)),
        ("每年3月31日前", Cadence(Every.YEAR, month=3, day=-1)),
        ("每日更新", Cadence(Every.DAY)),
        ("季度抽查", Cadence(Every.QUARTER)),
        ("一月一调度", Cadence(Every.MONTH, times=1)),
    ],
)
def test_a_cadence_is_kept_as_its_rule(phrase: str, cadence: Cadence) -> None:
    found = slot(phrase)
    assert (found.kind, found.cadence) == (DeadlineKind.RECURRING, cadence)


def test_dates_spread_evenly_over_the_year_are_one_cadence() -> None:
    assert slot("每年6月底、12月底前").cadence == Cadence(Every.HALF_YEAR, month=6, day=-1)
    assert slot("每年3、6、9、12月底前").cadence == Cadence(Every.QUARTER, month=3, day=-1)


def test_dates_spread_unevenly_are_several() -> None:
    parts = slot("每年3月底、11月底前").parts
    assert [p.cadence for p in parts] == [Cadence(Every.YEAR, month=3, day=-1), Cadence(Every.YEAR, month=11, day=-1)]


def test_two_rhythms_share_what_stands_behind_them() -> None:
    parts = slot("每月、每季度后20日内完成").parts
    assert [p.cadence for p in parts] == [
        Cadence(Every.MONTH, day=20, after_period=True),
        Cadence(Every.QUARTER, day=20, after_period=True),
    ]


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("6月底前完成管沟；11月底前全线通水", ["6月底前完成管沟", "11月底前全线通水"]),
        ("一季度：选址，公示；三季度：建成9座", ["一季度：选址，公示", "三季度：建成9座"]),
        ("东段6月底前、西段11月底前", ["6月底前", "11月底前"]),
    ],
)
def test_each_milestone_of_a_phrase_is_told_in_its_own_words(phrase: str, words: list[str]) -> None:
    assert [part.text for part in slot(phrase).parts] == words


def test_a_cadence_may_begin_in_a_month() -> None:
    found = slot("从6月起每月25日前报送")
    assert (found.cadence, found.start) == (Cadence(Every.MONTH, day=25), date(2021, 6, 1))


@pytest.mark.parametrize(
    "phrase",
    [
        "全年工作",
        "汛期全程",
        "长期坚持",
        "及时更新",
        "适时开展",
        "常态化推进",
        "建立长效机制",
        "经常性开展",
        "按时间节点落实",
    ],
)
def test_work_that_goes_on_is_never_due(phrase: str) -> None:
    assert slot(phrase).kind is DeadlineKind.ONGOING


def test_a_date_beside_an_ongoing_word_wins() -> None:
    assert due("长期坚持，2021年12月底前见到成效") == "2021-12-31"


@pytest.mark.parametrize(
    ("phrase", "day"),
    [
        ("202109月底前", "2021-09-30"),
        ("1225日前", "2021-12-25"),
        ("2021930日前", "2021-09-30"),
        ("2021年1130日前", "2021-11-30"),
    ],
)
def test_lost_signs_are_repaired_when_one_reading_is_left_and_the_words_are_shown(phrase: str, day: str) -> None:
    found = slot(phrase)
    assert str(found.due) == day
    assert found.flag is not None
    assert found.flag.startswith("原文“")


@pytest.mark.parametrize("phrase", ["2021111日前", "9月31日前", "2月30日前"])
def test_two_readings_or_none_are_reported_not_repaired(phrase: str) -> None:
    found = slot(phrase)
    assert (found.kind, found.due, bool(found.flag)) == (DeadlineKind.BY, None, True)


def test_two_dates_in_one_cell_stay_two_and_a_repeated_one_is_one() -> None:
    assert [str(p.due) for p in slot("6月底前完成一期，12月底前完成二期").parts] == ["2021-06-30", "2021-12-31"]
    assert due("2021年9月底前2021年9月底前") == "2021-09-30"


def test_a_start_is_shown_and_never_due() -> None:
    assert slot("5月底前动工").start_only
    assert due("5月启动，10月底前完成") == "2021-10-31"


@pytest.mark.parametrize(
    ("phrase", "rel"),
    [("汛期前", "before"), ("机构改革完成后", "after"), ("与文件同步公开", "on"), ("全国两会召开前", "before")],
)
def test_an_event_without_a_count_has_a_relation_only(phrase: str, rel: str) -> None:
    found = slot(phrase)
    assert (found.kind, found.rel, found.due) == (DeadlineKind.EVENT, rel, None)


@pytest.mark.parametrize(
    "phrase",
    [
        "", "/", "国办发〔2021〕12号", "《2021年政务公开工作要点》", "2021年政务公开工作要点", "2020年度政府信息公开工作年度报告",
        "第三季度主要经济指标", "自2021年5月1日起施行", "有效期至2025年12月31日", "2021年4月12日印发", "发布时间：2021-04-12",
        "已于2020年12月完成", "去年12月完成", "联系电话:0812-3322456", "13800138000", "共梳理1268项", "不低于90%",
        "三年行动计划（2021—2023年）", "7×24小时服务", "十九届五中全会",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_date_is_no_deadline(phrase: str) -> None:
    assert slot(phrase).kind is DeadlineKind.NONE


def words(sentence: str) -> list[tuple[str, str]]:
    return [(d.text, d.kind.value) for d in inner(sentence, ISSUED, 2021)]


def test_dates_inside_a_sentence_come_in_order_with_their_clause_as_printed() -> None:
    sentence = "推进标准化建设，6 月底前完成事项梳理，年底前实现“一网通办”，每季度通报进展。"
    assert words(sentence) == [
        ("6 月底前完成事项梳理", "by"),
        ("年底前实现“一网通办”", "by"),
        ("每季度通报进展", "recurring"),
    ]
    assert all(d.inner for d in inner(sentence, ISSUED, 2021))


@pytest.mark.parametrize(
    "sentence",
    [
        "对《2020年政务公开工作要点》落实情况开展评估，形成报告。",
        "按照国办发〔2017〕24号文件要求，公布2020年度部门决算。",
        "及时公开第二季度运行数据和上半年经济运行情况。",
        "到2025年，森林覆盖率达到42%以上。",
        "2020年以来，全市共新建公园120个。",
        "化解2019年以前的信访积案17件。",
        "本办法自2021年5月1日起施行，有效期5年。",
        "将企业开办时间压缩到3个工作日以内，推进1小时交通圈建设。",
        "坚持常态化推进，及时更新目录，适时开展督查。",
        "推行分时段预约，时段精确到30分钟以内。",
    ],
)
def test_years_in_titles_goals_topics_and_facts_are_passed_over(sentence: str) -> None:
    assert words(sentence) == []


def test_from_a_month_on_is_when_something_begins_and_never_due() -> None:
    begun = inner("完善值班制度，5月起实行双人值守。", ISSUED, 2021)
    assert [(d.text, d.due, d.start_only, d.flag) for d in begun] == [
        ("5月起实行双人值守", date(2021, 5, 1), True, None)
    ]
    assert slot("5月起，6月底前完成").due == date(2021, 6, 30)
    assert inner("自2017年起已连续开展五届。", ISSUED, 2021) == ()


def test_a_day_that_opens_a_sentence_is_when_it_is_done_unless_it_tells_what_happened() -> None:
    assert words("6月16日，市安委办统一组织咨询。6月中旬，举办一次演练。") == [("6月16日", "by"), ("6月中旬", "range")]
    assert words("5月5日，市纪委通报了两起问题。") == []


def test_a_count_inside_a_sentence_keeps_its_anchor() -> None:
    found = inner("各单位要在本方案印发后10个工作日内制定细则；对收到的申请，15个工作日内答复。", ISSUED, 2021)
    assert [d.anchor for d in found] == ["issue", "receipt"]


def test_an_earlier_clause_names_what_is_counted_from() -> None:
    found = inner("突发事件发生后，应在第一时间发声，最迟5小时内发布信息。", ISSUED, 2021)
    assert [(d.text, d.anchor) for d in found] == [("最迟5小时内发布信息", "event:突发事件发生")]


def test_a_bracket_behind_a_cadence_says_when_in_the_period() -> None:
    assert slot("每半年（6月、12月底前）").cadence == Cadence(Every.HALF_YEAR, month=6, day=-1)
    assert slot("每月（次月5日前）").cadence == Cadence(Every.MONTH, day=5, after_period=True)


PIECES = st.sampled_from(
    [
        "2021",
        "年",
        "月",
        "日",
        "9",
        "31",
        "12",
        "30",
        "10",
        "底",
        "前",
        "内",
        "后",
        "起",
        "至",
        "—",
        "、",
        "，",
        "每",
        "季度",
        "半年",
        "工作日",
        "个",
        "周",
        "五",
        "第",
        "三",
        "十",
        "国庆",
        "春节",
        "印发",
        "收到",
        "申请",
        "之日",
        "中旬",
        "次",
        "不少于",
        "《",
        "》",
        "“",
        "”",
        "（",
        "）",
        "〔",
        "〕",
        "号",
        "首月",
        "末月",
        "逢",
        "双",
        "单",
        "本",
        "下",
        "明",
        "今",
        "即日",
        "期间",
        "十四五",
        "末",
        "O",
        "l",
        "低",
        "小时",
        "全年",
        "长期",
        "同步",
        "已",
        "于",
    ]
)
PHRASES = st.lists(PIECES, max_size=14).map("".join)


@settings(deadline=None, max_examples=examples(400))
@given(PHRASES | st.text(max_size=30))
def test_no_text_makes_the_reader_raise_or_invent(text: str) -> None:
    for found in (slot(text), *inner(text, ISSUED, 2021), slot(text, None, None)):
        for part in (found, *found.parts):
            if part.kind in (DeadlineKind.RELATIVE, DeadlineKind.EVENT, DeadlineKind.ONGOING, DeadlineKind.NONE):
                assert part.due is None
            if part.kind is DeadlineKind.BY:
                assert part.due is not None or part.flag
            if part.kind is DeadlineKind.RANGE:
                assert part.start is not None
                assert part.due is not None
                assert part.start <= part.due
            if part.kind is DeadlineKind.RECURRING:
                assert part.cadence is not None


@settings(deadline=None, max_examples=examples(60))
@given(st.dates(date(2005, 1, 1), date(2035, 12, 31)))
def test_every_way_to_write_a_day_reads_as_that_day(day: date) -> None:
    for form in (
        f"{day.year}年{day.month}月{day.day}日前",
        f"{day.year}.{day.month}.{day.day}前",
        f"{day:%Y-%m-%d}前",
        f"{day:%Y%m%d}前",
    ):
        assert read(form, None, None).due == day


def test_a_rhythm_that_only_qualifies_a_noun_is_no_duty() -> None:
    assert inner("同一部门对同一企业的年度检查先备案、后入企。", ISSUED, 2021) == ()


def test_monday_is_told_from_once_a_week() -> None:
    assert read("每周一上报进展", ISSUED, 2021).cadence == Cadence(Every.WEEK, weekday=0)
    assert read("每周一通报", ISSUED, 2021).cadence == Cadence(Every.WEEK, weekday=0)
    assert read("每周一调度", ISSUED, 2021).cadence == Cadence(Every.WEEK)


def test_carrying_out_in_a_period_is_due_and_coming_into_force_is_not() -> None:
    assert read("下半年实施", ISSUED, 2021).due == date(2021, 12, 31)
    assert read("自2021年9月1日起实施", ISSUED, 2021).kind is DeadlineKind.NONE


@pytest.mark.parametrize("text", ["入汛前清理河道行洪障碍。", "秋季开学前，公示收费项目。", "采暖季前完成管网检修。"])
def test_before_a_season_is_an_event_inside_a_sentence_too(text: str) -> None:
    found = inner(text, ISSUED, 2021)
    assert [(d.kind, d.rel, d.due) for d in found] == [(DeadlineKind.EVENT, "before", None)]


@pytest.mark.parametrize("text", ["做好防汛前期准备。", "高考前后加强管控。", "中考前夕开展巡查。"])
def test_around_a_season_is_no_deadline(text: str) -> None:
    assert inner(text, ISSUED, 2021) == ()


def test_a_date_in_figures_or_a_quoted_festival_is_found_at_the_head_of_a_sentence() -> None:
    assert [d.due for d in inner("2021.9.30前完成销号。", ISSUED, 2021)] == [date(2021, 9, 30)]
    assert [d.due for d in inner("“十一”前开放场馆。", ISSUED, 2021)] == [date(2021, 9, 30)]


def test_a_stretch_at_the_head_of_a_clause_is_when_its_work_is_done() -> None:
    assert [d.due for d in inner("县水利局，7月11日至7月31日对各镇抽查。", ISSUED, 2021)] == [date(2021, 7, 31)]
    assert [d.due for d in inner("4月20日至6月30日全面禁渔。", ISSUED, 2021)] == [date(2021, 6, 30)]
    assert inner("9月1日至10月31日为集中整治期。", ISSUED, 2021) == ()
    assert inner("2022年至2025年新建水厂10座。", ISSUED, 2021) == ()


def test_the_whole_of_a_month_ends_with_it() -> None:
    assert slot("6月全月").due == date(2021, 6, 30)


@pytest.mark.parametrize(
    ("sentence", "span"),
    [
        ("推进安居工程，2021年至2023年累计改造老旧小区48个。", (date(2021, 1, 1), date(2023, 12, 31))),
        ("2020—2022年新增床位600张", (date(2020, 1, 1), date(2022, 12, 31))),
        ("三年内（2021—2023年）培训护理员900名", (date(2021, 1, 1), date(2023, 12, 31))),
        ("整治河道12条，即日起至9月底。", (ISSUED, date(2021, 9, 30))),
        ("实验室下半年挂牌", (date(2021, 7, 1), date(2021, 12, 31))),
    ],
)
def test_a_stretch_that_says_how_much_is_done_in_it_is_a_range(sentence: str, span: tuple[date, date]) -> None:
    assert [(d.start, d.due) for d in inner(sentence, ISSUED, 2021)] == [span]


@pytest.mark.parametrize(
    "sentence",
    [
        "2018年至2020年累计办结案件120件。",
        "落实2021—2023年学前教育行动计划",
        "2021年至2023年任期目标",
        "下半年挂牌督办",
    ],
)
def test_years_that_are_over_or_name_a_plan_are_no_range(sentence: str) -> None:
    assert inner(sentence, ISSUED, 2021) == ()


@pytest.mark.parametrize(("count", "due"), [("12个项目", 6), ("3座桥梁", 9), ("首批6条线路", 10)])
def test_a_count_in_front_of_a_month_is_no_part_of_the_day(count: str, due: int) -> None:
    (found,) = inner(f"其中东堤路等{count}{due}月底前完工", ISSUED, 2021)
    assert (found.due and found.due.month) == due


@pytest.mark.parametrize(
    ("sentence", "anchor", "period"),
    [
        ("推行并联审查，从立项到开工许可不超过45个工作日。", "event:立项", Period(workdays=45)),
        ("自收到申请至答复不得超过15个工作日", "receipt", Period(workdays=15)),
        ("从报案到出勘原则上不超过3天", "event:报案", Period(days=3)),
    ],
)
def test_how_long_something_may_take_is_counted_from_where_it_begins(
    sentence: str, anchor: str, period: Period
) -> None:
    (found,) = inner(sentence, ISSUED, 2021)
    assert (found.anchor, found.period) == (anchor, period)


@pytest.mark.parametrize(
    "sentence", ["每月1日至20日为“企业宁静期”", "每年3月1日至5月31日为禁渔期", "每周一至周五是开放时间"]
)
def test_what_a_stretch_of_every_month_is_called_is_no_deadline(sentence: str) -> None:
    assert inner(sentence, ISSUED, 2021) == ()


@pytest.mark.parametrize(
    "sentence",
    ["图书馆免费开放，每周开放不少于60小时。", "课后服务每周5天、每天不少于2小时。", "学员每年培训不少于40学时。"],
)
def test_how_much_is_offered_in_a_week_is_no_day_on_which_anything_is_due(sentence: str) -> None:
    assert inner(sentence, ISSUED, 2021) == ()


def test_how_often_something_is_done_still_is() -> None:
    assert [one.kind for one in inner("每周通报一次进度。", ISSUED, 2021)] == [DeadlineKind.RECURRING]
