"""`qiantou import` and `qiantou review` with somebody at the terminal: transcripts, restarts, and one real terminal."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.backup import backup, restore
from bot.clock import VirtualClock
from bot.commands.review import review as review_command
from bot.home import Home
from bot.intake import Imported, digest_of, import_content
from bot.sitting import Desk, Outcome
from knowledge.ledger import EntryKind
from knowledge.lexicon import lexicon_of
from knowledge.model import Role
from knowledge.review import sittings
from knowledge.store_tinydb import TinyDBStore
from scheduler.calendar import WorkCalendar
from scheduler.policy import SHANGHAI

ROOT = Path(__file__).resolve().parents[2]
NINE = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
GOLDEN = ROOT / "tests" / "golden" / "parsing"
PAGES = GOLDEN / "flattened-pages.txt"  # seven doubts


class Sitter:
    """A person at a terminal: `answers` are typed in turn, None is Ctrl-C; `seen` is what was on the screen."""

    def __init__(self, home: Path) -> None:
        self.home = Home(home)
        self.home.create()
        self.seen = ""
        self.outcome = Outcome.FILE

    def imports(self, path: Path, *answers: str | None, who: str = "李明") -> Imported:
        """A process of its own: the file is imported and reviewed with these answers."""
        typed: Iterator[str | None] = iter(answers)
        said: list[str] = []
        with self.home.store("qiantou import", NINE) as store:
            seat = Desk(store, VirtualClock(NINE), WorkCalendar(), who, lambda: next(typed), said.append, "再来")
            done = import_content(
                store, self.home, path.name, path.read_bytes(), now=NINE, who=who, confirm=seat.confirm
            )
        self.seen, self.outcome = "\n".join(said), seat.outcome
        assert next(typed, "nothing left") == "nothing left"
        return done

    @property
    def store(self) -> TinyDBStore:
        return TinyDBStore(self.home.path)


@pytest.fixture
def sitter(tmp_path: Path) -> Sitter:
    return Sitter(tmp_path / "home")


def test_a_person_walks_through_the_doubts_and_files(sitter: Sitter) -> None:
    done = sitter.imports(PAGES, "", "1", "省指导意见印发后30日内完成", "2", "公开土地流转信息", "跳过", "", "1")
    assert done.difference is not None
    assert "要核对7处" in sitter.seen
    assert "【核对 7/7】第14项（第33行）" in sitter.seen
    assert "照读法3处，改正3处，跳过1处。" in sitter.seen
    register = sitter.store.load()
    rows = {one.number: one for one in register.assignments}
    assert rows["7"].deadlines[0].text == "省指导意见印发后30日内完成"
    assert rows["10"].units(Role.LEAD) == ()
    assert rows["11"].text == "公开土地流转信息"
    assert [doubt.code for one in register.assignments for doubt in one.doubts] == ["no-text"]


def test_stopped_and_started_again_it_goes_on_where_it_was(sitter: Sitter) -> None:
    assert sitter.imports(PAGES, "1", "1", "改成 每季度", "停").difference is None
    assert (sitter.outcome, sitter.store.load().documents) == (Outcome.STOPPED, ())
    assert "停下了，总册没有变化：核对了3处，都已存下，还剩4处；再来。" in sitter.seen
    done = sitter.imports(PAGES, "", "1", "1", "1", "1", "")
    assert "上次核对到第4处（共7处），接着来？" in sitter.seen
    assert "【核对 4/7】" in sitter.seen
    assert done.difference is not None
    assert sitter.store.load().assignments[6].deadlines[0].text == "每季度"


def test_another_person_is_told_who_was_at_it(sitter: Sitter) -> None:
    sitter.imports(PAGES, "1", "1", "停")
    sitter.imports(PAGES, "", "停", who="赵敏")
    assert "李明核对过这份文件（最近一次答复在3月2日09:00，已核对2处），从那里接着来。" in sitter.seen


def test_ctrl_c_saves_the_answers(sitter: Sitter) -> None:
    sitter.imports(PAGES, "1", None)
    assert sitter.outcome is Outcome.INTERRUPTED
    assert sittings(sitter.store.ledger())[0].decided == 1
    original = sitter.home.original(digest_of(PAGES.read_bytes()), PAGES.name)
    assert original.read_bytes() == PAGES.read_bytes()


def test_a_person_can_begin_anew_or_leave_it_for_now(sitter: Sitter) -> None:
    sitter.imports(PAGES, "1", "1", "停")
    sitter.imports(PAGES, "停")
    assert sitter.outcome is Outcome.STOPPED
    sitter.imports(PAGES, "重来", "停")
    assert "【核对 1/7】" in sitter.seen
    assert sittings(sitter.store.ledger())[0].decided == 0


def test_whoever_says_no_at_the_end_keeps_the_answers(sitter: Sitter) -> None:
    done = sitter.imports(PAGES, *["1"] * 7, "否")
    assert done.difference is None
    done = sitter.imports(PAGES, "", "返回", "跳过", "")
    assert done.difference is not None
    assert "【核对 7/7】" in sitter.seen


def test_nothing_in_doubt_is_one_question(sitter: Sitter) -> None:
    done = sitter.imports(GOLDEN / "four-roles.txt", "")
    assert done.difference is not None
    assert "没有要核对的地方。" in sitter.seen


def test_a_stopped_review_leaves_the_original_and_an_untouched_one_leaves_it_too(sitter: Sitter) -> None:
    sitter.imports(PAGES, "停")
    assert list(sitter.home.documents.iterdir()) != []


def test_a_half_finished_review_is_in_a_backup(sitter: Sitter, tmp_path: Path) -> None:
    sitter.imports(PAGES, "1", "1", "停")
    kept = backup(sitter.home, tmp_path / "b.zip", NINE)
    elsewhere = Sitter(tmp_path / "elsewhere")
    restore(kept.path, elsewhere.home, NINE)
    elsewhere.imports(PAGES, "", "停")
    assert "上次核对到第3处（共7处）" in elsewhere.seen


def test_what_was_learned_is_not_asked_in_the_next_document(sitter: Sitter, tmp_path: Path) -> None:
    first = GOLDEN / "section-lead.txt"
    sitter.imports(first, "1", "1", "")
    assert "以后不再问的（记入词库）" in sitter.seen
    assert lexicon_of(sitter.home.lexicon).confirmed["认可的约定"]
    second = tmp_path / "又一份.txt"
    second.write_text(first.read_text("utf-8").replace("松岭县", "云门县"), "utf-8")
    sitter.imports(second, "1", "")
    assert "文中约定" not in sitter.seen


def test_a_revised_document_keeps_what_was_decided_about_the_same_words(sitter: Sitter, tmp_path: Path) -> None:
    sitter.imports(PAGES, "1", "1", "每季度", "2", "1", "1", "跳过", "")
    revised = tmp_path / "二稿.txt"
    text = PAGES.read_text("utf-8").replace("公开涉农补贴资金的来源", "公开涉农补贴资金的用途")
    revised.write_text(text, "utf-8")
    done = sitter.imports(revised, "1", "")
    assert "要核对1处" in sitter.seen
    assert "以前核对过的6处照旧" in done.sentence
    rows = {one.number: one for one in sitter.store.load().in_force.assignments}
    assert (rows["7"].deadlines[0].text, rows["10"].units(Role.LEAD)) == ("每季度", ())


def test_every_answer_is_in_the_ledger_with_both_readings(sitter: Sitter) -> None:
    sitter.imports(PAGES, "1", "跳过", "每季度", "停")
    told = [
        (entry.details["verb"], entry.who, entry.words) for entry in sitter.store.ledger().kinds(EntryKind.REVIEWED)
    ]
    assert told == [
        ("started", "李明", ""),
        ("accepted", "李明", "1"),
        ("skipped", "李明", "跳过"),
        ("corrected", "李明", "每季度"),
        ("stopped", "李明", "停"),
    ]
    entry = sitter.store.ledger().entries[3]
    assert entry.details["old"] == "省指导意见印发后60日内完成"
    assert entry.details["new"] == "第7项时限：省指导意见印发后60日内完成 → 每季度"


def test_without_a_terminal_the_command_lists_what_is_to_be_reviewed(
    sitter: Sitter, capsys: pytest.CaptureFixture[str]
) -> None:
    sitter.imports(PAGES, "1", "停")
    assert review_command(sitter.home.path, "", learned=False) == 0
    assert (
        "1 《临溪市2022年政务公开工作分工方案》（flattened-pages.txt，没有入册，核对到第2处）"
        in capsys.readouterr().out
    )
    review_command(sitter.home.path, "", learned=True)
    assert "还没有从核对中学到什么" in capsys.readouterr().out


# ---------------------------------------------------------------- a real terminal
class Screen:
    """A real process in a pseudo-terminal of its own."""

    def __init__(self, home: Path, *words: str) -> None:
        self.leader, follower = pty.openpty()
        environment = {**os.environ, "QIANTOU_HOME": str(home), "LC_ALL": "C.UTF-8", "TERM": "xterm"}
        command = [sys.executable, "-m", "bot", *words]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=follower, stdout=follower, stderr=follower, start_new_session=True,
            preexec_fn=_own_terminal,
        )  # fmt: skip
        os.close(follower)
        self.shown = b""

    def until(self, words: str) -> str:
        """Read until these words have come; the screen up to there."""
        while words.encode() not in self.shown:
            ready, _, _ = select.select([self.leader], [], [], 60)
            assert ready, f"never came: {words}\n{self.shown.decode('utf-8', 'replace')}"
            self.shown += os.read(self.leader, 4096)
        seen, _, self.shown = self.shown.partition(words.encode())
        return seen.decode() + words

    def types(self, keys: str) -> None:
        os.write(self.leader, keys.encode())

    def interrupts(self) -> None:
        """Ctrl-C, and again where it fell just before readline began to listen, as a person would."""
        heard = False
        while not heard:
            self.types("\x03")
            heard = bool(select.select([self.leader], [], [], 3)[0])

    def ends(self) -> int:
        code = self.process.wait(60)
        os.close(self.leader)
        return code


def _own_terminal() -> None:
    import fcntl
    import termios

    signal.signal(signal.SIGINT, signal.SIG_DFL)  # a suite that runs in the background passes on an ignored one
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def test_in_a_real_terminal_chinese_is_edited_by_whole_characters_and_ctrl_c_saves(tmp_path: Path) -> None:
    screen = Screen(tmp_path / "home", "import", str(PAGES))
    screen.until("【核对 1/7】")
    screen.until("核对> ")
    screen.types("第4项 配合 市林业厅\x7f局\r")
    assert "市林业局" in screen.until("【核对 2/7】")
    screen.until("核对> ")
    screen.types("半句")
    screen.until("半句")
    screen.interrupts()
    assert (
        "停下了，总册没有变化：核对了1处，都已存下，还剩6处；再次运行 qiantou import flattened-pages.txt 接着来。"
        in screen.until("接着来。")
    )
    assert screen.ends() == 130
    entry = TinyDBStore(tmp_path / "home").ledger().entries[1]
    assert entry.words == "第4项 配合 市林业局"


def test_in_a_real_terminal_a_filed_document_is_reviewed_by_its_name(tmp_path: Path) -> None:
    home = tmp_path / "home"
    Sitter(home).imports(PAGES, *["跳过"] * 7, "")
    screen = Screen(home, "review", "flattened")
    screen.until("【核对 1/7】")
    screen.until("核对> ")
    screen.types("第10项 牵头 市农业农村局\r")
    screen.until("【核对 2/7】")
    screen.types("入册\r")
    assert "修改1项" in screen.until("可以接着核对。")
    assert screen.ends() == 0
    register = TinyDBStore(home).load()
    assert register.revision == 2
    assert {one.number: one.units(Role.LEAD) for one in register.assignments}["10"] == ("市农业农村局",)
    assert len(register.of_source(PAGES.name)) == 1
