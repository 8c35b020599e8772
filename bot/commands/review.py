"""`qiantou review` and the review inside `qiantou import`: a person at the terminal has the last word."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.line import typed
from bot.commands.speech import EXIT_INTERRUPTED, Refusal
from knowledge.model import Document, Draft
from knowledge.register import Register
from knowledge.review import Review, Sitting, review_of, sittings

if TYPE_CHECKING:
    from bot.home import Home
    from bot.sitting import Desk
    from knowledge.ledger import Ledger
    from knowledge.store import Store

PROMPT = "核对> "


def watched() -> bool:
    """Whether somebody sits there who can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def person() -> str:
    """Who sits at the terminal, as the system knows them."""
    from getpass import getuser

    try:
        return getuser()
    except (KeyError, OSError):  # a container without a user database
        return "终端"


def desk(store: Store, home: Home, again: str) -> Desk:
    """The desk at this terminal."""
    from bot.clock import SystemClock
    from bot.config import load_config
    from bot.settled import office_calendar
    from bot.sitting import Desk

    listed = load_config(home.path).restrictions
    clock, calendar = SystemClock(), office_calendar(home.path)
    return Desk(store, clock, calendar, person(), prompted, show, again, restrictions=listed)


def prompted() -> str | None:
    """One line from the person; None for Ctrl-C and Ctrl-D."""
    return typed(PROMPT)


def show(words: str) -> None:
    """Show what is said, the question's first line so that the eye finds it."""
    from handlers.wording_decisions import MARK

    # A document's words must not steer the terminal.
    harmless = "".join(c if c.isprintable() or c == "\n" else " " for c in words)
    for line in harmless.split("\n"):
        click.echo(click.style(line, bold=True) if line.startswith(MARK) else line)
    click.echo("")


# ---------------------------------------------------------------- the command
def review(home: Path, name: str, *, learned: bool) -> int:
    """List what is to be reviewed, or review the document called `name`. Returns the exit code."""
    from bot.clock import SystemClock
    from bot.home import Home

    place = Home(home)
    if learned:
        _show_learned(place)
        return 0
    with place.store("qiantou review", SystemClock().now()) as store:
        open_ = _open(store.load(), store.ledger())
        meant = _meant(name, open_) if name else open_
        if not watched() or not meant:
            return _listed(open_, name)
        chosen = meant[0] if len(meant) == 1 and name else _chosen(meant)
        if chosen is None:
            return 0
        store.hold()
        return _reviewed(store, place, chosen)


def _show_learned(place: Home) -> None:
    from bot.learned import FILE_NAME, shown

    lines = list(shown(place.lexicon))
    if not lines:
        click.echo("还没有从核对中学到什么：确认过的简称、单位、约定和时限写法，以后会列在这里。")
        return
    click.echo(f"核对时确认过、以后不再问的（在 {place.lexicon / FILE_NAME}，可以改，也可以删）：")
    for line in lines:
        click.echo(line)


@dataclass(frozen=True, slots=True)
class Open:
    """A document that has something to be reviewed: filed, or left half-way before it was filed (`filed` None)."""

    title: str
    source: str
    digest: str
    left: int
    decided: int
    filed: Document | None

    def words(self) -> str:
        """One line of the list."""
        state = "已入册" if self.filed else "没有入册"
        done = f"，核对到第{self.decided + 1}处" if self.decided else ""
        left = f"，还有{self.left}处" if self.filed else ""
        return f"《{self.title}》（{self.source}，{state}{left}{done}）"


def _open(register: Register, ledger: Ledger) -> list[Open]:
    found = [_unfiled(one) for one in sittings(ledger) if register.of_digest(one.digest) is None and one.decided]
    for document in register.in_force.documents:
        state = review_of(Draft(document, register.of_document(document.id)), ledger)
        if state.pending or state.decided:
            filed = Open(document.title, document.source, document.digest, len(state.pending), state.decided, document)
            found.append(filed)
    return found


def _unfiled(one: Sitting) -> Open:
    return Open(one.title, one.source, one.digest, 0, one.decided, None)


def _meant(name: str, open_: list[Open]) -> list[Open]:
    path = Path(name)
    if path.is_file():
        from bot.intake import content_of, digest_of

        digest = digest_of(content_of(path))
        return [one for one in open_ if one.digest == digest]
    exact = [one for one in open_ if name in (one.title, one.source)]
    return exact or [one for one in open_ if name in one.title or name in one.source]


def _listed(open_: list[Open], name: str) -> int:
    if name and open_:
        named = "、".join(one.words() for one in open_)
        raise Refusal(f"没有要核对的文件叫“{name}”，或没有人在终端前；要核对的有：{named}。")
    if not open_:
        click.echo("没有要核对的文件。")
        return 0
    click.echo("要核对的文件：")
    for at, one in enumerate(open_, 1):
        click.echo(f"  {at} {one.words()}")
    click.echo("请在终端里运行 qiantou review 文件名，逐处核对。")
    return 0


def _chosen(open_: list[Open]) -> Open | None:
    for at, one in enumerate(open_, 1):
        click.echo(f"  {at} {one.words()}")
    click.echo("核对哪一份？（输入序号，直接回车＝不核对）")
    while True:
        line = (prompted() or "").strip()
        if not line:
            return None
        if line.isdecimal() and 1 <= int(line) <= len(open_):
            return open_[int(line) - 1]
        click.echo(f"请输入1到{len(open_)}之间的序号。")


def _reviewed(store: Store, place: Home, one: Open) -> int:
    again = f"运行 qiantou review {one.source} 接着来"
    if one.filed is None:
        return _imported(store, place, one, again)
    draft = Draft(one.filed, store.load().of_document(one.filed.id))
    outcome, done = desk(store, place, again).review(draft)
    if outcome == "file":
        click.echo(amended(store, place, done))
    return EXIT_INTERRUPTED if outcome == "interrupted" else 0


def amended(store: Store, place: Home, done: Review) -> str:
    """File a document that was filed before as it is reviewed now; returns what to say."""
    from bot.clock import SystemClock
    from bot.learned import learn
    from handlers.wording_review import filed
    from knowledge.filing import filed_entry

    register, difference = store.load().amended(done.reviewed)
    entry = filed_entry(done.reviewed, difference, SystemClock().now(), person(), review_of=done)
    learn(place.lexicon, done.lessons, done.reviewed.document, entry)
    store.file(register, entry)
    return filed(done, difference)


def _imported(store: Store, place: Home, one: Open, again: str) -> int:
    """Go on with a document that was never filed, from the original that was kept for that."""
    from bot.clock import SystemClock
    from bot.intake import content_of, import_content

    seat = desk(store, place, again)
    content = content_of(place.original(one.digest, one.source))
    imported = import_content(
        store, place, one.source, content, now=SystemClock().now(), who=person(), confirm=seat.confirm
    )
    if imported.difference:
        click.echo(imported.sentence)
    return EXIT_INTERRUPTED if seat.outcome == "interrupted" else 0
