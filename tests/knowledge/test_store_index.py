"""An index on disk is opened as it was saved, or not at all; what was kept changes no answer."""

from __future__ import annotations

from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

import pytest

from benchmarks.corpus import distractors
from knowledge.model import Assignment, Document, Place
from knowledge.register import Register
from knowledge.search import WORTH_KEEPING, index_of
from knowledge.search.index import Index
from knowledge.search.layers import Layers
from knowledge.search.mapped import KINDS, Arrays, MappedPostings, pack
from knowledge.store_index import KEPT, IndexFolder, open_index, save_index

ROWS = list(distractors(WORTH_KEEPING + 50))
QUESTIONS = ("取水许可证", "文艺演出团体名录", "quanmian tuijin", "名彔清单")


@pytest.fixture(scope="module")
def arrays() -> Arrays:
    return pack(ROWS[:200])


def register(count: int) -> Register:
    rows = (
        Assignment(row.key, "d", str(n), str(n), (), row.fields["text"], row.fields["text"], Place(line=n))
        for n, row in enumerate(ROWS[:count], 1)
    )
    return Register(1, (Document("d", "云溪市要点", "要点.xlsx", "d"),), tuple(rows))


def test_what_was_saved_is_opened_and_ranks_the_same(tmp_path: Path, arrays: Arrays) -> None:
    save_index(tmp_path / "one.index", arrays)
    opened = open_index(tmp_path / "one.index")
    assert opened is not None
    before, after = Index(layers=Layers(MappedPostings(arrays))), Index(layers=Layers(MappedPostings(opened)))
    for question in QUESTIONS:
        assert after.rank(question) == before.rank(question)
    assert [path.name for path in tmp_path.iterdir()] == ["one.index"]
    save_index(tmp_path / "none.index", pack([]))
    nothing = open_index(tmp_path / "none.index")
    assert nothing is not None
    assert Index(layers=Layers(MappedPostings(nothing))).rank("取水许可证") == []


def test_an_index_that_is_missing_torn_or_damaged_anywhere_is_not_there(tmp_path: Path, arrays: Arrays) -> None:
    path = tmp_path / "one.index"
    assert open_index(path) is None
    save_index(path, arrays)
    whole = path.read_bytes()
    cuts = [whole[:length] for length in (0, 5, 100, 2000, len(whole) // 2, len(whole) - 8, len(whole) - 1)]
    flips = [whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in range(0, len(whole), len(whole) // 40)]
    for damaged in (*cuts, *flips, whole + b"12345678", b"{}\n" + whole, whole.replace(b'"form": ', b'"form": 1', 1)):
        path.write_bytes(damaged)
        assert open_index(path) is None


def test_a_large_register_is_indexed_once_and_opened_afterwards(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    one = replace(register(WORTH_KEEPING), shelf=IndexFolder(folder))
    plain = index_of(register(WORTH_KEEPING)).assignments
    first = index_of(one).assignments
    (kept,) = folder.iterdir()
    made = kept.stat()
    assert made.st_mode & 0o077 == 0
    again = index_of(replace(register(WORTH_KEEPING), shelf=IndexFolder(folder))).assignments
    assert kept.stat().st_mtime_ns == made.st_mtime_ns
    kept.write_bytes(kept.read_bytes()[:-9])
    mended = index_of(replace(register(WORTH_KEEPING), shelf=IndexFolder(folder))).assignments
    assert kept.stat().st_size == made.st_size
    for question in QUESTIONS:
        assert first.rank(question) == again.rank(question) == mended.rank(question) == plain.rank(question)


def test_other_rows_have_another_index_and_the_oldest_go(tmp_path: Path) -> None:
    shelf = IndexFolder(tmp_path / "index")
    small = pack(ROWS[:3])
    for number in range(KEPT + 3):
        shelf.keep(f"{number}", small)
    assert len(list((tmp_path / "index").iterdir())) == KEPT
    assert shelf.opened("nobody") is None


def test_a_disk_that_takes_no_index_changes_no_answer(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("in the way", encoding="utf-8")
    found = index_of(replace(register(WORTH_KEEPING), shelf=IndexFolder(tmp_path / "index"))).assignments
    plain = index_of(register(WORTH_KEEPING)).assignments
    assert [found.rank(question) for question in QUESTIONS] == [plain.rank(question) for question in QUESTIONS]


def test_an_index_changed_for_long_is_made_anew(tmp_path: Path) -> None:
    before = replace(register(WORTH_KEEPING), shelf=IndexFolder(tmp_path / "index"))
    index = index_of(before).assignments
    assert not index.outgrown
    later = index.with_rows((row for row in distractors(160, seed=9)), without=["x-1"])
    assert later.outgrown
    assert later.rank("取水许可证", limit=1)


def test_the_form_is_raised_when_other_arrays_are_made_of_the_same_rows(arrays: Arrays) -> None:
    """If this fails, what was saved before means something else: raise FORM in knowledge.store_index, then this digest."""
    digest = blake2b(digest_size=8)
    for name in KINDS:
        digest.update(getattr(arrays, name))
    assert digest.hexdigest() == "886736be6bd841c4"
