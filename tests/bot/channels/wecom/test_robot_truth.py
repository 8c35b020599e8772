"""What we say became of a message is what people saw, whatever the platform of the smart robot does."""

import pytest

from bot.channels.protocol import Status, Trouble
from tests.bot.channels.wecom.robot_truth import CASES, Case, played

FOR_GOOD = (Trouble.TARGET, Trouble.PERSON, Trouble.CONTENT)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.error)
async def test_the_shown_state_is_true(case: Case) -> None:
    verdict, seen = await played(case)
    assert (verdict.status, verdict.trouble, seen) == (case.status, case.trouble, case.seen), verdict
    assert case.alarm in verdict.alarm
    assert verdict.permanent is (verdict.status is Status.FAILED and verdict.trouble in FOR_GOOD)
    assert "robot-secret-words" not in f"{verdict}"
