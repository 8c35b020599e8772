"""Once, and provably: what becomes of a notice when the world is not kind."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.app import App
from bot.channels.memory import MemoryChannel
from bot.channels.protocol import Button, Capabilities, Rate, Scope, Status, Verdict
from bot.clock import VirtualClock
from bot.config import Config, RemindersConfig
from bot.outbox import Outbox
from bot.voice import Voice
from knowledge.ledger import Entry, EntryKind
from knowledge.model import Message
from knowledge.store import MemoryStore, StoreError
from knowledge.store_tinydb import TinyDBStore
from scheduler.notices import unsettled
from tests.scheduler.offices import CALENDAR, PLAN, Office, at, by, duty, register_of, report

BUSY = Verdict(Status.FAILED, '{"errcode":45009}', retry_after=60)
REFUSED = Verdict(Status.FAILED, '{"errcode":93000}', permanent=True)
NO_ANSWER = Verdict(Status.UNKNOWN, "连接中断，没有答复")


def office(*script: Verdict, idempotent: bool = False, loses_answer: tuple[int, ...] = ()) -> Office:
    channel = MemoryChannel(Capabilities(idempotent=idempotent), script, loses_answer)
    return Office(register_of(duty(1, by("2026-07-15"))), channel=channel)


def test_two_ticks_in_the_same_minute_say_it_once() -> None:
    told = office()
    assert len(told.tick("2026-07-15 09:00", "2026-07-15 09:00")) == 1
    assert told.kinds() == ["claimed", "sent"]


def test_two_ticks_at_the_same_time_say_it_once() -> None:
    told = office()
    told.clock.set(at("2026-07-15 09:00"))

    async def both() -> None:
        await asyncio.gather(told.app.tick(), told.app.tick())

    asyncio.run(both())
    assert told.kinds() == ["claimed", "sent"]


def test_sent_means_that_the_platforms_own_verdict_is_in_the_ledger() -> None:
    told = office(Verdict(Status.SENT, '{"errcode":0}'))
    told.tick("2026-07-15 09:00")
    sent = told.store.ledger().entries[-1]
    assert (sent.key, sent.conversation, sent.assignment, sent.at) == (
        "plan#1|2026-07-15|T|工作群",
        "工作群",
        "plan#1",
        at("2026-07-15 09:00"),
    )
    assert sent.details == {
        "kind": "reminder",
        "stage": "T",
        "due": "2026-07-15",
        "code": "R7G",
        "units": ["市财政局"],
        "channel": "memory",
        "raw": '{"errcode":0}',
        "message_ids": ["m1"],
    }
    assert sent.words.startswith("市财政局（牵头单位）：")


def test_two_processes_on_one_store_say_it_once() -> None:
    store = MemoryStore(register_of(duty(1, by("2026-07-15"))))
    channel = MemoryChannel()
    both = [
        App(store, channel, CALENDAR, Config(reminders=RemindersConfig(jitter=0)), VirtualClock(at("2026-07-15 09:00")))
        for _ in range(2)
    ]

    async def at_once() -> None:
        await asyncio.gather(*(app.tick() for app in both))

    asyncio.run(at_once())
    assert len(channel.posted) == 1


def test_what_another_process_has_claimed_is_left_out_of_the_message() -> None:
    told = Office(register_of(duty(1, by("2026-07-15")), duty(2, by("2026-07-15"))))
    told.store.claim("plan#1|2026-07-15|T|工作群", at("2026-07-15 09:00"))
    from scheduler.notices import NoticeKind
    from scheduler.owed import notices_due
    from scheduler.policy import Policy

    everything = notices_due(told.store.load(), MemoryStore().ledger(), at("2026-07-15 09:00"), CALENDAR, Policy())
    assert {notice.kind for notice in everything} == {NoticeKind.REMINDER}
    asyncio.run(told.app.outbox.deliver(everything))
    assert isinstance(told.channel, MemoryChannel)
    (posted,) = told.channel.posted
    assert "第1项" not in posted.text
    assert "第2项" in posted.text


def test_a_restart_says_nothing_again(tmp_path: Path) -> None:
    store = TinyDBStore(tmp_path)
    store.file(register_of(duty(1, by("2026-07-15"))))
    assert len(Office(register_of(), store=store).tick("2026-07-15 09:00")) == 1
    store.close()
    again = TinyDBStore(tmp_path)
    assert Office(register_of(), store=again).tick("2026-07-15 09:01", "2026-07-15 12:00") == []
    again.close()


def test_a_crash_between_claim_and_record_is_unknown_after_the_restart_and_not_repeated() -> None:
    told = office()
    told.store.claim("plan#1|2026-07-15|T|工作群", at("2026-07-15 09:00"))  # and here the process died
    (open_claim,) = unsettled(told.store.ledger())
    assert open_claim.key == "plan#1|2026-07-15|T|工作群"
    told.clock.set(at("2026-07-15 09:30"))
    (unknown,) = told.app.settle()
    assert unknown.words.startswith("可能发送过")
    assert told.tick("2026-07-15 09:31", "2026-07-15 18:00") == []
    assert [entry.key for entry in unsettled(told.store.ledger())] == ["plan#1|2026-07-15|T|工作群"]
    assert told.app.settle() == ()


def test_killed_in_mid_send_is_written_down_as_unknown() -> None:
    class Hanging(MemoryChannel):
        async def post(self, conversation: str, text: str, key: str, buttons: tuple[Button, ...] = ()) -> Verdict:
            await asyncio.Event().wait()
            raise AssertionError("never")

    told = Office(register_of(duty(1, by("2026-07-15"))), channel=Hanging())
    told.clock.set(at("2026-07-15 09:00"))

    async def stopped() -> None:
        ticking = asyncio.create_task(told.app.tick())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        ticking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await ticking

    asyncio.run(stopped())
    assert told.kinds() == ["claimed", "unknown"]


def test_a_platform_that_is_busy_is_asked_again_after_a_while_and_not_before() -> None:
    told = office(BUSY, BUSY)
    assert told.tick("2026-07-15 09:00", "2026-07-15 09:00", "2026-07-15 09:01") == []
    assert told.tick("2026-07-15 09:02", "2026-07-15 09:05") == []
    assert len(told.tick("2026-07-15 09:06")) == 1
    assert told.kinds() == ["claimed", "failed", "claimed", "failed", "claimed", "sent"]
    assert told.store.ledger().entries[-1].details["attempt"] == 3


def test_it_is_not_asked_again_when_the_stage_is_over() -> None:
    told = Office(register_of(duty(1, by("2026-07-17"))), channel=MemoryChannel(script=[BUSY] * 5))
    for minute in ("09:00", "09:01", "09:06", "09:36", "11:36", "13:36", "19:00"):
        told.tick(f"2026-07-14 {minute}")
    assert told.kinds().count("failed") == 5  # the first and four repetitions, then it has failed
    (posted,) = told.tick("2026-07-16 09:00")
    assert "还有1天（1个工作日）" in posted.text


def test_a_platform_that_refuses_is_not_asked_again() -> None:
    told = office(REFUSED)
    assert told.tick("2026-07-15 09:00", "2026-07-15 09:05", "2026-07-15 15:00") == []
    failed = told.store.ledger().entries[-1]
    assert (failed.kind, failed.details["permanent"], failed.details["raw"]) == ("failed", True, '{"errcode":93000}')


def test_a_lost_answer_is_never_repeated_to_a_group() -> None:
    told = office(NO_ANSWER, loses_answer=(1,))
    assert len(told.tick("2026-07-15 09:00", "2026-07-15 09:10", "2026-07-15 18:00")) == 1
    assert told.kinds() == ["claimed", "unknown"]
    assert [entry.details["raw"] for entry in unsettled(told.store.ledger())] == ["连接中断，没有答复"]


def test_with_an_idempotency_key_a_lost_answer_is_asked_for_again_and_shown_once() -> None:
    told = office(NO_ANSWER, idempotent=True, loses_answer=(1,))
    assert len(told.tick("2026-07-15 09:00")) == 1
    assert told.kinds() == ["claimed", "sent"]


def test_a_channel_that_never_answers_is_unknown_after_its_time() -> None:
    class Silent(MemoryChannel):
        async def post(self, conversation: str, text: str, key: str, buttons: tuple[Button, ...] = ()) -> Verdict:
            await asyncio.sleep(3600)
            raise AssertionError("never")

    store = MemoryStore(register_of(duty(1, by("2026-07-15"))))
    told = Office(register_of(), store=store, channel=Silent())
    told.app._outbox = Outbox(store, lambda _: Silent(), told.clock, timeout=0.01)
    told.tick("2026-07-15 09:00")
    assert told.kinds() == ["claimed", "unknown"]


def test_a_broken_adapter_is_unknown_and_does_not_stop_the_other_conversations() -> None:
    class Broken(MemoryChannel):
        async def post(self, conversation: str, text: str, key: str, buttons: tuple[Button, ...] = ()) -> Verdict:
            raise KeyError("errcode")

    register = register_of(duty(1, by("2026-07-15")), 一群=PLAN.id, 二群=PLAN.id)
    told = Office(register)
    told.app.channels = {"一群": Broken()}
    (posted,) = told.tick("2026-07-15 09:00")
    assert posted.conversation == "二群"
    assert sorted(told.kinds()) == ["claimed", "claimed", "sent", "unknown"]


def test_a_channel_that_may_not_push_is_not_tried() -> None:
    told = Office(register_of(duty(1, by("2026-07-15"))), channel=MemoryChannel(Capabilities(can_push=False)))
    assert told.tick("2026-07-15 09:00") == []
    assert told.store.ledger().entries[-1].details["raw"] == "通道不能主动发言"


def test_too_much_for_one_message_is_split_between_assignments_and_what_is_refused_keeps_its_place() -> None:
    channel = MemoryChannel(Capabilities(limit=680), [Verdict(Status.SENT, "ok"), BUSY], in_bytes=True)
    told = Office(register_of(*(duty(n, by("2026-07-15")) for n in range(1, 7))), channel=channel)
    told.tick("2026-07-15 09:00")
    tried = ["claimed", "claimed", "sent", "sent", "claimed", "claimed", "failed", "failed"]
    assert told.kinds() == [*tried, "held", "held"]  # the last two wait behind the refused ones
    assert told.tick("2026-07-15 09:00") == []
    assert told.tick("2026-07-15 09:01")
    text = "\n".join(posted.text for posted in channel.posted)
    assert [text.index(f"第{n}项 公开第{n}类信息") for n in range(1, 7)] == sorted(
        text.index(f"第{n}项 公开第{n}类信息") for n in range(1, 7)
    )
    assert all(text.count(f"第{n}项 公开第{n}类信息") == 1 for n in range(1, 7))
    assert all(channel.measure(posted.text) <= 680 for posted in channel.posted)


def test_a_long_summary_that_is_cut_off_in_the_middle_goes_on_where_it_stopped() -> None:
    channel = MemoryChannel(Capabilities(limit=60), [Verdict(Status.SENT, "ok"), BUSY])
    told = Office(register_of(*(duty(n, by("2026-09-30")) for n in range(1, 7))), channel=channel)
    assert len(told.tick("2026-07-24 16:00")) == 1
    told.tick("2026-07-24 16:01")
    numbers = [posted.text.split("\n")[0] for posted in channel.posted]
    assert len(numbers) > 2
    assert numbers == [f"（{n}/{len(numbers)}）" for n in range(1, len(numbers) + 1)]


def test_a_message_of_a_long_summary_without_an_answer_is_not_repeated_and_the_others_are_said() -> None:
    channel = MemoryChannel(Capabilities(limit=60), [Verdict(Status.SENT, "ok"), NO_ANSWER], loses_answer=(2,))
    told = Office(register_of(*(duty(n, by("2026-09-30")) for n in range(1, 7))), channel=channel)
    told.tick("2026-07-24 16:00", "2026-07-24 16:01")
    numbers = [posted.text.split("\n")[0] for posted in channel.posted]
    assert numbers == [f"（{n}/{len(numbers)}）" for n in range(1, len(numbers) + 1)]
    assert told.kinds() == ["claimed", "failed", "claimed", "unknown"]
    parts = told.store.ledger().entries[-1].details["parts"]
    assert [part["status"] for part in parts] == ["sent", "unknown", *["sent"] * (len(numbers) - 2)]  # type: ignore[index, attr-defined]


def test_what_is_limited_waits_unclaimed_and_comes_in_the_next_minute() -> None:
    channel = MemoryChannel(Capabilities(limit=280, rates=(Rate(Scope.CONVERSATION, 1, 60),)))
    told = Office(register_of(*(duty(n, by("2026-07-15")) for n in range(1, 7))), channel=channel)
    counts = [len(told.tick(f"2026-07-15 09:0{minute}")) for minute in range(8)]
    assert counts == [1] * 3 + [0] * 5
    assert [kind for kind in told.kinds() if kind != "held"] == ["claimed", "claimed", "sent", "sent"] * 3
    assert told.kinds().count("held") == 4


def test_an_account_that_is_refused_is_stopped_with_an_alarm_and_goes_on_after_a_restart() -> None:
    channel = MemoryChannel(script=[60020])
    told = Office(register_of(duty(1, by("2026-07-15")), 一群=PLAN.id, 二群=PLAN.id), channel=channel)
    told.tick("2026-07-15 09:00", "2026-07-15 09:30", "2026-07-15 11:00")
    assert (channel.tries, len(channel.posted)) == (1, 0)  # the second group was not tried
    (alarm,) = told.app.alarms.on
    assert "请核对密钥、可信IP和登录状态" in alarm
    again = Office(register_of(), store=told.store, channel=MemoryChannel())
    again.tick("2026-07-15 11:01")
    sent = [entry.conversation for entry in told.store.ledger().kinds(EntryKind.SENT)]
    assert sorted(sent) == ["一群", "二群"]


def test_a_token_is_renewed_once_and_a_text_made_plainer_once() -> None:
    renewed = MemoryChannel(script=[42001])
    Office(register_of(duty(1, by("2026-07-15"))), channel=renewed).tick("2026-07-15 09:00")
    assert (renewed.refreshed, len(renewed.posted)) == (1, 1)
    refused = MemoryChannel(script=[42001, 40014])
    told = Office(register_of(duty(1, by("2026-07-15"))), channel=refused)
    told.tick("2026-07-15 09:00", "2026-07-15 09:30")
    assert (refused.refreshed, refused.tries) == (1, 2)
    assert [entry.details["trouble"] for entry in told.store.ledger().kinds(EntryKind.FAILED)] == ["auth"]
    stale = MemoryChannel(script=[846608, 846608])
    told = Office(register_of(duty(1, by("2026-07-15"))), channel=stale)
    told.tick("2026-07-15 09:00", "2026-07-15 09:30")
    assert (stale.plainer, stale.tries) == (1, 2)
    assert told.store.ledger().entries[-1].details["permanent"] is True


def test_an_answer_that_comes_late_or_twice_settles_what_was_unknown_once() -> None:
    told = office(NO_ANSWER, loses_answer=(1,))
    told.tick("2026-07-15 09:00")
    post = str(told.store.ledger().entries[-1].details["post"])
    (sent,) = told.app.outbox.hear(post, Verdict(Status.SENT, "ok", "m1"))
    assert (sent.kind, sent.details["late"], sent.assignment) == (EntryKind.SENT, True, "plan#1")
    assert told.app.outbox.hear(post, Verdict(Status.SENT, "ok", "m1")) == ()
    assert unsettled(told.store.ledger()) == ()
    assert told.tick("2026-07-15 18:00") == []


def test_to_one_person_what_stayed_unanswered_is_said_once_more_and_marked() -> None:
    channel = MemoryChannel(Capabilities(repeats=True), [NO_ANSWER, NO_ANSWER], loses_answer=(1,))
    told = Office(register_of(duty(1, by("2026-07-15"))), channel=channel)
    told.tick("2026-07-15 09:00", "2026-07-15 09:01", "2026-07-15 09:10", "2026-07-15 12:00")
    assert channel.tries == 2
    assert told.kinds() == ["claimed", "unknown", "claimed", "unknown"]
    assert told.store.ledger().entries[-1].details["maybe_twice"] is True
    twice = MemoryChannel(Capabilities(repeats=True), [NO_ANSWER], loses_answer=(1,))
    Office(register_of(duty(1, by("2026-07-15"))), channel=twice).tick("2026-07-15 09:00", "2026-07-15 09:01")
    assert [posted.text.startswith("（前一条没有等到平台答复") for posted in twice.posted] == [False, True]


async def test_a_reply_waits_for_its_turn_beside_the_reminders() -> None:
    clock = VirtualClock(at("2026-07-15 09:00"))

    async def pause(seconds: float) -> None:
        clock.advance(timedelta(seconds=seconds))

    channel = MemoryChannel(Capabilities(limit=20, rates=(Rate(Scope.CREDENTIAL, 2, 60),)))
    voice = Voice(clock, pause=pause)
    assert voice.granted(channel, "一群", 1) == 1
    verdicts = await voice.reply(channel, "二群", "市财政局牵头，" * 5, "q1")
    assert {verdict.status for verdict in verdicts} == {Status.SENT}
    assert (len(verdicts), clock.now()) == (
        len(channel.posted),
        at("2026-07-15 09:01") + timedelta(minutes=(len(verdicts) - 2) // 2),
    )


class Full(MemoryStore):
    """A store whose disk is full while `full`."""

    full = False

    def append(self, *entries: Entry) -> None:
        if self.full:
            raise StoreError("无法写入台账：磁盘已满，原有内容没有变化；请清理磁盘后重试。")
        super().append(*entries)


def test_a_verdict_that_the_disk_refuses_is_kept_and_written_before_anything_else_is_said() -> None:
    class Filling(MemoryChannel):
        async def post(self, conversation: str, text: str, key: str, buttons: tuple[Button, ...] = ()) -> Verdict:
            store.full = True
            return await super().post(conversation, text, key)

    store = Full(register_of(duty(1, by("2026-07-15")), duty(2, by("2026-07-16"))))
    told = Office(register_of(), store=store, channel=Filling())
    assert len(told.tick("2026-07-15 09:00")) == 1
    assert told.tick("2026-07-15 09:01") == []
    alarm = told.app.alarms.on[-1]
    assert "恢复后会接着发" in alarm
    assert "磁盘已满" in alarm
    store.full = False
    assert told.tick("2026-07-15 09:02") == []
    assert told.app.alarms.on == ()
    assert told.kinds() == ["claimed", "claimed", "sent", "sent"]


def test_claims_of_which_the_disk_takes_only_some_are_not_taken_for_messages_that_may_have_left() -> None:
    class Short(Full):
        def claim(self, key: str, at: datetime) -> bool:
            self.full = "#2" in key and not self.room
            return super().claim(key, at)

        room = False

    store = Short(register_of(duty(1, by("2026-07-15")), duty(2, by("2026-07-15"))))
    told = Office(register_of(), store=store)
    assert told.tick("2026-07-15 09:00") == []
    store.room, store.full = True, False
    told.tick("2026-07-15 09:01", "2026-07-15 09:02")
    assert {e.key.split("#")[1][0] for e in store.ledger().kinds(EntryKind.SENT)} == {"1", "2"}
    assert store.ledger().kinds(EntryKind.UNKNOWN) == ()


def test_a_message_longer_than_a_whole_window_goes_on_in_the_next_ones() -> None:
    channel = MemoryChannel(Capabilities(limit=30, rates=(Rate(Scope.CREDENTIAL, 2, 60),)))
    told = Office(register_of(*(duty(n, by("2026-09-30")) for n in range(1, 7))), channel=channel)
    counts = [len(told.tick(f"2026-07-24 16:{minute}")) for minute in ("00", "01", "06", "36")]
    assert max(counts) == 2
    numbers = [posted.text.split("\n")[0] for posted in channel.posted]
    assert len(numbers) > 4
    assert numbers == [f"（{n}/{len(numbers)}）" for n in range(1, len(numbers) + 1)]
    assert told.kinds()[-1] == "sent"


def test_what_cannot_be_written_down_is_said_to_the_one_who_wrote_it() -> None:
    store = Full(register_of(duty(1, by("2026-07-15"))))
    told = Office(register_of(), store=store)
    told.clock.set(at("2026-07-15 09:00"))
    store.full = True
    message = Message("第1项已完成", sender="张晓", role="liaison", unit="市财政局")
    assert told.app.receive(message).text.startswith("这句话没有记下来，请稍后再发一遍。原因：无法写入台账：磁盘已满")
    assert store.ledger().entries == ()
    store.full = False
    assert told.app.receive(message).entries


def test_a_repetition_that_has_outlived_its_stage_is_written_down_with_its_reason() -> None:
    told = Office(register_of(duty(1, by("2026-07-17"))), channel=MemoryChannel(script=[BUSY]))
    told.tick("2026-07-14 19:59", "2026-07-14 20:30", "2026-07-15 09:00")
    assert told.kinds()[:2] == ["claimed", "failed"]  # T-3 is owed until T-1 begins
    told = Office(register_of(duty(1, by("2026-07-17"))), channel=MemoryChannel(script=[BUSY]))
    told.tick("2026-07-15 19:59", "2026-07-15 20:30", "2026-07-16 09:00")
    (lapsed,) = told.store.ledger().kinds(EntryKind.LAPSED)
    assert lapsed.words == "没有发出时已到下一阶段（T-1），改按新的阶段提醒"
    assert lapsed.key == "again-2|plan#1|2026-07-17|T-3|工作群"
    assert told.tick("2026-07-16 09:01", "2026-07-15 10:00") == []  # nor when the clock jumps back


def test_over_the_weekend_nothing_lapses_and_what_is_reported_done_meanwhile_does() -> None:
    told = Office(register_of(duty(1, by("2026-07-22"))), channel=MemoryChannel(script=[BUSY]))
    told.tick("2026-07-17 19:59", "2026-07-18 10:00", "2026-07-19 10:00")
    assert told.store.ledger().kinds(EntryKind.LAPSED) == ()
    told.store.append(report("plan#1", "2026-07-19 12:00"))
    told.tick("2026-07-20 08:00", "2026-07-20 09:00")
    (lapsed,) = told.store.ledger().kinds(EntryKind.LAPSED)
    assert lapsed.details["reason"] == "其间已有进展报告，不再需要提醒"


def test_what_a_stopped_account_keeps_back_is_in_the_ledger_with_the_reason() -> None:
    told = Office(
        register_of(duty(1, by("2026-07-15")), 一群=PLAN.id, 二群=PLAN.id), channel=MemoryChannel(script=[60020])
    )
    told.tick("2026-07-15 09:00", "2026-07-15 09:01")
    held = told.store.ledger().kinds(EntryKind.HELD)
    assert [(entry.conversation, entry.details["reason"]) for entry in held] == [
        ("二群", "account"),
        ("一群", "account"),
    ]


def test_supervisors_are_told_of_an_alarm_once_and_not_about_their_own_conversation() -> None:
    told = Office(register_of(duty(1, by("2026-07-15")), 工作群=PLAN.id), channel=MemoryChannel(script=[93000]))
    told.app.config = Config(reminders=replace(RemindersConfig(), supervisors="督查群"))
    said = told.tick("2026-07-15 09:00", "2026-07-15 09:01", "2026-07-15 10:00")
    assert [posted.conversation for posted in said] == ["督查群"]
    assert said[0].text.startswith("【警报】通道 wecom 的一个会话发不进去")
    assert "请重新邀请或重新绑定会话" in said[0].text
    told.app.alarms.sound("督查群", "督查群自己发不进去")
    assert told.tick("2026-07-15 10:01") == []
