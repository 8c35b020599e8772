"""The week as a value: every figure leads back to assignments."""

from dataclasses import replace

from handlers.notices_wording import full_summary, group_summary
from knowledge.ledger import Ledger
from knowledge.model import Duty, Every, Role
from scheduler.condition import Light
from scheduler.summary import Summary, summary
from tests.scheduler.offices import ALL_YEAR, CALENDAR, PLAN, at, by, duty, every, register_of, report

# Wednesday 15 July 2026; the week ends on 19 July.
REGISTER = register_of(
    duty(1, by("2026-07-10")),
    duty(2, by("2026-07-17"), unit="市民政局"),
    duty(3, by("2026-07-24"), unit="市民政局"),
    duty(4, by("2026-06-30")),
    duty(5, ALL_YEAR),
    duty(6, by("2026-12-31")),
    duty(7),
    duty(8, every(Every.MONTH)),
)
LEDGER = Ledger((report("plan#4", "2026-07-14 10:00"), report("plan#8", "2026-07-01 09:00", period="2026-06")))


def week() -> Summary:
    return summary(REGISTER, LEDGER, at("2026-07-15 16:00"), CALENDAR)


def ids(*numbers: int) -> tuple[str, ...]:
    return tuple(f"plan#{n}" for n in numbers)


def test_the_figures_of_a_week() -> None:
    value = week()
    assert (value.week.start, value.week.end) == (at("2026-07-13 00:00").date(), at("2026-07-19 00:00").date())
    assert value.total == ids(*range(1, 9))
    assert value.done == ids(4)
    assert value.finished == ids(4)
    assert [(line.assignment, line.days) for line in value.overdue if line.assignment != "plan#8"] == [("plan#1", 5)]
    assert [line.assignment for line in value.due_this_week] == list(ids(2))
    assert [line.assignment for line in value.due_next_week] == list(ids(3))
    assert value.ongoing == ids(5)
    assert value.undated == ids(7)


def test_each_missing_period_of_a_rhythm_is_its_own_overdue_line() -> None:
    missing = [line.period for line in week().overdue if line.assignment == "plan#8"]
    assert missing == ["2026-01", "2026-02", "2026-03", "2026-04", "2026-05"]


def test_red_is_overdue_yellow_is_due_this_week_or_next_green_is_the_rest() -> None:
    value = week()
    assert value.lit(Light.RED) == ids(1, 8)
    assert value.lit(Light.YELLOW) == ids(2, 3)
    assert value.lit(Light.GREEN) == ids(4, 5, 6, 7)


def test_units_are_counted_as_leaders_or_as_responsible_where_no_leader_is_printed() -> None:
    shared = replace(
        duty(9, by("2026-07-10")),
        duties=(Duty("市审计局", Role.RESPONSIBLE), Duty("市司法局", Role.COOPERATING)),
    )
    value = summary(register_of(*REGISTER.assignments, shared), LEDGER, at("2026-07-15 16:00"), CALENDAR)
    units = {tally.name: (tally.total, tally.red, tally.yellow, tally.done) for tally in value.units}
    assert units["市民政局"] == (ids(2, 3), (), ids(2, 3), ())
    assert units["市财政局"] == (ids(1, 4, 5, 6, 7, 8), ids(1, 8), (), ids(4))
    assert units["市审计局"] == (ids(9), ids(9), (), ())
    assert "市司法局" not in units


def test_documents_are_counted_by_title() -> None:
    (tally,) = week().documents
    assert (tally.name, len(tally.total), tally.red) == (PLAN.title, 8, ids(1, 8))


def test_every_figure_is_a_count_of_assignments_in_the_register() -> None:
    value = week()
    known = set(value.total)
    figures = [
        value.done,
        value.finished,
        value.ongoing,
        value.undated,
        *(t.total for t in (*value.units, *value.documents)),
    ]
    assert all(set(figure) <= known for figure in figures)
    assert all(len(value.lit(light)) == sum(1 for lit in value.lights.values() if lit is light) for light in Light)
    assert {line.assignment for line in (*value.overdue, *value.due_this_week, *value.due_next_week)} <= known


def test_a_period_reported_done_is_green_until_the_next_one() -> None:
    only = register_of(duty(1, every(Every.MONTH)))
    done = Ledger(tuple(report("plan#1", f"2026-{m:02}-28 10:00", period=f"2026-{m:02}") for m in range(1, 7)))
    assert summary(only, done, at("2026-07-15 16:00"), CALENDAR).lights == {"plan#1": Light.GREEN}
    assert summary(only, done, at("2026-07-21 16:00"), CALENDAR).lights == {"plan#1": Light.YELLOW}
    assert summary(only, done, at("2026-08-01 16:00"), CALENDAR).lights == {"plan#1": Light.RED}


def test_the_group_reads_a_short_text() -> None:
    text = group_summary(week())
    assert text.startswith(
        "【一周情况】2026年7月13日（星期一）至7月19日（星期日）\n"
        "共8项任务：本周报办结1项，已全部办结1项，逾期2项，本周内还将到期1项，下周到期1项，全年或长期任务1项。"
        "红灯2项，黄灯2项，绿灯4项。\n"
        "逾期：\n"
    )
    assert "· 第1项 公开第1类信息：市财政局（牵头单位），7月10日（星期五）到期，已逾期5天" in text
    assert "下周到期：\n· 第3项 公开第3类信息：市民政局（牵头单位），7月24日（星期五）到期" in text
    assert "各单位" not in text


def test_the_periods_of_one_rhythm_share_a_line() -> None:
    assert (
        "· 第8项 公开第8类信息（2026年1月等5期）：市财政局（牵头单位），1月31日（星期六）到期，已逾期165天"
        in group_summary(week())
    )


def test_a_long_list_says_how_many_more_and_how_to_see_them() -> None:
    many = register_of(*(duty(n, by("2026-07-10")) for n in range(1, 21)))
    text = group_summary(summary(many, Ledger(), at("2026-07-15 16:00"), CALENDAR))
    assert text.count("已逾期5天") == 8
    assert text.endswith("……另有12项，问“有哪些逾期”可看全部")


def test_the_supervisor_reads_everything() -> None:
    text = full_summary(week())
    assert "全年或长期任务：第5项“公开第5类信息”" in text
    assert "没有日期的任务（时限未写明或取决于事件）：第7项“公开第7类信息”" in text
    assert "· 市民政局：2项，办结0项，红灯0项，黄灯2项，绿灯0项" in text
    assert "· 云溪市2026年政务公开任务分工：8项，办结1项，红灯2项，黄灯2项，绿灯4项" in text
