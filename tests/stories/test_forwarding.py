"""An ordinary 微信群: what is due goes to a named person, who carries it there and says so; nobody ever calls that sent."""

from __future__ import annotations

from pathlib import Path

from bot.channels.forward import CarriedGroup, ForwardChannel
from bot.channels.memory import MemoryChannel, Posted
from bot.channels.protocol import Button, Capabilities, Carrier, Status, Trouble, Verdict
from bot.config import Config
from bot.reminder_settings import RemindersConfig
from bot.toml_values import Spot
from handlers.wording_receipts import listed
from handlers.wording_status import status
from knowledge.errands import errands
from knowledge.ledger import EntryKind
from knowledge.model import Message
from scheduler.notices import unsettled
from scheduler.receipts import receipts
from tests.contracts.served import Served
from tests.platforms.telegram import FakeTelegram
from tests.scheduler.offices import CALENDAR, Office, at, by, duty, register_of

GROUP, VIA, SUPERVISORS = "微信群/城关片区", "企微/wangfang", "企微/督查群"


def office(*script: Verdict, deadline: str = "2026-07-31", limit: int | None = None) -> Office:
    wecom = MemoryChannel(Capabilities(limit=limit, buttons=3), script, name="企微", credential="企微/robot")
    target = CarriedGroup("城关片区", Carrier("王芳", VIA), Spot("qiantou.toml", "channels.微信群.groups.城关片区"))
    wechat = ForwardChannel("微信群", {"城关片区": target})
    wechat.meet((wecom, wechat))
    told = Office(register_of(duty(1, by(deadline)), duty(2, by(deadline))), channel=wecom)
    reminders = RemindersConfig(jitter=0, conversation=GROUP, supervisors=SUPERVISORS, summary=False)
    told.app.config = Config(reminders=reminders)
    told.app.channels = {"微信群": wechat, "企微": wecom}
    return told


def says(told: Office, text: str, when: str, conversation: str = VIA, **more: object) -> str:
    told.clock.set(at(when))
    return told.app.receive(Message(text, conversation, **more)).text  # type: ignore[arg-type]


def code(told: Office) -> str:
    return errands(told.store.ledger())[-1].code


def seen(told: Office) -> list[Posted]:
    assert isinstance(told.channel, MemoryChannel)
    return told.channel.posted


def kinds(told: Office) -> list[str]:
    return [str(entry.kind) for entry in told.store.ledger() if entry.conversation == GROUP and entry.key]


def test_a_reminder_is_handed_over_with_what_to_do_and_alone_to_be_forwarded() -> None:
    told = office()
    request, message = told.reminders("2026-07-28 09:00")
    assert [request.conversation, message.conversation] == [VIA, VIA]
    assert request.text == f"请王芳把下面这条转发到微信群“城关片区”，全部转发后回复“已转发 {code(told)}”。"
    assert request.buttons == (Button("已转发", f"已转发 {code(told)}"),)
    assert "公开第1类信息" in message.text
    assert "转发" not in message.text
    assert "收到请回复" not in message.text
    assert "系统收不到" in message.text
    assert kinds(told) == ["entrusted", "entrusted"]
    assert not any(entry.kind is EntryKind.SENT for entry in told.store.ledger())
    assert "已交王芳转发，还没有确认" in the_receipts(told)
    assert told.reminders("2026-07-28 09:05") == []


def the_receipts(told: Office) -> str:
    register, today = told.app.register, told.clock.now().date()
    return listed(receipts(register, told.store.ledger()), register, today)


def test_one_word_from_who_was_handed_it_is_written_down_as_that_persons() -> None:
    told = office()
    told.reminders("2026-07-28 09:00")
    reply = says(told, "已转发", "2026-07-28 09:12", sender="王芳")
    assert reply == "已记下：7月28日 09:12王芳确认，发给“城关片区”的2项提醒已转发。"
    assert kinds(told) == ["entrusted", "entrusted", "forwarded", "forwarded"]
    entry = told.store.ledger().entries[-1]
    assert (entry.who, entry.words, entry.details["said_in"], entry.details["due"]) == (
        "王芳",
        "已转发",
        VIA,
        "2026-07-31",
    )
    assert "王芳确认已转发，7月28日 09:12" in the_receipts(told)
    assert "已经在7月28日 09:12确认过了" in says(told, f"已转发 {code(told)}", "2026-07-28 10:00")
    assert says(told, "已转发", "2026-07-28 10:00") == "没有等您确认的请转发。"
    assert len(kinds(told)) == 4


def test_nobody_else_can_say_it_but_a_supervisor() -> None:
    told = office()
    told.reminders("2026-07-28 09:00")
    say = f"已转发 {code(told)}"
    assert "由本人" in says(told, say, "2026-07-28 09:12", "企微/zhao", sender="赵四")
    assert "由本人" in says(told, say, "2026-07-28 09:12", "企微/li", person="企微/li")
    assert says(told, "已转发 K7M3P", "2026-07-28 09:12").startswith("没有短码是K7M3P的请转发")
    assert "forwarded" not in kinds(told)
    assert "李四确认" in says(told, say, "2026-07-28 09:20", "企微/li", sender="李四", role="supervisor")
    assert told.store.ledger().entries[-1].who == "李四"


def test_a_stranger_whom_the_settings_name_can_say_it_and_quoting_is_enough() -> None:
    told = office()
    told.reminders("2026-07-28 09:00")
    told.reminders("2026-07-30 09:00")
    first, second = errands(told.store.ledger())
    assert "有2条等您确认转发" in says(told, "转发了", "2026-07-30 09:30", person=VIA)
    says(told, "已转发", "2026-07-30 09:31", person=VIA, quoted=second.ids[0])
    assert [one.done is not None for one in errands(told.store.ledger())] == [False, True]
    says(told, "已转发 全部", "2026-07-30 09:32", person=VIA)
    assert all(one.done for one in errands(told.store.ledger()))
    assert first.code != second.code


def test_no_word_by_the_next_working_day_is_asked_for_once_and_then_the_supervisors_hear_of_it() -> None:
    told = office(deadline="2026-08-31")
    told.reminders("2026-08-20 09:00")
    assert code(told)
    heard = [
        (day, posted.conversation, posted.text.splitlines()[0][:6])
        for day in ("21", "22", "24", "25")  # Friday, Saturday, Monday, Tuesday
        for posted in told.reminders(f"2026-08-{day} 09:00", f"2026-08-{day} 15:00")
        if "转发" in posted.text.splitlines()[0] and not posted.text.startswith("请王芳")
    ]
    assert heard == [("21", VIA, "【请转发】下"), ("24", SUPERVISORS, "【转发未确认")]
    (named,) = [one for one in seen(told) if one.conversation == SUPERVISORS]
    assert "王芳还没有确认" in named.text
    assert errands(told.store.ledger())[0].code in named.text


def test_who_has_said_so_is_asked_nothing() -> None:
    told = office(deadline="2026-08-31")
    told.reminders("2026-08-20 09:00")
    says(told, "已转发", "2026-08-20 09:10")
    assert told.reminders("2026-08-21 09:00", "2026-08-24 09:00") == []


def test_nobody_is_blamed_for_not_answering_what_nobody_says_is_in_the_group() -> None:
    silent = office()
    silent.reminders("2026-07-28 09:00", "2026-07-29 09:00", "2026-07-30 09:00")
    assert not any("【催办】" in one.text for one in seen(silent))
    said = office()
    said.reminders("2026-07-28 09:00")
    says(said, "已转发", "2026-07-28 09:10")
    said.reminders("2026-07-29 09:00", "2026-07-30 09:00")
    assert any("还没有回复收到" in one.text for one in seen(said) if one.conversation == SUPERVISORS)
    # That it is overdue is true whoever heard of it.
    silent.reminders("2026-08-03 09:00")
    assert any("已经逾期" in one.text for one in seen(silent) if one.conversation == SUPERVISORS)


def test_where_the_handing_over_fails_or_stays_open_the_ledger_says_exactly_that() -> None:
    refused = office(Verdict(Status.FAILED, "93000", permanent=True, trouble=Trouble.TARGET))
    refused.reminders("2026-07-28 09:00")
    assert kinds(refused) == ["failed", "failed"]
    halfway = office(Verdict(Status.SENT, "ok"), Verdict(Status.FAILED, "-1", trouble=Trouble.SERVER))
    halfway.reminders("2026-07-28 09:00")
    assert kinds(halfway) == ["failed", "failed"]
    lost = office(Verdict(Status.SENT, "ok"), Verdict(Status.UNKNOWN, "没有答复", trouble=Trouble.SILENCE))
    lost.reminders("2026-07-28 09:00")
    assert kinds(lost) == ["unknown", "unknown"]
    assert "已记下" in says(lost, f"已转发 {code(lost)}", "2026-07-28 09:30")
    assert unsettled(lost.store.ledger()) == ()
    lost.reminders("2026-07-29 09:00")
    assert "王芳确认已转发" in the_receipts(lost)


def test_a_long_message_is_handed_over_in_parts_and_any_of_their_codes_stands_for_all() -> None:
    told = office(limit=150)
    told.reminders("2026-07-28 09:00")
    first = errands(told.store.ledger())[0]
    assert len(first.codes) == 2
    assert "已记下" in says(told, f"已转发 {first.codes[0].lower()}", "2026-07-28 09:30")
    assert errands(told.store.ledger())[0].done is not None


def test_what_only_sounds_like_it_stays_what_it_is() -> None:
    told = office()
    told.reminders("2026-07-28 09:00")
    for text in ("已转发 V8W", "已转发各单位落实，正在收集材料", "转发工作谁牵头", "请转发给张三"):
        says(told, text, "2026-07-28 10:00")
    says(told, "已转发", "2026-07-28 10:00", "企微/督查群", group=True)
    assert says(told, "已转发", "2026-07-28 10:00", "企微/zhao") == "没有等您确认的请转发。"
    assert "forwarded" not in kinds(told)


def test_the_status_names_what_waits_for_a_word() -> None:
    told = office()
    told.reminders("2026-07-28 09:00")
    words = status(told.app.register, told.store.ledger(), told.clock.now(), CALENDAR)
    assert f"交人转发、还没有确认的：\n· {code(told)}　7月28日09:00　“城关片区”" in words
    says(told, "已转发", "2026-07-28 09:10")
    assert "交人转发" not in status(told.app.register, told.store.ledger(), told.clock.now(), CALENDAR)


async def test_a_press_in_telegram_of_somebody_whom_only_the_settings_know_is_written_down(tmp_path: Path) -> None:
    telegram = FakeTelegram()
    served = Served(telegram, tmp_path)
    target = CarriedGroup("城关片区", Carrier("王芳", telegram.private), Spot("qiantou.toml"))
    wechat = ForwardChannel("微信群", {"城关片区": target})
    wechat.meet([telegram.channel, wechat])
    served.app.channels = {**served.app.channels, "微信群": wechat}
    served.bind(GROUP)
    async with served.at_work():
        await served.app.tick()
        request, message = await telegram.see(2)
        (button,) = request.buttons
        await telegram.press(button.says, group=False)
        reply = (await telegram.see(3))[2]
        await served.desk.settled()
    assert (request.where, message.where, button.label) == (telegram.private, telegram.private, "已转发")
    assert reply.text.startswith("已记下：7月15日")
    assert "王芳确认，发给“城关片区”的1项提醒已转发" in reply.text
    assert [served.kinds(kind) for kind in (EntryKind.ENTRUSTED, EntryKind.FORWARDED, EntryKind.SENT)] == [1, 1, 0]
