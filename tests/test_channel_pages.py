"""The pages about channels: every sample of settings in them builds a channel, and the table of abilities is what they can do."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from bot.capability_table import row, table
from bot.channels.protocol import Channel
from bot.channels.settings import KINDS, channels_of
from bot.clock import SystemClock
from bot.config import Config
from bot.toml_values import Spot

DOCS = Path(__file__).resolve().parent.parent / "docs"
OVERVIEW = DOCS / "通道.md"
LABELS = {
    "wecom-robot": "[企业微信智能机器人](通道-企业微信机器人.md)",
    "wecom-webhook": "[企业微信群机器人](通道-企业微信群机器人.md)",
    "wecom-app": "[企业微信自建应用](通道-企业微信自建应用.md)",
    "wecom-appchat": "[企业微信应用群](通道-企业微信自建应用.md)",
    "wechat-account": "[公众号](通道-公众号.md)",
    "onebot": "[QQ（OneBot）](通道-QQ.md)",
    "qq-official": "[QQ 官方机器人](通道-QQ.md)",
    "telegram": "[Telegram](通道-Telegram.md)",
    "feishu": "[飞书](通道-飞书钉钉邮件.md)",
    "dingtalk": "[钉钉](通道-飞书钉钉邮件.md)",
    "mail": "[邮件](通道-飞书钉钉邮件.md)",
    "apprise": "[其他（Apprise）](通道-飞书钉钉邮件.md)",
    "forward": "[微信群（请转发）](通道-微信群请转发.md)",
}
SECRETS = {
    "aes_key": "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C",
    "url": "json://localhost",
    "token": "123456789:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc",
}

HOOKS = {
    "wecom-webhook": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
    "feishu": "https://open.feishu.cn/open-apis/bot/v2/hook/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
    "dingtalk": "https://oapi.dingtalk.com/robot/send?access_token=0f1e2d3c4b5a69788796a5b4c3d2e1f0",
}


def samples() -> dict[str, dict[str, object]]:
    """The first sample of each kind in the pages: the sections [channels.…] of one block of TOML."""
    found: dict[str, dict[str, object]] = {}
    for page in sorted(DOCS.glob("通道-*.md")):
        for block in re.findall(r"```toml\n(.*?)```", page.read_text("utf-8"), re.DOTALL):
            for name, given in tomllib.loads(block).get("channels", {}).items():
                if "kind" in given:
                    found.setdefault(given["kind"], {name: _in_clear(given, given["kind"])})
    return found


def _in_clear(given: dict[str, object], kind: str) -> dict[str, object]:
    """The sample with secrets of the right form instead of the places they stand in."""
    return {key: _value(key, value, kind) for key, value in given.items()}


def _value(key: str, value: object, kind: str) -> object:
    if not isinstance(value, dict):
        return value
    if set(value) not in ({"env"}, {"file"}):
        return _in_clear(value, kind)
    return HOOKS[kind] if key == "hook" else SECRETS.get(key, "a-secret-of-some-length")


SAMPLES = samples()
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of apprise, when it is imported


def channel(kind: str, folder: Path) -> Channel:
    given = dict(SAMPLES[kind])
    if kind == "forward":
        given |= SAMPLES["telegram"]
    name = next(iter(SAMPLES[kind]))
    built = channels_of(Spot("qiantou.toml", "channels"), given, folder, SystemClock())
    return next(one for one in built if one.name == name)


def test_each_kind_has_a_page_with_a_sample_and_a_row() -> None:
    assert set(SAMPLES) == set(KINDS) == set(LABELS)


@pytest.mark.parametrize("kind", LABELS)
def test_the_sample_of_a_page_builds_its_channel(kind: str, tmp_path: Path) -> None:
    assert channel(kind, tmp_path).capabilities


def test_the_table_of_abilities_is_what_the_channels_can_do(tmp_path: Path) -> None:
    told = table(row(LABELS[kind], channel(kind, tmp_path)) for kind in LABELS)
    assert told in OVERVIEW.read_text("utf-8"), f"put this table into {OVERVIEW.name}:\n{told}"


def test_the_pages_name_every_setting_of_the_server() -> None:
    text = (DOCS / "部署.md").read_text("utf-8")
    for setting in ("host", "port", "prefix", "proxied", "token"):
        assert f"`{setting}`" in text
    assert Config().server == {}
