"""`qiantou bind`: who listens where, by command, and taken back."""

from pathlib import Path

import pytest

from bot.commands.bind import bind
from bot.commands.speech import Refusal
from bot.view import view_of
from knowledge.directory import Liaison
from knowledge.store_tinydb import TinyDBStore
from scheduler.addressees import routes
from tests.scheduler.offices import PLAN, by, duty, register_of


@pytest.fixture
def home(tmp_path: Path) -> Path:
    store = TinyDBStore(tmp_path)
    store.file(register_of(duty(1, by("2026-07-15")), duty(2, by("2026-07-18"), unit="市民政局")))
    store.close()
    (tmp_path / "qiantou.toml").write_text('[reminders]\nsupervisors = "督查群"\n', "utf-8")
    return tmp_path


def bound(home: Path, conversation: str, *units: str, removed: bool = False, **told: str) -> None:
    documents = [told.pop("document")] if "document" in told else []
    person = {"liaison": told.get("liaison", ""), "id": told.get("id", "")}
    bind(home, conversation, units=units, documents=documents, removed=removed, **person)


def heard(home: Path) -> dict[str, list[str]]:
    """Assignment → the conversations that hear of it."""
    view = view_of(home)
    return {id: [one.conversation for one in found] for id, found in routes(view.register, view.policy).items()}


def test_a_unit_is_bound_under_any_of_its_names_and_the_rest_stays_with_the_supervisors(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bound(home, "财政群", "财政局", liaison="王小明", id="wangxm")
    assert "会话“财政群”已绑定：财政局。\n财政局的联络员：王小明（能点名的通道会点到人）。" in capsys.readouterr().out
    assert heard(home) == {"plan#1": ["财政群"], "plan#2": ["督查群"]}
    assert view_of(home).policy.directory.named_for(("市财政局",), "财政群") == (
        Liaison("市财政局", "王小明", "wangxm", "财政群"),
    )


def test_binding_twice_is_written_once_and_can_be_taken_back(home: Path) -> None:
    bound(home, "财政群", "市财政局", liaison="王小明")
    written = len(view_of(home).ledger)
    bound(home, "财政群", "市财政局", liaison="王小明")
    assert len(view_of(home).ledger) == written
    bound(home, "财政群", "市财政局", removed=True, liaison="王小明")
    assert view_of(home).policy.directory.liaisons == ()
    bound(home, "财政群", "市财政局", removed=True)
    assert heard(home)["plan#1"] == ["督查群"]


def test_a_document_is_bound_in_the_register(home: Path) -> None:
    bound(home, "专班群", document="分工")
    assert view_of(home).register.binding("专班群") == (PLAN.id,)
    assert heard(home) == {"plan#1": ["专班群"], "plan#2": ["专班群"]}
    bound(home, "专班群", document="分工", removed=True)
    assert view_of(home).register.binding("专班群") is None


def test_what_is_not_clear_is_refused_and_an_unknown_unit_is_said(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for wrong, said in (
        ({}, "没有写绑定什么"),
        ({"document": "分工", "liaison": "王小明"}, "要用 --unit 写明"),
        ({"document": "没有的"}, "册中没有叫“没有的”的文件"),
    ):
        with pytest.raises(Refusal, match=said):
            bound(home, "群", **wrong)
    with pytest.raises(Refusal, match="不换行的文字"):
        bound(home, "群\n群", "市财政局")
    bound(home, "群", "市教育局")
    assert "册中还没有写到“市教育局”的任务，请核对名称。" in capsys.readouterr().out
