"""Web pages: what a reader of the page sees, in order; layout tables vanish, real tables keep their spans."""

from __future__ import annotations

import pytest

from knowledge.reading import ReadingError, read


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def test_paragraphs_breaks_and_headings_come_in_order(lines, places) -> None:
    reading = read(
        page("<h2>总体<b>要求</b></h2><p>甲局<br>乙局</p><div>丙<span>局</span>&nbsp; 负责</div>尾"), "甲.html"
    )
    assert lines(reading) == ["总体要求", "甲局", "乙局", "丙局 负责", "尾"]
    assert [block.heading for block in reading.blocks] == [2, 0, 0, 0, 0]
    assert places(reading) == ["第1段", "第2段", "第3段", "第4段", "第5段"]


def test_scripts_styles_and_navigation_are_dropped_and_the_rest_is_kept(lines) -> None:
    body = (
        "<nav>首页</nav><style>p{}</style><p>前<script>alert('公开')</script>后</p>"
        "<p style='display:none'>隐藏</p><div>当前位置：公告</div><!-- 注释 -->"
    )
    assert lines(read(page(body), "甲.html")) == ["前后", "当前位置：公告"]


def test_a_line_break_inside_a_chinese_sentence_leaves_no_blank(lines) -> None:
    assert lines(read(page("<p>按月公开\r\n   财政收支，共 3\n项</p>"), "甲.html")) == ["按月公开财政收支，共 3 项"]


def test_numbers_of_ordered_lists_are_restored(lines) -> None:
    body = "<ol start=3><li>甲<li>乙<ul><li>丙</ul></ol><ul><li>丁</ul>"
    assert lines(read(page(body), "甲.html")) == ["3. 甲", "4. 乙", "丙", "丁"]


def test_spans_are_expanded_and_say_where_they_come_from() -> None:
    body = "<table><tr><th>事项<th>单位<th>时限<tr><td rowspan=2>修路<td>甲局<td>6月<tr><td colspan=2>乙局</table>"
    last = read(page(body), "甲.html").blocks[2].cells
    assert [cell.text for cell in last] == ["修路", "乙局", "乙局"]
    assert [cell.merged_from.words() if cell.merged_from else "" for cell in last] == [
        "表1第2行第1列",
        "",
        "表1第3行第2列",
    ]


def test_titles_above_and_notes_below_a_table_are_paragraphs(lines) -> None:
    body = (
        "<table><tr><td colspan=2>分工表<tr><td>事项<td>单位<tr><td>修路<td>甲局"
        "<tr><td colspan=2>二、城建<tr><td>植树<td>乙局<tr><td colspan=2>注：下同</table>"
    )
    assert lines(read(page(body), "甲.html")) == [
        "分工表",
        ["事项", "单位"],
        ["修路", "甲局"],
        ["二、城建", "二、城建"],
        ["植树", "乙局"],
        "注：下同",
    ]


def test_layout_tables_are_walked_through_and_the_table_inside_is_found(lines) -> None:
    inner = "<table><tr><td>事项<td>单位</tr><tr><td>修路<td>甲局<br>乙局</tr></table>"
    body = f"<table><tr><td>菜单<td>栏目<td>正文一段{inner}正文二段</tr></table><p>页脚</p>"
    found = ["菜单", "栏目", "正文一段", ["事项", "单位"], ["修路", "甲局\n乙局"], "正文二段", "页脚"]
    assert lines(read(page(body), "甲.html")) == found


@pytest.mark.parametrize("declared", ["gb2312", "gbk", "utf-8"])
def test_a_page_declared_gb2312_is_read_as_gb18030(declared: str, lines) -> None:
    text = f"<html><head><meta charset={declared}></head><body><p>李䶮负责镕铸</p></body></html>"
    assert lines(read(text.encode("gb18030"), "甲.htm")) == ["李䶮负责镕铸"]


def test_a_character_cut_in_half_is_borne_and_reported() -> None:
    body = "<p>" + "按月公开财政收支情况，方便群众监督。" * 60 + "</p>"
    whole = f"<html><head><meta name=description content='按月'></head><body>{body}</body></html>".encode("gb18030")
    reading = read(whole.replace("月'".encode("gb18030"), "月".encode("gb18030")[:1] + b"'"), "甲.html")
    assert reading.blocks[0].text.startswith("按月公开")
    assert [doubt.code for doubt in reading.doubts] == ["damaged-characters"]


def test_a_web_page_named_doc_is_read_as_the_page_it_is() -> None:
    assert read(page("<p>甲局负责</p>"), "甲.doc").kind == "html"


def test_entities_of_the_page_itself_are_not_expanded() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "甲甲"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    reading = read(f"{bomb}<html><body><p>正文&b;&f;</p></body></html>".encode(), "甲.html")
    assert "甲甲" not in reading.blocks[-1].text
    assert "正文" in reading.blocks[-1].text


def test_tables_nested_without_end_are_refused() -> None:
    with pytest.raises(ReadingError, match=r"“甲.html”：网页嵌套层数过多"):
        read(page("<table><tr><td>甲" * 60), "甲.html")


def test_a_page_of_many_unclosed_tags_is_still_read(lines) -> None:
    assert lines(read(page("<p>" + "<font>" * 300 + "甲局负责</p>"), "甲.html")) == ["甲局负责"]


def test_spans_that_come_to_too_many_cells_are_refused() -> None:
    rows = "<tr>" + "<td colspan=512>甲<td>乙" * 4 + "</tr>"
    with pytest.raises(ReadingError, match=r"超过 ?50 万格"):
        read(page(f"<table>{rows * 300}</table>"), "甲.html")
