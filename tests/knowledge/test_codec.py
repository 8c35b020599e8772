"""Values to JSON and back: nothing lost, nothing let through."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.codec import CodecError, decode, encode
from knowledge.ledger import Entry
from knowledge.model import Assignment, Document, Place
from tests.contracts.drafts import assignment, draft, entry
from tests.properties import examples


def there_and_back(kind: type, value: object) -> object:
    return decode(kind, json.loads(json.dumps(encode(value), ensure_ascii=False)))


@settings(deadline=None, max_examples=examples(50))
@given(st.builds(Assignment))
def test_every_assignment_comes_back_as_it_was(value: Assignment) -> None:
    assert there_and_back(Assignment, value) == value


@settings(deadline=None, max_examples=examples(50))
@given(st.builds(Document))
def test_every_document_comes_back_as_it_was(value: Document) -> None:
    assert there_and_back(Document, value) == value


def test_an_entry_comes_back_with_its_details_and_its_zone() -> None:
    value = entry(words="收到", details={"percent": 50, "links": ["a", "b"], "done": False})
    back = there_and_back(Entry, value)
    assert back == value
    assert back.at.utcoffset() == value.at.utcoffset()  # type: ignore[attr-defined]


def test_defaults_are_not_written() -> None:
    assert encode(Place(line=3)) == {"line": 3}
    assert encode(draft(reference=True).document).keys() >= {"id", "title", "source", "digest"}
    assert "number" not in encode(draft().document)


def broken(**changes: object) -> object:
    return json.loads(json.dumps(encode(assignment("甲", 1)) | changes))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"colour": "red"}, "Assignment有不认识的字段colour"),
        ({"text": 3}, "text：应为文字，实为3"),
        ({"section": "一"}, "section：应为列表，实为'一'"),
        (
            {"duties": [{"unit": "云溪市财政局", "role": "boss"}]},
            "duties.1.role：应为lead、responsible、cooperating之一",
        ),
        ({"duties": [{"unit": "甲", "role": "lead"}, {"role": "lead"}]}, "duties.2：Duty缺少字段unit"),
        ({"deadlines": [{"text": "", "kind": "by", "due": "2026-02-30"}]}, "deadlines.1.due：应为日期"),
        ({"place": {"line": True}}, "place.line：应为整数，实为True"),
        ({"place": []}, "place：应为Place"),
        ({"doubts": [[]]}, "doubts.1：应为Doubt"),
        ({"number": None, "original": None}, "original：应为文字，实为None"),
    ],
)
def test_what_does_not_fit_is_named_with_its_place(changes: dict[str, object], sentence: str) -> None:
    with pytest.raises(CodecError) as caught:
        decode(Assignment, broken(**changes))
    assert sentence in str(caught.value)


def test_a_missing_field_is_named() -> None:
    with pytest.raises(CodecError, match="Assignment缺少字段document、id"):
        decode(
            Assignment, {"number": "1", "printed_number": "1", "section": [], "text": "", "original": "", "place": {}}
        )


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(CodecError, match="at：应为带时区的时刻"):
        decode(Entry, {"kind": "sent", "at": "2026-03-02T12:00:00"})


def test_a_date_reads_as_a_date() -> None:
    assert decode(date, "2026-06-30") == date(2026, 6, 30)
