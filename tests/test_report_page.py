"""docs/报进展.md shows what is really said: its dialogues are played line by line."""

from pathlib import Path

import bot.config
from tests.pages import Page

PAGE = Path(__file__).resolve().parent.parent / "docs/报进展.md"


def test_the_dialogues_are_true(tmp_path: Path) -> None:
    text = PAGE.read_text("utf-8")
    assert text.count("```对话") > 4
    assert Page(tmp_path).played(text) == text


def test_the_settings_it_shows_can_be_read(tmp_path: Path) -> None:
    shown = PAGE.read_text("utf-8").split("```toml\n")[1].split("```")[0]
    (tmp_path / "qiantou.toml").write_text(shown, "utf-8")
    config = bot.config.load_config(tmp_path)
    assert config.reports.acceptance is True
    assert config.evidence.megabytes == 20
    assert config.reports.rules[0].evidence == "required"
