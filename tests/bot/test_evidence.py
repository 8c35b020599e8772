"""佐证: files that liaisons give, kept by their SHA-256, and proved by it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.app import App, build
from bot.channels.hearing import FILE, IMAGE, Attachment, Heard
from bot.channels.memory import MemoryChannel
from bot.channels.protocol import Capabilities
from bot.cli import qiantou
from bot.clock import VirtualClock
from bot.commands.run import Speaker, Talk
from bot.evidence import keeper, take_file, verified
from bot.home import Home
from bot.submissions import Submissions
from knowledge.ledger import EntryKind
from knowledge.model import Message
from knowledge.people import Person, enrolled_entry
from knowledge.reported import counting
from tests.contracts.served import NOW
from tests.scheduler.offices import by, duty, register_of

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40


class Room:
    """An office with one assignment of 市财政局, whose liaison writes in private."""

    def __init__(self, folder: Path) -> None:
        self.home = Home(folder)
        self.home.create()
        self.app: App = build(folder, self.home.store(), MemoryChannel(), VirtualClock(NOW))
        self.app.store.file(register_of(duty(1, by("2026-12-10")), duty(2, by("2026-12-20"))))

    def says(self, text: str) -> str:
        return self.app.receive(Message(text, "私聊", "张晓", "liaison", "市财政局")).text

    def gives(self, content: bytes, name: str = "截图.png", text: str = "", unit: str = "市财政局") -> str:
        message = Message(text, "私聊", "张晓", "liaison", unit)
        return take_file(self.app, self.home, content, name, message).text

    @property
    def kept(self) -> list[str]:
        return sorted(path.name for path in self.home.evidence.glob("*")) if self.home.evidence.exists() else []


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    office = Room(tmp_path)
    yield office
    office.app.store.close()


def test_a_file_behind_a_report_is_its_evidence(room: Room) -> None:
    room.says("第1项已完成")
    assert "第1项“公开第1类信息”的材料“截图.png”" in room.gives(PNG)
    (one,) = counting(room.app.store.ledger(), "plan#1")
    (file,) = one.files
    assert room.kept == [f"{file['sha256']}.png"]
    assert (file["name"], file["size"]) == ("截图.png", len(PNG))
    assert "已经记过" in room.gives(PNG)
    assert len(room.app.store.ledger().kinds(EntryKind.EVIDENCED)) == 1


def test_evidence_is_taken_back_by_who_gave_it_link_or_file_as_is_said(room: Room) -> None:
    room.says("第1项已完成")
    room.gives(PNG)
    room.says("http://example.gov.cn/old")
    assert "的链接http://example.gov.cn/old，改为链接http://example.gov.cn/new" in room.says(
        "链接发错了，应该是http://example.gov.cn/new"
    )
    assert "已撤回" in room.says("撤回刚才的材料")
    assert "没有找到" in room.says("材料发错了")
    (one,) = counting(room.app.store.ledger(), "plan#1")
    assert one.stands
    assert (one.urls, one.files) == (("http://example.gov.cn/new",), ())


def test_at_the_terminal_a_file_is_given_by_its_path(room: Room, tmp_path: Path) -> None:
    talk = Talk(room.app, Speaker("市财政局", "liaison"), room.home)
    talk.reply("第2项已完成")
    (tmp_path / "公示 截图.png").write_bytes(PNG)
    assert "第2项“公开第2类信息”的材料“公示 截图.png”" in talk.reply(f'附件 "{tmp_path / "公示 截图.png"}" 第2项的材料')
    assert "找不到或读不出文件" in talk.reply(f"附件 {tmp_path / '没有.png'}")


def test_the_words_with_a_file_say_which_report_it_is_for(room: Room) -> None:
    room.says("第1项已完成")
    room.says("第2项完成80%")
    assert "第1项" in room.gives(PNG, text="第1项的截图")
    assert "没有听出这份材料是哪一项的" in room.gives(PNG + b"1", text="第7项的截图")
    assert len(room.kept) == 1, "nothing is kept of what belongs to no report"


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (PNG, "脚本.exe", "不是可以作佐证的文件"),
        (b"MZ\x90\x00", "截图.png", "内容与后缀对不上"),
        (b"", "空.pdf", "是空的"),
        (PNG + b"\x00" * 1_000_000, "大图.png", "超过1MB"),
    ],
)
def test_what_is_no_evidence_is_refused_and_not_kept(room: Room, content: bytes, name: str, told: str) -> None:
    room.app.config = replace(room.app.config, evidence=replace(room.app.config.evidence, megabytes=1))
    room.says("第1项已完成")
    assert told in room.gives(content, name)
    assert room.kept == []
    assert room.app.store.ledger().kinds(EntryKind.EVIDENCED) == ()


def test_another_unit_gives_no_evidence_for_it(room: Room) -> None:
    room.says("第1项已完成")
    assert "没有登记" in room.gives(PNG, text="第1项", unit="市民政局")
    assert room.kept == []


def test_a_changed_file_is_found(room: Room) -> None:
    room.says("第1项已完成")
    room.gives(PNG)
    (path,) = room.home.evidence.iterdir()
    assert [one.wrong for one in verified(room.home, room.app.store.ledger())] == [""]
    path.write_bytes(PNG[:-1] + b"\x01")
    assert ["不符" in one.wrong for one in verified(room.home, room.app.store.ledger())] == [True]
    path.unlink()
    assert [one.wrong for one in verified(room.home, room.app.store.ledger())] == ["文件不在了"]


def test_the_command_lists_and_proves(room: Room) -> None:
    room.says("第1项已完成，http://example.gov.cn/1")
    room.gives(PNG)
    command = ["--home", str(room.home.path), "evidence"]
    told = CliRunner().invoke(qiantou, command, standalone_mode=False)
    assert told.return_value == 0, told.output
    assert "佐证材料1件" in told.output
    assert "相符" in told.output
    assert "http://example.gov.cn/1 市财政局" in told.output
    next(room.home.evidence.iterdir()).write_bytes(b"")
    told = CliRunner().invoke(qiantou, [*command, "--json"], standalone_mode=False)
    assert told.return_value != 0
    assert json.loads(told.output.splitlines()[0])["wrong"]


async def test_a_liaisons_file_comes_in_through_a_channel(room: Room) -> None:
    room.app.store.append(enrolled_entry(Person("张晓", "市财政局", "liaison"), "群/张", NOW, "测试"))
    channel = MemoryChannel(Capabilities(files_in=frozenset({FILE, IMAGE})), name="群")
    channel.given["截图.png"] = PNG
    room.app.receive(Message("第1项已完成", "群/张", "张晓", person="群/张"))
    submissions = Submissions(room.app, room.home, keeper(room.app, room.home))
    heard = Heard("群", "1", "群/张", "群/张", "", NOW, attachments=(Attachment("截图.png", IMAGE),))
    assert "第1项" in (await submissions(channel, heard)).text
    submissions.close()
    assert len(room.kept) == 1
