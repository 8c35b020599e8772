"""docs/通道-QQ.md: every example of settings works, and every setting that a table names is one."""

import re
import tomllib
from pathlib import Path

import pytest

from bot.channels.settings import channels_of
from bot.clock import SystemClock
from bot.toml_values import ConfigError, Spot

PAGE = Path("docs/通道-QQ.md").read_text("utf-8")
EXAMPLES = [tomllib.loads(block)["channels"] for block in re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)]
NAMED = {name for row in re.findall(r"^\| (`[a-z].*?) \|", PAGE, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)}
SPOT = Spot("qiantou.toml", "channels")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "secrets").mkdir(mode=0o700)
    for name in ("qq-token", "qq-secret"):
        path = tmp_path / "secrets" / name
        path.write_text("0123456789abcdef", "utf-8")
        path.chmod(0o600)
    return tmp_path


@pytest.mark.parametrize("given", EXAMPLES, ids=[str(number) for number in range(len(EXAMPLES))])
def test_an_example_of_the_page_can_be_used(given: dict[str, object], home: Path) -> None:
    assert len(channels_of(SPOT, given, home, SystemClock())) == 1


def test_the_tables_of_the_page_name_settings_that_there_are(home: Path) -> None:
    forward, official = EXAMPLES[1], EXAMPLES[2]
    unknown = set()
    for name in {*NAMED, "no_such_setting"}:
        refused = 0
        for given in (EXAMPLES[0], forward, official):
            ((channel, section),) = given.items()
            try:
                channels_of(SPOT, {channel: {name: [], **section}}, home, SystemClock())
            except ConfigError as error:
                refused += "没有" in str(error) and "这一项" in str(error)
        if refused == 3:
            unknown.add(name)
    assert len(NAMED) > 10
    assert unknown == {"no_such_setting"}
