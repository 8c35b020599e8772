"""What the set-up pages say to write is read as it stands, and speaks at our fake platforms."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.channels.protocol import Status
from bot.channels.settings import channels_of
from bot.cli import qiantou
from bot.clock import SystemClock
from bot.config import load_config
from bot.toml_values import Spot
from tests.bot.channels.truth import Stage
from tests.platforms import wechat, wecom

DOCS = Path(__file__).resolve().parents[3] / "docs"
SECRETS = {
    "QIANTOU_HOOK_WORK": wecom.KEY, "QIANTOU_APP_SECRET": wecom.SECRET, "QIANTOU_APP_TOKEN": wecom.CALLBACK_TOKEN,
    "QIANTOU_APP_AESKEY": wecom.AES_KEY, "QIANTOU_GZH_SECRET": wechat.SECRET, "QIANTOU_GZH_TOKEN": wechat.TOKEN,
    "QIANTOU_GZH_AESKEY": wechat.AES_KEY,
}  # fmt: skip
PAGES = {
    "通道-企业微信群机器人": ["群机器人/工作群", "群机器人/督查群"],
    "通道-企业微信自建应用": ["qyapp/wangxm", "qyapp/联络员", "应用群/2026年政务公开专班"],
    "通道-公众号": [f"gzh/{wechat.FOLLOWER}"],
}


def written(page: str, home: Path, stage: Stage) -> None:
    """The home as the page has it, but for the platforms' addresses."""
    blocks = re.findall(r"```toml\n(.*?)```", (DOCS / f"{page}.md").read_text("utf-8"), re.DOTALL)
    text = "\n".join(blocks).replace("port = 8080", "port = 18080")
    for kind, base in (("wecom", stage.wecom.server.base), ("wechat", stage.wechat.server.base)):
        text = re.sub(rf'(kind = "{kind}-[a-z]+")', rf'\1\nbase = "{base}"', text)
    (home / "qiantou.toml").write_text(text, "utf-8")
    (home / "secrets").mkdir()
    (home / "secrets/hook-duchaqun").write_text(wecom.KEY)
    (home / "secrets/hook-duchaqun").chmod(0o600)


@pytest.mark.parametrize("page", PAGES)
async def test_a_page_that_is_followed_leads_to_channels_that_speak(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, secret in SECRETS.items():
        monkeypatch.setenv(name, secret)
    async with Stage() as stage:
        written(page, tmp_path, stage)
        stage.wechat.allow(wechat.FOLLOWER)
        channels = channels_of(
            Spot("qiantou.toml", "channels"), load_config(tmp_path).channels, tmp_path, SystemClock()
        )
        named = {channel.name: channel for channel in channels}
        for where in PAGES[page]:
            verdict = await named[where.partition("/")[0]].post(where, "提醒", "k1")
            assert verdict.status is Status.SENT, (where, verdict)
        for channel in channels:
            await channel.close()


async def test_the_command_makes_a_group_and_says_what_to_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, secret in SECRETS.items():
        monkeypatch.setenv(name, secret)
    made = [
        "--home",
        str(tmp_path),
        "appchat",
        "应用群",
        "专班",
        "--owner",
        "wangxm",
        "--member",
        "lisi",
        "--id",
        "zb2",
    ]
    assert "wecom-appchat" in str(CliRunner().invoke(qiantou, made).exception)
    async with Stage() as stage:
        written("通道-企业微信自建应用", tmp_path, stage)
        done = await asyncio.to_thread(CliRunner().invoke, qiantou, made)
        assert (stage.wecom.chats["zb2"], done.exception) == (["wangxm", "lisi"], None)
    assert '[channels."应用群".groups."专班"]\nid = "zb2"' in done.output
