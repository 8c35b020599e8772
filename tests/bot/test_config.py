"""qiantou.toml is read strictly: a slip of the pen is named, with the place and the next step."""

from datetime import time
from pathlib import Path

import pytest

from bot.config import Config, ConfigError, load_config


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
        (
            '[offices]\nname = "甲"\n',
            "没有“offices”这一项，是不是想写“office”？可以写的是：office、reminders、conversations、liaisons",
        ),
        ('[office]\nnam = "甲"\n', "[office] 里没有“nam”这一项"),
        ("[office]\nname = 3\n", "office.name 应写成一段加引号的文字"),
        ('[reminders]\nsummary = "yes"\n', "reminders.summary 应写成true 或 false"),
        ('[reminders]\npost_at = "九点"\n', '应写成 "09:00" 这样的时间'),
        ("office = 3\n", "先写一行 [office]"),
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
