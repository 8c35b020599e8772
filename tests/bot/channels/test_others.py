"""apprise: handed over is never called sent."""

from pathlib import Path

import pytest

from bot.channels.protocol import Channel, Status, Trouble
from bot.channels.settings import channels_of
from bot.clock import SystemClock
from bot.toml_values import ConfigError, Spot
from tests.platforms.loopback import Asked, Loopback, Told, told

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")  # the library's own


def channel(**section: object) -> Channel:
    given = {"其他": {"kind": "apprise", **section}}
    return channels_of(Spot("qiantou.toml", "channels"), given, Path(), SystemClock())[0]


async def test_what_was_handed_over_is_unknown_and_what_was_not_is_alarmed() -> None:
    seen: list[Asked] = []

    async def answer(asked: Asked) -> Told:
        seen.append(asked)
        return told({}, 200 if len(seen) == 1 else 403)

    server = Loopback(answer)
    await server.open()
    others = channel(groups={"督查群": {"url": f"json://127.0.0.1:{server.port}/secret-path"}})
    first, second = [await others.post("其他/督查群", "<b>明天</b>到期", f"k{n}") for n in range(2)]
    nobody = await others.post("其他/没有", "到期", "k3")
    long = await others.post("其他/督查群", "长" * 40_000, "k4")
    await others.close()
    await server.close()
    assert (first.status, first.trouble, first.alarm) == (Status.UNKNOWN, Trouble.SILENCE, "")
    assert "有没有送到不清楚" in first.raw
    assert (second.status, "可能发不出去" in second.alarm) == (Status.UNKNOWN, True)
    assert (nobody.trouble, long.trouble) == (Trouble.TARGET, Trouble.CONTENT)
    assert seen[0].json["message"] == "<b>明天</b>到期"
    assert "secret-path" not in f"{first}{second}"


@pytest.mark.parametrize(
    ("section", "words"),
    [
        ({}, "没有写去处"),
        ({"groups": {"群": {"url": "nonsense"}}}, "apprise 不认识"),
        ({"proxy": "http://127.0.0.1:1"}, "不能写 proxy"),
    ],
)
def test_settings_that_cannot_be_used_are_refused_in_a_sentence(section: dict[str, object], words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        channel(**section)
