"""A mail server by aiosmtpd, an independent party: what it takes is parsed with Python's own reader."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Mapping
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from bot.channels.protocol import Channel, Trouble
from bot.channels.settings import channels_of
from bot.clock import Clock, SystemClock
from bot.toml_values import Spot
from tests.contracts.counterpart import Counterpart, Shown
from tests.platforms.loopback import free_socket

USER, PASSWORD = "bot@office.example.cn", "an-authorisation-code"


class MailServer(Counterpart):
    """One office's mail server with the mailboxes of a group. `security` is starttls where `tls` is given."""

    hears = connects = False
    secrets = (PASSWORD,)
    troubles = frozenset({Trouble.AUTH, Trouble.TARGET, Trouble.CONTENT, Trouble.SERVER})

    def __init__(self, clock: Clock | None = None, tls: ssl.SSLContext | None = None, **settings: Any) -> None:
        super().__init__()
        self.letters: list[EmailMessage] = []
        self.envelopes: list[Envelope] = []
        self.unknown: dict[str, str] = {}
        self._refusals: list[Trouble] = []
        self._lose = False
        self._tls = tls
        self._socket = free_socket(self)
        self.port = self._socket.getsockname()[1]
        self._server: asyncio.Server | None = None
        self._protocols: list[SMTP] = []
        self.channel = self._built(clock or SystemClock(), settings)
        self.group = f"{self.channel.name}/督查组"

    def _built(self, clock: Clock, settings: Mapping[str, Any]) -> Channel:
        section = {
            "kind": "mail", "host": "127.0.0.1", "port": self.port,
            "security": "starttls" if self._tls else "none", "user": USER, "password": PASSWORD, "from": USER,
            "groups": {"督查组": {"to": ["wang@office.example.cn", "li@office.example.cn"]}}, **settings,
        }  # fmt: skip
        return channels_of(Spot("qiantou.toml", "channels"), {"邮件": section}, Path(), clock)[0]

    async def open(self, ear: object = None) -> None:
        self._server = await asyncio.get_running_loop().create_server(self._protocol, sock=self._socket)

    def _protocol(self) -> SMTP:
        made = SMTP(
            self, hostname="mail.office.example.cn", tls_context=self._tls, require_starttls=self._tls is not None,
            auth_require_tls=False, authenticator=self._known, data_size_limit=30_000_000, enable_SMTPUTF8=False,
        )  # fmt: skip
        self._protocols.append(made)
        return made

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
            for one in self._protocols:
                if one.transport is not None:
                    one.transport.close()
            await self._server.wait_closed()

    async def say(
        self, text: str, *, group: bool = True, mentioned: bool = True, id: str = "", quoted: str = ""
    ) -> str:
        raise AssertionError("letters are not heard")

    def refuse(self, trouble: Trouble, times: int = 1) -> None:
        self._refusals += [trouble] * times

    def lose_answer(self) -> None:
        self._lose = True

    # ------------------------------------------------------------ as aiosmtpd asks
    def _known(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: Any) -> AuthResult:
        right = (given.login, given.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=right and not self._refused(Trouble.AUTH), handled=False)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.unknown:
            return self.unknown[address]
        first = not envelope.rcpt_tos
        if self._refusals and self._refusals[0] in _AT_RCPT:
            return _AT_RCPT[self._refusals[0]]
        envelope.rcpt_tos.append(address)
        assert first or len(envelope.rcpt_tos) > 1
        return "250 OK"

    async def handle_RSET(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        return "250 OK"

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self._refusals and self._refusals[0] in _AT_RCPT:
            del self._refusals[0]
        return "221 Bye"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self._refused(Trouble.CONTENT):
            return "554 5.7.1 message rejected as spam"
        made = message_from_bytes(envelope.content or b"", policy=policy.default)
        assert isinstance(made, EmailMessage)
        self.letters.append(made)
        self.envelopes.append(envelope)
        body, files = made.get_body(("plain",)), list(made.iter_attachments())
        file = files[0] if files else None
        content = file.get_payload(decode=True) if file else b""
        self.show(
            Shown(self.group, body.get_content() if body else "", made["Message-ID"],
                  file=str(file.get_filename()) if file else "", content=content if isinstance(content, bytes) else b"")
        )  # fmt: skip
        if self._lose:
            self._lose = False
            server.transport.abort()
        return "250 2.0.0 queued as 4bXyZ"

    def _refused(self, trouble: Trouble) -> bool:
        if not self._refusals or self._refusals[0] is not trouble:
            return False
        del self._refusals[0]
        return True


_AT_RCPT = {Trouble.TARGET: "550 5.1.1 no such user here", Trouble.SERVER: "450 4.2.1 mailbox busy, try again later"}
COUNTERPARTS: dict[str, Callable[[Path], Counterpart]] = {"mail": lambda _: MailServer()}
