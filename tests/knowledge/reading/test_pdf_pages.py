"""Pages that no word processor prints: turned, hidden, scanned, broken, locked, made to hurt."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.reading import Reading, ReadingError, read
from knowledge.reading.ocr import is_there
from tests.knowledge.reading.rawpdf import file, pages, stream, table, text
from tests.properties import examples

XS = (80, 120, 320, 420, 520)
HEAD = ("序号", "工作任务", "牵头单位", "完成时限")
ONE = ("1", "公布清单", "市财政局", "6月底前")
PLAN = table([HEAD, ONE], XS, 700)
PICTURE = b"q 595 0 0 842 0 0 cm /I Do Q\n"
IMAGE = b"/XObject<</I %d 0 R>>"


def shown(data: bytes) -> list[str | list[str]]:
    return [block.text or [cell.text for cell in block.cells] for block in read(data, "甲.pdf").blocks]


def refusal(data: bytes) -> str:
    with pytest.raises(ReadingError) as caught:
        read(data, "甲.pdf")
    return str(caught.value)


def doubts(data: bytes) -> list[tuple[str, str]]:
    return [(doubt.code, doubt.words) for doubt in read(data, "甲.pdf").doubts]


def with_picture(*contents: bytes) -> bytes:
    """Pages that may draw a grey picture of one pixel, /I, over themselves."""
    pixel = stream(b"\x80", b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8")
    return pages(*contents, more=[pixel], resources=IMAGE % (4 + 2 * len(contents)))


def test_a_ruled_table_drawn_as_one_path_in_a_font_that_is_not_embedded() -> None:
    assert shown(pages(PLAN)) == [[*HEAD], [*ONE]]


def test_look_alikes_are_the_characters_they_stand_for() -> None:
    assert shown(pages(text("⼈⼒资源部⻔：⻓期，（⾸批）", 80, 700))) == ["人力资源部门：长期，（首批）"]
    assert shown(pages(text("\uf0b7修缮水渠", 80, 700))) == ["●修缮水渠"]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_the_file_says_to_turn_is_read_as_it_is_shown(turn: int) -> None:
    matrix = {90: "0 1 -1 0 595 0", 180: "-1 0 0 -1 595 842", 270: "0 -1 1 0 0 842"}[turn]
    turned = f"q {matrix} cm\n".encode() + table([HEAD, ONE], XS, 560) + b"Q\n"
    size = b"/MediaBox[0 0 595 842]"
    assert shown(pages(turned, page=size + b"/Rotate %d" % turn)) == [[*HEAD], [*ONE]]


def test_a_page_printed_sideways_without_a_word_in_the_file_is_turned_too() -> None:
    assert shown(pages(b"q 0 1 -1 0 700 0 cm\n" + PLAN + b"Q\n")) == [[*HEAD], [*ONE]]


def test_a_row_broken_by_the_page_is_one_row_where_its_code_stands_in_a_later_column() -> None:
    head, edges = ("环节", "编号", "任务", "单位", "时限"), (60, 110, 150, 290, 390, 480)
    rows = [
        (kind, f"{code}1", f"办理第{at}件事。", "市甲局", "6月底")
        for at, (kind, code) in enumerate(zip("煤电气", "甲乙丙", strict=True), 1)
    ]
    last = ("热", "丁1", "检修锅炉更换管网九里联", "市乙局", "7月底")
    rest = ("", "", "动。", "市丙局", "")
    found = shown(
        pages(
            table([head, *rows, last], edges, 700),
            table([head, rest, *[("水", "戊1", "护管。", "市丁局", "8月底")]], edges, 700),
        )
    )
    assert found[4:] == [
        ["热", "丁1", "检修锅炉更换管网九里联动。", "市乙局\n市丙局", "7月底"],
        ["水", "戊1", "护管。", "市丁局", "8月底"],
    ]


def test_a_table_inside_a_form_is_read_where_the_form_stands() -> None:
    form = stream(PLAN, b"/Type/XObject/Subtype/Form/BBox[0 0 700 900]/Resources<</Font<</S 3 0 R>>>>")
    assert shown(pages(b"q 0.5 0 0 0.5 20 10 cm /F Do Q", more=[form], resources=b"/XObject<</F 6 0 R>>")) == [
        [*HEAD],
        [*ONE],
    ]


def test_pages_begin_where_their_box_begins() -> None:
    page = b"/MediaBox[-200 -300 395 542]/CropBox[-150 -250 345 492]"
    assert shown(pages(b"q 1 0 0 1 -200 -300 cm\n" + PLAN + b"Q", page=page)) == [[*HEAD], [*ONE]]


@pytest.mark.parametrize("hidden", ["1 g", "3 Tr", "1 1 1 rg", "0 0 0 0 k"])
def test_words_that_nobody_sees_are_not_read_and_not_passed_over(hidden: str) -> None:
    data = pages(PLAN + text("市审计局牵头", 100, 300, before=hidden))
    assert shown(data) == [[*HEAD], [*ONE]]
    assert doubts(data) == [("hidden-text", "市审计局牵头")]


def test_words_beside_the_paper_are_hidden_too() -> None:
    assert doubts(pages(PLAN + text("市审计局牵头", 900, 300))) == [("hidden-text", "市审计局牵头")]


@pytest.mark.parametrize("line", [600, 633])
def test_a_merged_cell_printed_on_both_pages_is_read_where_its_words_are_shown(line: int) -> None:
    title = text("云岭市2026年任务表", 240, 720) + b"80 742 m 520 742 l 80 742 m 80 700 l 520 742 m 520 700 l S\n"
    first = table([HEAD, ("1", "公布清单", "", "6月底前")], XS, 700)
    below = (
        b"q 320 640 100 30 re W n\n" + text("市财政局", 324, line) + b"Q\n"
    )  # cut off: under the page's part of the cell
    second = table([HEAD, ("2", "核对台账", "市财政局", "9月底前")], XS, 700)
    assert shown(pages(title + first + below, second)) == [
        "云岭市2026年任务表",
        [*HEAD],
        ["1", "公布清单", "", "6月底前"],
        ["2", "核对台账", "市财政局", "9月底前"],
    ]


def test_words_at_a_place_beyond_all_numbers_are_hidden_and_the_rest_is_read() -> None:
    endless = "9" * 39 + ".0"
    data = pages(PLAN + text("市审计局牵头", 100, 300, matrix=f"{endless} 0 0 {endless}"))
    assert shown(data) == [[*HEAD], [*ONE]]
    assert doubts(data) == [("hidden-text", "市审计局牵头")]


def test_white_letters_on_a_dark_head_are_read() -> None:
    dark = b"0 0.2 0.5 rg 80 670 440 30 re f\n"
    head = b"".join(text(words, x + 4, 680, before="1 g") for words, x in zip(HEAD, XS, strict=False))
    assert shown(pages(dark + table([("", "", "", ""), ONE], XS, 700) + head)) == [[*HEAD], [*ONE]]


def test_a_watermark_across_the_page_is_furniture() -> None:
    data = pages(PLAN + text("内部资料", 150, 300, 60, matrix="0.7 0.7 -0.7 0.7"))
    assert shown(data) == [[*HEAD], [*ONE]]
    assert "".join(passage.text for passage in read(data, "甲.pdf").furniture) == "内部资料"


@pytest.mark.skipif(is_there(), reason="the extra [ocr] is installed")
def test_a_file_of_scans_alone_names_what_to_install() -> None:
    assert refusal(with_picture(PICTURE)) == (
        "无法读取“甲.pdf”：这是扫描件，里面没有文字；请先安装识别组件：pip install 'qiantou[ocr]'，再重新导入。"
    )


def test_scanned_pages_among_others_are_listed() -> None:
    data = with_picture(PLAN, PICTURE, PICTURE + text("第3页", 280, 30))
    assert shown(data)[:2] == [[*HEAD], [*ONE]]
    ((code, words, said),) = [(doubt.code, doubt.words, doubt.message) for doubt in read(data, "甲.pdf").doubts]
    assert (code, words) == ("pages-recognised" if is_there() else "pages-unrecognised", "2、3")
    assert said.startswith("第2、3页是扫描图像")


def test_the_recognised_layer_of_a_scan_is_read_and_doubted_line_by_line() -> None:
    layer = text("一、公布惠企政策清单（市财玫局牵头，市审计局配合）", 80, 700, before="3 Tr")
    reading = read(with_picture(PICTURE + layer), "甲.pdf")
    assert [block.text for block in reading.blocks] == ["一、公布惠企政策清单（市财玫局牵头，市审计局配合）"]
    assert [doubt.code for doubt in reading.blocks[0].doubts] == ["unsure-words"]
    assert [doubt.code for doubt in reading.doubts] == ["pages-layer"]


def garbled(words: str) -> bytes:
    """Words in a font whose codes mean nothing outside the file: they come as characters for private use."""
    return text("".join(chr(0xE000 + ord(one) % 0x1000) for one in words), 80, 700)


def test_characters_without_meaning_are_not_taken_for_text() -> None:
    assert refusal(pages(garbled("公布惠企政策清单和办事指南"))) == (
        "无法读取“甲.pdf”：文字没有通用编码，读出来是乱码；请导入原来的 Word 文件，或打印后扫描成清晰的图像再导入。"
    )
    assert doubts(pages(PLAN, garbled("公布惠企政策清单和办事指南"))) == [("pages-garbled", "2")]


def test_empty_pages_are_passed_over() -> None:
    assert shown(pages(b"", PLAN, b"")) == [[*HEAD], [*ONE]]


def test_a_file_with_nothing_on_its_pages() -> None:
    assert "里面没有可读的文字" in refusal(pages(b"", b""))


def test_a_password_is_named() -> None:
    locked = b"/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -44/O<%s>/U<%s>>>/ID[<00><00>]" % (
        b"ab" * 32,
        b"cd" * 32,
    )
    assert refusal(pages(PLAN, trailer=locked)) == "无法读取“甲.pdf”：文件设有打开密码；请取消密码后重新保存再导入。"


def test_attachments_and_scripts_stay_closed_and_are_named() -> None:
    script = b"<</S/JavaScript/JS(app.launchURL\\('x'\\))>>"
    inner = stream(b"MZ", b"/Type/EmbeddedFile")
    names = b"/Names<</JavaScript<</Names[(a) 6 0 R]>>/EmbeddedFiles<</Names[(b) <</F(b.exe)/EF<</F 7 0 R>>>>]>>>>"
    launch = b"/OpenAction<</S/Launch/F(calc.exe)>>"
    data = pages(PLAN, catalogue=names + launch, more=[script, inner])
    assert shown(data) == [[*HEAD], [*ONE]]
    assert [code for code, _ in doubts(data)] == ["embedded-part", "macros"]


# ---------------------------------------------------------------- broken and hostile


@pytest.mark.parametrize("kept", [0.2, 0.6, 0.97])
def test_a_truncated_file_is_refused_and_not_read_in_part(kept: float) -> None:
    whole = pages(PLAN, PLAN)
    assert refusal(whole[: int(len(whole) * kept)]) == (
        "无法读取“甲.pdf”：文件不完整，可能没有下载完；请重新下载或在 WPS、Acrobat 中打开后另存一份再导入。"
    )


def test_a_mark_of_a_pdf_with_nothing_behind_it() -> None:
    assert "文件不完整" in refusal(b"%PDF-1.7\nstartxref\n0\n%%EOF")


def test_a_missing_page_is_listed() -> None:
    data = pages(PLAN, PLAN).replace(b"/Kids[4 0 R 6 0 R]", b"/Kids[4 0 R 9 0 R]")
    assert doubts(data) == [("pages-broken", "2")]


def test_a_page_tree_that_goes_in_circles() -> None:
    circle = file([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>"])
    assert "每一页都已损坏" in refusal(circle)


def test_more_pages_than_any_plan_has() -> None:
    countless = b"<</Type/Pages/Count 200000/Kids[%s]>>" % (b"3 0 R " * 200_000)
    data = file([b"<</Type/Catalog/Pages 2 0 R>>", countless, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"])
    assert "文件有 200000 页，超过 1000 页" in refusal(data)


def test_a_tree_as_deep_as_a_well() -> None:
    well = [b"<</Type/Catalog/Pages 2 0 R>>"]
    well += [b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (number + 3) for number in range(5000)]
    assert "每一页都已损坏" in refusal(file([*well, b"<</Type/Page/MediaBox[0 0 9 9]>>"]))


def test_countless_lines_on_a_page_are_a_drawing() -> None:
    drawing = b"0 0 m 9 9 l S\n" * 100_000
    assert shown(pages(text("示意图", 80, 700) + drawing)) == ["示意图"]


@settings(deadline=None, max_examples=examples(60))
@given(st.integers(0, 2**32))
def test_damaged_files_are_read_or_refused(seed: int) -> None:
    dice = random.Random(seed)
    changed = bytearray(pages(PLAN, text("二、加强领导。", 80, 700)))
    for _ in range(dice.randint(1, 8)):
        at = dice.randrange(len(changed))
        choices: list[Callable[[], object]] = [
            lambda at=at: changed.__setitem__(slice(at, at + 1), bytes([dice.randrange(256)])),
            lambda at=at: changed.__delitem__(slice(at, at + dice.randint(1, 30))),
            lambda at=at: changed.__setitem__(slice(at, at), changed[at : at + dice.randint(1, 30)]),
        ]
        dice.choice(choices)()
    outcome(bytes(changed))


@settings(deadline=None, max_examples=examples(60))
@given(st.binary(max_size=300))
def test_any_page_content_is_read_or_refused(content: bytes) -> None:
    outcome(pages(content))


def outcome(data: bytes) -> Reading:
    """What reading gives, an empty reading for a refusal: anything else is a failure of the test."""
    try:
        return read(data, "甲.pdf")
    except ReadingError as error:
        message = str(error)
    assert message.startswith("无法读取“甲")
    assert message.endswith("。")
    return Reading("refused", ())


def test_a_font_that_only_the_file_names_has_a_box_for_every_character() -> None:
    import pypdfium2

    from knowledge.reading.pdf_faces import stand_in

    assert shown(pages(text("局", 80, 700))) == ["局"]  # alone in its line, where the machine may have no such font
    document = pypdfium2.PdfDocument.new()
    font = pypdfium2.raw.FPDFText_LoadFont(
        document.raw,
        pypdfium2.raw.cast(stand_in(), pypdfium2.raw.POINTER(pypdfium2.raw.c_ubyte)),
        len(stand_in()),
        2,
        True,
    )
    assert font
    pypdfium2.raw.FPDFFont_Close(font)
