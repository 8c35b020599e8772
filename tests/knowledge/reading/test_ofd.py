"""What is read from an .ofd is what stands on its pages."""

from __future__ import annotations

import re

import pytest

from knowledge.model import ReadingError
from knowledge.parsing import parse
from knowledge.reading import Reading, read
from tests.knowledge.reading import ofdfile
from tests.knowledge.reading.ofdfile import HEAD, ROWS, packed, page, parts, plan, plan_parts, text

TABLE = "云岭市重点任务分工方案\n\n" + "".join(f"| {' | '.join(row)} |\n" for row in (HEAD, ("---",) * 4, *ROWS))


def assignments(reading: Reading) -> list[tuple[object, ...]]:
    found = parse(reading, "甲", "0" * 64).assignments
    return [(one.printed_number, one.text, one.duties, tuple(when.text for when in one.deadlines)) for one in found]


def single(content: str) -> bytes:
    return packed(parts([page(content)]))


def refusal(data: bytes) -> str:
    with pytest.raises(ReadingError) as caught:
        read(data, "甲.ofd")
    said = str(caught.value)
    assert re.fullmatch(r"无法读取“甲\.ofd”：[^。\n]+。", said)
    return said


@pytest.mark.parametrize("top", ["", "/Doc_0/", "./"])
@pytest.mark.parametrize("line", [ofdfile.path, ofdfile.bar])
def test_a_plan_over_two_pages_gives_the_assignments_of_the_same_table_in_plain_text(top: str, line) -> None:
    reading = read(plan(top, line), "甲.ofd")
    assert reading.kind == "ofd"
    expected = assignments(read(TABLE.encode(), "甲.md"))
    assert len(expected) == len(ROWS)
    assert assignments(reading) == expected


def test_the_running_head_of_a_template_and_the_repeated_head_are_read_once(lines) -> None:
    reading = read(plan(), "甲.ofd")
    said = lines(reading)
    assert said[:2] == ["云岭市人民政府文件", "云岭市重点任务分工方案"]
    assert said.count(list(HEAD)) == said.count("云岭市人民政府文件") == 1
    assert [passage.text for passage in reading.furniture].count("云岭市人民政府文件") == 1


def test_another_namespace_and_another_document_in_the_container_are_read(lines) -> None:
    members = parts([page(text("第一份文件说明工作的总体要求", 25, 40))])
    more = parts([page(text("第二份文件说明工作的保障措施", 25, 40))])
    members |= {name.replace("Doc_0", "Doc_1"): part for name, part in more.items() if name.startswith("Doc_0")}
    body = "<ofd:DocBody><ofd:DocRoot>Doc_1/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    members["OFD.xml"] = members["OFD.xml"].replace("</ofd:OFD>", body)
    changed = {name: part.replace(ofdfile.NAMESPACE, "http://www.ofdspec.org") for name, part in members.items()}
    assert "".join(map(str, lines(read(packed(changed), "甲.ofd")))) == (
        "第一份文件说明工作的总体要求第二份文件说明工作的保障措施"
    )


def test_a_scaled_object_stands_where_its_matrix_puts_it(lines) -> None:
    scaled = text("市云岭局负责修缮大桥", 25, 40, 1.0, CTM="4.2 0 0 4.2 0 0")
    assert lines(read(single(scaled), "甲.ofd")) == ["市云岭局负责修缮大桥"]


def test_latin_letters_of_every_width_stay_one_word_and_their_blanks_stay(lines) -> None:
    code = '<ofd:TextCode X="0" Y="4" DeltaX="3.8 1.0 3.2 2.1 2.1 2.1">Wim 5G网</ofd:TextCode>'
    said = f'<ofd:TextObject Boundary="25 40 60 5" Size="4.2">{code}</ofd:TextObject>'
    assert lines(read(single(said), "甲.ofd")) == ["Wim 5G网"]


def test_words_that_nobody_sees_are_not_read_but_named(lines) -> None:
    beside = text("纸面之外的字", 400, 40)
    white = text("白色的字", 25, 80).replace("<ofd:TextCode", '<ofd:FillColor Value="255 255 255"/><ofd:TextCode')
    reading = read(single(text("看得见的正文在这里", 25, 40) + beside + white), "甲.ofd")
    assert lines(reading) == ["看得见的正文在这里"]
    assert [doubt.code for doubt in reading.doubts] == ["hidden-text"]


def test_a_page_that_is_only_a_picture_is_named_and_a_file_of_such_pages_refused() -> None:
    scan = page('<ofd:ImageObject ID="5" Boundary="0 0 210 297" ResourceID="4"/>')
    assert "每一页都是图像，里面没有文字" in refusal(packed(parts([scan])))
    reading = read(packed(parts([page(text("第一页是文字，写得明明白白", 25, 40)), scan])), "甲.ofd")
    assert [doubt.message for doubt in reading.doubts] == ["第2页是扫描图像，没有读取"]


def test_a_missing_page_is_named() -> None:
    members = plan_parts()
    del members["Doc_0/Pages/Page_1/Content.xml"]
    doubts = read(packed(members), "甲.ofd").doubts
    assert doubts[0].message.startswith("第2页已损坏，没有读取")


@pytest.mark.parametrize("missing", ["Doc_0/Document.xml", "Doc_0/Tpls/Tpl_0/Content.xml"])
def test_a_missing_part_is_named(missing: str) -> None:
    members = plan_parts()
    del members[missing]
    assert f"文件内容不完整，缺少 {missing}；请重新下载" in refusal(packed(members))


def test_an_encrypted_file_is_called_encrypted() -> None:
    assert "文件已加密；请取消加密" in refusal(packed(plan_parts() | {"Encryptions.xml": "<a/>"}))


def test_entities_are_refused() -> None:
    members = plan_parts()
    name = "Doc_0/Pages/Page_0/Content.xml"
    members[name] = f'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>{members[name]}'
    assert "夹有外部定义" in refusal(packed(members))


@pytest.mark.parametrize("entry", ["<a/>", "不是 XML", f'<OFD xmlns="{ofdfile.NAMESPACE}"><DocBody/></OFD>'])
def test_a_container_without_a_document_is_refused(entry: str) -> None:
    refusal(packed({"OFD.xml": entry}))


def test_a_path_out_of_the_container_leads_nowhere() -> None:
    members = plan_parts()
    members["OFD.xml"] = members["OFD.xml"].replace("Doc_0/Document.xml", "../../../etc/passwd")
    assert "缺少 etc/passwd" in refusal(packed(members))


def test_page_blocks_within_page_blocks_are_opened_or_refused(lines) -> None:
    words = text("埋得很深的正文也要读出来", 25, 40)
    deep = "<ofd:PageBlock>" * 100 + words + "</ofd:PageBlock>" * 100
    assert lines(read(single(deep), "甲.ofd")) == ["埋得很深的正文也要读出来"]
    refusal(single("<ofd:PageBlock>" * 5000 + words + "</ofd:PageBlock>" * 5000))


@pytest.mark.parametrize("offsets", ["g 999999999 4.2", "g 99999 4.2 g 99999 4.2", "4.2 " * 50_000])
def test_more_offsets_than_characters_are_not_written_out(offsets: str, lines) -> None:
    code = f'<ofd:TextCode X="0" Y="4" DeltaX="{offsets}">市云岭局负责修缮大桥</ofd:TextCode>'
    said = f'<ofd:TextObject Boundary="25 40 60 5" Size="4.2">{code}</ofd:TextObject>'
    assert lines(read(single(said), "甲.ofd")) == ["市云岭局负责修缮大桥"]


@pytest.mark.parametrize("number", ["1e309", "-1e308", "nan", "999999999999", "九", ""])
@pytest.mark.parametrize("attribute", ["Boundary", "Size", "CTM", "X", "DeltaX", "PhysicalBox"])
def test_absurd_numbers_hide_no_other_text(attribute: str, number: str, lines) -> None:
    odd = text("这一行的位置是乱写的", 25, 80, CTM="1 0 0 1 0 0")
    odd = re.sub(rf'\b{attribute}=(["\']).*?\1', f'{attribute}="{" ".join([number] * 6)}"', odd)
    members = parts([page(text("看得见的正文在这里", 25, 40) + odd)])
    if attribute == "PhysicalBox":
        members["Doc_0/Document.xml"] = members["Doc_0/Document.xml"].replace("0 0 210 297", " ".join([number] * 4))
    assert "看得见的正文在这里" in "".join(map(str, lines(read(packed(members), "甲.ofd"))))


def test_one_heavy_page_named_by_every_page_is_refused() -> None:
    members = parts([page("")] * 900)
    heavy = page(text("市云岭局", 25, 40) * 20)
    members |= {"Doc_0/Pages/Page_0/Content.xml": heavy}
    members["Doc_0/Document.xml"] = re.sub(r"Page_\d+/", "Page_0/", members["Doc_0/Document.xml"])
    assert "解压后的内容大得不正常" in refusal(packed(members))
