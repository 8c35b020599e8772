"""What a review taught stands in the lexicon: one line each, with its source, beside what people wrote there."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.learned import FILE_NAME, learn, shown
from knowledge.ledger import Entry, EntryKind
from knowledge.lexicon import CONFIRMED, NICKNAMES, LexiconError, lexicon_of, shipped
from knowledge.review import Lesson
from tests.contracts.drafts import NOON, draft

DOCUMENT = draft("杏河县分工方案").document
FILED = Entry(EntryKind.FILED, NOON, "李明")
ALIAS = Lesson(NICKNAMES, "县发改", "县发展和改革委员会")
UNIT = Lesson("认可的单位", "环湖专班", "单位")


def test_a_lesson_is_a_line_with_who_when_and_which_document(tmp_path: Path) -> None:
    assert learn(tmp_path, [ALIAS, UNIT], DOCUMENT, FILED) == (ALIAS, UNIT)
    assert (tmp_path / FILE_NAME).read_text("utf-8").splitlines()[2:] == [
        "[单位简称]",
        '"县发改" = ["县发展和改革委员会"]  # 李明，2026-03-02 12:00，核对《杏河县分工方案》',
        "",
        "[认可的单位]",
        '"环湖专班" = ["单位"]  # 李明，2026-03-02 12:00，核对《杏河县分工方案》',
    ]
    assert next(iter(shown(tmp_path))) == "单位简称："


def test_what_is_known_is_not_written_again(tmp_path: Path) -> None:
    learn(tmp_path, [ALIAS], DOCUMENT, FILED)
    before = (tmp_path / FILE_NAME).read_bytes()
    assert learn(tmp_path, [ALIAS], DOCUMENT, FILED) == ()
    assert (tmp_path / FILE_NAME).read_bytes() == before


def test_the_last_word_on_a_name_replaces_the_line_before(tmp_path: Path) -> None:
    learn(tmp_path, [ALIAS, UNIT], DOCUMENT, FILED)
    learn(tmp_path, [Lesson(NICKNAMES, "县发改", "县发展和改革局")], DOCUMENT, FILED)
    assert lexicon_of(tmp_path).nicknames["县发改"] == ("县发展和改革局",)


def test_lines_and_remarks_that_people_wrote_stay(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    path.write_text(
        '# 本县的叫法\n[ 单位简称 ]\n社发中心 = ["县社会事业发展中心"] # 老说法\n\n[停用词]\n客套 = ["劳驾"]\n', "utf-8"
    )
    learn(tmp_path, [ALIAS], DOCUMENT, FILED)
    text = path.read_text("utf-8")
    assert text.startswith("# 本县的叫法\n[ 单位简称 ]\n社发中心 = ")
    assert text.endswith('\n\n[停用词]\n客套 = ["劳驾"]\n')
    assert set(lexicon_of(tmp_path).nicknames) == {"社发中心", "县发改"}


def test_an_office_with_a_roster_learns_into_it(tmp_path: Path) -> None:
    (tmp_path / "名册.toml").write_text("[名册.县发展和改革委员会]\n", "utf-8")
    learn(tmp_path, [ALIAS, UNIT], DOCUMENT, FILED)
    roster = lexicon_of(tmp_path).roster
    (line,) = roster.named("县发改")
    assert (line.unit, line.source) == ("县发展和改革委员会", "李明，2026-03-02 12:00，核对《杏河县分工方案》")
    assert roster.knows("环湖专班")
    assert learn(tmp_path, [ALIAS], DOCUMENT, FILED) == ()


def test_a_file_that_cannot_take_a_line_is_named_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    path.write_text('单位简称.社发中心 = ["县社会事业发展中心"]\n', "utf-8")
    before = path.read_bytes()
    with pytest.raises(LexiconError, match=FILE_NAME):
        learn(tmp_path, [ALIAS], DOCUMENT, FILED)
    assert path.read_bytes() == before


@given(st.sampled_from([NICKNAMES, *CONFIRMED]), st.text(min_size=1, max_size=20), st.text(min_size=1, max_size=20))
def test_whatever_the_words_are_they_stay_words(
    tmp_path_factory: pytest.TempPathFactory, table: str, words: str, meaning: str
) -> None:
    folder = tmp_path_factory.mktemp("lexicon")
    learn(folder, [UNIT, Lesson(table, words, meaning)], DOCUMENT, FILED)
    lexicon = lexicon_of(folder)
    assert lexicon.confirmed["认可的单位"]["环湖专班"] == "单位"
    assert len(lexicon.nicknames) <= 1
    assert lexicon.fillers == shipped().fillers
