"""Before a document is filed in the place of another, a person sees both side by side and decides."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.clock import VirtualClock
from bot.commands.settling import settling
from bot.home import Home
from bot.intake import Imported, import_source
from bot.sitting import Desk, Outcome
from bot.superseding import Settlement
from knowledge.ledger import EntryKind
from knowledge.reading.bundle import Enclosure
from knowledge.register import Register
from knowledge.store_tinydb import TinyDBStore
from scheduler.calendar import WorkCalendar
from scheduler.policy import SHANGHAI

NOW = datetime(2026, 6, 1, 9, tzinfo=SHANGHAI)
GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "comparison"
FILE = "1"


class Clerk:
    """A person at a terminal; `seen` is what was on the screen of the last import."""

    def __init__(self, home: Path) -> None:
        self.home = Home(home)
        self.home.create()
        self.seen, self.outcome = "", Outcome.FILE

    def imports(self, name: str, *answers: str | None, content: str = "") -> Imported:
        typed: Iterator[str | None] = iter(answers)
        said: list[str] = []
        source = Enclosure(name, content.encode() or (GOLDEN / name).read_bytes())
        with self.home.store("qiantou import", NOW) as store:
            seat = Desk(store, VirtualClock(NOW), WorkCalendar(), "李明", lambda: next(typed), said.append)
            decided = Settlement()
            confirm = settling(seat, store, self.home, NOW, decided)
            done = import_source(store, self.home, source, NOW, "李明", confirm, settlement=decided)
        self.seen, self.outcome = "\n".join(said), seat.outcome
        assert next(typed, "nothing left") == "nothing left"
        return done

    @property
    def register(self) -> Register:
        return TinyDBStore(self.home.path).load()


@pytest.fixture
def clerk(tmp_path: Path) -> Clerk:
    return Clerk(tmp_path / "home")


@pytest.fixture
def revising(clerk: Clerk) -> Callable[..., Imported]:
    """The ledger is filed; its revision comes in with these answers."""
    clerk.imports("营商台账原件.txt", FILE)
    return lambda *answers: clerk.imports("营商台账修订.txt", *answers)


def test_a_first_document_is_filed_without_a_question_about_others(clerk: Clerk) -> None:
    assert clerk.imports("营商台账原件.txt", FILE).difference is not None
    assert "替代" not in clerk.seen


def test_a_revision_is_shown_side_by_side_before_it_is_filed(clerk: Clerk, revising: Callable[..., Imported]) -> None:
    revising("否", FILE)
    assert "的新版：标题或文件名写有“修订”。" in clerk.seen
    assert "时限由“5月底前”改为" in clerk.seen
    assert clerk.seen.index("改动（4项）") < clerk.seen.index("入册吗？")


def test_what_a_person_calls_the_same_keeps_its_id(clerk: Clerk, revising: Callable[..., Imported]) -> None:
    before = next(one for one in clerk.register.assignments if one.number == "10")
    done = revising("是", FILE)
    assert done.difference is not None
    assert before.id in done.difference.changed
    assert clerk.register.in_force.assignment(before.id) is not None
    assert done.difference.unsure == ()


def test_what_a_person_calls_another_is_new_and_the_old_one_withdrawn(
    clerk: Clerk, revising: Callable[..., Imported]
) -> None:
    before = next(one for one in clerk.register.assignments if one.number == "10")
    done = revising("", FILE)
    assert done.difference is not None
    assert before.id in done.difference.withdrawn


def test_whoever_leaves_files_nothing(clerk: Clerk, revising: Callable[..., Imported]) -> None:
    before = clerk.register
    done = revising("什么？", None)
    assert "请输入“是”或“否”。" in clerk.seen
    assert done.difference is None
    assert clerk.outcome is Outcome.INTERRUPTED
    assert clerk.register == before
    assert len(list(clerk.home.documents.iterdir())) == 1


LAST = "云溪市2025年惠企政策公开任务清单\n一、公开惠企政策清单。\n牵头单位：市发展改革委\n完成时限：6月底前\n二、公布收费目录。\n牵头单位：市财政局\n"
THIS = LAST.replace("2025", "2026").replace("6月底前", "5月底前")


@pytest.mark.parametrize(("answer", "in_force"), [("是", 1), ("否", 2), ("", 2)])
def test_last_years_plan_is_replaced_only_when_a_person_says_so(clerk: Clerk, answer: str, in_force: int) -> None:
    clerk.imports("去年.txt", FILE, content=LAST)
    done = clerk.imports("今年.txt", answer, FILE, content=THIS)
    assert "是前一年的同名文件" in clerk.seen
    assert "收紧1项" in clerk.seen
    assert len(clerk.register.in_force.documents) == in_force
    assert done.difference is not None
    told = "《云溪市2025年惠企政策公开任务清单》由它替代，不再提醒。"
    assert (told in done.difference.words()) is (told in clerk.seen) is (answer == "是")


def test_the_ledger_tells_whose_place_a_document_took(clerk: Clerk, revising: Callable[..., Imported]) -> None:
    revising("是", FILE)
    entry = TinyDBStore(clerk.home.path).ledger().kinds(EntryKind.FILED)[-1]
    assert entry.who == "李明"
    assert entry.words.startswith("《澄江湾市2026年优化营商环境重点事项台账（修订版）》更新，新增1项、")
    assert entry.details["moved"]
