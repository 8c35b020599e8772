"""电子邮件: what is due as letters through the office's own mail server; each recipient's refusal is read."""

from __future__ import annotations

import asyncio
import re
import smtplib
import ssl
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

from bot.channels.calling import TIMEOUT, trusted
from bot.channels.hearing import FILE, IMAGE, File, native_of
from bot.channels.letter import ADDRESS, letter, message_id
from bot.channels.measures import utf8_bytes
from bot.channels.protocol import Button, Capabilities, Channel, Rate, Scope, Status, Trouble, Verdict, too_long
from bot.channels.reactions import Code, react
from bot.channels.redaction import redacted
from bot.channels.settings import Section
from bot.clock import Clock
from bot.toml_values import ConfigError
from knowledge.directory import Liaison

PLATFORM = "smtp"
PORTS = {"tls": 465, "starttls": 587, "none": 25}
"""How a connection is kept secret → its usual port (RFC 8314 §3)."""
BODY, MOST = 200_000, 20_000_000
"""Bytes of a text, and of a file."""
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\]")


@dataclass(frozen=True, slots=True)
class Server:
    """Where letters are handed in. `security` is tls, starttls or none; without a `user` nobody logs in."""

    host: str
    port: int
    security: str
    user: str = ""
    password: str = field(default="", repr=False)
    ca: Path | None = None


class MailChannel(Channel):
    """`groups` are the conversations: name → addresses. A conversation that is an address itself is one person."""

    def __init__(
        self, name: str, server: Server, sender: tuple[str, str], groups: Mapping[str, Sequence[str]], clock: Clock
    ) -> None:
        self.name, self.credential = name, f"{name}/{server.user or server.host}"
        self.capabilities = Capabilities(
            hears=False,
            hears_group=False,
            limit=BODY,
            rates=(Rate(Scope.CREDENTIAL, 60, 60), Rate(Scope.CONVERSATION, 20, 3600)),
            files_out=frozenset({FILE, IMAGE}),
        )
        self._server, self._sender, self._groups, self._clock = server, sender, groups, clock

    def measure(self, text: str) -> int:
        """Bytes."""
        return utf8_bytes(text)

    def mention(self, liaison: Liaison) -> str:
        """The name: a letter calls whom it is sent to."""
        return liaison.name

    async def post(self, conversation: str, text: str, key: str, buttons: tuple[Button, ...] = ()) -> Verdict:
        """Send a letter; the server's word on its body is the verdict, whom it refused stands in `raw`."""
        return too_long(self, text) or await self._sent(conversation, text, key, None)

    async def hand(self, conversation: str, file: File, key: str) -> Verdict:
        """Send a letter with a file."""
        if len(file.content) > MOST:
            raw = f"文件有{len(file.content)}字节，超过通道上限{MOST}，没有发送"
            return Verdict(Status.FAILED, raw, permanent=True, trouble=Trouble.CONTENT)
        return await self._sent(conversation, f"{file.name}\n\n见附件。", key, file)

    async def _sent(self, conversation: str, text: str, key: str, file: File | None) -> Verdict:
        native = native_of(conversation)
        to = self._groups.get(native, (native,) if ADDRESS.fullmatch(native) else ())
        if not to:
            alarm = f"通道“{self.name}”的设置里没有“{native}”的邮箱地址，邮件没有发出；请补上地址。"
            return Verdict(Status.FAILED, "没有收件地址", permanent=True, trouble=Trouble.TARGET, alarm=alarm)
        made = letter(text, key, self._clock.now(), self._sender, to, file)
        handed = Handing(self._server, self.name)
        return await asyncio.to_thread(handed.hand, made, self._sender[1], to, message_id(key, self._sender[1]))

    async def close(self) -> None:
        """Each letter has a connection of its own."""


class Handing:
    """One letter handed in, in a thread of its own: blocking, and honest about how far it came."""

    def __init__(self, server: Server, channel: str) -> None:
        self._server, self._channel = server, channel
        self._secrets = [server.password] if server.password else []

    def hand(self, made: EmailMessage, sender: str, to: Sequence[str], id: str) -> Verdict:
        """The verdict. Raises nothing for what a network or a server does."""
        smtp: smtplib.SMTP | None = None
        try:
            smtp = self._connected()
            return self._said(smtp, made, sender, to, id)
        except smtplib.SMTPAuthenticationError as error:
            raw = redacted(f"{error.smtp_code} {_words(error.smtp_error)}", self._secrets)
            alarm = f"通道“{self._channel}”登录邮件服务器被拒绝（{raw[:60]}），已停止发送；请核对账号和授权码，改好后重新启动。"
            return Verdict(Status.FAILED, raw, trouble=Trouble.AUTH, alarm=alarm)
        except ssl.SSLCertVerificationError as error:
            raw = redacted(f"SSLCertVerificationError: {error.verify_message}")
            alarm = f"通道“{self._channel}”不信任邮件服务器的证书（{error.verify_message[:60]}），已停止发送；自建证书请在设置里写 ca。"
            return Verdict(Status.FAILED, raw, trouble=Trouble.AUTH, alarm=alarm)
        except smtplib.SMTPNotSupportedError as error:
            alarm = f"邮件服务器不支持通道“{self._channel}”设置的加密或登录方式，已停止发送；请核对 security 和账号。"
            return Verdict(Status.FAILED, redacted(str(error)), trouble=Trouble.AUTH, alarm=alarm)
        except (smtplib.SMTPException, OSError, ValueError) as error:
            # Before the text is sent nothing can have arrived.
            return Verdict(
                Status.FAILED, redacted(f"{type(error).__name__}: {error}", self._secrets), trouble=Trouble.SERVER
            )
        finally:
            if smtp is not None:
                with suppress(smtplib.SMTPException, OSError):
                    smtp.quit()

    def _connected(self) -> smtplib.SMTP:
        where, context = self._server, trusted(self._server.ca)
        host = where.host.strip("[]")
        if where.security == "tls":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(host, where.port, timeout=TIMEOUT, context=context)
        else:
            smtp = smtplib.SMTP(host, where.port, timeout=TIMEOUT)
        try:
            smtp.ehlo_or_helo_if_needed()
            if where.security == "starttls":
                smtp.starttls(context=context)
            if where.user:
                smtp.login(where.user, where.password)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _said(self, smtp: smtplib.SMTP, made: EmailMessage, sender: str, to: Sequence[str], id: str) -> Verdict:
        content = made.as_bytes()
        size = smtp.esmtp_features.get("size", "")
        if size.isdigit() and 0 < int(size) < len(content):
            return self._refused("data", f"552 邮件有{len(content)}字节，服务器最多收{size}字节")
        code, words = smtp.mail(sender)
        if code != 250:
            return self._refused(code if code < 500 else "sender", f"{code} {_words(words)}")
        refused = {one: answer for one in to if (answer := smtp.rcpt(one))[0] not in (250, 251, 252)}
        told = "；".join(f"{one}：{code} {_words(words)}" for one, (code, words) in refused.items())
        if len(refused) == len(to):
            # While one of them may be taken later the letter is not refused for good.
            return self._refused(min(code for code, _ in refused.values()), told)
        return self._handed(smtp, content, id, told, tuple(refused))

    def _handed(self, smtp: smtplib.SMTP, content: bytes, id: str, told: str, refused: tuple[str, ...]) -> Verdict:
        """The text itself: from here on a lost answer leaves it open whether it arrived."""
        code: int
        words: bytes | str
        try:
            code, words = smtp.data(content)
        except smtplib.SMTPDataError as error:
            code, words = error.smtp_code, error.smtp_error
        except (smtplib.SMTPException, OSError) as error:
            raw = redacted(f"{type(error).__name__}: {error}", self._secrets)
            return Verdict(Status.UNKNOWN, raw, trouble=Trouble.SILENCE)
        raw = redacted(f"{code} {_words(words)}" + (f"（没有收的：{told}）" if told else ""), self._secrets)
        if code != 250:
            return self._refused(code if code < 500 else "data", raw)
        alarm = f"通道“{self._channel}”的一封邮件有人没有收到（{told[:80]}）；请核对地址，另行转告。" if refused else ""
        return Verdict(Status.SENT, raw, id, trouble=Trouble.PERSON if refused else None, alarm=alarm)

    def _refused(self, code: Code, raw: str) -> Verdict:
        return react(PLATFORM, code, raw, secrets=self._secrets, met=(Trouble.CONTENT,)).verdict


def _words(answer: bytes | str) -> str:
    return answer.decode("utf-8", "replace") if isinstance(answer, bytes) else str(answer)


# ---------------------------------------------------------------- settings
def open_channel(section: Section, clock: Clock) -> MailChannel:
    """The channel that a section describes: `host`, `security` (tls, starttls, none), `port`, `user`, `password`, `from`,
    `from_name` and [channels.NAME.groups.GROUP] with `to`. Raises ConfigError."""
    host, security = section.text("host"), section.text("security", "tls")
    if not _HOST.fullmatch(host):
        raise ConfigError(
            f"{section.spot.file} 的 {section.spot.at('host').name} 应是邮件服务器的主机名，如 smtp.example.gov.cn。"
        )
    if security not in PORTS:
        raise ConfigError(f"{section.spot.file} 的 {section.spot.at('security').name} 只能写 tls、starttls 或 none。")
    port = section.number("port", PORTS[security], 1, 65535, "端口")
    user, password = section.text("user", ""), section.secret("password", "")
    if bool(user) != bool(password):
        raise ConfigError(f"{section.spot.file} 的 {section.spot.name} 的 user 和 password 要一起写，或者都不写。")
    endpoint = section.endpoint("")
    if endpoint.base or endpoint.proxy:
        raise ConfigError(
            f"{section.spot.file} 的 {section.spot.name} 不用写 base 和 proxy：邮件直接交给 host 指的服务器。"
        )
    server = Server(host, port, security, user, password, endpoint.ca)
    sender = section.text("from_name", "牵头"), _address(section, "from")
    return MailChannel(section.name, server, sender, dict(_groups(section)), clock)


def _address(section: Section, key: str) -> str:
    return _checked(section, key, section.text(key))


def _checked(section: Section, key: str, address: str) -> str:
    if not ADDRESS.fullmatch(address):
        raise ConfigError(
            f"{section.spot.file} 的 {section.spot.at(key).name} 里的“{address[:40]}”不是邮箱地址，请改正。"
        )
    return address


def _groups(section: Section) -> list[tuple[str, tuple[str, ...]]]:
    found = []
    for one in section.sections("groups"):
        addresses = tuple(_checked(one, "to", address) for address in one.names("to"))
        if not addresses:
            raise ConfigError(f"{one.spot.file} 的 {one.spot.name} 没有写 to，请写收件人的邮箱地址。")
        one.done()
        found.append((one.name, addresses))
    return found
