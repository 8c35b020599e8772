"""A privately deployed 企业微信: another host, a path before everything, a certificate of the office's own, a proxy between."""

from __future__ import annotations

import ipaddress
import logging
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.channels.protocol import Channel, Status, Trouble
from bot.channels.settings import channels_of
from bot.clock import SystemClock
from bot.toml_values import Spot
from tests.platforms import wechat, wecom
from tests.platforms.loopback import Asked, Loopback, Told


def certificates(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """The file of an authority that nobody else knows, and a server's side with a certificate of it for this machine."""
    now, root, key = datetime.now(UTC), ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Office CA")])

    def made(
        subject: str, public: ec.EllipticCurvePublicKey, extension: x509.ExtensionType, authority: bool
    ) -> x509.Certificate:
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)])
        builder = x509.CertificateBuilder(
            issuer, name, public, x509.random_serial_number(), now - timedelta(days=1), now + timedelta(days=1)
        )
        builder = builder.add_extension(extension, critical=authority)
        builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        builder = builder.add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(root.public_key()), critical=False
        )
        if authority:
            builder = builder.add_extension(
                x509.KeyUsage(True, False, False, False, False, True, True, False, False), critical=True
            )
        return builder.sign(root, hashes.SHA256())

    pem = serialization.Encoding.PEM
    (folder / "ca.pem").write_bytes(
        made("Office CA", root.public_key(), x509.BasicConstraints(True, 0), True).public_bytes(pem)
    )
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "server.pem").write_bytes(
        made("wecom.example", key.public_key(), here, False).public_bytes(pem) + private
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(folder / "server.pem")
    return folder / "ca.pem", server


def built(section: object, home: Path) -> Channel:
    return channels_of(Spot("qiantou.toml", "channels"), {"通道": section}, home, SystemClock())[0]


async def test_a_prefix_and_a_certificate_of_the_offices_own_serve_every_kind(tmp_path: Path) -> None:
    _, server = certificates(tmp_path)
    here, there = wecom.WeCom(SystemClock(), prefix="/wework"), wechat.WeChat(SystemClock(), prefix="/mp")
    here.server, there.server = Loopback(here._answer, server), Loopback(there._answer, server)
    here.chats["zhuanban1"] = ["wangfang"]
    there.allow(wechat.FOLLOWER)
    await here.server.open()
    await there.server.open()
    kinds = wecom.settings(f"{here.server.base}/wework") | {"公众号": wechat.settings(f"{there.server.base}/mp")}
    where = {"企业应用": "wangfang", "应用群": "专班", "群机器人": "工作群", "公众号": wechat.FOLLOWER}
    for name, section in kinds.items():
        known = built({**section, "ca": "ca.pem"}, tmp_path)  # type: ignore[dict-item]
        assert (await known.post(f"通道/{where[name]}", "提醒", "k1")).status is Status.SENT, name
        stranger = built(section, tmp_path)
        refused = await stranger.post(f"通道/{where[name]}", "提醒", "k2")
        assert (refused.status, refused.trouble) == (Status.FAILED, Trouble.SERVER), name
        await known.close()
        await stranger.close()
    assert (len(here.seen), len(there.seen)) == (3, 1)
    await here.server.close()
    await there.server.close()


async def test_a_proxy_is_gone_through_and_no_secret_is_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    through: list[Asked] = []

    async def relay(asked: Asked) -> Told:
        through.append(asked)
        return await platform._answer(asked)

    platform, proxy = wecom.WeCom(SystemClock()), Loopback(relay)
    await proxy.open()
    section = {**wecom.settings("http://wecom.invalid")["企业应用"], "proxy": proxy.base}  # type: ignore[dict-item]
    channel = built(section, tmp_path)
    with caplog.at_level(logging.INFO):
        assert (await channel.post("通道/wangfang", "提醒", "k1")).status is Status.SENT
    assert [one.path for one in through] == ["/cgi-bin/gettoken", "/cgi-bin/message/send"]
    assert wecom.SECRET not in caplog.text
    await channel.close()
    await proxy.close()
