"""The set-up pages of Telegram, of 飞书, 钉钉 and letters, and of 请转发: what they say to write is read, and speaks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.channels.protocol import Status
from bot.channels.settings import channels_of
from bot.clock import SystemClock
from bot.config import load_config
from bot.toml_values import Spot
from tests.contracts.counterpart import Counterpart
from tests.platforms.loopback import Asked, Loopback, Told, told
from tests.platforms.mail import PASSWORD, MailServer
from tests.platforms.robots import SECRET, TOKEN, DingTalkRobot, FeishuRobot
from tests.platforms.telegram import TOKEN as TELEGRAM
from tests.platforms.telegram import FakeTelegram

DOCS = Path(__file__).resolve().parents[3] / "docs"
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")  # apprise's own


def blocks(page: str) -> str:
    return "\n".join(re.findall(r"```toml\n(.*?)```", (DOCS / f"{page}.md").read_text("utf-8"), re.DOTALL))


async def followed(home: Path, text: str, wanted: dict[str, Status]) -> None:
    """The home as the page has it: each conversation gets a message."""
    (home / "qiantou.toml").write_text(text, "utf-8")
    config = load_config(home)
    channels = channels_of(Spot("qiantou.toml", "channels"), config.channels, home, SystemClock())
    named = {channel.name: channel for channel in channels}
    for where, status in wanted.items():
        verdict = await named[where.partition("/")[0]].post(where, "任务提醒", "k")
        assert verdict.status is status, (where, verdict)
    for channel in channels:
        await channel.close()


def secret(home: Path, name: str, words: str) -> None:
    (home / name).write_text(f"{words}\n")
    (home / name).chmod(0o600)


async def test_telegram_and_a_group_that_a_person_forwards_to(tmp_path: Path) -> None:
    telegram = FakeTelegram()
    await telegram.open()
    secret(tmp_path, "telegram-token", TELEGRAM)
    text = blocks("通道-Telegram") + blocks("通道-微信群请转发")
    text = text.replace('kind = "telegram"', f'kind = "telegram"\nbase = "{telegram.server.base}"')
    entrusted = {"微信群/城关片区微信群": Status.ENTRUSTED}
    await followed(tmp_path, text, {telegram.group: Status.SENT, "纸飞机/42": Status.SENT, **entrusted})
    await telegram.channel.close()
    await telegram.close()
    assert telegram.messages[2].text.startswith("请王芳把下面这条转发到微信群“城关片区微信群”，全部转发后回复“已转发 ")


async def test_feishu_dingtalk_letters_and_apprise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def taken(asked: Asked) -> Told:
        return told({})

    feishu, dingtalk, mail, other = FeishuRobot(), DingTalkRobot(), MailServer(), Loopback(taken)
    platforms: list[Counterpart] = [feishu, dingtalk, mail]
    for one in (*platforms, other):
        await one.open()
    secret(tmp_path, "dingtalk-hook", f"{dingtalk.server.base}/robot/send?access_token={TOKEN}")
    secret(tmp_path, "dingtalk-secret", SECRET)
    monkeypatch.setenv("QIANTOU_FEISHU_HOOK", f"{feishu.server.base}/open-apis/bot/v2/hook/{TOKEN}")
    monkeypatch.setenv("QIANTOU_FEISHU_SECRET", SECRET)
    monkeypatch.setenv("QIANTOU_MAIL_PASSWORD", PASSWORD)
    monkeypatch.setenv("QIANTOU_APPRISE_URL", f"json://127.0.0.1:{other.port}")
    text = blocks("通道-飞书钉钉邮件").replace("office.example.gov.cn", "office.example.cn")
    text = text.replace(
        'host = "smtp.example.gov.cn"\nsecurity = "starttls"',
        f'host = "127.0.0.1"\nsecurity = "none"\nport = {mail.port}',
    )
    sent = {"飞书/督查群": Status.SENT, "钉钉/工作群": Status.SENT, "邮件/督查组": Status.SENT}
    await followed(tmp_path, text, {**sent, "其他/值班室": Status.UNKNOWN})
    for one in (*platforms, other):
        await one.close()
    for platform in platforms:
        await platform.channel.close()
        assert ["任务提醒" in message.text for message in platform.messages] == [True]
