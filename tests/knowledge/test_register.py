"""The register: filing, filing again, and who sees what."""

from dataclasses import replace

import pytest

from knowledge.model import Draft, Place
from knowledge.register import Register, RegisterError
from tests.contracts.drafts import assignment, draft


def edition(title: str, *texts: str) -> Draft:
    """An edition of a document with these requirement texts as its assignments 1, 2, 3 …"""
    assignments = tuple(assignment(title, number, text) for number, text in enumerate(texts, 1))
    return replace(draft(title, digest=f"digest of {texts}"), assignments=assignments)


def test_the_same_file_again_changes_nothing() -> None:
    register, first = Register().filed(draft("甲方案"))
    again, second = register.filed(draft("甲方案"))
    assert again is register
    assert (first.unchanged, second.unchanged) == (False, True)
    assert second.words() == "《甲方案》此前已经入册，内容没有变化。"


def test_a_newer_edition_replaces_the_old_one_and_says_what_became_different() -> None:
    register, new = Register().filed(edition("甲方案", "公开预算", "公开决算", "公开采购"))
    assert new.words() == "《甲方案》入册，任务3项。"
    register, difference = register.filed(edition("甲方案", "公开预算", "公开决算和绩效"))
    assert difference.same == ("甲方案#1",)
    assert difference.changed == ("甲方案#2",)
    assert difference.withdrawn == ("甲方案#3",)
    assert difference.words() == "《甲方案》更新，修改1项、撤销1项、不变1项。"
    assert [held.text for held in register.in_force.assignments] == ["公开预算", "公开决算和绩效"]
    assert len(register.in_force.documents) == 1
    assert register.revision == 2


def test_an_assignment_that_only_moved_in_the_file_is_the_same_one() -> None:
    register, _ = Register().filed(edition("甲方案", "公开预算"))
    moved = edition("甲方案", "公开预算")
    moved = replace(
        moved,
        document=replace(moved.document, digest="new bytes"),
        assignments=(replace(moved.assignments[0], place=Place(line=90)),),
    )
    register, difference = register.filed(moved)
    assert difference.same == ("甲方案#1",)
    assert register.in_force.assignments[0].place == Place(line=90)


def test_documents_keep_their_order_when_one_is_replaced() -> None:
    register = Register()
    for one in (
        edition("甲方案", "公开预算"),
        edition("乙方案", "办好实事"),
        edition("甲方案", "公开预算", "建好平台"),
    ):
        register, _ = register.filed(one)
    assert [document.id for document in register.in_force.documents] == ["甲方案", "乙方案"]
    assert [held.text for held in register.in_force.assignments] == ["公开预算", "建好平台", "办好实事"]


def test_a_document_without_assignments_is_kept_as_reference() -> None:
    register, difference = Register().filed(draft("公开条例", reference=True))
    assert difference.reference
    assert difference.words() == "《公开条例》没有任务，作为参考文件入册，可供引用。"
    assert register.references == register.documents
    assert register.of_document("公开条例") == ()
    again, second = register.filed(draft("公开条例", reference=True))
    assert second.reference
    assert again is register


def test_a_number_that_stands_twice_is_refused_by_name() -> None:
    doubled = replace(draft("甲方案"), assignments=(assignment("甲方案", 1), assignment("甲方案", 1, "别的")))
    with pytest.raises(RegisterError, match="《甲方案》中任务编号“甲方案#1”（第4行）与别的任务重复"):
        Register().filed(doubled)


def test_an_assignment_of_another_document_is_refused() -> None:
    register, _ = Register().filed(draft("甲方案", 1))
    stolen = replace(draft("乙方案"), assignments=(assignment("甲方案", 1),))
    with pytest.raises(RegisterError, match="没有入册"):
        register.filed(stolen)


def test_things_are_found_by_id_source_and_digest() -> None:
    register = Register().filed(draft("甲方案"))[0].filed(draft("乙方案", 2))[0]
    assert register.assignment("乙方案#2") == assignment("乙方案", 2)
    assert register.assignment("乙方案#3") is None
    assert register.document("甲方案") == draft("甲方案").document
    assert register.document("丙方案") is None
    assert [document.id for document in register.of_source("乙方案.txt")] == ["乙方案"]
    assert register.of_digest("digest of 甲方案 3") == draft("甲方案").document
    assert [held.id for held in register.of_document("乙方案")] == ["乙方案#1", "乙方案#2"]


def test_a_scope_sees_its_documents_only() -> None:
    register = Register().filed(draft("甲方案"))[0].filed(draft("乙方案"))[0]
    scoped = register.scoped(["乙方案", "没有的文件"])
    assert [document.id for document in scoped.documents] == ["乙方案"]
    assert {held.document for held in scoped.assignments} == {"乙方案"}
    assert register.scoped([]).documents == ()
    assert register.scoped(None) is register


def test_the_same_scope_is_the_same_object_so_that_an_index_over_it_is_kept() -> None:
    register = Register().filed(draft("甲方案"))[0].filed(draft("乙方案"))[0]
    assert register.scoped(("乙方案",)) is register.scoped({"乙方案"})
    assert hash(register.scoped(["甲方案"])) == hash(register)
    assert register.scoped(["甲方案"]) != register.scoped(["乙方案"])


def test_a_scoped_view_cannot_be_filed_into() -> None:
    register = Register().filed(draft("甲方案"))[0].filed(draft("乙方案"))[0]
    with pytest.raises(ValueError, match="view"):
        register.scoped(["甲方案"]).filed(draft("丙方案"))


def test_a_conversation_is_bound_to_filed_documents_only() -> None:
    register, _ = Register().filed(draft("甲方案"))
    bound = register.bound("qq:1", ["甲方案", "甲方案"])
    assert bound.binding("qq:1") == ("甲方案",)
    assert bound.revision == register.revision + 1
    assert bound.bound("qq:1", None).binding("qq:1") is None
    with pytest.raises(RegisterError, match="没有编号为“乙方案”的文件"):
        register.bound("qq:1", ["乙方案"])
