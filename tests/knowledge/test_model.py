"""How values name themselves to people."""

import pytest

from knowledge.model import Place


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Place(), "文件"),
        (Place(line=35), "第35行"),
        (Place(table=1, row=3, column=4), "表1第3行第4列"),
        (Place(sheet="台账", row=5, column=2), "工作表“台账”第5行第2列"),
        (Place(page=2), "第2页"),
        (Place(page=2, paragraph=3), "第2页第3段"),
        (Place(page=12, table=1, row=30, column=4), "第12页表1第30行第4列"),
    ],
)
def test_a_place_is_named_so_that_a_person_finds_it(place: Place, words: str) -> None:
    assert place.words() == words
