"""Web pages: what a reader of the page sees, in order; layout tables vanish, real tables keep their spans."""

from __future__ import annotations

import base64

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


def test_a_table_with_whole_rows_stays_one_whatever_stands_in_its_cells(lines) -> None:
    inner = "<table><tr><td>类型<td>家数</tr><tr><td>规上<td>20</tr></table>"
    body = f"<table><tr><td>序号<td>任务<td>单位</tr><tr><td>1<td>改造企业{inner}<td>甲局</tr></table>"
    assert lines(read(page(body), "甲.html")) == [
        ["序号", "任务", "单位"],
        ["1", "改造企业\n类型\n家数\n规上\n20", "甲局"],
    ]


def test_a_row_that_no_reader_of_the_page_sees_is_read_and_says_so(lines) -> None:
    body = "<table><tr><td>事项<td>单位</tr><tr style='display:none'><td>修路<td>甲局</tr></table>"
    reading = read(page(body), "甲.html")
    assert lines(reading) == [["事项", "单位"], ["修路", "甲局"]]
    assert [[doubt.code for doubt in block.doubts] for block in reading.blocks] == [[], ["hidden-row"]]


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


def word_line(number: str, text: str, font: str = "宋体") -> str:
    """A numbered paragraph as Word saves it in a page."""
    return (
        f"<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:{font}'>"
        f"<span style='mso-list:Ignore'>{number}<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;</span></span>"
        f"</span><![endif]><span>{text}<o:p></o:p></span></p>"
    )


def test_list_numbers_that_word_writes_out_are_kept_and_its_bullets_are_not(lines) -> None:
    body = (
        word_line("一、", "总体要求") + word_line("l", "建立台账", "Wingdings") + word_line("·", "按月更新", "Symbol")
    )
    assert lines(read(page(body), "甲.html")) == ["一、 总体要求", "建立台账", "按月更新"]


def test_what_only_word_sees_in_its_pages_is_left_out(lines) -> None:
    body = (
        "<!--[if gte mso 9]><xml><o:Author>某人</o:Author></xml><![endif]--><p class=MsoToc1>一、目录</p>"
        "<p>由甲局<del><span>、乙局</span></del><ins>、丙局</ins>负责<span style='mso-hide:all'>（内部）</span>"
        "<a href='#_ftn1'><span class=MsoFootnoteReference>[1]</span></a>。</p>"
        "<div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText>"
        "<span class=MsoFootnoteReference>[1]</span>含分局。</p></div></div>"
        "<div style='mso-element:comment-list'><p>再核</p></div>"
    )
    assert lines(read(page(body), "甲.html")) == ["由甲局、丙局负责。", "注：含分局。"]


@pytest.mark.parametrize(
    ("opening", "numbers"),
    [
        ("<ol type=a>", ["a. 甲", "b. 乙"]),
        ("<ol style='list-style-type: cjk-ideographic'>", ["一、甲", "二、乙"]),
        ("<ol style='list-style:none'>", ["甲", "乙"]),
        ("<ul>", ["甲", "乙"]),
        ("<ol start=4>", ["4. 甲", "5. 乙"]),
    ],
)
def test_lists_number_as_they_say(opening: str, numbers: list[str], lines) -> None:
    assert lines(read(page(f"{opening}<li>甲<li>乙</ol>"), "甲.html")) == numbers


def test_a_line_of_a_list_may_set_its_own_number(lines) -> None:
    assert lines(read(page("<ol><li>甲<li value=7>乙<li>丙</ol>"), "甲.html")) == ["1. 甲", "7. 乙", "8. 丙"]


def test_the_words_of_a_listed_line_stand_behind_its_number_though_in_a_paragraph_of_their_own(lines) -> None:
    body = "<ol><li><p>甲</p><p>又甲</p></li><li><h2>乙</h2></li><li><p></p></li></ol>"
    assert lines(read(page(body), "甲.html")) == ["1. 甲", "又甲", "2. 乙", "3."]


def test_a_count_inside_a_count_stands_behind_the_number_above_it(lines) -> None:
    body = "<ol><li>甲</ol><p>文</p><ol start=2><li>乙<ol><li>丙</ol></ol><p>又</p><ol><ol start=2><li>丁</ol></ol>"
    assert lines(read(page(body), "甲.html")) == ["1. 甲", "文", "2. 乙", "2.1. 丙", "又", "2.2. 丁"]


def test_a_line_of_a_page_that_libreoffice_made_ends_where_a_blank_was(lines) -> None:
    body = "<div title=header><p>内部资料</p></div><p>交管站\n\t\t公路站</p>"
    made = page(body, '<meta name="generator" content="LibreOffice 7.4.7.2 (Linux)"/>')
    assert lines(read(made, "甲.html")) == ["交管站 公路站"]
    assert lines(read(page("<p>交管站\n\t\t公路站</p>"), "甲.html")) == ["交管站公路站"]


@pytest.mark.parametrize("span", ["0", "9", "70000"])
def test_a_rowspan_beyond_the_table_ends_with_it(span: str, lines) -> None:
    body = f"<table><tr><td>单位<td>事项<tr><td rowspan={span}>甲局<td>修路<tr><td>架桥</table>"
    assert lines(read(page(body), "甲.html")) == [["单位", "事项"], ["甲局", "修路"], ["甲局", "架桥"]]


def test_struck_words_are_read_and_reported(lines) -> None:
    body = "<p>由<s>甲局</s>乙局<span style='text-decoration:line-through'>和丙局</span>负责</p>"
    reading = read(page(body), "甲.html")
    assert lines(reading) == ["由甲局乙局和丙局负责"]
    assert [(doubt.code, doubt.words) for doubt in reading.doubts] == [("struck-out", "甲局")]


def test_pictures_frames_and_bases_are_never_fetched_and_frames_are_named(lines) -> None:
    head = "<base href='http://a.invalid/'><link rel=stylesheet href='http://a.invalid/a.css'>"
    body = "<p>由甲局负责<img src='http://a.invalid/a.png'></p><iframe src='http://a.invalid/表.html'></iframe>"
    reading = read(page(body, head), "甲.html")
    assert lines(reading) == ["由甲局负责"]
    assert [doubt.code for doubt in reading.doubts] == ["embedded-part"]


def test_a_page_of_frames_alone_says_where_its_content_is() -> None:
    data = b"<html><frameset rows='*'><frame src='a.files/sheet001.htm'></frameset></html>"
    with pytest.raises(
        ReadingError, match=r"这个网页只是一个框架，内容在另外的文件里；请把同名文件夹里的 sheet001\.htm"
    ):
        read(data, "甲.htm")


def test_the_names_of_sheets_above_their_tables_are_no_text(lines) -> None:
    body = (
        "<h1>Overview</h1><a href='#table0'>台账</a><hr><a name='table0'><h1>Sheet 1: <em>台账</em></h1></a>"
        "<table><tr><td>事项<td>单位<tr><td>修路<td>甲局</table>"
    )
    assert lines(read(page(body), "甲.html")) == [["事项", "单位"], ["修路", "甲局"]]


def single_file(*parts: tuple[str, str, bytes]) -> bytes:
    """A page and its companions in one file: (address, type, content)."""
    body = b"".join(
        f"--=_x\r\nContent-Location: {where}\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n\r\n".encode()
        + base64.encodebytes(content)
        + b"\r\n"
        for where, kind, content in parts
    )
    return (
        b'From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="=_x"\r\n\r\n'
        + body
    )


def test_a_page_saved_in_one_file_is_read_without_its_companions(lines) -> None:
    first, second = "<p>由甲局负责</p>".encode("gbk"), "<p>由乙局负责</p>".encode()
    parts = [
        ("a.htm", "text/html", first),
        ("a.files/header.htm", "text/html", "<p>页眉</p>".encode()),
        ("a.png", "image/png", b"\x89PNG"),
        ("a.files/sheet002.htm", "text/html", second),
    ]
    reading = read(single_file(*parts), "甲.doc")
    assert reading.kind == "mht"
    assert lines(reading) == ["由甲局负责", "由乙局负责"]


def test_a_letter_is_called_what_it_is() -> None:
    data = b"From: a@b.invalid\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nhi\r\n--x--"
    with pytest.raises(ReadingError, match="这是电子邮件，目前不能直接读取；请把邮件里的附件另存后导入"):
        read(data, "甲.eml")


def test_one_file_of_parts_nested_without_end_is_refused_or_read() -> None:
    data = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=a0\r\n\r\n" + b"".join(
        f"--a{n}\r\nContent-Type: multipart/related; boundary=a{n + 1}\r\n\r\n".encode() for n in range(3000)
    )
    with pytest.raises(ReadingError):
        read(data, "甲.mht")
