"""Files over the smart robot: locked, named, in pieces."""

from __future__ import annotations

import base64
import os
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.hearing import FILE, IMAGE, AttachmentError, File
from bot.channels.wecom import robot_media as media
from tests.platforms.wecom_robot import SmartRobots

PLATFORM = SmartRobots()


@given(st.binary(max_size=100))
def test_what_was_locked_is_opened(content: bytes) -> None:
    stored = PLATFORM.stored("方案.docx", content)
    assert media.opened(PLATFORM.media.popitem()[1][1], stored["aeskey"], "方案.docx") == content


@given(st.binary(max_size=80), st.sampled_from([base64.b64encode(os.urandom(32)).decode(), "kurz", "中", "A" * 44]))
def test_what_is_not_whole_is_never_taken_for_a_file(rubbish: bytes, key: str) -> None:
    with pytest.raises(AttachmentError, match="重新发一次"):
        media.opened(rubbish + b"x" * (16 - len(rubbish) % 16 - 1), key, "方案.docx")


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (f"attachment; filename*=UTF-8''{quote('方案 一.docx')}", "方案 一.docx"),
        (f"attachment; filename=\"x.bin\"; filename*=utf-8''{quote('通知.pdf')}", "通知.pdf"),
        ('attachment; filename="report 1.docx"', "report 1.docx"),
        (f'attachment; filename="{quote("方案.docx")}"', "方案.docx"),
        ('attachment; filename="' + "方案.docx".encode().decode("latin-1") + '"', "方案.docx"),
        ("attachment; filename=../../etc/passwd", "_.._etc_passwd"),
        (f"attachment; filename*=UTF-8''{quote('..%2F危险' + chr(0x202E) + '.docx')}", "_2F危险_.docx"),
        ("inline", ""),
        ("", ""),
    ],
)
def test_the_name_of_a_file_is_read_and_leads_nowhere(header: str, name: str) -> None:
    assert media.name_in(header).replace("%", "_") == name


def test_a_file_goes_up_in_pieces_numbered_from_nought() -> None:
    file = File("周报.docx", bytes(media.PIECE + 1))
    pieces = list(media.pieces(file, "U1"))
    assert [piece["chunk_index"] for piece in pieces] == [0, 1] == list(range(media.opening(file)["total_chunks"]))
    assert b"".join(base64.b64decode(piece["base64_data"]) for piece in pieces) == file.content


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (File("空.txt", b""), "几乎是空的"),
        (File("大.png", bytes(10 * 1024 * 1024 + 1), IMAGE), "最多收10兆"),
        (File("大.zip", bytes(20 * 1024 * 1024 + 1), FILE), "最多收20兆"),
        (File("好.docx", b"12345", FILE), ""),
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_what_the_platform_would_refuse_is_not_sent(file: File, why: str) -> None:
    assert (why in media.unfit(file)) if why else media.unfit(file) == ""
