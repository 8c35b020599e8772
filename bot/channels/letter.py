"""信件: a text as an e-mail whose headers nobody can add to, with a Message-ID that stays the same however often it is sent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import sha256
from mimetypes import guess_type

from bot.channels.hearing import File

ADDRESS = re.compile(r"[A-Za-z0-9._%+=~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9-]{1,63}")
"""An address as people have them; nothing in it can end a header or a command."""
SUBJECT = 60
"""Characters of a subject, which is the first line of the text."""
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def message_id(key: str, sender: str) -> str:
    """The same for the same key: who gets a letter twice, or a mail system, can see that it is one."""
    return f"<{sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}@{sender.rpartition('@')[2]}>"


def subject_of(text: str) -> str:
    """The first line that says something, short enough for a list of letters."""
    line = next((found for line in _shown(text).split("\n") if (found := _line(line))), "提醒")
    return line if len(line) <= SUBJECT else f"{line[: SUBJECT - 1]}…"


def letter(
    text: str, key: str, at: datetime, sender: tuple[str, str], to: Sequence[str], file: File | None = None
) -> EmailMessage:
    """An e-mail from `sender` (name and address) to these addresses, written at a moment (aware)."""
    made = EmailMessage(policy.SMTP)
    made["From"] = Address(_line(sender[0]), addr_spec=sender[1])
    made["To"] = ", ".join(to)
    made["Subject"] = subject_of(text)
    made["Date"] = format_datetime(at)
    made["Message-ID"] = message_id(key, sender[1])
    made["Auto-Submitted"] = "auto-generated"  # nobody's holiday notice answers it (RFC 3834 §5)
    made.set_content(_shown(text), charset="utf-8", cte="base64")
    if file is not None:
        kind = guess_type(file.name)[0] or "application/octet-stream"
        main, _, sub = kind.partition("/")
        made.add_attachment(file.content, maintype=main, subtype=sub, filename=_line(file.name))
    return made


def _shown(text: str) -> str:
    return _UNSEEN.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def _line(text: str) -> str:
    """On one line, with single blanks: what a header may hold."""
    return " ".join(_shown(text).split())
