"""Brackets, attachments, repairs and repetitions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.model import Draft
from knowledge.parsing import parse
from knowledge.register import Register
from tests.knowledge.examination.specimens import Severity, examined, found, one, table, text

BY = "（市财政局牵头，市教育局配合）"


# ---------------------------------------------------------------- brackets
@pytest.mark.parametrize(
    "words",
    [
        "1.修路。（市财政局牵头",
        "1.修路）。市财政局牵头",
        "按照《云溪条例的要求修路。",
        "按照云溪条例》的要求修路。",
        "依据〔2026年规划修路。",
    ],
)
def test_a_bracket_without_its_other_half_must_be_corrected(words: str) -> None:
    assert (
        one(text(words, "其余照旧办理，请各单位认真落实并按时报送有关材料。"), "bracket-unclosed").severity
        is Severity.MUST
    )


@pytest.mark.parametrize(
    "words",
    [
        "1）修路。",
        "其中：1）修路；2）修桥。",
        "修路(市财政局牵头）。",
        "《〈云溪条例〉解读》",
        "a)修路；b）修桥。",
        "“一件事”（含《条例》〔2026〕3号）",
    ],
)
def test_whole_brackets_and_numbers_are_right(words: str) -> None:
    assert found(text(words, "其余照旧办理，请各单位认真落实并按时报送有关材料。"), "bracket-unclosed") == []


def test_one_bracket_around_several_paragraphs_is_whole() -> None:
    assert found(text("1.修路（含以下工程：", "东段三公里；", "西段五公里）。"), "bracket-unclosed") == []


# ---------------------------------------------------------------- attachments
LETTER = (
    "请填写附件2，于3月底前报送。",
    "附件：1.岚浦市重点任务分工表",
    "2.进展情况统计表",
    "附件1",
    "岚浦市重点任务分工表",
    f"1.修路。{BY}",
)


def test_an_attachment_that_is_announced_and_not_there_is_asked_about_once() -> None:
    finding = one(text(*LETTER), "attachment-missing")
    assert "附件2" in finding.wrong


def test_an_attachment_that_stands_below_is_there() -> None:
    assert found(text(*LETTER, "附件2", "进展情况统计表"), "attachment-missing") == []
    assert found(text(*LETTER, "进展情况统计表"), "attachment-missing") == []


def test_an_attachment_examined_together_with_the_letter_is_there() -> None:
    assert found(text(*LETTER), "attachment-missing", beside=("附件2.xlsx",)) == []
    assert found(text(*LETTER), "attachment-missing", beside=("岚浦市进展情况统计表.xlsx",)) == []


def test_where_no_attachment_is_in_the_file_they_are_files_of_their_own() -> None:
    assert found(text(*LETTER[:3]), "attachment-missing") == []


# ---------------------------------------------------------------- repetitions
def test_an_assignment_that_stands_twice_is_asked_about() -> None:
    lines = (f"1.开展技能培训和招聘活动。{BY}", f"2.修路。{BY}", f"3.开展技能培训和招聘活动。{BY}")
    assert "第3项" in one(text(*lines), "duplicate").wrong


def test_one_matter_with_two_leads_is_asked_about() -> None:
    lines = (
        f"1.开展技能培训和招聘活动。{BY}",
        "2.修路。（市住建局牵头）",
        "3.开展技能培训和招聘活动。（市人社局牵头）",
    )
    finding = one(text(*lines), "lead-conflict")
    assert finding.severity is Severity.ASK
    assert "市财政局" in finding.wrong
    assert "市人社局" in finding.wrong


def test_one_lead_under_two_names_is_no_conflict() -> None:
    lines = (
        "1.开展技能培训和招聘活动。（市人社局牵头）",
        "2.修路。（市住建局牵头）",
        "3.开展技能培训和招聘活动。（市人力资源社会保障局牵头）",
    )
    assert found(text(*lines), "lead-conflict") == []


def test_rows_that_share_a_merged_requirement_are_no_repetition() -> None:
    rows = (
        ("序号", "工作任务", "牵头单位"),
        ("1", "开展技能培训和招聘活动", "市人社局"),
        ("2", "开展技能培训和招聘活动", "市教育局"),
    )
    assert found(table(*rows, merged=((3, 2),)), "lead-conflict") == []
    assert len(found(table(*rows), "lead-conflict")) == 1


def test_the_same_short_words_are_no_repetition() -> None:
    assert found(text("一、水利", f"1.加强领导。{BY}", "二、交通", f"1.加强领导。{BY}"), "duplicate") == []


def filed(title: str, *lines: str) -> tuple[Draft, Register]:
    draft = parse(text(title, *lines), title, f"{hash(title) & 0xFFFF:064x}")
    return draft, Register().filed(draft)[0]


def test_a_filed_document_that_names_another_lead_for_the_same_matter_is_told() -> None:
    _, register = filed("岚浦市2026年就业工作要点分工方案", "1.开展技能培训和招聘活动。（市教育局牵头）")
    new = text("岚浦市2026年重点工作分工方案", "1.开展技能培训和招聘活动。（市人社局牵头）")
    finding = one(new, "lead-conflict", register=register)
    assert "《岚浦市2026年就业工作要点分工方案》第1项由市教育局牵头" in finding.wrong
    assert finding.related[0].document == "岚浦市2026年就业工作要点分工方案"


def test_last_years_lead_and_the_same_lead_are_no_conflict() -> None:
    new = text("岚浦市2026年重点工作分工方案", "1.开展技能培训和招聘活动。（市人社局牵头）")
    _, last_year = filed("岚浦市2025年重点工作分工方案", "1.开展技能培训和招聘活动。（市教育局牵头）")
    _, agreed = filed("岚浦市2026年就业工作要点分工方案", "1.开展技能培训和招聘活动。（市人力资源和社会保障局牵头）")
    assert [found(new, "lead-conflict", register=register) for register in (last_year, agreed)] == [[], []]


# ---------------------------------------------------------------- repairs
def test_a_date_that_lost_a_letter_is_shown_with_the_reading_taken() -> None:
    lines = ("岚浦市2026年重点工作分工方案", "1.修路。", "牵头单位：市交通运输局", "完成时限：202612月底前")
    finding = one(text(*lines), "misprint")
    assert "202612月底" in finding.wrong
    assert "2026年12月" in finding.advice


def test_half_a_bracket_in_a_document_number_is_shown_with_the_number_meant() -> None:
    finding = one(text("按照《通知》（云政办发〔202612号）要求办理。"), "misprint")
    assert "〔2026〕12号" in finding.advice
    assert found(text("按照《通知》（云政办发〔2026〕12号）要求办理。"), "misprint") == []


def test_letters_of_an_annotating_page_and_traditional_characters_are_noted() -> None:
    lines = ("關(guān)於(yú)印發(fā)重點(diǎn)任務(wù)的通知", "一、推進(jìn)公開，實(shí)施清單管理")
    assert {f.code for f in examined(text(*lines)).findings} >= {"glossed", "traditional"}
    assert [
        f for f in examined(text("关于印发重点任务的通知（试行）")).findings if f.code in ("glossed", "traditional")
    ] == []


def test_a_name_with_a_character_of_its_own_makes_no_text_traditional() -> None:
    assert found(text("关于濛水河治理的通知", "一、疏浚河道。（濛水海关牵头）"), "traditional") == []


def test_an_english_word_in_brackets_is_no_gloss() -> None:
    lines = ("推广政务服务客户端(app)、小程序(mini)和平台(web)", "完善客户端(app)功能")
    assert found(text(*lines), "glossed") == []


def test_a_unit_that_a_converter_renamed_is_shown_as_it_was_printed() -> None:
    lines = ("岚浦市2022年優化營商環境重點任務分工方案", "1.編制公共數據目錄並實施清單管理。（市資料局牽頭）")
    assert [spot.words for spot in one(text(*lines), "traditional").related] == ["资料局→数据局"]


def test_a_name_with_a_blank_or_a_break_inside_is_noted() -> None:
    head = ("序号", "工作任务", "牵头单位")
    finding = one(
        table(head, ("1", "开展技能培训", "市人力资源 和社会\n保障局"), ("2", "修路", "市交通运输局")), "name-broken"
    )
    assert finding.at.words == "市人力资源□和社会□保障局"
    assert (
        found(table(head, ("1", "开展技能培训", "市人社局\n市教育局"), ("2", "修路", "市交通运输局")), "name-broken")
        == []
    )


# ---------------------------------------------------------------- what is left
def test_unread_neighbours_are_one_group_with_their_reason() -> None:
    rows = (("甲", "乙", "丙丁"), ("子", "丑", "寅卯"))
    groups = examined(table(*rows, above=("岚浦市2026年重点工作分工方案",))).leftovers
    assert [(len(group.lines), group.where) for group in groups] == [(2, "表1第1行至表1第2行")]
    assert groups[0].why == "行里没有任务内容"


def test_a_clean_document_has_nothing_to_tell() -> None:
    works = ("修建桥梁三座并开放交通", "改造老旧管网", "举办技能培训和招聘活动", "开展安全检查")
    lines = ("岚浦市2026年重点工作分工方案", *(f"{n}.{work}。{BY}" for n, work in enumerate(works, 1)))
    told = examined(text(*lines))
    assert (told.findings, told.doubts, told.leftovers) == ((), (), ())


def test_a_draft_without_its_blocks_is_examined_as_far_as_it_goes() -> None:
    from knowledge.examination import Specimen, examine

    draft = parse(text("岚浦市2026年重点工作分工方案", f"1.修路。{BY}"), "x", "0" * 64)
    assert examine(Specimen(replace(draft, blocks=()))).findings == ()
