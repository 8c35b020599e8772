"""Packing notices into messages that fit."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.parcels import pack, split
from handlers.notices_wording import compose
from knowledge.ledger import Ledger
from scheduler.owed import notices_due
from scheduler.policy import Policy
from tests.properties import examples
from tests.scheduler.offices import CALENDAR, at, by, duty, register_of

Measure = Callable[[str], int]
MEASURES: dict[str, Measure] = {
    "characters": len,
    "bytes": lambda text: len(text.encode()),
    "UTF-16 units": lambda text: len(text.encode("utf-16-le")) // 2,
}


def notices(count: int):  # type: ignore[no-untyped-def]
    register = register_of(*(duty(n, by("2026-07-15"), unit=f"市{n % 3}局") for n in range(1, count + 1)))
    return notices_due(register, Ledger(), at("2026-07-15 09:00"), CALENDAR, Policy(summary=False, at_once=100))


def test_what_fits_is_one_message_without_a_number() -> None:
    (parcel,) = pack(notices(5), compose, len, 4096)
    assert len(parcel.notices) == 5
    assert parcel.texts == (compose(notices(5)),)


def test_what_does_not_fit_is_split_between_notices_and_numbered() -> None:
    parcels = pack(notices(30), compose, MEASURES["bytes"], 2048)
    assert len(parcels) > 1
    assert sum((parcel.notices for parcel in parcels), ()) == notices(30)
    texts = [text for parcel in parcels for text in parcel.texts]
    assert [text.split("\n")[0] for text in texts] == [f"（{n}/{len(texts)}）" for n in range(1, len(texts) + 1)]
    assert all(len(text.encode()) <= 2048 for text in texts)
    assert all("收到请回复" in text for text in texts)


def test_the_key_of_a_message_depends_on_its_notices_and_its_part_only() -> None:
    one, other = pack(notices(2), compose, len, None)[0], pack(notices(3), compose, len, None)[0]
    assert one.post_key(0) == pack(notices(2), compose, len, None)[0].post_key(0)
    assert len({one.post_key(0), one.post_key(1), other.post_key(0)}) == 3


def test_a_limit_without_room_for_a_character_is_an_error() -> None:
    with pytest.raises(ValueError, match="no room"):
        split("云溪", MEASURES["bytes"], 2)


@pytest.mark.parametrize("measure", MEASURES.values(), ids=list(MEASURES))
@settings(deadline=None, max_examples=examples(60))
@given(text=st.text(alphabet="任务提醒ab😀🀄️\n ，。", max_size=300), limit=st.integers(4, 80))
def test_pieces_fit_and_put_together_give_the_text(measure: Measure, text: str, limit: int) -> None:
    pieces = split(text, measure, limit)
    assert all(measure(piece) <= limit for piece in pieces)
    assert "".join(pieces).replace("\n", "") == text.replace("\n", "")


@settings(deadline=None, max_examples=examples(40))
@given(lines=st.lists(st.text(alphabet="任务提醒ab", min_size=1, max_size=20), min_size=1, max_size=20))
def test_lines_that_fit_are_never_cut(lines: list[str]) -> None:
    pieces = split("\n".join(lines), len, 25)
    assert [line for piece in pieces for line in piece.split("\n")] == lines
