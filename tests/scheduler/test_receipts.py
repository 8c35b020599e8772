"""回执账: of every reminder what the platform said, who answered and who did not."""

from datetime import date

from bot.channels.memory import MemoryChannel
from bot.channels.protocol import Capabilities, Status, Verdict
from bot.config import Config, RemindersConfig
from handlers.wording_receipts import stage_words
from knowledge.ledger import Entry, EntryKind
from scheduler.receipts import Receipt, chosen, receipts
from tests.scheduler.offices import Office, at, by, duty, register_of

NO_ANSWER = Verdict(Status.UNKNOWN, "没有答复")


def ack(assignment: str, when: str, unit: str = "市财政局", **details: object) -> Entry:
    return Entry(EntryKind.ACKNOWLEDGED, at(when), who="张晓", assignment=assignment, unit=unit, details=details)


def told(office: Office) -> tuple[Receipt, ...]:
    """The receipts of reminders; summaries name nobody."""
    return tuple(one for one in receipts(office.store.load(), office.store.ledger()) if one.kind != "summary")


def test_an_answer_belongs_to_the_last_reminder_before_it_and_is_remembered_at_the_next_stage() -> None:
    office = Office(register_of(duty(1, by("2026-07-15"))))
    office.tick("2026-07-06 09:00")
    office.store.append(ack("plan#1", "2026-07-06 10:00"))
    office.tick("2026-07-10 09:00")
    first, second = told(office)
    assert (first.stage, first.fate, first.named[0].unit, first.silent) == ("T-7", EntryKind.SENT, "市财政局", ())
    assert first.named[0].answer == ack("plan#1", "2026-07-06 10:00")
    assert (second.stage, second.named[0].answer, second.silent) == ("T-3", None, ())
    assert second.named[0].before == first.named[0].answer


def test_who_stays_silent_is_named_and_an_answer_to_another_due_date_is_none() -> None:
    office = Office(register_of(duty(1, by("2026-07-15")), duty(2, by("2026-07-15"), unit="市民政局")))
    office.tick("2026-07-15 09:00")
    office.store.append(ack("plan#1", "2026-07-15 10:00", due="2026-06-15"), ack("plan#2", "2026-07-15 10:00", ""))
    one, two = told(office)
    assert (one.silent, two.silent) == (("市财政局",), ("市民政局",))
    assert [entry.who for entry in two.others] == ["张晓"]  # somebody answered without saying for whom


def test_what_was_refused_reached_nobody_and_silence_is_nobodys_fault() -> None:
    channel = MemoryChannel(script=[93000])
    office = Office(register_of(duty(1, by("2026-07-15"))), channel=channel)
    office.tick("2026-07-15 09:00")
    (one,) = told(office)
    assert (one.fate, one.reached, one.silent) == (EntryKind.FAILED, False, ())


def test_the_attempts_of_one_reminder_are_one_receipt_and_a_crash_is_told() -> None:
    channel = MemoryChannel(Capabilities(repeats=True), [45009, NO_ANSWER, Verdict(Status.SENT, "ok")])
    office = Office(register_of(duty(1, by("2026-07-15"))), channel=channel)
    office.tick("2026-07-15 09:00", "2026-07-15 09:01", "2026-07-15 09:06")
    (one,) = told(office)
    assert [entry.kind for entry in one.verdicts] == [EntryKind.FAILED, EntryKind.UNKNOWN, EntryKind.SENT]
    assert one.verdicts[-1].details["maybe_twice"] is True
    crashed = Office(register_of(duty(1, by("2026-07-15"))))
    crashed.store.claim("plan#1|2026-07-15|T|工作群", at("2026-07-15 09:00"))
    crashed.app.settle()
    (one,) = told(crashed)
    assert (one.fate, one.conversation, one.named[0].unit) == (EntryKind.UNKNOWN, "工作群", "市财政局")
    assert receipts(crashed.store.load(), crashed.store.ledger(), ["plan#1"]) == (one,)


def test_they_are_chosen_by_document_code_and_days() -> None:
    office = Office(register_of(duty(1, by("2026-07-15")), duty(2, by("2026-07-16"))))
    office.each_morning("2026-07-13", "2026-07-17")
    found = told(office)
    assert chosen(found, document="plan") == found
    assert chosen(found, document="another") == ()
    days = chosen(found, first=date(2026, 7, 15), last=date(2026, 7, 15))
    assert {(one.assignment, one.stage) for one in days} == {("plan#1", "T"), ("plan#2", "T-1")}
    code = days[0].code
    if code:
        assert {one.assignment for one in chosen(found, code=code)} == {days[0].assignment}


def test_what_supervisors_are_told_about_a_unit_asks_the_unit_nothing() -> None:
    office = Office(register_of(duty(1, by("2026-07-15"))))
    office.app.config = Config(reminders=RemindersConfig(jitter=0, supervisors="督查群", conversation="工作群"))
    office.tick("2026-07-10 09:00", "2026-07-14 09:00")
    heard = {(one.conversation, one.stage): one.silent for one in told(office)}
    assert heard == {("工作群", "T-3"): ("市财政局",), ("工作群", "T-1"): ("市财政局",), ("督查群", "E-1"): ()}
    assert stage_words("E-1") == "临期未签收，报督查员"
