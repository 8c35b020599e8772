"""What the supervisors are told of the office itself."""

from bot.answerable import buttons_for
from bot.parcels import Parcel
from handlers.notices_wording import compose
from knowledge.directory import Directory, Liaison
from knowledge.groups import ASKED, Wish
from knowledge.ledger import Ledger
from knowledge.people import LIAISON, Person, enrolled_entry
from scheduler.notices import Notice, NoticeKind
from scheduler.owed import notices_due
from scheduler.policy import Policy
from tests.scheduler.offices import CALENDAR, at, by, duty, register_of

REGISTER = register_of(duty(1, by("2026-12-31")), duty(2, by("2026-12-31"), unit="市民政局"))
DIRECTORY = Directory(liaisons=(Liaison("市财政局", "王芳"),))
POLICY = Policy(supervisors="督查群", directory=DIRECTORY)
ENROLLED = enrolled_entry(Person("王芳", "市财政局", LIAISON), "qq/1", at("2026-05-01 09:00"), "周明")


def told(ledger: Ledger, when: str) -> list[Notice]:
    notices = notices_due(REGISTER, ledger, at(when), CALENDAR, POLICY)
    return [one for one in notices if one.kind is NoticeKind.OFFICE]


def test_units_without_a_liaison_are_named_on_the_first_working_day_of_each_month() -> None:
    ledger = Ledger([ENROLLED])
    assert told(ledger, "2026-08-02 09:30") == []
    (one,) = told(ledger, "2026-08-03 09:30")
    assert compose([one]) == (
        "【联络员】有任务而没有联络员的单位1个：市民政局。每个单位至少要有1名专职人员，请尽快确定并邀请。"
    )
    assert told(ledger, "2026-08-04 09:30") == []
    assert told(Ledger(), "2026-08-03 09:30") == []


def test_a_binding_that_waits_is_told_to_the_supervisors() -> None:
    wish = Wish("qq/7", ("市财政局",), ("plan",), by="小陈", at=at("2026-08-04 08:00"), code="K7M4")
    ledger = Ledger([wish.entry(ASKED, at("2026-08-04 08:00"), "小陈", "qq/7")])
    (one,) = told(ledger, "2026-08-04 09:30")
    assert compose([one]).splitlines()[1] == "K7M4　“qq/7”：《云溪市2026年政务公开任务分工》、市财政局（小陈申请）"
    assert [button.says for button in buttons_for(Parcel((one,), ("",)), 0, 3)] == ["确认绑定 K7M4", "不同意绑定 K7M4"]
    own = Wish("督查群", ("市财政局",), by="小陈", code="K7M5")
    assert told(Ledger([own.entry(ASKED, at("2026-08-04 08:00"), "小陈", "督查群")]), "2026-08-04 09:30") == []
