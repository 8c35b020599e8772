"""更多 behind a reminder that had no room for all."""

from knowledge.model import Message, Turn
from tests.scheduler.offices import Office, by, duty, register_of, report


def full_office(count: int = 40) -> Office:
    office = Office(register_of(*(duty(n, by("2026-07-15")) for n in range(1, count + 1))))
    office.tick("2026-07-15 09:00")
    return office


def said(office: Office, text: str = "更多", *turns: Turn, conversation: str = "工作群") -> str:
    return office.app.receive(Message(text, conversation=conversation, group=True, mentioned=False, turns=turns)).text


def test_more_tells_what_the_line_summed_up_page_by_page() -> None:
    office = full_office()
    first = said(office)
    assert first.startswith("【其余任务】第1至20项，共28项：\n· 市财政局（牵头单位）〔")
    assert "  第13项 公开第13类信息——7月15日（星期三）到期\n  依据：《云溪市2026年政务公开任务分工》第13项" in first
    assert first.endswith("还有8项，发“更多”查看。")
    second = said(office, "更多", Turn("更多"), Turn(first, by_bot=True))
    assert second.startswith("【其余任务】第21至28项，共28项：")
    assert "第40项" in second


def test_what_is_done_meanwhile_is_left_out() -> None:
    office = full_office(13)
    office.store.append(report("plan#13", "2026-07-15 10:00"))
    assert said(office) == "提醒里没有逐项写的那些，现在都已办结或不再有效。"


def test_elsewhere_and_long_after_nothing_is_said_in_a_group() -> None:
    office = full_office()
    assert said(office, conversation="别的群") == ""
    office.tick("2026-07-30 08:00")
    assert said(office) == ""
