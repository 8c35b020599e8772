"""A small register of invented documents, and a way to talk to the bot over it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest

from handlers import handle
from handlers.message import Outcome
from knowledge import deadlines
from knowledge.ledger import Ledger
from knowledge.model import Assignment, Document, Duty, Message, Passage, Place, Role, Turn
from knowledge.register import Register
from scheduler.calendar import WorkCalendar
from scheduler.policy import SHANGHAI

ISSUED = date(2025, 3, 10)
LEAD, RESPONSIBLE, COOPERATING = Role.LEAD, Role.RESPONSIBLE, Role.COOPERATING

# number, printed number, text, duties, slot of the deadline
ROWS: tuple[tuple[str, str, str, tuple[tuple[Role, str], ...], str], ...] = (
    (
        "1",
        "1",
        "公开古桥修缮工程的招标结果和施工进度。",
        ((LEAD, "市文物局"), (COOPERATING, "市财政局")),
        "2025年6月底前",
    ),
    (
        "2",
        "2",
        "开设惠农补贴发放专栏，公布补贴对象和标准。",
        ((LEAD, "市农业农村局"), (LEAD, "市财政局")),
        "2025年7月31日前",
    ),
    ("3", "3", "每月公布河道水质检测数据。", ((LEAD, "市生态环境局"),), "每月后10日内"),
    ("4", "4", "修订校车安全管理办法并组织解读。", ((LEAD, "市教育局"), (COOPERATING, "市公安局")), ""),
    ("5", "5", "建立公共自行车投诉处理台账。", ((RESPONSIBLE, "市城管局"), (RESPONSIBLE, "市政府各部门")), ""),
    ("6", "6", "做好图书馆夜间开放宣传工作。", ((LEAD, "市文化旅游局"),), "全年工作"),
    ("7", "6", "推进老旧小区电梯加装信息公开。", ((LEAD, "市住房城乡建设局"),), "2025年11月底前"),
    ("8", "8", "", ((LEAD, "市民政局"),), ""),
    ("9", "9", "公布养老院床位和收费标准。", ((LEAD, "市民政局"),), "省级指导意见印发后60日内"),
    (
        "10",
        "10",
        "本部门政务公开年度报告于8月15日前报市政府办公室。",
        ((RESPONSIBLE, "市政府各部门"),),
        "2025年8月底前",
    ),
)


def _assignment(document: str, row: tuple[str, str, str, tuple[tuple[Role, str], ...], str], line: int) -> Assignment:
    number, printed, text, duties, slot = row
    slots = (deadlines.read(slot, ISSUED, 2025),) if slot else ()
    return Assignment(
        f"{document}-{number}",
        document,
        number,
        printed,
        ("一、重点领域",),
        text,
        text,
        Place(line=line),
        tuple(Duty(unit, role, collective="各部门" in unit) for role, unit in duties),
        slots + tuple(deadlines.inner(text, ISSUED, 2025)),
    )


def _plan() -> tuple[Document, tuple[Assignment, ...]]:
    document = Document(
        "yunling",
        "云岭市人民政府办公室关于印发云岭市2025年政务公开任务分工方案的通知",
        "yunling.txt",
        "d1",
        issuer="云岭市人民政府办公室",
        issued=ISSUED,
        year=2025,
        number="云政办发〔2025〕7号",
        locality="云岭市",
        based_on=("省政办发〔2025〕3号",),
    )
    return document, tuple(_assignment("yunling", row, 10 + place) for place, row in enumerate(ROWS))


def _other() -> tuple[Document, tuple[Assignment, ...]]:
    document = Document("haijia", "海岬县2025年政务公开任务分工方案", "haijia.txt", "d2", locality="海岬县", year=2025)
    row = ("1", "1", "公开河道水质检测和养殖排污情况。", ((LEAD, "县环保局"),), "2025年9月底前")
    return document, (_assignment("haijia", row, 5),)


def _report() -> Document:
    sentences = (
        "全县共梳理公开事项120项，其中县级事项50项、乡级事项40项、村级事项20项。",
        "政务公开培训班由县政务公开办公室牵头组织，共举办3期。",
    )
    passages = tuple(Passage(text, Place(paragraph=place)) for place, text in enumerate(sentences, 1))
    return Document("report", "白塔县政务公开试点工作报告", "report.txt", "d3", locality="白塔县", passages=passages)


@pytest.fixture(scope="session")
def office() -> Register:
    (plan, rows), (other, more) = _plan(), _other()
    return Register(1, (plan, other, _report()), (*rows, *more))


@pytest.fixture(scope="session")
def ask(office: Register) -> Callable[..., Outcome]:
    """Say a sentence to the bot on 2025-07-10; earlier turns are written `我：…` and `它：…`."""

    def say(
        text: str,
        *earlier: str,
        scope: tuple[str, ...] | None = ("yunling",),
        today: date = date(2025, 7, 10),
        **more: object,
    ) -> Outcome:
        turns = tuple(Turn(line[2:], by_bot=line.startswith("它")) for line in earlier)
        message = Message(text, scope=scope, turns=turns, **more)  # type: ignore[arg-type]
        now = datetime(today.year, today.month, today.day, 9, tzinfo=SHANGHAI)
        return handle(message, office, Ledger(), now, WorkCalendar())

    return say
