"""A liaison leaves and another one takes over."""

import pytest

from knowledge.ledger import EntryKind
from knowledge.people import LIAISON, STAFF, SUPERVISOR
from tests.stories.offices import Chats, code_of


@pytest.fixture
def chats() -> Chats:
    office = Chats()
    office.enrol("wecom/liu", "刘督", "", SUPERVISOR)
    office.enrol("qq/1", "王芳", "市财政局", LIAISON)
    return office


def test_who_takes_over_and_has_no_account_gets_a_code(chats: Chats) -> None:
    told = chats.says("wecom/liu", "交接 财政局 王芳 → 李强")
    assert told.splitlines()[:3] == [
        "已登记交接：市财政局联络员由王芳改为李强。",
        "未办结任务1项：",
        "1. 第1项“公开第1类信息”：2026年9月30日（星期三）到期",
    ]
    assert "我还不认识您" in chats.says("qq/1", "第1项已完成")
    chats.says("qq/2", f"绑定 {code_of(told)}")
    assert "已登记" in chats.says("qq/2", "第1项已完成")
    (entry,) = chats.app.store.ledger().kinds(EntryKind.HANDED)
    assert (entry.who, entry.unit, entry.details["open"]) == ("刘督", "市财政局", ["plan#1"])
    assert chats.says("wecom/liu", "交接单 财政局").startswith(
        "市财政局最近一次交接：2026年7月1日（星期三），王芳移交李强（刘督经办）。"
    )


def test_who_is_enrolled_already_becomes_the_liaison_with_his_accounts(chats: Chats) -> None:
    chats.enrol("qq/3", "小陈", "市财政局", STAFF)
    assert chats.says("wecom/liu", "交接 市财政局 王芳 给 小陈").startswith(
        "已登记交接：市财政局联络员由王芳改为小陈。"
    )
    assert chats.says("qq/3", "我是谁").startswith("您是市财政局 小陈（联络员）")


def test_in_a_group_no_code_is_said(chats: Chats) -> None:
    told = chats.says("wecom/liu", "交接 市财政局 王芳 → 李强", "qq/群")
    assert "请在与我的私聊里发“邀请 市财政局 李强 联络员”" in told
    assert chats.kinds(EntryKind.INVITED) == 0


def test_what_cannot_be_handed_over_is_said(chats: Chats) -> None:
    told = chats.says("wecom/liu", "交接 市财政局 张三 → 李强")
    assert told == "市财政局的联络员里没有张三。现在的联络员：王芳。"
    assert "同一个名字" in chats.says("wecom/liu", "交接 市财政局 王芳 → 王芳")
    assert "不能办理交接，这要由督查员、管理员来做" in chats.says("qq/1", "交接 市财政局 王芳 → 李强")
    assert "我还不认识您" in chats.says("qq/9", "交接 市财政局 王芳 → 李强")
    assert chats.says("wecom/liu", "交接单 市教育局").startswith("台账里没有市教育局的交接记录")
    assert chats.kinds(EntryKind.HANDED) == 0
