"""What the pages about people and about 负面清单 show is what people get."""

from __future__ import annotations

import re
import tomllib
from itertools import count
from pathlib import Path

import pytest

from bot.config import Config, load_config
from bot.reception import first_administrator
from knowledge.people import LIAISON, STAFF, SUPERVISOR
from tests.stories.offices import Chats

DOCS = Path(__file__).resolve().parents[2] / "docs"
_LINE = re.compile(r"(?P<who>[\u4e00-\u9fff]{2,3})（(?P<where>[^）]+)）：(?P<said>.*)")


def turns(page: str) -> list[tuple[str, str, str, str]]:
    """(who, where, what is said, what the bot answers) of every dialogue of a page, in order."""
    found: list[tuple[str, str, str, str]] = []
    for block in re.findall(r"```对话\n(.*?)```", (DOCS / page).read_text("utf-8"), re.DOTALL):
        for line in block.splitlines():
            spoken = _LINE.fullmatch(line)
            if spoken:
                found.append((spoken["who"], spoken["where"], spoken["said"], ""))
            elif not line.startswith("（"):
                who, where, said, answer = found.pop()
                told = line.removeprefix("牵头：")
                found.append((who, where, said, f"{answer}\n{told}" if answer else told))
    return found


def played(page: str, chats: Chats) -> None:
    """Play the dialogues of a page."""
    for who, where, said, answer in turns(page):
        group = "" if where == "私聊" else f"通道/{where}" if chats.config == Config() else where
        assert chats.says(f"通道/{who}", said, group) == answer, said


def test_the_page_about_people() -> None:
    chats = Chats()
    chats.app.draw = count(1).__next__
    assert first_administrator(chats.app.store, chats.config, chats.clock.now(), lambda: 0)
    played("人员与绑定.md", chats)


def test_the_page_about_restrictions(tmp_path: Path) -> None:
    (settings,) = re.findall(r"```toml\n(.*?)```", (DOCS / "负面清单.md").read_text("utf-8"), re.DOTALL)
    (tmp_path / "qiantou.toml").write_text(settings, "utf-8")
    chats = Chats(load_config(tmp_path))
    chats.enrol("通道/小陈", "小陈", "市财政局", STAFF)
    chats.enrol("通道/王芳", "王芳", "市财政局", LIAISON)
    chats.enrol("通道/刘督", "刘督", "", SUPERVISOR)
    played("负面清单.md", chats)


@pytest.mark.parametrize("page", ["人员与绑定.md", "负面清单.md"])
def test_the_settings_that_a_page_shows_are_settings(page: str, tmp_path: Path) -> None:
    for block in re.findall(r"```toml\n(.*?)```", (DOCS / page).read_text("utf-8"), re.DOTALL):
        assert tomllib.loads(block)
        (tmp_path / "qiantou.toml").write_text(block, "utf-8")
        assert load_config(tmp_path) != Config()
