"""耐心: how often one person may speak before they are asked, once, to wait; after that the bot says nothing.

Only what was said to the bot counts. Nothing here reads a clock, and nothing is written: after a restart everybody begins
anew.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.channels.protocol import Rate, Scope
from bot.limits import MOST_WINDOWS, Window
from handlers.message import Outcome, Reply, silent
from handlers.wording_talk import slower
from knowledge.model import Message
from knowledge.question.query import Intent


@dataclass(slots=True)
class Patience:
    """`messages` in `seconds` are heard from one person; 0 messages: as many as they like."""

    messages: int = 20
    seconds: int = 60
    _heard: dict[str, Window] = field(default_factory=dict)
    _asked: dict[str, datetime] = field(default_factory=dict)

    def hear(self, message: Message, now: datetime, answer: Callable[[Message], Outcome]) -> Outcome:
        """`answer` to the message; where its sender said too much before `now` (aware), one request to wait, then silence."""
        if not self.messages or (message.group and not message.mentioned):
            return answer(message)
        who = message.person or message.sender or message.conversation
        window = self._heard.get(who) or Window(Rate(Scope.PERSON, self.messages, self.seconds))
        if not (wait := window.wait(now)):
            self._heard[who] = window.taken(now)
            self._forget(now)
            return answer(message)
        if (asked := self._asked.get(who)) is not None and now - asked < timedelta(seconds=self.seconds):
            return silent(Intent.SMALLTALK)
        self._asked[who] = now
        return Outcome((Reply(slower(wait)),), answer=silent(Intent.SMALLTALK).answer)

    def _forget(self, now: datetime) -> None:
        """Of many people, those who have said nothing for a while are forgotten."""
        if len(self._heard) <= MOST_WINDOWS:
            return
        self._heard = {who: one for who, one in self._heard.items() if one.wait(now, self.messages)}
        self._asked = {who: at for who, at in self._asked.items() if who in self._heard}
