"""qiantou.toml is read strictly: a slip of the pen is named, with the place and the next step."""

from datetime import time
from pathlib import Path

import pytest

from bot.config import Config, ConfigError, load_config
from bot.settled import policy_of
from knowledge.directory import Liaison


def written(home: Path, text: str) -> Path:
    (home / "qiantou.toml").write_text(text, "utf-8")
    return home


def complaint(home: Path) -> str:
    with pytest.raises(ConfigError) as caught:
        load_config(home)
    return str(caught.value)


def test_an_office_without_settings_gets_the_defaults(tmp_path: Path) -> None:
    assert load_config(tmp_path) == Config()


def test_settings_are_read(tmp_path: Path) -> None:
    text = (
        '[office]\nname = "云溪市政务公开办"\n[reminders]\npost_at = "08:30"\n[conversations]\n"工作一群" = ["方案"]\n'
    )
    config = load_config(written(tmp_path, text))
    assert config.office.name == "云溪市政务公开办"
    assert config.reminders.post_at == time(8, 30)
    assert config.conversations == {"工作一群": ("方案",)}


def test_a_file_saved_by_notepad_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    (tmp_path / "qiantou.toml").write_bytes('\ufeff[office]\nname = "甲"\n'.encode())
    assert load_config(tmp_path).office.name == "甲"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[office]\nname = 云溪\n", "第2行"),
        ("[office\n", "第1行"),
        ('[channels.微信]\nkind = "forward"\n', "中文的名称要加英文引号"),
        ('[conversations]\n工作群 = "方案"\n', "中文的名称要加英文引号"),
        (
            '[offices]\nname = "甲"\n',
            "没有“offices”这一项，是不是想写“office”？可以写的是：office、reminders、summary、limits、",
        ),
        ('[office]\nnam = "甲"\n', "[office] 里没有“nam”这一项"),
        ("[office]\nname = 3\n", "office.name 应写成一段加引号的文字"),
        ('[reminders]\nsummary = "yes"\n', "reminders.summary 应写成true 或 false"),
        ('[reminders]\npost_at = "九点"\n', '应写成 "09:00" 这样的时间'),
        ("office = 3\n", "先写一行 [office]"),
        ("[limits]\nmessages = -1\n", "limits.messages 应写成0到1000之间的整数（条，0 表示不限）"),
        ("[conversations]\n群 = 3\n", "第2行"),
        ('[conversations]\n"群" = 3\n', "conversations.群 应写成"),
    ],
)
def test_a_slip_of_the_pen_is_named(tmp_path: Path, text: str, said: str) -> None:
    sentence = complaint(written(tmp_path, text))
    assert said in sentence
    assert "qiantou.toml" in sentence
    assert "\n" not in sentence


def test_settings_in_another_encoding_are_refused_with_the_next_step(tmp_path: Path) -> None:
    (tmp_path / "qiantou.toml").write_bytes('[office]\nname = "云溪市"\n'.encode("gb18030"))
    assert "另存为 UTF-8" in complaint(tmp_path)


def test_a_home_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("")
    assert "不是目录" in complaint(tmp_path / "文件")


RULES = """
[reminders]
supervisors = "督查群"
before = [5, 1, 0]
pauses = ["12:00-14:00"]
[[reminders.rule]]
document = "分工"
unit = ["市财政局"]
before = [10, 5, 1, 0]
[[reminders.rule]]
group = "财政群"
post_at = "08:30"
cap = 2
[conversations]
"财政群" = { units = ["市财政局"] }
"专班群" = { documents = "分工", units = "市民政局" }
[[liaisons]]
unit = "市财政局"
name = "王小明"
id = "wangxm"
"""


def test_rules_for_some_only_bindings_of_units_and_liaisons_are_read(tmp_path: Path) -> None:
    config = load_config(written(tmp_path, RULES))
    assert config.reminders.before == (0, 1, 5)
    assert config.reminders.pauses == ((time(12), time(14)),)
    assert [(rule.document, rule.group, rule.unit) for rule in config.reminders.rules] == [
        (("分工",), None, ("市财政局",)),
        (None, ("财政群",), None),
    ]
    assert config.units == {"财政群": ("市财政局",), "专班群": ("市民政局",)}
    assert config.conversations == {"专班群": ("分工",)}
    assert config.liaisons == (Liaison("市财政局", "王小明", "wangxm"),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[reminders]\nbefor = [3]\n", "没有“befor”这一项，是不是想写“before”？"),
        ("[reminders]\nbefore = [3, 3]\n", "reminders.before 应写成[3, 1] 这样的列表"),
        ("[reminders]\nbefore = [99999]\n", "0到60之间"),
        ("[reminders]\nbefore = [true]\n", "0到60之间"),
        ("[reminders]\ncap = 0\n", "1到100之间的整数（条），现在写的是 0"),
        ("[reminders]\ncap = 1e9\n", "1到100之间的整数"),
        ("[reminders]\nchased_for = -1\n", "0到520之间的整数（周）"),
        ('[reminders]\npost_at = "25:00"\n', '应写成 "09:00" 这样的时间'),
        ("[reminders]\npost_at = 9\n", '应写成 "09:00" 这样的时间'),
        ('[reminders]\npauses = ["12:00"]\n', '应写成["12:00-14:00"] 这样的列表'),
        ('[reminders]\nconversation = ""\n', "请至少写一个会话"),
        ('[reminders]\nconversation = "一\\n二"\n', "不换行的文字"),
        ("[reminders]\nrule = 3\n", "先写一行 [[reminders.rule]]"),
        ("[[reminders.rule]]\nbefore = [3]\n", "reminders.rule 第1条 没有写对谁有效"),
        ('[[reminders.rule]]\nunit = "市财政局"\n', "第1条 没有写要改什么"),
        ('[[reminders.rule]]\nunit = "市财政局"\ncap = 3\n', "cap 是对整个会话说的"),
        ('[[reminders.rule]]\nunits = "市财政局"\nweekly = false\n', "是不是想写“unit”？"),
        ('[[reminders.rule]]\nunit = "市财政局"\nsupervisors = "群"\n', "没有“supervisors”这一项"),
        ('[[liaisons]]\nunit = "市财政局"\n', "liaisons 第1条 没有写 name"),
        ('[conversations]\n"群" = { unit = "市财政局" }\n', "是不是想写“units”？"),
        ("x = " + "[" * 5000 + "]" * 5000, "括号套得太深"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused_in_one_sentence_with_the_next_step(
    tmp_path: Path, text: str, said: str
) -> None:
    sentence = complaint(written(tmp_path, text))
    assert said in sentence
    assert "\n" not in sentence


def test_summaries_are_set_in_a_section_of_their_own(tmp_path: Path) -> None:
    text = '[summary]\nweekday = "周四"\nat = "15:30"\nmonthly = 1\nconversations = ["督查群"]\nparts = ["逾期"]\nranking = true\n'
    policy = policy_of(load_config(written(tmp_path, text)))
    assert (policy.summary_weekday, policy.summary_at, policy.summary_monthly) == (3, time(15, 30), 1)
    assert (policy.summary_to, policy.summary_parts, policy.ranking) == (("督查群",), ("逾期",), "办结率")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[summary]\nweekday = "五"\n', "这样的星期"),
        ('[summary]\nparts = ["红灯"]\n', "summary.parts 里可以写的是：变化、逾期"),
        ('[summary]\nrank_by = "好坏"\n', '"办结率" '),
        ("[summary]\nmonthly = 31\n", "0到28之间的整数"),
        ('[reminders]\nsummary_at = "16:00"\n[summary]\nat = "17:00"\n', "说的是同一件事"),
    ],
)
def test_what_is_wrong_about_summaries_is_named(tmp_path: Path, text: str, said: str) -> None:
    assert said in complaint(written(tmp_path, text))
