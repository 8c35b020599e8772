"""`qiantou audit` and `qiantou blank` as a person meets them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from click.testing import CliRunner, Result

from bot.cli import qiantou
from knowledge.directory import Liaison, liaison_entry
from knowledge.ledger import Entry, EntryKind
from knowledge.people import Person, enrolled_entry
from knowledge.store_tinydb import TinyDBStore
from scheduler.policy import SHANGHAI

AT = datetime(2026, 7, 1, 9, tzinfo=SHANGHAI)


def typed(home: Path, *words: str) -> Result:
    return CliRunner().invoke(qiantou, ["--home", str(home), *words], standalone_mode=False)


def office(home: Path) -> Path:
    with TinyDBStore(home) as store:
        store.append(Entry(EntryKind.REPORTED, AT, who="王芳", words="第1项已完成", assignment="a1", unit="市财政局"))
        store.append(liaison_entry(Liaison("市教育局", "赵敏"), AT, "管理员"))
    return home


def test_a_whole_ledger_is_said_to_be_whole_with_a_hash_to_note(tmp_path: Path) -> None:
    home = office(tmp_path)
    told = typed(home, "audit")
    assert told.return_value == 0
    assert told.output.startswith("台账完整：1个文件，2条逐条相符。\n末条校验码：")
    head = told.output.split("：")[2][:20]
    assert "在链中：那时的台账一条不少。" in typed(home, "audit", "--head", head).output
    wrong = typed(home, "audit", "--head", "0" * 20)
    assert (wrong.return_value, "不在链中" in wrong.output) == (3, True)


def test_a_changed_word_is_named_with_its_file_and_line(tmp_path: Path) -> None:
    path = office(tmp_path) / "ledger-2026.jsonl"
    path.write_bytes(path.read_bytes().replace("第1项".encode(), "第2项".encode()))
    told = typed(tmp_path, "audit")
    assert told.return_value == 3
    assert told.output.startswith(
        "台账“ledger-2026.jsonl”第1行起不可信：内容或次序与校验码不符。请用备份中的同名文件核对"
    )


def test_an_empty_ledger_and_a_short_hash_are_answered_plainly(tmp_path: Path) -> None:
    assert typed(tmp_path, "audit").output == "台账还是空的，没有可以核验的。\n"
    assert str(typed(tmp_path, "audit", "--head", "12ab").exception) == "校验码太短，请至少写前16位。"


def test_a_person_is_blanked_after_a_question(tmp_path: Path) -> None:
    home = office(tmp_path)
    told = typed(home, "blank", "王芳", "--reason", "本人申请", "--yes")
    assert "已隐去1条记录里的个人信息，校验链完整" in told.output
    assert "王芳" not in (home / "ledger-2026.jsonl").read_text("utf-8")
    assert "3条逐条相符。\n其中1条按规定隐去了个人信息" in typed(home, "audit").output


def test_who_still_answers_for_a_unit_is_not_blanked(tmp_path: Path) -> None:
    refused = typed(office(tmp_path), "blank", "赵敏", "--reason", "本人申请", "--yes")
    assert str(refused.exception).startswith("赵敏仍是市教育局的联络员")
    assert "赵敏" in (tmp_path / "ledger-2026.jsonl").read_text("utf-8")


def test_who_is_still_enrolled_is_not_blanked(tmp_path: Path) -> None:
    person = Person("王芳", "市财政局", "liaison", ("qq/1",), AT)
    with TinyDBStore(office(tmp_path)) as store:
        store.append(enrolled_entry(person, "qq/1", AT, "管理员"))
    refused = typed(tmp_path, "blank", "qq/1", "--reason", "本人申请", "--yes")
    assert str(refused.exception).startswith("王芳仍登记在册（市财政局），请先用 qiantou people remove")


def test_the_names_in_a_delivery_are_blanked_too(tmp_path: Path) -> None:
    told = {"named": ["王芳", "李强"], "carrier": {"name": "王芳", "key": "wx/9"}}
    with TinyDBStore(office(tmp_path)) as store:
        store.append(Entry(EntryKind.SENT, AT, key="k", details={**told, "stage": "day"}))
    typed(tmp_path, "blank", "王芳", "--reason", "本人申请", "--yes")
    assert "王芳" not in (tmp_path / "ledger-2026.jsonl").read_text("utf-8")
    assert typed(tmp_path, "audit").return_value == 0
