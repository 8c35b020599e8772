"""The week as a value: every figure leads back to assignments."""

from dataclasses import replace
from datetime import date

from bot.config import Config, RemindersConfig
from bot.summary_settings import SummaryConfig
from handlers.wording_summary import full_summary, group_summary
from knowledge.demands import Demand, Demands, Proving
from knowledge.directory import Directory, Liaison
from knowledge.ledger import Entry, EntryKind, Ledger
from knowledge.model import Duty, Every, Role, Span
from knowledge.reported import reported
from scheduler.condition import Light
from scheduler.policy import Policy
from scheduler.ranking import Yardstick
from scheduler.summaries import summaries_due
from scheduler.summary import Summary, as_of, summary
from tests.scheduler.offices import ALL_YEAR, CALENDAR, PLAN, Office, at, by, duty, every, register_of, report

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
    assert (value.span.start, value.span.end) == (at("2026-07-13 00:00").date(), at("2026-07-19 00:00").date())
    assert value.total == ids(*range(1, 9))
    assert [(line.assignment, line.days) for line in value.done] == [("plan#4", 14)]
    assert value.finished == ids(4)
    assert [(line.assignment, line.days) for line in value.overdue if line.assignment != "plan#8"] == [("plan#1", 5)]
    assert [line.assignment for line in value.due_rest] == list(ids(2))
    assert [line.assignment for line in value.due_next] == list(ids(3))
    assert value.ongoing == ids(5)
    assert value.undated == ids(7)


def test_each_missing_period_of_a_rhythm_is_its_own_overdue_line() -> None:
    missing = [line.period for line in week().overdue if line.assignment == "plan#8"]
    assert missing == ["2026-01", "2026-02", "2026-03", "2026-04", "2026-05"]


def test_red_is_overdue_yellow_is_due_rest_or_next_green_is_the_rest() -> None:
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
        value.finished,
        value.ongoing,
        value.undated,
        *(t.total for t in (*value.units, *value.documents)),
    ]
    assert all(set(figure) <= known for figure in figures)
    assert all(len(value.lit(light)) == sum(1 for lit in value.lights.values() if lit is light) for light in Light)
    assert {line.assignment for line in (*value.overdue, *value.due_rest, *value.due_next)} <= known


def test_a_period_reported_done_is_green_until_the_next_one() -> None:
    only = register_of(duty(1, every(Every.MONTH)))
    done = Ledger(tuple(report("plan#1", f"2026-{m:02}-28 10:00", period=f"2026-{m:02}") for m in range(1, 7)))
    assert summary(only, done, at("2026-07-15 16:00"), CALENDAR).lights == {"plan#1": Light.GREEN}
    assert summary(only, done, at("2026-07-21 16:00"), CALENDAR).lights == {"plan#1": Light.YELLOW}
    assert summary(only, done, at("2026-08-01 16:00"), CALENDAR).lights == {"plan#1": Light.RED}


def test_the_group_reads_a_short_text() -> None:
    asking = replace(REGISTER, demands=Demands(Demand(evidence=Proving.WANTED)))
    text = group_summary(summary(asking, LEDGER, at("2026-07-15 16:00"), CALENDAR))
    assert "没有佐证" not in group_summary(week()), "where the office asks for none, none is missing"
    assert text.startswith(
        "【一周情况】2026年7月13日（星期一）至7月19日（星期日）\n"
        "共8项任务：本周办结1项（其中逾期办结1项），已全部办结1项，逾期2项，本周内还将到期1项，下周到期1项，全年或长期任务1项。"
        "红灯2项，黄灯2项，绿灯4项。报办结没有佐证1项。\n"
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
    assert "全年或长期任务：第5项" in text
    assert "没有日期的任务（时限未写明或取决于事件）：第7项" in text
    assert "· 市民政局：2项，办结0项，红灯0项，黄灯2项（第2、3项），绿灯0项" in text
    assert (
        "· 云溪市2026年政务公开任务分工：8项，办结1项（第4项），红灯2项（第1、8项），黄灯2项（第2、3项），绿灯4项"
        in text
    )


# --- other stretches, change, what supervisors watch, ranking ------------------------------------------------------
JULY = Span(date(2026, 7, 1), date(2026, 7, 31))


def test_a_month_tells_what_was_done_in_time_and_what_late() -> None:
    ledger = LEDGER.plus(report("plan#2", "2026-07-16 10:00"), report("plan#3", "2026-07-27 10:00"))
    value = summary(REGISTER, ledger, at("2026-07-31 16:00"), CALENDAR, JULY)
    assert [(line.assignment, line.days) for line in value.done] == [
        ("plan#2", 0),
        ("plan#3", 3),
        ("plan#4", 14),
        ("plan#8", 1),
    ]
    assert group_summary(value).startswith(
        "【2026年7月情况】2026年7月1日（星期三）至7月31日（星期五），截至7月31日（星期五）\n"
    )


def test_a_month_that_is_over_is_seen_as_it_was_at_its_end() -> None:
    ledger = Ledger((report("plan#1", "2026-08-03 10:00"),))
    seen, then = as_of(JULY, ledger, at("2026-08-10 09:00"))
    value = summary(REGISTER, seen, then, CALENDAR, JULY)
    assert (value.today, "plan#1" in value.finished) == (JULY.end, False)


def test_what_is_told_twice_was_done_when_it_was_first_told() -> None:
    told = (
        report("plan#8", "2026-06-30 10:00", period="2026-06"),
        report("plan#8", "2026-07-09 10:00", period="2026-06"),
    )
    value = summary(REGISTER, Ledger(told), at("2026-07-15 16:00"), CALENDAR, Span(date(2026, 6, 1), date(2026, 7, 31)))
    assert [(line.on, line.days) for line in value.done] == [(date(2026, 6, 30), 0)]


def test_a_joint_assignment_is_done_for_a_unit_when_its_own_share_is_and_as_a_whole_when_all_are() -> None:
    joint = replace(duty(1, by("2026-07-10")), duties=(Duty("市财政局", Role.LEAD), Duty("市民政局", Role.LEAD)))
    ledger = Ledger((report("plan#1", "2026-07-09 10:00", unit="市财政局"),))
    ledger = Ledger(replace(one, unit="市财政局") for one in ledger)
    value = summary(register_of(joint), ledger, at("2026-07-15 16:00"), CALENDAR, JULY)
    units = {tally.name: (tally.red, tally.done) for tally in value.units}
    assert units == {"市财政局": ((), ids(1)), "市民政局": (ids(1), ())}
    assert (value.done, [line.assignment for line in value.overdue]) == ((), ["plan#1"])


def test_the_change_is_told_from_the_ledger_as_it_was_at_the_last_summary() -> None:
    wrong = report("plan#3", "2026-07-09 10:00")
    corrected = replace(
        report("plan#3", "2026-07-14 10:00", correction=True), details={"status": "in_progress", "correction": True}
    )
    ledger = Ledger((wrong, *LEDGER, corrected))
    value = summary(REGISTER, ledger, at("2026-07-15 16:00"), CALENDAR, since=at("2026-07-10 16:00"))
    assert value.change is not None
    told = {
        name: [line.assignment for line in getattr(value.change, name)]
        for name in ("done", "reopened", "overdue", "cleared")
    }
    assert told == {"done": ["plan#4"], "reopened": ["plan#3"], "overdue": ["plan#1"], "cleared": ["plan#4"]}
    assert (
        "与上次汇总（2026年7月10日（星期五））相比：新办结1项，办结后又撤回或退回1项，新增逾期1项，不再逾期1项。"
        in group_summary(value)
    )


def test_what_supervisors_watch_is_counted_by_unit_and_day() -> None:
    register = register_of(duty(1, by("2026-07-10")), duty(2, by("2026-07-17")), duty(3, by("2026-07-17")))
    bare, wanting = (
        report("plan#1", "2026-07-14 10:00"),
        report("plan#2", "2026-07-14 11:00", url="http://a.gov.cn/1", wants=["acceptance"]),
    )
    (told,) = reported(Ledger((bare,)), "plan#1")
    returned = told.answered(EntryKind.RETURNED, at("2026-07-15 09:00"), "赵主任", "督查群", "没有附链接")
    key = "plan#3|2026-07-17|T-3|工作群"
    reminded = (
        Entry(EntryKind.CLAIMED, at("2026-07-14 09:00"), key=key),
        Entry(EntryKind.SENT, at("2026-07-14 09:00"), key=key, assignment="plan#3", details={"units": ["市财政局"]}),
    )
    value = summary(register, Ledger((*reminded, bare, wanting, returned)), at("2026-07-15 16:00"), CALENDAR)
    watched = [
        [(line.assignment, line.unit) for line in found]
        for found in (value.unanswered, value.unproven, value.waiting, value.returned)
    ]
    assert watched == [[("plan#3", "市财政局")], [], [("plan#2", "")], [("plan#1", "")]]
    assert [line.assignment for line in value.done] == []
    assert "提醒后没有签收1项，已报待核1项，退回后没有重报1项。" in group_summary(value)


def test_units_are_ranked_only_when_wanted_and_by_the_rule_that_is_told() -> None:
    register = register_of(
        *(
            duty(n, by(f"2026-07-{n:02}"), unit=unit)
            for n, unit in enumerate(("甲局", "乙局", "丙局", "甲局", "丁局"), 1)
        ),
        duty(6, by("2026-08-01"), unit="戊局"),
    )
    ledger = Ledger(report(f"plan#{n}", "2026-07-06 10:00") for n in (2, 5, 1))
    assert summary(register, ledger, at("2026-07-15 16:00"), CALENDAR, JULY).ranking == ()
    places = {}
    for yardstick in Yardstick:
        value = summary(register, ledger, at("2026-07-15 16:00"), CALENDAR, JULY, yardstick=yardstick)
        places[yardstick] = [(one.place, one.tally.name) for one in value.ranking]
        assert f"排名。{yardstick.rule}" in group_summary(value)
    assert places[Yardstick.RATE] == [(1, "丁局"), (1, "乙局"), (3, "甲局"), (4, "丙局")]
    assert places[Yardstick.OVERDUE] == [(1, "丁局"), (1, "乙局"), (3, "甲局"), (4, "丙局")]


def test_several_documents_are_told_apart_by_marks_that_are_explained() -> None:
    other = replace(PLAN, id="other", title="云溪市营商环境台账")
    register = register_of(
        duty(1, by("2026-07-10")), duty(1, by("2026-07-10"), document="other"), documents=(PLAN, other)
    )
    text = full_summary(summary(register, Ledger(), at("2026-07-15 16:00"), CALENDAR))
    assert "红灯2项（①第1项；②第1项）" in text
    assert text.endswith(f"文件：①{PLAN.title}，②云溪市营商环境台账")


# --- what is owed when ---------------------------------------------------------------------------------------------
def test_the_monthly_summary_comes_on_its_day_once_about_the_month_that_is_over() -> None:
    office = Office(REGISTER)
    office.app.config = Config(reminders=RemindersConfig(jitter=0, remind=False), summary=SummaryConfig(monthly=1))
    posted = office.tick(
        "2026-07-31 16:00", "2026-08-03 15:00", "2026-08-03 16:00", "2026-08-04 16:00", "2026-08-05 16:00"
    )
    assert [text.splitlines()[0][:11] for one in posted if (text := one.text)] == [
        "【一周情况】2026年",
        "【2026年7月情况】",
    ]


def test_summaries_go_where_the_office_wants_them_and_to_supervisors_in_full() -> None:
    office = Office(REGISTER)
    office.app.config = Config(
        reminders=RemindersConfig(jitter=0, remind=False, supervisors="督查群"),
        summary=SummaryConfig(conversations=("督查群", "领导群")),
    )
    posted = {one.conversation: one.text for one in office.tick("2026-07-17 16:00")}
    assert posted.keys() == {"督查群", "领导群"}
    assert ("各单位：" in posted["督查群"], "各单位：" in posted["领导群"]) == (True, False)


def test_a_summary_that_is_made_up_for_tells_of_its_own_moment() -> None:
    office = Office(REGISTER, report("plan#2", "2026-07-18 10:00"))
    office.app.config = Config(reminders=RemindersConfig(jitter=0, remind=False))
    (posted,) = office.tick("2026-07-20 09:00")
    assert "本周办结0项" in posted.text
    assert "黄灯2项" in posted.text


def test_the_full_text_names_the_units_without_a_liaison_once_the_office_enrols_people() -> None:
    people = Directory(liaisons=(Liaison("市民政局", "王芳", "u1", ""),))
    value = summary(REGISTER, LEDGER, at("2026-07-15 16:00"), CALENDAR, directory=people)
    assert "没有登记联络员的单位：市财政局" in full_summary(value)
    assert "没有登记联络员" not in full_summary(week())
    assert "没有登记联络员" not in group_summary(value)


def test_what_was_reckoned_for_one_conversation_makes_no_other_summary_different() -> None:
    reminder = Entry(
        EntryKind.SENT,
        at("2026-07-14 09:00"),
        conversation="财政群",
        assignment="plan#1",
        key="plan#1|2026-07-10|+1|财政群",
        details={"kind": "reminder", "due": "2026-07-10"},
    )
    ledger, now = Ledger((*LEDGER, reminder)), at("2026-07-17 16:00")
    policy = Policy(supervisors="督查群", directory=Directory({"财政群": ("市财政局",), "民政群": ("市民政局",)}))
    found = summaries_due(REGISTER, ledger, now, CALENDAR, policy)
    assert [one.conversation for one in found] == ["民政群", "督查群", "财政群"]
    assert [bool(one.summary and one.summary.unanswered) for one in found] == [False, True, True]
    for told in (one.summary for one in found):
        assert told is not None
        assert told.change is not None
        own = REGISTER.within(told.total)
        assert told == summary(own, ledger, now, CALENDAR, since=told.change.since, directory=policy.directory)
