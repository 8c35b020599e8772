"""接待台: every question is answered once or its sender is told, whatever is said, taken back, repeated or cut short."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.channels.hearing import Heard, Tiding, TidingKind
from bot.channels.memory import MemoryChannel
from bot.channels.protocol import Capabilities, Status, Verdict
from bot.inbox import Inbox, Mark
from knowledge.groups import same_entry
from knowledge.ledger import EntryKind
from tests.contracts.counterparts.memory import ALL, MemoryCounterpart
from tests.contracts.served import NOW, Served

QUESTION = "市财政局有哪些任务"


def served(folder: Path, capabilities: Capabilities = ALL) -> Served:
    return Served(MemoryCounterpart(capabilities), folder)


def heard(id: str, text: str = QUESTION, **more: object) -> Heard:
    asked = Heard("memory", id, "memory/群Ab", "memory/王", text, NOW, "王芳", group=True)
    return replace(asked, **more)  # type: ignore[arg-type]


async def test_a_question_is_answered_once_however_often_it_is_delivered(tmp_path: Path) -> None:
    office = served(tmp_path)
    async with office.at_work():
        assert [await office.desk.hear(heard("1")) for _ in range(3)] == [True, False, False]
        await office.desk.settled()
        shown = await office.counterpart.see(1)
    assert [(one.where, one.answers) for one in shown] == [("memory/群Ab", "1")]
    assert "公开第1类信息" in shown[0].text
    assert office.inbox.mark_of("memory", "1") is Mark.ANSWERED


async def test_what_is_not_said_to_the_bot_is_kept_quiet_about(tmp_path: Path) -> None:
    office = served(tmp_path)
    async with office.at_work():
        await office.desk.hear(heard("1", mentioned=False))
        await office.desk.settled()
    assert (office.counterpart.messages, office.inbox.mark_of("memory", "1")) == ([], Mark.QUIET)


async def test_who_quotes_an_answer_of_the_bot_speaks_to_it(tmp_path: Path) -> None:
    office = served(tmp_path)
    async with office.at_work():
        await office.desk.hear(heard("1"))
        await office.desk.settled()
        id = office.counterpart.messages[0].id
        await office.desk.hear(heard("2", "市教育局呢", mentioned=False, quoted=id))
        await office.desk.hear(heard("3", "市教育局呢", mentioned=False, quoted="别人的"))
        await office.desk.settled()
    assert ["第2类" in one.text for one in office.counterpart.messages] == [False, True]


async def test_a_follow_up_is_understood_from_what_the_same_person_asked_there(tmp_path: Path) -> None:
    office = served(tmp_path)
    async with office.at_work():
        await office.desk.hear(heard("1"))
        await office.desk.hear(heard("2", "那市教育局呢"))
        await office.desk.hear(heard("3", "谁牵头", person="memory/李"))
        await office.desk.settled()
    assert "公开第2类信息" in office.counterpart.messages[1].text


async def test_a_table_that_was_asked_for_is_handed_out_and_where_that_fails_it_is_told_where_it_lies(
    tmp_path: Path,
) -> None:
    office = served(tmp_path)
    office.app.exports = tmp_path / "exports"
    async with office.at_work():
        await office.desk.hear(heard("1"))
        await office.desk.hear(heard("2", "导出"))
        await office.desk.settled()
        handed = office.counterpart.messages[-1]
        assert (handed.file.endswith(".xlsx"), handed.content[:2]) == (True, b"PK")
        office.counterpart._memory.script(Verdict(Status.SENT, "ok"))
        office.counterpart._memory.script(93000)
        await office.desk.hear(heard("3", "导出"))
        await office.desk.settled()
    kept = list((tmp_path / "exports").iterdir())
    assert len(kept) == 1
    assert kept[0].name in office.counterpart.messages[-1].text


async def test_answers_of_one_conversation_keep_their_order_and_another_does_not_wait(tmp_path: Path) -> None:
    office = served(tmp_path)
    async with office.at_work():
        for number in range(12):
            await office.desk.hear(heard(f"{number}", conversation=f"memory/群{number % 3}"))
        await office.desk.settled()
    for group in range(3):
        answered = [int(one.answers) for one in office.counterpart.messages if one.where == f"memory/群{group}"]
        assert answered == [group, group + 3, group + 6, group + 9]


async def test_a_question_that_is_taken_back_before_it_is_answered_gets_no_answer(tmp_path: Path) -> None:
    office = served(tmp_path)
    async with office.at_work():
        busy = threading.Event()
        office.desk._office.submit(busy.wait)
        await office.desk.hear(heard("1"))
        await office.desk.tell(Tiding(TidingKind.RECALLED, "memory", "memory/群Ab", id="1"))
        busy.set()
        await office.desk.settled()
    assert (office.counterpart.messages, office.inbox.mark_of("memory", "1")) == ([], Mark.RECALLED)


async def test_a_platform_that_is_busy_gets_the_answer_when_it_is_not(tmp_path: Path) -> None:
    office = served(tmp_path)
    office.counterpart._memory.script(Verdict(Status.FAILED, "忙", retry_after=30, trouble=None), 1)
    office.counterpart._memory.script(45009)
    async with office.at_work():
        await office.desk.hear(heard("1"))
        await office.desk.hear(heard("2"))
        await office.desk.settled()
    assert office.inbox.mark_of("memory", "1") is Mark.FAILED
    assert [one.answers for one in office.counterpart.messages] == ["2"]
    assert office.clock.now() - NOW >= timedelta(seconds=60)


async def test_a_message_that_cannot_be_kept_does_not_keep_the_others_away(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    office = served(tmp_path)
    async with office.at_work():
        assert await office.desk.hear(heard("1", ticket={"req": object()})) is False
        assert await office.desk.hear(heard("2")) is True
        await office.desk.settled()
    assert [one.answers for one in office.counterpart.messages] == ["2"]
    assert "已跳过" in caplog.text


async def test_an_answer_that_was_lost_is_not_said_again(tmp_path: Path) -> None:
    office = served(tmp_path)
    office.counterpart.lose_answer()
    async with office.at_work():
        await office.desk.hear(heard("1"))
        await office.desk.settled()
        await office.desk.resume()
        await office.desk.settled()
    assert (len(office.counterpart.messages), office.inbox.mark_of("memory", "1")) == (1, Mark.UNKNOWN)


# ---------------------------------------------------------------- after a crash
def left_behind(folder: Path, *what: tuple[Heard, Mark | None], minutes: float = 1) -> Served:
    """An office whose last run ended `minutes` ago with these messages in its inbox."""
    office = served(folder)
    office.clock.set(NOW - timedelta(minutes=minutes))
    before = Inbox(folder / "inbox.jsonl", office.clock)
    for message, mark in what:
        before.take(message)
        if mark:
            before.mark(message, mark)
    before.close()
    office.clock.set(NOW)
    return office


async def after(office: Served) -> list[str]:
    """What is said after the start, and after another one."""
    async with office.at_work():
        await office.desk.settled()
    again = Served(office.counterpart, office.folder, office.store, office.clock)
    async with again.at_work():
        await again.desk.settled()
    return [one.text for one in office.counterpart.messages]


async def test_what_waited_and_is_fresh_is_answered_at_the_next_start(tmp_path: Path) -> None:
    said = await after(left_behind(tmp_path, (heard("1"), None), minutes=9))
    assert len(said) == 1
    assert "公开第1类信息" in said[0]


async def test_of_what_is_old_its_sender_is_told_once_for_all_of_it(tmp_path: Path) -> None:
    said = await after(left_behind(tmp_path, (heard("1"), None), (heard("2", "谁牵头\n绿化"), None), minutes=11))
    assert said == [
        "刚才程序中断过，您发的消息有没处理好的：\n"
        "7月15日09:30“市财政局有哪些任务”：没有答上，请再发一次。\n"
        "7月15日09:30“谁牵头 绿化”：没有答上，请再发一次。"
    ]


async def test_what_was_not_said_to_the_bot_is_no_matter_when_it_is_old(tmp_path: Path) -> None:
    assert await after(left_behind(tmp_path, (heard("1", mentioned=False), None), minutes=11)) == []


async def test_an_answer_that_may_have_been_seen_is_not_given_again(tmp_path: Path) -> None:
    said = await after(left_behind(tmp_path, (heard("1"), Mark.SPEAKING)))
    assert len(said) == 1
    assert said[0].endswith("“市财政局有哪些任务”：答复可能没有送到；没有看到的话，请再发一次。")


async def test_what_the_ledger_was_told_is_not_told_it_twice(tmp_path: Path) -> None:
    office = served(tmp_path)
    office.enrol()
    async with office.at_work():
        await office.desk.hear(heard("1", "第1项已完成"))
        await office.desk.settled()
    assert office.kinds(EntryKind.REPORTED) == 1
    office.counterpart.messages.clear()
    (tmp_path / "inbox.jsonl").unlink()
    crashed = left_behind(tmp_path, (heard("1", "第1项已完成"), None), minutes=0)
    crashed = Served(office.counterpart, tmp_path, office.store, office.clock)
    said = await after(crashed)
    assert office.kinds(EntryKind.REPORTED) == 1
    assert [one.endswith("已经记入台账，只是当时没有来得及回复，不必重发。") for one in said] == [True]


async def test_what_is_under_way_at_the_end_is_finished_and_the_rest_waits_for_the_next_start(tmp_path: Path) -> None:
    office = served(tmp_path)
    async with office.at_work():
        for number in range(30):
            person = f"memory/{number % 3}"
            await office.desk.hear(heard(f"{number}", conversation=f"memory/群{number % 2}", person=person))
        await asyncio.sleep(0)
    before = len(office.counterpart.messages)
    assert before < 30
    again = Served(office.counterpart, tmp_path, office.store, office.clock)
    async with again.at_work():
        await again.desk.settled()
    assert sorted(int(one.answers) for one in office.counterpart.messages) == list(range(30))


# ---------------------------------------------------------------- what changes around a conversation
async def test_a_group_that_refuses_pushes_is_reminded_no_more_until_it_takes_them_again(tmp_path: Path) -> None:
    office = served(tmp_path)
    office.bind("memory/群Ab")
    async with office.at_work():
        await office.desk.tell(Tiding(TidingKind.MUTED, "memory", "memory/群Ab"))
        await office.app.tick()
        assert office.counterpart.messages == []
        assert [entry.details["reason"] for entry in office.store.ledger().kinds(EntryKind.HELD)] == ["muted"]
        assert "不再接受主动消息" in office.app.alarms.on[0]
        await office.desk.hear(heard("1"))
        await office.desk.settled()
        await office.desk.tell(Tiding(TidingKind.UNMUTED, "memory", "memory/群Ab"))
        await office.app.tick()
    assert [one.answers for one in office.counterpart.messages] == ["1", ""]
    assert office.app.alarms.on == ()


async def test_a_group_that_moved_is_reminded_where_it_is_now(tmp_path: Path) -> None:
    office = served(tmp_path)
    office.bind("memory/群Ab")
    async with office.at_work():
        await office.desk.tell(Tiding(TidingKind.MOVED, "memory", "memory/群Ab", to="memory/群Xy"))
        await office.app.tick()
    assert [one.where for one in office.counterpart.messages] == ["memory/群Xy"]
    sent = office.store.ledger().kinds(EntryKind.SENT)
    assert [entry.conversation for entry in sent] == ["memory/群Ab"]


async def test_an_account_that_is_logged_out_is_told_of_until_it_is_back(tmp_path: Path) -> None:
    office = served(tmp_path)
    async with office.at_work():
        await office.desk.tell(Tiding(TidingKind.OFFLINE, "memory"))
        assert ["请重新登录这个账号" in one for one in office.app.alarms.on] == [True]
        await office.desk.tell(Tiding(TidingKind.ONLINE, "memory"))
    assert office.app.alarms.on == ()


async def test_nothing_is_said_unasked_where_nobody_has_spoken_for_too_long(tmp_path: Path) -> None:
    office = served(tmp_path, replace(ALL, push_window=172_800))
    office.app.outbox.voice.spoke = office.inbox.spoke
    office.bind("memory/群Ab")
    async with office.at_work():
        await office.app.tick()
        assert office.counterpart.messages == []
        assert [entry.details["reason"] for entry in office.store.ledger().kinds(EntryKind.HELD)] == ["window"]
        await office.desk.hear(heard("1"))
        await office.desk.settled()
        await office.app.tick()
    assert [one.answers for one in office.counterpart.messages] == ["1", ""]


async def test_a_group_that_one_platform_refuses_is_reached_on_the_other(tmp_path: Path) -> None:
    office = served(tmp_path)
    office.bind("memory/群Ab")
    other = MemoryChannel(name="备用", script=[93000])
    office.app.channels = {**office.app.channels, "备用": other}
    office.store.append(same_entry("备用/群", "memory/群Ab", NOW, "测试"))
    async with office.at_work():
        await office.app.tick()
        assert (len(other.posted), office.kinds(EntryKind.FAILED)) == (0, 1)
        office.clock.advance(timedelta(minutes=30))
        await office.app.tick()
    assert [one.where for one in office.counterpart.messages] == ["memory/群Ab"]
    assert office.kinds(EntryKind.SENT) == 1


async def test_a_group_that_the_bot_was_put_out_of_is_said_to_be_so(tmp_path: Path) -> None:
    office = served(tmp_path)
    async with office.at_work():
        await office.desk.tell(Tiding(TidingKind.GONE, "memory", "memory/群Ab"))
        verdict = await office.app.route("memory/群Ab").post("memory/群Ab", "提醒", "k1")
    assert (verdict.status, verdict.raw) == (Status.FAILED, "机器人已不在这个会话里，没有发送")
    assert "请重新邀请机器人进群" in verdict.alarm
