"""What the Bot API's refusals mean: the library's exceptions as reactions, and as the end of a connection."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels.protocol import Disconnected, Trouble
from bot.channels.reactions import Code, Reaction, react
from bot.channels.redaction import redacted

PLATFORM = "telegram"
# The platform has one code (400) for a bad text and for a conversation that takes none; its words tell which.
_GONE = (
    "chat not found", "group chat was deactivated", "chat was upgraded", "not enough rights", "have no rights",
    "write_forbidden", "peer_id_invalid", "need administrator rights", "user not found", "topic_closed",
    "thread not found", "chat_restricted", "chat_send_plain_forbidden", "bot was kicked",
)  # fmt: skip
_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)
CONFLICT = (
    "通道“{name}”：另一个程序在轮询同一个 Telegram 机器人，本机已停止接收；"
    "请停掉另一个程序（或在 BotFather 处换新令牌），再重新启动。"
)
BAD_TOKEN = "通道“{name}”的 Telegram 令牌不对，已停止；请从 BotFather 处重新复制令牌，改好后重新启动。"  # noqa: S105


def code_of(error: TelegramError) -> Code:
    """The code of a refusal, as `bot.channels.reactions` knows it; None: no answer came, and it may have arrived."""
    match error:
        case RetryAfter():
            return 429
        case ChatMigrated():
            return "migrated"
        case Forbidden():
            return 403
        case InvalidToken():
            return 401
        case Conflict():
            return 409
        case BadRequest():
            return "gone" if any(words in error.message.lower() for words in _GONE) else 400
        case TimedOut() | NetworkError():
            return _unanswered(error)
    return None


def _unanswered(error: NetworkError) -> Code:
    """500 where the platform answered so, or where nothing left."""
    cause = error.__cause__
    if isinstance(cause, _NEVER_LEFT):
        return 500
    return None if isinstance(error, TimedOut) or isinstance(cause, httpx.HTTPError) else 500


def reaction_to(error: TelegramError, met: Collection[Trouble], token: str) -> Reaction:
    """What follows from a refusal."""
    raw = redacted(f"{type(error).__name__}: {error.message}", [token])
    return react(PLATFORM, code_of(error), raw, met=met, retry_after=_asked_to_wait(error))


def _asked_to_wait(error: TelegramError) -> float | None:
    if not isinstance(error, RetryAfter):
        return None
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def disconnected(error: TelegramError, name: str, token: str) -> Disconnected:
    """The end of listening, with the sentence where somebody has to mend something."""
    raw = redacted(f"{type(error).__name__}: {error.message}", [token])
    if isinstance(error, Conflict):
        return Disconnected(raw, Trouble.AUTH, CONFLICT.format(name=name))
    if isinstance(error, InvalidToken):
        return Disconnected(raw, Trouble.AUTH, BAD_TOKEN.format(name=name))
    return Disconnected(raw)
