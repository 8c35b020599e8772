"""What was found damaged is told beside the answer of whatever command finds it."""

from pathlib import Path

import pytest

from knowledge.store_tinydb import TinyDBStore
from tests.bot.test_people_command import run
from tests.scheduler.offices import by, duty, register_of


@pytest.mark.parametrize("command", [("status",), ("ask", "第1项谁牵头")])
def test_a_register_that_was_rescued_from_its_backup_is_told(
    tmp_path: Path, command: tuple[str, ...], capfd: pytest.CaptureFixture[str]
) -> None:
    store = TinyDBStore(tmp_path)
    store.file(register_of(duty(1, by("2026-07-15"))))
    store.close()
    (tmp_path / "register.json").write_text("{", "utf-8")
    told = run(tmp_path, *command)
    assert "已改用自动备份" in told + capfd.readouterr().err
