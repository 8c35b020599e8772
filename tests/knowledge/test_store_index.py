"""A packed index on disk is opened as it was saved, or not at all."""

from __future__ import annotations

from pathlib import Path

from benchmarks.corpus import distractors
from knowledge.search.index import Index
from knowledge.search.layers import Layers
from knowledge.search.packed import PackedPostings, pack
from knowledge.store_index import open_index, save_index

ROWS = list(distractors(200))


def test_what_was_saved_is_opened_and_ranks_the_same(tmp_path: Path) -> None:
    made = pack(ROWS)
    save_index(tmp_path / "index", made)
    opened = open_index(tmp_path / "index")
    assert opened is not None
    before, after = Index(layers=Layers(PackedPostings(made))), Index(layers=Layers(PackedPostings(opened)))
    for question in ("取水许可证", "文艺演出团体名录", "quanmian tuijin", "名彔清单"):
        assert after.rank(question) == before.rank(question)


def test_saving_again_puts_the_new_index_in_the_place_of_the_old(tmp_path: Path) -> None:
    save_index(tmp_path / "index", pack(ROWS))
    save_index(tmp_path / "index", pack(ROWS[:50]))
    opened = open_index(tmp_path / "index")
    assert opened is not None
    assert len(PackedPostings(opened)) == 50
    assert [path.name for path in tmp_path.iterdir()] == ["index"]


def test_an_index_that_is_missing_or_torn_is_not_there(tmp_path: Path) -> None:
    assert open_index(tmp_path / "index") is None
    save_index(tmp_path / "index", pack(ROWS))
    torn = next((tmp_path / "index").glob("rows.*"))
    torn.write_bytes(torn.read_bytes()[:-9])
    assert open_index(tmp_path / "index") is None
    torn.unlink()
    assert open_index(tmp_path / "index") is None


def test_an_empty_index_can_be_saved(tmp_path: Path) -> None:
    save_index(tmp_path / "index", pack([]))
    opened = open_index(tmp_path / "index")
    assert opened is not None
    assert Index(layers=Layers(PackedPostings(opened))).rank("取水许可证") == []
