"""What README.md shows is what a new user sees."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from bot.cli import qiantou

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def run(*words: str, said: str = "") -> str:
    command = [sys.executable, "-m", "bot", *words]
    done = subprocess.run(command, input=said, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=True)
    return done.stdout


def test_the_transcript_is_true(tmp_path: Path) -> None:
    transcript = re.search(r"```transcript\n(.*?)```", README, re.DOTALL)
    assert transcript is not None
    assert "扶贫信息谁牵头" in transcript[1]
    questions = "".join(f"{question}\n" for question in re.findall(r"^问：(.*)$", transcript[1], re.MULTILINE))
    said = run("--home", str(tmp_path / "home"), "run", "--sample", "docs/样例", said=questions)
    assert said.strip() == transcript[1].strip()


def test_every_command_that_the_readme_types_exists() -> None:
    typed = set(re.findall(r"qiantou (?:--home \S+ )?([a-z]+)\b", README))
    assert typed - {"completion"} <= set(qiantou.commands)


def test_every_make_target_that_the_readme_types_exists() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"^make (\S+)", README, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_every_page_that_the_readme_links_to_exists() -> None:
    for name in re.findall(r"\]\(([^)]+)\)", README):
        assert (ROOT / name).is_file(), name


def test_every_command_has_a_chinese_help_with_an_example() -> None:
    for name, command in qiantou.commands.items():
        assert re.search(r"[\u4e00-\u9fff]", command.help or ""), name
        assert "qiantou" in (command.epilog or ""), name
