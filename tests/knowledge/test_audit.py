"""The ledger proves itself: nothing in it can be changed unseen, and a person can be taken out of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.chain import BLANKED, CHAIN, blanked, chained, link
from knowledge.ledger import Entry, EntryKind
from knowledge.store_audit import audit
from knowledge.store_tinydb import TinyDBStore
from scheduler.policy import SHANGHAI

START = datetime(2026, 12, 30, 9, tzinfo=SHANGHAI)
PEOPLE = ("王芳", "赵敏", "孙立")


def entries() -> Iterator[Entry]:
    """A week over the turn of the year, by three people."""
    for day in range(8):
        at, who = START + timedelta(hours=11 * day), PEOPLE[day % 3]
        yield Entry(EntryKind.REPORTED, at, who=who, words=f"第{day}项已完成", assignment=f"a{day}", unit="市财政局")
        yield Entry(EntryKind.CLAIMED, at, key=f"a{day}|2026-12-31|day|工作群")
    yield Entry(EntryKind.BOUND, at, unit="市教育局", details={"liaison": "王芳", "id": "wangfang", "removed": True})


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with TinyDBStore(tmp_path) as store:
        for entry in entries():
            store.append(entry)
    return tmp_path


def ledgers(home: Path) -> list[Path]:
    return sorted(home.glob("ledger-*.jsonl"))


def test_a_ledger_over_two_years_is_whole_and_its_last_hash_proves_it(home: Path) -> None:
    found = audit(home)
    assert (found.files, found.lines, found.unproved, found.breaks) == (2, 17, 0, ())
    assert found.head in found.heads


def test_a_new_process_goes_on_with_the_chain(home: Path) -> None:
    before = audit(home)
    with TinyDBStore(home) as store:
        store.append(Entry(EntryKind.SENT, START + timedelta(days=30), key="k"))
    after = audit(home)
    assert (after.lines, after.breaks, before.head in after.heads) == (18, (), True)


def flipped(content: bytes, place: int, bit: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 1 << bit]) + content[place + 1 :]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A report, a claim and a liaison in one year, a report in the next."""
    with TinyDBStore(tmp_path) as store:
        store.append(*list(entries())[:2], *list(entries())[-3:])
    return tmp_path


def test_no_byte_can_change_unseen(small: Path) -> None:
    path = ledgers(small)[0]
    content = path.read_bytes()
    numbers = [content.count(b"\n", 0, place) + 1 for place in range(len(content))]
    for place, number in enumerate(numbers):
        path.write_bytes(flipped(content, place, place % 8))
        broken = audit(small).breaks
        assert broken, f"byte {place} was changed unseen"
        # A line end that is gone shows where the lines run together; all else in its own line.
        assert broken[0].line in (number, number + 1)


@pytest.mark.chaos
def test_no_bit_of_any_file_can_change_unseen(small: Path) -> None:
    for path in ledgers(small):
        content = path.read_bytes()
        for place in range(len(content)):
            for bit in range(8):
                path.write_bytes(flipped(content, place, bit))
                assert audit(small).breaks, f"bit {bit} of byte {place} was changed unseen"
        path.write_bytes(content)


@pytest.mark.parametrize(
    "tamper",
    [
        lambda lines: lines[:3] + lines[4:],
        lambda lines: [*lines[:3], lines[4], lines[3], *lines[5:]],
        lambda lines: [*lines[:3], lines[3], *lines[3:]],
        lambda lines: lines[:-1],
        lambda lines: lines[1:],
    ],
    ids=["taken out", "changed places", "doubled", "cut at the end", "cut at the beginning"],
)
def test_lines_cannot_be_moved_unseen(home: Path, tamper) -> None:  # type: ignore[no-untyped-def]
    path = ledgers(home)[0]
    path.write_bytes(b"".join(tamper(path.read_bytes().splitlines(keepends=True))))
    assert audit(home).breaks


def test_a_years_file_of_another_office_does_not_fit(home: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    with TinyDBStore(other) as store:
        store.append(*entries())
    ledgers(other)[0].replace(ledgers(home)[0])
    assert [one.file for one in audit(home).breaks] == ["ledger-2027.jsonl"]


def test_what_an_older_program_wrote_is_held_fast_from_the_first_hash_on(home: Path) -> None:
    path = home / "ledger-2028.jsonl"
    path.write_bytes(b'{"schema":1,"kind":"sent","at":"2028-01-03T09:00:00+08:00","key":"old"}\n')
    with TinyDBStore(home) as store:
        store.append(Entry(EntryKind.SENT, datetime(2028, 1, 4, 9, tzinfo=SHANGHAI), key="new"))
    found = audit(home)
    assert (found.lines, found.unproved, found.breaks) == (18, 1, ())
    path.write_bytes(path.read_bytes().replace(b'"old"', b'"odd"'))
    assert [(one.file, one.line) for one in audit(home).breaks] == [("ledger-2028.jsonl", 2)]


def test_a_person_is_blanked_and_everything_else_stays_proved(home: Path) -> None:
    before = audit(home)
    with TinyDBStore(home) as store:
        done = store.blank(
            ("王芳", "wangfang"), Entry(EntryKind.BLANKED, START + timedelta(days=9), who="管理员", words="本人申请")
        )
        told = [entry for entry in store.ledger() if entry.kind is EntryKind.REPORTED]
    found = audit(home)
    text = b"".join(path.read_bytes() for path in ledgers(home)).decode()
    assert (done.lines, found.blanked, found.lines, found.breaks) == (4, 4, 18, ())
    assert "王芳" not in text
    assert "wangfang" not in text
    assert before.head in found.heads
    assert [(entry.who, bool(entry.words)) for entry in told[:2]] == [("", False), ("赵敏", True)]
    assert [entry.assignment for entry in told] == [f"a{day}" for day in range(8)]


def test_blanking_cannot_be_used_to_change_words(home: Path) -> None:
    path = ledgers(home)[0]
    with TinyDBStore(home) as store:
        store.blank(("王芳",), Entry(EntryKind.BLANKED, START, who="管理员", words="本人申请"))
    path.write_bytes(path.read_bytes().replace(b'"unit"', b'"who":"\xe6\x9d\x8e\xe5\x9b\x9b","unit"', 1))
    assert audit(home).breaks


PERSONAL_LINES = st.fixed_dictionaries(
    {"kind": st.just("reported")},
    optional={
        "who": st.text(max_size=6),
        "words": st.text(max_size=12),
        "conversation": st.text(max_size=6),
        "details": st.dictionaries(st.sampled_from(["liaison", "id", "status", "percent"]), st.text(max_size=5)),
    },
)


@given(PERSONAL_LINES, st.sets(st.sampled_from(["who", "words", "conversation", "details.liaison", "details.id"])))
def test_a_line_keeps_its_hash_whatever_is_blanked_of_it(stored: dict[str, object], paths: set[str]) -> None:
    line = chained(stored, "0" * 64, lambda: os.urandom(8).hex())
    less = blanked(line, paths)
    assert link(line, "0" * 64) == line[CHAIN] == less[CHAIN] == link(less, "0" * 64)
    assert all(path.partition(".")[2] or path not in less for path in paths)
    assert (line == less) is (BLANKED not in less)
