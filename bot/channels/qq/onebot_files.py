"""The bytes of a file that somebody gave in QQ: from the address that came with it, else by asking the implementation."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Awaitable, Callable, Mapping

import httpx

from bot.channels.calling import Caller, TooMuch
from bot.channels.hearing import Attachment, AttachmentError
from bot.channels.qq.onebot_actions import Action, Answer, whereabouts

ASK_TIMEOUT = 20.0


async def fetched(
    attachment: Attachment, most: int, ask: Callable[[Action, float], Awaitable[Answer]], caller: Caller
) -> bytes:
    """The bytes. Raises AttachmentError."""
    url = str(attachment.ticket.get("url") or "")
    content = await _downloaded(attachment, url, most, caller) if url else None
    for action in () if content is not None else whereabouts(attachment.ticket):
        answer = await ask(action, ASK_TIMEOUT)
        given = answer.frame.get("data") if answer.frame is not None and answer.good else None
        if isinstance(given, Mapping):
            content = await _given(attachment, given, most, caller)
        if content is not None:
            break
    if content is None:
        raise AttachmentError(
            f"“{attachment.name}”取不下来，可能已经过期或被撤回；请重新发一次，或改用邮件交给管理员。"
        )
    return content


async def _given(attachment: Attachment, given: Mapping[str, object], most: int, caller: Caller) -> bytes | None:
    """What an answer holds: the bytes in base64, or an address. A path would be one of the implementation's machine."""
    encoded = given.get("base64")
    if isinstance(encoded, str) and encoded:
        if len(encoded) > most * 4 // 3 + 4:
            raise too_large(attachment, most)
        try:
            return base64.b64decode(encoded, validate=True)
        except binascii.Error:
            return None
    url = given.get("url")
    return await _downloaded(attachment, url, most, caller) if isinstance(url, str) else None


async def _downloaded(attachment: Attachment, url: str, most: int, caller: Caller) -> bytes | None:
    if not url.startswith(("http://", "https://")):
        return None
    try:
        return await caller.download(url, most)
    except TooMuch:
        raise too_large(attachment, most) from None
    except (httpx.HTTPError, httpx.InvalidURL):
        return None


def too_large(attachment: Attachment, most: int) -> AttachmentError:
    """The refusal of a file of more than `most` bytes."""
    return AttachmentError(f"“{attachment.name}”超过{most // 1_000_000}兆，没有取；请拆成几份再发。")
