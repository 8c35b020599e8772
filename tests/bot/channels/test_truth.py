"""What we say became of a message is what people saw, whatever the platform does."""

import pytest

from bot.channels.protocol import Status, Trouble
from tests.bot.channels.truth import CASES, Case, played
from tests.platforms import wechat, wecom

SECRETS = (wecom.SECRET, wecom.KEY, wechat.SECRET, "token-1")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.error)
async def test_the_shown_state_is_true(case: Case) -> None:
    verdict, seen = await played(case)
    assert (verdict.status, verdict.trouble, seen) == (case.status, case.trouble, case.seen), verdict
    assert case.alarm in verdict.alarm
    assert verdict.permanent is (verdict.status is Status.FAILED and verdict.trouble in FOR_GOOD)
    assert not [secret for secret in SECRETS if secret in f"{verdict}"]


FOR_GOOD = (Trouble.TARGET, Trouble.PERSON, Trouble.CONTENT)
