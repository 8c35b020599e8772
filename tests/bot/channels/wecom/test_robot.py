"""The smart robot through what the platform can do to it: kicks, silence, late words, stale questions, pressed buttons, files."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import pytest

from bot.channels.hearing import FILE, IMAGE, Attachment, AttachmentError, Heard, TidingKind
from bot.channels.protocol import Status, Trouble
from bot.channels.settings import channels_of
from bot.channels.wecom.robot_link import Times
from bot.channels.wecom.robot_streams import LOOKING
from bot.clock import SystemClock
from bot.toml_values import ConfigError, Spot
from bot.trial import tried
from knowledge.ledger import EntryKind
from knowledge.store import StoreError
from tests.bot.channels.wecom.robot_truth import BUTTONS, DISPLAY, GROUP, PERSON, TEXT, WHERE, Stage
from tests.contracts.counterpart import Listener
from tests.contracts.counterparts.wecom_robot import RobotCounterpart
from tests.contracts.served import Served

SECRET = "robot-secret-words"


def frames(stage: Stage, command: str) -> list[dict[str, object]]:
    return [frame["body"] for frame in stage.platform.frames if frame["cmd"] == command]


# ---------------------------------------------------------------- the connection
async def test_it_tells_that_it_is_connected() -> None:
    async with Stage() as stage:
        await stage.ear.until(told=1)
        assert [tiding.kind for tiding in stage.ear.told] == [TidingKind.ONLINE]


async def test_a_refused_secret_is_tried_so_often_and_then_stops_with_a_remedy_and_without_the_secret(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with Stage(refusals=3, secret="wrong-secret-words") as stage:
        last = await stage.stopped()
        assert [end.trouble for end in stage.ends] == [Trouble.SERVER, Trouble.SERVER, Trouble.AUTH]
        assert "Bot ID 或 Secret" in last.alarm
        assert "wrong-secret-words" not in f"{stage.ends} {last} {last.alarm} {caplog.text}"


async def test_a_platform_that_is_busy_refuses_no_secret() -> None:
    async with Stage(refusals=1) as stage:
        stage.platform.subscribe_code = -1
        await stage.platform.until(lambda: stage.platform.connections >= 3)
        stage.platform.subscribe_code = None
        await stage.ear.until(told=1)
        assert {(end.trouble, end.alarm) for end in stage.ends} == {(Trouble.SERVER, "")}


async def test_another_program_with_the_same_robot_ends_it_for_good() -> None:
    async with Stage() as stage:
        await stage.platform.take_over()
        last = await stage.stopped()
        assert (last.trouble, stage.platform.connections) == (Trouble.AUTH, 1)
        assert "另一个程序在用同一个机器人" in last.alarm


async def test_two_unanswered_beats_of_the_heart_end_the_connection() -> None:
    async with Stage(Times(beat=0.02, ack=1, link=1)) as stage:
        await stage.platform.subscribed()
        stage.platform.pongs = False
        await stage.platform.until(lambda: stage.platform.connections >= 2)
        assert "心跳2次没有回应" in f"{stage.ends[0]}"
        assert stage.ends[0].trouble is Trouble.SERVER


async def test_answered_beats_keep_it() -> None:
    async with Stage(Times(beat=0.05, ack=1, link=1)) as stage:
        await stage.platform.until(lambda: len([f for f in stage.platform.frames if f["cmd"] == "ping"]) >= 4)
        assert stage.platform.connections == 1


async def test_what_came_just_before_the_end_of_a_connection_is_kept() -> None:
    async with Stage() as stage:
        await stage.platform.subscribed()
        for number in range(20):
            await stage.platform.say(f"第{number}问", id=f"M{number}")
        await stage.platform.drop()
        await stage.ear.until(heard=20)
        assert [heard.id for heard in stage.ear.heard] == [f"M{number}" for number in range(20)]


async def test_rubbish_over_the_line_ends_nothing() -> None:
    async with Stage() as stage:
        connection = await stage.platform.subscribed()
        for line in ("{", "[]", "3", '{"cmd":"aibot_msg_callback"}', '{"cmd":"x","headers":{"req_id":"1"}}', "[" * 5000,
                     '{"cmd":"aibot_msg_callback","headers":{"req_id":"1"},"body":{"from":{"userid":7}}}',
                     '{"cmd":"aibot_event_callback","headers":{"req_id":"2"},"body":[]}',
                     '{"headers":{"req_id":"nobody"},"errcode":"?"}'):  # fmt: skip
            await connection.send(line)
        await stage.platform.say("还在吗")
        await stage.ear.until(heard=1)
        assert ([heard.text for heard in stage.ear.heard], stage.ends) == (["还在吗"], [])


async def test_control_characters_that_the_platform_lets_through_lose_no_message() -> None:
    async with Stage() as stage:
        connection = await stage.platform.subscribed()
        await connection.send(
            '{"cmd":"aibot_msg_callback","headers":{"req_id":"R1"},"body":{"msgid":"M1","chattype":"single",'
            '"from":{"userid":"wangfang"},"msgtype":"text","text":{"content":"谁\x07牵\x00头\t吗\n"}}}'
        )
        await stage.ear.until(heard=1)
        assert stage.ear.heard[0].text == "谁牵头\t吗"


# ---------------------------------------------------------------- acknowledgements
async def test_acknowledgements_out_of_order_are_told_apart() -> None:
    async with Stage() as stage:
        await stage.platform.subscribed()
        stage.platform.hold, stage.platform.script = 2, [0, 93006]
        first = asyncio.create_task(stage.channel.post(WHERE, "一", "k1"))
        await stage.platform.until(lambda: stage.seen == 1)
        second = asyncio.create_task(stage.channel.post(WHERE, "二", "k2"))
        await stage.platform.until(lambda: stage.platform.hold == 0)
        await stage.platform.release(backwards=True)
        assert ((await first).status, (await second).trouble) == (Status.SENT, Trouble.TARGET)


@pytest.mark.parametrize(("code", "status"), [(0, Status.SENT), (93006, Status.FAILED)])
async def test_a_late_acknowledgement_is_told_with_the_key_of_its_message(code: int, status: Status) -> None:
    async with Stage(Times(ack=0.05)) as stage:
        await stage.platform.subscribed()
        stage.platform.hold, stage.platform.script = 1, [code]
        verdict = await stage.channel.post(WHERE, TEXT, "the-key")
        assert (verdict.status, verdict.trouble) == (Status.UNKNOWN, Trouble.SILENCE)
        await stage.platform.release()
        await stage.platform.say("再问")
        await stage.ear.until(heard=1)
        assert [(key, late.status) for key, late in stage.late] == [("the-key", status)]


async def test_a_reminder_that_is_acknowledged_late_is_known_to_be_sent_in_the_ledger(tmp_path: Path) -> None:
    counterpart = RobotCounterpart(times=Times(ack=0.2, slow=60))
    office = Served(counterpart, tmp_path)
    office.bind(counterpart.group)
    async with office.at_work():
        await counterpart.platform.subscribed()
        counterpart.platform.hold = 1
        await office.app.tick()
        assert (office.kinds(EntryKind.UNKNOWN), office.kinds(EntryKind.SENT)) == (1, 0)
        await counterpart.platform.release()
        await counterpart.say("帮助")
        await counterpart.see(2)
        assert office.kinds(EntryKind.SENT) == 1


# ---------------------------------------------------------------- questions
async def asked(stage: Stage, text: str = "谁牵头", **more: object) -> Heard:
    await stage.platform.say(f"@{DISPLAY} {text}", GROUP, **more)
    await stage.ear.until(heard=len(stage.ear.heard) + 1)
    return stage.ear.heard[-1]


async def test_an_answer_is_a_finished_stream_under_the_questions_own_id_and_what_follows_is_pushed() -> None:
    async with Stage() as stage:
        heard = await asked(stage)
        assert (await stage.channel.answer(heard, "第一段", "a-0")).status is Status.SENT
        assert (await stage.channel.answer(heard, "第二段", "a-1")).status is Status.SENT
        assert [(seen.kind, seen.chat, seen.answers) for seen in stage.platform.seen] == [
            ("stream", GROUP, heard.ticket["req_id"]), ("markdown", GROUP, ""),
        ]  # fmt: skip


async def test_a_question_that_takes_long_is_told_so_and_answered_in_the_same_stream() -> None:
    async with Stage(Times(slow=0.01)) as stage:
        heard = await asked(stage)
        await stage.platform.until(lambda: frames(stage, "aibot_respond_msg"))
        assert (await stage.channel.answer(heard, "牵头单位：市财政局", "a1")).status is Status.SENT
        looking, answer = (body["stream"] for body in frames(stage, "aibot_respond_msg"))
        assert (looking["content"], looking["finish"], answer["finish"]) == (LOOKING, False, True)
        assert (looking["id"], stage.seen) == (answer["id"], 1)


async def test_under_one_id_the_next_frame_waits_for_the_acknowledgement_of_the_one_before() -> None:
    async with Stage(Times(slow=0.01, ack=10)) as stage:
        stage.platform.hold = 1
        heard = await asked(stage)
        await stage.platform.until(lambda: frames(stage, "aibot_respond_msg"))
        answering = asyncio.create_task(stage.channel.answer(heard, "牵头单位：市财政局", "a1"))
        await stage.channel.post(WHERE, "别的会话不用等", "k1")
        assert len(frames(stage, "aibot_respond_msg")) == 1
        await stage.platform.release()
        assert ((await answering).status, len(frames(stage, "aibot_respond_msg"))) == (Status.SENT, 2)


async def test_what_needs_no_answer_is_not_left_with_the_word_that_it_is_being_looked_into() -> None:
    async with Stage(Times(slow=0.01)) as stage:
        heard = await asked(stage, "谢谢")
        await stage.platform.until(lambda: frames(stage, "aibot_respond_msg"))
        await stage.channel.pass_over(heard)
        assert [body["stream"]["finish"] for body in frames(stage, "aibot_respond_msg")] == [False, True]


async def test_what_needs_no_answer_and_was_soon_decided_gets_no_word() -> None:
    async with Stage(Times(slow=0.05)) as stage:
        await stage.channel.pass_over(await asked(stage, "谢谢"))
        heard = await asked(stage)
        await stage.platform.until(lambda: frames(stage, "aibot_respond_msg"))
        await stage.channel.answer(heard, TEXT, "a1")
        assert {seen.answers for seen in stage.platform.seen} == {heard.ticket["req_id"]}


@pytest.mark.parametrize(
    ("content", "told"),
    [({"msgtype": "text", "text": {"content": f"@{DISPLAY} "}}, "您好，请直接问我。"),
     ({"msgtype": "mixed", "mixed": {"msg_item": []}}, "您好，请直接问我。"),
     ({"msgtype": "text", "text": {"content": f"@{DISPLAY}"},
       "quote": {"msgtype": "file", "file": {"url": "x", "aeskey": ""}}}, "群里的文件我收不了，请私聊发给我。")],
)  # fmt: skip
async def test_who_only_calls_the_robot_is_told_what_it_is_for(content: dict[str, object], told: str) -> None:
    async with Stage(welcome="您好，请直接问我。") as stage:
        await stage.platform.bring(content, GROUP)
        await stage.platform.until(lambda: stage.seen)
        assert stage.platform.seen[0].body["stream"]["content"] == told


@pytest.mark.thorough
async def test_many_connections_leave_nothing_behind() -> None:
    async with Stage(Times(slow=60)) as stage:
        await stage.platform.subscribed()
        before = len(asyncio.all_tasks())
        for number in range(15):
            heard = await asked(stage, f"第{number}问")
            assert (await stage.channel.answer(heard, TEXT, f"a{number}")).status is Status.SENT
            await stage.platform.drop()
            await stage.platform.subscribed()
        assert len(asyncio.all_tasks()) <= before + 2
        assert (len({heard.id for heard in stage.ear.heard}), stage.seen) == (15, 15)


async def test_where_the_word_that_it_takes_long_got_lost_the_answer_is_pushed() -> None:
    async with Stage(Times(slow=0.01, ack=0.05)) as stage:
        stage.platform.mute = 1
        heard = await asked(stage)
        await stage.platform.until(lambda: frames(stage, "aibot_respond_msg"))
        assert (await stage.channel.answer(heard, "牵头单位：市财政局", "a1")).status is Status.SENT
        assert [seen.kind for seen in stage.platform.seen] == ["markdown"]


async def test_a_question_from_before_a_restart_is_answered_by_a_push() -> None:
    async with Stage() as stage:
        await asked(stage)
        old = Heard(
            "机器人", "M0", WHERE, PERSON, "谁牵头", stage.ear.heard[0].at, group=True, ticket={"req_id": "R-old"}
        )
        assert (await stage.channel.answer(old, TEXT, "a1")).status is Status.SENT
        assert [seen.kind for seen in stage.platform.seen] == ["markdown"]


async def test_a_message_that_only_names_the_robot_and_quotes_another_brings_that_one() -> None:
    async with Stage() as stage:
        quote = {"msgtype": "text", "text": {"content": "扶贫信息谁牵头"}}
        heard = await asked(stage, "", quote=quote)
        assert (heard.text, heard.quoted_text) == ("", "扶贫信息谁牵头")


async def test_ids_of_groups_keep_their_case() -> None:
    async with Stage() as stage:
        stage.platform.groups.add(GROUP.lower())
        await asked(stage)
        await stage.platform.say(f"@{DISPLAY} 谁牵头", GROUP.lower())
        await stage.ear.until(heard=2)
        assert [heard.conversation for heard in stage.ear.heard] == [WHERE, f"机器人/{GROUP.lower()}"]


async def test_who_said_what_could_not_be_kept_is_told() -> None:
    class Full(Listener):
        async def hear(self, heard: Heard) -> bool:
            raise StoreError("磁盘满了")

    async with Stage(ear=Full()) as stage:
        await stage.platform.say(f"@{DISPLAY} 谁牵头", GROUP)
        await stage.platform.until(lambda: stage.seen)
        assert "没有处理" in stage.platform.seen[0].body["stream"]["content"]


async def test_who_comes_in_is_greeted() -> None:
    async with Stage(welcome="您好，请直接问我。") as stage:
        await stage.platform.enter()
        await stage.platform.until(lambda: stage.platform.welcomed)
        assert stage.platform.welcomed == [{"msgtype": "text", "text": {"content": "您好，请直接问我。"}}]


# ---------------------------------------------------------------- buttons
@pytest.mark.parametrize("nested", [True, False], ids=["as on the platform's page", "as in the SDK's types"])
async def test_a_pressed_button_is_heard_and_shown_on_the_card_of_whoever_pressed_it(nested: bool) -> None:
    async with Stage() as stage:
        assert (await stage.channel.post(WHERE, f"任务提醒\n{TEXT}", "k1", BUTTONS)).status is Status.SENT
        card = stage.platform.seen[0].body["template_card"]
        await stage.platform.press(card["task_id"], "收到 K7M", GROUP, nested=nested)
        await stage.platform.until(lambda: stage.platform.updated)
        heard = stage.ear.heard[0]
        assert (heard.text, heard.pressed, heard.person, heard.conversation) == ("收到 K7M", True, PERSON, WHERE)
        updated = stage.platform.updated[0]
        assert updated["userids"] == ["wangfang"]
        shown = updated["template_card"]
        assert (shown["main_title"], shown["task_id"]) == (card["main_title"], card["task_id"])
        assert shown["sub_title_text"] == "已收到您点的“收到”，结果另行回复。"
        assert [button["text"] for button in shown["button_list"]] == ["收到", "已办结", "延期"]
        assert (await stage.channel.answer(heard, "已登记。", "a1")).status is Status.SENT
        assert stage.platform.seen[-1].kind == "markdown"


async def test_a_card_from_before_a_restart_is_still_answered() -> None:
    async with Stage() as stage:
        stage.platform._cards.add("old@1")
        await stage.platform.press("old@1", "已办结 K7M", GROUP)
        await stage.platform.until(lambda: stage.platform.updated)
        card = stage.platform.updated[0]["template_card"]
        assert (card["sub_title_text"], card["button_list"][0]["text"]) == (
            "已收到您点的“已办结”，结果另行回复。", "已办结",
        )  # fmt: skip


async def test_the_same_message_said_again_is_another_card() -> None:
    async with Stage() as stage:
        await stage.platform.subscribed()
        for _ in range(2):
            assert (await stage.channel.post(WHERE, TEXT, "k1", BUTTONS)).status is Status.SENT
        names = [seen.body["template_card"]["task_id"] for seen in stage.platform.seen]
        assert len(set(names)) == 2


async def test_a_text_too_long_for_a_card_is_said_whole_before_it() -> None:
    async with Stage() as stage:
        await stage.platform.subscribed()
        text = f"{TEXT}\n" + "公开各类信息" * 40
        assert (await stage.channel.post(WHERE, text, "k1", BUTTONS)).status is Status.SENT
        whole, card = stage.platform.seen
        assert whole.body["markdown"]["content"] == text.replace("\n", "  \n")
        assert card.body["template_card"]["sub_title_text"].endswith("…全文见上一条。")


# ---------------------------------------------------------------- files
async def given(stage: Stage, name: str, content: bytes, **more: object) -> Attachment:
    await stage.platform.give(name, content, **more)
    await stage.ear.until(heard=1)
    return stage.ear.heard[0].attachments[0]


@pytest.mark.parametrize(("name", "kind"), [("方案 一.docx", FILE), ("照片.png", IMAGE)])
async def test_a_file_is_told_with_its_name_and_had_unlocked(name: str, kind: str) -> None:
    async with Stage() as stage:
        attachment = await given(stage, name, b"some bytes", kind=kind)
        assert (attachment.name, attachment.kind) == (name, kind)
        assert await stage.channel.fetch(attachment, 10) == b"some bytes"


async def test_a_file_that_cannot_be_had_is_one_sentence() -> None:
    async with Stage() as stage:
        attachment = await given(stage, "方案.docx", b"x" * 2000, damaged=True)
        with pytest.raises(AttachmentError, match="解不开"):
            await stage.channel.fetch(attachment, 5000)
        with pytest.raises(AttachmentError, match="超过"):
            await stage.channel.fetch(attachment, 100)
        stage.platform.media.clear()
        with pytest.raises(AttachmentError, match="只保留几分钟"):
            await stage.channel.fetch(attachment, 5000)
        elsewhere = Attachment("x", FILE, {"url": "file:///etc/passwd", "aeskey": ""})
        with pytest.raises(AttachmentError, match="取不到"):
            await stage.channel.fetch(elsewhere, 5000)


async def test_a_message_is_heard_even_where_its_file_has_no_name() -> None:
    async with Stage() as stage:
        stage.platform.media.clear()
        await stage.platform.bring(
            {"msgtype": "file", "file": {"url": f"http://127.0.0.1:{stage.platform.port}/media/0"}}
        )
        await stage.ear.until(heard=1)
        assert [one.name for one in stage.ear.heard[0].attachments] == ["文件"]


# ---------------------------------------------------------------- settings and secrets
def settings(**given: object) -> dict[str, object]:
    return {"机器人": {"kind": "wecom-robot", "bot_id": "aibTEST", "secret": SECRET, "display": DISPLAY, **given}}


def opened(**given: object) -> None:
    channels_of(Spot("qiantou.toml", "channels"), settings(**given), Path(), SystemClock())


@pytest.mark.parametrize("base", ["wss://wecom.example.gov.cn:8443/openws", "ws://127.0.0.1:9", "ws://localhost:9"])
async def test_the_address_of_a_private_deployment_is_taken(base: str) -> None:
    opened(base=base)


@pytest.mark.parametrize("base", ["ws://wecom.example.gov.cn", "https://openws.example"])
async def test_an_address_that_would_give_the_secret_away_is_refused(base: str) -> None:
    with pytest.raises(ConfigError, match="wss://"):
        opened(base=base)


async def test_what_a_robot_needs_is_asked_for_by_name() -> None:
    with pytest.raises(ConfigError, match="display"):
        opened(display="")


async def test_no_log_holds_the_secret(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with Stage() as stage:
        await stage.platform.subscribed()
        stage.platform.script = [93006]
        await stage.channel.post(WHERE, TEXT, "k1")
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("bot")]
    assert not any(SECRET in line for line in ours)


# ---------------------------------------------------------------- a trial
async def test_a_trial_says_what_the_platform_said_and_takes_no_message_away() -> None:
    stage = Stage()
    await stage.platform.open()
    stage.platform.robots[stage.platform.robot] = "another secret"
    refused = await tried(stage.channel)
    assert (refused.failed, "Bot ID 或 Secret" in refused.sentence) == (True, True)
    stage.platform.robots[stage.platform.robot] = SECRET
    assert "平台接受了账号" in (await tried(stage.channel)).sentence
    await stage.channel.close()
    await stage.platform.close()
