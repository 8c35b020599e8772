"""What is posted to 企业微信, as its pages 90236 and 90248 want it. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.channels.hearing import IMAGE, File
from bot.channels.measures import utf8_bytes
from bot.channels.protocol import Button, Status, Trouble, Verdict

LIMIT = 2048
"""Bytes of a text and of a markdown message; the rest would be cut without an error."""
TEXT, MARKDOWN, CARD = "text", "markdown", "textcard"
CARD_TITLE, CARD_WORDS = 128, 512
"""Bytes of a textcard."""
HEADING, WORDS = 36, 160
"""Characters of a template card's title and of its text that are shown whole."""
MOST_BUTTONS = 6
LABEL, SAYS = 10, 1024
"""Characters on a button, and bytes of what it brings back."""
LEAST_FILE, MOST_FILE, MOST_IMAGE = 5, 20 * 1024 * 1024, 10 * 1024 * 1024
_LINK = re.compile(r"<(?=\s*/?\s*[aA]\b)")
_PICTURE = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")

Payload = dict[str, Any]


def harmless(text: str) -> str:
    """Text that shows no link but what it says: 企业微信 makes <a href> of whoever wrote it into one."""
    return _LINK.sub("＜", text).encode("utf-8", "replace").decode()


def message(text: str, form: str = TEXT, link: str = "") -> Payload:
    """A text in the form that the office chose; what does not fit a textcard is a text."""
    title, _, words = text.partition("\n")
    if form == CARD and utf8_bytes(title) <= CARD_TITLE and utf8_bytes(words) <= CARD_WORDS and words:
        return {"msgtype": CARD, CARD: {"title": title, "description": words, "url": link, "btntxt": "详情"}}
    kind = MARKDOWN if form == MARKDOWN else TEXT
    return {"msgtype": kind, kind: {"content": text}}


def card(text: str, key: str, buttons: Sequence[Button]) -> Payload | None:
    """A template card that shows all of the text over its buttons; None where it has no room for it."""
    title, _, words = text.partition("\n")
    if len(title) > HEADING or len(words) > WORDS or any(utf8_bytes(one.says) > SAYS for one in buttons):
        return None
    shown: Payload = {
        "card_type": "button_interaction",
        "main_title": {"title": title},
        "task_id": f"qiantou-{key}"[:128],
    }
    shown |= {"sub_title_text": words} if words else {}
    shown["button_list"] = [
        {"text": one.label[:LABEL], "style": 1 if n == 0 else 2, "key": one.says} for n, one in enumerate(buttons)
    ]
    return {"msgtype": "template_card", "template_card": shown}


def kind_of(file: File) -> str:
    """How a file is shown: as a picture where it is one that fits, else as a file."""
    return "image" if file.kind == IMAGE and is_picture(file.content) and len(file.content) <= MOST_IMAGE else "file"


def unfit(file: File) -> Verdict | None:
    """The refusal of a file that the platform would refuse; None where it takes it."""
    if LEAST_FILE <= len(file.content) <= MOST_FILE:
        return None
    raw = f"文件“{file.name}”有{len(file.content)}字节，平台只收{LEAST_FILE}字节到20MB的，没有发送"
    alarm = f"{raw}；请改由人工转交。"
    return Verdict(Status.FAILED, raw, permanent=True, trouble=Trouble.CONTENT, alarm=alarm)


def is_picture(content: bytes) -> bool:
    """A JPG or PNG, the two that robots and apps show."""
    return content.startswith(_PICTURE)


def unreached(body: Mapping[str, object]) -> frozenset[str]:
    """Whom the answer names as not reached although the call was taken; in lower case, as the platform writes them."""
    named = (str(body.get(key) or "") for key in ("invaliduser", "unlicenseduser"))
    return frozenset(one.lower() for names in named for one in names.split("|") if one)
