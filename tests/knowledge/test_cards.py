"""Names in groups that say who somebody is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.cards import NameCard, read_card


@pytest.mark.parametrize(
    ("written", "card"),
    [
        ("财政局-王芳", NameCard("财政局", "王芳")),
        ("市财政局 王芳", NameCard("市财政局", "王芳")),
        ("王芳｜教育局", NameCard("教育局", "王芳")),
        ("城东区政府办——欧阳小明", NameCard("城东区政府办", "欧阳小明")),
        ("小王", None),
        ("财政局", None),
        ("财政局-预算科", None),
        ("财政局-预算科-王芳", None),
        ("教育局-wangfang", None),
        ("", None),
    ],
)
def test_a_card_proposes_a_unit_and_a_name(written: str, card: NameCard | None) -> None:
    assert read_card(written) == card


@given(st.text(max_size=60))
def test_whatever_people_call_themselves_is_read_without_an_error(written: str) -> None:
    card = read_card(written)
    assert card is None or (card.unit in written and card.name in written)
