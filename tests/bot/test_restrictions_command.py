"""`qiantou restrictions` and what the settings may say of it and of people."""

from pathlib import Path

import pytest

from bot.config import ConfigError, load_config
from knowledge.store_tinydb import TinyDBStore
from tests.bot.test_people_command import run
from tests.scheduler.offices import by, duty, register_of

SETTINGS = """
[restrictions]
cleared = ["内部群"]
[[restrictions.matter]]
words = ["第1类"]
reason = "尚未公布"
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    store = TinyDBStore(tmp_path)
    store.file(register_of(duty(1, by("2026-07-15")), duty(2, by("2026-07-18"))))
    store.close()
    (tmp_path / "qiantou.toml").write_text(SETTINGS, "utf-8")
    return tmp_path


def test_the_list_is_shown_with_what_it_touches_and_words_can_be_tried(home: Path) -> None:
    told = run(home, "restrictions")
    assert "1. 词语：第1类（理由：尚未公布）：涉及1项\n   云溪市2026年政务公开任务分工》第1项" in told.replace("《", "")
    assert "可以谈的会话：内部群。" in told
    assert "有1项没有可以谈的会话，到期不会提醒" in told
    assert run(home, "restrictions", "try", "信息", "航天").splitlines()[0::3] == [
        "“信息”会涉及2项：",
        "“航天”会涉及0项。",
    ]
    assert '"reason": "尚未公布"' in run(home, "restrictions", "--json")
    (home / "qiantou.toml").unlink()
    assert run(home, "restrictions").startswith("没有负面清单。")


def test_a_name_that_matches_nothing_is_pointed_out(home: Path) -> None:
    (home / "qiantou.toml").write_text(f'{SETTINGS}assignments = ["《不存在》第3项"]\n', "utf-8")
    assert "注意：“《不存在》第3项”在册里没有对上任何文件或任务，现在不起作用。" in run(home, "restrictions")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("[[restrictions.matter]]\nwords = ['预算']", "restrictions.matter 第1条 没有写 reason"),
        ("[[restrictions.matter]]\nreason = '密'", "没有写是什么，请用 words、documents 或 assignments"),
        ("[[restrictions.matter]]\nreason = '密'\nwords = ['的 ']", "至少2个字的词"),
        ("[people]\nstrangers = 'all'", "people.strangers 应写成"),
        ("[[people.person]]\nname = '王芳'\nrole = '联络员'", "没有写 unit，请写明王芳是哪个单位的"),
        ("[[people.person]]\nname = '王芳'\nrole = '局长'\nunit = '市财政局'", "people.person 第1条.role 应写成"),
        ("[[people.person]]\nname = 'Аnna'\nrole = '管理员'", "people.person 第1条.name 应写成姓名"),
    ],
)
def test_a_slip_in_the_settings_is_named(tmp_path: Path, written: str, said: str) -> None:
    (tmp_path / "qiantou.toml").write_text(written, "utf-8")
    with pytest.raises(ConfigError) as refused:
        load_config(tmp_path)
    assert said in str(refused.value)
