"""How the bot puts into words what it says by itself."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from handlers.notices_wording import compose, day_words, paragraph, period_words, standing_words
from knowledge.directory import Directory, Liaison
from knowledge.ledger import Ledger
from knowledge.model import Duty, Role
from scheduler.notices import Notice
from scheduler.owed import notices_due
from scheduler.policy import Policy
from tests.scheduler.offices import CALENDAR, PLAN, at, by, duty, register_of


def owed(*assignments, documents=(PLAN,), when: str = "2026-07-15 09:00") -> tuple[Notice, ...]:  # type: ignore[no-untyped-def]
    register = register_of(*assignments, documents=documents)
    return notices_due(register, Ledger(), at(when), CALENDAR, Policy(summary=False))


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("2026-07-06", "还有9天（7个工作日）"),
        ("2026-07-14", "还有1天（1个工作日）"),
        ("2026-07-15", "今天到期"),
        ("2026-07-16", "已逾期1天（1个工作日）"),
        ("2026-07-20", "已逾期5天（3个工作日）"),
    ],
)
def test_how_far_away_a_due_date_is(when: str, words: str) -> None:
    (notice,) = owed(duty(1, by("2026-07-15")), when=f"{when} 09:00")
    assert standing_words(notice) == words


def test_a_deadline_on_a_rest_day_says_that_today_is_the_last_working_day() -> None:
    (notice,) = owed(duty(1, by("2026-07-19")), when="2026-07-17 09:00")
    assert standing_words(notice) == "还有2天，今天是到期前最后一个工作日"


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("2026-06", "2026年6月"),
        ("2026-12", "2026年12月"),
        ("2026-Q2", "2026年第2季度"),
        ("2026-H1", "2026年上半年"),
        ("2026-W05", "2026年第5周"),
        ("2026", "2026年"),
    ],
)
def test_a_period_in_words(period: str, words: str) -> None:
    assert period_words(period) == words


def test_the_year_is_said_where_it_is_not_this_year() -> None:
    assert day_words(date(2027, 1, 10), date(2026, 12, 30)) == "2027年1月10日（星期日）"
    assert day_words(date(2026, 12, 31), date(2026, 12, 30)) == "12月31日（星期四）"


def test_the_documents_own_word_for_the_role_is_used_and_a_missing_unit_is_said() -> None:
    main = replace(duty(1, by("2026-07-15")), duties=(Duty("市财政局", Role.RESPONSIBLE, "主责"),))
    nobody = replace(duty(2, by("2026-07-15")), duties=())
    text = compose(owed(main, nobody))
    assert "■ 市财政局（主责）" in text
    assert "■ 未写明责任单位" in text


def test_several_documents_are_named_with_each_line() -> None:
    other = replace(PLAN, id="other", title="云溪市营商环境方案")
    text = compose(
        owed(duty(1, by("2026-07-15")), duty(2, by("2026-07-15"), document="other"), documents=(PLAN, other))
    )
    assert "依据：《云溪市2026年政务公开任务分工》第1项" in text
    assert "依据：《云溪市营商环境方案》第2项" in text


def test_a_duty_of_the_covering_letter_is_named_by_its_place() -> None:
    (notice,) = owed(replace(duty(12, by("2026-07-15")), number=None, printed_number=None))
    assert "正文部分（第12行）" in paragraph(notice)


def test_a_long_requirement_is_cut_and_a_missing_one_is_said() -> None:
    long, missing = (
        replace(duty(1, by("2026-07-15")), text="公" * 200),
        replace(duty(2, by("2026-07-15")), text="", original=""),
    )
    text = compose(owed(long, missing))
    assert "公" * 50 in text
    assert "公" * 61 not in text
    assert "第2项 （原文只有序号）" in text


def test_alone_a_notice_names_unit_document_and_the_deadlines_own_words() -> None:
    (notice,) = owed(duty(1, by("2026-07-15")))
    assert paragraph(notice) == (
        "市财政局（牵头单位）：\n"
        "· 第1项 公开第1类信息——今天到期〔R7G〕\n"
        "  期限：7月15日（星期三）（原文“2026-07-15”）\n"
        "  依据：《云溪市2026年政务公开任务分工》第1项"
    )


MANUAL = (Path(__file__).resolve().parents[2] / "docs" / "提醒.md").read_text("utf-8")


def test_the_reminder_in_the_manual_is_what_a_liaison_gets() -> None:
    leads = Duty("市财政局", Role.LEAD, "牵头单位"), Duty("市民政局", Role.LEAD, "牵头单位")
    directory = Directory({"财政群": ("市财政局",)}, (Liaison("市财政局", "王小明", "wangxm"),))
    register = register_of(replace(duty(3, by("2026-07-15")), duties=leads))
    policy = Policy(directory=directory)
    notices = notices_due(register, Ledger(), at("2026-07-10 09:00"), CALENDAR, policy)
    told = {notice.conversation: compose([notice]) for notice in notices}
    assert f"```\n{told['财政群']}\n```" in MANUAL
    assert "■ 市民政局（牵头单位）\n" in told["工作群"]


@pytest.mark.parametrize(
    "rest",
    [
        {},
        {"missed": (date(2026, 5, 31), date(2026, 6, 30)), "acknowledged": ("市财政局",), "was": date(2026, 7, 1)},
        {"missed": tuple(date(2026, n, 28) for n in range(1, 7)), "units": ("市财政局",), "period": "2026-Q2"},
    ],
)
def test_an_assignment_takes_at_most_six_lines(rest: dict[str, Any]) -> None:
    leads = tuple(Duty(f"市{name}局", Role.LEAD, "牵头单位") for name in ("财政", "民政", "教育"))
    (notice,) = owed(replace(duty(1, by("2026-07-15")), text="公" * 300, duties=leads))
    lines = paragraph(replace(notice, **rest)).split("\n")[1:]
    assert 3 <= len(lines) <= 6
    assert max(map(len, lines)) <= 110


def test_why_it_is_said_to_the_supervisors_is_told_once_for_all_of_it() -> None:
    policy = Policy(default_conversation="", supervisors="督查群")
    nobody = replace(duty(3, by("2026-07-15")), duties=())
    register = register_of(duty(1, by("2026-07-15")), duty(2, by("2026-07-15"), unit="各县区人民政府"), nobody)
    text = compose(notices_due(register, Ledger(), at("2026-07-15 09:00"), CALENDAR, policy))
    assert "\n注：“市财政局”没有绑定会话，请代为转告。\n注：文件没有写明由谁办的，请指定单位。\n" in text
    assert "\n注：名册里没有“各县区人民政府”的成员，请代为转告有关单位。\n收到请回复" in text
