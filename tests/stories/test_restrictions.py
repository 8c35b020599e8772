"""负面清单: what may be spoken of in cleared conversations only is nowhere else, and every attempt is in the ledger."""

import asyncio
from dataclasses import replace

import pytest

from bot.channels.memory import MemoryChannel
from bot.config import Config, RemindersConfig
from knowledge.directory import bound_entry
from knowledge.ledger import Entry, EntryKind
from knowledge.model import Doubt, Passage, Place
from knowledge.people import LIAISON, STAFF, SUPERVISOR
from knowledge.restrictions import Restriction, Restrictions
from scheduler.addressees import routes
from tests.scheduler.offices import PLAN, at, by, duty, register_of
from tests.stories.offices import Chats

SECRET = replace(PLAN, id="secret", title="云溪市2026年专项处置任务分工", source="专项.txt", digest="1" * 64)


def row(number: int, text: str, day: str = "2026-07-31", **more: str):  # type: ignore[no-untyped-def]
    return replace(duty(number, by(day), **more), text=text, original=f"{text}。")


REGISTER = register_of(
    replace(row(1, "公开预算执行情况"), doubts=(Doubt("lead-inherited", "牵头单位沿用上一行。", words="市财政局"),)),
    row(2, "核查某化工园区信访积案"),
    row(3, "公开惠民补贴发放情况"),
    row(4, "公开救灾物资调拨情况", unit="市民政局"),
    row(1, "完成专项处置资金拨付", document="secret"),
    documents=[
        replace(PLAN, passages=(Passage("各单位要严格落实信访积案保密要求。", Place(line=9)),)),
        SECRET,
    ],
)
LIST = Restrictions(
    (
        Restriction("涉及信访人个人信息", words=("信访积案",)),
        Restriction("尚未对外公布", documents=("专项处置",)),
        Restriction("领导批示暂不公开", assignments=(f"《{PLAN.title}》第4项",)),
    ),
    frozenset({"财政内部群"}),
)
SENTENCE = "这个问题按规定不在本群答复。如工作需要，请联系督查员刘督。"


@pytest.fixture
def chats() -> Chats:
    office = Chats(Config(reminders=RemindersConfig(supervisors="督查群"), restrictions=LIST), REGISTER)
    office.enrol("qq/1", "王芳", "市财政局", LIAISON)
    office.enrol("qq/3", "小陈", "市财政局", STAFF)
    office.enrol("wecom/liu", "刘督", "", SUPERVISOR)
    return office


def attempts(chats: Chats) -> list[Entry]:
    return list(chats.app.store.ledger().kinds(EntryKind.RESTRICTED))


def test_what_is_listed_is_answered_only_where_it_is_cleared(chats: Chats) -> None:
    for asked, row_ in (
        ("信访积案谁牵头", "plan#2"),
        ("第4项谁牵头", "plan#4"),
        ("专项处置资金拨付什么时候完成", "secret#1"),
        ("化工园区核查谁负责", "plan#2"),
    ):
        assert chats.says("qq/3", asked, "qq/群") == SENTENCE, asked
        assert attempts(chats)[-1].words == asked
        assert attempts(chats)[-1].details["touched"] == [row_]
        assert "市" in chats.says("qq/3", asked, "财政内部群")
        assert chats.says("qq/3", asked, "督查群") != SENTENCE
    assert len(attempts(chats)) == 4
    assert attempts(chats)[0].who == "小陈"
    assert "市财政局" in chats.says("qq/3", "预算执行情况谁牵头", "qq/群")


def test_a_word_of_the_list_is_refused_however_it_is_spaced_and_also_where_nothing_is_known(chats: Chats) -> None:
    assert chats.says("qq/3", "信 访，积案到底怎么回事", "qq/群") == SENTENCE
    assert chats.says("qq/3", "信访积案保密要求是什么").startswith("这个问题按规定不在这里答复")
    assert len(attempts(chats)) == 2
    assert chats.says("qq/3", "信访积案谁牵头", "qq/群", mentioned=False) == ""
    assert len(attempts(chats)) == 2


def test_a_list_leaves_it_out_and_counts_it(chats: Chats) -> None:
    told = chats.says("qq/3", "财政局有哪些任务", "qq/群")
    assert "预算执行" in told
    assert "积案" not in told
    assert "专项处置" not in told
    assert told.endswith("另有2项按规定不在这里答复。")
    summary = chats.says("qq/3", "本周汇总", "qq/群")
    assert "积案" not in summary
    assert summary.endswith("另有3项按规定不在这里答复。")
    assert attempts(chats) == []
    assert "专项" not in chats.says("qq/3", "有哪些文件", "qq/群")
    assert "积案" in chats.says("qq/3", "财政局有哪些任务", "财政内部群")


def test_nothing_is_reported_reviewed_or_handed_over_of_it_elsewhere(chats: Chats) -> None:
    assert chats.says("qq/1", "第2项已完成", "qq/群") == SENTENCE
    assert chats.says("wecom/liu", f"核对《{PLAN.title}》", "qq/群") in (
        SENTENCE,
        chats.says("wecom/liu", "核对", "qq/群"),
    )
    assert chats.kinds(EntryKind.REPORTED) == 0
    told = chats.says("wecom/liu", "交接 市财政局 王芳 → 李强", "qq/群")
    assert "积案" not in told
    assert "惠民补贴" in told


def test_a_reminder_goes_to_the_units_cleared_conversation_or_to_the_supervisors(chats: Chats) -> None:
    now = chats.app.clock.now()
    chats.app.store.append(
        *(bound_entry(name, "市财政局", now, "测试") for name in ("qq/群", "财政内部群")),
        bound_entry("民政群", "市民政局", now, "测试"),
    )
    heard = {
        id: [one.conversation for one in found] for id, found in routes(chats.app.register, chats.app.policy).items()
    }
    assert heard == {
        "plan#1": ["qq/群", "财政内部群"],
        "plan#2": ["财政内部群"],
        "plan#3": ["qq/群", "财政内部群"],
        "plan#4": ["督查群"],
        "secret#1": ["财政内部群"],
    }


def test_whatever_is_said_unasked_names_it_in_cleared_conversations_only(chats: Chats) -> None:
    now = chats.app.clock.now()
    chats.app.store.append(
        bound_entry("qq/群", "市财政局", now, "测试"), bound_entry("民政群", "市民政局", now, "测试")
    )
    for day in ("2026-07-22", "2026-07-31", "2026-08-03", "2026-08-05", "2026-08-07"):
        for hour in ("09:30", "16:30"):
            chats.clock.set(at(f"{day} {hour}"))
            asyncio.run(chats.app.tick())
    channel = chats.app.channel
    assert isinstance(channel, MemoryChannel)
    said: dict[str, str] = {}
    for one in channel.posted:
        said[one.conversation] = said.get(one.conversation, "") + one.text
    assert {"qq/群", "督查群"} <= set(said)
    for conversation, text in said.items():
        if conversation != "督查群":
            assert not any(word in text for word in ("积案", "专项", "救灾")), conversation
    assert all(word in said["督查群"] for word in ("积案", "救灾", "按负面清单不能在其会话里提醒"))
    assert "另有2项按规定不在本群列出。" in said["qq/群"]


PROBES = (
    *(
        "有哪些任务",
        "本周汇总",
        "导出任务",
        "有哪些逾期",
        "财政局进展如何",
        "第2项",
        "2",
        "更多",
        "7月底前到期的有哪些",
        "谁最多",
    ),
    *(
        "有哪些文件",
        "今年和去年有什么不同",
        "核对",
        "等待核定的有哪些",
        "静默情况",
        "收到",
        "撤销",
        "导出周报",
        "民政局的任务",
        "园区核查",
    ),
    *(
        "资金拨付谁负责",
        "第4项什么时候完成",
        "第2、3、4项谁牵头",
        "我们单位还有什么没办",
        "那谁配合呢",
        "原文是什么",
        "保密要求",
    ),
)


def test_no_question_and_no_code_brings_it_out_elsewhere(chats: Chats) -> None:
    """Whatever is asked: neither a reply nor a table nor a paper, and no entry, tells of it."""
    now = chats.app.clock.now()
    chats.app.store.append(bound_entry("财政内部群", "市财政局", now, "测试"))
    chats.clock.set(at("2026-07-31 09:30"))
    asyncio.run(chats.app.tick())
    chats.says("qq/1", "第2项已完成", "财政内部群")
    told = chats.app.store.ledger().kinds(EntryKind.SENT, EntryKind.REPORTED)
    codes = dict.fromkeys(str(one.details["code"]) for one in told if one.details.get("code"))
    assert len(codes) >= 4
    coded = [
        form.format(code) for code in codes for form in ("回执 {}", "收到 {}", "完成 {}", "{} 延期到9月30日", "通过 {}")
    ]
    for person, group in (("wecom/liu", "qq/别的群"), ("qq/1", "")):
        for text in (*PROBES, *coded):
            chats.later(seconds=10)
            outcome = chats.outcome(person, text, group)
            shown = f"{outcome.text}{outcome.export}{outcome.papers}"
            assert not any(word in shown for word in ("积案", "化工", "专项处置", "救灾")), text
            assert not {one.assignment for one in outcome.entries} & {"plan#2", "plan#4", "secret#1"}, text
