"""按钮卡片: reminders with buttons as template cards of the smart robot, and what a card becomes when it was pressed.

Shapes and lengths: doc 101032 and the official SDK's types; a card holds plain text, no marks.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.channels.protocol import Button

MOST_BUTTONS = 6
TITLE, BODY, LABEL = 26, 112, 10
"""Characters of a card's title, of the text below it and of a button."""
KEY = 1024
"""Bytes of a button's key."""
REMEMBERED = 500
"""Cards whose words are remembered for the moment somebody presses a button."""
NOT_OURS = re.compile(r"[^0-9A-Za-z_@-]")
WHOLE_BEFORE = "全文见上一条。"
PRESSED = "已收到您点的“{label}”，结果另行回复。"


@dataclass(frozen=True, slots=True)
class Card:
    """A card as it was sent: its name on the platform, its words and its buttons."""

    name: str
    title: str
    body: str
    buttons: tuple[Button, ...]

    def shape(self) -> dict[str, Any]:
        """The card as the platform wants it."""
        card: dict[str, Any] = {
            "card_type": "button_interaction",
            "main_title": {"title": self.title},
            "button_list": [
                {"text": one.label[:LABEL], "style": 1 if number == 0 else 2, "key": one.says}
                for number, one in enumerate(self.buttons)
            ],
            "task_id": self.name,
        }
        return card | ({"sub_title_text": self.body} if self.body else {})


def card_of(name: str, text: str, buttons: tuple[Button, ...]) -> tuple[Card, bool]:
    """The card for a text, and whether it holds all of it; else the text has to be said beside it."""
    title, _, body = text.strip().partition("\n")
    whole = len(title) <= TITLE and len(body) <= BODY
    if not whole:
        body = f"{body[: BODY - len(WHOLE_BEFORE) - 1]}…{WHOLE_BEFORE}" if body else WHOLE_BEFORE
        title = title if len(title) <= TITLE else f"{title[: TITLE - 1]}…"
    kept = tuple(one for one in buttons if len(one.says.encode()) <= KEY)[:MOST_BUTTONS]
    return Card(name, title, body, kept), whole


def name_of(key: str, moment: int, chance: str) -> str:
    """A name for a card: unique for the robot, made of the signs that are allowed, at most 128."""
    return f"{NOT_OURS.sub('-', key)[:80]}@{moment}-{chance}"


class Cards:
    """The cards sent of late, by name."""

    def __init__(self, most: int = REMEMBERED) -> None:
        self._most = most
        self._kept: OrderedDict[str, Card] = OrderedDict()

    def keep(self, card: Card) -> None:
        """Remember a card."""
        self._kept[card.name] = card
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def pressed(self, name: str, says: str) -> dict[str, Any]:
        """The card for whoever pressed the button that says this: what stood there with a word that it was heard. The buttons
        stay: who has acknowledged has still to report. Of a card that is forgotten only the pressed button is known."""
        card = self._kept.get(name)
        label = says.split()[0][:LABEL] if says.split() else says[:LABEL]
        for one in card.buttons if card else ():
            if one.says == says:
                label = one.label
        told = PRESSED.format(label=label)
        if card is None:
            return Card(name, "已收到", told, (Button(label, says),)).shape()
        return Card(name, card.title, told, card.buttons).shape()


def press_of(event: Mapping[str, Any]) -> tuple[str, str]:
    """The name of the card and what its pressed button says. The platform's page nests them below the event's type (doc 101027),
    the official SDK's types do not: both are read. Empty where they are not there."""
    nested = event.get("template_card_event")
    told = nested if isinstance(nested, Mapping) else event
    name, says = told.get("task_id"), told.get("event_key")
    return (name if isinstance(name, str) else "", says if isinstance(says, str) else "")
