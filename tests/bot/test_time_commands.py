"""`qiantou due`, `simulate` and `summary` as a person and as a program see them."""

import json
import re
from datetime import date, time
from pathlib import Path

import pytest

from bot.commands.speech import Refusal
from bot.commands.summary import Shown, show_summary
from bot.commands.summary import Wanted as WantedSummary
from bot.commands.time import Wanted, show_due, show_simulation
from bot.config import Config, ConfigError, RemindersConfig, load_config
from bot.reminder_settings import READ
from bot.settled import bound, policy_of
from knowledge.register import Register
from knowledge.store_tinydb import TinyDBStore
from scheduler.policy import Policy
from tests.scheduler.offices import PLAN, at, by, duty, register_of, report


@pytest.fixture
def home(tmp_path: Path) -> Path:
    store = TinyDBStore(tmp_path)
    store.file(register_of(duty(1, by("2026-07-15")), duty(2, by("2026-07-18"), unit="市民政局")))
    store.append(report("plan#1", "2026-07-14 10:00"))
    store.close()
    (tmp_path / "qiantou.toml").write_text("[reminders]\njitter = 0\n", "utf-8")
    return tmp_path


def printed(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out


def records(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in printed(capsys).splitlines()]


JULY = date(2026, 7, 1), date(2026, 7, 31)


def test_due_is_grouped_by_day(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    show_due(home, *JULY, jsonl=False)
    assert printed(capsys).replace("2026年", "") == (
        "7月1日（星期三）至7月31日（星期五）到期2项：\n"
        "■ 7月15日（星期三）\n· 公开第1类信息——已办结\n  市财政局（牵头单位）　依据：《云溪市政务公开任务分工》第1项\n"
        "■ 7月18日（星期六）\n· 公开第2类信息\n  市民政局（牵头单位）　依据：《云溪市政务公开任务分工》第2项\n"
    )


def test_due_as_records(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    show_due(home, *JULY, jsonl=True)
    assert [(r["due"], r["assignment"], r["units"], r["done"]) for r in records(capsys)] == [
        ("2026-07-15", "plan#1", ["市财政局"], True),
        ("2026-07-18", "plan#2", ["市民政局"], False),
    ]


def test_nothing_due_is_said(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    show_due(home, date(2026, 8, 1), date(2026, 8, 1), jsonl=False)
    assert printed(capsys) == "2026年8月1日（星期六）没有到期的任务。\n"


def test_a_span_the_wrong_way_round_is_refused_with_the_next_step(home: Path) -> None:
    with pytest.raises(Refusal, match="请把 --from 和 --to 对调后再试"):
        show_due(home, JULY[1], JULY[0], jsonl=False)
    with pytest.raises(Refusal, match="对调"):
        show_simulation(home, JULY[1], JULY[0])


def test_simulate_shows_each_message_under_its_moment(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    show_simulation(home, date(2026, 7, 17), date(2026, 7, 17))
    text = printed(capsys)
    assert text.startswith("──── 2026年7月17日（星期五） 09:00　工作群 ────\n【任务提醒】今天是2026年7月17日（星期五）")
    assert "──── 2026年7月17日（星期五） 16:00　工作群 ────\n【一周情况】" in text
    assert text.endswith("合计：1个会话，2条消息，其中提醒1项次，季度了解0项次，周报1份。\n")


def test_simulate_as_records_has_a_line_a_notice(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    show_simulation(home, date(2026, 7, 17), date(2026, 7, 17), Wanted(jsonl=True))
    reminder, summary = records(capsys)
    assert {k: reminder[k] for k in ("at", "conversation", "kind", "stage", "key", "assignment", "due")} == {
        "at": "2026-07-17T09:00:00+08:00",
        "conversation": "工作群",
        "kind": "reminder",
        "stage": "T",
        "key": "plan#2|2026-07-18|T|工作群",
        "assignment": "plan#2",
        "due": "2026-07-18",
    }
    assert "公开第2类信息" in str(reminder["text"])
    assert (summary["kind"], summary["key"]) == ("summary", "summary|2026-07-13|week|工作群")


def test_simulate_as_a_page_a_month_as_one_value_and_as_a_file(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    span = date(2026, 7, 16), date(2026, 8, 2)
    show_simulation(home, *span, Wanted(calendar=True))
    page = printed(capsys)
    assert page.startswith("════ 工作群：8条消息 ════\n\n2026年7月\n星期一      星期二")
    assert (
        "                                    16          17          18          19\n"
        "                                     提醒1项     提醒1项\n"
        "                                                 周报1份\n" in page
    )
    assert "\n7月17日（星期五） 09:00　提醒1项：第2项\n" in page
    assert "2026年8月" not in page
    show_simulation(home, *span, Wanted(json=True))
    value = json.loads(printed(capsys))
    assert (value["messages"], [one["conversation"] for one in value["conversations"]]) == (8, ["工作群"])
    assert value["conversations"][0]["messages"][0]["notices"][0]["key"] == "plan#2|2026-07-18|T-1|工作群"
    show_simulation(home, *span, Wanted(ics=home / "提醒.ics"))
    assert printed(capsys).startswith("日程9项已写到")
    assert (home / "提醒.ics").read_bytes().count(b"BEGIN:VEVENT") == 9


def test_simulate_for_some_conversations_and_units_only(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = '[reminders]\njitter = 0\nsummary = false\n[conversations]\n"民政群" = { units = ["市民政局"] }\n'
    (home / "qiantou.toml").write_text(settings, "utf-8")
    show_simulation(home, *JULY, Wanted(jsonl=True, units=("市民政局",)))
    assert {(r["conversation"], r["assignment"]) for r in records(capsys)} == {("民政群", "plan#2")}
    show_simulation(home, *JULY, Wanted(groups=("工作群",)))
    assert "第2项" not in printed(capsys)
    with pytest.raises(Refusal, match="没有“财政群”这个会话，现有：工作群、民政群。"):
        show_simulation(home, *JULY, Wanted(groups=("财政群",)))
    with pytest.raises(Refusal, match="没有“市气象局”承担的任务"):
        show_simulation(home, *JULY, Wanted(units=("市气象局",)))


def test_simulating_leaves_no_trace(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    show_simulation(home, *JULY, Wanted(jsonl=True))
    assert records(capsys)
    assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == before


def test_an_empty_home_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    show_simulation(tmp_path, *JULY)
    assert printed(capsys) == "册中还没有任务，请先用 qiantou import 导入文件。\n"


def test_summary_for_the_group_the_supervisor_and_a_program(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    friday = WantedSummary(today=date(2026, 7, 17))
    show_summary(home, friday)
    assert "本周办结1项" in printed(capsys)
    show_summary(home, friday, Shown(full=True))
    assert "各单位：" in printed(capsys)
    show_summary(home, friday, Shown(json=True))
    (record,) = records(capsys)
    done, rest = record["done"], record["due_rest"]
    assert isinstance(done, list)
    assert isinstance(rest, list)
    assert [(line["assignment"], line["on"]) for line in done] == [("plan#1", "2026-07-14")]
    assert [(line["assignment"], line["due"]) for line in rest] == [("plan#2", "2026-07-18")]


def test_the_settings_choose_conversation_and_times(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = '[reminders]\nconversation = "督查群"\npost_at = "08:30"\njitter = 0\nsummary = false\n[conversations]\n"民政群" = ["分工.txt"]\n'
    (home / "qiantou.toml").write_text(settings, "utf-8")
    show_simulation(home, date(2026, 7, 17), date(2026, 7, 17), Wanted(jsonl=True))
    assert [(r["at"], r["conversation"]) for r in records(capsys)] == [("2026-07-17T08:30:00+08:00", "民政群")]


def test_a_broken_calendar_file_is_named(home: Path) -> None:
    (home / "calendar").mkdir()
    (home / "calendar" / "2027.toml").write_text("year = 2027\noff = 3\n", "utf-8")
    with pytest.raises(ConfigError, match=r"2027\.toml"):
        show_summary(home)


def test_a_conversation_is_bound_by_title_file_name_or_stem() -> None:
    register = register_of(duty(1))
    for name in (PLAN.title, "分工.txt", "分工"):
        assert bound(register, {"群": [name]}).bindings == {"群": (PLAN.id,)}
    assert bound(register, {"群": ["没有这个文件"]}).bindings == {"群": ()}
    assert bound(Register(), {}) == Register()


def test_the_policy_follows_the_settings() -> None:
    policy = policy_of(Config(reminders=RemindersConfig(conversation="督查群", summary=False)))
    assert (policy.default_conversation, policy.summary) == ("督查群", False)
    assert policy.may_post(at("2026-07-15 09:00"))


def test_posting_times_in_the_quiet_hours_are_refused() -> None:
    with pytest.raises(ConfigError, match="周报时间要早于20:00"):
        policy_of(Config(reminders=RemindersConfig(summary_at=time(21, 0))))


def test_the_settings_in_the_manual_can_be_used_as_they_stand(tmp_path: Path) -> None:
    manual = (Path(__file__).resolve().parents[2] / "docs" / "提醒.md").read_text("utf-8")
    (tmp_path / "qiantou.toml").write_text(manual.split("```toml\n")[1].split("```")[0], "utf-8")
    config = load_config(tmp_path)
    assert policy_of(config) == Policy(jitter=10)
    assert config.conversations == {"民政工作群": ("2026年全市政务公开重点任务分工方案",)}
    (tmp_path / "qiantou.toml").write_text(manual.split("```toml\n")[2].split("```")[0], "utf-8")
    assert [rule.name for rule in policy_of(load_config(tmp_path)).rules] == ["第1条", "第2条", "第3条"]
    table = manual.split("能写的项目：")[1].split("同一件事")[0]
    assert set(READ) == set(re.findall(r"`(\w+)`", table))
