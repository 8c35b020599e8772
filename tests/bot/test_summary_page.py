"""What docs/汇总与台账.md shows can be done, and its picture is the one that is drawn today."""

from __future__ import annotations

import re
import shlex
from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from bot.cli import qiantou
from bot.config import load_config
from bot.papers.template import PLACEHOLDERS
from bot.settled import policy_of
from bot.summary_settings import READ
from handlers import handle
from handlers.wording_roll import FILLED
from knowledge.ledger import Ledger
from knowledge.model import Document, Message
from knowledge.register import Register
from knowledge.store_tinydb import TinyDBStore
from scheduler.calendar import WorkCalendar
from scheduler.policy import PARTS, Policy
from scheduler.ranking import Yardstick
from tests.scheduler.offices import at

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = (DOCS / "汇总与台账.md").read_text("utf-8")


@pytest.fixture(scope="module")
def register() -> Register:
    """What the samples say, from the picture's own making."""
    assignments = tuple(_picture().sample().assignments.values())
    documents = {one.document for one in assignments}
    papers = tuple(Document(id, id, f"{id}.docx", "0" * 64, year=2026) for id in sorted(documents))
    return Register(1, papers, assignments)


@pytest.fixture
def home(tmp_path: Path, register: Register) -> Path:
    """An office with few assignments, for papers take their time."""
    few = [one for one in register.assignments if {"市财政局", "市民政局"} & {duty.unit for duty in one.duties}]
    store = TinyDBStore(tmp_path / "home")
    store.file(replace(register, assignments=tuple(few)))
    store.close()
    return tmp_path / "home"


def test_every_command_of_the_page_does_what_it_is_for(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    typed = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]
    for line in typed:
        qiantou.main(["--home", str(home), *shlex.split(line)[1:]], standalone_mode=False)
        assert capsys.readouterr().out, line
    made = {path.name for path in Path().iterdir()}
    assert {"月报.docx", "月报.xlsx", "月报.svg", "台账.xlsx", "台账.csv", "台账.docx", "财政局.ics"} <= made
    assert {"通报-2026-06-30.docx", "交接单-市财政局.docx", "用自己的模板.docx"} <= made


def test_what_the_page_says_to_say_gives_what_it_promises(register: Register) -> None:
    table = PAGE.partition("在聊天里：")[2].partition("用命令：")[0]
    said = [words for row in table.splitlines() if row.startswith("| `") for words in re.findall(r"`([^`]+)`", row)]
    assert len(said) > 12
    for words in said:
        message = Message(words, role="supervisor")
        outcome = handle(message, register, Ledger(), at("2026-07-17 10:00"), WorkCalendar(), policy=Policy())
        wants = re.search(r"文件|excel|图片|通报|台账|日程|导出.*任务", words) is not None
        assert bool(outcome.papers or outcome.export) == wants, words
        told = "没有报告进展" if re.search("谁报了|新报的", words) else "【"
        assert wants or "回执" in words or told in outcome.text, words


def test_the_settings_of_the_page_are_all_there_are_and_their_values_the_defaults(tmp_path: Path) -> None:
    (settings,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "qiantou.toml").write_text(settings, "utf-8")
    assert policy_of(load_config(tmp_path)) == policy_of(load_config(tmp_path / "none"))
    assert set(re.findall(r"^(\w+) =", settings, re.MULTILINE)) == set(READ)


def test_the_page_names_every_part_rule_column_and_placeholder() -> None:
    for words in (*PARTS, *FILLED, *(f"{{{{{name}}}}}" for name in PLACEHOLDERS)):
        assert words in PAGE, words
    for yardstick in Yardstick:
        assert yardstick.rule.partition("：")[2].removesuffix("没有应办结节点的单位不参加排名。") in PAGE


def _picture() -> ModuleType:
    spec = spec_from_file_location("picture_of_the_page", DOCS / "生成汇总图.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_picture_of_the_page_is_the_one_that_is_drawn() -> None:
    assert _picture().picture() == (DOCS / "汇总样例.svg").read_text("utf-8")
