"""Letters: what stands in them, that nobody adds a header, and what each answer of the server makes of them."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.hearing import File
from bot.channels.letter import letter, message_id
from bot.channels.protocol import Status, Trouble
from bot.channels.settings import channels_of
from bot.clock import SystemClock, VirtualClock
from bot.toml_values import ConfigError, Spot
from scheduler.policy import SHANGHAI
from tests.platforms.mail import PASSWORD, USER, MailServer

NOW = datetime(2026, 7, 15, 9, 7, tzinfo=SHANGHAI)


async def test_a_letter_says_who_when_and_what_and_keeps_its_name() -> None:
    server = MailServer(VirtualClock(NOW))
    await server.open()
    for key in ("k1", "k1", "k2"):
        assert (await server.channel.post(server.group, "【任务提醒】第3项😀\n明天到期。", key)).status is Status.SENT
    verdict = await server.channel.hand(server.group, File("本周“情况”汇总.docx", b"PK\x03\x04"), "k3")
    await server.close()
    first, again, other, file = server.letters
    assert first["Subject"] == "【任务提醒】第3项😀"
    assert first["To"] == "wang@office.example.cn, li@office.example.cn"
    assert str(first["From"]) == f"牵头 <{USER}>"
    assert first["Date"].datetime == NOW
    assert first["Auto-Submitted"] == "auto-generated"
    assert first["Message-ID"] == again["Message-ID"] == message_id("k1", USER) != other["Message-ID"]
    assert verdict.message_id == file["Message-ID"]
    assert [one.get_filename() for one in file.iter_attachments()] == ["本周“情况”汇总.docx"]
    assert b"filename*0*=utf-8''" in server.envelopes[-1].content.lower()  # RFC 2231 §4.1
    assert max(map(len, server.envelopes[0].content.split(b"\r\n"))) <= 998


@given(st.text(max_size=60), st.text(max_size=20))
def test_no_text_adds_a_header(text: str, name: str) -> None:
    nasty = f"{text}\r\nBcc: all@example.cn\r\n\r\n{text}"
    made = letter(
        f"{nasty}\n正文", "k", NOW, (f"{name}\nBcc: a@b.cn", USER), ["a@b.cn"], File(f"{name}\r\nX: y.txt", b"x")
    )
    head = made.as_bytes().split(b"\r\n\r\n")[0].lower()
    assert b"\r\nbcc:" not in head
    assert made["Bcc"] is None


async def test_whom_the_server_refuses_is_named_and_the_others_have_it() -> None:
    server = MailServer()
    server.unknown["li@office.example.cn"] = "550 5.1.1 no such user here"
    await server.open()
    partly = await server.channel.post(server.group, "提醒", "k1")
    server.unknown["wang@office.example.cn"] = "450 4.2.1 mailbox busy"
    later = await server.channel.post(server.group, "提醒", "k2")
    server.unknown["wang@office.example.cn"] = "550 5.1.1 no such user here"
    never = await server.channel.post(server.group, "提醒", "k3")
    alone = await server.channel.post("邮件/zhao@office.example.cn", "提醒", "k4")
    nobody = await server.channel.post("邮件/没有这个组", "提醒", "k5")
    await server.close()
    assert (partly.status, partly.trouble, "li@office.example.cn" in partly.raw) == (Status.SENT, Trouble.PERSON, True)
    assert "有人没有收到" in partly.alarm
    assert (later.status, later.permanent, later.trouble) == (Status.FAILED, False, Trouble.SERVER)
    assert (never.status, never.permanent, never.trouble) == (Status.FAILED, True, Trouble.TARGET)
    assert alone.status is Status.SENT
    assert server.envelopes[-1].rcpt_tos == ["zhao@office.example.cn"]
    assert (nobody.trouble, nobody.permanent) == (Trouble.TARGET, True)
    assert len(server.letters) == 2


async def test_a_server_that_is_not_there_has_not_got_the_letter() -> None:
    verdict = await MailServer().channel.post("邮件/督查组", "提醒", "k")
    assert (verdict.status, verdict.trouble, verdict.permanent) == (Status.FAILED, Trouble.SERVER, False)


async def test_letters_are_encrypted_and_an_unknown_certificate_is_believed_only_when_the_settings_say_so(
    tmp_path: Path,
) -> None:
    tls = certificate(tmp_path)
    for ca, status in (({"ca": str(tmp_path / "ca.pem")}, Status.SENT), ({}, Status.FAILED)):
        server = MailServer(tls=tls, **ca)
        await server.open()
        verdict = await server.channel.post(server.group, "提醒", "k")
        await server.close()
        assert verdict.status is status, verdict.raw
    assert (verdict.trouble, "ca" in verdict.alarm) == (Trouble.AUTH, True)


async def test_a_server_without_encryption_gets_no_password() -> None:
    server = MailServer(security="starttls")
    await server.open()
    verdict = await server.channel.post(server.group, "提醒", "k")
    await server.close()
    assert (verdict.status, verdict.trouble, server.letters) == (Status.FAILED, Trouble.AUTH, [])
    assert PASSWORD not in f"{verdict}"


def certificate(folder: Path) -> ssl.SSLContext:
    """A server on this machine with a certificate that only its own file vouches for."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "ca.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "key.pem").write_bytes(secret)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "ca.pem", folder / "key.pem")
    return context


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"host": "smtp.example.cn\r\nX"}, "host"),
        ({"from": "a@b.cn\nBcc: c@d.cn"}, "from"),
        ({"from": "不是地址"}, "不是邮箱地址"),
        ({"security": "ssl"}, "tls、starttls 或 none"),
        ({"user": "a"}, "要一起写"),
        ({"proxy": "http://127.0.0.1:1"}, "不用写 base 和 proxy"),
        ({"groups": {"督查组": {}}}, "没有写 to"),
        ({"groups": {"督查组": {"to": "a@b.cn, c@d.cn"}}}, "不是邮箱地址"),
    ],
)
def test_settings_that_cannot_be_used_are_refused_in_a_sentence(settings: dict[str, object], words: str) -> None:
    given = {"kind": "mail", "host": "smtp.example.cn", "from": "a@b.cn", **settings}
    with pytest.raises(ConfigError, match=words):
        channels_of(Spot("qiantou.toml", "channels"), {"邮件": given}, Path(), SystemClock())
