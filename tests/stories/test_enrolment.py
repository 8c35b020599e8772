"""Who somebody is: codes, accounts, strangers."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.config import Config
from bot.people_settings import PeopleConfig
from knowledge.codec import encode
from knowledge.ledger import EntryKind
from knowledge.people import ADMINISTRATOR, LIAISON, STAFF, SUPERVISOR, People, Person, Strangers
from tests.stories.offices import Chats, code_of


@pytest.fixture
def chats() -> Chats:
    office = Chats()
    office.enrol("wecom/zhou", "周明", "", ADMINISTRATOR)
    return office


def test_the_first_administrator_invites_a_liaison_who_then_reports() -> None:
    chats = Chats()
    first = chats.first()
    assert "请连同姓名一起发" in chats.says("qq/10001", f"绑定 {first}")
    assert chats.says("qq/10001", f"绑定 {first} 周明").startswith("已绑定：您是周明（管理员）。")
    assert chats.first() == ""
    code = code_of(chats.says("qq/10001", "邀请 财政局 王芳 联络员"))
    told = chats.says("wecom/wangfang", f"绑定 {code[:4].lower()} {code[4:]}")
    assert told.startswith("已绑定：您是市财政局 王芳（联络员）。可以提问、回“收到”、报进展、申请延期")
    assert "已登记" in chats.says("wecom/wangfang", "第1项已完成")
    assert chats.kinds(EntryKind.REPORTED) == 1
    assert chats.says("wecom/wangfang", "我是谁").startswith("您是市财政局 王芳（联络员），2026年7月1日（星期三）起。")
    written = json.dumps([encode(one) for one in chats.app.store.ledger()], ensure_ascii=False)
    assert code not in written
    assert first not in written


def test_a_code_is_used_once_and_a_replay_counts_as_a_guess(chats: Chats) -> None:
    code = code_of(chats.says("wecom/zhou", "邀请 市财政局 王芳"))
    chats.says("qq/1", f"绑定 {code}")
    assert chats.says("qq/1", f"绑定 {code}") == "这个绑定码您已经用过了，您是市财政局 王芳（联络员）。"
    assert "只能用一次。如果不是您本人用的，请马上告诉管理员周明。" in chats.says("qq/2", f"绑定 {code}")
    assert chats.says("qq/2", "我是谁").startswith("我还不认识您。请向管理员周明要一个绑定码")


def test_guessing_is_limited_for_each_account_and_for_all(chats: Chats) -> None:
    code = code_of(chats.says("wecom/zhou", "邀请 市财政局 王芳"))
    for left in (4, 3, 2, 1):
        assert f"还可以试{left}次" in chats.says("qq/6", "绑定 A2C3D4E5")
    assert "请一小时后再试" in chats.says("qq/6", "绑定 A2C3D4E5")
    assert "请一小时后再试" in chats.says("qq/6", f"绑定 {code}")
    assert chats.says("qq/7", f"绑定 {code}").startswith("已绑定")
    assert chats.kinds(EntryKind.ENROLLED) == 2
    chats.later(hours=1)
    assert "没有这个绑定码" in chats.says("qq/6", "绑定 A2C3D4E5")


def test_a_code_typed_in_a_group_is_void_even_where_nobody_called_the_bot(chats: Chats) -> None:
    code = code_of(chats.says("wecom/zhou", "邀请 市财政局 王芳"))
    assert "这个码已经作废" in chats.says("qq/1", f"绑定 {code}", "qq/群", mentioned=False)
    assert "已经过期或者作废，请向管理员周明再要一个" in chats.says("qq/1", f"绑定 {code}")
    assert chats.says("qq/1", "绑定 A2C3D4E5", "qq/群").startswith("绑定码不要发在群里")
    assert chats.says("wecom/zhou", "邀请 市财政局 王芳", "qq/群") == "这件事请在与我的私聊里说。"


def test_a_code_is_over_after_a_week_and_void_when_a_new_one_is_given(chats: Chats) -> None:
    first = code_of(chats.says("wecom/zhou", "邀请 市财政局 王芳"))
    second = code_of(chats.says("wecom/zhou", "邀请 市财政局 王芳"))
    assert "过期或者作废" in chats.says("qq/1", f"绑定 {first}")
    chats.later(days=7)
    assert "过期或者作废" in chats.says("qq/1", f"绑定 {second}")


def test_a_code_with_somebody_elses_name_is_no_code(chats: Chats) -> None:
    code = code_of(chats.says("wecom/zhou", "邀请 市财政局 王芳"))
    assert chats.says("qq/1", f"绑定 {code} 李强").startswith("没有这个绑定码，请核对后再发（还可以试4次）")
    assert chats.says("qq/1", f"绑定 {code} 王芳").startswith("已绑定")
    assert chats.says("qq/1", "我是谁", "qq/群").count("\n") == 0


def test_the_card_of_a_stranger_in_a_group_proposes_and_proves_nothing(chats: Chats) -> None:
    told = chats.says("qq/财政局-王芳", "我是谁", "qq/群")
    assert told.endswith(
        "看群名片，您是市财政局的王芳；没有看错的话，请管理员周明私聊我发：邀请 市财政局 王芳 联络员。"
    )
    assert "请向管理员周明要一个绑定码" in chats.says("qq/财政局-王芳", "第1项已完成", "qq/群")
    for unsaid in ("小王", "某某局-王芳", "财政局-预算科"):
        assert "群名片" not in chats.says(f"qq/{unsaid}", "我是谁", "qq/群")
    assert "群名片" not in chats.says("qq/财政局-王芳", "我是谁")


def test_ids_are_compared_as_they_are(chats: Chats) -> None:
    chats.enrol("wecom/Wang Fang/2", "王芳", "市财政局", LIAISON)
    assert "王芳" in chats.says("wecom/Wang Fang/2", "我是谁")
    for other in ("wecom/wang fang/2", "wecom/WangFang/2", "qq/Wang Fang/2", "wecom/Wang Fang"):
        assert "我还不认识您" in chats.says(other, "我是谁")


def test_names_that_only_look_alike_are_one_name_or_none(chats: Chats) -> None:
    told = chats.says("wecom/zhou", "邀请 市财政局 王\u200b芳\u200d 联络员")
    assert "市财政局 王芳（联络员）的绑定码" in told
    chats.says("qq/1", f"绑定 {code_of(told)}")
    assert "给其再加一个账号" in chats.says("wecom/zhou", "邀请 市财政局 \u2ea9芳")
    assert chats.says("wecom/zhou", "邀请 市财政局 Аnna 联络员").startswith("请这样写：邀请")
    assert chats.says("wecom/zhou", "邀请 市财政局 王芳\n管理员 管理员").startswith("请这样写：邀请")


def test_who_answers_for_two_units_says_for_which(chats: Chats) -> None:
    for unit in ("市财政局", "市教育局"):
        told = chats.says("qq/1", f"绑定 {code_of(chats.says('wecom/zhou', f'邀请 {unit} 王芳 联络员'))}")
    assert "您同时登记在市财政局，从现在起代表市教育局；要换，请发“代表 市财政局”。" in told
    assert "没有登记" in chats.says("qq/1", "第1项已完成")
    assert chats.says("qq/1", "代表民政局").startswith("您没有登记为“民政局”的人员。")
    assert chats.says("qq/1", "代表财政局") == "好的，从现在起您代表市财政局（联络员）。"
    assert "已登记" in chats.says("qq/1", "第1项已完成")


def test_somebody_unbinds_himself_or_is_unbound(chats: Chats) -> None:
    chats.enrol("qq/1", "王芳", "市财政局", LIAISON)
    chats.enrol("qq/2", "李强", "市教育局", LIAISON)
    assert chats.says("qq/1", "解绑").startswith("已解绑：这个账号不再是市财政局 王芳（联络员）。")
    assert "我还不认识您" in chats.says("qq/1", "第1项已完成")
    assert "不能邀请人员" in chats.says("qq/2", "解绑 市财政局 王芳")
    assert (
        chats.says("wecom/zhou", "解绑 教育局 李强") == "已解绑：市教育局 李强（联络员）的账号全部取消，不能再报进展。"
    )
    assert "唯一的管理员" in chats.says("wecom/zhou", "解绑")


def test_who_is_not_enrolled_may_only_ask(chats: Chats) -> None:
    assert "市财政局" in chats.says("qq/5", "第1项谁牵头")
    for said in ("第1项已完成", "收到", "第1项延期到11月30日", "本群静默3天", "核对"):
        assert "我还不认识您" in chats.says("qq/5", said), said
        assert "我还不认识您" in chats.says("qq/5", said, "qq/群", role=SUPERVISOR, unit="市财政局"), said
    assert [one.kind for one in chats.app.store.ledger()] == [EntryKind.ENROLLED]
    assert "您还没有登记，只能提问。" in chats.says("qq/5", "帮助")


def test_each_role_does_what_it_may(chats: Chats) -> None:
    chats.enrol("qq/staff", "小陈", "市财政局", STAFF)
    chats.enrol("qq/liaison", "王芳", "市财政局", LIAISON)
    chats.enrol("qq/above", "刘督", "", SUPERVISOR)
    assert (
        "您登记的是工作人员，不能登记进展，这要由联络员、督查员、管理员来做。如有需要，请找管理员周明。"
        in chats.says("qq/staff", "第1项已完成")
    )
    assert "不能邀请人员" in chats.says("qq/liaison", "邀请 市财政局 小李 联络员")
    assert "不能邀请督查员和管理员" in chats.says("qq/above", "邀请 小李 管理员")
    assert "的绑定码" in chats.says("qq/above", "邀请 市财政局 小李 联络员")


@pytest.mark.parametrize(
    ("strangers", "alone", "group"),
    [
        (Strangers.ASK, "牵头", "牵头"),
        (Strangers.GROUPS, "只为登记过的人员服务", "牵头"),
        (Strangers.GREET, "只为登记过的人员服务", "只为登记过的人员服务"),
        (Strangers.SILENT, "", ""),
    ],
)
def test_what_strangers_may_ask_is_the_offices_setting(strangers: Strangers, alone: str, group: str) -> None:
    people = People((Person("周明", "", ADMINISTRATOR, ("qq/9",)),))
    chats = Chats(Config(people=PeopleConfig(strangers, people)))
    chats.app.store.file(chats.app.store.load().bound("qq/群", ["plan"]))
    said = chats.says("qq/5", "第1项谁牵头")
    assert alone in said
    assert bool(said) == bool(alone)
    assert group in chats.says("qq/5", "第1项谁牵头", "qq/群")
    assert "牵头" in chats.says("qq/9", "第1项谁牵头")
    assert "写在 qiantou.toml 的 [people] 里" in chats.says("qq/9", "解绑")


def test_questions_that_only_sound_like_it_are_answered_as_questions(chats: Chats) -> None:
    for asked in (
        "邀请函谁牵头",
        "解绑医保卡哪个部门负责",
        "代表委员建议办理谁牵头",
        "绑定银行卡谁负责",
        "交接工作谁负责",
    ):
        assert "我不能猜" in chats.says("wecom/zhou", asked), asked
    assert chats.kinds(EntryKind.INVITED) == 0


VERBS = (
    "收到",
    "完成",
    "第1项已完成",
    "同意",
    "确认绑定",
    "绑定",
    "绑定本群",
    "解绑",
    "邀请",
    "交接",
    "静默",
    "撤销",
    "核对",
    "通过",
)


@settings(deadline=None)
@given(st.sampled_from(VERBS), st.text(max_size=12), st.booleans(), st.booleans())
def test_whatever_a_stranger_says_nothing_but_his_guesses_is_written(
    verb: str, rest: str, group: bool, mentioned: bool
) -> None:
    chats = Chats()
    chats.enrol("wecom/zhou", "周明", "", ADMINISTRATOR)
    outcome = chats.outcome("qq/5", f"{verb} {rest}", "qq/群" if group else "", mentioned)
    assert {one.kind for one in outcome.entries} <= {EntryKind.INVITED}
    assert all(one.details["act"] == "wrong" for one in outcome.entries)
    assert outcome.bound is None
    assert outcome.amended is None
