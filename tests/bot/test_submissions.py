"""来件: transcripts of people who give files to the bot in private."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bot.app import build
from bot.channels.hearing import FILE, IMAGE, Attachment, Heard
from bot.channels.memory import MemoryChannel
from bot.channels.protocol import Capabilities
from bot.clock import VirtualClock
from bot.home import Home
from bot.submissions import Submissions, plain_name
from handlers.message import Outcome, Reply
from knowledge.people import Person, enrolled_entry
from tests.contracts.served import NOW

PLAN = """云溪市2026年绿化任务分工方案

1．新增公园绿地20公顷（牵头单位：市林业局，2026年10月底前完成）
2．公开古树名木目录（牵头单位：市林业局，2026年9月底前完成）
"""


class Private:
    """Somebody who gives files to the bot."""

    def __init__(self, folder: Path, role: str = "", kinds: frozenset[str] = frozenset({FILE})) -> None:
        self.home = Home(folder)
        self.home.create()
        self.app = build(folder, self.home.store(), MemoryChannel(), VirtualClock(NOW))
        if role:
            person = Person("王芳", "市林业局" if role in ("liaison", "staff") else "", role)
            self.app.store.append(enrolled_entry(person, "群/王", NOW, "测试"))
        self.channel = MemoryChannel(Capabilities(files_in=kinds), name="群")
        self.submissions = Submissions(self.app, self.home)

    async def gives(self, name: str, content: bytes | None, kind: str = FILE) -> str:
        if content is not None:
            self.channel.given[name] = content
        heard = Heard("群", "1", "群/王", "群/王", "", NOW, attachments=(Attachment(name, kind),))
        return (await self.submissions(self.channel, heard)).text

    def close(self) -> None:
        self.submissions.close()
        self.app.store.close()


async def test_a_supervisors_document_is_filed_and_can_be_reviewed_in_the_chat(tmp_path: Path) -> None:
    office = Private(tmp_path, "supervisor")
    told = await office.gives("../../绿化.txt", PLAN.encode())
    assert told.startswith("《云溪市2026年绿化任务分工方案》"), told
    assert "qiantou review" not in told
    assert len(office.app.register.assignments) == 2
    assert office.app.store.ledger().entries[-1].who == "王芳"
    assert "没有变化" in await office.gives("绿化.txt", PLAN.encode())
    office.close()


async def test_what_cannot_be_read_is_told_with_the_next_step_and_files_nothing(tmp_path: Path) -> None:
    office = Private(tmp_path, "administrator")
    assert "请" in await office.gives("木马.exe", b"MZ\x90\x00" + b"\x00" * 600)
    assert "文件是空的" in await office.gives("空.docx", b"")
    assert "“丢了.docx”没有取到" in await office.gives("丢了.docx", None)
    assert "不是能导入的文件" in await office.gives("合影.png", b"\x89PNG\r\n\x1a\n", IMAGE)
    assert office.app.register.documents == ()
    office.close()


async def test_who_may_not_is_told_politely(tmp_path: Path) -> None:
    for role, told in {"": "请先发“绑定”登记", "staff": "请转给他们", "liaison": "请转给他们"}.items():
        office = Private(tmp_path / (role or "nobody"), role)
        assert told in await office.gives("绿化.txt", PLAN.encode())
        assert office.app.register.documents == ()
        office.close()


async def test_a_channel_that_gives_no_files_is_not_asked_for_one(tmp_path: Path) -> None:
    office = Private(tmp_path, "supervisor", frozenset())
    assert "请换一个通道发" in await office.gives("绿化.txt", PLAN.encode())
    office.close()


async def test_a_liaisons_file_is_evidence(tmp_path: Path) -> None:
    office = Private(tmp_path, "liaison")
    office.submissions = replace(
        office.submissions,
        evidence=lambda person, heard, name, content: Outcome((Reply(f"{person.unit}：{name} {len(content)}"),)),
    )
    assert await office.gives("公示截图.png", b"12345") == "市林业局：公示截图.png 5"
    office.close()


def test_a_files_name_is_shown_without_folders_and_without_what_cannot_be_seen() -> None:
    assert plain_name("..\\..\\C:\\方案\u202e\x00.docx") == "方案.docx"
    assert plain_name("\x00/ ") == "文件"
    assert len(plain_name("长" * 500)) == 100
