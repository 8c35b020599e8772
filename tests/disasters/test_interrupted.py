"""Ctrl-C at any moment of an import: the register is the old or the new one, in this process and in the next."""

import random
import sys
from contextlib import suppress
from pathlib import Path
from types import FrameType

import pytest

from bot.home import Home
from bot.intake import import_files
from knowledge.store_tinydb import TinyDBStore
from tests.contracts.drafts import NOON
from tests.disasters.test_killed import editions, home_with_one_document, whole_lines
from tests.disasters.writer import FILES, inbox, understand

# Interrupted between opening a file and entering its `with`, Python itself closes it and warns.
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")


class Interruption:
    """Raises KeyboardInterrupt at the nth Python call, wherever that is."""

    def __init__(self, moment: int) -> None:
        self.moment, self.calls = moment, 0

    def __call__(self, frame: FrameType, event: str, arg: object) -> None:
        self.calls += 1
        if self.calls == self.moment:
            raise KeyboardInterrupt

    def __enter__(self) -> "Interruption":
        sys.setprofile(self)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setprofile(None)


def bring(store: TinyDBStore, home: Path, paths: list[Path]) -> None:
    import_files(store, Home(home), paths, now=NOON, understand=understand)


def moments(folder: Path, count: int) -> list[int]:
    """Random ones. They are counted in a second import: the first one also loads what the program needs, once for all."""
    for turn in ("first", "second"):
        home = home_with_one_document(folder / turn)
        paths = inbox(home)
        with TinyDBStore(home) as store, Interruption(0) as interruption:
            bring(store, home, paths)
    dice = random.Random(count)
    return sorted(dice.randint(1, interruption.calls * 95 // 100) for _ in range(count))


def interrupted(folder: Path, moment: int) -> bool:
    """Whether the import was still under way; a later one remembers what earlier ones read and may be over before."""
    home = home_with_one_document(folder)
    paths = inbox(home)
    with TinyDBStore(home) as store:
        with suppress(KeyboardInterrupt), Interruption(moment) as interruption:
            bring(store, home, paths)
        register = store.load()
        assert register in editions(), moment
        assert TinyDBStore(home).load() == register, moment
        assert len(store.ledger()) == register.revision, moment
        for document in register.documents:
            assert Home(home).original(document.digest, document.source).exists(), moment
        bring(store, home, paths)
        assert store.load() == editions()[-1], moment
        assert len(store.ledger()) == len(FILES) + 1, moment
    assert TinyDBStore(home).ledger() == store.ledger(), moment
    assert whole_lines(home), moment
    return interruption.calls >= moment


def test_interrupted_at_a_few_moments_of_an_import(tmp_path: Path) -> None:
    for moment in moments(tmp_path / "0", 8):
        interrupted(tmp_path / str(moment), moment)


@pytest.mark.chaos
def test_interrupted_at_400_moments_of_an_import(tmp_path: Path) -> None:
    late = [
        interrupted(tmp_path / str(number), moment) for number, moment in enumerate(moments(tmp_path / "0", 400), 1)
    ]
    assert sum(late) > 300
