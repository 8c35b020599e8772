"""What we say became of a message is what people saw, in Telegram, 飞书, 钉钉, letters, apprise and where a person forwards."""

import pytest

from bot.channels.protocol import Status, Trouble
from tests.bot.channels.truth_outbound import CASES, Case, played

FOR_GOOD = (Trouble.TARGET, Trouble.PERSON, Trouble.CONTENT)


@pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")  # apprise's own
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.error)
async def test_the_shown_state_is_true(case: Case) -> None:
    verdict, at = await played(case)
    assert (verdict.status, verdict.trouble, len(at.messages)) == (case.status, case.trouble, case.seen), verdict
    assert case.alarm in verdict.alarm
    assert verdict.permanent is (verdict.status is Status.FAILED and verdict.trouble in FOR_GOOD)
    assert bool(verdict.retry_after) is (verdict.trouble is Trouble.RATE)
    assert not [secret for secret in at.secrets if secret in f"{verdict}"]
