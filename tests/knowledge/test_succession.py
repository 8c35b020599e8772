"""A new document takes the place of a filed one: what is the same keeps its id, what was dropped stays askable."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import Draft
from knowledge.register import Register
from knowledge.succession import successions_of
from tests.knowledge.papers import LINES, PLAN, paper

BUDGET, ACCOUNTS, WELFARE, SCHOOLS, HOUSES = LINES


def filed(*drafts: Draft) -> Register:
    register = Register()
    for draft in drafts:
        register, _ = register.filed(draft)
    return register


def numbers(register: Register) -> dict[str, str]:
    """The start of each text in force → its id without the document's."""
    return {one.text[:4]: one.id.partition("-")[2] for one in register.in_force.assignments}


def test_ids_stay_with_what_they_were_given_to_when_numbers_move() -> None:
    revised = paper(PLAN, (HOUSES, BUDGET, "建设危险化学品停车场 | 市交通运输局", WELFARE, SCHOOLS), source="修订.docx")
    register, difference = filed(paper()).filed(revised)
    assert numbers(register) == {"开展自建": "5", "公开部门": "1", "建设危险": "3r2", "公布城乡": "3", "公开义务": "4"}
    assert [one.number for one in register.in_force.assignments] == ["1", "2", "3", "4", "5"]
    assert difference.words() == f"《{PLAN}》更新，新增1项、移动4项、撤销1项。"


def test_a_new_edition_under_another_title_and_number_is_the_same_document() -> None:
    old = paper()
    new = paper(f"{PLAN}（修订版）", LINES[:4], number="澄政办发〔2026〕19号")
    register, difference = filed(old).filed(new)
    (current,) = register.in_force.documents
    assert (current.id, current.title) == (old.document.id, new.document.title)
    assert not difference.new
    assert len(difference.withdrawn) == 1


def test_the_old_edition_stays_in_the_register_superseded() -> None:
    register, difference = filed(paper()).filed(paper(PLAN, LINES[:4], source="修订.docx"))
    assert [document.superseded is None for document in register.documents] == [True, False]
    (gone,) = difference.withdrawn
    dropped = register.assignment(gone)
    assert dropped is not None
    old = register.document(dropped.document)
    assert old is not None
    assert old.superseded is not None
    assert (old.superseded.title, old.superseded.on, old.superseded.revised) == (PLAN, date(2026, 3, 2), True)
    assert register.successor(old.id) == register.in_force.documents[0]
    assert register.in_force.assignment(gone) is None


def test_the_old_file_again_changes_nothing_and_is_called_old() -> None:
    register = filed(paper(), paper(PLAN, LINES[:4], source="修订.docx"))
    again, difference = register.filed(paper())
    assert again is register
    assert difference.words() == f"《{PLAN}》此前已经入册，内容没有变化。它已被《{PLAN}》替代。"


def test_many_editions_keep_their_ids_apart() -> None:
    register = filed(*(paper(PLAN, LINES[:count], source=f"修订{at}.docx") for at, count in enumerate((5, 4, 3, 5))))
    ids = [one.id for one in register.assignments]
    assert len(ids) == len(set(ids)) == 5 + 4 + 3 + 5
    assert len({document.id for document in register.documents}) == 4
    assert numbers(register) | {"开展自建": ""} == {
        "公开部门": "1", "清理长期": "2", "公布城乡": "3", "公开义务": "4r2", "开展自建": ""
    }  # fmt: skip


def test_a_document_that_another_abolishes_hands_its_ids_on_and_stays_a_document() -> None:
    old = paper()
    new = paper(
        "关于做好下半年公开工作的通知",
        (WELFARE, "编制应急预案 | 市应急管理局"),
        "澄政办发〔2026〕5号同时废止。",
        number=None,
    )
    register, difference = filed(old).filed(new)
    assert [document.title for document in register.in_force.documents] == ["关于做好下半年公开工作的通知"]
    assert register.in_force.assignments[0].id == f"{old.document.id}-3"
    assert register.of_document(old.document.id)[2].id == f"{old.document.id}-3~1"
    assert difference.words() == (
        f"《关于做好下半年公开工作的通知》入册，新增1项、移动1项、撤销4项。《{PLAN}》由它替代，不再提醒。"
    )


def test_next_years_plan_takes_over_no_ids() -> None:
    new = paper(PLAN.replace("2026", "2027"), LINES, "原《2026年政务公开任务分工方案》同时废止。",
                year=2027, number="澄政办发〔2027〕2号", issued=date(2027, 2, 1))  # fmt: skip
    register, difference = filed(paper()).filed(new)
    assert {one.document for one in register.in_force.assignments} == {new.document.id}
    assert register.in_force.assignments[0].id == f"{new.document.id}-1"
    assert difference.superseded == (PLAN,)
    assert len(difference.added) == 5


def test_last_years_plan_is_not_replaced_unasked() -> None:
    new = paper(PLAN.replace("2026", "2027"), year=2027, number="澄政办发〔2027〕2号")
    register, difference = filed(paper()).filed(new)
    assert len(register.in_force.documents) == 2
    assert difference.superseded == ()
    assert f"《{PLAN}》没有被替代，仍在提醒；如应由它替代，请用 qiantou supersede 指明。" in difference.words()
    (found,) = successions_of(new, filed(paper()))
    confirmed, difference = filed(paper()).filed(new, [replace(found, sure=True)], date(2027, 1, 5))
    assert len(confirmed.in_force.documents) == 1
    assert difference.superseded == (PLAN,)


def test_two_documents_of_one_title_with_nothing_in_common_are_two() -> None:
    first = paper("任务分工表", LINES[:3], number=None)
    other = paper(
        "任务分工表", ("新建公办幼儿园2所 | 县教育局", "改造农村旱厕 | 县农业农村局"), number=None, source="b.docx"
    )
    register, difference = filed(first).filed(other)
    assert len(register.in_force.documents) == 2
    assert len({document.id for document in register.documents}) == 2
    assert "册中另有一份同名文件" in difference.words()


def test_what_is_hardly_alike_is_filed_as_new_unless_a_person_says_it_is_the_same() -> None:
    hotline = "设立企业服务热线，专人接听，限时答复企业诉求 | 市政府办公室 | 4月底前"
    reworded = "开通营商环境投诉专线，安排专人值守答复企业诉求 | 市政府办公室 | 4月底前"
    old, new = paper(PLAN, (*LINES, hotline)), paper(PLAN, (*LINES, reworded), source="修订.docx")
    _, difference = filed(old).filed(new)
    assert (len(difference.added), len(difference.withdrawn)) == (1, 1)
    assert difference.unsure == ((f"{old.document.id}-6r2", f"{old.document.id}-6"),)
    assert "有1项可能是原有任务的改写，拿不准，按新任务登记。" in difference.words()
    (found,) = successions_of(new, filed(old))
    (pair,) = found.possible
    confirmed = replace(found, confirmed=((pair.old[0].id, pair.new[0].id),))
    _, difference = filed(old).filed(new, [confirmed])
    assert difference.changed == (f"{old.document.id}-6",)


def test_of_two_that_were_joined_the_open_one_goes_on() -> None:
    parts = ("公开空气质量和水源水质监测信息，按月更新 | 市生态环境局", "公布环境违法案件查处结果 | 市生态环境局")
    whole = "公开空气质量和水源水质监测信息，按月更新，公布环境违法案件查处结果 | 市生态环境局"
    old, new = paper(PLAN, (*LINES, *parts)), paper(PLAN, (*LINES, whole), source="修订.docx")
    first, second = f"{old.document.id}-6", f"{old.document.id}-7"
    joined = {
        finished: filed(old).filed(new, finished=finished)[0].in_force.assignments[5].id
        for finished in ((), (first,), (second,), (first, second))
    }
    assert joined == {(): first, (first,): second, (second,): first, (first, second): first}


def test_what_only_amends_a_document_does_not_silence_the_rest_of_it() -> None:
    amending = paper(
        "关于调整部分任务的通知", (HOUSES.replace("6月底前", "9月底前"),),
        "对《2026年政务公开任务分工方案》（澄政办发〔2026〕5号）作如下调整。", number="澄政办发〔2026〕20号",
    )  # fmt: skip
    register, difference = filed(paper()).filed(amending)
    assert len(register.in_force.documents) == 2
    assert difference.superseded == ()
    (found,) = successions_of(amending, filed(paper()))
    assert not found.sure


def test_a_letter_without_its_table_does_not_withdraw_everything() -> None:
    letter = paper(PLAN, (), "现将方案印发给你们。", source="通知正文.docx")
    register, difference = filed(paper()).filed(letter)
    assert len(register.in_force.assignments) == len(LINES)
    assert difference.reference
    assert "按两份登记" in difference.words()


def test_a_notice_that_abolishes_a_plan_ends_it() -> None:
    notice = paper(
        "关于废止《2026年政务公开任务分工方案》的通知", (), number="澄政办发〔2026〕40号", issued=date(2026, 9, 1)
    )
    register, difference = filed(paper()).filed(notice)
    assert register.in_force.assignments == ()
    assert difference.superseded == (PLAN,)


def test_a_reference_document_is_revised_like_any_other() -> None:
    register = filed(
        paper("政务公开工作规则", (), "第一条。", number=None),
        paper("政务公开工作规则（修订）", (), "新的第一条。", number=None),
    )
    assert [document.title for document in register.in_force.documents] == ["政务公开工作规则（修订）"]


def test_an_older_version_is_filed_behind_the_one_in_force() -> None:
    register = filed(paper(source="分工方案（修订）.docx"))
    after, difference = register.filed(paper(PLAN, LINES[:4], source="分工方案.docx"))
    assert after.in_force.documents == register.documents
    assert len(after.documents) == 2
    assert difference.words().endswith(f"作为旧版入册备查；现行的仍是已入册的《{PLAN}》。")


def test_whoever_may_ask_about_a_document_may_ask_about_what_took_its_place() -> None:
    old = paper()
    register = filed(old).bound("qq:1", [old.document.id])
    new = paper("关于做好下半年公开工作的通知", (WELFARE,), "澄政办发〔2026〕5号同时废止。", number=None)
    register, _ = register.filed(new)
    assert register.binding("qq:1") == (old.document.id, new.document.id)


SOME = st.lists(st.sampled_from(LINES), min_size=1, max_size=6).map(tuple)


@given(st.lists(SOME, min_size=1, max_size=4))
def test_however_often_a_plan_is_revised_nothing_is_lost_and_no_id_stands_twice(
    editions: list[tuple[str, ...]],
) -> None:
    drafts = [paper(PLAN, lines, source=f"修订{at}.docx") for at, lines in enumerate(editions)]
    register = filed(*drafts)
    ids = [one.id for one in register.assignments]
    assert len(ids) == len(set(ids))
    assert len(register.documents) == len(drafts)
    assert [one.text for one in register.in_force.assignments] == [line.split(" | ")[0] for line in editions[-1]]
    everything = sorted(one.text for one in register.assignments)
    assert everything == sorted(line.split(" | ")[0] for lines in editions for line in lines)
