"""核对 in a chat: transcripts of supervisors, of those who may not, and of two at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.app import App
from bot.channels.memory import MemoryChannel
from bot.clock import VirtualClock
from bot.learned import FILE_NAME
from knowledge.ledger import Entry, EntryKind
from knowledge.lexicon import lexicon_of
from knowledge.model import Doubt, Draft, Message, Place, Turn
from knowledge.register import Register
from knowledge.store import MemoryStore
from scheduler.calendar import WorkCalendar
from scheduler.policy import SHANGHAI
from tests.knowledge.review.plans import COOPERATING, LEAD, inherited, lead, plan, row

NINE = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
FORM = Doubt("unit-form", "“县发改”不像一个单位的名称，请核对。", Place(line=12), "县发改")
PLAN = plan(
    row(1, "公开古桥修缮进度", lead("县水利局"), when="2026年6月底前", doubts=(inherited("县水利局", 1),)),
    row(2, "公开发展规划", lead("县发改"), doubts=(FORM,)),
    row(3, "公开预算", lead("县财政局")),
    unread=("注：以上工作按季度通报",),
)


def report(number: int, status: str) -> Entry:
    return Entry(
        EntryKind.REPORTED,
        NINE,
        "王",
        document="plan",
        assignment=f"plan-{number}",
        unit="县水利局",
        details={"status": status},
    )


class Chat:
    """An office with documents in it, and people who talk to the bot."""

    def __init__(self, *drafts: Draft, words: Path | None = None) -> None:
        register = Register()
        for draft in drafts:
            register, _ = register.filed(draft)
        self.store = MemoryStore(register, report(1, "in_progress"))
        self.clock = VirtualClock(NINE)
        self.app = App(self.store, MemoryChannel(), WorkCalendar(), clock=self.clock, words=words)
        self.turns: dict[str, tuple[Turn, ...]] = {}

    def says(self, text: str, who: str = "李明", role: str = "supervisor", **more: object) -> str:
        turns = self.turns.get(who, ())
        message = Message(text, f"与{who}私聊", who, role, turns=turns, **more)  # type: ignore[arg-type]
        reply = self.app.receive(message).text
        self.turns[who] = (*turns, Turn(text), Turn(reply, by_bot=True))
        return reply

    def reviewed(self) -> list[tuple[object, str]]:
        """What the ledger says of the review: verb, and who."""
        return [(entry.details["verb"], entry.who) for entry in self.store.ledger().kinds(EntryKind.REVIEWED)]


def test_a_supervisor_walks_through_the_doubts_by_numbers() -> None:
    chat = Chat(PLAN)
    first = chat.says("核对")
    assert first.startswith("核对《杏河县2026年政务公开任务分工方案》：任务3项，要核对3处。")
    assert "【核对 1/3】第1项（第11行）" in first
    assert "公开古桥修缮进度" in first
    assert "  1 照现在的读法：县水利局" in first
    second = chat.says("改成 县林业局")
    assert second.startswith("记下了：第1项牵头单位：县水利局 → 县林业局。")
    assert "【核对 2/3】第2项（第12行）" in second
    third = chat.says("1")
    assert "【核对 3/3】没有读入的一行（第40行）" in third
    last = chat.says("1")
    assert "【核对完了】照读法1处，改正2处。" in last
    assert "入册吗？" in last
    assert chat.store.revision() == 1
    done = chat.says("1")
    assert "修改1项" in done
    assert chat.store.revision() == 2
    assert chat.reviewed() == [("started", "李明"), ("corrected", "李明"), ("accepted", "李明"), ("corrected", "李明")]


def test_a_correction_keeps_ids_and_progress_and_names_the_review_in_the_ledger() -> None:
    chat = Chat(PLAN)
    for text in ("核对", "改成 县林业局", "跳过", "跳过", "1"):
        chat.says(text)
    register, ledger = chat.store.load(), chat.store.ledger()
    assert [one.id for one in register.assignments] == ["plan-1", "plan-2", "plan-3"]
    assert register.assignments[0].units(LEAD) == ("县林业局",)
    assert ledger.latest_report("plan-1") is not None
    filed = ledger.kinds(EntryKind.FILED)[-1]
    assert filed.who == "李明"
    assert filed.details["review"] == {"accepted": 0, "corrected": 1, "skipped": 2, "left": 0}
    assert filed.details["changed"] == ["plan-1"]
    assert "再发“核对”" in chat.turns["李明"][-1].text
    assert "【核对 1/2】第2项" in chat.says("核对")


def test_questions_in_between_go_their_ordinary_way() -> None:
    chat = Chat(PLAN)
    chat.says("核对")
    assert "县财政局" in chat.says("公开预算谁牵头")
    assert "核对" not in chat.says("1")
    assert chat.reviewed() == [("started", "李明")]
    assert "【核对 1/3】" in chat.says("核对")


def test_back_and_stop_and_going_on_after_a_restart() -> None:
    chat = Chat(PLAN)
    for text in ("核对", "改成 县林业局", "返回"):
        last = chat.says(text)
    assert last.startswith("退回上一处。")
    assert "【核对 1/3】" in last
    chat.says("1")
    assert "停下了，总册没有变化：核对了1处，都已存下，还剩2处；再发“核对”接着来。" in chat.says("停")
    chat.app = App(chat.store, MemoryChannel(), WorkCalendar(), clock=chat.clock)
    chat.turns.clear()
    again = chat.says("核对")
    assert "上次核对到第2处（共3处），接着来。" in again
    assert "【核对 2/3】第2项" in again


@pytest.mark.parametrize("role", ["staff", "liaison"])
def test_others_are_sent_to_the_supervisor(role: str) -> None:
    chat = Chat(PLAN)
    assert "核对由督查员来做" in chat.says("核对", "小王", role)
    assert chat.reviewed() == []
    chat.says("核对")
    assert "记下了" not in chat.says("改成 县林业局", "小王", role)


def test_the_help_tells_a_supervisor_of_it_and_nobody_else() -> None:
    chat = Chat(PLAN)
    assert "核对存疑" in chat.says("怎么用")
    assert "核对存疑" not in chat.says("怎么用", "小王", "staff")


def test_in_a_group_the_bot_is_silent_unless_it_is_addressed() -> None:
    chat = Chat(PLAN)
    assert chat.says("核对", group=True, mentioned=False) == ""
    assert "【核对 1/3】" in chat.says("核对", group=True, mentioned=True)
    assert chat.says("1", group=True, mentioned=False) == ""


def test_the_second_reviewer_is_told_who_is_at_it() -> None:
    chat = Chat(PLAN)
    chat.says("核对")
    chat.says("1")
    busy = chat.says("核对", "赵敏")
    assert busy.startswith("李明正在核对这份文件（最近一次答复在3月2日09:00，已核对1处）")
    assert "【核对" not in chat.says("1", "赵敏")
    chat.clock.set(NINE + timedelta(minutes=31))
    assert "上次核对到第2处" in chat.says("核对", "赵敏")
    assert "赵敏正在核对" in chat.says("核对")


def test_after_a_stop_the_other_goes_on_at_once() -> None:
    chat = Chat(PLAN)
    for text in ("核对", "1", "停"):
        chat.says(text)
    assert "上次核对到第2处" in chat.says("核对", "赵敏")


def test_who_was_overtaken_can_no_longer_answer() -> None:
    chat = Chat(PLAN)
    chat.says("核对")
    chat.clock.set(NINE + timedelta(minutes=31))
    chat.says("核对", "赵敏")
    assert "【核对" not in chat.says("1")
    assert chat.reviewed()[-1] == ("started", "赵敏")


def test_several_documents_are_listed_and_chosen() -> None:
    other = replace(
        PLAN.document,
        id="other",
        title="杏河县2026年河湖整治方案",
        source="河湖.txt",
        digest="d2",
        unread=PLAN.document.unread,
    )
    chat = Chat(PLAN, Draft(other))
    listed = chat.says("核对")
    assert "1 《杏河县2026年政务公开任务分工方案》：3处" in listed
    assert "2 《杏河县2026年河湖整治方案》：1处" in listed
    assert "核对《杏河县2026年河湖整治方案》" in chat.says("核对 2")
    assert "核对《杏河县2026年河湖整治方案》" in chat.says("核对 河湖.txt")
    assert "核对《杏河县2026年政务公开" in chat.says("核对《杏河县2026年政务公开任务分工方案》")
    assert "没有要核对的文件叫“林业”" in chat.says("核对 林业")


def test_a_conversation_reviews_only_what_it_may_see() -> None:
    chat = Chat(PLAN)
    assert chat.says("核对", scope=()) == "册中的文件没有要核对的地方了。"


def test_when_nothing_is_doubted_there_is_nothing_to_review() -> None:
    chat = Chat(plan(row(1, "公开预算", lead("县财政局"))))
    assert chat.says("核对") == "册中的文件没有要核对的地方了。"


def test_what_is_left_can_be_filed_unseen() -> None:
    chat = Chat(PLAN)
    chat.says("核对")
    chat.says("第3项 配合 县审计局")
    assert "还有2处没有看" in chat.says("入册")
    assert chat.store.load().assignments[2].units(COOPERATING) == ("县审计局",)
    assert len(chat.store.load().assignments[1].doubts) == 1


def test_a_confirmed_short_name_goes_into_the_lexicon_with_its_source(tmp_path: Path) -> None:
    chat = Chat(PLAN, words=tmp_path)
    for text in ("核对", "1", "就是县发展和改革委员会", "跳过"):
        last = chat.says(text)
    assert "“县发改”就是县发展和改革委员会" in last
    assert not (tmp_path / FILE_NAME).exists()
    chat.says("1")
    assert lexicon_of(tmp_path).nicknames["县发改"] == ("县发展和改革委员会",)
    text = (tmp_path / FILE_NAME).read_text("utf-8")
    assert (
        '"县发改" = ["县发展和改革委员会"]  # 李明，2026-03-02 09:00，核对《杏河县2026年政务公开任务分工方案》' in text
    )


def test_hostile_words_reach_neither_the_lexicon_nor_the_chat_as_more_than_words(tmp_path: Path) -> None:
    nasty = 'x"]\n[停用词]\n全部 = ["暗号"]'
    doubt = replace(FORM, words=nasty)
    chat = Chat(plan(row(1, "公开规划", lead(nasty), doubts=(doubt,))), words=tmp_path)
    for text in ("核对", '就是县\x1b]0盗\x07"] #发展局', "1"):
        chat.says(text)
    lexicon = lexicon_of(tmp_path)
    assert "暗号" not in lexicon.fillers
    (unit,) = chat.store.load().assignments[0].units(LEAD)
    assert "\x1b" not in unit
    written = (tmp_path / FILE_NAME).read_text("utf-8").splitlines()
    assert [line[:1] for line in written] == ["#", "", "[", '"']
