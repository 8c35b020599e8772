"""What a platform said, fit to be kept: no secrets, no control characters, of bounded length."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote, quote_plus

LONGEST = 1000
"""Characters of a platform's answer that are kept."""
BLOT = "●●●"
_PARAMETER = re.compile(
    r"(?i)(?P<name>\b(?:access_?token|app_?token|token|key|secret|corpsecret|client_?secret|app_?secret|sign|signature|"
    r"password|passwd|ticket|authorization)\b[\"']?\s*[=:]\s*[\"']?)(?P<value>(?:(?:Bearer|QQBot|Basic)\s+)?[^\s&\"'<>,;}]{4,})"
)
_BEARER = re.compile(r"(?i)\b(Bearer|QQBot|Basic)\s+[\w.~+/=:-]{8,}")
_BOT_PATH = re.compile(r"\b(?:bot)?\d{6,}:[\w-]{20,}")  # Telegram's token: the account's number, a colon, the secret
_LOGIN = re.compile(r"(?<=://)[^/\s:@]+:[^/\s@]+(?=@)")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


SHORTEST = 6
"""Characters of a secret that is blotted out wherever it stands; a shorter one may be any word."""
_KNOWN: set[str] = set()


def keep_secret(secret: str) -> None:
    """Blot this out from now on, wherever this process writes or tells something: a secret of the settings, a fresh token."""
    if len(secret) >= SHORTEST:
        _KNOWN.update((secret, quote(secret, safe=""), quote_plus(secret)))


def blotted(raw: str, secrets: Iterable[str] = ()) -> str:
    """`raw` without `secrets`, those to be kept, and whatever looks like one."""
    text = raw
    for secret in sorted({*_KNOWN, *(one for one in secrets if one)}, key=len, reverse=True):
        text = text.replace(secret, BLOT)
    text = _PARAMETER.sub(lambda found: found["name"] + BLOT, text)
    text = _BEARER.sub(lambda found: f"{found[1]} {BLOT}", text)
    return _LOGIN.sub(BLOT, _BOT_PATH.sub(BLOT, text))


def redacted(raw: str, secrets: Iterable[str] = ()) -> str:
    """`raw` as `blotted`, without control characters, cut to LONGEST with its full length said."""
    text = _UNSEEN.sub(" ", blotted(raw, secrets))
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}……（原文{len(raw)}字，余略）"
