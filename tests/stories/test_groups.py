"""What a group is bound to: asked for in the group, confirmed by a supervisor, moved and taken apart by platforms."""

import re
from dataclasses import replace

import pytest

from bot.channels.hearing import Tiding, TidingKind
from bot.config import Config, RemindersConfig
from knowledge.directory import Liaison, liaison_entry
from knowledge.groups import ASKED, Wish
from knowledge.people import ADMINISTRATOR, LIAISON, STAFF, SUPERVISOR
from scheduler.addressees import routes
from tests.scheduler.offices import PLAN
from tests.stories.offices import Chats

GROUP = "qq/30003"


@pytest.fixture
def chats() -> Chats:
    office = Chats(Config(reminders=RemindersConfig(supervisors="督查群")))
    office.enrol("wecom/zhou", "周明", "", ADMINISTRATOR)
    office.enrol("wecom/liu", "刘督", "", SUPERVISOR)
    office.enrol("qq/chen", "小陈", "市财政局", STAFF)
    return office


def code(answer: str) -> str:
    found = re.search(r"确认绑定 ([A-Z0-9]{4})", answer)
    assert found, answer
    return found[1]


def heard(chats: Chats, assignment: str = "plan#1") -> list[str]:
    """Who hears of an assignment."""
    return [one.conversation for one in routes(chats.app.register, chats.app.policy)[assignment]]


def test_anyone_enrolled_asks_in_the_group_and_a_supervisor_confirms_in_his_own_chat(chats: Chats) -> None:
    told = chats.says("qq/chen", "绑定本群 财政局、市教育局", GROUP)
    assert told.startswith("申请绑定本群：市财政局、市教育局。")
    assert heard(chats) == ["督查群"]
    assert "要由督查员、管理员来做" in chats.says("qq/chen", f"确认绑定 {code(told)}", GROUP)
    assert f"{code(told)}　{GROUP}：市财政局、市教育局（小陈申请）" in chats.says("wecom/liu", "待确认绑定")
    confirmed = chats.says("wecom/liu", f"确认绑定 {code(told).lower()}")
    assert confirmed == "已确认绑定：市财政局、市教育局。这些单位的提醒会发到这个群。"
    assert heard(chats) == [GROUP]
    assert heard(chats, "plan#3") == ["督查群"]
    assert "没有等待确认的绑定" in chats.says("wecom/liu", f"确认绑定 {code(told)}")
    assert chats.says("qq/chen", "本群绑定情况", GROUP) == "单位：市教育局、市财政局。"


def test_documents_are_bound_in_the_register_and_a_supervisors_own_word_is_enough(chats: Chats) -> None:
    told = chats.says("wecom/liu", f"绑定本群 《{PLAN.title}》", GROUP)
    assert told == f"已确认绑定：《{PLAN.title}》。群里可以问这些文件，到期提醒也会发到这里。"
    assert chats.app.register.binding(GROUP) == (PLAN.id,)
    assert heard(chats) == [GROUP]
    chats.says("wecom/liu", "绑定本群 全部文件", GROUP)
    assert chats.app.register.binding(GROUP) is None


def test_what_is_refused_stays_as_it_is(chats: Chats) -> None:
    told = chats.says("qq/chen", "绑定本群 市财政局", GROUP)
    assert chats.says("wecom/liu", f"不同意绑定 {code(told)}") == "没有绑定：市财政局（申请人：小陈）。"
    assert heard(chats) == ["督查群"]
    assert "我还不认识您" in chats.says("qq/other", "绑定本群 市财政局", GROUP)
    assert chats.says("qq/chen", "绑定本群 市财政局").startswith("请在要绑定的群里说")
    assert "没有叫“航天局”的文件，也没有写到这个单位" in chats.says("qq/chen", "绑定本群 航天局", GROUP)
    told = chats.says("qq/chen", "绑定本群 市财政局", GROUP)
    chats.later(days=15)
    assert "没有等待确认的绑定" in chats.says("wecom/liu", f"确认绑定 {code(told)}")


def test_a_document_that_is_gone_meanwhile_is_not_bound(chats: Chats) -> None:
    wish = Wish(GROUP, documents=("gone",), by="小陈", code="K7M4")
    chats.app.store.append(wish.entry(ASKED, chats.clock.now(), "小陈", GROUP))
    assert chats.says("wecom/liu", "确认绑定 K7M4").startswith("总册中没有编号为“gone”的文件")
    assert chats.app.register.binding(GROUP) is None


def test_two_groups_of_two_platforms_are_one_conversation(chats: Chats) -> None:
    chats.says("wecom/liu", "绑定本群 市财政局", "wecom/wrAbC")
    told = chats.says("qq/chen", "本群与“wecom/wrAbC”是同一个群", GROUP)
    assert told.startswith("申请登记：本群与“wecom/wrAbC”是同一个群。")
    chats.says("wecom/liu", f"确认绑定 {code(told)}")
    assert chats.app.groups.natives("wecom/wrAbC") == (GROUP, "wecom/wrAbC")
    assert heard(chats) == ["wecom/wrAbC"]
    assert chats.says("qq/chen", "本群绑定情况", GROUP) == "本群登记为“wecom/wrAbC”。单位：市财政局。"
    assert chats.says("qq/chen", "本群绑定情况", "qq/30004").startswith("本群还没有绑定")
    chats.says("wecom/liu", "解除本群绑定", GROUP)
    assert chats.app.groups.name(GROUP) == GROUP


def test_what_was_bound_to_either_of_two_groups_is_bound_to_the_one_that_they_are(chats: Chats) -> None:
    chats.says("wecom/liu", "绑定本群 市财政局", "wecom/wrAbC")
    chats.says("wecom/liu", f"绑定本群 市教育局 《{PLAN.title}》", GROUP)
    assert heard(chats) == ["wecom/wrAbC"]
    chats.says("wecom/liu", "本群与“wecom/wrAbC”是同一个群", GROUP)
    assert [heard(chats, id) for id in ("plan#1", "plan#2", "plan#3")] == [["wecom/wrAbC"], ["wecom/wrAbC"], ["督查群"]]
    assert chats.app.register.binding("wecom/wrAbC") == (PLAN.id,)
    assert chats.app.register.binding(GROUP) is None


def test_a_group_of_the_settings_is_found_by_its_name(chats: Chats) -> None:
    assert "没有叫“别的群”的会话。现有：“督查群”。" in chats.says("wecom/liu", "本群与“别的群”是同一个群", GROUP)
    chats.says("wecom/liu", "本群与“督查群”是同一个群", GROUP)
    assert chats.app.native("督查群") == GROUP
    assert heard(chats) == ["督查群"]


def test_case_tells_groups_apart(chats: Chats) -> None:
    chats.says("wecom/liu", "绑定本群 市财政局", "wecom/wrAbC")
    assert chats.says("wecom/liu", "本群绑定情况", "wecom/wrabc").startswith("本群还没有绑定")


def test_a_moved_group_keeps_its_name_its_bindings_and_its_history(chats: Chats) -> None:
    chats.says("wecom/liu", "绑定本群 市财政局", "tg/-100")
    moved = Tiding(TidingKind.MOVED, "tg", "tg/-100", to="tg/-1001999")
    assert chats.app.told(moved).entries
    assert not chats.app.told(moved).entries
    assert heard(chats) == ["tg/-100"]
    assert chats.app.native("tg/-100") == "tg/-1001999"
    assert chats.says("wecom/liu", "本群绑定情况", "tg/-1001999") == "本群登记为“tg/-100”。单位：市财政局。"
    chats.app.told(Tiding(TidingKind.MOVED, "tg", "tg/-1001999", to="tg/-100"))
    assert chats.app.native("tg/-100") == "tg/-100"


def test_a_group_that_is_gone_hears_nothing_and_is_named_to_the_administrators(chats: Chats) -> None:
    chats.says("wecom/liu", "绑定本群 市财政局", GROUP)
    gone, joined = (Tiding(kind, "qq", GROUP) for kind in (TidingKind.GONE, TidingKind.JOINED))
    chats.app.told(gone)
    assert heard(chats) == ["督查群"]
    assert chats.app.alarms.on == (
        "我被移出了群“qq/30003”，已停止往那里发提醒。如不是有意的，请把我重新加入；如群已解散，请用 qiantou bind 改绑别的会话。",
    )
    assert chats.app.told(joined).text == "大家好，我回来了。本群的绑定还在，可以接着用。"
    assert heard(chats) == [GROUP]
    assert chats.app.alarms.on == ()


def test_a_new_group_is_greeted_once(chats: Chats) -> None:
    joined = Tiding(TidingKind.JOINED, "qq", "qq/7")
    first = chats.app.told(joined)
    assert first.replies[0].conversation == "qq/7"
    assert "请登记过的人员@我发：绑定本群 单位名称" in first.text
    assert chats.app.told(joined).replies == ()


def test_a_liaison_is_called_where_his_account_is_and_named_elsewhere(chats: Chats) -> None:
    chats.enrol("qq/20002", "王芳", "市财政局", LIAISON)
    chats.enrol("wecom/wangfang", "王芳", "市财政局", LIAISON)
    named = chats.app.policy.directory.named_for
    assert named(("市财政局",), GROUP) == (Liaison("市财政局", "王芳", "20002"),)
    assert named(("市财政局",), "wecom/wrAbC") == (Liaison("市财政局", "王芳", "wangfang"),)
    assert named(("市财政局",), "督查群") == (Liaison("市财政局", "王芳"),)
    chats.app.store.append(liaison_entry(Liaison("市财政局", "王芳"), chats.clock.now(), "测试"))
    assert chats.app.policy.directory.named_for(("市财政局",), GROUP) == (Liaison("市财政局", "王芳", "20002"),)
    alike = replace(chats.app.policy.directory, platforms={"hook": "wecom", "wecom": "wecom"})
    assert alike.named_for(("市财政局",), "hook/财政群") == (Liaison("市财政局", "王芳", "wangfang"),)
    chats.says("wecom/liu", "本群与“督查群”是同一个群", GROUP)
    assert chats.app.policy.directory.named_for(("市财政局",), "督查群") == (Liaison("市财政局", "王芳", "20002"),)
