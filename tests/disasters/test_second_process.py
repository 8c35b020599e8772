"""Two processes on one home: the second is told who writes, reads undisturbed, and nothing is ever done twice."""

import os
import re
from pathlib import Path

import pytest

from knowledge.store import StoreBusy
from knowledge.store_tinydb import TinyDBStore
from tests.bot.test_command_line import Terminal, one_sentence
from tests.contracts.drafts import NOON, draft, entry
from tests.disasters.test_killed import home_with_one_document, writer
from tests.disasters.writer import APPENDS


def test_the_second_process_is_told_who_writes_and_reads_undisturbed(tmp_path: Path) -> None:
    home = home_with_one_document(tmp_path)
    with writer(home, "hold") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        store = TinyDBStore(home)
        assert store.revision() == 1
        assert len(store.ledger()) == 1
        for write in (
            lambda: store.append(entry()),
            lambda: store.claim("k", NOON),
            lambda: store.file(store.load().filed(draft("乙方案"))[0]),
        ):
            with pytest.raises(StoreBusy) as caught:
                write()
            assert re.fullmatch(
                f"“{re.escape(str(home))}”正由另一个进程写入（进程 {process.pid}，主机 [^，]+，自 2026-03-02 12:00 起，"
                "命令“qiantou run”），没有改动任何内容；请等它结束或先停止它，再重试。查询不受影响。",
                str(caught.value),
            )
        process.communicate("")
    with store:
        assert store.claim("k", NOON) is True


def test_a_second_run_refuses_in_one_sentence_and_says_nothing_to_any_group(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal(home_with_one_document(tmp_path), capsys, monkeypatch)
    with TinyDBStore(terminal.home) as first:
        first.hold()
        assert "正由另一个进程写入" in one_sentence(terminal.types("run"))
        assert terminal.said == ""
        assert "谁牵头" in terminal.types("ask", "帮助").said  # who asks is answered all the same


def test_two_stores_in_one_process_are_kept_apart_too(tmp_path: Path) -> None:
    with TinyDBStore(tmp_path) as first, TinyDBStore(tmp_path) as second:
        assert first.claim("k", NOON) is True
        with pytest.raises(StoreBusy, match=f"进程 {os.getpid()}"):
            second.claim("k", NOON)
        first.close()
        assert second.claim("k", NOON) is False
        assert second.claim("l", NOON) is True
        second.close()
        assert first.claim("l", NOON) is False


def test_a_holder_file_nobody_can_read_still_gives_a_sentence(tmp_path: Path) -> None:
    with TinyDBStore(tmp_path) as first:
        first.hold()
        (tmp_path / ".holder.json").write_text("{", encoding="utf-8")
        with pytest.raises(StoreBusy, match="正由另一个进程写入，没有改动"):
            TinyDBStore(tmp_path).append(entry())


def test_what_another_process_filed_in_between_is_not_overwritten(tmp_path: Path) -> None:
    early = TinyDBStore(tmp_path)
    with TinyDBStore(tmp_path) as other:
        other.file(other.load().filed(draft("甲方案"))[0])
    stale = early.load().filed(draft("乙方案"))[0]
    with TinyDBStore(tmp_path) as other:
        other.file(other.load().filed(draft("丙方案"))[0])
    with early, pytest.raises(Exception, match="总册在此期间已有更新"):
        early.file(stale)
    assert [document.title for document in TinyDBStore(tmp_path).load().documents] == ["甲方案", "丙方案"]


@pytest.mark.chaos
def test_four_processes_that_claim_the_same_keys_are_each_granted_different_ones(tmp_path: Path) -> None:
    home = home_with_one_document(tmp_path)
    processes = [writer(home, "claim") for _ in range(4)]
    granted = [key for process in processes for key in process.communicate(timeout=60)[0].split()]
    assert [process.returncode for process in processes] == [0] * 4
    assert sorted(granted) == sorted(f"k{number}" for number in range(APPENDS))
    assert len(TinyDBStore(home).ledger().entries) == APPENDS + 1
