"""`qiantou people` and `qiantou groups`: enrolling at the office's own machine, one by one and by a table."""

from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import qiantou
from bot.commands.speech import Refusal
from bot.reception import people_in
from bot.view import view_of
from knowledge.groups import ASKED, Wish
from knowledge.ledger import EntryKind
from knowledge.model import ReadingError
from knowledge.store_tinydb import TinyDBStore
from tests.scheduler.offices import at, by, duty, register_of

SETTINGS = """
[channels.qq]
kind = "memory"
[channels.wecom]
kind = "wecom-robot"
[[people.person]]
name = "周明"
role = "管理员"
accounts = ["wecom/zhouming"]
[[liaisons]]
unit = "市民政局"
name = "孙丽"
id = "30003"
group = "qq/民政群"
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    store = TinyDBStore(tmp_path / "home")
    store.file(register_of(duty(1, by("2026-07-15")), duty(2, by("2026-07-18"), unit="市民政局")))
    store.close()
    (tmp_path / "home/qiantou.toml").write_text(SETTINGS, "utf-8")
    return tmp_path / "home"


def run(home: Path, *words: str) -> str:
    done = CliRunner().invoke(qiantou, ["--home", str(home), *words], standalone_mode=False)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.output


def sheet(path: Path, *rows: str) -> Path:
    from xlsxwriter import Workbook

    out = BytesIO()
    book = Workbook(out, {"in_memory": True})
    page = book.add_worksheet()
    for line, row in enumerate(rows):
        for at_, cell in enumerate(row.split(",")):
            page.write(line, at_, int(cell) if cell.isdecimal() else cell)
    book.close()
    path.write_bytes(out.getvalue())
    return path


def test_a_table_enrols_who_has_an_account_and_gives_codes_to_the_others(home: Path, tmp_path: Path) -> None:
    rows = (
        "姓 名,单位*,角色,通道,账号",
        "王芳,财政局,联络员,qq,1234567890123",
        "李强,市教育局,,,",
        "刘督,,督查员,,",
        "王芳,财政局,联络员,企业微信,wang fang/2",
    )
    table, out = sheet(tmp_path / "人员表.xlsx", *rows), tmp_path / "码.xlsx"
    told = run(home, "people", "import", str(table), "--out", str(out))
    assert told.startswith("人员表4行：直接绑定2个账号，发绑定码2个，已经登记、没有变化的0行。")
    ledger = view_of(home).ledger
    from bot.config import load_config

    people = people_in(load_config(home), ledger)
    assert people.of("qq/1234567890123").words == "市财政局 王芳（联络员）"
    assert people.of("wecom/wang fang/2").keys == ("qq/1234567890123", "wecom/wang fang/2")
    assert people.of("qq/30003").words == "市民政局 孙丽（联络员）"
    written = [[cell.text for cell in block.cells] for block in _blocks(out)][-2:]
    assert [row[1:4] for row in written] == [["市教育局", "李强", "联络员"], ["", "刘督", "督查员"]]
    assert all(len(row[4].replace(" ", "")) == 8 for row in written)
    assert out.stat().st_mode & 0o077 == 0
    with pytest.raises(Refusal, match="已经存在"):
        run(home, "people", "import", str(table), "--out", str(out))
    shown = run(home, "people")
    assert "还没有绑定：市教育局 李强（联络员）" in shown
    assert "有任务而没有联络员" not in shown


def _blocks(path: Path) -> list:  # type: ignore[type-arg]
    from knowledge.reading import read

    return [block for block in read(path.read_bytes(), path.name).blocks if block.cells]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (("单位,账号", "市财政局,1"), "没有“姓名”这一列"),
        (("姓名,单位", ",市财政局"), "不像是姓名"),
        (("姓名,单位,角色", "王芳,市财政局,局长"), "第2行的角色“局长”不认识，可以写：工作人员、联络员、督查员、管理员"),
        (("姓名,单位", "王芳,"), "没有写王芳是哪个单位的"),
        (
            ("姓名,单位,通道,账号", "王芳,市财政局,微信,1"),
            "通道“微信”没有在 qiantou.toml 的 [channels] 里，可以写：qq、wecom",
        ),
        (("姓名,单位,账号", "王芳,市财政局,1"), "没有写是哪个通道的"),
        (("姓名,单位,通道,账号", "王芳,市财政局,qq,1.23457E+12"), "改成了近似值"),
        (("姓名,单位,通道,账号", "王芳,市财政局,qq,7", "李强,市财政局,qq,7"), "是同一个账号，姓名却是王芳和李强"),
    ],
)
def test_a_table_with_a_slip_is_refused_whole(home: Path, tmp_path: Path, rows: tuple[str, ...], said: str) -> None:
    with pytest.raises(ReadingError) as refused:
        run(home, "people", "import", str(sheet(tmp_path / "人员表.xlsx", *rows)))
    assert said in str(refused.value)
    assert len(view_of(home).ledger) == 0


def test_somebody_is_invited_removed_and_handed_over_at_the_machine(home: Path) -> None:
    assert "市财政局 王芳（联络员）的绑定码" in run(home, "people", "invite", "--unit", "财政局", "--name", "王芳")
    assert "有任务而没有联络员的单位1个：市财政局。每个单位至少要有1名专职人员" in run(home, "people")
    run(home, "people", "remove", "--name", "王芳")
    assert "还没有绑定" not in run(home, "people")
    told = run(home, "people", "handover", "--unit", "民政局", "--from", "孙丽", "--to", "李强")
    assert "市民政局联络员由孙丽改为李强" in told
    assert "孙丽还写在 qiantou.toml 里" in told
    with pytest.raises(Refusal, match="写在 qiantou"):
        run(home, "people", "remove", "--name", "周明")
    with pytest.raises(Refusal, match="没有写小李是哪个单位的"):
        run(home, "people", "invite", "--name", "小李")


def test_what_waits_is_confirmed_and_two_groups_made_one_at_the_machine(home: Path) -> None:
    store = TinyDBStore(home)
    wish = Wish("qq/7", ("市财政局",), ("plan",), by="小陈", code="K7M4")
    store.append(wish.entry(ASKED, at("2026-11-01 09:00").replace(year=2126), "小陈", "qq/7"))
    store.close()
    assert "K7M4　qq/7：" in run(home, "groups")
    assert "已确认绑定" in run(home, "groups", "confirm", "k7m4")
    assert view_of(home).register.binding("qq/7") == ("plan",)
    run(home, "groups", "same", "wecom/wrAbC", "qq/7")
    assert "平台上的群：wecom/wrAbC、qq/7" in run(home, "groups")
    assert [one.kind for one in view_of(home).ledger.kinds(EntryKind.BOUND)] == [EntryKind.BOUND]
