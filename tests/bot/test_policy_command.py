"""`qiantou policy` as a clerk reads it and as a program does."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.commands.policy import show_policy
from bot.commands.speech import Refusal
from knowledge.store_tinydb import TinyDBStore
from tests.scheduler.offices import PLAN, by, duty, register_of

SETTINGS = """
[reminders]
supervisors = "督查群"
after = [1]
[[reminders.rule]]
unit = "市财政局"
before = [10, 1, 0]
[[reminders.rule]]
document = "分工"
unit = "市财政局"
weekly = false
[[reminders.rule]]
group = "财政群"
post_at = "08:30"
jitter = 0
[conversations]
"财政群" = { units = ["市财政局"] }
[[liaisons]]
unit = "市财政局"
name = "王小明"
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    other = replace(PLAN, id="other", title="云溪市营商环境方案", source="营商.txt")
    rows = duty(1, by("2026-07-15")), duty(2, by("2026-07-18"), unit="市民政局", document="other")
    store = TinyDBStore(tmp_path)
    store.file(register_of(*rows, documents=(PLAN, other)))
    store.close()
    (tmp_path / "qiantou.toml").write_text(SETTINGS, "utf-8")
    return tmp_path


def told(capsys: pytest.CaptureFixture[str], home: Path, document: str = "", group: str = "", unit: str = "") -> str:
    show_policy(home, document, group, unit, as_json=False)
    return capsys.readouterr().out


def test_everything_is_told_with_where_it_comes_from(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = told(capsys, home)
    assert "什么时候提醒：到期前7个、3个、1个工作日和到期当天各提醒一次；逾期后第1个工作日一次" in text
    assert "再往后只在周报里。（[reminders] 里写的）" in text
    assert "· “财政群”（8:30起）：市财政局的任务" in text
    assert "发到督查会话“督查群”，并说明缘由。" in text
    assert "· 市财政局的联络员：王小明" in text
    assert "· 第2条 对文件《云溪市2026年政务公开任务分工》，单位“市财政局”：什么时候提醒：" in text


def test_at_one_place_each_sentence_names_the_rule_that_made_it_so(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = told(capsys, home, "政务公开", "财政群", "财政局")
    assert text.startswith("文件《云溪市2026年政务公开任务分工》，会话“财政群”，单位“市财政局”：\n")
    assert "到期前10个、1个工作日和到期当天各提醒一次；逾期后第1个工作日一次。（第1条规定，单位“市财政局”；" in text
    assert "几点说：工作日8:30起" in text
    assert "说给谁听：1项任务的提醒发到“财政群”。" in text
    assert "发到“督查群”，因为没有绑定会话。" in told(capsys, home, unit="市民政局")


def test_a_document_that_is_not_there_or_not_one_is_refused(home: Path) -> None:
    with pytest.raises(Refusal, match="册中没有叫“不存在的方案”的文件"):
        show_policy(home, "不存在的方案", "", "", as_json=False)
    with pytest.raises(Refusal, match="叫“云溪市”的文件有2份"):
        show_policy(home, "云溪市", "", "", as_json=False)


def test_for_programs_each_setting_has_its_value_and_its_source(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    show_policy(home, "", "财政群", "市财政局", as_json=True)
    record = json.loads(capsys.readouterr().out)
    assert record["settings"]["before"] == {"value": [0, 1, 10], "from": "第1条规定，单位“市财政局”"}
    assert record["settings"]["cap"]["from"] == "默认"
    assert record["posts_at"] == "08:30"
    assert record["conversations"] == [{"conversation": "财政群", "reason": None}]


def test_where_nothing_is_said_the_reason_is_told(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "“别的群”没有绑定文件或单位，听不到提醒；可以用 qiantou bind 绑定。" in told(capsys, home, group="别的群")
    assert "册中没有写到“市教育局”的任务，请核对名称。" in told(capsys, home, unit="市教育局")
