"""A .zip of several documents: each one named as its packer meant it; tricks and bombs are refused by name."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import ReadingError
from knowledge.reading.bundle import Enclosure, enclosures, is_bundle
from knowledge.reading.limits import MAX_BUNDLED

TEXT = "市甲局牵头修路。".encode()


def packed(parts: Mapping[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def packed_with_raw_name(raw: bytes, extra: bytes = b"") -> bytes:
    """An archive of one file whose name is these bytes, with nothing to say in which encoding."""
    out = BytesIO()
    entry = zipfile.ZipInfo("x" * len(raw))
    entry.extra = extra
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(entry, TEXT)
    return out.getvalue().replace(b"x" * len(raw), raw)


def names(data: bytes) -> list[str]:
    return [one.name for one in enclosures(data, "材料.zip")]


def failures(data: bytes) -> list[str]:
    return [one.failure for one in enclosures(data, "材料.zip") if one.failure]


def test_each_file_is_named_behind_the_archive() -> None:
    found = list(enclosures(packed({"表1.txt": TEXT, "附件/表2.txt": TEXT}), "材料.zip"))
    assert [one.name for one in found] == ["材料.zip/表1.txt", "材料.zip/附件/表2.txt"]
    assert {one.content for one in found} == {TEXT}


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_names_are_right_whichever_system_packed_them(codec: str) -> None:
    assert names(packed_with_raw_name("附件\\分工表.txt".encode(codec))) == ["材料.zip/附件/分工表.txt"]


def test_the_name_that_a_packer_keeps_beside_the_old_one_wins() -> None:
    path = "镕𬭎.txt".encode()
    extra = struct.pack("<HHBI", 0x7075, 5 + len(path), 1, zlib.crc32(b"??.txt")) + path
    assert names(packed_with_raw_name(b"??.txt", extra)) == ["材料.zip/镕𬭎.txt"]


def test_what_systems_leave_lying_about_is_no_document() -> None:
    litter = ["__MACOSX/._表1.txt", ".DS_Store", "附件/Thumbs.db", "~$表1.docx", ".~表1.docx", "附件/"]
    assert names(packed({**dict.fromkeys(litter, b"x"), "表1.txt": TEXT})) == ["材料.zip/表1.txt"]


@pytest.mark.parametrize("path", ["../表.txt", "附件/../../表.txt", "/etc/表.txt", "C:\\表.txt", "..\\表.txt"])
def test_a_path_that_points_out_of_the_archive_is_refused_by_name(path: str) -> None:
    (said,) = failures(packed({path: TEXT}))
    assert "压缩包里的这个文件用路径指向包外；请核对文件来源，解压后单独导入这个文件" in said
    assert "表.txt”" in said


def test_a_link_is_refused_by_name() -> None:
    out = BytesIO()
    link = zipfile.ZipInfo("密码.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("表1.txt", TEXT)
    assert failures(out.getvalue()) == [
        "无法读取“材料.zip/密码.txt”：压缩包里的这一项是指向别处的链接；请核对文件来源，解压后单独导入这个文件。"
    ]
    assert names(out.getvalue()) == ["材料.zip/密码.txt", "材料.zip/表1.txt"]


def test_a_locked_file_is_refused_by_name_and_the_others_are_read() -> None:
    data = bytearray(packed({"甲.txt": TEXT, "乙.txt": TEXT}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    found = list(enclosures(bytes(data), "材料.zip"))
    assert found[0].failure == "无法读取“材料.zip/甲.txt”：压缩包里的这个文件设有密码；请解压后单独导入这个文件。"
    assert found[1].content == TEXT


def test_an_archive_in_the_archive_is_opened_once_and_no_deeper() -> None:
    inner = packed({"表2.txt": TEXT})
    assert names(packed({"内.zip": inner})) == ["材料.zip/内.zip/表2.txt"]
    deep = packed({"内.zip": packed({"更内.zip": inner, "表3.txt": TEXT})})
    assert failures(deep) == ["无法读取“材料.zip/内.zip/更内.zip”：压缩包套了两层以上；请解压后把里面的文件逐个导入。"]
    assert names(deep)[-1] == "材料.zip/内.zip/表3.txt"


def test_a_bomb_is_refused_by_its_ratio() -> None:
    (said,) = failures(packed({"表.txt": bytes(40_000_000)}))
    assert "表.txt”：解压后的内容大得不正常，已停止读取" in said


def test_a_bomb_that_lies_about_its_size_is_stopped_while_unpacking() -> None:
    data = bytearray(packed({"表.txt": bytes(40_000_000)}))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        data[data.index(mark) + offset : data.index(mark) + offset + 4] = (1000).to_bytes(4, "little")
    (said,) = failures(bytes(data))
    assert "表.txt”：" in said


def test_too_many_files_and_too_many_bytes_are_refused_as_a_whole() -> None:
    with pytest.raises(ReadingError, match=f"压缩包里的文件超过 {MAX_BUNDLED} 个"):
        names(packed({f"{number}.txt": b"x" for number in range(MAX_BUNDLED + 1)}))
    data = bytearray(packed({"表.txt": TEXT}))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = (0x7FFFFFFF).to_bytes(4, "little")
    with pytest.raises(ReadingError, match="解压后超过 500 MB"):
        names(bytes(data))


def test_an_inner_archive_that_brings_too_much_is_refused_and_the_rest_is_read() -> None:
    many = packed({f"{number}.txt": b"x" for number in range(MAX_BUNDLED)})
    found = list(enclosures(packed({"内.zip": many, "表.txt": TEXT}), "材料.zip"))
    assert "“材料.zip/内.zip”：压缩包里的文件超过" in found[0].failure
    assert found[1].content == TEXT


def test_an_empty_or_cut_archive_is_refused() -> None:
    with pytest.raises(ReadingError, match="压缩包是空的"):
        names(packed({}))
    with pytest.raises(ReadingError, match="压缩包不完整或已损坏"):
        names(packed({"表.txt": TEXT})[:-30])


def test_office_files_are_no_bundles() -> None:
    assert not is_bundle(packed({"word/document.xml": b"x"}))
    assert not is_bundle(packed({"OFD.xml": b"x"}))
    assert not is_bundle(b"PK and more words")
    assert is_bundle(packed({"表1.docx": b"x"}))


WHOLE = packed({"表1.txt": TEXT, "内.zip": packed({"表2.txt": TEXT * 50})})


@given(st.integers(0, len(WHOLE)), st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=6))
def test_damaged_archives_are_read_or_refused(kept: int, changes: list[tuple[int, int]]) -> None:
    data = bytearray(WHOLE)
    for at, value in changes:
        data[at] = value
    said = [one.failure or one.name for one in outcome(bytes(data[: kept or None]))]
    assert all(line.startswith(("无法读取“材料", "材料.zip/")) for line in said)


def outcome(data: bytes) -> list[Enclosure]:
    """The files of a bundle, or the one refusal of the whole: anything else is a failure of the test."""
    try:
        return list(enclosures(data, "材料.zip"))
    except ReadingError as error:
        return [Enclosure("材料.zip", failure=str(error))]
