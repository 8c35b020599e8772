"""[channels.NAME]: every slip is named where it stands, and a secret comes from where only its owner reads."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from bot.channels import settings
from bot.channels.memory import MemoryChannel
from bot.channels.protocol import Channel
from bot.channels.redaction import blotted
from bot.channels.settings import Endpoint, Section, channels_of
from bot.clock import Clock, SystemClock
from bot.toml_values import ConfigError, Spot

SPOT = Spot("qiantou.toml", "channels.群")


def section(text: str, home: Path = Path("/nowhere"), **environment: str) -> Section:
    return Section("群", tomllib.loads(text), home, SPOT, environment)


def refusal(text: str, ask: str, home: Path = Path("/nowhere"), **environment: str) -> str:
    with pytest.raises(ConfigError) as refused:
        eval(f"section.{ask}", {"section": section(text, home, **environment)})
    return str(refused.value)


def test_a_secret_stands_in_the_environment_in_a_file_of_its_owner_or_in_the_settings(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("from-a-file\n", encoding="utf-8")
    (tmp_path / "key").chmod(0o600)
    assert section('key = { env = "KEY" }', KEY="from-outside").secret("key") == "from-outside"
    assert section('key = { file = "key" }', tmp_path).secret("key") == "from-a-file"
    assert section('key = "in-clear"').secret("key") == "in-clear"
    assert section("").secret("key", "") == ""


def test_a_secret_that_was_read_is_blotted_out_of_everything_also_as_it_stands_in_addresses() -> None:
    section('key = "planted+secret/1"').secret("key")
    assert blotted("x planted+secret/1 y planted%2Bsecret%2F1 z") == "x ●●● y ●●● z"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('key = { env = "KEY" }', "环境变量 KEY 没有设置"),
        ('key = { file = "none" }', "读不出来，请核对路径和权限"),
        ('key = { file = "open" }', "别人也能读，请改成只有本人可读（chmod 600）"),
        ('key = { env = "A", file = "B" }', "应写成 { env"),
        ("key = 7", "应写成 { env"),
        ('key = "two words"', "空的，或者混进了空白"),
        ('key = ""', "空的，或者混进了空白"),
        ("", "的 [channels.群] 没有写 key，请补上这一行"),
    ],
)
def test_a_secret_that_cannot_be_used_is_refused_without_being_said(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "open").write_text("readable-by-all", encoding="utf-8")
    (tmp_path / "open").chmod(0o644)
    said = refusal(text, 'secret("key")', tmp_path)
    assert told in said
    assert "readable-by-all" not in said
    assert "two words" not in said


def test_an_endpoint_is_an_address_a_ca_file_and_a_proxy(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("…", encoding="utf-8")
    text = 'base = "https://wecom.example.gov.cn/qyapi/"\nca = "ca.pem"\nproxy = "http://10.0.0.1:3128"'
    found = section(text, tmp_path).endpoint("https://default.example")
    assert found == Endpoint("https://wecom.example.gov.cn/qyapi", tmp_path / "ca.pem", "http://10.0.0.1:3128")
    assert section("").endpoint("wss://default.example/") == Endpoint("wss://default.example")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('base = "wecom.example"', "channels.群.base 应写成 https://主机/路径"),
        ('base = "https://user:pass@host/"', "不带账号和参数"),
        ('base = "https://host/?key=1"', "不带账号和参数"),
        ('proxy = "10.0.0.1"', "channels.群.proxy 应写成"),
        ('ca = "none.pem"', "指的证书文件"),
    ],
)
def test_an_endpoint_that_cannot_be_is_refused(text: str, told: str) -> None:
    assert told in refusal(text, 'endpoint("https://default.example")')


def test_values_are_checked_where_they_stand() -> None:
    found = section('who = "王"\ncount = 3\non = true\nmany = ["甲", "乙"]')
    assert (found.text("who"), found.number("count", 1, 0, 9, "个"), found.flag("on", False)) == ("王", 3, True)
    assert (found.names("many"), found.text("more", "无"), found.number("n", 5, 0, 9, "个")) == (("甲", "乙"), "无", 5)
    found.done()
    assert "channels.群.count 应写成0到9之间的整数（个）" in refusal("count = 10", 'number("count", 1, 0, 9, "个")')
    assert "channels.群.on 应写成true 或 false" in refusal('on = "yes"', 'flag("on", True)')


def test_what_nobody_asked_for_is_named_with_what_was_perhaps_meant() -> None:
    found = section('tokn = "x"')
    found.text("token", "")
    with pytest.raises(ConfigError, match="没有“tokn”这一项，是不是想写“token”"):
        found.done()


def test_several_of_one_thing_have_settings_of_their_own() -> None:
    robots = section('[robots."督查群"]\nkey = "key-of-one"\n[robots."财政群"]\nkey = "key-of-two"').sections("robots")
    assert [(one.name, one.secret("key")) for one in robots] == [("督查群", "key-of-one"), ("财政群", "key-of-two")]


def open_channel(given: Section, clock: Clock) -> Channel:
    return MemoryChannel(name=given.name, credential=given.text("account"))


def test_channels_are_built_by_kind_and_a_wrong_kind_or_name_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(settings.KINDS, "trial", "tests.bot.channels.test_settings")

    def built(text: str) -> tuple[Channel, ...]:
        return channels_of(Spot("qiantou.toml", "channels"), tomllib.loads(text), tmp_path, SystemClock())

    channels = built('["督查"]\nkind = "trial"\naccount = "a1"\n[qq]\nkind = "trial"\naccount = "b2"')
    assert [(one.name, one.credential) for one in channels] == [("督查", "a1"), ("qq", "b2")]
    for text, told in {
        '[qq]\nkind = "fax"': "没有“fax”这种通道，可以写的是：",
        '["a/b"]\nkind = "trial"': "通道名“a/b”不能用",
        '[qq]\nkind = "trial"\naccount = "a"\nextra = 1': "没有“extra”这一项",
        '[qq]\nkind = "trial"\naccount = "a"\nbase = "ws://host"': "没有“base”这一项",
        "qq = 1": "应写成一节",
        '[qq]\naccount = "a"': "的 .channels.qq. 没有写 kind，请补上这一行",
    }.items():
        with pytest.raises(ConfigError, match=told):
            built(text)
