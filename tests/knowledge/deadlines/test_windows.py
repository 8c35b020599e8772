"""Which days a question asks about."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.deadlines.windows import window, without_window
from tests.properties import examples

TODAY = date(2021, 5, 12)  # a Wednesday


def asked(text: str, today: date = TODAY) -> str:
    span = window(text, today)
    return "无" if span is None else f"{span.start or ''}..{span.end or ''}"


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("这个月该报什么", "2021-05-01..2021-05-31"),
        ("本周要完成的", "2021-05-10..2021-05-16"),
        ("下周该报哪些", "2021-05-17..2021-05-23"),
        ("上个月没办完的", "2021-04-01..2021-04-30"),
        ("这个季度要完成什么", "2021-04-01..2021-06-30"),
        ("今年还有哪些没办完", "2021-01-01..2021-12-31"),
        ("Q4的任务", "2021-10-01..2021-12-31"),
        ("6月上旬要交的", "2021-06-01..2021-06-10"),
        ("本旬要交的", "2021-05-11..2021-05-20"),
        ("上一旬没办完的", "2021-05-01..2021-05-10"),
        ("下一旬该报什么", "2021-05-21..2021-05-31"),
        ("全年要办哪些", "2021-01-01..2021-12-31"),
    ],
)
def test_a_named_period_stays_whole(question: str, days: str) -> None:
    assert asked(question) == days


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("月底前该报的", "2021-05-12..2021-05-31"),
        ("周五前要交什么", "2021-05-12..2021-05-14"),
        ("下周二之前该办完的", "2021-05-12..2021-05-18"),
        ("端午前要做完的", "2021-05-12..2021-06-13"),
        ("5天内到期", "2021-05-12..2021-05-17"),
        ("最近半个月要报的", "2021-05-12..2021-05-27"),
        ("未来两周", "2021-05-12..2021-05-26"),
        ("到6月底要完成的", "2021-05-12..2021-06-30"),
        ("15号之前要报的", "2021-05-12..2021-05-15"),
        ("3号之前要报的", "2021-05-12..2021-06-03"),
        ("双节前要报的", "2021-05-12..2021-09-20"),
        ("节前要做完的", "2021-05-12..2021-06-13"),
    ],
)
def test_before_and_within_look_forward_from_today(question: str, days: str) -> None:
    assert asked(question) == days


def test_what_was_done_lately_lies_behind() -> None:
    assert asked("最近7天完成了哪些") == "2021-05-05..2021-05-12"


def test_overdue_ends_yesterday() -> None:
    assert asked("已经过期的事项") == "..2021-05-11"
    assert asked("到期还没完成的") == "..2021-05-11"
    assert asked("上个月逾期的") == "2021-04-01..2021-04-30"


def test_before_a_date_of_early_next_year_crosses_the_year() -> None:
    assert asked("春节前该办完什么", date(2020, 12, 10)) == "2020-12-10..2021-02-11"
    assert asked("1月底前该报的", date(2020, 12, 10)) == "2020-12-10..2021-01-31"
    assert asked("元旦春节前该报的", date(2020, 12, 10)) == "2020-12-10..2020-12-31"
    assert asked("两节期间要做什么", date(2020, 12, 10)) == "2021-01-01..2021-02-18"
    assert asked("双节前还有哪些要办", date(2021, 1, 10)) == "2021-01-10..2021-02-11"


@pytest.mark.parametrize(
    "question",
    [
        "还有几天",
        "什么时候到期",
        "河道保洁谁牵头",
        "国办发〔2021〕12号是什么要求",
        "2021年政务公开工作要点谁印发的",
        "第三季度经济数据谁公布",
        "每月5号前要报什么",
        "12345热线谁管",
        "全年工作要点谁印发的",
        "全年推进的有哪些",
        "你好",
    ],
)
def test_questions_without_a_window_get_none(question: str) -> None:
    assert asked(question) == "无"


def test_the_window_is_said_in_words() -> None:
    span = window("财政局月底前要干什么", TODAY)
    assert span is not None
    assert span.words == "月底前（2021年5月12日至5月31日）"


def test_the_time_words_can_be_taken_out_of_a_question() -> None:
    assert without_window("财政局7月底前要公开什么", TODAY) == "财政局要公开什么"
    assert without_window("河道保洁谁牵头", TODAY) == "河道保洁谁牵头"


@settings(deadline=None, max_examples=examples(200))
@given(
    st.lists(
        st.sampled_from(
            [
                "本",
                "上",
                "下",
                "周",
                "月",
                "年",
                "季度",
                "5",
                "31",
                "2",
                "天",
                "内",
                "前",
                "底",
                "最近",
                "未来",
                "逾期",
                "到",
                "号",
                "半",
                "个",
                "国庆",
                "要交",
                "的",
                "完成",
                "了",
            ]
        ),
        max_size=10,
    ).map("".join)
    | st.text(max_size=20)
)
def test_any_question_gives_an_ordered_window_or_none(text: str) -> None:
    span = window(text, TODAY)
    assert isinstance(without_window(text, TODAY), str)
    if span is not None and span.start and span.end:
        assert span.start <= span.end


def test_a_month_before_which_is_no_count_of_months() -> None:
    assert asked("11月以前到期的") == "2021-05-12..2021-10-31"
