"""What a text becomes in Telegram: HTML in which only mentions are marks, buttons, and the plain text behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.channels.protocol import Button
from knowledge.directory import Liaison

CALLBACK = 64
"""Bytes of what a button may carry (Bot API, InlineKeyboardButton.callback_data)."""
IN_A_ROW = 3
_MENTION = re.compile(r'<a href="tg://user\?id=(?P<id>\d{1,20})">(?P<name>[^<>]{1,64})</a>')
_ESCAPED = re.compile(r'&lt;a href="tg://user\?id=(?P<id>\d{1,20})"&gt;(?P<name>(?:(?!&lt;|&gt;).){1,300}?)&lt;/a&gt;')
_USER = re.compile(r"@?[A-Za-z]\w{4,31}", re.ASCII)


def mention(liaison: Liaison) -> str:
    """Words that call a person known by number or by user name; else the name."""
    if liaison.id.isascii() and liaison.id.isdigit():
        name = re.sub(r"[<>&]", "", liaison.name)[:64]
        return f'<a href="tg://user?id={liaison.id}">{name}</a>' if name else liaison.name
    return f"@{liaison.id.removeprefix('@')}" if _USER.fullmatch(liaison.id) else liaison.name


def marked(text: str) -> str:
    """The text as HTML: nothing in it is a mark but the mentions that `mention` wrote."""
    return _ESCAPED.sub(r'<a href="tg://user?id=\g<id>">\g<name></a>', escape(text, quote=False))


def plain(text: str) -> str:
    """The text without marks."""
    return _MENTION.sub(r"\g<name>", text)


def keyboard(buttons: Iterable[Button]) -> InlineKeyboardMarkup | None:
    """The buttons under a message; one that says more than fits is left out: it can be typed."""
    keys = [
        InlineKeyboardButton(one.label, callback_data=one.says)
        for one in buttons
        if 1 <= len(one.says.encode("utf-8", "replace")) <= CALLBACK
    ]
    rows = [keys[at : at + IN_A_ROW] for at in range(0, len(keys), IN_A_ROW)]
    return InlineKeyboardMarkup(rows) if rows else None
