"""What is made of a thing is made once, for as long as the table at hand is read."""

from __future__ import annotations

from knowledge.once import Once


def test_each_different_text_is_looked_at_once_and_another_table_looks_anew() -> None:
    looked: list[str] = []

    def length(text: str) -> int:
        looked.append(text)
        return len(text)

    lengths = Once(length)
    assert [lengths[text] for text in ("甲局", "乙分局", "甲局", "甲局")] == [2, 3, 2, 2]
    assert looked == ["甲局", "乙分局"]
    assert Once(length)["甲局"] == 2
    assert looked == ["甲局", "乙分局", "甲局"]
