"""The shown state is true in every scripted error."""

import pytest

from tests.bot.channels.qq.truth import CASES, Case, row


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_what_is_shown_of_a_message_is_true(case: Case) -> None:
    found = await row(case)
    assert found.true, f"{found.verdict.status} and seen {found.seen} times"
    assert (found.verdict.status, found.verdict.trouble) == (case.expected, case.trouble)
    assert found.verdict.raw
