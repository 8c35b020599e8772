"""Papers in the office's own template: placeholders are filled wherever they stand, and a bad template is named in one sentence."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from bot.commands.papers import write_handover
from bot.commands.speech import Refusal
from bot.handing import Letterhead, PaperError, content_of
from bot.papers.filling import Filling, Section, made
from bot.papers.starting import starting
from bot.papers.table import Column
from handlers.message import Commission
from knowledge.ledger import Ledger
from knowledge.store_tinydb import TinyDBStore
from scheduler.handover import Handover, open_of
from scheduler.ranking import Yardstick
from scheduler.summary import summary
from tests.scheduler.offices import CALENDAR, at, by, duty, register_of, report

NOW = at("2026-07-17 16:00")
FILLING = Filling(
    "通报",
    "关于任务办理情况的通报",
    ["第一段=A1&<b>", "第二段"],
    [Section("逾期", [Column("序号", 1), Column("任务", 3)], [["1", "=HYPERLINK(1)"]])],
    addressee="各单位",
    note="印发前请核对。",
)


def template(home: Path, write: Callable[[Any], None], name: str = "通报") -> Letterhead:
    document = Document()
    write(document)
    home.mkdir(exist_ok=True)
    document.save(str(home / f"{name}.docx"))
    return Letterhead("云溪市政务公开办", NOW, home)


def lines(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(BytesIO(content)).paragraphs if paragraph.text]


def test_the_template_to_start_from_holds_every_placeholder_and_gives_what_the_standard_form_gives(
    tmp_path: Path,
) -> None:
    (tmp_path / "通报.docx").write_bytes(starting("通报", NOW.date()))
    own, plain = made(FILLING, Letterhead("云溪市", NOW, tmp_path)), made(FILLING, Letterhead("云溪市", NOW))
    assert lines(own) == lines(plain)
    assert Document(BytesIO(own)).tables[0].cell(1, 1).text == "=HYPERLINK(1)"


def test_a_placeholder_split_over_runs_is_filled_in_the_look_of_its_first_piece(tmp_path: Path) -> None:
    def write(document: Any) -> None:
        line = document.add_paragraph("云政发：")
        line.add_run("{{标").bold = True
        line.add_run("题")
        line.add_run("}}（")
        line.add_run("{{ 日期 }}）")
        for mark in ("{{正文}}", "{{表格}}"):
            document.add_paragraph(mark)

    made_one = made(FILLING, template(tmp_path, write))
    assert lines(made_one)[0] == "云政发：关于任务办理情况的通报（2026年7月17日）"
    assert [run.text for run in Document(BytesIO(made_one)).paragraphs[0].runs if run.bold] == [
        "关于任务办理情况的通报"
    ]


def test_headers_tables_and_their_text_are_filled_too(tmp_path: Path) -> None:
    def write(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "{{落款}}"
        cell = document.add_table(1, 1).cell(0, 0)
        cell.paragraphs[0].text = "{{正文}}"
        document.add_paragraph("{{表格}}")

    document = Document(BytesIO(made(FILLING, template(tmp_path, write))))
    assert document.sections[0].header.paragraphs[0].text == "云溪市政务公开办"
    assert document.tables[0].cell(0, 0).text == "第一段=A1&<b>\n第二段"
    assert document.tables[1].cell(1, 1).text == "=HYPERLINK(1)"


@pytest.mark.parametrize(
    ("marks", "said"),
    [
        (["{{标题}}", "{{正文}}", "{{表格}}", "{{单位名}}"], "有不认识的“{{单位名}}”，可以用的是：“{{标题}}”"),
        (["经查，{{正文}}", "{{表格}}"], "“{{正文}}”要单独占一段"),
        (["{{标题}}", "{{正文}}"], "没有“{{表格}}”，这部分内容会丢掉"),
    ],
)
def test_what_is_wrong_with_a_template_is_named(tmp_path: Path, marks: list[str], said: str) -> None:
    head = template(tmp_path, lambda document: [document.add_paragraph(mark) for mark in marks] and None)
    with pytest.raises(PaperError, match=r"模板“通报\.docx”") as caught:
        made(FILLING, head)
    assert said in str(caught.value)


def repacked(content: bytes, change: Callable[[str, bytes], bytes | None], **more: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.namelist():
            found = change(one, old.read(one))
            if found is not None:
                new.writestr(one, found)
        for name, data in more.items():
            new.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def same(name: str, data: bytes) -> bytes:
    return data


GOOD = starting("通报", NOW.date())
BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><a>&b;</a>'
HOSTILE = {
    "no zip": b"PK\x03\x04 not really",
    "empty": b"",
    "macros": repacked(GOOD, same, **{"word__vbaProject.bin": b"x"}),
    "a .docm by its kind": repacked(
        GOOD, lambda n, d: d.replace(b"wordprocessingml.document.main", b"x") if "Content" in n else d
    ),
    "embedded": repacked(GOOD, same, **{"word__embeddings__a.bin": b"x"}),
    "an entity bomb": repacked(GOOD, lambda n, d: BOMB if n == "word/styles.xml" else d),
    "without its text": repacked(GOOD, lambda n, d: None if n == "word/document.xml" else d),
    "too large": GOOD + b"0" * 6_000_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_template_gives_one_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / "通报.docx").write_bytes(HOSTILE[name])
    with pytest.raises(PaperError, match=r"模板“通报\.docx”.+。$"):
        made(FILLING, Letterhead("云溪市", NOW, tmp_path))


# --- the papers -----------------------------------------------------------------------------------------------------
OFFICE = register_of(
    duty(1, by("2026-07-10")), duty(2, by("2026-07-14"), unit="市民政局"), duty(3, by("2026-08-20")), duty(4)
)
LEDGER = Ledger((report("plan#2", "2026-07-13 10:00"),))


def test_a_circular_names_who_did_all_and_who_is_behind() -> None:
    value = summary(OFFICE, LEDGER, NOW, CALENDAR, yardstick=Yardstick.RATE)
    content = content_of(Commission("circular", "docx", "通报", value), Letterhead("云溪市", NOW))
    told = lines(content)
    assert told[:2] == ["关于一周任务办理情况的通报", "各有关单位："]
    assert "下列单位应办结的节点已全部办结：市民政局（1个）。" in told
    assert "一、逾期（1项）" in told
    assert Yardstick.RATE.rule in told


def test_a_hand_over_lists_what_is_open_and_has_room_for_signatures() -> None:
    rows = open_of("市财政局", OFFICE, LEDGER, NOW, CALENDAR)
    value = Handover("市财政局", "王芳", "李强", NOW, "赵主任", rows)
    document = Document(BytesIO(content_of(Commission("handover", "docx", "交接单", value), Letterhead("云溪市", NOW))))
    text = "\n".join(one.text for one in document.paragraphs)
    assert "市财政局联络员由王芳变更为李强，自2026年7月17日起由李强负责" in text
    assert "没有办结的任务共3项，其中逾期1项。" in text
    open_, signed = document.tables
    assert [open_.cell(1, n).text for n in (0, 3, 4)] == ["1", "7月10日", "已逾期7天\n没有报告过进展"]
    assert [cell.text.split("\n")[0] for cell in signed.rows[1].cells] == ["王芳", "李强", "赵主任"]


def test_no_hand_over_is_written_for_a_unit_that_has_nothing_to_do(tmp_path: Path) -> None:
    store = TinyDBStore(tmp_path)
    store.file(OFFICE)
    store.close()
    with pytest.raises(Refusal, match="没有“市气象局”承担的任务"):
        write_handover(tmp_path, "市气象局", tmp_path / "a.docx")
    write_handover(tmp_path, "财政局", tmp_path / "b.docx")
    assert [path.name for path in tmp_path.glob("*.docx")] == ["b.docx"]
